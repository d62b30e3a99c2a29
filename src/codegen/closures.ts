/**
 * Closure blocks and what functions see of them: the code words, captured variables, siblings, stubs.
 *
 *     [code info (full)] [infix header, code info (full)] … captured…
 *
 * For arity 1, `code` is the function itself; for more it is the prelude's `curry`, and `full` the function.
 * `info` is `arity << 32 | environment offset` as a tagged word (docs/RUNTIME.md).
 */

import { Crash } from '../base/diagnostic.ts'
import type { FunctionTerm, Lambda } from '../lambda/lambda.ts'
import type { Ident } from '../typing/ident.ts'
import type { Simple, Variable } from './code.ts'
import { headerWord, tagged, tags } from './layout.ts'
import { maxCurriedArity, preludeFunction } from './prelude-table.ts'
import type { Approximation, Binding, FunctionGroup, FunctionScope, KnownFunction, Operand } from './scope.ts'
import { field, i64, opOf, read, relocated } from './simple.ts'
import type { StaticField } from './static-data.ts'

export interface GroupMember {
  readonly ident: Ident | undefined
  readonly term: FunctionTerm
}

/** Everything in a closure block before the captured variables. */
export function closureHead(
  group: FunctionGroup,
  known: readonly KnownFunction[],
  codes: readonly number[],
): StaticField[] {
  return known.flatMap((k, i) => {
    const offset = group.offsets[i] as number
    const fields = codeFields(codes[i] as number, k.arity, group.environment - offset)
    return i === 0 ? fields : [{ kind: 'word' as const, value: headerWord(offset, tags.infix) }, ...fields]
  })
}

export function closureField(f: StaticField): Simple {
  if (f.kind === 'word') return i64(f.value)
  if (f.kind === 'address') return relocated({ kind: 'data' }, f.offset)
  return relocated({ kind: f.prelude ? 'preludeCode' : 'code' }, f.function)
}

/** Code words of one function of a closure; see docs/RUNTIME.md. */
function codeFields(code: number, arity: number, environment: number): StaticField[] {
  const info: StaticField = { kind: 'word', value: tagged((BigInt(arity) << 32n) | BigInt(environment)) }
  const full: StaticField = { kind: 'code', function: code, prelude: false }
  if (arity === 1) return [full, info]
  return [{ kind: 'code', function: preludeFunction('curry', arity), prelude: true }, info, full]
}

/** A function of too many parameters for the prelude's currying becomes a function that returns one. */
export function splitArity(term: FunctionTerm): FunctionTerm {
  if (term.parameters.length <= maxCurriedArity) return term
  const rest: FunctionTerm = { ...term, parameters: term.parameters.slice(maxCurriedArity) }
  return { ...term, parameters: term.parameters.slice(0, maxCurriedArity), body: rest, layout: 'pointer' }
}

/** A captured variable, as the capturing function reads it from its closure. */
export function capture(scope: FunctionScope, ident: Ident, outer: Binding): Binding {
  const { group, env } = scope
  if (group === undefined || env === undefined) throw new Crash('capture outside a function')
  let index = group.captured.findIndex((c) => c.ident.stamp === ident.stamp)
  if (index < 0) index = group.captured.push({ ident, operand: outer.operand }) - 1
  const word = group.environment - (group.offsets[scope.position] as number) + index
  const representation = outer.operand.representation === 'int' ? 'int' : 'value'
  return {
    operand: { simple: field(read(env), word, true), representation },
    portable: false,
    ...(outer.known === undefined ? {} : { known: outer.known }),
    ...optional(outer.approximation),
  }
}

/** How a function sees another of its group (or itself): through the closure it was entered with. */
export function siblingBinding(
  group: FunctionGroup,
  self: KnownFunction,
  sibling: KnownFunction,
  env: Variable,
): Binding {
  const distance =
    ((group.offsets[sibling.position] as number) - (group.offsets[self.position] as number)) * 8
  const closure = distance === 0 ? read(env) : opOf('i64_add', read(env), i64(BigInt(distance)))
  const operand: Operand = { simple: closure, representation: 'value' }
  return {
    // Reading the operand means that the closure itself is wanted.
    get operand(): Operand {
      group.mentionsClosure = true
      return operand
    },
    portable: false,
    known: sibling,
    callEnv: closure,
  }
}

/** The words of the block that a recursive value will be. */
export function blockSize(value: Lambda): number {
  let at = value
  while (at.kind === 'let' || at.kind === 'letrec') at = at.body
  if (at.kind === 'primitive') {
    const { primitive } = at
    if (primitive.kind === 'makeLazy') return 1
    if (primitive.kind === 'copyBlock') return primitive.size
    return at.arguments.length
  }
  throw new Crash(`a recursive value of unknown size: ${at.kind}`)
}

/** For spreading into a binding. */
export function optional(approximation: Approximation | undefined): { approximation?: Approximation } {
  return approximation === undefined ? {} : { approximation }
}
