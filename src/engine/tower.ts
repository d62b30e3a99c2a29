/**
 * The engine's side of threads that stand on one another (src/runtime/tower.ts, which has the table's layout): the running thread's level is
 * set when it begins its turn, and levels are taken off from the top when the stack is suspended or given up.
 */

import { control } from '../codegen/layout.ts'
import type { Runtime } from './runtime.ts'

/** Words of the table and of a level. */
const depth = 0
const firstLevel = 4
const levelWords = 5
const id = 0
const start = 2
const woken = 3

/** What is known of a thread that stood on another. */
export interface Level {
  readonly id: number
  /** The root of its value; 0: none. */
  readonly local: number
  readonly start: number
  readonly woken: boolean
}

export class Tower {
  private readonly runtime: Runtime
  private readonly words: Int32Array
  private readonly table: number

  constructor(runtime: Runtime) {
    this.runtime = runtime
    this.words = runtime.int32()
    this.table = runtime.exports.tower() >> 2
  }

  /** On how many others the running thread stands. */
  get depth(): number {
    return this.words[this.table + depth] as number
  }

  private at(level: number, field: number): number {
    return this.table + firstLevel + level * levelWords + field
  }

  private word(level: number, field: number): number {
    return (this.words[this.at(level, field)] as number) >>> 0
  }

  /** A thread begins its turn, with the whole stack to itself. */
  begin(thread: number, localRoot: number, isWoken: boolean): void {
    const { words } = this
    const base = words[control.stackBase >> 2] as number
    const level = this.at(0, 0)
    words[this.table + depth] = 0
    words[level + id] = thread
    words[level + start] = base
    words[level + woken] = Number(isWoken)
    words[control.threadId >> 2] = thread
    words[control.threadLocal >> 2] = localRoot
    words[control.threadStart >> 2] = base
  }

  /** Takes the running thread off, and its number with it. The one below runs, with its own trace of an exception. */
  takeTop(): Level {
    const { depth } = this
    const local = this.words[control.threadLocal >> 2] as number
    const level = { id: this.word(depth, id), local, start: this.word(depth, start), woken: this.takeWoken() }
    this.runtime.exports.take_from_tower()
    return level
  }

  /** Whether the thread of this number runs or has another above it. */
  has(thread: number): boolean {
    return this.levelOf(thread) >= 0
  }

  private levelOf(thread: number): number {
    let level = this.depth
    while (level >= 0 && this.word(level, id) !== thread) level--
    return level
  }

  /** Whether the thread that waits at the top now may go on: it runs, and knows by itself only whether it has been woken once more. */
  wakeTop(): boolean {
    const at = this.at(this.depth, woken)
    const times = this.words[at] as number
    this.words[at] = times >> 1
    return times > 0
  }

  /** Whether the running thread has been woken since it blocked last, which is forgotten. */
  takeWoken(): boolean {
    const at = this.at(this.depth, woken)
    const wasWoken = this.words[at] !== 0
    this.words[at] = 0
    return wasWoken
  }

  /** Whether one on which another stands has been woken: it wants to go on. */
  get hasWoken(): boolean {
    for (let level = this.depth - 1; level >= 0; level--) if (this.word(level, woken) !== 0) return true
    return false
  }

  /** Wakes the thread of this number, which runs or has another above it; false: there is none. */
  wake(thread: number): boolean {
    const level = this.levelOf(thread)
    if (level >= 0)
      this.words[this.at(level, woken)] = level < this.depth && this.word(level, woken) !== 0 ? 2 : 1
    return level >= 0
  }
}
