/**
 * Does a module keep what a module type promises, and how must its block be changed to become one of that
 * type?
 *
 * The result is a coercion, or a `ModuleMismatch` that says where and why not. A signature may have more
 * components than wanted, in another order; what it has must be at least as general. Functors are
 * contravariant in their parameters.
 */

import { addSignature, type Env, isRuntimeItem, normalizeModulePath, scrapeModuleType } from './env.ts'
import type { Ident, Path } from './ident.ts'
import { samePath } from './ident.ts'
import { includeClass, includeClassTypeDeclaration } from './include-class.ts'
import {
  includeExtension,
  includeTypeDeclaration,
  includeValue,
  type Mismatch,
} from './include-declaration.ts'
import { whileLocal } from './levels.ts'
import { markExportedExtension, markExportedType } from './mark-exported.ts'
import type { Doc } from './pretty.ts'
import { addFunctorParameter } from './print-signature.ts'
import { moduleTypeAt } from './strengthen.ts'
import { type Substitution, substitution, substModuleType, substSignatureItem } from './subst.ts'
import { currentLevel } from './type-graph.ts'
import type { FieldCoercion, ModuleCoercion } from './typed-tree.ts'
import type { FunctorParameter, ModuleType, Signature, SignatureItem } from './types.ts'
import type { Usages } from './usage.ts'

export type ItemOf<Kind extends SignatureItem['kind']> = Extract<SignatureItem, { kind: Kind }>

/** Where in a module type something is. */
export type Step =
  | { readonly kind: 'module'; readonly name: string }
  | { readonly kind: 'module-type'; readonly name: string }
  | { readonly kind: 'argument'; readonly parameter: FunctorParameter }
  | { readonly kind: 'body'; readonly parameter: FunctorParameter }

/** How an inclusion came about that is part of another. */
interface Way {
  readonly steps: readonly Step[]
  /**
   * Whose components are used by it: what the module of the whole inclusion provides, and what the module type requires, which
   * only functors have to give.
   */
  readonly marks: 'both' | 'provided' | 'required'
}

const entrance: Way = { steps: [], marks: 'both' }

const into = ({ steps, marks }: Way, step: Step): Way => ({ steps: [...steps, step], marks })

/** With the two sides exchanged. */
function turned({ steps, marks }: Way): Way {
  if (marks === 'both') return { steps, marks }
  return { steps, marks: marks === 'provided' ? 'required' : 'provided' }
}

/** Thrown by inclusion; turned into a message by `print-module-mismatch.ts`. */
export class ModuleMismatch {
  readonly env: Env
  readonly got: ModuleType
  readonly wanted: ModuleType
  readonly steps: readonly Step[]
  readonly reason: MismatchReason
  constructor(env: Env, got: ModuleType, wanted: ModuleType, steps: readonly Step[], reason: MismatchReason) {
    this.env = env
    this.got = got
    this.wanted = wanted
    this.steps = steps
    this.reason = reason
  }

  /** The same mismatch, said to be elsewhere. */
  at(steps: readonly Step[]): ModuleMismatch {
    return new ModuleMismatch(this.env, this.got, this.wanted, steps, this.reason)
  }
}

export type MismatchReason =
  /** The module types are of different kinds. */
  | { readonly kind: 'unlike' }
  | { readonly kind: 'missing'; readonly items: Signature }
  | { readonly kind: 'component'; readonly component: ComponentMismatch; readonly env: Env }
  | { readonly kind: 'inner'; readonly mismatch: ModuleMismatch }
  /** A functor has too many or too few parameters, or a parameter whose type does not fit. */
  | { readonly kind: 'parameters'; readonly extra?: FunctorParameter; readonly absent?: FunctorParameter }
  | { readonly kind: 'parameter'; readonly mismatch: ModuleMismatch }

export type ComponentMismatch =
  | { readonly kind: 'value'; readonly got: ItemOf<'value'>; readonly wanted: ItemOf<'value'> }
  | {
      readonly kind: 'type'
      readonly got: ItemOf<'type'>
      readonly wanted: ItemOf<'type'>
      readonly reason: Mismatch
    }
  | {
      readonly kind: 'extension'
      readonly got: ItemOf<'extension'>
      readonly wanted: ItemOf<'extension'>
      readonly reason: Mismatch
    }
  | {
      readonly kind: 'class'
      readonly got: ItemOf<'class'>
      readonly wanted: ItemOf<'class'>
      readonly reasons: readonly Doc[]
    }
  | {
      readonly kind: 'class-type'
      readonly got: ItemOf<'class-type'>
      readonly wanted: ItemOf<'class-type'>
      readonly reasons: readonly Doc[]
    }
  | {
      readonly kind: 'module-type'
      readonly got: ItemOf<'module-type'>
      readonly wanted: ItemOf<'module-type'>
      readonly difference: Difference
      readonly steps: readonly Step[]
    }

