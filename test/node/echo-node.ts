/** A node on a real socket whose dispatcher knows a few functions of its own. */

import { createServer } from 'node:net'
import { type Log, silentLog } from '../../src/base/ports.ts'
import { systemClock, systemRandom } from '../../src/daemon/system-clock.ts'
import { TcpNetwork } from '../../src/daemon/tcp-network.ts'
import { atom, encodeBare, tuple } from '../../src/erlang-term-format/index.ts'
import { type CallOutcome, type Dispatcher, ErlangNode, type NodeOptions } from '../../src/node/index.ts'

const nil = Uint8Array.of(106)

/**
 * `echo:F(Args…)` returns the list of arguments; `echo:slow` never ends by itself; `echo:later` ends after 20 ms;
 * `raise:error|exit|throw(R)` raises `[R]`; anything else is `undef`.
 */
export class EchoDispatcher implements Dispatcher {
  calls = 0
  casts = 0
  cancelled = 0
  /** `module:function` of the last call. */
  last = ''

  call(request: Parameters<Dispatcher['call']>[0], done: (outcome: CallOutcome) => void) {
    this.last = `${request.module}:${request.function}`
    if (request.async) this.casts++
    else this.calls++
    const outcome = outcomeOf(request.module, request.function, request.args)
    const timer = request.function === 'later' ? setTimeout(() => done(outcome), 20) : null
    if (timer === null && request.function !== 'slow') done(outcome)
    return {
      cancel: () => {
        this.cancelled++
        if (timer !== null) clearTimeout(timer)
      },
    }
  }
}

function outcomeOf(module: string, name: string, args: Uint8Array): CallOutcome {
  if (module === 'echo') return { kind: 'return', value: args }
  if (module === 'raise' && (name === 'error' || name === 'exit' || name === 'throw')) {
    return { kind: 'raise', class: name, reason: args, stack: nil }
  }
  const frame = tuple(atom(module), atom(name), { kind: 'list', elements: [], tail: null })
  return {
    kind: 'raise',
    class: 'error',
    reason: encodeBare(atom('undef')),
    stack: stackOf(encodeBare(frame)),
  }
}

function stackOf(frame: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(108, 0, 0, 0, 1), frame, nil])
}

export interface EchoNode {
  readonly node: ErlangNode
  readonly port: number
  readonly dispatcher: EchoDispatcher
  /** What has been logged, `message fields` in a line each. */
  readonly logged: string[]
  stop(): void
}

export async function startEchoNode(
  name: string,
  cookie: string,
  options: Partial<NodeOptions> = {},
  host = '127.0.0.1',
  port = 0,
): Promise<EchoNode> {
  const dispatcher = new EchoDispatcher()
  const logged: string[] = []
  const node = new ErlangNode({
    name,
    cookie,
    creation: 7,
    clock: systemClock,
    random: systemRandom,
    log: recording(logged),
    dispatcher,
    ...options,
  })
  const listener = await new TcpNetwork().listen(host, port, node.accept)
  const stop = (): void => {
    listener.close()
    node.stop()
  }
  return { node, port: listener.port, dispatcher, logged, stop }
}

function recording(lines: string[]): Log {
  const line = (fields: object, message: string): void => {
    lines.push(
      `${message} ${JSON.stringify(fields, (_, value) => (value instanceof Error ? value.stack : value))}`,
    )
  }
  return { ...silentLog, info: line, warn: line, error: line, debug: line }
}

/** A port that is free on all addresses. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '0.0.0.0', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** Polls until it holds; fails after two seconds, or the time given. */
export async function eventually(condition: () => boolean, timeoutMs = 2000): Promise<void> {
  const end = performance.now() + timeoutMs
  while (!condition()) {
    if (performance.now() > end) throw new Error(`does not hold after ${timeoutMs} ms: ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
