/**
 * Does a declaration keep what another one promises? Values, types and extension constructors.
 *
 * A mismatch is a document that says why; an empty one when the two declarations say it all.
 */

import { asExpected } from './channel-coercion.ts'
import type { Env } from './env.ts'
import { expandHeadPrivate, expandOnce, isPrivateRow } from './expand.ts'
import { type Path, samePath } from './ident.ts'
import { areEqual, isMoreGeneral } from './match-types.ts'
import { breakHint, concat, type Doc, empty, hvBox, space, text } from './pretty.ts'
import { constructorDoc, labelDoc, printContext } from './print-signature.ts'
import { flattenRow } from './rows.ts'
import { rowFieldState } from './subst.ts'
import { constructorType } from './type-graph.ts'
import {
  type ConstructorDescription,
  type ExtensionDeclaration,
  genericLevel,
  type LabelDescription,
  type Row,
  repr,
  type Type,
  type TypeDeclaration,
  type ValueDescription,
} from './types.ts'

/** Why the first declaration is not included in the second. */
export type Mismatch = Doc

const because = (reason: string): Mismatch => text(reason)

// ---------------------------------------------------------------------------------------------------------
// Values

/** What has to be done at run time with an included value. */
export type ValueInclusion = 'same' | 'primitive-to-value' | 'mismatch'

export function includeValue(env: Env, got: ValueDescription, wanted: ValueDescription): ValueInclusion {
  if (!isMoreGeneral(env, asExpected(env, got.type, wanted.type), wanted.type)) return 'mismatch'
  if (wanted.kind.kind === 'primitive') return samePrimitive(got, wanted) ? 'same' : 'mismatch'
  return got.kind.kind === 'primitive' ? 'primitive-to-value' : 'same'
}

function samePrimitive({ kind: a }: ValueDescription, { kind: b }: ValueDescription): boolean {
  return (
    a.kind === 'primitive' &&
    b.kind === 'primitive' &&
    a.name === b.name &&
    a.arity === b.arity &&
    a.native === b.native
  )
}

// ---------------------------------------------------------------------------------------------------------
// Type declarations

/**
 * Why `got` is not included in `wanted`, or undefined. `path` names the type itself on both sides, which
 * must be known in `env` as `got`.
 */
export function includeTypeDeclaration(
  env: Env,
  path: Path,
  got: TypeDeclaration,
  wanted: TypeDeclaration,
): Mismatch | undefined {
  if (got.arity !== wanted.arity) return because('They have different arities.')
  return (
    comparePrivacy(got, wanted) ??
    compareManifests(env, path, got, wanted) ??
    compareKinds(env, got, wanted) ??
    compareImmediacy(got, wanted) ??
    compareVariances(got, wanted)
  )
}

function comparePrivacy(got: TypeDeclaration, wanted: TypeDeclaration): Mismatch | undefined {
  if (!got.private || wanted.private || got.kind.kind !== wanted.kind.kind) return undefined
  const revealed = got.kind.kind !== 'abstract' || wanted.manifest !== undefined
  return revealed ? because('A private type would be revealed.') : undefined
}

function compareManifests(
  env: Env,
  path: Path,
  got: TypeDeclaration,
  wanted: TypeDeclaration,
): Mismatch | undefined {
  const differ = because('Their constraints differ.')
  if (wanted.manifest === undefined) {
    return areEqual(env, got.parameters, wanted.parameters) ? undefined : differ
  }
  if (got.manifest !== undefined) {
    const worked = manifestIncluded(env, got.manifest, got.parameters, wanted)
    return worked ? undefined : empty
  }
  if (!areEqual(env, got.parameters, wanted.parameters)) return differ
  const self = constructorType(path, wanted.parameters, genericLevel)
  return areEqual(env, [self], [wanted.manifest]) ? undefined : empty
}

function manifestIncluded(
  env: Env,
  type: Type,
  parameters: readonly Type[],
  wanted: TypeDeclaration,
): boolean {
  const manifest = wanted.manifest as Type
  if (wanted.private && hasPrivateRow(env, manifest)) return privateRowIncluded(env, type, parameters, wanted)
  let super1: Type | undefined = type
  while (super1 !== undefined) {
    if (areEqual(env, [...parameters, super1], [...wanted.parameters, manifest])) return true
    super1 = wanted.private ? expandOnce(env, super1, true) : undefined
  }
  return false
}

/** The row of a `private [> … ]` ends in an abstract type. */
function hasPrivateRow(env: Env, type: Type): boolean {
  return isPrivateRow(expandHeadPrivate(env, type))
}

function methodsOf(fields: Type): { readonly methods: ReadonlyMap<string, Type>; readonly rest: Type } {
  const methods = new Map<string, Type>()
  let rest = repr(fields)
  while (rest.desc.kind === 'field') {
    methods.set(rest.desc.name, rest.desc.type)
    rest = repr(rest.desc.rest)
  }
  return { methods, rest }
}

