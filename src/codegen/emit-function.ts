/**
 * Emission: one function of Code → one WebAssembly function, in two variants.
 *
 * The *normal* variant is `(sp, a1 … an [, env]) → i64`. The *resume* variant is `(sp) → i32`: it is entered with
 * a completed frame at `sp` and the result of the call that suspended in `resumeValue`; it skips to the frame's
 * site, restores the raw variables that live there, and goes on. It stores the function's result in
 * `resumeValue` and yields 1, or 0 when the stack unwinds again.
 *
 * While emitting, each `value` variable that lives in WebAssembly's local is *fresh* or *stale* (the collector may
 * have moved what it points to: reload from its slot before use), and *saved* or not (its slot holds it).
 *
 *     before a site:  save what lives across it and is not saved
 *     after a site:   everything that lives across it is stale
 *     at a join:      everything that lives after it is made fresh
 *
 * In the resume variant the local `skip` is the site to get to, or -1. Statements without resumable sites are
 * wrapped in `if skip < 0`; the others let `skip` in. See docs/ARCHITECTURE.md, "Frames".
 */

import { Crash } from '../base/diagnostic.ts'
import type { Assembler, Depth } from '../wasm/assembler.ts'
import {
  type CodeFunction,
  eachVariable,
  operands,
  type Simple,
  type Site,
  type Statement,
  type Target,
  type Variable,
} from './code.ts'
import { emitBarrier } from './emit-barrier.ts'
import { emitCaught, emitRaiseFrame } from './emit-exception.ts'
import type { Frame } from './frame.ts'
import type { State } from './frame-locals.ts'
import { control, maxYoungWords, raiseFlag, unwindReason } from './layout.ts'
import { isCrowded, type LiveAfter } from './liveness.ts'
import { assignedIn, callsItself } from './loops.ts'
import type { ModuleContext } from './module-context.ts'
import { maxCurriedArity, preludeFunction } from './prelude-table.ts'
import { emitCaseOfSite, lastSite, lastSiteIn } from './resumable.ts'
import { SiteEmitter, type Variant } from './site-emitter.ts'

interface Label {
  readonly depth: Depth
  readonly live: readonly Variable[]
  readonly states: State[]
}

export function emitFunction(
  a: Assembler,
  f: CodeFunction,
  frame: Frame,
  liveAfter: LiveAfter,
  module: ModuleContext,
  variant: Variant,
): void {
  new Emitter(a, f, frame, liveAfter, module, variant).run()
}

class Emitter extends SiteEmitter {
  private readonly liveAfter: LiveAfter
  private readonly labels = new Map<number, Label>()
  private start: Depth = 0

  constructor(
    a: Assembler,
    f: CodeFunction,
    frame: Frame,
    liveAfter: LiveAfter,
    module: ModuleContext,
    variant: Variant,
  ) {
    super(a, f, frame, module, variant)
    this.liveAfter = liveAfter
  }

  run(): void {
    const { a, f } = this
    if (this.resume) this.openResume()
    else {
      f.parameters.forEach((p, i) => {
        this.locals.set(p.id, i + 1)
      })
      if (f.env !== undefined) this.locals.set(f.env.id, f.parameters.length + 1)
    }
    const loops = callsItself(f)
    if (loops) this.start = a.loop()
    this.list(f.body)
    a.op('unreachable')
    if (loops) {
      a.op('end')
      a.op('unreachable')
    }
  }

  private openResume(): void {
    const { a } = this
    this.skip = a.local('i32')
    a.get(0)
    a.memory('i32_load', 0)
    a.memory('i32_load16_u', 8)
    a.set(this.skip)
    // Of those that share a slot the wrong ones get a number that nothing reads.
    if (this.f.sites.some((site) => isCrowded(site.live))) this.loadRaw(this.slotted())
  }

  private slotted(): Variable[] {
    return this.f.variables.filter((v) => this.frame.slots.has(v.id))
  }

  // -------------------------------------------------------------------------------------------------------
  // Statements

  /** Emits a list; whether its end can be reached. */
  private list(statements: readonly Statement[]): boolean {
    let reached = true
    let wrapped = false
    for (const s of statements) {
      const skippable = this.resume && lastSite(s) < 0
      if (skippable && !wrapped) {
        this.a.get(this.skip)
        this.a.i32(0)
        this.a.op('i32_lt_s')
        this.a.if()
      }
      if (!skippable && wrapped) this.a.op('end')
      wrapped = skippable
      reached = this.statement(s)
      if (!reached) break
    }
    if (wrapped) this.a.op('end')
    return reached
  }

