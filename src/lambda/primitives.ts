/**
 * OCaml's `external`s to Lambda: what the names of the standard library mean ("%addint", "caml_sqrt_float").
 *
 * - A name in `fixed` is one Lambda primitive. - A name in `special` is a small term.
 * - Comparisons are specialised by the type of their first argument (`comparisons.ts`), array accesses by the
 *   kind of the array; those of bigarrays, where kind and layout show.
 * - Any other name is a call of an external of the engine, with layouts from its declared type; an unknown
 *   "%name" is the external "caml_name".
 */

import { lineColumn } from '../base/region.ts'
import {
  apply,
  block,
  conditional,
  external,
  freshBinder,
  functionTerm,
  int,
  letIn,
  primitive,
  raise,
  sequence,
  string,
  structured,
  unit,
  variable,
} from './build.ts'
import { comparisonTerm, isComparison } from './comparisons.ts'
import { placeConstant } from './context.ts'
import type { BoxedInt, Lambda, Layout, Primitive, StoreMode } from './lambda.ts'
import { arrayKindOf, bigarrayTypeOf, layoutOf, splitArrows } from './layout.ts'
import type { PrimitiveUse } from './primitive-use.ts'

/** The primitive applied to exactly `arity` arguments. */
export function primitiveTerm(use: PrimitiveUse, args: readonly Lambda[]): Lambda {
  const { name, region } = use
  if (isComparison(name)) return comparisonTerm(name, use, args)
  const one = fixed.get(name)
  if (one !== undefined) return primitive(one, args, region)
  const special = specials[name]
  if (special !== undefined) return special(use, args)
  const access = arrayAccesses[name]
  if (access !== undefined) return access(use, args)
  const element = bigarrayAccess(use, args)
  if (element !== undefined) return element
  const external = runtimeName(name)
  return primitive({ kind: 'external', name: external, ...externalLayouts(use) }, args, region)
}

/** The primitive as a function value. */
export function primitiveFunction(use: PrimitiveUse): Lambda {
  if (use.arity === 0) return primitiveTerm(use, [])
  const { parameters, result } = splitArrows(use.env, use.type, use.arity)
  const binders = parameters.map((p) => freshBinder('p', layoutOf(use.env, p)))
  const body = primitiveTerm(
    use,
    binders.map((b) => variable(b.ident)),
  )
  return functionTerm({
    parameters: binders,
    body,
    layout: layoutOf(use.env, result),
    name: `${use.context.path}.(${use.name.replace('%', '')})`,
    inline: 'always',
    region: use.region,
  })
}

/** The runtime's function for a primitive that has no instruction: `%bswap_int32` is `caml_int32_bswap`. */
function runtimeName(name: string): string {
  const swapped = /^%bswap_(int32|int64|native)$/.exec(name)?.[1]
  if (swapped !== undefined) return `caml_${swapped === 'native' ? 'nativeint' : swapped}_bswap`
  const access = bigarrayName.exec(name)
  if (access !== null) return `caml_ba_${access[2] === 'ref' ? 'get' : 'set'}_${access[3]}`
  return name.startsWith('%') ? `caml_${name.slice(1)}` : name
}

function externalLayouts(use: PrimitiveUse): { parameters: Layout[]; result: Layout } {
  const { parameters, result } = splitArrows(use.env, use.declared, use.arity)
  return { parameters: parameters.map((p) => layoutOf(use.env, p)), result: layoutOf(use.env, result) }
}

// ---------------------------------------------------------------------------------------------------------
// One primitive

const intOps = {
  add: 'add',
  sub: 'sub',
  mul: 'mul',
  div: 'div',
  mod: 'mod',
  and: 'and',
  or: 'or',
  xor: 'xor',
} as const
const shifts = { lsl: 'lsl', lsr: 'lsr', asr: 'asr' } as const
const floatOps = ['add', 'sub', 'mul', 'div'] as const
const boxedTypes: readonly BoxedInt[] = ['int32', 'int64', 'nativeint']

const intComparisons = { eq: 'eq', noteq: 'ne', ltint: 'lt', leint: 'le', gtint: 'gt', geint: 'ge' } as const
const floatComparisons = {
  eqfloat: 'eq',
  noteqfloat: 'ne',
  ltfloat: 'lt',
  lefloat: 'le',
  gtfloat: 'gt',
  gefloat: 'ge',
} as const

