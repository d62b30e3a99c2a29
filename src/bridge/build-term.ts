/** The second pass over an `Erlang.term` (term-shape.ts): writes its value into the room that has been measured. */

import { tags } from '../codegen/layout.ts'
import { isAtomTag, Tag, type TermCursor } from '../erlang-term-format/index.ts'
import type { Heap } from './heap.ts'
import {
  fits,
  type IdentifierKind,
  identifierKindOf,
  magnitudeOf,
  readBits,
  readIdentifier,
  shape,
} from './term-shape.ts'

const cell = 2
const utf8 = new TextEncoder()

/** Writes into a slot the value of the term that comes next, which has been measured. */
export class TermBuilder {
  private readonly heap: Heap
  private readonly cursor: TermCursor

  constructor(heap: Heap, cursor: TermCursor) {
    this.heap = heap
    this.cursor = cursor
  }

  private block(slot: number, tag: number, wosize: number): number {
    const block = this.heap.take(wosize, tag)
    this.heap.setAddress(slot, block)
    return block
  }

  string(slot: number, content: Uint8Array): void {
    this.heap.takeString(slot, content)
  }

  identifier(slot: number, kind: IdentifierKind): void {
    this.string(slot, readIdentifier(this.cursor, kind))
  }

  term(slot: number): void {
    const { cursor, heap } = this
    const tag = cursor.peekTag()
    const identifier = identifierKindOf(tag)
    if (identifier !== undefined) {
      return this.identifier(this.block(slot, shape[identifier], 1), identifier)
    }
    if (isAtomTag(tag)) return this.string(this.block(slot, shape.atom, 1), utf8.encode(cursor.readAtom()))
    switch (tag) {
      case Tag.newFloat:
      case Tag.oldFloat: {
        const field = this.block(slot, shape.float, 1)
        heap.doubles[this.block(field, tags.double, 1) >>> 3] = cursor.readFloat()
        return
      }
      case Tag.binary:
        return this.string(this.block(slot, shape.binary, 1), cursor.readBinaryView())
      case Tag.bitBinary: {
        const { bytes, bits } = readBits(cursor)
        const block = this.block(slot, shape.bits, 2)
        this.string(block, bytes)
        return heap.setSmall(block + 8, bits)
      }
      case Tag.string:
      case Tag.nil:
      case Tag.list:
        return this.list(slot)
      case Tag.smallTuple:
      case Tag.largeTuple: {
        const arity = cursor.readTupleArity()
        const end = this.cells(this.block(slot, shape.tuple, 1), arity, (at) => this.term(at))
        return heap.setSmall(end, 0)
      }
      case Tag.map: {
        const size = cursor.readMapSize()
        const end = this.cells(this.block(slot, shape.map, 1), size, (at) => {
          const pair = this.block(at, 0, 2)
          this.term(pair)
          this.term(pair + 8)
        })
        return heap.setSmall(end, 0)
      }
      default:
        return this.integer(slot)
    }
  }

  private integer(slot: number): void {
    const n = this.cursor.readInteger()
    if (fits(n)) return this.heap.setInt(this.block(slot, shape.int, 1), n)
    const value = BigInt(n)
    const block = this.block(slot, shape.big, 2)
    this.heap.setSmall(block, value < 0n ? 1 : 0)
    this.string(block + 8, magnitudeOf(value < 0n ? -value : value))
  }

  /** `count` cells from `slot` on; the slot of the tail. */
  private cells(slot: number, count: number, head: (slot: number) => void): number {
    let tail = slot
    for (let i = 0; i < count; i++) {
      const at = this.block(tail, 0, cell)
      head(at)
      tail = at + 8
    }
    return tail
  }

  /** Whether it is improper shows at its end, so its constructor is made last, and the list hangs on a slot of its own until then. */
  private list(slot: number): void {
    const { cursor, heap } = this
    const first = heap.next
    let tail = slot
    if (cursor.peekTag() !== Tag.string) {
      let more = cursor.readListTail()
      for (; more > 0; more = cursor.readListTail()) tail = this.cells(tail, more, (at) => this.term(at))
      if (more === 0) return this.closeList(slot, tail, first)
      if (cursor.peekTag() !== Tag.string) return this.closeImproper(slot, tail, first)
    }
    const codes = cursor.readStringView()
    let i = 0
    tail = this.cells(tail, codes.length, (at) =>
      heap.setSmall(this.block(at, shape.int, 1), codes[i++] as number),
    )
    this.closeList(slot, tail, first)
  }

  private closeList(slot: number, tail: number, first: number): void {
    const { heap } = this
    const isEmpty = heap.next === first
    if (!isEmpty) heap.setSmall(tail, 0)
    const items = heap.values[slot >>> 3] as bigint
    const block = this.block(slot, shape.list, 1)
    heap.values[block >>> 3] = isEmpty ? 1n : items
  }

  private closeImproper(slot: number, tail: number, first: number): void {
    const { heap } = this
    const isEmpty = heap.next === first
    if (!isEmpty) heap.setSmall(tail, 0)
    const items = heap.values[slot >>> 3] as bigint
    const block = this.block(slot, shape.improper, 2)
    heap.values[block >>> 3] = isEmpty ? 1n : items
    this.term(block + 8)
  }
}
