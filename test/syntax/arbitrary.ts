/** Random syntax trees of the shapes that the parser makes. */

import fc, { type Arbitrary } from 'fast-check'
import { noRegion as region } from '../../src/base/region.ts'
import type {
  Attribute,
  Constant,
  Expression,
  Label,
  LongName,
  Name,
  Parameter,
  Pattern,
  StructureItem,
  TypeExpression,
  ValueBinding,
} from '../../src/syntax/ast.ts'

const some = { maxLength: 3 }
const severalOf = <T>(each: Arbitrary<T>) => fc.array(each, { minLength: 2, maxLength: 3 })
const atLeastOne = <T>(each: Arbitrary<T>) => fc.array(each, { minLength: 1, maxLength: 3 })

/** A node of one kind, with its fields drawn. */
function node<Kind extends string, Fields extends object>(
  kind: Kind,
  fields: { [F in keyof Fields]: Arbitrary<Fields[F]> },
) {
  return fc
    .record(fields)
    .map((drawn) => ({ kind, ...drawn, region }) as { kind: Kind } & Fields & { region: typeof region })
}

const attribute: Arbitrary<Attribute> = fc
  .constantFrom('a', 'b.c', 'inline')
  .map((name) => ({ name, payload: { kind: 'structure', items: [] }, region }))
const attributes = fc.oneof(
  { weight: 12, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: atLeastOne(attribute) },
)

const lower = fc.constantFrom('x', 'y', "z'", '_a', 'foo', 'effect', 'été')
const upper = fc.constantFrom('A', 'Some', 'M', 'É')
const operator = fc.constantFrom(
  '+',
  '*',
  '**',
  '@',
  '|>',
  '<',
  '&&',
  'or',
  ':=',
  'mod',
  'lsl',
  '-.',
  '=',
  '!=',
  '>>=',
  '%',
)
const prefix = fc.constantFrom('!', '~-', '~-.', '?!', '!!')
const indexing = fc.constantFrom('.%()', '.%[;..]<-', 'let*', 'and+', '##')
const name: Arbitrary<Name> = lower.map((text) => ({ text, region }))

const ident = (text: Arbitrary<string>): Arbitrary<LongName> =>
  text.map((value) => ({ kind: 'ident', name: value, region }))
const modulePath: Arbitrary<LongName> = fc.oneof(
  ident(upper),
  fc
    .tuple(ident(upper), upper)
    .map(([before, last]) => ({ kind: 'dot', prefix: before, name: last, region }) as const),
)
function qualified(text: Arbitrary<string>): Arbitrary<LongName> {
  const dotted = fc
    .tuple(modulePath, text)
    .map(([before, last]) => ({ kind: 'dot', prefix: before, name: last, region }) as const)
  return fc.oneof({ weight: 3, arbitrary: ident(text) }, { weight: 1, arbitrary: dotted })
}
const constructorPath = fc.oneof(qualified(upper), ident(fc.constantFrom('()', '[]', 'true', '::')))

const constant: Arbitrary<Constant> = fc.oneof(
  fc.constantFrom('0', '42', '-1', '0x1F', '1_000').map((text) => ({ kind: 'int', text }) as const),
  fc.constantFrom('l', 'L', 'n').map((suffix) => ({ kind: 'int', text: '7', suffix }) as const),
  fc.constantFrom('1.', '-2.5e3', '0x1.8p3').map((text) => ({ kind: 'float', text }) as const),
  fc.integer({ min: 0, max: 255 }).map((code) => ({ kind: 'char', code }) as const),
  fc.uint8Array({ maxLength: 6 }).map((bytes) => ({ kind: 'string', bytes }) as const),
  fc.constant({ kind: 'string', bytes: new TextEncoder().encode('a"\\b'), delimiter: 'id' } as const),
)

const label: Arbitrary<Label> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'none' } as const) },
  { weight: 1, arbitrary: lower.map((text) => ({ kind: 'labelled', name: text }) as const) },
  { weight: 1, arbitrary: lower.map((text) => ({ kind: 'optional', name: text }) as const) },
)

// ---------------------------------------------------------------------------------------------------------
// Types

export const { type } = fc.letrec<{ type: TypeExpression }>((tie) => {
  const inner = tie('type')
  return {
    type: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      node('any', { attributes }),
      node('variable', { name: lower, attributes }),
      node('constructor', { path: qualified(lower), arguments: fc.array(inner, some), attributes }),
      node('arrow', { label, parameter: inner, result: inner, attributes }),
      node('tuple', { elements: severalOf(inner), attributes }),
      node('alias', { type: inner, name: lower, attributes }),
      node('class', { path: qualified(lower), arguments: fc.array(inner, some), attributes }),
      node('object', {
        fields: fc.array(node('method', { name, type: inner, attributes }).map(withoutRegion), some),
        open: fc.boolean(),
        attributes,
      }),
    ) as Arbitrary<TypeExpression>,
  }
})

function withoutRegion<T extends { region: unknown }>({ region: _, ...rest }: T): Omit<T, 'region'> {
  return rest
}

// ---------------------------------------------------------------------------------------------------------
// Patterns

