import { expect, test } from 'vitest'
import {
  control,
  customOperations,
  maxYoungWords,
  rootPool,
  rootPoolClass,
  tags,
  unwindReason,
} from '../../src/codegen/layout.ts'
import { runtimeFlags } from '../../src/engine/runtime.ts'
import { instantiateRuntime, newMemory } from './runtime.ts'

const runtime = instantiateRuntime(newMemory())

/** youngPtr → YOUNG_PTR */
const constantName = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()

function expectSame(constants: Readonly<Record<string, number>>, prefix: string): void {
  const found = Object.keys(constants).map((name) => [name, runtime.constant(prefix + constantName(name))])
  expect(Object.fromEntries(found)).toEqual(constants)
}

test('the addresses of control words are those of codegen', () => expectSame(control, ''))
test('tags', () => expectSame(tags, 'TAG_'))
test('operations of custom blocks', () => {
  const found = Object.keys(customOperations).map((name) => [
    name,
    runtime.constant(`CUSTOM_${name.toUpperCase()}`),
  ])
  expect(Object.fromEntries(found)).toEqual(customOperations)
})
test('flags', () => expectSame(runtimeFlags, 'FLAG_'))
test('the largest young block', () => expect(runtime.constant('MAX_YOUNG_WOSIZE')).toBe(maxYoungWords))
test('root pools', () => {
  expectSame(rootPool, 'ROOT_')
  expectSame(rootPoolClass, 'CLASS_')
})
test('reasons for unwinding', () => {
  const { limit, ...others } = unwindReason
  expectSame(others, 'UNWIND_')
  expect(runtime.constant('UNWIND_CANCEL')).toBe(limit)
})
