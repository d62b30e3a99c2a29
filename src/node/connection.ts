/**
 * One connection to one node: the handshake, then frames, ticks and the sending queue.
 *
 *     handshake ──established──▶ up ──▶ closed
 *         └──────────refused / timeout──────▲
 *
 * Invariants:
 * - The host hears `established` at most once, and `closed` exactly once, whoever ends it.
 * - What is sent while a chunk of input is handled leaves in one write when the chunk is done; what is sent
 *   at any other time leaves in one write at the end of the turn.
 * - Malformed bytes close this connection and nothing else.
 *
 * Messages that are too long for one frame leave in fragments, as the transport takes them: `fragments` holds the
 * rest. At most `burst` bytes of them leave in one turn, so that other work comes in between.
 *
 * Ticks: every quarter of the tick time an idle sender writes a zero-length frame, also while reading is
 * paused; a peer from which nothing came during four of these is dead. Back-pressure: when more than
 * `queueLimit` waits to be sent besides one long message, reading pauses until half of it has left, so that a peer that asks but does
 * not read stops being served; if nothing leaves for the whole tick time, it is closed.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import type { Clock, Log, Transport, TransportEvents } from '../base/ports.ts'
import { decodeBare, encodeBare, type Pid, pid, Tag, TermReader } from '../erlang-term-format/index.ts'
import type { Control, ReceivedControl } from './control.ts'
import { decodeControl, readPayload } from './control-decoder.ts'
import { pidKey } from './encoded.ts'
import { type Capabilities, capabilitiesOf, FLAG, type Flags, hasFlags } from './flags.ts'
import { FragmentQueue, fragmentBytes, type Pieces, sizeOf } from './fragment-queue.ts'
import { FrameReader, type PartConsumer } from './frame-reader.ts'
import { FrameWriter, senderOf } from './frame-writer.ts'
import type { Handshake, HandshakeAction, Identity } from './handshake.ts'
import { handshakeFrameLimit } from './handshake-messages.ts'
import { MessageDecoder } from './message-decoder.ts'
import { Outbox } from './outbox.ts'

export interface ConnectionSettings {
  /** Milliseconds without a byte after which a peer is dead (`net_ticktime`). */
  readonly tickTime: number
  /** Milliseconds that a handshake may take (`net_setuptime`). */
  readonly handshakeTimeout: number
  /** How many streams may be in their handshake. */
  readonly handshakeLimit: number
  /** The longest frame and the longest message in fragments that are accepted, in bytes. */
  readonly messageLimit: number
  /** Bytes waiting to be sent from which on reading pauses. */
  readonly queueLimit: number
  /** Bytes waiting to be sent from which on the peer is given up: it asks and does not read. */
  readonly unreadLimit: number
  /** How many peers may be connected. */
  readonly peerLimit: number
  /** How many monitors and links a peer may hold here. */
  readonly relationLimit: number
}

/** What a connection tells its node. */
export interface ConnectionHost {
  readonly clock: Clock
  readonly log: Log
  readonly settings: ConnectionSettings
  readonly flags: Flags
  /** The handshake has succeeded; the host closes the connection if it does not want it. */
  established(connection: Connection): void
  /**
   * A frame with a SPAWN_REQUEST at its head, the reader before the control tuple. True: it was a call, and
   * has been dealt with. False: the reader may stand anywhere.
   */
  takeCall(connection: Connection, reader: TermReader): boolean
  /** A signal; `payload` is encoded, without version byte, and holds the reason where there is one. */
  receive(connection: Connection, control: ReceivedControl, payload: Uint8Array | null): void
  closed(connection: Connection, why: ClosedBecause): void
}

export interface ClosedBecause {
  readonly reason: string
  /** The peer refused because its own attempt to connect goes first. */
  readonly simultaneous: boolean
}

type Phase = 'handshake' | 'up' | 'closed'

const passThrough = 112

/** Fragments leave as long as the transport queues less than this, in bytes. */
const enoughQueued = 256 * 1024
/** Bytes of fragments that leave in one turn, and the pause before the next, in milliseconds. */
const burst = 4 * 1024 * 1024
const burstPause = 1

/** Used from start to end without a call into foreign code, so one is enough. */
const reader = new TermReader(new Uint8Array(0))

