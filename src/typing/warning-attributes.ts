/** Warnings that attributes switch: `[@warning "-8"]`, `[@@ocaml.warnerror "+11..12"]`, `[@@@alert "-deprecated"]`. */

import type { Source } from '../base/region.ts'
import { WarningSpecificationError, type Warnings } from '../base/warnings.ts'
import type { Attribute, Expression } from '../syntax/ast.ts'

const mentions = new WeakMap<Source, boolean>()

/** Whether a source may have attributes about warnings or alerts. Most have none: then their trees need not be walked. */
export function mentionsWarnings(source: Source): boolean {
  let found = mentions.get(source)
  if (found === undefined) {
    found = /warn|alert/.test(new TextDecoder('latin1').decode(source.bytes))
    mentions.set(source, found)
  }
  return found
}

export const switchesWarnings = ({ name }: Attribute): boolean =>
  /^(ocaml\.)?(warning|warnerror|alert)$/.test(name)

/** What is wanted inside something with these attributes; the last one counts. */
export function warningsInside(attributes: readonly Attribute[], outside: Warnings): Warnings {
  return attributes.reduce(applied, outside)
}

function applied(outside: Warnings, attribute: Attribute): Warnings {
  const text = stringPayload(attribute)
  if (text === undefined) return outside
  try {
    switch (attribute.name.replace(/^ocaml\./, '')) {
      case 'warning':
        return outside.with(text, 'enabled')
      case 'warnerror':
        return outside.with(text, 'errors')
      case 'alert':
        return outside.withAlerts(text)
      default:
        return outside
    }
  } catch (error) {
    // The place of the attribute is told about it by warning 47.
    if (error instanceof WarningSpecificationError) return outside
    throw error
  }
}

/** The payload of an attribute when it is one string. */
export function stringPayload({ payload }: Attribute): string | undefined {
  if (payload.kind !== 'structure' || payload.items.length !== 1) return undefined
  const [item] = payload.items
  return item?.kind === 'eval' ? stringConstant(item.expression) : undefined
}

export function stringConstant(e: Expression): string | undefined {
  if (e.kind !== 'constant') return undefined
  const { constant } = e
  return constant.kind === 'string' ? new TextDecoder().decode(constant.bytes) : undefined
}
