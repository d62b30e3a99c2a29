/**
 * Whatever the program: it has a type or gets a diagnostic; nothing else escapes, and inference comes to an end.
 *
 * `FUZZ_SEED` and `FUZZ_COUNT` make longer runs.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type GoldenCase, readGolden, runOurs } from './golden-cases.ts'

const here = (path: string): URL => new URL(path, import.meta.url)

const filesOf = (path: string, end: string): URL[] =>
  readdirSync(here(path))
    .filter((name) => name.endsWith(end))
    .map((name) => new URL(name, here(path)))

/** A golden program without its blocks of input and output. */
function programCase(file: URL): GoldenCase {
  const text = readFileSync(file, 'utf8').replace(/^\(\* (stdin|stdout|stderr) \{[\s\S]*/m, '')
  return { title: file.pathname, files: [{ name: 'x.ml', text }], output: '' }
}

const goldenCases = ['./modules/', './core/', './objects/', './join/'].flatMap((path) =>
  filesOf(path, '.golden').flatMap((file) => readGolden(file.pathname)),
)

const programs = ['../golden/programs/', '../golden/errors/', '../golden/later/'].flatMap((path) =>
  filesOf(path, '.ml')
    .map(programCase)
    .filter(({ files }) => files.every(({ text }) => text.length < 5000)),
)

const cases = [...goldenCases, ...programs]

/** A small linear congruential generator: the same programs in every run. */
function generator(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
}

const tokensOf = (text: string): string[] => text.match(/\s+|[A-Za-z_'0-9]+|[^\sA-Za-z_'0-9]/g) ?? []

const words = cases
  .flatMap(({ files }) => files.flatMap(({ text }) => tokensOf(text)))
  .filter((word) => /\S/.test(word))

/** A program with some tokens deleted, replaced, copied or exchanged. */
function mutate(text: string, random: (bound: number) => number): string {
  const tokens = tokensOf(text)
  for (let n = 1 + random(3); n > 0; n -= 1) {
    const at = random(tokens.length)
    const other = random(tokens.length)
    const pick = random(4)
    if (pick === 0) tokens.splice(at, 1)
    else if (pick === 1) tokens[at] = words[random(words.length)] as string
    else if (pick === 2) tokens.splice(at, 0, tokens[other] as string)
    else [tokens[at], tokens[other]] = [tokens[other] as string, tokens[at] as string]
  }
  return tokens.join('')
}

/** The line that says which warnings are wanted stays as it is. */
function mutateText(text: string, random: (bound: number) => number): string {
  const options = /^\(\*[^\n]*\*\)\n/.exec(text)?.[0] ?? ''
  return options + mutate(text.slice(options.length), random)
}

function mutateCase(each: GoldenCase, random: (bound: number) => number): GoldenCase {
  const files = each.files.map(({ name, text }) => ({ name, text: mutateText(text, random) }))
  return { ...each, files }
}

/** The program and what it threw, if that was not a diagnostic. */
function crash(each: GoldenCase): string | undefined {
  try {
    runOurs(each)
    return undefined
  } catch (error) {
    const reason =
      error instanceof Error ? error.stack?.split('\n').slice(0, 8).join('\n') : JSON.stringify(error)
    return `${each.files.map(({ name, text }) => `--- ${name}\n${text}`).join('')}\n${reason}`
  }
}

describe('mutated programs', () => {
  it('only diagnostics escape', () => {
    const random = generator(Number(process.env['FUZZ_SEED'] ?? 1))
    const count = Number(process.env['FUZZ_COUNT'] ?? 1000)
    const crashes: string[] = []
    for (let i = 0; i < count; i += 1) {
      const mutated = mutateCase(cases[random(cases.length)] as GoldenCase, random)
      const found = crash(mutated)
      if (found !== undefined) crashes.push(found)
    }
    expect(crashes.length, crashes.slice(0, 6).join('\n==========\n')).toBe(0)
  })
})

/** Programs that have made inference loop or overflow. */
const hostile: Readonly<Record<string, string>> = {
  'an alias of a recursive module to itself': `
    module type S = sig module M : sig end module N = M end
    module rec M : S with module M := M = M`,
  'an irregular recursive module': `
    module rec A : sig type 'a t = < m : 'a list A.t > end = struct type 'a t = < m : 'a list A.t > end`,
  'class types that are each parameters of the other': `
    class type ['a, 'b] a = object method b : ('a, 'b) #b as 'b method as_a : ('a, 'b) a end
    and ['a, 'b] b = object method a : ('a, 'b) #a as 'a method as_b : ('a, 'b) b end
    class type ['b] ca = object ('s) inherit ['s, 'b] a end
    class type ['a] cb = object ('s) inherit ['a, 's] b end
    type bt = 'b ca cb as 'b`,
}

describe('hostile programs', () => {
  for (const [title, text] of Object.entries(hostile)) {
    it(title, () => {
      expect(crash({ title, files: [{ name: 'x.ml', text }], output: '' })).toBe(undefined)
    })
  }
})
