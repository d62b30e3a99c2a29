/**
 * Erlang terms as data, with builders and guards.
 *
 * Terms are immutable and free of identity: two terms are the same when `exactlyEqual` says so.
 * Invariants, which the builders and the decoder keep and everything else relies on:
 * - an int in the safe range of JavaScript is a `number`, any other is a `bigint`;
 * - the tail of a list is never itself a list (it is merged), and an improper list has elements;
 * - the unused low bits in the last byte of a bitstring are 0, and `lastBits` of an empty one is 8;
 * - floats are finite;
 * - the pairs of a map are in strictly ascending order of their keys by `compareExactly` (`map` and `mapOf`
 *   in map.ts see to it), so that comparing maps never sorts.
 *
 * Reference: "External Term Format" of the ERTS user's guide.
 */

import { Crash } from '../base/diagnostic.ts'

export interface Atom {
  readonly kind: 'atom'
  /** At most 255 code points. */
  readonly name: string
}

export interface Int {
  readonly kind: 'int'
  readonly value: number | bigint
}

export interface Float {
  readonly kind: 'float'
  readonly value: number
}

export interface Bitstring {
  readonly kind: 'bitstring'
  readonly bytes: Uint8Array
  /** Bits in use in the last byte, from the top: 1 to 8. A binary has 8. */
  readonly lastBits: number
}

export interface Pid {
  readonly kind: 'pid'
  readonly node: string
  /** Unsigned 32 bits, as are `serial` and `creation`. */
  readonly id: number
  readonly serial: number
  readonly creation: number
}

export interface Port {
  readonly kind: 'port'
  readonly node: string
  /** Unsigned 64 bits. */
  readonly id: bigint
  readonly creation: number
}

export interface Reference {
  readonly kind: 'reference'
  readonly node: string
  readonly creation: number
  /** Up to five unsigned 32-bit words, in the order of the wire (least significant first). */
  readonly ids: readonly number[]
}

/** A closure (NEW_FUN_EXT). */
export interface Fun {
  readonly kind: 'fun'
  readonly module: string
  readonly arity: number
  /** The MD5 of the module's significant parts: 16 bytes. */
  readonly uniq: Uint8Array
  readonly index: number
  readonly oldIndex: number
  readonly oldUniq: number
  readonly pid: Pid
  readonly free: readonly Term[]
}

/** A closure as nodes before OTP R15 sent it (FUN_EXT); no emulator can call it any more. */
export interface OldFun {
  readonly kind: 'oldFun'
  readonly module: string
  readonly index: number
  readonly uniq: number
  readonly pid: Pid
  readonly free: readonly Term[]
}

/** `fun module:function/arity`. */
export interface ExportFun {
  readonly kind: 'export'
  readonly module: string
  readonly function: string
  readonly arity: number
}

export interface Tuple {
  readonly kind: 'tuple'
  readonly elements: readonly Term[]
}

/** `[e1, …, en | tail]`; `tail` is null in a proper list, and `[]` is a proper list without elements. */
export interface List {
  readonly kind: 'list'
  readonly elements: readonly Term[]
  readonly tail: Term | null
}

export type MapPair = readonly [key: Term, value: Term]

export interface MapTerm {
  readonly kind: 'map'
  /** In ascending order of the keys, integers before floats. */
  readonly pairs: readonly MapPair[]
}

/** A native record (RECORD_EXT, OTP 29). */
export interface RecordTerm {
  readonly kind: 'record'
  readonly flags: number
  readonly module: string
  readonly name: string
  readonly fields: readonly string[]
  /** As many as `fields`. */
  readonly values: readonly Term[]
}

/** What another emulator encoded for itself (LOCAL_EXT); only ever a whole term, to be handed back as it is. */
export interface LocalTerm {
  readonly kind: 'local'
  readonly bytes: Uint8Array
}

export type Term =
  | Atom
  | Int
  | Float
  | Bitstring
  | Pid
  | Port
  | Reference
  | Fun
  | OldFun
  | ExportFun
  | Tuple
  | List
  | MapTerm
  | RecordTerm
  | LocalTerm

// Builders

const utf8 = new TextEncoder()

export function atom(name: string): Atom {
  return { kind: 'atom', name }
}

