/**
 * Externals that are JavaScript functions: `external f : int -> string -> float = "name"`.
 *
 *     OCaml ─ words ─▶ arguments by the external's type ─▶ the function ─▶ its result by the type ─ word ─▶ OCaml
 *
 * What has no JavaScript form is a local, which ends with the call. The function may call the engine: that code runs
 * above the frames of the code that called. What it throws is raised in OCaml.
 */

import type { Region } from '../base/region.ts'
import { BorderError } from '../bridge/border-error.ts'
import type { Codec } from '../bridge/codec.ts'
import { renderType } from '../bridge/render-type.ts'
import { typeKey } from '../bridge/type-key.ts'
import type { Env } from '../typing/env.ts'
import type { ModuleExpression, Structure, StructureItem, TypedUnit } from '../typing/typed-tree.ts'
import type { ValueDescription } from '../typing/types.ts'
import type { Core } from './core.ts'
import { ExitError, LimitError, NameError } from './errors.ts'
import type { Exceptions } from './exceptions.ts'
import type { Modules } from './modules.ts'
import { OCamlException } from './ocaml-exception.ts'
import { Outlet } from './outlet.ts'
import { newLocal } from './root.ts'
import { Cells } from './scope.ts'

/**
 * What an external is to do; the arguments and the result are converted by the type that OCaml code declares for it.
 */
export type ExternalFunction = (...args: never[]) => unknown

/** An `external` as a unit declares it. */
interface Declaration {
  readonly value: ValueDescription
  readonly env: Env
  readonly region: Region
}

interface MissingDeclaration {
  readonly name: string
  readonly region: Region
}

/** @internal */
export class Externals {
  private readonly core: Core
  private readonly modules: Modules
  private readonly exceptions: Exceptions
  private readonly functions = new Map<string, ExternalFunction>()
  /** The keys of the types with which externals have been declared. */
  private readonly types = new Map<string, string>()

  constructor(core: Core, modules: Modules, exceptions: Exceptions) {
    this.core = core
    this.modules = modules
    this.exceptions = exceptions
  }

  /** Throws `NameError`. */
  register(name: string, f: ExternalFunction): void {
    if (name in this.core.domain.runtime.exports || name.startsWith('%') || name === 'poll')
      throw new NameError(`the runtime has an external ${name} of its own`)
    if (this.functions.has(name)) throw new NameError(`the external ${name} is registered already`)
    this.functions.set(name, f)
  }

  /**
   * Gives the linker the functions that a unit declares; those declarations that there is nothing for. Throws
   * `NameError` when two declarations of one name differ.
   */
  provide(unit: TypedUnit): readonly MissingDeclaration[] {
    const missing: MissingDeclaration[] = []
    // Types are known by their paths from outside where they have one.
    const visible = this.modules.externalsOf(unit.name)
    for (const declaration of declarationsIn(unit.structure)) {
      const { kind } = declaration.value
      if (kind.kind !== 'primitive') continue
      const f = this.functions.get(kind.name)
      const seen = visible.get(kind.name)
      const known = seen === undefined ? declaration : { ...declaration, value: seen, env: this.modules.env }
      if (f !== undefined) this.link(kind.name, kind.arity, known, f)
      else if (!this.isKnown(kind.name)) missing.push({ name: kind.name, region: declaration.region })
    }
    return missing
  }

  private isKnown(name: string): boolean {
    return name.startsWith('%') || name.startsWith('caml_') || name in this.core.domain.runtime.exports
  }

  private link(name: string, arity: number, { value, env }: Declaration, f: ExternalFunction): void {
    const type = renderType(env, value.type)
    try {
      const key = typeKey(env, value.type, false) as string
      const known = this.types.get(name)
      if (known !== undefined && known !== key)
        throw new BorderError('it has been declared with another type')
      if (known !== undefined) return
      this.types.set(name, key)
      const { parameters, result } = this.modules.deriver(env).signatureOf(value.type)
      if (parameters.length !== arity) throw new BorderError('its arrows are hidden in an abbreviation')
      this.core.domain.linker.provide(name, this.wrapper(f, parameters, result))
    } catch (error) {
      if (error instanceof BorderError)
        throw new NameError(`the external ${name} : ${type}: ${error.message}`)
      throw error
    }
  }

