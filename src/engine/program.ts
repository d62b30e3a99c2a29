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

/** Links and initialises what a compiler has built, each unit once. */
export class Program {
  readonly domain: Domain
  readonly compiler: Compiler
  private readonly linked = new Map<string, LinkedUnit>()

  constructor(domain: Domain, compiler: Compiler) {
    this.domain = domain
    this.compiler = compiler
  }

  /** Builds a unit with its imports and runs their initialisers. Throws `DiagnosticError` or `ProgramError`. */
  load(visibleName: string): { readonly built: BuiltUnit; readonly linked: LinkedUnit } {
    const name = this.compiler.programUnit(visibleName)
    const built = this.compiler.build(name)
    this.linkAll()
    return { built, linked: this.linked.get(name) as LinkedUnit }
  }

  /** Links and initialises what has been built since. Throws `ProgramError`. */
  linkAll(): void {
    for (const unit of this.compiler.order) this.linkAndInitialise(unit.compiled)
  }

  private linkAndInitialise(compiled: CompiledUnit): void {
    if (this.linked.has(compiled.name)) return
    const linked = this.domain.link(compiled)
    this.linked.set(compiled.name, linked)
    const end = this.domain.initialise(linked)
    if (end !== 'value') throw new ProgramError(end, compiled.name)
  }
}
