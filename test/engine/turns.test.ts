/** Drawn schedules, and what a function may rely on that begins with a poll. */

import { expect, test } from 'vitest'
import { compileText, run } from './run-program.ts'

/** Two threads count; each step reads, calls something, and writes. */
const counting = (poll: string): string => `
external poll : unit -> unit = "%poll"
let seen = ref 0
let[@inline never] look () = incr seen
let count = ref 0
let[@inline never] step () =
  ${poll}
  let n = !count in
  look ();
  count := n + 1
let counter = Thread.create (fun () -> for _ = 1 to 200 do step () done)
let () =
  let threads = [counter (); counter ()] in
  List.iter Thread.join threads;
  print_int !count
`

const seeds = Array.from({ length: 8 }, (_, i) => i + 1)
const counts = (text: string): string[] => {
  const compiled = compileText(text)
  return seeds.map((turns) => run(compiled, { options: { turns } }).stdout)
}

test('nobody has a turn behind the poll that a function begins with', () => {
  expect(counts(counting('poll ();'))).toEqual(seeds.map(() => '400'))
})

test('without it the poll is before the first call, and drawn schedules find that', () => {
  const found = counts(counting(''))
  expect(found.some((count) => Number(count) < 400)).toBe(true)
  expect(new Set(found).size).toBeGreaterThan(1)
})

test('one seed is one schedule', () => {
  expect(counts(counting(''))).toEqual(counts(counting('')))
})
