/** Small constructors for nodes that the grammar makes often. */

import type { Region } from '../base/region.ts'
import type {
  Argument,
  Attribute,
  AttributePayload,
  Constant,
  Expression,
  Label,
  LongName,
  Name,
  Pattern,
  StructureItem,
  TypeExpression,
} from './ast.ts'

export const noAttributes: readonly Attribute[] = []
export const noLabel: Label = { kind: 'none' }

export function name(text: string, region: Region): Name {
  return { text, region }
}

export function identPath(text: string, region: Region): LongName {
  return { kind: 'ident', name: text, region }
}

export function identExpression(text: string, region: Region): Expression {
  return { kind: 'ident', path: identPath(text, region), region, attributes: noAttributes }
}

export function constantExpression(constant: Constant, region: Region): Expression {
  return { kind: 'constant', constant, region, attributes: noAttributes }
}

export function constructExpression(
  path: LongName,
  argument: Expression | undefined,
  region: Region,
): Expression {
  if (argument === undefined) return { kind: 'construct', path, region, attributes: noAttributes }
  return { kind: 'construct', path, argument, region, attributes: noAttributes }
}

export function constructPattern(path: LongName, argument: Pattern | undefined, region: Region): Pattern {
  const common = { kind: 'construct', path, existentials: [], region, attributes: noAttributes } as const
  return argument === undefined ? common : { ...common, argument }
}

export function unlabelled(expression: Expression): Argument {
  return { label: noLabel, expression }
}

/** `f a b` without labels. */
export function applyExpression(fn: Expression, operands: readonly Expression[], region: Region): Expression {
  const args = operands.map(unlabelled)
  return { kind: 'apply', function: fn, arguments: args, region, attributes: noAttributes }
}

/** The same node at another region, as parentheses make it. */
export function relocated<N extends { readonly region: Region }>(node: N, region: Region): N {
  return { ...node, region }
}

/** The same node with more attributes in front of its own or behind them. */
export function withAttributes<N extends { readonly attributes: readonly Attribute[] }>(
  node: N,
  attributes: readonly Attribute[],
): N {
  return attributes.length === 0 ? node : { ...node, attributes: [...attributes, ...node.attributes] }
}

export function withAttribute<N extends { readonly attributes: readonly Attribute[] }>(
  node: N,
  attribute: Attribute,
): N {
  return { ...node, attributes: [...node.attributes, attribute] }
}

/** The payload of `let%name …`: the expression as a structure of one item. */
export function expressionPayload(expression: Expression): AttributePayload {
  return {
    kind: 'structure',
    items: [{ kind: 'eval', expression, attributes: noAttributes, region: expression.region }],
  }
}

export function extensionExpression(extension: string, body: Expression): Expression {
  const payload = expressionPayload(body)
  return { kind: 'extension', name: extension, payload, region: body.region, attributes: noAttributes }
}

export function extensionItem(extension: string, item: StructureItem): StructureItem {
  const payload: AttributePayload = { kind: 'structure', items: [item] }
  return { kind: 'extension', name: extension, payload, attributes: noAttributes, region: item.region }
}

export function constrainedExpression(
  expression: Expression,
  type: TypeExpression,
  region: Region,
): Expression {
  return { kind: 'constraint', expression, type, region, attributes: noAttributes }
}

export function constrainedPattern(pattern: Pattern, type: TypeExpression, region: Region): Pattern {
  return { kind: 'constraint', pattern, type, region, attributes: noAttributes }
}

export function extensionPattern(extension: string, pattern: Pattern): Pattern {
  const payload: AttributePayload = { kind: 'pattern', pattern }
  return { kind: 'extension', name: extension, payload, region: pattern.region, attributes: noAttributes }
}

/** `head :: tail`, whose argument is a pair at the same region. */
export function consPattern(head: Pattern, tail: Pattern, region: Region): Pattern {
  const argument: Pattern = { kind: 'tuple', elements: [head, tail], region, attributes: noAttributes }
  return constructPattern(identPath('::', region), argument, region)
}

export function consExpression(
  head: Expression,
  tail: Expression,
  path: LongName,
  region: Region,
): Expression {
  const argument: Expression = { kind: 'tuple', elements: [head, tail], region, attributes: noAttributes }
  return constructExpression(path, argument, region)
}

export function ifExpression(
  condition: Expression,
  consequence: Expression,
  otherwise: Expression | undefined,
  region: Region,
): Expression {
  const node = { kind: 'if', condition, then: consequence, region, attributes: noAttributes } as const
  return otherwise === undefined ? node : { ...node, otherwise }
}
