/**
 * Type expressions of the source → `Type`.
 *
 * Named variables live in `TypeVariables`. Where they may be introduced just by using them (annotations,
 * `val` declarations) the policy is `open`; in a type definition only the declared parameters exist
 * (`declared`). Variables made here have the level that the `TypeVariables` were made with: those of an
 * annotation stay monomorphic in the whole item, as in OCaml.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { addSignature, type Env, openComponents, scrapeModuleType } from './env.ts'
import { ExistentialNames } from './existential.ts'
import { expandHead } from './expand.ts'
import { generalise } from './generalise.ts'
import { instanceAll } from './instance.ts'
import { lowerLevel } from './levels.ts'
import { lookupClassType, lookupModule, lookupModuleType, lookupType, printLongName } from './lookup.ts'
import { fieldChain, methodsOf, methodType, type ObjectField, objectRow } from './object-fields.ts'
import { checkApplications } from './path-application.ts'
import { asynchronousOf, optionOf } from './predef.ts'
import { box, concat, type Doc, hovBox, renderMessage, space, vBox } from './pretty.ts'
import { printType, printTypes } from './print-type.ts'
import { flattenRow } from './rows.ts'
import { componentsOfDesc, rowFieldState } from './subst.ts'
import {
  arrowType,
  constructorType,
  currentLevel,
  inNewLevel,
  newType,
  newVariable,
  setDesc,
  synchronousType,
  tupleType,
} from './type-graph.ts'
import {
  type ArrowLabel,
  genericLevel,
  type ModuleType,
  type Row,
  type RowField,
  repr,
  type Type,
  type TypeDeclaration,
} from './types.ts'
import { UnifyError, unify } from './unify.ts'
import { failUninterpreted } from './uninterpreted.ts'

/** The named type variables of one item: declared, or introduced by their first use. */
export class TypeVariables {
  readonly level: number
  readonly existentialNames = new ExistentialNames()
  readonly #named = new Map<string, Type>()
  readonly #universals: Map<string, Type>[] = []

  readonly #outer: TypeVariables | undefined

  /** With `outer`, names are looked for there too. */
  constructor(level = currentLevel() + 1, outer?: TypeVariables) {
    this.level = level
    this.#outer = outer
  }

  find(name: string): Type | undefined {
    for (let i = this.#universals.length - 1; i >= 0; i -= 1) {
      const found = this.#universals[i]!.get(name)
      if (found !== undefined) return found
    }
    return this.#named.get(name) ?? this.#outer?.find(name)
  }

  add(name: string, type: Type): void {
    this.#named.set(name, type)
  }

  /** A name for a type that mentions quantified variables means nothing outside of their quantifier. */
  keepLocal(name: string, type: Type): boolean {
    const innermost = this.#universals.at(-1)
    const isLocal = this.#universals.some((map) =>
      [...map.values()].some((each) => occursIn(repr(each), type)),
    )
    if (innermost === undefined || !isLocal) return false
    innermost.set(name, type)
    return this.#named.delete(name)
  }

  names(): readonly string[] {
    return [...this.#named.keys()]
  }

  /** Runs `body` where these names are quantified. */
  quantified<Result>(variables: ReadonlyMap<string, Type>, body: () => Result): Result {
    this.#universals.push(new Map(variables))
    try {
      return body()
    } finally {
      this.#universals.pop()
    }
  }
}

export interface TypeContext {
  readonly env: Env
  readonly variables: TypeVariables
  readonly policy: 'open' | 'declared'
  /** Collects the type constructors that were applied, for checks that must wait. */
  readonly uses?: { readonly type: Type; readonly region: Region }[]
  /** The level of row variables, where it is not the current one. */
  readonly rowLevel?: number
  /** The types that are being defined, by stamp: nothing is known of them yet. */
  readonly incomplete?: ReadonlySet<number>
}

