/**
 * Builds one function's statements: fresh variables, blocks of statements, allocation, and the conversions between
 * representations.
 *
 * After a statement that never completes (`return`, `raise`, `exit`, a tail call) the rest of its list is dead
 * and dropped.
 */

import type { Region } from '../base/region.ts'
import type { Layout } from '../lambda/lambda.ts'
import {
  isStable,
  newSite,
  type Representation,
  type Simple,
  type Statement,
  type Variable,
  wasmTypeOf,
} from './code.ts'
import { customOperations, headerWord, maxYoungWords, tags } from './layout.ts'
import type { Operand, OperandRepresentation } from './scope.ts'
import {
  addressOf,
  f64,
  i32,
  i64,
  isI64,
  load,
  opOf,
  read,
  relocated,
  tag,
  tagBool,
  typeOf,
  untag,
  untagBool,
} from './simple.ts'
import { type StaticData, staticField } from './static-data.ts'

export type BoxedInt = 'int32' | 'int64' | 'nativeint'

export function isBoxedInt(r: OperandRepresentation): r is BoxedInt {
  return r === 'int32' || r === 'int64' || r === 'nativeint'
}

/** How a variable of a layout is held when its value is made on the spot. */
export function representationOfLayout(layout: Layout): Representation {
  return layout === 'any' || layout === 'pointer' ? 'value' : layout
}

export interface BlockField {
  readonly value: Simple
  readonly float: boolean
}

export class FunctionBuilder {
  readonly variables: Variable[] = []
  private list: Statement[] = []
  private dead = false
  private lastLabel = 0
  readonly data: StaticData
  region: Region

  constructor(data: StaticData, region: Region) {
    this.data = data
    this.region = region
  }

  variable(name: string, representation: Representation, mutable = false): Variable {
    const variable = { id: this.variables.length, name, representation, mutable }
    this.variables.push(variable)
    return variable
  }

  label(): number {
    this.lastLabel += 1
    return this.lastLabel
  }

  get terminated(): boolean {
    return this.dead
  }

  emit(statement: Statement): void {
    if (this.dead) return
    this.list.push(statement)
    this.dead = neverCompletes(statement)
  }

  /** Runs `build` into a list of its own. */
  collect(build: () => void): Statement[] {
    const { list, dead } = this
    this.list = []
    this.dead = false
    build()
    const collected = this.list
    this.list = list
    this.dead = dead
    return collected
  }

  /** Appends statements that `collect` gave. */
  append(statements: readonly Statement[]): void {
    for (const s of statements) this.emit(s)
  }

  set(variable: Variable, value: Simple): void {
    this.emit({ kind: 'set', variable, value })
  }

  /** The operand as something that later effects cannot change. */
  freeze(operand: Operand): Operand {
    return isStable(operand.simple) ? operand : this.name('t', operand)
  }

  /** Binds an operand to a new variable. */
  name(name: string, operand: Operand): Operand {
    const r = operand.representation
    if (r === 'bool') return this.name(name, { simple: tagBool(operand.simple), representation: 'int' })
    if (r === 'untagged') return this.name(name, { simple: tag(operand.simple), representation: 'int' })
    const variable = this.variable(name, r)
    this.set(variable, operand.simple)
    return { simple: read(variable), representation: r }
  }

  // -------------------------------------------------------------------------------------------------------
  // Conversions

  /** A tagged word. */
  toValue(operand: Operand): Simple {
    const { simple, representation } = operand
    switch (representation) {
      case 'value':
      case 'int':
        return simple
      case 'bool':
        return tagBool(simple)
      case 'untagged':
        return tag(simple)
      case 'float':
        return this.boxFloat(simple)
      default:
        return this.boxInt(representation, simple)
    }
  }

  toFloat(operand: Operand): Simple {
    const { simple, representation } = operand
    if (representation === 'float') return simple
    const known = this.data.floatAt(simple)
    if (known !== undefined) return f64(known)
    return load('f64_load', addressOf(simple), 0, true)
  }

  /** The plain 64-bit payload of a boxed integer. */
  toBoxedInt(operand: Operand): Simple {
    return isBoxedInt(operand.representation)
      ? operand.simple
      : load('i64_load', addressOf(operand.simple), 8, true)
  }

  /** An i32 that is not 0 for true. */
  toCondition(operand: Operand): Simple {
    return operand.representation === 'bool' ? operand.simple : untagBool(this.toValue(operand))
  }

