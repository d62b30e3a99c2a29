/** STRING_EXT as what it abbreviates. */

import { Tag } from '../erlang-term-format/index.ts'

/** The elements of a list of bytes, each as an integer term. */
export function spreadCodes(codes: Uint8Array): Uint8Array {
  const terms = new Uint8Array(codes.length * 2)
  codes.forEach((code, i) => {
    terms[2 * i] = Tag.smallInteger
    terms[2 * i + 1] = code
  })
  return terms
}
