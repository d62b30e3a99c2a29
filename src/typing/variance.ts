/**
 * Variance of type parameters and immediacy of types, for a group of declarations that may be recursive.
 *
 * A parameter's variance says how it may occur: `covariant` to the right, `contravariant` to the left of
 * arrows, both, or not at all; `injective` when the type determines it. Both properties are least fixpoints:
 * every declaration of the group starts with "does not occur" (and "not immediate") and is recomputed until
 * nothing changes.
 *
 * Reference: the OCaml manual, "Type definitions" (variance annotations) and "attributes" (immediate).
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type { Env } from './env.ts'
import { findType } from './env.ts'
import { expandHead } from './expand.ts'
import type { Ident } from './ident.ts'
import { componentsOfDesc, rowFieldState } from './subst.ts'
import {
  type ConstructorDescription,
  repr,
  type Type,
  type TypeDeclaration,
  type TypeKind,
  type Variance,
} from './types.ts'

export const absent: Variance = { covariant: false, contravariant: false, injective: false }
const full: Variance = { covariant: true, contravariant: true, injective: true }

/** What the source demands of a parameter: `+`, `-`, `!`. */
export interface VarianceAnnotation {
  readonly variance: 'none' | 'covariant' | 'contravariant' | 'bivariant'
  readonly injective: boolean
}

export interface DeclaredType {
  readonly ident: Ident
  readonly declaration: TypeDeclaration
  readonly annotations: readonly VarianceAnnotation[]
}

const union = (a: Variance, b: Variance): Variance => ({
  covariant: a.covariant || b.covariant,
  contravariant: a.contravariant || b.contravariant,
  injective: a.injective || b.injective,
})

const same = (a: Variance, b: Variance): boolean =>
  a.covariant === b.covariant && a.contravariant === b.contravariant && a.injective === b.injective

const flip = (v: Variance): Variance => ({ ...v, covariant: v.contravariant, contravariant: v.covariant })

/** The variance of what stands in a parameter of variance `inner`, when the whole stands in `outer`. */
const compose = (outer: Variance, inner: Variance): Variance => ({
  covariant: (outer.covariant && inner.covariant) || (outer.contravariant && inner.contravariant),
  contravariant: (outer.covariant && inner.contravariant) || (outer.contravariant && inner.covariant),
  injective: outer.injective && inner.injective,
})

/** How each node of a graph occurs. */
class Occurrences {
  readonly #env: Env
  readonly #found = new Map<Type, Variance>()

  constructor(env: Env) {
    this.#env = env
  }

  of(type: Type): Variance {
    return this.#found.get(repr(type)) ?? absent
  }

  visit(type: Type, variance: Variance): void {
    const t = repr(type)
    const known = this.#found.get(t)
    const combined = known === undefined ? variance : union(known, variance)
    if (known !== undefined && same(known, combined)) return
    this.#found.set(t, combined)
    this.#visitComponents(t, combined)
  }

  #visitComponents({ desc }: Type, variance: Variance): void {
    switch (desc.kind) {
      case 'arrow':
        this.visit(desc.parameter, flip(variance))
        this.visit(desc.result, variance)
        break
      case 'constructor':
        this.#visitArguments(desc, variance)
        break
      case 'variant':
        this.#visitRow(desc.row, variance)
        break
      case 'object':
        this.visit(desc.fields, variance)
        break
      case 'package':
        for (const constraint of desc.constraints) this.visit(constraint.type, full)
        break
      default:
        for (const component of componentsOfDesc(desc)) this.visit(component, variance)
    }
  }

  #visitRow(row: Extract<Type['desc'], { kind: 'variant' }>['row'], variance: Variance): void {
    for (const field of row.fields.values()) {
      const state = rowFieldState(field)
      if (state.kind === 'present' && state.argument !== undefined) this.visit(state.argument, variance)
      if (state.kind === 'either') for (const argument of state.arguments) this.visit(argument, variance)
    }
    this.visit(row.more, variance)
  }

  #visitArguments(desc: Extract<Type['desc'], { kind: 'constructor' }>, variance: Variance): void {
    const declaration = findType(this.#env, desc.path)
    desc.arguments.forEach((argument, i) => {
      const inner = declaration?.variance[i] ?? { ...full, injective: declaration === undefined }
      this.visit(argument, compose(variance, inner))
    })
  }
}

