/**
 * Names for generated types: those of OCaml, with the modules around them (`Order.Line.t` is `order_line_t`), as Erlang and Elixir
 * both accept them without quotes.
 */

import type { Path } from '../typing/ident.ts'
import { erlangModule, snakeCase } from './names.ts'

/** Types that one of the languages has of its own, and words that mean something there. */
const taken = new Set(
  `any arity as_boolean atom binary bitstring bool boolean byte char charlist dynamic float fun function identifier integer iodata
  iolist keyword list map maybe_improper_list mfa module neg_integer nil no_return node non_neg_integer none nonempty_binary
  nonempty_bitstring nonempty_charlist nonempty_improper_list nonempty_list nonempty_maybe_improper_list nonempty_string number
  pid port pos_integer record reference string struct term timeout tuple var
  after and andalso band begin bnot bor bsl bsr bxor case catch cond div do else end false fn if in let maybe not of or orelse
  query receive rem rescue true try unquote when xor
  target`.split(/\s+/),
)

/** The name of a type, seen from the unit `unit`. */
export function typeName(path: Path, unit: string): string {
  const [root, ...inner] = segments(path)
  const others = inner.filter((word) => word !== unit)
  const words = root === unit ? others : [erlangModule(root as string), ...others]
  const name = words
    .map((word) => snakeCase(word).replaceAll("'", '_prime'))
    .join('_')
    .replace(/^_+/, '')
  return taken.has(name) || !/^\p{Ll}/u.test(name) ? `${name}_t`.replace(/^(?!\p{Ll})/u, 't_') : name
}

function segments(path: Path): string[] {
  switch (path.kind) {
    case 'ident':
      return [path.ident.name]
    case 'dot':
      return [...segments(path.prefix), path.name]
    case 'apply':
      return [...segments(path.functor), ...segments(path.argument)]
  }
}

/** The unit that a path starts in; undefined for what is predefined. */
export function unitOfPath(path: Path): string | undefined {
  switch (path.kind) {
    case 'ident':
      return path.ident.stamp === 0 ? path.ident.name : undefined
    case 'dot':
      return unitOfPath(path.prefix)
    case 'apply':
      return unitOfPath(path.functor)
  }
}

/** Gives out each name once; a second one gets a number. */
export class UniqueNames {
  private readonly used = new Set<string>()

  of(name: string): string {
    let unique = name
    for (let n = 2; this.used.has(unique); n++) unique = `${name}_${n}`
    this.used.add(unique)
    return unique
  }
}
