/**
 * The service behind `rpc` and `erpc`: starts a call for each request and tells callers of processes whose
 * result takes long.
 *
 * A result that comes within `patience` is sent in one write with the SPAWN_REPLY. One timer per connection
 * sends the replies of all that took longer.
 */

import { ProtocolError } from '../../base/diagnostic.ts'
import type { TermReader } from '../../erlang-term-format/index.ts'
import type { Connection } from '../connection.ts'
import type { Dispatcher } from '../dispatcher.ts'
import type { ServiceHost } from '../service-host.ts'
import { AbandonedCalls } from './abandoned.ts'
import { ErpcCall } from './erpc-call.ts'
import { readErpcRequest } from './erpc-request.ts'

/** Milliseconds. Who stops waiting before it knows the pid does not say so (abandoned.ts), so this stays short. */
const patience = 2

export class ErpcService {
  private readonly host: ServiceHost
  private readonly dispatcher: Dispatcher
  /** Calls whose callers do not know the pid yet; a key is there while its timer runs. */
  private readonly recent = new Map<Connection, ErpcCall[]>()
  private readonly abandoned: AbandonedCalls

  constructor(host: ServiceHost, dispatcher: Dispatcher) {
    this.host = host
    this.dispatcher = dispatcher
    this.abandoned = new AbandonedCalls(host, (number) => {
      const entry = host.entry(number)
      return entry instanceof ErpcCall ? entry : undefined
    })
  }

  /** Starts the call that the frame asks for; false: it is another frame. */
  takeCall(connection: Connection, reader: TermReader): boolean {
    const request = readErpcRequest(reader)
    if (request === null) return false
    if (!connection.speaksFor(request.from)) throw new ProtocolError('a call in the name of another node')
    const call = new ErpcCall(this.host, connection, request)
    call.start(this.dispatcher)
    if (call.unacknowledged) this.acknowledgeLater(connection, call)
    return true
  }

  private acknowledgeLater(connection: Connection, call: ErpcCall): void {
    const recent = this.recent.get(connection)
    if (recent !== undefined) {
      recent.push(call)
      return
    }
    this.recent.set(connection, [call])
    this.host.clock.after(patience, () => this.acknowledge(connection))
  }

  private acknowledge(connection: Connection): void {
    const calls = this.recent.get(connection) ?? []
    this.recent.delete(connection)
    for (const call of calls) {
      call.acknowledge()
      if (call.isAwaited) this.abandoned.watch(connection, call.number)
    }
  }
}
