/**
 * A pretty-printer with boxes and break hints that lays text out as OCaml's `Format` does.
 *
 * A document is text, break hints and boxes. What a break hint does depends on the box around it:
 *
 * - `h`: never a new line.
 * - `v`: always a new line.
 * - `hv`: all breaks are new lines, unless the whole box fits on the line.
 * - `hov`: a new line only where what follows, up to the next break, does not fit.
 * - `box`: as `hov`, and also where a new line brings the indentation back to the left.
 *
 * A new line is indented by the column where the box was opened, plus the box's indentation, plus the break's
 * offset. Sizes are known only as far as `Format` looks ahead: a box or break whose end is still unknown
 * when the pending text reaches the margin counts as too long. Text that ends exactly at the margin can
 * therefore be broken, and here it is broken in the same places.
 *
 * Reference: the OCaml manual, module Format; Oppen, "Prettyprinting" (TOPLAS 1980).
 */

import { isStrayByte } from '../base/byte-text.ts'

export type BoxKind = 'h' | 'v' | 'hv' | 'hov' | 'box'

export type Doc =
  | { readonly kind: 'text'; readonly text: string }
  /** `width` spaces, or a new line indented by `offset` more than the box. */
  | { readonly kind: 'break'; readonly width: number; readonly offset: number }
  /** A new line, whatever the box. */
  | { readonly kind: 'newline' }
  | { readonly kind: 'box'; readonly box: BoxKind; readonly indent: number; readonly body: Doc }
  | { readonly kind: 'concat'; readonly docs: readonly Doc[] }
  /** What somebody else writes into a formatter of their own; nothing here. */
  | { readonly kind: 'embedded'; readonly write: () => void }

/** A document, or a string that stands for its text. */
export type DocLike = Doc | string

function docOf(doc: DocLike): Doc {
  return typeof doc === 'string' ? text(doc) : doc
}

export function text(content: string): Doc {
  return { kind: 'text', text: content }
}

export function concat(...docs: readonly DocLike[]): Doc {
  return { kind: 'concat', docs: docs.map(docOf) }
}

/** `@ `: a space or a new line. */
export const space: Doc = { kind: 'break', width: 1, offset: 0 }
/** `@,`: nothing or a new line. */
export const cut: Doc = { kind: 'break', width: 0, offset: 0 }
/** `@\n` */
export const newline: Doc = { kind: 'newline' }
export const empty: Doc = { kind: 'concat', docs: [] }

/** `@;<width offset>` */
export function breakHint(width: number, offset: number): Doc {
  return { kind: 'break', width, offset }
}

function boxed(kind: BoxKind, indent: number, docs: readonly DocLike[]): Doc {
  return { kind: 'box', box: kind, indent, body: concat(...docs) }
}

/** `@[<indent>…@]` */
export function box(indent: number, ...docs: readonly DocLike[]): Doc {
  return boxed('box', indent, docs)
}

/** `@[<h>…@]` */
export function hBox(...docs: readonly DocLike[]): Doc {
  return boxed('h', 0, docs)
}

/** `@[<v indent>…@]` */
export function vBox(indent: number, ...docs: readonly DocLike[]): Doc {
  return boxed('v', indent, docs)
}

/** `@[<hv indent>…@]` */
export function hvBox(indent: number, ...docs: readonly DocLike[]): Doc {
  return boxed('hv', indent, docs)
}

/** `@[<hov indent>…@]` */
export function hovBox(indent: number, ...docs: readonly DocLike[]): Doc {
  return boxed('hov', indent, docs)
}

/** The documents with a separator between neighbours. */
export function separated(separator: DocLike, docs: readonly DocLike[]): Doc {
  return concat(...docs.flatMap((doc, index) => (index === 0 ? [doc] : [separator, doc])))
}

/** `Format`'s default margin: a line has at most this many columns. */
export const defaultMargin = 78

/** Messages are printed after `Error: `, which takes 7 columns of every line. */
export const messageMargin = defaultMargin - 7

const minimumSpaceLeft = 10

/** Lays a document out; lines are separated by \n, with no newline at the end. */
export function render(doc: DocLike, margin: number = defaultMargin): string {
  const printer = new Printer(margin)
  printer.add({ kind: 'box', box: 'hov', indent: 0, body: docOf(doc) })
  return printer.finish()
}

/** Lays the text of an error message out. */
export function renderMessage(doc: DocLike): string {
  return render(doc, messageMargin)
}

type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break'; readonly width: number; readonly offset: number }
  | { readonly kind: 'newline' }
  | { readonly kind: 'open'; readonly box: BoxKind; readonly indent: number }
  | { readonly kind: 'close' }

/** A token that waits in the queue. A negative `size` is unknown: minus the total at which the token came. */
interface Entry {
  readonly token: Token
  readonly length: number
  size: number
}

/**
 * A box that is being printed; `fits` when nothing in it has to be broken. `width` is the room from its
 * indentation to the margin.
 */
interface OpenBox {
  readonly box: BoxKind | 'fits'
  readonly width: number
}

