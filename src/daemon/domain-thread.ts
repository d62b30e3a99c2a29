/**
 * The main thread's side of one domain: starts its thread, passes calls and cancellations, delivers outcomes, restarts it
 * when it crashes.
 *
 * A call that runs longer than its limit is cancelled here, since the domain itself may be in a loop. While several
 * calls are under way, a timer interrupts the running one, so that they take turns.
 */

import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Clock, Log } from '../base/ports.ts'
import type { HandleOrigin } from '../bridge/handles.ts'
import { interrupt } from '../codegen/layout.ts'
import { Driver } from '../engine/driver.ts'
import type { RuntimeOptions } from '../engine/runtime.ts'
import { atom, encodeBare, list, type Term, tuple } from '../erlang-term-format/index.ts'
import type { CallOutcome } from '../node/index.ts'
import { type DomainCall, decodeFromDomain, encodeToDomain } from './domain-messages.ts'
import type { DomainSettings } from './domain-settings.ts'
import { packageRoot } from './library.ts'
import { newRing, RingReader, RingWriter } from './shared-ring.ts'

export interface DomainThreadOptions {
  readonly modules: readonly string[]
  readonly domain: RuntimeOptions
  readonly callTimeout: number
  readonly messageBytes: number
  readonly origin: HandleOrigin
  readonly clock: Clock
  readonly log: Log
}

/** The source of a module is wrong, or its initialisation raised: what a compiler would print. */
export class ModuleError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ModuleError'
  }
}

interface PendingCall {
  readonly done: (outcome: CallOutcome) => void
  readonly stopTimer: () => void
}

const ringBytes = 1 << 20
/** How long a call runs before others get their turn, in milliseconds. */
const slice = 10
/** Native stack of the domain's thread: a segment of the shadow stack fits it many times over. */
const stackSizeMb = 64
/** A domain that crashes again within this time of its start is restarted only after this time. */
const restartPause = 1000

export class DomainThread {
  private readonly options: DomainThreadOptions
  private worker: Worker | undefined
  private writer: RingWriter
  private words: Int32Array | undefined
  private readonly calls = new Map<number, PendingCall>()
  private nextId = 1
  private sliceTimer: (() => void) | undefined
  private stopping = false
  private startedAt = 0

  constructor(options: DomainThreadOptions) {
    this.options = options
    this.writer = new RingWriter(newRing(ringBytes))
  }

  /** Calls that have not ended. */
  get load(): number {
    return this.calls.size
  }

  /** Compiles the modules in a new thread. Rejects with `ModuleError`. */
  start(): Promise<void> {
    const toDomain = newRing(ringBytes)
    const fromDomain = newRing(ringBytes)
    const { modules, domain, messageBytes } = this.options
    const { origin } = this.options
    const settings: DomainSettings = { toDomain, fromDomain, modules, domain, messageBytes, origin }
    const worker = new Worker(join(packageRoot(), 'build/daemon/domain-worker.js'), {
      workerData: settings,
      resourceLimits: { stackSizeMb },
    })
    this.worker = worker
    this.writer = new RingWriter(toDomain)
    this.startedAt = this.options.clock.now()
    return new Promise((resolve, reject) => {
      let ready = false
      worker.on(
        'message',
        ({ memory, warnings }: { memory: SharedArrayBuffer; warnings: readonly string[] }) => {
          this.words = new Int32Array(memory)
          for (const warning of warnings) this.options.log.warn({ warning }, 'compiler warning')
        },
      )
      worker.on('error', (error) => {
        this.options.log.error({ err: error, calls: this.calls.size }, 'domain crashed')
        if (!ready) reject(error)
      })
      worker.on('exit', () => this.exited(worker))
      void this.receive(worker, new RingReader(fromDomain), {
        ready: () => {
          ready = true
          resolve()
        },
        failed: (text) => reject(new ModuleError(text)),
      })
    })
  }

