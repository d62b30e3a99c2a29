/** The local values that an expression mentions, also those that it binds itself. */

import type { Ident } from './ident.ts'
import type { Expression } from './typed-tree.ts'
import { TypedWalk } from './typed-walk.ts'

class Mentions extends TypedWalk {
  readonly found = new Set<Ident>()

  override expression(e: Expression): void {
    if (e.kind === 'ident' && e.path.kind === 'ident') this.found.add(e.path.ident)
    super.expression(e)
  }
}

export function mentionedIn(e: Expression): ReadonlySet<Ident> {
  const mentions = new Mentions()
  mentions.expression(e)
  return mentions.found
}
