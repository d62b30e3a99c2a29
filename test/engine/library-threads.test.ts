/** `Thread` and what belongs to it, where a golden program cannot look: deadlocks, the memory of many blocked threads. */

import { expect, it } from 'vitest'
import { compileText, run } from './run-program.ts'

it('ends a program whose threads are all blocked', () => {
  const text = `
let m = Mutex.create ()
let () = at_exit (fun () -> print_string "end")
let () =
  Mutex.lock m;
  Thread.join (Thread.create (fun () -> Mutex.lock m) ())`
  const { error, stdout } = run(compileText(text))
  expect(error).toBe('deadlock')
  expect(stdout).toBe('end')
})

it('keeps 100,000 blocked threads in a small heap', () => {
  const text = `
let m = Mutex.create ()
let c = Condition.create ()
let go = ref false
let count = ref 0
let wait () =
  Mutex.lock m;
  while not !go do Condition.wait c m done;
  incr count;
  Mutex.unlock m
let () =
  let threads = List.init 100_000 (fun _ -> Thread.create wait ()) in
  Thread.yield ();
  Mutex.lock m;
  go := true;
  Condition.broadcast c;
  Mutex.unlock m;
  List.iter Thread.join threads;
  print_int !count`
  const { error, stdout } = run(compileText(text), { options: { heapLimitBytes: 128 * 1024 * 1024 } })
  expect(error).toBeUndefined()
  expect(stdout).toBe('100000')
})