const identity: ModuleCoercion = { kind: 'identity' }

/** The coercion from `got` to `wanted`, both meaningful in `env`. Throws `ModuleMismatch`. */
export function includeModuleType(
  env: Env,
  got: ModuleType,
  wanted: ModuleType,
  { steps = [], marks = 'both' }: Partial<Way> = {},
): ModuleCoercion {
  return include(env, got, wanted, { steps, marks })
}

function include(env: Env, got: ModuleType, wanted: ModuleType, way: Way): ModuleCoercion {
  if (got.kind === 'alias' || wanted.kind === 'alias') return includeAlias(env, got, wanted, way)
  if (got.kind === 'ident' && wanted.kind === 'ident' && samePath(got.path, wanted.path)) return identity
  const one = scrapeModuleType(env, got)
  const other = scrapeModuleType(env, wanted)
  if (one.kind === 'signature' && other.kind === 'signature') {
    return new SignatureInclusion(env, { got, wanted }, one.items, other.items, way).run()
  }
  if (one.kind === 'functor' && other.kind === 'functor') return includeFunctor(env, one, other, way)
  if (one.kind === 'ident' && other.kind === 'ident' && samePath(one.path, other.path)) return identity
  const reason =
    one.kind === 'functor' || other.kind === 'functor' ? arityReason(one, other) : { kind: 'unlike' as const }
  throw new ModuleMismatch(env, got, wanted, way.steps, reason)
}

function arityReason(one: ModuleType, other: ModuleType): MismatchReason {
  if (one.kind === 'functor') return { kind: 'parameters', extra: one.parameter }
  return other.kind === 'functor' ? { kind: 'parameters', absent: other.parameter } : { kind: 'unlike' }
}

function includeAlias(env: Env, got: ModuleType, wanted: ModuleType, way: Way): ModuleCoercion {
  const { steps } = way
  if (wanted.kind === 'alias') {
    const isSame =
      got.kind === 'alias' &&
      samePath(normalizeModulePath(env, got.path), normalizeModulePath(env, wanted.path))
    if (isSame) return identity
    throw new ModuleMismatch(env, got, wanted, steps, { kind: 'unlike' })
  }
  const target = got.kind === 'alias' ? moduleTypeAt(env, got.path) : undefined
  if (target === undefined) throw new ModuleMismatch(env, got, wanted, steps, { kind: 'unlike' })
  return include(env, target, wanted, way)
}

// ---------------------------------------------------------------------------------------------------------
// Functors

type Functor = Extract<ModuleType, { kind: 'functor' }>

function includeFunctor(env: Env, got: Functor, wanted: Functor, way: Way): ModuleCoercion {
  const a = got.parameter
  const b = wanted.parameter
  if (a.kind !== b.kind) {
    const reason: MismatchReason = { kind: 'parameters', extra: a, absent: b }
    throw new ModuleMismatch(env, got, wanted, way.steps, reason)
  }
  const argument = includeParameter(env, got, wanted, way)
  const body = includeBody(addFunctorParameter(env, b), got, wanted, way)
  const isIdentity = argument.kind === 'identity' && body.kind === 'identity'
  return isIdentity ? identity : { kind: 'functor', argument, result: body }
}

/** Weak variables of the body stand for one type each, so not for what is another type at each application. */
function includeBody(env: Env, got: Functor, wanted: Functor, way: Way): ModuleCoercion {
  const { parameter } = wanted
  const own = renameParameter(got, parameter)
  const scraped = own.kind === 'alias' ? own : scrapeModuleType(env, own)
  const idents = scraped.kind === 'signature' ? scraped.items.map((item) => item.ident) : []
  if (parameter.kind !== 'unit' && parameter.ident !== undefined) idents.push(parameter.ident)
  try {
    return whileLocal(idents, currentLevel() + 1, () =>
      include(env, own, wanted.body, into(way, { kind: 'body', parameter })),
    )
  } catch (error) {
    if (!(error instanceof ModuleMismatch)) throw error
    throw new ModuleMismatch(env, got, wanted, way.steps, { kind: 'inner', mismatch: error })
  }
}

function includeParameter(env: Env, got: Functor, wanted: Functor, way: Way): ModuleCoercion {
  const a = got.parameter
  const b = wanted.parameter
  if (a.kind === 'unit' || b.kind === 'unit') return identity
  try {
    return include(env, b.type, a.type, into(turned(way), { kind: 'argument', parameter: b }))
  } catch (error) {
    if (!(error instanceof ModuleMismatch)) throw error
    throw new ModuleMismatch(env, got, wanted, way.steps, { kind: 'parameter', mismatch: error })
  }
}

