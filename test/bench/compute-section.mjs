/** The programs of programs/, on every system that is installed. */

import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chart } from './chart.mjs'
import { geometricMean, timeInTurns } from './measure.mjs'
import { systems } from './systems.mjs'

/** Net times shorter than this say nothing. */
const shortest = 0.001

const seconds = (value) => value.toFixed(3)
const ratio = (value) => value.toFixed(2)

function programNames(only) {
  const names = readdirSync(join(import.meta.dirname, 'programs')).filter((name) => name.endsWith('.ml'))
  const wanted = names.map((name) => name.slice(0, -3)).filter((name) => name !== 'empty')
  return wanted.filter((name) => only === undefined || only.includes(name)).sort()
}

/** Times by system; those that cannot run the program are left out. */
function measureProgram(name, present, scratch, rounds) {
  const able = present.filter((system) => system.runs(name))
  for (const system of able) system.build(name, scratch)
  const times = timeInTurns(new Map(able.map((system) => [system.name, system.command(name, scratch)])), rounds)
  console.log(`${name.padEnd(20)}${able.map((s) => `${s.name} ${seconds(times.get(s.name))}`).join('  ')}`)
  return times
}

/** Whole process times of the empty program and, less those, of the others. */
function measureAll(present, { rounds, only }) {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const startup = measureProgram('empty', present, scratch, Math.max(rounds, 5))
    const net = (times) => new Map([...times].map(([s, t]) => [s, Math.max(t - startup.get(s), shortest)]))
    const rows = programNames(only).map((name) => ({ name, times: net(measureProgram(name, present, scratch, rounds)) }))
    return { startup, rows }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function table(present, startup, rows) {
  const names = present.map((system) => system.name)
  const [base, ...others] = names
  const shown = (value, show) => (Number.isNaN(value) || value === undefined ? '–' : show(value))
  const compared = (times) => others.map((name) => shown(times.get(name) / times.get(base), ratio))
  const ratios = (name) => rows.map(({ times }) => times.get(name) / times.get(base)).filter((r) => !Number.isNaN(r))
  const means = others.map((name) => ratio(geometricMean(ratios(name))))
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [
    line(['', ...names.map((name) => `${name}, s`), ...others.map((name) => `${name} / ${base}`)]),
    line(['---', ...names.map(() => '---:'), ...others.map(() => '---:')]),
    ...rows.map(({ name, times }) => line([name, ...names.map((s) => shown(times.get(s), seconds)), ...compared(times)])),
    line(['**geometric mean**', ...names.map(() => ''), ...means.map((mean) => `**${mean}**`)]),
    line(['start and stop', ...names.map((name) => seconds(startup.get(name))), ...others.map(() => '')]),
  ].join('\n')
}

/** Returns a section for the report: `{ title, text, files }`, files being name → contents under docs/. */
export function computeSection(options) {
  const wanted = systems.filter((system) => options.systems === undefined || options.systems.includes(system.name))
  const present = wanted.filter((system) => system.version() !== undefined)
  const absent = wanted.filter((system) => !present.includes(system))
  const { startup, rows } = measureAll(present, options)
  const notes = absent.map((system) => `${system.name} is not installed here.`)
  const svg = chart({
    title: `Time relative to ${present[0].name} (logarithmic, shorter is faster)`,
    series: present.slice(1).map(({ name, color }) => ({ name, color })),
    rows: rows.filter(({ times }) => present.every((system) => times.has(system.name))).map(({ name, times }) => ({
      name,
      values: present.slice(1).map((system) => times.get(system.name) / times.get(present[0].name)),
    })),
  })
  const text = [
    'One source for the three OCaml systems, the same algorithm in Erlang as one would write it for the BEAM.',
    'Medians of whole processes, less the time of an empty program (last row), in turns.',
    'A dash: the system cannot run the program (effects need OCaml 5; some programs have no counterpart in Erlang).',
    ...notes,
    '',
    table(present, startup, rows),
    '',
    '![the ratios as bars](benchmarks.svg)',
  ].join('\n')
  return { title: 'Computation', text, files: { 'benchmarks.svg': svg } }
}
