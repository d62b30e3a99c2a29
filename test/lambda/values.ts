/** The values of the reference interpreter. */

export type Value = bigint | number | Text | Boxed | Block | Closure

export class Text {
  readonly bytes: Uint8Array
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }
  static of(text: string): Text {
    return new Text(Uint8Array.from(Buffer.from(text, 'latin1')))
  }
  toString(): string {
    return Buffer.from(this.bytes).toString('latin1')
  }
}

export class Boxed {
  readonly type: 'int32' | 'int64' | 'nativeint'
  readonly value: bigint
  constructor(type: Boxed['type'], value: bigint) {
    this.type = type
    this.value = BigInt.asIntN(type === 'int32' ? 32 : 64, value)
  }
}

export class Block {
  tag: number
  fields: Value[]
  constructor(tag: number, fields: Value[]) {
    this.tag = tag
    this.fields = fields
  }
}

export class Closure {
  readonly arity: number
  readonly body: (args: readonly Value[]) => Value
  readonly given: readonly Value[]
  constructor(arity: number, body: (args: readonly Value[]) => Value, given: readonly Value[] = []) {
    this.arity = arity
    this.body = body
    this.given = given
  }
}

export class OCamlException {
  readonly value: Value
  constructor(value: Value) {
    this.value = value
  }
  toString(): string {
    return `OCaml exception ${exceptionName(this.value)}`
  }
}

export function exceptionName(value: Value): string {
  if (!(value instanceof Block)) return '?'
  if (value.tag === 248) return String(value.fields[0])
  const args = value.fields
    .slice(1)
    .map((a) => (a instanceof Text ? JSON.stringify(String(a)) : showValue(a)))
  return `${exceptionName(value.fields[0] as Value)}(${args.join(', ')})`
}

export function showValue(value: Value): string {
  if (value instanceof Text) return JSON.stringify(String(value))
  if (value instanceof Boxed) return `${value.value}:${value.type}`
  if (value instanceof Closure) return `<fun/${value.arity}>`
  if (value instanceof Block) return `[${value.tag}: ${value.fields.map(showValue).join(' ')}]`
  return typeof value === 'number' ? `${value}.` : `${value}`
}
