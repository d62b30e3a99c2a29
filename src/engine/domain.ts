/**
 * A domain: one heap, its units, and the green threads that run in it. It belongs to one JavaScript thread.
 *
 * A green thread is a call: an entry, an end, frames while it waits. The running thread's frames are in the shadow
 * stack; a thread that waits owns a copy of them (`stack_alloc`, registered as roots), put back at the same
 * addresses before it goes on.
 */

import { Crash } from '../base/diagnostic.ts'
import { type CompiledUnit, compilePrelude, type Location, siteLocations } from '../codegen/index.ts'
import { control, interrupt } from '../codegen/layout.ts'
import { Driver, type InterruptAnswer, type RunEnd } from './driver.ts'
import type { Host } from './host.ts'
import { type LinkedUnit, Linker } from './linker.ts'
import { Runtime, type RuntimeOptions } from './runtime.ts'

export interface DomainOptions extends RuntimeOptions {
  /** How much shadow stack runs on the native stack before it is spilled; tests make it small. */
  readonly segmentBytes?: number
}

/**
 * Why a thread ended. `value` and `exception` are in the control words until the next run, the status of `exit` is the domain's
 * `exitStatus`.
 */
export type ThreadEnd = Exclude<RunEnd, 'suspended'> | 'cancelled' | 'out-of-memory' | 'exit'

/** A place in a backtrace; `unit` has the function, also when the region is of one that was inlined into it. */
export interface Place extends Location {
  readonly unit: string
}

type FinaliserCode = (sp: number, argument: bigint, closure: bigint) => bigint

export interface GreenThread {
  readonly id: number
  readonly entry: (sp: number) => bigint
  readonly ended: (end: ThreadEnd) => void
  state: 'new' | 'running' | 'waiting' | 'ended'
  cancelled: boolean
  /** While waiting: its frames, where the copy is, and how long it is. */
  pending: number[]
  copy: { readonly address: number; readonly bytes: number } | undefined
  /** What its innermost frame is resumed with, as two 32-bit halves. */
  resumeWith: readonly [low: number, high: number]
}

export class Domain {
  readonly runtime: Runtime
  readonly linker: Linker
  private readonly driver: Driver
  private readonly runnable: GreenThread[] = []
  private running: GreenThread | undefined
  private lastId = 0
  /** What the running thread, or the last one that did, gave to `exit`. */
  exitStatus: number | undefined
  /** Called at each interrupt before the running thread's fate is decided: the place to read cancellations. */
  atInterrupt: (bits: number) => void = () => {}

  /** What a break from the terminal raises; it cancels the running thread when there is none. */
  breakException: () => bigint | undefined = () => undefined

  constructor(
    runtimeModule: WebAssembly.Module,
    host: Host,
    options: DomainOptions,
    prelude: CompiledUnit = compilePrelude(),
  ) {
    this.runtime = new Runtime(runtimeModule, this.watchExit(host), options)
    this.driver = new Driver(this.runtime, options.segmentBytes)
    this.linker = new Linker(this.runtime, this.driver.poll)
    this.driver.onInterrupt = (bits) => this.interrupted(bits)
    this.driver.runFinalisers = (sp) => this.runFinalisers(sp)
    this.linker.link(prelude)
  }

  /** Places a unit; its initialiser still has to run. */
  link(unit: CompiledUnit): LinkedUnit {
    return this.linker.link(unit)
  }

  /** Runs a linked unit's initialiser to its end, with nothing else running. */
  initialise(unit: LinkedUnit): ThreadEnd {
    return this.runAlone(this.linker.function(unit, 0) as (sp: number) => bigint)
  }

  /** Runs an entry to its end, before any other thread. */
  runAlone(entry: (sp: number) => bigint): ThreadEnd {
    let result: ThreadEnd | undefined
    const thread = this.makeThread(entry, (end) => {
      result = end
    })
    while (result === undefined) this.run(thread)
    return result
  }

  spawn(entry: (sp: number) => bigint, ended: (end: ThreadEnd) => void): GreenThread {
    const thread = this.makeThread(entry, ended)
    this.runnable.push(thread)
    return thread
  }

  private makeThread(entry: (sp: number) => bigint, ended: (end: ThreadEnd) => void): GreenThread {
    this.lastId += 1
    return {
      id: this.lastId,
      entry,
      ended,
      state: 'new',
      cancelled: false,
      pending: [],
      copy: undefined,
      resumeWith: [1, 0],
    }
  }

  /** Whether a thread could run. */
  get busy(): boolean {
    return this.runnable.length > 0
  }

  /** Runs the thread that has waited longest until it ends or its slice is over. */
  step(): void {
    const thread = this.runnable.shift()
    if (thread === undefined) return
    this.run(thread)
    if (thread.state === 'waiting') this.runnable.push(thread)
  }

