/**
 * `let` and `let rec`, in expressions and in structures.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type { Expression, Pattern, ValueBinding } from '../typing/typed-tree.ts'
import { inlineAttribute } from './attributes.ts'
import { block, field, freshBinder, letIn, letsIn, sequence, variable } from './build.ts'
import type { Context } from './context.ts'
import type { Binder, InlineAttribute, Lambda, Layout } from './lambda.ts'
import { layoutOf } from './layout.ts'
import { boundVariables, isIrrefutable } from './pattern.ts'
import { translateFunction } from './translate-function.ts'
import { bindPattern, type OnePattern } from './translate-match.ts'
import { translatePattern } from './translate-pattern.ts'
import { copyTerm, mentionsAny } from './traverse.ts'

/** `let bindings in body`; `layout` is that of the body. Failures are reported at `region`, or at the pattern. */
export function translateLet(
  bindings: readonly ValueBinding[],
  layout: Layout,
  region: Region | undefined,
  context: Context,
  body: Lambda,
): Lambda {
  return bindings.reduceRight((rest, binding) => {
    const one = { pattern: binding.pattern, region: region ?? binding.pattern.region, layout }
    return bindPattern(one, binding.expression, naming(binding, context), rest)
  }, body)
}

/** The same at the top of a structure, where `body` must stay on the spine. */
export function translateTopLet(bindings: readonly ValueBinding[], context: Context, body: Lambda): Lambda {
  return bindings.reduceRight((rest, binding) => {
    const one: OnePattern = { pattern: binding.pattern, region: binding.pattern.region, layout: 'pointer' }
    if (isIrrefutable(translatePattern(binding.pattern, true))) {
      return bindPattern(one, binding.expression, naming(binding, context), rest)
    }
    return bindThroughBlock(one, binding.expression, naming(binding, context), rest)
  }, body)
}

/** `let (x, y) = (match e with pattern → (x, y)) in body`, with other idents inside. */
function bindThroughBlock(one: OnePattern, value: Expression, context: Context, body: Lambda): Lambda {
  const variables = boundVariables(translatePattern(one.pattern, true))
  const fields = variables.map((v) => variable(v.ident))
  const [only] = variables
  if (only !== undefined && variables.length === 1) {
    const inner = { ...one, layout: only.layout }
    return letIn(only, copyTerm(bindPattern(inner, value, context, fields[0] as Lambda)), body)
  }
  const matched = copyTerm(bindPattern(one, value, context, block(0, false, fields)))
  if (variables.length === 0) return sequence(matched, body)
  const all = freshBinder('bound', 'pointer')
  const reads = variables.map((v, i) => [v, field(i, variable(all.ident), v.layout)] as const)
  return letIn(all, matched, letsIn(reads, body))
}

// ---------------------------------------------------------------------------------------------------------
// Names of functions

/** A context in which a function that is the whole expression gets the name of its variable. */
function naming(binding: ValueBinding, context: Context): Context {
  const { expression } = binding
  if (expression.kind !== 'function') return context
  const name = nameOf(binding.pattern)
  if (name === undefined) return context
  const inline = inlineAttribute(binding.attributes)
  return {
    ...context,
    expression: (e, inner) =>
      e === expression
        ? translateFunction(expression, context, `${context.path}.${name}`, inline)
        : context.expression(e, inner),
  }
}

function nameOf(pattern: Pattern): string | undefined {
  if (pattern.kind === 'variable') return pattern.ident.name
  return pattern.kind === 'alias' ? pattern.ident.name : undefined
}

// ---------------------------------------------------------------------------------------------------------
// let rec

interface Entry {
  readonly binder: Binder
  readonly value: Lambda
  readonly region: Region
}

export function translateLetRec(bindings: readonly ValueBinding[], context: Context, body: Lambda): Lambda {
  const entries = bindings.map((binding): Entry => {
    const inline: InlineAttribute = inlineAttribute(binding.attributes)
    const { expression, pattern } = binding
    const binder = recursiveBinder(pattern)
    const name = `${context.path}.${binder.ident.name}`
    const value =
      expression.kind === 'function'
        ? translateFunction(expression, context, name, inline)
        : context.expression(expression, context)
    return { binder, value, region: expression.region }
  })
  return letRecursive(entries, body)
}

function recursiveBinder(pattern: Pattern): Binder {
  const layout = layoutOf(pattern.env, pattern.type)
  if (pattern.kind === 'variable' || pattern.kind === 'alias') return { ident: pattern.ident, layout }
  return freshBinder('rec', layout)
}

