/**
 * The value of a format string: a block of type `CamlinternalFormatBasics.format6`, with constructors numbered in
 * the order of their declarations there.
 */

import {
  type Conversion,
  counters,
  type Format,
  type FormatItem,
  type FormattingLiteral,
  floatFlags,
  floatKinds,
  type IntegerType,
  integerConversions,
  type Padding,
  type Precision,
} from './format.ts'
import { type FormatStep, stepsOf } from './format-type.ts'
import type { StructuredConstant } from './typed-tree.ts'

const int = (value: number): StructuredConstant => ({
  kind: 'constant',
  constant: { kind: 'int', value: BigInt(value) },
})
const char = (c: string): StructuredConstant => ({
  kind: 'constant',
  constant: { kind: 'char', code: c.charCodeAt(0) },
})
const string = (text: string): StructuredConstant => ({
  kind: 'constant',
  constant: { kind: 'string', bytes: Uint8Array.from(text, (c) => c.charCodeAt(0)) },
})
const block = (tag: number, ...fields: readonly StructuredConstant[]): StructuredConstant => ({
  kind: 'block',
  tag,
  fields,
})

/** Constructors with arguments of `fmt`. */
const fmt = {
  char: 0,
  'caml-char': 1,
  string: 2,
  'caml-string': 3,
  int: 4,
  int32: 5,
  nativeint: 6,
  int64: 7,
  float: 8,
  bool: 9,
  flush: 10,
  stringLiteral: 11,
  charLiteral: 12,
  'format-argument': 13,
  'format-substitution': 14,
  alpha: 15,
  theta: 16,
  formattingLiteral: 17,
  formattingGen: 18,
  reader: 19,
  charSet: 20,
  counter: 21,
  'scan-next-char': 22,
  ignored: 23,
} as const

/** The constant constructor at the end of `fmt` and of `fmtty_rel`. */
const end = int(0)

const paddingKinds = { left: 0, right: 1, zeros: 2 } as const

function padding(p: Padding): StructuredConstant {
  switch (p.kind) {
    case 'none':
      return int(0)
    case 'literal':
      return block(0, int(paddingKinds[p.padding]), int(p.width))
    case 'argument':
      return block(1, int(paddingKinds[p.padding]))
  }
}

function precision(p: Precision): StructuredConstant {
  switch (p.kind) {
    case 'none':
      return int(0)
    case 'literal':
      return block(0, int(p.digits))
    case 'argument':
      return int(1)
  }
}

const some = (value: StructuredConstant): StructuredConstant => block(0, value)
const none = int(0)

/** Where only a number can stand: the width or nothing. */
const widthOption = (p: Padding): StructuredConstant => (p.kind === 'literal' ? some(int(p.width)) : none)
const digitsOption = (p: Precision): StructuredConstant => (p.kind === 'literal' ? some(int(p.digits)) : none)

// ---------------------------------------------------------------------------------------------------------
// Types of subformats

const stepTags = {
  char: 0,
  string: 1,
  int: 2,
  int32: 3,
  nativeint: 4,
  int64: 5,
  float: 6,
  bool: 7,
  'format-argument': 8,
  'format-substitution': 9,
  alpha: 10,
  theta: 11,
  reader: 13,
  'ignored-reader': 14,
} as const

function step(s: FormatStep, rest: StructuredConstant): StructuredConstant {
  if (s.kind === 'format-argument') return block(stepTags[s.kind], fmtty(s.steps), rest)
  if (s.kind === 'format-substitution') return block(stepTags[s.kind], fmtty(s.steps), fmtty(s.steps), rest)
  return block(stepTags[s.kind], rest)
}

function fmtty(steps: readonly FormatStep[]): StructuredConstant {
  return steps.reduceRight((rest, each) => step(each, rest), end)
}

// ---------------------------------------------------------------------------------------------------------
// Items

