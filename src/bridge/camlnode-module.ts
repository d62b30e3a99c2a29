/**
 * The module `camlnode`, which every node has:
 *
 *     info()              #{modules, running, handles, …}; the daemon adds what the domains do not know
 *     modules()           the modules that can be called
 *     exports(Module)     [{Function, Arity, Type}], the type as OCaml prints it
 *     apply(Handle, Args) applies a function that a handle stands for
 *     apply(Handle, Method, Args)   calls a method of the object that a handle stands for
 *     give(Handle, Pid)   makes another process the owner of a handle
 *     release(Handle)     frees a handle
 *
 * The pid of a channel is a handle, too.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import { languageVersion } from '../base/language-version.ts'
import type { Domain } from '../engine/domain.ts'
import { addPauses, readPauses } from '../engine/pauses.ts'
import {
  atom,
  binary,
  encodeBare,
  int,
  isReference,
  listOf,
  mapOfAtoms,
  Tag,
  type Term,
  TermReader,
  tuple,
} from '../erlang-term-format/index.ts'
import type { CallOutcome } from '../node/dispatcher.ts'
import { applyClosure, type Enter, sendMessage } from './callee.ts'
import type { FunctionSignature } from './codec.ts'
import type { Conversions } from './conversions.ts'
import { describeTerm } from './describe-term.ts'
import type { Directory, Target } from './directory.ts'
import type { Handle, HandleName, Handles } from './handles.ts'
import type { Heap } from './heap.ts'
import { badArgument, type CallSite, refused, systemLimit, undefinedFunction } from './outcomes.ts'

/** An answer, or what to call with which arguments. */
export type OwnAnswer =
  | { readonly kind: 'outcome'; readonly outcome: CallOutcome }
  | { readonly kind: 'call'; readonly target: Target; readonly args: Uint8Array; readonly root: number }

const answer = (term: Term): OwnAnswer => ({
  kind: 'outcome',
  outcome: { kind: 'return', value: encodeBare(term) },
})
const failed = (outcome: CallOutcome): OwnAnswer => ({ kind: 'outcome', outcome })
export class OwnModule {
  private readonly domain: Domain
  private readonly heap: Heap
  private readonly directory: Directory
  private readonly handles: Handles
  private readonly conversions: Conversions

  constructor(domain: Domain, heap: Heap, directory: Directory, handles: Handles, conversions: Conversions) {
    this.domain = domain
    this.conversions = conversions
    this.heap = heap
    this.directory = directory
    this.handles = handles
  }

  /** `caller` is an encoded pid; `running`: how many calls are under way. */
  call(site: CallSite, arity: number, caller: Uint8Array, running: number): OwnAnswer {
    try {
      return this.dispatch(site, arity, caller, running)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      return failed(badArgument(site, `malformed argument list: ${error.message}`))
    }
  }

  private dispatch(site: CallSite, arity: number, caller: Uint8Array, running: number): OwnAnswer {
    switch (`${site.function}/${arity}`) {
      case 'info/0':
        return answer(this.info(running))
      case 'modules/0':
        return answer(listOf(this.directory.modules.map(atom)))
      case 'exports/1':
        return this.exports(site)
      case 'apply/2':
        return this.apply(site)
      case 'apply/3':
        return this.applyMethod(site)
      case 'give/2':
        return this.give(site, caller)
      case 'release/1':
        return this.release(site)
      default:
        return failed(undefinedFunction(site))
    }
  }

  private info(running: number): Term {
    return mapOfAtoms({
      modules: int(this.directory.modules.length),
      running: int(running),
      handles: int(this.handles.count),
      heap_words: int(this.domain.runtime.exports.heap_words() >>> 0),
      ...this.pauses(),
      ocaml: binary(languageVersion),
    })
  }

  /** How long collections have kept this domain's calls waiting. */
  private pauses(): Readonly<Record<string, Term>> {
    const { runtime } = this.domain
    const kinds = readPauses(runtime.memory.buffer, runtime.exports.pause_records())
    const { count, total, longest } = addPauses(Object.values(kinds))
    const microseconds = (seconds: number): Term => int(Math.round(seconds * 1e6))
    return {
      pauses: int(count),
      pause_total_us: microseconds(total),
      pause_longest_us: microseconds(longest),
    }
  }

  private first(site: CallSite): TermReader {
    const reader = new TermReader(site.args)
    reader.readListLength()
    return reader
  }

  private wrong(site: CallSite, expected: string, argument = 1): OwnAnswer {
    const reader = this.first(site)
    for (let i = 1; i < argument; i++) reader.skip()
    const { bytes, offset, end } = reader
    return failed(
      badArgument(
        site,
        `argument ${argument}: expected ${expected}, got ${describeTerm(bytes, offset, end)}`,
      ),
    )
  }

