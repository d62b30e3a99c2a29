/**
 * The main thread's side of one domain: starts its thread, passes calls and cancellations, delivers outcomes, restarts it
 * when it crashes.
 *
 * A call that runs longer than its limit is cancelled here, since the domain itself may be in a loop. While several
 * calls are under way, a timer interrupts the running one, so that they take turns.
 */

import { join } from 'node:path'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import type { Clock, Log } from '../base/ports.ts'
import type { HandleOrigin } from '../bridge/handles.ts'
import type { ProcessAgent } from '../bridge/process-agent.ts'
import type { ProcessEventMessage, ProcessSignal } from '../bridge/process-signals.ts'
import { interrupt } from '../codegen/layout.ts'
import { Driver } from '../engine/driver.ts'
import type { RuntimeOptions } from '../engine/runtime.ts'
import { atom, encodeBare, list, type Term, tuple } from '../erlang-term-format/index.ts'
import type { CallOutcome, RunningCall } from '../node/index.ts'
import { BusyWait } from './busy-wait.ts'
import {
  type DomainCall,
  decodeFromDomain,
  encodeToDomain,
  type FromDomain,
  type ToDomain,
} from './domain-messages.ts'
import type { DomainSettings } from './domain-settings.ts'
import type { GroupLeaders } from './group-leaders.ts'
import { packageRoot } from './library.ts'
import type { ModuleSet } from './module-set.ts'
import { Parcels } from './parcels.ts'
import { PendingCall, PendingCalls } from './pending-calls.ts'
import { newRing, RingReader, RingWriter } from './shared-ring.ts'

export interface DomainThreadOptions {
  readonly modules: ModuleSet
  readonly domain: RuntimeOptions
  readonly callTimeout: number
  readonly messageBytes: number
  readonly origin: HandleOrigin
  readonly clock: Clock
  readonly log: Log
  /** Told which processes own handles to values of the domain. */
  readonly owners?: DomainOwners | undefined
  /** Take what calls print. */
  readonly leaders?: GroupLeaders | undefined
  /** Makes what stands for the processes of the domain's OCaml code, for each of its lives. */
  readonly processes?: ((post: (message: ProcessEventMessage) => void) => ProcessAgent) | undefined
}

/** The source of a module is wrong, or its initialisation raised: what a compiler would print. */
export class ModuleError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ModuleError'
  }
}

/** What a domain's thread says while it starts. */
interface StartEvents {
  ready(): void
  failed(error: Error): void
}

/** Who watches the processes that own handles, for all domains. */
export interface DomainOwners {
  watch(domain: DomainThread, pid: Uint8Array): void
  unwatch(domain: DomainThread, pid: Uint8Array): void
  /** The domain's values are gone. */
  forget(domain: DomainThread): void
}

/** What OCaml modules print is logged with this message. */
export const outputMessage = 'output of an OCaml module'

const ringBytes = 1 << 22
/** How long a call runs before others get their turn, in milliseconds. */
const slice = 10
/** Native stack of the domain's thread: a segment of the shadow stack fits it many times over. */
const stackSizeMb = 64
/** A domain that crashes again within this time of its start is restarted only after this time. */
const restartPause = 1000
/** How long to look for the next outcome, in milliseconds. */
const watchTime = 0.03
/** What concerns the thread that may be running. */
const urgent: ReadonlySet<ProcessEventMessage['kind']> = new Set(['leader', 'kill', 'busy'])
/** Node's `queueMicrotask` makes a resource for each, which costs more than this does. */
const soon = Promise.resolve()
/** After this many messages of a domain the main thread looks at its sockets and timers. */
const messagesAtOnce = 256

export class DomainThread {
  private readonly options: DomainThreadOptions
  private worker: Worker | undefined
  private writer: RingWriter
  private parcels: Parcels
  private words: Int32Array | undefined
  private readonly calls = new PendingCalls()
  private nextId = 1
  private sliceTimer: (() => void) | undefined
  private deadlineTimer: (() => void) | undefined
  private flushing = false
  private stopping = false
  /** Others have taken its place, and its callers are still there. */
  private replaced = false
  private starts = 0
  private readonly owners: DomainOwners
  private agent: ProcessAgent | undefined
  /** Whose exported channels have their names here. */
  private servesChannelsOf: (module: string) => boolean = () => false
  /** Takes the messages of the domain that have arrived; whether there was one. */
  private takeArrived: () => boolean = () => false
  private reader: RingReader | undefined
  private watching = false
  private readonly busyWait = new BusyWait()
  private startedAt = 0

