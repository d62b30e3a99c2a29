/**
 * Switches: on immediates by jump table or comparisons, on block tags, on strings.
 */

import type { Lambda } from '../lambda/lambda.ts'
import type { Simple, Statement } from './code.ts'
import type { Operand } from './scope.ts'
import { addressOf, header, i32, i64, immediate, load, opOf, tagByte } from './simple.ts'
import type { Destination, Terms } from './terms.ts'

type Switch = Lambda & { readonly kind: 'switch' }
type StringSwitch = Lambda & { readonly kind: 'stringSwitch' }

interface Arm {
  readonly value: bigint
  readonly body: Lambda
}

export function normaliseSwitch(n: Terms, term: Switch, destination: Destination): void {
  const operand = n.operand(term.subject)
  const { cases } = term
  const constants: Arm[] = [...cases.constants]
  const blocks: Arm[] = cases.blocks.map((b) => ({ value: BigInt(b.tag), body: b.body }))
  if (cases.subject === 'constants') return immediates(n, operand, constants, cases.otherwise, destination)
  const subject = n.b.toValue(n.b.freeze({ simple: n.b.toValue(operand), representation: 'value' }))
  if (cases.subject === 'blocks') return blockTags(n, subject, blocks, cases.otherwise, destination)
  n.b.emit({
    kind: 'if',
    condition: opOf('i32_wrap_i64', opOf('i64_and', subject, i64(1n))),
    then: n.b.collect(() =>
      immediates(n, { simple: subject, representation: 'int' }, constants, cases.otherwise, destination),
    ),
    otherwise: n.b.collect(() => blockTags(n, subject, blocks, cases.otherwise, destination)),
  })
}

function blockTags(
  n: Terms,
  subject: Simple,
  arms: readonly Arm[],
  otherwise: Lambda | undefined,
  destination: Destination,
): void {
  if (arms.length === 1 && otherwise === undefined) return n.into((arms[0] as Arm).body, destination)
  if (arms.length === 0 && otherwise !== undefined) return n.into(otherwise, destination)
  const tag = tagByte(subject)
  if (arms.length + (otherwise === undefined ? 0 : 1) <= 2) {
    return compareChain(n, (arm) => opOf('i32_eq', tag, i32(Number(arm.value))), arms, otherwise, destination)
  }
  table(n, tag, 0n, arms, otherwise, destination)
}

function immediates(
  n: Terms,
  operand: Operand,
  arms: readonly Arm[],
  otherwise: Lambda | undefined,
  destination: Destination,
): void {
  if (arms.length === 1 && otherwise === undefined) return n.into((arms[0] as Arm).body, destination)
  if (arms.length === 0 && otherwise !== undefined) return n.into(otherwise, destination)
  if (operand.representation === 'bool') return bool(n, operand.simple, arms, otherwise, destination)
  const subject = n.b.freeze(operand)
  const sorted = [...arms].sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
  search(n, subject, sorted, otherwise, destination)
}

function bool(
  n: Terms,
  condition: Simple,
  arms: readonly Arm[],
  otherwise: Lambda | undefined,
  destination: Destination,
): void {
  const body = (value: bigint): Lambda => (arms.find((a) => a.value === value)?.body ?? otherwise) as Lambda
  n.b.emit({
    kind: 'if',
    condition,
    then: n.b.collect(() => n.into(body(1n), destination)),
    otherwise: n.b.collect(() => n.into(body(0n), destination)),
  })
}

const maxChain = 3
const maxTable = 1024

/** Comparisons for few arms, a jump table for dense ones, halving for the rest. */
function search(
  n: Terms,
  subject: Operand,
  arms: readonly Arm[],
  otherwise: Lambda | undefined,
  destination: Destination,
): void {
  const word = n.b.toValue(subject)
  if (arms.length <= maxChain) {
    return compareChain(n, (arm) => opOf('i64_eq', word, immediate(arm.value)), arms, otherwise, destination)
  }
  const low = (arms[0] as Arm).value
  const span = (arms.at(-1) as Arm).value - low + 1n
  if (span <= BigInt(Math.min(maxTable, arms.length * 4))) {
    // The table is indexed by the distance from `low`; what does not fit 32 bits must not wrap into it.
    const distance = opOf('i64_sub', n.b.toUntagged(subject), i64(low))
    const fits = opOf('i64_lt_u', distance, i64(span))
    const index: Simple = {
      kind: 'conditional',
      condition: fits,
      then: opOf('i32_wrap_i64', distance),
      otherwise: i32(-1),
      type: 'i32',
    }
    return table(
      n,
      otherwise === undefined ? opOf('i32_wrap_i64', distance) : index,
      low,
      arms,
      otherwise,
      destination,
    )
  }
  const middle = arms.length >> 1
  n.b.emit({
    kind: 'if',
    condition: opOf('i64_lt_s', word, immediate((arms[middle] as Arm).value)),
    then: n.b.collect(() => search(n, subject, arms.slice(0, middle), otherwise, destination)),
    otherwise: n.b.collect(() => search(n, subject, arms.slice(middle), otherwise, destination)),
  })
}

