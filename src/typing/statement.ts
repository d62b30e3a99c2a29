/**
 * Expressions whose value is thrown away, and functions that were probably given too few arguments.
 */

import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { type Context, inferAny, warn } from './context.ts'
import type { Env } from './env.ts'
import { expandHead } from './expand.ts'
import { predefinedType } from './predef.ts'
import { lowerResult } from './type-clash.ts'
import { currentLevel, inNewLevel } from './type-graph.ts'
import type { Expression } from './typed-tree.ts'

/** The last expression of a sequence or body. */
function finalExpression(e: ast.Expression): ast.Expression {
  switch (e.kind) {
    case 'let':
    case 'let-exception':
    case 'let-module':
    case 'open':
    case 'def':
    case 'location':
      return finalExpression(e.body)
    case 'sequence':
      return finalExpression(e.second)
    case 'try':
      return finalExpression(e.body)
    case 'if':
      return finalExpression(e.then)
    case 'match':
      return e.cases[0] === undefined ? e : finalExpression(e.cases[0].body)
    default:
      return e
  }
}

/** An expression before `;`, or the body of a loop. */
export function inferStatement(cx: Context, env: Env, e: ast.Expression): Expression {
  const expression = inNewLevel(() => inferAny(cx, env, e))
  const type = expandHead(env, expression.type)
  if (type.desc.kind === 'variable' && type.level > currentLevel()) {
    const { region } = finalExpression(e)
    warn(cx, region, 21, 'nonreturning-statement', 'this statement never returns (or has an unsound type.)')
  }
  checkPartialApplication(cx, true, expression)
  lowerResult(env, { type, region: expression.region })
  lowerResult(env, expression)
  return expression
}

/** Warns when `e` is a function where a value was surely meant, or, as a statement, anything but a unit. */
export function checkPartialApplication(cx: Context, statement: boolean, e: Expression): void {
  check(cx, statement, e, true)
}

function check(cx: Context, statement: boolean, e: Expression, mayDelay: boolean): void {
  const { desc } = expandHead(e.env, e.type)
  if (desc.kind === 'arrow') checkFunction(cx, statement, e)
  else if (desc.kind === 'variable') {
    if (mayDelay) cx.delayed.push(() => check(cx, statement, e, false))
  } else checkUnit(cx, statement, e)
}

function checkUnit(cx: Context, statement: boolean, e: Expression): void {
  const { desc } = expandHead(e.env, e.type)
  const isUnit = desc.kind === 'constructor' && predefinedType(desc.path) === 'unit'
  if (statement && !isUnit) warnStatement(cx, lastRegion(e))
}

const warnStatement = (cx: Context, region: Region): void =>
  warn(cx, region, 10, 'non-unit-statement', 'this expression should have type unit.')

function lastRegion(e: Expression): Region {
  switch (e.kind) {
    case 'let':
    case 'let-exception':
    case 'let-module':
    case 'def':
    case 'location':
      return lastRegion(e.body)
    case 'sequence':
      return lastRegion(e.second)
    default:
      return e.annotation ?? e.region
  }
}

function checkFunction(cx: Context, statement: boolean, e: Expression): void {
  switch (e.kind) {
    case 'match':
      for (const each of [...e.cases, ...e.exceptionCases, ...e.effectCases])
        checkFunction(cx, statement, each.body)
      return
    case 'try':
      checkFunction(cx, statement, e.body)
      for (const each of [...e.cases, ...e.effectCases]) checkFunction(cx, statement, each.body)
      return
    case 'if':
      checkBranches(cx, statement, e)
      return
    case 'let':
    case 'open':
    case 'let-exception':
    case 'let-module':
    case 'def':
    case 'location':
      checkFunction(cx, statement, e.body)
      return
    case 'sequence':
      checkFunction(cx, statement, e.second)
      return
    case 'apply':
    case 'let-operator':
      warn(cx, e.region, 5, 'ignored-partial-application', partialApplication)
      return
    default:
      checkUnit(cx, statement, e)
  }
}

const partialApplication = 'this function application is partial,\nmaybe some arguments are missing.'

function checkBranches(cx: Context, statement: boolean, e: Expression & { kind: 'if' }): void {
  if (e.otherwise === undefined) {
    checkUnit(cx, statement, e)
    return
  }
  checkFunction(cx, statement, e.then)
  checkFunction(cx, statement, e.otherwise)
}
