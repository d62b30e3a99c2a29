/**
 * Threads that stand on one another: a process that runs above the frames of a caller that waits is a thread like any other, whatever
 * happens to it there. Each program runs as it is, with threads that change at random, and with all frames put aside now and then.
 */

import { describe, expect, it, test } from 'vitest'
import { control, interrupt } from '../../src/codegen/layout.ts'
import { newDomain } from '../../src/daemon/library.ts'
import { Driver } from '../../src/engine/driver.ts'
import { Program } from '../../src/engine/program.ts'
import { runtimeFlags } from '../../src/engine/runtime.ts'
import {
  compileText,
  type Mode,
  randomNumbers,
  run,
  seedOfToday,
  smallDomain,
  testHost,
} from './run-program.ts'

const seed = seedOfToday('TOWER_SEED')
const { stress, alternate, slices, verify } = runtimeFlags

const modes: Readonly<Record<string, () => Mode>> = {
  'as they come': () => ({}),
  ...Object.fromEntries(
    [seed, seed + 1, seed + 2].map((turns) => [`at random (${turns})`, () => ({ options: { turns } })]),
  ),
  'with a collector at work': () => {
    const next = randomNumbers(seed)
    const flags = stress | alternate | slices | verify
    return {
      options: {
        flags,
        stackBytes: 1024 * 1024,
        stress: { interval: 20, seed: 1 + next(1_000_000) },
        verifierWords: 200,
      },
      suspend: () => next(20) === 0,
    }
  },
  'in short segments': () => ({ options: { segmentBytes: 256 } }),
}

interface Case {
  readonly text: string
  readonly stdout: string
  readonly stderr?: string
}

/** `got` is a reply that comes late; `show` prints what is the same in every schedule. */
const frame = `
def got(x) & get() = reply (x : int) to get
let sort = List.sort compare
let show = List.iter (fun s -> Printf.printf "%s %!" s)
let seen = ref []
let see s = seen := s :: !seen
let show_seen () = show (sort !seen)
`

