/** Records: construction, `with`, field access and assignment. */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { type Context, type Expected, expecting, warn } from './context.ts'
import {
  type DefinedType,
  type Definition,
  recordDefinition,
  resolveLabel,
  resolveLabels,
} from './disambiguate.ts'
import { type Env, findType } from './env.ts'
import { checkRepeated, unifyLabel } from './infer-pattern.ts'
import { instance, instanceAll, instanceLabel, instancePoly } from './instance.ts'
import { printLongName } from './lookup.ts'
import { inferPolymorphic } from './polymorphic.ts'
import { unitType } from './predef.ts'
import { box, concat, hovBox, renderMessage, space } from './pretty.ts'
import { printType } from './print-type.ts'
import { unifyAt, unifyExpression } from './type-clash.ts'
import { constructorType, newVariable } from './type-graph.ts'
import type { Expression } from './typed-tree.ts'
import { type LabelDescription, repr, type Type } from './types.ts'
import type { LabelUse } from './usage.ts'

type Record = Extract<ast.Expression, { kind: 'record' }>

const subject = 'This record expression is expected to have'

/** A record whose labels are read; it may be an inline one. */
function inferRecordOperand(cx: Context, env: Env, e: ast.Expression): Expression {
  return cx.expressions.infer(cx, env, e, { type: newVariable(), inlineRecord: 'allowed' })
}

/** The value of one label, whose type may be polymorphic. */
function inferLabelValue(
  cx: Context,
  env: Env,
  value: ast.Expression,
  type: Type,
  label: LabelDescription,
): Expression {
  const declared = repr(label.type).desc
  const { desc } = repr(type)
  if (desc.kind !== 'poly') return cx.expressions.inferArgument(cx, env, value, expecting(type))
  if (desc.variables.length === 0) return cx.expressions.inferArgument(cx, env, value, expecting(desc.body))
  return inferPolymorphic(
    env,
    desc,
    'field value',
    (inner) => cx.expressions.inferArgument(cx, env, value, expecting(inner)),
    declared.kind === 'poly' ? declared : desc,
  )
}

function freshRecord(env: Env, { path, declaration }: DefinedType): Type {
  const parameters = (findType(env, path) ?? declaration).parameters
  return constructorType(path, instanceAll(parameters))
}

interface Target {
  readonly type: Type
  readonly definition: Definition
}

/** What is known of the record's type: from what is expected, or from the record that is copied. */
function targetOf(env: Env, expected: Expected, base: Expression | undefined): Target {
  const definition = recordDefinition(env, expected.type)
  if (definition.kind === 'known') return { type: expected.type, definition }
  if (base === undefined) return { type: newVariable(), definition }
  const fromBase = recordDefinition(env, base.type)
  if (fromBase.kind !== 'known') return { type: newVariable(), definition }
  return { type: freshRecord(env, fromBase.type), definition: fromBase }
}

export function inferRecord(cx: Context, env: Env, e: Record, expected: Expected): Expression {
  const base = e.base === undefined ? undefined : inferRecordOperand(cx, env, e.base)
  const { type, definition } = targetOf(env, expected, base)
  const place = { expected: expecting(type, expected.because), subject }
  const names = e.fields.map((field) => field.path)
  const labels = resolveLabels(env, names, 'build', e.base === undefined, definition, place, e.region)
  const written = e.fields.map((field, i) => ({ field, label: labels[i] as LabelDescription }))
  written.sort((a, b) => a.label.position - b.label.position)
  const values = new Map<number, Expression>()
  for (const { field, label } of written) {
    values.set(label.position, inferWritten(cx, env, field, label, type, e.region))
  }
  unifyAt(env, e.region, type, expected)
  checkRepeated(labels, e.region)
  return finishRecord(cx, env, e, expected, base, (labels[0] as LabelDescription).all, values)
}

function inferWritten(
  cx: Context,
  env: Env,
  field: ast.ExpressionField,
  label: LabelDescription,
  recordType: Type,
  region: Region,
): Expression {
  const types = instanceLabel(label)
  unifyLabel(env, field.path, types.record, recordType)
  if (label.private) failPrivate(env, region, recordType)
  return inferLabelValue(cx, env, field.value, types.type, label)
}

