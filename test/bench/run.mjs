/**
 * `npm run bench [-- --rounds N] [--sections programs,calls,reactions] [--only fib,tak] [--systems ocamlopt,camlnode] [--dry]`:
 * measures, prints tables, and writes docs/BENCHMARKS.md and the charts it shows; not with --only, --systems or --dry. Sections that were not
 * measured stay as they are.
 *
 * A section is a function of the options that returns `{ title, text, files }`: Markdown and the files beside it. More kinds
 * of measurement are more entries of `sections`.
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { computeSection } from './compute-section.mjs'
import { joinsSection } from './joins.mjs'
import { rpcSection } from './rpc.mjs'
import { systems } from './systems.mjs'

const docs = resolve(import.meta.dirname, '../../docs')
const sections = { programs: computeSection, calls: rpcSection, reactions: joinsSection }

function machine() {
  const processors = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const versions = systems.map((system) => `${system.name} ${system.version() ?? 'absent'}`)
  return `${processors[0].model.trim()}, ${processors.length} cores, ${memory} GiB; Node ${process.versions.node}; ${versions.join(', ')}.`
}

/** The sections of the report as it is, by their titles. */
function written() {
  const [, ...parts] = readFileSync(join(docs, 'BENCHMARKS.md'), 'utf8').split(/^## /m)
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')), `## ${part.trimEnd()}\n`]))
}

function report(parts) {
  const known = written()
  for (const { title, text } of parts) known.set(title, `## ${title}\n\n${text}\n`)
  const bodies = [...known.values()]
  return `# Benchmarks\n\nWritten by \`npm run bench\`.\n\nMachine: ${machine()}\n\n${bodies.join('\n')}`
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    sections: { type: 'string', default: Object.keys(sections).join() },
    only: { type: 'string' },
    systems: { type: 'string' },
    dry: { type: 'boolean', default: false },
  },
})
const options = { rounds: Number(values.rounds), only: values.only?.split(','), systems: values.systems?.split(',') }
if (!(options.rounds >= 1)) throw new Error('--rounds takes a number of at least 1')

const parts = []
for (const name of values.sections.split(',')) {
  if (sections[name] === undefined) throw new Error(`no section ${name}: there are ${Object.keys(sections).join(', ')}`)
  parts.push(await sections[name](options))
}
const markdown = report(parts)
console.log(`\n${markdown}`)
const whole = options.only === undefined && options.systems === undefined
if (!values.dry && whole) {
  writeFileSync(join(docs, 'BENCHMARKS.md'), markdown)
  for (const { files } of parts) for (const [name, contents] of Object.entries(files)) writeFileSync(join(docs, name), contents)
}
