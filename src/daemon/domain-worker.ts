/**
 * The thread of one domain: compiles the configured modules, then answers calls until it is told to finish.
 *
 * It never returns to its event loop: it sleeps on the ring from the main thread while no call is running. While calls run,
 * the ring is read between slices, and at interrupts (cancellations).
 */

import { parentPort, workerData } from 'node:worker_threads'
import { DiagnosticError } from '../base/diagnostic.ts'
import { Fifo } from '../base/fifo.ts'
import { printDiagnostic } from '../base/print-diagnostic.ts'
import { BorderError } from '../bridge/border-error.ts'
import { CallServer } from '../bridge/call-server.ts'
import type { ProcessEventMessage } from '../bridge/process-signals.ts'
import { Processes } from '../bridge/processes.ts'
import { describeException } from '../engine/describe-exception.ts'
import type { Domain } from '../engine/domain.ts'
import type { Host } from '../engine/host.ts'
import { Program, ProgramError } from '../engine/program.ts'
import { atom, encodeBare } from '../erlang-term-format/index.ts'
import { decodeToDomain, encodeFromDomain, type FromDomain, type ToDomain } from './domain-messages.ts'
import type { DomainSettings } from './domain-settings.ts'
import { newCompiler, newDomain, unitOfFile } from './library.ts'
import { Parcels } from './parcels.ts'
import { processHost } from './process-host.ts'
import { RingReader, RingWriter } from './shared-ring.ts'
import { startTicker } from './ticker.ts'

const settings = workerData as DomainSettings
const incoming = new RingReader(settings.toDomain)
const outgoing = new RingWriter(settings.fromDomain)
const parcels = new Parcels(settings.parcels)

function send(message: FromDomain): void {
  outgoing.send(...encodeFromDomain(message, parcels))
}

/** For what a program can say without end: it waits as long as the main thread does not take it. */
function sendInTurn(message: FromDomain): void {
  send(message)
  if (!outgoing.empty) outgoing.drain()
}

/** Its stdin is at its end. What a module prints goes to the daemon's log, since the daemon's own stdout carries one line. */
function hostOfDomain() {
  const logged = (fd: number) => ({
    write: (bytes: Uint8Array) => {
      const leader = (fd === 1 ? leaderNow() : undefined) ?? noLeader
      send({ kind: 'output', fd, leader, bytes: bytes.slice() })
      // A program that prints without end waits for the log, as it would for a terminal.
      outgoing.drain()
      return bytes.length
    },
  })
  const host = processHost({
    arguments: ['camlnode'],
    executable: 'camlnode',
    exit: () => {},
    standard: [{ read: () => 0 }, logged(1), logged(2)],
  })
  const call: Host['call'] = (name, args) => processes?.request(name, args) ?? host.call(name, args)
  return { ...host, call }
}

/** The processes of the domain's OCaml code. */
let processes: Processes | undefined

/** Who gets what the running thread prints. */
let leaderNow = (): Uint8Array | undefined => undefined
const noLeader = new Uint8Array(0)

function newProcesses(domain: Domain): Processes {
  const made = new Processes(domain, settings.node, settings.domain.heapLimitBytes, (signal) =>
    sendInTurn({ kind: 'signal', signal }),
  )
  domain.onThreadEnd = (thread, end) => made.threadEnded(thread, { end, reason: () => noServer })
  domain.onSpawn = (parent, child) => made.threadStarts(parent, child)
  domain.separatesOutput = true
  leaderNow = () => made.leaderOf(domain.runningThread)
  // While modules are initialised, who waits for a message or an answer waits for the node.
  domain.awaitWorld = (milliseconds) => {
    if (made.count === 0) return false
    outgoing.drain()
    incoming.wait(milliseconds)
    drainInto(made)
    return true
  }
  return made
}

const noServer = encodeBare(atom('initialisation_failed'))

const forProcesses: ReadonlySet<string> = new Set<ProcessEventMessage['kind']>([
  'message',
  'leader',
  'kill',
  'answer',
  'numbers',
  'busy',
  'nodes',
])

/** What came while modules were initialised and is not for processes, such as calls of those who wait for a domain that has crashed. */
const early = new Fifo<ToDomain>()

/** Takes what comes for processes before calls are served. */
function drainInto(made: Processes): void {
  for (let frame = incoming.receive(); frame !== undefined; frame = incoming.receive()) {
    const message = decodeToDomain(frame, parcels)
    if (isForProcess(message)) made.receive(message)
    else early.push(message)
  }
}

