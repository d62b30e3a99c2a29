/**
 * One pass of simplification, from the outside in: known values are propagated, primitives folded, branches on
 * known values chosen, fields of known blocks read from where they came, small functions inlined.
 *
 * Invariants: evaluation order is kept (right to left in applications and primitives); code is copied only
 * with fresh binders; what the spine binds stays on the spine.
 */

import { block, int, primitive, sequence } from './build.ts'
import { Facts, type Shape } from './facts.ts'
import { foldPrimitive, knownInt } from './fold.ts'
import { inlineApplication } from './inline.ts'
import type { Binder, FunctionTerm, Lambda, Layout, Primitive } from './lambda.ts'
import type { Simplification } from './simplification.ts'
import { Binding } from './simplify-binding.ts'
import { specialiseComparison } from './simplify-compare.ts'
import { importedShape, readKnownField } from './simplify-field.ts'
import { simplifyStringSwitch, simplifySwitch } from './simplify-switch.ts'
import { isDiscardable, joinedLayout, termLayout } from './term-layout.ts'
import { mentionsAny } from './traverse.ts'
import type { Summaries } from './unit-summary.ts'

export interface SimplifyOptions {
  readonly summaries: Summaries
  /** How often each variable is mentioned, by stamp. */
  readonly uses: ReadonlyMap<number, number>
  /** How many nodes inlining may add. */
  readonly budget: number
}

export interface Simplified {
  readonly term: Lambda
  /** Whether functions were inlined, which may be worth another round. */
  readonly inlined: boolean
}

export function simplifyUnit(body: Lambda, options: SimplifyOptions): Simplified {
  const simplifier = new Simplifier(options)
  const term = simplifier.spine(body)
  return { term, inlined: simplifier.budget < options.budget }
}

type Of<Kind extends Lambda['kind']> = Lambda & { readonly kind: Kind }

class Simplifier implements Simplification {
  readonly facts = new Facts()
  readonly summaries: Summaries
  readonly uses: Map<number, number>
  budget: number
  depth = 0
  private readonly binding: Binding

  constructor(options: SimplifyOptions) {
    this.summaries = options.summaries
    this.uses = new Map(options.uses)
    this.budget = options.budget
    this.binding = new Binding(this)
  }

  usesOf(stamp: number): number {
    return this.uses.get(stamp) ?? 0
  }

  readonly run = (term: Lambda): Lambda => {
    switch (term.kind) {
      case 'variable':
        return this.facts.get(term.ident.stamp).replacement ?? term
      case 'constant':
      case 'unit':
        return term
      case 'function':
        return this.function(term)
      case 'apply':
        return inlineApplication(this, this.run(term.function), term.arguments.map(this.run), term, false)
      case 'let':
        return this.bind(term.binder, term.mutable, this.run(term.value), () => this.run(term.body))
      case 'letrec':
        return this.letrec(term, this.run)
      case 'assign':
        return { ...term, value: this.run(term.value) }
      case 'primitive':
        return this.primitive(term)
      case 'if':
        return this.conditional(term)
      case 'switch':
        return simplifySwitch(this, term)
      case 'stringSwitch':
        return simplifyStringSwitch(this, term)
      case 'sequence':
        return this.sequence(this.run(term.first), () => this.run(term.second))
      default:
        return this.control(term)
    }
  }

  private control(term: Of<'staticRaise' | 'staticCatch' | 'try' | 'while' | 'for'>): Lambda {
    switch (term.kind) {
      case 'staticRaise':
        return { ...term, arguments: term.arguments.map(this.run) }
      case 'staticCatch': {
        const body = this.run(term.body)
        for (const p of term.parameters) this.declare(p)
        return { ...term, body, handler: this.run(term.handler) }
      }
      case 'try':
        this.facts.set(term.exception.stamp, { layout: 'pointer' })
        return { ...term, body: this.run(term.body), handler: this.run(term.handler) }
      case 'while': {
        const condition = this.run(term.condition)
        return knownInt(condition) === 0n ? int(0) : { ...term, condition, body: this.run(term.body) }
      }
      case 'for':
        this.facts.set(term.ident.stamp, { layout: 'int' })
        return { ...term, from: this.run(term.from), to: this.run(term.to), body: this.run(term.body) }
    }
  }

  private declare(binder: Binder): void {
    this.facts.set(binder.ident.stamp, { layout: binder.layout })
  }

  private function(term: FunctionTerm): FunctionTerm {
    for (const p of term.parameters) this.declare(p)
    return { ...term, body: this.run(term.body) }
  }

  bind(binder: Binder, mutable: boolean, value: Lambda, body: () => Lambda): Lambda {
    return this.binding.bind(binder, mutable, value, body, false)
  }

  // -------------------------------------------------------------------------------------------------------
  // The spine

  readonly spine = (term: Lambda): Lambda => {
    switch (term.kind) {
      case 'let': {
        const value = this.spineValue(term.value)
        return this.binding.bind(term.binder, term.mutable, value, () => this.spine(term.body), true)
      }
      case 'letrec':
        return this.letrec(term, this.spine)
      case 'sequence': {
        const first = this.run(term.first)
        const second = this.spine(term.second)
        return isDiscardable(first) ? second : sequence(first, second)
      }
      default:
        return this.run(term)
    }
  }

