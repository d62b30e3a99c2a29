/**
 * Makes a process of a SPAWN_REQUEST: `spawn`, `spawn_link`, `spawn_monitor`, `spawn_opt` and `spawn_request` of a
 * function that the dispatcher knows. (Those of `erpc` are mostly taken before, in `erpc.ts`.)
 *
 *     31 {31, ReqId, Caller, Flags, Pid | Atom}     at once; the atom is `badopt`
 *     then the process runs, and ends as an Erlang process would:
 *         returned        normal
 *         error R         {R, Stack}; also undef, of a function that is not there
 *         throw T         {{nocatch, T}, Stack}
 *         exit R          R
 *
 * An exit signal, or `kill`, ends it and cancels what runs. Messages wait until what runs asks for its `self`: then it
 * is a process with a behaviour of its own (`becomeSpawned`). `erlang:apply` of an exported fun,
 * or of module, function and arguments, is seen through.
 *
 * Reference: `spawn_request/5` of ERTS; its option `reply` never gets here, and that of a monitor's alias is the
 * caller's affair.
 */

import {
  decodeBare,
  encodeBare,
  formatTerm,
  isAtom,
  isTuple,
  type List,
  type Pid,
  type Term,
  TermReader,
} from '../../erlang-term-format/index.ts'
import { SPAWN_REPLY_FLAG, type SpawnRequest } from '../control.ts'
import type { CallOutcome, CallRequest, Dispatcher, RunningCall } from '../dispatcher.ts'
import { ATOM, encodedAtom, encodedTuple } from '../encoded.ts'
import { isListTag } from '../gen-call.ts'
import type { Behaviour, LocalProcess, ProcessEvent, Via } from '../process.ts'
import { numberOf, type ServiceHost } from '../service-host.ts'
import { reasonOf } from './erpc-call.ts'

const nocatch = encodedAtom('nocatch')
const badarg = encodedAtom('badarg')
const nil = Uint8Array.of(106)
/** Characters of a reason, or of a stack, in the log. */
const longestShown = 500

/** What is to run, and what its end is told as. */
interface Work {
  readonly module: string
  readonly function: string
  readonly args: Uint8Array
  readonly reason: (outcome: CallOutcome) => Uint8Array
}

export function spawnFor(
  host: ServiceHost,
  dispatcher: Dispatcher,
  request: SpawnRequest,
  args: Uint8Array,
  via: Via,
): void {
  const { from: to, reference } = request
  const reply = { kind: 'spawnReply', reference, to, token: null } as const
  const flags = flagsOf(request.options)
  if (flags === null) {
    host.route(to.node, { ...reply, flags: 0, result: { kind: 'atom', name: 'badopt' } }, null)
    return
  }
  const spawned = new Spawned(host, request)
  spawned.relate(flags, via)
  host.route(to.node, { ...reply, flags, result: spawned.pid }, null)
  spawned.run(dispatcher, args)
}

/** Those whose messages wait. */
const waiting = new WeakMap<LocalProcess, Spawned>()

/** Gives a spawned process its behaviour, and the messages that have come for it. */
export function becomeSpawned(process: LocalProcess, behaviour: Behaviour): LocalProcess {
  process.become(behaviour)
  const early = waiting.get(process)?.takeEarly() ?? []
  waiting.delete(process)
  queueMicrotask(() => {
    for (const event of early) behaviour.event(event)
  })
  return process
}

class Spawned {
  private readonly host: ServiceHost
  private readonly request: SpawnRequest
  private readonly process: LocalProcess
  private running: RunningCall | null = null
  private early: ProcessEvent[] = []
  private earlyBytes = 0

  constructor(host: ServiceHost, request: SpawnRequest) {
    this.host = host
    this.request = request
    this.process = host.spawn({
      event: (event) => {
        if (event.kind === 'ended') this.running?.cancel()
        else if (event.kind === 'groupLeader') this.running?.setGroupLeader?.(event.leader)
        else if (event.kind === 'message') this.keep(event)
      },
    })
    this.process.groupLeader = request.groupLeader
    waiting.set(this.process, this)
  }

  /** What runs may never ask for its messages, so they are bounded. */
  private keep(event: ProcessEvent & { readonly kind: 'message' }): void {
    this.earlyBytes += event.payload.length + 256
    if (this.earlyBytes <= this.host.settings.queueLimit) this.early.push(event)
  }

  takeEarly(): readonly ProcessEvent[] {
    const { early } = this
    this.early = []
    return early
  }

  get pid(): Pid {
    return this.process.pid
  }

  /** What the caller has asked for, as if it had linked and monitored by itself. */
  relate(flags: number, via: Via): void {
    const { from, reference } = this.request
    if ((flags & SPAWN_REPLY_FLAG.LINK) !== 0) {
      this.process.receive({ kind: 'link', from, to: this.pid }, null, via)
    }
    if ((flags & SPAWN_REPLY_FLAG.MONITOR) !== 0) {
      this.process.receive({ kind: 'monitor', from, target: this.pid, reference }, null, via)
    }
  }

