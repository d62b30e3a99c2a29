/** How many arguments the built-in primitives take: an `external` that declares another number is an error. */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type { ValueDescription } from '../typing/types.ts'

const boxed = '(?:int32|int64|nativeint)'
const binary = '(?:add|sub|mul|div|mod|and|or|xor|lsl|lsr|asr)'

/** By what the name is without its `%`. Names that are not here take what they declare. */
const arities: readonly (readonly [RegExp, number])[] = [
  [new RegExp(`^${binary}int$|^${boxed}_${binary}$|^(?:add|sub|mul|div)float$`), 2],
  [new RegExp(`^${boxed}_(?:neg|(?:of|to)_(?:int|int32|int64|nativeint))$|^bswap_${boxed}$`), 1],
  [/^(?:neg|succ|pred)int$|^boolnot$|^(?:neg|abs)float$|^floatofint$|^intoffloat$|^bswap16$/, 1],
  [/^(?:eq|noteq|lessthan|lessequal|greaterthan|greaterequal|equal|notequal|compare)$/, 2],
  [/^(?:ltint|leint|gtint|geint|(?:eq|noteq|lt|le|gt|ge)float)$/, 2],
  [/^(?:string|bytes|array|floatarray)_length$|^obj_(?:size|is_int|magic)$/, 1],
  [/^(?:string|bytes|array|floatarray)_(?:un)?safe_get$|^obj_field$|^caml_(?:string|bytes)_get\d+u?$/, 2],
  [/^(?:string|bytes|array|floatarray)_(?:un)?safe_set$|^obj_set_field$|^caml_(?:string|bytes)_set\d+u?$/, 3],
  [/^(?:raise|reraise|raise_notrace|lazy_force|opaque|identity|ignore)$/, 1],
  [/^(?:bytes_to_string|bytes_of_string|makemutable|field[01]|incr|decr)$/, 1],
  [/^(?:apply|revapply|sequand|sequor|setfield[01]|raise_with_backtrace)$/, 2],
]

/** For a declaration, and for a use of what a signature declares. */
export function checkPrimitiveArity({ kind }: ValueDescription, region: Region): void {
  if (kind.kind !== 'primitive' || !kind.name.startsWith('%')) return
  const { name, arity } = kind
  const taken = arities.find(([pattern]) => pattern.test(name.slice(1)))
  if (taken !== undefined && taken[1] !== arity) fail(region, `Wrong arity for builtin primitive "${name}"`)
}
