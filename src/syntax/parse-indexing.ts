/** `a.(i)`, `s.[i]`, `b.{i, j}`, and user-defined indexing operators such as `m.%{i; j}`. */

import type { Region } from '../base/region.ts'
import type { Expression, LongName } from './ast.ts'
import { applyExpression, identPath, noAttributes } from './nodes.ts'
import { extendPath } from './parse-names.ts'
import type { Indexing, Parser } from './parser.ts'
import { startsExpression } from './token-sets.ts'
import type { Token } from './tokens.ts'

type Bracket = Indexing['bracket']

const closing = { '(': ')', '[': ']', '{': '}' } as const

function isBracket(kind: string): kind is Bracket {
  return kind === '(' || kind === '[' || kind === '{'
}

/** Whether the dot at which the parser stands begins an indexing: `.(` or `.M.N.%`. */
export function atIndexing(p: Parser): boolean {
  let distance = 1
  if (isBracket(p.peek(1).kind)) return true
  while (p.peek(distance).kind === 'uident' && p.peek(distance + 1).kind === '.') distance += 2
  return p.peek(distance).kind === 'uident' && p.peek(distance + 1).kind === 'dot-operator'
}

/** The parser stands at the dot or at the dot operator. */
export function parseIndexing(p: Parser, collection: Expression): Indexing {
  if (p.kind === '.' && isBracket(p.peek(1).kind)) return parseBuiltInIndexing(p, collection)
  const modules = parseModules(p)
  const { text } = p.expect('dot-operator')
  if (!isBracket(p.kind)) p.fail("'(', '[' or '{'")
  const bracket = p.kind
  const open = p.advance()
  const indices = parseIndices(p)
  p.expectClosing(closing[bracket], open)
  return { collection, bracket, indices, operator: { modules, text } }
}

function parseModules(p: Parser): LongName | undefined {
  let path: LongName | undefined
  while (p.accept('.')) {
    const token: Token = p.expect('uident')
    path = path === undefined ? identPath(token.text, p.tokenRegion(token)) : extendPath(path, token, p)
  }
  return path
}

/** Separated by semicolons. */
function parseIndices(p: Parser): readonly Expression[] {
  const indices = [p.grammar.expression(p)]
  while (p.accept(';')) {
    if (!startsExpression.has(p.kind)) break
    indices.push(p.grammar.expression(p))
  }
  return indices
}

function parseBuiltInIndexing(p: Parser, collection: Expression): Indexing {
  p.advance()
  const bracket = p.kind as Bracket
  const open = p.advance()
  const index = p.grammar.sequence(p)
  p.expectClosing(closing[bracket], open)
  const indices = bracket === '{' && index.kind === 'tuple' ? index.elements : [index]
  return { collection, bracket, indices, operator: undefined }
}

// ---------------------------------------------------------------------------------------------------------
// The function that an indexing stands for

/** Reading, or writing when there is a value. */
export function indexExpression(
  indexing: Indexing,
  value: Expression | undefined,
  region: Region,
): Expression {
  const path = functionPath(indexing, value !== undefined, region)
  const fn: Expression = { kind: 'ident', path, region, attributes: noAttributes }
  const operands = [
    indexing.collection,
    ...packedIndices(indexing, region),
    ...(value === undefined ? [] : [value]),
  ]
  return applyExpression(fn, operands, region)
}

/** Several indices are one array, except for bigarrays of two and three dimensions. */
function packedIndices(indexing: Indexing, region: Region): readonly Expression[] {
  const { indices, operator } = indexing
  if (indices.length === 1 || (operator === undefined && indices.length <= 3)) return indices
  return [{ kind: 'array', elements: indices, region, attributes: noAttributes }]
}

function functionPath(indexing: Indexing, assigns: boolean, region: Region): LongName {
  const { bracket, indices, operator } = indexing
  if (operator === undefined) return builtInPath(bracket, indices.length, assigns ? 'set' : 'get', region)
  const several = indices.length > 1 ? ';..' : ''
  const name = `${operator.text}${bracket}${several}${closing[bracket]}${assigns ? '<-' : ''}`
  if (operator.modules === undefined) return identPath(name, region)
  return { kind: 'dot', prefix: operator.modules, name, region }
}

const bigarrays = ['', 'Array1', 'Array2', 'Array3']

function builtInPath(bracket: Bracket, dimensions: number, name: string, region: Region): LongName {
  const path = (prefix: LongName, last: string): LongName => ({ kind: 'dot', prefix, name: last, region })
  if (bracket === '(') return path(identPath('Array', region), name)
  if (bracket === '[') return path(identPath('String', region), name)
  return path(path(identPath('Bigarray', region), bigarrays[dimensions] ?? 'Genarray'), name)
}
