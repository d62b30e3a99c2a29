/**
 * A domain: one heap, its units, and the green threads that run in it. It belongs to one JavaScript thread.
 *
 * The running thread's frames are in the shadow stack, above those of the threads on which it stands (tower.ts); a thread that waits for its turn
 * or is blocked owns a copy of them (`stack_alloc`, registered as roots), put back from `stackBase` on before it goes on. So it costs what
 * its frames cost.
 *
 * Threads come from the host (a call of a served function, a unit's initialiser) and from OCaml code (`Thread.create`). OCaml code
 * blocks the thread that runs it and wakes others by their numbers; what they wait for is known to the library alone.
 */

import { Crash } from '../base/diagnostic.ts'
import { NumberTable } from '../base/number-table.ts'
import { type CompiledUnit, compilePrelude, type Location, siteLocations } from '../codegen/index.ts'
import { control, interrupt, raiseFlag, raiseFlags, unwindReason } from '../codegen/layout.ts'
import { Driver, type InterruptAnswer, type RunEnd } from './driver.ts'
import {
  type Aside,
  blocks,
  type GreenThread,
  isRunnable,
  newThread,
  type ThreadEnd,
  type Trace,
} from './green-thread.ts'
import type { Host } from './host.ts'
import { type LinkedUnit, Linker } from './linker.ts'
import { Alarms, RunQueue } from './run-queue.ts'
import { Runtime, type RuntimeOptions } from './runtime.ts'
import { Tower } from './tower.ts'
import { Turns } from './turns.ts'

export type { GreenThread, ThreadEnd } from './green-thread.ts'

export interface DomainOptions extends RuntimeOptions {
  /** How much shadow stack runs on the native stack before it is spilled; tests make it small. */
  readonly segmentBytes?: number
}

/** A place in a backtrace; `unit` has the function, also when the region is of one that was inlined into it. */
export interface Place extends Location {
  readonly unit: string
}

/** A thread that stood on another has begun there. */
const beginsOnAnother = (): never => {
  throw new Crash('a thread begins twice')
}

type ClosureCode = (sp: number, argument: bigint, closure: bigint) => bigint

/** How long nobody looks for a break while all threads sleep, in seconds. */
const longestSleep = 0.05

/** Threads stand on frames of so many bytes at most, and of a part of the stack, so that they have nearly all of it, too. */
const mostBelow = 65_536
const leastStacks = 16

/** How often host functions and OCaml code may call each other in turn: each turn takes native stack. */
const deepestNesting = 100

/** Initialisers of units and phrases of a prompt are one thread for OCaml code. */
const mainThread = 0
const mainGroup = ''

export class Domain {
  readonly runtime: Runtime
  readonly linker: Linker
  private readonly driver: Driver
  private readonly tower: Tower
  private readonly host: Host
  private readonly turns: Turns | undefined
  private readonly runnable: RunQueue<GreenThread>
  private readonly alarms = new Alarms<GreenThread>()
  /** Threads that have not ended. */
  private readonly threads = new NumberTable<GreenThread>()
  /** Those that are blocked because of what another thread holds or has yet to do. */
  private readonly impatient = new Set<GreenThread>()
  /** Numbers of threads that stand on others and have been cancelled. */
  private readonly doomed = new Set<number>()
  private running: GreenThread | undefined
  /** Which thread ran the last finaliser. Others wait until it has ended, which that thread may fail to say. */
  private finalising: number | undefined
  /** When the running thread, which suspends itself, is to be woken in any case. */
  private alarm: number | undefined
  /** Whoever runs comes back when its slice is over, even if no other thread can run. */
  private settling = false
  private lastId: number = mainThread
  private mainLocal = 0
  /** What the running thread, or the last one that did, gave to `exit`. */
  exitStatus: number | undefined
  /** Called at each interrupt before the running thread's fate is decided: the place to read cancellations. */
  atInterrupt: (bits: number) => void = () => {}
  /** Called when OCaml code makes its first thread: from now on somebody should interrupt the running thread now and then. */
  onThreads: () => void = () => {}
  private hasThreads = false
  /** Called when OCaml code makes a thread, with the thread that does. */
  onSpawn: (parent: number, child: number) => void = () => {}
  /** Whether stdout is flushed whenever a thread's turn ends, so that the host can tell whose output it is. */
  separatesOutput = false
  /** Called when a thread has ended; the control words still have its value or its exception. */
  onThreadEnd: (thread: number, end: ThreadEnd) => void = () => {}
  /** While a function of the host runs on behalf of OCaml code: the first address above the live frames; else 0. */
  private hostTop = 0
  /** How many runs are under way above others. */
  private nesting = 0
  /**
   * Waits for something from outside that wakes a thread, at most so many milliseconds, while the thread of an initialiser waits. False:
   * nothing can come.
   */
  awaitWorld: (milliseconds: number | undefined) => boolean = () => false
  /** What a break from the terminal raises; it cancels the running thread when there is none. */
  breakException: () => bigint | undefined = () => undefined

