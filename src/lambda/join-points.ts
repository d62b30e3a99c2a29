/**
 * Values that are made in the branches of a condition only to be taken apart behind it.
 *
 *     (let x (if c (block 0 a b) (block 0 d e)) … (field 0 x) …)
 *     (catch (if c (exit L a b) (exit L d e)) (with L x0 x1 … x0 …))
 *
 *     (let x (if c 0 (block 0 a)) (switch x (case 0 A) (tag 0 … (field 0 x) …)))
 *     (catch (catch (if c (exit L1) (exit L2 a)) (with L1 A)) (with L2 x0 … x0 …))
 *
 * Every branch must show what it makes (or diverge), and the value must have no other uses. Bindings of the
 * spine stay as they are.
 */

import { freshBinder, freshLabel, letsIn, structured, variable } from './build.ts'
import { knownInt } from './fold.ts'
import type { Binder, Lambda, Layout, SwitchCases } from './lambda.ts'
import { constantLayout, isDivergent, termLayout } from './term-layout.ts'
import { forEachChild, mapCases, mapChildren, mapTail, mentionsAny } from './traverse.ts'

type Let = Lambda & { kind: 'let' }
type Switch = Lambda & { kind: 'switch' }
type If = Lambda & { kind: 'if' }

export function introduceJoins(term: Lambda): Lambda {
  const layouts = new Map<number, Layout>()
  collectLayouts(term, layouts)
  return new Joiner(layouts).spine(term)
}

function collectLayouts(term: Lambda, layouts: Map<number, Layout>): void {
  if (term.kind === 'let') layouts.set(term.binder.ident.stamp, term.binder.layout)
  if (term.kind === 'function' || term.kind === 'staticCatch') {
    for (const p of term.parameters) layouts.set(p.ident.stamp, p.layout)
  }
  if (term.kind === 'letrec')
    for (const b of term.bindings) layouts.set(b.binder.ident.stamp, b.binder.layout)
  if (term.kind === 'for') layouts.set(term.ident.stamp, 'int')
  forEachChild(term, (child) => collectLayouts(child, layouts))
}

// ---------------------------------------------------------------------------------------------------------
// Branches

/** What a branch makes. */
type Made =
  | { readonly kind: 'constant'; readonly value: bigint }
  | { readonly kind: 'block'; readonly tag: number; readonly fields: readonly Lambda[] }

function madeBy(leaf: Lambda): Made | undefined {
  if (leaf.kind === 'primitive' && leaf.primitive.kind === 'makeBlock' && !leaf.primitive.mutable) {
    return { kind: 'block', tag: leaf.primitive.tag, fields: leaf.arguments }
  }
  if (leaf.kind !== 'constant') return undefined
  if (leaf.value.kind === 'block') {
    return { kind: 'block', tag: leaf.value.tag, fields: leaf.value.fields.map(structured) }
  }
  const value = knownInt(leaf)
  return value === undefined ? undefined : { kind: 'constant', value }
}

function isBranching(term: Lambda): boolean {
  switch (term.kind) {
    case 'if':
    case 'switch':
    case 'stringSwitch':
    case 'staticCatch':
      return true
    case 'let':
    case 'letrec':
      return isBranching(term.body)
    case 'sequence':
      return isBranching(term.second)
    default:
      return false
  }
}

/** Rewrites the ends of a term; jumps and raises stay. */
function mapEnds(term: Lambda, f: (end: Lambda) => Lambda): Lambda {
  return mapTail(term, (leaf) => (isDivergent(leaf) ? leaf : f(leaf)))
}

/** What all ends make, or undefined when one does not show it. */
function allMade(term: Lambda): Made[] | undefined {
  const found: Made[] = []
  let known = true
  mapEnds(term, (end) => {
    const made = madeBy(end)
    if (made === undefined) known = false
    else found.push(made)
    return end
  })
  return known && found.length > 0 ? found : undefined
}

// ---------------------------------------------------------------------------------------------------------
// Uses

