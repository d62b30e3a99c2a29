/** Global names of OCaml processes, and of Erlang processes for OCaml code, in a cluster of two Erlang nodes. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Erl } from '../node/erl.ts'
import { Camlnode, eventually } from './camlnode.ts'

const files = {
  'names.ml': `open Erlang

let rec counter total = match receive_any () with
  | Tuple [ Atom "add"; Int n ] -> counter (total + n)
  | Tuple [ Atom "get"; Pid from ] -> send from (Int total); counter total
  | Atom "stop" -> ()
  | _ -> counter total

let start (name : term) = let p = spawn (fun () -> counter 0) in if Global.register_name name p then Some p else None
let drop (name : term) = Global.unregister_name name
let whereis (name : term) = Global.whereis_name name
let tell (name : term) (message : term) = Global.send name message
let alone (name : term) = match Global.whereis_name name with _ -> "found" | exception Raised (Error, reason, _) -> to_string reason

module Account = Gen_server.Make (struct
  type state = int
  let name = "account"
  let init = function Int n -> Ok n | _ -> Error (Atom "badarg")
  let handle_call request _ n = match request with Atom "balance" -> Gen_server.Reply (Int n, n) | _ -> Reply (Atom "what", n)
  let handle_cast _ n = Gen_server.Continue n
  let handle_info _ n = Gen_server.Continue n
  let terminate _ _ = ()
  let show n = Int n
end)

let account (n : int) = match Account.start_link (Int n) with
  | Ok p -> Global.register_name (Atom "account") p
  | Error _ -> false
`,
}
const N = "'caml@127.0.0.1'"
const call = (f: string, ...args: string[]) => `erpc:call(${N}, names, ${f}, [${args.join(', ')}])`

describe.each(['hidden', 'visible'])('%s', (kind) => {
  let daemon: Camlnode
  let one: Erl
  let two: Erl

  beforeAll(async () => {
    daemon = await Camlnode.start({ files, hidden: kind === 'hidden' })
    one = await daemon.erl()
    two = await daemon.erl()
    await one.eval(`pong = net_adm:ping(${N}), pong = net_adm:ping('${two.name}'), global:sync()`)
    await two.eval('global:sync()')
  })

  afterAll(async () => {
    await one?.stop()
    await two?.stop()
    await daemon?.stop()
  })

  test('an OCaml process is found by its name on every node, as long as it lives', async () => {
    expect(
      await one.eval(`{some, P} = ${call('start', 'counter')}, P =:= global:whereis_name(counter)`),
    ).toBe('true')
    expect(await two.eval(`node(global:whereis_name(counter)) =:= ${N}`)).toBe('true')
    const added = `global:send(counter, {add, 3}), global:whereis_name(counter) ! {add, 4}, global:send(counter, {get, self()})`
    expect(await two.eval(`${added}, receive Total -> Total after 5000 -> none end`)).toBe('7')
    expect(await one.eval(call('start', 'counter'))).toBe('undefined')
    await two.eval('global:send(counter, stop)')
    for (const erl of [one, two]) {
      await eventually(
        'the name is free',
        async () => (await erl.eval('global:whereis_name(counter)')) === 'undefined',
      )
    }
  })

  test('a name can be given up', async () => {
    await one.eval(`${call('start', '{any, "term"}')}, ${call('drop', '{any, "term"}')}`)
    expect(await two.eval('global:whereis_name({any, "term"})')).toBe('undefined')
  })

  test('a gen_server of OCaml is called by its global name', async () => {
    const account = `spawn(fun() -> true = ${call('account', '12')}, receive never -> ok end end)`
    await one.eval(account)
    const balance = `try gen_server:call({global, account}, balance) catch exit:{noproc, _} -> none end`
    await eventually('it has the name', async () => (await two.eval(balance)) === '12')
  })

  test('names of Erlang processes are found by OCaml code', async () => {
    await one.eval(
      'register(erlang_one, spawn(fun() -> receive {tell, P, T} -> P ! {told, T} end end)), yes = global:register_name(one, whereis(erlang_one))',
    )
    expect(await one.eval(`${call('whereis', 'one')} =:= {some, whereis(erlang_one)}`)).toBe('true')
    expect(
      await two.eval(
        `${call('tell', 'one', '{tell, self(), hi}')}, receive {told, T} -> T after 5000 -> none end`,
      ),
    ).toBe('hi')
    expect(await one.eval(call('whereis', 'nobody'))).toBe('undefined')
    expect(await one.eval(`try ${call('tell', 'nobody', 'hi')} catch exit:{exception, R} -> R end`)).toBe(
      '{badarg,{nobody,hi}}',
    )
  })

  test('the nodes say nothing of all that', () => {
    expect([one.output, two.output]).toEqual(['', ''])
    expect(daemon.log.filter(({ level }) => Number(level) >= 40).map(({ msg }) => msg)).toEqual([])
  })

  // Last, since `global` itself may warn of a node that leaves so soon.
  test('a node that comes later knows the names, too', async () => {
    const three = await daemon.erl()
    await three.eval(`pong = net_adm:ping('${one.name}'), global:sync()`)
    expect(await three.eval('gen_server:call({global, account}, balance)')).toBe('12')
    await three.stop()
  })
})

test('without a visible node there are no names', async () => {
  const daemon = await Camlnode.start({ files })
  const shell = await daemon.erl({ hidden: true })
  expect(await shell.eval(call('alone', 'x'))).toBe('<<"{erpc,noconnection}">>')
  await shell.stop()
  await daemon.stop()
})
