/** The files of golden/; golden.test.ts shows their form. */

export interface Entry {
  readonly title: string
  readonly source: string
  readonly expected: string
}

export function readEntries(text: string): readonly Entry[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const [title = '', ...lines] = block.split('\n')
      const [source = '', expected = ''] = lines.join('\n').split('---\n')
      return { title, source, expected: expected.trimEnd() }
    })
}

export function writeEntries(entries: readonly Entry[]): string {
  return entries.map(({ title, source, expected }) => `=== ${title}\n${source}---\n${expected}\n\n`).join('')
}
