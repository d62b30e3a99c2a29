/** The scene of the chaos test: a daemon with its supervisor, an EPMD, peers with their loads, and the events that befall them. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import {
  atom,
  encodeBare,
  int,
  list,
  type Pid,
  type Reference,
  tuple,
} from '../../src/erlang-term-format/index.ts'
import { Camlnode, cookie, eventually, freePort, pause, Scratch } from '../daemon/camlnode.ts'
import type { Way } from '../daemon/certificates.ts'
import { framed, RawPeer } from '../daemon/raw-peer.ts'
import { Erl } from '../node/erl.ts'
import { testRandom } from '../node/memory-network.ts'
import { FaultyProxy } from './proxy.ts'

const source = `type t = int
let echo (n : int) = n
let slow (n : int) (s : float) = Thread.delay s; n
let work (n : int) = let l = List.init 2000 (fun i -> i + n) in List.hd l
let keep (n : int) : t = n
let kept (t : t) : int = t
let large (n : int) = String.make n 'x'

open Erlang

let back (n : int) =
  let node = node_of (Option.get (caller ())) in
  call ~timeout:3.0 node "erlang" "abs" Type.(int @-> returning int) n

(* Answers until it is told to stop, or whoever has started it is gone. *)
let actor () =
  let owner = Option.get (caller ()) in
  spawn (fun () ->
      let gone = monitor (Process owner) in
      let rec serve () =
        match receive_any () with
        | Tuple [ Pid from; Int n ] -> send from (Tuple [ Atom "actor"; Int n ]); serve ()
        | Tuple (Atom "DOWN" :: Reference r :: _) when r = gone -> ()
        | Atom "stop" -> ()
        | _ -> serve ()
      in
      serve ())
`
const signature = `type t
val echo : int -> int
val slow : int -> float -> int
val work : int -> int
val keep : int -> t
val kept : t -> int
val large : int -> string
val back : int -> int
val actor : unit -> Erlang.pid
`

const N = "'caml@127.0.0.1'"
const callersPerPeer = 8

/** What the callers of all peers have seen. */
export interface Books {
  answered: number
  failed: number
  wrong: number
  twice: number
  stray: number
  hung: number
  ends: string[]
}

const counters = ['answered', 'failed', 'wrong', 'twice', 'stray', 'hung'] as const

class Peer {
  readonly name: string
  private readonly start: () => Promise<Erl>
  private erl: Erl | undefined
  /** How many processes it had before it began to call. */
  private processes = 0

  constructor(name: string, start: () => Promise<Erl>) {
    this.name = name
    this.start = start
  }

  async launch(): Promise<void> {
    this.erl = await this.start()
  }

  get node(): Erl {
    if (this.erl === undefined) throw new Error(`${this.name} has not been started`)
    return this.erl
  }

  /** The load belongs to a process that waits to be told to stop. */
  async load(): Promise<void> {
    const { node } = this
    await node.eval(`net_adm:ping(${N}), ok`)
    this.processes = Number(await node.eval('erlang:system_info(process_count)'))
    await node.eval(
      `S = self(), spawn(fun() -> register(load, self()), L = chaos_load:start(${N}, ${callersPerPeer}), S ! ok,
         receive {stop, From} -> From ! {books, chaos_load:stop(L)} end end), receive ok -> ok end`,
    )
  }

  async books(): Promise<Books> {
    const text = await this.node.eval(
      `load ! {stop, self()}, receive {books, B} -> [${counters.map((key) => `maps:get(${key}, B)`).join(', ')}, maps:get(ends, B)] end`,
      60_000,
    )
    const [, numbers, ends] = /^\[(.*),\[(.*)\]\]$/s.exec(text) as unknown as [string, string, string]
    const values = numbers.split(',').map(Number)
    return {
      ...(Object.fromEntries(counters.map((key, i) => [key, values[i] as number])) as Omit<Books, 'ends'>),
      ends: [ends],
    }
  }

