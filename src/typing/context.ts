/**
 * What the inference functions share, besides the environment that is passed to each.
 *
 * The forms of expressions, patterns and modules contain one another, but imports may not be cyclic, so the
 * recursion goes through this record: `infer.ts` ties the knot.
 */

import type { Diagnostic } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import type { Env } from './env.ts'
import type { Ident, Path } from './ident.ts'
import type { TypeVariables } from './translate-type.ts'
import { newVariable } from './type-graph.ts'
import type { Channel } from './typed-join.ts'
import type {
  ClassStructure,
  Expression,
  ExtensionConstructor,
  ModuleExpression,
  OpenDeclaration,
} from './typed-tree.ts'
import type { ModuleType, Type } from './types.ts'

/** What an expression's type must be, and why: "the condition of an if-statement". */
export interface Expected {
  readonly type: Type
  readonly because?: string | undefined
  /** Whether a variable that stands for an inline record may, or must, be here. */
  readonly inlineRecord?: 'allowed' | 'required'
  /** In a process position. */
  readonly process?: ProcessScope
}

/** What the processes of a reaction, or of `spawn`, may do. */
export interface ProcessScope {
  /** The channel that a reply goes to, if one can be made here. */
  readonly channelOf: (reply: Extract<ast.Expression, { kind: 'reply' }>) => Channel | undefined
  /** Why none can be made at all. */
  readonly closedBy?: 'spawn' | 'for'
}

export const expecting = (type: Type, because?: string): Expected => ({ type, because })

export interface Context {
  /** Warnings, and errors after which inference could go on. */
  readonly diagnostics: Diagnostic[]
  /** The named type variables of the current structure item. */
  readonly variables: TypeVariables
  /** Checks that wait until the unit or phrase is complete. */
  readonly delayed: (() => void)[]
  readonly expressions: ExpressionInference
  readonly modules: ModuleInference
  readonly classes: ClassInference
  /** Where self is coerced to the type of the class that is being defined. */
  readonly selfCoercions?: SelfCoercions
  /** In the body of an applicative functor, where no module expression may create types. */
  readonly inApplicativeFunctor?: boolean
  /** In a phrase, not inside of a module: nobody minds what it opens and does not use. */
  readonly atPrompt?: boolean
  /** In the body of a recursive module: the module's own path, whose types are those that the body defines. */
  readonly recursiveModule?: Path | undefined
}

export interface SelfCoercions {
  readonly objectType: Ident
  readonly regions: Region[]
}

export interface ExpressionInference {
  readonly infer: (cx: Context, env: Env, e: ast.Expression, expected: Expected) => Expression
  /** As `infer`, for an argument: a function with optional parameters can be passed where none are expected. */
  readonly inferArgument: (cx: Context, env: Env, e: ast.Expression, expected: Expected) => Expression
}

/** What expressions need of classes. */
export interface ClassInference {
  /** `object … end` as an expression. */
  readonly inferObject: (cx: Context, env: Env, body: ast.ClassStructure, region: Region) => ClassStructure
}

/** What expressions need of modules. */
export interface ModuleInference {
  readonly inferModule: (cx: Context, env: Env, module: ast.ModuleExpression) => ModuleExpression
  /** The environment after the `open`, and the declaration. */
  readonly inferOpen: (
    cx: Context,
    env: Env,
    open: ast.OpenDeclaration,
  ) => { readonly env: Env; readonly declaration: OpenDeclaration }
  readonly inferException: (
    cx: Context,
    env: Env,
    exception: ast.ExtensionConstructor,
  ) => { readonly env: Env; readonly constructor: ExtensionConstructor }
  /** `(module M)` where `type` (a `package`) is expected: M coerced to the package's module type. */
  readonly inferPack: (
    cx: Context,
    env: Env,
    module: ast.ModuleExpression,
    type: Type,
    region: Region,
  ) => ModuleExpression
  /** The module type that unpacking a value of a `package` type gives. */
  readonly packageModuleType: (env: Env, type: Type, region: Region) => ModuleType
}

/** The expression with a type of its own. */
export function inferAny(cx: Context, env: Env, e: ast.Expression): Expression {
  return cx.expressions.infer(cx, env, e, expecting(newVariable()))
}

export function warn(cx: Context, region: Region, number: number, name: string, message: string): void {
  cx.diagnostics.push({ severity: 'warning', region, message, warning: { number, name } })
}