const cases: Readonly<Record<string, Case>> = {
  'callers wait for callers, deeper than threads stand on one another': {
    text: `
def sum(n) =
  if n = 0 then reply 0
  else
    def left(x) & right(y) = both(x + y)
    and both(s) & result() = reply s to result in
    spawn left(sum(n - 1));
    spawn (let x = n in right(x));
    reply result() to sum
let () = print_int (sum 400)`,
    stdout: '80200',
  },
  'a process that blocks leaves the one below alone': {
    text: `
let mutex = Mutex.create ()
let () =
  Mutex.lock mutex;
  spawn begin Mutex.lock mutex; see "locked"; Mutex.unlock mutex; got(1) end;
  spawn begin Thread.delay 0.001; got(2) end;
  see (string_of_int (get ()));
  Mutex.unlock mutex;
  see (string_of_int (get ()));
  show_seen ()`,
    stdout: '1 2 locked ',
  },
  'a mutex of the thread below is not the own one': {
    text: `
let mutex = Mutex.create ()
let () =
  Mutex.lock mutex;
  spawn begin
    see (if Mutex.try_lock mutex then "free" else "held");
    (try Mutex.unlock mutex with Sys_error _ -> see "not mine");
    got(1)
  end;
  ignore (get ());
  Mutex.unlock mutex;
  show_seen ()`,
    stdout: 'held not mine ',
  },
  'each is a thread of its own': {
    text: `
let () =
  let me = Thread.id (Thread.self ()) in
  spawn begin
    let a = Thread.id (Thread.self ()) in
    def given(x) & take() = reply x to take in
    spawn (let b = Thread.id (Thread.self ()) in given(b));
    let b = take () in
    see (string_of_bool (a <> me && b <> me && b <> a && a = Thread.id (Thread.self ())));
    got(1)
  end;
  ignore (get ());
  see (string_of_bool (me = Thread.id (Thread.self ())));
  show_seen ()`,
    stdout: 'true true ',
  },
  'what is woken goes on beside what runs above it': {
    text: `
let stop = ref false
let () =
  spawn begin spawn got(1); while not !stop do Thread.yield () done; see "stopped"; got(2) end;
  see (string_of_int (get ()));
  stop := true;
  see (string_of_int (get ()));
  show_seen ()`,
    stdout: '1 2 stopped ',
  },
  'an effect is not for the handler of the thread below': {
    text: `
type _ Effect.t += Ask : int Effect.t
let answering f =
  Effect.Deep.try_with f ()
    { effc = fun (type a) (e : a Effect.t) : ((a, _) Effect.Deep.continuation -> _) option ->
        match e with Ask -> Some (fun k -> Effect.Deep.continue k 42) | _ -> None }
let () =
  answering (fun () ->
    spawn begin
      (try see (string_of_int (Effect.perform Ask)) with Effect.Unhandled Ask -> see "unhandled");
      (answering (fun () -> see (string_of_int (1 + Effect.perform Ask))));
      got(1)
    end;
    ignore (get ());
    see (string_of_int (Effect.perform Ask)));
  show_seen ()`,
    stdout: '42 43 unhandled ',
  },
  'an exception is not for the handler of the thread below': {
    text: `
let () =
  (try
    spawn begin spawn got(1); if true then raise Exit; 0 end;
    see (string_of_int (get ()))
  with Exit -> see "caught");
  show_seen ()`,
    stdout: '1 ',
    stderr: 'Process killed on uncaught exception Stdlib.Exit\n',
  },
  'a stack that overflows above does not take the one below with it': {
    text: `
let rec down n = 1 + down (n + 1)
let () =
  spawn begin (try ignore (down 0) with Stack_overflow -> see "overflow"); got(1) end;
  see (string_of_int (get ()));
  show_seen ()`,
    stdout: '1 overflow ',
  },
  "traces of exceptions are each thread's own": {
    text: `
let [@inline never] inner () = raise Not_found
let [@inline never] outer () = raise Exit
let first text = List.hd (String.split_on_char '\\n' text)
let caught f = try f () with _ -> ()
let () =
  Printexc.record_backtrace true;
  caught outer;
  let before = Printexc.get_backtrace () in
  spawn begin
    let clean = Printexc.get_backtrace () in
    (caught inner);
    let inside = first (Printexc.get_backtrace ()) in
    def given(x) & take() = reply x to take in
    spawn (let x = caught outer in given(x));
    take ();
    see (string_of_bool (inside = first (Printexc.get_backtrace ()) && inside <> first before && clean <> before));
    got(1)
  end;
  ignore (get ());
  see (string_of_bool (before = Printexc.get_backtrace () && before <> ""));
  show_seen ()`,
    stdout: 'true true ',
  },
  "a call stack is the thread's own": {
    text: `
let depth () = Array.length (Printexc.raw_backtrace_entries (Printexc.get_callstack 1000))
let rec deep n f = if n = 0 then f () else 1 + deep (n - 1) f
let () =
  ignore (deep 100 (fun () ->
    spawn (let d = depth () in got(d));
    get ()) : int);
  spawn (let d = depth () in got(d));
  see (string_of_bool (deep 100 (fun () -> get ()) < 200));
  show_seen ()`,
    stdout: 'true ',
  },
  'the main thread is woken when nobody stands anywhere any more': {
    text: `
def deep(n) =
  if n = 0 then reply 0
  else
    def result(x) & wait() = reply x to wait in
    spawn result(deep(n - 1));
    reply wait() to deep
let () =
  ignore (deep 3 : int);
  for i = 1 to 3 do
    spawn begin Thread.delay 0.001; got(i) end;
    let _ = get () in
    let m = Mutex.create () and c = Condition.create () and done_ = ref false in
    ignore (Thread.create (fun () -> Mutex.lock m; done_ := true; Condition.signal c; Mutex.unlock m) ());
    Mutex.lock m;
    while not !done_ do Condition.wait c m done;
    Mutex.unlock m
  done;
  print_string "woken"`,
    stdout: 'woken',
  },
  'being woken is kept over a turn of others': {
    text: `
external self : unit -> int = "caml_green_self"
external wake : int -> bool = "caml_green_wake"
external block : unit -> unit = "caml_green_block"
let woken name =
  ignore (wake (self ()) : bool);
  Thread.yield ();
  block ();
  see name
let () =
  let threads = List.map (Thread.create woken) [ "a"; "b" ] in
  List.iter Thread.join threads;
  spawn begin woken "c"; got(1) end;
  ignore (get ());
  show_seen ()`,
    stdout: 'a b c ',
  },
  'being woken twice below others is kept for the next time': {
    text: `
external stand : unit -> int = "caml_green_stand"
external leave : unit -> unit = "caml_green_leave"
external wake : int -> bool = "caml_green_wake"
external block : unit -> unit = "caml_green_block"
let [@inline never] above yields =
  ignore (wake 0 : bool);
  ignore (wake 0 : bool);
  if yields then Thread.yield ()
let below yields =
  if stand () <> 0 then begin
    above yields;
    leave ();
    block ()
  end
let () =
  below false;
  below true;
  print_string "woken"`,
    stdout: 'woken',
  },
  'exit ends all': {
    text: `
let () =
  at_exit (fun () -> print_string "end");
  spawn begin spawn begin spawn begin ignore (exit 0); 0 end; ignore (get ()); 0 end; ignore (get ()); 0 end;
  ignore (get ())`,
    stdout: 'end',
  },
}