  /** Processes that its calls have left. */
  async leftOver(): Promise<number> {
    return Number(await this.node.eval('erlang:system_info(process_count)')) - this.processes
  }

  async restart(): Promise<void> {
    await this.node.kill()
    await this.launch()
    await this.load()
  }

  freeze(): void {
    this.node.freeze()
  }

  thaw(): void {
    this.node.thaw()
  }

  async stop(): Promise<void> {
    await this.erl?.kill()
  }
}

type Event = readonly [name: string, weight: number, run: () => Promise<void> | void]

export class Chaos {
  private readonly random: ReturnType<typeof testRandom>
  /** How they all reach each other. */
  private readonly way: Way
  private readonly port: number
  private readonly epmdPort: number
  private readonly peers: readonly Peer[]
  private readonly proxies: readonly FaultyProxy[]
  private running: Camlnode | undefined
  private epmd: ChildProcess | undefined
  private supervised = true
  private restarting: Promise<void> | undefined
  /** What there is before anything happens. */
  private atRest: Readonly<Record<string, number>> = {}
  private readonly happened = new Map<string, number>()
  private readonly errors: Record<string, unknown>[] = []

  static async start(seed: number, way: Way): Promise<Chaos> {
    const [port, epmdPort] = [await freePort(), await freePort()]
    const proxies = await Promise.all([FaultyProxy.start(port), FaultyProxy.start(port)])
    const chaos = new Chaos(seed, way, port, epmdPort, proxies)
    await chaos.startEpmd()
    chaos.running = chaos.launchDaemon()
    await chaos.daemon.ready()
    chaos.supervise()
    await Promise.all(chaos.peers.map((peer) => peer.launch()))
    // The first process of OCaml code starts the thread that lets them take turns.
    await chaos.peers[0]?.node.eval(`rpc:call(${N}, chaos, actor, []) ! stop`)
    chaos.atRest = await chaos.counts()
    return chaos
  }

  private constructor(
    seed: number,
    way: Way,
    port: number,
    epmdPort: number,
    proxies: readonly FaultyProxy[],
  ) {
    this.random = testRandom(seed)
    this.way = way
    this.port = port
    this.epmdPort = epmdPort
    this.proxies = proxies
    const code = new Scratch()
    execFileSync('erlc', ['-o', code.folder, new URL('chaos_load.erl', import.meta.url).pathname])
    const args = ['-pa', code.folder, ...way.erlArguments]
    const peer = (name: string, found: { readonly peerPort?: number; readonly epmdPort?: number }): Peer =>
      new Peer(name, () => Erl.start({ name: `${name}@127.0.0.1`, cookie, args, ...found }))
    this.peers = [
      ...proxies.map((proxy, i) => peer(`proxied${i}`, { peerPort: proxy.port })),
      peer('direct', { peerPort: port }),
      peer('registered', { epmdPort }),
    ]
  }

  private get daemon(): Camlnode {
    if (this.running === undefined) throw new Error('there is no daemon')
    return this.running
  }

  private launchDaemon(): Camlnode {
    const config = `[listen]\nport = ${this.port}\n[limits]\ncall_timeout = "10s"\nhandshakes = 20\nhandshake_timeout = "2s"\n${this.way.config}`
    return Camlnode.launch({ files: { 'chaos.ml': source, 'chaos.mli': signature }, config }, this.epmdPort)
  }

  /** Starts the daemon anew whenever it has ended. */
  private supervise(): void {
    void this.daemon.exited.then(() => {
      if (this.supervised) this.restarting = this.restartDaemon()
    })
  }

  private async restartDaemon(): Promise<void> {
    this.keepErrors()
    this.running = this.launchDaemon()
    await this.daemon.ready()
    this.supervise()
    this.restarting = undefined
  }

  /** Ready when it answers: a daemon that finds none would serve as EPMD itself. */
  private async startEpmd(): Promise<void> {
    this.epmd = spawn('epmd', ['-port', String(this.epmdPort)], { stdio: 'ignore' })
    await eventually('EPMD answers', () => isOpen(this.epmdPort))
  }

