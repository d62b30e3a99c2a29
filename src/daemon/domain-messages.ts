/**
 * What the main thread and a domain's thread tell each other: one kind byte, then fields; numbers little-endian.
 *
 *     call    1 id:u32 async:u8 module function caller args    (strings and bytes: u32 length, then they)
 *     cancel  2 id:u32
 *     finish  3
 *     return  4 id:u32 value
 *     raise   5 id:u32 class:u8 reason stack
 *     output  6 fd:u8 bytes
 *     ready   7
 *     failed  8 text                                          a module does not compile or its start raises
 */

import { ByteWriter } from '../base/byte-writer.ts'
import { Crash } from '../base/diagnostic.ts'
import type { CallOutcome } from '../node/index.ts'

/** A call as it crosses to the domain; `caller` and `args` are encoded terms. */
export interface DomainCall {
  readonly kind: 'call'
  readonly id: number
  readonly async: boolean
  readonly module: string
  readonly function: string
  readonly caller: Uint8Array
  readonly args: Uint8Array
}

export type ToDomain =
  | DomainCall
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'finish' }

export type FromDomain =
  | { readonly kind: 'outcome'; readonly id: number; readonly outcome: CallOutcome }
  | { readonly kind: 'output'; readonly fd: number; readonly bytes: Uint8Array }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly text: string }

const classes = ['error', 'exit', 'throw'] as const
const encoder = new TextEncoder()
const decoder = new TextDecoder()

class Fields {
  private readonly bytes: Uint8Array
  private readonly view: DataView
  private at = 1

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset)
  }
  u8(): number {
    this.at += 1
    return this.view.getUint8(this.at - 1)
  }
  u32(): number {
    this.at += 4
    return this.view.getUint32(this.at - 4, true)
  }
  block(): Uint8Array {
    const length = this.u32()
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }
  text(): string {
    return decoder.decode(this.block())
  }
}

function block(out: ByteWriter, bytes: Uint8Array): void {
  out.u32(bytes.length)
  out.raw(bytes)
}

export function encodeToDomain(message: ToDomain): Uint8Array {
  const out = new ByteWriter(64)
  switch (message.kind) {
    case 'call':
      out.u8(1)
      out.u32(message.id)
      out.u8(message.async ? 1 : 0)
      block(out, encoder.encode(message.module))
      block(out, encoder.encode(message.function))
      block(out, message.caller)
      block(out, message.args)
      break
    case 'cancel':
      out.u8(2)
      out.u32(message.id)
      break
    case 'finish':
      out.u8(3)
  }
  return out.finish()
}

export function decodeToDomain(bytes: Uint8Array): ToDomain {
  const f = new Fields(bytes)
  switch (bytes[0]) {
    case 1: {
      const id = f.u32()
      const async = f.u8() === 1
      return {
        kind: 'call',
        id,
        async,
        module: f.text(),
        function: f.text(),
        caller: f.block(),
        args: f.block(),
      }
    }
    case 2:
      return { kind: 'cancel', id: f.u32() }
    case 3:
      return { kind: 'finish' }
    default:
      throw new Crash(`a message of kind ${bytes[0]} to a domain`)
  }
}

export function encodeFromDomain(message: FromDomain): Uint8Array {
  const out = new ByteWriter(64)
  switch (message.kind) {
    case 'outcome':
      encodeOutcome(out, message.id, message.outcome)
      break
    case 'output':
      out.u8(6)
      out.u8(message.fd)
      block(out, message.bytes)
      break
    case 'ready':
      out.u8(7)
      break
    case 'failed':
      out.u8(8)
      block(out, encoder.encode(message.text))
  }
  return out.finish()
}

function encodeOutcome(out: ByteWriter, id: number, outcome: CallOutcome): void {
  out.u8(outcome.kind === 'return' ? 4 : 5)
  out.u32(id)
  if (outcome.kind === 'return') return block(out, outcome.value)
  out.u8(classes.indexOf(outcome.class))
  block(out, outcome.reason)
  block(out, outcome.stack)
}

export function decodeFromDomain(bytes: Uint8Array): FromDomain {
  const f = new Fields(bytes)
  switch (bytes[0]) {
    case 4:
      return { kind: 'outcome', id: f.u32(), outcome: { kind: 'return', value: f.block() } }
    case 5: {
      const id = f.u32()
      const cls = classes[f.u8()] ?? 'error'
      return {
        kind: 'outcome',
        id,
        outcome: { kind: 'raise', class: cls, reason: f.block(), stack: f.block() },
      }
    }
    case 6:
      return { kind: 'output', fd: f.u8(), bytes: f.block() }
    case 7:
      return { kind: 'ready' }
    case 8:
      return { kind: 'failed', text: f.text() }
    default:
      throw new Crash(`a message of kind ${bytes[0]} from a domain`)
  }
}
