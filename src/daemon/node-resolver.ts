/**
 * Where other nodes listen: what EPMD on their host says, or without EPMD one port for all, as `erl` has it with
 * `-erl_epmd_port`.
 */

import type { Clock, Network } from '../base/ports.ts'
import type { NodeAddress, Resolver } from '../node/index.ts'
import { lookup } from '../node-epmd/index.ts'

/** Of `name@host`. */
function partsOf(node: string): { readonly name: string; readonly host: string } {
  const at = node.indexOf('@')
  return { name: node.slice(0, at), host: node.slice(at + 1) }
}

export interface EpmdResolverOptions {
  /** How EPMD is reached. */
  readonly network: Network
  /** How nodes are. */
  readonly peers: Network
  readonly clock: Clock
  /** The port of EPMD, on every host. */
  readonly epmdPort: number
  /** This node's own name, and where EPMD listens on its host. */
  readonly self: string
  readonly epmdHost: string
}

export class EpmdResolver implements Resolver {
  private readonly options: EpmdResolverOptions

  constructor(options: EpmdResolverOptions) {
    this.options = options
  }

  async resolve(node: string): Promise<NodeAddress> {
    const { network, peers, clock, epmdPort, epmdHost, self } = this.options
    const { name, host } = partsOf(node)
    const asked = host === partsOf(self).host ? epmdHost : host
    const entry = await lookup({ network, clock, host: asked, port: epmdPort }, name)
    if (entry === null) throw new Error(`EPMD on ${host} knows no ${name}`)
    return { network: peers, host, port: entry.port }
  }
}

export class FixedPortResolver implements Resolver {
  private readonly network: Network
  private readonly port: number

  constructor(network: Network, port: number) {
    this.network = network
    this.port = port
  }

  async resolve(node: string): Promise<NodeAddress> {
    return { network: this.network, host: partsOf(node).host, port: this.port }
  }
}
