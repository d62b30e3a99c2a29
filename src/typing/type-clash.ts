/**
 * The error "This expression has type … but an expression was expected of type …", with hints for literals.
 */

import type { Diagnostic } from '../base/diagnostic.ts'
import { noRegion, type Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { asExpected } from './channel-coercion.ts'
import type { Expected } from './context.ts'
import type { Env } from './env.ts'
import { expandHead } from './expand.ts'
import { instance } from './instance.ts'
import { lowerLevel } from './levels.ts'
import { predefinedType } from './predef.ts'
import { failMismatch } from './print-mismatch.ts'
import { currentLevel, newVariable } from './type-graph.ts'
import type { Expression } from './typed-tree.ts'
import type { Type } from './types.ts'
import { unify } from './unify.ts'
import { within } from './unify-error.ts'

const suffixes: Readonly<Record<string, string>> = { int32: 'l', int64: 'L', nativeint: 'n', float: '.' }

/** "Did you mean `1.'?" for an integer literal where another kind of number is expected. */
function literalHint(env: Env, e: ast.Expression, expected: Type): string | undefined {
  if (e.kind === 'constraint') return literalHint(env, e.expression, expected)
  if (e.kind !== 'constant' || e.constant.kind !== 'int' || e.constant.suffix !== undefined) return undefined
  const { desc } = expandHead(env, expected)
  const name = desc.kind === 'constructor' ? predefinedType(desc.path) : undefined
  const suffix = name === undefined ? undefined : suffixes[name]
  return suffix === undefined ? undefined : `Did you mean \`${e.constant.text}${suffix}'?`
}

/** Where a channel is expected and something else is given. */
function channelHint(env: Env, got: Type, expected: Type): string | undefined {
  const { desc } = expandHead(env, expected)
  const isSynchronous = desc.kind === 'arrow' && desc.synchronous === true
  const isAsynchronous = desc.kind === 'constructor' && predefinedType(desc.path) === '<<>>'
  if (expandHead(env, got).desc.kind !== 'arrow' || !(isSynchronous || isAsynchronous)) return undefined
  return "A channel is what `def' makes, under its own name; where a function will do as well, write (c : t -> u)."
}

/** A hint that is a message of its own, with no place in the source. */
function note(hint: string | undefined): Partial<Diagnostic> {
  return hint === undefined ? {} : { related: [{ region: noRegion, message: `Hint: ${hint}` }] }
}

/** Makes the type of the expression `e` the expected one. */
export function unifyExpression(env: Env, e: ast.Expression, got: Type, expected: Expected): void {
  try {
    const wanted = instance(expected.type)
    unify(env, asExpected(env, got, wanted), wanted)
  } catch (error) {
    const hint = literalHint(env, e, expected.type) ?? channelHint(env, got, expected.type)
    failMismatch(env, e.region, error, clashText(expected), note(hint))
  }
}

/** The same at a region that is not one expression's. */
export function unifyAt(env: Env, region: Region, got: Type, expected: Expected): void {
  try {
    unify(env, got, instance(expected.type))
  } catch (error) {
    failMismatch(env, region, error, clashText(expected))
  }
}

export function failClash(env: Env, region: Region, error: unknown, expected: Expected): never {
  failMismatch(env, region, error, clashText(expected))
}

/** Makes the type of an expression one of the current level: nothing bound inside may be in it. */
export function lowerResult(env: Env, { type, region }: Pick<Expression, 'type' | 'region'>): void {
  try {
    lowerLevel(env, type, currentLevel())
  } catch (error) {
    const outside = newVariable()
    failMismatch(env, region, within(error, type, outside), clashText({ type: outside }))
  }
}

const clashText = (expected: Expected) => ({
  got: 'This expression has type',
  expected: 'but an expression was expected of type',
  because: expected.because,
})