  /** Ends a thread: at its next poll if it runs, at once if it waits. */
  cancel(thread: GreenThread): void {
    if (thread.state === 'ended') return
    thread.cancelled = true
    if (thread.state === 'running') return Driver.interrupt(this.runtime.int32(), interrupt.cancel)
    const at = this.runnable.indexOf(thread)
    if (at >= 0) this.runnable.splice(at, 1)
    this.dropCopy(thread)
    this.end(thread, 'cancelled')
  }

  private watchExit(host: Host): Host {
    const exit = (status: number): void => {
      this.exitStatus = status
      host.exit(status)
    }
    return Object.assign(Object.create(host) as Host, { exit })
  }

  private run(thread: GreenThread): void {
    this.running = thread
    this.exitStatus = undefined
    let end: RunEnd
    if (thread.state === 'new') {
      thread.state = 'running'
      end = this.driver.start(thread.entry)
    } else {
      this.putBack(thread)
      thread.state = 'running'
      end = this.driver.continue()
    }
    // Where there is no room for its frames, it keeps its turn.
    while (end === 'suspended' && !this.putAside(thread)) end = this.driver.continue()
    this.running = undefined
    if (end !== 'suspended') this.end(thread, end === 'limit' ? this.limitEnd(thread) : end)
  }

  private limitEnd(thread: GreenThread): ThreadEnd {
    if (thread.cancelled) return 'cancelled'
    return this.exitStatus === undefined ? 'out-of-memory' : 'exit'
  }

  private end(thread: GreenThread, end: ThreadEnd): void {
    thread.state = 'ended'
    thread.ended(end)
  }

  /** Runs what is due, oldest first; false: the stack unwinds, and the next poll goes on with the rest. */
  private runFinalisers(sp: number): boolean {
    const { exports } = this.runtime
    while (exports.finalisers_due() > 0) {
      const argument = exports.finaliser_argument()
      const closure = exports.take_finaliser()
      // A closure's first word is the index, tagged, of its code for one argument.
      const code = this.linker.functionAt(this.runtime.word(Number(closure)) >>> 1)
      if ((code as FinaliserCode)(sp, argument, closure) !== 0n) continue
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
    if (this.running?.cancelled === true) return 'cancel'
    if ((bits & interrupt.break) !== 0) return this.breakException() ?? 'cancel'
    return (bits & interrupt.preempt) !== 0 && this.runnable.length > 0 ? 'suspend' : 'continue'
  }

  // -------------------------------------------------------------------------------------------------------
  // Frames of waiting threads

  /** False: there is no room for them, and all is ready for going on. */
  private putAside(thread: GreenThread): boolean {
    const { runtime } = this
    const base = runtime.control('stackBase')
    const top = runtime.control('stackTop')
    const bytes = top - base
    const address = this.roomForFrames(bytes, top)
    if (address === 0) {
      this.setResumeValue([1, 0])
      return false
    }
    runtime.bytes().copyWithin(address, base, base + bytes)
    runtime.exports.register_stack(address, bytes)
    thread.copy = { address, bytes }
    thread.pending = this.driver.pending
    this.driver.pending = []
    thread.resumeWith = [1, 0]
    thread.state = 'waiting'
    return true
  }

  /** Copies of a growing stack leave holes that only a major collection joins. 0: no room. */
  private roomForFrames(bytes: number, top: number): number {
    const { exports } = this.runtime
    const address = exports.stack_alloc(bytes) >>> 0
    if (address !== 0) return address
    exports.full_major(top)
    return exports.stack_alloc(bytes) >>> 0
  }

  private setResumeValue([low, high]: readonly [number, number]): void {
    const words = this.runtime.int32()
    words[control.resumeValue >> 2] = low
    words[(control.resumeValue >> 2) + 1] = high
  }

  private putBack(thread: GreenThread): void {
    const { copy } = thread
    if (copy === undefined) throw new Crash('a waiting thread without frames')
    const base = this.runtime.control('stackBase')
    this.runtime.bytes().copyWithin(base, copy.address, copy.address + copy.bytes)
    this.dropCopy(thread)
    this.driver.pending = thread.pending
    this.runtime.setControl('cleanBelow', base)
    this.runtime.setControl('stackTop', base + copy.bytes)
    this.setResumeValue(thread.resumeWith)
  }

  private dropCopy(thread: GreenThread): void {
    const { copy } = thread
    if (copy === undefined) return
    this.runtime.exports.unregister_stack(copy.address)
    this.runtime.exports.stack_free(copy.address)
    thread.copy = undefined
  }

  // -------------------------------------------------------------------------------------------------------
  // Backtraces

  /** Where the exception that has just ended a thread was raised, innermost first; at most `limit` places. */
  backtrace(limit: number): Place[] {
    const { runtime } = this
    const last = runtime.control('raiseFrame')
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
