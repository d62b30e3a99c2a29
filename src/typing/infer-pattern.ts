/**
 * Patterns: each form is inferred against the type that is expected of it. The variables that a pattern binds
 * are collected on the way; both sides of an or-pattern bind the same idents.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { aliasType, openRowType } from './alias-type.ts'
import { type Context, expecting, warn } from './context.ts'
import { recordDefinition, resolveConstructor, resolveLabels } from './disambiguate.ts'
import { addModule, type Env, openComponents } from './env.ts'
import { expandHead } from './expand.ts'
import { generaliseStructure } from './generalise.ts'
import { freshIdent, type Ident } from './ident.ts'
import { constantOf, typeOfConstant } from './infer-constant.ts'
import { instance, instanceAll, instanceLabel, instancePoly } from './instance.ts'
import { bindLocally } from './levels.ts'
import { lookupModule, lookupType, printLongName } from './lookup.ts'
import { expectOpen } from './open-usage.ts'
import { argumentOf, constructorTypes } from './pattern-constructor.ts'
import {
  addNamedType,
  checkPatternScopes,
  type PatternScope,
  type PatternVariable,
  unifyPattern,
} from './pattern-scope.ts'
import { arrayOf, charType, lazyOf } from './predef.ts'
import { box, concat, renderMessage, space } from './pretty.ts'
import { failMismatch } from './print-mismatch.ts'
import { printTypePath } from './print-type.ts'
import { flattenRow } from './rows.ts'
import { rowFieldState } from './subst.ts'
import { translateType } from './translate-type.ts'
import { constructorType, currentLevel, inNewLevel, newType, newVariable, tupleType } from './type-graph.ts'
import type { Pattern } from './typed-tree.ts'
import {
  type ConstructorDescription,
  type LabelDescription,
  type RowField,
  repr,
  type Type,
} from './types.ts'
import { unify } from './unify.ts'
import { failUninterpreted } from './uninterpreted.ts'
import { unusedModule } from './usage.ts'

type Case<Kind extends ast.Pattern['kind']> = Extract<ast.Pattern, { kind: Kind }>

export function inferPattern(scope: PatternScope, p: ast.Pattern, expected: Type): Pattern {
  const { env } = scope
  const base = { region: p.region, type: expected, env, attributes: p.attributes }
  switch (p.kind) {
    case 'any':
      return { ...base, kind: 'any' }
    case 'variable':
      return { ...base, kind: 'variable', ident: bindVariable(scope, p.name, expected, false, p.region) }
    case 'alias':
      return inferAlias(scope, p, expected)
    case 'constant':
      return inferConstant(scope.env, p, expected)
    case 'interval':
      return inferInterval(scope.env, p, expected)
    case 'tuple':
      return inferTuple(scope, p, expected)
    case 'construct':
      return inferConstruct(scope, p, expected)
    case 'variant':
      return inferVariant(scope, p, expected)
    case 'record':
      return inferRecord(scope, p, expected)
    case 'array':
      return inferArray(scope, p, expected)
    case 'or':
      return inferOr(scope, p, expected)
    case 'constraint':
      return inferConstraint(scope, p, expected)
    case 'type':
      return inferTypePattern(scope, p, expected)
    case 'lazy':
      return inferLazy(scope, p, expected)
    case 'open':
      return inferOpen(scope, p, expected)
    case 'unpack':
      return inferUnpack(scope, p, expected)
    case 'exception':
      return fail(p.region, 'Exception patterns are not allowed in this position.')
    case 'effect':
      return fail(p.region, 'Effect patterns must be at the top level of a match case.')
    case 'extension':
      return failUninterpreted(p.region, p.name)
  }
}

function bindVariable(
  scope: PatternScope,
  name: ast.Name,
  type: Type,
  alias: boolean,
  region = name.region,
): Ident {
  if (scope.variables.has(name.text)) {
    fail(region, `Variable ${name.text} is bound several times in this matching`)
  }
  const known = scope.reuse?.get(name.text)
  const ident = known?.ident ?? freshIdent(name.text)
  scope.variables.set(name.text, { ident, type, region, alias, module: undefined })
  return ident
}

function unifyOrVariable(env: Env, region: Region, left: PatternVariable, right: PatternVariable): void {
  try {
    unify(env, left.type, right.type)
  } catch (error) {
    failMismatch(env, region, error, {
      got: `The variable ${left.ident.name} on the left-hand side of this or-pattern has type`,
      expected: 'but on the right-hand side it has type',
    })
  }
}

function inferAlias(scope: PatternScope, p: Case<'alias'>, expected: Type): Pattern {
  const { env } = scope
  const pattern = inferPattern(scope, p.pattern, expected)
  const type = namedType(env, p.pattern, pattern)
  const ident = bindVariable(scope, p.name, type, true, p.region)
  return {
    region: p.region,
    type: pattern.type,
    env,
    attributes: p.attributes,
    kind: 'alias',
    pattern,
    ident,
  }
}

/** A constraint fixes the type of the name too; `#t as x` is known by its declaration. */
function namedType(env: Env, source: ast.Pattern, pattern: Pattern): Type {
  if (source.kind === 'constraint') return pattern.type
  if (source.kind === 'type') return openRowType(typePatternRow(env, source))
  return aliasType(env, pattern)
}

