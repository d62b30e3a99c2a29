/**
 * What OCaml names are called outside. In Erlang constructors, units and fields become atoms.
 *
 * `[@erlang "name"]` on a constructor or a field overrides the rule.
 */

import { encodeBare } from '../erlang-term-format/index.ts'
import type { Attribute } from '../syntax/ast.ts'
import { type Path, printPath, unitDisplayName } from '../typing/ident.ts'
import type { ConstructorDescription, LabelDescription, TypeDeclaration } from '../typing/types.ts'
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

/** How a codec's parts are called. */
export interface Naming {
  field(label: LabelDescription): Name
  constructorOf(description: ConstructorDescription): Name
  /** Of a polymorphic variant. */
  tag(tag: string): Name
  /** The first element of the tuple that a record is, if it is one. */
  taggedRecord(declaration: TypeDeclaration, path: Path): Name | undefined
}

export const erlangNames: Naming = {
  field: (label) => nameOf(givenName(label.attributes, 'erlang') ?? label.name),
  constructorOf: (c) => nameOf(givenName(c.attributes, 'erlang') ?? snakeCase(c.name)),
  tag: (tag) => nameOf(snakeCase(tag)),
  taggedRecord: ({ attributes }, path) => {
    if (!hasAttribute(attributes, 'erlang.record')) return undefined
    const own = path.kind === 'dot' ? path.name : printPath(path)
    return nameOf(givenName(attributes, 'erlang.record') ?? own)
  },
}
