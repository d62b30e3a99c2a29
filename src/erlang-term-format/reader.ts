/**
 * Reading whole terms into `Term`s.
 *
 * Composite terms under construction are frames on an explicit stack, so that depth costs heap, never
 * JavaScript's stack, and is bounded. Memory is bounded by the input: every term takes at least one byte.
 */

import { TermCursor } from './cursor.ts'
import { hasDuplicates, sortPairs } from './map.ts'
import { Tag } from './tags.ts'
import type { Fun, List, MapPair, OldFun, RecordTerm, Term } from './term.ts'
import { bitstring, exportFun, nil } from './term.ts'

/** What hostile bytes are held to. */
export interface DecodeLimits {
  /** How deep terms may be nested. */
  readonly maxDepth: number
  /** How many bytes a compressed term may expand to. */
  readonly maxInflated: number
}

export const defaultLimits: DecodeLimits = { maxDepth: 10_000, maxInflated: 64 * 1024 * 1024 }

/** A composite term under construction; `missing` parts are still to come. */
interface Frame {
  readonly shape: Shape
  readonly parts: Term[]
  missing: number
}

type Shape =
  | { readonly kind: 'tuple' | 'list' | 'tail' | 'map' }
  | { readonly kind: 'fun'; readonly head: Omit<Fun, 'free'> }
  | { readonly kind: 'oldFun'; readonly head: Omit<OldFun, 'free'> }
  | { readonly kind: 'record'; readonly head: Omit<RecordTerm, 'values'> }

const tupleShape: Shape = { kind: 'tuple' }
const listShape: Shape = { kind: 'list' }
const tailShape: Shape = { kind: 'tail' }
const mapShape: Shape = { kind: 'map' }

/** A cursor that can also make whole terms. */
export class TermReader extends TermCursor {
  private readonly frames: Frame[] = []

  /** The next term, nested at most `maxDepth` deep. Nothing in it shares memory with the input. */
  readTerm(maxDepth: number = defaultLimits.maxDepth): Term {
    this.frames.length = 0
    for (;;) {
      let term = this.readHead()
      if (this.frames.length > maxDepth) this.fail('nested too deeply')
      while (term !== null) {
        const frame = this.frames.at(-1)
        if (frame === undefined) return term
        frame.parts.push(term)
        frame.missing--
        term = this.closeWhenFull(frame)
      }
    }
  }

  /** A term without parts; or null, and a frame for its parts has been pushed. */
  private readHead(): Term | null {
    const tag = this.peekTag()
    switch (tag) {
      case Tag.smallInteger:
      case Tag.integer:
      case Tag.smallBig:
      case Tag.largeBig:
        return { kind: 'int', value: this.readInteger() }
      case Tag.smallAtomUtf8:
      case Tag.atomUtf8:
      case Tag.atomCacheRef:
      case Tag.smallAtomLatin1:
      case Tag.atomLatin1:
        return { kind: 'atom', name: this.readAtom() }
      case Tag.smallTuple:
      case Tag.largeTuple:
        return this.open(tupleShape, this.readTupleArity())
      case Tag.nil:
      case Tag.list:
        return this.readListHead()
      case Tag.string:
        return { kind: 'list', elements: this.readCodes(), tail: null }
      case Tag.map:
        return this.open(mapShape, 2 * this.readMapSize())
      case Tag.binary:
      case Tag.bitBinary:
        return this.readBitstring()
      default:
        return this.readRareHead(tag)
    }
  }

  private readRareHead(tag: number): Term | null {
    switch (tag) {
      case Tag.newFloat:
      case Tag.oldFloat:
        return { kind: 'float', value: this.readFloat() }
      case Tag.newPid:
      case Tag.pid:
        return this.readPid()
      case Tag.newPort:
      case Tag.v4Port:
      case Tag.port:
        return this.readPort()
      case Tag.newerReference:
      case Tag.newReference:
      case Tag.reference:
        return this.readReference()
      case Tag.newFun:
        return this.readFunHead()
      case Tag.oldFun:
        return this.readOldFunHead()
      case Tag.exportFun:
        return this.readExportFun()
      case Tag.record:
        return this.readRecordHead()
      case Tag.local:
        return this.readLocal()
      default:
        return this.unexpected(tag, 'a term')
    }
  }

  /** Pushes a frame, or makes the term at once if it has no parts. */
  private open(shape: Shape, missing: number): Term | null {
    const frame: Frame = { shape, parts: [], missing }
    if (missing === 0) return this.make(frame)
    this.frames.push(frame)
    return null
  }

  private closeWhenFull(frame: Frame): Term | null {
    if (frame.missing > 0) return null
    if (frame.shape.kind === 'list') return this.closeList(frame)
    this.frames.pop()
    return this.make(frame)
  }

