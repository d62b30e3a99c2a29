/**
 * Debug mode: who made what, and whether it may still be used. One object for each engine; without debug mode there is
 * none.
 *
 * Every operation that may allocate ends the life of all values that a `peek` has given out: `operations` counts them.
 * Collections that others cause are seen in the control word `epoch`.
 */

import type { Runtime } from '../engine/runtime.ts'

/** What a report shows of a stack: the program's frames. */
const longestSite = 6

const ownFrame = /[\\/]src[\\/]embedding[\\/]|[\\/]build[\\/]chunks[\\/]|[\\/]build[\\/]index\.js/

export class Debug {
  private readonly runtime: Runtime
  private operations = 0
  private readonly leaks: FinalizationRegistry<string>

  constructor(runtime: Runtime, reportLeak: (site: string) => void) {
    this.runtime = runtime
    this.leaks = new FinalizationRegistry(reportLeak)
  }

  /** Something may have been allocated. */
  allocated(): void {
    this.operations += 1
  }

  /** Changes whenever blocks may have moved. */
  get age(): string {
    return `${this.operations} ${this.runtime.control('epoch')}`
  }

  /** Where the program has called. */
  site(): string {
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 30
    const { stack = '' } = new Error('site')
    Error.stackTraceLimit = stackTraceLimit
    const frames = stack.split('\n').slice(1)
    const theirs = frames.filter((frame) => !ownFrame.test(frame))
    return theirs.slice(0, longestSite).join('\n')
  }

  /** Reports `site` when `root` is garbage and has not been released. */
  watch(root: object, site: string): void {
    this.leaks.register(root, site, root)
  }

  release(root: object): void {
    this.leaks.unregister(root)
  }
}