/** A type expression, at the current level. */
export function translateType(context: TypeContext, type: ast.TypeExpression): Type {
  switch (type.kind) {
    case 'any':
      return translateAny(context, type.region)
    case 'variable':
      return translateVariable(context, type.name, type.region)
    case 'arrow':
      return translateArrow(context, type)
    case 'synchronous':
      return synchronousType(translateType(context, type.parameter), translateType(context, type.result))
    case 'asynchronous':
      return asynchronousOf(translateType(context, type.argument))
    case 'tuple':
      return tupleType(type.elements.map((element) => translateType(context, element)))
    case 'constructor':
      return translateConstructor(context, type)
    case 'object':
      return translateObject(context, type)
    case 'class':
      return translateHash(context, type)
    case 'alias':
      return translateAlias(context, type)
    case 'variant':
      return translateVariant(context, type)
    case 'poly':
      return translatePoly(context, type)
    case 'package':
      return translatePackage(context, type)
    case 'open':
      return translateType({ ...context, env: opened(context.env, type.path) }, type.type)
    case 'extension':
      return failUninterpreted(type.region, type.name)
  }
}

/** What `M.(t)` sees. */
function opened(env: Env, path: ast.LongName): Env {
  const { components } = lookupModule(env, path)
  if (components.kind === 'structure') return openComponents(env, components)
  fail(path.region, `The module ${printLongName(path)} is a functor, it cannot have any components`)
}

/** The type of a `val` or `external`: all its variables are generalised. */
export function translateScheme(env: Env, type: ast.TypeExpression): Type {
  const scheme = inNewLevel(() =>
    translateType({ env, variables: new TypeVariables(currentLevel()), policy: 'open' }, type),
  )
  generalise(scheme)
  return scheme
}

function translateAny(context: TypeContext, region: Region): Type {
  if (context.policy === 'declared') fail(region, 'The type variable _ is unbound in this type declaration.')
  return newVariable()
}

function translateVariable({ variables, policy }: TypeContext, name: string, region: Region): Type {
  const known = variables.find(name)
  if (known !== undefined) return known
  if (policy === 'declared') fail(region, `The type variable '${name} is unbound in this type declaration. `)
  const variable = newVariable(name, variables.level)
  variables.add(name, variable)
  return variable
}

export function arrowLabelOf(label: ast.Label): ArrowLabel {
  if (label.kind === 'none') return ''
  return label.kind === 'labelled' ? `~${label.name}` : `?${label.name}`
}

function translateArrow(context: TypeContext, type: ast.TypeExpression & { kind: 'arrow' }): Type {
  const parameter = translateType(context, type.parameter)
  const result = translateType(context, type.result)
  const own = type.label.kind === 'optional' ? optionOf(parameter) : parameter
  return arrowType(arrowLabelOf(type.label), own, result)
}

// ---------------------------------------------------------------------------------------------------------
// Constructors

function translateConstructor(
  context: TypeContext,
  type: ast.TypeExpression & { kind: 'constructor' },
): Type {
  checkApplications(context.env, type.path)
  const entry = lookupType(context.env, type.path)
  const { arity } = entry.description
  const places =
    arity > 1 && isWildcard(type.arguments) ? new Array(arity).fill(type.arguments[0]) : type.arguments
  checkArity(type, places.length, arity)
  const args = places.map((argument) => translateType(context, argument))
  instantiateParameters(context.env, entry.description, args, places)
  const result = constructorType(entry.path, args)
  context.uses?.push({ type: result, region: type.region })
  return result
}

/** `_ t`: `_` for each parameter, however many there are. */
function isWildcard(args: readonly ast.TypeExpression[]): boolean {
  return args.length === 1 && args[0]?.kind === 'any'
}

function checkArity(
  type: ast.TypeExpression & { kind: 'constructor' | 'class' },
  given: number,
  arity: number,
): void {
  if (given === arity) return
  const doc = box(
    0,
    `The type constructor ${printLongName(type.path)}`,
    space,
    `expects ${arity} argument(s),`,
    space,
    `but is here applied to ${given} argument(s)`,
  )
  fail(type.region, renderMessage(doc))
}

