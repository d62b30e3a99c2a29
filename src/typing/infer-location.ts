/**
 * Locations: a name, the channels that the location defines, and a structure that is evaluated in it. Names and channels are
 * known to all locations that are defined together and to what follows; what the structures define is their own.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import type * as syntax from '../syntax/join-nodes.ts'
import type { Context, Expected } from './context.ts'
import { addValue, type Env, findUnit } from './env.ts'
import { freshIdent, type Ident } from './ident.ts'
import { type DefinitionPlace, inferDefinition } from './infer-definition.ts'
import { markExported } from './mark-exported.ts'
import { constructorType } from './type-graph.ts'
import type { Automaton, LocationDefinition } from './typed-join.ts'
import type { Expression } from './typed-tree.ts'
import { genericLevel, type Type } from './types.ts'
import { unused } from './usage.ts'

export interface InferredLocations {
  readonly locations: readonly LocationDefinition[]
  readonly type: Type
  readonly env: Env
}

export function inferLocations(
  cx: Context,
  env: Env,
  locations: readonly syntax.LocationDefinition[],
  place: DefinitionPlace,
): InferredLocations {
  const type = locationType(env, (locations[0] as syntax.LocationDefinition).region)
  const named = locations.map((each) => ({ ...each, ident: freshIdent(each.name.text) }))
  const withNames = named.reduce((e, each) => addLocation(e, each, type, place), env)
  const { automata, env: inner } = inferAutomata(cx, withNames, locations, place)
  let next = 0
  const inferred = named.map(({ ident, definition, items, region }): LocationDefinition => {
    const own = definition?.automata.map(() => automata[next++] as Automaton)
    const structure = inferItems(cx, inner, items, region)
    return {
      ident,
      definition: own && definition && { automata: own, region: definition.region },
      structure,
      region,
    }
  })
  return { locations: inferred, type, env: inner }
}

/** `Join.location`. */
function locationType(env: Env, region: Region): Type {
  const components = findUnit(env, 'Join')?.components
  const entry = components?.kind === 'structure' ? components.types.get('location')?.[0] : undefined
  if (entry === undefined) fail(region, 'Locations need the library Join, which is not available here')
  return constructorType(entry.path, [], genericLevel)
}

function addLocation(
  env: Env,
  { name, ident }: { readonly name: ast.Name; readonly ident: Ident },
  type: Type,
  place: DefinitionPlace,
): Env {
  const { region } = name
  const complaint = () =>
    place === 'toplevel' ? unused(32, `value ${ident.name}`) : unused(26, `variable ${ident.name}`)
  env.store.usages.expect(region, ident.name, complaint)
  return addValue(env, ident, { type, kind: { kind: 'regular' }, region, attributes: [] })
}

/** The automata of all locations are one definition. */
function inferAutomata(
  cx: Context,
  env: Env,
  locations: readonly syntax.LocationDefinition[],
  place: DefinitionPlace,
): { readonly automata: readonly Automaton[]; readonly env: Env } {
  const automata = locations.flatMap(({ definition }) => definition?.automata ?? [])
  const { region } = locations[0] as syntax.LocationDefinition
  if (automata.length === 0) return { automata: [], env }
  const inferred = inferDefinition(cx, env, { automata, classic: true, region }, place)
  return { automata: inferred.definition.automata, env: inferred.env }
}

function inferItems(
  cx: Context,
  env: Env,
  items: readonly ast.StructureItem[],
  region: Region,
): LocationDefinition['structure'] {
  const module = cx.modules.inferModule(cx, env, { kind: 'structure', items, region, attributes: [] })
  if (module.kind !== 'structure') return fail(region, 'A location holds a structure')
  markExported(env.store.usages, module.structure.signature)
  return module.structure
}

/** `let loc … in`: what follows is an expression or a process as the whole is. */
export function inferLocation(
  cx: Context,
  env: Env,
  e: Extract<ast.Expression, { kind: 'location' }>,
  expected: Expected,
): Expression {
  const { locations, env: inner } = inferLocations(cx, env, e.locations, 'expression')
  const body = cx.expressions.infer(cx, inner, e.body, expected)
  const { region, attributes } = e
  return { region, type: body.type, env, attributes, kind: 'location', locations, body }
}