  constructor(options: DomainThreadOptions) {
    this.options = options
    this.owners = options.owners ?? { watch: () => {}, unwatch: () => {}, forget: () => {} }
    this.writer = newWriter(newRing(ringBytes))
    this.parcels = new Parcels(new MessageChannel().port1)
  }

  /** Tells it from the others of its node, in references to its values. */
  get number(): number {
    return this.options.origin.domain
  }

  /** Calls that have not ended. */
  get load(): number {
    return this.calls.size
  }

  /** Compiles the modules in a new thread. Rejects with `ModuleError`. */
  start(): Promise<void> {
    const toDomain = newRing(ringBytes)
    const fromDomain = newRing(ringBytes)
    const { clock, processes } = this.options
    this.writer.wake()
    this.writer = newWriter(toDomain)
    this.flushing = false
    const { port1, port2 } = new MessageChannel()
    this.parcels.close()
    this.parcels = new Parcels(port1)
    this.agent = processes?.((message) => this.post(message))
    this.agent?.tellNodes()
    const worker = new Worker(join(packageRoot(), 'build/daemon/domain-worker.js'), {
      workerData: this.settings(toDomain, fromDomain, port2),
      transferList: [port2],
      resourceLimits: { stackSizeMb },
    })
    this.worker = worker
    this.startedAt = clock.now()
    return new Promise((resolve, reject) =>
      this.listen(worker, fromDomain, { ready: resolve, failed: reject }),
    )
  }

  /** Handles to values of an earlier start must not stand for values of this one, so each start has its own origin. */
  private settings(
    toDomain: SharedArrayBuffer,
    fromDomain: SharedArrayBuffer,
    parcels: MessagePort,
  ): DomainSettings {
    const {
      modules: { files, texts },
      domain,
      messageBytes,
      origin,
    } = this.options
    const creation = (origin.creation + this.starts) >>> 0
    this.starts += 1
    return {
      toDomain,
      fromDomain,
      parcels,
      modules: files,
      texts,
      domain,
      messageBytes,
      origin: { ...origin, creation },
      node: this.agent?.facts,
    }
  }

  private listen(worker: Worker, fromDomain: SharedArrayBuffer, events: StartEvents): void {
    const reader = new RingReader(fromDomain)
    const { log } = this.options
    worker.on(
      'message',
      ({ memory, warnings }: { memory: SharedArrayBuffer; warnings: readonly string[] }) => {
        this.words = new Int32Array(memory)
        // Cancellations that came earlier wait in the ring for a poll.
        Driver.interrupt(this.words, interrupt.cancel)
        for (const warning of warnings) log.warn({ warning }, 'compiler warning')
      },
    )
    worker.on('error', (error) => {
      log.error({ err: error, calls: this.calls.size }, 'domain crashed')
      events.failed(error)
    })
    worker.on('exit', () => {
      // What it said last is still in the ring.
      while (this.take(reader, events)) {}
      reader.wake()
      events.failed(new Error('a domain ended before it was ready'))
      this.exited(worker)
    })
    this.reader = reader
    this.takeArrived = () => this.take(reader, events)
    void this.receive(worker, reader, events)
  }

  private async receive(worker: Worker, reader: RingReader, events: StartEvents): Promise<void> {
    while (this.worker === worker) {
      let count = 0
      while (count < messagesAtOnce && this.take(reader, events)) count += 1
      if (count === messagesAtOnce) await new Promise((resolve) => setImmediate(resolve))
      else await reader.arrival()
    }
  }

  /** Handles the next message, if there is one. */
  private take(reader: RingReader, events: StartEvents): boolean {
    const frame = reader.receive()
    if (frame === undefined) return false
    this.handle(decodeFromDomain(frame, this.parcels), events)
    return true
  }

  private handle(message: FromDomain, events: StartEvents): void {
    switch (message.kind) {
      case 'outcome':
        return this.finish(message.id, message.outcome)
      case 'output':
        return this.output(message.fd, message.leader, message.bytes)
      case 'ready':
        return events.ready()
      case 'failed':
        return events.failed(new ModuleError(message.text))
      case 'watch':
        return this.owners.watch(this, message.pid)
      case 'unwatch':
        return this.owners.unwatch(this, message.pid)
      case 'signal':
        return this.perform(message.signal)
    }
  }

