/**
 * The signature of a class while it is inferred: methods and instance variables are added one by one, each unified with
 * what is known of it already. A method is also a field of the self type, which is open.
 */

import type { Env } from './env.ts'
import { freshIdent, type Ident } from './ident.ts'
import { bindLocally } from './levels.ts'
import {
  dummyMethodOf,
  isDummyMethod,
  isPresent,
  methodsOf,
  type ObjectField,
  objectRow,
  reprPresence,
} from './object-fields.ts'
import { constructorType, currentLevel, newType, newVariable, setPresence } from './type-graph.ts'
import type { ClassSignature, FieldPresence, Type } from './types.ts'
import { unify } from './unify.ts'
import { unifyPresence } from './unify-objects.ts'

export function newClassSignature(): ClassSignature {
  const selfRow = newVariable()
  return {
    self: newType({ kind: 'object', fields: selfRow }),
    selfRow,
    variables: new Map(),
    methods: new Map(),
  }
}

/** The self type must not leave what is inferred from here on at the current level. */
export function addDummyMethod(env: Env, signature: ClassSignature): Ident {
  const scope = freshIdent('self')
  bindLocally(scope, currentLevel())
  const type = constructorType({ kind: 'ident', ident: scope })
  extendSelf(env, signature, { name: dummyMethodOf(scope), presence: { state: 'unknown' }, type })
  return scope
}

function extendSelf(env: Env, { self }: ClassSignature, field: ObjectField): void {
  const row = objectRow(self)
  unify(env, row, newType({ kind: 'field', ...field, rest: newVariable(undefined, row.level) }, row.level))
}

export function findField(signature: ClassSignature, name: string): ObjectField | undefined {
  return methodsOf(signature.self).fields.find((field) => field.name === name)
}

/** Makes the self type have the method; its type. Throws `UnifyError` when the self type is closed. */
export function selfMethod(env: Env, signature: ClassSignature, name: string, presence: FieldPresence): Type {
  const known = findField(signature, name)
  if (known !== undefined) {
    unifyPresence(known.presence, presence)
    return known.type
  }
  const type = newVariable(undefined, objectRow(signature.self).level)
  extendSelf(env, signature, { name, presence, type })
  return type
}

export interface AddedMethod {
  readonly name: string
  readonly private: boolean
  readonly virtual: boolean
  readonly type: Type
}

/** A public method stays public, a concrete one concrete. Throws `UnifyError`. */
export function addMethod(env: Env, signature: ClassSignature, added: AddedMethod): void {
  const { name, type } = added
  const known = signature.methods.get(name)
  const presence: FieldPresence = { state: added.private ? 'unknown' : 'present' }
  const own = selfMethod(env, signature, name, presence)
  signature.methods.set(name, {
    private: added.private && (known?.private ?? true),
    virtual: added.virtual && (known?.virtual ?? true),
    type: own,
  })
  unify(env, type, own)
}

export interface AddedVariable {
  readonly name: string
  readonly mutable: boolean
  readonly virtual: boolean
  readonly type: Type
}

/** Throws `UnifyError`; the caller looks at the mutability. */
export function addInstanceVariable(env: Env, { variables }: ClassSignature, added: AddedVariable): void {
  const { name, mutable, type } = added
  const known = variables.get(name)
  if (known !== undefined) unify(env, type, known.type)
  variables.set(name, { mutable, virtual: added.virtual && (known?.virtual ?? true), type })
}

/** Methods that others have made public, and methods that only the self type has; both are in the signature afterwards. */
export function completeSignature(signature: ClassSignature): {
  readonly madePublic: readonly string[]
  readonly undeclared: readonly string[]
} {
  const madePublic: string[] = []
  const undeclared: string[] = []
  for (const { name, presence, type } of methodsOf(signature.self).fields) {
    if (isDummyMethod(name)) continue
    const known = signature.methods.get(name)
    const isPrivate = !isPresent(presence)
    if (known === undefined) undeclared.push(name)
    else if (known.private && !isPrivate) madePublic.push(name)
    signature.methods.set(name, { virtual: known?.virtual ?? true, private: isPrivate, type })
  }
  return { madePublic, undeclared }
}

/** The class is inferred: its self type is like any other type. */
export function removeDummyMethods({ self }: ClassSignature): void {
  for (const { name, presence } of methodsOf(self).fields) {
    if (isDummyMethod(name)) setPresence(reprPresence(presence), 'absent')
  }
}

export interface VirtualParts {
  readonly methods: readonly string[]
  readonly variables: readonly string[]
}

/** What a class that is not virtual must not have. */
export function virtualParts(signature: ClassSignature): VirtualParts {
  const virtual = (map: ReadonlyMap<string, { readonly virtual: boolean }>) =>
    [...map].filter(([, each]) => each.virtual).map(([name]) => name)
  return { methods: virtual(signature.methods).sort(), variables: virtual(signature.variables).sort() }
}
