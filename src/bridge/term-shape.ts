/**
 * Values of the library's `Erlang.term`: any Erlang term at all (src/stdlib/camlinternalTerm.ml).
 *
 *     0 Atom text │ 1 Int n │ 2 Big { negative; magnitude } │ 3 Float x │ 4 Binary bytes │ 5 Bits (bytes, n) │ 6 List l
 *     7 Improper (l, tail) │ 8 Tuple l │ 9 Map ((key, value) list) │ 10 Pid │ 11 Reference │ 12 Port │ 13 Fun
 *
 * The last four, and the library's types `pid`, `reference`, `port` and `func` by themselves, are strings: the encoded term in its newest form.
 *
 * As everywhere at the border, one pass measures and checks (measure-term.ts), one builds (build-term.ts), one encodes (encode-term.ts).
 */

import { encodeBare, Tag, type TermCursor } from '../erlang-term-format/index.ts'

/** What stands for something of Erlang's that OCaml code only passes on. */
export type IdentifierKind = 'pid' | 'reference' | 'port' | 'fun'

/** Constructors by their tags. */
export const shape = {
  atom: 0,
  int: 1,
  big: 2,
  float: 3,
  binary: 4,
  bits: 5,
  list: 6,
  improper: 7,
  tuple: 8,
  map: 9,
  pid: 10,
  reference: 11,
  port: 12,
  fun: 13,
} as const

const least = -(2n ** 62n)
const greatest = 2n ** 62n - 1n

/** Whether it is an `int`. */
export const fits = (n: number | bigint): boolean => typeof n === 'number' || (n >= least && n <= greatest)

/** Bytes of a positive integer, lowest first. */
export function magnitudeOf(n: bigint): Uint8Array {
  const digits = n.toString(16)
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
  return bytes.reverse()
}

export function identifierKindOf(tag: number): IdentifierKind | undefined {
  switch (tag) {
    case Tag.newPid:
    case Tag.pid:
      return 'pid'
    case Tag.newerReference:
    case Tag.newReference:
    case Tag.reference:
      return 'reference'
    case Tag.v4Port:
    case Tag.newPort:
    case Tag.port:
      return 'port'
    case Tag.newFun:
    case Tag.exportFun:
      return 'fun'
    default:
      return undefined
  }
}

/** The identifier that comes next, in its newest form. */
export function readIdentifier(cursor: TermCursor, kind: IdentifierKind): Uint8Array {
  switch (kind) {
    case 'pid':
      return encodeBare(cursor.readPid())
    case 'reference':
      return encodeBare(cursor.readReference())
    case 'port':
      return encodeBare(cursor.readPort())
    case 'fun':
      return cursor.readEncoded()
  }
}

/** The bytes of a bitstring, and how many bits of the last one count. */
export function readBits(cursor: TermCursor): { readonly bytes: Uint8Array; readonly bits: number } {
  const encoded = cursor.readEncoded()
  return { bytes: encoded.subarray(6), bits: encoded[5] as number }
}
