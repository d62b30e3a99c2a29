/**
 * Warnings about how a constructor or a label was told apart from others of its name: 40 (it is not in scope, its type is
 * known), 41 (several types have it, the last one in scope was taken), 42 (it is not the last one in scope).
 */

import type { Region } from '../base/region.ts'
import { warningAt } from '../base/warnings.ts'
import type { Env } from './env.ts'
import type { Path } from './ident.ts'
import { printTypePath } from './print-type.ts'

/** How a name was resolved. */
export interface Resolution {
  readonly name: string
  readonly region: Region
  /** The type that has the name, where it was found there and not in scope. */
  readonly outside: Path | undefined
  /** Where nothing was known of the type: the types that the name can belong to, the one that was taken first. */
  readonly owners: readonly Path[]
  /** It is the last one in scope. */
  readonly isLast: boolean
}

export function warnResolution(env: Env, resolution: Resolution): void {
  const { name, region, outside, owners } = resolution
  if (outside !== undefined) {
    const scope =
      'It is not visible in the current scope, and will not \nbe selected if the type becomes unknown.'
    const message = `${name} was selected from type ${printTypePath(env, outside)}.\n${scope}`
    env.store.diagnostics.push(warningAt(region, 40, message))
  }
  if (owners.length > 1) warnAmbiguous(env, region, `${name} belongs`, owners)
  warnNotLast(env, resolution)
}

function warnAmbiguous(env: Env, region: Region, subject: string, owners: readonly Path[]): void {
  const types = owners.map((path) => printTypePath(env, path)).join(' ')
  const message = `${subject} to several types: ${types}\nThe first one was selected. Please disambiguate if this is wrong.`
  env.store.diagnostics.push(warningAt(region, 41, message))
}

function warnNotLast(env: Env, { name, region, isLast }: Resolution): void {
  if (isLast) return
  const message = `this use of ${name} relies on type-directed disambiguation,\nit will not compile with OCaml 4.00 or earlier.`
  env.store.diagnostics.push(warningAt(region, 42, message))
}

/** The labels of one record are told about together; `sameType`: they belong to one type. */
export function warnLabels(
  env: Env,
  record: Region,
  resolutions: readonly Resolution[],
  sameType: boolean,
): void {
  for (const each of resolutions) warnNotLast(env, each)
  const ambiguous = resolutions.filter(({ owners }) => owners.length > 1)
  const [first] = ambiguous
  if (first !== undefined && sameType) warnAmbiguous(env, record, 'these field labels belong', first.owners)
  else for (const { name, owners } of ambiguous) warnAmbiguous(env, record, `${name} belongs`, owners)
  const hidden = resolutions.filter(({ outside }) => outside !== undefined)
  const type = hidden[hidden.length - 1]?.outside
  if (type === undefined) return
  const names = hidden.map(({ name }) => name).join(' ')
  const message = `this record of type ${printTypePath(env, type)} contains fields that are \nnot visible in the current scope: ${names}.\nThey will not be selected if the type becomes unknown.`
  env.store.diagnostics.push(warningAt(record, 40, message))
}
