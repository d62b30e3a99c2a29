/** String literals where a format is expected. */

import { fail } from '../base/diagnostic.ts'
import type * as ast from '../syntax/ast.ts'
import type { Expected } from './context.ts'
import type { Env } from './env.ts'
import { expandHead } from './expand.ts'
import { type Format, FormatError, parseFormat } from './format.ts'
import { formatConstant } from './format-constant.ts'
import { fmtPath, format6Path, formatParameters, stepsOf } from './format-type.ts'
import { samePath } from './ident.ts'
import { unifyExpression } from './type-clash.ts'
import { constructorType } from './type-graph.ts'
import type { Expression } from './typed-tree.ts'
import type { Type } from './types.ts'

export function isFormatType(env: Env, type: Type): boolean {
  const { desc } = expandHead(env, type)
  return desc.kind === 'constructor' && samePath(desc.path, format6Path)
}

function parse(text: string, e: ast.Expression): Format {
  try {
    return parseFormat(text)
  } catch (error) {
    if (error instanceof FormatError) return fail(e.region, error.message)
    throw error
  }
}

/** A format of another type is so because of its items. */
function unifyItems(env: Env, e: ast.Expression, type: Type, expected: Expected): void {
  const wanted = expandHead(env, expected.type)
  const [got, want] = [type, wanted].map(itemsType) as [Type, Type]
  unifyExpression(env, e, got, { ...expected, type: want })
}

function itemsType(type: Type): Type {
  const { desc } = type
  return desc.kind === 'constructor' ? constructorType(fmtPath, desc.arguments) : type
}

export function inferFormat(
  env: Env,
  e: ast.Expression,
  literal: Extract<ast.Constant, { kind: 'string' }>,
  expected: Expected,
): Expression {
  const text = Array.from(literal.bytes, (byte) => String.fromCharCode(byte)).join('')
  const items = parse(text, e)
  const type = constructorType(format6Path, formatParameters(stepsOf(items)))
  unifyItems(env, e, type, expected)
  const value = formatConstant(items, text)
  return { region: e.region, type, env, attributes: e.attributes, kind: 'format', value }
}