describe.each(Object.keys(cases))('%s', (name) => {
  const { text, stdout, stderr = '' } = cases[name] as Case
  const compiled = compileText(frame + text)
  it.each(Object.keys(modes))('%s', (mode) => {
    const result = run(compiled, modes[mode]?.())
    expect(result.stdout).toBe(stdout)
    expect(result.stderr.slice(0, stderr.length)).toBe(stderr)
    expect(result.error === undefined || name === 'exit ends all').toBe(true)
  })
})

/** What no program may rely on, but where nobody interrupts it is so. */
const orders: Readonly<Record<string, Case>> = {
  'one that has been woken is among those that others give their turn to': {
    text: `
external stand : unit -> int = "caml_green_stand"
external leave : unit -> unit = "caml_green_leave"
external wake : int -> bool = "caml_green_wake"
let order = ref []
let [@inline never] above () =
  ignore (wake 0 : bool);
  Thread.yield ();
  order := "above" :: !order
let () =
  if stand () <> 0 then begin
    above ();
    leave ()
  end;
  order := "below" :: !order;
  Thread.yield ();
  print_string (String.concat " " (List.rev !order))`,
    stdout: 'below above',
  },
  'processes that a caller has spawned run in their order': {
    text: `
let spawn_some name send =
  for i = 1 to 5 do spawn begin see (name ^ string_of_int i); if i = 5 then send() end done
let () =
  def ended() & wait() = reply to wait in
  spawn_some "a" ended;
  wait ();
  spawn begin
    def ended() & wait() = reply to wait in
    spawn_some "b" ended;
    wait ();
    got(1)
  end;
  ignore (get ());
  show (List.rev !seen)`,
    stdout: 'a1 a2 a3 a4 a5 b1 b2 b3 b4 b5 ',
  },
}

it.each(Object.keys(orders))('%s', (name) => {
  const { text, stdout } = orders[name] as Case
  expect(run(compileText(frame + text)).stdout).toBe(stdout)
})

describe('a thread that is cancelled', () => {
  /** Cancels the thread that has printed its number, at the next poll of any. */
  function cancelling(text: string): string {
    const output = ['', '', '']
    const domain = newDomain(testHost('', output), smallDomain)
    const compiled = compileText(
      `external self : unit -> int = "caml_green_self"\nlet victim id = Printf.eprintf "%d;%!" id\n${frame}${text}`,
    )
    const words = domain.runtime.int32()
    domain.atInterrupt = () => {
      const victim = /^\d+/.exec(output[2] as string)
      if (victim === null) return Driver.interrupt(words, interrupt.preempt)
      output[2] = ''
      domain.cancelThread(Number(victim[0]))
    }
    Driver.interrupt(words, interrupt.preempt)
    const program = new Program(domain, compiled.compiler)
    program.load(compiled.unit)
    expect(domain.runtime.exports.verify(words[control.stackBase >> 2] as number)).toBe(0)
    return output[1] as string
  }

  it('leaves those on which it stands', () => {
    expect(
      cancelling(`
let () =
  spawn begin see "other"; got(1) end;
  spawn begin victim (self ()); while true do () done; see "victim"; got(2) end;
  see (string_of_int (get ()));
  show_seen ()`),
    ).toBe('1 other ')
  })

  it('leaves those that stand on it', () => {
    expect(
      cancelling(`
let () =
  spawn begin
    let me = self () in
    def never(x) & answer() = reply x to answer in
    spawn begin victim me; for i = 1 to 1000 do ignore (Sys.opaque_identity i) done; see "above"; got(1) end;
    ignore (answer ());
    see "victim";
    never(1)
  end;
  see (string_of_int (get ()));
  show_seen ()`),
    ).toBe('1 above ')
  })
})

test('a thread for whose frames there is no room goes on if it can, or ends, and leaves those below', () => {
  const output = ['', '', '']
  const domain = newDomain(testHost('', output), smallDomain)
  const open = domain as unknown as { roomForFrames(bytes: number, top: number): number }
  const roomForFrames = open.roomForFrames.bind(domain)
  const words = domain.runtime.int32()
  const stands = (): boolean => words[control.threadStart >> 2] !== words[control.stackBase >> 2]
  open.roomForFrames = (bytes, top) => (stands() ? 0 : roomForFrames(bytes, top))
  const compiled = compileText(`${frame}
let mutex = Mutex.create ()
let () =
  Mutex.lock mutex;
  spawn begin Thread.yield (); see "yielded"; Mutex.lock mutex; see "locked"; got(2) end;
  spawn begin see "other"; got(1) end;
  see (string_of_int (get ()));
  Mutex.unlock mutex;
  show_seen ()`)
  new Program(domain, compiled.compiler).load(compiled.unit)
  expect(output[1]).toBe('1 other yielded ')
  expect(domain.runtime.exports.verify(words[control.stackBase >> 2] as number)).toBe(0)
})
