/**
 * Type definitions → `TypeDeclaration`s.
 *
 * The definitions of a group (`type … and …`) are translated in an environment in which all their names are
 * abstract; then they are added for real and what needs to see through them follows: cycles, regularity,
 * constraints, variance, immediacy, agreement of a re-exported definition with its original.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import {
  freeVariables,
  type Owner,
  translateConstructors,
  translateRecord,
} from './constructor-declaration.ts'
import { checkConstraints, checkReexport } from './declaration-checks.ts'
import { warnConstraintOnGadt, warnDuplicates, warnRedefinedUnit } from './declaration-warnings.ts'
import { addType, type Env } from './env.ts'
import { expandHead } from './expand.ts'
import { generalise } from './generalise.ts'
import { freshIdent, type Ident, type Path } from './ident.ts'
import {
  box,
  breakHint,
  concat,
  type Doc,
  hovBox,
  newline,
  renderMessage,
  separated,
  space,
  vBox,
} from './pretty.ts'
import { mismatchDoc } from './print-mismatch.ts'
import { TypePrinter } from './print-type.ts'
import { checkRegularity } from './regularity.ts'
import { isStaticRow } from './rows.ts'
import { type TypeContext, TypeVariables, translateType } from './translate-type.ts'
import {
  constructorType,
  currentLevel,
  genericVariable,
  inNewLevel,
  newVariable,
  setDesc,
} from './type-graph.ts'
import { repr, type Type, type TypeDeclaration, type TypeKind } from './types.ts'
import { UnifyError, unify } from './unify.ts'
import { DefinitionGroup, GroupedUsage, Usage, Definition as UsageDefinition, unused } from './usage.ts'
import { computeImmediacies, computeVariances, hasImmediateAttribute } from './variance.ts'
import { checkSelfReference, checkWellFounded, type Suspect } from './well-founded.ts'

export interface NamedDeclaration {
  readonly ident: Ident
  readonly declaration: TypeDeclaration
}

/** One definition of a group on its way. */
interface Definition {
  readonly ident: Ident
  readonly syntax: ast.TypeDeclaration
}

/** Adds a group of type definitions. `recursive` is false for `type nonrec`. */
export function translateTypeDeclarations(
  env: Env,
  recursive: boolean,
  group: readonly ast.TypeDeclaration[],
): { readonly env: Env; readonly declarations: readonly NamedDeclaration[] } {
  for (const syntax of group) warnRedefinedUnit(env.store, syntax)
  if (!recursive) group.forEach(checkNotExplicit)
  const definitions = group.map((syntax) => ({ ident: freshIdent(syntax.name.text), syntax }))
  const usageGroup = new DefinitionGroup()
  const usages = definitions.map(() => new UsageDefinition(usageGroup))
  if (recursive) for (const [i, each] of definitions.entries()) expectType(env, each, usages[i])
  const inner = recursive ? definitions.reduce(addAbstract, env) : env
  const uses: { type: Type; region: Region }[] = []
  const incomplete = new Set(definitions.map(({ ident }) => ident.stamp))
  const declarations = definitions.map((definition, i) => {
    if (recursive) usageGroup.current = usages[i]
    warnConstraintOnGadt(env.store, definition.syntax)
    const declaration = translateDefinition({ env: inner, uses, incomplete }, definition)
    return { ident: definition.ident, declaration, annotations: definition.syntax.parameters }
  })
  usageGroup.current = undefined
  warnDuplicates(env.store, group)
  expectParts(env, definitions, declarations)
  // Of two constructors or labels with the same name in a group, the first is the one that is seen.
  const outer = declarations.reduceRight((e, { ident, declaration }) => addType(e, ident, declaration), env)
  for (const declaration of declarations) checkClosed(outer, declaration.declaration)
  const suspects = declarations.map(suspect)
  for (const each of suspects) checkSelfReference(outer, each)
  checkWellFounded(outer, suspects)
  checkRegularity(outer, suspects)
  checkConstraints(outer, declarations, uses)
  computeVariances(outer, declarations)
  computeImmediacies(outer, declarations)
  for (const declaration of declarations) checkReexport(outer, declaration)
  return { env: outer, declarations }
}

