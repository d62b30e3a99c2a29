/** What OCAMLRUNPARAM changes. */

import { describe, expect, it } from 'vitest'
import { adjustOptions, parseRunParameters, runParametersOf } from '../../src/engine/run-parameters.ts'
import { runtimeFlags } from '../../src/engine/runtime.ts'

const options = { minorWords: 262_144, stackBytes: 1, heapLimitBytes: 2, flags: 0 }
const adjusted = (text: string) => adjustOptions(options, parseRunParameters(text))

describe('backtraces', () => {
  it.each(['b', 'b=1', 'b=2', 'v=0,b', ',,b', 'b=0x1'])('%s', (text) => {
    expect(parseRunParameters(text).backtraces).toBe(true)
  })
  it.each(['', 'b=0', 'v', 'R', 'b,b=0'])('not %s', (text) => {
    expect(parseRunParameters(text).backtraces).toBe(false)
  })
})

it('nothing changes without parameters', () => {
  expect(adjusted('')).toEqual(options)
  expect(adjusted('v=0x400,h=3,zzz')).toEqual(options)
})

it('sizes have multipliers', () => {
  expect(adjusted('s=32k')).toEqual({ ...options, minorWords: 32_768 })
  expect(adjusted('s=0x8000')).toEqual({ ...options, minorWords: 32_768 })
  expect(adjusted('s=1M,o=200')).toEqual({ ...options, minorWords: 1_048_576, spaceOverhead: 200 })
  expect(adjusted('s=1')).toEqual({ ...options, minorWords: 4096 })
})

it('stress modes', () => {
  const { verify, stress, alternate, slices } = runtimeFlags
  expect(adjusted('V')).toEqual({ ...options, flags: verify })
  expect(adjusted('A,G,S,V=200')).toEqual({
    ...options,
    flags: verify | stress | alternate | slices,
    stress: { interval: 1, seed: 0 },
    verifierWords: 200,
  })
  expect(adjusted('G=50,g=7')).toEqual({ ...options, flags: stress, stress: { interval: 50, seed: 7 } })
})

it('the second variable counts when the first is not there', () => {
  expect(runParametersOf({ CAMLRUNPARAM: 'b' }).backtraces).toBe(true)
  expect(runParametersOf({ CAMLRUNPARAM: 'b', OCAMLRUNPARAM: '' }).backtraces).toBe(false)
  expect(runParametersOf({}).backtraces).toBe(false)
})
