/**
 * Erlang's order on terms, and its two equalities.
 *
 *   number < atom < reference < fun < port < pid < tuple < native record < map < [] < list < bitstring
 *
 * Two variants of one walk: in `compareTerms` (`<`, `==`) integers and floats compare by value; in
 * `compareExactly` (`=:=`, the order of map keys) every integer is below every float, and -0.0 is below
 * 0.0 as from OTP 27. The keys of maps compare exactly in both. The walk keeps its own stack, so that no
 * depth of nesting overflows JavaScript's; maps hold their pairs sorted, so it never sorts.
 *
 * Reference: "Term Comparisons" in the Erlang reference manual; the order within pids, references and
 * funs is the emulator's (test/erlang-term-format/interop.test.ts asks it).
 */

import type { Bitstring, ExportFun, Fun, OldFun, Pid, Port, Reference, Term } from './term.ts'
import { nil } from './term.ts'

const rankOf = {
  int: 0,
  float: 0,
  atom: 1,
  reference: 2,
  oldFun: 3,
  fun: 4,
  export: 5,
  port: 6,
  pid: 7,
  tuple: 8,
  record: 9,
  map: 10,
  list: 12,
  bitstring: 13,
  local: 14,
} as const

const nilRank = 11

/** Negative, zero or positive as `a` is below, `==` or above `b` in Erlang. */
export function compareTerms(a: Term, b: Term): number {
  return compareWith(a, b, false)
}

/** The order of map keys; zero exactly when `a =:= b`. */
export function compareExactly(a: Term, b: Term): number {
  return compareWith(a, b, true)
}

/** Erlang's `a == b`. */
export function looselyEqual(a: Term, b: Term): boolean {
  return compareWith(a, b, false) === 0
}

/** Erlang's `a =:= b`. */
export function exactlyEqual(a: Term, b: Term): boolean {
  return compareWith(a, b, true) === 0
}

/** What is still to be compared, the next on top: pairs of terms, and whether each pair compares exactly. */
class Pending {
  readonly terms: Term[] = []
  readonly exact: boolean[] = []

  push(a: Term, b: Term, exact: boolean): void {
    this.terms.push(b, a)
    this.exact.push(exact)
  }

  /** Pairs up equally long arrays, their first elements on top. */
  pushAll(a: readonly Term[], b: readonly Term[], exact: boolean): void {
    for (let i = a.length - 1; i >= 0; i--) this.push(a[i] as Term, b[i] as Term, exact)
  }
}

function compareWith(a: Term, b: Term, exact: boolean): number {
  const pending = new Pending()
  let order = compareHeads(a, b, exact, pending)
  while (order === 0 && pending.terms.length > 0) {
    const left = pending.terms.pop() as Term
    const right = pending.terms.pop() as Term
    order = compareHeads(left, right, pending.exact.pop() as boolean, pending)
  }
  return order
}

function rank(term: Term): number {
  return term.kind === 'list' && term.elements.length === 0 ? nilRank : rankOf[term.kind]
}

/** Compares what is not nested and leaves the rest in `pending`. */
function compareHeads(a: Term, b: Term, exact: boolean, pending: Pending): number {
  const byRank = rank(a) - rank(b)
  if (byRank !== 0) return byRank
  switch (a.kind) {
    case 'int':
    case 'float':
      return compareNumbers(a, b as typeof a, exact)
    case 'atom':
      return compareText(a.name, (b as typeof a).name)
    case 'reference':
      return compareReferences(a, b as Reference)
    case 'oldFun':
    case 'fun':
      return compareFuns(a, b as typeof a, exact, pending)
    case 'export':
      return compareExports(a, b as ExportFun)
    case 'port':
      return comparePorts(a, b as Port)
    case 'pid':
      return comparePids(a, b as Pid)
    case 'tuple':
      return compareElements(a.elements, (b as typeof a).elements, exact, pending)
    case 'record':
      return compareRecords(a, b as typeof a, exact, pending)
    case 'map':
      return compareMaps(a, b as typeof a, exact, pending)
    case 'list':
      return compareLists(a, b as typeof a, exact, pending)
    case 'bitstring':
      return compareBitstrings(a, b as Bitstring)
    case 'local':
      return Buffer.compare(a.bytes, (b as typeof a).bytes)
  }
}

function compareNumbers(a: NumberTerm, b: NumberTerm, exact: boolean): number {
  if (!exact) return compareValues(a.value, b.value)
  if (a.kind !== b.kind) return a.kind === 'int' ? -1 : 1
  return compareValues(a.value, b.value) || signOfZero(a.value) - signOfZero(b.value)
}

type NumberTerm = Extract<Term, { kind: 'int' | 'float' }>

