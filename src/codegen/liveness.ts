/**
 * Liveness: which variables live across each site, and after each statement that joins paths.
 *
 * A backward pass over the structured statements. Inside `try` every site can go to the handler, so what the
 * handler needs lives across all of them. Loops are iterated until what is live at their head is stable.
 */

import {
  type CodeFunction,
  eachVariable,
  operands,
  type Simple,
  type Site,
  type Statement,
  type Variable,
} from './code.ts'

/** A set of variables of one function, by id. */
export class VariableSet {
  private readonly words: Uint32Array
  constructor(size: number | Uint32Array) {
    this.words = typeof size === 'number' ? new Uint32Array((size + 31) >> 5) : size
  }
  copy(): VariableSet {
    return new VariableSet(this.words.slice())
  }
  has(id: number): boolean {
    return (((this.words[id >> 5] as number) >> (id & 31)) & 1) === 1
  }
  add(id: number): void {
    ;(this.words[id >> 5] as number) |= 1 << (id & 31)
  }
  delete(id: number): void {
    ;(this.words[id >> 5] as number) &= ~(1 << (id & 31))
  }
  /** Adds all of `other`; whether anything was new. */
  addAll(other: VariableSet): boolean {
    let changed = false
    for (let i = 0; i < this.words.length; i++) {
      const before = this.words[i] as number
      const after = (before | (other.words[i] as number)) >>> 0
      if (after !== before) {
        this.words[i] = after
        changed = true
      }
    }
    return changed
  }
  select(variables: readonly Variable[]): Variable[] {
    const found: Variable[] = []
    this.words.forEach((word, i) => {
      for (let bits = word; bits !== 0; bits &= bits - 1) {
        found.push(variables[i * 32 + (31 - Math.clz32(bits & -bits))] as Variable)
      }
    })
    return found
  }
}

/** For statements with inner lists, what lives after them; for a crowded `exitIf`, what lives before it. */
export type LiveAfter = ReadonlyMap<Statement, readonly Variable[]>

/**
 * Where more variables live, all are in their slots: code that moves each of them at each site or join would grow with the square
 * of the function. See frame-locals.ts.
 */
const crowd = 32

export function isCrowded(live: readonly Variable[]): boolean {
  return live.length > crowd
}

/** Sets `live` and `held` of every site of the function. */
export function liveness(f: CodeFunction): LiveAfter {
  const pass = new Liveness(f)
  pass.run()
  return pass.liveAfter
}

class Liveness {
  readonly liveAfter = new Map<Statement, readonly Variable[]>()
  private readonly f: CodeFunction
  private readonly labels = new Map<number, VariableSet>()
  private handler: VariableSet | undefined

  constructor(f: CodeFunction) {
    this.f = f
  }

  run(): void {
    this.list(this.f.body, this.empty())
  }

  private empty(): VariableSet {
    return new VariableSet(this.f.variables.length)
  }

  /** What is live before a list, given what is live after it. */
  private list(statements: readonly Statement[], after: VariableSet): VariableSet {
    let live = after.copy()
    for (let i = statements.length - 1; i >= 0; i--) live = this.statement(statements[i] as Statement, live)
    return live
  }

  private statement(s: Statement, live: VariableSet): VariableSet {
    switch (s.kind) {
      case 'set':
        live.delete(s.variable.id)
        return this.use(s, live)
      case 'store':
      case 'effect':
      case 'keep':
        return this.use(s, live)
      case 'call':
        if (s.result !== undefined) live.delete(s.result.id)
        return this.site(s, s.site, live)
      case 'allocate':
        live.delete(s.result.id)
        // Its fields are stored after a collection; and Out_of_memory may be raised.
        if (this.handler !== undefined) live.addAll(this.handler)
        this.use(s, live)
        this.record(s.site, live, live)
        return live
      case 'poll':
        return this.site(s, s.site, live)
      case 'return':
      case 'tailCall':
        return this.use(s, this.empty())
      case 'raise':
        return this.site(s, s.site, this.empty())
      case 'raiseIf':
        return this.raiseIf(s, live)
      case 'exit':
        return (this.labels.get(s.label) as VariableSet).copy()
      case 'exitIf':
        return this.exitIf(s, live)
      case 'if':
      case 'switch':
        return this.branches(s, live)
      case 'block':
        this.liveAfter.set(s, live.select(this.f.variables))
        this.labels.set(s.label, live)
        return this.list(s.body, live)
      case 'loop':
        return this.loop(s)
      case 'try':
        return this.tryBody(s, live)
    }
  }

  private raiseIf(s: Statement & { kind: 'raiseIf' }, live: VariableSet): VariableSet {
    const handler = this.handler ?? this.empty()
    live.addAll(handler)
    this.record(s.site, handler, handler)
    if (isCrowded(s.site.live)) s.site.held = live.select(this.f.variables)
    return this.use(s, live)
  }

  private exitIf(s: Statement & { kind: 'exitIf' }, live: VariableSet): VariableSet {
    const target = this.labels.get(s.label) as VariableSet
    live.addAll(target)
    if (isCrowded(target.select(this.f.variables))) this.liveAfter.set(s, live.select(this.f.variables))
    return this.use(s, live)
  }

  private branches(s: Statement & { kind: 'if' | 'switch' }, live: VariableSet): VariableSet {
    this.liveAfter.set(s, live.select(this.f.variables))
    const lists = s.kind === 'if' ? [s.then, s.otherwise] : [...s.cases, s.otherwise]
    const before = this.empty()
    for (const list of lists) before.addAll(this.list(list, live))
    return this.use(s, before)
  }

  private loop(s: Statement & { kind: 'loop' }): VariableSet {
    const head = this.empty()
    if (this.handler !== undefined) head.addAll(this.handler)
    while (head.addAll(this.list(s.body, head)));
    this.record(s.site, head, head)
    return head.copy()
  }

  private tryBody(s: Statement & { kind: 'try' }, live: VariableSet): VariableSet {
    this.liveAfter.set(s, live.select(this.f.variables))
    const handler = this.list(s.handler, live)
    handler.delete(s.exception.id)
    const outer = this.handler
    this.handler = handler
    const before = this.list(s.body, live)
    this.handler = outer
    return before
  }

  /** A site that can leave for the handler: `live` becomes what is live before the statement. */
  private site(s: Statement, site: Site, live: VariableSet): VariableSet {
    if (this.handler !== undefined) live.addAll(this.handler)
    const across = live.copy()
    this.use(s, live)
    this.record(site, across, live)
    return live
  }

  private record(site: Site, live: VariableSet, held: VariableSet): void {
    site.live = live.select(this.f.variables)
    site.held = held.select(this.f.variables)
  }

  private use(s: Statement, live: VariableSet): VariableSet {
    const add = (variable: Variable): void => live.add(variable.id)
    for (const simple of operands(s)) eachVariable(simple satisfies Simple, add)
    return live
  }
}
