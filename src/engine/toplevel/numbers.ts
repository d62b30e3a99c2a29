/** Numbers and characters in OCaml's notation, as the prompt shows them. */

/** The shortest of 12, 15 and 18 digits that reads back as the same float. */
export function shownFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? 'neg_infinity' : 'infinity'
  const digits = [12, 15, 18].find((precision) => Number(value.toPrecision(precision)) === value) ?? 18
  const shown = general(value, digits)
  return /[^-\d]/.test(shown) ? shown : `${shown}.`
}

/** C's `%.Ng`. */
function general(value: number, precision: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const exponent = Number(value.toExponential(precision - 1).split('e')[1])
  if (exponent < -4 || exponent >= precision) {
    const [mantissa = '', power = ''] = value.toExponential(precision - 1).split('e')
    const sign = power.startsWith('-') ? '-' : '+'
    return `${withoutZeros(mantissa)}e${sign}${power.replace(/^[-+]/, '').padStart(2, '0')}`
  }
  return withoutZeros(value.toFixed(precision - 1 - exponent))
}

function withoutZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits
}

const named: Readonly<Record<number, string>> = {
  8: '\\b',
  9: '\\t',
  10: '\\n',
  13: '\\r',
  39: "\\'",
  92: '\\\\',
}

/** OCaml's `%C`. */
export function shownCharacter(code: number): string {
  const escaped = named[code]
  if (escaped !== undefined) return `'${escaped}'`
  if (code >= 32 && code < 127) return `'${String.fromCharCode(code)}'`
  return `'\\${String(code).padStart(3, '0')}'`
}
