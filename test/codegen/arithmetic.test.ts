/** Integer expressions of OCaml against BigInt: constants folded or not, wrapping at 63, 32 and 64 bits. */

import { describe, expect, it } from 'vitest'
import { compileText, randomNumbers, run } from '../engine/run-program.ts'

type Random = (below: number) => number

interface Kind {
  readonly bits: number
  readonly type: string
  readonly literal: (n: bigint) => string
  /** Prefix of the operations, or undefined for infix ones. */
  readonly module: string | undefined
  readonly show: string
}

const kinds: Record<string, Kind> = {
  int: { bits: 63, type: 'int', literal: (n) => `(${n})`, module: undefined, show: 'string_of_int' },
  int32: { bits: 32, type: 'int32', literal: (n) => `(${n}l)`, module: 'Int32', show: 'Int32.to_string' },
  int64: { bits: 64, type: 'int64', literal: (n) => `(${n}L)`, module: 'Int64', show: 'Int64.to_string' },
  nativeint: {
    bits: 64,
    type: 'nativeint',
    literal: (n) => `(${n}n)`,
    module: 'Nativeint',
    show: 'Nativeint.to_string',
  },
}

const infix = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  rem: 'mod',
  logand: 'land',
  logor: 'lor',
  logxor: 'lxor',
}
const shifts = { shift_left: 'lsl', shift_right: 'asr', shift_right_logical: 'lsr' }

type Operation = keyof typeof infix
type Shift = keyof typeof shifts

type Term =
  | { readonly kind: 'constant'; readonly value: bigint }
  | { readonly kind: 'variable'; readonly name: 'a' | 'b' | 'c' }
  | { readonly kind: 'binary'; readonly op: Operation; readonly left: Term; readonly right: Term }
  | { readonly kind: 'shift'; readonly op: Shift; readonly left: Term; readonly by: number }
  | { readonly kind: 'negate'; readonly of: Term }

function edge(random: Random, bits: number): bigint {
  const limit = 1n << BigInt(bits - 1)
  const all = [
    0n,
    1n,
    -1n,
    2n,
    -2n,
    3n,
    7n,
    -7n,
    10n,
    255n,
    limit - 1n,
    limit - 2n,
    -limit,
    1n - limit,
    limit >> 1n,
  ]
  const small = BigInt(random(2 ** 31)) - 2n ** 30n
  return random(4) === 0 ? small : (all[random(all.length)] as bigint)
}

function makeTerm(random: Random, bits: number, depth: number): Term {
  if (depth === 0 || random(8) === 0) {
    if (random(3) === 0) return { kind: 'constant', value: edge(random, bits) }
    return { kind: 'variable', name: (['a', 'b', 'c'] as const)[random(3)] as 'a' }
  }
  const sub = (): Term => makeTerm(random, bits, depth - 1)
  const choice = random(12)
  if (choice === 0) return { kind: 'negate', of: sub() }
  if (choice <= 2) {
    const op = Object.keys(shifts)[random(3)] as Shift
    return { kind: 'shift', op, left: sub(), by: random(bits) }
  }
  return { kind: 'binary', op: Object.keys(infix)[random(8)] as Operation, left: sub(), right: sub() }
}

function source(t: Term, kind: Kind): string {
  const { module } = kind
  switch (t.kind) {
    case 'constant':
      return kind.literal(t.value)
    case 'variable':
      return t.name
    case 'negate':
      return module === undefined ? `(- ${source(t.of, kind)})` : `(${module}.neg ${source(t.of, kind)})`
    case 'shift': {
      const left = source(t.left, kind)
      return module === undefined
        ? `(${left} ${shifts[t.op]} ${t.by})`
        : `(${module}.${t.op} ${left} ${t.by})`
    }
    case 'binary': {
      const [left, right] = [source(t.left, kind), source(t.right, kind)]
      return module === undefined
        ? `(${left} ${infix[t.op]} ${right})`
        : `(${module}.${t.op} ${left} ${right})`
    }
  }
}

