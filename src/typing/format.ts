/**
 * Format strings, parsed: "%-5d|%s@." is a list of items.
 *
 * Accepted is what OCaml accepts in programs, including the flags that it ignores for compatibility.
 * `text` has one character per byte.
 *
 * Reference: the OCaml manual, modules Printf, Scanf and Format.
 */

export type PaddingKind = 'left' | 'right' | 'zeros'

export type Padding =
  | { readonly kind: 'none' }
  | { readonly kind: 'literal'; readonly padding: PaddingKind; readonly width: number }
  /** `*`: the width is an argument. */
  | { readonly kind: 'argument'; readonly padding: PaddingKind }

export type Precision =
  | { readonly kind: 'none' }
  | { readonly kind: 'literal'; readonly digits: number }
  | { readonly kind: 'argument' }

/** A zero flag where zeros mean nothing pads with spaces. */
const withoutZeros = (p: Padding): Padding =>
  p.kind !== 'none' && p.padding === 'zeros' ? { ...p, padding: 'right' } : p

/** The precision of an integer overrides its zero flag. */
const digitsPadding = (padding: Padding, precision: Precision): Padding =>
  precision.kind === 'none' ? padding : withoutZeros(padding)

/** In the order of the constructors of `int_conv`. */
export const integerConversions = [
  'd',
  '+d',
  ' d',
  'i',
  '+i',
  ' i',
  'x',
  '#x',
  'X',
  '#X',
  'o',
  '#o',
  'u',
  '#d',
  '#i',
  '#u',
] as const
export type IntegerConversion = (typeof integerConversions)[number]

/** In the order of the constructors of `float_kind_conv`. */
export const floatKinds = ['f', 'e', 'E', 'g', 'G', 'F', 'h', 'H', '#F'] as const
export type FloatKind = (typeof floatKinds)[number]
export const floatFlags = ['', '+', ' '] as const
export type FloatFlag = (typeof floatFlags)[number]

export const counters = ['line', 'char', 'token'] as const
export type Counter = (typeof counters)[number]

export type IntegerType = 'int' | 'int32' | 'nativeint' | 'int64'

/** A conversion that can be ignored (`%_d`), by itself or with its modifiers. */
export type Conversion =
  | { readonly kind: 'char' | 'caml-char' | 'scan-next-char' | 'reader' }
  | { readonly kind: 'string' | 'caml-string' | 'bool'; readonly padding: Padding }
  | {
      readonly kind: 'integer'
      readonly type: IntegerType
      readonly conversion: IntegerConversion
      readonly padding: Padding
      readonly precision: Precision
    }
  | {
      readonly kind: 'float'
      readonly flag: FloatFlag
      readonly float: FloatKind
      readonly padding: Padding
      readonly precision: Precision
    }
  | {
      readonly kind: 'format-argument' | 'format-substitution'
      readonly padding: Padding
      readonly items: Format
    }
  | { readonly kind: 'char-set'; readonly padding: Padding; readonly set: string }
  | { readonly kind: 'counter'; readonly counter: Counter }

export type FormattingLiteral =
  | {
      readonly kind:
        | 'close-box'
        | 'close-tag'
        | 'flush'
        | 'force-newline'
        | 'flush-newline'
        | 'at'
        | 'percent'
    }
  | { readonly kind: 'break'; readonly text: string; readonly width: number; readonly offset: number }
  | { readonly kind: 'magic-size'; readonly text: string; readonly size: number }
  | { readonly kind: 'scan-indication'; readonly char: string }

export type FormatItem =
  | Conversion
  | { readonly kind: 'ignored'; readonly conversion: Conversion }
  | { readonly kind: 'flush' | 'alpha' | 'theta' }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'formatting'; readonly literal: FormattingLiteral }
  | { readonly kind: 'open'; readonly what: 'tag' | 'box'; readonly items: Format; readonly text: string }

export type Format = readonly FormatItem[]

/** Why a string is no format. */
export class FormatError {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

interface Flags {
  readonly minus: boolean
  readonly zero: boolean
  readonly plus: boolean
  readonly hash: boolean
  readonly space: boolean
}

/** OCaml's `Sys.max_string_length`; no width or precision is greater. */
const maxStringLength = 144115188075855863n

const isDigit = (c: string | undefined): boolean => c !== undefined && c >= '0' && c <= '9'

export function parseFormat(text: string): Format {
  return new FormatParser(text, 0, text.length).run()
}

class FormatParser {
  private readonly text: string
  private readonly end: number
  private position: number
  /** Where the current conversion begins. */
  private percent = 0
  private readonly items: FormatItem[] = []

