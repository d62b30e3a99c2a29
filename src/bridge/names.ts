/**
 * What OCaml names are called in Erlang: constructors, units and fields become atoms.
 *
 * `[@erlang "name"]` on a constructor or a field overrides the rule.
 */

import { encodeBare } from '../erlang-term-format/index.ts'
import type { Attribute } from '../syntax/ast.ts'
import { unitDisplayName } from '../typing/ident.ts'
import { stringPayload } from '../typing/warning-attributes.ts'

/** An atom, with its encoding at hand. */
export interface Name {
  readonly text: string
  readonly encoded: Uint8Array
}

export function nameOf(text: string): Name {
  return { text, encoded: encodeBare({ kind: 'atom', name: text }) }
}

/**
 * CamelCase and Capitalised_words in small letters with underscores: `Not_found` → `not_found`, `RgbColor` → `rgb_color`,
 * `HTTPParser` → `http_parser`, `GET` → `get`.
 */
export function snakeCase(name: string): string {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .toLowerCase()
}

/** The Erlang module that an OCaml unit answers for. */
export const erlangModule = (unit: string): string => snakeCase(unitDisplayName(unit))

/** The name that an attribute such as `[@erlang "name"]` gives, if there is one. */
export function givenName(attributes: readonly Attribute[], attribute: string): string | undefined {
  const found = attributes.find((a) => a.name === attribute)
  return found === undefined ? undefined : stringPayload(found)
}

export function hasAttribute(attributes: readonly Attribute[], name: string): boolean {
  return attributes.some((a) => a.name === name)
}
