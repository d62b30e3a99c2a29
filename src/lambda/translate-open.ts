/** `open` and `include` of a module: its fields bound to idents. */

import type { Ident } from '../typing/ident.ts'
import type { ModuleExpression } from '../typing/typed-tree.ts'
import { field, freshBinder, letIn, letsIn, variable } from './build.ts'
import type { Context } from './context.ts'
import type { Lambda, Layout } from './lambda.ts'

interface Opened {
  readonly module: ModuleExpression
  readonly bound: readonly { readonly ident: Ident; readonly position: number }[]
}

/** `layouts` by stamp, where they are known. A path that binds nothing is not evaluated. */
export function bindOpened(
  { module, bound }: Opened,
  layouts: ReadonlyMap<number, Layout>,
  context: Context,
  body: Lambda,
): Lambda {
  if (bound.length === 0 && module.kind === 'ident') return body
  const whole = freshBinder('included', 'pointer')
  const fields = bound.map(({ ident, position }) => {
    const layout = layouts.get(ident.stamp) ?? 'any'
    return [{ ident, layout }, field(position, variable(whole.ident), layout)] as const
  })
  return letIn(whole, context.module(module, context), letsIn(fields, body))
}