  constructor(text: string, start: number, end: number) {
    this.text = text
    this.position = start
    this.end = end
  }

  run(): Format {
    while (this.position < this.end) this.item()
    return this.items
  }

  private failUnclosed(close: string): never {
    throw new FormatError(
      `invalid format ${JSON.stringify(this.text)}: unclosed sub-format, expected "%${close}" at character number ${this.end}`,
    )
  }

  private fail(position: number, reason: string): never {
    throw new FormatError(
      `invalid format ${JSON.stringify(this.text)}: at character number ${position}, ${reason}`,
    )
  }

  private peek(): string | undefined {
    return this.position < this.end ? this.text[this.position] : undefined
  }

  private next(): string {
    if (this.position >= this.end) this.fail(this.end, 'unexpected end of format')
    const c = this.text[this.position] as string
    this.position += 1
    return c
  }

  private item(): void {
    const c = this.peek()
    if (c === '%') this.conversion()
    else if (c === '@') this.at()
    else this.literal()
  }

  private literal(): void {
    const start = this.position
    while (this.position < this.end && this.peek() !== '%' && this.peek() !== '@') this.position += 1
    this.items.push({ kind: 'literal', text: this.text.slice(start, this.position) })
  }

  // -------------------------------------------------------------------------------------------------------
  // After %

  private conversion(): void {
    this.percent = this.position
    this.position += 1
    const ignored = this.peek() === '_'
    if (ignored) this.position += 1
    const flags = this.flags()
    const padding = this.padding(flags)
    const precision = this.precision()
    this.symbol(ignored, flags, padding, precision)
  }

  private flags(): Flags {
    const found = { minus: false, zero: false, plus: false, hash: false, space: false }
    for (;;) {
      const c = this.peek()
      if (c === '-') found.minus = true
      else if (c === '0') found.zero = true
      else if (c === '+') found.plus = true
      else if (c === '#') found.hash = true
      else if (c === ' ') found.space = true
      else return found
      this.position += 1
    }
  }

  private padding(flags: Flags): Padding {
    const padding = flags.minus ? 'left' : flags.zero ? 'zeros' : 'right'
    if (isDigit(this.peek())) return { kind: 'literal', padding, width: this.number() }
    if (this.peek() === '*') {
      this.position += 1
      return { kind: 'argument', padding }
    }
    return padding === 'zeros' ? { kind: 'literal', padding: 'right', width: 0 } : { kind: 'none' }
  }

  private number(): number {
    let value = 0n
    while (isDigit(this.peek())) {
      value = value * 10n + BigInt(this.next())
      if (value > maxStringLength)
        throw new FormatError(
          `invalid format ${JSON.stringify(this.text)}: integer ${value} is greater than the limit ${maxStringLength}`,
        )
    }
    return Number(value)
  }

  private precision(): Precision {
    if (this.peek() !== '.') return { kind: 'none' }
    this.position += 1
    const c = this.peek()
    if (c === '*') {
      this.position += 1
      return { kind: 'argument' }
    }
    if (c === '+' || c === '-') this.position += 1
    return { kind: 'literal', digits: isDigit(this.peek()) ? this.number() : 0 }
  }

  private add(ignored: boolean, conversion: Conversion): void {
    this.items.push(ignored ? { kind: 'ignored', conversion } : conversion)
  }

  private symbol(ignored: boolean, flags: Flags, padding: Padding, precision: Precision): void {
    const c = this.next()
    switch (c) {
      case ',':
        return
      case 'c':
        this.add(ignored, {
          kind: padding.kind === 'literal' && padding.width === 0 ? 'scan-next-char' : 'char',
        })
        return
      case 'C':
        this.add(ignored, { kind: 'caml-char' })
        return
      case 's':
        this.add(ignored, { kind: 'string', padding: textPadding(flags, padding, precision) })
        return
      case 'S':
        this.add(ignored, { kind: 'caml-string', padding: textPadding(flags, padding, precision) })
        return
      case 'b':
      case 'B':
        this.add(ignored, { kind: 'bool', padding: textPadding(flags, padding, precision) })
        return
      case 'r':
        this.add(ignored, { kind: 'reader' })
        return
      case 'N':
        this.add(ignored, { kind: 'counter', counter: 'token' })
        return
      case 'a':
        this.items.push({ kind: 'alpha' })
        return
      case 't':
        this.items.push({ kind: 'theta' })
        return
      case '!':
        this.items.push({ kind: 'flush' })
        return
      case '%':
      case '@':
        this.items.push({ kind: 'literal', text: c })
        return
      case '{':
        this.subformat(ignored, 'format-argument', '}', padding)
        return
      case '(':
        this.subformat(ignored, 'format-substitution', ')', padding)
        return
      case '[':
        this.add(ignored, { kind: 'char-set', padding, set: this.charSet() })
        return
      default:
        this.numeric(ignored, c, flags, padding, precision)
    }
  }

