/**
 * Programs in which something is very large: none may fail, and none may take time that grows with the square of the size, which
 * the time limit of a test would not allow. Each prints one number, its expectation.
 */

import { expect, it } from 'vitest'
import { Scratch } from '../daemon/camlnode.ts'
import { jocrun, run } from '../golden/run.ts'

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
const sum = (n: number): number => (n * (n - 1)) / 2

/** `text(i)` for each i below n. */
function each(n: number, separator: string, text: (i: number) => string): string {
  return range(n).map(text).join(separator)
}

interface Large {
  readonly name: string
  readonly text: string
  readonly prints: number
}

const n = 600
const opaque =
  'let id x = Sys.opaque_identity x\nlet str x = string_of_int (id x) let num s = int_of_string s\n'
const total = 'let total = List.fold_left (+) 0 let totals l = total (List.map num l)\n'

const large: readonly Large[] = [
  {
    name: 'a closure of many variables',
    text: `let make x = ${each(n, '', (i) => `let v${i} = str (x + ${i}) in `)}
      fun () -> totals [${each(n, ';', (i) => `v${i}`)}]
      let () = Gc.minor (); print_int (id make 0 ())`,
    prints: sum(n),
  },
  {
    name: 'a local group of many functions',
    text: `let make x = let k = str x in
      ${each(n, ' ', (i) => `${i === 0 ? 'let rec' : 'and'} f${i} y z = if y = 0 then num k else f${(i + 1) % n} (y - 1) z + ${i}`)}
      in [${each(n, ';', (i) => `f${i}`)}]
      let () = print_int (total (List.map (fun f -> f 1 0) (id make 2)))`,
    prints: sum(n) + 2 * n,
  },
  {
    name: 'a function of many parameters, and its partial application',
    text: `let f ${each(n, ' ', (i) => `a${i}`)} = total [${each(n, ';', (i) => `a${i}`)}]
      let g = id f ${each(n - 30, ' ', String)}
      let () = print_int (f ${each(n, ' ', String)} + g ${each(30, ' ', () => '0')})`,
    prints: sum(n) + sum(n - 30),
  },
  {
    name: 'a match on many constant constructors',
    text: `type t = ${each(4 * n, '|', (i) => `C${i}`)}
      let f = function ${each(4 * n, '', (i) => `| C${i} -> ${i * 7}`)}
      let () = print_int (f (id C5) + f (id C${4 * n - 1}))`,
    prints: 35 + (4 * n - 1) * 7,
  },
  {
    name: 'a match on many polymorphic variants',
    text: `let f = function ${each(n, '', (i) => `| \`C${i} -> ${i}`)}
      let () = print_int (f (id \`C5) + f (id \`C${n - 1}))`,
    prints: 5 + n - 1,
  },
  {
    name: 'a match on many strings and numbers',
    text: `let f = function ${each(n, '', (i) => `| "s${i}" -> ${i}`)} | _ -> 0
      let g = function ${each(n, '', (i) => `| ${i * i} -> ${i}`)} | _ -> 0
      let () = print_int (f (id "s7") + f (id "t") + g (id 25) + g (id (-25)))`,
    prints: 12,
  },
  {
    name: 'arrays, tuples, records and lists of many computed parts',
    text: `let a k = [|${each(n, ';', (i) => `str (k + ${i})`)}|]
      let b k = [|${each(n, ';', (i) => `float_of_int (num (str (k + ${i})))`)}|]
      let c k = (${each(n, ',', (i) => `str (k + ${i})`)})
      type r = {${each(n, ';', (i) => `f${i} : string`)}}
      let d k = {${each(n, ';', (i) => `f${i} = str (k + ${i})`)}}
      let e k = [${each(n, ';', (i) => `str (k + ${i})`)}]
      let (${each(n, ',', (i) => `t${i}`)}) = c 1
      let r = { (id d 0) with f3 = "4" }
      let () = Gc.minor ();
        print_int (totals (Array.to_list (id a 1)) + int_of_float (Array.fold_left (+.) 0. (id b 1))
        + num t${n - 1} + num r.f3 + num r.f4 + totals (id e 0))`,
    prints: (sum(n) + n) * 2 + n + 4 + 4 + sum(n),
  },
  {
    name: 'literals',
    text: `let s = "${'x'.repeat(200_000)}"
      let l = [${each(20_000, ';', String)}] let a = [|${each(20_000, ';', (i) => `"s${i}"`)}|]
      let () = print_int (String.length s + List.length l + Array.length a)`,
    prints: 240_000,
  },
  {
    name: 'many strings that live across calls',
    text: `let g k = ${each(n, '', (i) => `let v${i} = str (k + ${i}) in `)} totals [${each(n, ';', (i) => `v${i}`)}]
      let () = print_int (id g 0)`,
    prints: sum(n),
  },
  {
    name: 'many ints and floats that live across calls',
    text: `let g k = ${each(n, '', (i) => `let v${i} = num (str (k + ${i})) + 1 in `)} total [${each(n, ';', (i) => `v${i}`)}]
      let h k = ${each(n, '', (i) => `let v${i} = float_of_string (str (k + ${i})) +. 1. in `)}
        List.fold_left (+.) 0. [${each(n, ';', (i) => `v${i}`)}]
      let () = print_int (id g 0 + int_of_float (id h 0))`,
    prints: 2 * (sum(n) + n),
  },
  {
    name: 'many handlers, branches and loops among what lives',
    text: `let f k = ${each(n, '', (i) => {
      const part = `num (str (k + ${i}))`
      if (i % 4 === 0) return `let v${i} = try ${part} with Failure _ -> 0 in `
      if (i % 4 === 1) return `let v${i} = if id k = 0 then str ${i} else str k in `
      if (i % 4 === 2)
        return `let v${i} = ref 0 in for i = 1 to ${i} do if num (str i) > 0 then incr v${i} done; `
      return `let v${i} = float_of_int (${part}) in `
    })} ${each(n, ' + ', (i) => ['v', 'num v', '!v', 'int_of_float v'][i % 4] + String(i))}
      let () = print_int (id f 0)`,
    prints: sum(n),
  },
  {
    name: 'many definitions',
    text: `${each(5 * n, '\n', (i) => `let v${i} = str ${i} let f${i} x = x + num v${i}`)}
      let () = print_int (f${5 * n - 1} 1)`,
    prints: 5 * n,
  },
  {
    name: 'a functor of many definitions',
    text: `module F (X : sig val k : int end) = struct
      ${each(n, '\n', (i) => `let v${i} = str (X.k + ${i}) let f${i} x = x + num v${i}`)} end
      module M = F (struct let k = 1 end)
      let () = print_int (M.f${n - 1} 0)`,
    prints: n,
  },
  {
    name: 'many statements',
    text: `let r = ref 0 let add x = r := !r + num (str x)
      let f k = ${each(2 * n, '; ', (i) => `add ${i}; if k > ${i} then add 1`)}; ()
      let () = f 3; ${each(2 * n, '; ', (i) => `add ${i}`)}; print_int !r`,
    prints: 2 * sum(2 * n) + 3,
  },
  {
    name: 'a class of many variables and methods',
    text: `class c = object ${each(n, ' ', (i) => `val mutable v${i} = ${i}`)}
      ${each(n, ' ', (i) => `method m${i} = v${i} <- v${i} + 1; v${i}`)} end
      let () = let o = id (new c) in print_int (o#m3 + o#m${n - 1})`,
    prints: 4 + n,
  },
]

it.each(large)('$name', async ({ text, prints }) => {
  const scratch = new Scratch({ 'prog.ml': `${opaque}${total}${text}` })
  expect(await run({ file: jocrun, arguments: ['prog.ml'], cwd: scratch.folder })).toEqual({
    status: 0,
    stdout: String(prints),
    stderr: '',
  })
})
