/** `#name argument`, which the prompt obeys. */

import type { DirectiveArgument, LongName, ToplevelPhrase } from './ast.ts'
import { identPath, name } from './nodes.ts'
import { parseStringText } from './parse-constants.ts'
import { extendPath } from './parse-names.ts'
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
      return { kind: 'ident', path: parsePath(p) }
    default:
      return undefined
  }
}

/** `x`, `M`, `M.x`, `M.N` */
function parsePath(p: Parser): LongName {
  const first = p.advance()
  let path = identPath(first.text, p.tokenRegion(first))
  while (p.kind === '.') {
    p.advance()
    const token = p.at('lident') ? p.advance() : p.expect('uident')
    path = extendPath(path, token, p)
  }
  return path
}