  private numeric(ignored: boolean, c: string, flags: Flags, padding: Padding, precision: Precision): void {
    if ('dixXou'.includes(c)) {
      const conversion = integerConversion(flags, c)
      this.add(ignored, {
        kind: 'integer',
        type: 'int',
        conversion,
        padding: digitsPadding(padding, precision),
        precision,
      })
    } else if (c === 'l' || c === 'n' || c === 'L') {
      this.longInteger(ignored, c, flags, padding, precision)
    } else if ('feEgGFhH'.includes(c)) {
      const flag = flags.plus ? '+' : flags.space ? ' ' : ''
      const float = (flags.hash && c === 'F' ? '#F' : c) as FloatKind
      this.add(ignored, { kind: 'float', flag, float, padding, precision })
    } else {
      this.failSymbol(c)
    }
  }

  private failSymbol(c: string): never {
    if (!'-+#0_ '.includes(c)) this.fail(this.position - 1, `invalid conversion "%${c}"`)
    this.fail(this.percent, `flag '${c}' is only allowed after the '%', before padding and precision`)
  }

  private longInteger(
    ignored: boolean,
    c: 'l' | 'n' | 'L',
    flags: Flags,
    padding: Padding,
    precision: Precision,
  ): void {
    const base = this.peek()
    if (base === undefined || !'dixXou'.includes(base)) {
      const counter = c === 'l' ? 'line' : c === 'n' ? 'char' : 'token'
      this.add(ignored, { kind: 'counter', counter })
      return
    }
    this.position += 1
    const type = c === 'l' ? 'int32' : c === 'n' ? 'nativeint' : 'int64'
    const conversion = integerConversion(flags, base)
    this.add(ignored, {
      kind: 'integer',
      type,
      conversion,
      padding: digitsPadding(padding, precision),
      precision,
    })
  }

  private subformat(
    ignored: boolean,
    kind: 'format-argument' | 'format-substitution',
    close: '}' | ')',
    padding: Padding,
  ): void {
    const start = this.position
    const end = this.subformatEnd(start, close)
    const items = new FormatParser(this.text, start, end).run()
    this.position = end + 2
    this.add(ignored, { kind, padding, items })
  }

  /** The position of the `%` of `%}` (or `%)`) that closes a subformat. */
  private subformatEnd(from: number, close: string): number {
    let i = from
    while (i + 1 < this.end) {
      if (this.text[i] !== '%') {
        i += 1
        continue
      }
      const c = this.text[i + 1] === '_' ? this.text[i + 2] : this.text[i + 1]
      const after = this.text[i + 1] === '_' ? i + 3 : i + 2
      if (this.text[i + 1] === close) return i
      if (c === '{' || c === '(') i = this.subformatEnd(after, c === '{' ? '}' : ')') + 2
      else if (c === '}' || c === ')') this.fail(i + 1, `character ')' is expected`)
      else i = after
    }
    return this.failUnclosed(close)
  }

  // -------------------------------------------------------------------------------------------------------
  // Character sets

  /** A set as a bitmap of 256 bits in 32 characters. */
  private charSet(): string {
    const bits = new Uint8Array(32)
    const reverse = this.peek() === '^'
    if (reverse) this.position += 1
    this.charSetBody(bits)
    if (reverse) for (let i = 0; i < bits.length; i += 1) bits[i] = ~(bits[i] as number) & 0xff
    return String.fromCharCode(...bits)
  }

  private charSetBody(bits: Uint8Array): void {
    const add = (code: number) => {
      bits[code >> 3] = (bits[code >> 3] as number) | (1 << (code & 7))
    }
    let first = true
    for (;;) {
      const c = this.next()
      if (c === ']' && !first) return
      first = false
      const low = this.charSetChar(c)
      const isRange = this.peek() === '-' && this.text[this.position + 1] !== ']'
      if (!isRange) {
        add(low)
        continue
      }
      this.position += 1
      const high = this.charSetChar(this.next())
      for (let code = low; code <= high; code += 1) add(code)
    }
  }

