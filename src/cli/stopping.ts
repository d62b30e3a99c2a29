/** What the commands that serve until they are told to stop have in common. */

import { ConfigError } from '../daemon/config.ts'
import { StartError } from '../daemon/daemon.ts'
import { ModuleError } from '../daemon/domain-thread.ts'

/** Running calls get this long when the process is told to stop, in milliseconds. */
export const grace = 5000

/** Resolves with the name of the signal that tells the process to stop. */
export function stopSignal(): Promise<string> {
  return new Promise((stop) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(signal))
  })
}

/** A start goes on for a moment after the end of stdin: what is wrong with a source is worth telling. */
export async function lateStop(told: Promise<string>): Promise<undefined> {
  const why = await told
  if (!why.startsWith('SIG')) await new Promise((resolve) => setTimeout(resolve, grace))
}

export const stoppedEarly =
  'told to stop before the node was ready: a module may be in a loop when it is initialised'

/** What is wrong with the user's files or machine; anything else is a bug of ours and goes on. */
export function problemText(error: unknown): string {
  if (error instanceof ModuleError) return error.message.trimEnd()
  if (error instanceof ConfigError || error instanceof StartError) return `camlnode: ${error.message}`
  throw error
}
