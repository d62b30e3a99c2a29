/**
 * The number that stands for a polymorphic variant's tag: OCaml's hash, Σ cᵢ·223^(n-1-i) modulo 2³¹ as a
 * signed 31-bit number (J. Garrigue, "Programming with polymorphic variants", 1998).
 */
export function hashVariant(tag: string): number {
  let hash = 0
  for (const byte of new TextEncoder().encode(tag)) hash = (Math.imul(hash, 223) + byte) | 0
  const low = hash & 0x7fffffff
  return low > 0x3fffffff ? low - 0x80000000 : low
}