const positive: Variance = { covariant: true, contravariant: false, injective: true }

function visitConstructor(occurrences: Occurrences, description: ConstructorDescription): void {
  if (description.inlined === undefined) {
    for (const argument of description.arguments) occurrences.visit(argument, positive)
  } else visitLabels(occurrences, description.inlined)
}

function visitLabels(
  occurrences: Occurrences,
  labels: readonly { readonly type: Type; readonly mutable: boolean }[],
): void {
  for (const label of labels) occurrences.visit(label.type, label.mutable ? full : positive)
}

function visitKind(occurrences: Occurrences, kind: TypeKind): void {
  if (kind.kind === 'variant') {
    for (const description of kind.constructors) {
      if (!description.explicitResult) visitConstructor(occurrences, description)
    }
  }
  if (kind.kind === 'record') visitLabels(occurrences, kind.labels)
}

const isVariable = (type: Type): boolean => repr(type).desc.kind === 'variable'

/** The variance that an annotation promises for an abstract type's parameter. */
function promised({ variance, injective }: VarianceAnnotation): Variance {
  return {
    covariant: variance === 'covariant' || variance === 'none',
    contravariant: variance === 'contravariant' || variance === 'none',
    injective,
  }
}

function annotationOf(type: DeclaredType, index: number): VarianceAnnotation {
  return type.annotations[index] ?? { variance: 'none', injective: false }
}

/**
 * How a constructor with an explicit result uses the parameters: as the variables that stand for them in the
 * result. A parameter that the result instantiates, or repeats, is invariant.
 */
function explicitVariance(env: Env, description: ConstructorDescription): readonly Variance[] {
  const { desc } = repr(description.result)
  const args = desc.kind === 'constructor' ? desc.arguments.map(repr) : []
  const occurrences = new Occurrences(env)
  visitConstructor(occurrences, description)
  return args.map((argument, i) => {
    const repeated = args.some((other, j) => i !== j && occursIn(argument, other))
    return isVariable(argument) && !repeated ? occurrences.of(argument) : full
  })
}

export function occursIn(target: Type, type: Type, seen = new Set<Type>()): boolean {
  const t = repr(type)
  if (t === target) return true
  if (seen.has(t)) return false
  seen.add(t)
  return componentsOfDesc(t.desc).some((component) => occursIn(target, component, seen))
}

function computeVariance(env: Env, type: DeclaredType): readonly Variance[] {
  const { declaration } = type
  const { kind, manifest, parameters } = declaration
  if (kind.kind === 'open' || (kind.kind === 'abstract' && manifest === undefined)) {
    return parameters.map((_, i) => promised(annotationOf(type, i)))
  }
  const occurrences = new Occurrences(env)
  if (kind.kind === 'abstract' && manifest !== undefined) occurrences.visit(manifest, positive)
  visitKind(occurrences, kind)
  const explicit = explicitConstructors(kind).map((c) => explicitVariance(env, c))
  return parameters.map((parameter, i) => {
    if (explicit.length > 0 && annotationOf(type, i).variance === 'none') return full
    const found = explicit.reduce((v, each) => union(v, each[i] ?? full), occurrences.of(parameter))
    return parameterVariance(type, i, isVariable(parameter) ? found : constrained(parameter, occurrences))
  })
}

function explicitConstructors(kind: TypeKind): readonly ConstructorDescription[] {
  return kind.kind === 'variant' ? kind.constructors.filter((c) => c.explicitResult) : []
}

