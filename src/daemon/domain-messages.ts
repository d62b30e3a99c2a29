/**
 * What the main thread and a domain's thread tell each other: one kind byte, then fields; numbers little-endian. A message
 * is encoded in parts, so that large terms are copied only once, into the ring.
 *
 *     call    1 id:u32 async:u8 module function caller:u32 args:u32, then they     (names and texts: u32 length, then they)
 *     cancel  2 id:u32
 *     finish  3
 *     died    4 pid:u32, then it                              the owner of handles is gone
 *     return  4 id:u32 value:u32, then it
 *     raise   5 id:u32 class:u8 reason:u32 stack:u32, then they
 *     output  6 fd:u8 bytes:u32, then they
 *     ready   7
 *     failed  8 text                                          a module does not compile or its start raises
 *     watch   9 pid:u32, then it                              the process owns handles now
 *     unwatch 10 pid:u32, then it                             it does not any more
 */

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
  | { readonly kind: 'died'; readonly pid: Uint8Array }

export type FromDomain =
  | { readonly kind: 'outcome'; readonly id: number; readonly outcome: CallOutcome }
  | { readonly kind: 'output'; readonly fd: number; readonly bytes: Uint8Array }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly text: string }
  | { readonly kind: 'watch' | 'unwatch'; readonly pid: Uint8Array }

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
    return this.take(this.u32())
  }
  take(length: number): Uint8Array {
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }
  text(): string {
    return decoder.decode(this.block())
  }
}

/** The first part of a message is put together here: it is copied at once. */
const scratch = new Uint8Array(8192)
const scratchView = new DataView(scratch.buffer)

/** Puts numbers and short texts into the head of a message. */
class Head {
  private length = 0

  start(kind: number): this {
    scratch[0] = kind
    this.length = 1
    return this
  }
  u8(value: number): this {
    scratch[this.length++] = value
    return this
  }
  u32(value: number): this {
    scratchView.setUint32(this.length, value, true)
    this.length += 4
    return this
  }
  /** At most 2000 bytes: a name, a pid. */
  text(text: string): this {
    const { written } = encoder.encodeInto(
      text,
      scratch.subarray(this.length + 4, this.length + 4 + longestName),
    )
    this.u32(written)
    this.length += written
    return this
  }
  bytes(): Uint8Array {
    return scratch.subarray(0, this.length)
  }
}

/** Atoms have at most 255 characters of four bytes; what is longer is no name of anything. */
const longestName = 1024
const head = new Head()

/** The first part is valid until the next message is encoded. */
export type Parts = readonly [head: Uint8Array, ...others: Uint8Array[]]

export function encodeToDomain(message: ToDomain): Parts {
  switch (message.kind) {
    case 'call': {
      const { id, async, module, function: name, caller, args } = message
      head
        .start(1)
        .u32(id)
        .u8(async ? 1 : 0)
        .text(module)
        .text(name)
      return [head.u32(caller.length).u32(args.length).bytes(), caller, args]
    }
    case 'cancel':
      return [head.start(2).u32(message.id).bytes()]
    case 'finish':
      return [head.start(3).bytes()]
    case 'died':
      return [head.start(4).u32(message.pid.length).bytes(), message.pid]
  }
}

export function decodeToDomain(bytes: Uint8Array): ToDomain {
  const f = new Fields(bytes)
  switch (bytes[0]) {
    case 1: {
      const id = f.u32()
      const async = f.u8() === 1
      const module = f.text()
      const name = f.text()
      const callerLength = f.u32()
      const argsLength = f.u32()
      return {
        kind: 'call',
        id,
        async,
        module,
        function: name,
        caller: f.take(callerLength),
        args: f.take(argsLength),
      }
    }
    case 2:
      return { kind: 'cancel', id: f.u32() }
    case 3:
      return { kind: 'finish' }
    case 4:
      return { kind: 'died', pid: f.block() }
    default:
      throw new Crash(`a message of kind ${bytes[0]} to a domain`)
  }
}

export function encodeFromDomain(message: FromDomain): Parts {
  switch (message.kind) {
    case 'outcome':
      return encodeOutcome(message.id, message.outcome)
    case 'output':
      return [head.start(6).u8(message.fd).u32(message.bytes.length).bytes(), message.bytes]
    case 'ready':
      return [head.start(7).bytes()]
    case 'failed': {
      const text = encoder.encode(message.text)
      return [head.start(8).u32(text.length).bytes(), text]
    }
    case 'watch':
      return [head.start(9).u32(message.pid.length).bytes(), message.pid]
    case 'unwatch':
      return [head.start(10).u32(message.pid.length).bytes(), message.pid]
  }
}

function encodeOutcome(id: number, outcome: CallOutcome): Parts {
  if (outcome.kind === 'return') {
    return [head.start(4).u32(id).u32(outcome.value.length).bytes(), outcome.value]
  }
  const { class: cls, reason, stack } = outcome
  head.start(5).u32(id).u8(classes.indexOf(cls))
  return [head.u32(reason.length).u32(stack.length).bytes(), reason, stack]
}

export function decodeFromDomain(bytes: Uint8Array): FromDomain {
  const f = new Fields(bytes)
  switch (bytes[0]) {
    case 4:
      return { kind: 'outcome', id: f.u32(), outcome: { kind: 'return', value: f.block() } }
    case 5: {
      const id = f.u32()
      const cls = classes[f.u8()] ?? 'error'
      const reasonLength = f.u32()
      const stackLength = f.u32()
      const reason = f.take(reasonLength)
      return {
        kind: 'outcome',
        id,
        outcome: { kind: 'raise', class: cls, reason, stack: f.take(stackLength) },
      }
    }
    case 6:
      return { kind: 'output', fd: f.u8(), bytes: f.block() }
    case 7:
      return { kind: 'ready' }
    case 8:
      return { kind: 'failed', text: f.text() }
    case 9:
      return { kind: 'watch', pid: f.block() }
    case 10:
      return { kind: 'unwatch', pid: f.block() }
    default:
      throw new Crash(`a message of kind ${bytes[0]} from a domain`)
  }
}