function* fixedPrimitives(): Generator<readonly [string, Primitive]> {
  for (const op of Object.values({ ...intOps, ...shifts })) {
    yield [`%${op}int`, { kind: 'intArithmetic', op }]
    for (const type of boxedTypes) yield [`%${type}_${op}`, { kind: 'boxedArithmetic', type, op }]
  }
  for (const op of floatOps) yield [`%${op}float`, { kind: 'floatArithmetic', op }]
  for (const [name, comparison] of Object.entries(intComparisons))
    yield [`%${name}`, { kind: 'intCompare', comparison }]
  for (const [name, comparison] of Object.entries(floatComparisons)) {
    yield [`%${name}`, { kind: 'floatCompare', comparison }]
  }
  for (const type of boxedTypes) yield* boxedPrimitives(type)
  yield* stringPrimitives()
  yield* otherPrimitives
}

function* boxedPrimitives(type: BoxedInt): Generator<readonly [string, Primitive]> {
  yield [`%${type}_neg`, { kind: 'boxedNegate', type }]
  yield [`%${type}_of_int`, { kind: 'boxedOfInt', type }]
  yield [`%${type}_to_int`, { kind: 'intOfBoxed', type }]
  for (const from of boxedTypes) {
    if (from === type) continue
    yield [`%${type}_of_${from}`, { kind: 'boxedConvert', from, to: type }]
    yield [`%${from}_to_${type}`, { kind: 'boxedConvert', from, to: type }]
  }
}

function* stringPrimitives(): Generator<readonly [string, Primitive]> {
  for (const type of ['string', 'bytes']) {
    yield [`%${type}_length`, { kind: 'stringLength' }]
    for (const safe of [true, false]) {
      const mode = safe ? 'safe' : 'unsafe'
      yield [`%${type}_${mode}_get`, { kind: 'stringGet', width: 1, safe }]
      yield [`%${type}_${mode}_set`, { kind: 'bytesSet', width: 1, safe }]
      for (const width of [2, 4, 8] as const) {
        const suffix = `${width * 8}${safe ? '' : 'u'}`
        yield [`%caml_${type}_get${suffix}`, { kind: 'stringGet', width, safe }]
        yield [`%caml_${type}_set${suffix}`, { kind: 'bytesSet', width, safe }]
      }
    }
  }
}

const otherPrimitives: readonly (readonly [string, Primitive])[] = [
  ['%negint', { kind: 'intNegate' }],
  ['%boolnot', { kind: 'not' }],
  ['%negfloat', { kind: 'floatUnary', op: 'neg' }],
  ['%absfloat', { kind: 'floatUnary', op: 'abs' }],
  ['%floatofint', { kind: 'floatOfInt' }],
  ['%intoffloat', { kind: 'intOfFloat' }],
  ['caml_sqrt_float', { kind: 'floatUnary', op: 'sqrt' }],
  ['caml_floor_float', { kind: 'floatUnary', op: 'floor' }],
  ['caml_ceil_float', { kind: 'floatUnary', op: 'ceil' }],
  ['caml_trunc_float', { kind: 'floatUnary', op: 'trunc' }],
  ['%raise', { kind: 'raise', mode: 'regular' }],
  ['%reraise', { kind: 'raise', mode: 'reraise' }],
  ['%raise_notrace', { kind: 'raise', mode: 'notrace' }],
  ['%lazy_force', { kind: 'force' }],
  ['%opaque', { kind: 'opaque' }],
  ['%poll', { kind: 'poll' }],
  ['%obj_is_int', { kind: 'isImmediate' }],
  ['%caml_ba_dim_1', { kind: 'bigarrayDimension', index: 0 }],
  ['%caml_ba_dim_2', { kind: 'bigarrayDimension', index: 1 }],
  ['%caml_ba_dim_3', { kind: 'bigarrayDimension', index: 2 }],
  ['%floatarray_length', { kind: 'arrayLength', array: 'float' }],
  ['%floatarray_safe_get', { kind: 'arrayGet', array: 'float', safe: true }],
  ['%floatarray_safe_set', { kind: 'arraySet', array: 'float', safe: true }],
  ['%floatarray_unsafe_get', { kind: 'arrayGet', array: 'float', safe: false }],
  ['%floatarray_unsafe_set', { kind: 'arraySet', array: 'float', safe: false }],
]

const fixed: ReadonlyMap<string, Primitive> = new Map(fixedPrimitives())

// ---------------------------------------------------------------------------------------------------------
// Arrays: by the kind of the array

type Translation = (use: PrimitiveUse, args: readonly Lambda[]) => Lambda

