/** What a domain's thread is started with. */

import type { RuntimeOptions } from '../engine/runtime.ts'

export interface DomainSettings {
  readonly toDomain: SharedArrayBuffer
  readonly fromDomain: SharedArrayBuffer
  /** The files of the modules that can be called, absolute. */
  readonly modules: readonly string[]
  readonly domain: RuntimeOptions
  /** The longest answer, in bytes. */
  readonly messageBytes: number
}
