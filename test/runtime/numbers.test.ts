import { describe, expect, test } from 'vitest'
import { generator } from './mutator.ts'
import { floatBits, floatSource, runOcaml, stringSource, Values } from './values.ts'

const random = generator(11)

function pick<T>(from: readonly T[]): T {
  return from[random(from.length)] as T
}

const flagTexts = ['', '-', '0', '+', ' ', '#', '-#', '0#', '+0', '-+', ' 0', '0+#']
const widths = ['', '1', '5', '12', '30']

function anyBits(): bigint {
  const high = BigInt(random(2 ** 32))
  return BigInt.asIntN(64, (high << 32n) | BigInt(random(2 ** 32)))
}

function anyInteger(bits: number): bigint {
  const n = pick([
    0n,
    1n,
    -1n,
    7n,
    -42n,
    1n << BigInt(bits - 1),
    (1n << BigInt(bits - 1)) - 1n,
    anyBits(),
    anyBits() >> 40n,
  ])
  return BigInt.asIntN(bits, n)
}

function anyFloat(): number {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setBigInt64(0, anyBits())
  return pick([
    ...[0, -0, 1, -1, 0.5, 1.5, 2.5, 0.1, 123456789, 1e15, 1e16, 1e22, 1e23, 5e-324, 2.2250738585072014e-308],
    ...[1.7976931348623157e308, NaN, Infinity, -Infinity, 9.5, 99.5, 0.05, 999999.5, 1e-5, 0.0001, 123456],
    ...[random(100000) / 1000, -random(1000) / 8, (random(1000) - 500) * 10 ** (random(40) - 20)],
    ...[bits.getFloat64(0), bits.getFloat64(0), bits.getFloat64(0), bits.getFloat64(0)],
  ])
}

/** Unboxed externals agree with OCaml to this many units in the last place. */
const tolerance = 2n

describe('printing, against OCaml', () => {
  const v = new Values()

  test('integers in every format', () => {
    const types = [
      { name: 'caml_format_int', ocaml: 'int', bits: 63, mark: '', suffix: '' },
      { name: 'caml_int32_format', ocaml: 'int32', bits: 32, mark: 'l', suffix: 'l' },
      { name: 'caml_int64_format', ocaml: 'int64', bits: 64, mark: 'L', suffix: 'L' },
      { name: 'caml_nativeint_format', ocaml: 'nativeint', bits: 64, mark: 'n', suffix: 'n' },
    ] as const
    const cases = Array.from({ length: 1500 }, () => {
      const type = pick(types)
      const precision = random(6) === 0 ? `.${random(25)}` : ''
      const format = `%${pick(flagTexts)}${pick(widths)}${precision}${type.mark}${pick([...'diuxXo'])}`
      return { type, format, n: anyInteger(type.bits) }
    })
    const expected = runOcaml([
      ...types.map(({ name, ocaml }) => `external ${name} : string -> ${ocaml} -> string = "${name}"`),
      ...cases.map(
        (c) => `print_endline (${c.type.name} ${stringSource(c.format)} (${c.n}${c.type.suffix}))`,
      ),
    ])
    const found = cases.map((c) => {
      const operations = {
        caml_int32_format: 1n,
        caml_nativeint_format: 2n,
        caml_int64_format: 3n,
        caml_format_int: 0n,
      }
      const boxed = operations[c.type.name]
      const n = boxed ? v.words(255, [boxed, c.n]) : c.n * 2n + 1n
      return v.readString(v.external(c.type.name, v.string(c.format), n))
    })
    expect(found).toEqual(expected)
  })

  test('floats in every format', () => {
    const cases = Array.from({ length: 2500 }, () => {
      const precision = random(5) === 0 ? '' : `.${pick([0, 1, 2, 3, 6, 12, 15, 17, 30, 400])}`
      const letter = pick([...'eEfFgG'])
      // glibc loses the zeros of %#g when rounding carries into a new digit.
      const flag = letter.toLowerCase() === 'g' ? pick(flagTexts).replace('#', '') : pick(flagTexts)
      return { format: `%${flag}${pick(widths)}${precision}${letter}`, x: anyFloat() }
    })
    const expected = runOcaml([
      'external f : string -> float -> string = "caml_format_float"',
      ...cases.map((c) => `print_endline (f ${stringSource(c.format)} ${floatSource(c.x)})`),
    ])
    const found = cases.map((c) =>
      v.readString(v.external('caml_format_float', v.string(c.format), v.words(253, [floatBits(c.x)]))),
    )
    expect(found).toEqual(expected)
  })

  test('hexadecimal floats', () => {
    const cases = Array.from({ length: 500 }, () => ({
      x: anyFloat(),
      places: random(3) ? -1 : random(16),
      style: pick([45, 43, 32]),
    }))
    const expected = runOcaml([
      'external h : float -> int -> char -> string = "caml_hexstring_of_float"',
      ...cases.map((c) => `print_endline (h ${floatSource(c.x)} (${c.places}) (Char.chr ${c.style}))`),
    ])
    const tagged = (n: number) => BigInt(n * 2 + 1)
    const found = cases.map((c) =>
      v.readString(
        v.external(
          'caml_hexstring_of_float',
          v.words(253, [floatBits(c.x)]),
          tagged(c.places),
          tagged(c.style),
        ),
      ),
    )
    expect(found).toEqual(expected)
  })
})

