/**
 * The code of one test of a decision tree: a variable against the heads of its column.
 */

import type { Ident } from '../typing/ident.ts'
import {
  conditional,
  constant,
  field,
  freshBinder,
  freshLabel,
  int,
  letIn,
  primitive,
  variable,
} from './build.ts'
import type { Lambda, Layout, SwitchCases } from './lambda.ts'
import type { Accessor, Family, Head } from './pattern.ts'

export interface Branch {
  readonly head: Head
  readonly body: Lambda
}

/** What a value is known to be when it is tested against heads of the family. */
export function familyLayout(family: Family): Layout {
  switch (family.kind) {
    case 'int':
    case 'char':
      return 'int'
    case 'number':
      return family.type
    case 'variant':
      return family.blocks === 0 ? 'int' : family.constants === 0 ? 'pointer' : 'any'
    case 'polymorphic':
      return 'any'
    case 'extension':
    case 'string':
    case 'array':
      return 'pointer'
    case 'product':
    case 'lazy':
      return 'any'
  }
}

export function readAccessor(accessor: Accessor, value: Lambda): Lambda {
  switch (accessor.kind) {
    case 'self':
      return value
    case 'field': {
      const { index, layout } = accessor
      const op = { kind: 'field', index, layout } as const
      return primitive(accessor.mutable ? { ...op, mutable: true } : op, [value])
    }
    case 'float-field': {
      const op = { kind: 'floatField', index: accessor.index } as const
      return primitive(accessor.mutable ? { ...op, mutable: true } : op, [value])
    }
    case 'element':
      return primitive({ kind: 'arrayGet', array: accessor.array, safe: false }, [value, int(accessor.index)])
    case 'force':
      return primitive({ kind: 'force' }, [value])
  }
}

/** `otherwise` is absent when the branches are all that can be. It is used at most once. */
export function testTerm(
  subject: Ident,
  family: Family,
  branches: readonly Branch[],
  otherwise: Lambda | undefined,
  layout: Layout,
): Lambda {
  const value = variable(subject)
  switch (family.kind) {
    case 'variant':
      return testVariant(value, family, branches, otherwise, layout)
    case 'polymorphic':
      return testPolymorphic(value, branches, otherwise, layout)
    case 'extension':
      return testExtension(value, branches, otherwise as Lambda, layout)
    case 'int':
    case 'char':
      return testImmediate(value, branches, otherwise, layout)
    case 'string':
      return testString(value, branches, otherwise as Lambda, layout)
    case 'number':
      return testNumber(value, family.type, branches, otherwise as Lambda, layout)
    case 'array':
      return testLength(value, family, branches, otherwise, layout)
    case 'product':
    case 'lazy':
      return (branches[0] as Branch).body
  }
}

type Cases = Partial<SwitchCases>

function switchTerm(subject: Lambda, kind: SwitchCases['subject'], cases: Cases, layout: Layout): Lambda {
  const { constants = [], blocks = [], otherwise } = cases
  if (constants.length + blocks.length === 0) return otherwise as Lambda
  return { kind: 'switch', subject, cases: { constants, blocks, otherwise, subject: kind }, layout }
}

function testVariant(
  value: Lambda,
  family: Family & { kind: 'variant' },
  branches: readonly Branch[],
  otherwise: Lambda | undefined,
  layout: Layout,
): Lambda {
  const constants = branches.flatMap(({ head, body }) =>
    head.test.kind === 'constant' ? [{ value: BigInt(head.test.value), body }] : [],
  )
  if (family.blocks === 0 && family.constants === 2) return testBoolean(value, constants, otherwise, layout)
  const blocks = branches.flatMap(({ head, body }) =>
    head.test.kind === 'block' ? [{ tag: head.test.tag, body }] : [],
  )
  const kind = family.blocks === 0 ? 'constants' : family.constants === 0 ? 'blocks' : 'both'
  return switchTerm(value, kind, { constants, blocks, otherwise }, layout)
}

/** A type with two constants: `if`. */
function testBoolean(
  value: Lambda,
  constants: readonly { readonly value: bigint; readonly body: Lambda }[],
  otherwise: Lambda | undefined,
  layout: Layout,
): Lambda {
  const bodyOf = (n: bigint) => (constants.find((c) => c.value === n)?.body ?? otherwise) as Lambda
  return conditional(value, bodyOf(1n), bodyOf(0n), layout)
}