/**
 * Functions and blocks are bound together; what they are wrapped in (`let rec f = let t = e in fun …`), and
 * values that do not refer to the others, is bound before them.
 */
export function letRecursive(entries: readonly Entry[], body: Lambda): Lambda {
  return new RecursiveBindings(entries).build(body)
}

class RecursiveBindings {
  private readonly stamps: Set<number>
  private readonly before: ((rest: Lambda) => Lambda)[] = []
  private readonly together: { readonly binder: Binder; readonly value: Lambda }[] = []
  /** `let g = f in …` inside of the definition of `f`: names for members of the group. */
  private readonly aliases: { readonly binder: Binder; readonly target: Lambda }[] = []

  constructor(entries: readonly Entry[]) {
    this.stamps = new Set(entries.map((e) => e.binder.ident.stamp))
    for (const entry of independentFirst(entries, this.stamps)) this.add(entry)
  }

  build(body: Lambda): Lambda {
    const named = this.aliases.reduceRight((rest, { binder, target }) => letIn(binder, target, rest), body)
    const bindings = this.withoutAliases()
    const rest: Lambda = bindings.length === 0 ? named : { kind: 'letrec', bindings, body: named }
    return this.before.reduceRight((term, wrap) => wrap(term), rest)
  }

  private add({ binder, value, region }: Entry): void {
    if (value.kind === 'function' || this.isRecursiveBlock(value)) {
      this.together.push({ binder, value })
      return
    }
    if (value.kind === 'variable' && this.stamps.has(value.ident.stamp)) {
      this.aliases.push({ binder, target: value })
      return
    }
    if (!mentionsAny(value, this.stamps)) {
      this.stamps.delete(binder.ident.stamp)
      this.before.push((rest) => letIn(binder, value, rest))
      return
    }
    this.add({ binder, value: this.unwrap(value, region), region })
  }

  /** The members, mentioning one another by their own names. */
  private withoutAliases(): readonly { readonly binder: Binder; readonly value: Lambda }[] {
    if (this.aliases.length === 0) return this.together
    const targets = new Map<number, Lambda>()
    for (const { binder, target } of this.aliases) targets.set(binder.ident.stamp, target)
    for (const [stamp, target] of targets) targets.set(stamp, followed(target, targets))
    return this.together.map(({ binder, value }) => ({ binder, value: copyTerm(value, targets) }))
  }

  private isRecursiveBlock(value: Lambda): boolean {
    return value.kind === 'primitive' && builders.has(value.primitive.kind) && mentionsAny(value, this.stamps)
  }

  /** Takes one layer off a value that mentions the bound variables. */
  private unwrap(value: Lambda, region: Region): Lambda {
    switch (value.kind) {
      case 'let':
        this.addInner(value.binder, value.value, region)
        return value.body
      case 'letrec':
        for (const b of value.bindings) this.stamps.add(b.binder.ident.stamp)
        for (const b of value.bindings) this.add({ ...b, region })
        return value.body
      case 'sequence': {
        const { first } = value
        if (mentionsAny(first, this.stamps)) notAllowed(region)
        this.before.push((rest) => sequence(first, rest))
        return value.second
      }
      default:
        return notAllowed(region)
    }
  }

  private addInner(binder: Binder, value: Lambda, region: Region): void {
    if (mentionsAny(value, this.stamps)) {
      this.stamps.add(binder.ident.stamp)
      this.add({ binder, value, region })
      return
    }
    this.before.push((rest) => letIn(binder, value, rest))
  }
}

/** The end of a chain of aliases. */
function followed(target: Lambda, targets: ReadonlyMap<number, Lambda>): Lambda {
  let at = target
  for (;;) {
    const next = at.kind === 'variable' ? targets.get(at.ident.stamp) : undefined
    if (next === undefined) return at
    at = next
  }
}

/** A value that refers to none of the others comes before everything that may use it. */
function independentFirst(entries: readonly Entry[], stamps: ReadonlySet<number>): Entry[] {
  const independent = entries.filter((e) => e.value.kind !== 'function' && !mentionsAny(e.value, stamps))
  return [...independent, ...entries.filter((e) => !independent.includes(e))]
}

const builders: ReadonlySet<string> = new Set(['makeBlock', 'makeFloatBlock', 'makeArray', 'makeLazy'])

function notAllowed(region: Region): never {
  return fail(region, "This kind of expression is not allowed as right-hand side of `let rec'")
}