  constructor(
    runtimeModule: WebAssembly.Module,
    host: Host,
    options: DomainOptions,
    prelude: CompiledUnit = compilePrelude(),
  ) {
    this.host = host
    this.turns = options.turns === undefined ? undefined : new Turns(options.turns)
    this.runnable = new RunQueue(isRunnable, ({ group }) => group, this.turns)
    this.runtime = new Runtime(runtimeModule, this.watchExit(host), options)
    this.driver = new Driver(this.runtime, options.segmentBytes)
    this.runtime.engine = {
      prepareResume: () => {},
      placeOf: (descriptor) => this.locationOf(descriptor),
      spawn: (root) => this.spawnFromRoot(root),
      stand: () => this.stand(),
      wake: (id) => this.wake(id),
      alive: (id) => this.threads.has(id),
      yield: () => this.mayTakeTurns,
      sleep: (seconds) => this.sleep(seconds),
    }
    this.linker = new Linker(this.runtime, this.driver.poll)
    this.tower = new Tower(this.runtime)
    this.allowStanding(true)
    this.driver.onInterrupt = (bits) => this.interrupted(bits)
    this.driver.runFinalisers = (sp) => this.runFinalisers(sp)
    this.linker.link(prelude)
  }

  /** Places a unit; its initialiser still has to run. */
  link(unit: CompiledUnit): LinkedUnit {
    return this.linker.link(unit)
  }

  /** Runs a linked unit's initialiser to its end. */
  initialise(unit: LinkedUnit): ThreadEnd {
    return this.runToEnd(this.linker.function(unit, 0) as (sp: number) => bigint)
  }

  /**
   * Runs an entry to its end, and other threads only while it waits for them or they have their turn. In a function of the host the
   * entry is a part of the thread that called it, and no other thread runs.
   */
  runToEnd(entry: (sp: number) => bigint): ThreadEnd {
    if (this.running !== undefined) return this.runNested(this.top, entry)
    let result: ThreadEnd | undefined
    const thread = this.makeThread(mainThread, mainGroup, entry, (end) => {
      result = end
    })
    thread.local = this.mainLocal
    this.run(thread)
    while (result === undefined) {
      if (this.exitStatus !== undefined) this.drop(thread, 'exit')
      else if (this.awaitTurn()) this.step()
      else this.drop(thread, 'deadlock')
    }
    return result
  }

  /** The first address above all live frames. Throws when OCaml code runs that has not called the host. */
  get top(): number {
    if (this.running === undefined) return this.runtime.control('stackBase')
    if (this.hostTop === 0)
      throw new Crash('OCaml code is running, and has not called a function of the host')
    return this.hostTop
  }

  /** Whether there is room on the native stack for one more run above those that are under way. */
  get mayNest(): boolean {
    return this.nesting < deepestNesting
  }

  /** Whether the host may run code and make values now. */
  get isEnterable(): boolean {
    return this.running === undefined || this.hostTop !== 0
  }

  /** Runs a function of the host that OCaml code has called, and whose frames end at `sp`: it may call back. */
  callHost<Result>(sp: number, f: () => Result): Result {
    const outer = this.hostTop
    this.hostTop = sp
    this.runtime.setControl('stackTop', sp)
    try {
      return f()
    } finally {
      this.hostTop = outer
    }
  }

