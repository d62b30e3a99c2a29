/** Green threads of one domain: interleaving, cancellation, limits, deep recursion. */

import { describe, expect, it } from 'vitest'
import { interrupt } from '../../src/codegen/layout.ts'
import { newDomain } from '../../src/daemon/library.ts'
import { describeException } from '../../src/engine/describe-exception.ts'
import type { Domain, DomainOptions, GreenThread, ThreadEnd } from '../../src/engine/domain.ts'
import { Driver } from '../../src/engine/driver.ts'
import { Program } from '../../src/engine/program.ts'
import { type Compiled, compileText, run, smallDomain, testHost } from './run-program.ts'

const text = `
let [@inline never] id x = x
let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)
let count n = let sum = ref 0 in for i = 1 to n do sum := !sum + id i done; !sum
let texts n = String.length (String.concat "," (List.init n string_of_int))
let forever _ = while true do ignore (id 1) done; 0
let tight _ = while true do () done; 0
let swallow _ = (try forever 0 with _ -> 17)
let swallow_loop _ = let rec go n = (try forever 0 with _ -> n) + go (n + 1) in go 0
let released = ref 0
let protect _ = Fun.protect ~finally:(fun () -> incr released) (fun () -> forever 0)
let how_often _ = !released
let rec grow l = grow (String.make 1000 'x' :: l)
let exhaust _ = List.length (grow [])
let exhaust_array n = let a = Array.make n 0 in let b = Array.append a a in Array.length b
let swallow_exhaust _ = try exhaust 0 with _ -> 17
let rec down n = if n = 0 then 0 else 1 + down (n - 1)
let overflow _ = try down max_int with Stack_overflow -> 33
let rec down_handlers n = try 1 + down_handlers (n + 1) with Not_found -> 0
let overflow_handlers _ = try down_handlers 0 with Stack_overflow -> 34
let uncaught _ = down max_int
let fails n = if n > 0 then failwith (string_of_int n) else n
`

const compiled = compileText(text)

interface Loaded {
  readonly domain: Domain
  /** The entry of a thread that applies a function of the program to an int. */
  entry(name: string, argument: number): (sp: number) => bigint
}

function loaded(options: Partial<DomainOptions> = {}): Loaded {
  const domain = newDomain(testHost('', ['', '', '']), { ...smallDomain, ...options })
  const { linked } = new Program(domain, compiled.compiler).load(compiled.unit)
  const names = linked.compiled.resumable().functions.map(({ f }) => f.name)
  return {
    domain,
    entry: (name, argument) => {
      const index = names.findIndex((n) => n === name || n.endsWith(`.${name}`))
      if (index < 0) throw new Error(`no function ${name} in ${names.join()}`)
      const f = domain.linker.function(linked, index) as (sp: number, argument: bigint) => bigint
      return (sp) => f(sp, BigInt(argument) * 2n + 1n)
    },
  }
}

/** How a thread has ended. */
interface Outcome {
  end?: ThreadEnd
  value?: number
  exception?: string
}

function spawn(
  { domain, entry }: Loaded,
  name: string,
  argument: number,
): { thread: GreenThread; outcome: Outcome } {
  const outcome: Outcome = {}
  const thread = domain.spawn(entry(name, argument), (end) => {
    outcome.end = end
    if (end === 'value') outcome.value = resultOf(domain)
    if (end === 'exception') outcome.exception = describeException(domain.runtime)
  })
  return { thread, outcome }
}

function resultOf(domain: Domain): number {
  const { runtime } = domain
  const low = BigInt(runtime.control('resumeValue'))
  return Number((BigInt(runtime.word(60) | 0) << 31n) | (low >> 1n))
}

/** Preempts at every poll, as a timer would at some. */
function preemptAlways(domain: Domain): void {
  const arm = (): void => Driver.interrupt(domain.runtime.int32(), interrupt.preempt)
  domain.atInterrupt = arm
  arm()
}

/** Lets at most `polls` polls pass between two preemptions; ends with all threads, or when `until` says so. */
function runAll(domain: Domain, until: () => boolean = () => false): number {
  let steps = 0
  while (domain.busy && !until()) {
    domain.step()
    steps += 1
  }
  return steps
}

describe('interleaving', () => {
  it('gives every thread its own answer', () => {
    const all = loaded()
    preemptAlways(all.domain)
    const threads = [
      spawn(all, 'fib', 12),
      spawn(all, 'count', 500),
      spawn(all, 'texts', 100),
      spawn(all, 'fib', 10),
      spawn(all, 'down', 300),
      spawn(all, 'fails', 7),
      spawn(all, 'fails', 0),
    ]
    expect(runAll(all.domain)).toBeGreaterThan(1000)
    expect(threads.map((t) => t.outcome)).toEqual([
      { end: 'value', value: 144 },
      { end: 'value', value: 125_250 },
      { end: 'value', value: 289 },
      { end: 'value', value: 55 },
      { end: 'value', value: 300 },
      { end: 'exception', exception: 'Failure("7")' },
      { end: 'value', value: 0 },
    ])
  })

  it('survives collections of other threads at every allocation', () => {
    const all = loaded({ flags: 7 })
    preemptAlways(all.domain)
    const threads = [spawn(all, 'texts', 40), spawn(all, 'texts', 50), spawn(all, 'fib', 8)]
    runAll(all.domain)
    expect(threads.map((t) => t.outcome.value)).toEqual([109, 139, 21])
  })
})

