/**
 * Calls from outside into one domain: still-encoded arguments in, encoded outcomes out.
 *
 *     submit ─▶ find the function ─▶ green thread: check, build, enter … ─▶ ended: encode ─▶ onOutcome
 *
 * A call's arguments are checked and built when its thread starts, in one go with the entry of the function, so nothing
 * collects while only the host knows their values. Its result is encoded from the control word that holds it, before anything else runs.
 */

import { Crash, ProtocolError } from '../base/diagnostic.ts'
import { NumberTable } from '../base/number-table.ts'
import type { Domain, GreenThread, Place, ThreadEnd } from '../engine/domain.ts'
import type { LinkedUnit } from '../engine/linker.ts'
import { Tag, TermCursor } from '../erlang-term-format/index.ts'
import type { CallOutcome } from '../node/dispatcher.ts'
import type { Signature } from '../typing/types.ts'
import { Builder } from './build.ts'
import { OwnModule } from './camlnode-module.ts'
import { Checker, Mismatch } from './check.ts'
import { borderUnit, Conversions, tooLong } from './conversions.ts'
import { type ConvertedTarget, Directory, type LoadedUnit, ownModule, type Target } from './directory.ts'
import { Encoder, TooLarge, Unencodable } from './encode.ts'
import { ExceptionPayloads } from './exception-payloads.ts'
import { ExceptionEncoder } from './exceptions.ts'
import { borderEnv } from './exports.ts'
import { provideFunCalls } from './fun-calls.ts'
import { FunClosures } from './fun-closures.ts'
import { type HandleOrigin, Handles } from './handles.ts'
import { Heap } from './heap.ts'
import { type HashFunction, LibraryBuilder } from './library-builder.ts'
import {
  badArgument,
  type CallSite,
  exception,
  exited,
  refused,
  systemLimit,
  undefinedFunction,
} from './outcomes.ts'
import { exitReasonOf, type Raised } from './raised.ts'
import { keyOf } from './request-arguments.ts'
import { type HeapLimit, SendGate } from './send-gate.ts'
import { SendLines } from './send-lines.ts'
import { spreadCodes } from './spread-codes.ts'

/** A call as it arrives. `args` and `caller` must not change until the call has ended. */
export interface CallSubmission extends CallSite {
  /** Whether the memory of `args` has no other user, so that it can serve for something else when the call has ended. */
  readonly ownsArgs?: boolean
  /** The encoded pid of the caller. */
  readonly caller: Uint8Array
  /** The number of the call's process on the node, 0 for none. */
  readonly process?: number
  /** Who gets what the call prints, encoded; nothing: nobody asked. */
  readonly leader?: Uint8Array
}

/** The units of the program and of the library. */
export interface UnitLibrary {
  interfaceOf(unit: string): Signature | undefined
  /** Links a unit of the library, if that has not been done. */
  load(unit: string): LinkedUnit
}

export interface CallLimits {
  /** How many bytes an answer may have. */
  readonly message: number
  /** Of the domain; without it messages to channels are not held back. */
  readonly heap?: HeapLimit
}

/** What a stack without OCaml places names. */
const spawned: CallSite = { module: 'erlang', function: 'spawn', args: Uint8Array.of(Tag.nil) }

/** How long sends are held back that wait for room in the heap before it is looked at again, in milliseconds. */
const heldPause = 20

/** How many places of an OCaml backtrace go into a stack. */
const longestBacktrace = 32

/** A call under way. */
class Call {
  readonly id: number
  readonly site: CallSubmission
  readonly target: Target
  /** A root that lives as long as the call, 0 for none. */
  readonly root: number
  thread: GreenThread | undefined
  /** Set when it has ended before OCaml code was entered. */
  outcome: CallOutcome | undefined

  constructor(id: number, site: CallSubmission, target: Target, root: number) {
    this.id = id
    this.site = site
    this.target = target
    this.root = root
  }
}

