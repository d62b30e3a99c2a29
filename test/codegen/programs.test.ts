/** Small programs through the whole pipeline, each about one duty of the code generator. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { compileText, run } from '../engine/run-program.ts'
import { jocrun, run as runCommand } from '../golden/run.ts'

/** Runs a program; its output. An uncaught exception fails the test. */
function output(text: string): string {
  const result = run(compileText(text))
  expect(result.error).toBeUndefined()
  return result.stdout
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

/** `f12 a1 … a12` as a polynomial of its arguments; its value for 1, 2, … */
function polynomial(arity: number): { readonly body: string; readonly value: number } {
  const body = range(arity)
    .map((i) => `${i + 1} * a${i + 1}`)
    .join(' + ')
  return { body, value: range(arity).reduce((sum, i) => sum + (i + 1) ** 2, 0) }
}

it('functions of 1 to 30 parameters: known, unknown, partial, over-applied', () => {
  const lines: string[] = ['let [@inline never] opaque f = f']
  const wanted: number[] = []
  const show = (expression: string, value: number): void => {
    lines.push(`let () = Printf.printf "%d\\n" (${expression})`)
    wanted.push(value)
  }
  for (let n = 1; n <= 30; n++) {
    const { body, value } = polynomial(n)
    const parameters = range(n).map((i) => `a${i + 1}`)
    const given = range(n).map((i) => String(i + 1))
    lines.push(`let [@inline never] f${n} ${parameters.join(' ')} = ${body}`)
    lines.push(`let [@inline never] g${n} k ${parameters.join(' ')} = fun x -> k * x + ${body}`)
    lines.push(`let [@inline never] local${n} k = let h ${parameters.join(' ')} = k + ${body} in h`)
    show(`f${n} ${given.join(' ')}`, value)
    show(`(opaque f${n}) ${given.join(' ')}`, value)
    show(`g${n} 10 ${given.join(' ')} 5`, value + 50)
    show(`(opaque g${n}) 10 ${given.join(' ')} 5`, value + 50)
    show(`(opaque (local${n} 7)) ${given.join(' ')}`, value + 7)
    for (const cut of [1, n >> 1, n - 1]) {
      if (cut <= 0 || cut >= n) continue
      const [first, rest] = [given.slice(0, cut).join(' '), given.slice(cut).join(' ')]
      show(`let p = f${n} ${first} in p ${rest}`, value)
      show(`let p = opaque ((opaque f${n}) ${first}) in p ${rest}`, value)
      show(`let p = opaque (local${n} 3 ${first}) in (opaque p) ${rest}`, value + 3)
    }
    show(
      `(Obj.magic : Obj.t -> int) @@ List.fold_left (fun f x -> Obj.magic f x) (Obj.magic f${n}) [${given.join(';')}]`,
      value,
    )
  }
  expect(output(lines.join('\n'))).toBe(`${wanted.join('\n')}\n`)
})

it('switches on ints: dense, sparse, negative, huge', () => {
  const sets: bigint[][] = [
    [0n, 1n, 2n, 3n, 4n, 5n, 6n],
    [-3n, -2n, -1n, 0n, 1n],
    [0n, 10n, 100n, 1000n, 10000n, 100000n],
    [-(2n ** 62n), -1n, 0n, 2n ** 31n, 2n ** 32n, 2n ** 32n + 1n, 2n ** 62n - 1n],
    [2n ** 40n, 2n ** 40n + 1n, 2n ** 40n + 2n, 2n ** 40n + 3n, 2n ** 40n + 5n],
    [-(2n ** 62n), 1n - 2n ** 62n, 2n - 2n ** 62n, 3n - 2n ** 62n, 4n - 2n ** 62n],
    [7n],
  ]
  const probes = [
    ...new Set(sets.flat().flatMap((n) => [n, n + 1n, n - 1n, n + 2n ** 32n, n - 2n ** 32n])),
  ].map((n) => BigInt.asIntN(63, n))
  const lines: string[] = []
  const wanted: number[] = []
  sets.forEach((set, i) => {
    const arms = set.map((n, k) => `| (${n}) -> ${k + 1}`).join(' ')
    lines.push(`let [@inline never] f${i} x = match x with ${arms} | _ -> 0`)
    for (const n of probes) {
      lines.push(`let () = Printf.printf "%d\\n" (f${i} (${n}))`)
      wanted.push(set.indexOf(n) + 1)
    }
  })
  expect(output(lines.join('\n'))).toBe(`${wanted.join('\n')}\n`)
})

it('switches on strings of 0 to 20 bytes, with NULs', () => {
  const strings = range(21).flatMap((n) => [
    'x'.repeat(n),
    `${'x'.repeat(n)}\\000`,
    `\\000${'y'.repeat(n)}`,
    `${'x'.repeat(n)}\\007`,
  ])
  const distinct = [...new Set(strings)]
  const arms = distinct.filter((_, i) => i % 2 === 0)
  const lines = [
    `let [@inline never] f s = match s with ${arms.map((s, i) => `| "${s}" -> ${i + 1}`).join(' ')} | _ -> 0`,
    ...distinct.map((s) => `let () = Printf.printf "%d\\n" (f (String.concat "" ["${s}"; ""]))`),
  ]
  expect(output(lines.join('\n'))).toBe(`${distinct.map((s) => arms.indexOf(s) + 1).join('\n')}\n`)
})

it('comparisons of floats with NaN and zeros', () => {
  const values: readonly (readonly [string, number])[] = [
    ['nan', Number.NaN],
    ['infinity', Infinity],
    ['neg_infinity', -Infinity],
    ['0.', 0],
    ['(-0.)', -0],
    ['1.5', 1.5],
    ['4.9e-324', 5e-324],
  ]
  const lines = [
    'let b = function true -> 1 | false -> 0',
    `let [@inline never] f (x : float) (y : float) = Printf.printf "%d%d%d%d%d%d %d%d\\n" (b (x = y)) (b (x <> y)) (b (x < y)) (b (x <= y)) (b (x > y)) (b (x >= y)) (b (not (x < y))) (if x >= y then 1 else 0)`,
  ]
  const wanted: string[] = []
  const bit = (c: boolean): string => (c ? '1' : '0')
  for (const [a, x] of values) {
    for (const [b, y] of values) {
      lines.push(`let () = f ${a} ${b}`)
      const six = [x === y, x !== y, x < y, x <= y, x > y, x >= y].map(bit).join('')
      wanted.push(`${six} ${bit(!(x < y))}${bit(x >= y)}`)
    }
  }
  expect(output(lines.join('\n'))).toBe(`${wanted.join('\n')}\n`)
})

it('large blocks, arrays, float arrays, tuples', () => {
  const list = (n: number, f: (i: number) => string): string => range(n).map(f).join('; ')
  const lines = [
    'let [@inline never] id x = x',
    ...[255, 256, 257, 258, 600].flatMap((n) => [
      `let a${n} () = [| ${list(n, (i) => `id ${i}`)} |]`,
      `let s${n} () = [| ${list(n, (i) => `string_of_int (id ${i})`)} |]`,
      `let f${n} () = [| ${list(n, (i) => `float_of_int (id ${i})`)} |]`,
      `let t${n} () = (${range(n)
        .map((i) => `id ${i}`)
        .join(', ')})`,
      `let () = Gc.minor (); let a = a${n} () and s = s${n} () and f = f${n} () and t = t${n} () in Gc.full_major ();
       Printf.printf "%d %s %g %d\\n" (Array.fold_left (+) 0 a) s.(${n - 1}) (Array.fold_left (+.) 0. f) (Obj.size (Obj.repr t))`,
    ]),
  ]
  const wanted = [255, 256, 257, 258, 600].map(
    (n) => `${(n * (n - 1)) / 2} ${n - 1} ${(n * (n - 1)) / 2} ${n}\n`,
  )
  expect(output(lines.join('\n'))).toBe(wanted.join(''))
})

it('mutual recursion through closures, and recursive values', () => {
  expect(
    output(`
let [@inline never] make k =
  let rec even n = if n = 0 then k else odd (n - 1)
  and odd n = if n = 0 then -k else even (n - 1)
  and both a b = (even a, odd b)
  and pick c = if c then even else odd in
  (even, odd, both, pick)
let () =
  let even, odd, both, pick = make 7 in
  Gc.full_major ();
  let a, b = both 4 5 in
  Printf.printf "%d %d %d %d %d %d\\n" (even 10) (odd 10) a b ((pick true) 3) (List.fold_left ( + ) 0 (List.map odd [ 1; 2; 3 ]))
let rec ones = 1 :: twos and twos = 2 :: ones
type tree = { value : int; next : tree; f : int -> int }
let rec t = { value = 3; next = t; f = (fun x -> x + t.value) }
let () = Printf.printf "%d %d %d %d\\n" (List.nth ones 5) (List.nth twos 5) t.next.next.value (t.next.f 4)
let local k = let rec l = k :: m and m = (k + 1) :: l and f x = if x = 0 then List.hd m else g (x - 1) and g x = f x in (l, f)
let () = let l, f = local 5 in Gc.full_major (); Printf.printf "%d %d\\n" (List.nth l 3) (f 9)
let rec x = lazy (1 + Lazy.force x)
let again () = try ignore (Lazy.force x); "value" with CamlinternalLazy.Undefined -> "undefined"
let () = print_endline (again ()); print_endline (again ())
let calls = ref 0
let y = lazy (incr calls; if !calls < 3 then failwith "early" else 5)
let () = for _ = 1 to 3 do try print_int (Lazy.force y) with Failure m -> print_string m done; Printf.printf " %d\\n" !calls
`),
  ).toBe('7 -7 7 7 -7 7\n2 1 3 7\n6 6\nundefined\nundefined\nearlyearlyearly 1\n')
})

it('order of evaluation, and operands that later operands change', () => {
  expect(
    output(`
let r = ref 1
let [@inline never] set n = r := n; n
let [@inline never] three a b c = Printf.printf "%d %d %d\\n" a b c
let () = three !r (set 5) !r
let () = r := 1; let v = !r + set 10 in Printf.printf "%d\\n" v
let () = r := 1; let v = set 10 + !r in Printf.printf "%d\\n" v
let local () = let x = ref 1 in let bump () = incr x; !x in three !x (bump ()) !x
let () = local ()
let loop () = let x = ref 1 in let a = (x := !x + 1; !x) + !x in let b = !x * (x := 7; !x) in three a b !x
let () = loop ()
type m = { mutable f : int; mutable g : float }
let fields () = let m = { f = 1; g = 1.5 } in three m.f (m.f <- 9; m.f) m.f; let p = (m.g, (m.g <- 2.5; m.g), m.g) in let a, b, c = p in Printf.printf "%g %g %g\\n" a b c
let () = fields ()
let arrays () = let a = [| 1; 2; 3 |] in three a.(0) (a.(0) <- 8; a.(0)) a.(0); (a.(1) <- 5; a).((a.(1) <- 6; 1)) <- (a.(1) <- 7; a.(1) + 1); print_int a.(1); print_newline ()
let () = arrays ()
let both () = let x = ref 0 in let y = ref 1 in let t = (incr x; !x = 1) && (incr x; !x = 2) || (y := 5; false) in Printf.printf "%b %d %d\\n" t !x !y
let () = both ()
`),
  ).toBe('5 5 1\n20\n11\n2 2 1\n3 49 7\n9 9 1\n2.5 2.5 1.5\n8 8 1\n8\ntrue 2 1\n')
})

it('variables that a raising call would have set keep their values', () => {
  expect(
    output(`
let [@inline never] f x = if x > 0 then failwith "no" else x + 10
let [@inline never] g x = if x > 0 then failwith "no" else "v" ^ string_of_int x
let [@inline never] h x = if x > 0 then failwith "no" else 0.5
let ints () = let r = ref 5 in (try r := f 1 with _ -> ()); !r
let strings () = let r = ref "a" in (try r := g 1 with _ -> ()); !r
let later () = let r = ref "a" in (try r := g 0; ignore (g 0); ignore (g 1) with _ -> ()); !r
let floats () = let r = ref 1.5 in (try r := h 1 with _ -> ()); !r
let int64s () = let r = ref 5L in (try r := Int64.of_int (f 1) with _ -> ()); !r
let loops () = let r = ref 5 in for i = -3 to 3 do try r := f i with _ -> incr r done; !r
let () = Printf.printf "%d %s %s %g %Ld %d\\n" (ints ()) (strings ()) (later ()) (floats ()) (int64s ()) (loops ())
`),
  ).toBe('5 a v0 1.5 5 13\n')
})

it('exceptions leave tries, loops and matches', () => {
  expect(
    output(`
exception A of int
let [@inline never] id x = x
let classify l = match List.find (fun x -> x > 3) l with x when x > 10 -> "big" | _ -> "found" | exception Not_found -> "none"
let first p a = let exception Found of int in try Array.iteri (fun i x -> if p x then raise (Found i)) a; -1 with Found i -> i
let nest n = try (try if n = 0 then raise Exit else if n = 1 then raise (A 1) else n with Exit -> raise (A 2)) with A k -> -k
let result_of f = match f () with v -> Ok v | exception e -> Error (Printexc.to_string e)
let in_loop () = let n = ref 0 in (try while true do incr n; if id !n = 10 then raise Exit done with Exit -> ()); !n
let rec until n = match id n with 0 -> (try raise (A 5) with A k -> k) | n -> (try until (n - 1) with Not_found -> 0)
let late () = try let v = (try id 1 with Exit -> 2) in if v = 1 then raise (A 9) else v with A n -> n
let () = Printf.printf "%s %s %s %d %d %d %d\\n" (classify [ 1; 20 ]) (classify [ 5 ]) (classify []) (first (fun x -> x = 3) [| 1; 3 |]) (nest 0) (nest 1) (nest 5)
let () = Printf.printf "%d %d %d\\n" (in_loop ()) (until 5) (late ())
let () = List.iter (fun f -> match result_of f with Ok v -> Printf.printf "ok %d\\n" v | Error m -> print_endline m)
  [ (fun () -> 1 / id 0); (fun () -> [| 1 |].(id 1)); (fun () -> String.length (String.sub "abc" 2 5)); (fun () -> Char.code "abc".[id (-1)]); (fun () -> id 3 mod id 0); (fun () -> Char.code (Bytes.get (Bytes.create 2) 2)); (fun () -> assert (id 1 = 2); 1) ]
let () = let a = Array.make 3 1 in List.iter (fun f -> match f () with () -> print_endline "stored" | exception Invalid_argument m -> print_endline m)
  [ (fun () -> a.(-1) <- 2); (fun () -> a.(3) <- 2); (fun () -> a.(1099511627776) <- 2); (fun () -> a.(536870912) <- 1); (fun () -> a.(2) <- 7); (fun () -> a.(max_int) <- 2); (fun () -> a.(min_int) <- 2) ]
`),
  ).toBe(`big found none 1 -2 -1 5
10 5 9
Division_by_zero
Invalid_argument("index out of bounds")
Invalid_argument("String.sub / Bytes.sub")
Invalid_argument("index out of bounds")
Division_by_zero
Invalid_argument("index out of bounds")
File "main.ml", line 14, characters 235-241: Assertion failed
index out of bounds
index out of bounds
index out of bounds
index out of bounds
stored
index out of bounds
index out of bounds
`)
})

it('the runtime’s answers do not depend on what was raised before', () => {
  expect(
    output(`
let () = (try raise Exit with Exit -> ());
  print_endline (try Sys.getenv "NO_SUCH_VARIABLE" with Not_found -> "not found" | Exit -> "raised again")
`),
  ).toBe('not found\n')
})

/** The same as users run it: the command has a larger stack for the compiler than tests have. */
async function outputOfCommand(text: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'codegen-'))
  try {
    writeFileSync(join(folder, 'main.ml'), text)
    const { stdout, stderr } = await runCommand({ file: jocrun, arguments: ['main.ml'], cwd: folder })
    expect(stderr.replace('camlnode: building\n', '')).toBe('')
    return stdout
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

it('deep nesting: a list of 5000 elements, 1000 additions, 300 parentheses, 300 lets', async () => {
  const start = performance.now()
  expect(
    await outputOfCommand(`
let [@inline never] id x = x
let l = [ ${range(5000)
      .map((i) => `id ${i}`)
      .join('; ')} ]
let constant = [ ${range(5000).join('; ')} ]
let sum = ${range(1000)
      .map((i) => `id ${i}`)
      .join(' + ')}
let text = ${range(500)
      .map((i) => `"${i % 10}"`)
      .join(' ^ ')}
let nested = ${'(1 + id ('.repeat(150)}0${'))'.repeat(150)}
let lets = ${range(300)
      .map((i) => `let x${i} = ${i === 0 ? '1' : `id x${i - 1} + 1`} in`)
      .join('\n')} x299
let chain n = ${range(300)
      .map((i) => `if n = id ${i} then ${i + 1} else`)
      .join(' ')} 0
let steps () = ${range(1000)
      .map((i) => `ignore (id ${i})`)
      .join('; ')}; 7
let () = Printf.printf "%d %d %d %d %d %d %d %d\\n" (List.fold_left (+) 0 l) (List.length constant) sum (String.length text) nested lets (chain 299) (steps ())
`),
  ).toBe('12497500 5000 499500 500 150 300 300 7\n')
  expect(performance.now() - start).toBeLessThan(60_000)
}, 120_000)

it('3000 definitions compile in reasonable time', async () => {
  const start = performance.now()
  const definitions = range(3000).map((i) =>
    i % 3 === 0
      ? `let f${i} x = ${i === 0 ? 'x' : `f${i - 3} (x + 1)`}`
      : i % 3 === 1
        ? `let v${i} = List.length [ ${i}; f${i - 1} 1 ]`
        : `let s${i} = string_of_int v${i - 1}`,
  )
  expect(
    await outputOfCommand(
      `${definitions.join('\n')}\nlet () = print_endline (s2 ^ s2999 ^ string_of_int (f2997 1))`,
    ),
  ).toBe('221000\n')
  expect(performance.now() - start).toBeLessThan(60_000)
}, 120_000)

it('programs may declare the comparisons of bytes', () => {
  const names = ['lessthan', 'lessequal', 'greaterthan', 'greaterequal', 'equal', 'notequal']
  const lines = names.flatMap((name) => [
    `external ${name} : bytes -> bytes -> bool = "caml_bytes_${name}"`,
    `let () = Printf.printf "%b %b\\n" (${name} (Bytes.of_string "a") (Bytes.of_string "b")) (${name} Bytes.empty Bytes.empty)`,
  ])
  expect(output(lines.join('\n'))).toBe(
    'true false\ntrue true\nfalse false\nfalse true\nfalse true\ntrue false\n',
  )
})
