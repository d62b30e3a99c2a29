/**
 * Join definitions against Erlang processes that do the same with messages, in turns.
 * `node test/bench/joins.mjs [--rounds N]` prints the table alone.
 */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median } from './measure.mjs'

const root = resolve(import.meta.dirname, '../..')
const here = (name) => join(import.meta.dirname, 'joins', name)
const names = {
  cell: 'a cell is incremented: a call and a reaction of two channels',
  ping_pong: 'ping-pong between two processes, one way and back',
  fib: 'parallel fib 22, each call a process',
  producers: 'a counter with 100 producers, one message',
}

function run(file, args, options) {
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', timeout: 120_000, ...options })
  if (status !== 0) throw new Error(`${file} ended with ${status}: ${stdout}${stderr}`)
  return Object.fromEntries(stdout.trim().split('\n').map((line) => line.split(' ')))
}

/** Nanoseconds by system and quantity, medians over the rounds. */
export function measureJoins(rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-joins-'))
  try {
    const { status, stdout } = spawnSync('erlc', ['-o', folder, here('reactions.erl')], { encoding: 'utf8' })
    if (status !== 0) throw new Error(stdout)
    const results = { camlnode: [], erlang: [] }
    for (let i = 0; i < rounds; i++) {
      results.camlnode.push(run(join(root, 'bin/jocrun'), [here('reactions.ml')]))
      results.erlang.push(run('erl', ['-noshell', '-pa', folder, '-s', 'reactions', 'main']))
    }
    const medians = (of) =>
      Object.fromEntries(Object.keys(names).map((name) => [name, median(of.map((round) => Number(round[name])))]))
    return { camlnode: medians(results.camlnode), erlang: medians(results.erlang) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function table({ camlnode: ours, erlang: theirs }) {
  const rows = Object.entries(names).map(
    ([key, name]) =>
      `| ${name} | ${theirs[key].toFixed(0)} | ${ours[key].toFixed(0)} | ${(ours[key] / theirs[key]).toFixed(2)} |`,
  )
  return ['| | Erlang, ns | camlnode, ns | camlnode / Erlang |', '| --- | ---: | ---: | ---: |', ...rows].join('\n')
}

/** Returns a section for the report: `{ title, text, files }`. */
export async function joinsSection({ rounds }) {
  const text = [
    'Programs with join definitions under `jocrun`, and Erlang processes that do the same with messages (on all cores), in turns. Medians of the rounds.',
    '',
    table(measureJoins(Math.max(3, rounds))),
  ].join('\n')
  return { title: 'Reactions', text, files: {} }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf('--rounds')
  console.log(table(measureJoins(at < 0 ? 3 : Number(process.argv[at + 1]))))
}
