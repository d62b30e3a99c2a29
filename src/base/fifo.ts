/** First in, first out, in constant time however many there are, where `Array.shift` moves all that remain. */

/** So many places of items that are gone are no waste. */
const fewGone = 1024

export class Fifo<Item> {
  private items: Item[] = []
  private head = 0

  get length(): number {
    return this.items.length - this.head
  }

  /** The one that would be taken. */
  get first(): Item | undefined {
    return this.items[this.head]
  }

  push(item: Item): void {
    this.items.push(item)
  }

  /** Puts another in the place of the first. */
  replaceFirst(item: Item): void {
    this.items[this.head] = item
  }

  take(): Item | undefined {
    const { items, head } = this
    if (head === items.length) return undefined
    const item = items[head]
    items[head] = undefined as never // nothing keeps what is gone
    this.head += 1
    if (this.head === items.length) this.clear()
    else if (this.head >= fewGone && this.head * 2 >= items.length) this.compact()
    return item
  }

  clear(): void {
    this.items = []
    this.head = 0
  }

  private compact(): void {
    this.items = this.items.slice(this.head)
    this.head = 0
  }
}