  private statement(s: Statement): boolean {
    switch (s.kind) {
      case 'set':
        return this.set(s)
      case 'store':
        return this.store(s)
      case 'effect':
        return this.effect(s)
      case 'keep':
        return true
      case 'poll':
        this.poll(s.site)
        return true
      case 'call':
        return this.call(s)
      case 'tailCall':
        return this.tailCall(s)
      case 'allocate':
        return this.allocate(s)
      case 'return':
        return this.return(s)
      case 'raise':
        return this.raise(s)
      case 'raiseIf':
        return this.raiseIf(s)
      case 'exit':
        this.exit(s.label)
        return false
      case 'exitIf':
        return this.exitIf(s)
      case 'if':
        return this.admit(s, () => this.if(s))
      case 'switch':
        return this.admit(s, () => this.switch(s))
      case 'block':
        return this.admit(s, () => this.block(s))
      case 'loop':
        return this.admit(s, () => this.loop(s))
      case 'try':
        return this.admit(s, () => this.try(s))
    }
  }

  /** In the resume variant, enters a statement only when running normally or when the wanted site is inside it. */
  private admit(s: Statement, emit: () => boolean): boolean {
    const last = this.resume ? lastSite(s) : -1
    if (last < 0) return emit()
    this.a.get(this.skip)
    this.a.i32(last)
    this.a.op('i32_le_s')
    this.a.if()
    const reached = emit()
    this.a.op('end')
    return reached
  }

  private set(s: Statement & { kind: 'set' }): boolean {
    this.prepare([s.value])
    this.push(s.value)
    this.a.set(this.local(s.variable))
    this.assigned(s.variable)
    return true
  }

  private effect(s: Statement & { kind: 'effect' }): boolean {
    this.prepare(s.arguments)
    for (const argument of s.arguments) this.push(argument)
    const external = this.module.external(s.external)
    if (s.external !== 'caml_modify') this.a.call(external)
    else {
      this.a.set(this.temporary())
      this.a.set(this.address())
      emitBarrier(this.a, this.address(), this.temporary(), external)
    }
    return true
  }

  private store(s: Statement & { kind: 'store' }): boolean {
    this.prepare([s.address, s.value])
    this.push(s.address)
    this.push(s.value)
    this.a.memory(s.op, s.offset)
    return true
  }

  private return(s: Statement & { kind: 'return' }): boolean {
    const { a } = this
    this.prepare([s.value])
    if (this.resume) a.i32(0)
    this.push(s.value)
    this.finishWithStack()
    return false
  }

  /** Returns the i64 on the stack; in the resume variant an i32 0 lies below it as the address of the store. */
  private finishWithStack(): void {
    const { a } = this
    if (this.resume) {
      a.memory('i64_store', control.resumeValue)
      a.i32(1)
    }
    a.op('return')
  }

  // -------------------------------------------------------------------------------------------------------
  // Calls

  private call(s: Statement & { kind: 'call' }): boolean {
    const { a } = this
    // What the handler needs keeps its old value until the call has returned.
    const kept = s.result !== undefined && s.site.live.includes(s.result)
    const result = s.result === undefined || kept ? this.temporary() : this.local(s.result)
    if (this.resume) {
      a.get(this.skip)
      a.i32(0)
      a.op('i32_lt_s')
      a.if()
    }
    this.prepare(operands(s))
    this.save(s.site.live)
    this.describe(s.site)
    this.pushSp()
    this.transfer(s.target, s.arguments, false)
    a.tee(result)
    a.op('i64_eqz')
    this.unwindIf(s.site)
    if (this.resume) this.resumeAtCall(s.site, result)
    this.makeStale(s.site.live)
    if (s.result !== undefined) this.assigned(s.result)
    if (kept) {
      a.get(result)
      a.set(this.local(s.result))
    }
    return true
  }

  private resumeAtCall(site: Site, result: number): void {
    const { a } = this
    a.op('else')
    a.get(this.skip)
    a.i32(site.index)
    a.op('i32_eq')
    a.if()
    if (!isCrowded(site.live)) this.loadRaw(site.live)
    a.i32(0)
    a.memory('i64_load', control.resumeValue)
    a.tee(result)
    // 0: an exception (or a cancellation) is to be raised here.
    a.op('i64_eqz')
    this.doneSkipping()
    this.unwindIf(site)
    a.op('end')
    a.op('end')
  }

