/**
 * The compiler as one expression, and the library of units around it.
 *
 *     bytes ─ parse ─▶ AST ─ infer ─▶ typed tree ─ translate ─▶ Lambda ─ optimise ─▶ Lambda ─ compile ─▶ CompiledUnit
 *
 * A `UnitSource` says where source text is found (a port). Units are compiled on demand, after everything that they
 * import; interfaces are inferred on demand, from `.mli` files where there are any.
 */

import { Crash, type Diagnostic, DiagnosticError, fail } from '../base/diagnostic.ts'
import { noRegion, type Region } from '../base/region.ts'
import { defaultWarnings, type Warnings } from '../base/warnings.ts'
import { type Approximation, compileUnit } from '../codegen/index.ts'
import { optimise } from '../lambda/optimise.ts'
import { translateUnit } from '../lambda/translate.ts'
import type { UnitSummary } from '../lambda/unit-summary.ts'
import { parseImplementation, parseInterface } from '../syntax/index.ts'
import { inStdlib, unitDisplayName } from '../typing/ident.ts'
import { type UnitSource as InferenceSource, inferInterface, inferUnit } from '../typing/infer.ts'
import type { TypedUnit } from '../typing/typed-tree.ts'
import type { Signature } from '../typing/types.ts'
import type { BuiltUnit } from './image.ts'
import { emptyImage, type UnitImage } from './library-image.ts'
import type { UnitSource, UnitText } from './unit-source.ts'
import { type Consulted, noCache, type UnitCache, UnitStore } from './unit-store.ts'

export type { UnitSource, UnitText } from './unit-source.ts'

export interface CompilerSettings {
  /** Where compiled units of the program are kept from one process to the next. */
  readonly cache: UnitCache
  readonly warnings: Warnings
}

export class Compiler {
  private readonly image: UnitImage
  private readonly store: UnitStore
  private readonly wanted: Warnings
  private readonly interfaces = new Map<string, Signature | undefined>()
  private readonly typed = new Map<string, TypedUnit>()
  private readonly built = new Map<string, BuiltUnit>()
  /** What the compilation of each unit has asked about others, and the units that are being compiled, innermost last. */
  private readonly consulted = new Map<string, Consulted>()
  private readonly current: Consulted[] = []
  /** Units whose compilation has begun and not ended, outermost first. */
  private readonly compiling: string[] = []
  private readonly warnings = new Map<string, Diagnostic[]>()
  /** In the order in which they must be linked and initialised. */
  readonly order: BuiltUnit[] = []
  /** Warnings of all units so far. */
  readonly diagnostics: Diagnostic[] = []

  /**
   * `program` finds the units of the program, `library` those of the standard library; `image` has units of the library
   * that need not be compiled. Inside the library only its own units are seen.
   */
  constructor(
    program: UnitSource,
    library: UnitSource,
    image: UnitImage = emptyImage,
    settings: Partial<CompilerSettings> = {},
  ) {
    this.image = image
    this.wanted = settings.warnings ?? defaultWarnings
    const { cache = noCache } = settings
    this.store = new UnitStore({ program, library, image, cache, settings: this.wanted.key })
  }

  /** The unit that a name in the program means. */
  readonly programUnit = (name: string): string => {
    const unit = this.store.programUnit(name)
    this.current.at(-1)?.names.set(name, unit)
    return unit
  }

  /** OCaml shows a library's exception as Stdlib.Queue.Empty, if it is in Stdlib. */
  private exceptionPath(name: string): string | undefined {
    return this.isOfLibrary(name) && inStdlib(name) ? `Stdlib.${name}` : undefined
  }

  /** Units that a misspelt name may have meant. */
  get unitNames(): readonly string[] {
    return this.image.names
  }

  /** Whether a unit is one of the standard library. */
  isOfLibrary(name: string): boolean {
    return this.store.isOfLibrary(name)
  }

  private textOf(name: string): UnitText | undefined {
    return this.store.textOf(name)
  }

  /** Runs a step of a unit's compilation, and remembers what it asks about others. */
  private consulting<Result>(name: string, step: () => Result): Result {
    let mine = this.consulted.get(name)
    if (mine === undefined) {
      mine = { names: new Map(), units: new Set() }
      this.consulted.set(name, mine)
    }
    this.current.push(mine)
    try {
      return step()
    } finally {
      this.current.pop()
    }
  }

  private consults(name: string): void {
    this.current.at(-1)?.units.add(name)
  }

  /** A unit and, before it, everything that it imports. Throws `DiagnosticError`. */
  build(name: string): BuiltUnit {
    this.consults(name)
    const known = this.built.get(name)
    if (known !== undefined) return known
    const ready = this.store.find(name)
    if (ready === undefined) return this.compileOnce(name)
    this.diagnostics.push(...ready.warnings)
    for (const imported of ready.built.compiled.imports) this.build(imported)
    return this.keep(name, ready.built)
  }