  private exports(site: CallSite): OwnAnswer {
    const term = this.first(site).readTerm()
    const exports = term.kind === 'atom' ? this.directory.exports(term.name) : undefined
    if (exports === undefined) return this.wrong(site, 'the name of a module')
    const rows = [...exports.functions.values()].map((f) => tuple(atom(f.name), int(f.arity), binary(f.type)))
    return answer(listOf(rows))
  }

  private give(site: CallSite, caller: Uint8Array): OwnAnswer {
    const reader = this.first(site)
    const handle = reader.readTerm()
    const start = reader.offset
    if (reader.readTerm().kind !== 'pid') return this.wrong(site, 'a pid', 2)
    const to = site.args.subarray(start, reader.offset)
    if (!isName(handle) || !this.handles.give(handle, caller, to))
      return this.wrong(site, 'a handle that the caller owns')
    return answer(atom('ok'))
  }

  private release(site: CallSite): OwnAnswer {
    const term = this.first(site).readTerm()
    if (!isName(term) || !this.handles.release(term)) return this.wrong(site, 'a handle')
    return answer(atom('ok'))
  }

  private apply(site: CallSite): OwnAnswer {
    const reader = this.first(site)
    const handle = this.readHandle(reader)
    const signature = handle?.codec.signature?.()
    if (handle === undefined || signature === undefined) return this.wrong(site, 'a handle of a function')
    // What its variables stand for is not known any more.
    if (handle.codec.key === undefined)
      return this.wrong(site, `a function without type variables (it has type ${handle.codec.type})`)
    return this.start(
      site,
      reader,
      handle,
      2,
      signature,
      (root) => (sp, args) => applyClosure(this.domain, this.heap, root, sp, args),
    )
  }

  private applyMethod(site: CallSite): OwnAnswer {
    const reader = this.first(site)
    const handle = this.readHandle(reader)
    const methods = handle?.codec.methods?.()
    if (handle === undefined || methods === undefined) return this.wrong(site, 'a handle of an object')
    if (handle.codec.key === undefined)
      return this.wrong(site, `an object without type variables (it has type ${handle.codec.type})`)
    const name = reader.readTerm()
    const signature = name.kind === 'atom' ? methods.get(name.name) : undefined
    if (name.kind !== 'atom' || signature === undefined)
      return this.wrong(site, `one of the methods ${[...methods.keys()].join(', ')}`, 2)
    if (this.conversions.needed([...signature.parameters, signature.result]))
      return failed(refused(site, 'unsupported', 'sequences and the like do not cross in calls of methods'))
    return this.start(
      site,
      reader,
      handle,
      3,
      signature,
      (root) => (sp, args) => sendMessage(this.domain, this.heap, root, name.name, sp, args),
    )
  }

  /** The call of what a handle stands for, with the list of arguments that the reader has come to. */
  private start(
    site: CallSite,
    reader: TermReader,
    handle: Handle,
    argument: number,
    signature: FunctionSignature,
    enter: (root: number) => Enter,
  ): OwnAnswer {
    const start = reader.offset
    const given = reader.peekTag() === Tag.string ? reader.readStringView().length : reader.readListLength()
    const sources = sourcesOf(signature, given)
    if (sources === undefined) {
      const cause = `argument ${argument}: expected ${signature.parameters.length} arguments, got ${given}`
      return failed(badArgument(site, cause))
    }
    this.heap.refresh()
    const root = this.domain.runtime.exports.root_create(this.heap.values[handle.root >>> 3] as bigint) >>> 0
    if (root === 0) return failed(systemLimit(site, 'heap'))
    const parameters = given === 0 ? [] : signature.parameters
    const { result } = signature
    const conversion = this.conversions.ofHandle(handle.codec.key ?? '', parameters, sources, result)
    const converted = conversion && { conversion, callee: root }
    const isSend = handle.codec.channel === 'asynchronous'
    const target = { parameters, sources, result, isSend, enter: enter(root), converted }
    return { kind: 'call', target, args: site.args.subarray(start), root }
  }

  private readHandle(reader: TermReader): Handle | undefined {
    const term = reader.readTerm()
    return isName(term) ? this.handles.find(term) : undefined
  }
}

const isName = (term: Term): term is HandleName => term.kind === 'pid' || isReference(term)

/** Which argument each parameter gets: `()` may be left out. */
function sourcesOf({ parameters }: FunctionSignature, given: number): readonly number[] | undefined {
  if (given === parameters.length) return parameters.map((_, i) => i)
  return given === 0 && parameters.length === 1 && parameters[0]?.kind === 'unit' ? [-1] : undefined
}
