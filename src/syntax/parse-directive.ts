/** `#name argument`, which the prompt obeys. */

import type { DirectiveArgument, LongName, Name, ToplevelPhrase } from './ast.ts'
import { name } from './nodes.ts'
import { parseStringText } from './parse-constants.ts'
import { parseUpperName, parseValueName } from './parse-names.ts'
import type { Parser } from './parser.ts'

export function parseDirective(p: Parser): ToplevelPhrase {
  const { start } = p.expect('#')
  if (p.kind !== 'lident' && p.kind !== 'uident') p.fail("a directive's name")
  const token = p.advance()
  const argument = parseDirectiveArgument(p)
  const phrase = {
    kind: 'directive',
    name: name(token.text, p.tokenRegion(token)),
    region: p.region(start),
  } as const
  return argument === undefined ? phrase : { ...phrase, argument }
}

function parseDirectiveArgument(p: Parser): DirectiveArgument | undefined {
  switch (p.kind) {
    case 'string':
      return { kind: 'string', value: parseStringText(p) }
    case 'int':
      return { kind: 'int', text: p.advance().text }
    case 'true':
    case 'false':
      return { kind: 'bool', value: p.advance().kind === 'true' }
    case 'lident':
    case 'uident':
    case '(':
      return { kind: 'ident', path: parsePath(p) }
    default:
      return undefined
  }
}

/** `x`, `M`, `M.x`, `M.N`, `( + )`, `M.( + )` */
function parsePath(p: Parser): LongName {
  const first = parseLast(p)
  let path: LongName = { kind: 'ident', name: first.text, region: first.region }
  while (p.kind === '.') {
    p.advance()
    const { text } = parseLast(p)
    path = { kind: 'dot', prefix: path, name: text, region: p.region(path.region.start) }
  }
  return path
}

function parseLast(p: Parser): Name {
  return p.at('uident') ? parseUpperName(p) : parseValueName(p)
}