/** An integer of any size; a `number` must be an integer. */
export function int(value: number | bigint): Int {
  return { kind: 'int', value: normalisedInt(value) }
}

/** The one representation of an integer: `number` within the safe range, `bigint` outside. */
export function normalisedInt(value: number | bigint): number | bigint {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return value === 0 ? 0 : value
    if (!Number.isInteger(value)) throw new Crash(`not an integer: ${value}`)
    return BigInt(value)
  }
  const small = Number(value)
  return Number.isSafeInteger(small) ? small : value
}

export function float(value: number): Float {
  if (!Number.isFinite(value)) throw new Crash(`not an Erlang float: ${value}`)
  return { kind: 'float', value }
}

/** A binary of these bytes, or of the UTF-8 of a text. */
export function binary(content: Uint8Array | string): Bitstring {
  return {
    kind: 'bitstring',
    bytes: typeof content === 'string' ? utf8.encode(content) : content,
    lastBits: 8,
  }
}

/** A bitstring of which the last byte has `lastBits` (1 to 8) bits; the others in it are cleared in a copy. */
export function bitstring(bytes: Uint8Array, lastBits: number): Bitstring {
  if (bytes.length === 0 || lastBits === 8) return { kind: 'bitstring', bytes, lastBits: 8 }
  const last = bytes[bytes.length - 1] as number
  const kept = last & (0xff << (8 - lastBits)) & 0xff
  if (kept === last) return { kind: 'bitstring', bytes, lastBits }
  const copy = new Uint8Array(bytes)
  copy[copy.length - 1] = kept
  return { kind: 'bitstring', bytes: copy, lastBits }
}

export function pid(node: string, id: number, serial: number, creation: number): Pid {
  return { kind: 'pid', node, id, serial, creation }
}

export function port(node: string, id: bigint | number, creation: number): Port {
  return { kind: 'port', node, id: BigInt(id), creation }
}

export function reference(node: string, creation: number, ids: readonly number[]): Reference {
  return { kind: 'reference', node, creation, ids }
}

export function exportFun(module: string, name: string, arity: number): ExportFun {
  return { kind: 'export', module, function: name, arity }
}

export function tuple(...elements: Term[]): Tuple {
  return { kind: 'tuple', elements }
}

export function list(...elements: Term[]): List {
  return { kind: 'list', elements, tail: null }
}

export function listOf(elements: readonly Term[]): List {
  return { kind: 'list', elements, tail: null }
}

export const nil: List = { kind: 'list', elements: [], tail: null }

/** `[elements… | tail]`, whatever the tail is; without elements it is the tail itself. */
export function listWithTail(elements: readonly Term[], tail: Term): Term {
  if (elements.length === 0) return tail
  if (tail.kind !== 'list') return { kind: 'list', elements, tail }
  return { kind: 'list', elements: elements.concat(tail.elements), tail: tail.tail }
}

/** The list of a text's code points, as `"…"` is in Erlang. */
export function charlist(text: string): List {
  return listOf(Array.from(text, (char) => int(char.codePointAt(0) as number)))
}

export function bool(value: boolean): Atom {
  return atom(value ? 'true' : 'false')
}

// Guards

/** An atom, of this name when one is given. */
export function isAtom(term: Term, name?: string): term is Atom {
  return term.kind === 'atom' && (name === undefined || term.name === name)
}

export function isInt(term: Term): term is Int {
  return term.kind === 'int'
}

export function isFloat(term: Term): term is Float {
  return term.kind === 'float'
}

/** A bitstring of whole bytes. */
export function isBinary(term: Term): term is Bitstring {
  return term.kind === 'bitstring' && term.lastBits === 8
}

export function isPid(term: Term): term is Pid {
  return term.kind === 'pid'
}

export function isReference(term: Term): term is Reference {
  return term.kind === 'reference'
}

/** A tuple, of this arity when one is given. */
export function isTuple(term: Term, arity?: number): term is Tuple {
  return term.kind === 'tuple' && (arity === undefined || term.elements.length === arity)
}

/** A proper list, `[]` included. */
export function isProperList(term: Term): term is List & { readonly tail: null } {
  return term.kind === 'list' && term.tail === null
}

export function isNil(term: Term): term is List {
  return term.kind === 'list' && term.elements.length === 0
}

export function isMap(term: Term): term is MapTerm {
  return term.kind === 'map'
}
