/** What waits costs memory in proportion: messages that nobody has taken, callers that nobody has answered. */

import { expect, it } from 'vitest'
import { compileText, run } from './run-program.ts'

/** The program prints by how many bytes the heap has grown for each of them, then the results. */
const measuring = `
let heap () = (Gc.quick_stat ()).heap_words * 8
let before = ref 0
let begin_ () = Gc.full_major (); before := heap ()
let report count = Printf.printf "%d\\n" ((heap () - !before) / count)
`

function measured(text: string): readonly number[] {
  const { stdout, error } = run(compileText(measuring + text))
  expect(error).toBeUndefined()
  return stdout.trim().split('\n').map(Number)
}

it('a million messages in flight', () => {
  const [each, sum] = measured(`
let count = 1_000_000
def item(x) & total(sum, n) & open_() = total(sum + x, n + 1) & open_()
or total(sum, n) & get() when (n = count) = total(sum, n) & reply sum to get
let () =
  spawn total(0, 0);
  begin_ ();
  for i = 1 to count do spawn item(i) done;
  report count;
  spawn open_();
  Printf.printf "%d\\n" (get ())
`)
  expect(each).toBeLessThan(100)
  expect(sum).toBe(500_000_500_000)
}, 60_000)

it('a hundred thousand blocked callers', () => {
  const [each, sum] = measured(`
let count = 100_000
def ask(x) & gate() = gate() & reply x to ask
def caller(x) = asked(); answered(ask x)
and asked() & asking(n) = asking(n - 1) & reply to asked
or asking(0) & all_asked() = reply to all_asked
and answered(x) & missing(sum, n) = missing(sum + x, n - 1)
or missing(sum, 0) & get() = reply sum to get
let () =
  spawn asking(count) & missing(0, count);
  begin_ ();
  for i = 1 to count do spawn caller(i) done;
  all_asked ();
  Thread.delay 0.01;
  report count;
  spawn gate();
  Printf.printf "%d\\n" (get ())
`)
  expect(each).toBeLessThan(1000)
  expect(sum).toBe(5_000_050_000)
}, 60_000)

it('messages that are taken as they come', () => {
  const [each] = measured(`
def ping(n) & ready() = if n > 0 then pong(n - 1) & ready() else over() & ready()
and pong(n) & set() = if n > 0 then ping(n - 1) & set() else over() & set()
and over() & wait() = reply to wait
let () =
  spawn ready() & set();
  begin_ ();
  spawn ping(300_001);
  wait ();
  report 300_001
`)
  expect(each).toBeLessThan(1)
}, 60_000)
