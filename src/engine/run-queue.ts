/** Who runs next: threads that can run in the order of their turns, and threads that sleep. */

/** First in, first out, in constant time; what is not wanted any more is left out when its turn comes. */
export class RunQueue<Item> {
  private items: Item[] = []
  private head = 0
  private readonly isWanted: (item: Item) => boolean

  constructor(isWanted: (item: Item) => boolean) {
    this.isWanted = isWanted
  }

  push(item: Item): void {
    this.items.push(item)
  }

  /** Whether there is one that is wanted. */
  get filled(): boolean {
    while (this.head < this.items.length && !this.isWanted(this.items[this.head] as Item)) this.drop()
    return this.head < this.items.length
  }

  take(): Item | undefined {
    if (!this.filled) return undefined
    const item = this.items[this.head] as Item
    this.drop()
    return item
  }

  private drop(): void {
    this.head += 1
    if (this.head < 1024 || this.head * 2 < this.items.length) return
    this.items = this.items.slice(this.head)
    this.head = 0
  }
}

interface Alarm<Item> {
  readonly time: number
  readonly item: Item
}

/** Items by the time when they are due: a binary heap. */
export class Alarms<Item> {
  private readonly heap: Alarm<Item>[] = []

  add(time: number, item: Item): void {
    const { heap } = this
    let at = heap.push({ time, item }) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if ((heap[parent] as Alarm<Item>).time <= time) break
      this.swap(at, parent)
      at = parent
    }
  }

  /** When the first one is due. */
  get next(): number | undefined {
    return this.heap[0]?.time
  }

  takeFirst(): Item | undefined {
    const { heap } = this
    const [first] = heap
    const last = heap.pop()
    if (first === undefined || last === undefined) return undefined
    if (heap.length > 0) {
      heap[0] = last
      this.sink()
    }
    return first.item
  }

  private sink(): void {
    const { heap } = this
    const timeAt = (i: number): number => heap[i]?.time ?? Number.POSITIVE_INFINITY
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const child = timeAt(left + 1) < timeAt(left) ? left + 1 : left
      if (timeAt(child) >= timeAt(at)) return
      this.swap(at, child)
      at = child
    }
  }

  private swap(a: number, b: number): void {
    const { heap } = this
    const held = heap[a] as Alarm<Item>
    heap[a] = heap[b] as Alarm<Item>
    heap[b] = held
  }
}
