/**
 * `npm run bench:roots [-- --rounds N] [--only perm_count,local_roots] [--dry]`: the benchmarks of Boxroot, rebuilt from their parameters:
 * prints tables and writes docs/ROOTS.md with its charts (not with --dry). With --only, what is not measured is as measured last;
 * `--only ''` writes it again.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chart } from '../chart.mjs'
import { lineChart } from '../line-chart.mjs'
import { median, time } from '../measure.mjs'
import { build, cellsCommand, measuredFile, programCommand } from './build.mjs'
import { publishedLocal, publishedSeconds } from './published.mjs'
import { report } from './report.mjs'

const docs = resolve(import.meta.dirname, '../../../docs')

/** What the programs are run with. */
const sizes = { perm_count: 10, synthetic: 7, globroots: 500_000 }
const places = [1, 10, 100, 1000]
const localCalls = 100_000_000

const colors = {
  boxroot: '#d9622b',
  ocaml: '#7a8b99',
  ocaml_ref: '#4b7bb5',
  gc: '#6aa56f',
  generational: '#a2003e',
  global: '#5b2d8c',
  local: '#c9a227',
  naive: '#3f9c9c',
}

/** Runs every command `rounds` times, in turns; what each run printed, as numbers, by the command's name. */
function runInTurns(commands, rounds) {
  const outputs = new Map([...commands.keys()].map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, command] of commands) outputs.get(name).push(time(command).output.split(/\s+/).map(Number))
  }
  return outputs
}

/** The median of the first number of each run, which is a time. */
const medianTime = (runs) => median(runs.map(([seconds]) => seconds))

function measureProgram(program, rounds) {
  const disciplines = Object.keys(publishedSeconds[program])
  const commands = disciplines.map((name) => [name, programCommand(program, [name, String(sizes[program])])])
  const outputs = runInTurns(new Map(commands), rounds)
  const seconds = Object.fromEntries(disciplines.map((name) => [name, medianTime(outputs.get(name))]))
  const [, minors, majors, pools, peak, scanned, young] = outputs.get('boxroot')[0]
  const counters = { minors, majors, pools, peak, hits: (100 * young) / scanned }
  console.log(program, seconds, counters)
  return { program, seconds, counters }
}

function measureLocal(rounds) {
  const disciplines = Object.keys(publishedLocal)
  const commands = disciplines.flatMap((name) =>
    places.map((n) => [`${name} ${n}`, programCommand('local_roots', [name, String(n), String(localCalls)])]),
  )
  const outputs = runInTurns(new Map(commands), rounds)
  const measured = disciplines.map((name) => [name, places.map((n) => medianTime(outputs.get(`${name} ${n}`)))])
  console.log('local_roots', measured)
  return Object.fromEntries(measured)
}

function bars(programs) {
  const [base, ...others] = Object.keys(publishedSeconds.perm_count)
  return chart({
    title: `Time relative to ${base} (logarithmic, shorter is faster)`,
    series: others.map((name) => ({ name, color: colors[name] })),
    rows: programs.map(({ program, seconds }) => ({
      name: program,
      values: others.map((name) => seconds[name] / seconds[base]),
    })),
  })
}

function lines(local) {
  return lineChart({
    title: 'local_roots: nanoseconds per outer call',
    xLabel: 'N, how deep a call goes',
    places,
    series: Object.entries(local).map(([name, values]) => ({ name, color: colors[name], values })),
  })
}

function machine() {
  const processors = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${processors[0].model.trim()}, ${processors.length} cores, ${memory} GiB; Node ${process.versions.node}`
}

/** Everything that can be measured, by its name. */
const measurements = {
  ...Object.fromEntries(Object.keys(sizes).map((program) => [program, (rounds) => measureProgram(program, rounds)])),
  local_roots: measureLocal,
  cells: () => JSON.parse(time(cellsCommand).output),
}

/** Measures what is wanted, and remembers it. */
function measure(wanted, rounds) {
  const measured = existsSync(measuredFile) ? JSON.parse(readFileSync(measuredFile, 'utf8')) : {}
  for (const name of wanted) measured[name] = measurements[name](rounds)
  writeFileSync(measuredFile, JSON.stringify(measured, null, 2))
  return measured
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    dry: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
if (!(rounds >= 1)) throw new Error('--rounds takes a number of at least 1')
const wanted = values.only?.split(',').filter((name) => name !== '') ?? Object.keys(measurements)
const unknown = wanted.find((name) => !(name in measurements))
if (unknown !== undefined) throw new Error(`--only: there is no ${unknown}`)

if (wanted.length > 0) await build()
const { local_roots: local, cells, ...rest } = measure(wanted, rounds)
const programs = Object.keys(sizes).map((program) => rest[program])
const markdown = report({ machine: machine(), rounds, programs, places, local, cells })
console.log(`\n${markdown}`)
if (!values.dry) {
  writeFileSync(join(docs, 'ROOTS.md'), markdown)
  writeFileSync(join(docs, 'roots-programs.svg'), bars(programs))
  writeFileSync(join(docs, 'roots-local.svg'), lines(local))
}
