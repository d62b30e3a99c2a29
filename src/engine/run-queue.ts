/** Who runs next: threads that can run in the order of their turns, and threads that sleep. */

import { Fifo } from '../base/fifo.ts'
import type { Turns } from './turns.ts'

/** So many groups without items are kept for the next one; a group that has one item at a time would otherwise come and go with it. */
const mostIdle = 64

interface Line<Item> {
  readonly group: string
  readonly items: Fifo<Item>
  /** Whether its turn will come. */
  waits: boolean
}

/**
 * Items of several groups: the groups take turns, and within a group it is first in, first out. So a group with many items does not
 * keep others waiting. What is not wanted any more is left out when its turn comes.
 */
export class RunQueue<Item> {
  private readonly isWanted: (item: Item) => boolean
  private readonly groupOf: (item: Item) => string
  private readonly turns: Turns | undefined
  private readonly lines = new Map<string, Line<Item>>()
  /** Those that have items, in the order of their turns. */
  private readonly waiting = new Fifo<Line<Item>>()

  /** `turns`: draws who is next. */
  constructor(isWanted: (item: Item) => boolean, groupOf: (item: Item) => string, turns?: Turns) {
    this.isWanted = isWanted
    this.groupOf = groupOf
    this.turns = turns
  }

  push(item: Item): void {
    const line = this.lineOf(this.groupOf(item))
    line.items.push(item)
    if (!line.waits) this.waiting.push(line)
    line.waits = true
  }

  private lineOf(group: string): Line<Item> {
    const known = this.lines.get(group)
    if (known !== undefined) return known
    const line = { group, items: new Fifo<Item>(), waits: false }
    this.lines.set(group, line)
    return line
  }

  /** Whether there is one that is wanted. */
  get filled(): boolean {
    for (let line = this.waiting.first; line !== undefined; line = this.waiting.first) {
      if (this.hasWanted(line.items)) return true
      this.waiting.take()
      this.rest(line)
    }
    return false
  }

  private hasWanted(items: Fifo<Item>): boolean {
    for (let item = items.first; item !== undefined; item = items.first) {
      if (this.isWanted(item)) return true
      items.take()
    }
    return false
  }

  /** The line has nothing. */
  private rest(line: Line<Item>): void {
    line.waits = false
    if (this.lines.size > mostIdle) this.lines.delete(line.group)
  }

  /** Brings any of those that are wanted to the front. */
  private shuffle(items: Fifo<Item>, turns: Turns): void {
    items.rotate(turns.draw(items.length))
    this.hasWanted(items)
  }

  take(): Item | undefined {
    if (!this.filled) return undefined
    const line = this.waiting.take() as Line<Item>
    if (this.turns !== undefined) this.shuffle(line.items, this.turns)
    const item = line.items.take()
    if (line.items.length > 0) this.waiting.push(line)
    else this.rest(line)
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
