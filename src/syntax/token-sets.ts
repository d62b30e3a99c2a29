/** Which tokens may begin what. */

import type { TokenKind } from './tokens.ts'

const simpleExpression: readonly TokenKind[] = [
  'lident',
  'uident',
  'int',
  'float',
  'char',
  'string',
  '(',
  '[',
  '[|',
  '{',
  '{<',
  'begin',
  'new',
  'object',
  'prefix-operator',
  '!',
  '`',
  'true',
  'false',
  '[%',
  'quoted-extension',
]

export const startsSimpleExpression: ReadonlySet<TokenKind> = new Set(simpleExpression)

export const startsArgument: ReadonlySet<TokenKind> = new Set<TokenKind>([
  ...simpleExpression,
  'label',
  'optional-label',
  '~',
  '?',
])

export const startsExpression: ReadonlySet<TokenKind> = new Set<TokenKind>([
  ...simpleExpression,
  'let',
  'let-operator',
  'if',
  'match',
  'try',
  'fun',
  'function',
  'while',
  'for',
  'assert',
  'lazy',
  '-',
  '-.',
  '+',
  '+.',
])

/** Behind `spawn`, which is a name before anything else. */
export const startsSpawned: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'lident',
  'uident',
  'int',
  '(',
  '{',
  '!',
  'begin',
  'let',
  'if',
  'match',
  'for',
])

const simplePattern: readonly TokenKind[] = [
  '_',
  'lident',
  'uident',
  'int',
  'float',
  'char',
  'string',
  '(',
  '[',
  '[|',
  '{',
  '`',
  'true',
  'false',
  '-',
  '+',
  '#',
  '[%',
  'quoted-extension',
]

export const startsSimplePattern: ReadonlySet<TokenKind> = new Set(simplePattern)

export const startsParameter: ReadonlySet<TokenKind> = new Set<TokenKind>([
  ...simplePattern,
  'label',
  'optional-label',
  '~',
  '?',
])

export const startsSimpleType: ReadonlySet<TokenKind> = new Set<TokenKind>([
  '_',
  'lident',
  'uident',
  "'",
  '(',
  '[',
  '[<',
  '[>',
  '<',
  '#',
  '[%',
  'quoted-extension',
])

const item: readonly TokenKind[] = [
  'type',
  'external',
  'exception',
  'module',
  'open',
  'include',
  'class',
  '[@@@',
  '[%%',
  'quoted-item-extension',
]

export const startsStructureItem: ReadonlySet<TokenKind> = new Set<TokenKind>(['let', 'val', ...item])
export const startsSignatureItem: ReadonlySet<TokenKind> = new Set<TokenKind>(['val', ...item])

export const startsModule: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'uident',
  'struct',
  'functor',
  '(',
  '[%',
  'quoted-extension',
])

export const startsModuleType: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'uident',
  'lident',
  'sig',
  'functor',
  'module',
  '(',
  '[%',
  'quoted-extension',
])
