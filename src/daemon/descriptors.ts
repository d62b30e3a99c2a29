/**
 * The descriptors of one program. Their numbers are the program's own: it reaches what it has opened and its standard descriptors, and
 * no other file or socket that this process has open.
 */

import { closeSync, openSync } from 'node:fs'
import { type OpenFile, PipeEnd, SystemFile } from './open-file.ts'
import { Pipe } from './pipe.ts'
import { SystemError } from './system-error.ts'

/** So that a program that never closes anything does not take the descriptors that the process needs. */
const limit = 1024

export class Descriptors {
  private readonly files = new Map<number, OpenFile>()
  /** The last close of these does not close them for the process, which may need them for its own messages. */
  private readonly standard: ReadonlySet<OpenFile>

  constructor(standard: readonly OpenFile[]) {
    this.standard = new Set(standard)
    for (const [number, file] of standard.entries()) this.files.set(number, file)
  }

  get(number: number): OpenFile {
    const file = this.files.get(number)
    if (file === undefined) throw new SystemError('EBADF')
    return file
  }

  open(path: string, flags: number, permissions: number): number {
    if (this.files.size >= limit) throw new SystemError('EMFILE')
    const fd = openSync(path, flags, permissions)
    try {
      return this.add(new SystemFile(fd, flags, true))
    } catch (error) {
      closeSync(fd)
      throw error
    }
  }

  /** The numbers of its reading and its writing end. */
  pipe(): readonly [number, number] {
    if (this.files.size + 2 > limit) throw new SystemError('EMFILE')
    const pipe = new Pipe()
    return [this.add(new PipeEnd(pipe, 'reader')), this.add(new PipeEnd(pipe, 'writer'))]
  }

  duplicate(number: number): number {
    const file = this.get(number)
    const added = this.add(file)
    file.references += 1
    return added
  }

  duplicateTo(number: number, target: number): void {
    const file = this.get(number)
    if (target < 0 || target >= limit) throw new SystemError('EBADF')
    if (number === target) return
    if (this.files.has(target)) this.close(target)
    this.files.set(target, file)
    file.references += 1
  }

  /** The lowest number that is free, as everywhere. */
  private add(file: OpenFile): number {
    let number = 0
    while (this.files.has(number)) number += 1
    if (number >= limit) throw new SystemError('EMFILE')
    this.files.set(number, file)
    return number
  }

  close(number: number): void {
    const file = this.get(number)
    this.files.delete(number)
    file.references -= 1
    if (file.references === 0 && !this.standard.has(file)) file.close()
  }
}
