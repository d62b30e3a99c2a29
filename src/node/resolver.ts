/** The port through which a node finds others, so that it can connect to them when something is sent there. */

import type { Network } from '../base/ports.ts'

/** Where a node listens. */
export interface NodeAddress {
  readonly network: Network
  readonly host: string
  readonly port: number
}

export interface Resolver {
  /** Where `name@host` listens. Rejects with a reason for the log if that is not known. */
  resolve(node: string): Promise<NodeAddress>
}