function privateRowIncluded(
  env: Env,
  type: Type,
  parameters: readonly Type[],
  wanted: TypeDeclaration,
): boolean {
  const got = expandHeadPrivate(env, type).desc
  const { desc } = expandHeadPrivate(env, wanted.manifest as Type)
  const pairs =
    got.kind === 'variant' && desc.kind === 'variant'
      ? rowPairs(flattenRow(got.row), flattenRow(desc.row))
      : got.kind === 'object' && desc.kind === 'object'
        ? methodPairs(got.fields, desc.fields)
        : undefined
  if (pairs === undefined) return false
  const ones = pairs.map(([one]) => one)
  const others = pairs.map(([, other]) => other)
  return areEqual(env, [...parameters, ...ones], [...wanted.parameters, ...others])
}

type TypePairs = readonly (readonly [Type, Type])[]

function methodPairs(got: Type, wanted: Type): TypePairs | undefined {
  const { methods } = methodsOf(got)
  const pairs: (readonly [Type, Type])[] = []
  for (const [name, type] of methodsOf(wanted).methods) {
    const own = methods.get(name)
    if (own === undefined) return undefined
    pairs.push([own, type])
  }
  return pairs
}

/** The argument types that must agree when `got` may stand for the private row `wanted`. */
function rowPairs(got: Row, wanted: Row): TypePairs | undefined {
  if (wanted.closed && !(got.closed && [...got.fields.keys()].every((tag) => wanted.fields.has(tag)))) {
    return undefined
  }
  const pairs: (readonly [Type, Type])[] = []
  for (const [tag, field] of wanted.fields) {
    const state = rowFieldState(field)
    const own = got.fields.get(tag)
    const ownState = own === undefined ? undefined : rowFieldState(own)
    if (state.kind === 'present' && ownState?.kind !== 'present') return undefined
    const args =
      state.kind === 'present' ? argumentList(state.argument) : state.kind === 'either' ? state.arguments : []
    if (ownState?.kind !== 'present') continue
    const ownArguments = argumentList(ownState.argument)
    if (ownArguments.length !== args.length) return undefined
    ownArguments.forEach((type, i) => {
      pairs.push([type, args[i] as Type])
    })
  }
  return pairs
}

const argumentList = (argument: Type | undefined): readonly Type[] =>
  argument === undefined ? [] : [argument]

function compareKinds(env: Env, got: TypeDeclaration, wanted: TypeDeclaration): Mismatch | undefined {
  const a = got.kind
  const b = wanted.kind
  if (b.kind === 'abstract') return undefined
  const parameters: ParameterPair = [got.parameters, wanted.parameters]
  if (a.kind === 'variant' && b.kind === 'variant') {
    return compareConstructors(env, parameters, a.constructors, b.constructors)
  }
  if (a.kind === 'record' && b.kind === 'record') {
    const mismatch = compareLabels(env, parameters, a.labels, b.labels, 1)
    return mismatch ?? compareRepresentations(a.representation, b.representation)
  }
  return a.kind === 'open' && b.kind === 'open' ? undefined : because('Their kinds differ.')
}

function compareImmediacy(got: TypeDeclaration, wanted: TypeDeclaration): Mismatch | undefined {
  const isAbstract = wanted.kind.kind === 'abstract' && wanted.manifest === undefined
  if (!isAbstract || !wanted.immediate || got.immediate) return undefined
  return because('The first is not an immediate type.')
}

function compareVariances(got: TypeDeclaration, wanted: TypeDeclaration): Mismatch | undefined {
  const isAbstract = wanted.kind.kind === 'abstract' && wanted.manifest === undefined
  const isOpen = wanted.kind.kind === 'open' && wanted.manifest === undefined
  if (!isAbstract && !wanted.private && !isOpen) return undefined
  const kept = wanted.parameters.every((_, i) => {
    const a = got.variance[i]
    const b = wanted.variance[i]
    if (a === undefined || b === undefined) return true
    if (isOpen) return a.covariant === b.covariant && a.contravariant === b.contravariant
    const within = (!a.covariant || b.covariant) && (!a.contravariant || b.contravariant)
    return within && (!b.injective || a.injective)
  })
  return kept ? undefined : because('Their variances do not agree.')
}

// ---------------------------------------------------------------------------------------------------------
// Labels

type ParameterPair = readonly [readonly Type[], readonly Type[]]

function compareRepresentations(got: unknown, wanted: unknown): Mismatch | undefined {
  const special = { float: 'unboxed float', unboxed: 'unboxed' } as const
  for (const [representation, words] of Object.entries(special)) {
    if ((got === representation) === (wanted === representation)) continue
    const which = got === representation ? 'first' : 'second'
    return concat(
      'Their internal representations differ:',
      space,
      `the ${which} declaration uses ${words} representation.`,
    )
  }
  return undefined
}

function onlyIn(what: string, name: string, which: 'first' | 'second'): Mismatch {
  return because(`The ${what} ${name} is only present in the ${which} declaration.`)
}