export class Connection implements TransportEvents {
  private readonly host: ConnectionHost
  private readonly transport: Transport
  private readonly handshake: Handshake
  /** How long the length in front of each frame of the handshake is. */
  private readonly handshakePrefix: 2 | 4
  private readonly frames: FrameReader
  private phase: Phase = 'handshake'
  private identity: Identity | null = null
  private peerPidPrefix = new Uint8Array(0)
  private inForce: Capabilities | null = null
  /** Only where distribution headers are in force. */
  private decoder: MessageDecoder | null = null
  private cancelTimer: () => void

  private readonly outbox = new Outbox()
  private writer: FrameWriter | null = null
  private readonly fragments = new FragmentQueue()
  private burstLeft = burst
  private cancelBurst: (() => void) | null = null
  private heard = false
  private relations = 0
  private handlingInput = false
  private flushScheduled = false

  private wroteSinceTick = false
  private quietTicks = 0
  private paused = false
  private stuckTicks = 0
  private written = 0
  private leftAtTick = 0

  /** Starts the handshake; the transport must be open. */
  constructor(host: ConnectionHost, transport: Transport, handshake: Handshake) {
    this.host = host
    this.transport = transport
    this.handshake = handshake
    this.handshakePrefix = transport.security === null ? 2 : 4
    this.frames = new FrameReader(this.handshakePrefix, handshakeFrameLimit, this.parts)
    this.cancelTimer = host.clock.after(host.settings.handshakeTimeout, () => {
      this.logFailedHandshake('the handshake took too long')
      this.close('the handshake took too long')
    })
    this.perform(handshake.start())
    this.flush()
  }

  /** Whether signals can be sent. */
  get up(): boolean {
    return this.phase === 'up'
  }

  /** The peer; its name is known before the connection is up, if the handshake has got that far. */
  get peerName(): string | undefined {
    return this.identity?.name ?? this.handshake.peerName
  }

  /** Who the peer is; only once established. */
  get peer(): Identity {
    if (this.identity === null) throw new ProtocolError('the handshake is not over')
    return this.identity
  }

  /** Whether the peer is a hidden node; only once established. */
  get hidden(): boolean {
    return !hasFlags(this.peer.flags, FLAG.PUBLISHED)
  }

  /** What is in force; only once established. */
  get capabilities(): Capabilities {
    if (this.inForce === null) throw new ProtocolError('the handshake is not over')
    return this.inForce
  }

  /** Where frames are built; only once established. Call `sent` afterwards. */
  get frameWriter(): FrameWriter {
    if (this.writer === null) throw new ProtocolError('the handshake is not over')
    return this.writer
  }

  /** Whether an encoded pid is one of the peer's. */
  speaksFor(encodedPid: Uint8Array): boolean {
    if (startsWith(encodedPid, this.peerPidPrefix)) return true
    return new TermReader(encodedPid).readPid().node === this.peer.name
  }

  /** A term of the peer's as this node encodes it; pids of its own are so already. */
  canonical(encoded: Uint8Array): Uint8Array {
    return startsWith(encoded, this.peerPidPrefix) ? encoded : encodeBare(decodeBare(encoded))
  }

  /** Where the peer is, for the log. */
  get remoteAddress(): string {
    return this.transport.remoteAddress
  }

  /** Bytes that have been sent and not yet taken by the kernel: more than a little means a slow peer. */
  get queued(): number {
    return this.transport.queued + this.fragments.waiting
  }

  // Input

  data(chunk: Uint8Array): void {
    if (this.phase === 'closed') return
    this.quietTicks = 0
    this.heard = true
    this.handlingInput = true
    try {
      this.frames.feed(chunk, this.takeFrame)
    } catch (error) {
      this.fail(error)
    }
    this.handlingInput = false
    this.flush()
  }

  drained(): void {
    if (this.phase === 'closed') return
    this.sendFragments()
    this.resumeIfFree()
  }

  closed(error?: Error): void {
    this.cancelTimer()
    const reason = error === undefined ? 'closed by the peer' : error.message
    // Who connects only to see whether the port is open has done nothing wrong.
    if (this.phase === 'handshake' && (error !== undefined || this.heard)) this.logFailedHandshake(reason)
    this.finish({ reason, simultaneous: false })
  }

  private readonly takeFrame = (body: Uint8Array): void => {
    if (this.phase === 'handshake') this.perform(this.handshake.receive(body))
    else if (this.phase === 'up' && body.length > 0) this.takeSignal(body)
  }

