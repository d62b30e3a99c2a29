/** The prompt's phrases, scripts, and recovery from errors. */

import { describe, expect, test } from 'vitest'
import { sourceOfString } from '../../src/base/region.ts'
import { parseImplementationWithRecovery, parsePhrase, parseScript } from '../../src/syntax/index.ts'
import { diagnosticOf } from './support.ts'

const source = (text: string) => sourceOfString('//toplevel//', text)

describe('parsePhrase', () => {
  test('reads one phrase at a time', () => {
    const text = source('let x = 1;; x + 1 ;;\n#quit;; (* no more *) ')
    const first = parsePhrase(text, 0)!
    expect(first.phrase).toMatchObject({ kind: 'definitions', items: [{ kind: 'value' }] })
    const second = parsePhrase(text, first.end)!
    expect(second.phrase).toMatchObject({ kind: 'definitions', items: [{ kind: 'eval' }] })
    const third = parsePhrase(text, second.end)!
    expect(third.phrase).toMatchObject({ kind: 'directive', name: { text: 'quit' } })
    expect(parsePhrase(text, third.end)).toBeUndefined()
  })

  test('several items make one phrase', () => {
    expect(parsePhrase(source('let x = 1 let y = 2 type t;;'), 0)?.phrase).toMatchObject({
      items: [{}, {}, {}],
    })
  })

  test('an empty phrase', () => {
    expect(parsePhrase(source(';;'), 0)).toMatchObject({ phrase: { items: [] }, end: 2 })
  })

  test.each([
    ['#use "a.ml";;', { kind: 'string', value: 'a.ml' }],
    ['#trace M.f;;', { kind: 'ident' }],
    ['#depth 3;;', { kind: 'int', text: '3' }],
    ['#flag true;;', { kind: 'bool', value: true }],
  ])('%s', (text, argument) => expect(parsePhrase(source(text), 0)?.phrase).toMatchObject({ argument }))

  test('what has no end is an error at the end', () => {
    const text = source('let x = 1')
    expect(diagnosticOf(() => parsePhrase(text, 0))).toMatchObject({
      message: 'Syntax error',
      region: { start: 9 },
    })
  })

  test('does not look behind the end of the phrase', () => {
    expect(parsePhrase(source('1;; "never closed'), 0)?.end).toBe(3)
  })
})

describe('parseScript', () => {
  test('mixes items and directives', () => {
    const phrases = parseScript(
      source('#use "a.ml"\n;; let x = 1 module M = struct end\n#load "b"\n;;;; x + y'),
    )
    expect(phrases.map(({ kind }) => kind)).toEqual(['directive', 'definitions', 'directive', 'definitions'])
  })
})

describe('recovery', () => {
  const recover = (text: string) => {
    const { items, diagnostics } = parseImplementationWithRecovery(source(text))
    return { kinds: items.map(({ kind }) => kind), places: diagnostics.map(({ region }) => region.start) }
  }

  test('goes on at the next item', () => {
    const text = 'let a = 1\nlet b = )\nlet c = 2\ntype t = \nmodule M = struct end\n'
    expect(recover(text)).toEqual({ kinds: ['value', 'value', 'module'], places: [18, 40] })
  })

  test('goes on behind ;;', () => {
    expect(recover('let a = ) ;; 1 + 1 ;; (2 ;; 3')).toEqual({ kinds: ['eval', 'eval'], places: [8, 25] })
  })

  test('keeps what stands before the error', () => {
    expect(recover('type t = A\nexception E\nlet x = (1')).toEqual({
      kinds: ['type', 'exception'],
      places: [33],
    })
  })

  test('survives what the lexer refuses', () => {
    expect(recover("let a = '\\q'\nlet b = 1\nlet c = \"x")).toEqual({ kinds: ['value'], places: [8, 31] })
  })

  test('gives warnings too', () => {
    const { diagnostics } = parseImplementationWithRecovery(source('let a = "\\q"\nlet b = ='))
    expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning', 'error'])
  })
})