  private tailCall(s: Statement & { kind: 'tailCall' }): boolean {
    const { a } = this
    this.prepare(operands(s))
    if (s.target.kind === 'direct' && s.target.function === this.f.index) {
      this.repeat(s.arguments)
      return false
    }
    if (this.resume) {
      const result = this.temporary()
      a.get(0)
      this.transfer(s.target, s.arguments, false)
      a.tee(result)
      a.op('i64_eqz')
      a.if()
      this.returnZero()
      a.op('end')
      a.i32(0)
      a.get(result)
      this.finishWithStack()
      return false
    }
    a.get(0)
    this.transfer(s.target, s.arguments, true)
    return false
  }

  /** A tail call of the function itself: new parameters, from the start. */
  private repeat(args: readonly Simple[]): void {
    for (const argument of args) this.push(argument)
    for (let i = args.length - 1; i >= 0; i--) this.a.set(this.local(this.f.parameters[i] as Variable))
    if (this.f.env !== undefined) this.refresh(this.f.env)
    this.a.br(this.start)
  }

  /** Pushes the arguments (`sp` is there already) and calls. */
  private transfer(target: Target, args: readonly Simple[], tail: boolean): void {
    const { a } = this
    for (const argument of args) this.push(argument)
    switch (target.kind) {
      case 'direct':
        if (this.module.takesEnv(target.function)) this.push(target.env as Simple)
        a.call(this.module.own(target.function), tail)
        return
      case 'imported':
        a.call(this.module.imported(target.unit, target.function, target.arity), tail)
        return
      case 'external':
        a.call(this.module.external(target.name), tail)
        return
      case 'closure':
        this.applyClosure(target.closure, args.length, tail)
    }
  }

  /**
   * The closure as last argument, then its code: field 0 for one argument; for more, field 2 when the arity is
   * the number of arguments, else the prelude's `apply`, which has the same type.
   */
  private applyClosure(closure: Simple, count: number, tail: boolean): void {
    const { a } = this
    if (count > maxCurriedArity) throw new Crash('too many arguments at once')
    const address = { kind: 'op', op: 'i32_wrap_i64', arguments: [closure] } as const
    this.push(closure)
    const type = this.module.functionType(count + 1)
    const codeAt = (offset: number): void => {
      this.push(address)
      a.memory('i32_load', offset)
      a.i32(1)
      a.op('i32_shr_u')
    }
    if (count === 1) codeAt(0)
    else {
      codeAt(16)
      a.relocated('i32', { kind: 'prelude' }, preludeFunction('apply', count))
      this.push(address)
      a.memory('i32_load', 12)
      a.i32(2 * count)
      a.op('i32_eq')
      a.op('select')
    }
    a.callIndirect(type, tail)
  }

  // -------------------------------------------------------------------------------------------------------
  // Allocation

  private allocate(s: Statement & { kind: 'allocate' }): boolean {
    const { a } = this
    const bytes = (s.fields.length + 1) * 8
    if (s.fields.length > maxYoungWords) throw new Crash('a large block is not allocated inline')
    this.prepare(operands(s))
    const at = this.address()
    if (isCrowded(s.site.live)) this.save(s.site.live)
    this.bump(at, bytes)
    a.get(at)
    a.i32(0)
    a.memory('i32_load', control.youngLimit)
    a.op('i32_lt_u')
    a.if()
    this.collect(s, bytes)
    this.bump(at, bytes)
    a.op('end')
    a.i32(0)
    a.get(at)
    a.memory('i32_store', control.youngPtr)
    a.get(at)
    a.i64(s.header)
    a.memory('i64_store', 0)
    s.fields.forEach((field, i) => {
      a.get(at)
      this.push(field.value)
      a.memory(field.float ? 'f64_store' : 'i64_store', (i + 1) * 8)
    })
    a.get(at)
    a.i32(8)
    a.op('i32_add')
    a.op('i64_extend_i32_u')
    a.set(this.local(s.result))
    if (isCrowded(s.site.live)) {
      const read = readBy(s)
      this.makeStale(s.site.live.filter((v) => !read.has(v)))
    }
    this.assigned(s.result)
    return true
  }

  private addressLocal: number | undefined
  private address(): number {
    this.addressLocal ??= this.a.local('i32')
    return this.addressLocal
  }

  private bump(at: number, bytes: number): void {
    const { a } = this
    a.i32(0)
    a.memory('i32_load', control.youngPtr)
    a.i32(bytes)
    a.op('i32_sub')
    a.set(at)
  }