  // Rounds

  /** A time of load and events, each of them once before any comes again; what the callers have seen. */
  async round(ms: number, killsDaemon: boolean): Promise<Books> {
    await this.settled()
    this.happened.clear()
    await Promise.all(this.peers.map((peer) => peer.load()))
    const events = this.events(killsDaemon)
    const first = this.shuffled(events)
    for (
      const end = Date.now() + ms;
      Date.now() < end || first.length > 0;
      await pause(100 + this.below(500))
    ) {
      const [name, , run] = first.pop() ?? this.choose(events)
      this.happened.set(name, (this.happened.get(name) ?? 0) + 1)
      await run()
    }
    await this.settled()
    return total(await Promise.all(this.peers.map((peer) => peer.books())))
  }

  /** Whatever was going on outside the daemon is over. */
  private async settled(): Promise<void> {
    for (const proxy of this.proxies) {
      proxy.stall(false)
      proxy.delay(0)
    }
    for (let restart = this.restarting; restart !== undefined; restart = this.restarting) await restart
  }

  get eventsText(): string {
    return [...this.happened].map(([name, count]) => `${count} × ${name}`).join(', ')
  }

  private below(limit: number): number {
    return this.random.uint32() % limit
  }

  private shuffled<T>(all: readonly T[]): T[] {
    const left = [...all]
    return all.map(() => left.splice(this.below(left.length), 1)[0] as T)
  }

  private choose(events: readonly Event[]): Event {
    let left = this.below(events.reduce((sum, [, weight]) => sum + weight, 0))
    for (const event of events) {
      if (left < event[1]) return event
      left -= event[1]
    }
    throw new Error('no event')
  }

  private one<T>(all: readonly T[]): T {
    return all[this.below(all.length)] as T
  }

  // Events

  private events(killsDaemon: boolean): readonly Event[] {
    return [
      ['a peer killed and restarted', 2, () => this.one(this.peers).restart()],
      ['a peer frozen', 2, () => this.freezeOne()],
      ['EPMD killed and restarted', 1, () => this.restartEpmd()],
      ['a connection cut in a frame', 5, () => this.one(this.proxies).cut()],
      ['a connection stalled', 3, () => this.stallOne()],
      ['a connection delayed', 2, () => this.delayOne()],
      ['a slow reader', 2, () => this.slowReader()],
      ['a wrong cookie', 2, () => this.wrongCookie()],
      ['half-open handshakes', 2, () => this.halfOpen()],
      ...(killsDaemon ? [['the daemon killed', 3, () => this.killDaemon()] as const] : []),
    ]
  }

  private async freezeOne(): Promise<void> {
    const peer = this.one(this.peers)
    peer.freeze()
    await pause(200 + this.below(800))
    peer.thaw()
  }

  private async restartEpmd(): Promise<void> {
    this.epmd?.kill('SIGKILL')
    await pause(this.below(500))
    await this.startEpmd()
  }

  private stallOne(): void {
    const proxy = this.one(this.proxies)
    proxy.stall(true)
    setTimeout(() => proxy.stall(false), 200 + this.below(1500))
  }

  private delayOne(): void {
    const proxy = this.one(this.proxies)
    proxy.delay(1 + this.below(100))
    setTimeout(() => proxy.delay(0), 1000)
  }

  /** Asks for 100 MB and takes nothing of it. */
  private async slowReader(): Promise<void> {
    const name = `slow${this.below(1000)}@127.0.0.1`
    const peer = await RawPeer.join(this.port, name, cookie, this.way.client).catch(() => undefined)
    if (peer === undefined) return // the daemon may just be dead
    peer.socket.pause()
    for (let number = 1; number <= 100; number++) peer.send(callOf(name, number, 1_000_000))
    setTimeout(() => peer.destroy(), 500 + this.below(2000))
  }

