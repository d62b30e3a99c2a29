/** New code while the node runs: `camlnode:load` and `camlnode:reload`. */

import { afterEach, describe, expect, test } from 'vitest'
import type { Erl } from '../node/erl.ts'
import { Camlnode, type DaemonOptions, eventually } from './camlnode.ts'

const N = "'caml@127.0.0.1'"
const allowed = '[load]\nenabled = true\n[limits]\ncall_timeout = "10s"'
const counter = `let version () = 1
let count = ref 0
let next () = incr count; !count
let wait (s : float) = Thread.delay s; version ()
type fn = int -> int
let adder n : fn = fun m -> n + m
`

let daemon: Camlnode
let erl: Erl
afterEach(async () => {
  await erl?.stop()
  await daemon?.kill()
})

async function start(options: DaemonOptions): Promise<void> {
  daemon = await Camlnode.start(options)
  erl = await daemon.erl()
}

const call = (name: string, ...args: readonly string[]): Promise<string> =>
  erl.eval(`rpc:call(${N}, counter, ${name}, [${args.join(', ')}])`)
const own = (name: string, ...args: readonly string[]): Promise<string> =>
  erl.eval(`rpc:call(${N}, camlnode, ${name}, [${args.join(', ')}])`)

describe('load', () => {
  test('is off unless the configuration allows it', async () => {
    await start({ files: { 'counter.ml': counter } })
    expect(await own('load', 'counter', '<<"let version () = 2">>')).toContain('[load] enabled = true')
    expect(await own('reload')).toContain('unsupported')
    expect(await call('version')).toBe('1')
    expect(await own('ping')).toBe('pong')
  })

  test('new calls go to the new code, running ones end in the old', async () => {
    await start({ files: { 'counter.ml': counter }, config: allowed })
    const running = call('wait', '2.0')
    await erl.eval('timer:sleep(300)')
    expect(await own('load', 'counter', '<<"let version () = 2 let more n = n * 2">>')).toBe('ok')
    expect(await call('version')).toBe('2')
    expect(await call('more', '21')).toBe('42')
    expect(await call('next')).toContain('undef')
    expect(await own('exports', 'counter')).toContain('{more,1,<<"int -> int">>}')
    expect(await running).toBe('1')
  })

  test('an error in the source leaves the old version, in the words of the compiler', async () => {
    await start({ files: { 'counter.ml': counter }, config: allowed })
    expect(await call('next')).toBe('1')
    const answer = await own('load', 'counter', '<<"let version () = 1 + true">>')
    expect(answer).toMatch(/^\{error,/)
    expect(answer).toContain('expression has type bool but an expression was expected of type')
    expect(await own('load', 'counter', '<<"let () = failwith (string_of_int 7)">>')).toContain(
      'raised Failure(\\"7\\")',
    )
    expect(await own('load', 'counter', '<<"let v = 1">>', '<<"val w : int">>')).toContain(
      'is required but not provided',
    )
    expect(await call('next')).toBe('2')
  })

  test('a module that is new, and one that uses it', async () => {
    await start({ files: { 'counter.ml': counter }, config: allowed })
    expect(await own('load', 'base_values', '<<"let x = 40">>', '<<"val x : int">>')).toBe('ok')
    expect(await own('load', 'user_values', '<<"let y () = Base_values.x + Counter.version () + 1">>')).toBe(
      'ok',
    )
    expect(await erl.eval(`rpc:call(${N}, user_values, y, [])`)).toBe('42')
    expect(await own('modules')).toBe('[counter,base_values,user_values]')
    expect(await own('reload', 'user_values')).toContain('has no file')
    expect(await own('reload', 'nobody')).toContain('there is no module nobody')
    expect(await own('load', 'camlnode', '<<"let x = 1">>')).toContain('badarg')
    expect(await own('load', "'../evil'", '<<"let x = 1">>')).toContain('badarg')
    expect(await own('load', 'x', 'source')).toContain('badarg')
  })

  test('a source is a binary or a string', async () => {
    await start({ files: { 'counter.ml': counter }, config: allowed })
    expect(await own('load', 'words', '["let x = \\"h", 228, <<"!\\"">>]', '"val x : string"')).toBe('ok')
    expect(await erl.eval(`rpc:call(${N}, words, x, [])`)).toContain(`<<"h${'\u00e4'}!"/utf8>>`)
  })

  test('the interface of the file does not bind a text', async () => {
    await start({
      files: { 'counter.ml': counter, 'counter.mli': 'val version : unit -> int' },
      config: allowed,
    })
    expect(await call('next')).toContain('undef')
    expect(await own('load', 'counter', '<<"let next () = 9">>')).toBe('ok')
    expect(await call('next')).toBe('9')
    expect(await own('reload', 'counter')).toBe('ok')
    expect(await call('next')).toContain('undef')
    expect(await call('version')).toBe('1')
  })
})

describe('reload', () => {
  test('takes the files as they are now, with fresh state', async () => {
    await start({ files: { 'counter.ml': counter }, config: allowed })
    expect(await call('next')).toBe('1')
    daemon.scratch.write('counter.ml', counter.replace('version () = 1', 'version () = 3'))
    expect(await call('version')).toBe('1')
    expect(await own('reload')).toBe('ok')
    expect(await call('version')).toBe('3')
    expect(await call('next')).toBe('1')
    daemon.scratch.write('counter.ml', 'let version () = ')
    expect(await own('reload')).toContain('Syntax error')
    expect(await call('next')).toBe('2')
  })

  test('handles of the old domains stand for nothing any more', async () => {
    await start({ files: { 'counter.ml': counter }, config: `${allowed}\n[domains]\ncount = 2` })
    const answer = erl.eval(
      `H = rpc:call(${N}, counter, adder, [40]), 42 = rpc:call(${N}, camlnode, apply, [H, [2]]),
       ok = rpc:call(${N}, camlnode, reload, []), rpc:call(${N}, camlnode, apply, [H, [2]])`,
    )
    expect(await answer).toContain('expected a handle of a function')
    expect(
      await erl.eval(`H = rpc:call(${N}, counter, adder, [40]), rpc:call(${N}, camlnode, apply, [H, [2]])`),
    ).toBe('42')
  })

  test('many times under load: no call is lost, memory and threads are given back', async () => {
    await start({ files: { 'counter.ml': counter }, config: allowed })
    await own('reload')
    const before = daemon.memory()
    const load = erl.eval(
      `Self = self(), Stop = erlang:system_time(millisecond) + 8000,
       Ask = fun Ask(N) -> case erlang:system_time(millisecond) < Stop of
         true -> 1 = rpc:call(${N}, counter, version, []), Ask(N + 1); false -> N end end,
       Pids = [spawn_link(fun() -> Self ! {self(), Ask(0)} end) || _ <- lists:seq(1, 8)],
       lists:sum([receive {P, N} -> N end || P <- Pids])`,
      30_000,
    )
    for (let i = 0; i < 10; i++) expect(await own('reload')).toBe('ok')
    expect(Number(await load)).toBeGreaterThan(1000)
    await eventually('the memory of old domains is given back', () => daemon.memory() - before < 150)
    const errors = daemon.log.filter((entry) => (entry['level'] as number) >= 50)
    expect(errors).toEqual([])
  })

  test('loads at once follow each other, and one that never ends does not hold up calls', async () => {
    await start({ files: { 'counter.ml': counter }, config: allowed })
    const loads = [2, 3, 4, 5].map((v) => own('load', 'counter', `<<"let version () = ${v}">>`))
    expect(await Promise.all(loads)).toEqual(['ok', 'ok', 'ok', 'ok'])
    void own('load', 'counter', '<<"let () = while true do () done">>').catch(() => {})
    await erl.eval('timer:sleep(500)')
    expect(['2', '3', '4', '5']).toContain(await call('version'))
  })
})
