/** `type a b. t` as a polymorphic annotation: `t` with variables in place of the locally abstract types. */

import type * as ast from '../syntax/ast.ts'

export function varify(names: readonly ast.Name[], type: ast.TypeExpression): ast.TypeExpression {
  const set = new Set(names.map((name) => name.text))
  const body = rename(set, type)
  return { kind: 'poly', variables: names, type: body, region: type.region, attributes: [] }
}

function rename(names: ReadonlySet<string>, t: ast.TypeExpression): ast.TypeExpression {
  const each = (type: ast.TypeExpression) => rename(names, type)
  switch (t.kind) {
    case 'any':
    case 'variable':
    case 'extension':
      return t
    case 'arrow':
    case 'synchronous':
      return { ...t, parameter: each(t.parameter), result: each(t.result) }
    case 'asynchronous':
      return { ...t, argument: each(t.argument) }
    case 'tuple':
      return { ...t, elements: t.elements.map(each) }
    case 'constructor':
      if (t.path.kind === 'ident' && t.arguments.length === 0 && names.has(t.path.name)) {
        return { kind: 'variable', name: t.path.name, region: t.region, attributes: t.attributes }
      }
      return { ...t, arguments: t.arguments.map(each) }
    case 'class':
      return { ...t, arguments: t.arguments.map(each) }
    case 'object':
      return { ...t, fields: t.fields.map((field) => ({ ...field, type: each(field.type) })) }
    case 'alias':
    case 'open':
      return { ...t, type: each(t.type) }
    case 'variant':
      return { ...t, rows: t.rows.map((row) => renameRow(names, row)) }
    case 'poly':
      return { ...t, type: each(t.type) }
    case 'package':
      return { ...t, constraints: t.constraints.map((c) => ({ ...c, type: each(c.type) })) }
  }
}

function renameRow(names: ReadonlySet<string>, row: ast.VariantRow): ast.VariantRow {
  if (row.kind === 'inherit') return { ...row, type: rename(names, row.type) }
  return { ...row, types: row.types.map((type) => rename(names, type)) }
}