// ---------------------------------------------------------------------------------------------------------
// What is not used

export function expectType(
  env: Env,
  { ident, syntax }: { readonly ident: Ident; readonly syntax: Pick<ast.TypeDeclaration, 'region'> },
  definition: UsageDefinition | undefined,
): void {
  const { name } = ident
  const usage = definition === undefined ? new Usage() : new GroupedUsage(definition)
  env.store.usages.expect(syntax.region, name, () => unused(34, `type ${name}`), usage)
}

/** The constructors and labels of a group, from the last type to the first, as they enter the environment. */
function expectParts(
  env: Env,
  definitions: readonly Definition[],
  declarations: readonly NamedDeclaration[],
): void {
  const { usages } = env.store
  for (let i = declarations.length - 1; i >= 0; i -= 1) {
    const { ident, declaration } = declarations[i] as NamedDeclaration
    expectType(env, definitions[i] as Definition, undefined)
    if (env.inSignature) continue
    const { kind, region, private: isPrivate } = declaration
    const type = { name: ident.name, region }
    if (kind.kind === 'variant') usages.expectConstructors(kind.constructors, type, isPrivate)
    if (kind.kind === 'record') usages.expectLabels(kind.labels, type, isPrivate)
  }
}

/** The result of a constructor names the type, which `nonrec` hides. */
function checkNotExplicit({ definition }: ast.TypeDeclaration): void {
  if (definition.kind !== 'variant') return
  const explicit = definition.constructors.find(({ result }) => result !== undefined)
  if (explicit !== undefined) fail(explicit.region, "GADT case syntax cannot be used in a 'nonrec' block.")
}

function suspect({ ident, declaration }: NamedDeclaration): Suspect {
  return { path: { kind: 'ident', ident }, declaration, region: declaration.region }
}

function addAbstract(env: Env, { ident, syntax }: Definition): Env {
  const parameters = syntax.parameters.map(() => genericVariable())
  return addType(env, ident, abstractDeclaration(parameters, syntax))
}

/** An abstract type as the group sees it while it is being translated. */
export function abstractDeclaration(
  parameters: readonly Type[],
  syntax: Pick<ast.TypeDeclaration, 'region' | 'attributes'>,
): TypeDeclaration {
  const unknown = { covariant: true, contravariant: true, injective: true }
  return {
    parameters,
    arity: parameters.length,
    kind: { kind: 'abstract' },
    private: false,
    manifest: undefined,
    variance: parameters.map(() => unknown),
    immediate: hasImmediateAttribute(syntax),
    region: syntax.region,
    attributes: syntax.attributes,
  }
}

type GroupContext = Pick<TypeContext, 'env' | 'uses' | 'incomplete'>

function translateDefinition(group: GroupContext, definition: Definition): TypeDeclaration {
  const declaration = inNewLevel(() => translateParts(group, definition))
  generaliseDeclaration(declaration)
  return declaration
}

function translateParts(group: GroupContext, { ident, syntax }: Definition): TypeDeclaration {
  const { env } = group
  const variables = new TypeVariables(currentLevel())
  const context: TypeContext = { ...group, variables, policy: 'declared' }
  const parameters = syntax.parameters.map((parameter) => declareParameter(variables, parameter))
  const constraints = translateConstraints(context, syntax)
  const path: Path = { kind: 'ident', ident }
  const owner = { path, parameters, private: syntax.private, unboxed: isUnboxed(syntax), context }
  const kind = translateKind(owner, syntax)
  const manifest = translateManifest(context, owner, syntax)
  for (const constraint of constraints) applyConstraint(env, constraint)
  return { ...abstractDeclaration(parameters, syntax), kind, private: syntax.private, manifest }
}

/** Declares a type parameter: a name, or `_`. */
export function declareParameter(variables: TypeVariables, parameter: ast.TypeParameter): Type {
  const { type } = parameter
  if (type.kind === 'any') return newVariable('_')
  if (type.kind !== 'variable') fail(type.region, 'A type parameter must be a variable')
  if (variables.find(type.name) !== undefined) fail(type.region, 'A type parameter occurs several times')
  const variable = newVariable(type.name)
  variables.add(type.name, variable)
  return variable
}

