/** The death of a domain's thread: its callers get an error, it starts again, and the node stays up. */

import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLog } from '../../src/base/ports.ts'
import { defaultConfig } from '../../src/daemon/config.ts'
import { type Daemon, startDaemon } from '../../src/daemon/daemon.ts'
import { systemClock, systemRandom } from '../../src/daemon/system-clock.ts'
import { TcpNetwork } from '../../src/daemon/tcp-network.ts'
import { Erl } from '../node/erl.ts'
import { cookie, eventually, examples, freePort, pause, Scratch } from './camlnode.ts'

const N = "'caml@127.0.0.1'"
const workers: Worker[] = []
const messages: string[] = []
const source = `
(* A question to the node, while callers already wait for the next domain. *)
let _ : Erlang.pid option = Erlang.whereis "rex"
type f = int -> int
let make (n : int) : f = ( + ) n
let echo (text : string) = text
let size (text : string) = String.length text
def count(n) & next() = count(n + 1) & reply n to next
let () = spawn count(1)
def answer(n : int) & ask() = reply n to ask
let channel () : int Join.chan = answer
`
const handles = new Scratch({ 'handles.ml': source }).path('handles.ml')
let daemon: Daemon
let erl: Erl

beforeAll(async () => {
  process.on('worker', (worker) => workers.push(worker))
  const epmdPort = await freePort()
  const config = { ...defaultConfig, epmd: { enabled: true, host: '127.0.0.1', port: epmdPort } }
  const note = (_: object, message: string): void => void messages.push(message)
  const log = { ...silentLog, warn: note, error: note }
  const network = new TcpNetwork()
  const ports = { network, peers: network, clock: systemClock, random: systemRandom, log }
  daemon = await startDaemon(config, cookie, [join(examples, 'demo.ml'), handles], ports)
  erl = await Erl.start({ name: 'shell@127.0.0.1', cookie, epmdPort })
})
afterAll(async () => {
  await erl?.stop()
  await daemon?.stop(0)
})

/** Ends the domain; the next one is starting then. */
async function next(): Promise<void> {
  const { length } = workers
  await workers.at(-1)?.terminate()
  await eventually('the domain starts again', () => workers.length > length)
}

test('callers get an error, others are served again soon, the node stays up', async () => {
  expect(await erl.eval(`rpc:call(${N}, demo, fib, [20])`)).toBe('6765')
  const waiting = [1, 2, 3].map(() => erl.eval(`rpc:call(${N}, demo, forever, [])`))
  await pause(200)
  await workers.at(-1)?.terminate()
  for (const answer of await Promise.all(waiting)) {
    expect(answer).toBe("{badrpc,{'EXIT',{camlnode_domain_crashed,[]}}}")
  }
  expect(await erl.eval('nodes(hidden)')).toBe(`[${N}]`)
  await eventually(
    'the domain serves again',
    async () => (await erl.eval(`rpc:call(${N}, demo, fib, [20])`)) === '6765',
  )
  expect(workers.length).toBe(2)
  expect(messages).toContain('restarting the domain')
})

test('calls while there is no domain are answered at once', async () => {
  await workers.at(-1)?.terminate()
  const started = Date.now()
  const answer = await erl.eval(`rpc:call(${N}, demo, fib, [20])`)
  expect(answer).toMatch(/^(6765|\{badrpc,\{'EXIT',\{camlnode_domain_crashed,\[\]\}\}\})$/)
  expect(Date.now() - started).toBeLessThan(3000)
  await eventually(
    'the domain serves again',
    async () => (await erl.eval(`rpc:call(${N}, demo, fib, [20])`)) === '6765',
  )
})

test('what waited for room on the way to a domain that is gone does not hold up the next one', async () => {
  const B = 'binary:copy(<<$b>>, 60_000)'
  await next()
  await erl.eval(`[erpc:cast(${N}, demo, fib, [${B}]) || _ <- lists:seq(1, 120)]`)
  await pause(50)
  await next()
  const answers = await erl.eval(
    `lists:usort([catch erpc:receive_response(R, 15000) || R <- [erpc:send_request(${N}, handles, size, [${B}]) || _ <- lists:seq(1, 120)]])`,
  )
  expect(answers).toBe('[60000]')
}, 60_000)

test('large arguments that a domain has not taken are lost with it, those of the next one arrive', async () => {
  const calls = `[{B, erpc:send_request(${N}, handles, echo, [B])}
    || Size <- [70_000, 1_000_000, 2_000_000], _ <- lists:seq(1, 5), B <- [rand:bytes(Size)]]`
  const outcome = `fun({B, R}) -> try B =:= erpc:receive_response(R, 15000) catch error:{exception, E, _} -> E end end`
  await next()
  const lost = erl.eval(`lists:usort(lists:map(${outcome}, ${calls}))`)
  await pause(200)
  await next()
  expect(['[camlnode_domain_crashed]', '[camlnode_domain_crashed,true]']).toContain(await lost)
  await eventually(
    'the domain serves again',
    async () => (await erl.eval(`lists:usort(lists:map(${outcome}, ${calls}))`)) === '[true]',
  )
})

test('channels end with the domain, and have their names again in the next one', async () => {
  expect(await erl.eval(`[gen_server:call({'handles.next', ${N}}, ok) || _ <- [1, 2]]`)).toBe('[1,2]')
  const ends = erl.eval(
    `Pid = rpc:call(${N}, handles, channel, []), Asked = gen_server:send_request({'handles.ask', ${N}}, ok),
     Ms = [erlang:monitor(process, P) || P <- [Pid, {'handles.next', ${N}}]],
     {[receive {'DOWN', M, process, _, R} -> R after 5000 -> none end || M <- Ms],
      element(1, element(2, gen_server:receive_response(Asked, 5000)))}`,
  )
  await pause(200)
  await workers.at(-1)?.terminate()
  expect(await ends).toBe('{[camlnode_domain_crashed,camlnode_domain_crashed],camlnode_domain_crashed}')
  await eventually(
    'the name is there again',
    async () => (await erl.eval(`catch gen_server:call({'handles.next', ${N}}, ok)`)) === '1',
  )
})

test('owners of handles of a domain that is gone are not watched any more', async () => {
  const owner = await erl.eval(
    `S = self(), P = spawn(fun() -> S ! {made, erpc:call(${N}, handles, make, [1])}, receive never -> ok end end),
     register(owner, P), receive {made, R} -> is_reference(R) end`,
  )
  expect(owner).toBe('true')
  const watchers = 'process_info(whereis(owner), monitored_by)'
  await eventually('it is watched', async () => /<.*>/.test(await erl.eval(watchers)))
  await workers.at(-1)?.terminate()
  await eventually('it is not watched', async () => (await erl.eval(watchers)) === '{monitored_by,[]}')
})
