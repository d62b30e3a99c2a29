/**
 * EPMD's protocol: requests and replies ↔ bytes. All numbers are big-endian.
 *
 *   request      Length:16, then one of
 *     ALIVE2       120 Port:16 Type:8 Protocol:8 Highest:16 Lowest:16 Nlen:16 Name Elen:16 Extra
 *     PORT_PLEASE2 122 Name
 *     NAMES        110
 *   reply        without a length
 *     to ALIVE2    118 Result:8 Creation:32, or 121 Result:8 Creation:16 from or for older ones
 *     to PORT_PLEASE2
 *                  119 Result:8, and if that is 0: Port:16 Type:8 Protocol:8 Highest:16 Lowest:16
 *                  Nlen:16 Name Elen:16 Extra; then EPMD closes
 *     to NAMES     Port:32, then lines "name N at port P\n"; then EPMD closes
 *
 * Decoders take all bytes received so far and return null while the message is not whole, so they can be
 * fed from a stream in pieces of any size. They throw `ProtocolError` on what can never become a message.
 *
 * Reference: "Distribution Protocol" of the ERTS user's guide.
 */

import { ProtocolError } from '../base/diagnostic.ts'

const code = {
  names: 110,
  wideAliveReply: 118,
  portReply: 119,
  alive: 120,
  aliveReply: 121,
  portPlease: 122,
} as const

const typeNormal = 77
const typeHidden = 72

/** A node name has at most 255 characters of at most four bytes; EPMD sees the part before the `@`. */
export const maxNameBytes = 255 * 4
export const maxExtraBytes = 255
/** The longest request: an ALIVE2 with the longest name and extra. */
export const maxRequestBytes = 2 + 13 + maxNameBytes + maxExtraBytes
/** The longest reply to PORT_PLEASE2. */
export const maxPortReplyBytes = 14 + maxNameBytes + 0xffff
/** What is read of a reply to NAMES. */
export const maxNamesReplyBytes = 1 << 20

/** The distribution protocol's version 6 is what nodes from OTP 23 on speak. */
export const distributionVersion = 6

/** What EPMD knows of a node. */
export interface NodeEntry {
  /** Without `@` and host. */
  readonly name: string
  readonly port: number
  readonly hidden: boolean
  readonly highestVersion: number
  readonly lowestVersion: number
  readonly extra: Uint8Array
}

export type Request =
  | { readonly kind: 'alive'; readonly node: NodeEntry }
  | { readonly kind: 'portPlease'; readonly name: string }
  | { readonly kind: 'names' }

export interface AliveReply {
  readonly accepted: boolean
  readonly creation: number
}

/** The node is null when EPMD does not know the name. */
export interface PortReply {
  readonly node: NodeEntry | null
}

export interface NamesReply {
  readonly epmdPort: number
  readonly nodes: readonly { readonly name: string; readonly port: number }[]
}

/** An entry with the usual versions and no extra. */
export function nodeEntry(name: string, port: number, hidden: boolean): NodeEntry {
  return {
    name,
    port,
    hidden,
    highestVersion: distributionVersion,
    lowestVersion: distributionVersion,
    extra: new Uint8Array(0),
  }
}

const utf8Encoder = new TextEncoder()
const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

// Encoding

/** A request, its length included. */
export function encodeRequest(request: Request): Uint8Array {
  const body = requestBody(request)
  return concat([u16(body.length), body])
}

function requestBody(request: Request): Uint8Array {
  switch (request.kind) {
    case 'alive':
      return concat([[code.alive], entryBytes(request.node)])
    case 'portPlease':
      return concat([[code.portPlease], utf8Encoder.encode(request.name)])
    case 'names':
      return Uint8Array.of(code.names)
  }
}

/** Port:16 Type:8 Protocol:8 Highest:16 Lowest:16 Nlen:16 Name Elen:16 Extra. */
function entryBytes(node: NodeEntry): Uint8Array {
  const name = utf8Encoder.encode(node.name)
  return concat([
    u16(node.port),
    [node.hidden ? typeHidden : typeNormal, 0],
    u16(node.highestVersion),
    u16(node.lowestVersion),
    u16(name.length),
    name,
    u16(node.extra.length),
    node.extra,
  ])
}

/** A reply to ALIVE2; nodes that speak a version below 6 get the narrow one, whose creation is 1, 2 or 3. */
export function encodeAliveReply(reply: AliveReply, highestVersion: number): Uint8Array {
  const result = reply.accepted ? 0 : 1
  if (highestVersion < distributionVersion) {
    return concat([[code.aliveReply, result], u16((reply.creation % 3) + 1)])
  }
  return concat([[code.wideAliveReply, result], u16(reply.creation >>> 16), u16(reply.creation & 0xffff)])
}

export function encodePortReply(reply: PortReply): Uint8Array {
  if (reply.node === null) return Uint8Array.of(code.portReply, 1)
  return concat([[code.portReply, 0], entryBytes(reply.node)])
}

export function encodeNamesReply(reply: NamesReply): Uint8Array {
  const lines = reply.nodes.map(({ name, port }) => `name ${name} at port ${port}\n`)
  return concat([
    u16(reply.epmdPort >>> 16),
    u16(reply.epmdPort & 0xffff),
    utf8Encoder.encode(lines.join('')),
  ])
}

function u16(value: number): readonly number[] {
  return [(value >>> 8) & 0xff, value & 0xff]
}

function concat(parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)))
}

// Decoding

/** Reads fields in order; where the bytes end too early, `short` says so and what is read means nothing. */
class Fields {
  short = false
  private readonly bytes: Uint8Array
  private offset: number

