/** What the services of a node (`services/`) need of it. */

import type { Clock, Log } from '../base/ports.ts'
import { type Pid, pid } from '../erlang-term-format/index.ts'
import type { Connection, ConnectionSettings } from './connection.ts'
import type { Behaviour, LocalProcess, ProcessEntry, ProcessHost } from './process.ts'

export interface ServiceHost extends ProcessHost {
  readonly name: string
  readonly clock: Clock
  readonly log: Log
  readonly settings: ConnectionSettings
  /** The start of an encoded pid of this node, up to its number. */
  readonly pidPrefix: Uint8Array
  readonly creation: number
  /** A process of this node, for as long as it wants. */
  spawn(behaviour: Behaviour): LocalProcess
  register(name: string, process: LocalProcess): boolean
  whereis(name: string): LocalProcess | undefined
  /** Gives an entry a pid; the number is its key. */
  addEntry(entry: ProcessEntry): number
  /** What has this number; undefined: nothing any more. */
  entry(number: number): ProcessEntry | undefined
  removeEntry(number: number): void
  /** Calls when a node is connected. */
  onNodeUp(listener: (name: string, connection: Connection) => void): () => void
  /** Calls when a connection is gone. */
  onNodeDown(listener: (name: string, connection: Connection) => void): () => void
}

/** Numbers of processes fill the 28 bits of a pid's id, then its serial. */
export const numbersPerSerial = 2 ** 28

/** The pid of the process with a number. */
export function pidOfNumber({ name, creation }: Pick<ServiceHost, 'name' | 'creation'>, number: number): Pid {
  return pid(name, number % numbersPerSerial, Math.floor(number / numbersPerSerial), creation)
}

export function numberOf({ id, serial }: Pid): number {
  return serial * numbersPerSerial + id
}
