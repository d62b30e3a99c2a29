/** What docs/ERLANG.md and docs/ELIXIR.md show, as they show it: the release is built and run, and what was typed is typed. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, freePort, Scratch } from '../daemon/camlnode.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const scratch = new Scratch()
const shop = scratch.path('shop')
let epmd: ChildProcess
let environment: NodeJS.ProcessEnv

beforeAll(async () => {
  cpSync(join(root, 'docs/examples/release'), shop, { recursive: true })
  // The program in the PATH, as it is built.
  mkdirSync(scratch.path('bin'))
  chmodSync(scratch.write('bin/camlnode', `#!/bin/sh\nexec ${join(root, 'bin/run')} camlnode "$@"\n`), 0o755)
  const port = await freePort()
  environment = {
    ...process.env,
    PATH: `${scratch.path('bin')}:${process.env['PATH']}`,
    ERL_EPMD_PORT: String(port),
    CAMLNODE_OTP: join(root, 'src/otp'),
  }
  epmd = spawn('epmd', ['-port', String(port)], { stdio: 'ignore' })
  await eventually('epmd answers', () => spawnSync('epmd', ['-port', String(port), '-names']).status === 0)
})
afterAll(() => {
  epmd?.kill('SIGKILL')
})

function run(program: string, args: readonly string[], input = ''): string {
  const { stdout, stderr } = spawnSync(program, args, {
    cwd: shop,
    env: environment,
    input,
    encoding: 'utf8',
  })
  return `${stdout}${stderr}`
}

/** The blocks of a page whose fence says `language`. */
function blocks(page: string, language: string): readonly string[] {
  const text = readFileSync(join(root, 'docs', page), 'utf8')
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter((m) => m[1] === language)
    .map((m) => m[2] as string)
}

const prompt = /^\(shop@127\.0\.0\.1\)\d+> /m

test('the supervisor of the guide is that of the example', () => {
  const init = blocks('ERLANG.md', 'erlang').find((block) => block.startsWith('init([]) ->'))
  expect(init).toBeDefined()
  expect(readFileSync(join(shop, 'src/shop_sup.erl'), 'utf8')).toContain(init)
})

test('the release is built, and answers in its shell, as the guide shows', () => {
  const [first, ...others] = blocks('ERLANG.md', '').filter((block) => prompt.test(block))
  const [commands, session] = (first as string).split('$ ./run\n') as [string, string]
  expect(`$ ./build\n${run('./build', [])}`).toBe(commands)
  const shown = [session, ...others].join('').split(prompt).slice(1)
  const asked = shown.map((part) => part.slice(0, part.indexOf('.\n') + 2))
  const answers = run('./run', [], asked.join('')).split(prompt).slice(1)
  expect(shown.length).toBeGreaterThan(10)
  for (const [i, part] of shown.entries()) {
    const question = asked[i] as string
    expect(`${question}${answers[i]?.trimEnd()}`).toBe(part.trimEnd())
  }
  const log = readFileSync(join(shop, 'shop.log'), 'utf8')
  expect(log).toContain('camlnode words: ready')
}, 120_000)

test('Elixir code of the guide has the values that it shows', () => {
  const all = blocks('ELIXIR.md', 'elixir')
  const application = all.find((block) => block.startsWith('defmodule Shop.Application')) as string
  const shown = all.filter((block) => block.includes('# =>'))
  const values: string[] = []
  const program = shown
    .join('\n')
    .split('\n')
    .map((line) => {
      const [code, value] = line.split(/\s*# => /)
      if (value === undefined) return line
      values.push(value)
      return `IO.puts(["=> ", inspect(${code})])`
    })
  const start = `{:ok, _} = Application.ensure_all_started(:camlnode)\n{:ok, _} = Shop.Application.start(:normal, [])`
  const script = scratch.write(
    'guide.exs',
    `${application}\n${start}\n${program.join('\n')}\nSystem.stop()\n`,
  )
  const ebin = join(shop, '_release/lib/camlnode/ebin')
  if (!readdirSync(shop).includes('_release')) run('./build', [])
  const node = ['--name', 'elixir_shop@127.0.0.1', '--cookie', 'guide', '-pa', ebin]
  const output = run('elixir', [...node, script])
  const answers = output.split('\n').filter((line) => line.startsWith('=> '))
  expect(answers, output).toEqual(values.map((value) => `=> ${value}`))
}, 120_000)