function parameterVariance(type: DeclaredType, index: number, found: Variance): Variance {
  const { declaration } = type
  const concrete = declaration.kind.kind !== 'abstract'
  const annotation = annotationOf(type, index)
  const injective = concrete || found.injective || (annotation.injective && declaration.private)
  if (!declaration.private) return { ...found, injective }
  const own = annotation.variance === 'none' ? absent : promised(annotation)
  return { ...union(found, own), injective }
}

/** A parameter under a `constraint` is used as its variables are. */
function constrained(parameter: Type, occurrences: Occurrences): Variance {
  let found: Variance = absent
  const seen = new Set<Type>()
  const visit = (type: Type): void => {
    const t = repr(type)
    if (seen.has(t)) return
    seen.add(t)
    if (t.desc.kind === 'variable') found = union(found, occurrences.of(t))
    componentsOfDesc(t.desc).forEach(visit)
  }
  visit(parameter)
  return found.covariant || found.contravariant ? full : { ...full, injective: false }
}

// ---------------------------------------------------------------------------------------------------------
// Checking annotations

const ordinalOf = (n: number): string => {
  const teen = n % 100 >= 11 && n % 100 <= 13
  const suffix = teen ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[n % 10] ?? 'th')
  return `${n}${suffix}`
}

function describe(v: Variance): string {
  const injective = v.injective ? 'injective ' : ''
  if (v.covariant && v.contravariant) return `${injective}invariant`
  if (v.covariant) return `${injective}covariant`
  if (v.contravariant) return `${injective}contravariant`
  return v.injective ? 'injective unrestricted' : 'unrestricted'
}

/** What was promised, with what the definition alone makes sure of. */
function describeAnnotation({ variance, injective }: VarianceAnnotation): string {
  if (variance === 'none') return injective ? 'injective invariant' : 'invariant'
  return variance === 'bivariant' ? 'unrestricted' : variance
}

function satisfies(found: Variance, annotation: VarianceAnnotation): boolean {
  if (annotation.injective && !found.injective) return false
  if (annotation.variance === 'none') return true
  const allowed = promised(annotation)
  return (!found.covariant || allowed.covariant) && (!found.contravariant || allowed.contravariant)
}

/**
 * A variable of a constructor with an explicit result must be determined by the type: one that the result hides under a type
 * constructor that may ignore it would be any type.
 */
export function checkDeducible(env: Env, description: ConstructorDescription, region: Region): void {
  if (!description.explicitResult) return
  const { desc } = repr(description.result)
  const args = desc.kind === 'constructor' ? desc.arguments.map(repr) : []
  const used = new Occurrences(env)
  visitConstructor(used, description)
  const known = new Occurrences(env)
  for (const argument of args) known.visit(argument, full)
  for (const variable of variablesOf(args)) {
    const { covariant, contravariant } = used.of(variable)
    if ((covariant || contravariant) && !known.of(variable).injective) {
      fail(region, 'In this definition, a type variable cannot be deduced\nfrom the type parameters.')
    }
  }
}

/** How a constructor uses an annotated parameter can be told only if its result leaves that a variable of its own. */
function checkAnnotatedArguments(type: DeclaredType, { result }: ConstructorDescription): void {
  const { desc } = repr(result)
  const args = desc.kind === 'constructor' ? desc.arguments.map(repr) : []
  args.forEach((argument, i) => {
    if (annotationOf(type, i).variance === 'none') return
    const repeated = args.some((other, j) => i !== j && occursIn(argument, other))
    if (isVariable(argument) && !repeated) return
    fail(
      type.declaration.region,
      'In this GADT definition, the variance of some parameter\ncannot be checked',
    )
  })
}

function variablesOf(types: readonly Type[]): ReadonlySet<Type> {
  const seen = new Set<Type>()
  const visit = (type: Type): void => {
    const t = repr(type)
    if (seen.has(t)) return
    seen.add(t)
    componentsOfDesc(t.desc).forEach(visit)
  }
  types.forEach(visit)
  return new Set([...seen].filter(isVariable))
}

