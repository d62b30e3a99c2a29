/**
 * What emitted code must know about the runtime's functions beyond the general convention
 * `(sp: i32, a1: i64, …) → i64`, result 0 unwinding.
 *
 * - `unboxed`: plain numbers in and out, no effect, no allocation: called inside expressions.
 * - `pure`: tagged words in and out, no effect, no allocation, no exception.
 * - `effect`: as `pure`, but with an effect on its arguments; yields nothing.
 * Everything else follows the general convention.
 */

import type { ValueType } from '../wasm/opcodes.ts'

export type Effects = 'unboxed' | 'pure' | 'effect'

export interface External {
  readonly effects: Effects
  readonly parameters: readonly ValueType[]
  readonly result: ValueType | undefined
}

const unboxed = (arity: number): External => ({
  effects: 'unboxed',
  parameters: Array.from({ length: arity }, () => 'f64' as const),
  result: 'f64',
})

const pure = (arity: number): External => ({
  effects: 'pure',
  parameters: Array.from({ length: arity }, () => 'i64' as const),
  result: 'i64',
})

const floatFunctions: readonly (readonly [string, number])[] = [
  ...[
    'exp',
    'log',
    'log10',
    'log2',
    'expm1',
    'log1p',
    'cbrt',
    'exp2',
    'sin',
    'cos',
    'tan',
    'asin',
    'acos',
    'atan',
  ].map((name) => [name, 1] as const),
  ...['sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'round', 'erf', 'erfc'].map(
    (name) => [name, 1] as const,
  ),
  ...['power', 'atan2', 'hypot', 'fmod', 'copysign'].map((name) => [name, 2] as const),
]

/** By the name in the `external` declaration, which is the runtime's export too. */
export const externals: ReadonlyMap<string, External> = new Map<string, External>([
  ...floatFunctions.map(([name, arity]) => [`caml_${name}_float`, unboxed(arity)] as const),
  ['caml_string_equal', pure(2)],
  ['caml_string_notequal', pure(2)],
  ['caml_bytes_equal', pure(2)],
  ['caml_bytes_notequal', pure(2)],
  ['caml_string_compare', pure(2)],
  ['caml_bytes_compare', pure(2)],
  ['caml_bytes_lessthan', pure(2)],
  ['caml_bytes_lessequal', pure(2)],
  ['caml_bytes_greaterthan', pure(2)],
  ['caml_bytes_greaterequal', pure(2)],
  ['caml_string_lessthan', pure(2)],
  ['caml_string_lessequal', pure(2)],
  ['caml_string_greaterthan', pure(2)],
  ['caml_string_greaterequal', pure(2)],
  ['caml_get_public_method', pure(2)],
  ['caml_green_self', pure(1)],
  ['caml_green_alive', pure(1)],
  ['caml_green_stands', pure(1)],
  ['caml_modify', { effects: 'effect', parameters: ['i32', 'i64'], result: undefined }],
  ['caml_initialize', { effects: 'effect', parameters: ['i32', 'i64'], result: undefined }],
])
