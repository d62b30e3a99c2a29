/**
 * The messages of the handshake, version 6, without their lengths (2 bytes; over TLS 4).
 *
 *     name        'N' flags:64 creation:32 length:16 name …        initiator → acceptor
 *     status      's' text | 's' "named:" length:16 name creation:32
 *     challenge   'N' flags:64 challenge:32 creation:32 length:16 name …
 *     reply       'r' challenge:32 digest:128                      initiator → acceptor
 *     ack         'a' digest:128
 *
 * Bytes behind the name are ignored: later versions add fields there.
 * Reference: "Distribution Handshake" of the ERTS user's guide.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import { digestBytes } from './digest.ts'
import type { Flags } from './flags.ts'

/** Longer than any message of the handshake: a name has at most 255 characters. */
export const handshakeFrameLimit = 2048

const maxNameBytes = 255 * 4

export interface NameMessage {
  readonly flags: Flags
  readonly creation: number
  readonly name: string
}

export interface ChallengeMessage extends NameMessage {
  readonly challenge: number
}

export interface ReplyMessage {
  readonly challenge: number
  readonly digest: Uint8Array
}

export type Status =
  | { readonly kind: 'ok' }
  | { readonly kind: 'ok_simultaneous' }
  | { readonly kind: 'nok' }
  | { readonly kind: 'not_allowed' }
  | { readonly kind: 'alive' }
  | { readonly kind: 'true' }
  | { readonly kind: 'false' }
  | { readonly kind: 'named'; readonly name: string; readonly creation: number }

const plainStatuses = ['ok', 'ok_simultaneous', 'nok', 'not_allowed', 'alive', 'true', 'false'] as const

const tag = { name: 0x4e, oldName: 0x6e, status: 0x73, reply: 0x72, ack: 0x61 } as const

const namedPrefix = 'named:'

export function encodeName(message: NameMessage): Uint8Array {
  return finished(15, message.name, (bytes, nameAt) => {
    bytes[0] = tag.name
    bytes.writeBigUInt64BE(message.flags, 1)
    bytes.writeUInt32BE(message.creation, 9)
    writeText(bytes, 13, nameAt, message.name)
  })
}

export function decodeName(bytes: Uint8Array): NameMessage {
  const view = checked(bytes, tag.name, 15, 'name')
  return {
    flags: view.readBigUInt64BE(1),
    creation: view.readUInt32BE(9),
    name: readText(view, 13),
  }
}

export function encodeChallenge(message: ChallengeMessage): Uint8Array {
  return finished(19, message.name, (bytes, nameAt) => {
    bytes[0] = tag.name
    bytes.writeBigUInt64BE(message.flags, 1)
    bytes.writeUInt32BE(message.challenge, 9)
    bytes.writeUInt32BE(message.creation, 13)
    writeText(bytes, 17, nameAt, message.name)
  })
}

export function decodeChallenge(bytes: Uint8Array): ChallengeMessage {
  const view = checked(bytes, tag.name, 19, 'challenge')
  return {
    flags: view.readBigUInt64BE(1),
    challenge: view.readUInt32BE(9),
    creation: view.readUInt32BE(13),
    name: readText(view, 17),
  }
}

export function encodeReply(message: ReplyMessage): Uint8Array {
  const bytes = Buffer.alloc(5 + digestBytes)
  bytes[0] = tag.reply
  bytes.writeUInt32BE(message.challenge, 1)
  bytes.set(message.digest, 5)
  return bytes
}

export function decodeReply(bytes: Uint8Array): ReplyMessage {
  const view = checked(bytes, tag.reply, 5 + digestBytes, 'challenge reply')
  return { challenge: view.readUInt32BE(1), digest: view.subarray(5, 5 + digestBytes) }
}

export function encodeAck(digest: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(1 + digestBytes)
  bytes[0] = tag.ack
  bytes.set(digest, 1)
  return bytes
}

/** The digest in an acknowledgement. */
export function decodeAck(bytes: Uint8Array): Uint8Array {
  return checked(bytes, tag.ack, 1 + digestBytes, 'challenge acknowledgement').subarray(1, 1 + digestBytes)
}

export function encodeStatus(status: Status): Uint8Array {
  if (status.kind !== 'named') return Buffer.from(`s${status.kind}`, 'latin1')
  const head = 1 + namedPrefix.length + 2
  return finished(head + 4, status.name, (bytes) => {
    bytes.write(`s${namedPrefix}`, 0, 'latin1')
    writeText(bytes, head - 2, head, status.name)
    bytes.writeUInt32BE(status.creation, bytes.length - 4)
  })
}

export function decodeStatus(bytes: Uint8Array): Status {
  const view = checked(bytes, tag.status, 2, 'status')
  const text = view.toString('latin1', 1)
  if (text.startsWith(namedPrefix)) return decodeNamed(view, 1 + namedPrefix.length)
  const plain = plainStatuses.find((status) => status === text)
  if (plain === undefined) throw new ProtocolError(`unknown handshake status ${JSON.stringify(text)}`)
  return { kind: plain }
}

function decodeNamed(view: Buffer, at: number): Status {
  if (view.length < at + 2) throw new ProtocolError('handshake: the status is too short')
  const name = readText(view, at)
  const creationAt = at + 2 + view.readUInt16BE(at)
  if (view.length < creationAt + 4) throw new ProtocolError('handshake: the status is too short')
  return { kind: 'named', name, creation: view.readUInt32BE(creationAt) }
}

/** A buffer of `fixed` bytes and the name's; the name stands `fixed` bytes from the start in most messages. */
function finished(fixed: number, name: string, fill: (bytes: Buffer, nameAt: number) => void): Uint8Array {
  const bytes = Buffer.alloc(fixed + Buffer.byteLength(name))
  fill(bytes, fixed)
  return bytes
}

function writeText(bytes: Buffer, lengthAt: number, textAt: number, text: string): void {
  bytes.writeUInt16BE(Buffer.byteLength(text), lengthAt)
  bytes.write(text, textAt, 'utf8')
}

function readText(view: Buffer, lengthAt: number): string {
  const length = view.readUInt16BE(lengthAt)
  const start = lengthAt + 2
  if (length === 0 || length > maxNameBytes || start + length > view.length) {
    throw new ProtocolError('handshake: the name has a wrong length')
  }
  return view.toString('utf8', start, start + length)
}

function checked(bytes: Uint8Array, wanted: number, minimum: number, what: string): Buffer {
  if (bytes[0] === tag.oldName && wanted === tag.name) {
    throw new ProtocolError('handshake: the peer speaks version 5 only (before OTP 23)')
  }
  if (bytes[0] !== wanted) throw new ProtocolError(`handshake: expected a ${what}, got tag ${bytes[0]}`)
  if (bytes.length < minimum) throw new ProtocolError(`handshake: the ${what} is too short`)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}
