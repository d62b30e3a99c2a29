/** The OCaml code of docs/PROCESSES.md compiles, and its first example does what the guide says. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Camlnode, root, runCommand, Scratch } from './camlnode.ts'

/** The code blocks, by the file that their first line names; the others together. */
function ocamlFiles(): Record<string, string> {
  const guide = readFileSync(join(root, 'docs/PROCESSES.md'), 'utf8')
  const files: Record<string, string> = {}
  for (const [, code] of guide.matchAll(/```ocaml\n([\s\S]*?)```/g)) {
    const name = /^\(\* (\w+\.ml) \*\)/.exec(code as string)?.[1] ?? 'others.ml'
    files[name] = (files[name] ?? '') + code
  }
  return files
}

test('the code compiles', () => {
  const files = ocamlFiles()
  const scratch = new Scratch(files)
  const names = Object.keys(files)
  expect(names).toEqual(['counter.ml', 'others.ml', 'account.ml'])
  expect(runCommand('camlnode', ['check', ...names.map((n) => scratch.path(n))])).toMatchObject({
    status: 0,
    stderr: '',
  })
})

test('the examples run', async () => {
  const daemon = await Camlnode.start({ files: ocamlFiles() })
  const erl = await daemon.erl()
  const N = `'${daemon.name}'`
  expect(
    await erl.eval(`P = rpc:call(${N}, counter, start, []), P ! {add, 3}, P ! {add, 4}, R = make_ref(), P ! {get, self(), R},
      receive {R, Total} -> Total end`),
  ).toBe('7')
  expect(
    await erl.eval(
      `{ok, P} = erpc:call(${N}, account, start_link, [100]), ok = gen_server:call(P, {withdraw, 30}), sys:get_state(P)`,
    ),
  ).toBe('70')
  await erl.stop()
  expect(await daemon.stop()).toBe(0)
})