/** Not restricted by a constraint, nor (in the class that is being defined) to be the same everywhere. */
function isUnrestricted(parameter: Type): boolean {
  const { desc, level } = repr(parameter)
  return desc.kind === 'variable' && level === genericLevel
}

/** Parameters that a `constraint` restricts restrict the arguments. */
function instantiateParameters(
  env: Env,
  declaration: TypeDeclaration,
  args: readonly Type[],
  places: readonly ast.TypeExpression[],
): void {
  if (declaration.parameters.every(isUnrestricted)) return
  instanceAll(declaration.parameters).forEach((parameter, i) => {
    const argument = args[i] as Type
    unifyAt(
      env,
      argument,
      parameter,
      (places[i] as ast.TypeExpression).region,
      'should be an instance of type',
    )
  })
}

function unifyAt(env: Env, actual: Type, expected: Type, region: Region, relation: string): void {
  try {
    unify(env, actual, expected)
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error
    const doc = box(0, 'This type ', printType(env, actual), space, relation, ' ', printType(env, expected))
    fail(region, renderMessage(doc))
  }
}

/** `#c`: any object that has the methods of class type c. */
function translateHash(context: TypeContext, type: ast.TypeExpression & { kind: 'class' }): Type {
  const { hashType } = lookupClassType(context.env, type.path).description
  checkArity(type, type.arguments.length, hashType.arity)
  const args = type.arguments.map((argument) => translateType(context, argument))
  const [result, ...parameters] = instanceAll([hashType.manifest as Type, ...hashType.parameters]) as [
    Type,
    ...Type[],
  ]
  parameters.forEach((parameter, i) => {
    const { region } = type.arguments[i] as ast.TypeExpression
    unifyAt(context.env, args[i] as Type, parameter, region, 'should be an instance of type')
  })
  return result
}

// ---------------------------------------------------------------------------------------------------------
// Aliases and quantified variables

function translateAlias(context: TypeContext, type: ast.TypeExpression & { kind: 'alias' }): Type {
  const known = context.variables.find(type.name)
  if (known !== undefined) {
    const translated = translateType(context, type.type)
    unifyAlias(context.env, translated, known, type.region)
    return known
  }
  const level = Math.min(context.variables.level, currentLevel())
  const variable = newVariable(type.name)
  context.variables.add(type.name, variable)
  const translated = translateType(context, type.type)
  unifyAlias(context.env, variable, translated, type.region)
  if (!context.variables.keepLocal(type.name, variable)) lowerLevel(context.env, variable, level)
  const row = rowVariable(variable)
  if (row.desc.kind === 'variable' && row.desc.name === undefined) {
    setDesc(row, { kind: 'variable', name: type.name })
  }
  return variable
}

function unifyAlias(env: Env, a: Type, b: Type, region: Region): void {
  try {
    unify(env, a, b)
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error
    const doc = box(
      0,
      'This alias is bound to type ',
      printType(env, b),
      space,
      'but is used as an instance of type ',
      printType(env, a),
    )
    fail(region, renderMessage(doc))
  }
}

/** The variable of an open row is not quantified with the variables of a polymorphic annotation around it. */
const openRow = (context: TypeContext): Type => newVariable(undefined, context.rowLevel ?? currentLevel())

function translatePoly(context: TypeContext, type: ast.TypeExpression & { kind: 'poly' }): Type {
  const inner = { ...context, rowLevel: context.rowLevel ?? currentLevel() }
  const { variables, body } = inNewLevel(() => {
    const quantified = new Map(type.variables.map((name) => [name.text, newVariable(name.text)]))
    const inside = context.variables.quantified(quantified, () => translateType(inner, type.type))
    return { variables: quantified, body: inside }
  })
  const used = [...variables].filter(([, variable]) => occursIn(repr(variable), body))
  const universals = used.map(([name, variable]) => makeUniversal(context, name, variable, type.region))
  return universals.length === 0 ? body : newType({ kind: 'poly', variables: universals, body })
}