  private takeSignal(body: Uint8Array): void {
    if (this.decoder !== null && body[0] === Tag.magic) this.takeMessage(this.decoder.take(body), 0)
    else if (body[0] === passThrough && body[1] === Tag.magic) this.takeMessage(body, 2)
    else throw new ProtocolError(`a frame that starts with ${body[0]}, ${body[1]}`)
  }

  /** Fragments, which need not be gathered. */
  private readonly parts: PartConsumer = {
    start: (part) => this.phase === 'up' && this.decoder?.start(part) === true,
    more: (part, isLast) => {
      if (this.phase === 'up' && this.decoder !== null) this.takeMessage(this.decoder.more(part, isLast), 0)
    },
  }

  /** A message, from its control tuple on; null: only a part of one has come. */
  private takeMessage(bytes: Uint8Array | null, start: number): void {
    if (bytes === null) return
    reader.reset(bytes, start)
    if (this.host.takeCall(this, reader)) return
    reader.reset(bytes, start)
    const control = decodeControl(reader)
    const payload = readPayload(reader) ?? reasonWithin(control)
    this.host.receive(this, control, payload)
  }

  private fail(error: unknown): void {
    const peer = this.peerName
    if (error instanceof ProtocolError) {
      const { remoteAddress: address } = this
      this.host.log.warn(
        { peer, address, reason: error.message },
        'a peer broke the protocol or a limit: its connection is closed',
      )
    } else {
      this.host.log.error({ peer, err: error }, 'a signal could not be handled')
    }
    this.close(error instanceof Error ? error.message : String(error))
  }

  // What the peer holds

  /** The peer has a monitor or a link more at a process of this node. Throws when it is one too many. */
  hold(): void {
    const { relationLimit } = this.host.settings
    this.relations += 1
    if (this.relations > relationLimit) {
      throw new ProtocolError(`more than ${relationLimit} monitors and links (limits.peer_relations)`)
    }
  }

  get heldRelations(): number {
    return this.relations
  }

  /** It has one less. */
  release(): void {
    this.relations -= 1
  }

  // Handshake

  private perform(actions: readonly HandshakeAction[]): void {
    for (const action of actions) {
      switch (action.kind) {
        case 'send':
          this.outbox.handshakeFrame(action.body, this.handshakePrefix)
          break
        case 'established':
          this.establish(action.peer)
          break
        case 'refused':
          this.refuse(action.reason, action.simultaneous)
          break
      }
    }
  }

  private establish(peer: Identity): void {
    this.cancelTimer()
    this.identity = peer
    this.peerPidPrefix = encodeBare(pid(peer.name, 0, 0, 0)).slice(0, -12)
    this.inForce = capabilitiesOf(this.host.flags, peer.flags)
    this.phase = 'up'
    this.frames.expect(4, this.host.settings.messageLimit)
    if (this.inForce.headerCache) {
      this.decoder = new MessageDecoder(this.host.settings.messageLimit)
    }
    this.writer = new FrameWriter(this.outbox, this.inForce)
    this.scheduleTick()
    this.host.established(this)
  }

  private refuse(reason: string, simultaneous: boolean): void {
    this.logFailedHandshake(reason)
    this.flush()
    this.finish({ reason, simultaneous })
    this.endSoon()
  }

  private logFailedHandshake(reason: string): void {
    this.host.log.warn({ peer: this.peerName, address: this.remoteAddress, reason }, 'a handshake failed')
  }

  // Output

  /**
   * Sends a signal; a reason is the payload. Dropped when the connection is not up. `sender`: the process that it
   * comes from, whose signals keep their order; null: nobody's.
   */
  send(control: Control, payload: Uint8Array | null, sender: Pid | null = senderOf(control)): void {
    this.sendPieces(control, payload === null ? null : [payload], sender)
  }

  /** The same with a payload in pieces, which are not copied if they are large. */
  sendPieces(control: Control, payload: Pieces | null, sender: Pid | null = senderOf(control)): void {
    if (this.phase !== 'up') return
    if (this.mustWait(payload, sender)) this.fragments.add(keyOf(sender), control, payload)
    else this.frameWriter.whole(control, payload)
    this.sent()
  }

  /** Whether a signal cannot leave at once in one frame: it is too long, or others of its sender wait. */
  mustWait(payload: Pieces | null, sender: Pid | null): boolean {
    if (this.capabilities.fragments && sizeOf(payload) > fragmentBytes) return true
    return sender !== null && !this.fragments.empty && this.fragments.holds(keyOf(sender))
  }

