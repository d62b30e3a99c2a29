/**
 * Object types as lists of methods. An object's `fields` are a chain of `field` nodes that ends in `nil` (closed), a variable
 * (open), a quantified variable, or an abstract row `t#row`; the order of the chain means nothing.
 *
 * A method's `presence` says whether objects of the type have it for everybody (`present`). That of a private method of a
 * class is `unknown`: it becomes `present` when the method is made public, `absent` when the object is seen from outside.
 */

import type { Ident } from './ident.ts'
import { componentsOfDesc } from './subst.ts'
import { newType, setDesc, setPresence } from './type-graph.ts'
import { type FieldPresence, repr, type Type, type TypeDesc } from './types.ts'

/**
 * The self type of a class that can be inherited from has a dummy method, whose presence is not decided while the class is
 * inferred: it keeps the type from becoming a closed object type, and from leaving the class. Each class has one of its own.
 */
const dummyPrefix = '*dummy '

export const dummyMethodOf = (scope: Ident): string => `${dummyPrefix}${scope.stamp}`
export const isDummyMethod = (name: string): boolean => name.startsWith(dummyPrefix)

export interface ObjectField {
  readonly name: string
  readonly presence: FieldPresence
  readonly type: Type
}

export interface FlatObject {
  /** By name; fields that are absent are left out. */
  readonly fields: readonly ObjectField[]
  readonly rest: Type
}

export function reprPresence(presence: FieldPresence): FieldPresence {
  let p = presence
  while (typeof p.state === 'object') p = p.state.link
  return p
}

export const isPresent = (presence: FieldPresence): boolean => reprPresence(presence).state === 'present'

/** The methods of a chain of fields. */
export function flattenFields(fields: Type): FlatObject {
  const found: ObjectField[] = []
  let rest = repr(fields)
  while (rest.desc.kind === 'field') {
    const { name, type, presence } = rest.desc
    const own = reprPresence(presence)
    if (own.state !== 'absent') found.push({ name, type, presence: own })
    rest = repr(rest.desc.rest)
  }
  found.sort((a, b) => (a.name < b.name ? -1 : 1))
  return { fields: found, rest }
}

/** The methods of an object type that has been expanded; none of another type. */
export function methodsOf(type: Type): FlatObject {
  const t = repr(type)
  return t.desc.kind === 'object' ? flattenFields(t.desc.fields) : { fields: [], rest: t }
}

/** The end of the chain of an object type's fields. */
export function objectRow(type: Type): Type {
  return methodsOf(type).rest
}

/** Whether the object type, which has been expanded, may have further methods. */
export function isOpenObject(type: Type): boolean {
  const t = repr(type)
  return t.desc.kind === 'object' && repr(objectRow(t)).desc.kind !== 'nil'
}

/** A chain of the fields that ends in `rest`. */
export function fieldChain(fields: readonly ObjectField[], rest: Type, level?: number): Type {
  return fields.reduceRight(
    (chain, { name, presence, type }) => newType({ kind: 'field', name, presence, type, rest: chain }, level),
    rest,
  )
}

/** A method's type is always a `poly`. */
export function methodType(type: Type): Type {
  const t = repr(type)
  return t.desc.kind === 'poly' ? t : newType({ kind: 'poly', variables: [], body: t }, t.level)
}

/** Private methods are not to be seen in the type any more. */
export function hidePrivateMethods(type: Type): void {
  for (const { presence } of methodsOf(type).fields) {
    if (presence.state === 'unknown') setPresence(presence, 'absent')
  }
}

type ObjectName = Extract<TypeDesc, { kind: 'object' }>['name']

export function setObjectName(type: Type, name: ObjectName): void {
  const t = repr(type)
  if (t.desc.kind !== 'object') return
  const { fields } = t.desc
  setDesc(t, name === undefined ? { kind: 'object', fields } : { kind: 'object', fields, name })
}

function occursIn(target: Type, types: readonly Type[]): boolean {
  const seen = new Set<Type>()
  const visit = (at: Type): boolean => {
    const t = repr(at)
    if (t === target) return true
    if (seen.has(t)) return false
    seen.add(t)
    return componentsOfDesc(t.desc).some(visit)
  }
  return types.some(visit)
}

/**
 * How an object type prints under its name: as `#c` while its row, the first argument, is a variable, as `c` when it is
 * closed; when it has got further methods the name does not say all about it.
 */
export function objectNameState(type: Type): 'open' | 'closed' | 'none' {
  const { desc } = repr(type)
  const name = desc.kind === 'object' ? desc.name : undefined
  const first = name?.arguments[0]
  if (name === undefined || first === undefined || occursIn(repr(type), name.arguments)) return 'none'
  const { kind } = repr(first).desc
  if (kind === 'nil') return 'closed'
  return kind === 'variable' || kind === 'universal' ? 'open' : 'none'
}
