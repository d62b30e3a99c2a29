/** `Thread` and what belongs to it, where a golden program cannot look: deadlocks, the memory of many blocked threads. */

import { expect, it } from 'vitest'
import { runtimeFlags } from '../../src/engine/runtime.ts'
import { compileText, type Mode, run } from './run-program.ts'

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

/** What the library has of concurrency, and bigarrays, in a small program whose output does not depend on who runs when. */
const concurrent = `
open Effect
open Effect.Deep
type _ Effect.t += Fork : (unit -> unit) -> unit t | Pause : unit t
let schedule main =
  let queue = Queue.create () in
  let next () = match Queue.take_opt queue with Some resume -> resume () | None -> () in
  let rec start f = match f () with
    | () -> next ()
    | effect Pause, k -> Queue.add (fun () -> continue k ()) queue; next ()
    | effect Fork f, k -> Queue.add (fun () -> continue k ()) queue; start f in
  start main
let fibers name =
  let log = Buffer.create 16 in
  let fiber id () = for i = 1 to 3 do Printf.bprintf log "%s%d.%d " name id i; perform Pause done in
  schedule (fun () -> for id = 1 to 3 do perform (Fork (fiber id)) done);
  Buffer.contents log
let lock = Mutex.create () and filled = Condition.create ()
let items = Queue.create ()
let put x = Mutex.protect lock (fun () -> Queue.add x items; Condition.signal filled)
let take () = Mutex.protect lock (fun () ->
  while Queue.is_empty items do Condition.wait filled lock done;
  Queue.take items)
let () =
  let results = Array.make 4 "" in
  let worker i = results.(i) <- fibers (String.make 1 (Char.chr (97 + i))); put (string_of_int i) in
  let threads = List.init 4 (Thread.create worker) in
  let taken = List.init 4 (fun _ -> take ()) in
  List.iter Thread.join threads;
  print_endline (String.concat " " (List.sort compare taken));
  Array.iter print_endline results
let () =
  let channel = Event.new_channel () in
  let sender = Thread.create (fun () -> for i = 1 to 5 do Event.sync (Event.send channel (string_of_int i)) done) () in
  for _ = 1 to 5 do print_string (Event.sync (Event.receive channel)) done;
  Thread.join sender; print_newline ()
let () =
  let sum n () = let a = Bigarray.Array1.init Float64 C_layout n float_of_int in
    let part = Bigarray.Array1.sub a 1 (n - 1) in
    let total = ref 0. in
    for i = 0 to Bigarray.Array1.dim part - 1 do total := !total +. part.{i} *. float_of_string (string_of_int i) done;
    !total in
  let domains = List.init 3 (fun i -> Domain.spawn (sum (4 + i))) in
  List.iter (fun d -> Printf.printf "%g " (Domain.join d)) domains; print_newline ()
let () =
  let failing () = ignore (Sys.opaque_identity (perform Pause)) in
  match Domain.join (Domain.spawn failing) with
  | () -> print_endline "no"
  | exception Unhandled Pause -> print_endline "unhandled"
`

const concurrentOutput = `0 1 2 3
a1.1 a2.1 a1.2 a3.1 a2.2 a1.3 a3.2 a2.3 a3.3 
b1.1 b2.1 b1.2 b3.1 b2.2 b1.3 b3.2 b2.3 b3.3 
c1.1 c2.1 c1.2 c3.1 c2.2 c1.3 c3.2 c2.3 c3.3 
d1.1 d2.1 d1.2 d3.1 d2.2 d1.3 d3.2 d2.3 d3.3 
12345
8 20 40 
unhandled
`

const stress = runtimeFlags.verify | runtimeFlags.stress | runtimeFlags.alternate

it.each<readonly [string, Mode]>([
  ['as it is', {}],
  ['suspended at every poll', { suspend: () => true }],
  ['collecting at every allocation', { options: { flags: stress } }],
  ['in small segments', { options: { segmentBytes: 256 } }],
  [
    'suspended, collecting, in small segments',
    { suspend: () => true, options: { flags: stress, segmentBytes: 256 } },
  ],
])('threads, effects and bigarrays %s', (_, mode) => {
  const { error, stdout } = run(compileText(concurrent), mode)
  expect(error).toBeUndefined()
  expect(stdout).toBe(concurrentOutput)
})

it('each thread has the backtrace of what it has caught itself', () => {
  const text = `
let trace () = Printexc.raw_backtrace_to_string (Printexc.get_raw_backtrace ())
let [@inline never] first () = raise Not_found
let [@inline never] second () = raise Exit
let other () =
  print_string ("before: [" ^ trace () ^ "]\\n");
  try ignore (second () : int) with Exit -> Thread.yield (); print_string (trace ())
let () =
  Printexc.record_backtrace true;
  try ignore (first () : int) with Not_found ->
    let thread = Thread.create other () in
    Thread.yield ();
    print_string (trace ());
    Thread.join thread`
  const { error, stdout } = run(compileText(text))
  expect(error).toBeUndefined()
  expect(stdout.split('\n').map((line) => line.replace(/ in file.*/, ''))).toEqual([
    'before: []',
    'Raised at Main.first',
    'Called from Main',
    'Raised at Main.second',
    'Called from Main.other',
    '',
  ])
})

it('the handler of uncaught exceptions may end the thread with Thread.Exit, or fail', () => {
  const text = `
let handle last e = prerr_endline ("handling " ^ Printexc.to_string e); raise last
let thread last =
  Thread.set_uncaught_exception_handler (handle last);
  Thread.join (Thread.create (fun () -> raise Not_found) ())
let () = thread Thread.Exit; thread (Failure "handler"); print_string "end"`
  expect(run(compileText(text))).toMatchObject({
    error: undefined,
    stdout: 'end',
    stderr: `handling Not_found
handling Not_found
Thread 2 killed on uncaught exception Not_found
Thread 2 uncaught exception handler raised Failure("handler")
`,
  })
})