/** Cancels the thread at the next interrupt, from within its run, as a message from another thread does. */
function cancelWhileRunning(name: string): { outcome: Outcome; all: Loaded } {
  const all = loaded()
  const { thread, outcome } = spawn(all, name, 0)
  let polls = 0
  all.domain.atInterrupt = () => {
    polls += 1
    if (polls === 5) all.domain.cancel(thread)
    else Driver.interrupt(all.domain.runtime.int32(), interrupt.preempt)
  }
  Driver.interrupt(all.domain.runtime.int32(), interrupt.preempt)
  runAll(all.domain)
  return { outcome, all }
}

describe('cancellation', () => {
  it.each(['forever', 'tight', 'swallow', 'swallow_loop', 'protect'])('ends %s while it runs', (name) => {
    const { outcome, all } = cancelWhileRunning(name)
    expect(outcome).toEqual({ end: 'cancelled' })
    const after = spawn(all, 'fib', 10)
    const finalisers = spawn(all, 'how_often', 0)
    all.domain.atInterrupt = () => {}
    runAll(all.domain)
    expect(after.outcome.value).toBe(55)
    expect(finalisers.outcome.value).toBe(0)
  })

  it.each(['forever', 'swallow_loop', 'protect'])('ends %s while it waits', (name) => {
    const all = loaded()
    preemptAlways(all.domain)
    const waiting = spawn(all, name, 0)
    const other = spawn(all, 'fib', 8)
    for (let i = 0; i < 5; i++) all.domain.step()
    expect(waiting.thread.state).toBe('waiting')
    all.domain.cancel(waiting.thread)
    expect(waiting.outcome).toEqual({ end: 'cancelled' })
    runAll(all.domain)
    expect(other.outcome).toEqual({ end: 'value', value: 21 })
    all.domain.cancel(waiting.thread)
  })

  it('ends a thread that has not begun', () => {
    const all = loaded()
    const { thread, outcome } = spawn(all, 'forever', 0)
    all.domain.cancel(thread)
    expect(outcome).toEqual({ end: 'cancelled' })
    expect(all.domain.busy).toBe(false)
  })
})

describe('limits', () => {
  it.each([
    ['exhaust', { end: 'exception' }],
    ['swallow_exhaust', { end: 'value', value: 17 }],
  ] as const)('raises Out_of_memory in the thread that exceeds the heap: %s', (name, end) => {
    const all = loaded({ heapLimitBytes: 16 * 1024 * 1024 })
    preemptAlways(all.domain)
    const greedy = spawn(all, name, 0)
    const modest = spawn(all, 'count', 3000)
    all.domain.step()
    all.domain.atInterrupt = () => {}
    runAll(all.domain)
    expect(greedy.outcome).toMatchObject(end)
    expect(modest.outcome).toEqual({ end: 'value', value: 4_501_500 })
    const again = spawn(all, 'texts', 1000)
    runAll(all.domain)
    expect(again.outcome).toEqual({ end: 'value', value: 3889 })
    expect(all.domain.runtime.exports.verify(all.domain.runtime.control('stackBase'))).toBe(0)
  })

  it('ends a thread whose array does not fit', () => {
    const all = loaded({ heapLimitBytes: 16 * 1024 * 1024 })
    const { outcome } = spawn(all, 'exhaust_array', 1_500_000)
    runAll(all.domain)
    expect(outcome.end).toBe('exception')
    const again = spawn(all, 'exhaust_array', 1000)
    runAll(all.domain)
    expect(again.outcome).toEqual({ end: 'value', value: 2000 })
  })

  it('raises Stack_overflow, which can be caught, and the domain lives on', () => {
    const all = loaded()
    const caught = spawn(all, 'overflow', 0)
    const handlers = spawn(all, 'overflow_handlers', 0)
    const uncaught = spawn(all, 'uncaught', 0)
    const after = spawn(all, 'down', 100_000)
    runAll(all.domain)
    expect(caught.outcome).toEqual({ end: 'value', value: 33 })
    expect(handlers.outcome).toEqual({ end: 'value', value: 34 })
    expect(uncaught.outcome).toEqual({ end: 'exception', exception: 'Stack_overflow' })
    expect(after.outcome).toEqual({ end: 'value', value: 100_000 })
  })
})

function deep(program: string, expected: string, options: Partial<DomainOptions>): Compiled {
  const deepProgram = compileText(program, expected)
  const result = run(deepProgram, { options })
  expect(result.error).toBeUndefined()
  expect(result.stdout).toBe(expected)
  return deepProgram
}

describe('deep recursion with the default memories', () => {
  const defaults = { minorWords: 262_144, stackBytes: 256 * 1024 * 1024 }
  it('maps a list of a million elements', () => {
    deep('let () = print_int (List.length (List.map succ (List.init 1_000_000 Fun.id)))', '1000000', defaults)
  })
  it('recurses five million deep', () => {
    deep(
      'let rec f n = if n = 0 then 0 else 1 + f (n - 1)\nlet () = print_int (f 5_000_000)',
      '5000000',
      defaults,
    )
  })
})