function generaliseDeclaration({ parameters, kind, manifest }: TypeDeclaration): void {
  parameters.forEach(generalise)
  if (manifest !== undefined) generalise(manifest)
  if (kind.kind === 'record') for (const label of kind.labels) generaliseAll([label.record, label.type])
  if (kind.kind === 'variant') for (const description of kind.constructors) generaliseConstructor(description)
}

function generaliseAll(types: readonly Type[]): void {
  types.forEach(generalise)
}

export function generaliseConstructor(
  description: Extract<TypeKind, { kind: 'variant' }>['constructors'][number],
): void {
  generaliseAll([description.result, ...description.arguments, ...description.existentials])
  for (const label of description.inlined ?? []) generaliseAll([label.record, label.type])
}

// ---------------------------------------------------------------------------------------------------------
// Constraints

interface Constraint {
  readonly left: Type
  readonly right: Type
  readonly region: Region
}

/** Constraints may introduce variables, which the definition can then use. */
function translateConstraints(context: TypeContext, syntax: ast.TypeDeclaration): readonly Constraint[] {
  const open: TypeContext = { ...context, policy: 'open' }
  return syntax.constraints.map(({ left, right, region }) => ({
    left: translateType(open, left),
    right: translateType(open, right),
    region,
  }))
}

function applyConstraint(env: Env, { left, right, region }: Constraint): void {
  try {
    unify(env, left, right)
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error
    const reason = mismatchDoc(env, error, { got: 'Type', expected: 'is not compatible with type' })
    fail(region, renderMessage(vBox(0, 'The type constraints are not consistent.', space, reason)))
  }
}

// ---------------------------------------------------------------------------------------------------------
// Kinds

const isUnboxed = (syntax: ast.TypeDeclaration): boolean =>
  syntax.attributes.some(({ name }) => name === 'unboxed' || name === 'ocaml.unboxed')

function translateKind(owner: Owner, syntax: ast.TypeDeclaration): TypeKind {
  const { definition } = syntax
  if (owner.unboxed) checkUnboxed(syntax)
  switch (definition.kind) {
    case 'abstract':
      return { kind: 'abstract' }
    case 'open':
      return { kind: 'open' }
    case 'record':
      return { kind: 'record', ...translateRecord(owner, definition.fields) }
    case 'variant':
      return {
        kind: 'variant',
        constructors: translateConstructors(owner, definition.constructors, syntax.region),
      }
  }
}

function checkUnboxed({ definition, region }: ast.TypeDeclaration): void {
  const reason = unboxedProblem(definition)
  if (reason === undefined) return
  fail(region, renderMessage(box(0, 'This type cannot be unboxed because', space, `${reason}.`)))
}

function unboxedProblem(definition: ast.TypeDefinition): string | undefined {
  switch (definition.kind) {
    case 'abstract':
      return undefined
    case 'open':
      return 'extensible variant types cannot be unboxed'
    case 'record':
      return definition.fields.length === 1
        ? fieldProblem(definition.fields, 'it')
        : 'it has more than one field'
    case 'variant':
      return variantProblem(definition.constructors)
  }
}

function fieldProblem(fields: readonly ast.LabelDeclaration[], owner: string): string | undefined {
  return fields.some((field) => field.mutable) ? `${owner} is mutable` : undefined
}

function variantProblem(constructors: readonly ast.ConstructorDeclaration[]): string | undefined {
  const [only] = constructors
  if (only === undefined) return 'it has no constructor'
  if (constructors.length > 1) return 'it has more than one constructor'
  const { arguments: args } = only
  const count = args.kind === 'tuple' ? args.types.length : args.fields.length
  if (count === 0) return 'its constructor has no argument'
  if (args.kind === 'tuple') return count === 1 ? undefined : 'its constructor has more than one argument'
  return count === 1
    ? fieldProblem(args.fields, 'its constructor')
    : 'its constructor has more than one field'
}

// ---------------------------------------------------------------------------------------------------------
// Manifests