/** What is quantified: the variable, or the row of the object or variant type that it was made to mean. */
function makeUniversal(context: TypeContext, name: string, variable: Type, region: Region): Type {
  const t = rowVariable(variable)
  const { desc } = t
  const escapes = t === repr(variable) && t.level <= currentLevel()
  if (desc.kind !== 'variable' || escapes) {
    const why = escapes
      ? 'it escapes its scope'
      : desc.kind === 'universal'
        ? 'it is already bound to another variable'
        : concat('it is bound to', space, printType(context.env, variable))
    const head = `The universal type variable '${name} cannot be generalized:`
    fail(region, renderMessage(hovBox(0, head, space, why, '.')))
  }
  quantify(t, desc.name)
  return t
}

function quantify(t: Type, name: string | undefined): void {
  setDesc(t, name === undefined ? { kind: 'universal' } : { kind: 'universal', name })
}

function rowVariable(type: Type): Type {
  const t = repr(type)
  if (t.desc.kind === 'object') return objectRow(t)
  return t.desc.kind === 'variant' ? repr(flattenRow(t.desc.row).more) : t
}

/** A type in which the variables that are not known yet are quantified: a public method's in a class type. */
export function translateQuantified(context: TypeContext, type: ast.TypeExpression): Type {
  const body = inNewLevel(() => {
    const variables = new TypeVariables(currentLevel(), context.variables)
    return translateType({ ...context, variables }, type)
  })
  if (repr(body).desc.kind === 'poly') return body
  const free = variablesAbove(currentLevel(), body)
  for (const t of free) if (t.desc.kind === 'variable') quantify(t, t.desc.name)
  return newType({ kind: 'poly', variables: free, body })
}

function variablesAbove(level: number, type: Type): readonly Type[] {
  const seen = new Set<Type>()
  const found: Type[] = []
  const visit = (at: Type): void => {
    const t = repr(at)
    if (seen.has(t)) return
    seen.add(t)
    if (t.desc.kind === 'variable' && t.level > level) found.push(t)
    componentsOfDesc(t.desc).forEach(visit)
  }
  visit(type)
  return found
}

function occursIn(target: Type, type: Type): boolean {
  const seen = new Set<Type>()
  const visit = (at: Type): boolean => {
    const t = repr(at)
    if (t === target) return true
    if (seen.has(t)) return false
    seen.add(t)
    return componentsOfDesc(t.desc).some(visit)
  }
  return visit(type)
}

// ---------------------------------------------------------------------------------------------------------
// Polymorphic variants

type VariantExpression = ast.TypeExpression & { kind: 'variant' }

/**
 * The row of a variant type in the making; `name` is that of the only inherited type, while it is the only
 * part.
 */
interface RowParts {
  readonly fields: Map<string, RowField>
  name: Row['name']
}

function translateVariant(context: TypeContext, type: VariantExpression): Type {
  const parts: RowParts = { fields: new Map(), name: undefined }
  for (const row of type.rows) {
    if (row.kind === 'tag') addTag(context, parts, type, row)
    else inheritRow(context, parts, type, row.type)
  }
  if (type.rows.length !== 1) parts.name = undefined
  checkBounds(type, parts)
  return newType({ kind: 'variant', row: rowOf(context, type, parts) })
}

/** In `[< … > `A ]` the tag A must be among the ones before it. */
function checkBounds(type: VariantExpression, { fields }: RowParts): void {
  const missing = type.required.find((tag) => !fields.has(tag))
  if (missing === undefined) return
  const doc = vBox(
    0,
    box(
      0,
      `The constructor ${missing} is missing from the upper bound (between '<'`,
      space,
      "and '>') of this polymorphic variant but is present in",
      space,
      "its lower bound (after '>').",
    ),
    space,
    box(0, `Hint: Either add \`${missing} in the upper bound, or remove it`, space, 'from the lower bound.'),
  )
  fail(type.region, renderMessage(doc))
}