function inferConstant(env: Env, p: Case<'constant'>, expected: Type): Pattern {
  const constant = constantOf(p.constant, p.region)
  unifyPattern(env, p.region, typeOfConstant(constant), instance(expected))
  return { region: p.region, type: expected, env, attributes: p.attributes, kind: 'constant', constant }
}

/** `'a'..'z'` is an or-pattern of characters. */
function inferInterval(env: Env, p: Case<'interval'>, expected: Type): Pattern {
  if (p.low.kind !== 'char' || p.high.kind !== 'char') {
    fail(p.region, 'Only character intervals are supported in patterns.')
  }
  unifyPattern(env, p.region, instance(charType), instance(expected))
  const base = { region: p.region, type: expected, env, attributes: p.attributes }
  const low = Math.min(p.low.code, p.high.code)
  const high = Math.max(p.low.code, p.high.code)
  const each = (code: number): Pattern => ({ ...base, kind: 'constant', constant: { kind: 'char', code } })
  let result = each(high)
  for (let code = high - 1; code >= low; code -= 1)
    result = { ...base, kind: 'or', left: each(code), right: result }
  return result
}

/**
 * The types of the parts of a pattern, such that `whole` of them is the expected type. Their structure is their own: what later
 * patterns learn about instances of it does not change it.
 */
function partTypes(
  env: Env,
  region: Region,
  count: number,
  whole: (parts: readonly Type[]) => Type,
  expected: Type,
): readonly Type[] {
  const parts = inNewLevel(() => {
    const unknown = Array.from({ length: count }, () => newVariable())
    unifyPattern(env, region, whole(unknown), instance(expected))
    return unknown
  })
  parts.forEach(generaliseStructure)
  return parts
}

function inferTuple(scope: PatternScope, p: Case<'tuple'>, expected: Type): Pattern {
  const { env } = scope
  const types = partTypes(env, p.region, p.elements.length, tupleType, expected)
  const elements = p.elements.map((element, i) => inferPattern(scope, element, types[i] as Type))
  return { region: p.region, type: expected, env, attributes: p.attributes, kind: 'tuple', elements }
}

function inferArray(scope: PatternScope, p: Case<'array'>, expected: Type): Pattern {
  const { env } = scope
  const [element] = partTypes(env, p.region, 1, ([only]) => arrayOf(only as Type), expected)
  const elements = p.elements.map((each) => inferPattern(scope, each, element as Type))
  return { region: p.region, type: expected, env, attributes: p.attributes, kind: 'array', elements }
}

function inferLazy(scope: PatternScope, p: Case<'lazy'>, expected: Type): Pattern {
  const { env } = scope
  const [type] = partTypes(env, p.region, 1, ([only]) => lazyOf(only as Type), expected)
  const pattern = inferPattern(scope, p.pattern, type as Type)
  return { region: p.region, type: expected, env, attributes: p.attributes, kind: 'lazy', pattern }
}

function inferConstraint(scope: PatternScope, p: Case<'constraint'>, expected: Type): Pattern {
  const { env } = scope
  if (p.pattern.kind === 'unpack') return inferUnpack(scope, { ...p.pattern, type: p.type }, expected)
  const type = inNewLevel(() => translateType({ env, variables: scope.cx.variables, policy: 'open' }, p.type))
  generaliseStructure(type)
  unifyPattern(env, p.region, instance(type), instance(expected))
  const pattern = inferPattern(scope, p.pattern, type)
  if (p.pattern.kind === 'variable') keepAnnotation(scope, p.pattern.name.text)
  return pattern
}

