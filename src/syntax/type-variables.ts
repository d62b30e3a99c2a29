/** Turns the locally abstract types of an annotation into the variables of a polymorphic type. */

import type { ObjectTypeField, TypeExpression, VariantRow } from './ast.ts'

/** The type with `a` replaced by `'a` for every `a` among the names. */
export function variablesForConstructors(type: TypeExpression, names: ReadonlySet<string>): TypeExpression {
  const replace = (inner: TypeExpression) => variablesForConstructors(inner, names)
  const { region, attributes } = type
  switch (type.kind) {
    case 'any':
    case 'variable':
    case 'extension':
      return type
    case 'constructor':
      if (type.path.kind === 'ident' && type.arguments.length === 0 && names.has(type.path.name)) {
        return { kind: 'variable', name: type.path.name, region, attributes }
      }
      return { ...type, arguments: type.arguments.map(replace) }
    case 'class':
      return { ...type, arguments: type.arguments.map(replace) }
    case 'arrow':
    case 'synchronous':
      return { ...type, parameter: replace(type.parameter), result: replace(type.result) }
    case 'asynchronous':
      return { ...type, argument: replace(type.argument) }
    case 'tuple':
      return { ...type, elements: type.elements.map(replace) }
    case 'alias':
    case 'open':
    case 'poly':
      return { ...type, type: replace(type.type) }
    case 'object':
      return { ...type, fields: type.fields.map((field) => replaceInField(field, replace)) }
    case 'variant':
      return { ...type, rows: type.rows.map((row) => replaceInRow(row, replace)) }
    case 'package':
      return { ...type, constraints: type.constraints.map((each) => ({ ...each, type: replace(each.type) })) }
  }
}

type Replace = (type: TypeExpression) => TypeExpression

function replaceInField(field: ObjectTypeField, replace: Replace): ObjectTypeField {
  return { ...field, type: replace(field.type) }
}

function replaceInRow(row: VariantRow, replace: Replace): VariantRow {
  return row.kind === 'tag' ? { ...row, types: row.types.map(replace) } : { ...row, type: replace(row.type) }
}
