/** A pipe between the threads of one program: bytes in this process's memory, never a pipe of the system. */

import { SystemError } from './system-error.ts'

const capacity = 65_536
/** What is written at once up to this size is never mixed with what others write. */
const atomicBytes = 4096

/**
 * Nothing can be done now without waiting. It is not the error EAGAIN, which is what programs get that have asked not to wait:
 * the library waits in a way that lets other threads go on.
 */
export const mustWait = 'EWAIT'

export class Pipe {
  private readonly bytes = new Uint8Array(capacity)
  private start = 0
  private length = 0
  readers = 1
  writers = 1

  get readable(): boolean {
    return this.length > 0 || this.writers === 0
  }

  get writable(): boolean {
    return capacity - this.length >= atomicBytes || this.readers === 0
  }

  read(target: Uint8Array): number {
    if (this.length === 0 && target.length > 0 && this.writers > 0) throw new SystemError(mustWait)
    const count = Math.min(target.length, this.length)
    for (let i = 0; i < count; i++) target[i] = this.bytes[(this.start + i) % capacity] as number
    this.start = (this.start + count) % capacity
    this.length -= count
    return count
  }

  /** How many bytes there was room for. */
  write(source: Uint8Array): number {
    if (this.readers === 0) throw new SystemError('EPIPE')
    const room = capacity - this.length
    const wanted = source.length <= atomicBytes ? source.length : 1
    if (room < wanted) throw new SystemError(mustWait)
    const count = Math.min(room, source.length)
    const end = this.start + this.length
    for (let i = 0; i < count; i++) this.bytes[(end + i) % capacity] = source[i] as number
    this.length += count
    return count
  }
}
