import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { flags, Mutator, type Shadow, type ShadowBlock } from './mutator.ts'
import { instantiateRuntime, newMemory, quietHost } from './runtime.ts'
import { floatBits, Values } from './values.ts'

const tagged = (n: number | bigint) => BigInt(n) * 2n + 1n
const unit = 1n

/** Every allocation collects, areas alternate, freed memory is poisoned: an external that forgets a root fails here. */
function stressed(): Mutator {
  return new Mutator({ flags: flags.verify | flags.stress | flags.alternate, minorWords: 2048 })
}

function fieldsOf(m: Mutator, slot: number): Shadow[] {
  return (m.shadow(slot) as ShadowBlock).fields
}

/** Calls an external on the values of these slots (numbers) and immediates (bigints); the result goes into `target`. */
function call(m: Mutator, target: number, shadow: Shadow, name: string, ...args: (number | bigint)[]): void {
  const values = args.map((arg) => (typeof arg === 'number' ? m.value(arg) : tagged(arg)))
  const result = m.runtime.call64(name, m.top, ...values)
  expect(result).not.toBe(0n)
  m.setSlot(target, result, shadow)
}

const block = (fields: Shadow[], tag = 0): ShadowBlock => ({ tag, fields, environment: 0, bytes: undefined })

describe('arrays of values, collecting at every allocation', () => {
  const sizes = [1, 3, 200, 300, 1000]

  test.each(sizes)('make, sub, append, concat, blit, fill with %i elements', (n) => {
    const m = stressed()
    m.allocate(0, 0, [15])
    m.allocate(1, 0, [0, 0])
    call(m, 2, block(Array(n).fill(m.shadow(0))), 'caml_make_vect', BigInt(n), 0)
    m.allocate(3, 0, [1])
    m.assign(2, 0, 3)
    m.check()
    call(m, 4, block(fieldsOf(m, 2).slice(0, n)), 'caml_array_sub', 2, 0n, BigInt(n))
    call(m, 5, block([...fieldsOf(m, 2), ...fieldsOf(m, 4)]), 'caml_array_append', 2, 4)
    m.check()
    m.allocate(6, 0, [5, 15])
    m.allocate(6, 0, [2, 6])
    call(m, 7, block([...fieldsOf(m, 2), ...fieldsOf(m, 5)]), 'caml_array_concat', 6)
    m.check()
    const filled = fieldsOf(m, 7)
    m.allocate(8, 0, [0])
    call(m, 9, 0n, 'caml_array_fill', 7, 1n, BigInt(n), 8)
    filled.fill(m.shadow(8), 1, 1 + n)
    m.check()
    m.allocate(8, 0, [8])
    m.assign(7, 0, 8)
    const length = Math.min(2 * n, 3 * n - 2)
    call(m, 9, 0n, 'caml_array_blit', 7, 0n, 7, 2n, BigInt(length))
    filled.splice(2, length, ...filled.slice(0, length))
    m.check()
    call(m, 9, 0n, 'caml_array_blit', 7, 1n, 7, 0n, BigInt(n))
    filled.splice(0, n, ...filled.slice(1, 1 + n))
    m.check()
    m.fullMajor()
    m.check()
  })

  test('empty results are the atom', () => {
    const v = new Values()
    const atom = BigInt(v.runtime.call('caml_atom', 0))
    expect(v.external('caml_make_vect', tagged(0), 3n)).toBe(atom)
    expect(v.external('caml_array_append', atom, atom)).toBe(atom)
    expect(v.external('caml_array_concat', 1n)).toBe(atom)
    expect(v.external('caml_array_sub', v.words(0, [1n]), tagged(1), tagged(0))).toBe(atom)
  })

  test('errors', () => {
    const v = new Values()
    const array = v.words(0, [3n, 5n])
    expect(v.external('caml_make_vect', tagged(-1), 3n)).toBe(0n)
    expect(v.takeException()).toBe('Invalid_argument: Array.make')
    expect(v.external('caml_make_vect', tagged(1n << 54n), 3n)).toBe(0n)
    expect(v.takeException()).toBe('Invalid_argument: Array.make')
    expect(v.external('caml_make_vect', tagged(1n << 40n), 3n)).toBe(0n)
    expect(v.takeException()).toBe('Out_of_memory')
    expect(v.external('caml_array_get', array, tagged(2))).toBe(0n)
    expect(v.takeException()).toBe('Invalid_argument: index out of bounds')
    expect(v.external('caml_array_set', array, tagged(-1), 3n)).toBe(0n)
    expect(v.takeException()).toBe('Invalid_argument: index out of bounds')
    expect(v.external('caml_array_get', array, tagged(1))).toBe(5n)
  })
})

