/** Looking ahead past brackets, without parsing what is between them. */

import type { Parser } from './parser.ts'
import type { TokenKind } from './tokens.ts'

const opening: ReadonlySet<TokenKind> = new Set<TokenKind>([
  '(',
  '[',
  '[|',
  '[<',
  '[>',
  '[@',
  '[@@',
  '[@@@',
  '[%',
  '[%%',
  '{',
  '{<',
  'begin',
  'do',
  'object',
  'sig',
  'struct',
])

const closing: ReadonlySet<TokenKind> = new Set<TokenKind>([')', ']', '|]', '>]', '}', '>}', 'end', 'done'])

const kindAt = (p: Parser, distance: number): TokenKind => (distance === 0 ? p.kind : p.peek(distance).kind)

/** The distance of the token behind the one at `distance`, or, when that opens a bracket, behind the closing one. */
export function distanceBehind(p: Parser, distance: number): number {
  let depth = 0
  for (let at = distance; ; at++) {
    const kind = kindAt(p, at)
    if (kind === 'eof') return at
    if (opening.has(kind)) depth++
    else if (closing.has(kind)) depth--
    if (depth <= 0) return at + 1
  }
}

/** The distance of the first token of this kind, no nearer than `distance`; that of the end if there is none. */
export function distanceOf(p: Parser, kind: TokenKind, distance: number): number {
  let at = distance
  while (kindAt(p, at) !== kind && kindAt(p, at) !== 'eof') at = distanceBehind(p, at)
  return at
}
