/** Engines for tests: small, and in a mode that those share which run together. */

import { Engine, type EngineOptions, type ExternalFunction } from '../../src/index.ts'

/** Set by stress.test.ts and checked.test.ts for the tests that they run again. */
export const mode = {
  /** The collector's. */
  flags: 0,
  debug: false,
  /** What is done often enough is done this many times less often. */
  easier: 1,
}

/** A number of repetitions. */
export const often = (times: number): number => Math.ceil(times / mode.easier)

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
export function engineOf(
  source: string,
  options: EngineOptions = {},
  externals: Readonly<Record<string, ExternalFunction>> = {},
): Engine {
  const engine = newEngine(options)
  for (const [name, f] of Object.entries(externals)) engine.external(name, f)
  engine.load({ 'm.ml': source })
  return engine
}