function rowOf(context: TypeContext, type: VariantExpression, { fields, name }: RowParts): Row {
  const closed = type.bound !== 'open'
  const isStatic = closed && [...fields.values()].every((field) => field.state.kind === 'present')
  const more = isStatic ? newType({ kind: 'nil' }) : openRow(context)
  const row = { fields, more, closed, fixed: false }
  return name === undefined ? row : { ...row, name }
}

const isPresent = (type: VariantExpression, tag: string): boolean =>
  type.bound !== 'closed' || type.required.includes(tag)

function addTag(
  context: TypeContext,
  parts: RowParts,
  type: VariantExpression,
  row: ast.VariantRow & { kind: 'tag' },
): void {
  const args = row.types.map((argument) => translateType(context, argument))
  const either = !isPresent(type, row.name.text) || args.length > 1 || (row.constant && args.length > 0)
  const field: RowField = {
    state: either
      ? { kind: 'either', constant: row.constant, arguments: args, matched: false }
      : { kind: 'present', argument: args[0] },
  }
  parts.name = undefined
  addField(context.env, parts, row.name.text, field, type.region)
}

function addField(env: Env, parts: RowParts, tag: string, field: RowField, region: Region): void {
  const known = parts.fields.get(tag)
  if (known === undefined) parts.fields.set(tag, field)
  else unifyFields(env, tag, known, field, region)
}

function unifyFields(env: Env, tag: string, known: RowField, field: RowField, region: Region): void {
  const [a, b] = [known, field].map((f) => newType({ kind: 'variant', row: singleTag(tag, f) })) as [
    Type,
    Type,
  ]
  try {
    unify(env, a, b)
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error
    const doc = box(
      0,
      'This variant type contains a constructor ',
      printType(env, b),
      space,
      'which should be',
      space,
      printType(env, a),
    )
    fail(region, renderMessage(doc))
  }
}

function singleTag(tag: string, field: RowField): Row {
  return { fields: new Map([[tag, field]]), more: newType({ kind: 'nil' }), closed: true, fixed: false }
}

/** `[ t | … ]`: the tags of the exact variant type that t expands to. */
function inheritRow(
  context: TypeContext,
  parts: RowParts,
  type: VariantExpression,
  inherited: ast.TypeExpression,
): void {
  const translated = translateType(context, inherited)
  const expanded = repr(expandHead(context.env, translated))
  if (expanded.desc.kind !== 'variant') failNotVariant(context, inherited.region, translated)
  parts.name = nameOf(translated)
  for (const [tag, field] of flattenRow(expanded.desc.row).fields) {
    const state = rowFieldState(field)
    if (state.kind === 'absent') continue
    addField(context.env, parts, tag, inheritedField(type, tag, state), type.region)
  }
}

function inheritedField(type: VariantExpression, tag: string, state: RowField['state']): RowField {
  if (state.kind !== 'present' || isPresent(type, tag)) return { state }
  const args = state.argument === undefined ? [] : [state.argument]
  return { state: { kind: 'either', constant: args.length === 0, arguments: args, matched: false } }
}

function nameOf(type: Type): Row['name'] {
  const { desc } = repr(type)
  return desc.kind === 'constructor' ? { path: desc.path, arguments: desc.arguments } : undefined
}

function failNotVariant({ env, incomplete }: TypeContext, region: Region, type: Type): never {
  const { desc } = repr(type)
  if (desc.kind === 'constructor' && desc.path.kind === 'ident' && incomplete?.has(desc.path.ident.stamp)) {
    fail(region, `The type constructor ${desc.path.ident.name} is not yet completely defined`)
  }
  if (desc.kind === 'variable' && desc.name !== undefined) {
    fail(region, `The type variable '${desc.name} is unbound in this type declaration.`)
  }
  const doc = box(
    0,
    'The type ',
    printType(env, type),
    space,
    'does not expand to a polymorphic variant type',
  )
  fail(region, renderMessage(doc))
}

