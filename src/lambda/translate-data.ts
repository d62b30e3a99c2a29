/** Constructors, records, arrays and what reads them. */

import type { Region } from '../base/region.ts'
import type { Expression, ExtensionConstructor } from '../typing/typed-tree.ts'
import type { LabelDescription, RecordRepresentation } from '../typing/types.ts'
import {
  block,
  external,
  floatBlock,
  freshBinder,
  int,
  letIn,
  letsIn,
  primitive,
  sequence,
  variable,
} from './build.ts'
import { type Context, extensionTerm, memberName } from './context.ts'
import { hashVariant } from './hash-variant.ts'
import type { Binder, Lambda, StoreMode } from './lambda.ts'
import { arrayKindOf, layoutOf } from './layout.ts'

type Of<Kind extends Expression['kind']> = Expression & { readonly kind: Kind }

export function translateConstruct(e: Of<'construct'>, context: Context): Lambda {
  const { tag, inlined } = e.constructor
  const args = e.arguments.map((a) => context.expression(a, context))
  if (inlined !== undefined && args.length > 0) return args[0] as Lambda
  switch (tag.kind) {
    case 'constant':
      return int(tag.index)
    case 'block':
      return block(tag.tag, false, args, e.region)
    case 'unboxed':
      return args[0] as Lambda
    case 'extension': {
      const identity = extensionTerm(e.env, tag.path)
      return args.length === 0 ? identity : block(0, false, [identity, ...args], e.region)
    }
  }
}

export function translateVariant(e: Of<'variant'>, context: Context): Lambda {
  const hash = int(hashVariant(e.tag))
  if (e.argument === undefined) return hash
  return block(0, false, [hash, context.expression(e.argument, context)], e.region)
}

export function translateArray(e: Of<'array'>, context: Context): Lambda {
  const elements = e.elements.map((x) => context.expression(x, context))
  return primitive({ kind: 'makeArray', array: arrayKindOf(e.env, e.type) }, elements, e.region)
}

/** An exception or extension constructor: [name; unique number] with tag 248, made where it is defined. */
export function translateExtension(extension: ExtensionConstructor, context: Context): Lambda {
  const { name } = extension.ident
  const full = context.exceptionPath === undefined ? name : memberName(context.exceptionPath, name)
  const text: Lambda = {
    kind: 'constant',
    value: { kind: 'constant', constant: { kind: 'string', bytes: new TextEncoder().encode(full) } },
  }
  const id = external('caml_fresh_oo_id', ['int'], 'int', [int(0)], extension.region)
  return block(248, false, [text, id], extension.region)
}

// ---------------------------------------------------------------------------------------------------------
// Records

/** Above this many fields `{ r with … }` copies the block and overwrites. */
const maxRebuiltFields = 16

function fieldIndex(label: LabelDescription): number {
  const { representation, position } = label
  return isExtension(representation) ? position + 1 : position
}

function isExtension(r: RecordRepresentation): r is RecordRepresentation & { readonly kind: 'extension' } {
  return typeof r === 'object' && r.kind === 'extension'
}

export function translateField(e: Of<'field'>, context: Context): Lambda {
  return readLabel(e.label, context.expression(e.record, context), e)
}

function readLabel(label: LabelDescription, record: Lambda, at: Expression): Lambda {
  const mutable = label.mutable ? { mutable: true } : {}
  const layout = layoutOf(at.env, at.kind === 'field' ? at.type : label.type)
  switch (label.representation) {
    case 'unboxed':
      return record
    case 'float':
      return primitive({ kind: 'floatField', index: label.position, ...mutable }, [record], at.region)
    default:
      return primitive({ kind: 'field', index: fieldIndex(label), layout, ...mutable }, [record], at.region)
  }
}

export function translateSetField(e: Of<'set-field'>, context: Context): Lambda {
  const args = [context.expression(e.record, context), context.expression(e.value, context)]
  const mode: StoreMode = layoutOf(e.value.env, e.value.type) === 'int' ? 'immediate' : 'barrier'
  return storeLabel(e.label, args, mode, e.region)
}

function storeLabel(
  label: LabelDescription,
  args: readonly Lambda[],
  mode: StoreMode,
  region: Region,
): Lambda {
  if (label.representation === 'float')
    return primitive({ kind: 'setFloatField', index: label.position }, args, region)
  return primitive({ kind: 'setField', index: fieldIndex(label), mode }, args, region)
}

export function translateRecord(e: Of<'record'>, context: Context): Lambda {
  if (e.base === undefined) return buildRecord(e, e.fields as readonly Expression[], context)
  const base = freshBinder('base', 'pointer')
  const kept = e.fields.filter((f) => f === 'kept').length
  const many = e.labels.length > maxRebuiltFields && kept > e.labels.length / 2
  const build = many && hasPlainTag(e) ? copyRecord : rebuildRecord
  return letIn(base, context.expression(e.base, context), build(e, base, context))
}

function hasPlainTag(e: Of<'record'>): boolean {
  return !isExtension(representationOf(e))
}

function representationOf(e: Of<'record'>): RecordRepresentation {
  return e.labels[0]?.representation ?? 'regular'
}

function buildRecord(e: Of<'record'>, fields: readonly Expression[], context: Context): Lambda {
  return recordBlock(
    e,
    fields.map((f) => context.expression(f, context)),
  )
}

function recordBlock(e: Of<'record'>, fields: readonly Lambda[]): Lambda {
  const representation = representationOf(e)
  const mutable = e.labels.some((l) => l.mutable)
  switch (representation) {
    case 'regular':
      return block(0, mutable, fields, e.region)
    case 'float':
      return floatBlock(mutable, fields, e.region)
    case 'unboxed':
      return fields[0] as Lambda
    default:
      if (representation.kind === 'inlined') return block(representation.tag, mutable, fields, e.region)
      return block(0, mutable, [extensionTerm(e.env, representation.path), ...fields], e.region)
  }
}

function rebuildRecord(e: Of<'record'>, base: Binder, context: Context): Lambda {
  const fields = e.fields.map((f, i) =>
    f === 'kept'
      ? readLabel(e.labels[i] as LabelDescription, variable(base.ident), e)
      : context.expression(f, context),
  )
  return recordBlock(e, fields)
}

/** New fields are evaluated before the copy is made. */
function copyRecord(e: Of<'record'>, base: Binder, context: Context): Lambda {
  const representation = representationOf(e)
  const tag =
    representation === 'float'
      ? 254
      : typeof representation === 'object' && 'tag' in representation
        ? representation.tag
        : 0
  const copy = freshBinder('copy', 'pointer')
  const values: [Binder, Lambda][] = []
  const stores: Lambda[] = []
  e.fields.forEach((f, i) => {
    if (f === 'kept') return
    const label = e.labels[i] as LabelDescription
    const layout = layoutOf(f.env, f.type)
    const value = freshBinder(label.name, layout)
    values.unshift([value, context.expression(f, context)])
    const mode = layout === 'int' ? 'immediate' : 'barrier'
    stores.push(storeLabel(label, [variable(copy.ident), variable(value.ident)], mode, e.region))
  })
  const made = primitive({ kind: 'copyBlock', tag, size: e.labels.length }, [variable(base.ident)], e.region)
  const filled = stores.reduceRight((rest, store) => sequence(store, rest), variable(copy.ident))
  return letsIn(values, letIn(copy, made, filled))
}