function compareLabels(
  env: Env,
  parameters: ParameterPair,
  got: readonly LabelDescription[],
  wanted: readonly LabelDescription[],
  firstNumber: number,
): Mismatch | undefined {
  for (let i = 0; i < Math.max(got.length, wanted.length); i += 1) {
    const a = got[i]
    const b = wanted[i]
    if (a === undefined) return onlyIn('field', (b as LabelDescription).name, 'second')
    if (b === undefined) return onlyIn('field', a.name, 'first')
    if (a.name !== b.name) {
      return because(`Fields number ${i + firstNumber} have different names, ${a.name} and ${b.name}.`)
    }
    const mismatch = compareLabel(env, parameters, a, b)
    if (mismatch !== undefined) {
      return doNotMatch('Fields', labelDoc(printContext(env), a), labelDoc(printContext(env), b), mismatch)
    }
  }
  return undefined
}

function doNotMatch(what: string, got: Doc, wanted: Doc, reason: Mismatch): Mismatch {
  const shift = breakHint(1, 2)
  return hvBox(
    0,
    `${what} do not match:`,
    shift,
    got,
    space,
    'is not compatible with:',
    shift,
    wanted,
    space,
    reason,
  )
}

function compareLabel(
  env: Env,
  [ones, others]: ParameterPair,
  a: LabelDescription,
  b: LabelDescription,
): Mismatch | undefined {
  if (a.mutable !== b.mutable) {
    const [first, second] = a.mutable ? ['first', 'second'] : ['second', 'first']
    return because(`The ${first} is mutable and the ${second} is not.`)
  }
  return areEqual(env, [...ones, a.type], [...others, b.type])
    ? undefined
    : because('The types are not equal.')
}

// ---------------------------------------------------------------------------------------------------------
// Constructors

function compareConstructors(
  env: Env,
  parameters: ParameterPair,
  got: readonly ConstructorDescription[],
  wanted: readonly ConstructorDescription[],
): Mismatch | undefined {
  for (let i = 0; i < Math.max(got.length, wanted.length); i += 1) {
    const a = got[i]
    const b = wanted[i]
    if (a === undefined) return onlyIn('constructor', (b as ConstructorDescription).name, 'second')
    if (b === undefined) return onlyIn('constructor', a.name, 'first')
    if (a.name !== b.name) {
      return because(`Constructors number ${i + 1} have different names, ${a.name} and ${b.name}.`)
    }
    const mismatch = compareConstructor(env, parameters, a, b)
    if (mismatch !== undefined) return mismatch
  }
  return compareRepresentations(tagKind(got), tagKind(wanted))
}

const tagKind = (constructors: readonly ConstructorDescription[]): string | undefined =>
  constructors[0]?.tag.kind

/** With both constructors shown. */
function compareConstructor(
  env: Env,
  parameters: ParameterPair,
  a: ConstructorDescription,
  b: ConstructorDescription,
): Mismatch | undefined {
  const reason = constructorMismatch(env, parameters, a, b)
  if (reason === undefined) return undefined
  const context = printContext(env)
  return doNotMatch('Constructors', constructorDoc(context, a), constructorDoc(context, b), reason)
}

function constructorMismatch(
  env: Env,
  parameters: ParameterPair,
  a: ConstructorDescription,
  b: ConstructorDescription,
): Mismatch | undefined {
  if (Boolean(a.explicitResult) !== Boolean(b.explicitResult)) {
    const [first, second] = a.explicitResult ? ['first', 'second'] : ['second', 'first']
    return because(`The ${first} has explicit return type and the ${second} doesn't.`)
  }
  const [ones, others] = a.explicitResult ? [[a.result], [b.result]] : parameters
  if (a.explicitResult && !areEqual(env, ones, others)) return because('The types are not equal.')
  if (a.inlined !== undefined && b.inlined !== undefined) {
    return compareLabels(env, [ones, others], a.inlined, b.inlined, 0)
  }
  if (a.inlined !== undefined || b.inlined !== undefined) {
    const [first, second] = a.inlined !== undefined ? ['first', 'second'] : ['second', 'first']
    return because(`The ${first} uses inline records and the ${second} doesn't.`)
  }
  if (a.arity !== b.arity) return because('They have different arities.')
  const equal = areEqual(env, [...ones, ...a.arguments], [...others, ...b.arguments])
  return equal ? undefined : because('The types are not equal.')
}

// ---------------------------------------------------------------------------------------------------------
// Extension constructors

export function includeExtension(
  env: Env,
  got: ExtensionDeclaration,
  wanted: ExtensionDeclaration,
): Mismatch | undefined {
  if (got.constructor.private && !wanted.constructor.private) {
    return because('A private type would be revealed.')
  }
  const ones = constructorType(got.path, got.parameters, genericLevel)
  const others = constructorType(wanted.path, wanted.parameters, genericLevel)
  const samePaths = samePath(got.path, wanted.path) || areEqual(env, [ones], [others])
  if (!samePaths || !areEqual(env, [ones, ...got.parameters], [others, ...wanted.parameters])) return empty
  return compareConstructor(env, [got.parameters, wanted.parameters], got.constructor, wanted.constructor)
}
