/**
 * What one program has of its own in a process that may run several: its descriptors, its environment, its current directory, and the
 * permissions that it keeps from new files. The process's own are not touched, nor what other programs have.
 */

import { mkdirSync, realpathSync, statSync } from 'node:fs'
import type { Descriptors } from './descriptors.ts'
import { ProgramEnvironment } from './program-environment.ts'
import { SystemError } from './system-error.ts'

export class ProgramWorld {
  readonly descriptors: Descriptors
  readonly environment = new ProgramEnvironment()
  /** Undefined: the process's. */
  private directory: string | undefined
  /** Undefined: what the process takes from new files' permissions. It is taken in any case. */
  private mask: number | undefined

  constructor(descriptors: Descriptors) {
    this.descriptors = descriptors
  }

  get currentDirectory(): string {
    return this.directory ?? process.cwd()
  }

  changeDirectory(path: string): void {
    const target = realpathSync.native(this.located(path))
    if (!statSync(target).isDirectory()) throw new SystemError('ENOTDIR')
    this.directory = target
  }

  /** A path that may be relative to the program's current directory, for the system. */
  located(path: string): string {
    const { directory } = this
    return directory === undefined || path === '' || path.startsWith('/') ? path : `${directory}/${path}`
  }

  openFile(path: string, flags: number, permissions: number): number {
    return this.descriptors.open(this.located(path), flags, this.unmasked(permissions))
  }

  makeDirectory(path: string, permissions: number): void {
    mkdirSync(this.located(path), this.unmasked(permissions))
  }

  /** The mask that held before. */
  setMask(mask: number): number {
    const old = this.mask ?? process.umask()
    this.mask = mask
    return old
  }

  private unmasked(permissions: number): number {
    return permissions & ~(this.mask ?? 0)
  }
}
