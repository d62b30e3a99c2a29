/** The machine that embedded engines run on: this package's files, this process. */

import { dirname, resolve } from 'node:path'
import type { DomainRequest, Machine, Output } from '../embedding/machine.ts'
import { defaultDomainOptions, libraryImage, newDomain } from './machine.ts'
import type { Ends } from './open-file.ts'
import { processHost } from './process-host.ts'
import { moduleSources, unitOfFile } from './source-folders.ts'
import { startTicker } from './ticker.ts'

/** An end of a channel that OCaml code writes to. */
function receiver(output: Output | undefined): Ends | undefined {
  if (output === undefined) return undefined
  return {
    write: (bytes) => {
      output(bytes.slice())
      return bytes.length
    },
  }
}

export const embeddingMachine: Machine = {
  libraryImage,
  newDomain: ({ runtime, arguments: args, stdout, stderr, segmentBytes }: DomainRequest) => {
    const host = processHost({
      arguments: args,
      executable: args[0] ?? 'camlnode',
      exit: () => {},
      standard: [undefined, receiver(stdout), receiver(stderr)],
    })
    const domain = newDomain(host, { ...defaultDomainOptions, ...runtime, segmentBytes })
    let release = (): void => {}
    domain.onThreads = () => {
      release = startTicker(domain.runtime.memory)
    }
    return { domain, release: () => release() }
  },
  file: (path) => {
    const file = resolve(path)
    return { unit: unitOfFile(path), source: moduleSources([path], [dirname(file)]) }
  },
}
