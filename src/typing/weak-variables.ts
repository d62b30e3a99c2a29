/**
 * Weak type variables (`'_weak1`) in the types of modules: unknowns that are not generalised.
 *
 * A unit must not export any: each of its users would see another type. A module inside of a structure is
 * inferred one level deeper; when it is complete, its weak variables belong to the structure's level.
 */

import { fail } from '../base/diagnostic.ts'
import { addSignature, type Env, scrapeModuleType } from './env.ts'
import { box, renderMessage, space } from './pretty.ts'
import { newWeakNames, TypePrinter } from './print-type.ts'
import { componentsOfDesc } from './subst.ts'
import { currentLevel, setLevel } from './type-graph.ts'
import {
  genericLevel,
  type ModuleType,
  repr,
  type Signature,
  type Type,
  type ValueDescription,
} from './types.ts'

function hasWeakVariable(type: Type, seen = new Set<Type>()): boolean {
  const t = repr(type)
  if (seen.has(t)) return false
  seen.add(t)
  if (t.desc.kind === 'variable' && t.level !== genericLevel) return true
  return componentsOfDesc(t.desc).some((component) => hasWeakVariable(component, seen))
}

/** Stops at the first exported value whose type has weak variables. */
export function checkGeneralised(env: Env, signature: Signature): void {
  const inner = addSignature(env, signature)
  for (const item of signature) {
    if (item.kind === 'value') checkValue(inner, item.description)
    if (item.kind === 'module') checkModule(inner, item.type)
  }
}

function checkValue(env: Env, { type, region }: ValueDescription): void {
  if (!hasWeakVariable(type)) return
  const printer = new TypePrinter(env, newWeakNames())
  printer.mark(type)
  const doc = box(
    0,
    'The type of this expression, ',
    printer.print(type),
    ',',
    space,
    'contains type variables that cannot be generalized',
  )
  fail(region, renderMessage(doc))
}

function checkModule(env: Env, type: ModuleType): void {
  if (type.kind === 'alias') return
  const scraped = scrapeModuleType(env, type)
  if (scraped.kind === 'signature') checkGeneralised(env, scraped.items)
}

/** Brings the weak variables of a module's type to the current level. */
export function lowerWeakVariables(type: ModuleType): void {
  if (type.kind === 'functor') lowerWeakVariables(type.body)
  if (type.kind !== 'signature') return
  for (const item of type.items) {
    if (item.kind === 'value') lowerInType(item.description.type, new Set())
    if (item.kind === 'module') lowerWeakVariables(item.type)
  }
}

function lowerInType(type: Type, seen: Set<Type>): void {
  const t = repr(type)
  if (seen.has(t)) return
  seen.add(t)
  const isWeak = t.desc.kind === 'variable' && t.level !== genericLevel
  if (isWeak && t.level > currentLevel()) setLevel(t, currentLevel())
  for (const component of componentsOfDesc(t.desc)) lowerInType(component, seen)
}