function isForProcess(message: ToDomain): message is ProcessEventMessage {
  return forProcesses.has(message.kind)
}

function start(domain: Domain, made: Processes): CallServer {
  const compiler = newCompiler(settings.modules, [], settings.texts)
  const program = new Program(domain, compiler)
  const units = settings.modules.map((file) => program.load(unitOfFile(file)))
  const server = new CallServer(
    domain,
    { interfaceOf: (unit) => compiler.interfaceOf(unit), load: (unit) => program.load(unit).linked },
    units,
    {
      message: settings.messageBytes,
      heap: { bytes: settings.domain.heapLimitBytes, now: () => performance.now() },
    },
    () => settings.origin,
  )
  server.onCallStart = (thread, { process = 0, caller, leader = noLeader }) =>
    made.callStarts(thread, process, caller, leader)
  domain.onThreadEnd = (thread, end) =>
    made.threadEnded(thread, { end, reason: (pid) => server.endOfProcess(pid) })
  server.onOutcome = (id, outcome) =>
    outgoing.sendCopy(...encodeFromDomain({ kind: 'outcome', id, outcome }, parcels))
  server.handles.owners = {
    watch: (pid) => send({ kind: 'watch', pid }),
    unwatch: (pid) => send({ kind: 'unwatch', pid }),
  }
  if (made.hasNode) provideChannels(server, made)
  parentPort?.postMessage({
    memory: domain.runtime.memory.buffer,
    warnings: compiler.diagnostics.map((d) => printDiagnostic(d)),
  })
  return server
}

/** Channels are processes of the node. */
function provideChannels({ handles, directory }: CallServer, made: Processes): void {
  handles.channels = {
    make: (kind) => made.newChannel(kind),
    end: (number) => made.endChannel(number),
  }
  made.onChannelEnd = (number) => handles.channelEnded(number)
  for (const { name, kind } of directory.channels()) made.exportChannel(name, kind)
}

/** Why the modules cannot be served: what a compiler or an uncaught exception says. */
function failure(error: unknown, { runtime }: Domain): string {
  if (error instanceof DiagnosticError) return printDiagnostic(error.diagnostic)
  if (error instanceof BorderError) return `camlnode: ${error.message}`
  if (!(error instanceof ProgramError)) throw error
  if (error.end !== 'exception') return `camlnode: ${error.message}`
  return `camlnode: the initialisation of ${error.unit} raised ${describeException(runtime)}`
}

function serve(server: CallServer, made: Processes): void {
  let finishing = false
  const take = (message: ToDomain): void => {
    if (message.kind === 'call') server.submit(message.id, message)
    else if (message.kind === 'cancel') server.cancel(message.id)
    else if (message.kind === 'died') server.handles.ownerDied(message.pid)
    else if (isForProcess(message)) made.receive(message)
    else finishing = true
  }
  const drain = (): void => {
    for (let frame = incoming.receive(); frame !== undefined; frame = incoming.receive())
      take(decodeToDomain(frame, parcels))
  }
  for (let message = early.take(); message !== undefined; message = early.take()) take(message)
  server.domain.atInterrupt = () => {
    drain()
    outgoing.flush()
  }
  for (;;) {
    drain()
    const working = server.step()
    outgoing.flush()
    if (working) continue
    outgoing.drain()
    if (finishing && server.isIdle) return
    incoming.wait(untilAlarm(server))
  }
}

/** How long nothing is to do but what may arrive, in milliseconds: threads that sleep want to be woken, messages that wait sent. */
function untilAlarm({ domain, pause }: CallServer): number | undefined {
  const time = domain.nextAlarm
  if (time === undefined) return pause
  return Math.min(Math.max(0, time * 1000 - performance.now()), pause ?? Number.POSITIVE_INFINITY)
}

function main(): void {
  const domain = newDomain(hostOfDomain(), settings.domain)
  domain.onThreads = () => startTicker(domain.runtime.memory)
  const made = newProcesses(domain)
  processes = made
  let server: CallServer
  try {
    server = start(domain, made)
  } catch (error) {
    send({ kind: 'failed', text: failure(error, domain) })
    outgoing.drain()
    return
  }
  // V8 compiles the collector when it first runs: rather now than while a caller waits.
  domain.runtime.exports.full_major(domain.runtime.control('stackBase'))
  send({ kind: 'ready' })
  domain.awaitWorld = () => false
  serve(server, made)
}

main()