function columns(content: string): number {
  let count = 0
  for (const character of content) {
    const code = character.codePointAt(0) as number
    if (isStrayByte(code)) count += 1
    else count += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return count
}

/**
 * `written` and `entered` count the columns of tokens that left and entered the queue; `waiting` are the
 * boxes and breaks of unknown size, innermost last, each with the total at which it had entered.
 */
class Printer {
  readonly #margin: number
  readonly #maximumIndent: number
  #output = ''
  #spaceLeft: number
  #indent = 0
  #atLineStart = false
  readonly #boxes: OpenBox[] = []
  readonly #queue: Entry[] = []
  #queueHead = 0
  #written = 1
  #entered = 1
  #waiting: { readonly entry: Entry; readonly total: number }[] = []

  constructor(margin: number) {
    this.#margin = margin
    this.#maximumIndent = margin - minimumSpaceLeft
    this.#spaceLeft = margin
  }

  add(doc: Doc): void {
    switch (doc.kind) {
      case 'text':
        this.#addText(doc)
        break
      case 'break':
        this.#addBreak(doc)
        break
      case 'newline':
        this.#enqueue({ token: doc, length: 0, size: 0 })
        this.#advance()
        break
      case 'box':
        this.#open(doc.box, doc.indent)
        this.add(doc.body)
        this.#close()
        break
      case 'concat':
        for (const inner of doc.docs) this.add(inner)
        break
      case 'embedded':
    }
  }

  finish(): string {
    this.#entered = Number.POSITIVE_INFINITY
    this.#advance()
    return this.#output
  }

  #addText(token: Token & { kind: 'text' }): void {
    const length = columns(token.text)
    this.#enqueue({ token, length, size: length })
    this.#advance()
  }

  #addBreak(token: Token & { kind: 'break' }): void {
    const entry = { token, length: token.width, size: -this.#entered }
    this.#enqueue(entry)
    this.#settle('break')
    this.#waiting.push({ entry, total: this.#entered })
  }

  #open(kind: BoxKind, indent: number): void {
    const entry: Entry = { token: { kind: 'open', box: kind, indent }, length: 0, size: -this.#entered }
    this.#enqueue(entry)
    this.#waiting.push({ entry, total: this.#entered })
  }

  #close(): void {
    this.#enqueue({ token: { kind: 'close' }, length: 0, size: 0 })
    this.#settle('break')
    this.#settle('open')
  }

  #enqueue(entry: Entry): void {
    this.#queue.push(entry)
    this.#entered += entry.length
  }

  /**
   * The innermost waiting token ends here, if it is of this kind; if it has been printed already, so have
   * all others.
   */
  #settle(kind: 'break' | 'open'): void {
    const top = this.#waiting.at(-1)
    if (top === undefined) return
    if (top.total < this.#written) {
      this.#waiting = []
      return
    }
    if (top.entry.token.kind !== kind) return
    top.entry.size += this.#entered
    this.#waiting.pop()
  }

  /** Prints the tokens at the head of the queue whose size is known or no longer matters. */
  #advance(): void {
    while (this.#queueHead < this.#queue.length) {
      const entry = this.#queue[this.#queueHead] as Entry
      if (entry.size < 0 && this.#entered - this.#written < this.#spaceLeft) return
      this.#queueHead += 1
      this.#print(entry.token, entry.size < 0 ? Number.POSITIVE_INFINITY : entry.size)
      this.#written += entry.length
    }
    this.#queue.length = 0
    this.#queueHead = 0
  }

  #print(token: Token, size: number): void {
    switch (token.kind) {
      case 'text':
        this.#printText(token.text, size)
        break
      case 'open':
        this.#printOpen(token.box, token.indent, size)
        break
      case 'close':
        this.#boxes.pop()
        break
      case 'newline':
        this.#breakLine(this.#boxes.at(-1)?.width ?? this.#margin, 0)
        break
      case 'break':
        this.#printBreak(token, size)
        break
    }
  }

  #printText(content: string, size: number): void {
    this.#spaceLeft -= size
    this.#output += content
    this.#atLineStart = false
  }

  #printOpen(kind: BoxKind, indent: number, size: number): void {
    if (this.#margin - this.#spaceLeft > this.#maximumIndent) this.#breakTooFarRight()
    const box = kind === 'v' || size > this.#spaceLeft ? kind : 'fits'
    this.#boxes.push({ box, width: this.#spaceLeft - indent })
  }

  #breakTooFarRight(): void {
    const top = this.#boxes.at(-1)
    if (top === undefined || top.width <= this.#spaceLeft || top.box === 'fits' || top.box === 'h') return
    this.#breakLine(top.width, 0)
  }

  #printBreak(token: Token & { kind: 'break' }, size: number): void {
    const top = this.#boxes.at(-1)
    if (top === undefined) return
    if (this.#mustBreak(top, token, size)) {
      this.#breakLine(top.width, token.offset)
      return
    }
    this.#spaceLeft -= token.width
    this.#output += ' '.repeat(token.width)
  }

  #mustBreak(top: OpenBox, token: Token & { kind: 'break' }, size: number): boolean {
    switch (top.box) {
      case 'fits':
      case 'h':
        return false
      case 'v':
      case 'hv':
        return true
      case 'hov':
        return size > this.#spaceLeft
      case 'box':
        if (this.#atLineStart) return false
        return size > this.#spaceLeft || this.#indent > this.#margin - top.width + token.offset
    }
  }

  #breakLine(width: number, offset: number): void {
    this.#atLineStart = true
    this.#indent = Math.min(this.#maximumIndent, this.#margin - width + offset)
    this.#spaceLeft = this.#margin - this.#indent
    this.#output += `\n${' '.repeat(Math.max(0, this.#indent))}`
  }
}