  /** What a process of the domain does. */
  private perform(signal: ProcessSignal): void {
    try {
      this.agent?.perform(signal)
    } catch (error) {
      this.options.log.error({ err: error, signal: signal.kind }, 'a signal of an OCaml process failed')
    }
  }

  /** Something for a process of the domain. */
  private post(message: ProcessEventMessage): void {
    this.tell(message)
    // The thread that runs now may be concerned.
    const isUrgent = urgent.has(message.kind)
    if (isUrgent && this.words !== undefined) Driver.interrupt(this.words, interrupt.cancel)
  }

  private output(fd: number, leader: Uint8Array, bytes: Uint8Array): void {
    if (leader.length > 0 && this.options.leaders?.print(leader, bytes) === true) return
    const text = new TextDecoder().decode(bytes)
    this.options.log.info({ output: text, stream: fd === 2 ? 'stderr' : 'stdout' }, outputMessage)
  }

  // -------------------------------------------------------------------------------------------------------
  // Calls

  /** `spawned`: it is a process of its own, which may run for ever. */
  call(
    request: Omit<DomainCall, 'kind' | 'id'>,
    done: (outcome: CallOutcome) => void,
    spawned = false,
  ): Required<RunningCall> {
    if (this.stopping) return notRunning // the end of the connection will tell
    if (this.worker === undefined) {
      done(crashed)
      return notRunning
    }
    const id = this.nextId
    this.nextId = (this.nextId + 1) >>> 0
    const { clock, callTimeout } = this.options
    const deadline = spawned ? Number.POSITIVE_INFINITY : clock.now() + callTimeout
    this.calls.add(new PendingCall(id, request, done, request.leader, deadline))
    this.tell({ kind: 'call', id, ...request })
    this.watchDeadlines()
    this.schedule()
    this.watchSoon()
    return {
      cancel: () => this.cancel(id),
      setGroupLeader: (leader) => this.setLeader(id, request.process, encodeBare(leader)),
    }
  }

  /**
   * A short call ends before this thread could fall asleep and be woken, so when all that has arrived is passed on, this
   * looks for outcomes for a moment.
   */
  private watchSoon(): void {
    if (this.watching || !this.busyWait.isWorthIt()) return
    this.watching = true
    if (this.reader !== undefined) this.reader.asleep = false
    void soon.then(this.watch)
  }

  private readonly watch = (): void => {
    const { clock } = this.options
    let end = clock.now() + watchTime
    let count = 0
    while (this.calls.size > 0 && count < messagesAtOnce && clock.now() < end) {
      if (!this.takeArrived()) continue
      count += 1
      end = clock.now() + watchTime
    }
    this.busyWait.tell(count > 0)
    this.watching = false
    if (this.reader === undefined) return
    this.reader.asleep = true
    if (!this.reader.empty) this.reader.wake()
  }

  /** From now on the channels that these modules export have their names; also after a crash. */
  serveChannels(isOurs: (module: string) => boolean): void {
    this.servesChannelsOf = isOurs
    this.agent?.channels.serve(isOurs)
  }

  /** Whether the process with this number stands for a channel of this domain. */
  hasChannel(process: number): boolean {
    return this.agent?.channels.has(process) === true
  }

  private tell(message: ToDomain): void {
    this.writer.send(...encodeToDomain(message, this.parcels))
    this.flushLater()
  }

  /** Goes on writing when the ring was full. */
  private flushLater(): void {
    if (this.writer.empty || this.flushing) return
    this.flushing = true
    const { writer } = this
    void writer.room().then(() => {
      // After a restart the old ring is of no interest.
      if (writer !== this.writer) return
      this.flushing = false
      writer.flush()
      this.flushLater()
    })
  }

  private finish(id: number, outcome: CallOutcome): void {
    const call = this.calls.take(id)
    if (call === undefined) return
    const { leaders } = this.options
    // What it has printed is there before it ends.
    if (leaders === undefined || call.leader.length === 0) this.answer(call, outcome)
    else leaders.whenIdle(call.leader, () => this.answer(call, outcome))
  }

  /** An answer that cannot be sent is a bug of ours, which must not end the delivery of the others. */
  private answer(call: PendingCall, outcome: CallOutcome): void {
    try {
      call.done(outcome)
    } catch (error) {
      this.options.log.error({ err: error }, 'the outcome of a call could not be delivered')
    }
  }

  /** Nobody waits for the call any more. */
  private cancel(id: number): void {
    if (this.calls.take(id) === undefined) return
    this.tell({ kind: 'cancel', id })
    if (this.words !== undefined) Driver.interrupt(this.words, interrupt.cancel)
  }

