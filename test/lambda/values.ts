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

/** An exception as an uncaught one is reported. */
export function exceptionText(value: Value): string {
  if (!(value instanceof Block)) return '?'
  if (value.tag === 248) return String(value.fields[0])
  const name = exceptionName(value.fields[0] as Value)
  const [, first, ...rest] = value.fields
  const args =
    rest.length === 0 && first instanceof Block && first.tag === 0 && isPlace(name)
      ? first.fields
      : value.fields.slice(1)
  if (isPlace(name) && args.length === 3) return placeText(name, args)
  return `${name}(${args.map(showArgument).join(', ')})`
}

function isPlace(name: string): boolean {
  return name === 'Match_failure' || name === 'Assert_failure' || name === 'Undefined_recursive_module'
}

/** The words of `Printexc.to_string`. */
function placeText(name: string, [file, line, column]: readonly Value[]): string {
  const what = { Match_failure: 'Pattern matching failed', Assert_failure: 'Assertion failed' }[name]
  const width = name === 'Match_failure' || name === 'Assert_failure' ? 6 : 6
  const text = what ?? 'Undefined recursive module'
  return `File "${String(file)}", line ${String(line)}, characters ${String(column)}-${Number(column) + width}: ${text}`
}

function showArgument(value: Value): string {
  if (value instanceof Text) return JSON.stringify(String(value))
  return typeof value === 'bigint' ? String(value) : '_'
}
