/**
 * Module expressions that create types each time they are evaluated: a generative functor's application,
 * unpacking.
 *
 * The body of an applicative functor may have none: `F(X).t` would be one type, but made many times.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type { Context } from './context.ts'
import { addSignature, type Env, scrapeModuleType } from './env.ts'
import type { ModuleType, SignatureItem } from './types.ts'

/** Stops when a module of this type, made here, would create types where that is not allowed. */
export function checkMayCreate(cx: Context, env: Env, type: ModuleType, region: Region): void {
  if (!cx.inApplicativeFunctor || !hasOwnTypes(env, type)) return
  fail(region, 'This expression creates fresh types.\nIt is not allowed inside applicative functors.')
}

function hasOwnTypes(env: Env, type: ModuleType): boolean {
  if (type.kind === 'alias') return false
  const scraped = scrapeModuleType(env, type)
  switch (scraped.kind) {
    case 'ident':
      return true
    case 'alias':
      return false
    case 'functor':
      return hasOwnTypes(env, scraped.body)
    case 'signature': {
      const inner = addSignature(env, scraped.items)
      return scraped.items.some((item) => isOwnType(inner, item))
    }
  }
}

function isOwnType(env: Env, item: SignatureItem): boolean {
  switch (item.kind) {
    case 'type':
      return item.declaration.manifest === undefined
    case 'module-type':
      return item.type === undefined
    case 'extension':
      return true
    case 'module':
      return hasOwnTypes(env, item.type)
    case 'value':
    case 'class':
    case 'class-type':
      return false
  }
}
