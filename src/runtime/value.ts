/** A word of the OCaml program: odd = immediate, even = address of a block's field 0. 0 is never a value. */
export type Value = i64
