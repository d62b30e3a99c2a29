/**
 * Constructors and record labels of type definitions, and the constructors of extensible variants and
 * exceptions.
 *
 * Numbering: constant constructors count from 0 among themselves and are immediates; the others count from 0
 * among themselves and their numbers are block tags. The argument of a constructor with an inline record is
 * one block that holds the labels; its type is named `t.C` (by the path of t, then the constructor's name).
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import type { Env } from './env.ts'
import { expandHead } from './expand.ts'
import { type Path, samePath } from './ident.ts'
import { predefinedType } from './predef.ts'
import { box, type Doc, newline, renderMessage, space } from './pretty.ts'
import { printTypes } from './print-type.ts'
import { componentsOfDesc } from './subst.ts'
import { type TypeContext, TypeVariables, translateType } from './translate-type.ts'
import { constructorType, currentLevel } from './type-graph.ts'
import {
  type ConstructorDescription,
  type ConstructorTag,
  type LabelDescription,
  type RecordRepresentation,
  repr,
  type Type,
} from './types.ts'

/** What constructors and labels have in common with the type that they belong to. */
export interface Owner {
  readonly path: Path
  readonly parameters: readonly Type[]
  readonly private: boolean
  readonly unboxed: boolean
  readonly context: TypeContext
}

// ---------------------------------------------------------------------------------------------------------
// Labels

interface LabelOwner {
  readonly record: Type
  readonly private: boolean
  readonly representation: RecordRepresentation
}

function checkDistinctLabels(fields: readonly ast.LabelDeclaration[]): void {
  const seen = new Set<string>()
  for (const { name } of fields) {
    if (seen.has(name.text)) fail(name.region, `Two labels are named ${name.text}`)
    seen.add(name.text)
  }
}

function labelDescriptions(
  owner: LabelOwner,
  fields: readonly ast.LabelDeclaration[],
  types: readonly Type[],
): readonly LabelDescription[] {
  const all: LabelDescription[] = []
  fields.forEach((field, position) => {
    all.push({
      name: field.name.text,
      record: owner.record,
      type: types[position] as Type,
      mutable: field.mutable,
      position,
      all,
      representation: owner.representation,
      private: owner.private,
      region: field.region,
      attributes: field.attributes,
    })
  })
  return all
}

function isFloat(env: Env, type: Type): boolean {
  const { desc } = repr(expandHead(env, type))
  return desc.kind === 'constructor' && predefinedType(desc.path) === 'float'
}

function recordRepresentation(owner: Owner, types: readonly Type[]): RecordRepresentation {
  if (owner.unboxed) return 'unboxed'
  return types.every((type) => isFloat(owner.context.env, type)) ? 'float' : 'regular'
}

export interface RecordDefinition {
  readonly labels: readonly LabelDescription[]
  readonly representation: RecordRepresentation
}

export function translateRecord(owner: Owner, fields: readonly ast.LabelDeclaration[]): RecordDefinition {
  checkDistinctLabels(fields)
  const types = fields.map((field) => translateType(owner.context, field.type))
  const representation = recordRepresentation(owner, types)
  const record = constructorType(owner.path, owner.parameters)
  const labels = labelDescriptions({ record, private: owner.private, representation }, fields, types)
  return { labels, representation }
}

// ---------------------------------------------------------------------------------------------------------
// Constructors of a variant

/** A constructor's types, before it has a number. */
interface Translated {
  readonly result: Type
  readonly arguments: readonly Type[]
  readonly existentials: readonly Type[]
  readonly generalized: boolean
  readonly explicitResult: boolean
  /** The types of an inline record's labels. */
  readonly labels: readonly Type[] | undefined
}

interface ConstructorSyntax {
  readonly existentials: readonly ast.Name[]
  readonly arguments: ast.ConstructorArguments
  readonly result?: ast.TypeExpression
}

const isConstant = (args: ast.ConstructorArguments): boolean =>
  args.kind === 'tuple' && args.types.length === 0

export function translateConstructors(
  owner: Owner,
  constructors: readonly ast.ConstructorDeclaration[],
  region: Region,
): readonly ConstructorDescription[] {
  checkDistinctConstructors(constructors, region)
  const constants = constructors.filter((c) => isConstant(c.arguments)).length
  const counts = { constants, blocks: constructors.length - constants }
  if (counts.blocks > maximumBlocks) failTooMany(region)
  let index = 0
  let tag = 0
  return constructors.map((syntax) => {
    const own = isConstant(syntax.arguments) ? constantTag(index++) : blockTag(owner, tag++)
    const path: Path = { kind: 'dot', prefix: owner.path, name: syntax.name.text }
    return describe(owner, syntax, translateConstructor(owner, syntax, path), own, counts)
  })
}

/** Tags from here on have other meanings, Lazy the first of them. */
const maximumBlocks = 246

function failTooMany(region: Region): never {
  const limit = `-- maximum is ${maximumBlocks} non-constant constructors`
  fail(region, renderMessage(box(0, 'Too many non-constant constructors', newline, limit)))
}

const constantTag = (index: number): ConstructorTag => ({ kind: 'constant', index })
const blockTag = (owner: Owner, tag: number): ConstructorTag =>
  owner.unboxed ? { kind: 'unboxed' } : { kind: 'block', tag }

