/** The modules that can be called, and their functions, by the names that Erlang uses. */

import type { Domain } from '../engine/domain.ts'
import type { LinkedUnit } from '../engine/linker.ts'
import type { Env } from '../typing/env.ts'
import { BorderError } from './border-error.ts'
import { type Enter, enterField } from './callee.ts'
import { channelName } from './channel-names.ts'
import type { ChannelKind, Codec } from './codec.ts'
import type { Conversion, Conversions } from './conversions.ts'
import { type ExportedFunction, exportsOf, type RefusedExport, type UnitExports } from './exports.ts'
import type { FunClosures } from './fun-closures.ts'
import type { Heap } from './heap.ts'
import { erlangModule } from './names.ts'

export interface LoadedUnit {
  readonly linked: LinkedUnit
}

/** All that a call needs to know of what it calls. */
export interface Target {
  readonly parameters: readonly Codec[]
  readonly sources: readonly number[]
  readonly result: Codec
  readonly enter: Enter
  /** It sends to an asynchronous channel. */
  readonly isSend: boolean
  /** Set if parts of the arguments or the result are converted: then the call is made with the function, not by `enter`. */
  readonly converted: ConvertedTarget | undefined
}

export interface ConvertedTarget {
  readonly conversion: Conversion
  /** The slot that holds the function. */
  readonly callee: number
}

interface Module {
  readonly unit: LinkedUnit
  readonly exports: UnitExports
  /** By function, then by arity. */
  readonly targets: Map<string, (Target | undefined)[]>
}

/** The name of the module that the node itself answers for. */
export const ownModule = 'camlnode'

export class Directory {
  private readonly domain: Domain
  private readonly heap: Heap
  private readonly conversions: Conversions
  private readonly funs: FunClosures
  private readonly byName = new Map<string, Module>()

  /** Throws `BorderError` when two units would have the same name in Erlang. */
  constructor(
    domain: Domain,
    heap: Heap,
    env: Env,
    units: readonly LoadedUnit[],
    conversions: Conversions,
    funs: FunClosures,
  ) {
    this.domain = domain
    this.funs = funs
    this.heap = heap
    this.conversions = conversions
    for (const { linked } of units) this.add(env, linked)
  }

  private add(env: Env, unit: LinkedUnit): void {
    const { name } = unit.compiled
    const module = erlangModule(name)
    if (module === ownModule) throw new BorderError(`the unit ${name} has the name of the node's own module`)
    const other = this.byName.get(module)
    if (other !== undefined) {
      throw new BorderError(`the units ${other.unit.compiled.name} and ${name} are both ${module} in Erlang`)
    }
    const exports = exportsOf(env, name)
    this.byName.set(module, { unit, exports, targets: new Map() })
    for (const { forms } of exports.functions.values()) {
      const parameters = [...forms.values()].flatMap((form) => form.parameters)
      const results = [...forms.values()].map((form) => form.result)
      this.conversions.provideFor([...results, ...parameters])
      this.funs.provideFor(parameters, results)
    }
  }

  get modules(): readonly string[] {
    return [...this.byName.keys()]
  }

  /** The channels that modules export, by the names of their processes. */
  channels(): readonly { readonly name: string; readonly kind: ChannelKind }[] {
    return [...this.byName].flatMap(([module, { exports }]) =>
      [...exports.functions.values()].flatMap(({ name, channel }) =>
        channel === undefined ? [] : [{ name: channelName(module, name), kind: channel }],
      ),
    )
  }

  exports(module: string): UnitExports | undefined {
    return this.byName.get(module)?.exports
  }

  refusal(module: string, name: string): RefusedExport | undefined {
    return this.byName.get(module)?.exports.refused.find((r) => r.name === name)
  }

  /** The usual arity of a function. */
  readonly arityOf = (module: string, name: string): number | undefined =>
    this.byName.get(module)?.exports.functions.get(name)?.arity

  find(module: string, name: string, arity: number): Target | undefined {
    const found = this.byName.get(module)
    return (
      found?.targets.get(name)?.[arity] ??
      (found === undefined ? undefined : this.prepare(found, name, arity))
    )
  }

  private prepare(module: Module, name: string, arity: number): Target | undefined {
    const f = module.exports.functions.get(name)
    const form = f?.forms.get(arity)
    if (f === undefined || form === undefined) return undefined
    const conversion = this.conversions.of(form.parameters, form.sources, form.result)
    const target = {
      ...form,
      isSend: f.channel === 'asynchronous' && arity === 1,
      enter: this.enter(module.unit, f, form.sources.length),
      converted: conversion && { conversion, callee: module.unit.block + f.position * 8 },
    }
    const byArity = module.targets.get(name) ?? []
    byArity[arity] = target
    module.targets.set(name, byArity)
    return target
  }

  private enter(unit: LinkedUnit, f: ExportedFunction, arity: number): Enter {
    const { domain, heap } = this
    if (arity > 0) return enterField(domain, heap, unit, f.position, arity)
    const slot = unit.block + f.position * 8
    return () => heap.values[slot >>> 3] as bigint
  }
}
