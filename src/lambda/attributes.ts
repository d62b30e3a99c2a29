/** The attributes that translation reads. */

import type { Attribute } from '../syntax/ast.ts'
import type { InlineAttribute } from './lambda.ts'

/** What `[@inline …]` (definitions) or `[@inlined …]` (calls) asks for. */
export function inlineAttribute(
  attributes: readonly Attribute[],
  name: 'inline' | 'inlined' = 'inline',
): InlineAttribute {
  const found = attributes.find((a) => a.name === name || a.name === `ocaml.${name}`)
  if (found === undefined) return 'default'
  const word = payloadWord(found)
  if (word === 'never') return 'never'
  return word === undefined || word === 'always' ? 'always' : 'default'
}

/** The identifier that is the whole payload. */
function payloadWord({ payload }: Attribute): string | undefined {
  if (payload.kind !== 'structure') return undefined
  const [item] = payload.items
  if (item?.kind !== 'eval' || item.expression.kind !== 'ident') return undefined
  return item.expression.path.kind === 'ident' ? item.expression.path.name : undefined
}
