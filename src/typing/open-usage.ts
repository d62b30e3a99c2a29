/** Warnings 33 and 66: an `open` of which nothing is used. */

import type * as ast from '../syntax/ast.ts'
import type { Env } from './env.ts'
import { inStdlib, type Path, printPath } from './ident.ts'
import { type Usage, unused } from './usage.ts'

/** The usage of an `open` of the module at `path`. One that is gone through several times, as in a class, is one. */
export function expectOpen(
  { store }: Env,
  path: Path,
  { override, region }: Pick<ast.OpenDeclaration, 'override' | 'region'>,
): Usage {
  return store.usages.expect(region, 'open', () => {
    const name = fullName(store, path)
    return override ? unused(66, `open! ${name}`) : unused(33, `open ${name}`)
  })
}

/** OCaml's own modules are shown as components of Stdlib. */
function fullName({ knownUnits }: Env['store'], path: Path): string {
  let root = path
  while (root.kind !== 'ident') root = root.kind === 'dot' ? root.prefix : root.functor
  const { name, stamp } = root.ident
  const isOfStdlib = stamp === 0 && knownUnits.includes(name) && inStdlib(name)
  return isOfStdlib ? `Stdlib.${printPath(path)}` : printPath(path)
}