// ---------------------------------------------------------------------------------------------------------
// Objects

function translateObject(context: TypeContext, type: ast.TypeExpression & { kind: 'object' }): Type {
  const methods = new Map<string, Type>()
  for (const field of type.fields) {
    if (field.kind === 'method') {
      const own = methodType(translateType(context, field.type))
      addMethod(context, methods, field.name.text, own, field.type.region)
    } else inheritObject(context, methods, field.type)
  }
  const rest = type.open ? openRow(context) : newType({ kind: 'nil' })
  const fields = [...methods].map(
    ([name, own]): ObjectField => ({ name, presence: { state: 'present' }, type: own }),
  )
  fields.sort((a, b) => (a.name < b.name ? -1 : 1))
  return newType({ kind: 'object', fields: fieldChain(fields, rest) })
}

function addMethod(
  context: TypeContext,
  methods: Map<string, Type>,
  name: string,
  type: Type,
  region: Region,
): void {
  const known = methods.get(name)
  if (known === undefined) {
    methods.set(name, type)
    return
  }
  try {
    unify(context.env, known, type)
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error
    const [one, other] = printTypes(context.env, [type, known]) as [Doc, Doc]
    const doc = box(0, `Method '${name}' has type `, one, ',', space, 'which should be ', other)
    fail(region, renderMessage(doc))
  }
}

/** `< t; … >`: the methods of the object type that t expands to. */
function inheritObject(
  context: TypeContext,
  methods: Map<string, Type>,
  inherited: ast.TypeExpression,
): void {
  const translated = translateType(context, inherited)
  const expanded = repr(expandHead(context.env, translated))
  if (expanded.desc.kind !== 'object') failNotObject(context, inherited.region, translated)
  const { fields, rest } = methodsOf(expanded)
  if (rest.desc.kind !== 'nil') fail(inherited.region, 'Illegal open object type')
  for (const field of fields) addMethod(context, methods, field.name, field.type, inherited.region)
}

function failNotObject({ env, incomplete }: TypeContext, region: Region, type: Type): never {
  const { desc } = repr(type)
  if (desc.kind === 'constructor' && desc.path.kind === 'ident' && incomplete?.has(desc.path.ident.stamp)) {
    fail(region, `The type constructor ${desc.path.ident.name} is not yet completely defined`)
  }
  fail(region, renderMessage(box(0, 'The type', space, printType(env, type), space, 'is not an object type')))
}

// ---------------------------------------------------------------------------------------------------------
// Packages

function translatePackage(context: TypeContext, type: ast.TypeExpression & { kind: 'package' }): Type {
  const entry = lookupModuleType(context.env, { ...type.path, region: type.region })
  const constraints = type.constraints.map((constraint) => {
    const path = longNameParts(constraint.path)
    if (!hasType(context.env, { kind: 'ident', path: entry.path }, path)) {
      fail(type.region, `The signature constrained by \`with' has no component named ${path.join('.')}`)
    }
    return { path, type: translateType(context, constraint.type) }
  })
  constraints.sort((a, b) => (a.path.join('.') < b.path.join('.') ? -1 : 1))
  return newType({ kind: 'package', path: entry.path, constraints })
}

export function longNameParts(name: ast.LongName): readonly string[] {
  if (name.kind === 'ident') return [name.name]
  if (name.kind === 'dot') return [...longNameParts(name.prefix), name.name]
  return [printLongName(name)]
}

/** Whether a module of this type has a type at a path such as `M.t`. */
function hasType(env: Env, type: ModuleType, path: readonly string[]): boolean {
  const scraped = scrapeModuleType(env, type)
  if (scraped.kind !== 'signature') return false
  const [name, ...rest] = path
  if (rest.length === 0) return scraped.items.some((item) => item.kind === 'type' && item.ident.name === name)
  const inner = scraped.items.find((item) => item.kind === 'module' && item.ident.name === name)
  return inner?.kind === 'module' && hasType(addSignature(env, scraped.items), inner.type, rest)
}
