/** A call server over units from source text, for tests. */

import { sourceOfString } from '../../src/base/region.ts'
import { CallServer } from '../../src/bridge/call-server.ts'
import type { HeapLimit } from '../../src/bridge/send-gate.ts'
import { libraryImage } from '../../src/daemon/library.ts'
import { Compiler, type UnitText } from '../../src/engine/compiler.ts'
import { Domain } from '../../src/engine/domain.ts'
import type { Host } from '../../src/engine/host.ts'
import { Program } from '../../src/engine/program.ts'
import { adjustOptions, runParametersOf } from '../../src/engine/run-parameters.ts'
import type { RuntimeOptions } from '../../src/engine/runtime.ts'
import { decodeBare, encodeBare, listOf, pid, type Term } from '../../src/erlang-term-format/index.ts'
import type { CallOutcome } from '../../src/node/dispatcher.ts'
import { runtimeModule } from '../runtime/runtime.ts'

export const quietHost: Host = {
  write: (_fd, bytes) => bytes.length,
  read: () => 0,
  close: () => 0,
  seek: () => 0,
  open: () => -2,
  errorMessage: () => '',
  environment: () => undefined,
  arguments: ['test'],
  executable: 'test',
  file: () => 0,
  makeDirectory: () => 0,
  rename: () => 0,
  isTerminal: () => false,
  currentDirectory: () => '/',
  listed: () => undefined,
  time: () => 0,
  call: () => ({ kind: 'refusal', error: 'ENOSYS', number: 38 }),
  random: () => 4,
  sleep: () => {},
  exit: () => {},
}

export const smallDomain: RuntimeOptions = {
  minorWords: 32_768,
  stackBytes: 8 << 20,
  heapLimitBytes: 96 << 20,
  flags: 0,
}

export function newDomain(options: Partial<RuntimeOptions> = {}): Domain {
  const adjusted = adjustOptions({ ...smallDomain, ...options }, runParametersOf(process.env))
  return new Domain(runtimeModule(), quietHost, adjusted)
}

/** Unit sources by file name: `fib.ml`, `fib.mli`. */
export type Sources = Readonly<Record<string, string>>

function find(sources: Sources, unit: string): UnitText | undefined {
  const base = unit.charAt(0).toLowerCase() + unit.slice(1)
  const read = (name: string) => {
    const text = sources[name]
    return text === undefined ? undefined : sourceOfString(name, text)
  }
  const implementation = read(`${base}.ml`)
  return implementation && { implementation, interface: read(`${base}.mli`) }
}

export interface Answer {
  readonly value?: Term
  readonly reason?: Term
  readonly stack?: Term
}

const caller = encodeBare(pid('a@127.0.0.1', 77, 0, 1))

export class TestServer {
  readonly domain: Domain
  readonly server: CallServer
  readonly compiler: Compiler
  private readonly outcomes = new Map<number, CallOutcome>()
  private last = 0

  constructor(sources: Sources, options: Partial<RuntimeOptions> = {}, message = 16 << 20, heap?: HeapLimit) {
    this.compiler = new Compiler(
      (unit) => find(sources, unit),
      () => undefined,
      libraryImage(),
    )
    // Stress only what is under test, not the library's own start.
    this.domain = newDomain(options)
    const program = new Program(this.domain, this.compiler)
    const names = Object.keys(sources).filter((name) => name.endsWith('.ml'))
    const units = names.map((name) => program.load(name.charAt(0).toUpperCase() + name.slice(1, -3)))
    this.server = new CallServer(
      this.domain,
      { interfaceOf: (unit) => this.compiler.interfaceOf(unit), load: (unit) => program.load(unit).linked },
      units,
      heap === undefined ? { message } : { message, heap },
      () => ({ node: 'caml@127.0.0.1', creation: 5, domain: 1 }),
    )
    this.server.onOutcome = (id, outcome) => {
      if (this.outcomes.has(id)) throw new Error('two outcomes')
      this.outcomes.set(
        id,
        outcome.kind === 'return' ? { ...outcome, value: outcome.value.slice() } : outcome,
      )
    }
  }

  submit(module: string, name: string, args: Uint8Array, owner = caller): number {
    this.last += 1
    this.server.submit(this.last, { module, function: name, args, caller: owner })
    return this.last
  }

  /** Runs everything that is under way. */
  finish(): void {
    while (this.server.step());
  }

  outcome(id: number): CallOutcome | undefined {
    return this.outcomes.get(id)
  }

  raw(module: string, name: string, args: Uint8Array, owner = caller): CallOutcome {
    const id = this.submit(module, name, args, owner)
    this.finish()
    const outcome = this.outcomes.get(id)
    if (outcome === undefined) throw new Error('no outcome')
    this.outcomes.delete(id)
    return outcome
  }

  answer(module: string, name: string, ...args: Term[]): Answer {
    const outcome = this.raw(module, name, encodeBare(listOf(args)))
    if (outcome.kind === 'return') return { value: decodeBare(outcome.value) }
    return { reason: decodeBare(outcome.reason), stack: decodeBare(outcome.stack) }
  }

  /** The value of a call, which must have one. */
  value(module: string, name: string, ...args: Term[]): Term {
    const { value, reason } = this.answer(module, name, ...args)
    if (value === undefined) throw new Error(`raised ${JSON.stringify(reason)}`)
    return value
  }

  /** What a badarg says. */
  cause(module: string, name: string, ...args: Term[]): string {
    const { reason, stack } = this.answer(module, name, ...args)
    if (reason?.kind !== 'atom' || reason.name !== 'badarg') throw new Error('no badarg')
    return causeOf(stack as Term)
  }
}

/** The `cause` in the first frame of a stack. */
export function causeOf(stack: Term): string {
  const frame = stack.kind === 'list' ? stack.elements[0] : undefined
  const info = frame?.kind === 'tuple' ? frame.elements[3] : undefined
  const entry = info?.kind === 'list' ? info.elements[0] : undefined
  const map = entry?.kind === 'tuple' ? entry.elements[1] : undefined
  const cause = map?.kind === 'map' ? map.pairs[0]?.[1] : undefined
  return cause?.kind === 'bitstring' ? new TextDecoder().decode(cause.bytes) : ''
}