  /** Frames have been put into the outbox: sees to it that they leave. */
  sent(): void {
    if (this.handlingInput || this.flushScheduled) return
    this.flushScheduled = true
    void soon.then(this.flushLater)
  }

  private readonly flushLater = (): void => {
    this.flushScheduled = false
    this.flush()
  }

  private flush(): void {
    if (this.phase === 'closed') return
    this.writeOut()
    this.sendFragments()
    const { unreadLimit } = this.host.settings
    if (this.queued > unreadLimit)
      this.close('the peer does not read: more than limits.peer_unread waits for it')
    if (this.paused || this.queued <= this.mostQueued) return
    this.paused = true
    this.stuckTicks = 0
    this.transport.pause()
  }

  /** More makes reading pause. While one long message leaves, small calls beside it are still to be read. */
  private get mostQueued(): number {
    return this.host.settings.queueLimit + this.fragments.longest
  }

  private writeOut(): void {
    if (this.outbox.empty) return
    for (const piece of this.outbox.take()) {
      this.written += piece.length
      this.transport.write(piece)
    }
    this.wroteSinceTick = true
  }

  /** Sends what the transport takes, at most for this turn. */
  private sendFragments(): void {
    while (!this.fragments.empty && this.burstLeft > 0 && this.transport.queued < enoughQueued) {
      this.fragments.next(this.frameWriter)
      this.burstLeft -= fragmentBytes
      this.writeOut()
    }
    // What comes next is other work.
    if (this.fragments.empty && this.cancelBurst === null) this.burstLeft = burst
    if (this.burstLeft <= 0) this.cancelBurst ??= this.host.clock.after(burstPause, this.nextBurst)
  }

  private readonly nextBurst = (): void => {
    this.burstLeft = burst
    this.cancelBurst = null
    this.drained()
  }

  private resumeIfFree(): void {
    if (!this.paused || this.queued > this.mostQueued / 2) return
    this.paused = false
    this.transport.resume()
  }

  // Ticks

  private scheduleTick(): void {
    const interval = Math.max(1, Math.floor(this.host.settings.tickTime / 4))
    this.cancelTimer = this.host.clock.after(interval, this.tick)
  }

  private readonly tick = (): void => {
    this.scheduleTick()
    this.checkPeer()
    if (this.phase === 'up' && !this.wroteSinceTick) {
      this.outbox.tick()
      this.flush()
    }
    this.wroteSinceTick = false
  }

  private checkPeer(): void {
    const left = this.written - this.transport.queued
    if (!this.paused) this.quietTicks++
    this.stuckTicks = this.paused && left <= this.leftAtTick ? this.stuckTicks + 1 : 0
    this.leftAtTick = left
    if (this.quietTicks > 4) this.close('no bytes from the peer for the whole tick time')
    else if (this.stuckTicks > 4) this.close('the peer does not read')
  }

  // The end

  /** Closes at once. */
  close(reason: string): void {
    this.cancelTimer()
    this.finish({ reason, simultaneous: false })
    this.transport.destroy()
  }

  /** Closes when what has been sent has left. */
  end(reason: string): void {
    this.flush()
    while (!this.fragments.empty) this.fragments.next(this.frameWriter)
    this.writeOut()
    this.finish({ reason, simultaneous: false })
    this.endSoon()
  }

  /** Half-closes, and closes if the peer does not. */
  private endSoon(): void {
    this.cancelTimer()
    this.transport.end()
    this.cancelTimer = this.host.clock.after(this.host.settings.handshakeTimeout, () => {
      this.transport.destroy()
    })
  }

  private finish(why: ClosedBecause): void {
    if (this.phase === 'closed') return
    this.phase = 'closed'
    this.cancelBurst?.()
    this.frames.stop()
    this.host.closed(this, why)
  }
}

/** For work at the end of the turn: Node's `queueMicrotask` makes a resource for each, which costs more than the work. */
const soon = Promise.resolve()

/** Signals of nobody keep their order, too, when they have to wait. */
function keyOf(sender: Pid | null): string {
  return sender === null ? '' : pidKey(sender)
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  if (bytes.length < prefix.length) return false
  for (let i = 0; i < prefix.length; i++) if (bytes[i] !== prefix[i]) return false
  return true
}

/** A reason that came within the control message, encoded. */
function reasonWithin(control: ReceivedControl): Uint8Array | null {
  return 'reason' in control && control.reason !== null ? encodeBare(control.reason) : null
}
