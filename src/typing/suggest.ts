/** Near names for a name that means nothing: "Hint: Did you mean foo or bar?" */

function cutoffOf(name: string): number {
  const { length } = name
  if (length <= 2) return 0
  if (length <= 4) return 1
  return length <= 6 ? 2 : 3
}

/** Edit distance with transpositions of neighbours (Damerau, restricted), or undefined above the cutoff. */
export function editDistance(a: string, b: string, cutoff: number): number | undefined {
  if (Math.abs(a.length - b.length) > cutoff) return undefined
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) best = Math.min(best, before[j - 2]! + 1)
      row.push(best)
    }
    before = last
    last = row
  }
  const distance = last[b.length] as number
  return distance <= cutoff ? distance : undefined
}

/** The names nearest to `name`, all at the same distance, in alphabetical order. */
export function nearNames(name: string, candidates: Iterable<string>): string[] {
  const cutoff = cutoffOf(name)
  let best = cutoff
  let found: string[] = []
  for (const candidate of new Set(candidates)) {
    const distance = editDistance(name, candidate, best)
    if (distance === undefined) continue
    if (distance < best) found = []
    best = distance
    found.push(candidate)
  }
  return found.sort()
}

/** The hint's text, or undefined when no name is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const names = nearNames(name, candidates)
  const last = names.pop()
  if (last === undefined) return undefined
  return `Did you mean ${names.join(', ')}${names.length === 0 ? '' : ' or '}${last}?`
}
