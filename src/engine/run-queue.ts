/** Who runs next: threads that can run in the order of their turns, and threads that sleep. */

import { Fifo } from '../base/fifo.ts'

/**
 * Items of several groups: the groups take turns, and within a group it is first in, first out. So a group with many items does not
 * keep others waiting. What is not wanted any more is left out when its turn comes.
 */
export class RunQueue<Item> {
  private readonly isWanted: (item: Item) => boolean
  private readonly groupOf: (item: Item) => string
  private readonly lines = new Map<string, Fifo<Item>>()
  /** Those groups that have items, in the order of their turns. */
  private readonly turns = new Fifo<string>()

  constructor(isWanted: (item: Item) => boolean, groupOf: (item: Item) => string) {
    this.isWanted = isWanted
    this.groupOf = groupOf
  }

  push(item: Item): void {
    const group = this.groupOf(item)
    const line = this.lines.get(group)
    if (line !== undefined) return line.push(item)
    const fresh = new Fifo<Item>()
    fresh.push(item)
    this.lines.set(group, fresh)
    this.turns.push(group)
  }

  /** Whether there is one that is wanted. */
  get filled(): boolean {
    for (let group = this.turns.first; group !== undefined; group = this.turns.first) {
      if (this.hasWanted(this.lines.get(group) as Fifo<Item>)) return true
      this.turns.take()
      this.lines.delete(group)
    }
    return false
  }

  private hasWanted(line: Fifo<Item>): boolean {
    for (let item = line.first; item !== undefined; item = line.first) {
      if (this.isWanted(item)) return true
      line.take()
    }
    return false
  }

  take(): Item | undefined {
    if (!this.filled) return undefined
    const group = this.turns.take() as string
    const line = this.lines.get(group) as Fifo<Item>
    const item = line.take()
    if (line.length > 0) this.turns.push(group)
    else this.lines.delete(group)
    return item
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