/** Whether all mentions of the variable are reads of immutable fields, apart from `expected` others. */
function onlyFieldsRead(term: Lambda, stamp: number, expected: number): boolean {
  let mentions = 0
  let reads = 0
  const visit = (t: Lambda): void => {
    if (t.kind === 'variable' && t.ident.stamp === stamp) mentions += 1
    if (isFieldRead(t, stamp)) reads += 1
    forEachChild(t, visit)
  }
  visit(term)
  return mentions === reads + expected
}

type FieldRead = Lambda & { kind: 'primitive'; primitive: { kind: 'field'; index: number } }

function isFieldRead(term: Lambda, stamp: number): term is FieldRead {
  if (term.kind !== 'primitive' || term.primitive.kind !== 'field' || term.primitive.mutable === true)
    return false
  const [source] = term.arguments
  return source?.kind === 'variable' && source.ident.stamp === stamp
}

function replaceReads(term: Lambda, stamp: number, parameters: readonly (Binder | undefined)[]): Lambda {
  if (isFieldRead(term, stamp)) {
    const binder = parameters[term.primitive.index]
    if (binder !== undefined) return variable(binder.ident)
  }
  return mapChildren(term, (child) => replaceReads(child, stamp, parameters))
}

// ---------------------------------------------------------------------------------------------------------

/** A handler that the ends jump to. */
interface Join {
  readonly label: number
  readonly parameters: readonly Binder[]
  readonly handler: Lambda
}

class Joiner {
  private readonly layouts: ReadonlyMap<number, Layout>

  constructor(layouts: ReadonlyMap<number, Layout>) {
    this.layouts = layouts
  }

  private readonly layoutOf = (stamp: number): Layout => this.layouts.get(stamp) ?? 'any'

  /** What the spine binds stays bound there; the values are looked into. */
  spine(term: Lambda): Lambda {
    switch (term.kind) {
      case 'let':
      case 'letrec':
        return mapChildren(term, (child) => (child === term.body ? this.spine(child) : this.run(child)))
      case 'sequence':
        return mapChildren(term, (child) => (child === term.second ? this.spine(child) : this.run(child)))
      default:
        return this.run(term)
    }
  }

  private readonly run = (term: Lambda): Lambda => {
    const inner = mapChildren(term, this.run)
    if (inner.kind === 'let' && !inner.mutable && isBranching(inner.value))
      return this.checked(inner, this.joinLet(inner))
    if (inner.kind === 'if' && inner.condition.kind !== 'if' && isBranching(inner.condition)) {
      return this.joinCondition(inner, inner.condition)
    }
    return inner
  }

  /** Keeps the original where a branch needs the value in a way that its jumps do not provide. */
  private checked(original: Let, joined: Lambda): Lambda {
    if (joined === original) return original
    return mentionsAny(joined, new Set([original.binder.ident.stamp])) ? original : joined
  }

  /** `if (switch x (case 0 1) (else 0)) A B`: the ends of the condition go to A and B. */
  private joinCondition(term: If, condition: Lambda): Lambda {
    const made = allMade(condition)
    if (made === undefined || made.some((m) => m.kind === 'block')) return term
    const joinOf = (handler: Lambda): Join => ({ label: freshLabel(), parameters: [], handler })
    const [then, otherwise] = [joinOf(term.then), joinOf(term.otherwise)]
    const jumping = mapEnds(condition, (end) =>
      this.jump(knownInt(end) === 0n ? otherwise : then, madeBy(end) as Made),
    )
    return this.catching(jumping, [then, otherwise], term.layout)
  }

  private joinLet(term: Let): Lambda {
    const made = allMade(term.value)
    if (made === undefined) return term
    const { stamp } = term.binder.ident
    const { body } = term
    if (onlyFieldsRead(body, stamp, 0)) return this.joinBlocks(term, made) ?? term
    const switched =
      body.kind === 'switch' && body.subject.kind === 'variable' && body.subject.ident.stamp === stamp
    return switched && onlyFieldsRead(body, stamp, 1) ? this.joinCases(term, body, made) : term
  }

