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

type Kind = 'definition' | 'field value' | 'method'

/** An expression that was inferred with variables in place of the quantified ones. */
export interface Opened {
  readonly expression: Expression
  readonly variables: readonly Type[]
  readonly body: Type
  readonly poly: Poly
}

/** Infers with `infer` at the type of the poly's body; `closePolymorphic` must follow one level further out. */
export function openPolymorphic(
  poly: Poly,
  infer: (type: Type) => Expression,
  kind: Kind = 'definition',
): Opened {
  const opened = instancePoly(poly.variables, poly.body, kind === 'definition', true)
  return { expression: infer(opened.body), ...opened, poly }
}

/** Checks that the expression is as polymorphic as it was declared to be. */
export function closePolymorphic(env: Env, opened: Opened, kind: Kind): Expression {
  const { expression, variables, body } = opened
  // A method's body is evaluated when the method is called, each time anew.
  if (kind !== 'method' && !isNonexpansive(expression)) restrictToCovariant(env, expression.type)
  generalise(expression.type)
  generalise(body)
  for (const variable of variables) generalise(variable)
  checkStillGeneral(env, opened, kind)
  return { ...expression, type: instance(expression.type) }
}

/** `declared` is the type to show when the expression is not as polymorphic. */
export function inferPolymorphic(
  env: Env,
  poly: Poly,
  kind: Kind,
  infer: (type: Type) => Expression,
  declared: Poly = poly,
): Expression {
  const opened = inNewLevel(() => openPolymorphic(poly, infer, kind))
  return closePolymorphic(env, { ...opened, poly: declared }, kind)
}

function areDistinctVariables(variables: readonly Type[]): boolean {
  const nodes = variables.map(repr)
  if (new Set(nodes).size < nodes.length) return false
  return nodes.every((node) => node.desc.kind === 'variable' && node.level === genericLevel)
}

function checkStillGeneral(env: Env, { expression, variables, body, poly }: Opened, kind: Kind): void {
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
