/**
 * Cycles among type abbreviations: expanding a type must come to an end, or to an object or a polymorphic
 * variant type, recursion through which is what they are for.
 *
 * The walk goes through all parts of types and through the abbreviations under suspicion. `parents` are the
 * nodes around the current one since the last object or variant; meeting one again is a cycle. The message
 * shows the first abbreviation on the way that stood on its own or as an argument of a type constructor.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import { type Env, findType } from './env.ts'
import { expandOnce } from './expand.ts'
import { type Path, samePath } from './ident.ts'
import { renderMessage, space, vBox } from './pretty.ts'
import { printType, printTypePath } from './print-type.ts'
import { componentsOfDesc } from './subst.ts'
import { constructorType } from './type-graph.ts'
import { repr, type Type, type TypeDeclaration } from './types.ts'

type Parents = ReadonlySet<Type>

const none: Parents = new Set()

/** Thrown where a cycle closes. */
class Cycle {
  readonly shown: Type
  constructor(shown: Type) {
    this.shown = shown
  }
}

export interface Suspect {
  readonly path: Path
  readonly declaration: TypeDeclaration
  readonly region: Region
}

/** Stops when an abbreviation mentions itself; it is known in `env`. */
export function checkSelfReference(env: Env, suspect: Suspect): void {
  const { path, declaration } = suspect
  if (declaration.manifest === undefined) return
  check(env, suspect, [suspect], constructorType(path, declaration.parameters))
}

/** Stops when the definitions are cyclic; they are known in `env`. */
export function checkWellFounded(env: Env, suspects: readonly Suspect[]): void {
  for (const suspect of suspects) {
    for (const type of typesOf(suspect.declaration)) check(env, suspect, suspects, type)
  }
}

function typesOf({ kind, manifest }: TypeDeclaration): readonly Type[] {
  const types = manifest === undefined ? [] : [manifest]
  if (kind.kind === 'record') return [...types, ...kind.labels.map((label) => label.type)]
  if (kind.kind !== 'variant') return types
  return [...types, ...kind.constructors.flatMap((c) => c.inlined?.map((label) => label.type) ?? c.arguments)]
}

function check(env: Env, suspect: Suspect, expandable: readonly Suspect[], type: Type): void {
  try {
    new Walk(env, expandable).visit(type, none, type)
  } catch (error) {
    if (!(error instanceof Cycle)) throw error
    failCycle(env, suspect, repr(error.shown))
  }
}

function failCycle(env: Env, { path, region }: Suspect, shown: Type): never {
  const name = printTypePath(env, path)
  if (shown.desc.kind === 'constructor' && samePath(shown.desc.path, path)) {
    fail(region, `The type abbreviation ${name} is cyclic`)
  }
  const head = `The definition of ${name} contains a cycle:`
  fail(region, renderMessage(vBox(0, head, space, printType(env, shown))))
}

const isSubset = (small: Parents, large: Parents): boolean => [...small].every((each) => large.has(each))

interface Entered {
  readonly type: Type
  readonly before: Parents | undefined
}

class Walk {
  readonly #env: Env
  readonly #expandable: readonly Suspect[]
  readonly #expansions = new Map<Type, Type | undefined>()
  readonly #visited = new Map<Type, Parents>()
  /** What `#visited` had for each node that was entered, so that a failed visit leaves no trace. */
  readonly #log: Entered[] = []

  constructor(env: Env, expandable: readonly Suspect[]) {
    this.#env = env
    this.#expandable = expandable
  }

  visit(shown: Type, around: Parents, type: Type): void {
    const t = repr(type)
    if (around.has(t)) throw new Cycle(shown)
    const before = this.#visited.get(t)
    if (before !== undefined && isSubset(around, before)) return
    const parents = before === undefined ? around : new Set([...around, ...before])
    this.#log.push({ type: t, before })
    this.#visited.set(t, parents)
    const found = this.#visitComponents(shown, parents, t)
    const { desc } = t
    if (desc.kind === 'constructor') this.#visitConstructor(shown, parents, t, desc, found)
    else if (found !== undefined) throw found
  }

  /** The cycle through a component, if there is one. */
  #visitComponents(shown: Type, parents: Parents, t: Type): Cycle | undefined {
    const { desc } = t
    const mayRecur = desc.kind === 'object' || desc.kind === 'variant'
    const inner = mayRecur ? none : new Set([...parents, t])
    const start = this.#log.length
    try {
      for (const component of componentsOfDesc(desc)) this.visit(shown, inner, component)
      return undefined
    } catch (error) {
      if (!(error instanceof Cycle)) throw error
      this.#forget(start)
      return error
    }
  }

  #forget(start: number): void {
    while (this.#log.length > start) {
      const { type, before } = this.#log.pop() as Entered
      if (before === undefined) this.#visited.delete(type)
      else this.#visited.set(type, before)
    }
  }

  #visitConstructor(
    shown: Type,
    parents: Parents,
    t: Type,
    desc: Extract<Type['desc'], { kind: 'constructor' }>,
    found: Cycle | undefined,
  ): void {
    const isSuspect = this.#expandable.some(({ path }) => samePath(path, desc.path))
    if (found === undefined && !isSuspect) return
    if (isSuspect && found !== undefined) throw found
    // An argument may vanish in the expansion: only a cycle of its own counts.
    for (const argument of desc.arguments) this.visit(shown, none, argument)
    const expanded = this.#expand(t, desc.path)
    if (expanded === undefined) {
      if (found !== undefined) throw found
      return
    }
    this.visit(parents.size === 0 ? t : shown, new Set([...parents, t]), expanded)
  }

  /** The expansion, at each time the same nodes; of a suspect, its definition itself. */
  #expand(t: Type, path: Path): Type | undefined {
    const suspect = this.#expandable.find((each) => samePath(each.path, path))
    if (suspect !== undefined) return findType(this.#env, path)?.manifest
    if (!this.#expansions.has(t)) this.#expansions.set(t, expandOnce(this.#env, t))
    return this.#expansions.get(t)
  }
}
