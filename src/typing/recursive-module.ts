/**
 * `module rec A : S = … and B : T = …`
 *
 * The bodies are inferred where the modules have their declared types. Whether a body keeps its declaration
 * is then asked where the modules' types are the ones that the bodies define: `type t` of A's body and `A.t`
 * in the declarations are the same type.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import type { Context } from './context.ts'
import { addRecursiveModules, type Env } from './env.ts'
import { freshIdent, type Ident } from './ident.ts'
import { includeModuleType } from './include-module.ts'
import { translateRecursiveTypes } from './module-type.ts'
import { failModuleMismatch } from './print-module-mismatch.ts'
import { strengthen } from './strengthen.ts'
import { type Substitution, substitution, substModuleType } from './subst.ts'
import type { ModuleExpression } from './typed-tree.ts'
import type { ModuleType } from './types.ts'

export interface RecursiveBinding {
  readonly ident: Ident
  readonly module: ModuleExpression
  readonly type: ModuleType
}

interface Annotated {
  readonly name: ast.Name | undefined
  readonly type: ast.ModuleType
  readonly body: ast.ModuleExpression
  readonly region: Region
}

export function inferRecursiveModules(
  cx: Context,
  env: Env,
  bindings: readonly ast.ModuleBinding[],
): readonly RecursiveBinding[] {
  const annotated = bindings.map(annotatedBinding)
  const { env: inner, modules } = translateRecursiveTypes(cx, env, annotated)
  const bodies = annotated.map(({ body }, i) => {
    const { ident } = modules[i] as (typeof modules)[number]
    return cx.modules.inferModule({ ...cx, recursiveModule: { kind: 'ident', ident } }, inner, body)
  })
  const declared = modules.map(({ ident, type }, i) => ({ ident, type, body: bodies[i] as ModuleExpression }))
  return declared.map((each) => checkBody(inner, declared, each))
}

function annotatedBinding({ name, module, region }: ast.ModuleBinding): Annotated {
  if (module.kind !== 'constraint') fail(module.region, 'Recursive modules require an explicit module type.')
  return { name, type: module.type, body: module.module, region }
}

interface Declared {
  readonly ident: Ident
  readonly type: ModuleType
  readonly body: ModuleExpression
}

/**
 * The bodies' types mention the declared modules. Naming the modules anew as often as there are modules, each
 * time with types that say what the last names meant, makes all equalities between their types known.
 */
function checkBody(env: Env, all: readonly Declared[], one: Declared): RecursiveBinding {
  let inner = env
  let s: Substitution = substitution([])
  let isFirst = true
  for (let i = 0; i < all.length; i += 1) {
    const fresh = all.map(({ ident }) => freshIdent(ident.name))
    const types = all.map(({ ident, body }) =>
      isFirst ? body.type : substStrengthened(inner, s, ident, body.type),
    )
    inner = addRecursiveModules(
      inner,
      fresh.map((ident, j) => ({ ident, type: types[j] as ModuleType })),
    )
    s = substitution(all.map(({ ident }, j) => [ident, { kind: 'ident', ident: fresh[j] as Ident }] as const))
    isFirst = false
  }
  const got = substStrengthened(inner, s, one.ident, one.body.type)
  const wanted = substModuleType(s, one.type)
  try {
    const coercion = includeModuleType(inner, got, wanted)
    const { region } = one.body
    const module: ModuleExpression = {
      kind: 'constraint',
      region,
      type: one.type,
      env,
      module: one.body,
      coercion,
    }
    return { ident: one.ident, module, type: one.type }
  } catch (error) {
    failModuleMismatch(one.body.region, error)
  }
}

/** The type under its new name. */
function substStrengthened(env: Env, s: Substitution, ident: Ident, type: ModuleType): ModuleType {
  const path = s.paths.get(ident.stamp)
  const substituted = substModuleType(s, type)
  return path === undefined ? substituted : strengthen(env, substituted, path, false)
}
