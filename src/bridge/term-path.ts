/** Where in a term something is, for messages: `argument 2, element 17, field "price"`. Counting starts at 1. */

/** Parts beyond this depth are not remembered; nor does anybody want to read them. */
const remembered = 64
const shown = 16

export class TermPath {
  private readonly kinds: string[] = []
  private readonly names: (string | number)[] = []
  depth = 0

  push(kind: string, name: string | number): void {
    if (this.depth < remembered) {
      this.kinds[this.depth] = kind
      this.names[this.depth] = name
    }
    this.depth += 1
  }

  pop(): void {
    this.depth -= 1
  }

  /** Moves to another one of the innermost kind. */
  move(name: string | number): void {
    if (this.depth <= remembered) this.names[this.depth - 1] = name
  }

  toString(): string {
    const parts: string[] = []
    for (let i = 0; i < Math.min(this.depth, shown); i++) parts.push(this.part(i))
    if (this.depth > shown) parts.push('…')
    return parts.join(', ')
  }

  private part(i: number): string {
    const name = this.names[i] as string | number
    const kind = this.kinds[i] as string
    return name === '' ? kind : `${kind} ${typeof name === 'number' ? name : JSON.stringify(name)}`
  }
}
