/** What the parts of a class share while it is inferred. */

import type * as ast from '../syntax/ast.ts'
import type { Context } from './context.ts'
import type { Env } from './env.ts'
import type { Ident } from './ident.ts'
import type { ClassExpression } from './typed-tree.ts'

/**
 * The environments at a place in a class. `value` is for what is evaluated when an object is made, `method` for methods and
 * initializers, `parent` is what the methods of an inherited class expression start from.
 */
export interface ClassEnvs {
  readonly value: Env
  readonly method: Env
  readonly parent: Env
}

export interface ClassScope {
  readonly cx: Context
  /** Stands for the whole class: all its structures, inherited ones too, make one object. */
  readonly class: Ident
  /** What keeps self types from leaving; to be forgotten when the class is complete. */
  readonly dummies: Ident[]
  readonly infer: (scope: ClassScope, envs: ClassEnvs, e: ast.ClassExpression) => ClassExpression
}