/** `if … else if … else`; without `otherwise` the last arm needs no test. */
function compareChain(
  n: Terms,
  test: (arm: Arm) => Simple,
  arms: readonly Arm[],
  otherwise: Lambda | undefined,
  destination: Destination,
): void {
  const [first, ...rest] = arms
  if (first === undefined) return n.into(otherwise as Lambda, destination)
  if (rest.length === 0 && otherwise === undefined) return n.into(first.body, destination)
  n.b.emit({
    kind: 'if',
    condition: test(first),
    then: n.b.collect(() => n.into(first.body, destination)),
    otherwise: n.b.collect(() => compareChain(n, test, rest, otherwise, destination)),
  })
}

function table(
  n: Terms,
  index: Simple,
  low: bigint,
  arms: readonly Arm[],
  otherwise: Lambda | undefined,
  destination: Destination,
): void {
  const size = Math.max(...arms.map((arm) => Number(arm.value - low))) + 1
  const entries = new Array<number>(size).fill(-1)
  arms.forEach((arm, i) => {
    entries[Number(arm.value - low)] = i
  })
  const last = otherwise === undefined ? arms.length - 1 : arms.length
  const cases: Statement[][] = arms
    .slice(0, last)
    .map((arm) => n.b.collect(() => n.into(arm.body, destination)))
  // Exhaustive: the last arm is where everything else goes.
  if (otherwise === undefined) for (let i = 0; i < size; i++) if (entries[i] === last) entries[i] = -1
  const rest = otherwise ?? (arms[last] as Arm).body
  n.b.emit({
    kind: 'switch',
    index,
    table: entries,
    cases,
    otherwise: n.b.collect(() => n.into(rest, destination)),
  })
}

/** Strings are compared word by word: first the size in words, then the words with their padding. */
export function normaliseStringSwitch(n: Terms, term: StringSwitch, destination: Destination): void {
  const subject = n.b.toValue(n.b.freeze(n.operand(term.subject)))
  const arms = term.cases.map((c) => ({ words: stringWords(c.bytes), body: c.body }))
  const test = (words: readonly bigint[]): Simple =>
    words.reduceRight<Simple>(
      (then, word, i) => ({
        kind: 'conditional',
        condition: opOf('i64_eq', load('i64_load', addressOf(subject), i * 8, true), i64(word)),
        then,
        otherwise: i32(0),
        type: 'i32',
      }),
      i32(1),
    )
  const sizeIs = (count: number): Simple =>
    opOf('i64_eq', opOf('i64_shr_u', header(subject), i64(10n)), i64(BigInt(count)))
  const chain = (list: readonly (typeof arms)[number][]): void => {
    const [first, ...rest] = list
    if (first === undefined) return n.into(term.otherwise, destination)
    n.b.emit({
      kind: 'if',
      condition: {
        kind: 'conditional',
        condition: sizeIs(first.words.length),
        then: test(first.words),
        otherwise: i32(0),
        type: 'i32',
      },
      then: n.b.collect(() => n.into(first.body, destination)),
      otherwise: n.b.collect(() => chain(rest)),
    })
  }
  chain(arms)
}

/** The words of a string's block, padding included. */
export function stringWords(bytes: Uint8Array): bigint[] {
  const count = (bytes.length >> 3) + 1
  const view = new DataView(new ArrayBuffer(count * 8))
  bytes.forEach((byte, i) => {
    view.setUint8(i, byte)
  })
  view.setUint8(count * 8 - 1, count * 8 - 1 - bytes.length)
  return Array.from({ length: count }, (_, i) => BigInt.asIntN(64, view.getBigUint64(i * 8, true)))
}
