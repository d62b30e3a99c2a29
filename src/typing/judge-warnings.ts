/**
 * Which diagnostics of a unit are printed: `[@warning "-8"]`, `[@@warning "-8"]` and `[@@@warning "-8"]` change what is wanted.
 *
 * An attribute on a node counts inside the node's region; a floating one from where it stands to the end of its
 * structure. Of several that say something about a warning the innermost counts.
 *
 * The tree is walked without regard to the kinds of nodes: whatever has attributes and a region is a node. That is
 * done only when there is a warning to decide about.
 */

import type { Diagnostic } from '../base/diagnostic.ts'
import type { Region, Source } from '../base/region.ts'
import type { Warnings } from '../base/warnings.ts'
import type { Attribute, SignatureItem, StructureItem } from '../syntax/ast.ts'
import { mentionsWarnings, switchesWarnings, warningsInside } from './warning-attributes.ts'

interface Scope {
  readonly source: Source
  readonly start: number
  readonly end: number
  readonly attributes: readonly Attribute[]
}

interface Node {
  readonly kind?: unknown
  readonly region?: Region
  readonly attributes?: readonly Attribute[]
  readonly attribute?: Attribute
}

/** Collects the scopes in a part of the tree; `end` is where the surrounding structure ends. */
function collect(value: unknown, end: number, scopes: Scope[]): void {
  if (Array.isArray(value)) {
    for (const each of value) collect(each, end, scopes)
    return
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return
  const node = value as Node
  const inner = node.kind === 'structure' && node.region !== undefined ? node.region.end : end
  if (node.region !== undefined) scopes.push(...scopesAt(node, node.region, end))
  for (const [key, part] of Object.entries(node)) {
    if (key !== 'region' && key !== 'attributes') collect(part, inner, scopes)
  }
}

function scopesAt(
  { kind, attribute, attributes = [] }: Node,
  { source, start, end }: Region,
  outerEnd: number,
): Scope[] {
  const scopes: Scope[] = []
  if (kind === 'attribute' && attribute !== undefined && switchesWarnings(attribute))
    scopes.push({ source, start, end: outerEnd, attributes: [attribute] })
  if (attributes.some(switchesWarnings)) scopes.push({ source, start, end, attributes })
  return scopes
}

function scopesOf(items: readonly (StructureItem | SignatureItem)[]): readonly Scope[] {
  if (!items.some(({ region }) => mentionsWarnings(region.source))) return []
  const scopes: Scope[] = []
  collect(items, Number.POSITIVE_INFINITY, scopes)
  return scopes.sort((a, b) => a.start - b.start || b.end - a.end)
}

/** What is to be printed of a unit's diagnostics; undefined for nothing. */
export type Judge = (diagnostic: Diagnostic) => Diagnostic | undefined

/** Judges diagnostics by what is wanted outside and by the attributes of the source. */
export function judgeOf(items: readonly (StructureItem | SignatureItem)[], outside: Warnings): Judge {
  let scopes: readonly Scope[] | undefined
  return (diagnostic) => {
    if (diagnostic.severity === 'error') return diagnostic
    const { region } = diagnostic
    scopes ??= scopesOf(items)
    const { source } = region
    const around = scopes.filter(
      (each) => each.source === source && each.start <= region.start && region.end <= each.end,
    )
    return around.reduce((w, { attributes }) => warningsInside(attributes, w), outside).judge(diagnostic)
  }
}