function arrayKind(use: PrimitiveUse) {
  const [array] = splitArrows(use.env, use.type, 1).parameters
  return array === undefined ? 'generic' : arrayKindOf(use.env, array)
}

const arrayGet =
  (safe: boolean): Translation =>
  (use, args) =>
    primitive({ kind: 'arrayGet', array: arrayKind(use), safe }, args, use.region)

const arraySet =
  (safe: boolean): Translation =>
  (use, args) =>
    primitive({ kind: 'arraySet', array: arrayKind(use), safe }, args, use.region)

const arrayAccesses: Readonly<Record<string, Translation>> = {
  '%array_length': (use, args) => primitive({ kind: 'arrayLength', array: arrayKind(use) }, args, use.region),
  '%array_safe_get': arrayGet(true),
  '%array_unsafe_get': arrayGet(false),
  '%array_safe_set': arraySet(true),
  '%array_unsafe_set': arraySet(false),
  '%obj_size': (use, args) => primitive({ kind: 'arrayLength', array: 'generic' }, args, use.region),
  '%obj_field': (use, args) =>
    primitive({ kind: 'arrayGet', array: 'generic', safe: false }, args, use.region),
  '%obj_set_field': (use, args) =>
    primitive({ kind: 'arraySet', array: 'generic', safe: false }, args, use.region),
}

// ---------------------------------------------------------------------------------------------------------
// Bigarrays

const bigarrayName = /^%caml_ba_(unsafe_)?(ref|set)_([123])$/

function bigarrayAccess(use: PrimitiveUse, args: readonly Lambda[]): Lambda | undefined {
  const [name, unsafe, operation, dimensions] = bigarrayName.exec(use.name) ?? []
  const [array] = splitArrows(use.env, use.type, 1).parameters
  if (name === undefined || array === undefined) return undefined
  const type = bigarrayTypeOf(use.env, array, Number(dimensions) as 1 | 2 | 3)
  if (type === undefined) return undefined
  const kind = operation === 'ref' ? 'bigarrayGet' : 'bigarraySet'
  return primitive({ kind, type, safe: unsafe === undefined }, args, use.region)
}

// ---------------------------------------------------------------------------------------------------------
// Small terms

const first = (args: readonly Lambda[]): Lambda => args[0] as Lambda
const second = (args: readonly Lambda[]): Lambda => args[1] as Lambda
const identity: Translation = (_, args) => first(args)
const known =
  (value: Lambda): Translation =>
  (_, args) =>
    args.length === 0 ? value : sequence(first(args), value)

const addConstant =
  (n: number): Translation =>
  (use, args) =>
    primitive({ kind: 'intArithmetic', op: 'add' }, [first(args), int(n)], use.region)

/** How a value of the type is stored into a block that exists already. */
export function storeMode(layout: Layout): StoreMode {
  return layout === 'int' ? 'immediate' : 'barrier'
}

/** The layout of the n-th parameter at this use. */
function parameterLayout(use: PrimitiveUse, n: number): Layout {
  const type = splitArrows(use.env, use.type, n + 1).parameters[n]
  return type === undefined ? 'any' : layoutOf(use.env, type)
}

function resultLayout(use: PrimitiveUse): Layout {
  return layoutOf(use.env, splitArrows(use.env, use.type, use.arity).result)
}

const setField =
  (index: number): Translation =>
  (use, args) => {
    const mode = storeMode(parameterLayout(use, 1))
    return primitive({ kind: 'setField', index, mode }, args, use.region)
  }

const readField =
  (index: number, mutable: boolean): Translation =>
  (use, args) =>
    primitive(
      { kind: 'field', index, layout: resultLayout(use), ...(mutable ? { mutable } : {}) },
      args,
      use.region,
    )

/** `incr` and `decr`. */
const stepField =
  (by: number): Translation =>
  (use, args) => {
    const reference = freshBinder('r', 'pointer')
    const cell = variable(reference.ident)
    const old = primitive({ kind: 'field', index: 0, layout: 'int', mutable: true }, [cell], use.region)
    const next = primitive({ kind: 'intArithmetic', op: 'add' }, [old, int(by)], use.region)
    const store = primitive({ kind: 'setField', index: 0, mode: 'immediate' }, [cell, next], use.region)
    return letIn(reference, first(args), store)
  }

const applyTo =
  (func: (args: readonly Lambda[]) => Lambda, argument: (args: readonly Lambda[]) => Lambda): Translation =>
  (use, args) => {
    const [f, x] = [func(args), argument(args)]
    const merged = f.kind === 'apply' ? { term: f.function, given: f.arguments } : { term: f, given: [] }
    return apply(merged.term, [...merged.given, x], resultLayout(use), use.region)
  }

