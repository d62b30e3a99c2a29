/**
 * Inside the body of a recursive module, a type that the body defines is the one that others know by the module's path: in
 *
 *     module rec A : sig type t … end = struct type t = … end
 *
 * the environment of the body says `type t = A.t = …`. The body's signature does not: what it exports is what it defines.
 */

import { type Env, findType } from './env.ts'
import type { Path } from './ident.ts'
import { constructorType } from './type-graph.ts'
import { genericLevel, type ModuleType, type TypeDeclaration } from './types.ts'

/** The declaration with the type at `path` as its manifest, if that is a type of this arity and it has none of its own. */
export function enrichDeclaration(env: Env, path: Path, declaration: TypeDeclaration): TypeDeclaration {
  if (declaration.manifest !== undefined) return declaration
  const known = findType(env, path)
  if (known === undefined || known.arity !== declaration.arity) return declaration
  return { ...declaration, manifest: constructorType(path, declaration.parameters, genericLevel) }
}

/** The same for the types of a module inside the body. */
export function enrichModuleType(env: Env, path: Path, type: ModuleType): ModuleType {
  if (type.kind !== 'signature') return type
  const items = type.items.map((item) => {
    const inner: Path = { kind: 'dot', prefix: path, name: item.ident.name }
    if (item.kind === 'type') return { ...item, declaration: enrichDeclaration(env, inner, item.declaration) }
    if (item.kind === 'module') return { ...item, type: enrichModuleType(env, inner, item.type) }
    return item
  })
  return { kind: 'signature', items }
}