export class CallServer {
  readonly domain: Domain
  readonly directory: Directory
  readonly handles: Handles
  /** Called once for each call that is not cancelled, with bytes that are valid until it returns. */
  onOutcome: (id: number, outcome: CallOutcome) => void = () => {}
  /** Told which thread a call is. */
  onCallStart: (thread: number, call: CallSubmission) => void = () => {}
  private readonly heap: Heap
  private readonly checker: Checker
  private readonly builder: Builder
  private readonly encoder: Encoder
  private readonly exceptions: ExceptionEncoder
  private readonly own: OwnModule
  private readonly conversions: Conversions
  private readonly funs: FunClosures
  private readonly calls = new NumberTable<Call>()
  private readonly sends: SendLines<Call>
  private readonly head = new TermCursor(new Uint8Array(0))
  /** Arrays for arguments, by their length. */
  private readonly argumentArrays: bigint[][] = []

  /**
   * `units` are those that can be called, `origin` tells what references to handles are made of. Throws `BorderError`.
   */
  constructor(
    domain: Domain,
    { interfaceOf, load }: UnitLibrary,
    units: readonly LoadedUnit[],
    limits: CallLimits,
    origin: () => HandleOrigin = () => ({ node: 'nonode@nohost', creation: 0, domain: 0 }),
  ) {
    const { exports } = domain.runtime
    const env = borderEnv((unit) => interfaceOf(unit))
    this.domain = domain
    this.heap = new Heap(domain.runtime)
    this.handles = new Handles(exports, origin)
    const hash = (exports as unknown as { caml_hash: HashFunction }).caml_hash
    const library = new LibraryBuilder(this.heap, hash)
    this.conversions = new Conversions(
      domain,
      this.heap,
      env,
      () => load(borderUnit),
      library,
      limits.message,
    )
    this.funs = new FunClosures(this.heap, env, load, this.conversions)
    const payloads = new ExceptionPayloads(domain, env, this.heap)
    this.checker = new Checker(this.handles, this.funs, payloads)
    this.builder = new Builder(this.heap, this.handles, library, this.funs, payloads)
    this.encoder = new Encoder(this.heap, this.handles, limits.message, this.funs)
    const { heap, checker, builder, encoder, conversions, funs } = this
    provideFunCalls({ domain, heap, checker, builder, encoder, conversions, funs })
    this.directory = new Directory(domain, this.heap, env, units, this.conversions, this.funs)
    this.exceptions = new ExceptionEncoder(this.heap, this.encoder, payloads)
    this.own = new OwnModule(domain, this.heap, this.directory, this.handles, this.conversions)
    const gate = new SendGate(domain, limits.heap)
    this.sends = new SendLines({
      get isOpen() {
        return gate.isOpen
      },
      opens: () => gate.opens(),
      start: (call) => this.startSend(call),
    })
    domain.runtime.setControl('backtraceOn', 1)
  }

  get running(): number {
    return this.calls.size
  }

  /** Whether nobody waits for it: messages to channels that have no room to come in are no reason to go on. */
  get isIdle(): boolean {
    return this.calls.size === this.sends.waiting
  }

  /** Starts a call, or answers it at once. `id` is the caller's number for it, unique among those under way. */
  submit(id: number, site: CallSubmission): void {
    const arity = this.arity(site.args)
    if (arity < 0) return this.onOutcome(id, badArgument(site, 'malformed argument list'))
    if (site.module === ownModule) return this.submitOwn(id, site, arity)
    const target = this.directory.find(site.module, site.function, arity)
    if (target !== undefined) return this.start(new Call(id, site, target, 0))
    const refusal = this.directory.refusal(site.module, site.function)
    this.onOutcome(
      id,
      refusal === undefined ? undefinedFunction(site) : refused(site, 'unsupported', refusal.reason),
    )
  }

