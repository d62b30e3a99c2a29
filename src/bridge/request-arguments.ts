/** Arguments of the requests that OCaml code makes of its processes (processes.ts): read, and refused unless they are what they should be. */

import type { Datum } from '../engine/host-request.ts'
import { Tag, TermReader } from '../erlang-term-format/index.ts'
import { checkFun, isFunTag } from './fun-term.ts'
import type { ProcessSignal } from './process-signals.ts'

/** A request that OCaml code should not have made. */
export class Invalid extends Error {}

const nothing = new Uint8Array(0)

export function intOf(datum: Datum | undefined): number {
  if (typeof datum !== 'bigint') throw new Invalid()
  return Number(datum)
}

const text = new TextDecoder()

export function textOf(datum: Datum | undefined): string {
  return text.decode(bytesOf(datum))
}

export function bytesOf(datum: Datum | undefined): Uint8Array {
  if (!(datum instanceof Uint8Array)) throw new Invalid()
  return datum
}

const reader = new TermReader(nothing)

/** Bytes that are exactly one term. */
export function termOf(datum: Datum | undefined): Uint8Array {
  const bytes = bytesOf(datum)
  reader.reset(bytes)
  reader.skip()
  if (!reader.atEnd) throw new Invalid()
  return bytes
}

export function pidOf(datum: Datum | undefined): Uint8Array {
  const bytes = termOf(datum)
  reader.reset(bytes)
  reader.readPid()
  return bytes
}

export function referenceOf(datum: Datum | undefined): Uint8Array {
  const bytes = termOf(datum)
  reader.reset(bytes)
  reader.readReference()
  return bytes
}

export function funOf(datum: Datum | undefined): Uint8Array {
  const bytes = termOf(datum)
  if (!isFunTag(bytes[0] as number)) throw new Invalid()
  checkFun(bytes)
  return bytes
}

/** `{Module, Function, Args}`. */
export function callOf(datum: Datum | undefined): Uint8Array {
  const bytes = termOf(datum)
  reader.reset(bytes)
  if (reader.peekTag() !== Tag.smallTuple || reader.readTupleArity() !== 3) throw new Invalid()
  reader.readAtom()
  reader.readAtom()
  return bytes
}

/** The node that a message goes to. */
export function nodeOf({ target, node }: Place): string {
  if (target.length === 0) return node
  reader.reset(target)
  return target[0] === Tag.newPid ? reader.readPid().node : reader.readReference().node
}

export type Place = Pick<ProcessSignal, 'name' | 'node' | 'target'>

export const keyOf = (pid: Uint8Array): string =>
  Buffer.from(pid.buffer, pid.byteOffset, pid.length).toString('latin1')

/** A pid or a reference, or a name and a node. */
export function place(datum: Datum | undefined): Place {
  if (datum instanceof Uint8Array) return { name: '', node: '', target: termOf(datum) }
  if (!Array.isArray(datum) || datum.length !== 2) throw new Invalid()
  return { name: textOf(datum[0]), node: textOf(datum[1]), target: nothing }
}
