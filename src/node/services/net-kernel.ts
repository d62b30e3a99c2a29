/** The process `net_kernel`: its `is_auth` is what `net_adm:ping` asks. */

import { TermReader } from '../../erlang-term-format/index.ts'
import { ATOM } from '../encoded.ts'
import { type GenCall, isTupleTag, readGenMessage, replyTo } from '../gen-call.ts'
import type { LocalProcess } from '../process.ts'
import type { ServiceHost } from '../service-host.ts'

export function startNetKernel(host: ServiceHost): void {
  const process = host.spawn({
    permanent: true,
    event: (event) => {
      if (event.kind === 'message') answer(host, process, event.payload)
    },
  })
  host.register('net_kernel', process)
}

function answer(host: ServiceHost, process: LocalProcess, payload: Uint8Array): void {
  const message = readGenMessage(payload)
  if (message?.kind !== 'call') return
  const request = requestName(message)
  if (request === 'is_auth') replyTo(process, message, ATOM.yes)
  else host.log.debug({ from: message.from.node, request }, 'net_kernel: an unknown request')
}

/** The first element of the request tuple. */
function requestName(call: GenCall): string | null {
  const reader = new TermReader(call.request)
  if (!isTupleTag(reader.peekTag()) || reader.readTupleArity() === 0) return null
  return reader.tryAtom('is_auth') ? 'is_auth' : null
}
