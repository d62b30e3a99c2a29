/**
 * Calls of functions whose types have parts that only OCaml code can make or read: sequences, suspended values, sets, and maps whose
 * order is a function of the program. They cross as lists and maps; the unit CamlinternalBorder of the library converts them, in
 * the thread of the call: so what a sequence computes can block, raise and be cancelled.
 *
 *     enter ─▶ CamlinternalBorder.call plan f [| arguments |]: import the arguments, apply f, export the result
 *
 * A plan says which parts those are. It is an OCaml value, made from a term by the builder as any argument is, when the function is
 * first called.
 */

import { Crash } from '../base/diagnostic.ts'
import type { Domain } from '../engine/domain.ts'
import type { LinkedUnit } from '../engine/linker.ts'
import { atom, encodeBare, int, listOf, mapOfAtoms, type Term, tuple } from '../erlang-term-format/index.ts'
import type { Env } from '../typing/env.ts'
import type { Address } from '../typing/ident.ts'
import type { Type } from '../typing/types.ts'
import { Builder } from './build.ts'
import { type Enter, enterField } from './callee.ts'
import { Checker } from './check.ts'
import type {
  BlockConstructor,
  Codec,
  Converted,
  OpaqueCodec,
  PolymorphicTag,
  ProgramOrder,
} from './codec.ts'
import { hasConversions, leadToConversions } from './codec-parts.ts'
import { CodecDeriver } from './derive.ts'
import { componentsOfUnit, fieldPosition } from './exports.ts'
import { Handles } from './handles.ts'
import type { Heap } from './heap.ts'
import type { LibraryBuilder } from './library-builder.ts'

/** The unit of the library that converts. */
export const borderUnit = 'CamlinternalBorder'
/** Its exception for a sequence that is longer than the longest answer. */
export const tooLong = `${borderUnit}.Too_long`

/** What is converted in the calls of a function. */
export interface Conversion {
  readonly term: () => Term
  /** The root of the plan; 0 until it has been made. */
  root: number
}

/** What is used of the border unit. */
interface Border {
  readonly plan: Codec
  readonly order: OpaqueCodec
  readonly call: Enter
}

export class Conversions {
  private readonly domain: Domain
  private readonly heap: Heap
  private readonly checker: Checker
  private readonly builder: Builder
  /** Functions that give an order stand in a plan's term as handles. */
  private readonly handles: Handles
  private readonly load: () => LinkedUnit
  private readonly env: Env
  private readonly longest: number
  private readonly ofHandles = new Map<string, Conversion>()
  /** Known once the unit is needed. */
  private border: Border | undefined

  /** `load` links the border unit; an answer has at most `messageBytes` bytes. */
  constructor(
    domain: Domain,
    heap: Heap,
    env: Env,
    load: () => LinkedUnit,
    library: LibraryBuilder,
    messageBytes: number,
  ) {
    this.domain = domain
    this.heap = heap
    this.env = env
    this.load = load
    this.handles = new Handles(domain.runtime.exports, () => ({ node: '', creation: 0, domain: 0 }))
    this.checker = new Checker(this.handles)
    this.builder = new Builder(heap, this.handles, library)
    this.longest = messageBytes
  }

  /**
   * Sees to it that the border unit is there, if these types or those of functions that they give out have conversions: while calls run
   * it is too late for its initialiser.
   */
  provideFor(codecs: readonly Codec[]): void {
    if (this.border !== undefined || !leadToConversions(codecs)) return
    const { env } = this
    const unit = this.load()
    const deriver = new CodecDeriver(env)
    const call = componentsOfUnit(env, borderUnit)?.values.get('call')?.[0]
    this.border = {
      plan: deriver.codecOf(typeOf('plan')),
      order: deriver.codecOf(typeOf('compare')) as OpaqueCodec,
      call: enterField(this.domain, this.heap, unit, fieldPosition(call?.address) as number, 3),
    }
  }

  private get provided(): Border {
    if (this.border === undefined) throw new Crash('the border unit is needed and not there')
    return this.border
  }

  /** Whether a part of these is converted. */
  needed(codecs: readonly Codec[]): boolean {
    return codecs.some((codec) => hasConversions(codec))
  }

  /** Undefined if nothing has to be converted. */
  of(parameters: readonly Codec[], sources: readonly number[], result: Codec): Conversion | undefined {
    if (!this.needed([...parameters, result])) return undefined
    return { term: () => this.planTerm(parameters, sources, result), root: 0 }
  }

  /** As `of`, for a function that comes as a handle: for all of one type, which the key tells, there is one plan. */
  ofHandle(
    key: string,
    parameters: readonly Codec[],
    sources: readonly number[],
    result: Codec,
  ): Conversion | undefined {
    // In a handle that an exception carried nothing is converted, also of the same type.
    if (!this.needed([...parameters, result])) return undefined
    const name = `${key} ${sources.join()}`
    const known = this.ofHandles.get(name) ?? this.of(parameters, sources, result)
    if (known !== undefined) this.ofHandles.set(name, known)
    return known
  }

  /** Makes the plan, if that has not been done. False: there is no room, and Out_of_memory is raised. */
  prepare(conversion: Conversion, sp: number): boolean {
    if (conversion.root !== 0) return true
    const { checker, heap, handles } = this
    const { plan } = this.provided
    checker.start(encodeBare(conversion.term()))
    const { bytes, offset } = checker.cursor
    checker.check(plan)
    const hasRoom = heap.reserve(sp, checker.words, checker.largest)
    if (hasRoom) {
      this.builder.arguments([plan], bytes, offset, checker.tape, sp)
      conversion.root = this.domain.runtime.exports.root_create(heap.values[sp >>> 3] as bigint) >>> 0
    }
    handles.ownerDied(nobody)
    return hasRoom && conversion.root !== 0
  }

