/** Requests to the host as bytes: programs can write their own, so nothing about them may do harm. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerRequest, type Datum, type Refusal } from '../../src/engine/host-request.ts'
import { testHost } from './run-program.ts'

/** A host that notes what it is asked, and answers it. */
function echo(asked: unknown[], answer: Datum | Refusal = 0n) {
  const call = (name: string, args: readonly Datum[]): Datum | Refusal => {
    asked.push([name, ...args])
    return answer
  }
  return { ...testHost('', ['', '', '']), call }
}

const refused = Uint8Array.of(4, 6, 0, 0, 0, ...new TextEncoder().encode('EINVAL'), 22, 0, 0, 0, 0, 0, 0, 0)
const bytes = (...parts: readonly (number | string)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])),
  )

describe('requests', () => {
  it('are a name and data', () => {
    const asked: unknown[] = []
    const request = bytes(
      ...[2, 4, 0, 0, 0, 'name'],
      ...[0, 255, 255, 255, 255, 255, 255, 255, 255],
      ...[1, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f],
      ...[3, 2, 0, 0, 0, 2, 1, 0, 0, 0, 'x', 3, 0, 0, 0, 0],
    )
    const answer = answerRequest(echo(asked, [1n, 2.5, 'é', new Uint8Array([7]), []]), request)
    expect(asked).toEqual([['name', -1n, 1.5, [bytes('x'), []]]])
    expect(answer).toEqual(
      bytes(
        ...[3, 5, 0, 0, 0],
        ...[0, 1, 0, 0, 0, 0, 0, 0, 0],
        ...[1, 0, 0, 0, 0, 0, 0, 4, 0x40],
        ...[2, 2, 0, 0, 0, 'é'],
        ...[2, 1, 0, 0, 0, 7],
        ...[3, 0, 0, 0, 0],
      ),
    )
  })

  it('are refused when they are nonsense', () => {
    const nonsense = [
      [],
      [9],
      [2, 255, 255, 255, 255],
      [0, 1, 2],
      [3, 255, 255, 255, 255],
      [3, 0, 0, 0, 0],
      Array.from({ length: 400 }, (_, i) => (i % 5 === 0 ? 3 : i % 5 === 1 ? 1 : 0)),
    ]
    for (const request of nonsense) expect(answerRequest(echo([]), Uint8Array.from(request))).toEqual(refused)
  })

  it('never do harm, whatever their bytes', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 64 }), (request) => {
      expect(answerRequest(echo([]), request).length).toBeGreaterThan(0)
    })
    fc.assert(property, { numRuns: 2000 })
  })

  it('can fail', () => {
    const refusal: Refusal = { kind: 'refusal', error: 'EINVAL', number: 22 }
    expect(answerRequest(echo([], refusal), bytes(2, 1, 0, 0, 0, 'x'))).toEqual(refused)
  })
})
