/**
 * Long arguments and answers, which change hands between threads instead of being copied: every byte arrives, whoever else
 * calls meanwhile, and however a call ends.
 */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Erl } from '../node/erl.ts'
import { Camlnode } from './camlnode.ts'
import { everyWay } from './certificates.ts'

const large = `
exception Refused of string
let echo (text : string) = text
let twice (text : string) = (text, text)
let length (text : string) (n : int) = String.length text + n
let refuse (text : string) : int = raise (Refused text)
let fill (n : int) = String.make n 'x'
`
const N = "'caml@127.0.0.1'"
const tcp = everyWay()[0]

let daemon: Camlnode
let erl: Erl

beforeAll(async () => {
  daemon = await Camlnode.start({ files: { 'large.ml': large }, config: tcp?.config ?? '' })
  erl = await daemon.erl()
})
afterAll(async () => {
  await erl?.stop()
  expect(await daemon?.stop()).toBe(0)
})

test('every byte arrives, from many callers at once', async () => {
  const sizes = '[65_000, 65_500, 65_536, 70_000, 131_072, 1_048_576, 3_000_001, 5_000_000]'
  const call = `fun(Size) ->
    B = rand:bytes(Size),
    C = <<B/binary, 1>>,
    [B = rpc:call(${N}, large, echo, [B]), {C, C} = rpc:call(${N}, large, twice, [C]), true = Size + 7 =:= rpc:call(${N}, large, length, [B, 7])]
  end`
  const all = `begin Call = ${call}, [receive {'DOWN', M, _, _, normal} -> ok; {'DOWN', M, _, _, Why} -> Why end
    || M <- [element(2, spawn_monitor(fun() -> Call(Size) end)) || Size <- ${sizes}, _ <- [1, 2, 3]]] end`
  expect(await erl.eval(`lists:usort(${all})`)).toBe('[ok]')
})

test('calls that are refused or raise tell about what they were given', async () => {
  const B = 'binary:copy(<<"ab">>, 100_000)'
  const reason = (call: string) => `try ${call} catch error:{exception, Reason, Stack} -> {Reason, Stack} end`
  const wrong = await erl.eval(reason(`erpc:call(${N}, large, length, [${B}, ${B}])`))
  expect(wrong).toContain('argument 2: expected integer, got binary of 200000 bytes')
  const refused = reason(`erpc:call(${N}, large, refuse, [${B}])`)
  expect(await erl.eval(`element(1, ${refused}) =:= {ocaml, 'Large.Refused', [${B}]}`)).toBe('true')
  expect(await erl.eval(reason(`erpc:call(${N}, large, nothing, [${B}])`))).toContain(
    '{undef,[{large,nothing,',
  )
  expect(await erl.eval(reason(`erpc:call(${N}, camlnode, info, [${B}])`))).toContain(
    '{undef,[{camlnode,info,',
  )
})

test('casts, and calls that nobody waits for any more, leave the others alone', async () => {
  const B = 'binary:copy(<<"c">>, 500_000)'
  const mixed = `begin
    [ok = erpc:cast(${N}, large, echo, [${B}]) || _ <- lists:seq(1, 20)],
    [catch erpc:call(${N}, large, echo, [${B}], T) || T <- [0, 1, 2, 3, 5, 0, 1, 2, 3, 5]],
    [exit(spawn(fun() -> erpc:call(${N}, large, echo, [${B}]) end), kill) || _ <- lists:seq(1, 10)],
    [byte_size(erpc:call(${N}, large, fill, [S])) || S <- [10, 100_000, 6_000_000, 10]]
  end`
  expect(await erl.eval(mixed)).toBe('[10,100000,6000000,10]')
})