  /** The plan, which has been made. */
  planOf({ root }: Conversion): bigint {
    return this.heap.values[root >>> 3] as bigint
  }

  /** Enters the call of the function in the slot `callee` with a block of what the caller has given. */
  enter(conversion: Conversion, callee: number, given: number, sp: number): bigint {
    const f = this.heap.values[callee >>> 3] as bigint
    return this.provided.call(sp, [this.planOf(conversion), f, BigInt(given)])
  }

  private planTerm(parameters: readonly Codec[], sources: readonly number[], result: Codec): Term {
    const nodes = new PlanNodes((order) => this.order(order))
    const given = parameters.map((codec) => nodes.of(codec))
    return mapOfAtoms({
      parameters: listOf(sources.map((source) => int(source < 0 ? -1 : (given[source] as number)))),
      result: int(nodes.of(result)),
      nodes: listOf(nodes.terms),
      longest: int(this.longest),
    })
  }

  private order(order: ProgramOrder): Term {
    if (typeof order === 'string') return atom(order)
    const function_ = this.valueAt(order)
    const handle =
      function_ === undefined ? undefined : this.handles.create(function_, this.provided.order, nobody)
    return handle === undefined ? atom('unknown') : tuple(atom('order'), handle)
  }

  /** What a field of a module holds; undefined if its unit has not been linked. */
  private valueAt(address: Address): bigint | undefined {
    const { heap, domain } = this
    if (address.kind === 'unit') {
      const block = domain.linker.unit(address.name)?.block
      return block === undefined ? undefined : BigInt(block)
    }
    if (address.kind !== 'field') return undefined
    const module = this.valueAt(address.module)
    return module === undefined ? undefined : heap.values[(Number(module) >>> 3) + address.position]
  }
}

const nobody = new Uint8Array(0)

function typeOf(name: string): Type {
  const unit = { kind: 'ident', ident: { name: borderUnit, stamp: 0 } } as const
  const path = { kind: 'dot', prefix: unit, name } as const
  return { desc: { kind: 'constructor', path, arguments: [] }, level: 0, scope: 0, id: 0 }
}

/** The nodes of a plan: see camlinternalBorder.mli. Node 0 keeps what it is given. */
class PlanNodes {
  readonly terms: Term[] = [atom('keep')]
  private readonly numbers = new Map<Codec, number>()
  private readonly order: (order: ProgramOrder) => Term

  constructor(order: (order: ProgramOrder) => Term) {
    this.order = order
  }

  of(codec: Codec): number {
    if (codec.kind === 'recursive') return this.of(codec.target as Codec)
    const known = this.numbers.get(codec)
    if (known !== undefined) return known
    if (!hasConversions(codec)) return 0
    const through = unboxedPart(codec)
    if (through !== undefined) return this.of(through)
    const number = this.terms.length
    this.numbers.set(codec, number)
    this.terms.push(atom('keep'))
    this.terms[number] = this.node(codec)
    return number
  }

  private node(codec: Codec): Term {
    switch (codec.kind) {
      case 'list':
        return tuple(atom('elements'), int(this.of(codec.element)))
      case 'array':
        return tuple(atom('items'), int(this.of(codec.element)))
      case 'option':
        return tuple(atom('block'), this.fields([codec.element]))
      case 'tuple':
        return tuple(atom('block'), this.fields(codec.elements))
      case 'record':
        return tuple(atom('block'), this.fields(codec.fields.map((f) => f.codec)))
      case 'variant':
        return tuple(atom('blocks'), listOf(codec.blocks.map((c) => this.fields(argumentsOf(c)))))
      case 'polymorphic-variant':
        return tuple(atom('tagged'), listOf(codec.tags.flatMap((tag) => this.tag(tag))))
      case 'hash-table':
        return tuple(atom('table'), int(this.of(codec.data)))
      case 'search-tree':
        return tuple(atom('tree'), int(this.of(codec.data)))
      case 'converted':
        return this.converted(codec)
      default:
        return atom('keep')
    }
  }

  /** Those of a block's fields that have conversions. */
  private fields(codecs: readonly Codec[]): Term {
    const pairs = codecs.map((codec, i) => [i, this.of(codec)] as const).filter(([, node]) => node !== 0)
    return listOf(pairs.map(([field, node]) => tuple(int(field), int(node))))
  }

  private tag({ hash, arguments: args, isTuple }: PolymorphicTag): Term[] {
    const node = this.of(isTuple ? { kind: 'tuple', elements: args } : (args[0] ?? { kind: 'unit' }))
    return node === 0 ? [] : [tuple(int(hash), int(node))]
  }

  private converted({ conversion }: Converted): Term {
    switch (conversion.kind) {
      case 'sequence':
      case 'suspension':
        return tuple(atom(conversion.kind), int(this.of(conversion.element)))
      case 'set':
        return tuple(atom('set'), this.order(conversion.order), int(this.of(conversion.element)))
      case 'map':
        return tuple(
          atom('map'),
          this.order(conversion.order),
          int(this.of(conversion.key)),
          int(this.of(conversion.data)),
        )
    }
  }
}

function argumentsOf(c: BlockConstructor): readonly Codec[] {
  return c.inlined === undefined ? c.arguments : c.inlined.fields.map((f) => f.codec)
}

/** What an unboxed type has for a value: its only part. */
function unboxedPart(codec: Codec): Codec | undefined {
  if (codec.kind === 'record' && codec.layout === 'unboxed') return codec.fields[0]?.codec
  const [only] = codec.kind === 'variant' ? codec.blocks : []
  return only?.kind === 'unboxed' ? argumentsOf(only)[0] : undefined
}