  /** A functor application that is bound on the spine may be inlined although the functor is large. */
  private spineValue(value: Lambda): Lambda {
    if (value.kind !== 'apply') return this.run(value)
    return inlineApplication(this, this.run(value.function), value.arguments.map(this.run), value, true)
  }

  // -------------------------------------------------------------------------------------------------------

  private letrec(term: Of<'letrec'>, body: (term: Lambda) => Lambda): Lambda {
    const [only] = term.bindings
    if (only !== undefined && term.bindings.length === 1 && only.value.kind === 'function') {
      if (!mentionsAny(only.value, new Set([only.binder.ident.stamp]))) {
        return this.bind(only.binder, false, this.run(only.value), () => body(term.body))
      }
    }
    for (const { binder, value } of term.bindings) {
      const shape: { shape?: Shape } =
        value.kind === 'function' ? { shape: { kind: 'function', term: value, recursive: true } } : {}
      this.facts.set(binder.ident.stamp, { layout: binder.layout, ...shape })
    }
    const bindings = term.bindings.map((b) => ({ binder: b.binder, value: this.recursiveValue(b.value) }))
    return { ...term, bindings, body: body(term.body) }
  }

  /** A block of a `letrec` stays one, whatever is known of its fields. */
  private recursiveValue(value: Lambda): Lambda {
    if (value.kind !== 'primitive') return this.run(value)
    return { ...value, arguments: value.arguments.map(this.run) }
  }

  private primitive(term: Of<'primitive'>): Lambda {
    const args = term.arguments.map(this.run)
    const p = term.primitive
    if (p.kind === 'makeBlock') return block(p.tag, p.mutable, args, term.region)
    const known =
      readKnownField(this, p, args) ??
      foldPrimitive(p, args) ??
      this.comparison(p, args) ??
      this.isImmediate(p, args)
    return known ?? primitive(p, args, term.region)
  }

  private isImmediate(p: Primitive, [value]: readonly Lambda[]): Lambda | undefined {
    if (p.kind !== 'isImmediate' || value === undefined) return undefined
    if (knownInt(value) !== undefined) return int(1)
    const shape = this.shapeOf(value)
    const isBlock = shape !== undefined && shape.kind !== 'constant' && shape.kind !== 'imported'
    return isBlock || (value.kind === 'constant' && value.value.kind === 'block') ? int(0) : undefined
  }

  private comparison(p: Primitive, args: readonly Lambda[]): Lambda | undefined {
    const layouts = args.map((a) => termLayout(a, this.facts.layoutOf))
    const special = specialiseComparison(p, args, layouts)
    if (special?.kind !== 'primitive') return special
    return foldPrimitive(special.primitive, special.arguments) ?? special
  }

  private sequence(first: Lambda, second: () => Lambda): Lambda {
    if (first.kind === 'sequence')
      return this.sequence(first.first, () => this.sequence(first.second, second))
    if (isRaise(first)) return first
    const rest = second()
    return isDiscardable(first) ? rest : sequence(first, rest)
  }

  private conditional(term: Of<'if'>): Lambda {
    const condition = this.run(term.condition)
    const known = knownInt(condition)
    if (known !== undefined) return this.run(known !== 0n ? term.then : term.otherwise)
    if (condition.kind === 'primitive' && condition.primitive.kind === 'not') {
      const [inner] = condition.arguments
      return this.branches({ ...term, then: term.otherwise, otherwise: term.then }, inner as Lambda)
    }
    return this.branches(term, condition)
  }

  private branches(term: Of<'if'>, condition: Lambda): Lambda {
    const then = this.supposing(condition, true, () => this.run(term.then))
    const otherwise = this.supposing(condition, false, () => this.run(term.otherwise))
    const [a, b] = [knownInt(then), knownInt(otherwise)]
    if (a === 1n && b === 0n && isBoolean(condition)) return condition
    if (a === 0n && b === 1n && isBoolean(condition)) return primitive({ kind: 'not' }, [condition])
    const layout = joinedLayout(term.layout, [then, otherwise], this.facts.layoutOf)
    return { ...term, condition, then, otherwise, layout }
  }

  /** Runs a branch of a condition knowing what the condition says. */
  private supposing(condition: Lambda, holds: boolean, body: () => Lambda): Lambda {
    if (condition.kind === 'variable') {
      return this.facts.assuming(condition.ident.stamp, { replacement: int(holds ? 1 : 0) }, body)
    }
    if (!holds || condition.kind !== 'primitive' || condition.primitive.kind !== 'intCompare') return body()
    const [x, n] = condition.arguments
    if (condition.primitive.comparison !== 'eq' || x?.kind !== 'variable' || knownInt(n) === undefined)
      return body()
    return this.facts.assuming(x.ident.stamp, { replacement: n as Lambda }, body)
  }

  shapeOf(term: Lambda): Shape | undefined {
    return this.facts.shapeOf(term) ?? importedShape(this, term)
  }

  layoutOfVariable(stamp: number): Layout {
    return this.facts.layoutOf(stamp)
  }
}

function isRaise(term: Lambda): boolean {
  return term.kind === 'primitive' && term.primitive.kind === 'raise'
}

/** Terms whose value is surely 0 or 1. */
function isBoolean(term: Lambda): boolean {
  if (term.kind !== 'primitive') return false
  const { kind } = term.primitive
  return (
    kind === 'intCompare' ||
    kind === 'floatCompare' ||
    kind === 'boxedCompare' ||
    kind === 'not' ||
    kind === 'isImmediate'
  )
}
