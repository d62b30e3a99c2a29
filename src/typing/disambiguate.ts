/**
 * Type-directed disambiguation: which constructor or record label a name means when several types have one.
 *
 * With an expected type that is known to be a variant (a record), the name is looked for in that type, even
 * when it is not in scope there. Otherwise the last one in scope is meant; for labels, the last record type
 * that has all labels that are written.
 */

import { DiagnosticError, fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type { LongName } from '../syntax/ast.ts'
import type { Expected } from './context.ts'
import { type Entry, type Env, findType, isTypeName } from './env.ts'
import { expandHead, expandOnce } from './expand.ts'
import { type Path, samePath } from './ident.ts'
import {
  failUnbound,
  lookupConstructors,
  lookupLabels,
  printLongName,
  useConstructor,
  useLabel,
} from './lookup.ts'
import { type Resolution, warnLabels, warnResolution } from './name-warnings.ts'
import { box, breakHint, concat, renderMessage, separated, space } from './pretty.ts'
import { printType, printTypePath } from './print-type.ts'
import { didYouMean } from './suggest.ts'
import {
  type ConstructorDescription,
  type LabelDescription,
  repr,
  type Type,
  type TypeDeclaration,
} from './types.ts'
import type { LabelUse } from './usage.ts'

/** A type whose definition is known: its path as written and the declaration that defines it. */
export interface DefinedType {
  readonly written: Path
  readonly path: Path
  readonly declaration: TypeDeclaration
}

export type Definition =
  | { readonly kind: 'known'; readonly type: DefinedType }
  /** Nothing is known, or it is no such type at all: then unification will say so. */
  | { readonly kind: 'unknown' }

/** Looks for the first declaration on the way of expansion that defines a variant, an open type or a record. */
function definitionOf(env: Env, type: Type, wanted: (declaration: TypeDeclaration) => boolean): Definition {
  const start = repr(type)
  const written = start.desc.kind === 'constructor' ? start.desc.path : undefined
  for (let t: Type | undefined = start; t !== undefined; t = expandOnce(env, t)) {
    if (t.desc.kind === 'poly' && t.desc.variables.length === 0) return definitionOf(env, t.desc.body, wanted)
    if (t.desc.kind !== 'constructor') return { kind: 'unknown' }
    const declaration = findType(env, t.desc.path)
    if (declaration === undefined) return { kind: 'unknown' }
    if (wanted(declaration)) {
      return { kind: 'known', type: { written: written ?? t.desc.path, path: t.desc.path, declaration } }
    }
  }
  return { kind: 'unknown' }
}

const isVariant = ({ kind }: TypeDeclaration): boolean => kind.kind === 'variant' || kind.kind === 'open'
const isRecord = ({ kind }: TypeDeclaration): boolean => kind.kind === 'record'

export const variantDefinition = (env: Env, type: Type): Definition => definitionOf(env, type, isVariant)
export const recordDefinition = (env: Env, type: Type): Definition => definitionOf(env, type, isRecord)

/** The path of the type that a constructor or label belongs to, expanded. */
function ownerPath(env: Env, type: Type): Path | undefined {
  const head = expandHead(env, type).desc
  return head.kind === 'constructor' ? head.path : undefined
}

function belongsTo(env: Env, owner: Type, path: Path, type: DefinedType): boolean {
  const own = repr(owner).desc
  if (own.kind === 'constructor' && samePath(own.path, path)) return true
  const expanded = ownerPath(env, owner)
  const wanted =
    type.declaration.manifest === undefined ? path : (ownerPath(env, type.declaration.manifest) ?? path)
  return expanded !== undefined && samePath(expanded, wanted)
}

// ---------------------------------------------------------------------------------------------------------
// Errors

interface Words {
  /** "constructor" or "field" */
  readonly name: string
  /** "variant" or "record" */
  readonly type: string
}

const constructorWords: Words = { name: 'constructor', type: 'variant' }
const labelWords: Words = { name: 'field', type: 'record' }

export interface Place {
  readonly expected: Expected
  /** "This variant expression is expected to have" */
  readonly subject: string
}

function failWrongName(
  env: Env,
  name: LongName & { kind: 'ident' },
  place: Place,
  words: Words,
  type: DefinedType,
  valid: readonly string[],
): never {
  const because =
    place.expected.because === undefined ? '' : concat(space, `because it is in ${place.expected.because}`)
  const doc = box(
    0,
    box(2, `${place.subject} type`, space, printType(env, place.expected.type), because),
    space,
    `There is no ${words.name} ${name.name} within type ${printTypePath(env, type.written)}`,
  )
  fail(name.region, renderMessage(doc), didYouMean(name.name, valid))
}

function failWrongType(
  env: Env,
  name: LongName,
  words: Words,
  type: DefinedType,
  owners: readonly Type[],
): never {
  const paths = owners.map((owner) => ownerPath(env, owner)).filter((path) => path !== undefined)
  const unique = paths.filter((path, i) => paths.findIndex((p) => samePath(p, path)) === i)
  const names = unique.map((path) => printTypePath(env, path))
  const head = concat(`The ${words.name} ${printLongName(name)}`, space)
  const belongs =
    names.length === 1
      ? concat(head, `belongs to the ${words.type} type`, breakHint(1, 2), names[0] as string)
      : concat(
          head,
          `belongs to one of the following ${words.type} types:`,
          breakHint(1, 2),
          separated(space, names),
        )
  const doc = box(
    0,
    belongs,
    space,
    `but a ${words.name} was expected belonging to the ${words.type} type`,
    breakHint(1, 2),
    printTypePath(env, type.written),
  )
  fail(name.region, renderMessage(doc))
}

// ---------------------------------------------------------------------------------------------------------
// What a name was found to mean

interface Choice<Description> {
  readonly entry: Entry<Description>
  /** What the name means in scope, the innermost first. */
  readonly inScope: readonly Entry<Description>[]
  /** Where nothing was known of the type: what could be taken besides. */
  readonly others: readonly Entry<Description>[]
  /** The type where the name was found, when that was not in scope. */
  readonly outside: Path | undefined
}

/** The paths of the types that entries belong to, each type once. */
function ownersOf<Description>(
  env: Env,
  entries: readonly Entry<Description>[],
  ownerOf: (description: Description) => Type,
): readonly Path[] {
  const found: { readonly written: Path; readonly expanded: Path }[] = []
  for (const { description } of entries) {
    const { desc } = repr(ownerOf(description))
    const expanded = ownerPath(env, ownerOf(description))
    if (desc.kind !== 'constructor' || expanded === undefined) continue
    if (!found.some((known) => samePath(known.expanded, expanded)))
      found.push({ written: desc.path, expanded })
  }
  return found.map(({ written }) => written)
}

function resolutionOf<Description extends { readonly name: string }>(
  env: Env,
  name: LongName,
  choice: Choice<Description>,
  ownerOf: (description: Description) => Type,
): Resolution {
  const { entry, inScope, others, outside } = choice
  const owners = others.length === 0 ? [] : ownersOf(env, [entry, ...others], ownerOf)
  const isLast = inScope[0]?.description === entry.description
  return { name: entry.description.name, region: name.region, outside, owners, isLast }
}

// ---------------------------------------------------------------------------------------------------------
// Constructors

const lastName = (name: LongName): string => (name.kind === 'apply' ? '' : name.name)

export interface ConstructorRequest {
  readonly name: LongName
  readonly role: 'expression' | 'pattern'
  readonly expected: Expected
}

/** Tells what there is to tell about the name and what it means. */
export function resolveConstructor(env: Env, request: ConstructorRequest): Entry<ConstructorDescription> {
  const choice = chooseConstructor(env, request)
  useConstructor(env, request.name, choice.entry, request.role === 'pattern' ? 'match' : 'build')
  warnResolution(
    env,
    resolutionOf(env, request.name, choice, (description) => description.result),
  )
  return choice.entry
}

function chooseConstructor(env: Env, request: ConstructorRequest): Choice<ConstructorDescription> {
  const { name, expected, role } = request
  const definition = variantDefinition(env, expected.type)
  if (definition.kind === 'unknown') {
    const inScope = lookupConstructors(env, name)
    const [entry, ...others] = inScope
    return { entry: entry ?? failUnbound(env, 'constructors', name), inScope, others, outside: undefined }
  }
  const place = { expected, subject: `This variant ${role} is expected to have` }
  return constructorOfType(env, name, definition.type, place)
}

function constructorsOf(type: DefinedType): readonly ConstructorDescription[] {
  const { kind } = type.declaration
  return kind.kind === 'variant' ? kind.constructors : []
}

function constructorOfType(
  env: Env,
  name: LongName,
  type: DefinedType,
  place: Place,
): Choice<ConstructorDescription> {
  const inScope = lookupConstructors(env, name)
  const found = inScope.find((c) => belongsTo(env, c.description.result, type.path, type))
  if (found !== undefined) return { entry: found, inScope, others: [], outside: undefined }
  if (name.kind === 'ident') {
    const own = constructorsOf(type).find((c) => c.name === name.name)
    if (own !== undefined) {
      const entry = { path: type.path, address: undefined, description: own }
      return { entry, inScope, others: [], outside: type.path }
    }
    failWrongName(
      env,
      name,
      place,
      constructorWords,
      type,
      constructorsOf(type).map((c) => c.name),
    )
  }
  if (inScope.length === 0) failUnbound(env, 'constructors', name)
  failWrongType(
    env,
    name,
    constructorWords,
    type,
    inScope.map((c) => c.description.result),
  )
}

// ---------------------------------------------------------------------------------------------------------
// Labels

function labelsOf(type: DefinedType): readonly LabelDescription[] {
  const { kind } = type.declaration
  return kind.kind === 'record' ? kind.labels : []
}

const ownerOfLabel = ({ record }: LabelDescription): Type => record

/** The labels of an inline record are in no scope. */
const isInline = (definition: Definition): boolean =>
  definition.kind === 'known' &&
  definition.type.path.kind === 'dot' &&
  isTypeName(definition.type.path.prefix)

/** One label where the record's type may be known: field access and assignment. Tells what there is to tell about it. */
export function resolveLabel(
  env: Env,
  name: LongName,
  use: LabelUse,
  definition: Definition,
  place: Place,
): LabelDescription {
  const choice =
    definition.kind === 'known'
      ? labelOfType(env, name, definition.type, place)
      : chosenOf(env, name, lookupLabels(env, name), (inScope) => inScope)
  useLabel(env, name, choice.entry, use)
  if (!isInline(definition)) warnResolution(env, resolutionOf(env, name, choice, ownerOfLabel))
  return choice.entry.description
}

function labelOfType(env: Env, name: LongName, type: DefinedType, place: Place): Choice<LabelDescription> {
  const inScope = lookupLabels(env, name)
  const found = inScope.find((c) => belongsTo(env, c.description.record, type.path, type))
  if (found !== undefined) return { entry: found, inScope, others: [], outside: undefined }
  if (name.kind === 'ident') {
    const own = labelsOf(type).find((label) => label.name === name.name)
    if (own !== undefined) {
      const entry = { path: type.path, address: undefined, description: own }
      return { entry, inScope, others: [], outside: type.path }
    }
    failWrongName(
      env,
      name,
      place,
      labelWords,
      type,
      labelsOf(type).map((label) => label.name),
    )
  }
  if (inScope.length === 0) failUnbound(env, 'labels', name)
  failWrongType(
    env,
    name,
    labelWords,
    type,
    inScope.map((c) => c.description.record),
  )
}

type Narrow = (inScope: readonly Entry<LabelDescription>[]) => readonly Entry<LabelDescription>[]

/** The first of those that `narrow` leaves; the innermost when it leaves none, which is then found to be wrong. */
function chosenOf(
  env: Env,
  name: LongName,
  inScope: readonly Entry<LabelDescription>[],
  narrow: Narrow,
): Choice<LabelDescription> {
  const [entry = inScope[0], ...others] = narrow(inScope)
  return { entry: entry ?? failUnbound(env, 'labels', name), inScope, others, outside: undefined }
}

/** Where one label is written `M.x`, the others may leave `M.` out. */
function qualified(names: readonly LongName[]): readonly LongName[] {
  const first = names.find((name) => name.kind === 'dot')
  if (first === undefined || first.kind !== 'dot') return names
  const { prefix } = first
  return names.map((name) =>
    name.kind === 'ident' ? { kind: 'dot', prefix, name: name.name, region: name.region } : name,
  )
}

/** Of several records those that have all the labels; among those, if there are any, the ones that have no others. */
function withLabels(names: readonly string[], closed: boolean): Narrow {
  return (inScope) => {
    const complete = inScope.filter(({ description: { all } }) =>
      names.every((name) => all.some((label) => label.name === name)),
    )
    if (!closed) return complete
    const exact = complete.filter(({ description: { all } }) => all.length === names.length)
    return exact.length > 0 ? exact : complete.slice(0, 1)
  }
}

/**
 * The labels of a record expression or pattern, in the order of `names`. `closed`: no other labels are
 * meant than those written. Tells what there is to tell about them; `region` is the record's.
 */
export function resolveLabels(
  env: Env,
  names: readonly LongName[],
  use: LabelUse,
  closed: boolean,
  definition: Definition,
  place: Place,
  region: Region,
): readonly LabelDescription[] {
  const choices = chooseLabels(env, names, closed, definition, place)
  choices.forEach(({ entry }, i) => {
    useLabel(env, names[i] as LongName, entry, use)
  })
  if (!isInline(definition)) {
    const resolutions = choices.map((each, i) => resolutionOf(env, names[i] as LongName, each, ownerOfLabel))
    const entries = choices.map(({ entry }) => entry)
    warnLabels(env, region, resolutions, ownersOf(env, entries, ownerOfLabel).length === 1)
  }
  return choices.map(({ entry }) => entry.description)
}

function chooseLabels(
  env: Env,
  names: readonly LongName[],
  closed: boolean,
  definition: Definition,
  place: Place,
): readonly Choice<LabelDescription>[] {
  const full = qualified(names)
  if (definition.kind === 'known') {
    const { type } = definition
    return full.map((name, i) => qualifiedLabelOfType(env, name, names[i] as LongName, type, place))
  }
  const narrow = withLabels(full.map(lastName), closed)
  return full.map((name) => chosenOf(env, name, lookupLabels(env, name), narrow))
}

function qualifiedLabelOfType(
  env: Env,
  full: LongName,
  written: LongName,
  type: DefinedType,
  place: Place,
): Choice<LabelDescription> {
  try {
    return labelOfType(env, full, type, place)
  } catch (error) {
    if (full === written || !(error instanceof DiagnosticError)) throw error
    return labelOfType(env, written, type, place)
  }
}