export function failPrivate(env: Env, region: Region, type: Type): never {
  fail(region, renderMessage(box(0, 'Cannot create values of the private type', space, printType(env, type))))
}

function finishRecord(
  cx: Context,
  env: Env,
  e: Record,
  expected: Expected,
  base: Expression | undefined,
  all: readonly LabelDescription[],
  values: ReadonlyMap<number, Expression>,
): Expression {
  if (base === undefined) checkComplete(e.region, all, values)
  else keepOthers(env, e, expected, base, all, values)
  if (base !== undefined && values.size === all.length) warnUselessWith(cx, e.region)
  return {
    region: e.region,
    type: expected.type,
    env,
    attributes: e.attributes,
    kind: 'record',
    labels: all,
    fields: all.map((label) => values.get(label.position) ?? 'kept'),
    base,
  }
}

export function warnUselessWith(cx: Context, region: Region): void {
  const message = "all the fields are explicitly listed in this record:\nthe 'with' clause is useless."
  warn(cx, region, 23, 'useless-record-with', message)
}

function checkComplete(
  region: Region,
  all: readonly LabelDescription[],
  values: ReadonlyMap<number, Expression>,
): void {
  const missing = all.filter((label) => !values.has(label.position))
  if (missing.length === 0) return
  const names = missing.map((label) => concat(space, label.name))
  fail(region, renderMessage(hovBox(0, 'Some record fields are undefined:', ...names)))
}

/** The labels that are copied have the same type in both records; the others need not. */
function keepOthers(
  env: Env,
  e: Record,
  expected: Expected,
  base: Expression,
  all: readonly LabelDescription[],
  values: ReadonlyMap<number, Expression>,
): void {
  for (const label of all) {
    const old = instanceLabel(label)
    unifyAt(env, base.region, base.type, expecting(old.record))
    if (values.has(label.position)) continue
    const copied = instanceLabel(label)
    unifyAt(env, e.region, old.type, expecting(copied.type))
    unifyAt(env, e.region, expected.type, expecting(copied.record))
  }
}

// ---------------------------------------------------------------------------------------------------------
// Access

function inferLabelOf(
  cx: Context,
  env: Env,
  record: ast.Expression,
  path: ast.LongName,
  use: LabelUse,
): { readonly record: Expression; readonly label: LabelDescription } {
  const inferred = inferRecordOperand(cx, env, record)
  const place = { expected: expecting(inferred.type), subject: 'This expression has' }
  const label = resolveLabel(env, path, use, recordDefinition(env, inferred.type), place)
  return { record: inferred, label }
}

export function inferField(
  cx: Context,
  env: Env,
  e: Extract<ast.Expression, { kind: 'field' }>,
  expected: Expected,
): Expression {
  const { record, label } = inferLabelOf(cx, env, e.record, e.path, 'read')
  const types = instanceLabel(label)
  unifyAt(env, record.region, record.type, expecting(types.record))
  const { desc } = repr(types.type)
  const type = desc.kind === 'poly' ? instancePoly(desc.variables, desc.body).body : types.type
  unifyExpression(env, e, type, expected)
  return { region: e.region, type, env, attributes: e.attributes, kind: 'field', record, label }
}

export function inferSetField(
  cx: Context,
  env: Env,
  e: Extract<ast.Expression, { kind: 'set-field' }>,
  expected: Expected,
): Expression {
  const { record, label } = inferLabelOf(cx, env, e.record, e.path, 'mutate')
  const types = instanceLabel(label)
  unifyLabel(env, e.path, types.record, record.type)
  if (label.private) {
    fail(
      e.path.region,
      renderMessage(
        box(
          0,
          `Cannot assign field ${printLongName(e.path)} of the private type`,
          space,
          printType(env, record.type),
        ),
      ),
    )
  }
  const value = inferLabelValue(cx, env, e.value, types.type, label)
  if (!label.mutable) fail(e.region, `The record field ${printLongName(e.path)} is not mutable`)
  const type = instance(unitType)
  unifyExpression(env, e, type, expected)
  return {
    region: e.region,
    type,
    env,
    attributes: e.attributes,
    kind: 'set-field',
    record,
    label,
    value,
  }
}