/** A variable that is annotated with the type of a channel has that. */
function keepAnnotation({ variables }: PatternScope, name: string): void {
  const variable = variables.get(name)
  if (variable !== undefined) variables.set(name, { ...variable, annotated: true })
}

/** What the opened module brings in is not known outside, the types and equations that the pattern adds are. */
function inferOpen(scope: PatternScope, p: Case<'open'>, expected: Type): Pattern {
  const outside = scope.env
  const { path, components } = lookupModule(outside, p.path)
  if (components.kind === 'structure') {
    const usage = expectOpen(outside, path, { override: false, region: p.region })
    scope.env = openComponents(outside, components, usage)
  }
  const named = scope.namedTypes.length
  const pattern = inferPattern(scope, p.pattern, expected)
  const { equations } = scope.env
  scope.env = scope.namedTypes.slice(named).reduce(addNamedType, { ...outside, equations })
  return pattern
}

/** What a structure or a class defines has no end, so nothing would keep the module's types from leaving. */
const mayUnpack = ({ unrefined }: PatternScope): boolean =>
  unrefined !== 'toplevel bindings' && unrefined !== 'bindings inside class definition'

function inferUnpack(scope: PatternScope, p: Case<'unpack'>, expected: Type): Pattern {
  const { env } = scope
  if (p.type !== undefined) {
    const type = translateType({ env, variables: scope.cx.variables, policy: 'open' }, p.type)
    unifyPattern(env, p.region, type, instance(expected))
  }
  const base = { region: p.region, type: expected, env, attributes: p.attributes }
  if (p.name === undefined) return { ...base, kind: 'any' }
  if (!mayUnpack(scope)) fail(p.region, 'Modules are not allowed in this pattern.')
  const ident = bindVariable(scope, p.name, expected, false)
  const module = p.name.region
  scope.variables.set(p.name.text, { ident, type: expected, region: p.region, alias: false, module })
  return { ...base, kind: 'variable', ident }
}

// ---------------------------------------------------------------------------------------------------------
// Constructors

/** The patterns of a constructor's arguments, as many as it has. */
function argumentPatterns(argument: ast.Pattern | undefined, arity: number): readonly ast.Pattern[] {
  if (argument === undefined) return []
  if (argument.kind === 'tuple' && arity > 1) return argument.elements
  if (argument.kind === 'any' && arity > 1) return Array.from({ length: arity }, () => argument)
  if (argument.kind === 'any' && arity === 0) return []
  return [argument]
}

/** An annotated wildcard stands for all arguments, if there are any. */
const annotatedPatterns = (argument: ast.Pattern | undefined, arity: number): readonly ast.Pattern[] =>
  arity === 0 && argument !== undefined ? [argument] : argumentPatterns(argument, arity)

export function arityMessage(name: string, expected: number, given: number): string {
  const doc = box(
    0,
    `The constructor ${name}`,
    space,
    `expects ${expected} argument(s),`,
    space,
    `but is applied here to ${given} argument(s)`,
  )
  return renderMessage(doc)
}

function mentionsLiteral(p: ast.Pattern): boolean {
  switch (p.kind) {
    case 'constant':
    case 'interval':
      return true
    case 'exception':
    case 'constraint':
    case 'alias':
    case 'lazy':
    case 'open':
      return mentionsLiteral(p.pattern)
    case 'variant':
    case 'construct':
      return p.argument !== undefined && mentionsLiteral(p.argument)
    case 'tuple':
    case 'array':
      return p.elements.some(mentionsLiteral)
    case 'record':
      return p.fields.some((field) => mentionsLiteral(field.pattern))
    case 'or':
      return mentionsLiteral(p.left) || mentionsLiteral(p.right)
    default:
      return false
  }
}

function warnLiterals(
  cx: Context,
  args: readonly ast.Pattern[],
  { attributes }: ConstructorDescription,
): void {
  if (!attributes.some(({ name }) => /^(ocaml\.)?warn_on_literal_pattern$/.test(name))) return
  const message =
    "Code should not depend on the actual values of\nthis constructor's arguments. They are only for information\nand may change in future versions. (See manual section 11.5)"
  for (const { region } of args.filter(mentionsLiteral))
    warn(cx, region, 52, 'fragile-literal-pattern', message)
}