  /** `%%` and `%@` stand for the second character. */
  private charSetChar(c: string): number {
    const following = this.peek()
    if (c === '%' && (following === '%' || following === '@')) {
      this.position += 1
      return following.charCodeAt(0)
    }
    return c.charCodeAt(0)
  }

  // -------------------------------------------------------------------------------------------------------
  // After @

  private formatting(literal: FormattingLiteral): void {
    this.items.push({ kind: 'formatting', literal })
  }

  private at(): void {
    this.position += 1
    const c = this.peek()
    if (c === undefined) {
      this.items.push({ kind: 'literal', text: '@' })
      return
    }
    if (c === '%') {
      this.atPercent()
      return
    }
    this.position += 1
    this.afterAt(c)
  }

  private atPercent(): void {
    if (this.text[this.position + 1] === '%' && this.position + 1 < this.end) {
      this.position += 2
      this.formatting({ kind: 'percent' })
    } else this.items.push({ kind: 'literal', text: '@' })
  }

  private afterAt(c: string): void {
    switch (c) {
      case '[':
        this.open('box')
        return
      case '{':
        this.open('tag')
        return
      case ']':
        this.formatting({ kind: 'close-box' })
        return
      case '}':
        this.formatting({ kind: 'close-tag' })
        return
      case ',':
        this.formatting({ kind: 'break', text: '@,', width: 0, offset: 0 })
        return
      case ' ':
        this.formatting({ kind: 'break', text: '@ ', width: 1, offset: 0 })
        return
      case ';':
        this.breakHint()
        return
      case '?':
        this.formatting({ kind: 'flush' })
        return
      case '\n':
        this.formatting({ kind: 'force-newline' })
        return
      case '.':
        this.formatting({ kind: 'flush-newline' })
        return
      case '@':
        this.formatting({ kind: 'at' })
        return
      case '<':
        this.magicSize()
        return
      default:
        this.formatting({ kind: 'scan-indication', char: c })
    }
  }

  /** `@[<…>`: what is between the brackets is a format itself. */
  private open(what: 'tag' | 'box'): void {
    const start = this.position
    const close = this.peek() === '<' ? this.text.indexOf('>', start) : -1
    if (close < 0 || close >= this.end) {
      this.items.push({ kind: 'open', what, items: [], text: '' })
      return
    }
    const end = close + 1
    const items = new FormatParser(this.text, start, end).run()
    this.position = end
    this.items.push({ kind: 'open', what, items, text: this.text.slice(start, end) })
  }

  private matchHere(pattern: RegExp): RegExpExecArray | undefined {
    return pattern.exec(this.text.slice(this.position, this.end)) ?? undefined
  }

  /** `@;` or `@;<width offset>`. */
  private breakHint(): void {
    const match = this.matchHere(/^< *(-?[0-9]+)(?: *(-?[0-9]+))? *>/)
    if (match === undefined) {
      this.formatting({ kind: 'break', text: '@;', width: 1, offset: 0 })
      return
    }
    const [whole, width, offset] = match
    this.position += whole.length
    this.formatting({ kind: 'break', text: `@;${whole}`, width: Number(width), offset: Number(offset ?? 0) })
  }

  /** `@<size>`: the next item counts as that many columns. */
  private magicSize(): void {
    const match = this.matchHere(/^ *(-?[0-9]+) *>/)
    if (match === undefined) {
      this.formatting({ kind: 'scan-indication', char: '<' })
      return
    }
    const [whole, size] = match
    this.position += whole.length
    this.formatting({ kind: 'magic-size', text: `@<${whole}`, size: Number(size) })
  }
}

/** For texts, zeros mean nothing and a precision is as good as a width. */
function textPadding({ minus }: Flags, padding: Padding, precision: Precision): Padding {
  if (padding.kind !== 'none') return padding.padding === 'zeros' ? { ...padding, padding: 'right' } : padding
  const side = minus ? 'left' : 'right'
  if (precision.kind === 'argument') return { kind: 'argument', padding: side }
  return precision.kind === 'literal' ? { kind: 'literal', padding: side, width: precision.digits } : padding
}

/** Flags that mean nothing for the base are ignored. */
function integerConversion(flags: Flags, base: string): IntegerConversion {
  if (flags.hash) return `#${base}` as IntegerConversion
  if (base !== 'd' && base !== 'i') return base as IntegerConversion
  if (flags.plus) return `+${base}`
  return flags.space ? ` ${base}` : base
}
