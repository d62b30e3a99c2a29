/** What `#help` prints. */

import { box, hovBox, newline, render, separated, space, vBox } from '../../typing/pretty.ts'

export interface DirectiveHelp {
  readonly section: string
  /** What follows the name: "", " <str>", " <ident>" … */
  readonly shape: string
  readonly summary: string
}

const sections = [
  'General',
  'Loading code',
  'Environment queries',
  'Pretty-printing',
  'Tracing',
  'Compiler options',
]

/** Where the titles of sections begin. */
const titleIndent = 30

export function help(directives: ReadonlyMap<string, DirectiveHelp>): string {
  return sections.map((section) => sectionText(section, directives)).join('')
}

function sectionText(section: string, directives: ReadonlyMap<string, DirectiveHelp>): string {
  const own = [...directives].filter(([, directive]) => directive.section === section)
  const entries = own
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { shape, summary }]) => {
      const words = separated(space, summary.split(' '))
      return render(vBox(0, `#${name}${shape}`, newline, box(0, '  ', hovBox(0, words))))
    })
  return `${' '.repeat(titleIndent)}${section}\n${entries.map((entry) => `${entry}\n`).join('')}\n`
}
