/**
 * Whether an example of an unmatched value can exist at all, given its type: GADT constructors fix the type
 * parameters of what they build, and empty types have no values.
 *
 * Types are read into terms of their own, in which type variables and abstract types are unknowns: the equations that
 * a match would add are found by unification.
 */

import { type Env, findType } from './env.ts'
import { any, type Head, headArity, type Simple } from './exhaustiveness-patterns.ts'
import { expandHead } from './expand.ts'
import { predefinedType } from './predef.ts'
import { pathKey } from './subst.ts'
import { type ConstructorDescription, genericLevel, type Type } from './types.ts'

type Term =
  | { readonly kind: 'unknown'; bound: Term | undefined }
  | { readonly kind: 'node'; readonly name: string; readonly arguments: readonly Term[] }

const unknown = (): Term => ({ kind: 'unknown', bound: undefined })

function resolve(term: Term): Term {
  let t = term
  while (t.kind === 'unknown' && t.bound !== undefined) t = t.bound
  return t
}

/** How deep a single case's wildcards are tried constructor by constructor. */
const explosionDepth = 5

/**
 * The example without the alternatives that no value has, or undefined when nothing is left. `explode`: wildcards
 * are tried constructor by constructor.
 */
export function possibleExample(env: Env, type: Type, example: Simple, explode: boolean): Simple | undefined {
  return new Checker(env).check(example, type, explode ? explosionDepth : 0)
}

class Checker {
  private readonly env: Env
  /** Unknowns of types that are not generalised, by type id; abstract types, by path. */
  private readonly variables = new Map<number, Term>()
  private readonly abstract = new Map<string, Term>()
  private trail: (Term & { kind: 'unknown' })[] = []
  private fuel = 2000

  constructor(env: Env) {
    this.env = env
  }

  check(example: Simple, type: Type, depth: number): Simple | undefined {
    for (const found of this.solutions(example, this.read(type, this.variables), depth)) return found
    return undefined
  }

  /** The ways in which the example can have the type; the bindings of unknowns hold until the next one is asked for. */
  private *solutions(example: Simple, type: Term, depth: number): Generator<Simple> {
    this.fuel -= 1
    if (this.fuel < 0) {
      yield example
      return
    }
    switch (example.kind) {
      case 'any':
        yield* this.anyOf(type, depth)
        return
      case 'or':
        yield* this.alternatives(example, type, depth)
        return
      case 'head':
        yield* this.headed(example.head, example.arguments, type, depth)
    }
  }

  /** A wildcard: some constructor of its type must be possible. */
  private *anyOf(type: Term, depth: number): Generator<Simple> {
    const constructors = depth > 0 ? this.constructorsOf(resolve(type)) : undefined
    if (constructors === undefined) {
      yield any
      return
    }
    for (const description of constructors) {
      const head: Head = { kind: 'construct', constructor: description, env: this.env }
      const args = Array.from({ length: headArity(head) }, () => any)
      for (const _ of this.headed(head, args, type, depth - 1)) {
        yield any
        return
      }
    }
  }

  /** The constructors of a variant type that may have no values. */
  private constructorsOf(type: Term): readonly ConstructorDescription[] | undefined {
    if (type.kind !== 'node') return undefined
    const constructors = this.declared.get(type.name)
    if (constructors === undefined) return undefined
    return constructors.length === 0 || constructors.some((c) => c.generalized) ? constructors : undefined
  }

  private readonly declared = new Map<string, readonly ConstructorDescription[]>()

  private *alternatives(example: Simple & { kind: 'or' }, type: Term, depth: number): Generator<Simple> {
    if (!example.alternatives.some(isGadt)) {
      const [first] = example.alternatives
      for (const _ of this.solutions(first ?? any, type, depth)) yield example
      return
    }
    for (const alternative of example.alternatives) yield* this.solutions(alternative, type, depth)
  }

  private *headed(head: Head, args: readonly Simple[], type: Term, depth: number): Generator<Simple> {
    const mark = this.trail.length
    const types = this.argumentTypes(head, type)
    if (types !== undefined) {
      for (const found of this.all(args, types, depth)) yield { kind: 'head', head, arguments: found }
    }
    this.undo(mark)
  }

  private *all(args: readonly Simple[], types: readonly Term[], depth: number): Generator<readonly Simple[]> {
    const [first, ...rest] = args
    if (first === undefined) {
      yield []
      return
    }
    for (const found of this.solutions(first, types[0] ?? unknown(), depth)) {
      for (const others of this.all(rest, types.slice(1), depth)) yield [found, ...others]
    }
  }

