/**
 * What the library asks for when OCaml code applies an Erlang fun (src/stdlib/camlinternalFun.ml): its arguments as a term, and
 * the value of its result, by the types of the function that it stands for.
 *
 *     closure ─▶ caml_border_plan, CamlinternalBorder.outward ─▶ caml_border_arguments ─▶ processes.ts ─▶ the fun's node
 *     value  ◀── CamlinternalBorder.inward ◀── caml_border_result ◀────── {ok, Result} ◀──┘
 *
 * The call itself is OCaml code's, so it suspends the thread alone.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import type { Domain } from '../engine/domain.ts'
import type { Builder } from './build.ts'
import { type Checker, Mismatch } from './check.ts'
import type { Conversions } from './conversions.ts'
import { type Encoder, TooLarge, Unencodable } from './encode.ts'
import type { FunClosures } from './fun-closures.ts'
import { type Heap, stringWords } from './heap.ts'

/** Where the value is in `{ok, Value}`. */
const valueAt = 6
const noPlan = 1n
/** Constructors of OCaml's `result`. */
const result = { ok: 0, error: 1 } as const

const tooLarge = {
  message: 'the arguments of a fun are larger than limits.message',
  depth: 'the arguments of a fun are nested too deeply',
  heap: 'the arguments of a fun take too much memory',
} as const

export interface FunPorts {
  readonly domain: Domain
  readonly heap: Heap
  readonly checker: Checker
  readonly builder: Builder
  readonly encoder: Encoder
  readonly conversions: Conversions
  readonly funs: FunClosures
}

/** A value to be made, or why there is none. */
interface Made {
  readonly problem: string | undefined
}

/** Externals of the library that the bridge has. */
export const borderExternals = {
  plan: 'caml_border_plan',
  arguments: 'caml_border_arguments',
  result: 'caml_border_result',
} as const

/** Gives the linker what the library asks for. */
export function provideFunCalls(ports: FunPorts): void {
  const calls = new FunCalls(ports)
  const { linker } = ports.domain
  linker.provide(borderExternals.plan, (sp, signature) => calls.plan(sp >>> 0, number(signature)))
  linker.provide(borderExternals.arguments, (sp, signature, given, owner) =>
    calls.arguments(sp >>> 0, number(signature), Number(given), Number(owner)),
  )
  linker.provide(borderExternals.result, (sp, signature, answer, node) =>
    calls.result(sp >>> 0, number(signature), Number(answer), Number(node)),
  )
}

class FunCalls {
  private readonly ports: FunPorts

  constructor(ports: FunPorts) {
    this.ports = ports
  }

  /** `()` if nothing is converted. 0, here and below: it unwinds. */
  plan(sp: number, signature: number): bigint {
    const { domain, conversions, funs } = this.ports
    const { conversion } = funs.signature(signature)
    if (conversion === undefined) return noPlan
    return domain.callHost(sp, () =>
      conversions.prepare(conversion, sp) ? conversions.planOf(conversion) : 0n,
    )
  }

  arguments(sp: number, signature: number, given: number, owner: number): bigint {
    const { domain, encoder } = this.ports
    return domain.callHost(sp, () => {
      const { problem } = this.encode(signature, given, owner)
      return problem === undefined
        ? this.text(sp, result.ok, encoder.writer.view())
        : this.text(sp, result.error, Buffer.from(problem))
    })
  }

  private encode(signature: number, given: number, owner: number): Made {
    const { encoder, heap, funs } = this.ports
    heap.refresh()
    encoder.start('argument', heap.stringBytes(owner))
    try {
      encoder.arguments(funs.signature(signature).parameters, given)
      return { problem: undefined }
    } catch (error) {
      encoder.abandon()
      if (error instanceof Unencodable) return { problem: error.message }
      if (error instanceof TooLarge) return { problem: tooLarge[error.limit] }
      throw error
    }
  }

  result(sp: number, signature: number, answer: number, node: number): bigint {
    const { domain, heap, checker, builder, funs } = this.ports
    const { result: codec } = funs.signature(signature)
    return domain.callHost(sp, () => {
      heap.refresh()
      const bytes = heap.stringBytes(answer)
      funs.giver = heap.stringText(node)
      checker.start(bytes.subarray(valueAt))
      const { offset } = checker.cursor
      const { problem } = this.check(() => checker.value('result', codec))
      if (problem !== undefined) return this.text(sp, result.error, Buffer.from(problem))
      if (!heap.reserve(sp, checker.words + 2, Math.max(checker.largest, 1))) return 0n
      const block = heap.take(1, result.ok)
      builder.arguments([codec], checker.cursor.bytes, offset, checker.tape, block)
      return BigInt(block)
    })
  }

  private check(run: () => void): Made {
    try {
      run()
      return { problem: undefined }
    } catch (error) {
      if (error instanceof Mismatch || error instanceof ProtocolError) return { problem: error.message }
      throw error
    }
  }

  /** `Ok` or `Error` of a string. */
  private text(sp: number, tag: number, content: Uint8Array): bigint {
    const { heap } = this.ports
    const words = stringWords(content.length)
    if (!heap.reserve(sp, words + 2, words - 1)) return 0n
    const block = heap.take(1, tag)
    heap.takeString(block, content)
    return BigInt(block)
  }
}

const number = (word: bigint | undefined): number => Number((word as bigint) >> 1n)
