/**
 * Cycles through the type abbreviations of recursive modules: `A.t = B.t list` and `B.t = A.t`.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import { type Env, findType, scrapeModuleType } from './env.ts'
import { type Path, samePath } from './ident.ts'
import { renderMessage, space, vBox } from './pretty.ts'
import { printType, printTypePath } from './print-type.ts'
import { componentsOfDesc } from './subst.ts'
import { type ModuleType, repr, type Type } from './types.ts'

/** Stops when a type of a recursive module is, by the declarations alone, a part of itself. */
export function checkTypeCycles(env: Env, path: Path, type: ModuleType, region: Region): void {
  const scraped = scrapeModuleType(env, type)
  if (scraped.kind !== 'signature') return
  for (const item of scraped.items) {
    const inside: Path = { kind: 'dot', prefix: path, name: item.ident.name }
    if (item.kind === 'module') checkTypeCycles(env, inside, item.type, region)
    if (item.kind === 'type') checkTypeCycle(env, inside, region)
  }
}

function checkTypeCycle(env: Env, start: Path, region: Region): void {
  const seen = new Set<Type>()
  const expanded: Path[] = []
  const visit = (type: Type, through: Type | undefined): void => {
    const t = repr(type)
    if (seen.has(t)) return
    seen.add(t)
    const { desc } = t
    if (desc.kind === 'object' || desc.kind === 'variant') return
    if (desc.kind === 'constructor') {
      if (samePath(desc.path, start)) failCycle(env, start, through ?? t, region)
      const manifest = findType(env, desc.path)?.manifest
      if (manifest !== undefined && !expanded.some((path) => samePath(path, desc.path))) {
        expanded.push(desc.path)
        visit(manifest, through ?? t)
      }
    }
    for (const component of componentsOfDesc(desc)) visit(component, through)
  }
  const manifest = findType(env, start)?.manifest
  if (manifest !== undefined) visit(manifest, undefined)
}

function failCycle(env: Env, path: Path, through: Type, region: Region): never {
  const head = `The definition of ${printTypePath(env, path)} contains a cycle:`
  fail(region, renderMessage(vBox(0, head, space, printType(env, through))))
}
