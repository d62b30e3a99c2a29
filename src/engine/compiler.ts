/**
 * The compiler as one expression, and the library of units around it.
 *
 *     bytes ─ parse ─▶ AST ─ infer ─▶ typed tree ─ translate ─▶ Lambda ─ optimise ─▶ Lambda ─ compile ─▶ CompiledUnit
 *
 * A `UnitSource` says where source text is found (a port). Units are compiled on demand, after everything that they
 * import; interfaces are inferred on demand, from `.mli` files where there are any.
 */

import { Crash, type Diagnostic, DiagnosticError } from '../base/diagnostic.ts'
import type { Source } from '../base/region.ts'
import { type Approximation, compileUnit } from '../codegen/index.ts'
import { optimise } from '../lambda/optimise.ts'
import { translateUnit } from '../lambda/translate.ts'
import type { UnitSummary } from '../lambda/unit-summary.ts'
import { parseImplementation, parseInterface } from '../syntax/index.ts'
import { shadowingPrefix, unitDisplayName } from '../typing/ident.ts'
import { inferInterface, inferUnit } from '../typing/infer.ts'
import type { TypedUnit } from '../typing/typed-tree.ts'
import type { Signature } from '../typing/types.ts'
import { type BuiltUnit, emptyImage, type UnitImage } from './image.ts'

export interface UnitText {
  readonly implementation: Source
  readonly interface: Source | undefined
}

/** Finds the text of a unit by its name (`List`), or undefined. */
export type UnitSource = (name: string) => UnitText | undefined

export class Compiler {
  private readonly program: UnitSource
  private readonly library: UnitSource
  private readonly image: UnitImage
  private readonly interfaces = new Map<string, Signature | undefined>()
  private readonly typed = new Map<string, TypedUnit>()
  private readonly built = new Map<string, BuiltUnit>()
  /** In the order in which they must be linked and initialised. */
  readonly order: BuiltUnit[] = []
  /** Warnings of all units so far. */
  readonly diagnostics: Diagnostic[] = []

  /**
   * `program` finds the units of the program, `library` those of the standard library; `image` has units of the library
   * that need not be compiled. Inside the library only its own units are seen.
   */
  constructor(program: UnitSource, library: UnitSource, image: UnitImage = emptyImage) {
    this.program = program
    this.library = library
    this.image = image
  }

  /** The unit that a name in the program means. */
  readonly programUnit = (name: string): string => {
    if (this.program(name) === undefined) return name
    return this.library(name) === undefined ? name : shadowingPrefix + name
  }

  /** OCaml shows a library's exception as Stdlib.Queue.Empty. */
  private exceptionPath(name: string): string | undefined {
    return this.isOfLibrary(name) && !/^(Caml|Std)/.test(name) ? `Stdlib.${name}` : undefined
  }

  /** Units that a misspelt name may have meant. */
  get unitNames(): readonly string[] {
    return this.image.names
  }

  private isOfLibrary(name: string): boolean {
    return this.library(name) !== undefined
  }

  private textOf(name: string): UnitText | undefined {
    return this.library(name) ?? this.program(unitDisplayName(name))
  }

  /** A unit and, before it, everything that it imports. Throws `DiagnosticError`. */
  build(name: string): BuiltUnit {
    const known = this.built.get(name)
    if (known !== undefined) return known
    const ready = this.image.get(name)
    if (ready !== undefined) return this.take(name, ready)
    const typed = this.inferred(name)
    const lambda = translateUnit(typed, this.exceptionPath(name))
    for (const imported of lambda.imports) this.build(imported)
    const { unit, summary } = optimise(lambda, (other) => this.summaryOf(other))
    for (const imported of unit.imports) this.build(imported)
    const compiled = compileUnit(unit, (other) => this.approximationOf(other))
    return this.keep(name, { interface: typed.interface, compiled, summary })
  }

  /** What the optimiser knows of a unit that has been built. */
  summaryOf(name: string): UnitSummary | undefined {
    return this.built.get(name)?.summary
  }

  /** What is known of a unit. Primitives may call one that the source does not mention. */
  approximationOf(name: string): Approximation | undefined {
    return name === 'caml_predef' ? undefined : this.build(name).compiled.approximation
  }

  /** A unit of the image, after those that it imports. */
  private take(name: string, ready: BuiltUnit): BuiltUnit {
    for (const imported of ready.compiled.imports) this.build(imported)
    return this.keep(name, ready)
  }

  private keep(name: string, unit: BuiltUnit): BuiltUnit {
    this.built.set(name, unit)
    this.order.push(unit)
    return unit
  }

  private inferred(name: string): TypedUnit {
    const known = this.typed.get(name)
    if (known !== undefined) return known
    const text = this.textOf(name)
    if (text === undefined) throw new Crash(`no source for unit ${name}`)
    const { unit, diagnostics } = inferUnit({
      name,
      items: parseImplementation(text.implementation, (warning) => this.diagnostics.push(warning)),
      interfaceItems: text.interface === undefined ? undefined : parseInterface(text.interface),
      loadInterface: (other) => this.interfaceOf(other),
      unitNamed: this.isOfLibrary(name) ? undefined : this.programUnit,
      knownUnits: this.image.names,
    })
    if (unit === undefined) return this.failed(diagnostics)
    this.diagnostics.push(...diagnostics)
    this.typed.set(name, unit)
    return unit
  }

  /** Keeps the warnings that were found on the way, and stops with the error. */
  private failed(diagnostics: readonly Diagnostic[]): never {
    const error = diagnostics.find((d) => d.severity === 'error')
    this.diagnostics.push(...diagnostics.filter((d) => d !== error))
    if (error === undefined) throw new Crash('inference failed without an error')
    throw new DiagnosticError(error)
  }

  /**
   * What other units see of a unit; undefined if there is no such unit, or while it is being read: so the units that
   * Stdlib is made of do not see Stdlib.
   */
  interfaceOf(name: string): Signature | undefined {
    if (this.interfaces.has(name)) return this.interfaces.get(name)
    const ready = this.image.get(name)
    if (ready !== undefined) return ready.interface
    this.interfaces.set(name, undefined)
    const text = this.textOf(name)
    const found = text === undefined ? undefined : this.readInterface(name, text)
    this.interfaces.set(name, found)
    return found
  }

  /** Looks for a unit again that was not there. */
  forget(name: string): void {
    if (this.interfaces.get(name) === undefined) this.interfaces.delete(name)
  }

  private readInterface(name: string, text: UnitText): Signature {
    if (text.interface === undefined) return this.inferred(name).interface
    const { signature, diagnostics } = inferInterface({
      name,
      items: parseInterface(text.interface),
      loadInterface: (other) => this.interfaceOf(other),
      unitNamed: this.isOfLibrary(name) ? undefined : this.programUnit,
      knownUnits: this.image.names,
    })
    return signature ?? this.failed(diagnostics)
  }
}
