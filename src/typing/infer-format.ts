/** String literals where a format is expected. */

import { fail } from '../base/diagnostic.ts'
import type * as ast from '../syntax/ast.ts'
import type { Expected } from './context.ts'
import type { Env } from './env.ts'
import { expandHead } from './expand.ts'
import { type Format, FormatError, parseFormat } from './format.ts'
import { formatConstant } from './format-constant.ts'
import { format6Path, formatType, stepsOf } from './format-type.ts'
import { samePath } from './ident.ts'
import { unifyExpression } from './type-clash.ts'
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

export function inferFormat(
  env: Env,
  e: ast.Expression,
  literal: Extract<ast.Constant, { kind: 'string' }>,
  expected: Expected,
): Expression {
  const text = Array.from(literal.bytes, (byte) => String.fromCharCode(byte)).join('')
  const items = parse(text, e)
  const type = formatType(stepsOf(items))
  unifyExpression(env, e, type, expected)
  const value = formatConstant(items, text)
  return { region: e.region, type, env, attributes: e.attributes, kind: 'format', value }
}