test('float arrays are flat', () => {
  const v = new Values()
  const float = (x: number) => v.words(253, [floatBits(x)])
  const read = (array: bigint) => {
    const header = v.view().getBigUint64(Number(array) - 8, true)
    const xs = Array.from({ length: Number(header >> 10n) }, (_, i) =>
      v.view().getFloat64(Number(array) + i * 8, true),
    )
    return [Number(header & 255n), ...xs]
  }
  const a = v.external('caml_make_vect', tagged(2), float(1.5))
  expect(read(a)).toEqual([254, 1.5, 1.5])
  v.external('caml_array_set', a, tagged(1), float(2))
  const b = v.external('caml_array_append', a, a)
  expect(read(b)).toEqual([254, 1.5, 2, 1.5, 2])
  expect(v.view().getFloat64(Number(v.external('caml_array_get', b, tagged(3))), true)).toBe(2)
  v.external('caml_array_fill', b, tagged(0), tagged(2), float(-1))
  v.external('caml_array_blit', b, tagged(0), b, tagged(1), tagged(3))
  expect(read(b)).toEqual([254, -1, -1, -1, 1.5])
  expect(read(v.external('caml_array_sub', b, tagged(2), tagged(2)))).toEqual([254, -1, 1.5])
  expect(read(v.external('caml_array_of_uniform_array', v.words(0, [float(1), float(2)])))).toEqual([
    254, 1, 2,
  ])
  expect(read(v.external('caml_floatarray_create', tagged(3)))[0]).toBe(254)
})

describe('strings', () => {
  const v = new Values()

  test.each([0, 1, 6, 7, 8, 9, 15, 16, 100, 2047, 2048, 100000])(
    'a string of %i bytes is padded as in OCaml',
    (n) => {
      const s = v.external('caml_create_bytes', tagged(n))
      const words = Number(v.view().getBigUint64(Number(s) - 8, true) >> 10n)
      expect(words).toBe(Math.floor(n / 8) + 1)
      expect(v.view().getUint8(Number(s) + words * 8 - 1)).toBe(words * 8 - 1 - n)
      expect(v.external('caml_ml_string_length', s)).toBe(tagged(n))
      v.external('caml_fill_bytes', s, tagged(0), tagged(n), tagged(120))
      expect(v.readString(s)).toBe('x'.repeat(n))
    },
  )

  test('order and equality', () => {
    const texts = [
      '',
      'a',
      'ab',
      'b',
      'abcdefgh',
      'abcdefgi',
      'abcdefghi',
      'abcdefg\xff',
      '\0',
      'abcdefgh\0',
      'z'.repeat(50),
    ]
    const compare = v.runtime.exports['caml_string_compare'] as (a: bigint, b: bigint) => bigint
    const equal = v.runtime.exports['caml_string_equal'] as (a: bigint, b: bigint) => bigint
    const string = (text: string) => v.string(Uint8Array.from(text, (c) => c.charCodeAt(0)))
    for (const x of texts) {
      for (const y of texts) {
        expect([x, y, compare(string(x), string(y)) >> 1n]).toEqual([x, y, x < y ? -1n : x > y ? 1n : 0n])
        expect([x, y, equal(string(x), string(y))]).toEqual([x, y, x === y ? 3n : 1n])
      }
    }
  })

  test('overlapping blits and reads of several widths', () => {
    const s = v.string('0123456789abcdef')
    v.external('caml_blit_bytes', s, tagged(0), s, tagged(3), tagged(10))
    expect(v.readString(s)).toBe('0120123456789def')
    expect(v.external('caml_string_get16', s, tagged(1))).toBe(tagged(0x3231))
    const wide = v.external('caml_string_get64', s, tagged(8))
    expect(v.view().getBigInt64(Number(wide) + 8, true)).toBe(v.view().getBigInt64(Number(s) + 8, true))
    v.external('caml_bytes_set32', s, tagged(12), v.words(255, [1n, -2n]))
    expect(v.view().getInt32(Number(s) + 12, true)).toBe(-2)
    for (const [name, width] of [
      ['caml_string_get', 1],
      ['caml_string_get16', 2],
      ['caml_string_get32', 4],
      ['caml_string_get64', 8],
    ] as const) {
      expect(v.external(name, s, tagged(16 - width))).not.toBe(0n)
      for (const index of [17 - width, -1, 1 << 20]) {
        expect(v.external(name, s, tagged(index))).toBe(0n)
        expect(v.takeException()).toBe('Invalid_argument: index out of bounds')
      }
    }
  })

  test('create refuses what no string can be', () => {
    expect(v.external('caml_create_bytes', tagged(-1))).toBe(0n)
    expect(v.takeException()).toBe('Invalid_argument: Bytes.create')
    expect(v.external('caml_create_bytes', tagged(1n << 60n))).toBe(0n)
    expect(v.takeException()).toBe('Invalid_argument: Bytes.create')
    expect(v.external('caml_create_bytes', tagged(1n << 40n))).toBe(0n)
    expect(v.takeException()).toBe('Out_of_memory')
  })

  test('MD5', () => {
    for (const n of [0, 1, 55, 56, 63, 64, 65, 1000]) {
      const bytes = Uint8Array.from({ length: n }, (_, i) => i * 7)
      const digest = v.external('caml_md5_string', v.string(bytes), tagged(0), tagged(n))
      expect(Buffer.from(v.readBytes(digest)).toString('hex')).toBe(
        createHash('md5').update(bytes).digest('hex'),
      )
    }
  })
})

