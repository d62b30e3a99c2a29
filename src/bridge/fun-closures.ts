/**
 * Erlang funs as OCaml functions. Where a function is wanted and a fun comes, the builder makes a closure of the library's
 * (src/stdlib/camlinternalFun.ml), which applies the fun where it is at home:
 *
 *     closure  [code, info, applied]     code and info as in the library's pattern
 *     applied  { source; missing; given = [] }
 *     source   { func; node; signature; waiting = []; active = false }
 *                                         signature: a number of ours, which fun-calls.ts knows the types by
 *
 * So funs cross like handles, wherever they are in a value. A closure that has been given no argument yet goes out as the fun again.
 *
 * A process that stands for an asynchronous channel is such a closure, too; in the place of the fun it has the pid.
 */

import { Crash } from '../base/diagnostic.ts'
import { tags } from '../codegen/layout.ts'
import type { LinkedUnit } from '../engine/linker.ts'
import { Tag } from '../erlang-term-format/index.ts'
import type { Env } from '../typing/env.ts'
import type { Codec, FunctionSignature, OpaqueCodec } from './codec.ts'
import { leadToFuns } from './codec-parts.ts'
import type { Conversion, Conversions } from './conversions.ts'
import { componentsOfUnit, fieldPosition } from './exports.ts'
import { arityOfFun, checkFun, nodeOfFun } from './fun-term.ts'
import { type Heap, stringWords } from './heap.ts'

const funUnit = 'CamlinternalFun'

const closure = { words: 3, code: 0, info: 1, applied: 2 } as const
const applied = { words: 3, source: 0, missing: 1, given: 2 } as const
const source = { words: 5, func: 0, node: 1, signature: 2, waiting: 3, active: 4 } as const
const fixedWords = closure.words + applied.words + source.words + 3

/** What the arguments and the result of a fun are. */
export interface FunSignature extends FunctionSignature {
  readonly conversion: Conversion | undefined
}

interface Pattern {
  readonly code: bigint
  readonly info: bigint
}

export class FunClosures {
  private readonly heap: Heap
  private readonly env: Env
  private readonly load: (unit: string) => LinkedUnit
  private readonly conversions: Conversions
  /** Known once the unit is needed. */
  private pattern: Pattern | undefined
  private readonly types = new WeakMap<OpaqueCodec, FunctionSignature>()
  private readonly signatures: FunSignature[] = []
  /** By the key of the function's type, and whether an argument `()` is left out. */
  private readonly numbers = new Map<string, number>()
  /** The process whose external funs come in now, its encoded pid, or its node. */
  giver: Uint8Array | string = ''

  /** `load` links a unit of the library. */
  constructor(heap: Heap, env: Env, load: (unit: string) => LinkedUnit, conversions: Conversions) {
    this.heap = heap
    this.env = env
    this.load = load
    this.conversions = conversions
  }

  /** Sees to it that the unit is there if funs can come in: while calls run it is too late for its initialiser. */
  provideFor(inward: readonly Codec[], outward: readonly Codec[]): void {
    if (this.pattern !== undefined || !leadToFuns(inward, outward)) return
    const unit = this.load(funUnit)
    const value = componentsOfUnit(this.env, funUnit)?.values.get('pattern')?.[0]
    this.pattern = this.readPattern(unit.block + (fieldPosition(value?.address) as number) * 8)
  }

  private readPattern(slot: number): Pattern {
    const { heap } = this
    heap.refresh()
    const block = heap.addressAt(slot)
    if (heap.tagOf(block) !== tags.closure || heap.wosizeOf(block) !== closure.words)
      throw new Crash('the closure that funs are made after has another form')
    return { code: this.word(block, closure.code), info: this.word(block, closure.info) }
  }

  private word(block: number, field: number): bigint {
    return this.heap.values[(block >>> 3) + field] as bigint
  }

  /** What a function takes and gives. */
  private typeOf(codec: OpaqueCodec): FunctionSignature {
    const known = this.types.get(codec)
    if (known !== undefined) return known
    const found = codec.signature?.()
    if (found === undefined) throw new Crash('a fun in the place of what is no function')
    this.types.set(codec, found)
    return found
  }

