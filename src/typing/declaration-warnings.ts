/** Warnings about groups of type definitions: 30 (a name is defined twice), 62 and 65. */

import type { Region } from '../base/region.ts'
import { warningAt } from '../base/warnings.ts'
import type * as ast from '../syntax/ast.ts'
import { type Reports, reportOnce } from './report.ts'

/** `type t = ()` where `type t = unit` was meant. */
export function warnRedefinedUnit(
  reports: Reports,
  { name, definition, manifest, region }: ast.TypeDeclaration,
): void {
  if (definition.kind !== 'variant' || manifest !== undefined) return
  if (definition.constructors.length !== 1 || definition.constructors[0]?.name.text !== '()') return
  const message = `This type declaration is defining a new '()' constructor\nwhich shadows the existing one.\nHint: Did you mean 'type ${name.text} = unit'?`
  reportOnce(reports, warningAt(region, 65, message))
}

/** The result of a constructor says what the parameters are, so a constraint on them says nothing about it. */
export function warnConstraintOnGadt(
  reports: Reports,
  { definition, constraints }: ast.TypeDeclaration,
): void {
  const [first] = constraints
  if (first === undefined || definition.kind !== 'variant') return
  if (!definition.constructors.some(({ result }) => result !== undefined)) return
  reportOnce(
    reports,
    warningAt(first.region, 62, 'Type constraints do not apply to GADT cases of variant types.'),
  )
}

/** Of two constructors, or two labels, with one name in a group only the first is seen. */
export function warnDuplicates(reports: Reports, group: readonly ast.TypeDeclaration[]): void {
  const constructors = new Map<string, string>()
  const labels = new Map<string, string>()
  for (const { name, definition } of group) {
    const note = (known: Map<string, string>, what: string, part: string, region: Region): void => {
      const first = known.get(part)
      if (first === undefined) known.set(part, name.text)
      else
        reportOnce(
          reports,
          warningAt(region, 30, `the ${what} ${part} is defined in both types ${first} and ${name.text}.`),
        )
    }
    if (definition.kind === 'variant')
      for (const c of definition.constructors) note(constructors, 'constructor', c.name.text, c.region)
    if (definition.kind === 'record')
      for (const field of definition.fields) note(labels, 'label', field.name.text, field.region)
  }
}
