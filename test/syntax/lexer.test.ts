/** Tokens: kinds, extents, and what literals stand for. */

import { describe, expect, test } from 'vitest'
import { sourceOfString } from '../../src/base/region.ts'
import { Lexer } from '../../src/syntax/lexer.ts'
import type { Token } from '../../src/syntax/tokens.ts'

function tokens(text: string): readonly Token[] {
  const lexer = new Lexer(sourceOfString('x.ml', text), 0, () => {})
  const found: Token[] = []
  for (let token = lexer.next(); token.kind !== 'eof'; token = lexer.next()) found.push(token)
  return found
}

const kinds = (text: string) => tokens(text).map(({ kind }) => kind)
const only = (text: string): Token => {
  const [token, ...rest] = tokens(text)
  expect(rest).toEqual([])
  return token!
}
const bytesOf = (text: string): readonly number[] => {
  const { value } = only(text)
  return value?.kind === 'string' ? [...value.bytes] : []
}
const refusal = (text: string): string => {
  const value = tokens(text).find(({ kind }) => kind === 'error')?.value
  return value?.kind === 'error' ? value.diagnostic.message : 'none'
}

describe('operators', () => {
  test.each([
    ['! !! !=  !==', ['!', 'prefix-operator', 'comparison-operator', 'prefix-operator']],
    [
      '~ ~- ? ?? ~x: ?x: ~x ?x',
      [
        '~',
        'prefix-operator',
        '?',
        'prefix-operator',
        'label',
        'optional-label',
        '~',
        'lident',
        '?',
        'lident',
      ],
    ],
    ['+ +. += +! - -. -> ->>', ['+', '+.', '+=', 'additive-operator', '-', '-.', '->', 'additive-operator']],
    [
      '* ** *. / % %%',
      [
        '*',
        'power-operator',
        'multiplicative-operator',
        'multiplicative-operator',
        '%',
        'multiplicative-operator',
      ],
    ],
    [
      '< <- <-- > >= = == | || ||. |] |>',
      [
        '<',
        '<-',
        'comparison-operator',
        '>',
        'comparison-operator',
        '=',
        'comparison-operator',
        '|',
        '||',
        'comparison-operator',
        '|]',
        'comparison-operator',
      ],
    ],
    [
      '& && &&& $ @ ^ @@',
      [
        '&',
        '&&',
        'comparison-operator',
        'comparison-operator',
        'concatenation-operator',
        'concatenation-operator',
        'concatenation-operator',
      ],
    ],
    ['# ## #.', ['#', 'hash-operator', 'hash-operator']],
    ['. .. .% .%%', ['.', '..', 'dot-operator', 'dot-operator']],
    [': :: := :>', [':', '::', ':=', ':>']],
    [
      'let let* and and+ let$! letx',
      ['let', 'let-operator', 'and', 'and-operator', 'let-operator', 'lident'],
    ],
    [
      'mod land lsl asr or',
      ['multiplicative-operator', 'multiplicative-operator', 'power-operator', 'power-operator', 'or'],
    ],
    [
      '[ [| [< [> [@ [@@ [@@@ [% [%% ] >]',
      ['[', '[|', '[<', '[>', '[@', '[@@', '[@@@', '[%', '[%%', ']', '>]'],
    ],
    ['{ {< } >} ; ;; , ` ( )', ['{', '{<', '}', '>}', ';', ';;', ',', '`', '(', ')']],
  ])('%s', (text, expected) => expect(kinds(text)).toEqual(expected))
})

describe('numbers', () => {
  test.each([
    ['0', 'int', '0', undefined],
    ['1_000', 'int', '1_000', undefined],
    ['0xFF', 'int', '0xFF', undefined],
    ['0o17', 'int', '0o17', undefined],
    ['0b1_0', 'int', '0b1_0', undefined],
    ['1l', 'int', '1', 'l'],
    ['0xFFL', 'int', '0xFF', 'L'],
    ['3n', 'int', '3', 'n'],
    ['4z', 'int', '4', 'z'],
    ['1.', 'float', '1.', undefined],
    ['1.5e-3', 'float', '1.5e-3', undefined],
    ['1e10', 'float', '1e10', undefined],
    ['0x1.8p3', 'float', '0x1.8p3', undefined],
    ['0x1p-1', 'float', '0x1p-1', undefined],
    ['1.5g', 'float', '1.5', 'g'],
  ])('%s', (text, kind, digits, suffix) => {
    const token = only(text)
    expect([token.kind, token.text]).toEqual([kind, digits])
    expect(token.value).toEqual(suffix === undefined ? undefined : { kind: 'suffix', suffix })
  })

  test.each(['0b12', '0o8', '12ab', '1.5e', '1zz', '0xg1'])('%s is invalid', (text) => {
    expect(refusal(text)).toBe(`Invalid literal ${text}`)
  })
})

describe('characters', () => {
  test.each([
    ["'a'", 97],
    ["'\\n'", 10],
    ["'\\\\'", 92],
    ["'\\''", 39],
    ["'\"'", 34],
    ["'\\065'", 65],
    ["'\\x41'", 65],
    ["'\\o101'", 65],
    ["' '", 32],
    ["'\n'", 10],
  ])('%j', (text, code) => expect(only(text).value).toEqual({ kind: 'char', code }))

  test('a quote alone begins a type variable', () => {
    expect(kinds("'a 'b' 'cd")).toEqual(["'", 'lident', 'char', "'", 'lident'])
  })
})

describe('strings', () => {
  test.each([
    ['"abc"', [97, 98, 99]],
    ['"\\n\\065\\x41\\o101"', [10, 65, 65, 65]],
    ['"\\u{e9}\\u{1F600}"', [0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80]],
    ['"a\\\n  \t b"', [97, 98]],
    ['"a\nb"', [97, 10, 98]],
    ['"\\q"', [92, 113]],
    ['"é"', [0xc3, 0xa9]],
    ['{|a"\\|}', [97, 34, 92]],
    ['{id|a|b|i|id}', [97, 124, 98, 124, 105]],
  ])('%j', (text, bytes) => expect(bytesOf(text)).toEqual(bytes))

  test('quoted extensions', () => {
    expect(only('{%a.b|x|}')).toMatchObject({ kind: 'quoted-extension', text: 'a.b' })
    expect(only('{%%a id|x|id}')).toMatchObject({
      kind: 'quoted-item-extension',
      text: 'a',
      value: { delimiter: 'id' },
    })
  })
})

describe('comments', () => {
  test.each([
    '(* a (* b *) c *) x',
    '(* "*)" *) x',
    "(* '\"' '*' a' *) x",
    '(* {|*)|} {id| *) |id} *) x',
    "(* '\\'' '\\065' \"\\\"*)\" *) x",
    '(**) x',
    '# 1 "file.ml"\nx',
  ])('%s', (text) => expect(tokens(text).map((token) => token.text)).toEqual(['x']))
})

describe('names', () => {
  test.each([
    ['été', 'lident'],
    ['Été', 'uident'],
    ["_x'", 'lident'],
    ['_', '_'],
    ['ß', 'lident'],
    ['ŒUF', 'uident'],
  ])('%s', (text, kind) => expect(only(text).kind).toBe(kind))

  test('in either normal form', () => expect(only('e\u0301t\u00e9').text).toBe('\u00e9t\u00e9'))
})

describe('positions', () => {
  test('count bytes', () => {
    expect(tokens('"é" é x').map(({ start, end }) => [start, end])).toEqual([
      [0, 4],
      [5, 7],
      [8, 9],
    ])
  })
})