function inferConstruct(scope: PatternScope, p: Case<'construct'>, expected: Type): Pattern {
  const { env } = scope
  const { description } = resolveConstructor(env, {
    name: p.path,
    role: 'pattern',
    expected: expecting(expected),
  })
  const { argument, annotation } = argumentOf(p, description)
  const given =
    annotation === undefined
      ? argumentPatterns(argument, description.arity)
      : annotatedPatterns(argument, description.arity)
  if (given.length !== description.arity) {
    fail(p.region, arityMessage(printLongName(p.path), description.arity, given.length))
  }
  if (argument?.kind === 'any' && description.arity === 0) {
    warn(
      scope.cx,
      argument.region,
      28,
      'wildcard-arg-to-constant-constr',
      'wildcard pattern given as argument to a constant constructor',
    )
  }
  warnLiterals(scope.cx, given, description)
  const types = constructorTypes(scope, p, description, annotation, expected)
  const args =
    description.inlined === undefined
      ? given.map((each, i) => inferPattern(scope, each, types.arguments[i] as Type))
      : [inferInlined(scope, given[0] as ast.Pattern, description.inlined, types.labels, types.arguments[0])]
  return {
    region: p.region,
    type: expected,
    env,
    attributes: p.attributes,
    kind: 'construct',
    constructor: description,
    arguments: args,
  }
}

/** `type` is the inline record's. */
export function notInlineField(env: Env, name: string, type: Type): string {
  const { desc } = repr(type)
  const owner = desc.kind === 'constructor' ? printTypePath(env, desc.path) : ''
  return renderMessage(
    box(0, `The field ${name} is not part of the record argument for the ${owner} constructor`),
  )
}

/** The argument of a constructor with an inline record. */
function inferInlined(
  scope: PatternScope,
  p: ast.Pattern,
  labels: readonly LabelDescription[],
  types: readonly Type[],
  type: Type = newVariable(),
): Pattern {
  const { env } = scope
  const base = { region: p.region, type, env, attributes: p.attributes }
  if (p.kind === 'any') return { ...base, kind: 'any' }
  if (p.kind === 'variable')
    return { ...base, kind: 'variable', ident: bindVariable(scope, p.name, type, false, p.region) }
  if (p.kind === 'alias') {
    const pattern = inferInlined(scope, p.pattern, labels, types, type)
    return { ...base, kind: 'alias', pattern, ident: bindVariable(scope, p.name, type, true, p.region) }
  }
  if (p.kind !== 'record') fail(p.region, 'This constructor expects an inlined record argument.')
  const fields = p.fields.map((field) => {
    const index = labels.findIndex((each) => each.name === lastName(field.path))
    const label = labels[index]
    if (label === undefined) {
      const shown = printLongName(field.path)
      fail(field.path.region, notInlineField(env, shown, type))
    }
    return { label, pattern: inferField(scope, field.pattern, types[index] as Type) }
  })
  fields.sort((a, b) => a.label.position - b.label.position)
  warnMissingFields(
    scope.cx,
    p,
    fields.map(({ label }) => label),
    labels,
  )
  return { ...base, kind: 'record', fields, closed: !p.open }
}

const lastName = (name: ast.LongName): string => (name.kind === 'apply' ? '' : name.name)

// ---------------------------------------------------------------------------------------------------------
// Polymorphic variants

function inferVariant(scope: PatternScope, p: Case<'variant'>, expected: Type): Pattern {
  const { env } = scope
  const argumentType = p.argument === undefined ? undefined : inNewLevel(() => newVariable())
  const field: RowField = {
    state: {
      kind: 'either',
      constant: argumentType === undefined,
      arguments: argumentType === undefined ? [] : [argumentType],
      matched: true,
    },
  }
  const row = { fields: new Map([[p.tag, field]]), more: newVariable(), closed: false, fixed: false }
  const type = newType({ kind: 'variant', row })
  unifyPattern(env, p.region, type, instance(expected))
  if (argumentType !== undefined) generaliseStructure(argumentType)
  const known = tagArgument(env, p.tag, expected) ?? argumentType
  const argument = p.argument === undefined ? undefined : inferPattern(scope, p.argument, known as Type)
  const base = { region: p.region, type: expected, env, attributes: p.attributes }
  return { ...base, kind: 'variant', tag: p.tag, argument, row: expected }
}

/** What the matched type says of the tag's argument: not of the instance that the pattern's row has become one with. */
function tagArgument(env: Env, tag: string, type: Type): Type | undefined {
  const { desc } = expandHead(env, type)
  const field = desc.kind === 'variant' ? flattenRow(desc.row).fields.get(tag) : undefined
  const state = field === undefined ? undefined : rowFieldState(field)
  return state?.kind === 'present' ? state.argument : undefined
}