/** As OCaml writes it: one line, and the end as if the region were on that line. */
function placeText(use: PrimitiveUse): string {
  const { source, start, end } = use.region
  const { line, column } = lineColumn(source, start)
  return `File "${source.name}", line ${line}, characters ${column}-${column + end - start}`
}

function placeBlock(use: PrimitiveUse): Lambda {
  const place = placeConstant(use.region)
  if (place.kind !== 'block') return structured(place)
  const { source, start, end } = use.region
  const endColumn = lineColumn(source, start).column + end - start
  const last = { kind: 'constant', constant: { kind: 'int', value: BigInt(endColumn) } } as const
  return structured({ ...place, fields: [...place.fields, last] })
}

/** `__LOC__` and its kin, and `__LOC_OF__ e` = (place of e, e). */
function place(of: (use: PrimitiveUse) => Lambda): Translation {
  return (use, args) => {
    const value = of(use)
    return args.length === 0 ? value : block(0, false, [value, first(args)], use.region)
  }
}

const locations: Readonly<Record<string, Translation>> = {
  '%loc_LOC': place((use) => string(placeText(use))),
  '%loc_FILE': place((use) => string(use.region.source.name)),
  '%loc_LINE': place((use) => int(lineColumn(use.region.source, use.region.start).line)),
  '%loc_POS': place(placeBlock),
  '%loc_MODULE': place((use) => string(use.context.unit)),
  '%loc_FUNCTION': place((use) => string(use.context.path === '' ? '<unknown>' : use.context.path)),
}

function raiseWithBacktrace(use: PrimitiveUse, [exception, backtrace]: readonly Lambda[]): Lambda {
  const raised = freshBinder('raised', 'pointer')
  const args = [variable(raised.ident), backtrace as Lambda]
  const restore = external('caml_restore_raw_backtrace', ['pointer', 'pointer'], 'int', args, use.region)
  return letIn(
    raised,
    exception as Lambda,
    sequence(restore, raise(variable(raised.ident), use.region, 'reraise')),
  )
}

const machine: Readonly<Record<string, Translation>> = {
  '%big_endian': known(int(0)),
  '%word_size': known(int(64)),
  '%int_size': known(int(63)),
  '%max_wosize': known(int((1n << 54n) - 1n)),
  '%ostype_unix': known(int(1)),
  '%ostype_win32': known(int(0)),
  '%ostype_cygwin': known(int(0)),
  '%frame_pointers': known(int(0)),
  '%backend_type': known(
    structured({ kind: 'block', tag: 0, fields: [{ kind: 'constant', constant: wasmName() }] }),
  ),
}

function wasmName() {
  return { kind: 'string', bytes: new TextEncoder().encode('wasm') } as const
}

const swap16: Translation = (use, args) => {
  const value = freshBinder('x', 'int')
  const op = (o: 'and' | 'or' | 'lsl' | 'lsr', a: Lambda, b: Lambda) =>
    primitive({ kind: 'intArithmetic', op: o }, [a, b], use.region)
  const x = variable(value.ident)
  const low = op('lsl', op('and', x, int(0xff)), int(8))
  const high = op('and', op('lsr', x, int(8)), int(0xff))
  return letIn(value, first(args), op('or', low, high))
}

const specials: Readonly<Record<string, Translation>> = {
  ...locations,
  ...machine,
  '%identity': identity,
  '%bytes_to_string': identity,
  '%bytes_of_string': identity,
  '%obj_magic': identity,
  '%ignore': (_, args) => sequence(first(args), unit),
  '%apply': applyTo(first, second),
  '%revapply': applyTo(second, first),
  '%sequand': (_, args) => conditional(first(args), second(args), int(0), 'int'),
  '%sequor': (_, args) => conditional(first(args), int(1), second(args), 'int'),
  '%succint': addConstant(1),
  '%predint': addConstant(-1),
  '%makemutable': (use, args) => block(0, true, args, use.region),
  '%makeblock': (use, args) => block(0, false, args, use.region),
  '%field0': readField(0, true),
  '%field1': readField(1, true),
  '%setfield0': setField(0),
  '%setfield1': setField(1),
  '%incr': stepField(1),
  '%decr': stepField(-1),
  '%raise_with_backtrace': raiseWithBacktrace,
  '%bswap16': swap16,
}
