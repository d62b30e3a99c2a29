/** Names and paths (manual, section 11.3). */

import type { LongName, Name } from './ast.ts'
import { identPath, name } from './nodes.ts'
import type { Parser } from './parser.ts'
import { keywords, type Token, type TokenKind } from './tokens.ts'

export function parseLowerName(p: Parser): Name {
  const token = p.expect('lident')
  return name(token.text, p.tokenRegion(token))
}

export function parseUpperName(p: Parser): Name {
  const token = p.expect('uident')
  return name(token.text, p.tokenRegion(token))
}

/** A module's name, or `_`, which is undefined. */
export function parseModuleName(p: Parser): Name | undefined {
  return p.accept('_') ? undefined : parseUpperName(p)
}

/** `x` with `prefix` before it, and a dot between them that is behind us. */
export function extendPath(prefix: LongName, token: Token, p: Parser): LongName {
  return { kind: 'dot', prefix, name: token.text, region: p.region(prefix.region.start) }
}

function tokenPath(p: Parser, token: Token): LongName {
  return identPath(token.text, p.tokenRegion(token))
}

/** `M.N.P` */
export function parseModulePath(p: Parser): LongName {
  let path = tokenPath(p, p.expect('uident'))
  while (p.accept('.')) path = extendPath(path, p.expect('uident'), p)
  return path
}

/** `M.N(P.Q).R`: a module path in which functors may be applied. */
export function parseExtendedModulePath(p: Parser): LongName {
  let path = tokenPath(p, p.expect('uident'))
  for (;;) {
    if (p.kind === '(') path = parsePathApplication(p, path)
    else if (p.accept('.')) path = extendPath(path, p.expect('uident'), p)
    else return path
  }
}

function parsePathApplication(p: Parser, functor: LongName): LongName {
  p.enter()
  p.advance()
  if (!p.at('uident')) p.expecting('module path')
  const argument = parseExtendedModulePath(p)
  p.expect(')')
  p.leave()
  return { kind: 'apply', functor, argument, region: p.region(functor.region.start) }
}

interface PathShape {
  readonly applies: boolean
  readonly last: 'lident' | 'any'
}

/** A path that ends with a name in lower case, or where `last` is 'any' with either. */
function parsePathTo(p: Parser, { applies, last }: PathShape): LongName {
  if (p.kind === 'lident') return tokenPath(p, p.advance())
  if (p.kind !== 'uident') p.fail('a name')
  let path = tokenPath(p, p.advance())
  for (;;) {
    if (p.at('(') && applies) path = parsePathApplication(p, path)
    else if (last === 'any' && !p.at('.')) return path
    else {
      p.expect('.')
      const isLast = !p.at('uident')
      path = extendPath(path, isLast ? p.expect('lident') : p.advance(), p)
      if (isLast) return path
    }
  }
}

/** `t`, `M.t`, `F(X).t` */
export function parseTypePath(p: Parser): LongName {
  return parsePathTo(p, { applies: true, last: 'lident' })
}

/** `c`, `M.c`: for labels and classes. */
export function parseLowerPath(p: Parser): LongName {
  return parsePathTo(p, { applies: false, last: 'lident' })
}

/** The name of a module type: the last name may be in lower case. */
export function parseModuleTypePath(p: Parser): LongName {
  return parsePathTo(p, { applies: true, last: 'any' })
}

// ---------------------------------------------------------------------------------------------------------
// Operators as names

/** The tokens that are operators by themselves. */
export const operatorKinds: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'prefix-operator',
  'let-operator',
  'and-operator',
  'hash-operator',
  '!',
  'comparison-operator',
  'concatenation-operator',
  'additive-operator',
  'multiplicative-operator',
  'power-operator',
  '+',
  '+.',
  '+=',
  '-',
  '-.',
  '*',
  '=',
  '<',
  '>',
  'or',
  '||',
  '&',
  '&&',
  ':=',
  '%',
])

/** Whether the current token is `(` and an operator's name is inside. */
export function atParenthesizedOperator(p: Parser): boolean {
  const next = p.peek(1)
  return (operatorKinds.has(next.kind) && p.peek(2).kind === ')') || next.kind === 'dot-operator'
}

/** How many tokens `( + )` or `( .%() )` has, at whose parenthesis the parser stands. */
export function parenthesizedOperatorLength(p: Parser): number {
  if (p.peek(1).kind !== 'dot-operator') return 3
  const brackets = p.peek(3).kind === ';' ? 4 : 2
  const assigns = p.peek(2 + brackets).kind === '<-' ? 1 : 0
  return 2 + brackets + assigns + 1
}

/** The operator between the parentheses, at which the parser stands. */
export function parseOperatorName(p: Parser): Name {
  const start = p.token.start
  const operator = p.kind === 'dot-operator' ? parseIndexOperatorName(p) : operatorText(p.advance())
  return name(operator, p.region(start))
}

function operatorText(token: Token): string {
  return token.text === '' ? token.kind : token.text
}

const closing = { '(': ')', '[': ']', '{': '}' } as const

/** `.%()`, `.%[]<-`, `.%{;..}` */
function parseIndexOperatorName(p: Parser): string {
  const dot = p.advance().text
  const open = p.kind
  if (open !== '(' && open !== '[' && open !== '{') p.fail()
  p.advance()
  const several = p.accept(';')
  if (several) p.expect('..')
  p.expect(closing[open])
  const assigns = p.accept('<-')
  return `${dot}${open}${several ? ';..' : ''}${closing[open]}${assigns ? '<-' : ''}`
}

/** `x` or `( + )`; the region of the latter includes the parentheses. */
export function parseValueName(p: Parser): Name {
  if (p.kind !== '(') return parseLowerName(p)
  const open = p.advance()
  if (!operatorKinds.has(p.kind) && !p.at('dot-operator')) p.expecting('operator')
  const { text } = parseOperatorName(p)
  p.expectClosing(')', open)
  return name(text, p.region(open.start))
}

// ---------------------------------------------------------------------------------------------------------
// Constructors

/** `A`, `()`, `[]`, `(::)`, `true`, `false`, as a declaration names them. */
export function parseConstructorName(p: Parser): Name {
  const start = p.token.start
  const text = constructorText(p)
  return name(text, p.region(start))
}

function constructorText(p: Parser): string {
  switch (p.kind) {
    case 'uident':
      return p.advance().text
    case 'true':
    case 'false':
      return p.advance().kind
    case '[':
      p.advance()
      p.expect(']')
      return '[]'
    case '(':
      return parenthesizedConstructor(p)
    default:
      return p.fail()
  }
}

function parenthesizedConstructor(p: Parser): string {
  p.advance()
  const text = p.accept('::') ? '::' : '()'
  p.expect(')')
  return text
}

// ---------------------------------------------------------------------------------------------------------
// Names of attributes, extensions and variant tags

/** `a.b.c`, where each part may be a keyword. */
export function parseAttributeName(p: Parser): string {
  let text = attributeWord(p)
  while (p.accept('.')) text += `.${attributeWord(p)}`
  return text
}

/** Words that are operators, `mod` and its kin, are no names. */
const attributeWords: ReadonlySet<TokenKind> = new Set<TokenKind>(['lident', 'uident', ...keywords])

function attributeWord(p: Parser): string {
  if (!attributeWords.has(p.kind)) p.fail()
  return p.advance().text
}

/** The name behind a backquote. */
export function parseTag(p: Parser): Name {
  const start = p.expect('`').start
  if (p.kind !== 'lident' && p.kind !== 'uident') p.fail()
  const { text } = p.advance()
  return name(text, p.region(start))
}
