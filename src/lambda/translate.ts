/**
 * The typed tree to Lambda.
 *
 *     TypedUnit ── translateUnit ──▶ LambdaUnit ── optimise ──▶ LambdaUnit ──▶ codegen
 */

import { promptName } from '../base/region.ts'
import { type Address, unitDisplayName } from '../typing/ident.ts'
import type { ModuleCoercion, Structure, TypedUnit } from '../typing/typed-tree.ts'
import { letsIn } from './build.ts'
import { addressTerm, type Context } from './context.ts'
import type { Lambda, LambdaUnit } from './lambda.ts'
import { translateExpression } from './translate-expression.ts'
import { runtimeIdents, translateModule, translateStructure } from './translate-module.ts'
import { copyTerm, forEachChild } from './traverse.ts'

function rootContext(
  unit: string,
  exceptionPath: string | undefined,
  globals: Iterable<number> = [],
): Context {
  return {
    unit,
    path: unit,
    exceptionPath,
    caught: new Set(),
    once: true,
    place: 'elsewhere',
    replies: new Map(),
    globals: new Set(globals),
    hoisted: [],
    expression: translateExpression,
    module: translateModule,
  }
}

/** A compilation unit; exceptions are named as defined in `path`. Errors: `DiagnosticError` for a `let rec` or `module rec` that cannot be evaluated. */
export function translateUnit(unit: TypedUnit, path = unitDisplayName(unit.name)): LambdaUnit {
  const context = rootContext(unitDisplayName(unit.name), path)
  const structure = translateStructure(unit.structure, context, unit.coercion)
  const body = withHoisted(context, structure)
  const size =
    unit.coercion.kind === 'structure' ? unit.coercion.fields.length : runtimeIdents(unit.structure).length
  return { name: unit.name, body, size, imports: importsOf(body) }
}

/**
 * A phrase of the prompt, as a unit of its own: its fields are the phrase's runtime idents, in order. `globals` says
 * where the idents of earlier phrases are.
 */
export function translatePhrase(
  name: string,
  structure: Structure,
  globals: ReadonlyMap<number, Address>,
): LambdaUnit {
  const coercion: ModuleCoercion = { kind: 'identity' }
  const context = { ...rootContext(promptName, '', globals.keys()), path: '' }
  const translated = withHoisted(context, translateStructure(structure, context, coercion))
  const terms = new Map([...globals].map(([stamp, address]) => [stamp, addressTerm(address)] as const))
  const body = copyFree(translated, terms)
  return { name, body, size: runtimeIdents(structure).length, imports: importsOf(body) }
}

function withHoisted({ hoisted }: Context, body: Lambda): Lambda {
  return letsIn(
    hoisted.map(({ binder, value }) => [binder, value] as const),
    body,
  )
}

/** Replaces free variables; binders keep their idents, since those name the fields. */
function copyFree(term: Lambda, terms: ReadonlyMap<number, Lambda>): Lambda {
  return terms.size === 0 ? term : copyTerm(term, terms)
}

/** The units that a term refers to. */
export function importsOf(term: Lambda): string[] {
  const found = new Set<string>()
  const visit = (t: Lambda): void => {
    if (t.kind === 'unit') found.add(t.name)
    forEachChild(t, visit)
  }
  visit(term)
  found.delete('caml_predef')
  return [...found].sort()
}
