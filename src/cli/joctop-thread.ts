/** The thread in which the phrases of a terminal's session run. */

import { parentPort, workerData } from 'node:worker_threads'
import { parseOptions } from './joctop-options.ts'
import { Joctop } from './joctop-session.ts'
import { type FromSession, waitForAnswer } from './line-exchange.ts'

/** As the system numbers it: a call that a signal has ended. */
const interruptedCall = -4

const { args, exchange } = workerData as { args: readonly string[]; exchange: SharedArrayBuffer }

/** What of the last line has not been read yet. */
let rest = new Uint8Array(0)
let wasInterrupted = false

function send(message: FromSession): void {
  parentPort?.postMessage(message)
}

function read(target: Uint8Array, prompt: string | undefined): number {
  if (rest.length === 0) {
    send({ kind: 'read', prompt })
    const answer = waitForAnswer(exchange)
    wasInterrupted = answer === 'interrupted'
    if (answer === 'interrupted') return interruptedCall
    if (answer === 'end') return 0
    rest = answer.slice()
  }
  const count = Math.min(target.length, rest.length)
  target.set(rest.subarray(0, count))
  rest = rest.slice(count)
  return count
}

function main(): void {
  const options = parseOptions(args)
  if (options.kind !== 'run') return
  const joctop = new Joctop(options, {
    read,
    interrupted: () => {
      const was = wasInterrupted
      wasInterrupted = false
      return was
    },
    started: (domain) => send({ kind: 'started', memory: domain.runtime.memory.buffer as SharedArrayBuffer }),
  })
  send({ kind: 'ended', status: joctop.run() })
}

main()
