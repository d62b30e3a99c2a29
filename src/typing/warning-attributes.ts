/** Warnings that attributes switch off or on: `[@warning "-8"]`, `[@@ocaml.warning "-11..12+8"]`, `[@warning "-a"]`. */

import type { Attribute } from '../syntax/ast.ts'

/** Whether a warning is silenced, by its number. */
export type Silenced = (warning: number) => boolean

export const nothingSilenced: Silenced = () => false

/** What OCaml does not warn of unless it is asked to: that a method is overridden. */
export const silencedByDefault: Silenced = (warning) => warning === 7

/** What is silenced inside something with these attributes. */
export function silencedBy(attributes: readonly Attribute[], outside: Silenced): Silenced {
  return attributes.reduce((silenced, attribute) => {
    const text = specification(attribute)
    return text === undefined ? silenced : applied(text, silenced)
  }, outside)
}

function specification({ name, payload }: Attribute): string | undefined {
  if ((name !== 'warning' && name !== 'ocaml.warning') || payload.kind !== 'structure') return undefined
  const [item] = payload.items
  if (item?.kind !== 'eval' || item.expression.kind !== 'constant') return undefined
  const { constant } = item.expression
  return constant.kind === 'string' ? new TextDecoder().decode(constant.bytes) : undefined
}

function applied(text: string, outside: Silenced): Silenced {
  let silenced = outside
  for (const [, sign, from, to] of text.matchAll(/([+@-])(?:(\d+)(?:\.\.(\d+))?|a|A)/g)) {
    const before = silenced
    const low = from === undefined ? 0 : Number(from)
    const high = from === undefined ? Number.POSITIVE_INFINITY : Number(to ?? from)
    silenced = (warning) => (warning >= low && warning <= high ? sign === '-' : before(warning))
  }
  return silenced
}