class DivisionByZero extends Error {}

/** Right operands first, as OCaml does. */
function evaluate(t: Term, bits: number, env: Readonly<Record<string, bigint>>): bigint {
  const wrap = (n: bigint): bigint => BigInt.asIntN(bits, n)
  switch (t.kind) {
    case 'constant':
      return wrap(t.value)
    case 'variable':
      return env[t.name] as bigint
    case 'negate':
      return wrap(-evaluate(t.of, bits, env))
    case 'shift': {
      const n = evaluate(t.left, bits, env)
      if (t.op === 'shift_left') return wrap(n << BigInt(t.by))
      return wrap((t.op === 'shift_right' ? n : BigInt.asUintN(bits, n)) >> BigInt(t.by))
    }
    case 'binary': {
      const right = evaluate(t.right, bits, env)
      return wrap(binary(t.op, evaluate(t.left, bits, env), right))
    }
  }
}

function binary(op: Operation, a: bigint, b: bigint): bigint {
  if ((op === 'div' || op === 'rem') && b === 0n) throw new DivisionByZero()
  switch (op) {
    case 'add':
      return a + b
    case 'sub':
      return a - b
    case 'mul':
      return a * b
    case 'div':
      return a / b
    case 'rem':
      return a % b
    case 'logand':
      return a & b
    case 'logor':
      return a | b
    case 'logxor':
      return a ^ b
  }
}

function expected(t: Term, bits: number, env: Readonly<Record<string, bigint>>): string {
  try {
    return String(evaluate(t, bits, env))
  } catch (error) {
    if (error instanceof DivisionByZero) return 'zero'
    throw error
  }
}

/** One program: functions of unknown arguments, and the same terms with the arguments as literals. */
function program(
  kind: Kind,
  seed: number,
  count: number,
): { readonly text: string; readonly expected: string } {
  const random = randomNumbers(seed)
  const lines = [`let show f = print_endline (try ${kind.show} (f ()) with Division_by_zero -> "zero")`]
  const results: string[] = []
  for (let i = 0; i < count; i++) {
    const term = makeTerm(random, kind.bits, 1 + random(4))
    const body = source(term, kind)
    lines.push(`let [@inline never] f${i} (a : ${kind.type}) (b : ${kind.type}) (c : ${kind.type}) = ${body}`)
    for (let j = 0; j < 4; j++) {
      const env = { a: edge(random, kind.bits), b: edge(random, kind.bits), c: edge(random, kind.bits) }
      const [a, b, c] = [env.a, env.b, env.c].map(kind.literal)
      lines.push(`let () = show (fun () -> f${i} ${a} ${b} ${c})`)
      results.push(expected(term, kind.bits, env))
      if (j > 0) continue
      lines.push(
        `let () = show (fun () -> let a = ${a} and b = ${b} and c = ${c} in ignore (a, b, c); ${body})`,
      )
      results.push(expected(term, kind.bits, env))
    }
  }
  return { text: lines.join('\n'), expected: `${results.join('\n')}\n` }
}

describe.each(Object.keys(kinds))('%s', (name) => {
  it.each([1, 2, 3])('random terms, seed %d', (seed) => {
    const { text, expected: output } = program(kinds[name] as Kind, seed * 7919, 60)
    const result = run(compileText(text))
    expect(result.error).toBeUndefined()
    const [got, wanted] = [result.stdout.split('\n'), output.split('\n')]
    const wrong = wanted.findIndex((line, i) => line !== got[i])
    if (wrong >= 0) {
      const shown = text.split('\n').filter((line) => line.includes('show (fun'))[wrong]
      expect(`${shown} = ${got[wrong]}`).toBe(`${shown} = ${wanted[wrong]}`)
    }
    expect(got.length).toBe(wanted.length)
  })
})