/** The result of `functor`, said of the other functor's parameter. */
function renameParameter(functor: Functor, to: FunctorParameter): ModuleType {
  const from = functor.parameter
  if (from.kind === 'unit' || to.kind === 'unit') return functor.body
  if (from.ident === undefined || to.ident === undefined) return functor.body
  return substModuleType(substitution([[from.ident, { kind: 'ident', ident: to.ident }]]), functor.body)
}

// ---------------------------------------------------------------------------------------------------------
// Signatures

interface Component {
  readonly item: SignatureItem
  /** The field of the module block, for what exists at run time. */
  readonly position: number | undefined
}

/** The last component of each name. */
export function componentsByName(items: Signature): ReadonlyMap<string, Component> {
  const found = new Map<string, Component>()
  let next = 0
  for (const item of items) {
    const position = isRuntimeItem(item) ? next++ : undefined
    found.set(componentKey(item), { item, position })
  }
  return found
}

/** Names of different kinds do not clash. */
export const componentKey = (item: SignatureItem): string => `${item.kind} ${item.ident.name}`

class SignatureInclusion {
  readonly #outer: Env
  readonly #env: Env
  readonly #types: { readonly got: ModuleType; readonly wanted: ModuleType }
  readonly #got: Signature
  readonly #wanted: Signature
  readonly #way: Way
  readonly #components: ReadonlyMap<string, Component>

  constructor(
    env: Env,
    types: { readonly got: ModuleType; readonly wanted: ModuleType },
    got: Signature,
    wanted: Signature,
    way: Way,
  ) {
    this.#outer = env
    this.#env = addSignature(env, got)
    this.#types = types
    this.#got = got
    this.#wanted = wanted
    this.#way = way
    this.#components = componentsByName(got)
  }

  run(): ModuleCoercion {
    const missing = this.#wanted.filter((item) => !this.#components.has(componentKey(item)))
    if (missing.length > 0) this.#fail({ kind: 'missing', items: missing })
    const s = this.#substitution()
    const fields: FieldCoercion[] = []
    for (const item of this.#wanted) {
      const component = this.#components.get(componentKey(item)) as Component
      const field = this.#include(component, substSignatureItem(s, item))
      if (field !== undefined) fields.push(field)
    }
    return this.#isIdentity(fields) ? identity : { kind: 'structure', fields }
  }

  #fail(reason: MismatchReason): never {
    throw new ModuleMismatch(this.#outer, this.#types.got, this.#types.wanted, this.#way.steps, reason)
  }

