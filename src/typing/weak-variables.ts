/**
 * What a unit exports must be free of weak type variables (`'_weak1`): each of its users would see another type.
 */

import { fail } from '../base/diagnostic.ts'
import { addSignature, type Env, scrapeModuleType } from './env.ts'
import { box, renderMessage, space } from './pretty.ts'
import { newWeakNames, TypePrinter } from './print-type.ts'
import { componentsOfDesc } from './subst.ts'
import { genericLevel, type ModuleType, repr, type Signature, type Type, type ValueDescription } from './types.ts'

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
