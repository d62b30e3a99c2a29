/**
 * What normalisation knows of names: where a variable is found in each function, which functions are known, and what the
 * fields of known modules are.
 *
 * A *group* is a set of functions that share one closure: a single function, or the functions of a `let rec`.
 * Captured variables are appended to the group as its bodies mention them:
 *
 *     closure block: [code₁ info₁ (full₁)] [infix header, code₂ info₂ (full₂)] … captured…
 *
 * A group that captures nothing has a static closure. Its functions take the closure as last parameter
 * (`env`) only if some body mentions its own closure, or they are entered through it alone.
 */

import type { Ident } from '../typing/ident.ts'
import type { Representation, Simple, Target, Variable } from './code.ts'

/** How an expression's value is held while it is being built: as variables are, or as a bare condition. */
export type OperandRepresentation = Representation | 'bool' | 'untagged'

export interface Operand {
  readonly simple: Simple
  readonly representation: OperandRepresentation
}

/** What is known of a value at compile time, also across units (`UnitInterface`). */
export type Approximation =
  /** A closed function: callable with this many arguments without its closure. */
  | { readonly kind: 'function'; readonly unit: string; readonly function: number; readonly arity: number }
  | { readonly kind: 'block'; readonly fields: readonly (Approximation | undefined)[] }

export interface KnownFunction {
  readonly group: FunctionGroup
  readonly position: number
  readonly index: number
  readonly arity: number
}

export interface Binding {
  readonly operand: Operand
  /** Readable from any function as it is: constants, static data and slots. */
  readonly portable: boolean
  readonly known?: KnownFunction
  /** The closure for direct calls inside an unfinished group: reading it does not count as mentioning the closure. */
  readonly callEnv?: Simple
  readonly approximation?: Approximation
}

export class FunctionGroup {
  /** Captured idents in order; the operand is the one of the enclosing function. */
  readonly captured: { readonly ident: Ident; readonly operand: Operand }[] = []
  /** The word offset of each function's code in the closure block. */
  readonly offsets: readonly number[]
  /** The word offset of the first captured variable. */
  readonly environment: number
  /** Whether some body mentions a closure of the group. */
  mentionsClosure = false
  /** Set when all bodies are done. */
  closed: boolean | undefined
  /** Direct calls made before `closed` was known: they drop the closure argument if there is none. */
  readonly pendingTargets: { env: Simple | undefined }[] = []

  constructor(arities: readonly number[]) {
    const offsets: number[] = []
    let next = 0
    arities.forEach((arity, i) => {
      if (i > 0) next += 1 // the Infix header
      offsets.push(next)
      next += closureWords(arity)
    })
    this.offsets = offsets
    this.environment = next
  }

  get takesEnv(): boolean {
    return this.captured.length > 0 || this.mentionsClosure
  }
}

/** Words of code and information that a function has in its closure block. */
export function closureWords(arity: number): number {
  return arity === 1 ? 2 : 3
}

/** Names visible in one function. */
export class FunctionScope {
  private readonly bindings = new Map<number, Binding>()
  readonly parent: FunctionScope | undefined
  readonly group: FunctionGroup | undefined
  readonly position: number
  readonly env: Variable | undefined
  private readonly capture: (scope: FunctionScope, ident: Ident, outer: Binding) => Binding

  constructor(
    parent: FunctionScope | undefined,
    group: FunctionGroup | undefined,
    position: number,
    env: Variable | undefined,
    capture: (scope: FunctionScope, ident: Ident, outer: Binding) => Binding,
  ) {
    this.parent = parent
    this.group = group
    this.position = position
    this.env = env
    this.capture = capture
  }

  bind(ident: Ident, binding: Binding): void {
    this.bindings.set(ident.stamp, binding)
  }

  lookup(ident: Ident): Binding | undefined {
    const own = this.bindings.get(ident.stamp)
    if (own !== undefined) return own
    const outer = this.parent?.lookup(ident)
    if (outer === undefined || outer.portable) return outer
    const captured = this.capture(this, ident, outer)
    this.bindings.set(ident.stamp, captured)
    return captured
  }
}

/** A direct call's target whose closure argument may still be dropped. */
export function directTarget(known: KnownFunction, env: Simple): Target {
  const target = { kind: 'direct' as const, function: known.index, env: env as Simple | undefined }
  const { group } = known
  if (group.closed === undefined) group.pendingTargets.push(target)
  else if (!group.takesEnv) target.env = undefined
  return target
}
