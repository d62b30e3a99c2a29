/**
 * The nodes of `node.connect`: connected to when this node can be called, and again whenever a connection is lost, later and
 * later as long as that fails.
 */

import type { Clock, Log } from '../base/ports.ts'
import type { ErlangNode } from '../node/index.ts'

/** The first pause after a failure, and the longest, in milliseconds. */
const firstPause = 500
const longestPause = 30_000

export class KeptConnections {
  private readonly node: ErlangNode
  private readonly clock: Clock
  private readonly log: Log
  /** By the peer, what ends its timer. */
  private readonly timers = new Map<string, () => void>()
  private readonly endListening: () => void
  private stopped = false

  constructor(node: ErlangNode, peers: readonly string[], clock: Clock, log: Log) {
    this.node = node
    this.clock = clock
    this.log = log
    this.endListening = node.onNodeDown((name) => {
      if (peers.includes(name)) this.later(name, firstPause)
    })
  }

  /** Connects to a peer; false: it could not be done, and is tried again. */
  async connect(peer: string, pause = firstPause): Promise<boolean> {
    try {
      await this.node.reach(peer)
      return true
    } catch (error) {
      if (this.stopped) return false
      this.log.warn(
        { peer, reason: (error as Error).message, pause },
        'a node of node.connect is not connected',
      )
      this.later(peer, pause)
      return false
    }
  }

  private later(peer: string, pause: number): void {
    if (this.stopped) return
    this.timers.get(peer)?.()
    const again = (): void => {
      this.timers.delete(peer)
      void this.connect(peer, Math.min(2 * pause, longestPause))
    }
    this.timers.set(peer, this.clock.after(pause, again))
  }

  stop(): void {
    this.stopped = true
    this.endListening()
    for (const end of this.timers.values()) end()
  }
}
