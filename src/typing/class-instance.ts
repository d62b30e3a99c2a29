/**
 * Instances of class types, and what is generalised in a class type before the class is complete.
 *
 * While the classes of one definition are inferred, their types are still monomorphic, but each use of a class must have a
 * self type of its own: only what contains the row variable of the self type is generalised.
 */

import { classSignature, mapClassType, typesOfClassType } from './class-types.ts'
import { instancer } from './instance.ts'
import { componentsOfDesc } from './subst.ts'
import { currentLevel, setLevel } from './type-graph.ts'
import { type ClassType, genericLevel, repr, type Type } from './types.ts'

export interface ClassInstance {
  readonly parameters: readonly Type[]
  readonly type: ClassType
}

export function instanceClass(parameters: readonly Type[], type: ClassType): ClassInstance {
  const copy = instancer()
  const own = parameters.map(copy)
  return { parameters: own, type: mapClassType(type, { type: copy, path: (path) => path }) }
}

/** Generalises the self type of the class type, and what contains it. */
export function limitClass(type: ClassType, parameters: readonly Type[]): void {
  const row = repr(classSignature(type).selfRow)
  generaliseAround(rowEnd(row), [...parameters, ...typesOfClassType(type)])
}

/** The row variable of a self type, of which methods are known. */
function rowEnd(row: Type): Type {
  let t = repr(row)
  while (t.desc.kind === 'field') t = repr(t.desc.rest)
  return t
}

/** Generalises `inner` and the nodes of `types` that contain it. */
function generaliseAround(inner: Type, types: readonly Type[]): void {
  const parents = new Map<Type, Type[]>()
  const visit = (type: Type): void => {
    const t = repr(type)
    if (parents.has(t) || t.level <= currentLevel()) return
    parents.set(t, [])
    for (const component of componentsOfDesc(t.desc)) {
      visit(component)
      parents.get(repr(component))?.push(t)
    }
  }
  types.forEach(visit)
  const mark = (t: Type): void => {
    if (t.level === genericLevel) return
    setLevel(t, genericLevel)
    parents.get(t)?.forEach(mark)
  }
  if (parents.has(inner)) mark(inner)
}