  run(dispatcher: Dispatcher, args: Uint8Array): void {
    const work = workOf(this.request, args)
    if (work === null) {
      this.process.exit(encodedTuple(badarg, nil))
      return
    }
    const running = dispatcher.call(this.call(work), (outcome) => this.end(work, outcome))
    if (this.process.isAlive) this.running = running
  }

  private call({ module, function: name, args }: Work): CallRequest {
    const { process } = this
    const { from } = this.request
    return {
      module,
      function: name,
      args,
      caller: encodeBare(from),
      peer: from.node,
      process: numberOf(process.pid),
      spawned: true,
      async: false,
      get groupLeader() {
        return process.groupLeader && encodeBare(process.groupLeader)
      },
    }
  }

  private end({ module, function: name, reason }: Work, outcome: CallOutcome): void {
    if (!this.process.isAlive) return
    this.running = null
    if (outcome.kind === 'raise' && outcome.class !== 'exit') {
      const [why, stack] = [outcome.reason, outcome.stack].map(shown)
      this.host.log.warn(
        { from: this.request.from.node, spawned: `${module}:${name}`, reason: why, stack },
        'a process has failed',
      )
    }
    this.process.exit(reason(outcome))
  }
}

/** A term, encoded, as a line of the log has it. */
function shown(term: Uint8Array): string {
  return formatTerm(decodeBare(term), { limit: longestShown })
}

/** As an Erlang process ends. */
function exitReason(outcome: CallOutcome): Uint8Array {
  if (outcome.kind === 'return') return ATOM.normal
  switch (outcome.class) {
    case 'exit':
      return outcome.reason
    case 'error':
      return encodedTuple(outcome.reason, outcome.stack)
    case 'throw':
      return encodedTuple(encodedTuple(nocatch, outcome.reason), outcome.stack)
  }
}

function workOf({ module, function: name, arity }: SpawnRequest, args: Uint8Array): Work | null {
  if (!isListTag(args[0])) return null
  if (module === 'erlang' && name === 'apply') return applied(args)
  if (module === 'erpc' && name === 'execute_call' && arity === 4) return erpcCall(args)
  if (module === 'erpc' && name === 'execute_cast' && arity === 3) return erpcCast(args)
  return { module, function: name, args, reason: exitReason }
}

/** `apply(fun M:F/A, Args)` and `apply(M, F, Args)`; of any other fun it stays what it is: undefined here. */
function applied(args: Uint8Array): Work {
  const [first, second, third] = elementsOf(args)
  if (first?.kind === 'export' && second?.kind === 'list') {
    return { module: first.module, function: first.function, args: encodeBare(second), reason: exitReason }
  }
  if (first?.kind === 'atom' && second?.kind === 'atom' && third?.kind === 'list') {
    return { module: first.name, function: second.name, args: encodeBare(third), reason: exitReason }
  }
  return { module: 'erlang', function: 'apply', args, reason: exitReason }
}

/** `[Res, M, F, A]`: the outcome is in the reason, behind Res. */
function erpcCall(args: Uint8Array): Work | null {
  const [result, module, name, list] = elementsOf(args)
  if (result === undefined || module?.kind !== 'atom' || name?.kind !== 'atom' || list?.kind !== 'list')
    return null
  const encoded = encodeBare(result)
  const reason = (outcome: CallOutcome) => encodedTuple(...reasonOf(encoded, outcome))
  return { module: module.name, function: name.name, args: encodeBare(list), reason }
}

/** `[M, F, A]`. */
function erpcCast(args: Uint8Array): Work | null {
  const [module, name, list] = elementsOf(args)
  if (module?.kind !== 'atom' || name?.kind !== 'atom' || list?.kind !== 'list') return null
  return { module: module.name, function: name.name, args: encodeBare(list), reason: () => ATOM.normal }
}

function elementsOf(args: Uint8Array): readonly Term[] {
  const reader = new TermReader(args)
  return (reader.readTerm() as List).elements
}

const accepted: ReadonlySet<string> = new Set([
  'priority',
  'fullsweep_after',
  'min_heap_size',
  'min_bin_vheap_size',
  'max_heap_size',
  'message_queue_data',
  'async_dist',
])

/** `SPAWN_REPLY_FLAG`s; null: an option that nobody knows. Those about memory and priority mean nothing here. */
function flagsOf(options: Term): number | null {
  if (options.kind !== 'list' || options.tail !== null) return null
  let flags = 0
  for (const option of options.elements) {
    const flag = flagOf(option)
    if (flag === null) return null
    flags |= flag
  }
  return flags
}

function flagOf(option: Term): number | null {
  if (isAtom(option, 'link')) return SPAWN_REPLY_FLAG.LINK
  if (isAtom(option, 'monitor')) return SPAWN_REPLY_FLAG.MONITOR
  const name = isTuple(option, 2) ? option.elements[0] : undefined
  if (name === undefined || name.kind !== 'atom') return null
  if (name.name === 'monitor') return SPAWN_REPLY_FLAG.MONITOR
  return accepted.has(name.name) ? 0 : null
}
