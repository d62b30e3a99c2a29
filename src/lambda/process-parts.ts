/**
 * What lowering asks of a process: its parallel branches, what is done at once, to whom it replies.
 */

import type { Ident } from '../typing/ident.ts'
import type { Expression } from '../typing/typed-tree.ts'

/** The branches of a composition, however it is nested. */
export function branchesOf(e: Expression): readonly Expression[] {
  return e.kind === 'parallel' ? e.processes.flatMap(branchesOf) : [e]
}

/** Whether an expression is a process by what it ends with. A process that ends otherwise does not exist. */
export function isProcess(e: Expression): boolean {
  switch (e.kind) {
    case 'message':
    case 'parallel':
    case 'nothing':
    case 'failure':
    case 'reply':
      return true
    case 'sequence':
      return isProcess(e.second)
    case 'if':
      return isProcess(e.then)
    case 'match':
      return e.cases.some(({ body }) => isProcess(body))
    case 'for':
    case 'let':
    case 'let-module':
    case 'let-exception':
    case 'open':
    case 'def':
    case 'location':
      return isProcess(e.body)
    default:
      return false
  }
}

/** Sends and replies of values: they cannot block, raise, or take long. */
export function isAtOnce(e: Expression): boolean {
  switch (e.kind) {
    case 'nothing':
      return true
    case 'message':
      return isValue(e.channel) && isValue(e.argument)
    case 'reply':
      return e.value === undefined || isValue(e.value)
    case 'parallel':
      return e.processes.every(isAtOnce)
    default:
      return false
  }
}

/** Whether evaluation runs nothing but a few instructions. */
function isValue(e: Expression): boolean {
  switch (e.kind) {
    case 'ident':
    case 'constant':
    case 'function':
      return true
    case 'tuple':
      return e.elements.every(isValue)
    case 'field':
      return isValue(e.record)
    case 'record':
      return (e.base === undefined || isValue(e.base)) && e.fields.every((f) => f === 'kept' || isValue(f))
    case 'construct':
      return e.arguments.every(isValue)
    case 'variant':
      return e.argument === undefined || isValue(e.argument)
    case 'apply':
      return (
        isArithmetic(e.function) &&
        e.arguments.every((a) => a.expression !== undefined && isValue(a.expression))
      )
    default:
      return false
  }
}

/** Primitives that neither raise nor call. */
const arithmetic: ReadonlySet<string> = new Set([
  '%addint',
  '%subint',
  '%mulint',
  '%negint',
  '%succint',
  '%predint',
  '%andint',
  '%orint',
  '%xorint',
  '%addfloat',
  '%subfloat',
  '%mulfloat',
  '%divfloat',
  '%negfloat',
  '%boolnot',
  '%identity',
  '%field0',
  '%field1',
])

function isArithmetic(e: Expression): boolean {
  return e.kind === 'ident' && e.value.kind.kind === 'primitive' && arithmetic.has(e.value.kind.name)
}

/** Whether it ends with an exception whichever way it goes. */
export function fails(e: Expression): boolean {
  switch (e.kind) {
    case 'failure':
      return true
    case 'parallel':
      return e.processes.some(fails)
    case 'sequence':
      return fails(e.second)
    case 'if':
      return e.otherwise !== undefined && fails(e.then) && fails(e.otherwise)
    case 'match': {
      const reachable = [...e.cases, ...e.exceptionCases].filter(({ body }) => body.kind !== 'unreachable')
      return reachable.length > 0 && reachable.every(({ body }) => fails(body))
    }
    case 'let':
    case 'let-module':
    case 'let-exception':
    case 'open':
    case 'def':
    case 'location':
      return fails(e.body)
    default:
      return false
  }
}

const optional = (e: Expression | undefined): readonly Expression[] => (e === undefined ? [] : [e])

/** Those that a process replies to itself, by their stamps. What is chosen between replies to the same ones. */
export function repliesOf(e: Expression): ReadonlyMap<number, Ident> {
  switch (e.kind) {
    case 'reply':
      return new Map([[e.channel.stamp, e.channel]])
    case 'parallel':
      return new Map(e.processes.flatMap((p) => [...repliesOf(p)]))
    case 'sequence':
      return repliesOf(e.second)
    case 'if':
      return new Map([e.then, ...optional(e.otherwise)].flatMap((branch) => [...repliesOf(branch)]))
    case 'match':
      return new Map([...e.cases, ...e.exceptionCases].flatMap(({ body }) => [...repliesOf(body)]))
    case 'let':
    case 'let-module':
    case 'let-exception':
    case 'open':
    case 'def':
    case 'location':
      return repliesOf(e.body)
    default:
      return new Map()
  }
}
