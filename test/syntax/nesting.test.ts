/** Nesting has a limit of our own, so that no input overflows the stack; chains have none. */

import { describe, expect, test } from 'vitest'
import { diagnosticOf, parseText } from './support.ts'

/** Before, what is repeated, and behind. */
const nested: readonly (readonly [string, string, string])[] = [
  ['let x = ', '(', ''],
  ['let x = ', '[', ''],
  ['let x = ', '[|', ''],
  ['let x = ', '{a=', ''],
  ['let x = ', '{<a=', ''],
  ['let x = ', 'f (', ''],
  ['let x = ', 'f ~a:(', ''],
  ['let x = ', 'A (', ''],
  ['let x = ', 'M.(', ''],
  ['let x = ', 'a.(', ''],
  ['let x = ', 'a.%(', ''],
  ['let x = ', 'lazy (', ''],
  ['let x = ', 'begin ', ''],
  ['let x = ', 'if a then ', ''],
  ['let x = ', 'if ', ''],
  ['let x = ', 'fun x -> ', 'x'],
  ['let x = ', 'function x -> ', 'x'],
  ['let x = ', 'match ', ''],
  ['let x = ', 'match x with x -> ', 'x'],
  ['let x = ', 'try ', ''],
  ['let x = ', 'while ', ''],
  ['let x = ', 'for i = ', ''],
  ['let x = ', 'x.a <- ', 'x'],
  ['let x = ', 'let x = ', ''],
  ['let x = ', 'let* x = ', ''],
  ['let x = ', '(x : ', ''],
  ['let x = ', 'let module M = struct let x = ', ''],
  ['let x = ', '(module struct let x = ', ''],
  ['let x = ', '[%a ', ''],
  ['let x = ', 'a [@b ', ''],
  ['let x = ', 'object method x = ', ''],
  ['let x = f ', '(fun x -> ', ''],
  ['let ', '(', ''],
  ['let ', '[', ''],
  ['let ', 'A ', 'x'],
  ['let ', '`A ', 'x'],
  ['let ', '{a=', 'x'],
  ['let ', 'M.(', 'x'],
  ['type t = ', '(', ''],
  ['type t = ', '<a:', 'b'],
  ['type t = ', '[`A of ', 'b'],
  ['type t = ', '(a -> ', ''],
  ['type t = ', 'M(', ''],
  ['type t = ', '(module S with type t = ', ''],
  ['module M = ', '(', ''],
  ['module M = ', 'functor (X : S) -> ', 'M'],
  ['module M = ', 'F (', ''],
  ['module M = ', 'struct module M = ', ''],
  ['module M : ', '(', ''],
  ['module M : ', 'S -> ', 'S = M'],
  ['module M : ', 'sig module M : ', ''],
  ['module M ', '(X : functor ', ''],
  ['class c = ', '(', ''],
  ['class c = ', 'fun x -> ', 'c'],
  ['class c = ', 'let x = 1 in ', 'c'],
  ['class c = ', 'object inherit ', ''],
  ['class c : ', 'int -> ', 'c = c'],
  ['class c : ', 'object inherit ', ''],
  ['class c : ', 'let open M in ', 'c = c'],
  ['', '[@@@a ', ''],
]

const chains: readonly (readonly [string, string, string])[] = [
  ['let x = ', 'a; ', 'b'],
  ['let x = ', 'a :: ', 'b'],
  ['let x = ', 'a := ', 'b'],
  ['let x = ', 'a, ', 'b'],
  ['let x = ', 'a + ', 'b'],
  ['let x = [', 'a; ', 'b]'],
  ['let x = ', 'let x = 1 in ', 'x'],
  ['let x = ', 'f (); let x = 1 in ', 'x'],
  ['let x = ', 'let* x = 1 in ', 'x'],
  ['let x = ', 'if a then b else ', 'c'],
  ['let x = ', '- ', '1'],
  ['let x = ', '!', 'x'],
  ['let x = a', ' b', ''],
  ['let x = a', '#b', ''],
  ['let x = a', '.b', ''],
  ['type t = ', 'a -> ', 'b'],
  ['type t = a', ' list', ''],
  ['let f = function a', ' | b', ' -> c'],
  ['let f = function ', 'a :: ', 'b -> c'],
  ['', '1;;', ''],
  ['', 'let x = 1 ', ''],
]

const text = ([before, repeated, behind]: readonly [string, string, string], times: number) =>
  before + repeated.repeat(times) + behind

describe('nesting', () => {
  test.each(nested)('%s %s 100,000 times is refused', (...form) => {
    expect(diagnosticOf(() => parseText(text(form, 100_000)))?.message).toMatch(/^Nesting too deep/)
  })

  test.each(nested)('%s %s 100 times is not', (...form) => {
    expect(diagnosticOf(() => parseText(text(form, 100)))?.message ?? '').not.toMatch(/^Nesting/)
  })
})

describe('chains', () => {
  test.each(chains)('%s %s 20,000 times is parsed', (...form) => {
    expect(diagnosticOf(() => parseText(text(form, 20_000)))).toBeUndefined()
  })
})

test('comments nest as deep as one likes', () => {
  expect(parseText(`${'(*'.repeat(100_000)}${'*)'.repeat(100_000)}1`)).toHaveLength(1)
})