  toUntagged(operand: Operand): Simple {
    if (operand.representation === 'untagged') return operand.simple
    if (operand.representation === 'bool') return opOf('i64_extend_i32_u', operand.simple)
    return untag(operand.simple)
  }

  /** Numbers of different types meet only where a GADT shows that one side is never reached: there, anything will do. */
  convert(operand: Operand, to: Representation): Simple {
    const { representation } = operand
    if (to === 'float') return isBoxedInt(representation) ? f64(0) : this.toFloat(operand)
    if (isBoxedInt(to)) return representation === 'float' ? i64(0n) : this.toBoxedInt(operand)
    return this.toValue(operand)
  }

  private boxFloat(simple: Simple): Simple {
    if (simple.kind === 'f64') return relocated({ kind: 'data' }, this.data.float(simple.value))
    return this.allocate('boxed', tags.double, [{ value: simple, float: true }])
  }

  private boxInt(type: BoxedInt, simple: Simple): Simple {
    if (simple.kind === 'i64') return relocated({ kind: 'data' }, this.data.boxedInt(type, simple.value))
    return this.allocate('boxed', tags.custom, [
      { value: i64(BigInt(customOperations[type])), float: false },
      { value: simple, float: false },
    ])
  }

  /** A new block; the expression that reads it. */
  allocate(name: string, tag: number, fields: readonly BlockField[]): Simple {
    if (fields.length > maxYoungWords) return this.allocateLarge(tag, fields)
    const result = this.variable(name, 'value')
    const header = headerWord(fields.length, tag)
    this.emit({ kind: 'allocate', result, header, fields, site: newSite(this.region) })
    return read(result)
  }

  /** Too large for the minor heap: the runtime copies a static block that has the constants, and the other fields follow. */
  private allocateLarge(tag: number, fields: readonly BlockField[]): Simple {
    const values = fields.map(({ value, float }) => {
      return this.freeze({ simple: value, representation: float ? 'float' : 'value' }).simple
    })
    const template = this.data.block(
      tag,
      values.map((v) => staticField(v) ?? { kind: 'word', value: 1n }),
    )
    const block = this.external('caml_obj_dup', [relocated({ kind: 'data' }, template)]).simple
    values.forEach((value, i) => {
      if (staticField(value) !== undefined) return
      if (fields[i]?.float === true) this.store(addressOf(block), i * 8, value)
      else this.effect('caml_initialize', [opOf('i32_add', addressOf(block), i32(i * 8)), value])
    })
    return block
  }

  // -------------------------------------------------------------------------------------------------------
  // Calls of the runtime

  external(name: string, args: readonly Simple[], representation: Representation = 'value'): Operand {
    const result = this.variable(name, representation)
    this.emit({
      kind: 'call',
      result,
      target: { kind: 'external', name },
      arguments: args,
      site: newSite(this.region),
    })
    return { simple: read(result), representation }
  }

  effect(name: string, args: readonly Simple[]): void {
    this.emit({ kind: 'effect', external: name, arguments: args })
  }

  raiseIf(condition: Simple, external: string): void {
    if (condition.kind === 'i32' && condition.value === 0) return
    this.emit({ kind: 'raiseIf', condition, external, site: newSite(this.region) })
  }

  store(address: Simple, offset: number, value: Simple): void {
    const op = typeOf(value) === 'f64' ? 'f64_store' : 'i64_store'
    this.emit({ kind: 'store', op, address, offset, value })
  }

  /** A zero of a representation, for positions that are never reached. */
  never(representation: Representation): Operand {
    return { simple: wasmTypeOf(representation) === 'f64' ? f64(0) : i64(1n), representation }
  }
}

function neverCompletes(s: Statement): boolean {
  switch (s.kind) {
    case 'return':
    case 'tailCall':
    case 'raise':
    case 'exit':
    case 'loop':
      return true
    case 'raiseIf':
      return s.condition.kind === 'i32' && s.condition.value !== 0
    case 'if':
      return ends(s.then) && ends(s.otherwise)
    default:
      return false
  }
}

function ends(list: readonly Statement[]): boolean {
  const last = list.at(-1)
  return last !== undefined && neverCompletes(last)
}

/** Whether an operand is the immediate `false`, i.e. the constant 0. */
export function isFalse(operand: Operand): boolean {
  return operand.representation === 'bool'
    ? operand.simple.kind === 'i32' && operand.simple.value === 0
    : isI64(operand.simple, 1n)
}

export const conditionTrue: Operand = { simple: i32(1), representation: 'bool' }
