/**
 * Applications: direct calls where the function is known, calls through the closure elsewhere.
 *
 * A known function of arity n that gets more than n arguments is called with n, and its result is applied to the rest;
 * with fewer it is applied through its closure, which curries.
 */

import { Crash } from '../base/diagnostic.ts'
import type { Lambda, Layout } from '../lambda/lambda.ts'
import { newSite, type Representation, type Simple, type Target } from './code.ts'
import { maxCurriedArity, preludeExternal, preludeName } from './prelude-table.ts'
import { directTarget, type Operand } from './scope.ts'
import { read } from './simple.ts'
import type { Destination, Terms } from './terms.ts'

type Application = Lambda & { readonly kind: 'apply' }

interface Callee {
  readonly target: Target
  readonly arity: number
}

export function normaliseApply(n: Terms, term: Application, destination: Destination): void {
  const known = knownCallee(n, term.function)
  const count = term.arguments.length
  if (known !== undefined && known.arity <= count) {
    applyKnown(n, known, n.operands(term.arguments), term, destination)
    return
  }
  const operands = n.operands([term.function, ...term.arguments])
  const [closure, ...args] = operands.map((o) => n.b.toValue(o))
  n.b.region = term.region
  applyClosure(n, closure as Simple, args, term.layout, destination)
}

type PrimitiveTerm = Lambda & { readonly kind: 'primitive' }

/** Whether a primitive is a function of the prelude, which is called as a known function of another unit is. */
export function isPreludeCall(term: PrimitiveTerm): boolean {
  return term.primitive.kind === 'external' && preludeExternal(term.primitive.name) !== undefined
}

export function normalisePreludeCall(n: Terms, term: PrimitiveTerm, destination: Destination): void {
  const name = term.primitive.kind === 'external' ? term.primitive.name : ''
  const callee = preludeExternal(name)
  if (callee === undefined) throw new Crash(`${name} is no function of the prelude`)
  const args = n.operands(term.arguments).map((o) => n.b.toValue(o))
  n.b.region = term.region
  const target: Target = { kind: 'imported', unit: preludeName, function: callee.index, arity: callee.arity }
  call(n, target, args, 'any', destination)
}

function applyKnown(
  n: Terms,
  callee: Callee,
  operands: readonly Operand[],
  term: Application,
  destination: Destination,
): void {
  const exact = operands.length === callee.arity
  const args = operands.map((o) => n.b.toValue(exact ? o : n.b.freeze(o)))
  n.b.region = term.region
  if (exact) return call(n, callee.target, args, term.layout, destination)
  const first = n.b.variable('f', 'value')
  call(n, callee.target, args.slice(0, callee.arity), 'pointer', { kind: 'variable', variable: first })
  applyClosure(n, read(first), args.slice(callee.arity), term.layout, destination)
}

function applyClosure(
  n: Terms,
  closure: Simple,
  args: readonly Simple[],
  layout: Layout,
  destination: Destination,
): void {
  if (args.length <= maxCurriedArity) return call(n, { kind: 'closure', closure }, args, layout, destination)
  const first = n.b.variable('f', 'value')
  call(n, { kind: 'closure', closure }, args.slice(0, maxCurriedArity), 'pointer', {
    kind: 'variable',
    variable: first,
  })
  applyClosure(n, read(first), args.slice(maxCurriedArity), layout, destination)
}

/** A call whose result goes to `destination`; a tail call if that is the caller's own result. */
function call(
  n: Terms,
  target: Target,
  args: readonly Simple[],
  layout: Layout,
  destination: Destination,
): void {
  if (destination.kind === 'return') {
    n.b.emit({ kind: 'tailCall', target, arguments: args })
    return
  }
  const representation: Representation = layout === 'int' ? 'int' : 'value'
  const direct = destination.kind === 'variable' && destination.variable.representation === representation
  const result = direct ? destination.variable : n.b.variable('c', representation)
  n.b.emit({ kind: 'call', result, target, arguments: args, site: newSite(n.b.region) })
  if (!direct) n.deliver({ simple: read(result), representation } satisfies Operand, destination)
}

function knownCallee(n: Terms, f: Lambda): Callee | undefined {
  if (f.kind === 'variable') {
    const binding = n.lookup(f.ident)
    if (binding.known !== undefined) {
      return {
        target: directTarget(binding.known, binding.callEnv ?? binding.operand.simple),
        arity: binding.known.arity,
      }
    }
  }
  const approximation = n.approximate(f)
  if (approximation?.kind !== 'function') return undefined
  const { unit, function: index, arity } = approximation
  return { target: { kind: 'imported', unit, function: index, arity }, arity }
}