  /** Units that need each other cannot be put into an order. */
  private compileOnce(name: string): BuiltUnit {
    const at = this.compiling.indexOf(name)
    if (at >= 0) return fail(this.placeOf(name), `Dependency cycle: ${this.cycle(at)}`)
    this.compiling.push(name)
    const built = this.consulting(name, () => this.compile(name))
    this.compiling.pop()
    return built
  }

  private cycle(from: number): string {
    const units = this.compiling.slice(from)
    return [...units, units[0] as string].map(unitDisplayName).join(' -> ')
  }

  /** A unit as a whole. */
  private placeOf(name: string): Region {
    const source = this.textOf(name)?.implementation
    return source === undefined ? noRegion : { source, start: 0, end: 0 }
  }

  private compile(name: string): BuiltUnit {
    const typed = this.inferred(name)
    const lambda = translateUnit(typed, this.exceptionPath(name))
    for (const imported of lambda.imports) this.build(imported)
    const { unit, summary } = optimise(lambda, (other) => this.summaryOf(other))
    for (const imported of unit.imports) this.build(imported)
    const compiled = compileUnit(unit, (other) => this.approximationOf(other))
    const built = this.keep(name, { interface: typed.interface, compiled, summary })
    const warnings = this.warnings.get(name) ?? []
    this.store.add(name, { built, warnings }, this.consulted.get(name) as Consulted)
    return built
  }

  /** What the optimiser knows of a unit that has been built. */
  summaryOf(name: string): UnitSummary | undefined {
    return this.built.get(name)?.summary
  }

  /** What is known of a unit. Primitives may call one that the source does not mention. */
  approximationOf(name: string): Approximation | undefined {
    return name === 'caml_predef' ? undefined : this.build(name).compiled.approximation
  }

  private keep(name: string, unit: BuiltUnit): BuiltUnit {
    this.built.set(name, unit)
    this.order.push(unit)
    return unit
  }

  /** The typed tree of a unit that this compiler has compiled. */
  typedUnit(name: string): TypedUnit | undefined {
    return this.typed.get(name)
  }

  private inferred(name: string): TypedUnit {
    const known = this.typed.get(name)
    if (known !== undefined) return known
    const unit = this.consulting(name, () => this.infer(name))
    this.typed.set(name, unit)
    return unit
  }

  private infer(name: string): TypedUnit {
    const text = this.textOf(name)
    if (text === undefined) throw new Crash(`no source for unit ${name}`)
    const warnings: Diagnostic[] = []
    const warn = (warning: Diagnostic): void => {
      warnings.push(warning)
      this.diagnostics.push(warning)
    }
    this.warnings.set(name, warnings)
    // Attributes say nothing about what the lexer says.
    const lexical = (warning: Diagnostic): void => {
      const judged = this.wanted.judge(warning)
      if (judged !== undefined) warn(judged)
    }
    const { unit, diagnostics } = inferUnit({
      name,
      items: parseImplementation(text.implementation, lexical),
      interfaceItems: text.interface === undefined ? undefined : parseInterface(text.interface),
      ...this.surroundings(name),
    })
    for (const d of diagnostics) if (d.severity === 'warning') warn(d)
    return unit ?? this.failed(diagnostics)
  }

  /** In the program's `list.ml`, `List` is the library's. */
  private unitNamedIn(unit: string, name: string): string {
    return name === unitDisplayName(unit) ? name : this.programUnit(name)
  }

  /** What inference asks of the outside. */
  private surroundings(name: string): Omit<InferenceSource, 'name' | 'items' | 'interfaceItems'> {
    return {
      loadInterface: (other) => this.interfaceOf(other),
      unitNamed: this.isOfLibrary(name) ? undefined : (other) => this.unitNamedIn(name, other),
      knownUnits: this.image.names,
      warnings: this.wanted,
    }
  }

  /** Where only warnings count as errors, the last diagnostic is the news, so that all keep their order. */
  private failed(diagnostics: readonly Diagnostic[]): never {
    const error = diagnostics.find((d) => d.severity === 'error') ?? this.diagnostics.pop()
    if (error === undefined) throw new Crash('inference failed without an error')
    throw new DiagnosticError(error)
  }

  /**
   * What other units see of a unit; undefined if there is no such unit, or while it is being read: so the units that
   * Stdlib is made of do not see Stdlib.
   */
  interfaceOf(name: string): Signature | undefined {
    this.consults(name)
    if (this.interfaces.has(name)) return this.interfaces.get(name)
    const ready = this.store.find(name)
    if (ready !== undefined) return ready.built.interface
    this.interfaces.set(name, undefined)
    const text = this.textOf(name)
    const found = text === undefined ? undefined : this.consulting(name, () => this.readInterface(name, text))
    this.interfaces.set(name, found)
    return found
  }

  /** Looks for a unit again that was not there. */
  forget(name: string): void {
    if (this.interfaces.get(name) === undefined) this.interfaces.delete(name)
    this.store.forget(name)
  }

  private readInterface(name: string, text: UnitText): Signature {
    if (text.interface === undefined) return this.inferred(name).interface
    const { signature, diagnostics } = inferInterface({
      name,
      items: parseInterface(text.interface),
      ...this.surroundings(name),
    })
    return signature ?? this.failed(diagnostics)
  }
}
