/**
 * Names that mean something only in the methods of a class: self, `super`, instance variables.
 *
 * At run time these are reached through the first parameter of the method, initializer or class around. It has a name that
 * no source can have, so an inner object can mention the instance variables of an outer class: each through its own self.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import { addValue, type Entry, type Env, findByName } from './env.ts'
import { freshIdent, type Ident } from './ident.ts'
import type { SelfDescription, Type, ValueDescription, ValueKind } from './types.ts'

/** Under this name the innermost self is found. */
const innermost = '*self*'

const hiddenName = (ownClass: Ident): string => `self-${ownClass.stamp}`

export interface BoundSelf {
  readonly ident: Ident
  readonly env: Env
}

/** The environment of a method, with a new ident for its self. */
export function bindSelf(env: Env, self: SelfDescription, type: Type, region: Region): BoundSelf {
  const description: ValueDescription = { type, kind: { kind: 'self', self }, region, attributes: [] }
  const ident = freshIdent(hiddenName(self.class))
  const inner = addValue(addValue(env, ident, description), freshIdent(innermost), description)
  return { ident, env: inner }
}

/** The ident that self of a class has here. */
export function selfIdent(env: Env, ownClass: Ident): Ident {
  const entry = findByName(env.values, hiddenName(ownClass)) as Entry<ValueDescription>
  if (entry.path.kind !== 'ident') throw new Error('self is a local value')
  return entry.path.ident
}

export interface InnermostSelf {
  readonly self: SelfDescription
  readonly ident: Ident
  readonly type: Type
}

/** The object whose method this is. */
export function findSelf(env: Env): InnermostSelf | undefined {
  const description = findByName(env.values, innermost)?.description
  if (description?.kind.kind !== 'self') return undefined
  const { self } = description.kind
  return { self, ident: selfIdent(env, self.class), type: description.type }
}

/** Hides the object around, as at the start of an item. */
export function addUnavailable(env: Env, name: string, what: Unavailable, type: Type, region: Region): Env {
  return addValue(env, freshIdent(name), {
    type,
    kind: { kind: 'unavailable', what },
    region,
    attributes: [],
  })
}

export type Unavailable = Extract<ValueKind, { kind: 'unavailable' }>['what']

/** Stops because the name must not be mentioned here. */
export function failUnavailable(name: string, what: Unavailable, region: Region): never {
  switch (what) {
    case 'self':
      return fail(
        region,
        `The self variable ${name}\ncannot be accessed from the definition of an instance variable`,
      )
    case 'ancestor':
      return fail(
        region,
        `The ancestor variable ${name}\ncannot be accessed from the definition of an instance variable`,
      )
    case 'instance-variable':
      return fail(
        region,
        `The instance variable ${name}\ncannot be accessed from the definition of another instance variable`,
      )
  }
}