function conversion(c: Conversion, rest: StructuredConstant): StructuredConstant {
  switch (c.kind) {
    case 'char':
    case 'caml-char':
    case 'reader':
    case 'scan-next-char':
      return block(fmt[c.kind], rest)
    case 'string':
    case 'caml-string':
    case 'bool':
      return block(fmt[c.kind], padding(c.padding), rest)
    case 'integer':
      return block(fmt[c.type], integer(c.conversion), padding(c.padding), precision(c.precision), rest)
    case 'float': {
      const kind = block(0, int(floatFlags.indexOf(c.flag)), int(floatKinds.indexOf(c.float)))
      return block(fmt.float, kind, padding(c.padding), precision(c.precision), rest)
    }
    case 'format-argument':
    case 'format-substitution':
      return block(fmt[c.kind], widthOption(c.padding), fmtty(stepsOf(c.items)), rest)
    case 'char-set':
      return block(fmt.charSet, widthOption(c.padding), string(c.set), rest)
    case 'counter':
      return block(fmt.counter, int(counters.indexOf(c.counter)), rest)
  }
}

const integer = (c: (typeof integerConversions)[number]): StructuredConstant =>
  int(integerConversions.indexOf(c))

const ignoredIntegers: Readonly<Record<IntegerType, number>> = { int: 2, int32: 3, nativeint: 4, int64: 5 }

function ignored(c: Conversion): StructuredConstant {
  switch (c.kind) {
    case 'char':
      return int(0)
    case 'caml-char':
      return int(1)
    case 'reader':
      return int(2)
    case 'scan-next-char':
      return int(3)
    case 'string':
      return block(0, widthOption(c.padding))
    case 'caml-string':
      return block(1, widthOption(c.padding))
    case 'integer':
      return block(ignoredIntegers[c.type], integer(c.conversion), widthOption(c.padding))
    case 'float':
      return block(6, widthOption(c.padding), digitsOption(c.precision))
    case 'bool':
      return block(7, widthOption(c.padding))
    case 'format-argument':
      return block(8, widthOption(c.padding), fmtty(stepsOf(c.items)))
    case 'format-substitution':
      return block(9, widthOption(c.padding), fmtty(stepsOf(c.items)))
    case 'char-set':
      return block(10, widthOption(c.padding), string(c.set))
    case 'counter':
      return block(11, int(counters.indexOf(c.counter)))
  }
}

const constantFormattings = {
  'close-box': 0,
  'close-tag': 1,
  flush: 2,
  'force-newline': 3,
  'flush-newline': 4,
  at: 5,
  percent: 6,
} as const

function formatting(literal: FormattingLiteral): StructuredConstant {
  switch (literal.kind) {
    case 'break':
      return block(0, string(literal.text), int(literal.width), int(literal.offset))
    case 'magic-size':
      return block(1, string(literal.text), int(literal.size))
    case 'scan-indication':
      return block(2, char(literal.char))
    default:
      return int(constantFormattings[literal.kind])
  }
}

function item(each: FormatItem, rest: StructuredConstant): StructuredConstant {
  switch (each.kind) {
    case 'ignored':
      return block(fmt.ignored, ignored(each.conversion), rest)
    case 'flush':
    case 'alpha':
    case 'theta':
      return block(fmt[each.kind], rest)
    case 'literal':
      return each.text.length === 1
        ? block(fmt.charLiteral, char(each.text), rest)
        : block(fmt.stringLiteral, string(each.text), rest)
    case 'formatting':
      return block(fmt.formattingLiteral, formatting(each.literal), rest)
    case 'open': {
      const inner = block(each.what === 'tag' ? 0 : 1, formatConstant(each.items, each.text))
      return block(fmt.formattingGen, inner, rest)
    }
    default:
      return conversion(each, rest)
  }
}

/** `Format (items, text)`. */
export function formatConstant(format: Format, text: string): StructuredConstant {
  const items = format.reduceRight((rest, each) => item(each, rest), end)
  return block(0, items, string(text))
}
