/** Module expressions (manual, section 11.11). */

import type { Region } from '../base/region.ts'
import type { Attribute, Expression, FunctorParameter, ModuleExpression, TypeExpression } from './ast.ts'
import { noAttributes, withAttribute, withAttributes } from './nodes.ts'
import { parseAttributes, parseExtension, parseOneAttribute } from './parse-attributes.ts'
import { parseFunctorParameters } from './parse-module-type.ts'
import { parseModulePath } from './parse-names.ts'
import type { Parser } from './parser.ts'
import { startsModuleType } from './token-sets.ts'
import type { Token } from './tokens.ts'

export function parseModuleExpression(p: Parser): ModuleExpression {
  p.enter()
  let module = parseModuleAtom(p)
  for (;;) {
    if (p.kind === '(') module = parseApplication(p, module)
    else if (p.kind === '[@') module = withAttribute(module, parseOneAttribute(p))
    else break
  }
  p.leave()
  return module
}

function parseModuleAtom(p: Parser): ModuleExpression {
  switch (p.kind) {
    case 'uident':
      return parsePathModule(p)
    case 'struct':
      return parseStruct(p)
    case 'functor':
      return parseFunctor(p)
    case '(':
      return parseParenthesizedModule(p)
    case '[%':
    case 'quoted-extension':
      return parseExtensionModule(p)
    default:
      return p.fail('a module')
  }
}

function parsePathModule(p: Parser): ModuleExpression {
  const path = parseModulePath(p)
  return { kind: 'ident', path, region: path.region, attributes: noAttributes }
}

function parseExtensionModule(p: Parser): ModuleExpression {
  const { start } = p.token
  const { name, payload } = parseExtension(p)
  return { kind: 'extension', name, payload, region: p.region(start), attributes: noAttributes }
}

function parseStruct(p: Parser): ModuleExpression {
  const open = p.advance()
  const attributes = parseAttributes(p)
  const items = p.grammar.structure(p)
  p.expectClosing('end', open)
  return { kind: 'structure', items, region: p.region(open.start), attributes }
}

function parseFunctor(p: Parser): ModuleExpression {
  p.advance()
  const attributes = parseAttributes(p)
  const parameters = parseFunctorParameters(p)
  p.expect('->')
  const body = parseModuleExpression(p)
  return withAttributes(functorModule(p, parameters, body), attributes)
}

/** One functor node per parameter, each from its parameter on. */
function functorModule(
  p: Parser,
  parameters: readonly { readonly parameter: FunctorParameter; readonly start: number }[],
  body: ModuleExpression,
): ModuleExpression {
  let module = body
  for (let i = parameters.length - 1; i >= 0; i--) {
    const { parameter, start } = parameters[i]!
    module = { kind: 'functor', parameter, body: module, region: p.region(start), attributes: noAttributes }
  }
  return module
}

/** `F (M)` or `F ()`, the parser standing at the parenthesis. */
function parseApplication(p: Parser, functor: ModuleExpression): ModuleExpression {
  const { start } = functor.region
  if (p.peek(1).kind === ')') {
    p.advance()
    p.advance()
    return { kind: 'apply-unit', functor, region: p.region(start), attributes: noAttributes }
  }
  const argument = parseParenthesizedModule(p)
  return { kind: 'apply', functor, argument, region: p.region(start), attributes: noAttributes }
}

/** `(M)`, `(M : S)`, `(val e : S)`. Parentheses alone leave no trace in the region. */
function parseParenthesizedModule(p: Parser): ModuleExpression {
  const open = p.advance()
  if (p.kind === 'val') return parseUnpack(p, open.start)
  const module = parseModuleExpression(p)
  if (!p.accept(':')) {
    p.expectClosing(')', open)
    return module
  }
  const type = p.grammar.moduleType(p)
  p.expectClosing(')', open)
  return { kind: 'constraint', module, type, region: p.region(open.start), attributes: noAttributes }
}

/** `val e`, `val e : S`, `val e : S :> T`, `val e :> T` and the parenthesis */
function parseUnpack(p: Parser, start: number): ModuleExpression {
  const keyword = p.advance()
  const attributes = parseAttributes(p)
  const expression = p.grammar.expression(p)
  const open: Token = { ...keyword, kind: '(', start, end: start + 1 }
  const from = p.accept(':') ? parseUnpackedType(p, open) : undefined
  const to = p.accept(':>') ? parseCoercion(p, from === undefined ? open : undefined) : undefined
  if (from === undefined && to === undefined) {
    p.expectClosing(')', open)
  } else p.expect(')')
  return unpackModule(expression, from, to, p.region(start), attributes)
}

function parseUnpackedType(p: Parser, open: Token): TypeExpression {
  if (!startsModuleType.has(p.kind)) p.unclosed(open, ')')
  return p.grammar.packageType(p)
}

/** The type behind `:>`; without one before it, OCaml says that the parenthesis is open. */
function parseCoercion(p: Parser, open: Token | undefined): TypeExpression {
  return open === undefined ? p.grammar.packageType(p) : parseUnpackedType(p, open)
}

function unpackModule(
  expression: Expression,
  from: TypeExpression | undefined,
  to: TypeExpression | undefined,
  region: Region,
  attributes: readonly Attribute[],
): ModuleExpression {
  const node = { kind: 'unpack', expression, region, attributes } as const
  const withFrom = from === undefined ? node : { ...node, from }
  return to === undefined ? withFrom : { ...withFrom, to }
}

/** What follows a module's name in a binding: `(X : S) … : T = M`. */
export function parseModuleBinding(p: Parser): ModuleExpression {
  const parameters = p.kind === '(' ? parseFunctorParameters(p) : []
  return functorModule(p, parameters, parseBoundModule(p))
}

function parseBoundModule(p: Parser): ModuleExpression {
  const { start } = p.token
  const type = p.accept(':') ? p.grammar.moduleType(p) : undefined
  p.expect('=')
  const module = parseModuleExpression(p)
  if (type === undefined) return module
  return { kind: 'constraint', module, type, region: p.region(start), attributes: noAttributes }
}
