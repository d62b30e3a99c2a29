/**
 * The constants that emitted code, the runtime and the engine share: docs/RUNTIME.md in TypeScript.
 * `src/runtime/layout.ts` has the same for AssemblyScript; a test compares the two.
 */

/** Flags in the low bits of `raiseFrame`. `primitive`: the runtime or the host raises; see `src/runtime/backtrace.ts`. */
export const raiseFlag = { regular: 0, reraise: 1, primitive: 2, notrace: 4 } as const

/** All flags that `raiseFrame` may have. */
export const raiseFlags = 7

/** Addresses of control words. */
export const control = {
  youngPtr: 16,
  youngLimit: 20,
  stackLimit: 24,
  unwindReason: 28,
  exception: 32,
  raiseFrame: 40,
  youngStart: 44,
  youngSize: 48,
  interrupts: 52,
  resumeValue: 56,
  stackBase: 64,
  stackTop: 68,
  stackEnd: 72,
  segmentEnd: 76,
  marking: 80,
  backtraceOn: 84,
  newColor: 88,
  segmentStart: 92,
  cleanBelow: 96,
  rootPool: 100,
  delayedPools: 104,
  delayedBusy: 108,
  epoch: 112,
  performTop: 116,
  threadId: 120,
  threadLocal: 124,
  moves: 172,
  unseenEnd: 176,
  threadStart: 180,
  threadBlocks: 184,
  standLimit: 188,
} as const

export const unwindReason = { none: 0, exception: 1, suspension: 2, spill: 3, limit: 4, effect: 5 } as const

export const interrupt = { preempt: 1, cancel: 2, freeRoots: 4, collect: 8, finalise: 16, break: 32 } as const

/** Flags of a frame's descriptor. `boundary`: effects performed above it come to it. */
export const descriptorFlags = { runtime: 1, boundary: 2 } as const

export const tags = {
  cont: 245,
  lazy: 246,
  closure: 247,
  object: 248,
  infix: 249,
  forward: 250,
  abstract: 251,
  string: 252,
  double: 253,
  doubleArray: 254,
  custom: 255,
} as const

/** Blocks larger than this many words are never allocated in the minor heap. */
export const maxYoungWords = 256

/** The operations' number in field 0 of a boxed integer. */
export const customOperations = { int32: 1, nativeint: 2, int64: 3, channel: 4 } as const

/** Offsets in the block of a bigarray (`src/runtime/bigarray-block.ts`). */
export const bigarray = { data: 8, dimensions: 32 } as const

/** A root pool: its size, the capacity, byte offsets in its header, and classes (`src/runtime/root-pools.ts`). */
export const rootPool = {
  poolBytes: 16384,
  capacity: 2000,
  half: 1024,
  free: 0,
  count: 4,
  class: 8,
  pending: 64,
  pendingNext: 68,
  deleted: 128,
  slots: 384,
} as const

export const rootPoolClass = { free: 0, young: 1, old: 2, current: 3 } as const

export const color = { white: 0, grey: 1, black: 2, static: 3 } as const

/** Frames start below `stackLimit`; this much room above it is always there for one frame and the runtime's own. */
export const stackReserveBytes = 65536

export function headerWord(wosize: number, tag: number, blockColor: number = color.white): bigint {
  return (BigInt(wosize) << 10n) | BigInt((blockColor << 8) | tag)
}

/** The immediate `n`. */
export function tagged(n: bigint): bigint {
  return BigInt.asIntN(64, (n << 1n) | 1n)
}
