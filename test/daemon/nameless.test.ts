/** Nodes that connect to others by themselves: those of `node.connect`, and those that get their name that way. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Erl } from '../node/erl.ts'
import { Camlnode, cookie, eventually, freePort, runCommand, Scratch } from './camlnode.ts'
import { everyWay } from './certificates.ts'

const files = {
  'work.ml': `let add a b = a + b
let who () = Erlang.node ()
let self () = Erlang.self ()
let server = Erlang.(spawn (fun () -> let rec loop () = (match receive_any () with
  | Tuple [ Pid p; t ] -> send p t | _ -> ()); loop () in register "echo" (self ()); loop ()))
`,
}

/** Its EPMD is the other nodes' too. */
let giver: Camlnode
let erl: Erl

beforeAll(async () => {
  giver = await Camlnode.start({ name: 'giver' })
  erl = await giver.erl()
  await erl.eval('net_kernel:monitor_nodes(true, [{node_type, all}]), ok')
})

afterAll(async () => {
  await erl?.stop()
  await giver?.stop()
})

function startNameless(...peers: readonly string[]): Promise<Camlnode> {
  const args = peers.flatMap((peer) => ['--connect', peer])
  return Camlnode.start({ name: 'undefined', files, args, epmdPort: giver.epmdPort })
}

const nameOf = (daemon: Camlnode): string => /^ready (\S+) 0\n$/.exec(daemon.stdout)?.[1] ?? daemon.stdout

test('a node without a name gets one of a node of Erlang, and is called over the connection that it has opened', async () => {
  const nameless = await startNameless(erl.name)
  const name = nameOf(nameless)
  const N = `'${name}'`
  expect(name).toMatch(/^[A-Z0-9]{6,}@127\.0\.0\.1$/)
  expect(await erl.eval(`lists:member(${N}, nodes(hidden))`)).toBe('true')
  expect(await erl.eval(`rpc:call(${N}, work, add, [1, 2])`)).toBe('3')
  expect(await erl.eval(`rpc:call(${N}, work, who, [])`)).toBe(`<<"${name}">>`)
  expect(await erl.eval(`node(rpc:call(${N}, work, self, []))`)).toBe(N)
  expect(await erl.eval(`{echo, ${N}} ! {self(), hi}, receive hi -> hi after 5000 -> none end`)).toBe('hi')
  expect(await erl.eval('{ok, Names} = erl_epmd:names({127,0,0,1}), length(Names)')).toBe('2')
  // It comes back under the same name.
  expect(await erl.eval(`erlang:disconnect_node(${N})`)).toBe('true')
  await eventually('it is back', async () => (await erl.eval(`lists:member(${N}, nodes(hidden))`)) === 'true')
  expect(
    await erl.eval(`{echo, ${N}} ! {self(), again}, receive again -> again after 5000 -> none end`),
  ).toBe('again')
  expect(await nameless.stop()).toBe(0)
  expect(erl.output).toBe('')
})

test('of several nodes the first that answers gives the name', async () => {
  const nameless = await startNameless('nobody@127.0.0.1', giver.name)
  expect(nameOf(nameless)).toMatch(/^[A-Z0-9]{7}@127\.0\.0\.1$/)
  expect(
    nameless.log.filter(({ msg }) => msg === 'a node of node.connect is not connected')[0],
  ).toMatchObject({ peer: 'nobody@127.0.0.1' })
  expect(await nameless.stop()).toBe(0)
})

test('over TLS, too', async () => {
  const [, , { config, erlArguments }] = everyWay()
  const secure = await Camlnode.start({ name: 'secure', config, erlArguments })
  const shell = await secure.erl()
  const common = { name: 'undefined', files, config, epmdPort: secure.epmdPort }
  const nameless = await Camlnode.start({ ...common, args: ['--connect', shell.name] })
  expect(await shell.eval(`rpc:call('${nameOf(nameless)}', work, add, [1, 2])`)).toBe('3')
  for (const node of [nameless, secure]) expect(await node.stop()).toBe(0)
  await shell.stop()
})

test('where nobody gives a name, that is said', async () => {
  const scratch = new Scratch({ cookie })
  const port = await freePort()
  const config = scratch.write('c.toml', `[epmd]\nport = ${port}\n`)
  const start = (...args: string[]) => {
    const given = ['start', '--config', config, '--cookie-file', scratch.path('cookie'), ...args]
    return runCommand('camlnode', given)
  }
  const alone = start('--name', 'undefined')
  expect(alone).toMatchObject({ status: 2, stdout: '' })
  expect(alone.stderr).toMatch(/^camlnode: a node whose name is undefined needs node.connect/m)
  const unheard = start('--name', 'undefined@127.0.0.1', '--connect', 'nobody@127.0.0.1')
  expect(unheard).toMatchObject({ status: 2, stdout: '' })
  expect(unheard.stderr).toMatch(
    /^camlnode: no node of node.connect gives this one a name: nobody@127.0.0.1: /m,
  )
})

test('a node with a name connects to those that it is told, when they come, and again when they have been away', async () => {
  const name = 'late@127.0.0.1'
  const daemon = await Camlnode.start({ files, args: ['--connect', name], epmdPort: giver.epmdPort })
  const isThere = async (late: Erl) => (await late.eval('nodes(hidden)')) === `['${daemon.name}']`
  for (let life = 0; life < 2; life++) {
    const late = await Erl.start({ name, cookie, epmdPort: giver.epmdPort })
    await eventually('it is connected', () => isThere(late))
    await late.kill()
  }
  expect(await daemon.stop()).toBe(0)
})

test('who is called by a module that is being initialised cannot call it yet, and stays connected', async () => {
  await erl.eval(`register(early, spawn(fun F() -> receive {P, N} when is_pid(P) ->
    P ! {result, list_to_binary(io_lib:format("~0p", [rpc:call(N, early, f, [])]))}, F() end end)), ok`)
  const early = `open Erlang
let before =
  send_to (Remote_name ("early", "${erl.name}")) (Tuple [ Pid (self ()); Atom (node ()) ]);
  receive (function Tuple [ Atom "result"; Binary b ] -> Some b | _ -> None)
let f () = before
`
  const daemon = await Camlnode.start({
    name: 'early',
    files: { 'early.ml': early },
    epmdPort: giver.epmdPort,
  })
  expect(await erl.eval(`rpc:call('early@127.0.0.1', early, f, [])`)).toBe(
    `<<"{badrpc,{'EXIT',{camlnode_starting,[]}}}">>`,
  )
  expect(daemon.log.filter(({ msg }) => msg === 'node down')).toEqual([])
  expect(await daemon.stop()).toBe(0)
})
