/**
 * Text that may hold bytes which are no UTF-8: OCaml's strings are bytes.
 *
 * A byte that belongs to no character is the lone surrogate U+DC00 + byte, so text and bytes determine each other, and what is
 * printed is what the program has.
 */

const first = 0xdc80
const last = 0xdcff

const decoder = new TextDecoder('utf-8', { fatal: true })

/** Whether a code point stands for a byte that is no part of a character. */
export function isStrayByte(code: number): boolean {
  return code >= first && code <= last
}

export function textOfBytes(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    return piecewise(bytes)
  }
}

/** Decodes character by character. */
function piecewise(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at)
    if (length === 0) text += String.fromCharCode(0xdc00 + (bytes[at] as number))
    else text += decoder.decode(bytes.subarray(at, at + length))
    at += Math.max(1, length)
  }
  return text
}

/** The bytes of the character at an offset; 0: none begins there. */
function characterLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number
  const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
  if (length <= 1) return length
  try {
    decoder.decode(bytes.subarray(at, at + length))
    return at + length <= bytes.length ? length : 0
  } catch {
    return 0
  }
}

export function bytesOfText(text: string): Uint8Array {
  const encoder = new TextEncoder()
  const parts = text.split(/([\udc80-\udcff])/u)
  if (parts.length === 1) return encoder.encode(text)
  const encoded = parts.map((part, i) =>
    i % 2 === 1 ? Uint8Array.of(part.charCodeAt(0) - 0xdc00) : encoder.encode(part),
  )
  const bytes = new Uint8Array(encoded.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of encoded) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