  /** Raises an exception in the code that has called the host and whose frames end at `sp`. */
  raiseFromHost(sp: number, exception: bigint, isReraised: boolean): 0n {
    // As the runtime does: the frame that raises is the one whose last word this is.
    const flags = raiseFlag.primitive | (isReraised ? raiseFlag.reraise : 0)
    this.driver.raise(exception, (sp - 8) | flags)
    return 0n
  }

  /** Ends the running thread from a function of the host, whatever handlers there are. */
  abandonFromHost(): 0n {
    this.driver.unwind(unwindReason.limit)
    return 0n
  }

  private runNested(sp: number, entry: (sp: number) => bigint): ThreadEnd {
    const { hostTop } = this
    this.hostTop = 0
    this.nesting += 1
    this.allowStanding(false)
    try {
      const end = this.driver.nest(() => this.runAbove(sp, entry))
      this.recordTrace(end, sp)
      return end === 'limit' ? this.limitEnd(this.running as GreenThread) : end
    } finally {
      this.nesting -= 1
      this.allowStanding(this.nesting === 0)
      if (this.nesting === 0 && this.holdsCancelled) Driver.interrupt(this.runtime.int32(), interrupt.cancel)
      this.hostTop = hostTop
      this.runtime.setControl('stackTop', sp)
    }
  }

  /** Native frames that are below cannot be put aside, so the thread keeps its turn, and may only wait for time to pass. */
  private runAbove(sp: number, entry: (sp: number) => bigint): Exclude<RunEnd, 'suspended'> | 'deadlock' {
    let end = this.driver.start(entry, sp)
    while (end === 'suspended') {
      const { alarm } = this
      if (this.blocks && alarm === undefined) return 'deadlock'
      if (alarm !== undefined) this.host.sleep(Math.max(0, alarm - this.now()))
      this.forgetWishes()
      this.resumeWithUnit()
      end = this.driver.continue()
    }
    return end
  }

  /** Sleeps until a thread can run; false if none ever will. */
  private awaitTurn(): boolean {
    while (!this.busy) {
      const time = this.nextAlarm
      const left = time === undefined ? undefined : Math.max(0, time - this.now())
      if (this.awaitWorld(left === undefined ? undefined : left * 1000)) continue
      if (time === undefined) return false
      this.host.sleep(Math.min(Math.max(0, time - this.now()), longestSleep))
      this.seeBreak()
    }
    return true
  }

  /** A break from the terminal is for the main thread, which sees it at its next poll. */
  private seeBreak(): void {
    const bits = Atomics.load(this.runtime.int32(), control.interrupts >> 2)
    const main = this.threads.get(mainThread)
    if ((bits & interrupt.break) !== 0 && main?.state === 'blocked') this.unblock(main)
  }

  private now(): number {
    return this.host.time(2)
  }

  /** Groups of threads take turns, whatever their sizes; a thread of OCaml code is in the group of the one that made it. */
  spawn(
    entry: (sp: number) => bigint,
    ended: (end: ThreadEnd) => void,
    group = this.running?.group ?? mainGroup,
  ): GreenThread {
    this.lastId += 1
    const thread = this.makeThread(this.lastId, group, entry, ended)
    this.runnable.push(thread)
    return thread
  }

  private makeThread(
    id: number,
    group: string,
    entry: GreenThread['entry'],
    ended: GreenThread['ended'],
  ): GreenThread {
    const thread = newThread(id, group, entry, ended)
    this.threads.set(thread.id, thread)
    return thread
  }

  /** The number of the thread that runs; 0: the main one, or none. */
  get runningThread(): number {
    return this.running === undefined ? mainThread : this.runtime.control('threadId')
  }

  /** Whether a thread can run now. */
  get busy(): boolean {
    this.ringAlarms()
    return this.runnable.filled
  }

  /** When a sleeping thread will be able to run, on the host's monotonic clock. */
  get nextAlarm(): number | undefined {
    return this.alarms.next
  }

  /** Runs the thread that has waited longest until it ends, blocks, or its slice is over. */
  step(): void {
    const thread = this.runnable.take()
    if (thread !== undefined) this.run(thread)
  }

  /** Lets threads run until none can, at most for some seconds; not while one runs. */
  settle(seconds: number): void {
    const end = this.now() + seconds
    this.settling = true
    while (this.busy && this.now() < end) this.step()
    this.settling = false
  }

