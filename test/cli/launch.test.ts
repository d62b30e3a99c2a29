/** `bin/launch`: what is missing or out of date is built once, however many commands start at the same moment. */

import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const bin = resolve(import.meta.dirname, '../../bin')

/** A checkout whose build takes a second, writes down that it ran, and makes a command that says what it was built from. */
class Checkout {
  readonly root = mkdtempSync(join(tmpdir(), 'launch-'))

  constructor() {
    for (const folder of ['bin', 'src', 'build/cli']) mkdirSync(join(this.root, folder), { recursive: true })
    for (const file of ['launch', 'run']) copyFileSync(join(bin, file), join(this.root, 'bin', file))
    const build = 'echo built >>log && sleep 1 && cp src/load.js build/cli/ && touch build/stamp'
    this.write('package.json', JSON.stringify({ private: true, scripts: { build } }))
    this.write('log', '')
    this.write('src/load.js', 'console.log("one")')
    this.write('src/a.ts', '')
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.root, file), text)
  }

  get builds(): number {
    return readFileSync(join(this.root, 'log'), 'utf8').split('\n').length - 1
  }

  launch(): Promise<string> {
    const child = spawn(join(this.root, 'bin/launch'), ['load'], { stdio: ['ignore', 'pipe', 'inherit'] })
    let stdout = ''
    child.stdout.on('data', (chunk) => {
      stdout += chunk
    })
    return new Promise((done) => child.on('close', () => done(stdout)))
  }

  launchThree(): Promise<readonly string[]> {
    return Promise.all([this.launch(), this.launch(), this.launch()])
  }
}

test('commands that start at the same moment build once, and again when a source has changed', async () => {
  const checkout = new Checkout()
  expect(await checkout.launchThree()).toEqual(['one\n', 'one\n', 'one\n'])
  expect(checkout.builds).toBe(1)
  await checkout.launch()
  expect(checkout.builds).toBe(1)
  checkout.write('src/load.js', 'console.log("two")')
  checkout.write('src/a.ts', '')
  expect(await checkout.launchThree()).toEqual(['two\n', 'two\n', 'two\n'])
  expect(checkout.builds).toBe(2)
})