/** JavaScript compares a bigint with a number by their mathematical values. */
function compareValues(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function signOfZero(value: number | bigint): number {
  return Object.is(value, -0) ? -1 : 0
}

/** By code points; JavaScript's own order, by UTF-16 units, puts U+10000 and up below U+E000. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left !== right) return surrogatesLast(left) - surrogatesLast(right)
  }
  return a.length - b.length
}

function surrogatesLast(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit
}

function compareNodes(a: Pid | Port | Reference, b: Pid | Port | Reference): number {
  return compareText(a.node, b.node) || a.creation - b.creation
}

function comparePids(a: Pid, b: Pid): number {
  return a.serial - b.serial || a.id - b.id || compareNodes(a, b)
}

function comparePorts(a: Port, b: Port): number {
  return compareNodes(a, b) || compareValues(a.id, b.id)
}

/** The last word is the most significant; missing words count as 0. */
function compareReferences(a: Reference, b: Reference): number {
  const byNode = compareNodes(a, b)
  if (byNode !== 0) return byNode
  for (let i = Math.max(a.ids.length, b.ids.length) - 1; i >= 0; i--) {
    const order = (a.ids[i] ?? 0) - (b.ids[i] ?? 0)
    if (order !== 0) return order
  }
  return 0
}

function compareFuns(a: Fun | OldFun, b: Fun | OldFun, exact: boolean, pending: Pending): number {
  const order =
    compareText(a.module, b.module) ||
    oldIndexOf(a) - oldIndexOf(b) ||
    oldUniqOf(a) - oldUniqOf(b) ||
    a.free.length - b.free.length
  if (order === 0) pending.pushAll(a.free, b.free, exact)
  return order
}

function oldIndexOf(fun: Fun | OldFun): number {
  return fun.kind === 'fun' ? fun.oldIndex : fun.index
}

function oldUniqOf(fun: Fun | OldFun): number {
  return fun.kind === 'fun' ? fun.oldUniq : fun.uniq
}

function compareExports(a: ExportFun, b: ExportFun): number {
  return compareText(a.module, b.module) || compareText(a.function, b.function) || a.arity - b.arity
}

function compareElements(a: readonly Term[], b: readonly Term[], exact: boolean, pending: Pending): number {
  if (a.length === b.length) pending.pushAll(a, b, exact)
  return a.length - b.length
}

function compareRecords(a: RecordOf, b: RecordOf, exact: boolean, pending: Pending): number {
  let order =
    compareText(a.module, b.module) || compareText(a.name, b.name) || a.fields.length - b.fields.length
  for (let i = 0; order === 0 && i < a.fields.length; i++) {
    order = compareText(a.fields[i] as string, b.fields[i] as string)
  }
  order ||= a.flags - b.flags
  return order || compareElements(a.values, b.values, exact, pending)
}

type RecordOf = Extract<Term, { kind: 'record' }>
type MapOf = Extract<Term, { kind: 'map' }>
type ListOf = Extract<Term, { kind: 'list' }>

/** First the sizes, then all keys, then all values. */
function compareMaps(a: MapOf, b: MapOf, exact: boolean, pending: Pending): number {
  const size = a.pairs.length
  if (size !== b.pairs.length) return size - b.pairs.length
  for (let part = 1; part >= 0; part--) {
    for (let i = size - 1; i >= 0; i--) {
      pending.push(a.pairs[i]![part] as Term, b.pairs[i]![part] as Term, part === 0 || exact)
    }
  }
  return 0
}

/** Element by element (none: both are `[]`); where one ends, its tail against what is left of the other. */
function compareLists(a: ListOf, b: ListOf, exact: boolean, pending: Pending): number {
  const common = Math.min(a.elements.length, b.elements.length)
  if (common === 0) return 0
  pending.push(restOf(a, common), restOf(b, common), exact)
  for (let i = common - 1; i >= 0; i--) pending.push(a.elements[i] as Term, b.elements[i] as Term, exact)
  return 0
}

/**
 * The tail, or when elements are left any list with elements: its counterpart is then a tail, which is none,
 * so that only its rank matters.
 */
function restOf(list: ListOf, from: number): Term {
  return from === list.elements.length ? (list.tail ?? nil) : list
}

function compareBitstrings(a: Bitstring, b: Bitstring): number {
  const bitsOfA = bitSize(a)
  const bitsOfB = bitSize(b)
  const common = Math.min(bitsOfA, bitsOfB)
  const whole = common >> 3
  const order = Buffer.compare(a.bytes.subarray(0, whole), b.bytes.subarray(0, whole))
  if (order !== 0) return order
  const shift = 8 - (common & 7)
  if (shift < 8) {
    const last = ((a.bytes[whole] as number) >> shift) - ((b.bytes[whole] as number) >> shift)
    if (last !== 0) return last
  }
  return bitsOfA - bitsOfB
}

/** The number of bits in a bitstring. */
export function bitSize(term: Bitstring): number {
  return term.bytes.length === 0 ? 0 : (term.bytes.length - 1) * 8 + term.lastBits
}
