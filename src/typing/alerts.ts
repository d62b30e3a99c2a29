/**
 * Alerts: what `[@@deprecated]` and `[@@alert]` on a definition say at every place that mentions it.
 *
 *     [@@deprecated "text"]   is   [@@alert deprecated "text"]
 *
 * Of several attributes that give the same alert the last counts; different ones are told in the order of their names.
 * Reference: the OCaml manual, section "Alerts".
 */

import type { Region } from '../base/region.ts'
import type { Attribute } from '../syntax/ast.ts'
import type { Env } from './env.ts'
import { reportOnce } from './report.ts'
import { stringConstant, stringPayload } from './warning-attributes.ts'

export interface Alert {
  readonly name: string
  readonly text: string
}

/** `[@@alert name]` or `[@@alert name "text"]`; other payloads name no alert (a string switches alerts). */
export function namedAlert({ payload }: Attribute): Alert | undefined {
  if (payload.kind !== 'structure' || payload.items.length !== 1) return undefined
  const [item] = payload.items
  if (item?.kind !== 'eval') return undefined
  const { expression } = item
  const head = expression.kind === 'apply' ? expression.function : expression
  if (head.kind !== 'ident' || head.path.kind !== 'ident') return undefined
  const { name } = head.path
  if (expression.kind !== 'apply') return { name, text: '' }
  const [argument, ...others] = expression.arguments
  if (argument === undefined || others.length > 0 || argument.label.kind !== 'none') return undefined
  const text = stringConstant(argument.expression)
  return text === undefined ? undefined : { name, text }
}

function alertOf(attribute: Attribute): Alert | undefined {
  switch (attribute.name.replace(/^ocaml\./, '')) {
    case 'deprecated':
      return { name: 'deprecated', text: stringPayload(attribute) ?? '' }
    case 'alert':
      return namedAlert(attribute)
    default:
      return undefined
  }
}

function alertsOf(attributes: readonly Attribute[]): readonly Alert[] {
  const byName = new Map(attributes.flatMap((a) => alertOf(a) ?? []).map((alert) => [alert.name, alert]))
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Tells the alerts of a definition with these attributes that is mentioned at `region` as `name`. */
export function reportAlerts(
  env: Env,
  region: Region,
  name: string,
  attributes: readonly Attribute[] | undefined,
): void {
  if (attributes === undefined || attributes.length === 0) return
  for (const { name: alert, text } of alertsOf(attributes)) {
    const message = text === '' ? name : `${name}\n${text}`
    reportOnce(env.store, { severity: 'warning', region, alert, message })
  }
}
