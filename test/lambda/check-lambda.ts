/**
 * The invariants of Lambda (see the head of lambda.ts), as an assertion: binders are unique, variables and labels are in
 * scope, jumps stay in their function and carry the right number of values, mutable variables are not captured,
 * only they are assigned, the spine ends in a block of the unit's size.
 */

import type { Binder, Lambda, LambdaUnit } from '../../src/lambda/lambda.ts'
import { forEachChild } from '../../src/lambda/traverse.ts'
import type { Ident } from '../../src/typing/ident.ts'

interface Scope {
  readonly variables: ReadonlyMap<number, { readonly mutable: boolean; readonly home: object }>
  readonly labels: ReadonlyMap<number, number>
  readonly home: object
}

export function checkUnit(unit: LambdaUnit): string[] {
  const checker = new Checker()
  checker.check(unit.body, { variables: new Map(), labels: new Map(), home: {} })
  checker.spine(unit)
  return checker.problems
}

class Checker {
  readonly problems: string[] = []
  private readonly seen = new Set<number>()

  spine({ body, size }: LambdaUnit): void {
    let term = body
    while (term.kind === 'let' || term.kind === 'letrec' || term.kind === 'sequence') {
      term = term.kind === 'sequence' ? term.second : term.body
    }
    const block =
      term.kind === 'primitive' && term.primitive.kind === 'makeBlock' ? term.arguments.length : undefined
    const constant =
      term.kind === 'constant' && term.value.kind === 'block' ? term.value.fields.length : undefined
    if ((block ?? constant) !== size)
      this.problems.push(`the spine ends in ${term.kind} of ${block ?? constant}, not ${size}`)
  }

  private bind(scope: Scope, binders: readonly Binder[], mutable = false): Scope {
    return this.bindIdents(
      scope,
      binders.map((b) => b.ident),
      mutable,
    )
  }

  private bindIdents(scope: Scope, idents: readonly Ident[], mutable = false): Scope {
    const variables = new Map(scope.variables)
    for (const ident of idents) {
      if (this.seen.has(ident.stamp)) this.problems.push(`${ident.name}/${ident.stamp} is bound twice`)
      this.seen.add(ident.stamp)
      variables.set(ident.stamp, { mutable, home: scope.home })
    }
    return { ...scope, variables }
  }

  check(term: Lambda, scope: Scope): void {
    switch (term.kind) {
      case 'variable':
        return this.variable(term.ident, scope)
      case 'assign':
        if (scope.variables.get(term.ident.stamp)?.mutable !== true) {
          this.problems.push(`${term.ident.name} is assigned but not mutable`)
        }
        this.variable(term.ident, scope)
        return this.check(term.value, scope)
      case 'let':
        this.check(term.value, scope)
        return this.check(term.body, this.bind(scope, [term.binder], term.mutable))
      case 'letrec': {
        const inner = this.bind(
          scope,
          term.bindings.map((b) => b.binder),
        )
        for (const b of term.bindings) this.check(b.value, inner)
        return this.check(term.body, inner)
      }
      case 'function':
        return this.check(term.body, this.bind({ ...scope, labels: new Map(), home: term }, term.parameters))
      case 'for':
        this.check(term.from, scope)
        this.check(term.to, scope)
        return this.check(term.body, this.bindIdents(scope, [term.ident]))
      case 'try':
        this.check(term.body, scope)
        return this.check(term.handler, this.bindIdents(scope, [term.exception]))
      default:
        return this.jumps(term, scope)
    }
  }

  private jumps(term: Lambda, scope: Scope): void {
    switch (term.kind) {
      case 'staticCatch': {
        const labels = new Map(scope.labels).set(term.label, term.parameters.length)
        this.check(term.body, { ...scope, labels })
        return this.check(term.handler, this.bind(scope, term.parameters))
      }
      case 'staticRaise': {
        const arity = scope.labels.get(term.label)
        if (arity !== term.arguments.length)
          this.problems.push(`exit ${term.label}: ${arity} ≠ ${term.arguments.length}`)
        break
      }
      default:
    }
    forEachChild(term, (child) => this.check(child, scope))
  }

  private variable(ident: Ident, scope: Scope): void {
    const bound = scope.variables.get(ident.stamp)
    if (bound === undefined) this.problems.push(`${ident.name}/${ident.stamp} is not in scope`)
    else if (bound.mutable && bound.home !== scope.home)
      this.problems.push(`${ident.name} is mutable and captured`)
  }
}
