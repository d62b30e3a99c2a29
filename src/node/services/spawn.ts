/** Answers SPAWN_REQUESTs that are not calls: nothing else can be spawned here. */

import { atom } from '../../erlang-term-format/index.ts'
import type { SpawnRequest } from '../control.ts'
import type { ServiceHost } from '../service-host.ts'

const refusal = atom('notsup')

export function refuseSpawn(host: ServiceHost, request: SpawnRequest): void {
  const { reference, from, module, function: name, arity } = request
  host.log.warn({ from: from.node, spawn: `${module}:${name}/${arity}` }, 'a request to spawn was refused')
  host.route(
    from.node,
    { kind: 'spawnReply', reference, to: from, flags: 0, result: refusal, token: null },
    null,
  )
}
