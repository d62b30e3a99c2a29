/**
 * The terminal of the prompt: line editing with history, and Ctrl-C, which breaks off what runs.
 *
 * The line editor has the terminal only while the prompt asks for a line. While a phrase runs the terminal is in its usual mode: Ctrl-C
 * is a signal, and what the program reads is a line that the system has edited. Lines that come without being asked for (pasted ones)
 * wait in `lines`.
 */

import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { Worker } from 'node:worker_threads'
import { packageRoot } from '../daemon/source-folders.ts'
import { Driver } from '../engine/driver.ts'
import { type Answer, answer, type FromSession, newExchange } from './line-exchange.ts'
import { readHistory, writeHistory } from './line-history.ts'

/** Room for the compiler in the thread, as the launcher gives it in a process. */
const stackSizeMb = 200

/** Runs a session to its end; the exit status. */
export function runTerminal(args: readonly string[]): Promise<number> {
  return new Terminal(args).run()
}

class Terminal {
  private readonly exchange = newExchange()
  private readonly worker: Worker
  private readonly editor: Interface
  private readonly lines: string[] = []
  private history: string[] = readHistory()
  private memory: Int32Array | undefined
  private asked: 'no' | 'prompt' | 'program' = 'no'
  private inputEnded = false
  private ended = false

  constructor(args: readonly string[]) {
    this.worker = new Worker(join(packageRoot(), 'build/cli/load.js'), {
      argv: ['joctop-thread'],
      workerData: { args, exchange: this.exchange },
      resourceLimits: { stackSizeMb },
    })
    this.editor = createInterface({
      input: process.stdin,
      output: process.stdout,
      terminal: true,
      history: this.history,
      historySize: 1000,
    })
    this.listen()
    this.leave()
  }

  run(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.worker.on('message', (message: FromSession) => {
        if (message.kind === 'ended') {
          this.ended = true
          this.close()
          resolve(message.status)
        } else this.received(message)
      })
      this.worker.on('error', (error) => {
        this.close()
        reject(error)
      })
    })
  }

  private received(message: FromSession): void {
    if (message.kind === 'started') this.memory = new Int32Array(message.memory)
    if (message.kind === 'read') this.read(message.prompt)
  }

  private read(prompt: string | undefined): void {
    const line = this.lines.shift()
    if (line !== undefined) this.answer(Buffer.from(`${line}\n`))
    else if (this.inputEnded) this.answer('end')
    else if (prompt !== undefined) this.edit(prompt)
    else this.readPlain()
  }

  private answer(given: Answer): void {
    this.asked = 'no'
    answer(this.exchange, given)
  }

  // -------------------------------------------------------------------------------------------------------
  // Lines for the prompt

  private listen(): void {
    const { editor } = this
    editor.on('line', (line) => this.typed(line))
    editor.on('history', (history: string[]) => {
      this.history = history
    })
    // The editor sees Ctrl-C itself as long as it has the terminal, which is a moment longer than the prompt asks.
    editor.on('SIGINT', () => (this.asked === 'prompt' ? this.brokenOff() : this.interrupt()))
    editor.on('close', () => {
      this.inputEnded = true
      if (!this.ended && this.asked !== 'no') this.answer('end')
    })
    process.on('SIGINT', () => this.interrupt())
  }

  private edit(prompt: string): void {
    this.asked = 'prompt'
    process.stdin.setRawMode(true)
    this.editor.setPrompt(prompt)
    this.editor.prompt()
  }

  private typed(line: string): void {
    if (this.asked !== 'prompt') {
      this.lines.push(line)
      return
    }
    // More lines may be in what has been read already, so the editor gives the terminal back only after them.
    this.asked = 'no'
    setImmediate(() => {
      this.leave()
      this.answer(Buffer.from(`${line}\n`))
    })
  }

  private leave(): void {
    this.editor.pause()
    process.stdin.setRawMode(false)
  }

  private brokenOff(): void {
    this.editor.write(null, { ctrl: true, name: 'e' })
    this.editor.write(null, { ctrl: true, name: 'u' })
    process.stdout.write('^C\n')
    this.leave()
    this.answer('interrupted')
  }

  // -------------------------------------------------------------------------------------------------------
  // Lines for the program, and signals

  /** The line editor does not see what the system edits. */
  private readPlain(): void {
    this.asked = 'program'
    const { stdin } = process
    const listeners = stdin.listeners('keypress') as ((...args: unknown[]) => void)[]
    stdin.removeAllListeners('keypress')
    const finish = (given: Answer): void => {
      stdin.removeListener('data', onData)
      stdin.pause()
      for (const listener of listeners) stdin.on('keypress', listener)
      this.finishPlain = undefined
      this.answer(given)
    }
    const onData = (data: Buffer): void => finish(data.length === 0 ? 'end' : data)
    stdin.on('data', onData)
    this.finishPlain = finish
    stdin.resume()
  }

  private finishPlain: ((given: Answer) => void) | undefined

  /** Ctrl-C while something runs. */
  private interrupt(): void {
    if (this.memory !== undefined) Driver.interrupt(this.memory, Driver.bits.break)
    this.finishPlain?.('interrupted')
  }

  private close(): void {
    this.ended = true
    this.editor.close()
    process.removeAllListeners('SIGINT')
    writeHistory(this.history)
  }
}
