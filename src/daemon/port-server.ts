/**
 * Serves calls over one stream: the other end is the Erlang process that opened us as a port.
 *
 *     frame ─▶ call ─▶ dispatcher ─▶ outcome ─▶ reply frame        many calls at once, replies in any order
 *
 * Back-pressure: while more is under way than the domains should hold, or more answers wait than a reader that has stopped
 * should make us hold, nothing is read; the pipe fills, and whoever writes to the port waits.
 *
 * What arrives before `serve` waits for it. A malformed frame ends everything: there is one peer, and it is broken.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import type { Log, Transport, TransportEvents } from '../base/ports.ts'
import { encodeBare, int, listOf, mapOfAtoms, type Pid } from '../erlang-term-format/index.ts'
import { type CallOutcome, type Dispatcher, FrameReader, type RunningCall } from '../node/index.ts'
import {
  decodeRequest,
  encodeBeat,
  encodeNotice,
  encodeReply,
  type FrameParts,
  moduleAtoms,
  type PortCall,
} from './port-protocol.ts'

/** Why the port stops. */
export type PortEnd =
  | { readonly kind: 'asked'; readonly why: string }
  | { readonly kind: 'malformed'; readonly problem: string }

export interface PortServerOptions {
  readonly transport: Transport
  /** The longest argument list and the longest answer, in bytes. */
  readonly messageLimit: number
  readonly log: Log
  /** Called once. */
  readonly ended: (end: PortEnd) => void
}

/** A frame may have this many bytes around its arguments. */
const frameOverhead = 65_536
/** Reading pauses while this many calls are under way, */
const mostCalls = 16_384
/** while this many bytes of answers have not left, */
const mostQueued = 16 * 1024 ** 2
/** or while the arguments of calls under way take this many bytes more than one call's may. */
const mostArguments = 16 * 1024 ** 2
/** Parts of a frame from this size on are not copied. */
const largePart = 32_768

export class PortServer implements TransportEvents {
  private readonly options: PortServerOptions
  private readonly reader: FrameReader
  private dispatcher: Dispatcher | undefined
  /** Who makes the calls, encoded, and its node: the owner of handles. */
  private caller: Uint8Array = new Uint8Array(0)
  private peer = ''
  /** What came before there was a dispatcher. */
  private early: Uint8Array[] = []
  private earlyBytes = 0
  /** Calls under way, by their encoded Ref. */
  private readonly calls = new Map<string, RunningCall>()
  private underWay = 0
  private argumentBytes = 0
  private paused = false
  private over = false
  private outgoing: Uint8Array[] = []
  private flushing = false
  private droppedLines = 0

  constructor(options: PortServerOptions) {
    this.options = options
    this.reader = new FrameReader(4, options.messageLimit + frameOverhead)
  }

  /** Tells the peer that it can call, and starts to answer; `caller` stands for it. */
  serve(dispatcher: Dispatcher, modules: readonly string[], caller: Pid): void {
    this.caller = encodeBare(caller)
    this.peer = caller.node
    const { messageLimit } = this.options
    this.send(
      encodeNotice(
        'ready',
        mapOfAtoms({ modules: listOf(moduleAtoms(modules)), message: int(messageLimit) }),
      ),
    )
    this.dispatcher = dispatcher
    const { early } = this
    this.early = []
    for (const chunk of early) this.data(chunk)
    this.regulate()
  }

  /** A line of the log as a frame; lost while the reader has stopped. */
  logLine(line: string): void {
    if (this.options.transport.queued > mostQueued) {
      this.droppedLines += 1
      return
    }
    if (this.droppedLines > 0) {
      const dropped = this.droppedLines
      this.droppedLines = 0
      this.options.log.warn({ dropped }, 'lines of the log were dropped, since nobody read them')
    }
    this.send(encodeNotice('log', line.trimEnd()))
  }

  /** Says that this thread runs, however busy the domains are, and whether frames are read or not. */
  beat(): void {
    if (this.options.transport.queued <= mostQueued) this.send(encodeBeat())
  }

