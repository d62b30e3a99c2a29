/** Programs with a few tokens removed, added, replaced or cut off. */

import type { Source } from '../../src/base/region.ts'
import { sourceOfString } from '../../src/base/region.ts'
import { Lexer } from '../../src/syntax/lexer.ts'

const inserted = [
  ...'let in and ( ) [ ] { } [| |] begin end struct sig match with -> | : ; ;; , :: = <- := . .. ~x ~x: ?x ?x:'.split(
    ' ',
  ),
  ..."x M 1 - + * < > ! # as type val module fun function if then else rec of _ 'a \"s\" 'c' `A exception".split(
    ' ',
  ),
  ...'open lazy assert [@a] [@@a] [%a] new method inherit virtual private mutable constraint when try'.split(
    ' ',
  ),
  ...'while do done for to include class external functor :> {< >} [< [> & or % 1.5 let* and* .% ## !='.split(
    ' ',
  ),
]

/** The items of a source, cut where a line begins with a keyword. */
export function chunks({ bytes }: Source): readonly string[] {
  const text = new TextDecoder().decode(bytes)
  return text
    .split(/\n(?=let|type|module|class|exception|external|val|;;|open|include)/)
    .filter((chunk) => chunk.length < 600)
}

type Span = readonly [start: number, end: number]

function tokenSpans(text: string): readonly Span[] {
  const lexer = new Lexer(sourceOfString('x.ml', text), 0, () => {})
  const spans: Span[] = []
  for (let token = lexer.next(); token.kind !== 'eof' && token.kind !== 'error'; token = lexer.next()) {
    spans.push([token.start, token.end])
  }
  return spans
}

/** `text` (ASCII) after one to three changes. */
export function mutate(text: string, random: (bound: number) => number): string {
  let result = text
  for (let left = random(3); left >= 0; left--) result = mutateOnce(result, random)
  return result
}

function mutateOnce(text: string, random: (bound: number) => number): string {
  const spans = tokenSpans(text)
  if (spans.length === 0) return text
  const [start, end] = spans[random(spans.length)]!
  const other = inserted[random(inserted.length)]!
  switch (random(5)) {
    case 0:
      return text.slice(0, start) + text.slice(end)
    case 1:
      return `${text.slice(0, end)} ${other} ${text.slice(end)}`
    case 2:
      return `${text.slice(0, start)} ${other} ${text.slice(end)}`
    case 3: {
      const [from, to] = spans[random(spans.length)]!
      return text.slice(0, start) + text.slice(from, to) + text.slice(end)
    }
    default:
      return text.slice(0, start)
  }
}
