/**
 * Where the lines of the log go: stderr, which may be closed, a full disk, or a pipe that nobody reads. None of this concerns the
 * node: what cannot be written is left out, and counted, which is told as soon as something can be written again.
 *
 * A file is written to at once. A pipe or a socket (journald's) may stall, so what it does not take waits in memory, up to a bound.
 */

import { fstatSync, writeSync } from 'node:fs'

/** What may wait for the reader of a pipe, in bytes. */
const mostWaiting = 1 << 20

const stderr = 2

export class LogSink {
  private readonly isFile: boolean
  private leftOut = 0
  /** A line was cut off in its middle. */
  private torn = false

  constructor() {
    this.isFile = isFile()
    // Without this the end of a pipe's reader would be ours.
    process.stderr.on('error', () => {})
  }

  /** A whole line, its end included. */
  write(line: string): void {
    if (this.leftOut > 0 && this.put(leftOutLine(this.leftOut))) this.leftOut = 0
    if (this.leftOut > 0 || !this.put(line)) this.leftOut += 1
  }

  private put(line: string): boolean {
    return this.isFile ? this.putInFile(line) : this.putInPipe(line)
  }

  private putInPipe(line: string): boolean {
    if (!process.stderr.writable || process.stderr.writableLength > mostWaiting) return false
    process.stderr.write(line)
    return true
  }

  private putInFile(line: string): boolean {
    let rest: Uint8Array = Buffer.from(this.torn ? `\n${line}` : line)
    const whole = rest.length
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(stderr, rest))
      this.torn = false
      return true
    } catch {
      this.torn ||= rest.length < whole
      return false
    }
  }
}

function isFile(): boolean {
  try {
    const stats = fstatSync(stderr)
    return !stats.isFIFO() && !stats.isSocket()
  } catch {
    return true
  }
}

function leftOutLine(lines: number): string {
  const fields = { level: 40, time: Date.now(), pid: process.pid, lines }
  return `${JSON.stringify({ ...fields, msg: 'lines of the log were left out: stderr could not take them' })}\n`
}
