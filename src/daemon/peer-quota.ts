/**
 * What the calls of one peer may take together: a number of calls that are under way, and memory for their arguments. A call beyond that
 * fails at once, so that whoever calls faster than answers come learns it, and others do not.
 */

export interface PeerLimits {
  readonly calls: number
  /** In bytes. */
  readonly arguments: number
}

/** So many peers are kept in mind; who calls now and then would otherwise come and go with every call. */
const mostIdle = 256

interface Usage {
  calls: number
  bytes: number
}

export class PeerQuota {
  private readonly limits: PeerLimits
  private readonly byPeer = new Map<string, Usage>()

  constructor(limits: PeerLimits) {
    this.limits = limits
  }

  /** Counts a call of a peer with so many bytes of arguments; the limit that does not let it in, or null. */
  enter(peer: string, bytes: number): 'peer_calls' | 'peer_arguments' | null {
    const usage = this.byPeer.get(peer) ?? this.add(peer)
    if (usage.calls >= this.limits.calls) return 'peer_calls'
    if (usage.bytes + bytes > this.limits.arguments) return 'peer_arguments'
    usage.calls += 1
    usage.bytes += bytes
    return null
  }

  private add(peer: string): Usage {
    if (this.byPeer.size >= mostIdle) this.forgetIdle()
    const usage = { calls: 0, bytes: 0 }
    this.byPeer.set(peer, usage)
    return usage
  }

  /** The call has ended. */
  leave(peer: string, bytes: number): void {
    const usage = this.byPeer.get(peer)
    if (usage === undefined) return
    usage.calls -= 1
    usage.bytes -= bytes
  }

  private forgetIdle(): void {
    for (const [peer, { calls }] of this.byPeer) if (calls === 0) this.byPeer.delete(peer)
  }
}
