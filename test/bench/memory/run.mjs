/**
 * `npm run bench:memory [-- --rounds N] [--seconds N] [--only map,red_black] [--dry]`: how long collections make a program wait that has a
 * gigabyte alive, and how allocation-heavy programs compare with ocamlopt. Prints tables and writes docs/MEMORY.md (not with
 * --only or --dry).
 */

import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { rolldown } from 'rolldown'
import { geometricMean, time, timeInTurns } from '../measure.mjs'
import { firstLine } from '../systems.mjs'

const root = resolve(import.meta.dirname, '../../..')
const here = (name) => join(import.meta.dirname, name)
const executor = join(root, 'build/bench/pauses.js')

/** Programs of ../programs that mostly allocate. */
const shared = ['binary_trees', 'boyer', 'functors', 'hash_table', 'json_parse', 'kb', 'string_building']
const names = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ml'))
    .map((name) => name.slice(0, -3))

const line = (cells) => `| ${cells.join(' | ')} |`
const table = (head, rows) =>
  [line(head), line(['---', ...head.slice(1).map(() => '---:')]), ...rows.map(line)].join('\n')

// Pauses.

async function buildExecutor() {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' })
  const bundle = await rolldown({
    cwd: root,
    platform: 'node',
    input: here('execute.ts'),
    external: [/^node:/, 'pino', 'valibot', 'toml-eslint-parser'],
  })
  await bundle.write({ file: executor, format: 'cjs', codeSplitting: false })
}

function measurePauses(name, seconds) {
  const command = [process.execPath, ['--no-liftoff', executor, here(`pauses/${name}.ml`), String(seconds)]]
  const [program, json] = time(command).output.split('\n')
  const [live, steps, cycles] = program.split(' ').map(Number)
  const result = { name, live: live * 8, steps, cycles, ...JSON.parse(json) }
  console.log(name, result.live, result.pauses.all.parts, result.pauses.all.longest)
  return result
}

const gigabytes = (bytes) => (bytes / 1e9).toFixed(2)
const milliseconds = (value) => value.toFixed(2)

function pauseTable(results, seconds) {
  const head = ['', 'live, GB', 'memory, GB', 'cycles', 'pauses', 'share of time', '50 %, ms', '99 %', '99.9 %']
  const longest = ['longest minor', 'longest slice', 'longest']
  const rows = results.map(({ name, live, memory, cycles, pauses: { all, minor, slice } }) => [
    name,
    gigabytes(live),
    gigabytes(memory),
    cycles,
    all.count,
    `${((100 * all.total) / seconds).toFixed(0)} %`,
    ...all.parts.map(milliseconds),
    ...[minor, slice, all].map((kind) => milliseconds(kind.longest)),
  ])
  return table([...head, ...longest], rows)
}

/** Upper bounds of the histogram's columns, in milliseconds. */
const bounds = [0.1, 0.25, 0.5, 1, 2, 4, 10, Number.POSITIVE_INFINITY]

/** Where bucket `4 k + j` ends, see src/runtime/pauses.ts. */
const bucketEnd = (bucket) => (2 ** (bucket >> 2) * (5 + (bucket & 3))) / 4000

function histogramTable(results) {
  const head = ['', ...bounds.map((bound) => (bound === Number.POSITIVE_INFINITY ? 'more' : `≤ ${bound} ms`))]
  const rows = results.flatMap(({ name, pauses }) =>
    ['minor', 'slice'].map((kind) => {
      const counts = bounds.map(() => 0)
      pauses[kind].buckets.forEach((n, bucket) => {
        counts[bounds.findIndex((bound) => bucketEnd(bucket) <= bound * 1.13)] += n
      })
      return [`${name}, ${kind}`, ...counts]
    }),
  )
  return table(head, rows)
}

// Throughput.

function measureThroughput(programs, rounds) {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-'))
  const net = (name, file) => {
    cpSync(file, join(scratch, `${name}.ml`))
    execFileSync('ocamlopt', ['-w', '-a', '-o', `${name}.opt`, `${name}.ml`], { cwd: scratch })
    const commands = [
      ['ocamlopt', [join(scratch, `${name}.opt`), []]],
      ['camlnode', [join(root, 'bin/jocrun'), [file]]],
    ]
    const times = timeInTurns(new Map(commands), rounds)
    console.log(name, Object.fromEntries(times))
    return times
  }
  try {
    const start = net('empty', here('../programs/empty.ml'))
    return programs.map(([name, file]) => {
      const times = net(name, file)
      const [native, ours] = ['ocamlopt', 'camlnode'].map((system) => times.get(system) - start.get(system))
      return { name, native, ours, ratio: ours / native }
    })
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function throughputTable(rows) {
  const seconds = (value) => value.toFixed(3)
  const body = rows.map(({ name, native, ours, ratio }) => [name, seconds(native), seconds(ours), ratio.toFixed(2)])
  const mean = geometricMean(rows.map(({ ratio }) => ratio)).toFixed(2)
  return table(['', 'ocamlopt, s', 'camlnode, s', 'camlnode / ocamlopt'], [...body, ['**geometric mean**', '', '', `**${mean}**`]])
}

// The report.

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '30' },
    only: { type: 'string' },
    dry: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
if (!(rounds >= 1 && seconds > 0)) throw new Error('--rounds and --seconds take positive numbers')
const isWanted = (name) => values.only === undefined || values.only.split(',').includes(name)

await buildExecutor()
const pauses = ['map', 'table', 'records', 'lists'].filter(isWanted).map((name) => measurePauses(name, seconds))
const programs = [
  ...shared.map((name) => [name, here(`../programs/${name}.ml`)]),
  ...names(here('programs')).map((name) => [name, here(`programs/${name}.ml`)]),
].filter(([name]) => isWanted(name))
const throughput = programs.length > 0 ? measureThroughput(programs, rounds) : []

const memory = Math.round(totalmem() / 2 ** 30)
const machine = `${cpus()[0].model.trim()}, ${cpus().length} cores, ${memory} GiB; Node ${process.versions.node}; ocamlopt ${firstLine('ocamlopt', ['-version'])}`
const markdown = `# Memory

Written by \`npm run bench:memory\`.

Machine: ${machine}.

## Pauses

Programs with about a gigabyte alive go on allocating for ${seconds} s (\`test/bench/memory/pauses\`). What counts as a pause: a minor collection,
and a slice of the major collector. Percentiles are those of all pauses, rounded up to the histogram's buckets (a quarter of an octave).

${pauses.length > 0 ? pauseTable(pauses, seconds) : ''}

How many pauses were how long:

${pauses.length > 0 ? histogramTable(pauses) : ''}

## Throughput

Seconds of the whole process less those of an empty program, medians of ${rounds} runs in turns with ocamlopt.

${throughput.length > 0 ? throughputTable(throughput) : ''}
`
console.log(`\n${markdown}`)
if (!values.dry && values.only === undefined) writeFileSync(join(root, 'docs/MEMORY.md'), markdown)