  // -------------------------------------------------------------------------------------------------------
  // Calls

  private wrapper(f: ExternalFunction, parameters: readonly Codec[], result: Codec) {
    return (sp: number, ...words: bigint[]): bigint => this.enter(f, parameters, result, sp >>> 0, words)
  }

  /** Calls a function for OCaml code whose frames end at `sp`. The word of its result, or 0: it unwinds. */
  enter(
    f: ExternalFunction,
    parameters: readonly Codec[],
    result: Codec,
    sp: number,
    words: readonly bigint[],
  ): bigint {
    return this.core.domain.callHost(sp, () => this.call(f, parameters, result, sp, words))
  }

  private call(
    f: ExternalFunction,
    parameters: readonly Codec[],
    result: Codec,
    sp: number,
    words: readonly bigint[],
  ): bigint {
    const { core, exceptions } = this
    const outer = exceptions.call
    const cells = new Cells(core)
    exceptions.call = cells
    try {
      const value = f(...(this.arguments(parameters, sp, words, cells) as never[]))
      return core.make('result', result, value)
    } catch (error) {
      return this.raise(error, sp)
    } finally {
      exceptions.call = outer
      cells.end()
    }
  }

  /** The words are put where the next frame would be, which is how values are read. */
  private arguments(
    parameters: readonly Codec[],
    sp: number,
    words: readonly bigint[],
    cells: Cells,
  ): readonly unknown[] {
    const { core } = this
    const { heap } = core
    heap.refresh()
    words.forEach((word, i) => {
      heap.values[(sp >>> 3) + i] = word
    })
    const outlet = new Outlet(heap, (codec, slot) => {
      const cell = core.cellOfSlot(slot)
      cells.keep(cell)
      return newLocal(core, codec, cell, cells)
    })
    return parameters.map((codec, i) => outlet.read(`argument ${i + 1}`, codec, sp + i * 8))
  }

  private raise(error: unknown, sp: number): 0n {
    const { core } = this
    // Nothing may run any more: not even the code between here and whoever has called the engine first.
    if (core.hasCrashed) throw error
    if (endsThread(error)) return core.domain.abandonFromHost()
    try {
      return this.exceptions.raise(error, sp)
    } catch (failure) {
      if (endsThread(failure)) return core.domain.abandonFromHost()
      if (failure instanceof OCamlException) return this.exceptions.raiseOutOfMemory(sp)
      throw failure
    }
  }
}

/** Handlers of the program do not see these. */
function endsThread(error: unknown): boolean {
  return (
    error instanceof ExitError ||
    (error instanceof LimitError && error.limit !== 'deadlock' && error.limit !== 'nesting')
  )
}

// ---------------------------------------------------------------------------------------------------------
// Declarations of a unit, in modules and functors too

function declarationsIn({ items }: Structure): Declaration[] {
  return items.flatMap(declarationsOf)
}

function declarationsOf(item: StructureItem): Declaration[] {
  switch (item.kind) {
    case 'primitive':
      return [{ value: item.value, env: item.env, region: item.region }]
    case 'module':
      return inModule(item.module)
    case 'recursive-module':
      return item.bindings.flatMap(({ module }) => inModule(module))
    case 'include':
      return inModule(item.module)
    case 'open':
      return inModule(item.open.module)
    default:
      return []
  }
}

function inModule(module: ModuleExpression): Declaration[] {
  switch (module.kind) {
    case 'structure':
      return declarationsIn(module.structure)
    case 'functor':
      return inModule(module.body)
    case 'constraint':
      return inModule(module.module)
    case 'apply':
      return [
        ...inModule(module.functor),
        ...(module.argument === undefined ? [] : inModule(module.argument)),
      ]
    default:
      return []
  }
}
