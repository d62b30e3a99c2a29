/**
 * What the main thread and a domain's thread tell each other: one kind byte, then fields; numbers little-endian. A message
 * is encoded in parts, so that terms are copied only once, into the ring; large ones that nobody else needs are parcels (parcels.ts), and
 * have a mark for their length.
 *
 *     call    1 id:u32 async:u8 process:u53 module function caller:u32 leader:u32 args:u32, then they     (names and texts: u32 length, then they)
 *     cancel  2 id:u32
 *     finish  3
 *     died    4 pid:u32, then it                              the owner of handles is gone
 *     message 5 process:f64 term:u32, then it                 for a process of OCaml code
 *     kill    6 process:f64
 *     answer  7 id:u32 term:u32, then it
 *     nodes   8 names:u32, then they
 *     numbers 9 first:f64 count:f64                           for processes
 *     busy    10 is:u8 node                                   senders to it wait, or need not any more
 *     leader  11 process:f64 pid:u32, then it                 what it prints goes there
 *     return  4 id:u32 value:u32, then it
 *     raise   5 id:u32 class:u8 reason:u32 stack:u32, then they
 *     output  6 fd:u8 leader:u32 bytes:u32, then they
 *     ready   7
 *     failed  8 text                                          a module does not compile or its start raises
 *     watch   9 pid:u32, then it                              the process owns handles now
 *     unwatch 10 pid:u32, then it                             it does not any more
 *     signal  11 kind:u8 process:f64 id:u32 count:f64 name:u32 node:u32 target:u32 payload:u32, then they
 */

import { Crash } from '../base/diagnostic.ts'
import { type ProcessEventMessage, type ProcessSignal, signalKinds } from '../bridge/process-signals.ts'
import { decodeUtf8Atom } from '../erlang-term-format/index.ts'
import type { CallOutcome } from '../node/index.ts'
import { type Parcels, parcelBytes, parcelMark } from './parcels.ts'

/** A call as it crosses to the domain; `caller` and `args` are encoded terms. */
export interface DomainCall {
  readonly kind: 'call'
  readonly id: number
  readonly async: boolean
  /** The number of its process on the node; 0: it has none yet. */
  readonly process: number
  /** Who gets what it prints, encoded; nothing: the log. */
  readonly leader: Uint8Array
  readonly module: string
  readonly function: string
  readonly caller: Uint8Array
  readonly args: Uint8Array
  /** Whether the memory of `args` has no other user. */
  readonly ownsArgs: boolean
}

export type ToDomain =
  | DomainCall
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'finish' }
  | { readonly kind: 'died'; readonly pid: Uint8Array }
  | ProcessEventMessage

export type FromDomain =
  | { readonly kind: 'outcome'; readonly id: number; readonly outcome: CallOutcome }
  | {
      readonly kind: 'output'
      readonly fd: number
      /** Whose it is, as with a call. */
      readonly leader: Uint8Array
      readonly bytes: Uint8Array
    }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly text: string }
  | { readonly kind: 'watch' | 'unwatch'; readonly pid: Uint8Array }
  | { readonly kind: 'signal'; readonly signal: ProcessSignal }

const classes = ['error', 'exit', 'throw'] as const
const encoder = new TextEncoder()
const decoder = new TextDecoder()

