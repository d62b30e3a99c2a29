/**
 * Generic walks over Lambda: children in the order they are written, rebuilding, free variables, and copies with
 * fresh binders (every binder of a unit is unique, so code that is duplicated must be copied).
 */

import { freshIdent, type Ident } from '../typing/ident.ts'
import { freshLabel } from './build.ts'
import type { Binder, Lambda, SwitchCases } from './lambda.ts'

/** The children, in the order they are written. */
export function childrenOf(term: Lambda): readonly Lambda[] {
  switch (term.kind) {
    case 'variable':
    case 'constant':
    case 'unit':
      return []
    case 'function':
      return [term.body]
    case 'apply':
      return [term.function, ...term.arguments]
    case 'let':
      return [term.value, term.body]
    case 'letrec':
      return [...term.bindings.map((b) => b.value), term.body]
    case 'assign':
      return [term.value]
    case 'primitive':
    case 'staticRaise':
      return term.arguments
    case 'if':
      return [term.condition, term.then, term.otherwise]
    case 'switch':
      return [term.subject, ...caseBodies(term.cases)]
    case 'stringSwitch':
      return [term.subject, ...term.cases.map((c) => c.body), term.otherwise]
    case 'staticCatch':
    case 'try':
      return [term.body, term.handler]
    case 'sequence':
      return [term.first, term.second]
    case 'while':
      return [term.condition, term.body]
    case 'for':
      return [term.from, term.to, term.body]
  }
}

export function caseBodies(cases: SwitchCases): readonly Lambda[] {
  const bodies = [...cases.constants.map((c) => c.body), ...cases.blocks.map((c) => c.body)]
  return cases.otherwise === undefined ? bodies : [...bodies, cases.otherwise]
}

export function forEachChild(term: Lambda, visit: (child: Lambda) => void): void {
  switch (term.kind) {
    case 'variable':
    case 'constant':
    case 'unit':
      return
    case 'let':
      visit(term.value)
      visit(term.body)
      return
    case 'primitive':
      for (const argument of term.arguments) visit(argument)
      return
    case 'function':
      visit(term.body)
      return
    default:
      for (const child of childrenOf(term)) visit(child)
  }
}

/** The list itself when nothing changes, so that passes share what they leave alone. */
function mapList<T>(list: readonly T[], f: (item: T) => T): readonly T[] {
  let changed: T[] | undefined
  for (let i = 0; i < list.length; i++) {
    const before = list[i] as T
    const after = f(before)
    if (after === before) continue
    changed ??= list.slice()
    changed[i] = after
  }
  return changed ?? list
}

export function mapCases(cases: SwitchCases, f: (child: Lambda) => Lambda): SwitchCases {
  const inCase = <C extends { readonly body: Lambda }>(c: C): C => {
    const body = f(c.body)
    return body === c.body ? c : { ...c, body }
  }
  const constants = mapList(cases.constants, inCase)
  const blocks = mapList(cases.blocks, inCase)
  const otherwise = cases.otherwise === undefined ? undefined : f(cases.otherwise)
  const same = constants === cases.constants && blocks === cases.blocks && otherwise === cases.otherwise
  return same ? cases : { ...cases, constants, blocks, otherwise }
}

/** The term with other parts, or itself when they are the same. */
function withParts<T extends Lambda>(term: T, parts: Partial<T>): T {
  for (const key in parts) if (parts[key] !== term[key]) return { ...term, ...parts }
  return term
}

/** Rewrites the terms in tail position, jumps included: what a term's value comes from. */
export function mapTail(term: Lambda, f: (leaf: Lambda) => Lambda): Lambda {
  const recur = (t: Lambda): Lambda => mapTail(t, f)
  switch (term.kind) {
    case 'let':
    case 'letrec':
      return { ...term, body: recur(term.body) }
    case 'sequence':
      return { ...term, second: recur(term.second) }
    case 'if':
      return { ...term, then: recur(term.then), otherwise: recur(term.otherwise) }
    case 'switch':
      return { ...term, cases: mapCases(term.cases, recur) }
    case 'stringSwitch': {
      const cases = term.cases.map((c) => ({ ...c, body: recur(c.body) }))
      return { ...term, cases, otherwise: recur(term.otherwise) }
    }
    case 'staticCatch':
      return { ...term, body: recur(term.body), handler: recur(term.handler) }
    default:
      return f(term)
  }
}

/** The same term with other children; binders stay. The term itself when no child changes. */
export function mapChildren(term: Lambda, f: (child: Lambda) => Lambda): Lambda {
  switch (term.kind) {
    case 'variable':
    case 'constant':
    case 'unit':
      return term
    case 'function':
      return withParts(term, { body: f(term.body) })
    case 'apply':
      return withParts(term, { function: f(term.function), arguments: mapList(term.arguments, f) })
    case 'let':
      return withParts(term, { value: f(term.value), body: f(term.body) })
    case 'letrec': {
      const bindings = mapList(term.bindings, (b) => {
        const value = f(b.value)
        return value === b.value ? b : { ...b, value }
      })
      return withParts(term, { bindings, body: f(term.body) })
    }
    case 'assign':
      return withParts(term, { value: f(term.value) })
    case 'primitive':
    case 'staticRaise': {
      const args = mapList(term.arguments, f)
      return args === term.arguments ? term : { ...term, arguments: args }
    }
    case 'if':
      return withParts(term, {
        condition: f(term.condition),
        then: f(term.then),
        otherwise: f(term.otherwise),
      })
    case 'switch':
      return withParts(term, { subject: f(term.subject), cases: mapCases(term.cases, f) })
    case 'stringSwitch': {
      const cases = mapList(term.cases, (c) => {
        const body = f(c.body)
        return body === c.body ? c : { ...c, body }
      })
      return withParts(term, { subject: f(term.subject), cases, otherwise: f(term.otherwise) })
    }
    case 'staticCatch':
    case 'try': {
      const [body, handler] = [f(term.body), f(term.handler)]
      return body === term.body && handler === term.handler ? term : { ...term, body, handler }
    }
    case 'sequence':
      return withParts(term, { first: f(term.first), second: f(term.second) })
    case 'while':
      return withParts(term, { condition: f(term.condition), body: f(term.body) })
    case 'for':
      return withParts(term, { from: f(term.from), to: f(term.to), body: f(term.body) })
  }
}