  #failComponent(component: ComponentMismatch): never {
    this.#fail({ kind: 'component', component, env: this.#env })
  }

  /** The wanted signature speaks of the components that the module has. */
  #substitution(): Substitution {
    const pairs: (readonly [Ident, Path])[] = []
    for (const item of this.#wanted) {
      if (item.kind === 'value') continue
      const { ident } = (this.#components.get(componentKey(item)) as Component).item
      pairs.push([item.ident, { kind: 'ident', ident }])
    }
    return substitution(pairs)
  }

  #isIdentity(fields: readonly FieldCoercion[]): boolean {
    if (fields.length !== this.#got.filter(isRuntimeItem).length) return false
    return fields.every((f, i) => f.kind === 'field' && f.position === i && f.coercion.kind === 'identity')
  }

  /** Checks one component; the result is its field in the wanted block, if it has one. */
  #include({ item: got, position }: Component, wanted: SignatureItem): FieldCoercion | undefined {
    switch (wanted.kind) {
      case 'value':
        return this.#includeValue(got as ItemOf<'value'>, wanted, position)
      case 'type':
        this.#includeType(got as ItemOf<'type'>, wanted)
        return undefined
      case 'extension':
        this.#includeExtension(got as ItemOf<'extension'>, wanted)
        return { kind: 'field', position: position as number, coercion: identity }
      case 'module':
        return this.#includeModule(got as ItemOf<'module'>, wanted, position as number)
      case 'module-type':
        this.#includeModuleTypeDeclaration(got as ItemOf<'module-type'>, wanted)
        return undefined
      case 'class':
        this.#includeClass(got as ItemOf<'class'>, wanted)
        return { kind: 'field', position: position as number, coercion: identity }
      case 'class-type':
        this.#includeClassType(got as ItemOf<'class-type'>, wanted)
        return undefined
    }
  }

  /** Of the environment's usages, where the components are those that it marks. */
  get #usages(): Usages | undefined {
    return this.#way.marks === 'required' ? undefined : this.#env.store.usages
  }

  #includeValue(
    got: ItemOf<'value'>,
    wanted: ItemOf<'value'>,
    position: number | undefined,
  ): FieldCoercion | undefined {
    this.#usages?.mark(got.description.region)
    const result = includeValue(this.#env, got.description, wanted.description)
    if (result === 'mismatch') this.#failComponent({ kind: 'value', got, wanted })
    if (wanted.description.kind.kind === 'primitive') return undefined
    if (result === 'primitive-to-value') return { kind: 'primitive', value: got.description, env: this.#env }
    return { kind: 'field', position: position as number, coercion: identity }
  }

  #includeType(got: ItemOf<'type'>, wanted: ItemOf<'type'>): void {
    const path: Path = { kind: 'ident', ident: got.ident }
    if (this.#usages !== undefined) markExportedType(this.#usages, got.declaration, wanted.declaration)
    const reason = includeTypeDeclaration(this.#env, path, got.declaration, wanted.declaration)
    if (reason !== undefined) this.#failComponent({ kind: 'type', got, wanted, reason })
  }

  #includeExtension(got: ItemOf<'extension'>, wanted: ItemOf<'extension'>): void {
    if (this.#usages !== undefined) markExportedExtension(this.#usages, got, wanted)
    const reason = includeExtension(this.#env, got.declaration, wanted.declaration)
    if (reason !== undefined) this.#failComponent({ kind: 'extension', got, wanted, reason })
  }

  #includeClass(got: ItemOf<'class'>, wanted: ItemOf<'class'>): void {
    const reasons = includeClass(this.#env, got.declaration, wanted.declaration)
    if (reasons.length > 0) this.#failComponent({ kind: 'class', got, wanted, reasons })
  }

  #includeClassType(got: ItemOf<'class-type'>, wanted: ItemOf<'class-type'>): void {
    const reasons = includeClassTypeDeclaration(this.#env, got.declaration, wanted.declaration)
    if (reasons.length > 0) this.#failComponent({ kind: 'class-type', got, wanted, reasons })
  }

  #includeModule(got: ItemOf<'module'>, wanted: ItemOf<'module'>, position: number): FieldCoercion {
    const step: Step = { kind: 'module', name: wanted.ident.name }
    this.#usages?.mark(got.region)
    try {
      const type = this.#typeOfComponent(got)
      const coercion = include(this.#env, type, wanted.type, into(this.#way, step))
      return { kind: 'field', position, coercion }
    } catch (error) {
      if (error instanceof ModuleMismatch) this.#fail({ kind: 'inner', mismatch: error })
      throw error
    }
  }

  /** A submodule's types are the ones of its path. */
  #typeOfComponent({ ident, type }: ItemOf<'module'>): ModuleType {
    if (type.kind === 'alias') return type
    return moduleTypeAt(this.#env, { kind: 'ident', ident }) ?? type
  }

  #includeModuleTypeDeclaration(got: ItemOf<'module-type'>, wanted: ItemOf<'module-type'>): void {
    if (wanted.type === undefined) return
    const way = into(this.#way, { kind: 'module-type', name: wanted.ident.name })
    const one: ModuleType = got.type ?? { kind: 'ident', path: { kind: 'ident', ident: got.ident } }
    const difference = differenceOf(this.#env, one, wanted.type, way)
    const { steps } = way
    if (difference !== undefined) this.#failComponent({ kind: 'module-type', got, wanted, difference, steps })
  }
}

/** Two module types are not the same; `fails` says which inclusion does not hold. */
export interface Difference {
  readonly fails: 'first-in-second' | 'second-in-first' | 'both' | 'layout'
  /** Absent when only the blocks differ. */
  readonly mismatch: ModuleMismatch | undefined
}

function tryInclude(env: Env, one: ModuleType, other: ModuleType, way: Way): ModuleCoercion | ModuleMismatch {
  try {
    return include(env, one, other, way)
  } catch (error) {
    if (error instanceof ModuleMismatch) return error
    throw error
  }
}

/** Why not each includes the other, with the same block; undefined when they do. */
export function differenceOf(
  env: Env,
  one: ModuleType,
  other: ModuleType,
  way: Way = entrance,
): Difference | undefined {
  const there = tryInclude(env, one, other, way)
  const back = tryInclude(env, other, one, turned(way))
  if (there instanceof ModuleMismatch) {
    return { fails: back instanceof ModuleMismatch ? 'both' : 'first-in-second', mismatch: there }
  }
  if (back instanceof ModuleMismatch) return { fails: 'second-in-first', mismatch: back }
  const isSame = there.kind === 'identity' && back.kind === 'identity'
  return isSame ? undefined : { fails: 'layout', mismatch: undefined }
}
