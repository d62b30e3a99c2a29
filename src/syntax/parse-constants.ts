/** Constants, and the sign that patterns and expressions may put before a number. */

import type { Constant } from './ast.ts'
import type { Parser } from './parser.ts'
import type { Token, TokenKind } from './tokens.ts'

export function isConstant(kind: TokenKind): boolean {
  return kind === 'int' || kind === 'float' || kind === 'char' || kind === 'string'
}

/** The constant that a token of one of the four kinds stands for. */
export function constantOfToken(token: Token): Constant {
  const { value } = token
  if (value?.kind === 'char') return { kind: 'char', code: value.code }
  if (value?.kind === 'string') return stringConstant(value)
  const kind = token.kind === 'float' ? 'float' : 'int'
  if (value?.kind === 'suffix') return { kind, text: token.text, suffix: value.suffix }
  return { kind, text: token.text }
}

export function stringConstant(value: {
  readonly bytes: Uint8Array
  readonly delimiter: string | undefined
}): Constant {
  if (value.delimiter === undefined) return { kind: 'string', bytes: value.bytes }
  return { kind: 'string', bytes: value.bytes, delimiter: value.delimiter }
}

export function negated<C extends Constant & { readonly text: string }>(constant: C): C {
  const { text } = constant
  return { ...constant, text: text.startsWith('-') ? text.slice(1) : `-${text}` }
}

export function isNumber(constant: Constant): constant is Constant & { readonly kind: 'int' | 'float' } {
  return constant.kind === 'int' || constant.kind === 'float'
}

/** `1`, `-1`, `+1.5`, `'a'`, `"s"`. */
export function parseSignedConstant(p: Parser): Constant {
  const sign = p.kind
  if (sign !== '-' && sign !== '+') {
    if (!isConstant(p.kind)) p.fail()
    return constantOfToken(p.advance())
  }
  p.advance()
  if (p.kind !== 'int' && p.kind !== 'float') p.fail()
  const constant = constantOfToken(p.advance())
  return sign === '-' && isNumber(constant) ? negated(constant) : constant
}

/** The text of a string token, UTF-8 decoded: for primitives and directives. */
export function parseStringText(p: Parser): string {
  const { value } = p.expect('string')
  return value?.kind === 'string' ? new TextDecoder().decode(value.bytes) : ''
}
