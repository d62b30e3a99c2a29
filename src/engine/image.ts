/**
 * Images: compiled units as bytes, so that nothing is compiled twice.
 *
 *     magic       8   "camlnode"
 *     compiler   32   the compiler that wrote the image: only its own images fit its library and its runtime
 *     content    32   SHA-256 of the rest
 *     pack            packing.ts: a description, four parts for each unit, an attachment
 *
 *     link        what the linker needs (linkable.ts)
 *     interface   its signature
 *     summary     what the optimiser and the code generator know about it
 *     resumable   what resume variants and backtraces are made of
 *
 * A part is read when it is needed: a program that runs reads the first, a compilation against the unit the second and third; the
 * last is seldom read. All but the first are V8's serialisation of plain data (types are graphs, and it keeps their
 * sharing), which every later V8 reads too.
 *
 * Idents and type nodes have numbers that are unique in a process (`stamp`, `id`). The library's are never given again by a process
 * that has opened it; those of other images are replaced by fresh ones when an interface is read (renumber.ts).
 */

import { createHash } from 'node:crypto'
import { deserialize, serialize } from 'node:v8'
import { ByteWriter } from '../base/byte-writer.ts'
import type { Approximation, CompiledUnit, Resumable } from '../codegen/index.ts'
import type { UnitSummary } from '../lambda/unit-summary.ts'
import type { Signature } from '../typing/types.ts'
import { decodeLinkable, encodeLinkable, type Linkable } from './linkable.ts'
import { openPack, type Pack, PackingError, pack, type ReadBytes } from './packing.ts'

/** A unit as the compiler keeps it: what importers need to know, and the code. */
export interface BuiltUnit {
  readonly interface: Signature
  readonly summary: UnitSummary
  readonly compiled: CompiledUnit
}

/** Why an image cannot be used, for the user: `x.joc: …`. */
export class ImageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ImageError'
  }
}

/** The digest of a compiler or of a content, in hexadecimal digits. */
export type Digest = string

export const noDigest: Digest = '0'.repeat(64)

const magic = new TextEncoder().encode('camlnode')
const digestBytes = 32
const headerBytes = magic.length + 2 * digestBytes
const partsOfUnit = 4

export interface Image {
  readonly compiler: Digest
  readonly content: Digest
  /** What the writer added. */
  readonly about: unknown
  readonly units: readonly BuiltUnit[]
  /** Bytes that the writer added. */
  readonly attachment: () => Uint8Array
}

interface Description {
  readonly units: readonly { readonly name: string; readonly imports: readonly string[] }[]
  readonly about: unknown
}

