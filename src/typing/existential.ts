/**
 * Locally abstract types: those of `(type a)`, the existential types that matching on a constructor introduces, and the types
 * that stand for unknowns in the equations of a match.
 */

import { noRegion, type Region } from '../base/region.ts'
import { addEquation, type Env } from './env.ts'
import { freshIdent, type Path } from './ident.ts'
import { bindLocally } from './levels.ts'
import { constructorType } from './type-graph.ts'
import type { Type, TypeDeclaration } from './types.ts'

export function localTypeDeclaration(region: Region): TypeDeclaration {
  return {
    parameters: [],
    arity: 0,
    kind: { kind: 'abstract' },
    private: false,
    manifest: undefined,
    variance: [],
    immediate: false,
    isLocal: true,
    region,
    attributes: [],
  }
}

/** What grows while patterns are inferred. */
export interface Refining {
  /** With the existential types and equations found so far. */
  env: Env
  /** The level at which these hold. */
  readonly equationLevel: number
  readonly existentialNames: ExistentialNames
  /** In the search for a counterexample: a type that would contain itself is no contradiction, an abstract type may hide it. */
  readonly allowsRecursion?: boolean
}

/** The names of existential types in one structure item: the second `$C_'a` is `$C_'a1`. */
export class ExistentialNames {
  readonly #uses = new Map<string, number>()

  fresh(base: string): string {
    const index = this.#uses.get(base) ?? 0
    this.#uses.set(base, index + 1)
    return index === 0 && !base.endsWith('$') ? base : `${base}${index}`
  }
}

export interface Existential {
  readonly path: Path
  readonly type: Type
}

/** A new type that is known nowhere else. */
export function addExistential(refining: Refining, name: string): Existential {
  const ident = freshIdent(refining.existentialNames.fresh(name))
  bindLocally(ident, refining.equationLevel)
  const path: Path = { kind: 'ident', ident }
  refining.env = addEquation(refining.env, path, localTypeDeclaration(noRegion))
  return { path, type: constructorType(path) }
}