  /** All ends make blocks of one size. */
  private joinBlocks(term: Let, made: readonly Made[]): Lambda | undefined {
    const [first] = made
    if (first?.kind !== 'block') return undefined
    const same = made.every((m) => m.kind === 'block' && m.fields.length === first.fields.length)
    if (!same) return undefined
    const join = this.join(term.binder, made, term.body)
    const layout = termLayout(term.body, this.layoutOf)
    return this.catching(
      mapEnds(term.value, (end) => this.jump(join, madeBy(end) as Made)),
      [join],
      layout,
    )
  }

  /** One handler per case of the switch that some end takes. */
  private joinCases(term: Let, body: Switch, made: readonly Made[]): Lambda {
    const joins = new Map<Lambda, Join>()
    for (const m of made) {
      const chosen = caseOf(body.cases, m)
      if (chosen === undefined) return term
      const group = made.filter((other) => caseOf(body.cases, other) === chosen)
      if (!joins.has(chosen)) joins.set(chosen, this.join(term.binder, group, chosen))
    }
    const jumping = mapEnds(term.value, (end) => {
      const m = madeBy(end) as Made
      return this.jump(joins.get(caseOf(body.cases, m) as Lambda) as Join, m)
    })
    return this.catching(jumping, [...joins.values()], body.layout)
  }

  private join(value: Binder, made: readonly Made[], body: Lambda): Join {
    const blocks = made.flatMap((m) => (m.kind === 'block' ? [m.fields] : []))
    const size = blocks.length === made.length ? Math.min(...blocks.map((b) => b.length)) : 0
    const parameters = Array.from({ length: size }, (_, i) => {
      const layouts = blocks.map((fields) => this.fieldLayout(fields[i] as Lambda))
      const [first = 'any'] = layouts
      return freshBinder(value.ident.name, layouts.every((l) => l === first) ? first : 'any')
    })
    return { label: freshLabel(), parameters, handler: replaceReads(body, value.ident.stamp, parameters) }
  }

  private fieldLayout(field: Lambda): Layout {
    return field.kind === 'constant' ? constantLayout(field.value) : termLayout(field, this.layoutOf)
  }

  /** The fields are evaluated as the block would have been, the last one first. */
  private jump({ label, parameters }: Join, made: Made): Lambda {
    const fields = made.kind === 'block' ? made.fields : []
    const names = fields.map((f) => [freshBinder('field', this.fieldLayout(f)), f] as const)
    const args = parameters.map((_, i) => variable((names[i] as (typeof names)[number])[0].ident))
    return letsIn([...names].reverse(), { kind: 'staticRaise', label, arguments: args })
  }

  private catching(body: Lambda, joins: readonly Join[], layout: Layout): Lambda {
    return joins.reduce<Lambda>(
      (inner, join) => ({ kind: 'staticCatch', ...join, body: inner, layout }),
      withLayout(body, layout),
    )
  }
}

/** The ends have become jumps, so the term has no value of its own. */
function withLayout(term: Lambda, layout: Layout): Lambda {
  switch (term.kind) {
    case 'let':
    case 'letrec':
      return { ...term, body: withLayout(term.body, layout) }
    case 'sequence':
      return { ...term, second: withLayout(term.second, layout) }
    case 'if':
      return {
        ...term,
        layout,
        then: withLayout(term.then, layout),
        otherwise: withLayout(term.otherwise, layout),
      }
    case 'switch':
      return { ...term, layout, cases: mapCases(term.cases, (c) => withLayout(c, layout)) }
    case 'stringSwitch': {
      const cases = term.cases.map((c) => ({ ...c, body: withLayout(c.body, layout) }))
      return { ...term, layout, cases, otherwise: withLayout(term.otherwise, layout) }
    }
    case 'staticCatch':
      return {
        ...term,
        layout,
        body: withLayout(term.body, layout),
        handler: withLayout(term.handler, layout),
      }
    default:
      return term
  }
}

/** The case that a value takes. */
function caseOf(cases: SwitchCases, made: Made): Lambda | undefined {
  if (made.kind === 'constant')
    return cases.constants.find((c) => c.value === made.value)?.body ?? cases.otherwise
  return cases.blocks.find((c) => c.tag === made.tag)?.body ?? cases.otherwise
}
