/**
 * The loaded modules by their OCaml paths: what a value is, where it is found, how it is called.
 *
 * Blocks of modules inside of modules may be moved by the collector, so a place is followed from the unit's own block
 * each time.
 */

import { BorderError } from '../bridge/border-error.ts'
import { applyClosure, type Enter, enterField } from '../bridge/callee.ts'
import type { Codec, FunctionSignature } from '../bridge/codec.ts'
import { CodecDeriver } from '../bridge/derive.ts'
import { borderEnv, componentsOfUnit, fieldPosition } from '../bridge/exports.ts'
import { renderType } from '../bridge/render-type.ts'
import { maxCurriedArity } from '../codegen/prelude-table.ts'
import type { LinkedUnit } from '../engine/linker.ts'
import type { Env, StructureComponents } from '../typing/env.ts'
import type { Address } from '../typing/ident.ts'
import type { Signature, ValueDescription } from '../typing/types.ts'
import type { Core } from './core.ts'
import { NameError } from './errors.ts'
import { javascriptNames } from './naming.ts'

/** A value of a module. */
export interface Value {
  readonly codec: Codec
  /** As OCaml prints it. */
  readonly type: string
  /** The word that holds it, until something is allocated. */
  slot(): number
}

/** A function of a module. */
export interface Callee extends FunctionSignature {
  readonly type: string
  readonly enter: Enter
}

export class Modules {
  private readonly core: Core
  private readonly isOfLibrary: (unit: string) => boolean
  /** Units that the program has loaded, by the names that it uses. */
  private readonly units = new Map<string, LinkedUnit>()
  private readonly callees = new Map<string, Callee>()
  env: Env = borderEnv(() => undefined)

  constructor(core: Core, isOfLibrary: (unit: string) => boolean) {
    this.core = core
    this.isOfLibrary = isOfLibrary
  }

  has(name: string): boolean {
    return this.units.has(name)
  }

  /** `interfaceOf` knows all units, those of earlier loads too. */
  see(interfaceOf: (unit: string) => Signature | undefined): void {
    this.env = borderEnv(interfaceOf)
  }

  add(name: string, unit: LinkedUnit): void {
    this.units.set(name, unit)
  }

  deriver(env = this.env): CodecDeriver {
    return new CodecDeriver(env, javascriptNames)
  }

  /** Throws `NameError`. */
  private unit(name: string): LinkedUnit {
    const unit =
      this.units.get(name) ?? (this.isOfLibrary(name) ? this.core.domain.linker.unit(name) : undefined)
    if (unit === undefined) throw new NameError(`no module ${name} is loaded`)
    return unit
  }

  /** Of a path such as `Parser.Token`. Throws `NameError`. */
  components(path: string): StructureComponents {
    const [first, ...rest] = path.split('.') as [string, ...string[]]
    let components = componentsOfUnit(this.env, this.unit(first).compiled.name)
    for (const name of rest) {
      const inner = components?.modules.get(name)?.[0]?.components
      components = inner?.kind === 'structure' ? inner : undefined
    }
    if (components === undefined) throw new NameError(`there is no module ${path}`)
    return components
  }

  /** The externals that the interface of a unit shows, by the names of their functions. */
  externalsOf(unit: string): ReadonlyMap<string, ValueDescription> {
    const found = new Map<string, ValueDescription>()
    const visit = ({ values, modules }: StructureComponents): void => {
      for (const [entry] of values.values())
        if (entry?.description.kind.kind === 'primitive')
          found.set(entry.description.kind.name, entry.description)
      for (const [entry] of modules.values())
        if (entry?.components.kind === 'structure' && entry.description.kind !== 'alias')
          visit(entry.components)
    }
    const components = componentsOfUnit(this.env, unit)
    if (components !== undefined) visit(components)
    return found
  }

  /** Throws `NameError`. */
  value(module: string, name: string): Value {
    const entry = this.components(module).values.get(name)?.[0]
    if (entry === undefined) throw new NameError(`the module ${module} has no value ${name}`)
    const { address, description } = entry
    if (address?.kind !== 'field') throw new NameError(`${module}.${name} is an external, not a value`)
    return {
      codec: this.named(module, name, () => this.deriver().codecOf(description.type)),
      type: renderType(this.env, description.type),
      slot: () => this.slotOf(address),
    }
  }

  /** Throws `NameError`, also when the value is no function. */
  callee(module: string, name: string): Callee {
    const key = `${module}.${name}`
    const known = this.callees.get(key)
    if (known !== undefined) return known
    const found = this.findCallee(module, name)
    this.callees.set(key, found)
    return found
  }

  private findCallee(module: string, name: string): Callee {
    const { codec, type, slot } = this.value(module, name)
    const signature = codec.kind === 'opaque' ? codec.signature : undefined
    if (signature === undefined) throw new NameError(`${module}.${name} : ${type} is not a function`)
    const { parameters, result } = this.named(module, name, signature)
    const { length } = parameters
    if (length > maxCurriedArity)
      throw new NameError(`${module}.${name} has more than ${maxCurriedArity} parameters`)
    return { type, parameters, result, enter: this.direct(module, name, length) ?? this.throughClosure(slot) }
  }

  /** A type that has no finite description makes its value unusable. */
  private named<Result>(module: string, name: string, derive: () => Result): Result {
    try {
      return derive()
    } catch (error) {
      if (error instanceof BorderError) throw new NameError(`${module}.${name}: ${error.message}`)
      throw error
    }
  }

  /** A function of a unit itself. */
  private direct(module: string, name: string, arity: number): Enter | undefined {
    const { domain, heap } = this.core
    const position = fieldPosition(this.components(module).values.get(name)?.[0]?.address)
    if (position === undefined || module.includes('.')) return undefined
    return enterField(domain, heap, this.unit(module), position, arity)
  }

  private throughClosure(slot: () => number): Enter {
    const { domain, heap } = this.core
    return (sp, args) => applyClosure(domain, heap, slot(), sp, args)
  }

  /** The codec of a type that a module declares without parameters. Throws `NameError`. */
  type(path: string): Codec {
    const at = path.lastIndexOf('.')
    const [module, name] = [path.slice(0, Math.max(at, 0)), path.slice(at + 1)]
    const entry = this.components(module).types.get(name)?.[0]
    if (entry === undefined) throw new NameError(`the module ${module} has no type ${name}`)
    if (entry.description.parameters.length > 0) throw new NameError(`the type ${path} has parameters`)
    const desc = { kind: 'constructor', path: entry.path, arguments: [] } as const
    return this.named(module, name, () => this.deriver().codecOf({ desc, level: 0, scope: 0, id: 0 }))
  }

  // -------------------------------------------------------------------------------------------------------
  // Places

  /** The word that a field of a module's block is. */
  slotOf(address: Extract<Address, { kind: 'field' }>): number {
    return this.blockOf(address.module) + address.position * 8
  }

  private blockOf(address: Address): number {
    const { domain, heap } = this.core
    if (address.kind === 'field') return heap.addressAt(this.slotOf(address))
    if (address.kind === 'local') throw new NameError('a module that does not exist at run time')
    if (address.name === 'caml_predef') return domain.runtime.exports.caml_predef() >>> 0
    return (domain.linker.unit(address.name) as LinkedUnit).block
  }
}
