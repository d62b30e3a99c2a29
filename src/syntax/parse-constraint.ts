/** `: t`, `:> u` and `: t :> u` behind an expression or a parameter list. */

import type { Region } from '../base/region.ts'
import type { Expression, TypeConstraint } from './ast.ts'
import { constrainedExpression, noAttributes } from './nodes.ts'
import type { Parser } from './parser.ts'

/** Undefined when no colon follows. */
export function parseTypeConstraint(p: Parser): TypeConstraint | undefined {
  if (p.accept(':>')) return { kind: 'coerce', to: p.grammar.type(p) }
  if (!p.accept(':')) return undefined
  const type = p.grammar.type(p)
  return p.accept(':>') ? { kind: 'coerce', from: type, to: p.grammar.type(p) } : { kind: 'constraint', type }
}

/** The expression with the constraint put on it. */
export function constrained(expression: Expression, constraint: TypeConstraint, region: Region): Expression {
  if (constraint.kind === 'constraint') return constrainedExpression(expression, constraint.type, region)
  const { from, to } = constraint
  const common = { kind: 'coerce', expression, to, region, attributes: noAttributes } as const
  return from === undefined ? common : { ...common, from }
}
