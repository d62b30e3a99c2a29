/** Times of whole processes. */

import { spawnSync } from 'node:child_process'

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

export const geometricMean = (values) => Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length)

/** Runs a command once: wall time in seconds and what it printed. */
export function time([file, args]) {
  const start = process.hrtime.bigint()
  const { status, stdout, stderr, error } = spawnSync(file, args, { encoding: 'utf8', maxBuffer: 1 << 26 })
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${error?.message ?? `status ${status}: ${stderr}`}`)
  return { seconds, output: stdout.trim() }
}

/**
 * Runs each of `commands` (a map from names) `rounds` times, in turns, so that a slow minute of the machine hits all alike.
 * All must print the same. Returns a map from names to median seconds.
 */
export function timeInTurns(commands, rounds) {
  const seconds = new Map([...commands.keys()].map((name) => [name, []]))
  const outputs = new Map()
  for (let round = 0; round < rounds; round++) {
    for (const [name, command] of commands) {
      const result = time(command)
      seconds.get(name).push(result.seconds)
      outputs.set(result.output, name)
    }
  }
  if (outputs.size > 1) throw new Error(`different results: ${[...outputs].map(([o, n]) => `${n}: ${o}`).join('; ')}`)
  return new Map([...seconds].map(([name, values]) => [name, median(values)]))
}