function checkDistinctConstructors(
  constructors: readonly ast.ConstructorDeclaration[],
  region: Region,
): void {
  const seen = new Set<string>()
  for (const { name } of constructors) {
    if (seen.has(name.text)) fail(region, `Two constructors are named ${name.text}`)
    seen.add(name.text)
  }
}

function describe(
  owner: Owner,
  syntax: ast.Attributed & { readonly name: ast.Name; readonly arguments: ast.ConstructorArguments },
  translated: Translated,
  tag: ConstructorTag,
  counts: { readonly constants: number; readonly blocks: number },
): ConstructorDescription {
  const { labels, explicitResult, ...types } = translated
  const description: ConstructorDescription = {
    name: syntax.name.text,
    ...types,
    arity: types.arguments.length,
    tag,
    ...counts,
    private: owner.private,
    region: syntax.region,
    attributes: syntax.attributes,
    ...(explicitResult ? { explicitResult } : {}),
  }
  if (labels === undefined || syntax.arguments.kind !== 'record') return description
  const record = types.arguments[0] as Type
  const representation = inlineRepresentation(tag)
  const inlined = labelDescriptions(
    { record, private: owner.private, representation },
    syntax.arguments.fields,
    labels,
  )
  return { ...description, inlined }
}

function inlineRepresentation(tag: ConstructorTag): RecordRepresentation {
  switch (tag.kind) {
    case 'block':
      return { kind: 'inlined', tag: tag.tag }
    case 'extension':
      return { kind: 'extension', path: tag.path }
    case 'unboxed':
    case 'constant':
      return 'unboxed'
  }
}

/** `path` names the type of an inline record. Its parameters are the variables that its labels mention. */
function translateConstructor(owner: Owner, syntax: ConstructorSyntax, path: Path): Translated {
  if (syntax.result !== undefined) return translateExplicit(owner, syntax, syntax.result, path)
  const result = constructorType(owner.path, owner.parameters)
  const args = translateArguments(owner.context, syntax.arguments, path)
  return { result, ...args, existentials: [], generalized: false, explicitResult: false }
}

function translateArguments(
  context: TypeContext,
  args: ast.ConstructorArguments,
  path: Path,
): Pick<Translated, 'arguments' | 'labels'> {
  if (args.kind === 'tuple') {
    return { arguments: args.types.map((type) => translateType(context, type)), labels: undefined }
  }
  checkDistinctLabels(args.fields)
  const labels = args.fields.map((field) => translateType(context, field.type))
  return { arguments: [constructorType(path, freeVariables(labels))], labels }
}

/** `C : args -> result`: the variables are the constructor's own. */
function translateExplicit(
  owner: Owner,
  syntax: ConstructorSyntax,
  resultSyntax: ast.TypeExpression,
  path: Path,
): Translated {
  const variables = new TypeVariables(currentLevel())
  const context: TypeContext = { ...owner.context, variables, policy: 'open' }
  const args = translateArguments(context, syntax.arguments, path)
  const result = translateType(context, resultSyntax)
  checkResult(owner, result, resultSyntax.region)
  const known = new Set(freeVariables([result]))
  const existentials = freeVariables(args.labels ?? args.arguments).filter((variable) => !known.has(variable))
  const generalized = existentials.length > 0 || !hasDistinctVariables(result)
  return { result, ...args, existentials, generalized, explicitResult: true }
}

function checkResult(owner: Owner, result: Type, region: Region): void {
  const { desc } = repr(result)
  if (desc.kind === 'constructor' && samePath(desc.path, owner.path)) return
  failResult(owner, result, region)
}

function failResult(owner: Owner, result: Type, region: Region): never {
  const expected = constructorType(owner.path, owner.parameters)
  const [got, wanted] = printTypes(owner.context.env, [result, expected]) as [Doc, Doc]
  const doc = box(0, 'Type ', got, space, 'should be an instance of', space, wanted)
  fail(region, `Constraints are not satisfied in this type.\n${renderMessage(doc)}`)
}

function hasDistinctVariables(result: Type): boolean {
  const { desc } = repr(result)
  const args = desc.kind === 'constructor' ? desc.arguments.map(repr) : []
  return new Set(args).size === args.length && args.every((argument) => argument.desc.kind === 'variable')
}

/** The unknowns of some types, in the order of their occurrence. */
export function freeVariables(types: readonly Type[]): readonly Type[] {
  const seen = new Set<Type>()
  const found: Type[] = []
  const visit = (type: Type): void => {
    const t = repr(type)
    if (seen.has(t)) return
    seen.add(t)
    if (t.desc.kind === 'variable') found.push(t)
    componentsOfDesc(t.desc).forEach(visit)
  }
  types.forEach(visit)
  return found
}

// ---------------------------------------------------------------------------------------------------------
// Constructors of extensible variants

/** The constructor that `syntax` adds to the owner's type; `path` is the extension constructor's own. */
export function translateExtensionConstructor(
  owner: Owner,
  syntax: ast.ExtensionConstructor,
  definition: ConstructorSyntax,
  path: Path,
): ConstructorDescription {
  const translated = translateConstructor(owner, definition, path)
  const named = { ...syntax, arguments: definition.arguments }
  return describe(owner, named, translated, { kind: 'extension', path }, { constants: 0, blocks: 0 })
}
