/**
 * Whether an example of an unmatched value can exist at all, given its type: GADT constructors fix the type
 * parameters of what they build, and empty types have no values.
 *
 * The example is typed as a pattern would be, with existential types and equations (`unify-pattern.ts`), so a match can be
 * complete by what its patterns teach about types. All of that is taken back at the end.
 *
 * The search goes on in continuations: a part of the example is accepted when what comes after it is. Then the first choice
 * that works for all parts is found by going back.
 */

import { type Env, findType } from './env.ts'
import { any, type Head, headArity, type Simple } from './exhaustiveness-patterns.ts'
import { addExistential, ExistentialNames, type Refining } from './existential.ts'
import { expandHead } from './expand.ts'
import { instance, instanceAll, instanceConstructor, instancePoly, withOwnStructure } from './instance.ts'
import {
  arrayOf,
  charType,
  floatType,
  int32Type,
  int64Type,
  intType,
  lazyOf,
  nativeintType,
  stringType,
} from './predef.ts'
import { flattenRow, reprField } from './rows.ts'
import { atLevel, attempt, newVariable, tupleType } from './type-graph.ts'
import type { Constant } from './typed-tree.ts'
import { type ConstructorDescription, repr, type Type } from './types.ts'
import { UnifyError } from './unify-error.ts'
import { unifyRefining } from './unify-pattern.ts'

/** How deep the wildcards of an example are tried constructor by constructor. */
const explosionDepth = 5

/** A level above all those of equations that surround a match. */
const searchLevel = 1_000_000

const maxSteps = 2000

/**
 * The example without the alternatives that no value has, or undefined when nothing is left. `explode`: wildcards
 * are tried constructor by constructor.
 */
export function possibleExample(env: Env, type: Type, example: Simple, explode: boolean): Simple | undefined {
  let result: Simple | undefined
  const accept = (found: Simple): boolean => {
    result = found
    return true
  }
  atLevel(searchLevel, () =>
    attempt(
      () =>
        new Search(env).solve(
          example,
          instance(withOwnStructure(type)),
          explode ? explosionDepth : 0,
          accept,
        ),
      () => false,
    ),
  )
  return result
}

type Accept<Found> = (found: Found) => boolean

class Search implements Refining {
  env: Env
  readonly equationLevel = searchLevel
  readonly allowsRecursion = true
  readonly existentialNames = new ExistentialNames()
  private steps = maxSteps

  constructor(env: Env) {
    this.env = env
  }

  /** Whether the example can have the type in a way that `accept` agrees with. */
  solve(example: Simple, type: Type, depth: number, accept: Accept<Simple>): boolean {
    this.steps -= 1
    if (this.steps < 0) return accept(example)
    switch (example.kind) {
      case 'any':
        return this.solveAny(type, depth, accept)
      case 'or':
        return this.solveAlternatives(example, type, depth, accept)
      case 'head':
        return this.solveHead(example.head, example.arguments, type, depth, accept)
    }
  }

  private solveAny(type: Type, depth: number, accept: Accept<Simple>): boolean {
    const heads = depth > 0 ? this.headsOf(type) : undefined
    if (heads === undefined) return accept(any)
    const inner = heads.length > 1 ? depth - 1 : depth
    return heads.some((head) => {
      const args = Array.from({ length: headArity(head) }, () => any)
      return this.solveHead(head, args, type, inner, accept)
    })
  }

  /** What a value of the type begins with, where that can tell whether there are any; undefined if not. */
  private headsOf(type: Type): readonly Head[] | undefined {
    const { desc } = expandHead(this.env, type)
    if (desc.kind === 'tuple') return [{ kind: 'tuple', size: desc.elements.length }]
    if (desc.kind !== 'constructor') return undefined
    const kind = findType(this.env, desc.path)?.kind
    if (kind?.kind === 'record') return [{ kind: 'record', labels: kind.labels }]
    if (kind?.kind !== 'variant') return undefined
    const { constructors } = kind
    if (constructors.length > 1 && !constructors.every((c) => c.explicitResult)) return undefined
    return constructors.map((c) => ({ kind: 'construct', constructor: c, env: this.env }))
  }

  private solveAlternatives(
    example: Simple & { kind: 'or' },
    type: Type,
    depth: number,
    accept: Accept<Simple>,
  ): boolean {
    const { alternatives } = example
    if (alternatives.some(isRefining)) return alternatives.some((p) => this.solve(p, type, depth, accept))
    const possible = alternatives.flatMap((p) => this.possible(p, type, depth))
    const [first] = possible
    if (first === undefined) return false
    return accept(possible.length > 1 ? { kind: 'or', alternatives: possible } : first)
  }