  private make(frame: Frame): Term {
    const { shape, parts } = frame
    switch (shape.kind) {
      case 'tuple':
        return { kind: 'tuple', elements: parts }
      case 'list':
        return { kind: 'list', elements: parts, tail: null }
      case 'tail':
        return this.makeImproper(parts)
      case 'map':
        return this.makeMap(parts)
      case 'fun':
      case 'oldFun':
        return { ...shape.head, free: parts }
      case 'record':
        return { ...shape.head, values: parts }
    }
  }

  /** LIST_EXT of no elements is its tail. */
  private readListHead(): Term | null {
    const length = this.readListTail()
    if (length > 0) return this.open(listShape, length)
    return length === 0 ? nil : this.readHead()
  }

  /** A tail that is a list goes on in the same frame; another one becomes the last of the parts. */
  private closeList(frame: Frame): Term | null {
    const more = this.readListTail()
    if (more > 0) {
      frame.missing = more
      return null
    }
    this.frames.pop()
    if (more === 0) return this.make(frame)
    if (this.peekTag() === Tag.string) {
      return { kind: 'list', elements: frame.parts.concat(this.readCodes()), tail: null }
    }
    this.frames.push({ shape: tailShape, parts: frame.parts, missing: 1 })
    return null
  }

  private makeImproper(parts: Term[]): List {
    const tail = parts.pop() as Term
    return { kind: 'list', elements: parts, tail }
  }

  /** Erlang refuses a map that has a key twice, and so does this. */
  private makeMap(parts: readonly Term[]): Term {
    const pairs: MapPair[] = []
    for (let i = 0; i < parts.length; i += 2) pairs.push([parts[i] as Term, parts[i + 1] as Term])
    const sorted = sortPairs(pairs)
    if (hasDuplicates(sorted)) this.fail('a key twice in a map')
    return { kind: 'map', pairs: sorted }
  }

  private readCodes(): Term[] {
    return Array.from(this.readStringView(), (value) => ({ kind: 'int', value }))
  }

  private readBitstring(): Term {
    if (this.peekTag() === Tag.binary) {
      return { kind: 'bitstring', bytes: new Uint8Array(this.readBinaryView()), lastBits: 8 }
    }
    this.take(1)
    const length = this.readU32()
    const lastBits = this.readLastBits(length)
    return bitstring(new Uint8Array(this.readView(length)), lastBits)
  }

  /** Size:32 Arity:8 Uniq:128 Index:32 NumFree:32 Module OldIndex OldUniq Pid; the size says nothing new. */
  private readFunHead(): Term | null {
    this.take(5)
    const arity = this.readU8()
    const uniq = new Uint8Array(this.readView(16))
    const index = this.readU32()
    const free = this.countOf(this.readU32(), 1)
    const module = this.readAtom()
    const oldIndex = this.readSmall()
    const oldUniq = this.readSmall()
    const pid = this.readPid()
    return this.open(
      { kind: 'fun', head: { kind: 'fun', module, arity, uniq, index, oldIndex, oldUniq, pid } },
      free,
    )
  }

  /** NumFree:32 Pid Module Index Uniq. */
  private readOldFunHead(): Term | null {
    this.take(1)
    const free = this.countOf(this.readU32(), 1)
    const pid = this.readPid()
    const module = this.readAtom()
    const index = this.readSmall()
    const uniq = this.readSmall()
    return this.open({ kind: 'oldFun', head: { kind: 'oldFun', module, index, uniq, pid } }, free)
  }

  private readSmall(): number {
    const value = this.readInteger()
    return typeof value === 'number' ? value : this.fail('integer too big')
  }

  private readExportFun(): Term {
    this.take(1)
    const module = this.readAtom()
    const name = this.readAtom()
    const arity = this.readSmall()
    if (arity < 0) this.fail('negative arity')
    return exportFun(module, name, arity)
  }

  /** N:32 Flags:8 Module Name, N field names, N values. */
  private readRecordHead(): Term | null {
    this.take(1)
    const count = this.countOf(this.readU32(), 2)
    const flags = this.readU8()
    const module = this.readAtom()
    const name = this.readAtom()
    const fields: string[] = []
    for (let i = 0; i < count; i++) fields.push(this.readAtom())
    return this.open({ kind: 'record', head: { kind: 'record', flags, module, name, fields } }, count)
  }

  /** What follows LOCAL_EXT is the emulator's own affair, up to the end of the input. */
  private readLocal(): Term {
    if (this.frames.length > 0) this.fail('local format within a term')
    this.take(1)
    return { kind: 'local', bytes: new Uint8Array(this.readView(this.remaining)) }
  }
}
