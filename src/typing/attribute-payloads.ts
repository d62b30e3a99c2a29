/**
 * What attributes themselves are warned of: `[@ppwarning "text"]` is warning 22, and a payload that `warning`, `warnerror` or
 * `alert` cannot mean anything by is warning 47.
 *
 * Items of structures and signatures are looked through one by one, when inference comes to them: attributes of a node before
 * those of its parts, without the items of inner structures and signatures, which have their own turn. OCaml comes to some attributes
 * several times; here each is told once.
 */

import type { Diagnostic } from '../base/diagnostic.ts'
import {
  defaultWarnings,
  specificationAlerts,
  WarningSpecificationError,
  warningAt,
} from '../base/warnings.ts'
import type { Attribute, SignatureItem, StructureItem } from '../syntax/ast.ts'
import { namedAlert } from './alerts.ts'
import { type Reports, reportOnce } from './report.ts'
import { mentionsWarnings, stringPayload } from './warning-attributes.ts'

export function warnPayloads(reports: Reports, item: StructureItem | SignatureItem): void {
  if (mentionsWarnings(item.region.source)) walk(reports, item)
}

interface Node {
  readonly kind?: unknown
  readonly attributes?: readonly Attribute[]
  readonly attribute?: Attribute
}

function walk(reports: Reports, part: unknown): void {
  if (Array.isArray(part)) {
    for (const each of part) walk(reports, each)
    return
  }
  if (typeof part !== 'object' || part === null || part instanceof Uint8Array) return
  const { kind, attribute, attributes = [] } = part as Node
  const own = kind === 'attribute' && attribute !== undefined ? [attribute] : attributes
  for (const each of own) for (const told of diagnosticsOf(each)) reportOnce(reports, told)
  const hasItems = kind === 'structure' || kind === 'signature'
  for (const [key, inner] of Object.entries(part)) {
    const isApart = key === 'region' || key === 'attributes' || key === 'attribute' || key === 'payload'
    if (!isApart && !(hasItems && key === 'items')) walk(reports, inner)
  }
}

function diagnosticsOf(attribute: Attribute): readonly Diagnostic[] {
  switch (attribute.name.replace(/^ocaml\./, '')) {
    case 'ppwarning':
      return preprocessorWarning(attribute)
    case 'warning':
    case 'warnerror':
      return badSpecification(attribute)
    case 'alert':
      return badAlert(attribute)
    default:
      return []
  }
}

function preprocessorWarning(attribute: Attribute): readonly Diagnostic[] {
  const text = stringPayload(attribute)
  const [item] = attribute.payload.kind === 'structure' ? attribute.payload.items : []
  return text === undefined || item === undefined ? [] : [warningAt(item.region, 22, text)]
}

function illegal({ name, region }: Attribute, why: string): readonly Diagnostic[] {
  return [warningAt(region, 47, `illegal payload for attribute '${name}'.\n${why}`)]
}

/** Whether a text means something to `read`. */
function isWellFormed(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch (error) {
    if (error instanceof WarningSpecificationError) return false
    throw error
  }
}

function badSpecification(attribute: Attribute): readonly Diagnostic[] {
  const text = stringPayload(attribute)
  if (text === undefined) return illegal(attribute, 'A single string literal is expected')
  const isGood = isWellFormed(() => defaultWarnings.with(text, 'enabled'))
  return isGood
    ? specificationAlerts(text, attribute.region)
    : illegal(attribute, 'Ill-formed list of warnings')
}

function badAlert(attribute: Attribute): readonly Diagnostic[] {
  const text = stringPayload(attribute)
  if (text === undefined) {
    const alert = namedAlert(attribute)
    if (alert === undefined) return illegal(attribute, 'Invalid payload')
    return alert.name === 'all' ? illegal(attribute, "The alert name 'all' is reserved") : []
  }
  const isGood = isWellFormed(() => defaultWarnings.withAlerts(text))
  return isGood ? [] : illegal(attribute, 'Ill-formed list of alert settings')
}
