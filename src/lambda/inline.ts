/**
 * Inlining of known functions where they are called.
 *
 * A function is copied when it is small (more so when its arguments are known functions or constants), when it is
 * called from one place only, when it asks for it, and when it is a functor applied on the spine. Recursive
 * functions never are. The total growth of a unit is bounded. A known function that gets too few arguments becomes a
 * function of the others.
 */

import { noRegion, type Region } from '../base/region.ts'
import { apply, freshBinder, functionTerm, variable } from './build.ts'
import type { Shape } from './facts.ts'
import type { Binder, FunctionTerm, Lambda, Layout } from './lambda.ts'
import type { Simplification } from './simplification.ts'
import { isNumber } from './simplify-binding.ts'
import { isDiscardable, termLayout } from './term-layout.ts'
import { copyTerm, forEachChild, mapCases, mapChildren, termSize } from './traverse.ts'

type Application = Lambda & { kind: 'apply' }

const smallSize = 45
const onceSize = 1500
const functorSize = 6000
const maxDepth = 6
/** What a known argument is worth. */
const constantBonus = 15
const functionBonus = 60

/** The application of simplified terms; `spine`: its value is bound on the spine. */
export function inlineApplication(
  s: Simplification,
  func: Lambda,
  args: readonly Lambda[],
  at: Application,
  spine: boolean,
): Lambda {
  if (func.kind === 'apply')
    return inlineApplication(s, func.function, [...func.arguments, ...args], at, spine)
  if (func.kind === 'let' && canMoveOver(func.value, args)) {
    return { ...func, body: inlineApplication(s, func.body, args, at, spine) }
  }
  const partial = partialApplication(s, func, args, at)
  if (partial !== undefined) return partial
  const callee = calleeOf(s, func)
  if (
    callee === undefined ||
    callee.term.parameters.length > args.length ||
    !shouldInline(s, callee, args, at, spine)
  ) {
    return { ...at, function: func, arguments: args }
  }
  return expand(s, callee, args, at)
}

/** Whether a binding around the function may be evaluated before the arguments. */
function canMoveOver(value: Lambda, args: readonly Lambda[]): boolean {
  const plain = (t: Lambda): boolean => t.kind === 'constant' || t.kind === 'function' || t.kind === 'unit'
  return plain(value) || args.every((a) => plain(a) || (a.kind === 'variable' && isDiscardable(value)))
}

// ---------------------------------------------------------------------------------------------------------
// Whether

interface Callee {
  readonly term: FunctionTerm
  readonly recursive: boolean
  /** Nobody else mentions the function. */
  readonly once: boolean
}

function calleeOf(s: Simplification, func: Lambda): Callee | undefined {
  if (func.kind === 'function') return { term: func, recursive: false, once: true }
  const shape = s.shapeOf(func)
  const term = functionOf(shape)
  if (term === undefined) return undefined
  const once = func.kind === 'variable' && shape?.kind === 'function' && s.usesOf(func.ident.stamp) === 1
  return { term, recursive: shape?.kind === 'function' && shape.recursive, once }
}

function functionOf(shape: Shape | undefined): FunctionTerm | undefined {
  if (shape?.kind === 'function') return shape.term
  return shape?.kind === 'imported' && shape.summary.kind === 'function'
    ? shape.summary.inlineBody
    : undefined
}

function shouldInline(
  s: Simplification,
  { term, recursive, once }: Callee,
  args: readonly Lambda[],
  at: Application,
  spine: boolean,
): boolean {
  if (recursive || at.inline === 'never' || (term.inline === 'never' && at.inline !== 'always')) return false
  if (s.depth >= maxDepth || s.budget <= 0) return false
  if (term.inline === 'always' || at.inline === 'always') return true
  const limit = spine && isFunctor(term) ? functorSize : once ? onceSize : smallSize + bonus(s, args)
  return termSize(term.body, limit) <= limit
}

function bonus(s: Simplification, args: readonly Lambda[]): number {
  return args.reduce((sum, a) => {
    if (a.kind === 'function' || s.shapeOf(a)?.kind === 'function') return sum + functionBonus
    return a.kind === 'constant' ? sum + constantBonus : sum
  }, 0)
}

/** Blocks in, a block with functions out. */
function isFunctor(term: FunctionTerm): boolean {
  if (term.parameters.some((p) => p.layout !== 'pointer')) return false
  let functions = 0
  let body = term.body
  for (;;) {
    if (body.kind === 'let') {
      if (body.value.kind === 'function') functions += 1
      body = body.body
    } else if (body.kind === 'letrec') {
      functions += body.bindings.length
      body = body.body
    } else if (body.kind === 'sequence') body = body.second
    else break
  }
  return functions > 0 && body.kind === 'primitive' && body.primitive.kind === 'makeBlock'
}

// ---------------------------------------------------------------------------------------------------------
// Too few arguments

/**
 * A known function with too few arguments is a function of those that it still needs: `f a` with `f` of three parameters
 * is `let x = a in fun y z -> f x y z`, one closure, where applying `f` to what it gets would make a chain of them.
 */
