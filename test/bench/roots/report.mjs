/** docs/ROOTS.md. */

import { publishedCounters, publishedLocal, publishedSeconds } from './published.mjs'

const row = (cells) => `| ${cells.join(' | ')} |`

function table(heads, rows) {
  return [row(heads), row(heads.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(row)].join('\n')
}

const descriptions = {
  perm_count:
    'All permutations of ten elements in a monad of choices, each result in a reference: some 22 million, many alive at the same time.',
  synthetic:
    'Ten rounds of 128 minor generations, each with 10,000 references to small values and 20 to large ones; a fifth of the small ones outlive their generation.',
  globroots: '500,000 steps over 1024 references that are changed or made anew, between collections that the program asks for.',
}

function programSection({ program, seconds }) {
  const published = publishedSeconds[program]
  const rows = Object.keys(published).map((name) => [
    name,
    seconds[name].toFixed(2),
    (seconds[name] / seconds.boxroot).toFixed(2),
    published[name].toFixed(2),
    (published[name] / published.boxroot).toFixed(2),
  ])
  const heads = ['', 'seconds', '× boxroot', 'published, seconds', 'published, × boxroot']
  return `### ${program}\n\n${descriptions[program]}\n\n${table(heads, rows)}\n`
}

function localTable(places, local) {
  const rows = Object.keys(publishedLocal).map((name) => [
    name,
    ...local[name].map((value) => value.toFixed(value < 100 ? 1 : 0)),
    ...places.map((_, i) => `${(local[name][i] / local.boxroot[i]).toFixed(2)} (${(publishedLocal[name][i] / publishedLocal.boxroot[i]).toFixed(2)})`),
  ])
  return table(['', ...places.map((n) => `N = ${n}`), ...places.map((n) => `× boxroot, N = ${n}`)], rows)
}

function counterTable(programs) {
  const show = (value, digits) => (value === undefined ? '–' : value.toLocaleString('en', { maximumFractionDigits: digits }))
  const rows = programs.map(({ program, counters }) => {
    const published = publishedCounters[program]
    const pair = (name, digits = 0) => `${show(counters[name], digits)} (${show(published[name], digits)})`
    return [program, pair('minors'), pair('pools'), pair('peak'), `${pair('hits', 2)} %`]
  })
  return table(['', 'minor collections', 'pools made', 'most pools at a time', 'young values in scanned slots'], rows)
}

function cellTable(cells) {
  const ns = (value) => (value === undefined ? '–' : value.toFixed(1))
  return table(
    ['ns per operation', 'create', 'get', 'set', 'delete'],
    [
      ['`RootCells`, over the shared memory', ns(cells.create), ns(cells.get), ns(cells.set), ns(cells.delete)],
      ['calls of the runtime, with BigInt', ns(cells.createByCall), ns(cells.getByCall), '–', ns(cells.deleteByCall)],
      ['`RemoteRoots`, as from another thread', ns(cells.copyRemotely), '–', '–', ns(cells.deleteRemotely)],
    ],
  )
}

export function report({ machine, rounds, programs, places, local, cells }) {
  return `# Roots: what the disciplines cost

Written by \`npm run bench:roots\`. Machine: ${machine}. Processor time, medians of ${rounds} runs in turns.

The benchmarks of Boxroot, rebuilt from their parameters and compiled by camlnode. A reference to a value is kept alive in one of these ways;
all but the last two are stubs outside OCaml, a WebAssembly module of its own that is linked to the program (\`test/bench/roots/stubs\`):

| | |
| --- | --- |
| boxroot | a root in a pool (\`src/runtime/root-pools.ts\`) |
| generational | a cell registered as a generational global root: three skip lists, as in OCaml (\`src/runtime/global-roots.ts\`) |
| global | a cell registered as a plain global root, which every minor collection looks at |
| gc | a block of OCaml's heap with one field, made and emptied by stubs |
| ocaml_ref | the same in OCaml |
| ocaml | the value itself |

"Published" are the figures of the original on OCaml 4.14, on another machine: compare the ratios.

## Programs

${programs.map(programSection).join('\n')}
![the ratios as bars](roots-programs.svg)

## Roots that live as long as a call

A stub looks for the fixpoint of a closure and calls itself N deep; nanoseconds per outer call, and in the right half times boxroot's
(published in brackets). Callee-roots: \`local\` (CAMLparam), \`naive\` (each function makes roots for what it is given). Caller-roots:
\`boxroot\`, \`generational\` (functions are given roots).

${localTable(places, local)}

![nanoseconds against N](roots-local.svg)

## Counters

These do not depend on the machine; published ones in brackets.

${counterTable(programs)}

Where they differ: our pools have 2000 slots instead of 2032 (their header has the bits of remote deletions), are made two at a time, and go
back to the heap only when a cycle of the major collector ends. The current pool stays current after a minor collection, so it is scanned
again with the old values that it kept; the original's becomes an old one. Where much survives, minor collections here come before the
area is full, to bound their pauses, so there are more of them; and our compiler keeps other values out of the heap than ocamlopt
does. \`Gc.full_major\` is three cycles here, each with a minor collection before it. \`Random\` draws other numbers than
OCaml 4.14's did.

## From TypeScript

${cellTable(cells)}

## From other threads

A thread that does not run the domain has the shared memory and addresses (\`src/engine/remote-roots.ts\`). There is no lock, on any path, and
nobody waits for the other, but for a compaction that the program asks for: it waits, for a bounded time, until no thread is in the
middle of a copy.

- Deletion: four atomic operations; only the first in a pool since the last collection also links the pool into a list, with a
  compare-and-swap that another thread's may make repeat.
- Creation: a copy of a root that the thread has, into one of the roots that the domain has supplied (thousands in one message):
  six atomic loads, two stores, and a counter up and down. While the value is young, or a minor collection is moving blocks, it says "not now".
- The domain frees what was deleted at its next collection: one exchange takes the whole list.

\`npm run soak\` lets two threads copy, look at, delete and hand back roots for minutes while the domain allocates and collects; every root is
accounted for, and the verifier checks heap and pools.
`
}