  /** The minor heap is full: everything alive goes to the frame, the collector runs, everything comes back. */
  private collect(s: Statement & { kind: 'allocate' }, bytes: number): void {
    const { a } = this
    const state = this.copyState()
    this.save(s.site.live)
    this.describe(s.site)
    this.pushSp()
    a.i32(bytes)
    a.call(this.module.external('collect'))
    a.op('i32_eqz')
    a.if()
    this.leaveRaising()
    a.op('end')
    const needed = isCrowded(s.site.live) ? readBy(s) : s.site.live
    for (const v of needed) if (v.representation === 'value' && !state.stale.has(v.id)) this.loadSlot(v)
    this.state = state
  }

  // -------------------------------------------------------------------------------------------------------
  // Exceptions

  private leaveRaising(): void {
    if (this.handler !== undefined) this.a.br(this.handler.depth)
    else this.returnZero()
  }

  private markRaise(site: Site, flag: number): void {
    this.describe(site)
    emitRaiseFrame(this.a, flag)
  }

  private raise(s: Statement & { kind: 'raise' }): boolean {
    const { a } = this
    this.prepare([s.exception])
    this.save(s.site.live)
    this.markRaise(s.site, raiseFlag[s.mode])
    a.i32(0)
    this.push(s.exception)
    a.memory('i64_store', control.exception)
    a.i32(0)
    a.i32(unwindReason.exception)
    a.memory('i32_store', control.unwindReason)
    this.leaveRaising()
    return false
  }

  private raiseIf(s: Statement & { kind: 'raiseIf' }): boolean {
    const { a } = this
    this.prepare([s.condition])
    if (isCrowded(s.site.live)) this.save(s.site.live)
    const always = s.condition.kind === 'i32'
    if (!always) {
      this.push(s.condition)
      a.if()
    }
    const state = this.copyState()
    this.save(s.site.live)
    this.describe(s.site)
    this.pushSp()
    a.call(this.module.external(s.external))
    a.op('drop')
    this.leaveRaising()
    this.state = state
    if (!always) a.op('end')
    return !always
  }

  private try(s: Statement & { kind: 'try' }): boolean {
    const { a } = this
    const live = this.liveAfter.get(s) as readonly Variable[]
    const done = a.block()
    const outer = this.handler
    this.handler = { depth: a.block(), effects: s.effects }
    if (this.resume) this.resumeInHandler(s)
    const ends: State[] = []
    const before = this.copyState()
    if (this.list(s.body)) {
      this.settle(live)
      ends.push(this.state)
      a.br(done)
    }
    this.handler = outer
    a.op('end')
    this.state = this.stateInHandler(s, before)
    this.catch(s)
    if (this.list(s.handler)) {
      this.settle(live)
      ends.push(this.state)
    }
    a.op('end')
    return this.join(ends, live)
  }

  /** Every value that the handler needs was saved at the site that raised, and may have moved. */
  private stateInHandler(s: Statement & { kind: 'try' }, before: State): State {
    const values = this.slotted().filter((v) => v.representation === 'value')
    const stale = new Set(values.map((v) => v.id))
    const assigned = assignedIn(s.body)
    return { saved: new Set([...stale, ...[...before.saved].filter((id) => !assigned.has(id))]), stale }
  }

  private catch(s: Statement & { kind: 'try' }): void {
    const { a } = this
    if (this.resume) {
      a.get(this.skip)
      a.i32(0)
      a.op('i32_lt_s')
      a.if()
    }
    emitCaught(a, this.module.external('record_trace'), this.local(s.exception))
    if (this.resume) a.op('end')
    this.assigned(s.exception)
  }

  private resumeInHandler(s: Statement & { kind: 'try' }): void {
    const last = lastSiteIn(s.body)
    const { a } = this
    a.get(this.skip)
    a.i32(last)
    a.op('i32_gt_s')
    if (last < 0) {
      a.get(this.skip)
      a.i32(0)
      a.op('i32_ge_s')
      a.op('i32_and')
    }
    a.brIf((this.handler as { depth: Depth }).depth)
  }

  // -------------------------------------------------------------------------------------------------------
  // Control

  /** Continues with what holds on every path that gets here. */
  private join(states: readonly State[], live: readonly Variable[]): boolean {
    const [first, ...rest] = states
    if (first === undefined) return false
    if (isCrowded(live)) {
      this.state = this.crowdedState(live)
      return true
    }
    const saved = new Set<number>()
    for (const v of live) {
      if (first.saved.has(v.id) && rest.every((s) => s.saved.has(v.id))) saved.add(v.id)
    }
    this.state = { saved, stale: new Set() }
    return true
  }

