/**
 * The memory cannot grow at the first, second, third … attempt: a program ends as it should or with Out_of_memory, its heap is sound, and
 * the domain can be used again.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newDomain } from '../../src/daemon/library.ts'
import { describeException } from '../../src/engine/describe-exception.ts'
import { Program, ProgramError } from '../../src/engine/program.ts'
import { parseGolden } from '../golden/golden-file.ts'
import { rounds } from '../patience.ts'
import { type Compiled, compileText, smallDomain, testHost } from './run-program.ts'

interface GrowthControl {
  inject_growth_failure(nth: number, count: number): void
}

/** Enough to make the memory grow many times. */
const growing = {
  'lists and strings': `
    let rec build n acc = if n = 0 then acc else build (n - 1) (string_of_int n :: acc)
    let () =
      let l = build 300_000 [] in
      print_int (List.fold_left (fun n s -> n + String.length s) 0 l)`,
  'a hash table': `
    let () =
      let h = Hashtbl.create 1 in
      for i = 1 to 100_000 do Hashtbl.replace h i (string_of_int i) done;
      print_int (Hashtbl.length h)`,
  'large arrays': `
    let () =
      let all = List.init 40 (fun i -> Array.init 20_000 (fun j -> (i, j))) in
      print_int (List.fold_left (fun n a -> n + fst a.(7) + snd a.(19_999)) 0 all)`,
  'buffers and marshalling': `
    let () =
      let b = Buffer.create 1 in
      for i = 1 to 200_000 do Buffer.add_string b (string_of_int i) done;
      let s = Marshal.to_string (List.init 50_000 (fun i -> (i, Buffer.sub b i 10))) [] in
      let l : (int * string) list = Marshal.from_string s 0 in
      print_int (List.length l + Buffer.length b)`,
  'deep recursion and exceptions': `
    let rec deep n = if n = 0 then raise Exit else let s = string_of_int n in s :: deep (n - 1)
    let () =
      (try ignore (deep 100_000) with Exit -> ());
      print_int (List.length (List.map (fun i -> [ i ]) (List.init 200_000 Fun.id)))`,
  'big arrays, weak arrays, finalisers': `
    let ran = ref 0
    let () =
      let a = List.init 60 (fun i -> Bigarray.Array1.init Bigarray.float64 Bigarray.c_layout 5_000 (fun j -> float (i + j))) in
      let w = List.init 2_000 (fun i -> let w = Weak.create 50 in Weak.set w 0 (Some (ref i)); w) in
      List.iter (fun w -> Gc.finalise (fun _ -> incr ran) w) w;
      print_float (List.fold_left (fun x b -> x +. b.{17}) 0. a);
      print_int (List.length w)`,
  threads: `
    let results = Array.make 8 0
    let () =
      let work i =
        try results.(i) <- List.length (List.concat_map (fun n -> Thread.yield (); [ n; n ]) (List.init 10_000 Fun.id))
        with Out_of_memory -> results.(i) <- -1 in
      List.iter Thread.join (List.init 8 (Thread.create work));
      if Array.mem (-1) results then raise Out_of_memory;
      print_int (Array.fold_left ( + ) 0 results)`,
} as const

const goldens = ['weak_hash_sets.ml', 'ephemeron_pairs.ml', 'gc_write_barrier.ml']

interface End {
  readonly stdout: string
  readonly error: string | undefined
  readonly sound: boolean
  /** What a second program prints in the same domain. */
  readonly afterwards: string
}

const second = compileText('let () = print_int (List.length (List.init 1000 string_of_int)); flush stdout')

function runWithFailure(compiled: Compiled, nth: number, count: number): End {
  const output = ['', '', '']
  const domain = newDomain(testHost(compiled.stdin, output), smallDomain)
  const control = domain.runtime.exports as unknown as GrowthControl
  const load = (program: Program, unit: string): string | undefined => {
    try {
      program.load(unit)
      return undefined
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error
      return error.end === 'exception' ? describeException(domain.runtime) : error.end
    }
  }
  const program = new Program(domain, compiled.compiler)
  control.inject_growth_failure(nth, count)
  const error = load(program, compiled.unit)
  control.inject_growth_failure(0, 0)
  load(program, 'Std_exit')
  const stdout = output[1] as string
  const sound = domain.runtime.exports.verify(domain.runtime.control('stackBase')) === 0
  output[1] = ''
  const secondError = load(new Program(domain, second.compiler), second.unit)
  return { stdout, error, sound, afterwards: secondError ?? (output[1] as string) }
}

/** How often the program did not get what it needed. */
function check(compiled: Compiled): number {
  const undisturbed = runWithFailure(compiled, 0, 0)
  expect(undisturbed).toMatchObject({ error: undefined, sound: true, afterwards: '1000' })
  let failures = 0
  for (let nth = 1; nth <= rounds(9, 1); nth++) {
    for (const count of [1, 1000]) {
      const end = runWithFailure(compiled, nth, count)
      const where = { nth, count }
      expect({ ...where, sound: end.sound, afterwards: end.afterwards }).toEqual({
        ...where,
        sound: true,
        afterwards: '1000',
      })
      if (end.error === undefined) expect(end.stdout).toBe(undisturbed.stdout)
      else {
        expect({ ...where, error: end.error }).toEqual({ ...where, error: 'Out_of_memory' })
        failures++
      }
    }
  }
  return failures
}

describe('programs that grow', () => {
  it.each(Object.entries(growing))('%s', (_name, text) => {
    expect(check(compileText(text))).toBeGreaterThan(0)
  })
})

describe('golden programs', () => {
  it.each(goldens)('%s', (name) => {
    const text = readFileSync(join(import.meta.dirname, '../golden/programs', name), 'latin1')
    check(compileText(text, parseGolden(text).expected?.stdout))
  })
})
