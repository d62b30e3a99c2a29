import fc from 'fast-check'
import { expect, test } from 'vitest'
import { copyBytes } from '../../src/base/copy-bytes.ts'

const memory = (isShared: boolean): Uint8Array =>
  isShared ? new Uint8Array(new SharedArrayBuffer(100_000)) : new Uint8Array(100_000)

const length = fc.oneof(
  fc.nat(100),
  fc.integer({ min: 1000, max: 1100 }),
  fc.integer({ min: 32_000, max: 70_000 }),
)

test('copies what is there, and nothing around it, whatever memories it is between', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.boolean(), length, fc.nat(20), fc.nat(20), (a, b, length, from, to) => {
      const [source, target] = [memory(a), memory(b)]
      for (let i = 0; i < source.length; i++) source[i] = (i * 7 + (i >> 8)) & 255
      target.fill(0xee)
      const expected = Uint8Array.from(target)
      expected.set(Uint8Array.from(source.subarray(from, from + length)), 3 + to)
      copyBytes(target.subarray(3), to, source.subarray(from, from + length))
      expect(Buffer.compare(Buffer.from(target), expected)).toBe(0)
    }),
  )
})
