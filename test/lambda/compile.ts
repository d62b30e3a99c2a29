/** Source text to Lambda and to a run of the reference interpreter, over the miniature standard library. */

import { readFileSync } from 'node:fs'
import { DiagnosticError } from '../../src/base/diagnostic.ts'
import { lineColumn, sourceOfString } from '../../src/base/region.ts'
import type { LambdaUnit } from '../../src/lambda/lambda.ts'
import { optimise } from '../../src/lambda/optimise.ts'
import { translateUnit } from '../../src/lambda/translate.ts'
import type { UnitSummary } from '../../src/lambda/unit-summary.ts'
import { parseImplementation, parseInterface } from '../../src/syntax/index.ts'
import { type InferredUnit, inferUnit } from '../../src/typing/infer.ts'
import type { TypedUnit } from '../../src/typing/typed-tree.ts'
import type { Signature } from '../../src/typing/types.ts'
import { newMachine, runUnit } from './evaluator.ts'
import { externals } from './externals.ts'
import { referenceClasses } from './reference-classes.ts'
import { exceptionText, OCamlException } from './values.ts'

export interface CompiledUnit {
  readonly typed: TypedUnit
  readonly plain: LambdaUnit
  readonly optimised: LambdaUnit
  readonly summary: UnitSummary
}

export class Library {
  readonly units = new Map<string, CompiledUnit>()

  readonly loadInterface = (name: string): Signature | undefined => this.units.get(name)?.typed.interface
  readonly summaries = (name: string): UnitSummary | undefined => this.units.get(name)?.summary

  infer(name: string, text: string, interfaceText?: string): TypedUnit {
    const { unit, diagnostics } = this.diagnose(name, text, interfaceText)
    const error = diagnostics.find((d) => d.severity === 'error')
    if (unit === undefined || error !== undefined)
      throw new DiagnosticError(error ?? (diagnostics[0] as never))
    return unit
  }

  /** Infers a unit that may be wrong. */
  diagnose(name: string, text: string, interfaceText?: string): InferredUnit {
    const items = parseImplementation(sourceOfString(`${name.toLowerCase()}.ml`, text))
    const interfaceItems =
      interfaceText === undefined
        ? undefined
        : parseInterface(sourceOfString(`${name.toLowerCase()}.mli`, interfaceText))
    return inferUnit({ name, items, interfaceItems, loadInterface: this.loadInterface })
  }

  add(name: string, text: string, interfaceText?: string): CompiledUnit {
    const typed = this.infer(name, text, interfaceText)
    const plain = translateUnit(typed)
    const { unit: optimised, summary } = optimise(plain, this.summaries)
    const unit = { typed, plain, optimised, summary }
    this.units.set(name, unit)
    return unit
  }
}

let shared: Library | undefined

/** A library that has the miniature Stdlib. */
export function newLibrary(): Library {
  if (shared === undefined) {
    shared = new Library()
    shared.add('Stdlib', readFileSync(new URL('./mini-stdlib.ml', import.meta.url), 'utf8'))
  }
  const library = new Library()
  for (const [name, unit] of shared.units) library.units.set(name, unit)
  return library
}

/** What a program prints; an uncaught exception is the last line. */
export function runProgram(library: Library, unit: LambdaUnit, which: 'plain' | 'optimised'): string {
  const machine = newMachine(externals)
  machine.units.set('CamlinternalOO', referenceClasses(machine))
  try {
    for (const name of unit.imports) {
      const needed = library.units.get(name)
      if (needed !== undefined) runUnit(machine, needed[which])
    }
    runUnit(machine, unit)
  } catch (thrown) {
    if (!(thrown instanceof OCamlException)) throw thrown
    machine.output += `Fatal error: exception ${exceptionText(thrown.value)}\n`
  }
  return machine.output
}

export function describeError(error: unknown): string {
  if (!(error instanceof DiagnosticError)) return String(error)
  const { region, message } = error.diagnostic
  const { line, column } = lineColumn(region.source, region.start)
  return `${region.source.name}:${line}:${column}: ${message}`
}