function checkAnnotations(type: DeclaredType): void {
  const { declaration } = type
  declaration.parameters.forEach((parameter, i) => {
    const annotation = annotationOf(type, i)
    const found = declaration.variance[i] as Variance
    if (!isVariable(parameter) || satisfies(found, annotation)) return
    fail(
      declaration.region,
      `In this definition, expected parameter variances are not satisfied.\n` +
        `The ${ordinalOf(i + 1)} type parameter was expected to be ${describeAnnotation(annotation)},\n` +
        `but it is ${describe(found)}.`,
    )
  })
}

/**
 * Sets the variances of a group; `env` has the group's declarations. Stops where an annotation is not kept.
 */
export function computeVariances(env: Env, group: readonly DeclaredType[]): void {
  for (const { declaration } of group) declaration.variance = declaration.parameters.map(() => absent)
  for (let changed = true; changed; ) {
    changed = false
    for (const type of group) {
      const next = computeVariance(env, type)
      if (next.every((v, i) => same(v, type.declaration.variance[i] as Variance))) continue
      type.declaration.variance = next
      changed = true
    }
  }
  for (const type of group) {
    const { kind, region } = type.declaration
    for (const each of explicitConstructors(kind)) {
      checkAnnotatedArguments(type, each)
      checkDeducible(env, each, region)
    }
  }
  group.forEach(checkAnnotations)
}

// ---------------------------------------------------------------------------------------------------------
// Immediacy

/** Whether all values of the type are immediates. */
export function isImmediate(env: Env, type: Type): boolean {
  const { desc } = repr(expandHead(env, type))
  if (desc.kind === 'constructor') return findType(env, desc.path)?.immediate ?? false
  if (desc.kind === 'poly') return isImmediate(env, desc.body)
  if (desc.kind !== 'variant' || !desc.row.closed) return false
  return [...desc.row.fields.values()].map(rowFieldState).every((state) => {
    if (state.kind === 'present') return state.argument === undefined
    return state.kind === 'absent' || (state.constant && state.arguments.length === 0)
  })
}

function computeImmediacy(env: Env, declaration: TypeDeclaration): boolean {
  const { kind, manifest } = declaration
  if (kind.kind === 'variant') {
    const first = kind.constructors[0]
    if (first?.tag.kind === 'unboxed') return isImmediate(env, unboxedArgument(first))
    return kind.constructors.length > 0 && kind.constructors.every((c) => c.arity === 0)
  }
  if (kind.kind === 'record') {
    return kind.representation === 'unboxed' && isImmediate(env, (kind.labels[0] as { type: Type }).type)
  }
  if (kind.kind === 'open') return false
  return manifest === undefined ? hasImmediateAttribute(declaration) : isImmediate(env, manifest)
}

const unboxedArgument = (description: ConstructorDescription): Type =>
  description.inlined?.[0]?.type ?? (description.arguments[0] as Type)

const immediateAttributes = ['immediate', 'ocaml.immediate', 'immediate64', 'ocaml.immediate64']

export function hasImmediateAttribute(declaration: Pick<TypeDeclaration, 'attributes'>): boolean {
  return declaration.attributes.some((attribute) => immediateAttributes.includes(attribute.name))
}

/** Sets the immediacy of a group; stops where an attribute claims too much. */
export function computeImmediacies(
  env: Env,
  group: readonly { readonly declaration: TypeDeclaration }[],
): void {
  for (let changed = true; changed; ) {
    changed = false
    for (const { declaration } of group) {
      const next = computeImmediacy(env, declaration)
      if (next === declaration.immediate) continue
      declaration.immediate = next
      changed = true
    }
  }
  for (const { declaration } of group) {
    if (hasImmediateAttribute(declaration) && !declaration.immediate) {
      fail(
        declaration.region,
        'Types marked with the immediate attribute must be non-pointer types\nlike int or bool.',
      )
    }
  }
}
