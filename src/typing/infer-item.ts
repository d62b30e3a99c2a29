/** Structure items that define values: `let`, expressions on their own, `external`. */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { type Context, expecting } from './context.ts'
import { addValue, type Env } from './env.ts'
import { expandHead } from './expand.ts'
import { isNonexpansive } from './expansive.ts'
import { generalise, restrictToCovariant } from './generalise.ts'
import { freshIdent, type Ident } from './ident.ts'
import { inferDefinition } from './infer-definition.ts'
import { inferLet } from './infer-let.ts'
import { inferLocations } from './infer-location.ts'
import { TypeVariables, translateScheme } from './translate-type.ts'
import { failClash } from './type-clash.ts'
import { inNewLevel, newVariable } from './type-graph.ts'
import type { JoinDefinition } from './typed-join.ts'
import type { StructureItem } from './typed-tree.ts'
import { repr, type SignatureItem, type Type, type ValueDescription } from './types.ts'
import { UnifyError } from './unify.ts'
import { unused } from './usage.ts'

/** What an item makes: its typed form, what it adds to the signature, and the environment after it. */
export interface InferredItem {
  readonly item: StructureItem
  readonly signature: readonly SignatureItem[]
  readonly env: Env
}

type Item<Kind extends ast.StructureItem['kind']> = Extract<ast.StructureItem, { kind: Kind }>

/** Each item has its own named type variables. */
const withOwnVariables = (cx: Context): Context => ({ ...cx, variables: new TypeVariables() })

/** What patterns and generalisation throw outside of any expression is about the item. */
function guarded<Result>(env: Env, region: Region, body: () => Result): Result {
  try {
    return body()
  } catch (error) {
    if (error instanceof UnifyError) return failClash(env, region, error, expecting(newVariable()))
    throw error
  }
}

export function inferValueItem(cx: Context, env: Env, item: Item<'value'>): InferredItem {
  const inferred = guarded(env, item.region, () => {
    return inferLet(withOwnVariables(cx), env, item.recursive, item.bindings, 'toplevel')
  })
  const signature = inferred.variables.map(({ ident, type, region }) => valueItem(ident, type, region))
  const { bindings } = inferred
  return {
    item: { kind: 'value', recursive: item.recursive, bindings, region: item.region, env },
    signature,
    env: inferred.env,
  }
}

export function inferEvalItem(cx: Context, env: Env, item: Item<'eval'>): InferredItem {
  const own = withOwnVariables(cx)
  const expression = inNewLevel(() =>
    own.expressions.infer(own, env, item.expression, expecting(newVariable())),
  )
  if (!isNonexpansive(expression)) restrictToCovariant(env, expression.type)
  generalise(expression.type)
  return { item: { kind: 'eval', expression, region: item.region, env }, signature: [], env }
}

/** `def` defines its channels; `let loc` its names and the channels of its locations. */
export function inferJoinItem(cx: Context, env: Env, item: Item<'def' | 'location'>): InferredItem {
  const own = withOwnVariables(cx)
  const { region } = item
  if (item.kind === 'def') {
    const inferred = guarded(env, region, () => inferDefinition(own, env, item.definition, 'toplevel'))
    const { definition, env: inner } = inferred
    return {
      item: { kind: 'def', definition, region, env },
      signature: channelItems(definition),
      env: inner,
    }
  }
  const inferred = guarded(env, region, () => inferLocations(own, env, item.locations, 'toplevel'))
  const { locations, type, env: inner } = inferred
  const signature = locations.flatMap(({ ident, definition }, i) => [
    valueItem(ident, type, item.locations[i]?.name.region ?? region),
    ...(definition === undefined ? [] : channelItems(definition)),
  ])
  return { item: { kind: 'location', locations, region, env }, signature, env: inner }
}

const channelItems = ({ automata }: JoinDefinition): readonly SignatureItem[] =>
  automata.flatMap(({ channels }) =>
    channels.map(({ ident, type, region }) => valueItem(ident, type, region)),
  )

function valueItem(ident: Ident, type: Type, region: Region): SignatureItem {
  const description: ValueDescription = { type, kind: { kind: 'regular' }, region, attributes: [] }
  return { kind: 'value', ident, description }
}

/** The number of arrows of a declared type. */
function arityOf(env: Env, type: Type): number {
  const { desc } = expandHead(env, type)
  if (desc.kind === 'poly') return arityOf(env, desc.body)
  return desc.kind === 'arrow' ? 1 + arityOf(env, desc.result) : 0
}

/** Arrows as written: abbreviations in the declared type do not count. */
function writtenArity(type: Type): number {
  const { desc } = repr(type)
  return desc.kind === 'arrow' ? 1 + writtenArity(desc.result) : 0
}

/** The description of `external f : t = "name"` or, with no primitive, of `val f : t`. */
export function describeValue(env: Env, description: ast.ValueDescription): ValueDescription {
  const { region, attributes, primitives } = description
  const type = translateScheme(env, description.type)
  const [name, native] = primitives
  if (name === undefined) return { type, kind: { kind: 'regular' }, region, attributes }
  const arity = writtenArity(type)
  if (arity === 0 && arityOf(env, type) === 0 && !name.startsWith('%')) {
    fail(description.type.region, 'External identifiers must be functions')
  }
  const kind = { kind: 'primitive', name, arity, ...(native === undefined ? {} : { native }) } as const
  return { type, kind, region, attributes }
}

/** Of a declaration in a signature, too. */
export function expectValue(env: Env, { region }: ValueDescription, name: string): void {
  env.store.usages.expect(region, name, () => unused(32, `value ${name}`))
}

export function inferPrimitiveItem(env: Env, item: Item<'primitive'>): InferredItem {
  const ident = freshIdent(item.description.name.text)
  const value = describeValue(env, item.description)
  expectValue(env, value, ident.name)
  return {
    item: { kind: 'primitive', ident, value, region: item.region, env },
    signature: [{ kind: 'value', ident, description: value }],
    env: addValue(env, ident, value),
  }
}
