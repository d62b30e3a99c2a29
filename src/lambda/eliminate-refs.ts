/**
 * Mutable blocks that never leave their function become mutable variables: a `let` of a block that is only read
 * and written field by field, and that no inner function mentions.
 *
 *     (let r (block.mutable 0 1) … (setField 0 r (+ (field 0 r) 1)) …)
 *     (let mutable r 1           … (assign r (+ r 1))               …)
 *
 * What the spine binds is left alone: it lives in static slots.
 */

import type { Ident } from '../typing/ident.ts'
import { freshBinder, unit } from './build.ts'
import type { Binder, Lambda, Layout } from './lambda.ts'
import { termLayout } from './term-layout.ts'
import { forEachChild, mapChildren } from './traverse.ts'

type Let = Lambda & { kind: 'let' }
type PrimitiveTerm = Lambda & { kind: 'primitive' }

/** A block that may become variables. */
interface Candidate {
  /** The function (or the unit's body) that binds it. */
  readonly home: object
  /** Of the initial values; `int` only while every access shows that the field's type is immediate. */
  readonly layouts: Layout[]
  escapes: boolean
}

export function eliminateRefs(term: Lambda): Lambda {
  const candidates = new Map<number, Candidate>()
  new Analysis(candidates).spine(term)
  const found = new Map([...candidates].filter(([, c]) => !c.escapes))
  return found.size === 0 ? term : new Rewriter(found).run(term)
}

function isCandidate(term: Let): PrimitiveTerm | undefined {
  const { value } = term
  if (term.mutable || value.kind !== 'primitive') return undefined
  const p = value.primitive
  const mutable = (p.kind === 'makeBlock' || p.kind === 'makeFloatBlock') && p.mutable
  return mutable ? value : undefined
}

// ---------------------------------------------------------------------------------------------------------

class Analysis {
  private readonly candidates: Map<number, Candidate>
  private readonly layouts = new Map<number, Layout>()

  constructor(candidates: Map<number, Candidate>) {
    this.candidates = candidates
  }

  /** The top level of the unit: its own bindings are no candidates. */
  spine(term: Lambda): void {
    const home = {}
    let rest = term
    for (;;) {
      if (rest.kind === 'let') {
        this.layouts.set(rest.binder.ident.stamp, rest.binder.layout)
        this.visit(rest.value, home)
        rest = rest.body
      } else if (rest.kind === 'letrec') {
        for (const b of rest.bindings) this.visit(b.value, home)
        rest = rest.body
      } else if (rest.kind === 'sequence') {
        this.visit(rest.first, home)
        rest = rest.second
      } else {
        this.visit(rest, home)
        return
      }
    }
  }

  private visit(term: Lambda, home: object): void {
    switch (term.kind) {
      case 'variable':
        this.escape(term.ident)
        return
      case 'function':
        for (const p of term.parameters) this.layouts.set(p.ident.stamp, p.layout)
        this.visit(term.body, term)
        return
      case 'let':
        this.let(term, home)
        return
      case 'primitive':
        this.primitive(term, home)
        return
      default:
        forEachChild(term, (child) => this.visit(child, home))
    }
  }

  private escape(ident: Ident): void {
    const candidate = this.candidates.get(ident.stamp)
    if (candidate !== undefined) candidate.escapes = true
  }

  private let(term: Let, home: object): void {
    const block = isCandidate(term)
    this.layouts.set(term.binder.ident.stamp, term.binder.layout)
    this.visit(term.value, home)
    if (block !== undefined) this.candidates.set(term.binder.ident.stamp, this.candidate(block, home))
    this.visit(term.body, home)
  }

  private candidate(block: PrimitiveTerm, home: object): Candidate {
    const layouts = block.arguments.map((a): Layout => {
      const layout = termLayout(a, (stamp) => this.layouts.get(stamp) ?? 'any')
      return layout === 'pointer' ? 'any' : layout
    })
    return { home, layouts, escapes: false }
  }

  /** Reads and writes of a candidate's fields in its own function do not make it escape. */
  private primitive(term: PrimitiveTerm, home: object): void {
    const access = accessOf(term)
    const candidate = access === undefined ? undefined : this.candidates.get(access.ident.stamp)
    const inside = candidate?.home === home && (access?.index ?? 0) < candidate.layouts.length
    if (access === undefined || candidate === undefined || !inside) {
      for (const a of term.arguments) this.visit(a, home)
      return
    }
    if (access.layout !== 'int' && candidate.layouts[access.index] === 'int')
      candidate.layouts[access.index] = 'any'
    if (access.stored !== undefined) this.visit(access.stored, home)
  }
}

interface Access {
  readonly ident: Ident
  readonly index: number
  readonly layout: Layout
  readonly stored: Lambda | undefined
}

/** A read or a write of a field of a variable. */
function accessOf(term: PrimitiveTerm): Access | undefined {
  const p = term.primitive
  const [target, stored] = term.arguments
  if (target?.kind !== 'variable') return undefined
  const { ident } = target
  switch (p.kind) {
    case 'field':
      return { ident, index: p.index, layout: p.layout, stored: undefined }
    case 'floatField':
      return { ident, index: p.index, layout: 'float', stored: undefined }
    case 'setField':
      return { ident, index: p.index, layout: p.mode === 'immediate' ? 'int' : 'any', stored }
    case 'setFloatField':
      return { ident, index: p.index, layout: 'float', stored }
    default:
      return undefined
  }
}

// ---------------------------------------------------------------------------------------------------------

class Rewriter {
  private readonly candidates: ReadonlyMap<number, Candidate>
  private readonly variables = new Map<number, readonly Binder[]>()

  constructor(candidates: ReadonlyMap<number, Candidate>) {
    this.candidates = candidates
  }

  private readonly recur = (term: Lambda): Lambda => this.run(term)

  run(term: Lambda): Lambda {
    if (term.kind === 'let') {
      const candidate = this.candidates.get(term.binder.ident.stamp)
      if (candidate !== undefined) return this.split(term, candidate)
    }
    if (term.kind === 'primitive') {
      const access = accessOf(term)
      const binder = access === undefined ? undefined : this.variables.get(access.ident.stamp)?.[access.index]
      if (access !== undefined && binder !== undefined) return this.access(access, binder.ident)
    }
    return mapChildren(term, this.recur)
  }

  private access({ stored }: Access, ident: Ident): Lambda {
    if (stored === undefined) return { kind: 'variable', ident }
    return { kind: 'assign', ident, value: this.run(stored) }
  }

  /** The initial values are evaluated right to left, as the block's fields were. */
  private split(term: Let, candidate: Candidate): Lambda {
    const { name, stamp } = term.binder.ident
    const binders = candidate.layouts.map((layout) => freshBinder(name, layout))
    this.variables.set(stamp, binders)
    const args = (term.value as PrimitiveTerm).arguments.map(this.recur)
    const body = this.run(term.body)
    return binders.reduce<Lambda>(
      (rest, binder, i) => ({ kind: 'let', binder, mutable: true, value: args[i] ?? unit, body: rest }),
      body,
    )
  }
}
