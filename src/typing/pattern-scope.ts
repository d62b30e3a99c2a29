/** What patterns share while they are inferred, and the variables that they bind. */

import type { Region } from '../base/region.ts'
import { asFunction } from './channel-coercion.ts'
import type { Context } from './context.ts'
import { addType, addValue, type Env } from './env.ts'
import { localTypeDeclaration, type Refining } from './existential.ts'
import type { Ident } from './ident.ts'
import { checkScopes } from './levels.ts'
import { failEscape, failMismatch } from './print-mismatch.ts'
import type { Type } from './types.ts'
import { UnifyError, unify } from './unify.ts'
import { type Complaint, unused } from './usage.ts'

export interface PatternVariable {
  readonly ident: Ident
  readonly type: Type
  readonly region: Region
  /** Bound by `as`. */
  readonly alias: boolean
  /** Bound by `(x : t)`. */
  readonly annotated?: boolean
  /** Bound by `(module M)`: where M stands. */
  readonly module: Region | undefined
}

export interface NamedType {
  readonly ident: Ident
  readonly region: Region
}

export const addNamedType = (env: Env, { ident, region }: NamedType): Env =>
  addType(env, ident, localTypeDeclaration(region))

/** Where constructors may not introduce types or equations, and why. */
export type Unrefined =
  | 'toplevel bindings'
  | 'recursive bindings'
  | '"let ... and ..." bindings'
  | 'presence of attributes'
  | 'class arguments'
  | 'bindings inside class definition'
  | 'self patterns'
  | 'join patterns'

/** What is collected while one pattern, or the patterns of one `let … and …`, are inferred. */
export interface PatternScope extends Refining {
  readonly cx: Context
  readonly variables: Map<string, PatternVariable>
  /** The types that `C (type a) p` names. */
  readonly namedTypes: NamedType[]
  /** In the right side of an or-pattern: the idents of the left side. */
  readonly reuse: ReadonlyMap<string, PatternVariable> | undefined
  readonly unrefined: Unrefined | undefined
}

/** Existential types and equations belong to the level `equationLevel`. */
export function newPatternScope(
  cx: Context,
  env: Env,
  equationLevel: number,
  unrefined?: Unrefined,
): PatternScope {
  return {
    cx,
    env,
    variables: new Map(),
    namedTypes: [],
    reuse: undefined,
    unrefined,
    equationLevel,
    existentialNames: cx.variables.existentialNames,
  }
}

/** A channel that gets another name is a function, unless that is annotated. */
export function renamed(variable: PatternVariable): PatternVariable {
  const type = asFunction(variable.type)
  return variable.annotated || type === variable.type ? variable : { ...variable, type }
}

/** The environment with the variables of a pattern. */
export function addPatternVariables(env: Env, variables: Iterable<PatternVariable>): Env {
  let result = env
  for (const variable of variables) {
    const { type, region } = renamed(variable)
    result = addValue(result, variable.ident, { type, kind: { kind: 'regular' }, region, attributes: [] })
  }
  return result
}

/** What is told of a variable that is not used. */
export type VariableComplaint = (variable: PatternVariable) => Complaint

/** A name that `as` binds is suspicious (26) when it is not used; other variables may well be there for the reader (27). */
export const unusedVariable: VariableComplaint = ({ ident, alias }) =>
  unused(alias ? 26 : 27, `variable ${ident.name}`)

/** An unused module is told as a module, see `addUnpackedModules`. */
export function expectVariables(
  { usages }: Env['store'],
  variables: readonly PatternVariable[],
  complaint = unusedVariable,
): void {
  for (const variable of variables) {
    const { ident, region, module } = variable
    if (module === undefined) usages.expect(region, ident.name, () => complaint(variable))
  }
}

/** Stops when the type of a pattern depends on what was learnt at a level deeper than `level`. */
export function checkPatternScopes(env: Env, region: Region, type: Type, level: number): void {
  try {
    checkScopes(env, type, level)
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error
    failEscape(env, region, error, { got: 'This pattern matches values of type', type })
  }
}

export function unifyPattern(env: Env, region: Region, got: Type, expected: Type): void {
  try {
    unify(env, got, expected)
  } catch (error) {
    failMismatch(env, region, error, {
      got: 'This pattern matches values of type',
      expected: 'but a pattern was expected which matches values of type',
    })
  }
}