  /** Why there will be no `ready`. */
  failed(text: string): void {
    this.send(encodeNotice('failed', text))
  }

  // -------------------------------------------------------------------------------------------------------
  // In

  data(bytes: Uint8Array): void {
    if (this.over) return
    if (this.dispatcher === undefined) {
      this.early.push(bytes)
      this.earlyBytes += bytes.length
      return this.regulate()
    }
    try {
      this.reader.feed(bytes, (frame) => this.take(frame))
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.end({ kind: 'malformed', problem: error.message })
    }
    this.regulate()
  }

  private take(frame: Uint8Array): void {
    const request = decodeRequest(frame, this.options.messageLimit + frameOverhead)
    switch (request.kind) {
      case 'call':
      case 'cast':
        return this.call(request)
      case 'cancel':
        return this.cancel(keyOf(request.ref))
      case 'stop':
        return this.end({ kind: 'asked', why: 'told to stop' })
    }
  }

  private call({ kind, ref, module, function: name, args }: PortCall): void {
    const key = keyOf(ref)
    if (kind === 'call' && this.calls.has(key)) {
      throw new ProtocolError('a call with the Ref of another one that has not ended')
    }
    this.underWay += 1
    this.argumentBytes += args.length
    let done = false
    const finish = (): void => {
      done = true
      this.underWay -= 1
      this.argumentBytes -= args.length
      if (kind === 'call') this.calls.delete(key)
    }
    const { caller, peer } = this
    const request = {
      module,
      function: name,
      args,
      caller,
      peer,
      groupLeader: undefined,
      process: 0,
      async: kind === 'cast',
    }
    const running = (this.dispatcher as Dispatcher).call(request, (outcome: CallOutcome) => {
      if (done) return
      finish()
      if (kind === 'call') this.send(encodeReply(ref, outcome))
      this.regulate()
    })
    if (done || kind === 'cast') return
    const cancel = (): void => {
      finish()
      running.cancel()
    }
    this.calls.set(key, { cancel })
  }

  /** No answer follows, unless it is on its way. */
  private cancel(key: string): void {
    this.calls.get(key)?.cancel()
  }

  /** Reads on, or not. */
  private regulate(): void {
    const { transport, messageLimit } = this.options
    const full =
      transport.queued > mostQueued ||
      this.underWay > mostCalls ||
      this.argumentBytes > messageLimit + mostArguments ||
      (this.dispatcher === undefined && this.earlyBytes > messageLimit)
    if (full === this.paused) return
    this.paused = full
    if (full) transport.pause()
    else transport.resume()
  }

  drained(): void {
    this.regulate()
  }

  closed(error?: Error): void {
    this.end({ kind: 'asked', why: error === undefined ? 'end of stdin' : `stdin broke: ${error.message}` })
  }

  private end(end: PortEnd): void {
    if (this.over) return
    this.over = true
    this.reader.stop()
    this.options.ended(end)
  }

  // -------------------------------------------------------------------------------------------------------
  // Out

  /** Frames of one turn of the event loop leave in one write. */
  private send(frame: FrameParts): void {
    for (const part of frame) this.outgoing.push(part)
    if (this.flushing) return
    this.flushing = true
    queueMicrotask(() => this.flush())
  }

  private flush(): void {
    const { transport } = this.options
    const parts = this.outgoing
    this.outgoing = []
    this.flushing = false
    for (let from = 0; from < parts.length; ) {
      let to = from
      while (to < parts.length && (parts[to] as Uint8Array).length < largePart) to += 1
      if (to > from) transport.write(Buffer.concat(parts.slice(from, to)))
      if (to < parts.length) transport.write(parts[to] as Uint8Array)
      from = to + 1
    }
    this.regulate()
  }
}

const keyOf = (ref: Uint8Array): string =>
  Buffer.from(ref.buffer, ref.byteOffset, ref.length).toString('latin1')
