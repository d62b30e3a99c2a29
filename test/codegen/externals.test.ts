/** What the standard library asks of the runtime is there, and what is emitted for it is valid. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { borderExternals } from '../../src/bridge/fun-calls.ts'
import { encodeResume } from '../../src/codegen/index.ts'
import { interrupt } from '../../src/codegen/layout.ts'
import { preludeExternal } from '../../src/codegen/prelude-table.ts'
import { newDomain } from '../../src/daemon/library.ts'
import { smallDomain, testHost } from '../engine/run-program.ts'
import { stdlibFolder, stdlibUnits } from './stdlib-units.ts'

const { validate } = WebAssembly as unknown as { validate(bytes: Uint8Array): boolean }
const units = stdlibUnits()
const domain = newDomain(testHost('', ['', '', '']), smallDomain)
const ofBridge: ReadonlySet<string> = new Set(Object.values(borderExternals))
const exported = domain.runtime.exports as unknown as Readonly<Record<string, unknown>>

/** Each external of a file, with the names that it may have in the runtime. */
function externalsOf(file: string): string[][] {
  const text = readFileSync(join(stdlibFolder, file), 'latin1').replace(/\(\*[\s\S]*?\*\)/g, '')
  const declarations = text.matchAll(/\bexternal\s[^=]*=\s*((?:"[^"]*"\s*)+)/g)
  return [...declarations].map(([, names]) =>
    [...(names as string).matchAll(/"([^"]*)"/g)].map(([, n]) => n as string),
  )
}

it('the runtime, the prelude or the bridge has every external of the standard library', () => {
  const files = readdirSync(stdlibFolder).filter((file) => /\.mli?$/.test(file))
  const declared = files.flatMap((file) => externalsOf(file).map((names) => ({ file, names })))
  expect(declared.length).toBeGreaterThan(300)
  const missing = declared.filter(
    ({ names }) =>
      !names.some(
        (n) =>
          n.startsWith('%') ||
          typeof exported[n] === 'function' ||
          preludeExternal(n) !== undefined ||
          ofBridge.has(n),
      ),
  )
  expect(missing).toEqual([])
})

it('the units of the standard library link: their imports exist and have the right types', () => {
  for (const name of ofBridge) domain.linker.provide(name, () => 1n)
  for (const { compiled } of units) domain.link(compiled)
})

it('the bits of interrupts are the runtime’s', () => {
  const constant = (name: string): unknown => (exported[name] as { readonly value: number }).value
  expect(interrupt).toEqual({
    preempt: constant('INTERRUPT_PREEMPT'),
    cancel: constant('INTERRUPT_CANCEL'),
    freeRoots: constant('INTERRUPT_FREE_ROOTS'),
    collect: constant('INTERRUPT_COLLECT'),
    finalise: constant('INTERRUPT_FINALISE'),
    break: constant('INTERRUPT_BREAK'),
  })
})

it('every module and every resume variant is valid', () => {
  const invalid: string[] = []
  let count = 0
  for (const { compiled } of units) {
    if (!validate(compiled.module.bytes)) invalid.push(compiled.name)
    compiled.resumable().functions.forEach(({ f }, index) => {
      count += 1
      const { bytes } = encodeResume(compiled.resumable(), index)
      if (!validate(bytes)) invalid.push(`${compiled.name}: resume of ${f.name}`)
    })
  }
  expect(count).toBeGreaterThan(1000)
  expect(invalid).toEqual([])
})