  private submitOwn(id: number, site: CallSubmission, arity: number): void {
    const answer = this.own.call(site, arity, site.caller, this.running)
    if (answer.kind === 'outcome') this.onOutcome(id, answer.outcome)
    else this.start(new Call(id, { ...site, args: answer.args }, answer.target, answer.root))
  }

  cancel(id: number): void {
    const call = this.calls.get(id)
    if (call?.thread !== undefined) this.domain.cancel(call.thread)
    else if (call !== undefined) this.cancelSend(call)
  }

  private cancelSend(call: Call): void {
    this.sends.cancelled()
    this.ended(call, 'cancelled')
  }

  /** Runs one call for a while; false if there is none. */
  step(): boolean {
    this.sends.letIn()
    this.domain.step()
    return this.domain.busy
  }

  /** How long to wait at most before the next step, in milliseconds, when nothing comes. */
  get pause(): number | undefined {
    return this.sends.areHeld ? heldPause : undefined
  }

  /** How many elements an encoded list has; -1 if it is no proper list with one header. */
  private arity(args: Uint8Array): number {
    const { head } = this
    head.reset(args)
    try {
      return head.peekTag() === Tag.string ? head.readStringView().length : head.readListLength()
    } catch (error) {
      if (error instanceof ProtocolError) return -1
      throw error
    }
  }

  private start(call: Call): void {
    this.calls.set(call.id, call)
    if (call.target.isSend) this.sends.add(keyOf(call.site.caller), call)
    else this.launch(call)
  }

  /** False: the call has been cancelled. */
  private startSend(call: Call): boolean {
    const isWanted = this.calls.get(call.id) === call
    if (isWanted) this.launch(call)
    return isWanted
  }

  private launch(call: Call): void {
    call.thread = this.domain.spawn(
      (sp) => this.enter(call, sp),
      (end) => this.ended(call, end),
      nodeOf(call.site.caller),
    )
    this.onCallStart(call.thread.id, call.site)
  }

  // -------------------------------------------------------------------------------------------------------
  // In the call's thread

  /** The thread's first frame: builds the arguments and enters the function. 0: it unwinds. */
  private enter(call: Call, sp: number): bigint {
    const { target, site } = call
    const { checker, heap } = this
    this.funs.giver = site.caller
    this.openArguments(site.args)
    const { bytes, offset } = checker.cursor
    const outcome = this.check(target, site)
    if (outcome !== undefined) {
      call.outcome = outcome
      return 1n
    }
    if (target.converted !== undefined) return this.enterConverted(target, target.converted, offset, sp)
    if (!heap.reserve(sp, checker.words, checker.largest)) return 0n
    // The argument area is above all frames, where the function's own frame will be.
    this.builder.arguments(target.parameters, bytes, offset, checker.tape, sp)
    return target.enter(sp, this.argumentsAt(sp, target.sources))
  }

  /** As `enter` does, with the arguments in a block. The plan is made first, since that uses the heap's room. */
  private enterConverted(
    { parameters }: Target,
    { conversion, callee }: ConvertedTarget,
    offset: number,
    sp: number,
  ): bigint {
    const { checker, heap, conversions, builder } = this
    const count = parameters.length
    if (!conversions.prepare(conversion, sp)) return 0n
    const room = checker.words + (count === 0 ? 0 : count + 1)
    if (!heap.reserve(sp, room, Math.max(checker.largest, count))) return 0n
    const given = count === 0 ? heap.atom(0) : heap.take(count, 0)
    builder.arguments(parameters, checker.cursor.bytes, offset, checker.tape, given)
    return conversions.enter(conversion, callee, given, sp)
  }

  /** Puts the checker at the first argument. */
  private openArguments(args: Uint8Array): void {
    const { checker } = this
    checker.start(args)
    if (checker.cursor.peekTag() === Tag.string) checker.start(spreadCodes(checker.cursor.readStringView()))
    else checker.cursor.readListLength()
  }

