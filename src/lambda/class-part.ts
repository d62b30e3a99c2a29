/**
 * The part of a class that is evaluated once for all its objects: steps on a table, in order. They bind the slots of methods
 * and instance variables, and put methods into the table.
 */

import type { Ident } from '../typing/ident.ts'
import { freshBinder, letIn, sequence, variable } from './build.ts'
import { callClassRuntime } from './class-runtime.ts'
import type { Binder, FunctionTerm, Lambda } from './lambda.ts'
import { mentioned } from './traverse.ts'

export type Step =
  | { readonly kind: 'bind'; readonly binder: Binder; readonly value: Lambda }
  | { readonly kind: 'run'; readonly value: Lambda }
  /** `function` takes self first. */
  | { readonly kind: 'method'; readonly slot: Ident; readonly function: FunctionTerm }
  | { readonly kind: 'initializer'; readonly function: FunctionTerm }

export class ClassPart {
  readonly table: Binder = freshBinder('table', 'pointer')
  steps: Step[] = []

  call(...[name, args]: Parameters<typeof callClassRuntime>): Lambda {
    return callClassRuntime(name, [variable(this.table.ident), ...args])
  }

  bind(binder: Binder, value: Lambda): void {
    this.steps.push({ kind: 'bind', binder, value })
  }

  run(value: Lambda): void {
    this.steps.push({ kind: 'run', value })
  }

  /** The steps, then `body`; without the bindings that nothing mentions. */
  around(body: Lambda): Lambda {
    const used = mentioned(body)
    return this.steps.reduceRight((rest, step) => {
      if (step.kind === 'bind' && !used.has(step.binder.ident.stamp)) return rest
      for (const term of stepTerms(step)) mentioned(term, used)
      return step.kind === 'bind' ? letIn(step.binder, step.value, rest) : sequence(this.effect(step), rest)
    }, body)
  }

  private effect(step: Exclude<Step, { kind: 'bind' }>): Lambda {
    switch (step.kind) {
      case 'run':
        return step.value
      case 'method':
        return this.call('set_method', [variable(step.slot), step.function])
      case 'initializer':
        return this.call('add_initializer', [step.function])
    }
  }
}

/** The terms of a step. */
export function stepTerms(step: Step): readonly Lambda[] {
  switch (step.kind) {
    case 'bind':
    case 'run':
      return [step.value]
    case 'method':
      return [variable(step.slot), step.function]
    case 'initializer':
      return [step.function]
  }
}
