/**
 * First in, first out, in constant time however many there are, where `Array.shift` moves all that remain.
 *
 *     items   │ c │ d │   │   │ a │ b │      a ring; its length is a power of two
 *                      └ free ┘ └ head
 *
 * What has been taken is forgotten; a queue that has been long gives its memory back.
 */

const fewest = 16

export class Fifo<Item> {
  private items: (Item | undefined)[] = new Array(fewest).fill(undefined)
  private head = 0
  private count = 0

  get length(): number {
    return this.count
  }

  /** The one that would be taken. */
  get first(): Item | undefined {
    return this.items[this.head]
  }

  push(item: Item): void {
    if (this.count === this.items.length) this.resize(2 * this.count)
    this.items[(this.head + this.count) & (this.items.length - 1)] = item
    this.count += 1
  }

  /** Puts another in the place of the first. */
  replaceFirst(item: Item): void {
    this.items[this.head] = item
  }

  take(): Item | undefined {
    if (this.count === 0) return undefined
    const item = this.items[this.head]
    this.items[this.head] = undefined // nothing keeps what is gone
    this.head = (this.head + 1) & (this.items.length - 1)
    this.count -= 1
    if (this.items.length > fewest && 8 * this.count < this.items.length) this.resize(this.items.length / 2)
    return item
  }

  /** Puts the first so many behind the others. */
  rotate(count: number): void {
    for (let i = 0; i < count; i++) this.push(this.take() as Item)
  }

  clear(): void {
    this.items = new Array(fewest).fill(undefined)
    this.head = 0
    this.count = 0
  }

  private resize(length: number): void {
    const { items, head, count } = this
    this.items = new Array(length).fill(undefined)
    for (let i = 0; i < count; i++) this.items[i] = items[(head + i) & (items.length - 1)]
    this.head = 0
  }
}
