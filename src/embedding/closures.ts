/**
 * JavaScript functions as OCaml functions: closures of a module that is compiled when the first is made. They call
 * externals of a name for each number of arguments, which find the function and its types by the block that the closure
 * carries.
 */

import { applyClosure } from '../bridge/callee.ts'
import type { Codec, FunctionSignature } from '../bridge/codec.ts'
import { Heap } from '../bridge/heap.ts'
import type { Core } from './core.ts'
import type { ExternalFunction, Externals } from './externals.ts'
import { ForeignValues } from './foreign.ts'
import type { Loader } from './loading.ts'
import type { Modules } from './modules.ts'

interface Closure extends FunctionSignature {
  readonly f: ExternalFunction
}

const ownModule = 'Javascript_functions'
const mostArguments = 8

const externalName = (count: number): string => `caml_javascript_call${count}`

function source(): string {
  const parts: string[] = ['type f']
  for (let count = 1; count <= mostArguments; count++) {
    const names = Array.from({ length: count }, (_, i) => `a${i}`)
    const types = names.map((name) => `'${name}`).join(' -> ')
    parts.push(`external call${count} : f -> ${types} -> 'r = "${externalName(count)}"`)
    parts.push(`let make${count} f = fun ${names.join(' ')} -> call${count} f ${names.join(' ')}`)
  }
  return parts.join('\n')
}

export class Closures {
  private readonly core: Core
  private readonly modules: Modules
  private readonly externals: Externals
  private readonly loader: Loader
  private readonly functions: ForeignValues<Closure>
  /** By the number of arguments: where the function is that makes a closure. Empty before the module is loaded. */
  private readonly makers: (() => number)[] = []

  constructor(core: Core, modules: Modules, externals: Externals, loader: Loader) {
    this.core = core
    this.modules = modules
    this.externals = externals
    this.loader = loader
    this.functions = new ForeignValues(core)
  }

  /**
   * A new cell with a closure that calls a function. Throws `TypeError` if it would have too many arguments. Allocates.
   */
  make(signature: FunctionSignature, f: ExternalFunction): number {
    const { core } = this
    const { domain, heap } = core
    const count = signature.parameters.length
    if (count > mostArguments)
      throw new TypeError(`a JavaScript function has at most ${mostArguments} arguments`)
    if (this.makers.length === 0) this.load()
    const slot = this.makers[count] as () => number
    const cell = this.functions.add({ f, ...signature })
    try {
      core.run((sp) => applyClosure(domain, heap, slot(), sp, [core.wordIn(cell)]))
      return core.cellOfSlot(Heap.resultSlot)
    } finally {
      core.cells.delete(cell)
    }
  }

  private load(): void {
    for (let count = 1; count <= mostArguments; count++) {
      this.core.domain.linker.provide(externalName(count), (sp, f, ...words) => this.call(sp >>> 0, f, words))
    }
    this.loader.load({ 'javascript_functions.ml': source() })
    for (let count = 1; count <= mostArguments; count++)
      this.makers[count] = this.modules.value(ownModule, `make${count}`).slot
  }

  private call(sp: number, block: bigint, words: readonly bigint[]): bigint {
    const { f, parameters, result } = this.functions.at(Number(block)) as Closure
    return this.externals.enter(f, parameters as readonly Codec[], result, sp, words)
  }
}
