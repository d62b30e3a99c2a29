/**
 * Remote calls: a hidden camlnode against a hidden Erlang node that runs the same functions, both called by one Erlang
 * shell over the loopback, in turns. `node test/bench/rpc.mjs [--rounds N]` prints the table alone.
 */

import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median } from './measure.mjs'

const root = resolve(import.meta.dirname, '../..')
/** CAMLNODE names another one to measure. */
const camlnode = process.env.CAMLNODE ?? join(root, 'bin/camlnode')
const cookie = 'bench'

const ocaml = `let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)
let echo (s : string) = s
`
const erlang = `-module(fib).
-export([fib/1, echo/1]).
fib(N) when N < 2 -> N;
fib(N) -> fib(N - 1) + fib(N - 2).
echo(S) -> S.
`
/** Measures one node at a time; prints a line of microseconds a round and node. */
const caller = `-module(caller).
-export([main/1]).

main([Rounds | Nodes]) ->
    [warm(N) || N <- Nodes],
    [measure(N) || _ <- lists:seq(1, list_to_integer(atom_to_list(Rounds))), N <- Nodes],
    halt().

warm(Node) ->
    calls(Node, 5000),
    callers(Node, 64, 300),
    echoes(Node, binary:copy(<<"x">>, 1048576), 20).

measure(Node) ->
    Small = lists:sort(calls(Node, 10000)),
    {All, _} = timer:tc(fun() -> callers(Node, 64, 500) end),
    Large = lists:sort(echoes(Node, binary:copy(<<"x">>, 1048576), 60)),
    io:format("~s ~p ~p ~p ~p~n", [Node, at(Small, 0.5), at(Small, 0.99), All / (64 * 500), at(Large, 0.5)]).

calls(Node, Count) -> [nanoseconds(fun() -> 1 = erpc:call(Node, fib, fib, [1]) end) || _ <- lists:seq(1, Count)].

echoes(Node, Binary, Count) ->
    [nanoseconds(fun() -> Binary = erpc:call(Node, fib, echo, [Binary]) end) || _ <- lists:seq(1, Count)].

callers(Node, Count, Each) ->
    Pids = [spawn_monitor(fun() -> [1 = erpc:call(Node, fib, fib, [1]) || _ <- lists:seq(1, Each)] end) || _ <- lists:seq(1, Count)],
    [receive {'DOWN', M, process, P, normal} -> ok end || {P, M} <- Pids].

nanoseconds(F) ->
    Start = erlang:monotonic_time(nanosecond),
    F(),
    (erlang:monotonic_time(nanosecond) - Start) / 1000.

at(Sorted, Part) -> lists:nth(max(1, round(Part * length(Sorted))), Sorted).
`

const freePort = () =>
  new Promise((done, fail) => {
    const server = createServer().once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })

/** Starts a process that goes on running, and waits for a word on its stdout. */
function startUntil(word, file, args, env) {
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'ignore'] })
  return new Promise((done, fail) => {
    child.once('error', fail).once('exit', (code) => fail(new Error(`${file} ended with ${code}`)))
    child.stdout.on('data', (bytes) => String(bytes).includes(word) && done(child))
  })
}

function ended(child) {
  return new Promise((done) => {
    child.removeAllListeners('exit')
    child.once('exit', done)
    child.kill('SIGTERM')
  })
}

function writeFiles(folder) {
  const config = { 'fib.ml': ocaml, 'fib.erl': erlang, 'caller.erl': caller, cookie }
  for (const [name, text] of Object.entries(config)) writeFileSync(join(folder, name), text)
  chmodSync(join(folder, 'cookie'), 0o400)
  const { status, stdout, stderr } = spawnSync('erlc', ['fib.erl', 'caller.erl'], { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(stdout + stderr)
}

const names = { camlnode: 'caml@127.0.0.1', erlang: 'beam@127.0.0.1' }
const quantities = ['one caller, median', 'one caller, 99th percentile', '64 callers, per call', '1 MiB back and forth, median']

/** Microseconds by node and quantity, medians over the rounds. */
export async function measureRpc(rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-rpc-'))
  const port = await freePort()
  const env = { ERL_EPMD_PORT: String(port) }
  const erl = (name, ...args) => ['-noshell', '-name', name, '-setcookie', cookie, '-pa', folder, ...args]
  const children = []
  try {
    writeFiles(folder)
    writeFileSync(
      join(folder, 'c.toml'),
      `[node]\nname = "${names.camlnode}"\ncookie_file = "${folder}/cookie"\n[epmd]\nport = ${port}\n[[module]]\nfile = "fib.ml"\n[log]\nlevel = "error"\n`,
    )
    children.push(await startUntil('ready', camlnode, ['start', '--config', join(folder, 'c.toml')], {}))
    const say = ['-hidden', '-eval', 'io:put_chars("ready\\n").']
    children.push(await startUntil('ready', 'erl', erl(names.erlang, ...say), env))
    const args = erl('caller@127.0.0.1', '-s', 'caller', 'main', String(rounds), ...Object.values(names))
    const { status, stdout, stderr } = spawnSync('erl', args, {
      env: { ...process.env, ...env },
      encoding: 'utf8',
      timeout: 300_000,
    })
    if (status !== 0) throw new Error(`the caller ended with ${status}: ${stdout}${stderr}`)
    return summary(stdout)
  } finally {
    for (const child of children) await ended(child)
    rmSync(folder, { recursive: true, force: true })
  }
}

function summary(output) {
  const rows = output.trim().split('\n').map((line) => line.split(' '))
  const of = (name) => rows.filter(([node]) => node === name).map(([, ...numbers]) => numbers.map(Number))
  const medians = (name) => quantities.map((_, i) => median(of(name).map((numbers) => numbers[i])))
  return { camlnode: medians(names.camlnode), erlang: medians(names.erlang) }
}

function table({ camlnode: ours, erlang: theirs }) {
  const rows = quantities.map(
    (name, i) => `| ${name} | ${theirs[i].toFixed(1)} | ${ours[i].toFixed(1)} | ${(ours[i] / theirs[i]).toFixed(2)} |`,
  )
  return ['| | Erlang, µs | camlnode, µs | camlnode / Erlang |', '| --- | ---: | ---: | ---: |', ...rows].join('\n')
}

/** Returns a section for the report: `{ title, text, files }`. */
export async function rpcSection({ rounds }) {
  const results = await measureRpc(Math.max(3, rounds))
  const text = [
    'An Erlang node calls `fib:fib(1)` with `erpc:call`, and `fib:echo(Binary)`, on a hidden Erlang node and on a camlnode with the',
    'same functions, over the loopback of one machine, in turns. Medians of the rounds.',
    '',
    table(results),
  ].join('\n')
  return { title: 'Remote calls', text, files: {} }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf('--rounds')
  console.log(table(await measureRpc(at < 0 ? 5 : Number(process.argv[at + 1]))))
}
