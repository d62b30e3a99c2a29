/**
 * Diagnostics as `ocamlc` prints them: location line, source excerpt with the place underlined, message.
 *
 *     File "fib.ml", line 3, characters 12-15:
 *     3 | let x = 1 + "a"
 *                     ^^^
 *     Error: This expression has type string but an expression was expected of type
 *              int
 *
 * A region of several lines has no underline; what lies outside it is dotted out, and of more than ten lines
 * the middle is left out:
 *
 *     File "fib.ml", lines 2-3, characters 2-4:
 *     2 | ..foo
 *     3 |   ba.
 *
 * Columns are bytes. A place without extent, such as the end of the source, has no excerpt.
 */

import type { Diagnostic } from './diagnostic.ts'
import {
  type LineColumn,
  lineColumn,
  lineStart,
  noRegion,
  promptName,
  type Region,
  type Source,
} from './region.ts'

export interface PrintOptions {
  /** Also print what the parser expected, which OCaml does not say. */
  readonly expected?: boolean
}

/** The whole text, with a newline at its end. */
export function printDiagnostic(diagnostic: Diagnostic, options: PrintOptions = {}): string {
  const { region, related = [], hint, expected } = diagnostic
  const lines = [...printPlace(region), ...printMessage(diagnostic)]
  if (hint !== undefined) lines.push(`Hint: ${hint}`)
  if (expected !== undefined && options.expected === true) lines.push(`Hint: ${expected} was expected here.`)
  for (const { region: place, message } of related) {
    if (place.source !== noRegion.source) lines.push(...printPlace(place))
    lines.push(...message.split('\n').map((line) => `  ${line}`))
  }
  return `${lines.join('\n')}\n`
}

/** The text of an error is laid out in a box behind its label, that of a warning at the margin. */
function printMessage({ severity, warning, alert, fatal, message, tail }: Diagnostic): readonly string[] {
  const [first, ...rest] = message.split('\n')
  if (severity === 'error') {
    return [`Error: ${first}`, ...rest.map(indentBehindLabel), ...(tail === undefined ? [] : [tail])]
  }
  const label = alert === undefined ? `${warning?.number} [${warning?.name}]` : alert
  const kind = alert === undefined ? 'Warning' : 'Alert'
  const head = fatal === true ? `Error (${kind.toLowerCase()} ${label})` : `${kind} ${label}`
  return [`${head}: ${first}`, ...rest]
}

function indentBehindLabel(line: string): string {
  return line === '' ? '' : `       ${line}`
}

function printPlace(region: Region): readonly string[] {
  return [printLocation(region), ...printExcerpt(region)]
}

/** `File "fib.ml", lines 2-3, characters 2-4:` */
export function printLocation({ source, start, end, whole }: Region): string {
  if (whole === true) return `File "${source.name}", line 1:`
  if (source === noRegion.source) return `File "${source.name}", line 1:`
  const from = lineColumn(source, start)
  const to = start === end ? from : endColumn(source, end)
  const lines = from.line === to.line ? `line ${from.line}` : `lines ${from.line}-${to.line}`
  const place = `${lines}, characters ${from.column}-${to.column}:`
  if (source.name === promptName) return place.charAt(0).toUpperCase() + place.slice(1)
  return `File "${source.name}", ${place}`
}

/** What ends with a newline ends on the line that the newline ends. */
function endColumn(source: Source, end: number): LineColumn {
  if (!isNewline(source, end - 1)) return lineColumn(source, end)
  const { line, column } = lineColumn(source, end - 1)
  return { line, column: column + 1 }
}

// ---------------------------------------------------------------------------------------------------------
// Excerpts

const decoder = new TextDecoder()
const NEWLINE = 0x0a
const DOT = 0x2e

/** A line of the source with its number, or without when OCaml leaves it out. */
interface ExcerptLine {
  readonly number: string
  readonly start: number
  readonly bytes: Uint8Array
}

/** The most lines of an excerpt, the one that stands for those left out among them. */
const maximumLines = 10

function printExcerpt(region: Region): readonly string[] {
  const lines = excerptLines(region)
  const [only] = lines
  if (only === undefined) return []
  if (lines.length > 1) return printSeveral(region, lines)
  return only.bytes.length === 0 ? [] : printUnderlined(region, only)
}

function excerptLines(region: Region): readonly ExcerptLine[] {
  const { source, start, end } = region
  if (start === end) return []
  const first = lineColumn(source, start).line
  const last = lineColumn(source, end - 1).line
  // A line gets its number from a character at the region's ends, and newlines are none.
  const numbered = !isNewline(source, start) || !isNewline(source, end - 1)
  const lines: ExcerptLine[] = []
  for (let line = first; line <= last; line++) lines.push(excerptLine(source, line, numbered))
  return lines
}

function isNewline(source: Source, offset: number): boolean {
  return source.bytes[offset] === NEWLINE
}

function excerptLine(source: Source, line: number, numbered: boolean): ExcerptLine {
  const start = lineStart(source, line)
  const newline = source.bytes.indexOf(NEWLINE, start)
  const end = newline < 0 ? source.bytes.length : newline
  return { number: numbered ? String(line) : '', start, bytes: source.bytes.subarray(start, end) }
}

function printUnderlined(region: Region, line: ExcerptLine): readonly string[] {
  const margin = line.number.length + 3 + region.start - line.start
  const underline = ' '.repeat(margin) + '^'.repeat(region.end - region.start)
  return [`${line.number} | ${decoder.decode(line.bytes)}`, underline]
}

function printSeveral(region: Region, lines: readonly ExcerptLine[]): readonly string[] {
  const width = Math.max(...lines.map((line) => line.number.length))
  const print = (line: ExcerptLine) => `${line.number.padStart(width)} | ${dottedOutside(region, line)}`
  if (lines.length <= maximumLines) return lines.map(print)
  const before = maximumLines / 2
  const after = maximumLines - before - 1
  return [...lines.slice(0, before).map(print), '...', ...lines.slice(lines.length - after).map(print)]
}

function dottedOutside({ start, end }: Region, line: ExcerptLine): string {
  const isInside = (i: number) => line.start + i >= start && line.start + i < end
  return decoder.decode(line.bytes.map((byte, i) => (isInside(i) ? byte : DOT)))
}
