/**
 * The driver: runs OCaml code on the native stack, and carries it on when that stack has been unwound.
 *
 * A *segment* is a stretch of the shadow stack whose frames are on the native stack too. When a segment gets
 * too long for the native stack it is *spilled*: all its functions return 0, their frames stay complete in the
 * shadow stack, and the innermost one is resumed on an empty native stack. The addresses of spilled frames wait in
 * `pending`; when a resumed frame returns, the next older one is resumed with its result.
 *
 *     stackBase ┌──────────────┐ ← pending[0]
 *               │ spilled      │
 *               ├──────────────┤ ← pending[n - 1]
 *               │ segment      │   running natively
 *               └──────────────┘ ← segmentEnd: the next spill
 *
 * Invariant: between runs of a thread, `pending` lists exactly the frames from `stackBase` on, oldest first.
 */

import { Crash } from '../base/diagnostic.ts'
import { control, descriptorFlags, interrupt, unwindReason } from '../codegen/layout.ts'
import type { Runtime } from './runtime.ts'

/** How a run of a thread ended. Values and exceptions are in the control words `resumeValue` and `exception`. */
export type RunEnd = 'value' | 'exception' | 'suspended' | 'limit'

/** What becomes of the running thread; a value is raised. */
export type InterruptAnswer = 'continue' | 'suspend' | 'cancel' | bigint

/** How much shadow stack one native segment may take by default: a few megabytes of native stack at the very most. */
const defaultSegmentBytes = 98_304

export class Driver {
  private readonly runtime: Runtime
  private readonly segmentBytes: number
  /** Frames that wait for a result, oldest first. */
  pending: number[] = []
  /** Asked at each poll that an interrupt caused: should the running thread stop, and how? */
  onInterrupt: (bits: number) => InterruptAnswer = () => 'continue'
  /** Runs the finalisers that are due, with frames from this address on. False: the stack unwinds. */
  runFinalisers: (sp: number) => boolean = () => true

  constructor(runtime: Runtime, segmentBytes = defaultSegmentBytes) {
    this.runtime = runtime
    this.segmentBytes = segmentBytes
  }

  get base(): number {
    return this.runtime.control('stackBase')
  }

  /**
   * Runs `enter(sp)` as the first frame of a stack that is empty from `base` on; it yields the function's result, 0 for
   * unwinding.
   */
  start(enter: (sp: number) => bigint, base = this.base): RunEnd {
    this.pending = []
    this.setResumeValue(1)
    this.forgetFrames(base)
    this.openSegment(base)
    const result = enter(base)
    if (result !== 0n) this.runtime.view().setBigInt64(control.resumeValue, result, true)
    return this.carryOn(result !== 0n, base)
  }

  /**
   * Runs code above that which is under way, whose frames keep their native activations: they wait for a function of the host
   * that has called back. Frames below are not touched, and a collection finds them as always.
   */
  nest<Result>(run: () => Result): Result {
    const { runtime, pending } = this
    const start = runtime.control('segmentStart')
    const end = runtime.control('segmentEnd')
    try {
      return run()
    } finally {
      this.pending = pending
      if (start < runtime.control('unseenEnd')) runtime.exports.see_frames_from(start)
      this.setSegment(start, end)
    }
  }

  /** The frames from `base` on are gone: marking need not see them any more. */
  forgetFrames(base: number): void {
    const { runtime } = this
    if (base < runtime.control('unseenEnd')) runtime.setControl('unseenEnd', base)
  }

  /** Takes the frames of a suspended thread, from `start` on, and gives where they will be when they begin at the base. */
  takeFrames(start: number): number[] {
    const { base } = this
    const { pending } = this
    if (start === base) {
      this.pending = []
      return pending
    }
    return pending.splice(this.firstFrom(start)).map((frame) => frame - start + base)
  }

  /** The frames from `start` on will not run any more. */
  dropFrames(start: number): void {
    this.forgetFrames(start)
    this.pending.length = this.firstFrom(start)
    this.runtime.setControl('stackTop', start)
  }

  /** The index of the first frame that waits from `start` on. */
  private firstFrom(start: number): number {
    return this.pending.findLastIndex((frame) => frame < start) + 1
  }

  /** Carries a suspended thread on: its innermost frame gets what `resumeValue` holds. */
  continue(): RunEnd {
    return this.carryOn(true, this.base)
  }

  private openSegment(start: number): void {
    this.setSegment(start, Math.min(start + this.segmentBytes, this.runtime.control('stackEnd')))
  }

  private setSegment(start: number, end: number): void {
    const { runtime } = this
    const words = runtime.int32()
    words[control.segmentStart >> 2] = start
    words[control.segmentEnd >> 2] = end
    if (start < runtime.control('cleanBelow')) words[control.cleanBelow >> 2] = start
    Atomics.store(words, control.stackLimit >> 2, end)
    // An interrupt that came while the limit was being set must not be lost.
    if (Atomics.load(words, control.interrupts >> 2) !== 0) Atomics.store(words, control.stackLimit >> 2, 0)
  }

