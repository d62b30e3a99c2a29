/** The package as its users have it: an import by name, types for `tsc`, the example of the guide. */

import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
let project: string

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'camlnode-user-'))
  mkdirSync(join(project, 'node_modules'))
  symlinkSync(root, join(project, 'node_modules/camlnode'))
  writeFileSync(join(project, 'package.json'), '{ "name": "user", "type": "module" }')
})

afterAll(() => rmSync(project, { recursive: true }))

function node(...args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: project, encoding: 'utf8' })
}

it('is imported by its name', () => {
  writeFileSync(
    join(project, 'main.js'),
    `import { Engine } from 'camlnode'
     const engine = Engine.create()
     engine.load({ 'fib.ml': 'let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)' })
     console.log(engine.call('Fib', 'fib', 20))
     engine.load({ 'deep.ml': 'let rec f n = if n = 0 then 0 else 1 + f (n - 1)' })
     console.log(engine.call('Deep', 'f', 1_000_000))`,
  )
  expect(node('main.js')).toBe('6765\n1000000\n')
})

it('begins as the guide does', () => {
  const guide = readFileSync(join(root, 'docs/EMBEDDING.md'), 'utf8')
  writeFileSync(join(project, 'first.js'), /```js\n(.*?)```/s.exec(guide)?.[1] ?? '')
  expect(node('first.js')).toBe('6765\n')
})

it('runs the example', () => {
  cpSync(join(root, 'docs/examples/embedding'), join(project, 'example'), { recursive: true })
  expect(node('example/shop.mjs').split('\n')).toEqual([
    'sold tea for Cash',
    'sold cake for Cash',
    '5.5',
    'sold cake for Card',
    '2.5',
    "Shop.Unknown_item [ 'coffee' ] Shop.find",
    "[ 'tea', 'cake' ]",
    '6.5',
    '',
  ])
})

/** What `tsc` says of a program; nothing if it is right. */
function typeErrors(source: string): string {
  writeFileSync(join(project, 'main.ts'), source)
  const options = { strict: true, module: 'nodenext', target: 'es2022', lib: ['es2023', 'esnext.disposable'] }
  const compilerOptions = {
    ...options,
    noEmit: true,
    types: [],
    skipLibCheck: false,
    exactOptionalPropertyTypes: true,
  }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }))
  try {
    execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', project], { encoding: 'utf8', stdio: 'pipe' })
    return ''
  } catch (error) {
    return (error as { readonly stdout: string }).stdout
  }
}

it('has types', () => {
  const head = `import { Engine, imm, t } from 'camlnode'
    const engine = Engine.create({ debug: true })
    const add = engine.function('M', 'add', t.fn([t.int, t.list(t.string)], t.float))
    const list = engine.build(t.list(t.int), [1])\n`
  const right = `const sum: number = add(1, ['a'])
    const first = engine.peek((cx) => cx.int(cx.head(cx.get(list))))
    engine.scope((s) => s.cons(imm.int(1), list).root()).delete()
    console.log(sum, first)`
  expect(typeErrors(`${head}declare const console: { log(...args: unknown[]): void }\n${right}`)).toBe('')
  expect(typeErrors(`${head}add('x', [])`)).toContain("type 'string' is not assignable")
  expect(typeErrors(`${head}export const v = engine.peek((cx) => cx.get(list))`)).toContain(
    "Type 'Val<S, List<Int>>'",
  )
  expect(typeErrors(`${head}export const l = engine.scope((s) => s.some(list))`)).toContain("Type 'Local<S,")
  expect(typeErrors(`${head}engine.peek((cx) => cx.string(cx.get(list)))`)).toContain("'Val<S, List<Int>>'")
})