  /** Whether a fun fits a function of this type. Throws `ProtocolError` if it is malformed. */
  fits(codec: OpaqueCodec, fun: Uint8Array): boolean {
    const { parameters } = this.typeOf(codec)
    checkFun(fun)
    const arity = arityOfFun(fun)
    return arity === parameters.length || (arity === 0 && isUnit(parameters))
  }

  /** Words of a fun's closure with all that belongs to it, and of the largest block of these. */
  room(fun: Uint8Array): { readonly words: number; readonly largest: number } {
    const func = stringWords(fun.length)
    const node = stringWords(Buffer.byteLength(this.home(fun)))
    return { words: fixedWords + func + node, largest: Math.max(func, node, source.words + 1) - 1 }
  }

  /** Where it runs. */
  private home(fun: Uint8Array): string {
    return isPid(fun) ? '' : nodeOfFun(fun, this.giver)
  }

  /** Makes the closure of a fun that fits, or of a pid, in the room that has been made. */
  build(slot: number, codec: OpaqueCodec, fun: Uint8Array): void {
    const { heap, pattern } = this
    if (pattern === undefined) throw new Crash('a fun where none can come')
    const signature = this.typeOf(codec)
    const outer = this.take(slot, closure.words, tags.closure)
    heap.values[(outer >>> 3) + closure.code] = pattern.code
    heap.values[(outer >>> 3) + closure.info] = pattern.info
    const state = this.take(outer + closure.applied * 8, applied.words, 0)
    heap.setSmall(state + applied.missing * 8, signature.parameters.length)
    heap.setSmall(state + applied.given * 8, 0)
    const origin = this.take(state + applied.source * 8, source.words, 0)
    const arity = isPid(fun) ? signature.parameters.length : arityOfFun(fun)
    heap.setSmall(origin + source.signature * 8, this.numberOf(codec, signature, arity))
    heap.setSmall(origin + source.waiting * 8, 0)
    heap.setSmall(origin + source.active * 8, 0)
    heap.takeString(origin + source.func * 8, fun)
    heap.takeString(origin + source.node * 8, Buffer.from(this.home(fun)))
  }

  private take(slot: number, wosize: number, tag: number): number {
    const block = this.heap.take(wosize, tag)
    this.heap.setAddress(slot, block)
    return block
  }

  private numberOf({ key }: OpaqueCodec, signature: FunctionSignature, arity: number): number {
    const name = `${arity} ${key}`
    const known = this.numbers.get(name)
    if (known !== undefined) return known
    const parameters = arity === 0 ? [] : signature.parameters
    const { result } = signature
    const conversion = this.conversions.of(
      parameters,
      parameters.map((_, i) => i),
      result,
    )
    this.numbers.set(name, this.signatures.length)
    return this.signatures.push({ parameters, result, conversion }) - 1
  }

  signature(number: number): FunSignature {
    const found = this.signatures[number]
    if (found === undefined) throw new Crash('a fun with a signature that nobody has made')
    return found
  }

  /** The string with the fun that the function in a slot is made of, if it is one and has no argument yet. */
  funAt(slot: number): number | undefined {
    const { heap, pattern } = this
    const block = heap.addressAt(slot)
    if (pattern === undefined || heap.tagOf(block) !== tags.closure) return undefined
    const isOne =
      this.word(block, closure.code) === pattern.code && this.word(block, closure.info) === pattern.info
    const state = isOne ? heap.addressAt(block + closure.applied * 8) : 0
    if (!isOne || !heap.isImmediate(state + applied.given * 8)) return undefined
    return heap.addressAt(heap.addressAt(state + applied.source * 8) + source.func * 8)
  }
}

const isPid = (encoded: Uint8Array): boolean => encoded[0] === Tag.newPid

const isUnit = (parameters: readonly Codec[]): boolean =>
  parameters.length === 1 && parameters[0]?.kind === 'unit'
