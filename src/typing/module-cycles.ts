/**
 * Cycles through the type abbreviations of recursive modules: `A.t = B.t list` and `B.t = A.t`, and irregular ones:
 * `'a A.t = < m : 'a list A.t >`.
 */

import type { Region } from '../base/region.ts'
import { type Env, findType, scrapeModuleType } from './env.ts'
import type { Path } from './ident.ts'
import { checkRegularity } from './regularity.ts'
import type { ModuleType } from './types.ts'
import { checkWellFounded, type Suspect } from './well-founded.ts'

export interface RecursiveType {
  readonly path: Path
  readonly type: ModuleType
  readonly region: Region
}

/** Stops when, by the declarations of the modules alone, one of their types is a part of itself or not regular. */
export function checkModuleCycles(env: Env, modules: readonly RecursiveType[]): void {
  const suspects = modules.flatMap((module) => typesOf(env, module))
  checkWellFounded(env, suspects)
  checkRegularity(env, suspects)
}

function typesOf(env: Env, { path, type, region }: RecursiveType): readonly Suspect[] {
  // An alias has the types of another module; among recursive modules that may lead back here.
  if (type.kind === 'alias') return []
  const scraped = scrapeModuleType(env, type)
  if (scraped.kind !== 'signature') return []
  return scraped.items.flatMap((item): readonly Suspect[] => {
    const inside: Path = { kind: 'dot', prefix: path, name: item.ident.name }
    if (item.kind === 'module') return typesOf(env, { path: inside, type: item.type, region })
    const declaration = item.kind === 'type' ? findType(env, inside) : undefined
    return declaration === undefined ? [] : [{ path: inside, declaration, region }]
  })
}
