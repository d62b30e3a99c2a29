/** Large terms to and from a real `erl`, and what happens beside them on the same connection. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atom, binary, encodeBare, int } from '../../src/erlang-term-format/index.ts'
import { type EchoNode, startEchoNode } from './echo-node.ts'
import { Erl } from './erl.ts'

const cookie = 'correct_horse'
const name = 'caml@127.0.0.1'
const caml = `'${name}'`
const peer = 'large@127.0.0.1'
const mebibyte = 1024 * 1024

let echo: EchoNode
let erl: Erl

beforeAll(async () => {
  echo = await startEchoNode(name, cookie, { settings: { messageLimit: 65 * mebibyte } })
  erl = await Erl.start({ name: peer, cookie, peerPort: echo.port })
  await erl.eval(`net_adm:ping(${caml})`)
})

afterAll(async () => {
  await erl?.stop()
  echo?.stop()
})

describe('64 MiB there and back', () => {
  test('let small calls pass', async () => {
    const result = await erl.eval(
      `
      Self = self(),
      Binary = binary:copy(<<"x">>, 64 * 1024 * 1024),
      spawn_link(fun() -> Self ! {large, [Binary] =:= erpc:call(${caml}, echo, f, [Binary])} end),
      Small = fun Small(Times) ->
        Start = erlang:monotonic_time(millisecond),
        [small] = erpc:call(${caml}, echo, f, [small]),
        Time = erlang:monotonic_time(millisecond) - Start,
        receive {large, Ok} -> {Ok, length(Times), lists:max([Time | Times])}
        after 5 -> Small([Time | Times])
        end
      end,
      Small([])`,
      60_000,
    )
    const [, calls, longest] = /^\{true,(\d+),(\d+)\}$/.exec(result) ?? []
    console.log(`small calls beside 64 MiB: ${calls}, the longest took ${longest} ms`)
    expect(Number(calls)).toBeGreaterThan(3)
  }, 70_000)

  test('of many processes at once arrive whole', async () => {
    const result = await erl.eval(
      `
      Self = self(),
      Sizes = [1000, 65536, 65537, 3000000, 20000000, 131072, 8000000, 200000],
      [spawn_link(fun() ->
        Term = {Size, binary:copy(<<(Size rem 251)>>, Size), [node(), {atom, Size}], lists:seq(1, Size div 1000)},
        Self ! {Size, [Term] =:= erpc:call(${caml}, echo, f, [Term])}
      end) || Size <- Sizes],
      [receive {Size, Ok} -> Ok end || Size <- Sizes]`,
      60_000,
    )
    expect(result).toBe(`[${new Array(8).fill('true').join(',')}]`)
  }, 70_000)
})

describe('a large message', () => {
  const sink = { kind: 'name', name: 'sink', node: peer } as const
  /** The sizes of the next messages, once so many have come. */
  const received = (count: number) =>
    erl.eval(`sink ! {take, ${count}, self()}, receive {taken, Sizes} -> Sizes end`)

  beforeAll(async () => {
    await erl.eval(`
      register(sink, spawn(fun() ->
        Loop = fun Loop(Got) ->
          receive
            {take, Count, To} when length(Got) >= Count -> To ! {taken, lists:reverse(Got)}, Loop([]);
            Message when is_binary(Message) -> Loop([byte_size(Message) | Got]);
            Message when not is_tuple(Message) -> Loop([Message | Got])
          end
        end,
        Loop([])
      end))`)
  })

  test('of one process lets those of others pass, and not its own', async () => {
    const [one, two] = [echo.node.spawn({ event() {} }), echo.node.spawn({ event() {} })]
    one.send(sink, binary(new Uint8Array(32 * mebibyte)))
    one.send(sink, atom('after'))
    two.send(sink, atom('meanwhile'))
    expect(await received(3)).toBe(`[meanwhile,${32 * mebibyte},'after']`)
  }, 30_000)

  test('to a peer that hangs waits here, uncopied, and arrives when it goes on', async () => {
    const connection = echo.node.connection(peer)
    const process = echo.node.spawn({ event() {} })
    erl.freeze()
    const before = globalThis.process.memoryUsage().arrayBuffers
    for (let i = 0; i < 8; i++) process.send(sink, encodeBare(binary(new Uint8Array(8 * mebibyte))))
    process.send(sink, int(1))
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(connection?.queued).toBeGreaterThan(40 * mebibyte)
    expect(globalThis.process.memoryUsage().arrayBuffers - before).toBeLessThan(150 * mebibyte)
    erl.thaw()
    expect(await received(9)).toBe(`[${new Array(8).fill(8 * mebibyte).join(',')},1]`)
  }, 40_000)
})