describe('reading, against OCaml', () => {
  const v = new Values()
  const show = (run: () => bigint, read: (value: bigint) => string): string => {
    const value = run()
    return value === 0n ? v.takeException() : read(value)
  }

  test('integers of every type', () => {
    const fixed = [
      '',
      '-',
      '+',
      '0',
      '-0',
      '+7',
      '0x',
      '0xff',
      '0XFF',
      '0b101',
      '0B2',
      '0o17',
      '0o8',
      '0u42',
      '1_000',
      '_1',
      '1__',
      '0x_1',
      '12a',
    ]
    const limits = [31n, 32n, 62n, 63n, 64n].flatMap((bits) => [
      (1n << bits) - 1n,
      1n << bits,
      (1n << bits) + 1n,
    ])
    const numbers = limits.flatMap((n) => [
      ...[
        `${n}`,
        `-${n}`,
        `0u${n}`,
        `-0u${n}`,
        `0x${n.toString(16)}`,
        `-0x${n.toString(16)}`,
        `0o${n.toString(8)}`,
      ],
      `0b${n.toString(2)}`,
    ])
    const texts = [...fixed, ...numbers, ' 1', '1 ', '99999999999999999999999', '0x1ffffffffffffffff']
    const types = [
      { name: 'caml_int_of_string', ocaml: 'int', print: 'string_of_int' },
      { name: 'caml_int32_of_string', ocaml: 'int32', print: 'Int32.to_string' },
      { name: 'caml_int64_of_string', ocaml: 'int64', print: 'Int64.to_string' },
      { name: 'caml_nativeint_of_string', ocaml: 'nativeint', print: 'Nativeint.to_string' },
    ] as const
    const cases = types.flatMap((type) => texts.map((text) => ({ type, text })))
    const expected = runOcaml([
      ...types.map(({ name, ocaml }) => `external ${name} : string -> ${ocaml} = "${name}"`),
      ...cases.map(
        (c) =>
          `print_endline (try ${c.type.print} (${c.type.name} ${stringSource(c.text)}) with Failure s -> "Failure: " ^ s)`,
      ),
    ])
    const found = cases.map((c) =>
      show(
        () => v.external(c.type.name, v.string(c.text)),
        (value) =>
          String(c.type.ocaml === 'int' ? value >> 1n : v.view().getBigInt64(Number(value) + 8, true)),
      ),
    )
    expect(found).toEqual(expected)
  })

  test('floats', () => {
    const fixed = [
      '',
      '.',
      '1',
      '1.',
      '.5',
      '-.5',
      '+1e3',
      '1e',
      '1e+',
      'e5',
      '1_0.5_',
      ' 1',
      '1 ',
      'nan',
      '-nan',
      'NaN',
      'inf',
      '-inf',
      'infinity',
      'INF',
    ]
    const hex = [
      '0x',
      '0x1',
      '0x1p3',
      '0X1.8P-2',
      '0x.8',
      '-0xap0',
      '0x1.fffffffffffff8p0',
      '0x1.fffffffffffff4p0',
      '0x1p-1074',
      '0x1p-1075',
      '0x1.8p-1075',
      '0x1p1024',
      '0x0.0p5',
      '0x1p',
      '0x123456789abcdef01p-5',
      '0x1.00000000000008p0',
      '0x1.000000000000080001p0',
    ]
    const decimal = [
      '1e400',
      '1e-400',
      '123456789012345678901234567890',
      '0.1',
      '4.9e-324',
      '2.4703282292062327e-324',
      '9007199254740993',
      '1.7976931348623159e308',
    ]
    const texts = [
      ...fixed,
      ...hex,
      ...decimal,
      ...Array.from({ length: 300 }, () => String(anyFloat()).toLowerCase()),
    ]
    const expected = runOcaml([
      ...texts.map(
        (text) =>
          `print_endline (try Printf.sprintf "%h" (abs_float (float_of_string ${stringSource(text)})) with Failure s -> "Failure: " ^ s)`,
      ),
    ])
    const found = texts.map((text) =>
      show(
        () => v.external('caml_float_of_string', v.string(text)),
        (value) =>
          v.readString(v.external('caml_hexstring_of_float', v.external('caml_abs_float', value), -1n, 91n)),
      ),
    )
    expect(found).toEqual(expected)
  })
})

