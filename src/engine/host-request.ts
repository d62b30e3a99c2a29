/**
 * Requests of the library (`CamlinternalHost`, on which `Unix` is built) to the host, as bytes: the call's name, then its arguments. The
 * answer is a datum, or the name and the number of an error.
 *
 *     datum    0 int: 8 bytes │ 1 float: 8 bytes │ 2 text: length, bytes │ 3 list: length, data
 *     answer   datum │ 4 error: length, its name, 8 bytes of its number
 *
 * Numbers are little-endian, lengths have 4 bytes. A request that is no sequence of data is answered with EINVAL: programs can
 * write requests of their own.
 */

import { ByteWriter } from '../base/byte-writer.ts'
import type { Host } from './host.ts'

/** An int is a bigint, a float a number. Texts arrive as bytes, and may be answered as strings. */
export type Datum = bigint | number | string | Uint8Array | readonly Datum[]

export interface Refusal {
  readonly kind: 'refusal'
  /** As the system's C headers have it. */
  readonly error: string
  readonly number: number
}

const tag = { int: 0, float: 1, text: 2, list: 3, error: 4 } as const
/** A request has lists of names and numbers; deeper ones are nonsense. */
const deepest = 8

const nonsense: Refusal = { kind: 'refusal', error: 'EINVAL', number: 22 }

export function answerRequest(host: Host, request: Uint8Array): Uint8Array {
  let data: readonly Datum[]
  try {
    data = new Reader(request).all()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return encode(nonsense)
  }
  const [name, ...args] = data
  return encode(name instanceof Uint8Array ? host.call(new TextDecoder().decode(name), args) : nonsense)
}

class Reader {
  private readonly bytes: Uint8Array
  private readonly view: DataView
  private at = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  all(): readonly Datum[] {
    const data: Datum[] = []
    while (this.at < this.bytes.length) data.push(this.datum(0))
    return data
  }

  private datum(depth: number): Datum {
    const kind = this.view.getUint8(this.take(1))
    if (kind === tag.int) return this.view.getBigInt64(this.take(8), true)
    if (kind === tag.float) return this.view.getFloat64(this.take(8), true)
    if (kind !== tag.text && (kind !== tag.list || depth === deepest)) throw new RangeError('no datum')
    const length = this.view.getUint32(this.take(4), true)
    if (kind === tag.text) return this.bytes.subarray(this.take(length), this.at)
    const items: Datum[] = []
    for (let i = 0; i < length; i++) items.push(this.datum(depth + 1))
    return items
  }

  private take(count: number): number {
    const start = this.at
    if (count > this.bytes.length - start) throw new RangeError('the request ends too early')
    this.at = start + count
    return start
  }
}

function encode(answer: Datum | Refusal): Uint8Array {
  const out = new ByteWriter(64)
  if (isRefusal(answer)) {
    out.u8(tag.error)
    writeText(out, answer.error)
    out.u64(BigInt(answer.number))
  } else writeDatum(out, answer)
  return out.finish()
}

function isRefusal(answer: Datum | Refusal): answer is Refusal {
  return typeof answer === 'object' && 'kind' in answer
}

function writeDatum(out: ByteWriter, datum: Datum): void {
  if (typeof datum === 'bigint') {
    out.u8(tag.int)
    out.u64(BigInt.asUintN(64, datum))
  } else if (typeof datum === 'number') {
    out.u8(tag.float)
    out.f64(datum)
  } else if (typeof datum === 'string' || datum instanceof Uint8Array) {
    out.u8(tag.text)
    writeText(out, datum)
  } else {
    out.u8(tag.list)
    out.u32(datum.length)
    for (const item of datum) writeDatum(out, item)
  }
}

function writeText(out: ByteWriter, content: Uint8Array | string): void {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  out.u32(bytes.length)
  out.raw(bytes)
}