  /** The alternative on its own. */
  private possible(example: Simple, type: Type, depth: number): Simple[] {
    const found: Simple[] = []
    this.trying(
      () => this.solve(example, type, depth, (each) => found.push(each) > 0),
      () => false,
    )
    return found
  }

  private solveHead(
    head: Head,
    args: readonly Simple[],
    type: Type,
    depth: number,
    accept: Accept<Simple>,
  ): boolean {
    return this.trying(() => {
      const types = this.argumentTypes(head, type)
      // A suspension of an empty type exists: it may never be forced.
      const inner = head.kind === 'lazy' ? 0 : depth
      return this.solveAll(args, types, inner, (found) => accept({ kind: 'head', head, arguments: found }))
    })
  }

  private solveAll(
    args: readonly Simple[],
    types: readonly Type[],
    depth: number,
    accept: Accept<readonly Simple[]>,
  ): boolean {
    const [first, ...rest] = args
    if (first === undefined) return accept([])
    return this.solve(first, types[0] ?? newVariable(), depth, (found) =>
      this.solveAll(rest, types.slice(1), depth, (others) => accept([found, ...others])),
    )
  }

  /** Runs a step of the search; what it taught about types is forgotten when it did not work. */
  private trying(step: () => boolean, keep: (worked: boolean) => boolean = (worked) => worked): boolean {
    const { env } = this
    let kept = false
    try {
      return attempt(step, (worked) => {
        kept = keep(worked)
        return kept
      })
    } catch (error) {
      if (error instanceof UnifyError) return false
      throw error
    } finally {
      if (!kept) this.env = env
    }
  }

  // -------------------------------------------------------------------------------------------------------

  /** The types of a head's arguments when the head has this type; throws when it cannot. */
  private argumentTypes(head: Head, type: Type): readonly Type[] {
    switch (head.kind) {
      case 'construct':
        return this.constructorArguments(head.constructor, type)
      case 'tuple': {
        const parts = Array.from({ length: head.size }, () => newVariable())
        unifyRefining(this, tupleType(parts), type)
        return parts
      }
      case 'record': {
        const [first] = head.labels
        if (first === undefined) return []
        const [record, ...parts] = instanceAll([first.record, ...head.labels.map((label) => label.type)])
        unifyRefining(this, record as Type, type)
        return parts.map(monomorphic)
      }
      case 'array': {
        const element = newVariable()
        unifyRefining(this, arrayOf(element), type)
        return Array.from({ length: head.length }, () => element)
      }
      case 'lazy': {
        const value = newVariable()
        unifyRefining(this, lazyOf(value), type)
        return [value]
      }
      case 'constant':
        unifyRefining(this, instance(constantTypes[head.constant.kind]), type)
        return []
      case 'variant':
        return head.argument ? [this.tagArgument(head.tag, type)] : []
      case 'other':
        return []
    }
  }

  private constructorArguments(description: ConstructorDescription, type: Type): readonly Type[] {
    const { arguments: args, result } = instanceConstructor(
      description,
      () => addExistential(this, `$${description.name}`).type,
    )
    unifyRefining(this, result, type)
    return args
  }

  private tagArgument(tag: string, type: Type): Type {
    const { desc } = expandHead(this.env, type)
    const field = desc.kind === 'variant' ? flattenRow(desc.row).fields.get(tag) : undefined
    const state = field === undefined ? undefined : reprField(field).state
    if (state?.kind === 'present' && state.argument !== undefined) return state.argument
    return (state?.kind === 'either' ? state.arguments[0] : undefined) ?? newVariable()
  }
}

/** An instance of a polymorphic field's type. */
function monomorphic(type: Type): Type {
  const { desc } = repr(type)
  return desc.kind === 'poly' ? instancePoly(desc.variables, desc.body).body : type
}

const constantTypes: Readonly<Record<Constant['kind'], Type>> = {
  int: intType,
  char: charType,
  string: stringType,
  float: floatType,
  int32: int32Type,
  int64: int64Type,
  nativeint: nativeintType,
}

/** Whether the example mentions a constructor that teaches something about types. */
function isRefining(example: Simple): boolean {
  switch (example.kind) {
    case 'any':
      return false
    case 'or':
      return example.alternatives.some(isRefining)
    case 'head':
      return (
        (example.head.kind === 'construct' && example.head.constructor.explicitResult === true) ||
        example.arguments.some(isRefining)
      )
  }
}
