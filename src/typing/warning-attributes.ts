/**
 * `[@warning "-8"]`, `[@@warning "-8"]` and `[@@@warning "-8"]`: which warnings are silenced where.
 *
 * An attribute on a node counts inside the node's region; a floating one from where it stands to the end of its
 * structure. Of several that say something about a warning the innermost counts.
 *
 * The tree is walked without regard to the kinds of nodes: whatever has attributes and a region is a node.
 */

import type { Diagnostic } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type { Attribute, StructureItem } from '../syntax/ast.ts'

interface Scope {
  readonly start: number
  readonly end: number
  readonly switches: readonly Switch[]
}

interface Switch {
  readonly on: boolean
  readonly matches: (warning: { readonly number: number; readonly name: string }) => boolean
}

const attributeNames: readonly string[] = ['warning', 'ocaml.warning']

/** The string of `[@name "text"]`. */
function payloadText({ payload }: Attribute): string | undefined {
  if (payload.kind !== 'structure' || payload.items.length !== 1) return undefined
  const [item] = payload.items
  if (item?.kind !== 'eval' || item.expression.kind !== 'constant') return undefined
  const { constant } = item.expression
  return constant.kind === 'string' ? new TextDecoder().decode(constant.bytes) : undefined
}

/** "+a-4..6-partial-match": switches in order. */
function parseSwitches(text: string): Switch[] {
  const switches: Switch[] = []
  for (const [, sign, first, last, name] of text.matchAll(
    /([-+@])(?:(\d+)(?:\.\.(\d+))?|([a-z][a-z-]*[a-z]|[a-zA-Z]))/g,
  )) {
    const on = sign !== '-'
    if (name !== undefined) {
      switches.push({ on, matches: (w) => name === 'a' || name === 'A' || w.name === name })
      continue
    }
    const low = Number(first)
    const high = last === undefined ? low : Number(last)
    switches.push({ on, matches: (w) => w.number >= low && w.number <= high })
  }
  return switches
}

function switchesOf(attributes: readonly Attribute[]): Switch[] {
  return attributes
    .filter(({ name }) => attributeNames.includes(name))
    .flatMap((attribute) => parseSwitches(payloadText(attribute) ?? ''))
}

interface Node {
  readonly kind?: unknown
  readonly region?: Region
  readonly attributes?: readonly Attribute[]
  readonly attribute?: Attribute
}

/** Collects the scopes of a list of items, or of any other part of the tree. `end` is where the structure ends. */
function collect(value: unknown, end: number, scopes: Scope[]): void {
  if (Array.isArray(value)) {
    for (const each of value) collect(each, end, scopes)
    return
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return
  const node = value as Node
  const inner = node.kind === 'structure' && node.region !== undefined ? node.region.end : end
  if (node.region !== undefined) addScopes(node, node.region, end, scopes)
  for (const [key, part] of Object.entries(node)) {
    if (key !== 'region' && key !== 'attributes') collect(part, inner, scopes)
  }
}

function addScopes(node: Node, region: Region, end: number, scopes: Scope[]): void {
  if (node.kind === 'attribute' && node.attribute !== undefined) {
    const switches = switchesOf([node.attribute])
    if (switches.length > 0) scopes.push({ start: region.start, end, switches })
  }
  const switches = switchesOf(node.attributes ?? [])
  if (switches.length > 0) scopes.push({ start: region.start, end: region.end, switches })
}

function scopesOf(items: readonly StructureItem[]): readonly Scope[] {
  const scopes: Scope[] = []
  collect(items, Number.POSITIVE_INFINITY, scopes)
  return scopes.sort((a, b) => a.start - b.start || b.end - a.end)
}

/** A test for diagnostics: false for the warnings that the source silences. */
export function audible(items: readonly StructureItem[]): (diagnostic: Diagnostic) => boolean {
  let scopes: readonly Scope[] | undefined
  return ({ warning, region }) => {
    if (warning === undefined) return true
    scopes ??= scopesOf(items)
    const around = scopes.filter(({ start, end }) => start <= region.start && region.end <= end)
    const said = around.flatMap(({ switches }) => switches).filter((each) => each.matches(warning))
    return said.at(-1)?.on ?? true
  }
}
