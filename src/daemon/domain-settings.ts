/** What a domain's thread is started with. */

import type { MessagePort } from 'node:worker_threads'
import type { HandleOrigin } from '../bridge/handles.ts'
import type { NodeFacts } from '../bridge/process-signals.ts'
import type { RuntimeOptions } from '../engine/runtime.ts'
import type { UnitText } from '../engine/unit-source.ts'

export interface DomainSettings {
  readonly toDomain: SharedArrayBuffer
  readonly fromDomain: SharedArrayBuffer
  /** For large parts of what goes either way. */
  readonly parcels: MessagePort
  /** The files of the modules that can be called, absolute. */
  readonly modules: readonly string[]
  /** Texts that stand before files, by unit. */
  readonly texts: ReadonlyMap<string, UnitText>
  readonly domain: RuntimeOptions
  /** What references to OCaml values are made of. */
  readonly origin: HandleOrigin
  /** Undefined: there is no node. */
  readonly node: NodeFacts | undefined
  /** The longest answer, in bytes. */
  readonly messageBytes: number
}
