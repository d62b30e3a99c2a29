import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import {
  type BoxKind,
  box,
  breakHint,
  type Doc,
  hovBox,
  hvBox,
  render,
  space,
} from '../../src/typing/pretty.ts'

const haveOcaml = spawnSync('ocaml', ['-vnum']).status === 0

/** A small linear congruential generator: the same documents in every run. */
function generator(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
}

const boxKinds: readonly BoxKind[] = ['h', 'v', 'hv', 'hov', 'box']

function randomDoc(random: (bound: number) => number, depth: number): Doc {
  const pick = random(depth === 0 ? 7 : 11)
  if (pick < 3) return { kind: 'text', text: 'abcdefghijklmnopqrstuvwxyz'.slice(0, 1 + random(14)) }
  if (pick < 6) return breakHint(random(3), random(4))
  if (pick === 6) return random(8) === 0 ? { kind: 'newline' } : space
  const docs = Array.from({ length: 1 + random(9) }, () => randomDoc(random, depth - 1))
  const kind = boxKinds[random(boxKinds.length)] as BoxKind
  return { kind: 'box', box: kind, indent: kind === 'h' ? 0 : random(5), body: { kind: 'concat', docs } }
}

/** OCaml statements that print the document with Format. */
function ocamlOf(doc: Doc): string {
  switch (doc.kind) {
    case 'text':
      return `s ${JSON.stringify(doc.text)};`
    case 'break':
      return `b ${doc.width} ${doc.offset};`
    case 'newline':
      return 'n ();'
    case 'concat':
      return doc.docs.map(ocamlOf).join('')
    case 'box':
      return `${openings[doc.box](doc.indent)};${ocamlOf(doc.body)}c ();`
    case 'embedded':
      return ''
  }
}

const openings: Record<BoxKind, (indent: number) => string> = {
  h: () => 'oh ()',
  v: (indent) => `ov ${indent}`,
  hv: (indent) => `ohv ${indent}`,
  hov: (indent) => `ohov ${indent}`,
  box: (indent) => `ob ${indent}`,
}

const prelude =
  'open Format let s=print_string and b=print_break and n=force_newline and c=close_box and oh=open_hbox ' +
  'and ov=open_vbox and ohv=open_hvbox and ohov=open_hovbox and ob=open_box;;\n'

function formatWithOcaml(docs: readonly Doc[]): string[] {
  const program = docs.map(
    (doc) => `let () = ${ocamlOf(doc)} print_flush (); print_string "%%"; print_newline ();;`,
  )
  const result = spawnSync('ocaml', ['-stdin'], { input: prelude + program.join('\n'), encoding: 'utf8' })
  expect(result.stderr).toBe('')
  return result.stdout.split('%%\n').slice(0, docs.length)
}

describe('pretty', () => {
  it('breaks a hov box only where the rest does not fit', () => {
    const words = Array.from({ length: 12 }, () => [{ kind: 'text', text: 'abcdefgh' } as Doc, space]).flat()
    expect(render(hovBox(2, ...words, 'end'), 40)).toBe(
      'abcdefgh abcdefgh abcdefgh abcdefgh\n  abcdefgh abcdefgh abcdefgh abcdefgh\n  abcdefgh abcdefgh abcdefgh abcdefgh\n  end',
    )
  })

  it('breaks every hint of an hv box that does not fit', () => {
    expect(render(hvBox(1, 'let abcdefgh', space, 'x', space, 'in'), 16)).toBe('let abcdefgh\n x\n in')
    expect(render(hvBox(1, 'let', space, 'x', space, 'in'), 30)).toBe('let x in')
  })

  it('uses the break offset', () => {
    expect(render(box(2, 'sig', breakHint(1, 3), 'abcdefghijklmno', breakHint(1, -2), 'end'), 18)).toBe(
      'sig\n     abcdefghijklmno\nend',
    )
  })

  it.skipIf(!haveOcaml)('lays random documents out as Format does', () => {
    const random = generator(7)
    const docs = Array.from({ length: 200 }, () => randomDoc(random, 5)).filter((doc) => doc.kind === 'box')
    const expected = formatWithOcaml(docs)
    const wrong = docs.flatMap((doc, index) =>
      render(doc) === expected[index]
        ? []
        : [{ doc: ocamlOf(doc), ours: render(doc), ocaml: expected[index] }],
    )
    wrong.sort((a, b) => a.doc.length - b.doc.length)
    expect(wrong.slice(0, 1)).toEqual([])
  })
})