  private exit(label: number): void {
    const target = this.labels.get(label) as Label
    this.settle(target.live)
    target.states.push(this.copyState())
    this.a.br(target.depth)
  }

  private exitIf(s: Statement & { kind: 'exitIf' }): boolean {
    const target = this.labels.get(s.label) as Label
    this.prepare([s.condition])
    this.settle(target.live)
    target.states.push(this.copyState())
    this.push(s.condition)
    this.a.brIf(target.depth)
    return true
  }

  private block(s: Statement & { kind: 'block' }): boolean {
    const live = this.liveAfter.get(s) as readonly Variable[]
    const label: Label = { depth: this.a.block(), live, states: [] }
    this.labels.set(s.label, label)
    if (this.list(s.body)) {
      this.settle(live)
      label.states.push(this.state)
    }
    this.a.op('end')
    return this.join(label.states, live)
  }

  private loop(s: Statement & { kind: 'loop' }): boolean {
    const { a } = this
    const { live } = s.site
    if (isCrowded(live)) {
      this.whenRunning(() => this.save(live))
      this.state = this.crowdedState(live)
    } else {
      this.refreshAll(live)
      this.state.stale.clear()
      for (const id of assignedIn(s.body)) this.state.saved.delete(id)
    }
    const head = a.loop()
    this.poll(s.site)
    if (this.list(s.body)) {
      this.settle(live)
      a.br(head)
    }
    a.op('end')
    return false
  }

  private if(s: Statement & { kind: 'if' }): boolean {
    const { a } = this
    const live = this.liveAfter.get(s) as readonly Variable[]
    this.prepare([s.condition])
    this.chooseBranch(s)
    a.if()
    const before = this.copyState()
    const ends: State[] = []
    if (this.list(s.then)) {
      this.settle(live)
      ends.push(this.state)
    }
    this.state = before
    if (s.otherwise.length > 0 || isCrowded(live) || live.some((v) => before.stale.has(v.id))) a.op('else')
    if (this.list(s.otherwise)) {
      this.settle(live)
      ends.push(this.state)
    }
    a.op('end')
    return this.join(ends, live)
  }

  private chooseBranch(s: Statement & { kind: 'if' }): void {
    const { a } = this
    if (!this.resume || lastSite(s) < 0) return this.push(s.condition)
    a.get(this.skip)
    a.i32(0)
    a.op('i32_lt_s')
    a.if('i32')
    this.push(s.condition)
    a.op('else')
    a.get(this.skip)
    a.i32(lastSiteIn(s.then))
    a.op('i32_le_s')
    a.op('end')
  }

  private switch(s: Statement & { kind: 'switch' }): boolean {
    const { a } = this
    const live = this.liveAfter.get(s) as readonly Variable[]
    this.prepare([s.index])
    const done = a.block()
    const otherwise = a.block()
    const targets = s.cases.map(() => a.block())
    // The innermost block is case 0's.
    const depthOf = (i: number): Depth => targets[targets.length - 1 - i] as Depth
    this.chooseCase(s)
    a.brTable(
      s.table.map((entry) => (entry < 0 ? otherwise : depthOf(entry))),
      otherwise,
    )
    a.op('end')
    const before = this.copyState()
    const ends: State[] = []
    const arm = (list: readonly Statement[], last: boolean): void => {
      this.state = { saved: new Set(before.saved), stale: new Set(before.stale) }
      if (this.list(list)) {
        this.settle(live)
        ends.push(this.state)
        if (!last) a.br(done)
      } else if (this.resume) a.op('unreachable')
      a.op('end')
    }
    for (const list of s.cases) arm(list, false)
    arm(s.otherwise, true)
    return this.join(ends, live)
  }

  private chooseCase(s: Statement & { kind: 'switch' }): void {
    const { a } = this
    if (!this.resume || lastSite(s) < 0) return this.push(s.index)
    a.get(this.skip)
    a.i32(0)
    a.op('i32_lt_s')
    a.if('i32')
    this.push(s.index)
    a.op('else')
    emitCaseOfSite(a, this.skip, s)
    a.op('end')
  }
}

/** The variables that a statement itself reads. */
function readBy(s: Statement): ReadonlySet<Variable> {
  const read = new Set<Variable>()
  for (const simple of operands(s)) eachVariable(simple, (v) => read.add(v))
  return read
}