  /** Ends a thread: at the next poll if it runs or has others above it, at once if it waits. */
  cancel(thread: GreenThread): void {
    if (thread.state === 'ended') return
    thread.cancelled = true
    if (thread.state === 'running') return Driver.interrupt(this.runtime.int32(), interrupt.cancel)
    this.drop(thread, 'cancelled')
  }

  /** Ends a thread that is not running. */
  private drop(thread: GreenThread, end: ThreadEnd): void {
    this.dropAside(thread)
    this.end(thread, end)
  }

  /** Ends the thread of this number, if there still is one. */
  cancelThread(id: number): void {
    const thread = this.threads.get(id)
    if (thread !== undefined) this.cancel(thread)
    else if (this.running !== undefined && this.tower.has(id)) {
      this.doomed.add(id)
      Driver.interrupt(this.runtime.int32(), interrupt.cancel)
    }
  }

  /** Wakes the thread of this number when it is blocked, or keeps it from blocking next time. */
  wakeThread(id: number): void {
    this.wake(id)
  }

  private watchExit(host: Host): Host {
    const exit = (status: number): void => {
      this.exitStatus = status
      host.exit(status)
    }
    return Object.assign(Object.create(host) as Host, { exit })
  }

  private run(thread: GreenThread): void {
    const { runtime } = this
    this.running = thread
    this.exitStatus = undefined
    this.forgetWishes()
    this.tower.begin(thread.id, thread.local, thread.woken)
    thread.woken = false
    const begins = thread.state === 'new'
    if (!begins) this.putBack(thread)
    thread.state = 'running'
    if (this.turns !== undefined) Driver.interrupt(runtime.int32(), interrupt.preempt)
    let end = begins ? this.driver.start(thread.entry) : this.driver.continue()
    if (this.separatesOutput) runtime.exports.flush_standard()
    if (end === 'suspended') end = this.suspend(thread)
    if (end !== 'suspended') {
      while (this.tower.depth > 0) this.endTop()
      this.recordTrace(end, runtime.control('stackBase'))
      thread.local = runtime.control('threadLocal')
    }
    this.running = undefined
    if (end !== 'suspended') this.end(thread, end === 'limit' ? this.limitEnd(thread) : end)
  }

  /** A run from `base` on has ended; its exception may be looked at by code below, or by a handler of uncaught ones. */
  private recordTrace(end: RunEnd | 'deadlock', base: number): void {
    const { runtime } = this
    if (end === 'exception' && runtime.control('backtraceOn') !== 0) runtime.exports.record_trace(base)
  }

  /**
   * Puts a suspended thread aside, then each of those on which it stands: they wait, unless they have been woken, and then they go first. Where
   * there is no room for its frames, a thread keeps its turn if it can go on.
   */
  private suspend(base: GreenThread): RunEnd {
    const runnable: GreenThread[] = []
    for (;;) {
      const aside = this.putAside()
      const isLast = this.tower.depth === 0
      if (aside !== undefined) {
        const thread = isLast ? base : this.leaveTower(base)
        this.wait(thread, aside)
        if (thread.state === 'waiting') runnable.push(thread)
      } else if (!this.blocks) {
        this.queue(runnable)
        const end = this.driver.continue()
        if (end !== 'suspended') return end
        continue
      } else if (!isLast) this.endTop()
      if (isLast) {
        this.queue(runnable)
        return aside === undefined ? 'limit' : 'suspended'
      }
      this.forgetWishes()
      if (!this.tower.wakeTop()) this.runtime.setControl('threadBlocks', blocks.patient)
    }
  }

  /** Last come, first served, and none is left. */
  private queue(threads: GreenThread[]): void {
    for (let thread = threads.pop(); thread !== undefined; thread = threads.pop()) this.runnable.push(thread)
  }

  /** It becomes a thread like any other. */
  private leaveTower({ group }: GreenThread): GreenThread {
    const level = this.tower.takeTop()
    const thread = this.makeThread(level.id, group, beginsOnAnother, () => {})
    thread.local = level.local
    thread.woken = level.woken
    thread.cancelled = this.doomed.delete(level.id)
    return thread
  }

