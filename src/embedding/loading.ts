/**
 * Loading: OCaml sources are compiled against the library and what has been loaded before, all of them, and then linked
 * and initialised.
 *
 * Each load has a compiler of its own, which sees earlier units as it sees the library's: so one that fails leaves
 * nothing behind.
 */

import { DiagnosticError } from '../base/diagnostic.ts'
import { noRegion, type Source, sourceOfString } from '../base/region.ts'
import type { CompiledUnit } from '../codegen/index.ts'
import { Compiler, type UnitText } from '../engine/compiler.ts'
import type { BuiltUnit } from '../engine/image.ts'
import type { UnitImage } from '../engine/library-image.ts'
import { type LinkedUnit, MissingExternal, unavailableExternal } from '../engine/linker.ts'
import { unitDisplayName } from '../typing/ident.ts'
import type { Core } from './core.ts'
import { CompileError, type Diagnostic, diagnosticOf } from './diagnostics.ts'
import { NameError } from './errors.ts'
import { type Exceptions, ownUnit } from './exceptions.ts'
import type { Externals } from './externals.ts'
import type { Machine } from './machine.ts'
import type { Modules } from './modules.ts'

/** OCaml text by file name, an `.mli` beside its `.ml`; or the paths of `.ml` files. */
export type Sources = Readonly<Record<string, string | Uint8Array>> | readonly string[]

export interface Loaded {
  /** In the order in which they were initialised. */
  readonly modules: readonly string[]
  readonly warnings: readonly Diagnostic[]
}

/** @internal */
export class Loader {
  private readonly core: Core
  private readonly machine: Machine
  private readonly modules: Modules
  private readonly exceptions: Exceptions
  private readonly externals: Externals
  /** By name, all units of the program. */
  private readonly built = new Map<string, BuiltUnit>()
  /**
   * Texts of units that have the names of the library's: only by these is it known that such a name means the
   * program's.
   */
  private readonly shadowing = new Map<string, UnitText>()
  private readonly linked = new Set<string>()

  constructor(core: Core, machine: Machine, modules: Modules, exceptions: Exceptions, externals: Externals) {
    this.core = core
    this.machine = machine
    this.modules = modules
    this.exceptions = exceptions
    this.externals = externals
  }

  /** Throws `CompileError`, `NameError`, and what initialisation throws. */
  load(sources: Sources): Loaded {
    const texts = Array.isArray(sources)
      ? this.files(sources)
      : textsOf(sources as Readonly<Record<string, string>>)
    for (const name of texts.keys())
      if (this.modules.has(name)) throw new NameError(`the module ${name} is loaded already`)
    const compiler = new Compiler(
      (unit) => texts.get(unit) ?? this.shadowing.get(unit),
      () => undefined,
      this.image(),
    )
    this.compile(compiler, [...texts.keys()])
    this.keep(compiler, texts)
    this.initialise(compiler.order)
    return { modules: [...texts.keys()], warnings: compiler.diagnostics.map(diagnosticOf) }
  }

  private files(paths: readonly string[]): Map<string, UnitText> {
    return new Map(
      paths.map((path) => {
        const { unit, source } = this.machine.file(path)
        return [unit, source(unit) as UnitText]
      }),
    )
  }

  /** The library and what has been loaded. */
  private image(): UnitImage {
    const library = this.machine.libraryImage()
    const { built } = this
    return {
      compiler: library.compiler,
      names: [...library.names, ...built.keys()],
      reserved: library.reserved,
      get: (name) => built.get(name) ?? library.get(name),
    }
  }

  private compile(compiler: Compiler, names: readonly string[]): void {
    try {
      compiler.build(ownUnit)
      for (const name of names) compiler.build(compiler.programUnit(name))
      this.modules.see((unit) => compiler.interfaceOf(unit))
      for (const name of names) this.provideExternals(compiler, compiler.programUnit(name))
    } catch (error) {
      if (error instanceof DiagnosticError) throw new CompileError(diagnosticOf(error.diagnostic))
      throw error
    }
  }

  private provideExternals(compiler: Compiler, unit: string): void {
    const typed = compiler.typedUnit(unit)
    for (const { name, region } of typed === undefined ? [] : this.externals.provide(typed))
      throw new DiagnosticError({ severity: 'error', region, message: unavailableExternal(name) })
  }

  private keep(compiler: Compiler, texts: ReadonlyMap<string, UnitText>): void {
    for (const [name, text] of texts) {
      const unit = compiler.programUnit(name)
      this.built.set(unit, compiler.build(unit))
      if (unit !== name) this.shadowing.set(name, text)
    }
  }

  /**
   * Links and initialises what is new, in order. A unit that does not come to its end is as if it had never been
   * loaded.
   */
  private initialise(order: readonly BuiltUnit[]): void {
    const waiting = order.filter(({ compiled }) => !this.linked.has(compiled.name))
    try {
      for (let unit = waiting[0]; unit !== undefined; unit = waiting[0]) {
        this.initialiseUnit(unit.compiled)
        waiting.shift()
      }
    } finally {
      for (const { compiled } of waiting) this.forget(compiled.name)
    }
  }

  private initialiseUnit(compiled: CompiledUnit): void {
    const { domain } = this.core
    const unit = this.link(compiled)
    this.exceptions.refresh()
    this.core.run(domain.linker.function(unit, 0) as (sp: number) => bigint)
    this.linked.add(compiled.name)
    if (this.built.has(compiled.name)) this.modules.add(unitDisplayName(compiled.name), unit)
  }

  private link(compiled: CompiledUnit): LinkedUnit {
    try {
      return this.core.domain.link(compiled)
    } catch (error) {
      if (!(error instanceof MissingExternal)) throw error
      const message = unavailableExternal(error.external)
      throw new CompileError(diagnosticOf({ severity: 'error', region: noRegion, message }))
    }
  }

  private forget(unit: string): void {
    this.built.delete(unit)
    this.shadowing.delete(unitDisplayName(unit))
  }
}

/** The name of the unit that a file holds, if it is one. */
const unitFile = /^(?:.*\/)?([A-Za-z][\w']*)\.ml(i?)$/

/** Throws `NameError`. */
function textsOf(sources: Readonly<Record<string, string | Uint8Array>>): Map<string, UnitText> {
  const implementations = new Map<string, Source>()
  const interfaces = new Map<string, Source>()
  for (const [name, text] of Object.entries(sources)) {
    const [, base, isInterface] = unitFile.exec(name) ?? []
    if (base === undefined) throw new NameError(`${JSON.stringify(name)} is not the name of an OCaml file`)
    const unit = base.charAt(0).toUpperCase() + base.slice(1)
    const files = isInterface === '' ? implementations : interfaces
    if (files.has(unit)) throw new NameError(`two files are the module ${unit}`)
    files.set(unit, typeof text === 'string' ? sourceOfString(name, text) : { name, bytes: text.slice() })
  }
  for (const [unit, { name }] of interfaces)
    if (!implementations.has(unit)) throw new NameError(`${name} is an interface without an implementation`)
  return new Map(
    [...implementations].map(([unit, implementation]) => [
      unit,
      { implementation, interface: interfaces.get(unit) },
    ]),
  )
}
