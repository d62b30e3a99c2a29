/**
 * Strings that come as lists: an integer is a code point and becomes UTF-8, a binary is taken as it is, lists nest
 * (`unicode:chardata()` without the demand that binaries are UTF-8). So an iolist of ASCII and binaries is itself.
 */

import { Tag, TermCursor } from '../erlang-term-format/index.ts'

/** Takes the bytes that a walk finds. */
export interface CharSink {
  code(point: number): void
  bytes(content: Uint8Array): void
}

/** Moves past a list and tells `sink` what is in it; false, somewhere in the list, if it is not chardata. */
export function walkChardata(cursor: TermCursor, sink: CharSink): boolean {
  /** For each list around the position: how many elements are still to come before its tail. */
  const pending: number[] = []
  if (!enterList(cursor, sink, pending)) return false
  while (pending.length > 0) {
    const left = pending[pending.length - 1] as number
    if (left > 0) pending[pending.length - 1] = left - 1
    else pending.pop()
    if (!part(cursor, sink, pending, left === 0)) return false
  }
  return true
}

/** A binary, or what a list stands for; undefined if the term is neither. */
export function stringBytes(term: Uint8Array): Uint8Array | undefined {
  const cursor = new TermCursor(term)
  if (cursor.peekTag() === Tag.binary) return cursor.readBinaryView()
  const counter = new CharCounter()
  if (!walkChardata(cursor, counter)) return undefined
  const writer = new CharWriter(new Uint8Array(counter.count), 0)
  walkChardata(new TermCursor(term), writer)
  return writer.target
}

/** An element, or the tail of a list. */
function part(cursor: TermCursor, sink: CharSink, pending: number[], isTail: boolean): boolean {
  switch (cursor.peekTag()) {
    case Tag.smallInteger:
    case Tag.integer:
      return !isTail && codePoint(cursor, sink)
    case Tag.binary:
      sink.bytes(cursor.readBinaryView())
      return true
    default:
      return enterList(cursor, sink, pending)
  }
}

function codePoint(cursor: TermCursor, sink: CharSink): boolean {
  const point = cursor.readInteger() as number
  if (point < 0 || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return false
  sink.code(point)
  return true
}

function enterList(cursor: TermCursor, sink: CharSink, pending: number[]): boolean {
  switch (cursor.peekTag()) {
    case Tag.nil:
      cursor.take(1)
      return true
    case Tag.string:
      for (const code of cursor.readStringView()) sink.code(code)
      return true
    case Tag.list: {
      const length = cursor.readListLength()
      if (length > 0) pending.push(length)
      return true
    }
    default:
      return false
  }
}

/** Counts bytes. */
export class CharCounter implements CharSink {
  count = 0

  code(point: number): void {
    this.count += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }

  bytes(content: Uint8Array): void {
    this.count += content.length
  }
}

/** Writes bytes to a place that is large enough. */
export class CharWriter implements CharSink {
  target: Uint8Array
  at: number

  constructor(target: Uint8Array, at: number) {
    this.target = target
    this.at = at
  }

  code(point: number): void {
    const { target } = this
    if (point < 0x80) {
      target[this.at++] = point
    } else if (point < 0x800) {
      target[this.at++] = 0xc0 | (point >> 6)
      target[this.at++] = 0x80 | (point & 0x3f)
    } else if (point < 0x10000) {
      target[this.at++] = 0xe0 | (point >> 12)
      target[this.at++] = 0x80 | ((point >> 6) & 0x3f)
      target[this.at++] = 0x80 | (point & 0x3f)
    } else {
      target[this.at++] = 0xf0 | (point >> 18)
      target[this.at++] = 0x80 | ((point >> 12) & 0x3f)
      target[this.at++] = 0x80 | ((point >> 6) & 0x3f)
      target[this.at++] = 0x80 | (point & 0x3f)
    }
  }

  bytes(content: Uint8Array): void {
    this.target.set(content, this.at)
    this.at += content.length
  }
}
