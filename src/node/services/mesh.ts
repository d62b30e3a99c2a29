/**
 * A visible node is connected to all that its cluster is: it asks the nodes that have synchronised with it (`global.ts`) which visible nodes
 * they know, at once and then every now and then, and connects to these. Nodes of Erlang learn that of each other by exchanging names,
 * which this one does not; those that are told not to connect to all (`-connect_all false`) do not synchronise, and are not asked.
 *
 *     erlang:nodes()   [Node]
 */

import { ProtocolError } from '../../base/diagnostic.ts'
import { decodeBare, list } from '../../erlang-term-format/index.ts'
import { type CallResult, callRemote } from '../client.ts'
import { isNodeName } from '../handshake.ts'
import type { ServiceHost } from '../service-host.ts'

/** How often they are asked in the tick time, and how long an answer may take, in milliseconds. */
const perTickTime = 6
const longestAnswer = 5_000

export class Mesh {
  private readonly host: ServiceHost
  private readonly peers = new Set<string>()
  private asking = false
  private cancelTimer = (): void => {}

  constructor(host: ServiceHost) {
    this.host = host
    host.onNodeDown((name) => this.peers.delete(name))
  }

  /** A node has synchronised with this one. */
  add(peer: string): void {
    this.peers.add(peer)
    if (!this.asking) void this.ask()
  }

  private async ask(): Promise<void> {
    this.asking = true
    this.cancelTimer()
    for (const peer of [...this.peers]) {
      const known = await callRemote(this.host, peer, 'erlang', 'nodes', list(), longestAnswer)
      for (const name of namesIn(known).slice(0, this.host.settings.peerLimit)) {
        if (name !== this.host.name) await this.host.reach(name).catch(() => {})
      }
    }
    this.asking = false
    if (this.peers.size === 0) return
    const { clock, settings } = this.host
    this.cancelTimer = clock.after(settings.tickTime / perTickTime, () => void this.ask())
  }
}

/** A peer that answers nonsense knows nobody. */
function namesIn(answer: CallResult): readonly string[] {
  if (answer.kind !== 'return') return []
  try {
    const term = decodeBare(answer.value)
    const names = term.kind === 'list' ? term.elements : []
    return names.flatMap((name) => (name.kind === 'atom' && isNodeName(name.name) ? [name.name] : []))
  } catch (error) {
    if (error instanceof ProtocolError) return []
    throw error
  }
}