/** The polymorphic variant type that `#t` names. */
function typePatternRow(env: Env, p: Case<'type'>): Type {
  const { path, description } = lookupType(env, p.path)
  const head = expandHead(env, constructorType(path, instanceAll(description.parameters)))
  if (head.desc.kind === 'variant') return head
  return fail(p.region, `The type ${printLongName(p.path)} is not a variant type`)
}

/** The row that `#t` matches, under its name. */
function matchedRow(env: Env, p: Case<'type'>, tags: readonly (readonly [string, RowField])[]): Type {
  const fields = new Map<string, RowField>()
  for (const [tag, field] of tags) {
    const state = rowFieldState(field)
    if (state.kind !== 'present') continue
    const args = state.argument === undefined ? [] : [state.argument]
    fields.set(tag, {
      state: { kind: 'either', constant: args.length === 0, arguments: args, matched: true },
    })
  }
  const { path, description } = lookupType(env, p.path)
  const name = { path, arguments: description.parameters.map(() => newVariable()) }
  return newType({ kind: 'variant', row: { fields, more: newVariable(), closed: false, fixed: false, name } })
}

/** `#t` matches any tag of the polymorphic variant type `t`. */
function inferTypePattern(scope: PatternScope, p: Case<'type'>, expected: Type): Pattern {
  const { env } = scope
  const { desc } = typePatternRow(env, p)
  const tags = desc.kind === 'variant' ? [...flattenRow(desc.row).fields] : []
  unifyPattern(env, p.region, matchedRow(env, p, tags), instance(expected))
  const patterns = tags.map(([tag, field]): ast.Pattern => {
    const state = rowFieldState(field)
    const constant = state.kind === 'present' && state.argument === undefined
    const any: ast.Pattern = { kind: 'any', region: p.region, attributes: [] }
    const own = { kind: 'variant' as const, tag, region: p.region, attributes: [] }
    return constant ? own : { ...own, argument: any }
  })
  const last = patterns.pop()
  if (last === undefined) fail(p.region, `The type ${printLongName(p.path)} is not a variant type`)
  const whole = patterns.reduceRight<ast.Pattern>(
    (right, left) => ({ kind: 'or', left, right, region: p.region, attributes: [] }),
    last,
  )
  return inferPattern(scope, whole, expected)
}

// ---------------------------------------------------------------------------------------------------------
// Records

function inferRecord(scope: PatternScope, p: Case<'record'>, expected: Type): Pattern {
  const { env } = scope
  const place = { expected: expecting(expected), subject: 'This record pattern is expected to have' }
  const definition = recordDefinition(env, expected)
  const names = p.fields.map((field) => field.path)
  const labels = resolveLabels(env, names, 'read', false, definition, place, p.region)
  checkRepeated(labels, p.region)
  const recordType = definition.kind === 'known' ? expected : newVariable()
  const pairs = p.fields.map((field, i) => ({ field, label: labels[i] as LabelDescription }))
  pairs.sort((a, b) => a.label.position - b.label.position)
  const fields = pairs.map(({ field, label }) => {
    const { type } = inNewLevel(() => {
      const types = instanceLabel(label)
      unifyLabel(scope.env, field.path, types.record, instance(recordType))
      return types
    })
    generaliseStructure(type)
    return { label, pattern: inferField(scope, field.pattern, type) }
  })
  unifyPattern(scope.env, p.region, recordType, instance(expected))
  warnMissingFields(scope.cx, p, labels, labels[0]?.all ?? [])
  return {
    region: p.region,
    type: expected,
    env,
    attributes: p.attributes,
    kind: 'record',
    fields,
    closed: !p.open,
  }
}

/** A pattern without `; _` is meant to name all fields. */
function warnMissingFields(
  cx: Context,
  { region, open }: Case<'record'>,
  written: readonly LabelDescription[],
  all: readonly LabelDescription[],
): void {
  const missing = all.filter((label) => !written.some(({ position }) => position === label.position))
  if (open || missing.length === 0) return
  const list = missing.map(({ name }) => name).join(', ')
  const message = `the following labels are not bound in this record pattern:\n${list}\nEither bind these labels explicitly or add '; _' to the pattern.`
  warn(cx, region, 9, 'missing-record-field-pattern', message)
}

