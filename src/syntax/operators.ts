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

const wordOperators: Readonly<Record<string, InfixOperator>> = {
  mod: left(10),
  land: left(10),
  lor: left(10),
  lxor: left(10),
  lsl: right(11),
  lsr: right(11),
  asr: right(11),
}

const classesByFirstCharacter: Readonly<Record<string, TokenKind>> = {
  '=': 'comparison-operator',
  '<': 'comparison-operator',
  '>': 'comparison-operator',
  '|': 'comparison-operator',
  '&': 'comparison-operator',
  $: 'comparison-operator',
  '@': 'concatenation-operator',
  '^': 'concatenation-operator',
  '+': 'additive-operator',
  '-': 'additive-operator',
  '*': 'multiplicative-operator',
  '/': 'multiplicative-operator',
  '%': 'multiplicative-operator',
}

/** The operator that a function's name stands for between operands, if it does. */
export function infixLevelOf(name: string): InfixOperator | undefined {
  if (name === '::' || name === ',') return undefined
  const exact = wordOperators[name] ?? infixOperators[name as TokenKind]
  if (exact !== undefined && !name.endsWith('-operator')) return exact
  if (name === '!=') return infixOperators['comparison-operator']
  const kind = name.startsWith('**') ? 'power-operator' : classesByFirstCharacter[name.charAt(0)]
  return kind === undefined ? undefined : infixOperators[kind]
}

/** `!`, `!…`, `~…`, `?…` */
export function isPrefixOperator(name: string): boolean {
  return /^[!~?]/.test(name) && name !== '!='
}
