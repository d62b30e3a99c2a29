/** The cache of compiled units: programs behave as if there were none, whatever has happened to it. */

import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderCache } from '../../src/daemon/unit-cache.ts'
import { command, type Finished, runCommand, Scratch } from '../daemon/camlnode.ts'

const sources = {
  'main.ml': 'let () = print_endline (Word.of_int Number.one)\nlet f = function 1 -> 2\n',
  'word.ml': 'let of_int n = "n" ^ string_of_int n',
  'number.ml': 'let one = 1',
}

class Cached extends Scratch {
  readonly cache = mkdtempSync(join(tmpdir(), 'cache-'))

  run(): Finished {
    return runCommand('jocrun', ['main.ml'], {
      cwd: this.folder,
      env: { XDG_CACHE_HOME: this.cache },
    })
  }

  /** The files of the cache. */
  entries(): string[] {
    const base = join(this.cache, 'camlnode')
    if (!existsSync(base) || !statSync(base).isDirectory()) return []
    return (readdirSync(base, { recursive: true }) as string[])
      .map((f) => join(base, f))
      .filter((f) => /[0-9a-f]{64}$/.test(f))
  }
}

const warning = `File "main.ml", line 2, characters 8-23:
2 | let f = function 1 -> 2
            ^^^^^^^^^^^^^^^
Warning 8 [partial-match]: this pattern-matching is not exhaustive.
Here is an example of a case that is not matched:
0
`

test('the second run finds the units of the first, and repeats its warnings', () => {
  const p = new Cached(sources)
  const first = p.run()
  expect(first).toEqual({ status: 0, stdout: 'n1\n', stderr: warning })
  const entries = p.entries()
  expect(entries.length).toBe(3)
  expect(p.run()).toEqual(first)
  expect(p.entries()).toEqual(entries)
})

test('a unit is compiled again when something that it depends on has changed', () => {
  const p = new Cached(sources)
  p.run()
  p.write('number.ml', 'let one = 2')
  expect(p.run().stdout).toBe('n2\n')
  p.write('number.ml', 'let one = "x"')
  expect(p.run().stderr).toContain('Error: This expression has type string')
  p.write('number.ml', 'let one = 1')
  expect(p.run().stdout).toBe('n1\n')
  p.write('number.mli', 'val one : int')
  p.write('string.ml', 'let x = 1')
  p.write('word.ml', 'let of_int n = "m" ^ string_of_int (n + String.x)')
  expect(p.run().stdout).toBe('m2\n')
})

test('damaged entries are not believed', () => {
  const p = new Cached(sources)
  const first = p.run()
  for (const entry of p.entries()) {
    const bytes = readFileSync(entry)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1
    writeFileSync(entry, bytes)
  }
  expect(p.run()).toEqual(first)
  for (const entry of p.entries()) truncateSync(entry, 100)
  expect(p.run()).toEqual(first)
  for (const entry of p.entries()) truncateSync(entry, 0)
  expect(p.run()).toEqual(first)
})

test('a cache that cannot be written is none', () => {
  const p = new Cached(sources)
  writeFileSync(join(p.cache, 'camlnode'), 'a file')
  expect(p.run().stdout).toBe('n1\n')
  expect(p.entries()).toEqual([])
})

test('entries that others could have written are not read', () => {
  const p = new Cached(sources)
  p.run()
  const [entry] = p.entries()
  chmodSync(join(entry as string, '..'), 0o777)
  const before = p.entries().map((e) => readFileSync(e))
  p.write('number.ml', 'let one = 3')
  expect(p.run().stdout).toBe('n3\n')
  expect(p.entries().map((e) => readFileSync(e))).toEqual(before)
})

test('processes that start at once with an empty cache do not disturb each other', async () => {
  const p = new Cached(sources)
  const start = () =>
    new Promise<string>((done) => {
      const child = spawn(process.execPath, [command('jocrun'), 'main.ml'], {
        cwd: p.folder,
        env: { ...process.env, XDG_CACHE_HOME: p.cache },
      })
      let output = ''
      child.stdout.on('data', (chunk) => {
        output += chunk
      })
      child.once('close', (status) => done(`${status} ${output}`))
    })
  expect(await Promise.all(Array.from({ length: 5 }, start))).toEqual(Array(5).fill('0 n1\n'))
  const entries = p.entries()
  expect(entries.length).toBe(3)
  const folder = join(entries[0] as string, '..')
  expect(readdirSync(folder).length).toBe(3)
})

test('a cache that has grown too large loses what has not been used for the longest time', () => {
  const base = mkdtempSync(join(tmpdir(), 'cache-'))
  const cache = folderCache(base, 'c'.repeat(64))
  const key = (first: string, i: number) => first + String(i).padStart(63, '0')
  const folder = join(base, 'c'.repeat(32))
  for (let i = 0; i < 5100; i += 1) {
    cache.write(key('a', i), new Uint8Array(1))
    const written = 1_000_000_000 + i
    utimesSync(join(folder, key('a', i)), written, written)
  }
  cache.write(key('0', 0), new Uint8Array(1))
  const left = readdirSync(folder)
  expect(left.length).toBeLessThanOrEqual(5000)
  expect(left).toContain(key('0', 0))
  expect(left).toContain(key('a', 5099))
  expect(left).not.toContain(key('a', 0))
})
