/**
 * A program: units compiled, linked into a domain and initialised in order, as `ocaml file.ml` or an executable does.
 */

import type { CompiledUnit, Location } from '../codegen/index.ts'
import type { Compiler } from './compiler.ts'
import type { Domain, ThreadEnd } from './domain.ts'
import type { BuiltUnit } from './image.ts'
import type { LinkedUnit } from './linker.ts'

export interface UncaughtException {
  /** As OCaml prints it: `Failure("x")`. */
  readonly text: string
  readonly backtrace: readonly Location[]
}

export class ProgramError extends Error {
  readonly end: ThreadEnd
  readonly unit: string
  constructor(end: ThreadEnd, unit: string) {
    super(`the initialisation of ${unit} ended by ${end}`)
    this.name = 'ProgramError'
    this.end = end
    this.unit = unit
  }
}

/** Links units into a domain and runs their initialisers, each once. */
export class UnitLoader {
  readonly domain: Domain
  private readonly linked = new Map<string, LinkedUnit>()

  constructor(domain: Domain) {
    this.domain = domain
  }

  /** In this order, so what a unit imports comes before it. Throws `ProgramError`. */
  load(units: readonly BuiltUnit[]): void {
    for (const { compiled } of units) {
      if (!this.linked.has(compiled.name)) this.linkAndInitialise(compiled)
    }
  }

  private linkAndInitialise(compiled: CompiledUnit): void {
    const linked = this.domain.link(compiled)
    this.linked.set(compiled.name, linked)
    const end = this.domain.initialise(linked)
    if (end !== 'value') throw new ProgramError(end, compiled.name)
  }

  unit(name: string): LinkedUnit | undefined {
    return this.linked.get(name)
  }
}

/** Loads what a compiler has built. */
export class Program {
  readonly domain: Domain
  readonly compiler: Compiler
  private readonly loader: UnitLoader

  constructor(domain: Domain, compiler: Compiler) {
    this.domain = domain
    this.compiler = compiler
    this.loader = new UnitLoader(domain)
  }

  /** Builds a unit with its imports and runs their initialisers. Throws `DiagnosticError` or `ProgramError`. */
  load(visibleName: string): { readonly built: BuiltUnit; readonly linked: LinkedUnit } {
    const name = this.compiler.programUnit(visibleName)
    const built = this.compiler.build(name)
    this.linkAll()
    return { built, linked: this.loader.unit(name) as LinkedUnit }
  }

  /** Links and initialises what has been built since. Throws `ProgramError`. */
  linkAll(): void {
    this.loader.load(this.compiler.order)
  }
}
