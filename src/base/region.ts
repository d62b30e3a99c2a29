/**
 * Source regions: half-open ranges of UTF-8 byte offsets in one source text, as OCaml's locations are.
 *
 * Positions are stored once per AST node as a `Region`; lines and columns are computed only when a
 * message is printed.
 */

/** A named source text. `bytes` is what offsets count in; OCaml source is bytes, not code points. */
export interface Source {
  readonly name: string
  readonly bytes: Uint8Array
  /** Of the standard library: users look for what is wrong in code of their own. */
  readonly library?: boolean
}

/** `start` and `end` are byte offsets, `0 ≤ start ≤ end ≤ source.bytes.length`. */
export interface Region {
  readonly source: Source
  readonly start: number
  readonly end: number
  /** The file as such, without a place in it. */
  readonly whole?: boolean
}

/** The region of a file as such. */
export function wholeFile(source: Source): Region {
  return { source, start: 0, end: 0, whole: true }
}

/** A line (from 1) and a column in bytes (from 0), as OCaml counts them. */
export interface LineColumn {
  readonly line: number
  readonly column: number
}

const noSource: Source = { name: '_none_', bytes: new Uint8Array(0) }

/** The name of what is typed at a prompt: its places are shown without a file. */
export const promptName = '//toplevel//'

/** The region of things that no source text made. */
export const noRegion: Region = { source: noSource, start: 0, end: 0 }

/** A source from JavaScript text; offsets in it count UTF-8 bytes. */
export function sourceOfString(name: string, text: string): Source {
  return { name, bytes: new TextEncoder().encode(text) }
}

/** The smallest region that covers both; they must come from the same source. */
export function joinRegions(a: Region, b: Region): Region {
  return { source: a.source, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) }
}

const lineStartsOf = new WeakMap<Source, readonly number[]>()

function lineStarts(source: Source): readonly number[] {
  let starts = lineStartsOf.get(source)
  if (starts === undefined) {
    const found = [0]
    source.bytes.forEach((byte, offset) => {
      if (byte === 0x0a) found.push(offset + 1)
    })
    starts = found
    lineStartsOf.set(source, starts)
  }
  return starts
}

/** Line and column of a byte offset. */
export function lineColumn(source: Source, offset: number): LineColumn {
  const starts = lineStarts(source)
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as number) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (starts[low] as number) }
}

/** The offset at which a line (from 1) begins. */
export function lineStart(source: Source, line: number): number {
  return lineStarts(source)[line - 1] ?? source.bytes.length
}

/** The text of a line (from 1), without its newline. */
export function lineText(source: Source, line: number): string {
  const starts = lineStarts(source)
  const start = starts[line - 1] ?? source.bytes.length
  const next = starts[line]
  const end = next === undefined ? source.bytes.length : next - 1
  return new TextDecoder().decode(source.bytes.subarray(start, end))
}
