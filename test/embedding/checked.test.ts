/** The other tests again in debug mode: what is right is no misuse. */

import { mode } from './engine-of.ts'

mode.debug = true
mode.easier = 10

await import('./engine.test.ts')
await import('./closures.test.ts')
await import('./externals.test.ts')
await import('./roots.test.ts')
await import('./conversions.test.ts')
