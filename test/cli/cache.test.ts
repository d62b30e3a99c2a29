/** The cache of compiled units: programs behave as if there were none, whatever has happened to it. */

import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Finished, runCommand, Scratch } from '../daemon/camlnode.ts'

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
