/**
 * Expressions that must be polymorphic: definitions with `'a. t` annotations, polymorphic record fields.
 *
 * They are inferred with fresh variables in place of the quantified ones; afterwards each of those must still
 * be a variable, different from the others, that nothing outside knows.
 */

import { type Diagnostic, DiagnosticError } from '../base/diagnostic.ts'
import type { Env } from './env.ts'
import { isNonexpansive } from './expansive.ts'
import { generalise, restrictToCovariant } from './generalise.ts'
import { instance, instancePoly } from './instance.ts'
import { box, breakHint, renderMessage, space } from './pretty.ts'
import { TypePrinter } from './print-type.ts'
import { inNewLevel, newType } from './type-graph.ts'
import type { Expression } from './typed-tree.ts'
import { genericLevel, repr, type Type, type TypeDesc } from './types.ts'

type Poly = Extract<TypeDesc, { kind: 'poly' }>

/** Infers with `infer` at the type of the poly's body, and checks that the result is as polymorphic. */
export function inferPolymorphic(
  env: Env,
  poly: Poly,
  kind: 'definition' | 'field value' | 'method',
  infer: (type: Type) => Expression,
): Expression {
  const { expression, variables, body } = inNewLevel(() => {
    const opened = instancePoly(poly.variables, poly.body, true)
    const inferred = infer(opened.body)
    return { expression: inferred, ...opened }
  })
  if (!isNonexpansive(expression)) restrictToCovariant(env, expression.type)
  generalise(expression.type)
  generalise(body)
  for (const variable of variables) generalise(variable)
  checkStillGeneral(env, expression, kind, variables, body, poly)
  return { ...expression, type: instance(expression.type) }
}

function areDistinctVariables(variables: readonly Type[]): boolean {
  const nodes = variables.map(repr)
  if (new Set(nodes).size < nodes.length) return false
  return nodes.every((node) => node.desc.kind === 'variable' && node.level === genericLevel)
}

function checkStillGeneral(
  env: Env,
  expression: Expression,
  kind: string,
  variables: readonly Type[],
  body: Type,
  poly: Poly,
): void {
  if (areDistinctVariables(variables)) return
  const wanted = newType(poly)
  const printer = new TypePrinter(env)
  printer.mark(body)
  printer.mark(wanted)
  const doc = box(
    0,
    `This ${kind} has type`,
    breakHint(1, 2),
    printer.print(body),
    space,
    'which is less general than',
    breakHint(1, 2),
    printer.print(wanted),
  )
  const diagnostic: Diagnostic = { severity: 'error', region: expression.region, message: renderMessage(doc) }
  throw new DiagnosticError(diagnostic)
}
