/**
 * What a program runs on: the library's image and the runtime module, and domains made of them. Nothing here loads the
 * compiler.
 */

import { openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Domain, type DomainOptions } from '../engine/domain.ts'
import type { Host } from '../engine/host.ts'
import { type LibraryImage, openLibrary } from '../engine/library-image.ts'
import { adjustOptions, runParametersOf } from '../engine/run-parameters.ts'
import type { RuntimeOptions } from '../engine/runtime.ts'
import { packageRoot } from './source-folders.ts'

export const imageFile = join(packageRoot(), 'build/stdlib.image')

let opened: LibraryImage | undefined

/** The standard library as the build compiled it. */
export function libraryImage(): LibraryImage {
  if (opened === undefined) {
    const fd = openSync(imageFile, 'r')
    opened = openLibrary((offset, length) => {
      const bytes = new Uint8Array(length)
      return bytes.subarray(0, readSync(fd, bytes, 0, length, offset))
    })
  }
  return opened
}

/** OCaml's defaults, with a stack that deep recursion does not exhaust; the heap is limited by the address space. */
export const defaultDomainOptions: RuntimeOptions = {
  minorWords: 262_144,
  stackBytes: 256 * 1024 * 1024,
  heapLimitBytes: 3 * 1024 * 1024 * 1024,
  flags: 0,
}

let loadedRuntime: WebAssembly.Module | undefined

function runtimeModule(): WebAssembly.Module {
  if (loadedRuntime === undefined) {
    // V8 cannot leave its baseline compiler in the middle of a loop, so a hot loop must be optimised from the start.
    setFlagsFromString('--no-liftoff')
    loadedRuntime = new WebAssembly.Module(readFileSync(join(packageRoot(), 'build/runtime/runtime.wasm')))
  }
  return loadedRuntime
}

/** The functions that code which is linked can call. */
export function externalNames(): ReadonlySet<string> {
  return new Set([...WebAssembly.Module.exports(runtimeModule()).map(({ name }) => name), 'poll'])
}

/** A domain with nothing but the prelude in it; the environment may change its options. */
export function newDomain(host: Host, options: DomainOptions = defaultDomainOptions): Domain {
  const adjusted = adjustOptions(options, runParametersOf(process.env))
  return new Domain(runtimeModule(), host, adjusted, libraryImage().prelude)
}
