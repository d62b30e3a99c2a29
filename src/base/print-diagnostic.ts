/**
 * Diagnostics as `ocamlc` prints them: location line, source excerpt with the place underlined, message.
 *
 *     File "fib.ml", line 3, characters 10-13:
 *     3 | let x = 1 + "a"
 *                   ^^^
 *     Error: This expression has type string but an expression was expected of type
 *              int
 */

import type { Diagnostic } from './diagnostic.ts'
import { lineColumn, lineText, type Region } from './region.ts'

/** The whole text, with a newline at its end. */
export function printDiagnostic(diagnostic: Diagnostic): string {
  const { region, related = [], hint } = diagnostic
  const head = [...location(region), ...message(diagnostic)]
  const more = related.flatMap((r) => [...location(r.region), `  ${r.message}`])
  const hints = hint === undefined ? [] : [`Hint: ${hint}`]
  return `${[...head, ...hints, ...more].join('\n')}\n`
}

function message({ severity, warning, message: text }: Diagnostic): string[] {
  const label = severity === 'error' ? 'Error' : `Warning ${warning?.number} [${warning?.name}]`
  const [first, ...rest] = text.split('\n')
  return [`${label}: ${first}`, ...rest]
}

function location(region: Region): string[] {
  const { source, start, end } = region
  if (source.bytes.length === 0) return [`File "${source.name}", line 1:`]
  const from = lineColumn(source, start)
  const to = lineColumn(source, end)
  if (from.line === to.line) {
    return [
      `File "${source.name}", line ${from.line}, characters ${from.column}-${to.column}:`,
      `${from.line} | ${lineText(source, from.line)}`,
      ' '.repeat(String(from.line).length + 3 + from.column) +
        '^'.repeat(Math.max(1, to.column - from.column)),
    ]
  }
  const characters = `${from.column}-${end - start + from.column}`
  return [
    `File "${source.name}", lines ${from.line}-${to.line}, characters ${characters}:`,
    ...excerpt(region, from.line, to.line),
  ]
}

/** Several lines: what lies outside the region is dotted out; the middle of a long one is left out. */
function excerpt({ source }: Region, first: number, last: number): string[] {
  const width = String(last).length
  const line = (n: number): string => `${String(n).padStart(width)} | ${lineText(source, n)}`
  if (last - first < 4) return range(first, last).map(line)
  return [line(first), line(first + 1), '...', line(last - 1), line(last)]
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}
