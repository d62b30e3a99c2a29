/**
 * Removes bindings that nothing uses and statements without effects, from the bodies outwards, so that what only a
 * removed binding used goes with it.
 */

import type { Ident } from '../typing/ident.ts'
import type { Lambda } from './lambda.ts'
import { isDiscardable } from './term-layout.ts'
import { mapChildren } from './traverse.ts'

export interface Elimination {
  readonly term: Lambda
  /** How often each variable is mentioned in the result, by stamp. */
  readonly uses: ReadonlyMap<number, number>
}

export function eliminateDead(term: Lambda): Elimination {
  const eliminator = new Eliminator()
  return { term: eliminator.run(term), uses: eliminator.uses }
}

class Eliminator {
  readonly uses = new Map<number, number>()
  private readonly raises = new Map<number, number>()

  private readonly recur = (term: Lambda): Lambda => this.run(term)

  private use(ident: Ident): void {
    this.uses.set(ident.stamp, (this.uses.get(ident.stamp) ?? 0) + 1)
  }

  private isUsed(ident: Ident): boolean {
    return this.uses.has(ident.stamp)
  }

  run(term: Lambda): Lambda {
    switch (term.kind) {
      case 'variable':
        this.use(term.ident)
        return term
      case 'assign':
        this.use(term.ident)
        return { ...term, value: this.run(term.value) }
      case 'let':
        return this.let(term)
      case 'letrec':
        return this.letrec(term)
      case 'sequence': {
        const second = this.run(term.second)
        if (isDiscardable(term.first)) return second
        const first = this.run(term.first)
        return first === term.first && second === term.second ? term : { ...term, first, second }
      }
      case 'staticRaise':
        this.raises.set(term.label, (this.raises.get(term.label) ?? 0) + 1)
        return mapChildren(term, this.recur)
      case 'staticCatch':
        return this.staticCatch(term)
      case 'switch':
        return mapChildren(term, this.recur)
      default:
        return mapChildren(term, this.recur)
    }
  }

  private let(term: Lambda & { kind: 'let' }): Lambda {
    const body = this.run(term.body)
    if (this.isUsed(term.binder.ident)) {
      const value = this.run(term.value)
      return value === term.value && body === term.body ? term : { ...term, value, body }
    }
    if (isDiscardable(term.value)) return body
    return { kind: 'sequence', first: this.run(term.value), second: body }
  }

  /** Functions that only each other mention are dead together. */
  private letrec(term: Lambda & { kind: 'letrec' }): Lambda {
    const body = this.run(term.body)
    const kept = new Map<number, Lambda>()
    for (;;) {
      const index = term.bindings.findIndex(
        (b, i) => !kept.has(i) && (this.isUsed(b.binder.ident) || !isDiscardable(b.value)),
      )
      const binding = term.bindings[index]
      if (binding === undefined) break
      kept.set(index, this.run(binding.value))
    }
    if (kept.size === 0) return body
    const bindings = term.bindings.flatMap((b, i) => {
      const value = kept.get(i)
      return value === undefined ? [] : [{ binder: b.binder, value }]
    })
    return { ...term, bindings, body }
  }

  private staticCatch(term: Lambda & { kind: 'staticCatch' }): Lambda {
    const body = this.run(term.body)
    return this.raises.has(term.label) ? { ...term, body, handler: this.run(term.handler) } : body
  }
}