  /** The types of a head's arguments when the head has this type; undefined when it cannot. */
  private argumentTypes(head: Head, type: Term): readonly Term[] | undefined {
    switch (head.kind) {
      case 'construct':
        return this.constructorArguments(head, type)
      case 'tuple': {
        const parts = Array.from({ length: head.size }, unknown)
        return this.unify(type, { kind: 'node', name: `*${head.size}`, arguments: parts }) ? parts : undefined
      }
      case 'record': {
        const memo = new Map<number, Term>()
        const [first] = head.labels
        if (first === undefined) return []
        if (!this.unify(type, this.read(first.record, memo))) return undefined
        return head.labels.map((l) => this.read(l.type, memo))
      }
      default:
        return Array.from({ length: headArity(head) }, unknown)
    }
  }

  private constructorArguments(head: Head & { kind: 'construct' }, type: Term): readonly Term[] | undefined {
    const { constructor: description } = head
    if (description.inlined !== undefined) return this.inlinedArgument(description, type)
    const memo = new Map<number, Term>()
    if (!this.unify(type, this.read(description.result, memo))) return undefined
    return description.arguments.map((a) => this.read(a, memo))
  }

  private inlinedArgument(description: ConstructorDescription, type: Term): readonly Term[] | undefined {
    return this.unify(type, this.read(description.result, new Map())) ? [unknown()] : undefined
  }

  // -------------------------------------------------------------------------------------------------------
  // Terms

  /** `memo` holds the unknowns of generalised variables, which are fresh for each use of a declaration. */
  private read(type: Type, memo: Map<number, Term>, depth = 0): Term {
    const t = expandHead(this.env, type)
    const { desc } = t
    if (depth > 30) return unknown()
    const recur = (x: Type): Term => this.read(x, memo, depth + 1)
    switch (desc.kind) {
      case 'variable':
      case 'universal':
        return this.variable(t, memo)
      case 'arrow':
        return { kind: 'node', name: '->', arguments: [recur(desc.parameter), recur(desc.result)] }
      case 'tuple':
        return { kind: 'node', name: `*${desc.elements.length}`, arguments: desc.elements.map(recur) }
      case 'constructor': {
        const known = predefinedType(desc.path) !== undefined || this.isDatatype(desc.path)
        if (known) return { kind: 'node', name: this.name(desc.path), arguments: desc.arguments.map(recur) }
        return desc.arguments.length === 0 ? this.abstractType(pathKey(desc.path)) : unknown()
      }
      case 'poly':
        return recur(desc.body)
      default:
        return unknown()
    }
  }

  private variable(type: Type, memo: Map<number, Term>): Term {
    const table = type.level === genericLevel ? memo : this.variables
    let term = table.get(type.id)
    if (term === undefined) {
      term = unknown()
      table.set(type.id, term)
    }
    return term
  }

  private abstractType(key: string): Term {
    let term = this.abstract.get(key)
    if (term === undefined) {
      term = unknown()
      this.abstract.set(key, term)
    }
    return term
  }

  private isDatatype(path: Parameters<typeof findType>[1]): boolean {
    const kind = findType(this.env, path)?.kind.kind
    return kind === 'variant' || kind === 'record'
  }

  private name(path: Parameters<typeof findType>[1]): string {
    const key = pathKey(path)
    const kind = findType(this.env, path)?.kind
    if (kind?.kind === 'variant') this.declared.set(key, kind.constructors)
    return key
  }

  private unify(a: Term, b: Term): boolean {
    const [x, y] = [resolve(a), resolve(b)]
    if (x === y) return true
    if (x.kind === 'unknown') return this.bind(x, y)
    if (y.kind === 'unknown') return this.bind(y, x)
    if (x.name !== y.name || x.arguments.length !== y.arguments.length) return false
    return x.arguments.every((part, i) => this.unify(part, y.arguments[i] as Term))
  }

  private bind(variable: Term & { kind: 'unknown' }, term: Term): boolean {
    if (occurs(variable, term)) return false
    variable.bound = term
    this.trail.push(variable)
    return true
  }

  private undo(mark: number): void {
    for (const variable of this.trail.splice(mark)) variable.bound = undefined
  }
}

function occurs(variable: Term, term: Term): boolean {
  const t = resolve(term)
  return t === variable || (t.kind === 'node' && t.arguments.some((part) => occurs(variable, part)))
}

/** Whether the example mentions a constructor that fixes type parameters. */
function isGadt(example: Simple): boolean {
  switch (example.kind) {
    case 'any':
      return false
    case 'or':
      return example.alternatives.some(isGadt)
    case 'head':
      return (
        (example.head.kind === 'construct' && example.head.constructor.generalized) ||
        example.arguments.some(isGadt)
      )
  }
}
