/** Engines for tests: small, and in the mode that the environment asks for. */

import { Engine, type EngineOptions } from '../../src/index.ts'

/** Set by stress.test.ts for the tests that it runs again: the collector's flags, and debug mode. */
export const mode = {
  flags: Number(process.env['EMBEDDING_FLAGS'] ?? 0),
  debug: process.env['EMBEDDING_DEBUG'] === '1',
}

export function newEngine(options: EngineOptions = {}): Engine {
  return Engine.create({
    minorHeap: 32_768,
    stack: 8 << 20,
    heapLimit: 96 << 20,
    debug: mode.debug,
    collectorFlags: mode.flags,
    ...options,
  })
}

/** An engine with one module, `M`. */
export function engineOf(source: string, options: EngineOptions = {}): Engine {
  const engine = newEngine(options)
  engine.load({ 'm.ml': source })
  return engine
}
