/**
 * What a descriptor of a program stands for. Several descriptors may share one (`dup`), with one position; it is closed with the
 * last of them.
 *
 * Node reads at a file's own position or at one that is given, and cannot set the former. So the position of a regular file is
 * kept here.
 */

import {
  type BigIntStats,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  readSync,
  writeSync,
} from 'node:fs'
import { isatty } from 'node:tty'
import { mustWait, type Pipe } from './pipe.ts'
import { SystemError } from './system-error.ts'

export interface OpenFile {
  /** How many descriptors share it. */
  references: number
  /** Whether a program gets EAGAIN instead of waiting. */
  nonBlocking: boolean
  readonly isTerminal: boolean
  readonly readable: boolean
  readonly writable: boolean
  /** Fills `target` from its start; the count, 0 at the end. */
  read(target: Uint8Array): number
  /** Writes at least one byte, if there is one; the count. */
  write(bytes: Uint8Array): number
  /** `whence`: 0 from the start, 1 from the current position, 2 from the end. */
  seek(offset: number, whence: number): number
  status(): BigIntStats
  truncate(length: number): void
  synchronise(): void
  setPermissions(permissions: number): void
  setOwner(user: number, group: number): void
  close(): void
}

const sleeper = new Int32Array(new SharedArrayBuffer(4))

/** Repeats a call that a slow reader or writer at the other end of a descriptor of this process's does not let through. */
function patiently(nonBlocking: boolean, call: () => number): number {
  for (;;) {
    try {
      return call()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || nonBlocking) throw error
      Atomics.wait(sleeper, 0, 0, 1)
    }
  }
}

/** A file of the system's. */
export class SystemFile implements OpenFile {
  references = 1
  nonBlocking = false
  readonly readable = true
  readonly writable = true
  private readonly fd: number
  private readonly appends: boolean
  private readonly isRegular: boolean
  /** Undefined: the system's own position, where this file has been from the beginning. */
  private position: number | undefined

  /** A standard descriptor of the process has a position already. */
  constructor(fd: number, flags: number, isNew: boolean) {
    this.fd = fd
    this.appends = (flags & constants.O_APPEND) !== 0
    this.isRegular = fstatSync(fd).isFile()
    this.position = isNew && this.isRegular ? 0 : undefined
  }

  get isTerminal(): boolean {
    return isatty(this.fd)
  }

  read(target: Uint8Array): number {
    // A shared buffer cannot be read into directly.
    const bytes = new Uint8Array(target.length)
    const count = patiently(this.nonBlocking, () =>
      readSync(this.fd, bytes, 0, bytes.length, this.position ?? null),
    )
    target.set(bytes.subarray(0, count))
    this.advance(count)
    return count
  }

  write(bytes: Uint8Array): number {
    const position = this.appends ? null : (this.position ?? null)
    const count = patiently(this.nonBlocking, () => writeSync(this.fd, bytes, 0, bytes.length, position))
    if (this.appends && this.position !== undefined) this.position = fstatSync(this.fd).size
    else this.advance(count)
    return count
  }

  private advance(count: number): void {
    if (this.position !== undefined) this.position += count
  }

  seek(offset: number, whence: number): number {
    if (!this.isRegular) throw new SystemError('ESPIPE')
    // Asking does not part a standard descriptor from the position that it shares with other processes.
    if (this.position === undefined && whence === 1 && offset === 0) return 0
    const from = whence === 0 ? 0 : whence === 1 ? (this.position ?? 0) : fstatSync(this.fd).size
    if (from + offset < 0) throw new SystemError('EINVAL')
    this.position = from + offset
    return this.position
  }

  status(): BigIntStats {
    return fstatSync(this.fd, { bigint: true })
  }

  truncate(length: number): void {
    ftruncateSync(this.fd, length)
  }

  synchronise(): void {
    fsyncSync(this.fd)
  }

  setPermissions(permissions: number): void {
    fchmodSync(this.fd, permissions)
  }

  setOwner(user: number, group: number): void {
    fchownSync(this.fd, user, group)
  }

  close(): void {
    closeSync(this.fd)
  }
}

/** What all files have that are none of the system's. */
abstract class NoSystemFile implements OpenFile {
  references = 1
  nonBlocking = false
  readonly isTerminal: boolean = false
  abstract readonly readable: boolean
  abstract readonly writable: boolean
  abstract read(target: Uint8Array): number
  abstract write(bytes: Uint8Array): number
  abstract status(): BigIntStats

  seek(): number {
    throw new SystemError('ESPIPE')
  }

  truncate(): void {
    throw new SystemError('EINVAL')
  }

  synchronise(): void {
    throw new SystemError('EINVAL')
  }

  setPermissions(): void {
    throw new SystemError('EPERM')
  }

  setOwner(): void {
    throw new SystemError('EPERM')
  }

  close(): void {}
}

/** One of the two ends of a pipe. */
export class PipeEnd extends NoSystemFile {
  private readonly pipe: Pipe
  private readonly end: 'reader' | 'writer'

  constructor(pipe: Pipe, end: 'reader' | 'writer') {
    super()
    this.pipe = pipe
    this.end = end
  }

  get readable(): boolean {
    return this.end === 'reader' && this.pipe.readable
  }

  get writable(): boolean {
    return this.end === 'writer' && this.pipe.writable
  }

  override read(target: Uint8Array): number {
    if (this.end !== 'reader') throw new SystemError('EBADF')
    return this.waiting(() => this.pipe.read(target))
  }

  override write(bytes: Uint8Array): number {
    if (this.end !== 'writer') throw new SystemError('EBADF')
    return this.waiting(() => this.pipe.write(bytes))
  }

  private waiting(call: () => number): number {
    try {
      return call()
    } catch (error) {
      if (this.nonBlocking && error instanceof SystemError && error.code === mustWait)
        throw new SystemError('EAGAIN')
      throw error
    }
  }

  override status(): BigIntStats {
    return statusOf(constants.S_IFIFO | 0o600)
  }

  override close(): void {
    if (this.end === 'reader') this.pipe.readers -= 1
    else this.pipe.writers -= 1
  }
}

/** A standard descriptor that its owner has connected to something else than the process's. */
export class Connection extends NoSystemFile {
  readonly readable = true
  readonly writable = true
  private readonly ends: Ends
  override readonly isTerminal: boolean

  constructor(ends: Ends) {
    super()
    this.ends = ends
    this.isTerminal = ends.isTerminal === true
  }

  override read(target: Uint8Array): number {
    if (this.ends.read === undefined) throw new SystemError('EBADF')
    return this.ends.read(target)
  }

  override write(bytes: Uint8Array): number {
    if (this.ends.write === undefined) throw new SystemError('EBADF')
    return this.ends.write(bytes)
  }

  override status(): BigIntStats {
    return statusOf(constants.S_IFCHR | 0o600)
  }
}

export interface Ends {
  readonly read?: (target: Uint8Array) => number
  readonly write?: (bytes: Uint8Array) => number
  readonly isTerminal?: boolean
}

/** The status of what no file system has. */
function statusOf(mode: number): BigIntStats {
  const zeros = ['dev', 'ino', 'uid', 'gid', 'rdev', 'size', 'atimeNs', 'mtimeNs', 'ctimeNs']
  const fields = Object.fromEntries(zeros.map((name) => [name, 0n]))
  return { ...fields, mode: BigInt(mode), nlink: 1n } as unknown as BigIntStats
}