  /** `done`: the innermost frame's callee has returned (`resumeValue`), or else it unwinds; `segment` is where it began. */
  private carryOn(done: boolean, segment: number): RunEnd {
    let returned = done
    let start = segment
    for (;;) {
      if (!returned) {
        const end = this.unwound(start)
        if (end !== undefined) return end
      }
      const frame = this.pending.pop()
      if (frame === undefined) return returned ? 'value' : 'exception'
      start = frame
      if (frame < this.runtime.control('unseenEnd')) this.runtime.exports.frame_runs(frame)
      this.openSegment(frame)
      returned = this.resume(frame)
    }
  }

  private resume(frame: number): boolean {
    return this.runtime.exports.resume_frame(frame) !== 0
  }

  /** The native stack is empty after unwinding: how the run ends, or undefined to go on with the innermost frame. */
  private unwound(segment: number): RunEnd | undefined {
    const { runtime } = this
    switch (runtime.control('unwindReason')) {
      case unwindReason.exception:
        // 0 tells the older frame to raise what `exception` holds.
        this.setResumeValue(0)
        return this.pending.length === 0 ? 'exception' : undefined
      case unwindReason.spill:
        this.collectFrames(segment)
        this.setResumeValue(1)
        return undefined
      case unwindReason.suspension:
        this.collectFrames(segment)
        return 'suspended'
      case unwindReason.effect:
        this.collectFrames(segment)
        this.setResumeValue(0)
        if (this.dropFiber()) return undefined
        // Where it was performed, Effect.Unhandled is raised.
        runtime.exports.raise_unhandled(runtime.control('stackTop'))
        return this.unwound(segment)
      case unwindReason.limit:
        this.pending = []
        return 'limit'
      default:
        throw new Crash('unwinding without a reason')
    }
  }

  /** An effect has been performed: the frame to go on with is the innermost boundary of the running thread. False: there is none. */
  private dropFiber(): boolean {
    const { runtime, pending } = this
    const start = runtime.control('threadStart')
    const isBoundary = (frame: number): boolean =>
      frame >= start && ((runtime.word(runtime.word(frame) + 8) >>> 16) & descriptorFlags.boundary) !== 0
    const boundary = pending.findLastIndex(isBoundary)
    if (boundary < 0) return false
    // They become a continuation.
    runtime.exports.see_frames_from(pending[boundary] as number)
    pending.length = boundary + 1
    return true
  }

  private setResumeValue(low: number): void {
    const words = this.runtime.int32()
    words[control.resumeValue >> 2] = low
    words[(control.resumeValue >> 2) + 1] = 0
  }

  /** Appends the frames of the segment that has been unwound, up to `stackTop`. */
  private collectFrames(segment: number): void {
    const { runtime } = this
    const top = runtime.control('stackTop')
    for (let frame = segment; frame < top; ) {
      this.pending.push(frame)
      frame += (runtime.word(runtime.word(frame)) & 0xffff) * 8
    }
  }

  /** What emitted code calls when `sp` is above `stackLimit`; `top` is above its frame. 1: go on; 0: unwind. */
  readonly poll = (top: number): number => {
    const { runtime } = this
    const at = top >>> 0
    runtime.setControl('stackTop', at)
    Atomics.store(runtime.int32(), control.stackLimit >> 2, runtime.control('segmentEnd'))
    const bits = Atomics.exchange(runtime.int32(), control.interrupts >> 2, 0)
    if (bits !== 0) {
      const answer = this.onInterrupt(bits)
      if (answer === 'cancel') return this.unwind(unwindReason.limit)
      if (typeof answer === 'bigint') return this.raise(answer, at)
      if ((bits & interrupt.collect) !== 0 && runtime.exports.minor(at) === 0) return 0
      const isDue = (bits & interrupt.finalise) !== 0
      if (answer === 'suspend') {
        if (isDue) Driver.interrupt(runtime.int32(), interrupt.finalise)
        return this.unwind(unwindReason.suspension)
      }
      // What they leave above this frame if they do not return is carried on like any other frames.
      if (isDue && !this.runFinalisers(at)) return 0
    }
    if (at > runtime.control('stackEnd')) {
      runtime.exports.raise_stack_overflow(at)
      return 0
    }
    return at > runtime.control('segmentEnd') ? this.unwind(unwindReason.spill) : 1
  }

  unwind(reason: number): 0 {
    this.runtime.setControl('unwindReason', reason)
    return 0
  }

  /** Raises a value in the code of a frame. */
  raise(exception: bigint, frame: number): 0 {
    this.runtime.view().setBigInt64(control.exception, exception, true)
    this.runtime.setControl('raiseFrame', frame)
    return this.unwind(unwindReason.exception)
  }

  /** Asks the running thread to poll, from the thread that runs it or from another. */
  static interrupt(words: Int32Array, bits: number): void {
    Atomics.or(words, control.interrupts >> 2, bits)
    Atomics.store(words, control.stackLimit >> 2, 0)
  }

  static readonly bits = interrupt
}