  private check(target: Target, site: CallSite): CallOutcome | undefined {
    const { checker } = this
    try {
      checker.arguments(target.parameters)
      if (site.args[0] === Tag.list && checker.cursor.readListTail() !== 0)
        return badArgument(site, 'malformed argument list')
      return undefined
    } catch (error) {
      if (error instanceof Mismatch) return badArgument(site, error.message)
      if (error instanceof ProtocolError)
        return badArgument(site, `malformed argument list: ${error.message}`)
      throw error
    }
  }

  /** The words to pass: built arguments from `area` on, and `()` or None for those that are not given. */
  private argumentsAt(area: number, sources: readonly number[]): readonly bigint[] {
    const { values } = this.heap
    const args = (this.argumentArrays[sources.length] ??= sources.map(() => 1n))
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i] as number
      args[i] = source < 0 ? 1n : (values[(area >>> 3) + source] as bigint)
    }
    return args
  }

  // -------------------------------------------------------------------------------------------------------
  // The end

  private ended(call: Call, end: ThreadEnd): void {
    this.calls.delete(call.id)
    if (call.root !== 0) this.domain.runtime.exports.root_delete(call.root)
    if (end !== 'cancelled') this.onOutcome(call.id, call.outcome ?? this.outcome(call, end))
    if (call.site.ownsArgs === true) this.encoder.reuse(call.site.args)
    if (call.target.isSend && call.thread !== undefined) this.sends.ended(keyOf(call.site.caller))
  }

  private outcome(call: Call, end: Exclude<ThreadEnd, 'cancelled'>): CallOutcome {
    switch (end) {
      case 'value':
        return this.value(call)
      case 'exception':
        return this.exception(call)
      case 'limit':
      case 'out-of-memory':
        return systemLimit(call.site, 'heap')
      case 'exit':
        return exited(call.site, this.domain.exitStatus ?? 0)
      case 'deadlock':
        throw new Crash('a call has no end of its own kind')
    }
  }

  private value({ site, target }: Call): CallOutcome {
    const { encoder } = this
    try {
      encoder.start('result', site.caller)
      encoder.encode(target.result, Heap.resultSlot)
      return { kind: 'return', ...encoder.written() }
    } catch (error) {
      encoder.abandon()
      if (error instanceof Unencodable) return refused(site, 'bad_return_value', error.message)
      if (error instanceof TooLarge) return systemLimit(site, error.limit)
      throw error
    }
  }

  private exception({ site }: Call): Raised {
    if (this.exceptions.name === tooLong) return systemLimit(site, 'message')
    return this.exceptionOf(site, site.caller)
  }

  /** The exception that has just ended a thread; handles in it are `owner`'s. */
  private exceptionOf(site: CallSite, owner: Uint8Array): Raised {
    const places = outsideBorder(this.domain.backtrace(longestBacktrace))
    const raised = this.exceptions.raised(owner)
    if (raised !== undefined && raised.stack[0] !== Tag.nil) return { kind: 'raise', ...raised }
    if (raised === undefined) this.exceptions.encode(owner)
    const reason = raised?.reason ?? this.encoder.writer.finish()
    const outcome = exception(site, reason, places, this.directory.arityOf)
    return { ...outcome, class: raised?.class ?? 'error' }
  }

  /** The reason with which the process ends whose thread has just ended with an exception. */
  endOfProcess(pid: Uint8Array): Uint8Array {
    return exitReasonOf(this.exceptionOf(spawned, pid))
  }
}

/** What tells the callers of one node: the start of their encoded pids, up to the number. */
function nodeOf(pid: Uint8Array): string {
  return Buffer.from(pid.buffer, pid.byteOffset, Math.max(0, pid.length - 12)).toString('latin1')
}

/** A stack without the frames that convert, which are outermost. */
function outsideBorder(places: readonly Place[]): readonly Place[] {
  const end = places.findIndex((p) => p.unit === borderUnit)
  return end < 0 ? places : places.slice(0, end)
}
