/** What is printed for a diagnostic, as `ocamlc` 4.13 prints it. */

import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/base/diagnostic.ts'
import { printDiagnostic } from '../../src/base/print-diagnostic.ts'
import { noRegion, type Region, sourceOfString } from '../../src/base/region.ts'

const text = 'let x =\n  foo\n  bar\n\tbaz qux\n\nlet y = 1\nlet z = 2\nlet a\nlet b\nlet c\nlet d\nlet e'
const source = sourceOfString('e.ml', text)
const at = (start: number, end: number): Region => ({ source, start, end })
const error = (region: Region, message: string, more: Partial<Diagnostic> = {}): string =>
  printDiagnostic({ severity: 'error', region, message, ...more })

const lines = (...all: string[]) => `${all.join('\n')}\n`

describe('places', () => {
  test('one line', () => {
    expect(error(at(4, 5), 'm')).toBe(
      lines('File "e.ml", line 1, characters 4-5:', '1 | let x =', '        ^', 'Error: m'),
    )
  })

  test('a tab is one column', () => {
    expect(error(at(21, 22), 'm')).toContain('4 | \tbaz qux\n     ^\n')
  })

  test('two lines', () => {
    const expected = lines('File "e.ml", lines 2-3, characters 2-4:', '2 | ..foo', '3 |   ba.', 'Error: m')
    expect(error(at(10, 18), 'm')).toBe(expected)
  })

  test('more lines than are shown', () => {
    const expected = lines(
      'File "e.ml", lines 1-11, characters 4-5:',
      ' 1 | ....x =',
      ' 2 |   foo',
      ' 3 |   bar',
      ' 4 | \tbaz qux',
      ' 5 | ',
      '...',
      ' 8 | let a',
      ' 9 | let b',
      '10 | let c',
      '11 | let d',
      'Error: m',
    )
    expect(error(at(4, 73), 'm')).toBe(expected)
  })

  test('nothing is shown of an empty place', () => {
    expect(error(at(4, 4), 'm')).toBe(lines('File "e.ml", line 1, characters 4-4:', 'Error: m'))
  })

  test('a newline is underlined', () => {
    expect(error(at(4, 8), 'm')).toContain('line 1, characters 4-8:\n1 | let x =\n        ^^^^\n')
  })

  test('no place at all', () => {
    expect(error(noRegion, 'm')).toBe(lines('File "_none_", line 1:', 'Error: m'))
  })

  test('columns are bytes', () => {
    const accented = sourceOfString('é.ml', 'let é = x')
    const region = { source: accented, start: 9, end: 10 }
    expect(error(region, 'm')).toBe(
      lines('File "é.ml", line 1, characters 9-10:', '1 | let é = x', '             ^', 'Error: m'),
    )
  })
})

describe('messages', () => {
  const place = ['File "e.ml", line 1, characters 4-5:', '1 | let x =', '        ^']

  test('further lines of an error stand behind its label', () => {
    expect(error(at(4, 5), 'This is\n  int')).toBe(lines(...place, 'Error: This is', '         int'))
  })

  test('further lines of a warning stand at the margin', () => {
    const warning = { number: 8, name: 'partial-match' }
    const printed = printDiagnostic({
      severity: 'warning',
      region: at(4, 5),
      message: 'not exhaustive.\nA',
      warning,
    })
    expect(printed).toBe(lines(...place, 'Warning 8 [partial-match]: not exhaustive.', 'A'))
  })

  test('hints and related places', () => {
    const related = [
      { region: at(10, 13), message: 'here' },
      { region: noRegion, message: 'Hint: there' },
    ]
    const second = [
      'File "e.ml", line 2, characters 2-5:',
      '2 |   foo',
      '      ^^^',
      '  here',
      '  Hint: there',
    ]
    expect(error(at(4, 5), 'm', { hint: 'Did you?', related })).toBe(
      lines(...place, 'Error: m', 'Hint: Did you?', ...second),
    )
  })

  test('what was expected is printed on request', () => {
    const diagnostic: Diagnostic = {
      severity: 'error',
      region: at(4, 5),
      message: 'Syntax error',
      expected: "'in'",
    }
    expect(printDiagnostic(diagnostic)).toBe(lines(...place, 'Error: Syntax error'))
    expect(printDiagnostic(diagnostic, { expected: true })).toBe(
      lines(...place, 'Error: Syntax error', "Hint: 'in' was expected here."),
    )
  })
})