/** A polymorphic field's variable is as polymorphic as the field. */
function inferField(scope: PatternScope, p: ast.Pattern, type: Type): Pattern {
  const t = repr(type)
  if (t.desc.kind !== 'poly') return inferPattern(scope, p, t)
  if (t.desc.variables.length === 0) return inferPattern(scope, p, t.desc.body)
  if (p.kind === 'variable' || p.kind === 'any' || p.kind === 'alias') return inferPattern(scope, p, t)
  return inferPattern(scope, p, instancePoly(t.desc.variables, t.desc.body).body)
}

export function checkRepeated(labels: readonly LabelDescription[], region: Region): void {
  const seen = new Set<string>()
  for (const { name } of labels) {
    if (seen.has(name)) fail(region, `The record field label ${name} is defined several times`)
    seen.add(name)
  }
}

export function unifyLabel(env: Env, name: ast.LongName, got: Type, expected: Type): void {
  try {
    unify(env, got, expected)
  } catch (error) {
    failMismatch(env, name.region, error, {
      got: concat('The record field ', printLongName(name), space, 'belongs to the type'),
      expected: 'but is mixed here with fields of type',
    })
  }
}

// ---------------------------------------------------------------------------------------------------------
// Or-patterns

/** What one side learns of types holds for that side only, so no variable's type may depend on it. */
function inferOr(scope: PatternScope, p: Case<'or'>, expected: Type): Pattern {
  const { env } = scope
  const [left, right] = inNewLevel(() => {
    const inner = { ...scope, equationLevel: currentLevel() }
    const first: PatternScope = { ...inner, variables: new Map() }
    const leftPattern = inferPattern(first, p.left, expected)
    const second: PatternScope = {
      ...inner,
      variables: new Map(),
      reuse: merged(scope.reuse, first.variables),
    }
    const rightPattern = inferPattern(second, p.right, expected)
    return [
      { pattern: leftPattern, scope: first },
      { pattern: rightPattern, scope: second },
    ] as const
  })
  for (const side of [left, right]) checkOutlives(side.scope)
  unifyVariables(env, p.region, left.scope.variables, right.scope.variables)
  for (const [name, variable] of left.scope.variables) adopt(scope, name, variable)
  return {
    region: p.region,
    type: expected,
    env,
    attributes: p.attributes,
    kind: 'or',
    left: left.pattern,
    right: right.pattern,
  }
}

function checkOutlives({ env, variables }: PatternScope): void {
  for (const { type, region } of variables.values()) checkPatternScopes(env, region, type, currentLevel())
}

function merged(
  outer: PatternScope['reuse'],
  inner: ReadonlyMap<string, PatternVariable>,
): ReadonlyMap<string, PatternVariable> {
  return outer === undefined ? inner : new Map([...outer, ...inner])
}

function adopt(scope: PatternScope, name: string, variable: PatternVariable): void {
  if (scope.variables.has(name)) {
    fail(variable.region, `Variable ${name} is bound several times in this matching`)
  }
  scope.variables.set(name, variable)
}

type Variables = ReadonlyMap<string, PatternVariable>

/** Both sides must bind the same names, at the same types. */
function unifyVariables(env: Env, region: Region, left: Variables, right: Variables): void {
  for (const name of new Set([...left.keys(), ...right.keys()].sort())) {
    const one = left.get(name)
    const other = right.get(name)
    if (one === undefined || other === undefined) {
      fail(region, `Variable ${name} must occur on both sides of this | pattern`)
    }
    unifyOrVariable(env, region, one, other)
  }
}

// ---------------------------------------------------------------------------------------------------------
// Helpers for other forms

/** Adds the modules that `(module M)` patterns bind. */
function addUnpackedModules(cx: Context, env: Env, variables: Iterable<PatternVariable>): Env {
  let result = env
  for (const { ident, type, region, module } of variables) {
    if (module === undefined) continue
    env.store.usages.expect(module, ident.name, () => unusedModule(ident.name))
    result = addModule(result, ident, cx.modules.packageModuleType(env, instance(type), region), {
      region: module,
    })
  }
  return result
}

/** Runs `body` where the modules that the variables unpack are bound; no type that mentions one may leave it. */
export function withUnpackedModules<Result>(
  cx: Context,
  env: Env,
  variables: readonly PatternVariable[],
  body: (env: Env) => Result,
): Result {
  if (variables.every(({ module }) => module === undefined)) return body(env)
  return inNewLevel(() => {
    for (const { ident, module } of variables) if (module !== undefined) bindLocally(ident, currentLevel())
    return body(addUnpackedModules(cx, env, variables))
  })
}
