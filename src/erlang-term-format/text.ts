/**
 * How Erlang writes atoms, characters and numbers (`io_lib` with the `t` modifier, that is in Unicode).
 */

/** Words that an atom must be quoted not to be taken for; `else` and `maybe` since OTP 27. */
const reservedWords = new Set(
  (
    'after and andalso band begin bnot bor bsl bsr bxor case catch cond div else end fun if let maybe not of ' +
    'or orelse receive rem try when xor'
  ).split(' '),
)

const bareAtom = /^[a-zß-öø-ÿ][a-zA-Z0-9_@À-ÖØ-Þß-öø-ÿ]*$/

/** An atom, in quotes where it needs them. */
export function atomText(name: string): string {
  return bareAtom.test(name) && !reservedWords.has(name) ? name : quoted(name, "'")
}

const escapes: Readonly<Record<number, string>> = {
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  27: '\\e',
  127: '\\d',
  92: '\\\\',
}

/** A text between quotes, escaped; control characters without a letter of their own are in octal. */
export function quoted(text: string, quote: '"' | "'"): string {
  let body = ''
  for (const char of text) body += char === quote ? `\\${char}` : escaped(char)
  return quote + body + quote
}

function escaped(char: string): string {
  const code = char.codePointAt(0) as number
  const letter = escapes[code]
  if (letter !== undefined) return letter
  return code < 32 || (code > 126 && code < 160) ? `\\${code.toString(8).padStart(3, '0')}` : char
}

/** Whether `~tp` takes a character for text; beyond Latin-1 only if `unicode`, as with `erl +pc unicode`. */
export function isPrintable(code: number, unicode: boolean): boolean {
  if (code < 32) return (code >= 8 && code <= 13) || code === 27
  if (code < 256) return code < 127 || code >= 160
  if (!unicode) return false
  return code < 0xd800 || (code >= 0xe000 && code < 0xfffe) || (code >= 0x10000 && code <= 0x10ffff)
}

/**
 * A float as the shortest text that reads back as the same float, with a point and in the shorter of the
 * two notations; at 2⁵³ and above always with an exponent.
 */
export function floatText(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const [mantissa, exponent] = Math.abs(value).toExponential().split('e') as [string, string]
  const digits = mantissa.replace('.', '')
  const text =
    Math.abs(value) >= 2 ** 53 ? scientific(digits, Number(exponent)) : shorter(digits, Number(exponent))
  return value < 0 ? `-${text}` : text
}

function scientific(digits: string, exponent: number): string {
  return `${digits[0]}.${digits.slice(1) || '0'}e${exponent}`
}

function shorter(digits: string, exponent: number): string {
  const plain = positional(digits, exponent + 1)
  const power = scientific(digits, exponent)
  return plain.length <= power.length ? plain : power
}

/** The digits with the point after `place` of them. */
function positional(digits: string, place: number): string {
  if (place <= 0) return `0.${'0'.repeat(-place)}${digits}`
  if (place >= digits.length) return `${digits}${'0'.repeat(place - digits.length)}.0`
  return `${digits.slice(0, place)}.${digits.slice(place)}`
}
