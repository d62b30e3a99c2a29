/** Types as text: what Erlang and Elixir write alike, with their differences in a `Dialect`. */

import type { Builtin, OutsideType, TypeDefinition } from './outside-type.ts'

export interface Dialect {
  readonly builtins: Readonly<Record<Builtin, string>>
  atom(name: string): string
  /** A name given by OCaml, of a type variable. */
  parameter(name: string): string
  tuple(elements: readonly string[]): string
  /** A map with exactly these keys, atoms; at least one. */
  record(fields: readonly { readonly name: string; readonly type: string }[]): string
  table(key: string, data: string): string
  fun(parameters: readonly string[], result: string): string
  /** A definition of the module that is being printed, or of another one. */
  named(definition: TypeDefinition, args: readonly string[]): string
}

/** Longer lines are broken, where a type has places for it. */
export const lineWidth = 110

/** On one line, or on several with `indent` before the second one and those that follow. */
export function printOutsideType(dialect: Dialect, type: OutsideType, indent: string, column = 0): string {
  const line = inline(dialect, type)
  if (type.kind !== 'union' || column + line.length <= lineWidth) return line
  return type.cases.map((c) => inline(dialect, c)).join(`\n${indent}| `)
}

function inline(dialect: Dialect, type: OutsideType): string {
  const print = (t: OutsideType): string => inline(dialect, t)
  switch (type.kind) {
    case 'builtin':
      return dialect.builtins[type.name]
    case 'range':
      return `${type.from}..${type.to}`
    case 'atom':
      return dialect.atom(type.name)
    case 'tuple':
      return dialect.tuple(type.elements.map(print))
    case 'list':
      return `[${print(type.element)}]`
    case 'map':
      return dialect.record(type.fields.map((f) => ({ name: f.name, type: print(f.type) })))
    case 'table':
      return dialect.table(print(type.key), print(type.data))
    case 'function':
      return dialect.fun(type.parameters.map(print), print(type.result))
    case 'union':
      return type.cases.length === 0 ? 'none()' : type.cases.map(print).join(' | ')
    case 'named':
      return dialect.named(type.definition, type.arguments.map(print))
    case 'parameter':
      return dialect.parameter(type.name)
  }
}