  private async receive(
    worker: Worker,
    reader: RingReader,
    events: { ready(): void; failed(text: string): void },
  ): Promise<void> {
    while (this.worker === worker) {
      for (let frame = reader.receive(); frame !== undefined; frame = reader.receive()) {
        const message = decodeFromDomain(frame)
        if (message.kind === 'outcome') this.finish(message.id, message.outcome)
        else if (message.kind === 'output') this.output(message.fd, message.bytes)
        else if (message.kind === 'ready') events.ready()
        else events.failed(message.text)
      }
      await reader.arrival()
    }
  }

  private output(fd: number, bytes: Uint8Array): void {
    const text = new TextDecoder().decode(bytes)
    this.options.log.info(
      { output: text, stream: fd === 2 ? 'stderr' : 'stdout' },
      'output of an OCaml module',
    )
  }

  // -------------------------------------------------------------------------------------------------------
  // Calls

  call(request: Omit<DomainCall, 'kind' | 'id'>, done: (outcome: CallOutcome) => void): { cancel(): void } {
    const id = this.nextId
    this.nextId = (this.nextId + 1) >>> 0
    const stopTimer = this.options.clock.after(this.options.callTimeout, () => this.timedOut(id))
    this.calls.set(id, { done, stopTimer })
    this.writer.send(encodeToDomain({ kind: 'call', id, ...request }))
    this.flushLater()
    this.schedule()
    return { cancel: () => this.cancel(id) }
  }

  private flushing = false
  /** Goes on writing when the ring was full. */
  private flushLater(): void {
    if (this.writer.empty || this.flushing) return
    this.flushing = true
    const { writer } = this
    void writer.room().then(() => {
      this.flushing = false
      writer.flush()
      this.flushLater()
    })
  }

  private finish(id: number, outcome: CallOutcome): void {
    const call = this.calls.get(id)
    if (call === undefined) return
    this.calls.delete(id)
    call.stopTimer()
    call.done(outcome)
  }

  /** Nobody waits for the call any more. */
  private cancel(id: number): void {
    const call = this.calls.get(id)
    if (call === undefined) return
    this.calls.delete(id)
    call.stopTimer()
    this.writer.send(encodeToDomain({ kind: 'cancel', id }))
    this.flushLater()
    if (this.words !== undefined) Driver.interrupt(this.words, interrupt.cancel)
  }

  private timedOut(id: number): void {
    const call = this.calls.get(id)
    this.cancel(id)
    this.options.log.warn(
      { call: id, limit: this.options.callTimeout },
      'a call ran longer than limits.call_timeout',
    )
    call?.done(systemLimit('call_timeout'))
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
    this.writer.send(encodeToDomain({ kind: 'finish' }))
    const stopTimer = this.options.clock.after(grace, () => void worker.terminate())
    await exited
    stopTimer()
  }

  private exited(worker: Worker): void {
    if (this.worker !== worker) return
    this.worker = undefined
    this.words = undefined
    const calls = [...this.calls.values()]
    this.calls.clear()
    for (const call of calls) {
      call.stopTimer()
      call.done(crashed)
    }
    if (this.stopping) return
    const age = this.options.clock.now() - this.startedAt
    this.options.clock.after(age < restartPause ? restartPause : 0, () => this.restart())
  }

  private restart(): void {
    if (this.stopping) return
    this.options.log.warn({}, 'restarting the domain')
    this.start().catch((error: unknown) =>
      this.options.log.error({ err: error }, 'the domain cannot be restarted'),
    )
  }
}

/** `error:{system_limit, Which}`: the call was ended by a limit of the configuration. */
export function systemLimit(which: string): CallOutcome {
  return raised(tuple(atom('system_limit'), atom(which)))
}

const crashed = raised(atom('camlnode_domain_crashed'))

function raised(reason: Term): CallOutcome {
  return { kind: 'raise', class: 'error', reason: encodeBare(reason), stack: encodeBare(list()) }
}
