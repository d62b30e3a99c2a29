/** What an engine asks of the package around it: a port, so that nothing here knows files. */

import type { UnitSource } from '../engine/compiler.ts'
import type { Domain } from '../engine/domain.ts'
import type { UnitImage } from '../engine/library-image.ts'
import type { RuntimeOptions } from '../engine/runtime.ts'

/** Bytes that OCaml code writes; they are the receiver's. */
export type Output = (bytes: Uint8Array) => void

/** @internal */
export interface DomainRequest {
  readonly runtime: Partial<RuntimeOptions>
  /** `Sys.argv`. */
  readonly arguments: readonly string[]
  /** Undefined: the process's own. */
  readonly stdout: Output | undefined
  readonly stderr: Output | undefined
  /** How much of the stack may be on the native stack at once. */
  readonly segmentBytes: number
}

/** @internal A file that a program names, as a unit. */
export interface FoundFile {
  /** The name of the unit. */
  readonly unit: string
  readonly source: UnitSource
}

/** @internal */
export interface Machine {
  /** The compiled standard library. */
  libraryImage(): UnitImage
  /** A domain with nothing but the prelude in it, and what lets go of what it has outside of its memory. */
  newDomain(request: DomainRequest): { readonly domain: Domain; readonly release: () => void }
  /** The unit of an `.ml` file, with the `.mli` file beside it. Throws the system's error. */
  file(path: string): FoundFile
}
