/**
 * Sites in the code of a function (see emit-function.ts for the two variants): their descriptors, polls, and how the function
 * is left when the stack unwinds.
 *
 *     normal   … call …  result 0?  → the handler of this function, or save the raw variables and return 0
 *     resume   the same, and `skip` (the site to get to, -1: got there) decides whether statements run
 */

import type { Assembler, Depth } from '../wasm/assembler.ts'
import type { CodeFunction, Simple, Site } from './code.ts'
import { emitSimple } from './emit-simple.ts'
import type { Frame } from './frame.ts'
import { FrameLocals } from './frame-locals.ts'
import { control, unwindReason } from './layout.ts'
import { isCrowded } from './liveness.ts'
import type { ModuleContext } from './module-context.ts'

export type Variant = 'normal' | 'resume'

export class SiteEmitter extends FrameLocals {
  protected readonly module: ModuleContext
  protected readonly resume: boolean
  /** The innermost `try` around the statement being emitted. */
  protected handler: { readonly depth: Depth; readonly effects: boolean } | undefined
  /** The local of that name in the resume variant. */
  protected skip = -1
  private scratch: number | undefined

  constructor(a: Assembler, f: CodeFunction, frame: Frame, module: ModuleContext, variant: Variant) {
    super(a, f, frame)
    this.module = module
    this.resume = variant === 'resume'
  }

  /** In the resume variant: emits what must not run before the wanted site has been reached. */
  protected whenRunning(emit: () => void): void {
    if (this.resume) {
      this.a.get(this.skip)
      this.a.i32(0)
      this.a.op('i32_lt_s')
      this.a.if()
    }
    emit()
    if (this.resume) this.a.op('end')
  }

  // -------------------------------------------------------------------------------------------------------
  // Expressions

  protected push(simple: Simple): void {
    emitSimple(this.a, simple, (v) => this.local(v), this.module)
  }

  protected pushSp(): void {
    this.a.get(0)
    this.a.i32(this.frame.words * 8)
    this.a.op('i32_add')
  }

  protected temporary(): number {
    this.scratch ??= this.a.local('i64')
    return this.scratch
  }

  // -------------------------------------------------------------------------------------------------------
  // Leaving

  protected describe(site: Site): void {
    this.a.get(0)
    this.a.relocated('i32', { kind: 'data' }, this.module.descriptor(site))
    this.a.memory('i32_store', 0)
  }

  protected returnZero(): void {
    if (this.resume) this.a.i32(0)
    else this.a.i64(0n)
    this.a.op('return')
  }

  /** After a call at `site` yielded 0 (the condition is on the stack): to the handler, or complete the frame and unwind. */
  protected unwindIf(site: Site): void {
    const { a } = this
    a.if()
    if (this.handler !== undefined) {
      a.i32(0)
      a.memory('i32_load', control.unwindReason)
      if (this.handler.effects) {
        // Of all reasons, these two are 1 in their low two bits.
        a.i32(3)
        a.op('i32_and')
      }
      a.i32(unwindReason.exception)
      a.op('i32_eq')
      if (this.handler.effects) {
        // The effect of a thread is not for one on whose frames it stands.
        a.get(0)
        a.i32(0)
        a.memory('i32_load', control.threadStart)
        a.op('i32_ge_u')
        a.op('i32_and')
      }
      a.brIf(this.handler.depth)
    }
    this.saveRaw(site.live)
    this.returnZero()
    a.op('end')
  }

  protected poll(site: Site): void {
    const { a } = this
    const crowded = isCrowded(site.live)
    if (crowded) this.whenRunning(() => this.save(site.live))
    if (this.resume) {
      a.get(this.skip)
      a.i32(0)
      a.op('i32_ge_s')
      a.if()
      a.get(this.skip)
      a.i32(site.index)
      a.op('i32_eq')
      a.if()
      if (!crowded) for (const v of site.live) this.loadSlot(v)
      this.doneSkipping()
      // A finaliser that ran at this poll may have raised.
      a.i32(0)
      a.memory('i64_load', control.resumeValue)
      a.op('i64_eqz')
      this.unwindIf(site)
      a.op('end')
      a.op('else')
    }
    a.get(0)
    a.i32(0)
    a.memory('i32_load', control.stackLimit)
    a.op('i32_gt_u')
    a.if()
    const state = this.copyState()
    this.save(site.live)
    this.describe(site)
    this.pushSp()
    a.call(this.module.external('poll'))
    a.op('i32_eqz')
    this.unwindIf(site)
    if (!crowded) for (const v of site.live) if (v.representation === 'value') this.loadSlot(v)
    a.op('end')
    this.state = state
    if (crowded) this.makeStale(site.live)
    if (this.resume) a.op('end')
  }

  protected doneSkipping(): void {
    this.a.i32(-1)
    this.a.set(this.skip)
  }
}