describe('float functions, against OCaml', () => {
  const v = new Values()
  const parse = (line: string) => line.split(' ').map(BigInt)
  const distance = (a: bigint, b: bigint) => {
    const ordered = (n: bigint) => (n < 0n ? -(n & 0x7fffffffffffffffn) : n)
    const d = ordered(a) - ordered(b)
    return d < 0n ? -d : d
  }
  const isNan = (bits: bigint) => (bits & 0x7fffffffffffffffn) > 0x7ff0000000000000n
  const compareAll = (
    expected: readonly string[],
    found: readonly bigint[],
    limit: bigint,
    describeCase: (i: number) => string,
  ) => {
    const wrong = expected.flatMap((line, i) => {
      const [bits] = parse(line)
      const mine = found[i] as bigint
      const fine = isNan(bits as bigint) ? isNan(mine) : distance(bits as bigint, mine) <= limit
      return fine ? [] : [`${describeCase(i)}: ${line}, not ${mine}`]
    })
    expect(wrong).toEqual([])
  }

  test('of one argument', () => {
    const names = [
      'exp',
      'log',
      'log10',
      'log2',
      'expm1',
      'log1p',
      'cbrt',
      'exp2',
      'sin',
      'cos',
      'tan',
      'asin',
      'acos',
      'atan',
      'sinh',
      'cosh',
      'tanh',
      'asinh',
      'acosh',
      'atanh',
      'round',
    ]
    const xs = [
      ...Array.from({ length: 60 }, anyFloat),
      ...Array.from({ length: 60 }, () => (random(2000) - 1000) / 500),
    ]
    const cases = names.flatMap((name) => xs.map((x) => ({ name, x })))
    const expected = runOcaml([
      ...cases.map(
        (c) => `print_endline (Int64.to_string (Int64.bits_of_float (Float.${c.name} ${floatSource(c.x)})))`,
      ),
    ])
    const found = cases.map((c) => floatBits(v.runtime.callFloat(`caml_${c.name}_float`, c.x)))
    compareAll(expected, found, tolerance, (i) => `${cases[i]?.name} ${cases[i]?.x}`)
  })

  test('erf and erfc', () => {
    const xs = Array.from({ length: 100 }, () => (random(12000) - 6000) / 1000)
    const expected = runOcaml(
      xs.map(
        (x) => `Printf.printf "%.13e %.12e\\n" (Float.erf ${floatSource(x)}) (Float.erfc ${floatSource(x)})`,
      ),
    )
    const wrong = xs.filter((x, i) => {
      const [erf, erfc] = (expected[i] as string).split(' ').map(Number) as [number, number]
      const near = (a: number, b: number) => Math.abs(a - b) <= 1e-11 * Math.abs(b)
      return (
        !near(v.runtime.callFloat('caml_erf_float', x), erf) ||
        !near(v.runtime.callFloat('caml_erfc_float', x), erfc)
      )
    })
    expect(wrong).toEqual([])
  })

  test('of two and three arguments, exactly where the result is exact', () => {
    const cases = Array.from({ length: 800 }, () => {
      const name = pick(['pow', 'atan2', 'hypot', 'rem', 'copy_sign', 'succ', 'fma'])
      const near = anyFloat()
      return {
        name,
        x: near,
        y: random(3) ? anyFloat() : near * 1.0000001,
        z: random(2) ? anyFloat() : -near * near,
      }
    })
    const call = (c: (typeof cases)[number]) => {
      const [x, y, z] = [c.x, c.y, c.z].map((n) => `${floatSource(n)}`)
      return c.name === 'succ'
        ? `Float.succ ${x}`
        : c.name === 'fma'
          ? `Float.fma ${x} ${y} ${z}`
          : `Float.${c.name} ${x} ${y}`
    }
    const expected = runOcaml(
      cases.map((c) => `print_endline (Int64.to_string (Int64.bits_of_float (${call(c)})))`),
    )
    const exports = {
      pow: 'caml_power_float',
      atan2: 'caml_atan2_float',
      hypot: 'caml_hypot_float',
      rem: 'caml_fmod_float',
      copy_sign: 'caml_copysign_float',
    }
    const mine = (c: (typeof cases)[number]) => {
      if (c.name === 'succ') return v.runtime.callFloat('caml_nextafter_unboxed', c.x, Infinity)
      if (c.name === 'fma') return v.runtime.callFloat('caml_fma_unboxed', c.x, c.y, c.z)
      return v.runtime.callFloat(exports[c.name as keyof typeof exports], c.x, c.y)
    }
    const exact = (name: string) => !['pow', 'atan2', 'hypot'].includes(name)
    for (const precise of [true, false]) {
      const chosen = cases
        .map((c, i) => ({ c, line: expected[i] as string }))
        .filter(({ c }) => exact(c.name) === precise)
      const found = chosen.map(({ c }) => floatBits(mine(c)))
      const label = (i: number) => JSON.stringify(chosen[i]?.c)
      compareAll(
        chosen.map(({ line }) => line),
        found,
        precise ? 0n : tolerance,
        label,
      )
    }
  })

  test('frexp, modf, ldexp, classify, conversions', () => {
    const xs = Array.from({ length: 200 }, anyFloat)
    const expected = runOcaml([
      'let o x = Printf.sprintf "%h" (abs_float x)',
      'external i32 : float -> int32 = "caml_int32_of_float"',
      ...xs.map((x) => {
        const f = floatSource(x)
        return `let x = ${f} in let m, e = frexp x in let a, b = modf x in Printf.printf "%s %d %s %s %s %s %ld\\n" (o m) e (o a) (o b) (o (ldexp x (-5))) (match classify_float x with FP_normal -> "0" | FP_subnormal -> "1" | FP_zero -> "2" | FP_infinite -> "3" | FP_nan -> "4") (Int32.bits_of_float x)`
      }),
    ])
    const hex = (value: bigint) =>
      v.readString(v.external('caml_hexstring_of_float', v.external('caml_abs_float', value), -1n, 91n))
    const found = xs.map((x) => {
      const boxed = v.words(253, [floatBits(x)])
      const field = (pair: bigint, i: number) => v.view().getBigInt64(Number(pair) + i * 8, true)
      const frexp = v.external('caml_frexp_float', boxed)
      const modf = v.external('caml_modf_float', boxed)
      const bits = field(v.external('caml_int32_bits_of_float', boxed), 1)
      return [
        ...[hex(field(frexp, 0)), field(frexp, 1) >> 1n, hex(field(modf, 0)), hex(field(modf, 1))],
        ...[
          hex(v.external('caml_ldexp_float', boxed, -9n)),
          v.external('caml_classify_float', boxed) >> 1n,
          bits,
        ],
      ].join(' ')
    })
    expect(found).toEqual(expected)
  })
})
