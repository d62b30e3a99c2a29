/** Warnings 33 and 66: an `open` of which nothing is used; 44 and 45: what is used of it was something else without the `open`. */

import { warningAt } from '../base/warnings.ts'
import type * as ast from '../syntax/ast.ts'
import type { Entry, Env, OpenUse } from './env.ts'
import { expandHead } from './expand.ts'
import { inStdlib, type Path, printPath, samePath } from './ident.ts'
import { reportOnce } from './report.ts'
import type { OpenUser } from './scope.ts'
import type { ConstructorDescription, LabelDescription, Type } from './types.ts'
import { unused } from './usage.ts'

type Open = Pick<ast.OpenDeclaration, 'override' | 'region'>

/** Marks an `open` of the module at `path` as used. One that is gone through several times, as in a class, is one. */
export function expectOpen(env: Env, path: Path, open: Open): OpenUse {
  const { store } = env
  const usage = store.usages.expect(open.region, 'open', () => {
    const name = fullName(store, path)
    return open.override ? unused(66, `open! ${name}`) : unused(33, `open ${name}`)
  })
  const identifier = (kind: string): OpenUser<unknown> => ({
    use: (name, _, hidden) => {
      usage.mark()
      if (hidden !== undefined) warnShadow(env, open, 44, `${kind} identifier ${name}`)
    },
  })
  const member = <Description>(
    kind: string,
    ownerOf: (description: Description) => Type,
  ): OpenUser<Entry<Description>> => ({
    use: (name, own, hidden) => {
      usage.mark()
      if (hidden !== undefined && !isOneType(env, ownerOf(own.description), ownerOf(hidden.description)))
        warnShadow(env, open, 45, `${kind} ${name}`)
    },
  })
  return {
    values: identifier('value'),
    types: identifier('type'),
    modules: identifier('module'),
    moduleTypes: identifier('module type'),
    classes: identifier('class'),
    classTypes: identifier('class type'),
    constructors: member('constructor', (description: ConstructorDescription) => description.result),
    labels: member('label', (description: LabelDescription) => description.record),
  }
}

function isOneType(env: Env, a: Type, b: Type): boolean {
  const one = expandHead(env, a).desc
  const other = expandHead(env, b).desc
  return one.kind === 'constructor' && other.kind === 'constructor' && samePath(one.path, other.path)
}

/** `open!` says that it is meant to shadow. */
function warnShadow({ store }: Env, { override, region }: Open, number: number, what: string): void {
  if (override) return
  reportOnce(
    store,
    warningAt(region, number, `this open statement shadows the ${what} (which is later used)`),
  )
}

/** OCaml's own modules are shown as components of Stdlib. */
function fullName({ knownUnits }: Env['store'], path: Path): string {
  let root = path
  while (root.kind !== 'ident') root = root.kind === 'dot' ? root.prefix : root.functor
  const { name, stamp } = root.ident
  const isOfStdlib = stamp === 0 && knownUnits.includes(name) && inStdlib(name)
  return isOfStdlib ? `Stdlib.${printPath(path)}` : printPath(path)
}
