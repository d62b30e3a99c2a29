import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type GoldenCase, readGolden, runOurs } from './golden-cases.ts'

const folders = ['./modules/', './core/'].map((path) => new URL(path, import.meta.url))
const cases = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.golden'))
    .flatMap((name) => readGolden(new URL(name, folder).pathname)),
)

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

function mutateCase(each: GoldenCase, random: (bound: number) => number): GoldenCase {
  const files = each.files.map(({ name, text }) => ({ name, text: mutate(text, random) }))
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
