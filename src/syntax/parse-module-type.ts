/** Module types (manual, section 11.10), and the types of packages made from them. */

import { fail } from '../base/diagnostic.ts'
import type {
  FunctorParameter,
  LongName,
  ModuleType,
  PackageConstraint,
  TypeDeclaration,
  TypeExpression,
  WithConstraint,
} from './ast.ts'
import { name, noAttributes, withAttribute, withAttributes } from './nodes.ts'
import { parseAttributes, parseExtension, parseOneAttribute } from './parse-attributes.ts'
import {
  parseExtendedModulePath,
  parseLowerPath,
  parseModuleName,
  parseModulePath,
  parseModuleTypePath,
} from './parse-names.ts'
import { parsePlainType } from './parse-type.ts'
import { parseTypeConstraints, parseTypeParameters } from './parse-type-declaration.ts'
import type { Parser } from './parser.ts'

export function parseModuleType(p: Parser): ModuleType {
  p.enter()
  let type = parseModuleTypeAtom(p)
  for (;;) {
    if (p.kind === 'with') type = parseWith(p, type)
    else if (p.kind === '[@') type = withAttribute(type, parseOneAttribute(p))
    else if (p.kind === '->') type = parseArrow(p, type)
    else break
  }
  p.leave()
  return type
}

function parseModuleTypeAtom(p: Parser): ModuleType {
  switch (p.kind) {
    case 'uident':
    case 'lident':
      return parsePathModuleType(p)
    case 'sig':
      return parseSig(p)
    case 'functor':
      return parseFunctorType(p)
    case 'module':
      return parseTypeOf(p)
    case '(':
      return atFunctorParameter(p) ? parseShortFunctorType(p) : parseParenthesized(p)
    case '[%':
    case 'quoted-extension':
      return parseExtensionType(p)
    default:
      return p.fail('a module type')
  }
}

function parsePathModuleType(p: Parser): ModuleType {
  const path = parseModuleTypePath(p)
  return { kind: 'ident', path, region: path.region, attributes: noAttributes }
}

function parseExtensionType(p: Parser): ModuleType {
  const { start } = p.token
  const { name: extension, payload } = parseExtension(p)
  return { kind: 'extension', name: extension, payload, region: p.region(start), attributes: noAttributes }
}

function parseSig(p: Parser): ModuleType {
  const open = p.advance()
  const attributes = parseAttributes(p)
  const items = p.grammar.signature(p)
  p.expectClosing('end', open)
  return { kind: 'signature', items, region: p.region(open.start), attributes }
}

function parseParenthesized(p: Parser): ModuleType {
  const open = p.advance()
  const type = parseModuleType(p)
  p.expectClosing(')', open)
  return type
}

/** `module type of M` */
function parseTypeOf(p: Parser): ModuleType {
  const { start } = p.advance()
  p.expect('type')
  p.expect('of')
  const attributes = parseAttributes(p)
  const module = p.grammar.moduleExpression(p)
  return { kind: 'type-of', module, region: p.region(start), attributes }
}

// ---------------------------------------------------------------------------------------------------------
// Functors

interface ParsedParameter {
  readonly parameter: FunctorParameter
  readonly start: number
}

/** One functor node per parameter, each from its parameter on. */
export function functorType(p: Parser, parameters: readonly ParsedParameter[], body: ModuleType): ModuleType {
  let type = body
  for (let i = parameters.length - 1; i >= 0; i--) {
    const { parameter, start } = parameters[i]!
    type = { kind: 'functor', parameter, body: type, region: p.region(start), attributes: noAttributes }
  }
  return type
}

/** `functor (X : S) … -> T` */
function parseFunctorType(p: Parser): ModuleType {
  p.advance()
  const attributes = parseAttributes(p)
  const parameters = parseFunctorParameters(p)
  p.expect('->')
  const body = parseModuleType(p)
  return withAttributes(functorType(p, parameters, body), attributes)
}

function atFunctorParameter(p: Parser): boolean {
  const next = p.peek(1).kind
  return next === ')' || ((next === 'uident' || next === '_') && p.peek(2).kind === ':')
}

/** `(X : S) -> T`, as OCaml 5 allows */
function parseShortFunctorType(p: Parser): ModuleType {
  const parameters = parseFunctorParameters(p)
  p.expect('->')
  return functorType(p, parameters, parseModuleType(p))
}

