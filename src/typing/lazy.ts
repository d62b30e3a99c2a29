/** A value that is made when it is first asked for. */
export class Lazy<Value> {
  private make: (() => Value) | undefined
  private value: Value | undefined
  constructor(make: () => Value) {
    this.make = make
  }
  get(): Value {
    if (this.make !== undefined) {
      this.value = this.make()
      this.make = undefined
    }
    return this.value as Value
  }
}