describe('Obj, lazy values, atomics, objects', () => {
  test('dup, with_tag, block, make_forward, at every allocation a collection', () => {
    const m = stressed()
    m.allocate(0, 0, [15])
    m.allocate(1, 5, [0, 0, 15])
    call(m, 2, block([...fieldsOf(m, 1)], 5), 'caml_obj_dup', 1)
    call(m, 3, block([...fieldsOf(m, 1)], 7), 'caml_obj_with_tag', 7n, 1)
    call(m, 4, block([0n, 0n, 0n], 9), 'caml_obj_block', 9n, 3n)
    call(m, 5, block([m.shadow(0)]), 'caml_atomic_make', 0)
    m.allocateLarge(6, 500, 0)
    call(m, 7, block([...fieldsOf(m, 6)]), 'caml_obj_dup', 6)
    m.check()
    m.allocate(8, 0, [15])
    call(m, 9, m.shadow(0), 'caml_atomic_exchange', 5, 8)
    fieldsOf(m, 5)[0] = m.shadow(8)
    m.check()
    m.fullMajor()
    m.check()
  })

  test('a Forward block gives way to its value when it moves, except to a float', () => {
    const m = new Mutator()
    m.allocate(0, 0, [15])
    m.allocate(1, 0, [15])
    m.setSlot(1, m.runtime.call64('caml_lazy_make_forward', m.top, m.value(0)), m.shadow(0))
    m.setSlot(
      2,
      m.runtime.call64('caml_lazy_make_forward', m.top, m.runtime.call64('caml_int64_to_float', m.top, 1n)),
      0n,
    )
    const float = m.value(2)
    expect(m.read(Number(float) - 8) & 255n).toBe(250n)
    m.collect()
    expect(m.value(1)).toBe(m.value(0))
    expect(m.read(Number(m.value(2)) - 8) & 255n).toBe(250n)
  })

  test('object identifiers, tags, atomics', () => {
    const v = new Values()
    const first = v.external('caml_fresh_oo_id', unit)
    expect(v.external('caml_fresh_oo_id', unit)).toBe(first + 2n)
    expect(v.external('caml_obj_tag', 5n)).toBe(tagged(1000))
    expect(v.external('caml_obj_tag', v.string('x'))).toBe(tagged(252))
    const cell = v.words(0, [tagged(5)])
    expect(v.external('caml_atomic_fetch_add', cell, tagged(-2))).toBe(tagged(5))
    expect(v.external('caml_atomic_cas', cell, tagged(3), tagged(9))).toBe(3n)
    expect(v.external('caml_atomic_cas', cell, tagged(3), tagged(9))).toBe(1n)
    expect(v.external('caml_atomic_load', cell)).toBe(tagged(9))
  })

  test('a dummy of a recursive value takes the contents that come later', () => {
    const m = new Mutator()
    call(m, 0, block([0n, 0n]), 'caml_alloc_dummy', 2n)
    m.collect()
    m.allocate(1, 3, [0, 0])
    m.runtime.call64('caml_update_dummy', m.top, m.value(0), m.value(1))
    expect(m.read(Number(m.value(0)) - 8) & 255n).toBe(3n)
    expect(m.read(Number(m.value(0)))).toBe(m.value(0))
    m.verify()
  })
})