  constructor(bytes: Uint8Array, offset: number) {
    this.bytes = bytes
    this.offset = offset
  }

  u8(): number {
    return this.raw(1)[0] ?? 0
  }

  u16(): number {
    return this.u8() * 256 + this.u8()
  }

  u32(): number {
    return this.u16() * 65536 + this.u16()
  }

  raw(length: number): Uint8Array {
    const start = this.offset
    this.offset += length
    if (this.offset > this.bytes.length) this.short = true
    return this.bytes.subarray(start, this.offset)
  }

  get done(): boolean {
    return this.offset === this.bytes.length
  }
}

/** The request at the start of the bytes; more bytes than that are an error, since nothing may follow it. */
export function decodeRequest(bytes: Uint8Array): Request | null {
  if (bytes.length < 2) return null
  const fields = new Fields(bytes, 0)
  const length = 2 + fields.u16()
  if (length === 2 || length > maxRequestBytes) throw new ProtocolError(`EPMD request of ${length - 2} bytes`)
  if (bytes.length > length) throw new ProtocolError('bytes after an EPMD request')
  return bytes.length < length ? null : decodeBody(bytes, fields)
}

function decodeBody(bytes: Uint8Array, fields: Fields): Request {
  const kind = fields.u8()
  switch (kind) {
    case code.alive:
      return { kind: 'alive', node: decodeWholeEntry(fields) }
    case code.portPlease:
      return { kind: 'portPlease', name: nameText(bytes.subarray(3)) }
    case code.names:
      return { kind: 'names' }
    default:
      throw new ProtocolError(`EPMD request ${kind}`)
  }
}

function decodeWholeEntry(fields: Fields): NodeEntry {
  const node = readEntry(fields)
  if (node === null || !fields.done) throw new ProtocolError('malformed EPMD registration')
  return node
}

/** Null if the bytes end within it. */
function readEntry(fields: Fields): NodeEntry | null {
  const port = fields.u16()
  const type = fields.u8()
  fields.u8()
  const highestVersion = fields.u16()
  const lowestVersion = fields.u16()
  const nameLength = fields.u16()
  if (nameLength > maxNameBytes) throw new ProtocolError('EPMD name too long')
  const name = fields.raw(nameLength)
  const extra = fields.raw(fields.u16())
  if (fields.short) return null
  const hidden = type === typeHidden
  return { name: nameText(name), port, hidden, highestVersion, lowestVersion, extra: new Uint8Array(extra) }
}

/** A name that can stand in a line of the reply to NAMES. */
function nameText(bytes: Uint8Array): string {
  if (bytes.length === 0 || bytes.length > maxNameBytes)
    throw new ProtocolError('EPMD name of a wrong length')
  const text = utf8Text(bytes)
  for (const char of text) {
    if (char <= ' ' || char === '@' || char === '\x7f')
      throw new ProtocolError('EPMD name with a wrong character')
  }
  return text
}

function utf8Text(bytes: Uint8Array): string {
  try {
    return utf8Decoder.decode(bytes)
  } catch {
    throw new ProtocolError('EPMD text is not UTF-8')
  }
}

/** A refusal is whole without its creation. */
export function decodeAliveReply(bytes: Uint8Array): AliveReply | null {
  const fields = new Fields(bytes, 0)
  const kind = fields.u8()
  if (bytes.length > 0 && kind !== code.aliveReply && kind !== code.wideAliveReply) {
    throw new ProtocolError(`EPMD reply ${kind} to a registration`)
  }
  const result = fields.u8()
  if (fields.short) return null
  if (result !== 0) return { accepted: false, creation: 0 }
  const creation = kind === code.wideAliveReply ? fields.u32() : fields.u16()
  return fields.short ? null : { accepted: true, creation }
}

export function decodePortReply(bytes: Uint8Array): PortReply | null {
  const fields = new Fields(bytes, 0)
  const kind = fields.u8()
  if (bytes.length > 0 && kind !== code.portReply) throw new ProtocolError(`EPMD reply ${kind} to a look-up`)
  const result = fields.u8()
  if (fields.short) return null
  if (result !== 0) return { node: null }
  const node = readEntry(fields)
  return node === null ? null : { node }
}

/** The whole reply, which EPMD ends by closing. */
export function decodeNamesReply(bytes: Uint8Array): NamesReply {
  const fields = new Fields(bytes, 0)
  const epmdPort = fields.u32()
  if (fields.short) throw new ProtocolError('EPMD names cut short')
  const lines = utf8Text(bytes.subarray(4)).split('\n')
  return { epmdPort, nodes: lines.flatMap(namesLine) }
}

function namesLine(line: string): { name: string; port: number }[] {
  const match = /^name (.+) at port (\d{1,5})$/.exec(line)
  return match === null ? [] : [{ name: match[1] as string, port: Number(match[2]) }]
}

/** Bytes of one message as they arrive in pieces, up to a limit. */
export class Received {
  private bytes: Uint8Array = new Uint8Array(0)
  private readonly limit: number

  constructor(limit: number) {
    this.limit = limit
  }

  /** Adds a piece and returns everything so far. */
  push(piece: Uint8Array): Uint8Array {
    const length = this.bytes.length + piece.length
    if (length > this.limit) throw new ProtocolError(`EPMD message of more than ${this.limit} bytes`)
    const all = new Uint8Array(length)
    all.set(this.bytes)
    all.set(piece, this.bytes.length)
    this.bytes = all
    return all
  }

  get all(): Uint8Array {
    return this.bytes
  }
}