/** `S -> T` */
function parseArrow(p: Parser, parameter: ModuleType): ModuleType {
  p.advance()
  const named: FunctorParameter = { kind: 'named', name: undefined, type: parameter }
  const { start } = parameter.region
  return functorType(p, [{ parameter: named, start }], parseModuleType(p))
}

/** One or more of `()`, `(X : S)`, `(_ : S)`. */
export function parseFunctorParameters(p: Parser): readonly ParsedParameter[] {
  const parameters: ParsedParameter[] = []
  do {
    const { start } = p.expect('(')
    parameters.push({ parameter: parseFunctorParameter(p), start })
  } while (p.kind === '(')
  return parameters
}

function parseFunctorParameter(p: Parser): FunctorParameter {
  if (p.accept(')')) return { kind: 'unit' }
  const parameter = parseModuleName(p)
  p.expect(':')
  const type = parseModuleType(p)
  p.expect(')')
  return { kind: 'named', name: parameter, type }
}

// ---------------------------------------------------------------------------------------------------------
// Constraints

function parseWith(p: Parser, type: ModuleType): ModuleType {
  p.advance()
  const constraints = [parseWithConstraint(p)]
  while (p.accept('and')) constraints.push(parseWithConstraint(p))
  return { kind: 'with', type, constraints, region: p.region(type.region.start), attributes: noAttributes }
}

function parseWithConstraint(p: Parser): WithConstraint {
  if (p.kind === 'type') return parseWithType(p)
  if (p.kind !== 'module') p.fail("'type' or 'module'")
  p.advance()
  return p.accept('type') ? parseWithModuleType(p) : parseWithModule(p)
}

/** `=` or `:=`; true for the latter, which removes what it names. */
function parseEquals(p: Parser): boolean {
  if (p.accept(':=')) return true
  p.expect('=')
  return false
}

function parseWithType(p: Parser): WithConstraint {
  const { start } = p.advance()
  const parameters = parseTypeParameters(p)
  const path = parseLowerPath(p)
  const destructive = parseEquals(p)
  const isPrivate = p.accept('private')
  const manifest = parsePlainType(p)
  const constraints = parseTypeConstraints(p)
  const declaration: TypeDeclaration = {
    name: name(lastName(path), path.region),
    parameters,
    definition: { kind: 'abstract' },
    private: isPrivate,
    manifest,
    constraints,
    region: p.region(start),
    attributes: noAttributes,
  }
  return { kind: 'type', path, declaration, destructive }
}

function lastName(path: LongName): string {
  return path.kind === 'apply' ? '' : path.name
}

function parseWithModule(p: Parser): WithConstraint {
  const path = parseModulePath(p)
  const destructive = parseEquals(p)
  return { kind: 'module', path, target: parseExtendedModulePath(p), destructive }
}

function parseWithModuleType(p: Parser): WithConstraint {
  const path = parseModuleTypePath(p)
  const destructive = parseEquals(p)
  return { kind: 'module-type', path, type: parseModuleType(p), destructive }
}

// ---------------------------------------------------------------------------------------------------------
// Packages

/** `S with type t = u and …`: a module type of that shape, as a type. */
export function parsePackageType(p: Parser): TypeExpression {
  const type = parseModuleType(p)
  const { region, attributes } = type
  if (type.kind === 'ident') return { kind: 'package', path: type.path, constraints: [], region, attributes }
  if (type.kind !== 'with' || type.type.kind !== 'ident') return failPackage(type, onlyIdentifiers)
  const constraints = type.constraints.map((constraint) => packageConstraint(type, constraint))
  return { kind: 'package', path: type.type.path, constraints, region, attributes }
}

const onlyIdentifiers = "only module type identifier and 'with type' constraints are supported"

function failPackage(type: ModuleType, message: string): never {
  return fail(type.region, `invalid package type: ${message}`)
}

function packageConstraint(type: ModuleType, constraint: WithConstraint): PackageConstraint {
  if (constraint.kind !== 'type' || constraint.destructive) {
    return failPackage(type, "only 'with type t =' constraints are supported")
  }
  const { declaration, path } = constraint
  if (declaration.parameters.length > 0) failPackage(type, 'parametrized types are not supported')
  if (declaration.constraints.length > 0) failPackage(type, 'constrained types are not supported')
  if (declaration.private) failPackage(type, 'private types are not supported')
  return { path, type: declaration.manifest! }
}
