/**
 * Global names: the tables of `global` are on Erlang's visible nodes, so one of these is asked, as any process there would ask it.
 *
 *     Erlang.Global.register_name ─▶ askGlobal ─▶ erpc: global:register_name(Name, Pid) on a visible node
 *                                                  └─▶ all nodes that it shares names with have the name, and monitor the process
 *
 * Hidden nodes share their names with nobody, other camlnodes have none: they are passed over.
 */

import { atomName, encodedAtom } from '../node/encoded.ts'
import { type CallResult, callRemote, type ErlangNode } from '../node/index.ts'

/** Calls a function of `global`; `args` is the encoded list. `noconnection`: no node that is connected has global names. */
export async function askGlobal(
  node: ErlangNode,
  name: string,
  args: Uint8Array,
  timeoutMs: number,
): Promise<CallResult> {
  for (const { peer, hidden, capabilities } of node.connections()) {
    if (hidden || !capabilities.spawn) continue
    const result = await callRemote(node, peer.name, 'global', name, args, timeoutMs)
    if (!hasNone(result)) return result
  }
  return { kind: 'failed', reason: encodedAtom('noconnection') }
}

/** Whether the node is one without `global`, or is gone. */
function hasNone(result: CallResult): boolean {
  if (result.kind === 'failed') return atomName(result.reason) === 'noconnection'
  return result.kind === 'raise' && result.class === 'error' && atomName(result.reason) === 'undef'
}
