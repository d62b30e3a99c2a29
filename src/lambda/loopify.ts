/**
 * Tail-recursive functions that end in nothing but their own calls become loops, so that their numbers stay unboxed
 * from one round to the next, and so that a local one can be inlined where it is entered.
 *
 *     (letrec ((f (function (i:int x:float) (if (> i n) x (apply f (+ i 1) (*. x 2.)))))) …)
 *
 *     (let ((f (function (i x)
 *                (let mutable i' i, mutable x' x
 *                  (catch (seq (while 1 (catch (let i i', x x'
 *                                                (if (> i n) (exit done x)
 *                                                  (seq (assign i' …) (assign x' …) (exit again))))
 *                                         (with again ()))) …)
 *                    (with done r r)))))) …)
 *
 * Only where some parameter is a boxed number or the function is entered from one place. Any other call in tail position
 * forbids it: it would not be a tail call any more.
 */

import {
  float,
  freshBinder,
  freshLabel,
  int,
  letIn,
  letsIn,
  primitive,
  sequence,
  unit,
  variable,
} from './build.ts'
import type { Binder, FunctionTerm, Lambda, Layout } from './lambda.ts'
import { forEachChild, mapChildren, mapTail } from './traverse.ts'

type LetRec = Lambda & { kind: 'letrec' }
type Apply = Lambda & { kind: 'apply' }

/** `uses` tells how often each variable is mentioned, by stamp. */
export function loopify(term: Lambda, uses: ReadonlyMap<number, number>): Lambda {
  const inner = mapChildren(term, (child) => loopify(child, uses))
  return inner.kind === 'letrec' ? loopifyBinding(inner, uses) : inner
}

function loopifyBinding(term: LetRec, uses: ReadonlyMap<number, number>): Lambda {
  const [only] = term.bindings
  if (only === undefined || term.bindings.length > 1 || only.value.kind !== 'function') return term
  const { binder, value } = only
  const { stamp } = binder.ident
  const calls = ownTailCalls(value, stamp)
  if (calls === 0) return term
  const boxed = value.parameters.some((p) => isBoxed(p.layout))
  const enteredOnce = uses.get(stamp) === calls + 1 && countCalls(term.body, stamp) === 1
  return boxed || enteredOnce ? letIn(binder, new Loop(stamp, value).build(), term.body) : term
}

function isBoxed(layout: Layout): boolean {
  return layout === 'float' || layout === 'int32' || layout === 'int64' || layout === 'nativeint'
}

/** How often the function calls itself, if it does so in tail position only and calls no other there; otherwise 0. */
function ownTailCalls(term: FunctionTerm, stamp: number): number {
  let calls = 0
  let suitable = true
  mapResults(term.body, (leaf) => {
    if (isSelfCall(leaf, stamp) && leaf.arguments.length === term.parameters.length) calls += 1
    else if (leaf.kind === 'apply') suitable = false
    return leaf
  })
  return suitable && calls > 0 && mentions(term.body, stamp) === calls ? calls : 0
}

function isSelfCall(term: Lambda, stamp: number): term is Apply {
  return term.kind === 'apply' && term.function.kind === 'variable' && term.function.ident.stamp === stamp
}

function countCalls(term: Lambda, stamp: number): number {
  let count = isSelfCall(term, stamp) ? 1 : 0
  forEachChild(term, (child) => {
    count += countCalls(child, stamp)
  })
  return count
}

function mentions(term: Lambda, stamp: number): number {
  let count = term.kind === 'variable' && term.ident.stamp === stamp ? 1 : 0
  forEachChild(term, (child) => {
    count += mentions(child, stamp)
  })
  return count
}

/** Rewrites the terms in tail position; jumps are left alone. */
function mapResults(term: Lambda, f: (leaf: Lambda) => Lambda): Lambda {
  return mapTail(term, (leaf) => (leaf.kind === 'staticRaise' ? leaf : f(leaf)))
}

class Loop {
  private readonly stamp: number
  private readonly term: FunctionTerm
  private readonly done = freshLabel()
  private readonly again = freshLabel()
  private readonly inputs: readonly Binder[]
  private readonly current: readonly Binder[]

  constructor(stamp: number, term: FunctionTerm) {
    this.stamp = stamp
    this.term = term
    this.inputs = term.parameters.map((p) => freshBinder(p.ident.name, p.layout))
    this.current = term.parameters.map((p) => freshBinder(p.ident.name, p.layout))
  }

  build(): FunctionTerm {
    const { layout, parameters } = this.term
    const rounds = mapResults(this.term.body, (leaf) => this.leaf(leaf))
    const bound = parameters.map((p, i) => [p, variable((this.current[i] as Binder).ident)] as const)
    const round = this.catching(this.again, [], letsIn(bound, rounds), unit, 'int')
    const loop: Lambda = { kind: 'while', condition: int(1), body: round }
    const result = freshBinder('result', layout)
    const body = sequence(loop, this.exit(placeholder(layout)))
    const whole = this.catching(this.done, [result], body, variable(result.ident), layout)
    return { ...this.term, parameters: this.inputs, body: this.initialised(whole) }
  }

  private initialised(body: Lambda): Lambda {
    return this.current.reduceRight<Lambda>((rest, binder, i) => {
      const value = variable((this.inputs[i] as Binder).ident)
      return { kind: 'let', binder, mutable: true, value, body: rest }
    }, body)
  }

  private catching(
    label: number,
    parameters: readonly Binder[],
    body: Lambda,
    handler: Lambda,
    layout: Layout,
  ): Lambda {
    return { kind: 'staticCatch', label, parameters, body, handler, layout }
  }

  private exit(value: Lambda): Lambda {
    return { kind: 'staticRaise', label: this.done, arguments: [value] }
  }

  private leaf(leaf: Lambda): Lambda {
    if (isSelfCall(leaf, this.stamp)) return this.next(leaf.arguments)
    return leaf.kind === 'primitive' && leaf.primitive.kind === 'raise' ? leaf : this.exit(leaf)
  }

  /** New values are computed, the last one first, before any variable changes. */
  private next(args: readonly Lambda[]): Lambda {
    const values = args.map((a, i) => [freshBinder('next', (this.inputs[i] as Binder).layout), a] as const)
    const jump: Lambda = { kind: 'staticRaise', label: this.again, arguments: [] }
    const assigned = values.reduceRight<Lambda>((rest, [value], i) => {
      if (this.isUnchanged(args[i], i)) return rest
      const { ident } = this.current[i] as Binder
      return sequence({ kind: 'assign', ident, value: variable(value.ident) }, rest)
    }, jump)
    return letsIn([...values].reverse(), assigned)
  }

  private isUnchanged(argument: Lambda | undefined, i: number): boolean {
    return argument?.kind === 'variable' && argument.ident.stamp === this.term.parameters[i]?.ident.stamp
  }
}

/** A value of the layout, for code that is never reached. */
function placeholder(layout: Layout): Lambda {
  switch (layout) {
    case 'float':
      return float(0)
    case 'int32':
    case 'int64':
    case 'nativeint':
      return primitive({ kind: 'boxedOfInt', type: layout }, [int(0)])
    default:
      return unit
  }
}
