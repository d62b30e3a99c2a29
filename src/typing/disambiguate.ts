/**
 * Type-directed disambiguation: which constructor or record label a name means when several types have one.
 *
 * With an expected type that is known to be a variant (a record), the name is looked for in that type, even
 * when it is not in scope there. Otherwise the last one in scope is meant; for labels, the last record type
 * that has all labels that are written.
 */

import { DiagnosticError, fail } from '../base/diagnostic.ts'
import type { LongName } from '../syntax/ast.ts'
import type { Expected } from './context.ts'
import { type Entry, type Env, findType } from './env.ts'
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
// Constructors

const lastName = (name: LongName): string => (name.kind === 'apply' ? '' : name.name)

export interface ConstructorRequest {
  readonly name: LongName
  readonly role: 'expression' | 'pattern'
  readonly expected: Expected
}

export function resolveConstructor(env: Env, request: ConstructorRequest): Entry<ConstructorDescription> {
  const entry = chooseConstructor(env, request)
  useConstructor(env, request.name, entry, request.role === 'pattern' ? 'match' : 'build')
  return entry
}

function chooseConstructor(env: Env, request: ConstructorRequest): Entry<ConstructorDescription> {
  const { name, expected, role } = request
  const definition = variantDefinition(env, expected.type)
  if (definition.kind === 'unknown')
    return lookupConstructors(env, name)[0] ?? failUnbound(env, 'constructors', name)
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
): Entry<ConstructorDescription> {
  const candidates = lookupConstructors(env, name)
  const found = candidates.find((c) => belongsTo(env, c.description.result, type.path, type))
  if (found !== undefined) return found
  if (name.kind === 'ident') {
    const own = constructorsOf(type).find((c) => c.name === name.name)
    if (own !== undefined) return { path: type.path, address: undefined, description: own }
    failWrongName(
      env,
      name,
      place,
      constructorWords,
      type,
      constructorsOf(type).map((c) => c.name),
    )
  }
  if (candidates.length === 0) failUnbound(env, 'constructors', name)
  failWrongType(
    env,
    name,
    constructorWords,
    type,
    candidates.map((c) => c.description.result),
  )
}

// ---------------------------------------------------------------------------------------------------------
// Labels

function labelsOf(type: DefinedType): readonly LabelDescription[] {
  const { kind } = type.declaration
  return kind.kind === 'record' ? kind.labels : []
}

type LabelEntry = Entry<LabelDescription>

/** One label where the record's type may be known: field access and assignment. */
export function resolveLabel(
  env: Env,
  name: LongName,
  use: LabelUse,
  definition: Definition,
  place: Place,
): LabelDescription {
  const label = chooseLabel(env, name, definition, place)
  useLabel(env, name, label, use)
  return label.description
}

function chooseLabel(env: Env, name: LongName, definition: Definition, place: Place): LabelEntry {
  if (definition.kind === 'known') return labelOfType(env, name, definition.type, place)
  return lookupLabels(env, name)[0] ?? failUnbound(env, 'labels', name)
}

function labelOfType(env: Env, name: LongName, type: DefinedType, place: Place): LabelEntry {
  const candidates = lookupLabels(env, name)
  const found = candidates.find((c) => belongsTo(env, c.description.record, type.path, type))
  if (found !== undefined) return found
  if (name.kind === 'ident') {
    const own = labelsOf(type).find((label) => label.name === name.name)
    if (own !== undefined) return { path: type.path, address: undefined, description: own }
    failWrongName(
      env,
      name,
      place,
      labelWords,
      type,
      labelsOf(type).map((label) => label.name),
    )
  }
  if (candidates.length === 0) failUnbound(env, 'labels', name)
  failWrongType(
    env,
    name,
    labelWords,
    type,
    candidates.map((c) => c.description.record),
  )
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

function hasAll(label: LabelDescription, names: readonly string[], closed: boolean): boolean {
  const own = new Set(label.all.map((each) => each.name))
  if (!names.every((name) => own.has(name))) return false
  return !closed || own.size === new Set(names).size
}

/** Of several records the last that has all the labels; among those, one that has no others. */
function chooseByLabels(
  candidates: readonly LabelEntry[],
  names: readonly string[],
  closed: boolean,
): LabelEntry | undefined {
  const complete = candidates.filter((c) => hasAll(c.description, names, false))
  const exact = closed ? complete.find((c) => hasAll(c.description, names, true)) : undefined
  return exact ?? complete[0] ?? candidates[0]
}

/**
 * The labels of a record expression or pattern, in the order of `names`. `closed`: no other labels are
 * meant than those written.
 */
export function resolveLabels(
  env: Env,
  names: readonly LongName[],
  use: LabelUse,
  closed: boolean,
  definition: Definition,
  place: Place,
): readonly LabelDescription[] {
  const labels = chooseLabels(env, names, closed, definition, place)
  labels.forEach((label, i) => {
    useLabel(env, names[i] as LongName, label, use)
  })
  return labels.map(({ description }) => description)
}

function chooseLabels(
  env: Env,
  names: readonly LongName[],
  closed: boolean,
  definition: Definition,
  place: Place,
): readonly LabelEntry[] {
  const full = qualified(names)
  if (definition.kind === 'known') {
    const { type } = definition
    return full.map((name, i) => qualifiedLabelOfType(env, name, names[i] as LongName, type, place))
  }
  const ids = full.map(lastName)
  return full.map((name) => {
    const chosen = chooseByLabels(lookupLabels(env, name), ids, closed)
    return chosen ?? failUnbound(env, 'labels', name)
  })
}

function qualifiedLabelOfType(
  env: Env,
  full: LongName,
  written: LongName,
  type: DefinedType,
  place: Place,
): LabelEntry {
  try {
    return labelOfType(env, full, type, place)
  } catch (error) {
    if (full === written || !(error instanceof DiagnosticError)) throw error
    return labelOfType(env, written, type, place)
  }
}
