/**
 * The infix operators of expressions (manual, section 11.7.1, "Precedence and associativity"): higher levels
 * bind tighter.
 */

import type { TokenKind } from './tokens.ts'

export interface InfixOperator {
  readonly level: number
  readonly associativity: 'left' | 'right'
}

const left = (level: number): InfixOperator => ({ level, associativity: 'left' })
const right = (level: number): InfixOperator => ({ level, associativity: 'right' })

/** Elements of a tuple are collected, not nested, so the comma associates to the right here. */
export const COMMA_LEVEL = 2
/** Where `[@a]` behind an operand belongs: to all operators of this level and above before it. */
export const ATTRIBUTE_LEVEL = 7

export const infixOperators: Readonly<Partial<Record<TokenKind, InfixOperator>>> = {
  ':=': right(1),
  ',': right(COMMA_LEVEL),
  or: right(3),
  '||': right(3),
  '&': right(4),
  '&&': right(4),
  '=': left(5),
  '<': left(5),
  '>': left(5),
  'comparison-operator': left(5),
  'concatenation-operator': right(6),
  '::': right(8),
  '+': left(9),
  '+.': left(9),
  '+=': left(9),
  '-': left(9),
  '-.': left(9),
  'additive-operator': left(9),
  '*': left(10),
  '%': left(10),
  'multiplicative-operator': left(10),
  'power-operator': right(11),
}

/** The name of the function that a token stands for between operands. */
export function operatorText(token: { readonly kind: TokenKind; readonly text: string }): string {
  return token.text === '' ? token.kind : token.text
}
