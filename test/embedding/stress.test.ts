/**
 * The other tests again, with a collection at every allocation, poisoned minor areas and a verified heap.
 */

import { runtimeFlags } from '../../src/engine/runtime.ts'
import { mode } from './engine-of.ts'

mode.flags = runtimeFlags.verify | runtimeFlags.stress | runtimeFlags.alternate
mode.easier = 100

await import('./closures.test.ts')
await import('./externals.test.ts')
await import('./roots.test.ts')
await import('./conversions.test.ts')
