/** What stands behind the name of an attribute or extension. */

import type { AttributePayload } from './ast.ts'
import type { Parser } from './parser.ts'
import { startsSignatureItem } from './token-sets.ts'

export function parsePayload(p: Parser): AttributePayload {
  p.enter()
  const payload = parsePayloadOfKind(p)
  p.leave()
  return payload
}

function parsePayloadOfKind(p: Parser): AttributePayload {
  if (p.accept('?')) return parsePatternPayload(p)
  if (!p.accept(':')) return { kind: 'structure', items: p.grammar.structure(p) }
  if (p.kind === ']' || startsSignatureItem.has(p.kind))
    return { kind: 'signature', items: p.grammar.signature(p) }
  return { kind: 'type', type: p.grammar.type(p) }
}

function parsePatternPayload(p: Parser): AttributePayload {
  const pattern = p.grammar.pattern(p)
  if (!p.accept('when')) return { kind: 'pattern', pattern }
  return { kind: 'pattern', pattern, guard: p.grammar.sequence(p) }
}