class Fields {
  private readonly bytes: Uint8Array
  private at = 1

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }
  u8(): number {
    this.at += 1
    return this.bytes[this.at - 1] as number
  }
  u32(): number {
    let value = 0
    for (let i = 3; i >= 0; i--) value = (value << 8) | (this.bytes[this.at + i] as number)
    this.at += 4
    return value >>> 0
  }
  f64(): number {
    scratch.set(this.bytes.subarray(this.at, this.at + 8))
    this.at += 8
    return scratchView.getFloat64(0, true)
  }
  /** An integer that is not negative, up to 2⁵³. */
  u53(): number {
    const low = this.u32()
    return low + this.u32() * 2 ** 32
  }
  block(): Uint8Array {
    return this.take(this.u32())
  }
  /** A block that may be a parcel. */
  large(length: number, parcels: Parcels): Uint8Array {
    return length === parcelMark ? parcels.receive() : this.take(length)
  }
  take(length: number): Uint8Array {
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }
  text(): string {
    return decoder.decode(this.block())
  }
  /** The name of an atom. */
  name(): string {
    const length = this.u32()
    this.at += length
    return decodeUtf8Atom(this.bytes, this.at - length, this.at)
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
  u53(value: number): this {
    return this.u32(value).u32(value / 2 ** 32)
  }
  f64(value: number): this {
    scratchView.setFloat64(this.length, value, true)
    this.length += 8
    return this
  }
  /** At most 2000 bytes: a name, a pid. */
  text(text: string): this {
    const start = this.length + 4
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code > 127 || i > longestName) return this.anyText(text)
      scratch[start + i] = code
    }
    this.u32(text.length)
    this.length += text.length
    return this
  }
  private anyText(text: string): this {
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

/** The length of a part and the part, or the mark of a parcel, which is sent. */
function large(part: Uint8Array, isOwned: boolean, parcels: Parcels): readonly [number, ...Uint8Array[]] {
  if (!isOwned || part.length < parcelBytes) return [part.length, part]
  parcels.send(part)
  return [parcelMark]
}

export function encodeToDomain(message: ToDomain, parcels: Parcels): Parts {
  switch (message.kind) {
    case 'call': {
      const { id, async, process, module, function: name, caller, leader, args, ownsArgs } = message
      const [length, ...rest] = large(args, ownsArgs, parcels)
      head
        .start(1)
        .u32(id)
        .u8(async ? 1 : 0)
        .u53(process)
        .text(module)
        .text(name)
      return [head.u32(caller.length).u32(leader.length).u32(length).bytes(), caller, leader, ...rest]
    }
    case 'cancel':
      return [head.start(2).u32(message.id).bytes()]
    case 'finish':
      return [head.start(3).bytes()]
    case 'died':
      return [head.start(4).u32(message.pid.length).bytes(), message.pid]
    case 'message': {
      const { process, payload } = message
      return [head.start(5).f64(process).u32(payload.length).bytes(), payload]
    }
    case 'leader': {
      const { process, payload } = message
      return [head.start(11).f64(process).u32(payload.length).bytes(), payload]
    }
    case 'kill':
      return [head.start(6).f64(message.process).bytes()]
    case 'answer': {
      const { id, payload } = message
      return [head.start(7).u32(id).u32(payload.length).bytes(), payload]
    }
    case 'numbers':
      return [head.start(9).f64(message.numbers.first).f64(message.numbers.count).bytes()]
    case 'busy':
      return [
        head
          .start(10)
          .u8(message.isBusy ? 1 : 0)
          .text(message.node)
          .bytes(),
      ]
    case 'nodes': {
      const names = encoder.encode(message.names.join('\n'))
      return [head.start(8).u32(names.length).bytes(), names]
    }
  }
}

export function decodeToDomain(bytes: Uint8Array, parcels: Parcels): ToDomain {
  const f = new Fields(bytes)
  switch (bytes[0]) {
    case 1: {
      const id = f.u32()
      const async = f.u8() === 1
      const process = f.u53()
      const module = f.name()
      const name = f.name()
      const callerLength = f.u32()
      const leaderLength = f.u32()
      const argsLength = f.u32()
      return {
        kind: 'call',
        id,
        async,
        process,
        module,
        function: name,
        caller: f.take(callerLength),
        leader: f.take(leaderLength),
        args: f.large(argsLength, parcels),
        ownsArgs: argsLength === parcelMark,
      }
    }
    case 2:
      return { kind: 'cancel', id: f.u32() }
    case 3:
      return { kind: 'finish' }
    case 4:
      return { kind: 'died', pid: f.block() }
    case 5:
      return { kind: 'message', process: f.f64(), payload: f.block() }
    case 6:
      return { kind: 'kill', process: f.f64() }
    case 7:
      return { kind: 'answer', id: f.u32(), payload: f.block() }
    case 8: {
      const names = f.text()
      return { kind: 'nodes', names: names === '' ? [] : names.split('\n') }
    }
    case 10:
      return { kind: 'busy', isBusy: f.u8() === 1, node: f.text() }
    case 9:
      return { kind: 'numbers', numbers: { first: f.f64(), count: f.f64() } }
    case 11:
      return { kind: 'leader', process: f.f64(), payload: f.block() }
    default:
      throw new Crash(`a message of kind ${bytes[0]} to a domain`)
  }
}

export function encodeFromDomain(message: FromDomain, parcels: Parcels): Parts {
  switch (message.kind) {
    case 'outcome':
      return encodeOutcome(message.id, message.outcome, parcels)
    case 'output':
      return encodeOutput(message)
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
    case 'signal':
      return encodeSignal(message.signal)
  }
}

function encodeOutput({ fd, leader, bytes }: FromDomain & { readonly kind: 'output' }): Parts {
  return [head.start(6).u8(fd).u32(leader.length).u32(bytes.length).bytes(), leader, bytes]
}

function decodeOutput(f: Fields): FromDomain {
  const [fd, leader, bytes] = [f.u8(), f.u32(), f.u32()]
  return { kind: 'output', fd, leader: f.take(leader), bytes: f.take(bytes) }
}

function encodeSignal({ kind, process, id, count, name, node, target, payload }: ProcessSignal): Parts {
  const texts = [encoder.encode(name), encoder.encode(node)] as const
  head.start(11).u8(signalKinds.indexOf(kind)).f64(process).u32(id).f64(count)
  head.u32(texts[0].length).u32(texts[1].length).u32(target.length).u32(payload.length)
  return [head.bytes(), ...texts, target, payload]
}

function decodeSignal(f: Fields): ProcessSignal {
  const kind = signalKinds[f.u8()]
  if (kind === undefined) throw new Crash('a signal of an unknown kind from a domain')
  const [process, id, count] = [f.f64(), f.u32(), f.f64()]
  const [name, node, target, payload] = [f.u32(), f.u32(), f.u32(), f.u32()]
  return {
    kind,
    process,
    id,
    count,
    name: decoder.decode(f.take(name)),
    node: decoder.decode(f.take(node)),
    target: f.take(target),
    payload: f.take(payload),
  }
}

function encodeOutcome(id: number, outcome: CallOutcome, parcels: Parcels): Parts {
  if (outcome.kind === 'return') {
    const [length, ...rest] = large(outcome.value, outcome.ownsValue === true, parcels)
    return [head.start(4).u32(id).u32(length).bytes(), ...rest]
  }
  const { class: cls, reason, stack } = outcome
  head.start(5).u32(id).u8(classes.indexOf(cls))
  return [head.u32(reason.length).u32(stack.length).bytes(), reason, stack]
}

export function decodeFromDomain(bytes: Uint8Array, parcels: Parcels): FromDomain {
  const f = new Fields(bytes)
  switch (bytes[0]) {
    case 4:
      return { kind: 'outcome', id: f.u32(), outcome: { kind: 'return', value: f.large(f.u32(), parcels) } }
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
      return decodeOutput(f)
    case 7:
      return { kind: 'ready' }
    case 8:
      return { kind: 'failed', text: f.text() }
    case 9:
      return { kind: 'watch', pid: f.block() }
    case 10:
      return { kind: 'unwatch', pid: f.block() }
    case 11:
      return { kind: 'signal', signal: decodeSignal(f) }
    default:
      throw new Crash(`a message of kind ${bytes[0]} from a domain`)
  }
}
