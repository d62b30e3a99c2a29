/** Messages that wait for a process: in the order of their coming, with numbers that grow, taken from anywhere. */

interface Entry {
  readonly id: number
  readonly payload: Uint8Array
}

/** A message costs this besides its bytes. */
const overhead = 64

export class Mailbox {
  private entries: (Entry | undefined)[] = []
  /** Where the first entry is. */
  private head = 0
  private last = 0
  /** About how many bytes all messages take. */
  bytes = 0

  push(payload: Uint8Array): void {
    this.last += 1
    this.entries.push({ id: this.last, payload })
    this.bytes += payload.length + overhead
  }

  /** The first message whose number is greater. */
  after(id: number): Entry | undefined {
    return this.entries[this.indexOf(id + 1)]
  }

  drop(id: number): void {
    const index = this.indexOf(id)
    const entry = this.entries[index]
    if (entry === undefined || entry.id !== id) return
    this.bytes -= entry.payload.length + overhead
    if (index === this.head) this.dropFirst()
    else this.entries.splice(index, 1)
  }

  private dropFirst(): void {
    this.entries[this.head] = undefined
    this.head += 1
    if (this.head < 1024 || this.head * 2 < this.entries.length) return
    this.entries = this.entries.slice(this.head)
    this.head = 0
  }

  /** Where the first entry is whose number is not less. */
  private indexOf(id: number): number {
    let low = this.head
    let high = this.entries.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.entries[middle] as Entry).id < id) low = middle + 1
      else high = middle
    }
    return low
  }
}
