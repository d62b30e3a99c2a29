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
import type { ChannelPattern, JoinDefinition } from '../../src/syntax/join-nodes.ts'

const some = { maxLength: 3 }
const severalOf = <T>(each: Arbitrary<T>) => fc.array(each, { minLength: 2, maxLength: 3 })
const oneOrTwo = <T>(each: Arbitrary<T>) => fc.array(each, { minLength: 1, maxLength: 2 })
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

const lower = fc.constantFrom('x', 'y', "z'", '_a', 'foo', 'effect', 'été', 'def', 'loc', 'reply', 'spawn')
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
      node('synchronous', { parameter: inner, result: inner, attributes }),
      node('asynchronous', { argument: inner, attributes }),
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

const noAttributes = { attributes: fc.constant([]) }

/** `f x | g! y when e = P or … and …` */
function definitionOf(guard: Arbitrary<Expression>, body: Arbitrary<Expression>): Arbitrary<JoinDefinition> {
  const argument = pattern.filter((each) => !isException(each))
  const fields = { name, marked: fc.boolean(), argument, region: fc.constant(region) }
  const channel: Arbitrary<ChannelPattern> = fc.record(fields)
  const one = fc.record({ channels: fc.tuple(channel), body, region: fc.constant(region) })
  const several = fc.record({
    channels: severalOf(channel),
    separator: fc.constantFrom('|' as const, '&' as const),
    guard,
    body,
    region: fc.constant(region),
  })
  const reactions = oneOrTwo(fc.oneof(one, several))
  const automata = oneOrTwo(fc.record({ reactions, region: fc.constant(region) }))
  return fc.record({ automata, classic: fc.boolean(), region: fc.constant(region) })
}

export const { expression, process } = fc.letrec<{ expression: Expression; process: Expression }>((tie) => {
  const inner = tie('expression')
  const process = tie('process')
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
  const processCases = atLeastOne(
    fc.oneof(
      fc.record({ pattern, body: process, region: fc.constant(region) }),
      fc.record({ pattern, guard: inner, body: process, region: fc.constant(region) }),
    ),
  )
  const message = node('apply', {
    function: node('ident', { path: qualified(lower), ...noAttributes }),
    arguments: atLeastOne(argument),
    ...noAttributes,
  })
  /** Parallel processes are taken apart. */
  const partOf = (separator: string) =>
    process.filter((each) => each.kind !== 'parallel' || each.separator !== separator)
  return {
    expression: fc.oneof(
      { depthSize: 'small', depthIdentifier: 'expression', withCrossShrink: true },
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
      node('spawn', { braced: fc.constant(true), process, attributes }),
      node('spawn', { braced: fc.constant(false), process: message, attributes }),
      node('def', { definition: definitionOf(inner, process), body: inner, attributes }),
    ) as Arbitrary<Expression>,
    process: fc.oneof(
      { depthSize: 'small', depthIdentifier: 'expression', withCrossShrink: true },
      message,
      node('nothing', noAttributes),
      node('reply', { value: inner, to: name, ...noAttributes }),
      node('reply', noAttributes),
      node('sequence', { first: inner, second: process, ...noAttributes }),
      node('parallel', { separator: fc.constant('|'), processes: severalOf(partOf('|')), ...noAttributes }),
      node('parallel', { separator: fc.constant('&'), processes: severalOf(partOf('&')), ...noAttributes }),
      node('if', { condition: inner, then: process, ...noAttributes }),
      node('if', { condition: inner, then: process, otherwise: process, ...noAttributes }),
      node('match', { subject: inner, cases: processCases, ...noAttributes }),
      node('for', {
        variable: node('variable', { name, ...noAttributes }),
        from: inner,
        to: inner,
        direction: fc.constantFrom('up', 'down'),
        body: process,
        ...noAttributes,
      }),
      node('def', { definition: definitionOf(inner, process), body: process, ...noAttributes }),
      node('let', {
        recursive: fc.boolean(),
        bindings: atLeastOne(bindingOf(inner)),
        body: process,
        ...noAttributes,
      }),
    ) as Arbitrary<Expression>,
  }
})

export const structure: Arbitrary<readonly StructureItem[]> = fc.array(
  fc.oneof(
    node('eval', { expression, attributes }),
    node('value', { recursive: fc.boolean(), bindings: atLeastOne(bindingOf(expression)) }),
    node('def', { definition: definitionOf(expression, process), attributes }),
  ),
  { minLength: 1, maxLength: 2 },
) as Arbitrary<readonly StructureItem[]>
