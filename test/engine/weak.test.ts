/** Weak pointers, ephemerons and finalisers under the collector's test modes, against the golden program's output. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runtimeFlags } from '../../src/engine/runtime.ts'
import { compileText, run } from './run-program.ts'

const folder = join(import.meta.dirname, '../golden/stdlib')
const program = readFileSync(join(folder, 'weakness.ml'), 'latin1')
const expected = readFileSync(join(folder, 'weakness.expected'), 'latin1')
const { verify, alternate } = runtimeFlags

it.each([4096, 32_768])('nothing is lost or left with minor areas of %i words', (minorWords) => {
  const { stdout, error } = run(compileText(program), { options: { flags: verify | alternate, minorWords } })
  expect({ stdout, error }).toEqual({ stdout: expected, error: undefined })
})

it('a finaliser runs at a poll after a collection that nobody asked for; its exception reaches the program', () => {
  const text = `
    let runs = ref 0
    let rec wait n = if !runs = 0 && n > 0 then begin ignore (Sys.opaque_identity (ref n)); wait (n - 1) end
    let () =
      Gc.finalise_last (fun () -> incr runs) (ref 1);
      wait 10_000_000;
      print_int !runs;
      Gc.finalise (fun _ -> failwith "late") (ref 2);
      match Gc.full_major () with () -> print_string " none" | exception Failure m -> print_string (" " ^ m)`
  expect(run(compileText(text))).toMatchObject({ stdout: '1 late', error: undefined })
})

it('a finaliser runs though the program keeps nothing of what it allocates', () => {
  const text = `
    let runs = ref 0
    let () =
      Gc.finalise (fun _ -> incr runs) (ref 1);
      let rounds = ref 0 in
      while !runs = 0 && !rounds < 2_000_000 do
        ignore (Sys.opaque_identity (Bytes.create 2000));
        incr rounds
      done;
      print_int !runs`
  expect(run(compileText(text))).toMatchObject({ stdout: '1', error: undefined })
})
