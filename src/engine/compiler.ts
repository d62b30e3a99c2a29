/**
 * The compiler as one expression, and the library of units around it.
 *
 *     bytes ─ parse ─▶ AST ─ infer ─▶ typed tree ─ translate ─▶ Lambda ─ optimise ─▶ Lambda ─ compile ─▶ CompiledUnit
 *
 * A `UnitSource` says where source text is found (a port). Units are compiled on demand, after everything that they
 * import; interfaces are inferred on demand, from `.mli` files where there are any.
 */

import type { Diagnostic } from '../base/diagnostic.ts'
import type { Source } from '../base/region.ts'
import { type CompiledUnit, compileUnit } from '../codegen/index.ts'
import { optimise, type UnitSummary } from '../lambda/optimise.ts'
import { translateUnit } from '../lambda/translate.ts'
import { parseImplementation, parseInterface } from '../syntax/index.ts'
import { checkMatches } from '../typing/exhaustiveness.ts'
import { inferInterface, inferUnit } from '../typing/infer.ts'
import type { TypedUnit } from '../typing/typed-tree.ts'
import type { Signature } from '../typing/types.ts'

export interface UnitText {
  readonly implementation: Source
  readonly interface: Source | undefined
}

/** Finds the text of a unit by its name (`List`), or undefined. */
export type UnitSource = (name: string) => UnitText | undefined

export interface BuiltUnit {
  readonly typed: TypedUnit
  readonly compiled: CompiledUnit
  readonly summary: UnitSummary
}

export class Compiler {
  private readonly find: UnitSource
  private readonly interfaces = new Map<string, Signature | undefined>()
  private readonly typed = new Map<string, TypedUnit>()
  private readonly built = new Map<string, BuiltUnit>()
  /** In the order in which they must be linked and initialised. */
  readonly order: BuiltUnit[] = []
  /** Warnings of all units so far. */
  readonly diagnostics: Diagnostic[] = []

  constructor(find: UnitSource) {
    this.find = find
  }

  /** A unit and, before it, everything that it imports. Throws `DiagnosticError`. */
  build(name: string): BuiltUnit {
    const known = this.built.get(name)
    if (known !== undefined) return known
    const typed = this.inferred(name)
    const lambda = translateUnit(typed)
    for (const imported of lambda.imports) this.build(imported)
    const { unit, summary } = optimise(lambda, (other) => this.built.get(other)?.summary)
    for (const imported of unit.imports) this.build(imported)
    const compiled = compileUnit(unit, (other) => this.built.get(other)?.compiled.approximation)
    const result = { typed, compiled, summary }
    this.built.set(name, result)
    this.order.push(result)
    return result
  }

  private inferred(name: string): TypedUnit {
    const known = this.typed.get(name)
    if (known !== undefined) return known
    const text = this.find(name)
    if (text === undefined) throw new Error(`no source for unit ${name}`)
    const result = inferUnit({
      name,
      items: parseImplementation(text.implementation),
      interfaceItems: text.interface === undefined ? undefined : parseInterface(text.interface),
      loadInterface: (other) => this.interfaceOf(other),
    })
    this.diagnostics.push(...result.diagnostics, ...checkMatches(result.unit))
    this.typed.set(name, result.unit)
    return result.unit
  }

  /** What other units see of a unit; undefined if there is no such unit. */
  interfaceOf(name: string): Signature | undefined {
    if (this.interfaces.has(name)) return this.interfaces.get(name)
    const text = this.find(name)
    const found = text === undefined ? undefined : this.readInterface(name, text)
    this.interfaces.set(name, found)
    return found
  }

  private readInterface(name: string, text: UnitText): Signature {
    if (text.interface === undefined) return this.inferred(name).interface
    return inferInterface({
      name,
      items: parseInterface(text.interface),
      loadInterface: (other) => this.interfaceOf(other),
    }).signature
  }
}