  private async wrongCookie(): Promise<void> {
    await RawPeer.join(this.port, 'thief@127.0.0.1', 'guess', this.way.client).then(
      () => {
        throw new Error('a wrong cookie was accepted')
      },
      () => {},
    )
  }

  private halfOpen(): void {
    for (let i = 0; i < 30; i++) {
      const peer = RawPeer.dial(this.port)
      peer.send(Uint8Array.of(0, 20, 78, 0).subarray(0, this.below(5)))
    }
  }

  private async killDaemon(): Promise<void> {
    if (this.restarting !== undefined) return
    await this.daemon.kill()
    await pause(0)
    await this.restarting
  }

  // What is left

  /** What has not gone, as texts: empty once all that belonged to the load and the events is. */
  async leaks(): Promise<readonly string[]> {
    let left: readonly string[] = ['not looked at']
    const gone = eventually('nothing is left', async () => {
      left = await this.leftNow()
      return left.length === 0
    })
    await gone.catch(() => {})
    return left
  }

  private async leftNow(): Promise<readonly string[]> {
    const left: string[] = []
    const now = await this.counts()
    for (const [what, most] of Object.entries(this.atRest)) {
      const more = (now[what] as number) - most
      if (more > 0) left.push(`${more} ${what}`)
    }
    for (const peer of this.peers) {
      const processes = await peer.leftOver()
      if (processes > 2) left.push(`${processes} processes of ${peer.name}`)
    }
    return left
  }

  /** What could leak, as the daemon and the system count it while all peers are connected. */
  private async counts(): Promise<Readonly<Record<string, number>>> {
    for (const peer of this.peers) await peer.node.eval(`net_adm:ping(${N}), ok`)
    const kinds = ['running', 'handles', 'relations', 'processes', 'connections']
    const [first] = this.peers as readonly [Peer, ...Peer[]]
    const info = `I = rpc:call(${N}, camlnode, info, []), [${kinds.map((kind) => `maps:get(${kind}, I)`).join(', ')}]`
    const numbers = JSON.parse(await first.node.eval(info)) as number[]
    const files = readdirSync(`/proc/${this.daemon.pid}/fd`).length
    return {
      ...Object.fromEntries(kinds.map((kind, i) => [kind, numbers[i] as number])),
      'open files': files,
    }
  }

  memory(): number {
    return this.daemon.memory()
  }

  private keepErrors(): void {
    this.errors.push(...this.daemon.log.filter(({ level }) => Number(level) >= 50))
  }

  errorsOfDaemon(): readonly Record<string, unknown>[] {
    this.keepErrors()
    return this.errors
  }

  async stop(): Promise<void> {
    this.supervised = false
    await this.settled()
    await Promise.all(this.peers.map((peer) => peer.stop()))
    for (const proxy of this.proxies) proxy.close()
    await this.daemon.kill()
    this.epmd?.kill('SIGKILL')
  }
}

function total(all: readonly Books[]): Books {
  const sums = counters.map((key) => [key, all.reduce((sum, books) => sum + books[key], 0)])
  return { ...Object.fromEntries(sums), ends: [...new Set(all.flatMap(({ ends }) => ends))] } as Books
}

/** A call for a string of so many bytes, as `erpc:call` makes it. */
function callOf(node: string, number: number, bytes: number): Uint8Array {
  const from: Pid = { kind: 'pid', node, id: 1, serial: 0, creation: 1 }
  const reference: Reference = { kind: 'reference', node, creation: 1, ids: [number, 0, 0] }
  const run = tuple(atom('erpc'), atom('execute_call'), int(4))
  const control = encodeBare(tuple(int(29), reference, from, from, run, list(atom('monitor'))))
  const args = encodeBare(list(reference, atom('chaos'), atom('large'), list(int(bytes))))
  return framed(4, Buffer.concat([Uint8Array.of(112, 131), control, Uint8Array.of(131), args]))
}

/** Whether somebody listens. */
function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