  /** A thread that stands on another ends with it, or for want of memory. */
  private endTop(): void {
    const { id, local, start } = this.tower.takeTop()
    this.driver.dropFrames(start)
    if (local !== 0) this.runtime.exports.root_delete(local)
    this.leaveNothing(id, 'out-of-memory')
    this.onThreadEnd(id, 'out-of-memory')
  }

  /** What the running thread asked for when it suspended itself is what this one waits for. */
  private wait(thread: GreenThread, aside: Aside): void {
    const wish = this.runtime.control('threadBlocks')
    if (thread === this.running) {
      thread.local = this.runtime.control('threadLocal')
      thread.woken = this.tower.takeWoken()
    }
    thread.aside = aside
    thread.alarm = this.alarm
    thread.patient = wish === blocks.patient
    thread.state = wish === blocks.turn ? 'waiting' : 'blocked'
    if (wish === blocks.impatient) this.impatient.add(thread)
    if (thread.alarm !== undefined) this.alarms.add(thread.alarm, thread)
    if (thread.cancelled) this.drop(thread, 'cancelled')
  }

  /** Whether the running thread has suspended itself for more than a turn. */
  private get blocks(): boolean {
    return this.runtime.control('threadBlocks') !== blocks.turn
  }

  private forgetWishes(): void {
    this.alarm = undefined
    this.runtime.setControl('threadBlocks', blocks.turn)
  }

  private limitEnd(thread: GreenThread): ThreadEnd {
    if (thread.cancelled) return 'cancelled'
    return this.exitStatus === undefined ? 'out-of-memory' : 'exit'
  }

  private end(thread: GreenThread, end: ThreadEnd): void {
    thread.state = 'ended'
    this.threads.delete(thread.id)
    if (!thread.patient) this.impatient.delete(thread)
    if (thread.id === mainThread) this.mainLocal = thread.local
    else if (thread.local !== 0) {
      this.runtime.exports.root_delete(thread.local)
      thread.local = 0
    }
    this.leaveNothing(thread.id, end)
    thread.ended(end)
    this.onThreadEnd(thread.id, end)
  }

  /** What others may wait for: the thread of this number will not do it any more. */
  private leaveNothing(id: number, end: ThreadEnd): void {
    if (id === this.finalising) {
      this.finalising = undefined
      this.runtime.exports.release_finalisers()
    }
    if (end !== 'value' && end !== 'exception') this.wakeAll()
  }

  /**
   * Hands the exception that ended a thread to the function that the program has registered under this name; undefined: there is
   * none, and nothing has run.
   */
  handleUncaught(name: string): ThreadEnd | undefined {
    return this.runNamed(name, this.exceptionValue())
  }

  /** Calls the function that the program has registered under this name; undefined: there is none, and nothing has run. */
  runNamed(name: string, argument: bigint): ThreadEnd | undefined {
    const { runtime } = this
    const text = new TextEncoder().encode(name)
    const scratch = runtime.control('stackBase')
    runtime.bytes().set(text, scratch)
    const root = runtime.exports.named_value(scratch, text.length)
    if (root === 0) return undefined
    return this.runToEnd((sp) => this.apply(sp, BigInt(runtime.exports.root_get_block(root)), argument))
  }

  private exceptionValue(): bigint {
    return this.runtime.view().getBigInt64(control.exception, true)
  }

  /** Calls a closure with one argument. A closure's first word is the index, tagged, of its code for one argument. */
  private apply(sp: number, closure: bigint, argument: bigint): bigint {
    const code = this.linker.functionAt(this.runtime.word(Number(closure)) >>> 1)
    return (code as ClosureCode)(sp, argument, closure)
  }

  /** Runs what is due, oldest first; false: the stack unwinds, and the next poll goes on with the rest. */
  private runFinalisers(sp: number): boolean {
    const { exports } = this.runtime
    while (exports.finalisers_due() > 0) {
      const argument = exports.finaliser_argument()
      const closure = exports.take_finaliser()
      this.finalising = this.runningThread
      if (this.apply(sp, closure, argument) !== 0n) continue
      if (exports.finalisers_due() > 0) Driver.interrupt(this.runtime.int32(), interrupt.finalise)
      return false
    }
    return true
  }

