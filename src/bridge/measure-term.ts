/** The first pass over an `Erlang.term` (term-shape.ts): is it one that OCaml can hold, and how many words does its value take? */

import { isAtomTag, Tag, type TermCursor } from '../erlang-term-format/index.ts'
import { stringWords } from './heap.ts'
import { fits, identifierKindOf, magnitudeOf, readBits, readIdentifier } from './term-shape.ts'

type Visit = () => void

export interface Room {
  readonly cursor: TermCursor
  /** Adds a block. */
  take(wosize: number): void
  /** Goes one level deeper. */
  nested(visit: Visit): void
  mismatch(expected: string): never
}

const cell = 2
const utf8 = new TextEncoder()
const string = (room: Room, length: number): void => room.take(stringWords(length) - 1)

/** Checks the term that comes next and adds up the words of its value. */
export function measureTerm(room: Room): void {
  const { cursor } = room
  const tag = cursor.peekTag()
  const identifier = identifierKindOf(tag)
  if (identifier !== undefined) {
    string(room, readIdentifier(cursor, identifier).length)
    return room.take(1)
  }
  if (isAtomTag(tag)) {
    string(room, utf8.encode(cursor.readAtom()).length)
    return room.take(1)
  }
  room.nested(() => measureOther(room, tag))
}

function measureOther(room: Room, tag: number): void {
  const { cursor } = room
  const each = (): void => measureTerm(room)
  switch (tag) {
    case Tag.smallInteger:
    case Tag.integer:
    case Tag.smallBig:
    case Tag.largeBig:
      return measureInteger(room)
    case Tag.newFloat:
    case Tag.oldFloat:
      cursor.readFloat()
      room.take(1)
      return room.take(1)
    case Tag.binary:
      string(room, cursor.readBinaryView().length)
      return room.take(1)
    case Tag.bitBinary:
      string(room, readBits(cursor).bytes.length)
      return room.take(2)
    case Tag.string: {
      const codes = cursor.readStringView().length
      for (let i = 0; i < codes; i++) {
        room.take(1)
        room.take(cell)
      }
      return room.take(1)
    }
    case Tag.nil:
    case Tag.list:
      return measureList(room, each)
    case Tag.smallTuple:
    case Tag.largeTuple: {
      const arity = cursor.readTupleArity()
      room.take(1)
      return times(arity, () => {
        room.take(cell)
        each()
      })
    }
    case Tag.map: {
      const size = cursor.readMapSize()
      room.take(1)
      return times(size, () => {
        room.take(cell)
        room.take(2)
        each()
        each()
      })
    }
    default:
      room.mismatch('a term that OCaml can hold')
  }
}

function measureInteger(room: Room): void {
  const n = room.cursor.readInteger()
  if (fits(n)) return room.take(1)
  const value = BigInt(n)
  string(room, magnitudeOf(value < 0n ? -value : value).length)
  room.take(2)
}

/** A list in pieces (a tail that is a list, too) is one list. */
function measureList(room: Room, each: Visit): void {
  const { cursor } = room
  let more = cursor.readListTail()
  for (; more > 0; more = cursor.readListTail()) {
    times(more, () => {
      room.take(cell)
      each()
    })
  }
  if (more === 0) return room.take(1)
  if (cursor.peekTag() !== Tag.string) {
    each()
    return room.take(2)
  }
  const codes = cursor.readStringView().length
  for (let i = 0; i < codes; i++) {
    room.take(1)
    room.take(cell)
  }
  room.take(1)
}

function times(count: number, visit: Visit): void {
  for (let i = 0; i < count; i++) visit()
}
