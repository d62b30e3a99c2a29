/**
 * Documentation comments of OCaml sources, found again by the places of what they belong to: a comment that begins with two stars belongs to the value
 * right after it, or, in an interface, to the value right before it, if no blank line is between them.
 */

export interface DocComments {
  /** The comment of the value whose region is given, without the comment's own signs; undefined if it has none. */
  of(start: number, end: number): string | undefined
}

interface Comment {
  readonly start: number
  readonly end: number
}

/** What may stand between a comment and the name of its value. */
const introduction = /^\s*(?:(?:let|and|val)\s+)?(?:rec\s+)?$/
const blankLine = /\n[ \t]*\r?\n/

export function docComments(bytes: Uint8Array): DocComments {
  // Offsets count bytes, so each byte is a character here; what is returned is decoded.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const comments = findComments(text).filter(
    ({ start, end }) => text.startsWith('(**', start) && end - start > 5,
  )
  return {
    of: (start, end) => {
      const found = before(text, comments, start) ?? after(text, comments, end)
      return found === undefined ? undefined : content(text.slice(found.start + 3, found.end - 2))
    },
  }
}

function before(text: string, comments: readonly Comment[], start: number): Comment | undefined {
  const last = comments.findLast((c) => c.end <= start)
  if (last === undefined) return undefined
  const between = text.slice(last.end, start)
  return introduction.test(between) && !blankLine.test(between) ? last : undefined
}

function after(text: string, comments: readonly Comment[], end: number): Comment | undefined {
  const next = comments.find((c) => c.start >= end)
  if (next === undefined) return undefined
  const between = text.slice(end, next.start)
  if (!/^\s*$/.test(between) || blankLine.test(between)) return undefined
  // What stands right before another item belongs to that one.
  return /^[ \t]*\r?\n[ \t]*(?:val|let|and|external)\b/.test(text.slice(next.end)) && between.includes('\n')
    ? undefined
    : next
}

function content(latin1: string): string {
  const lines = Buffer.from(latin1, 'latin1').toString('utf8').trim().split(/\r?\n/)
  return lines.map((line) => line.trim().replace(/^\* /, '')).join('\n')
}

/** All comments, outermost ones only. */
function findComments(text: string): readonly Comment[] {
  const comments: Comment[] = []
  let depth = 0
  let start = 0
  const token =
    /\(\*\)|\(\*|\*\)|"(?:[^"\\]|\\[\s\S])*"|\{([a-z_]*)\|[\s\S]*?\|\1\}|'(?:[^'\\]|\\[^'u][^']*|\\['"\\])'/g
  for (const match of text.matchAll(token)) {
    if (match[0] === '(*' || (match[0] === '(*)' && depth > 0)) {
      if (depth === 0) start = match.index
      depth += 1
    }
    if (match[0] === '*)' || (match[0] === '(*)' && depth > 0)) {
      depth = Math.max(0, depth - 1)
      if (depth === 0) comments.push({ start, end: match.index + match[0].length })
    }
  }
  return comments
}
