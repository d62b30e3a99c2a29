/**
 * `npm run bench:distribution [-- --seconds N] [--mebibytes N] [--plain | --beam] [--apart]`: how long small calls take while large terms go to a
 * node and back over the same connection. One Erlang process echoes a binary of 64 MiB by `erpc:call` without end; another
 * calls a hundred times a second. Prints the distribution of the small calls' times, without and with the large ones.
 * `--plain`: without distribution headers, so without fragments. `--beam`: the other node is an Erlang node, for comparison.
 * `--apart`: the large ones go to an Erlang node of their own, so that what the callers' emulator does with them delays nobody.
 */

import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { rolldown } from 'rolldown'

const root = resolve(import.meta.dirname, '../../..')
const caller = `-module(large).
-export([main/1, echo/1]).

main([Node, Seconds, apart]) ->
    warm = hd(erpc:call(Node, echo, f, [warm])),
    report("beside large terms of another node", calls(Node, list_to_integer(atom_to_list(Seconds)) * 100), -1),
    halt();
main([Node, Seconds, Mebibytes]) ->
    Count = list_to_integer(atom_to_list(Seconds)) * 100,
    Binary = large(Mebibytes),
    warm = hd(erpc:call(Node, echo, f, [warm])),
    report("alone", calls(Node, Count), 0),
    Self = self(),
    Echoer = spawn_link(fun() -> echoes(Node, Binary, Self, 0) end),
    receive first -> ok end,
    Times = calls(Node, Count),
    Echoer ! stop,
    receive {echoed, Echoes} -> report("beside large terms", Times, Echoes) end,
    halt().

echo([Node, Mebibytes]) -> echo(Node, large(Mebibytes)).

echo(Node, Binary) ->
    true = [Binary] =:= erpc:call(Node, echo, f, [Binary]),
    io:format("echo~n"),
    echo(Node, Binary).

large(Mebibytes) -> binary:copy(<<"x">>, list_to_integer(atom_to_list(Mebibytes)) * 1024 * 1024).

calls(Node, Count) -> [call(Node, I) || I <- lists:seq(1, Count)].

call(Node, I) ->
    timer:sleep(9),
    Start = erlang:monotonic_time(microsecond),
    [I] = erpc:call(Node, echo, f, [I]),
    erlang:monotonic_time(microsecond) - Start.

echoes(Node, Binary, Parent, Count) ->
    true = [Binary] =:= erpc:call(Node, echo, f, [Binary]),
    if Count =:= 0 -> Parent ! first; true -> ok end,
    receive stop -> Parent ! {echoed, Count} after 0 -> echoes(Node, Binary, Parent, Count + 1) end.

report(What, Times, Echoes) ->
    Sorted = lists:sort(Times),
    Parts = [{"50 %", 0.5}, {"90 %", 0.9}, {"99 %", 0.99}, {"99.9 %", 0.999}, {"longest", 1}],
    io:format("~s: ~b calls", [What, length(Times)]),
    [io:format(", ~b echoes in that time", [Echoes]) || Echoes >= 0],
    io:format("~n"),
    [io:format("  ~-8s ~8.2f ms~n", [Name, lists:nth(max(1, ceil(Part * length(Sorted))), Sorted) / 1000]) || {Name, Part} <- Parts].
`

const echo = `-module(echo).
-export([f/1]).

f(Term) -> [Term].
`

const freePort = () =>
  new Promise((done, fail) => {
    const server = createServer().once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })

async function build(folder) {
  const bundle = await rolldown({
    cwd: root,
    platform: 'node',
    input: join(import.meta.dirname, 'node.ts'),
    external: [/^node:/],
  })
  await bundle.write({ file: join(folder, 'node.mjs'), format: 'esm', codeSplitting: false })
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    mebibytes: { type: 'string', default: '64' },
    plain: { type: 'boolean', default: false },
    beam: { type: 'boolean', default: false },
    apart: { type: 'boolean', default: false },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'bench-distribution-'))
const port = await freePort()
writeFileSync(join(folder, 'large.erl'), caller)
writeFileSync(join(folder, 'echo.erl'), echo)
spawnSync('erlc', ['large.erl', 'echo.erl'], { cwd: folder, stdio: 'inherit' })
const name = 'echo@127.0.0.1'
const find = ['-start_epmd', 'false', '-erl_epmd_port', String(port)]
const erl = ['-noshell', '-setcookie', 'bench', '-pa', folder, ...find]
const node = values.beam ? startErlang() : await startNode()

/** Says when it is ready. */
function startErlang() {
  const ready = ['-eval', 'io:format("ready~n")']
  return spawn('erl', ['-name', name, '-hidden', '-erl_epmd_node_listen_port', String(port), ...erl, ...ready])
}

async function startNode() {
  await build(folder)
  const mode = values.plain ? 'plain' : 'header'
  // As bin/run starts camlnode.
  const env = { ...process.env, GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' }
  return spawn(process.execPath, [join(folder, 'node.mjs'), name, 'bench', String(port), mode], { env })
}

const run = (node, ...args) => ['-name', `${node}@127.0.0.1`, '-dist_listen', 'false', ...erl, '-s', 'large', ...args]

/** Resolves with the Erlang node that echoes without end, after its first echo. */
async function startEchoing() {
  const echoing = spawn('erl', run('echoing', 'echo', name, values.mebibytes), { cwd: folder })
  await new Promise((first) => echoing.stdout.once('data', first))
  return echoing
}

let echoing
try {
  await new Promise((ready) => node.stdout.once('data', ready))
  if (values.apart) echoing = await startEchoing()
  const size = values.apart ? 'apart' : values.mebibytes
  spawnSync('erl', run('caller', 'main', name, values.seconds, size), { stdio: 'inherit' })
} finally {
  echoing?.kill()
  node.kill()
  rmSync(folder, { recursive: true, force: true })
}
