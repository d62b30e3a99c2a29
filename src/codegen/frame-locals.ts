/**
 * Variables while a function is being emitted: their WebAssembly locals, their frame slots, and how the two stand to each
 * other at this point of the emission.
 *
 * - *stale*: the collector may have moved what the local points to; the slot has the truth.
 * - *saved*: the slot holds the variable.
 * A stale variable is always saved. Raw variables (ints, floats) are never stale, and only cold paths store them, unless the site is
 * *crowded* (`isCrowded`): there everything is saved on the hot path, once for each assignment, and what may have moved is
 * reloaded where it is used. At a crowded join everything is saved and stale.
 */

import { Crash } from '../base/diagnostic.ts'
import type { Assembler } from '../wasm/assembler.ts'
import { type CodeFunction, eachVariable, type Simple, type Variable, wasmTypeOf } from './code.ts'
import type { Frame } from './frame.ts'
import { isCrowded } from './liveness.ts'

export interface State {
  readonly saved: Set<number>
  readonly stale: Set<number>
}

export class FrameLocals {
  protected readonly a: Assembler
  protected readonly f: CodeFunction
  protected readonly frame: Frame
  protected readonly locals = new Map<number, number>()
  protected state: State = { saved: new Set(), stale: new Set() }

  constructor(a: Assembler, f: CodeFunction, frame: Frame) {
    this.a = a
    this.f = f
    this.frame = frame
  }

  protected local(variable: Variable): number {
    let index = this.locals.get(variable.id)
    if (index === undefined) {
      index = this.a.local(wasmTypeOf(variable.representation))
      this.locals.set(variable.id, index)
    }
    return index
  }

  protected slot(variable: Variable): number {
    const slot = this.frame.slots.get(variable.id)
    if (slot === undefined) throw new Crash(`${this.f.name}: no slot for ${variable.name}`)
    return slot * 8
  }

  protected storeSlot(variable: Variable): void {
    this.a.get(0)
    this.a.get(this.local(variable))
    this.a.memory(variable.representation === 'float' ? 'f64_store' : 'i64_store', this.slot(variable))
  }

  protected loadSlot(variable: Variable): void {
    this.a.get(0)
    this.a.memory(variable.representation === 'float' ? 'f64_load' : 'i64_load', this.slot(variable))
    this.a.set(this.local(variable))
  }

  protected assigned(variable: Variable): void {
    this.state.saved.delete(variable.id)
    this.state.stale.delete(variable.id)
  }

  protected refresh(variable: Variable): void {
    if (!this.state.stale.has(variable.id)) return
    this.loadSlot(variable)
    this.state.stale.delete(variable.id)
  }

  protected refreshAll(variables: readonly Variable[]): void {
    for (const v of variables) this.refresh(v)
  }

  /** Makes fresh what the expressions read; no reload happens inside an expression, where only one branch may run. */
  protected prepare(simples: readonly Simple[]): void {
    for (const s of simples) eachVariable(s, (v) => this.refresh(v))
  }

  /** Saves the values, and all else where it is crowded. */
  protected save(variables: readonly Variable[]): void {
    const crowded = isCrowded(variables)
    for (const v of variables) {
      if ((v.representation !== 'value' && !crowded) || this.state.saved.has(v.id)) continue
      if (!this.frame.slots.has(v.id)) continue
      this.storeSlot(v)
      this.state.saved.add(v.id)
    }
  }

  /** Makes the variables what they have to be at the join that they live across. */
  protected settle(live: readonly Variable[]): void {
    if (isCrowded(live)) this.save(live)
    else this.refreshAll(live)
  }

  /** The state after a crowded join. */
  protected crowdedState(live: readonly Variable[]): State {
    const slotted = live.filter((v) => this.frame.slots.has(v.id))
    const stale = slotted.filter((v) => v.representation === 'value')
    return { saved: new Set(slotted.map((v) => v.id)), stale: new Set(stale.map((v) => v.id)) }
  }

  protected makeStale(variables: readonly Variable[]): void {
    for (const v of variables) if (v.representation === 'value') this.state.stale.add(v.id)
  }

  protected saveRaw(variables: readonly Variable[]): void {
    for (const v of variables) {
      if (v.representation !== 'value' && !this.state.saved.has(v.id)) this.storeSlot(v)
    }
  }

  protected loadRaw(variables: readonly Variable[]): void {
    for (const v of variables) if (v.representation !== 'value') this.loadSlot(v)
  }

  protected copyState(): State {
    return { saved: new Set(this.state.saved), stale: new Set(this.state.stale) }
  }
}