function translateManifest(
  context: TypeContext,
  owner: Owner,
  syntax: ast.TypeDeclaration,
): Type | undefined {
  const { manifest } = syntax
  if (manifest === undefined) return undefined
  if (hasPrivateRow(syntax, manifest)) return translatePrivateRow(context, owner, manifest)
  const type = translateType(context, manifest)
  if (syntax.definition.kind === 'abstract') nameRow(type, owner)
  return type
}

/** An exact variant type is known by the name of its abbreviation. */
function nameRow(type: Type, { path, parameters }: Owner): void {
  const t = repr(type)
  if (t.desc.kind !== 'variant' || !isStaticRow(t.desc.row)) return
  setDesc(t, { kind: 'variant', row: { ...t.desc.row, name: { path, arguments: parameters } } })
}

/** `private [> … ]`, `private < …; .. >`: a type that is only known to extend another. */
function hasPrivateRow(syntax: ast.TypeDeclaration, manifest: ast.TypeExpression): boolean {
  if (!syntax.private || syntax.definition.kind !== 'abstract') return false
  const inner = manifest.kind === 'alias' ? manifest.type : manifest
  return (inner.kind === 'object' && inner.open) || (inner.kind === 'variant' && inner.bound !== 'exact')
}

/** The unknown rest of the row becomes an abstract type `t#row` of its own. */
function translatePrivateRow(context: TypeContext, owner: Owner, manifest: ast.TypeExpression): Type {
  const type = translateType({ ...context, policy: 'open' }, manifest)
  const name = owner.path.kind === 'ident' ? owner.path.ident.name : ''
  const path: Path = { kind: 'ident', ident: freshIdent(`${name}#row`) }
  fixRow(expandHead(context.env, type), constructorType(path, owner.parameters))
  return type
}

function fixRow(type: Type, rest: Type): void {
  const { desc } = type
  if (desc.kind === 'variant')
    setDesc(type, { kind: 'variant', row: { ...desc.row, more: rest, fixed: true } })
  if (desc.kind !== 'object') return
  let fields = repr(desc.fields)
  while (fields.desc.kind === 'field') fields = repr(fields.desc.rest)
  if (fields.desc.kind === 'variable') setDesc(fields, { kind: 'link', to: rest })
}

// ---------------------------------------------------------------------------------------------------------
// Closed definitions

/** Stops when a row variable or the like is bound by nothing. */
function checkClosed(env: Env, declaration: TypeDeclaration): void {
  const bound = new Set(freeVariables(declaration.parameters))
  const parts = closedParts(declaration)
  for (const { types, show } of parts) {
    const free = freeVariables(types).find((variable) => !bound.has(variable))
    if (free !== undefined) failUnbound(env, declaration.region, types, free, show)
  }
}

interface ClosedPart {
  readonly types: readonly Type[]
  /** How the part is shown, given its printed types. */
  readonly show: (types: readonly Doc[]) => Doc
}

function closedParts({ kind, manifest }: TypeDeclaration): readonly ClosedPart[] {
  const parts: ClosedPart[] = []
  if (manifest !== undefined) parts.push({ types: [manifest], show: (shown) => concat('type ', ...shown) })
  if (kind.kind === 'record') {
    for (const label of kind.labels) {
      parts.push({ types: [label.type], show: (shown) => concat(`field ${label.name}: `, ...shown) })
    }
  }
  if (kind.kind === 'variant') {
    for (const { name, arguments: args, inlined, explicitResult } of kind.constructors) {
      if (explicitResult) continue
      const types = inlined?.map((label) => label.type) ?? args
      const show = (shown: readonly Doc[]) =>
        concat(`case ${name} of `, separated(concat(' *', space), shown))
      parts.push({ types, show })
    }
  }
  return parts
}

function failUnbound(
  env: Env,
  region: Region,
  types: readonly Type[],
  free: Type,
  show: ClosedPart['show'],
): never {
  const printer = new TypePrinter(env)
  for (const type of types) printer.mark(type)
  printer.forceAlias(free)
  const shown = types.map((type) => (types.length > 1 ? printer.printSimple(type) : printer.print(type)))
  const variable = `'${printer.nameOf(free)}`
  const where = hovBox(2, 'In ', show(shown), breakHint(1, -2), `the variable ${variable} is unbound`)
  fail(region, renderMessage(concat('A type variable is unbound in this type declaration.', newline, where)))
}
