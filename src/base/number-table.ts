/**
 * A table of things under way, by the numbers that were given to them, for tables whose entries come and go all the time.
 *
 *     keys    │ -1 │ 17 │ -1 │ 66 │ 34 │ …      open addressing; a power of two of places, at most half of them taken
 *     values  │    │ ●  │    │ ●  │ ●  │ …
 *
 * *Why not a `Map`*: V8 replaces the store of a map every few deletions and leaves in the old store a reference to the new one. A store that has
 * grown old and died keeps all later ones alive, with what was in them, until the next full collection: each scavenge then copies
 * thousands of calls that ended long ago. Measured on a table of 64 entries that come and go: seven times slower.
 *
 * Invariant: no free place lies between where an entry is and where its number would put it.
 */

const free = -1
const fewest = 16

export class NumberTable<Value> {
  private keys: number[] = new Array(fewest).fill(free)
  private places: (Value | undefined)[] = new Array(fewest).fill(undefined)
  private count = 0

  get size(): number {
    return this.count
  }

  /** `key`: an integer that is not negative. */
  get(key: number): Value | undefined {
    return this.places[this.find(key)]
  }

  has(key: number): boolean {
    return this.keys[this.find(key)] === key
  }

  set(key: number, value: Value): void {
    let at = this.find(key)
    if (this.keys[at] !== key) {
      if (2 * (this.count + 1) > this.keys.length) {
        this.resize(2 * this.keys.length)
        at = this.find(key)
      }
      this.count += 1
      this.keys[at] = key
    }
    this.places[at] = value
  }

  /** Whether it was there. */
  delete(key: number): boolean {
    const at = this.find(key)
    if (this.keys[at] !== key) return false
    this.count -= 1
    this.close(at)
    if (8 * this.count < this.keys.length && this.keys.length > fewest) this.resize(this.keys.length / 2)
    return true
  }

  clear(): void {
    this.count = 0
    this.keys = new Array(fewest).fill(free)
    this.places = new Array(fewest).fill(undefined)
  }

  /** In no order; what is deleted or added meanwhile does not matter. */
  values(): Value[] {
    return this.places.filter((_, at) => this.keys[at] !== free) as Value[]
  }

  entries(): [number, Value][] {
    return this.places.flatMap((value, at) =>
      this.keys[at] === free ? [] : [[this.keys[at] as number, value as Value]],
    )
  }

  /** Where a number is, or the free place where it would be. */
  private find(key: number): number {
    const { keys } = this
    const mask = keys.length - 1
    let at = home(key) & mask
    while (keys[at] !== key && keys[at] !== free) at = (at + 1) & mask
    return at
  }

  /** Empties a place, and moves into it what had to go past it. */
  private close(at: number): void {
    const { keys, places } = this
    const mask = keys.length - 1
    let hole = at
    for (let next = (at + 1) & mask; keys[next] !== free; next = (next + 1) & mask) {
      const distance = (next - (home(keys[next] as number) & mask)) & mask
      if (distance < ((next - hole) & mask)) continue
      keys[hole] = keys[next] as number
      places[hole] = places[next]
      hole = next
    }
    keys[hole] = free
    places[hole] = undefined
  }

  private resize(length: number): void {
    const { keys, places } = this
    this.keys = new Array(length).fill(free)
    this.places = new Array(length).fill(undefined)
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as number
      if (key === free) continue
      const at = this.find(key)
      this.keys[at] = key
      this.places[at] = places[i]
    }
  }
}

/** Spreads numbers at equal distances; numbers beyond 2³² by what is below it. */
const home = (key: number): number => Math.imul(key | 0, 0x9e3779b1) >>> 7