  /** Whether a break has come that no poll has seen; it is forgotten. */
  takeBreak(): boolean {
    const words = this.runtime.int32()
    return (Atomics.and(words, control.interrupts >> 2, ~interrupt.break) & interrupt.break) !== 0
  }

  private interrupted(bits: number): InterruptAnswer {
    this.atInterrupt(bits)
    if (this.tower.depth === 0 && this.running?.cancelled === true) return 'cancel'
    if (this.nesting === 0 && this.holdsCancelled) return 'suspend'
    if ((bits & interrupt.break) !== 0) return this.breakException() ?? 'cancel'
    const maySuspend = this.mayTakeTurns || (this.settling && this.nesting === 0)
    if (this.turns !== undefined) return this.drawn(this.turns, maySuspend)
    return (bits & interrupt.preempt) !== 0 && maySuspend ? 'suspend' : 'continue'
  }

  /** Whether others could run now. */
  private get mayTakeTurns(): boolean {
    return this.nesting === 0 && (this.busy || this.tower.hasWoken)
  }

  /** Whether one of several threads on the stack has been cancelled, which ends when they are put aside. */
  private get holdsCancelled(): boolean {
    for (const id of this.doomed) if (!this.tower.has(id)) this.doomed.delete(id)
    return this.running?.cancelled === true || this.doomed.size > 0
  }

  /** Whether the turn of the running thread ends at this poll; else it is asked again at the next one. */
  private drawn(turns: Turns, maySuspend: boolean): InterruptAnswer {
    if (turns.endsHere() && maySuspend) return 'suspend'
    Driver.interrupt(this.runtime.int32(), interrupt.preempt)
    return 'continue'
  }

  // -------------------------------------------------------------------------------------------------------
  // Threads of OCaml code

  /** A thread that calls the function in a root, which it deletes. */
  private spawnFromRoot(root: number): number {
    const { exports } = this.runtime
    const enter = (sp: number): bigint => {
      exports.trace_set(0, 0)
      const closure = exports.root_get_block(root) >>> 0
      exports.root_delete(root)
      const code = this.linker.functionAt(this.runtime.word(closure) >>> 1)
      return code(sp, 1n, BigInt(closure))
    }
    const { id } = this.spawn(enter, () => {})
    this.onSpawn(this.runningThread, id)
    if (!this.hasThreads) this.onThreads()
    this.hasThreads = true
    return id
  }

  /** A number for a thread that will stand on the running one. */
  private stand(): number {
    this.lastId += 1
    this.onSpawn(this.runningThread, this.lastId)
    return this.lastId
  }

  private allowStanding(isAllowed: boolean): void {
    const { runtime } = this
    const base = runtime.control('stackBase')
    const room = Math.min(mostBelow, (runtime.control('stackEnd') - base) / leastStacks)
    runtime.setControl('standLimit', isAllowed ? base + room : 0)
  }

  private sleep(seconds: number): void {
    this.alarm = this.now() + Math.max(0, seconds)
  }

  private wake(id: number): boolean {
    const thread = this.threads.get(id)
    if (thread === undefined) return this.running !== undefined && this.tower.wake(id)
    this.unblock(thread)
    return true
  }

  private unblock(thread: GreenThread): void {
    thread.alarm = undefined
    if (thread.state === 'blocked') {
      if (!thread.patient) this.impatient.delete(thread)
      thread.state = 'waiting'
      this.runnable.push(thread)
    } else if (thread.state === 'running') this.tower.wake(thread.id)
    else thread.woken = true
  }

  private ringAlarms(): void {
    for (let time = this.alarms.next; time !== undefined; time = this.alarms.next) {
      if (time > this.now()) return
      const thread = this.alarms.takeFirst() as GreenThread
      // It may have been woken, and sleep again since.
      if (thread.alarm === time) this.unblock(thread)
    }
  }

  /** A thread has been ended from outside and may have held what others wait for: they look again. */
  private wakeAll(): void {
    for (const thread of [...this.impatient]) this.unblock(thread)
  }

  // -------------------------------------------------------------------------------------------------------
  // Frames of waiting threads

