/** An `Erlang.term` (term-shape.ts) as the term that it stands for. */

import { ProtocolError } from '../base/diagnostic.ts'
import { Tag, TermReader, type TermWriter } from '../erlang-term-format/index.ts'
import type { Heap } from './heap.ts'
import { type IdentifierKind, identifierKindOf, shape } from './term-shape.ts'

type Visit = () => void

export interface TermSink {
  readonly writer: TermWriter
  /** Goes one level deeper, and looks whether there is room for more. */
  nested(visit: Visit): void
  fail(what: string): never
}

const reader = new TermReader(new Uint8Array(0))
const longestAtom = 255
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Undefined: it is not UTF-8. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes.slice())
  } catch {
    return undefined
  }
}

export class TermEncoder {
  private readonly heap: Heap
  private readonly sink: TermSink

  constructor(heap: Heap, sink: TermSink) {
    this.heap = heap
    this.sink = sink
  }

  private bytes(slot: number): Uint8Array {
    const block = this.heap.addressAt(slot)
    return this.heap.bytes.subarray(block, block + this.heap.stringLength(block))
  }

  /** OCaml code cannot make one, but by force. */
  identifier(slot: number, kind: IdentifierKind): void {
    const bytes = this.bytes(slot).slice()
    reader.reset(bytes)
    try {
      if (identifierKindOf(reader.peekTag()) !== kind) this.sink.fail(`no ${kind}`)
      reader.skip()
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.sink.fail(`no ${kind}`)
    }
    if (!reader.atEnd) this.sink.fail(`no ${kind}`)
    this.sink.writer.raw(bytes)
  }

  term(slot: number): void {
    this.sink.nested(() => this.constructed(this.heap.addressAt(slot)))
  }

  private constructed(block: number): void {
    const { heap, sink } = this
    const { writer } = sink
    switch (heap.tagOf(block)) {
      case shape.atom:
        return this.atom(block)
      case shape.int:
        return writer.int(heap.intAt(block))
      case shape.big:
        return this.big(block)
      case shape.float:
        return this.float(heap.addressAt(block))
      case shape.binary:
        return writer.binary(this.bytes(block))
      case shape.bits:
        return this.bits(block)
      case shape.list:
        return this.list(block, undefined)
      case shape.improper:
        return this.list(block, block + 8)
      case shape.tuple:
        writer.tupleHeader(this.length(block))
        return this.each(block, (at) => this.term(at))
      case shape.map:
        return this.map(block)
      case shape.pid:
        return this.identifier(block, 'pid')
      case shape.reference:
        return this.identifier(block, 'reference')
      case shape.port:
        return this.identifier(block, 'port')
      default:
        return this.identifier(block, 'fun')
    }
  }

  private atom(slot: number): void {
    const name = textOf(this.bytes(slot))
    if (name === undefined || Array.from(name).length > longestAtom)
      this.sink.fail('no atom: it has more than 255 characters, or is not UTF-8')
    this.sink.writer.atom(name)
  }

  private big(block: number): void {
    const digits = Buffer.from(this.bytes(block + 8))
      .reverse()
      .toString('hex')
    const value = BigInt(`0x0${digits}`)
    this.sink.writer.int(this.heap.smallAt(block) === 0 ? value : -value)
  }

  private float(address: number): void {
    const value = this.heap.doubles[address >>> 3] as number
    if (!Number.isFinite(value)) this.sink.fail(`${value} has no Erlang float`)
    this.sink.writer.float(value)
  }

  private bits(block: number): void {
    const bytes = this.bytes(block)
    const bits = this.heap.smallAt(block + 8)
    if (bytes.length === 0 || bits < 1 || bits > 8) this.sink.fail('no bitstring')
    const { writer } = this.sink
    writer.u8(Tag.bitBinary)
    writer.u32(bytes.length)
    writer.u8(bits)
    writer.raw(bytes)
  }

  private length(slot: number): number {
    const { heap } = this
    let count = 0
    for (let at = slot; !heap.isImmediate(at); at = heap.addressAt(at) + 8) count += 1
    return count
  }

  private each(slot: number, visit: (slot: number) => void): void {
    const { heap } = this
    for (let at = slot; !heap.isImmediate(at); at = heap.addressAt(at) + 8) visit(heap.addressAt(at))
  }

  private list(slot: number, tail: number | undefined): void {
    const count = this.length(slot)
    if (count > 0) this.sink.writer.listHeader(count)
    this.each(slot, (at) => this.term(at))
    if (tail !== undefined) this.term(tail)
    else this.sink.writer.nil()
  }

  private map(slot: number): void {
    const { heap, sink } = this
    const { writer } = sink
    const seen = new Set<string>()
    writer.mapHeader(this.length(slot))
    this.each(slot, (at) => {
      const pair = heap.addressAt(at)
      const start = writer.length
      this.term(pair)
      const key = Buffer.from(writer.bytes.buffer, start, writer.length - start).toString('latin1')
      if (seen.has(key)) sink.fail('a map with a key twice')
      seen.add(key)
      this.term(pair + 8)
    })
  }
}
