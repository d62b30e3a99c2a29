/**
 * Whether two codecs are of types whose values may stand for each other. Abstract types are known by their keys,
 * functions by theirs or by what they take and give, all else by its structure.
 */

import type {
  BlockConstructor,
  Codec,
  Constructor,
  OpaqueCodec,
  PolymorphicTag,
  RecordCodec,
} from '../bridge/codec.ts'

export function sameCodec(a: Codec, b: Codec): boolean {
  return a === b || new Comparison().codecs(a, b)
}

class Comparison {
  /** Pairs under way: recursive types are the same if nothing shows that they are not. */
  private readonly assumed = new Map<Codec, Set<Codec>>()

  codecs(a: Codec, b: Codec): boolean {
    if (a === b) return true
    if (a.kind === 'recursive') return this.codecs(a.target as Codec, b)
    if (b.kind === 'recursive') return this.codecs(a, b.target as Codec)
    if (a.kind !== b.kind) return false
    const known = this.assumed.get(a) ?? new Set()
    if (known.has(b)) return true
    this.assumed.set(a, known.add(b))
    return this.structures(a, b)
  }

  private structures(a: Codec, b: Codec): boolean {
    switch (a.kind) {
      case 'boxed-integer':
        return b.kind === a.kind && a.operations === b.operations
      case 'string':
        return b.kind === a.kind && a.isMutable === b.isMutable
      case 'list':
      case 'option':
        return b.kind === a.kind && this.codecs(a.element, b.element)
      case 'array':
        return b.kind === a.kind && a.flat === b.flat && this.codecs(a.element, b.element)
      case 'tuple':
        return b.kind === a.kind && this.all(a.elements, b.elements)
      case 'record':
        return b.kind === a.kind && this.records(a, b)
      case 'variant':
        return b.kind === a.kind && this.named(a.byName, b.byName, (c, d) => this.constructors(c, d))
      case 'polymorphic-variant':
        return b.kind === a.kind && this.named(a.byName, b.byName, (c, d) => this.tags(c, d))
      case 'hash-table':
      case 'search-tree':
        return (
          b.kind === a.kind && this.codecs(a.key, b.key) && this.codecs(a.data, b.data) && sameOrder(a, b)
        )
      case 'opaque':
        return b.kind === a.kind && this.opaques(a, b)
      default:
        return true
    }
  }

  private all(a: readonly Codec[], b: readonly Codec[]): boolean {
    return a.length === b.length && a.every((codec, i) => this.codecs(codec, b[i] as Codec))
  }

  private records(a: RecordCodec, b: RecordCodec): boolean {
    return (
      a.layout === b.layout &&
      a.fields.length === b.fields.length &&
      a.fields.every(({ name, codec }, i) => {
        const other = b.fields[i]
        return name.text === other?.name.text && this.codecs(codec, other.codec)
      })
    )
  }

  private named<Part>(
    a: ReadonlyMap<string, Part>,
    b: ReadonlyMap<string, Part>,
    same: (a: Part, b: Part) => boolean,
  ): boolean {
    if (a.size !== b.size) return false
    for (const [name, part] of a) {
      const other = b.get(name)
      if (other === undefined || !same(part, other)) return false
    }
    return true
  }

  private constructors(a: Constructor, b: Constructor): boolean {
    if (a.kind === 'constant') return b.kind === a.kind && a.index === b.index
    return b.kind === a.kind && a.tag === b.tag && this.payloads(a, b)
  }

  private payloads(a: BlockConstructor, b: BlockConstructor): boolean {
    if (a.inlined === undefined) return b.inlined === undefined && this.all(a.arguments, b.arguments)
    return b.inlined !== undefined && this.records(a.inlined, b.inlined)
  }

  private tags(a: PolymorphicTag, b: PolymorphicTag): boolean {
    return a.constant === b.constant && a.isTuple === b.isTuple && this.all(a.arguments, b.arguments)
  }

  private opaques(a: OpaqueCodec, b: OpaqueCodec): boolean {
    if (a.anything || b.anything) return a.anything && b.anything
    if (a.key !== undefined && a.key === b.key) return true
    const [f, g] = [a.signature?.(), b.signature?.()]
    return (
      f !== undefined &&
      g !== undefined &&
      this.all(f.parameters, g.parameters) &&
      this.codecs(f.result, g.result)
    )
  }
}

/** Only the library's trees are known to be in the order that it knows; other orders belong to one module each. */
function sameOrder(a: Codec, b: Codec): boolean {
  if (a.kind !== 'search-tree' || b.kind !== 'search-tree') return true
  return a.order !== undefined && a.order === b.order
}