describe('channels', () => {
  function withHost(input: string, chunk = 1000) {
    const written: string[] = []
    let at = 0
    let broken = false
    const runtime = instantiateRuntime(newMemory(), {
      ...quietHost,
      write: (_fd, bytes) => {
        if (broken) return -32
        const length = Math.min(bytes.length, 30000)
        written.push(Buffer.from(bytes.subarray(0, length)).toString('latin1'))
        return length
      },
      read: (_fd, room) => {
        const part = input.slice(at, at + Math.min(chunk, room.length))
        room.set(Buffer.from(part, 'latin1'))
        at += part.length
        return part.length
      },
    })
    const v = new Values()
    Object.assign(v, { runtime })
    runtime.call('init', 1 << 18, 1 << 20, 1 << 28, 0)
    Object.assign(v, { sp: v.view().getUint32(64, true) })
    return { v, written, break: () => (broken = true) }
  }

  test('output is buffered, flushed, and written in full', () => {
    const { v, written } = withHost('')
    const channel = v.external('caml_ml_open_descriptor_out', tagged(1))
    v.external('caml_ml_output_char', channel, tagged(104))
    v.external('caml_ml_output', channel, v.string('xello'), tagged(1), tagged(4))
    expect(written).toEqual([])
    v.external('caml_ml_flush', channel)
    expect(written).toEqual(['hello'])
    const long = 'abc'.repeat(50000)
    v.external('caml_ml_output', channel, v.string(long), tagged(0), tagged(long.length))
    v.external('caml_ml_output_char', channel, tagged(33))
    v.external('caml_ml_flush', channel)
    expect(written.slice(1).join('')).toBe(`${long}!`)
    expect(v.external('caml_ml_pos_out', channel)).toBe(tagged(5 + long.length + 1))
  })

  test('reading by line, character and block', () => {
    const { v } = withHost(`one\n${'x'.repeat(70000)}\nlast`, 777)
    const channel = v.external('caml_ml_open_descriptor_in', tagged(0))
    expect(v.external('caml_ml_input_scan_line', channel)).toBe(tagged(4))
    const buffer = v.string('-'.repeat(100000))
    const input = (n: number) => {
      expect(v.external('caml_ml_input', channel, buffer, tagged(0), tagged(n))).toBe(tagged(n))
      return v.readString(buffer).slice(0, n)
    }
    expect(input(4)).toBe('one\n')
    expect(v.external('caml_ml_input_char', channel)).toBe(tagged(120))
    expect(v.external('caml_ml_input_scan_line', channel)).toBe(tagged(-65536))
    expect(input(65536)).toBe('x'.repeat(65536))
    expect(v.external('caml_ml_input_scan_line', channel)).toBe(tagged(70000 - 65536))
    input(70000 - 65536)
    expect(v.external('caml_ml_pos_in', channel)).toBe(tagged(4 + 70001))
    expect(v.external('caml_ml_input_scan_line', channel)).toBe(tagged(-4))
    input(4)
    expect(v.external('caml_ml_input_scan_line', channel)).toBe(tagged(0))
    expect(v.external('caml_ml_input_char', channel)).toBe(0n)
    expect(v.takeException()).toBe('End_of_file')
  })

  test('errors are Sys_error; a closed channel says so; the list holds open output channels', () => {
    const { v, break: fail } = withHost('')
    const first = v.external('caml_ml_open_descriptor_out', tagged(1))
    const second = v.external('caml_ml_open_descriptor_out', tagged(2))
    v.external('caml_ml_open_descriptor_in', tagged(0))
    const list = v.external('caml_ml_out_channels_list', unit)
    const head = v.view().getBigInt64(Number(list), true)
    expect(v.external('caml_equal', head, first)).toBe(3n)
    expect(v.external('caml_ml_close_channel', second)).toBe(unit)
    expect(v.external('caml_ml_output_char', second, tagged(1))).toBe(0n)
    expect(v.takeException()).toBe('Sys_error: error 9')
    fail()
    v.external('caml_ml_output_char', first, tagged(1))
    expect(v.external('caml_ml_flush', first)).toBe(0n)
    expect(v.takeException()).toBe('Sys_error: error 32')
  })
})