function partialApplication(
  s: Simplification,
  func: Lambda,
  args: readonly Lambda[],
  at: Application,
): Lambda | undefined {
  const missing = missingParameters(s, func, args.length)
  if (missing === undefined) return undefined
  const given = args.map((a) => freshBinder('arg', termLayout(a, s.facts.layoutOf)))
  const all = [...given, ...missing.parameters].map((b) => variable(b.ident))
  const { region, inline } = at
  const { name, layout, parameters } = missing
  const body = apply(func, all, layout, region, inline)
  const closure = functionTerm({ parameters, body, layout, name, region })
  return given.reduce<() => Lambda>(
    (rest, b, i) => () => s.bind(b, false, args[i] as Lambda, rest),
    () => s.run(closure),
  )()
}

type MissingParameters = Pick<FunctionTerm, 'name' | 'layout' | 'parameters'>

/** New binders for what the function needs besides `given` arguments; undefined when it needs nothing or is not known. */
function missingParameters(s: Simplification, func: Lambda, given: number): MissingParameters | undefined {
  const shape = s.shapeOf(func)
  const term = func.kind === 'function' ? func : functionOf(shape)
  if (term !== undefined) {
    const missing = term.parameters.slice(given)
    if (missing.length === 0) return undefined
    return { ...term, parameters: missing.map((p) => freshBinder(p.ident.name, p.layout)) }
  }
  if (shape?.kind !== 'imported' || shape.summary.kind !== 'function') return undefined
  const count = shape.summary.arity - given
  if (count <= 0) return undefined
  const parameters = Array.from({ length: count }, () => freshBinder('arg', 'any'))
  return { name: '(partial)', layout: 'any', parameters }
}

// ---------------------------------------------------------------------------------------------------------
// How

/** Binds the parameters, the last one first, around a copy of the body. */
function expand(s: Simplification, { term }: Callee, args: readonly Lambda[], at: Application): Lambda {
  const copy = copyTerm(term) as FunctionTerm
  s.budget -= countUses(copy.body, s.uses)
  const arity = copy.parameters.length
  const extra = args
    .slice(arity)
    .map((a) => [freshBinder('arg', termLayout(a, s.facts.layoutOf)), a] as const)
  const layout = extra.length === 0 ? at.layout : 'any'
  const parameters = copy.parameters.map(
    (p, i) => [specialise(s, p, args[i] as Lambda), args[i] as Lambda] as const,
  )
  const inner = (): Lambda => {
    const body = inlined(s, refineResult(seenFrom(at.region, copy), layout))
    if (extra.length === 0) return body
    const rest = extra.map(([b]) => s.run(variable(b.ident)))
    return inlineApplication(s, body, rest, at, false)
  }
  return [...parameters, ...extra].reduce<() => Lambda>(
    (rest, [p, a]) =>
      () =>
        s.bind(p, false, a, rest),
    inner,
  )()
}

/**
 * The body of a copied function. What the library does where it was called has the place of the call: `failwith` in a backtrace
 * is the caller's line. Functions within run later, and are where they were written.
 */
function seenFrom(call: Region, { body, region }: FunctionTerm): Lambda {
  if (region.source.library !== true || call.source.library === true || call === noRegion) return body
  const move = (term: Lambda): Lambda => {
    if (term.kind === 'function') return term
    const moved = mapChildren(term, move)
    return 'region' in moved ? { ...moved, region: call } : moved
  }
  return move(body)
}

function inlined(s: Simplification, body: Lambda): Lambda {
  s.depth += 1
  try {
    return s.run(body)
  } finally {
    s.depth -= 1
  }
}

/** A polymorphic parameter that is used once takes the layout of its argument. */
function specialise(s: Simplification, p: Binder, argument: Lambda): Binder {
  if (p.layout !== 'any') return p
  const layout = termLayout(argument, s.facts.layoutOf)
  return isNumber(layout) && s.usesOf(p.ident.stamp) > 1 ? p : { ...p, layout }
}

/** Adds the variables that a copy mentions; returns its size. */
function countUses(term: Lambda, uses: Map<number, number>): number {
  let size = 1
  if (term.kind === 'variable' || term.kind === 'assign') {
    uses.set(term.ident.stamp, (uses.get(term.ident.stamp) ?? 0) + 1)
  }
  forEachChild(term, (child) => {
    size += countUses(child, uses)
  })
  return size
}

/** The layout that the call's type knows, for what a polymorphic function returns. */
function refineResult(term: Lambda, layout: Layout): Lambda {
  if (layout === 'any') return term
  const recur = (t: Lambda): Lambda => refineResult(t, layout)
  switch (term.kind) {
    case 'let':
    case 'letrec':
      return { ...term, body: recur(term.body) }
    case 'sequence':
      return { ...term, second: recur(term.second) }
    case 'apply':
      return term.layout === 'any' ? { ...term, layout } : term
    case 'if':
      if (term.layout !== 'any') return term
      return { ...term, layout, then: recur(term.then), otherwise: recur(term.otherwise) }
    case 'switch':
      return term.layout === 'any' ? { ...term, layout, cases: mapCases(term.cases, recur) } : term
    case 'stringSwitch': {
      if (term.layout !== 'any') return term
      const cases = term.cases.map((c) => ({ ...c, body: recur(c.body) }))
      return { ...term, layout, cases, otherwise: recur(term.otherwise) }
    }
    case 'staticCatch':
    case 'try':
      return term.layout === 'any'
        ? { ...term, layout, body: recur(term.body), handler: recur(term.handler) }
        : term
    default:
      return term
  }
}
