/** Messages that wait for a process: in the order of their coming, with numbers that grow, taken from anywhere. Mailboxes share a room. */

interface Entry {
  readonly id: number
  readonly payload: Uint8Array
}

/** A message costs this besides its bytes. */
export const messageOverhead = 64

/** What all mailboxes may hold together. */
export class Mailroom {
  private left: number

  constructor(bytes: number) {
    this.left = bytes
  }

  get isOverfull(): boolean {
    return this.left < 0
  }

  /** `bytes` is negative for what leaves it. */
  take(bytes: number): void {
    this.left -= bytes
  }
}

/** The one that has to give way when there is no room. */
export function fullest<Holder>(
  holders: Iterable<Holder>,
  bytes: (holder: Holder) => number,
): Holder | undefined {
  let most: Holder | undefined
  for (const holder of holders) if (most === undefined || bytes(holder) > bytes(most)) most = holder
  return most
}

export class Mailbox {
  private readonly room: Mailroom
  private entries: (Entry | undefined)[] = []
  /** Where the first entry is. */
  private head = 0
  private last = 0
  /** About how many bytes all messages take. */
  bytes = 0

  constructor(room: Mailroom) {
    this.room = room
  }

  push(payload: Uint8Array): void {
    this.last += 1
    this.entries.push({ id: this.last, payload })
    this.count(payload.length + messageOverhead)
  }

  private count(bytes: number): void {
    this.bytes += bytes
    this.room.take(bytes)
  }

  /** Nobody reads it any more. */
  close(): void {
    this.count(-this.bytes)
  }

  /** The first message whose number is greater. */
  after(id: number): Entry | undefined {
    return this.entries[this.indexOf(id + 1)]
  }

  drop(id: number): void {
    const index = this.indexOf(id)
    const entry = this.entries[index]
    if (entry === undefined || entry.id !== id) return
    this.count(-entry.payload.length - messageOverhead)
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
