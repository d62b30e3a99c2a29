/** Walks over codecs: what can be met in the values of a type. */

import type { Codec, OpaqueCodec } from './codec.ts'

/** The codecs in a codec. */
function partsOf(codec: Codec): readonly Codec[] {
  switch (codec.kind) {
    case 'list':
    case 'array':
    case 'option':
      return [codec.element]
    case 'tuple':
      return codec.elements
    case 'record':
      return codec.fields.map((f) => f.codec)
    case 'variant':
      return codec.blocks.flatMap((c) => (c.inlined === undefined ? c.arguments : [c.inlined]))
    case 'polymorphic-variant':
      return codec.tags.flatMap((tag) => tag.arguments)
    case 'hash-table':
    case 'search-tree':
    case 'bindings':
      return [codec.key, codec.data]
    case 'recursive':
      return [codec.target as Codec]
    default:
      return []
  }
}

export function hasConversions(codec: Codec, seen = new Set<Codec>()): boolean {
  if (codec.kind === 'converted') return true
  if (seen.has(codec)) return false
  seen.add(codec)
  return partsOf(codec).some((part) => hasConversions(part, seen))
}

/** Whether they have conversions, or functions have whose handles they give out. */
export function leadToConversions(codecs: readonly Codec[]): boolean {
  const seen = new Set<Codec | string>()
  return codecs.some((codec) => leadsToConversions(codec, seen))
}

function leadsToConversions(codec: Codec, seen: Set<Codec | string>): boolean {
  if (codec.kind === 'converted') return true
  const mark = markOf(codec)
  if (seen.has(mark)) return false
  seen.add(mark)
  const signature = codec.kind === 'opaque' ? codec.signature?.() : undefined
  const inner = signature === undefined ? partsOf(codec) : [...signature.parameters, signature.result]
  return inner.some((part) => leadsToConversions(part, seen))
}

/** Whether an Erlang fun can be met where values come in: those of `inward`, and what functions among those of `outward` are given. */
export function leadToFuns(inward: readonly Codec[], outward: readonly Codec[]): boolean {
  const walk = new FunWalk()
  return inward.some((codec) => walk.inward(codec)) || outward.some((codec) => walk.outward(codec))
}

class FunWalk {
  private readonly seen = { inward: new Set<Codec | string>(), outward: new Set<Codec | string>() }

  inward(codec: Codec): boolean {
    if (codec.kind === 'opaque' && (codec.takesFuns === true || codec.takesPids === true)) return true
    if (!this.enter(codec, 'inward')) return false
    return partsInside(codec).some((part) => this.inward(part))
  }

  outward(codec: Codec): boolean {
    if (!this.enter(codec, 'outward')) return false
    const signatures = codec.kind === 'opaque' ? signaturesOf(codec) : []
    const given = signatures.some(
      ({ parameters, result }) => parameters.some((p) => this.inward(p)) || this.outward(result),
    )
    return given || partsInside(codec).some((part) => this.outward(part))
  }

  private enter(codec: Codec, way: 'inward' | 'outward'): boolean {
    const mark = markOf(codec)
    if (this.seen[way].has(mark)) return false
    this.seen[way].add(mark)
    return true
  }
}

function signaturesOf({ signature, methods }: OpaqueCodec) {
  return [...(signature === undefined ? [] : [signature()]), ...(methods?.().values() ?? [])]
}

/** As `partsOf`, with what is converted as it crosses. */
function partsInside(codec: Codec): readonly Codec[] {
  return codec.kind === 'converted' ? [codec.wire] : partsOf(codec)
}

/** Functions and objects of one key are one. */
const markOf = (codec: Codec): Codec | string => (codec.kind === 'opaque' ? (codec.key ?? codec) : codec)