export function digestOf(...parts: readonly (Uint8Array | string)[]): Digest {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

export function encodeImage(
  compiler: Digest,
  units: readonly BuiltUnit[],
  about: unknown,
  attachment = new Uint8Array(0),
): Uint8Array {
  const description: Description = {
    units: units.map(({ compiled }) => ({ name: compiled.name, imports: compiled.imports })),
    about,
  }
  const content = pack(description, [...units.flatMap(encodeUnit), attachment])
  const out = new ByteWriter(headerBytes + content.length)
  out.raw(magic)
  out.raw(Buffer.from(compiler, 'hex'))
  out.raw(Buffer.from(digestOf(content), 'hex'))
  out.raw(content)
  return out.finish()
}

function encodeUnit({ compiled, interface: signature, summary }: BuiltUnit): Uint8Array[] {
  const known: Known = { summary, approximation: compiled.approximation }
  return [encodeLinkable(compiled), serialize(signature), serialize(known), serialize(compiled.resumable())]
}

interface Known {
  readonly summary: UnitSummary
  readonly approximation: Approximation
}

/** How interfaces are made fit for this process when they are read. */
export type Adopt = (signature: Signature) => Signature

/** Whether a file says of itself that it is an image. */
export function isImage(bytes: Uint8Array): boolean {
  return magic.every((byte, i) => bytes[i] === byte)
}

interface Header {
  readonly compiler: Digest
  readonly content: Digest
}

function readHeader(bytes: Uint8Array): Header {
  if (bytes.length < headerBytes || !isImage(bytes)) throw new ImageError('not a camlnode image')
  const digest = (n: number): Digest => {
    const start = magic.length + n * digestBytes
    return Buffer.from(bytes.subarray(start, start + digestBytes)).toString('hex')
  }
  return { compiler: digest(0), content: digest(1) }
}

/**
 * An image whose parts are read when they are asked for. Its content is not checked against the digest, which takes reading
 * all of it: for products of the build.
 */
export function openImage(read: ReadBytes, adopt: Adopt): Image {
  const header = readHeader(read(0, headerBytes))
  try {
    const content = openPack((offset, length) => read(headerBytes + offset, length))
    const { units, about } = checkedDescription(content)
    return {
      ...header,
      about,
      units: units.map(
        ({ name, imports }, i) => new StoredUnit(name, imports, content, i * partsOfUnit, adopt),
      ),
      attachment: () => content.part(content.count - 1),
    }
  } catch (error) {
    throw error instanceof PackingError ? new ImageError(`the image is damaged: ${error.message}`) : error
  }
}

/** An image that was written by `compiler` and is whole, which is known before anything in it is looked at. Throws `ImageError`. */
export function readImage(bytes: Uint8Array, compiler: Digest, adopt: Adopt): Image {
  // A `Buffer` slices in its own way, so it is seen as the bytes that it is.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  const header = readHeader(plain)
  if (header.compiler !== compiler) {
    throw new ImageError('compiled by another version of camlnode; compile it again')
  }
  if (header.content !== digestOf(plain.subarray(headerBytes))) throw new ImageError('the image is damaged')
  return openImage((offset, length) => plain.subarray(offset, offset + length), adopt)
}

function checkedDescription({ about, count }: Pack): Description {
  const { units, about: inner } = (about ?? {}) as Partial<Description>
  const isUnit = (u: Description['units'][number] | null): boolean =>
    typeof u?.name === 'string' && Array.isArray(u.imports) && u.imports.every((i) => typeof i === 'string')
  if (!Array.isArray(units) || !units.every(isUnit) || count !== units.length * partsOfUnit + 1) {
    throw new PackingError('its description cannot be read')
  }
  return { units, about: inner }
}

/** A unit of an image. */
class StoredUnit implements BuiltUnit {
  readonly compiled: CompiledUnit
  private readonly parts: Pack
  private readonly first: number
  private readonly adopt: Adopt
  private signature: Signature | undefined
  private known: Known | undefined

  constructor(name: string, imports: readonly string[], parts: Pack, first: number, adopt: Adopt) {
    this.parts = parts
    this.first = first
    this.adopt = adopt
    this.compiled = new StoredCode(name, imports, parts, first, () => this.read().approximation)
  }

  get interface(): Signature {
    this.signature ??= this.adopt(deserialize(this.parts.part(this.first + 1)) as Signature)
    return this.signature
  }

  get summary(): UnitSummary {
    return this.read().summary
  }

  private read(): Known {
    this.known ??= deserialize(this.parts.part(this.first + 2)) as Known
    return this.known
  }
}

class StoredCode implements CompiledUnit {
  readonly name: string
  readonly imports: readonly string[]
  private readonly parts: Pack
  private readonly first: number
  private readonly readApproximation: () => Approximation
  private linkable: Linkable | undefined
  private resume: Resumable | undefined

  constructor(
    name: string,
    imports: readonly string[],
    parts: Pack,
    first: number,
    readApproximation: () => Approximation,
  ) {
    this.name = name
    this.imports = imports
    this.parts = parts
    this.first = first
    this.readApproximation = readApproximation
  }

  private get link(): Linkable {
    this.linkable ??= decodeLinkable(this.parts.part(this.first))
    return this.linkable
  }

  get module(): Linkable['module'] {
    return this.link.module
  }
  get data(): Linkable['data'] {
    return this.link.data
  }
  get slots(): Linkable['slots'] {
    return this.link.slots
  }
  get block(): Linkable['block'] {
    return this.link.block
  }
  get functionCount(): number {
    return this.link.functionCount
  }

  get approximation(): Approximation {
    return this.readApproximation()
  }

  readonly resumable = (): Resumable => {
    this.resume ??= deserialize(this.parts.part(this.first + 3)) as Resumable
    return this.resume
  }
}