export const { pattern } = fc.letrec<{ pattern: Pattern }>((tie) => {
  const inner = tie('pattern')
  const field = fc.record({ path: qualified(lower), pattern: inner })
  return {
    pattern: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      node('variable', { name, attributes }),
      node('any', { attributes }),
      node('constant', { constant, attributes }),
      node('construct', { path: constructorPath, existentials: fc.constant([]), attributes }),
      node('construct', {
        path: constructorPath,
        argument: inner,
        existentials: fc.oneof(fc.constant([]), atLeastOne(name)),
        attributes,
      }),
      node('variant', { tag: upper, attributes }),
      node('variant', { tag: upper, argument: inner, attributes }),
      node('alias', { pattern: inner, name, attributes }),
      node('tuple', { elements: severalOf(inner), attributes }),
      node('or', { left: inner, right: inner, attributes }),
      node('array', { elements: fc.array(inner, some), attributes }),
      node('record', { fields: atLeastOne(field), open: fc.boolean(), attributes }),
      node('constraint', { pattern: inner, type, attributes }),
      node('lazy', { pattern: inner, attributes }),
      node('open', { path: modulePath, pattern: inner, attributes }),
      node('interval', { low: constant, high: constant, attributes }),
      node('exception', { pattern: inner, attributes }),
      node('effect', { effect: inner, continuation: inner, attributes }),
    ) as Arbitrary<Pattern>,
  }
})

// ---------------------------------------------------------------------------------------------------------
// Expressions

const isException = (p: Pattern) => p.kind === 'exception'

function parameterOf(expression: Arbitrary<Expression>): Arbitrary<Parameter> {
  const optional = lower.map((text) => ({ kind: 'optional', name: text }) as const)
  const plain = label.filter((each) => each.kind !== 'optional')
  return fc.oneof(
    node('value', { label: plain, pattern }),
    node('value', { label: optional, pattern, default: expression }),
    node('value', { label: optional, pattern }),
  ) as Arbitrary<Parameter>
}

function bindingOf(expression: Arbitrary<Expression>): Arbitrary<ValueBinding> {
  const bound = pattern.filter((each) => !isException(each))
  const constraint = type.map((each) => ({ kind: 'constraint', type: each }) as const)
  const variable = node('variable', { name, attributes: fc.constant([]) })
  return fc.oneof(
    fc.record({ pattern: bound, expression, region: fc.constant(region), attributes }),
    fc.record({ pattern: variable, constraint, expression, region: fc.constant(region), attributes }),
  ) as Arbitrary<ValueBinding>
}

const operatorIdent = (text: Arbitrary<string>) =>
  node('ident', { path: ident(text), attributes: fc.constant([]) })

export const { expression } = fc.letrec<{ expression: Expression }>((tie) => {
  const inner = tie('expression')
  const argument = fc.record({ label, expression: inner })
  const plain = inner.map((each) => ({ label: { kind: 'none' } as const, expression: each }))
  const oneCase = fc.record({ pattern, body: inner, region: fc.constant(region) })
  const guarded = fc.record({ pattern, guard: inner, body: inner, region: fc.constant(region) })
  const cases = atLeastOne(fc.oneof(oneCase, guarded))
  const body = fc.oneof(
    inner.map((each) => ({ kind: 'expression', expression: each }) as const),
    cases.map((each) => ({ kind: 'cases', cases: each, region }) as const),
  )
  const casesBody = cases.map((each) => ({ kind: 'cases', cases: each, region }) as const)
  const field = fc.record({ path: qualified(lower), value: inner })
  const open = modulePath.map((path) => ({
    module: { kind: 'ident', path, region, attributes: [] } as const,
    override: false,
    region,
    attributes: [],
  }))
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      node('ident', { path: qualified(fc.oneof(lower, operator, prefix, indexing)), attributes }),
      node('constant', { constant, attributes }),
      node('construct', { path: constructorPath, attributes }),
      node('construct', { path: constructorPath, argument: inner, attributes }),
      node('variant', { tag: upper, argument: inner, attributes }),
      node('apply', { function: operatorIdent(operator), arguments: fc.tuple(plain, plain), attributes }),
      node('apply', { function: operatorIdent(prefix), arguments: fc.tuple(plain), attributes }),
      node('apply', { function: inner, arguments: atLeastOne(argument), attributes }),
      node('tuple', { elements: severalOf(inner), attributes }),
      node('let', {
        recursive: fc.boolean(),
        bindings: atLeastOne(bindingOf(inner)),
        body: inner,
        attributes,
      }),
      node('function', { parameters: atLeastOne(parameterOf(inner)), body, attributes }),
      node('function', { parameters: fc.constant([]), body: casesBody, attributes }),
      node('newtype', { name, body: inner, attributes }),
      node('match', { subject: inner, cases, attributes }),
      node('try', { body: inner, cases, attributes }),
      node('if', { condition: inner, then: inner, attributes }),
      node('if', { condition: inner, then: inner, otherwise: inner, attributes }),
      node('sequence', { first: inner, second: inner, attributes }),
      node('while', { condition: inner, body: inner, attributes }),
      node('record', { fields: atLeastOne(field), attributes }),
      node('record', { fields: atLeastOne(field), base: inner, attributes }),
      node('field', { record: inner, path: qualified(lower), attributes }),
      node('set-field', { record: inner, path: qualified(lower), value: inner, attributes }),
      node('array', { elements: fc.array(inner, some), attributes }),
      node('constraint', { expression: inner, type, attributes }),
      node('coerce', { expression: inner, to: type, attributes }),
      node('send', { object: inner, method: name, attributes }),
      node('assert', { condition: inner, attributes }),
      node('lazy', { expression: inner, attributes }),
      node('open', { open, body: inner, attributes }),
    ) as Arbitrary<Expression>,
  }
})

export const structure: Arbitrary<readonly StructureItem[]> = fc.array(
  fc.oneof(
    node('eval', { expression, attributes }),
    node('value', { recursive: fc.boolean(), bindings: atLeastOne(bindingOf(expression)) }),
  ),
  { minLength: 1, maxLength: 2 },
) as Arbitrary<readonly StructureItem[]>