describe('system', () => {
  test('environment, command line, exit, named values', () => {
    const exits: number[] = []
    const runtime = instantiateRuntime(newMemory(), {
      ...quietHost,
      environment: { HOME: '/root', LONG: 'l'.repeat(9000) },
      argv: ['prog', 'one', 'zwei€'],
      exit: (status) => exits.push(status),
    })
    const v = new Values()
    Object.assign(v, { runtime })
    runtime.call('init', 1 << 12, 1 << 20, 1 << 28, flags.stress | flags.alternate | flags.verify)
    Object.assign(v, { sp: v.view().getUint32(64, true) })
    expect(v.readString(v.external('caml_sys_getenv', v.string('HOME')))).toBe('/root')
    expect(v.readString(v.external('caml_sys_getenv', v.string('LONG')))).toBe('l'.repeat(9000))
    expect(v.external('caml_sys_getenv', v.string('NONE'))).toBe(0n)
    expect(v.takeException()).toBe('Not_found')
    const argv = v.external('caml_sys_argv')
    const words = [0, 1, 2].map((i) => v.readBytes(v.view().getBigInt64(Number(argv) + i * 8, true)))
    expect(words.map((bytes) => new TextDecoder().decode(bytes))).toEqual(['prog', 'one', 'zwei€'])
    expect(v.external('caml_sys_exit', tagged(3))).toBe(0n)
    expect(exits).toEqual([3])
    v.view().setInt32(28, 0, true)
    v.external('caml_register_named_value', v.string('answer'), tagged(42))
    const name = Number(v.string('answer'))
    expect(runtime.call64('root_get', runtime.call('named_value', name, 6))).toBe(tagged(42))
    expect(runtime.call('named_value', name, 5)).toBe(0)
  })

  test('raising while every allocation collects', () => {
    const v = new Values()
    v.runtime.call('init', 1 << 12, 1 << 20, 1 << 28, flags.stress | flags.alternate | flags.verify)
    Object.assign(v, { sp: v.view().getUint32(64, true) })
    expect(v.external('caml_int_of_string', v.string('x'))).toBe(0n)
    expect(v.takeException()).toBe('Failure: int_of_string')
    expect(v.external('caml_raise_zero_divide')).toBe(0n)
    expect(v.takeException()).toBe('Division_by_zero')
  })

  test('Gc counts', () => {
    const m = stressed()
    for (let i = 0; i < 10; i++) m.allocate(0, 0, [0, 1])
    const field = (record: bigint, i: number) => m.read(Number(record) + i * 8)
    const counters = m.runtime.call64('caml_gc_counters', m.top, unit)
    const minorWords = new DataView(m.runtime.memory.buffer).getFloat64(Number(field(counters, 0)), true)
    expect(minorWords).toBeGreaterThanOrEqual(30)
    const stat = m.runtime.call64('caml_gc_quick_stat', m.top, unit)
    expect(field(stat, 3) >> 1n).toBeGreaterThanOrEqual(10n)
    expect(m.runtime.call64('caml_gc_full_major', m.top, unit)).toBe(unit)
    expect(m.read(Number(m.runtime.call64('caml_gc_get', m.top, unit)) + 16) >> 1n).toBe(120n)
    m.check()
  })
})