  /** What a call has printed before is awaited like what it prints from now on. */
  private setLeader(id: number, process: number, leader: Uint8Array): void {
    const call = this.calls.get(id)
    const { leaders } = this.options
    if (call === undefined || leaders === undefined) return
    const { leader: before, done } = call
    if (before.length > 0) call.done = (outcome) => leaders.whenIdle(before, () => done(outcome))
    call.leader = leader
    this.post({ kind: 'leader', process, payload: leader })
  }

  /** A process that owned handles is gone. */
  ownerDied(pid: Uint8Array): void {
    if (this.worker === undefined) return
    this.tell({ kind: 'died', pid })
  }

  /** One timer for all calls: they have the same limit, so the oldest ends first. */
  private watchDeadlines(): void {
    if (this.deadlineTimer !== undefined) return
    const { firstToEnd } = this.calls
    if (firstToEnd === undefined) return
    const { clock } = this.options
    this.deadlineTimer = clock.after(Math.max(1, firstToEnd.deadline - clock.now()), () => {
      this.deadlineTimer = undefined
      this.endLateCalls()
      this.watchDeadlines()
    })
  }

  private endLateCalls(): void {
    const { clock, callTimeout, log } = this.options
    const now = clock.now()
    for (let call = this.calls.firstToEnd; call !== undefined; call = this.calls.firstToEnd) {
      if (call.deadline > now) return
      this.cancel(call.id)
      log.warn({ ...call.target, limit: callTimeout }, 'a call ran longer than limits.call_timeout')
      this.answer(call, systemLimit('call_timeout'))
    }
  }

  private schedule(): void {
    if (this.sliceTimer !== undefined || this.calls.size < 2) return
    this.sliceTimer = this.options.clock.after(slice, () => {
      this.sliceTimer = undefined
      if (this.calls.size >= 2 && this.words !== undefined) Driver.interrupt(this.words, interrupt.preempt)
      this.schedule()
    })
  }

  // -------------------------------------------------------------------------------------------------------
  // Ends

  /** Lets running calls end within `grace` milliseconds, then stops the thread. */
  async stop(grace: number): Promise<void> {
    this.stopping = true
    const { worker } = this
    if (worker === undefined) return
    const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
    this.tell({ kind: 'finish' })
    const stopTimer = this.options.clock.after(grace, () => void worker.terminate())
    await exited
    stopTimer()
  }

  /** As `stop`, for a domain in whose place there are others now: calls that are cut off get an error. */
  retire(grace: number): Promise<void> {
    this.replaced = true
    this.agent?.channels.retire()
    return this.stop(grace)
  }

  private exited(worker: Worker): void {
    if (this.worker !== worker) return
    this.worker = undefined
    this.words = undefined
    this.agent?.stop(this.stopping ? shutdown : crashedReason)
    this.agent = undefined
    this.owners.forget(this)
    const calls = this.calls.takeAll()
    if (this.stopping && !this.replaced) return
    for (const call of calls) this.answer(call, crashed)
    if (this.stopping) return
    const age = this.options.clock.now() - this.startedAt
    this.options.clock.after(age < restartPause ? restartPause : 0, () => this.restart())
  }

  private restart(): void {
    if (this.stopping) return
    this.options.log.warn({}, 'restarting the domain')
    this.start().then(
      () => this.agent?.channels.serve(this.servesChannelsOf),
      (error: unknown) => this.options.log.error({ err: error }, 'the domain cannot be restarted'),
    )
  }
}

/** Waking takes longer than passing on a call, so it waits until all that has arrived is passed on. */
function newWriter(ring: SharedArrayBuffer): RingWriter {
  return new RingWriter(ring, (wake) => void soon.then(wake))
}

/** `error:{system_limit, Which}`: the call was ended by a limit of the configuration. */
export function systemLimit(which: string): CallOutcome {
  return raised(tuple(atom('system_limit'), atom(which)))
}

const notRunning = { cancel: () => {}, setGroupLeader: () => {} }
const crashed = raised(atom('camlnode_domain_crashed'))
const crashedReason = encodeBare(atom('camlnode_domain_crashed'))
const shutdown = encodeBare(atom('shutdown'))

function raised(reason: Term): CallOutcome {
  return { kind: 'raise', class: 'error', reason: encodeBare(reason), stack: encodeBare(list()) }
}