/** Stamps of all variables that the term mentions, bound inside it or not (read or assigned). */
export function mentioned(term: Lambda, found: Set<number> = new Set()): Set<number> {
  if (term.kind === 'variable' || term.kind === 'assign') found.add(term.ident.stamp)
  forEachChild(term, (child) => mentioned(child, found))
  return found
}

/** The variables that a term takes from outside, by stamp, in the order in which they are mentioned. */
export function freeVariables(term: Lambda): Map<number, Ident> {
  const free = new Map<number, Ident>()
  const bound = new Set<number>()
  const visit = (t: Lambda): void => {
    for (const stamp of bindersOf(t)) bound.add(stamp)
    if (t.kind === 'variable' || t.kind === 'assign') free.set(t.ident.stamp, t.ident)
    forEachChild(t, visit)
  }
  visit(term)
  for (const stamp of bound) free.delete(stamp)
  return free
}

function bindersOf(term: Lambda): number[] {
  switch (term.kind) {
    case 'function':
    case 'staticCatch':
      return term.parameters.map((p) => p.ident.stamp)
    case 'let':
      return [term.binder.ident.stamp]
    case 'letrec':
      return term.bindings.map((b) => b.binder.ident.stamp)
    case 'for':
      return [term.ident.stamp]
    case 'try':
      return [term.exception.stamp]
    default:
      return []
  }
}

/** Whether the term mentions one of these stamps. */
export function mentionsAny(term: Lambda, stamps: ReadonlySet<number>): boolean {
  if ((term.kind === 'variable' || term.kind === 'assign') && stamps.has(term.ident.stamp)) return true
  let found = false
  forEachChild(term, (child) => {
    found ||= mentionsAny(child, stamps)
  })
  return found
}

/** How many nodes the term has; stops counting above `limit`. */
export function termSize(term: Lambda, limit = Number.POSITIVE_INFINITY): number {
  let size = 1
  forEachChild(term, (child) => {
    if (size <= limit) size += termSize(child, limit - size)
  })
  return size
}

/**
 * A copy with fresh binders and labels, in which the variables of `substitution` (by stamp) are replaced. A
 * variable that is assigned may only be replaced by a variable.
 */
export function copyTerm(term: Lambda, substitution: ReadonlyMap<number, Lambda> = new Map()): Lambda {
  return new Copier(new Map(substitution)).copy(term)
}

class Copier {
  private readonly variables: Map<number, Lambda>
  private readonly labels = new Map<number, number>()

  constructor(variables: Map<number, Lambda>) {
    this.variables = variables
  }

  private readonly recur = (term: Lambda): Lambda => this.copy(term)

  copy(term: Lambda): Lambda {
    switch (term.kind) {
      case 'variable':
        return this.variables.get(term.ident.stamp) ?? term
      case 'assign':
        return { ...term, ident: this.renamed(term.ident), value: this.copy(term.value) }
      case 'let': {
        const value = this.copy(term.value)
        return { ...term, binder: this.rebind(term.binder), value, body: this.copy(term.body) }
      }
      case 'letrec': {
        const binders = term.bindings.map((b) => this.rebind(b.binder))
        const bindings = term.bindings.map((b, i) => ({
          binder: binders[i] as Binder,
          value: this.copy(b.value),
        }))
        return { ...term, bindings, body: this.copy(term.body) }
      }
      case 'function':
        return { ...term, parameters: term.parameters.map((p) => this.rebind(p)), body: this.copy(term.body) }
      case 'for': {
        const [from, to] = [this.copy(term.from), this.copy(term.to)]
        return { ...term, ident: this.freshen(term.ident), from, to, body: this.copy(term.body) }
      }
      case 'try': {
        const body = this.copy(term.body)
        return { ...term, body, exception: this.freshen(term.exception), handler: this.copy(term.handler) }
      }
      case 'staticCatch':
        return this.copyCatch(term)
      case 'staticRaise':
        return {
          ...term,
          label: this.labels.get(term.label) ?? term.label,
          arguments: term.arguments.map(this.recur),
        }
      default:
        return mapChildren(term, this.recur)
    }
  }

  private copyCatch(term: Lambda & { kind: 'staticCatch' }): Lambda {
    const label = freshLabel()
    this.labels.set(term.label, label)
    const body = this.copy(term.body)
    const parameters = term.parameters.map((p) => this.rebind(p))
    return { ...term, label, body, parameters, handler: this.copy(term.handler) }
  }

  private freshen(ident: Ident): Ident {
    const fresh = freshIdent(ident.name)
    this.variables.set(ident.stamp, { kind: 'variable', ident: fresh })
    return fresh
  }

  private rebind(binder: Binder): Binder {
    return { ...binder, ident: this.freshen(binder.ident) }
  }

  private renamed(ident: Ident): Ident {
    const target = this.variables.get(ident.stamp)
    return target?.kind === 'variable' ? target.ident : ident
  }
}
