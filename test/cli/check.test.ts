/** `camlnode check`: compiles, prints the interface that Erlang will see, or what is wrong. */

import { expect, test } from 'vitest'
import { runCommand, Scratch } from '../daemon/camlnode.ts'

const shapes = `type shape = Circle of float | Square of { side : float }
let area = function Circle r -> 3.0 *. r *. r | Square { side } -> side *. side
let scale ?(by = 2.0) x = by *. x
let now () = 42
let version = "1.0"
`

function check(scratch: Scratch, ...args: string[]) {
  return runCommand('camlnode', ['check', ...args], { cwd: scratch.folder })
}

test('prints the functions with their Erlang names and arities, and their types', () => {
  const scratch = new Scratch({ 'shapes.ml': shapes, 'main.ml': 'let double = List.map (fun x -> 2 * x)\n' })
  const { status, stdout, stderr } = check(scratch, 'shapes.ml', 'main.ml')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toContain(
    'module shapes\n  shapes:area/1 : Shapes.shape -> float\n      area(shape()) -> float()\n',
  )
  expect(stdout).toContain('  -type shape() :: {circle, float()} | {square, #{side := float()}}.\n')
  expect(stdout).toContain(
    '      scale(number()) -> float()\n      scale(undefined | {some, number()}, number()) -> float()\n',
  )
  expect(stdout).toMatch(/ {2}shapes:now\/0, shapes:now\/1 : unit -> int\n/)
  expect(stdout).toContain(
    'module main\n  main:double/1 : int list -> int list\n      double([integer()]) -> [integer()]\n',
  )
})

test('an interface decides what is there', () => {
  const scratch = new Scratch({ 'shapes.ml': shapes, 'shapes.mli': 'val now : unit -> int\n' })
  const { stdout } = check(scratch, 'shapes.ml')
  expect(stdout).toBe('module shapes\n  shapes:now/0, shapes:now/1 : unit -> int\n      now() -> integer()\n')
})

test('the modules of a configuration, relative to it', () => {
  const scratch = new Scratch({ 'fib.ml': 'let fib n = n + 1\n', 'c.toml': '[[module]]\nfile = "fib.ml"\n' })
  const { status, stdout } = runCommand('camlnode', ['check', '--config', scratch.path('c.toml')])
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: 'module fib\n  fib:fib/1 : int -> int\n      fib(integer()) -> integer()\n',
  })
})

test('warnings do not fail it', () => {
  const scratch = new Scratch({ 'a.ml': 'let f = function Some x -> x + 1\n' })
  const { status, stdout, stderr } = check(scratch, 'a.ml')
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: 'module a\n  a:f/1 : int option -> int\n      f(undefined | {some, integer()}) -> integer()\n',
  })
  expect(stderr).toContain('not exhaustive')
})

test.each([
  [
    'a type error',
    { 'a.ml': 'let f x = x + "y"\n' },
    ['a.ml'],
    /^File ".*a\.ml", line 1, characters 14-17:\n/,
  ],
  [
    'a syntax error',
    { 'a.ml': 'let let\n' },
    ['a.ml'],
    /^File ".*a\.ml", line 1, [\s\S]*Error: Syntax error/,
  ],
  [
    'an interface that is not met',
    { 'a.ml': 'let x = 1\n', 'a.mli': 'val y : int\n' },
    ['a.ml'],
    /value [`'"]y['"]/,
  ],
  ['no such file', {}, ['a.ml'], /^camlnode: .*a\.ml: no such file\n$/],
  ['no files', {}, [], /^camlnode check: nothing to check/],
  ['a wrong option', {}, ['--fast'], /^camlnode check: unknown option --fast\nusage: /],
  [
    'a wrong configuration',
    { 'c.toml': 'x = 1' },
    ['--config', 'c.toml'],
    /^camlnode: c\.toml, line 1: unknown key x/,
  ],
  [
    'the name of the own module',
    { 'camlnode.ml': 'let x () = 1\n' },
    ['camlnode.ml'],
    /^camlnode: .*own module/,
  ],
  [
    'two with one name',
    { 'a.ml': 'let x = 1\n', 'A.ml': 'let x = 1\n' },
    ['a.ml', 'A.ml'],
    /^camlnode: .*a\.ml and .*A\.ml are both the module a in Erlang\n$/,
  ],
])('%s is an error with status 2', (_, files: Readonly<Record<string, string>>, args, message) => {
  const { status, stdout, stderr } = check(new Scratch(files), ...args)
  expect(stderr).toMatch(message)
  expect(stderr).not.toContain('    at ')
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
})