/** Blocks of polymorphic variants all have tag 0; field 0 tells them apart. */
function testPolymorphic(
  value: Lambda,
  branches: readonly Branch[],
  otherwise: Lambda | undefined,
  layout: Layout,
): Lambda {
  const constants: { value: bigint; body: Lambda }[] = []
  const tagged: { value: bigint; body: Lambda }[] = []
  for (const { head, body } of branches) {
    if (head.test.kind !== 'variant') continue
    const list = head.test.argument ? tagged : constants
    list.push({ value: BigInt(head.test.hash), body })
  }
  const hash = field(0, value, 'int')
  if (tagged.length === 0)
    return switchTerm(value, otherwise ? 'both' : 'constants', { constants, otherwise }, layout)
  const kind = otherwise === undefined && constants.length === 0 ? 'blocks' : 'both'
  return sharing(otherwise, layout, (rest) => {
    const inner = switchTerm(hash, 'constants', { constants: tagged, otherwise: rest }, layout)
    return switchTerm(value, kind, { constants, blocks: [{ tag: 0, body: inner }], otherwise: rest }, layout)
  })
}

/** Lets `use` mention a term twice: the term becomes a handler. */
function sharing(
  term: Lambda | undefined,
  layout: Layout,
  use: (term: Lambda | undefined) => Lambda,
): Lambda {
  if (term === undefined || term.kind === 'staticRaise') return use(term)
  const label = freshLabel()
  const body = use({ kind: 'staticRaise', label, arguments: [] })
  return { kind: 'staticCatch', label, parameters: [], body, handler: term, layout }
}

/** Constructors are compared by address, those with arguments found in field 0 of the value. */
function testExtension(
  value: Lambda,
  branches: readonly Branch[],
  otherwise: Lambda,
  layout: Layout,
): Lambda {
  const identity = freshBinder('constructor', 'any')
  const equal = { kind: 'intCompare', comparison: 'eq' } as const
  let withArgument = false
  const chain = branches.reduceRight((rest, { head, body }) => {
    if (head.test.kind !== 'extension') return rest
    withArgument ||= head.test.argument
    const left = head.test.argument ? variable(identity.ident) : value
    return conditional(primitive(equal, [left, head.test.constructor]), body, rest, layout)
  }, otherwise)
  return withArgument ? letIn(identity, field(0, value), chain) : chain
}

function immediateOf(head: Head): bigint {
  if (head.test.kind === 'length') return BigInt(head.test.length)
  if (head.test.kind !== 'literal') return 0n
  const { constant: c } = head.test
  return c.kind === 'int' ? c.value : c.kind === 'char' ? BigInt(c.code) : 0n
}

function testImmediate(
  value: Lambda,
  branches: readonly Branch[],
  otherwise: Lambda | undefined,
  layout: Layout,
): Lambda {
  const constants = branches.map(({ head, body }) => ({ value: immediateOf(head), body }))
  return switchTerm(value, 'constants', { constants, otherwise }, layout)
}

function testLength(
  value: Lambda,
  family: Family & { kind: 'array' },
  branches: readonly Branch[],
  otherwise: Lambda | undefined,
  layout: Layout,
): Lambda {
  const length = primitive({ kind: 'arrayLength', array: family.array }, [value])
  return testImmediate(length, branches, otherwise, layout)
}

function testString(value: Lambda, branches: readonly Branch[], otherwise: Lambda, layout: Layout): Lambda {
  const cases = branches.flatMap(({ head, body }) =>
    head.test.kind === 'literal' && head.test.constant.kind === 'string'
      ? [{ bytes: head.test.constant.bytes, body }]
      : [],
  )
  return { kind: 'stringSwitch', subject: value, cases, otherwise, layout }
}

function testNumber(
  value: Lambda,
  type: 'float' | 'int32' | 'int64' | 'nativeint',
  branches: readonly Branch[],
  otherwise: Lambda,
  layout: Layout,
): Lambda {
  const comparison = 'eq' as const
  const equal =
    type === 'float'
      ? ({ kind: 'floatCompare', comparison } as const)
      : ({ kind: 'boxedCompare', type, comparison } as const)
  return branches.reduceRight((rest, { head, body }) => {
    if (head.test.kind !== 'literal') return rest
    return conditional(primitive(equal, [value, constant(head.test.constant)]), body, rest, layout)
  }, otherwise)
}