  /** The frames of the running thread alone. Undefined: there is no room for them, and all is ready for going on. */
  private putAside(): Aside | undefined {
    const { runtime } = this
    const start = runtime.control('threadStart')
    const top = runtime.control('stackTop')
    const bytes = top - start
    const address = this.roomForFrames(bytes, top)
    if (address === 0) {
      this.resumeWithUnit()
      return undefined
    }
    runtime.bytes().copyWithin(address, start, top)
    runtime.exports.register_stack(address, bytes)
    runtime.setControl('stackTop', start)
    return { address, bytes, pending: this.driver.takeFrames(start), trace: this.takeTrace() }
  }

  /** Copies of a growing stack leave holes that only a major collection joins. 0: no room. */
  private roomForFrames(bytes: number, top: number): number {
    const { exports } = this.runtime
    const address = exports.stack_alloc(bytes) >>> 0
    if (address !== 0) return address
    exports.full_major(top)
    return exports.stack_alloc(bytes) >>> 0
  }

  /** The call at which a thread was suspended, if it was one, yields (). */
  private resumeWithUnit(): void {
    const words = this.runtime.int32()
    words[control.resumeValue >> 2] = 1
    words[(control.resumeValue >> 2) + 1] = 0
  }

  private putBack(thread: GreenThread): void {
    const { aside } = thread
    if (aside === undefined) throw new Crash('a waiting thread without frames')
    const base = this.runtime.control('stackBase')
    this.driver.forgetFrames(base)
    this.runtime.bytes().copyWithin(base, aside.address, aside.address + aside.bytes)
    this.dropCopy(aside)
    this.giveTrace(aside)
    thread.aside = undefined
    this.driver.pending = aside.pending
    this.runtime.setControl('cleanBelow', base)
    this.runtime.setControl('stackTop', base + aside.bytes)
    this.resumeWithUnit()
  }

  private takeTrace(): Trace | undefined {
    const { runtime } = this
    if (runtime.control('backtraceOn') === 0) return undefined
    const from = runtime.exports.trace_entries()
    const entries = runtime.bytes().slice(from, from + 4 * runtime.exports.trace_count())
    return { entries, exception: runtime.exports.trace_take() }
  }

  private giveTrace({ trace }: Aside): void {
    if (trace === undefined) return
    const { runtime } = this
    runtime.bytes().set(trace.entries, runtime.exports.trace_entries())
    runtime.exports.trace_set(trace.entries.length / 4, trace.exception)
  }

  private dropAside(thread: GreenThread): void {
    const { aside } = thread
    if (aside === undefined) return
    this.dropCopy(aside)
    const root = aside.trace?.exception ?? 0
    if (root !== 0) this.runtime.exports.root_delete(root)
    thread.aside = undefined
  }

  private dropCopy({ address }: Aside): void {
    this.runtime.exports.unregister_stack(address)
    this.runtime.exports.stack_free(address)
  }

  // -------------------------------------------------------------------------------------------------------
  // Backtraces

  /** Whether handlers and the ends of threads record where exceptions came from, for `Printexc`. */
  recordBacktraces(on: boolean): void {
    this.runtime.setControl('backtraceOn', on ? 1 : 0)
  }

  /** Where the exception that has just ended a thread was raised, innermost first; at most `limit` places. */
  backtrace(limit: number): Place[] {
    const { runtime } = this
    const last = runtime.control('raiseFrame') & ~raiseFlags
    const frames: number[] = []
    for (let frame = runtime.control('stackBase'); frame <= last; ) {
      const descriptor = runtime.word(frame)
      frames.push(descriptor)
      const words = runtime.word(descriptor) & 0xffff
      if (words === 0) break
      frame += words * 8
    }
    const places: Place[] = []
    for (const descriptor of frames.reverse()) {
      if (places.length === limit) break
      const place = this.locationOf(descriptor)
      if (place !== undefined) places.push(place)
    }
    return places
  }

  private readonly locations = new Map<LinkedUnit, ReadonlyMap<number, Location>>()

  private locationOf(descriptor: number): Place | undefined {
    const unit = this.linker.unitOfAddress(descriptor)
    if (unit === undefined) return undefined
    let locations = this.locations.get(unit)
    if (locations === undefined) {
      locations = siteLocations(unit.compiled.resumable())
      this.locations.set(unit, locations)
    }
    const location = locations.get(descriptor - unit.dataBase)
    return location === undefined ? undefined : { ...location, unit: unit.compiled.name }
  }
}
