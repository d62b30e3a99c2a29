/** `camlnode port`: calls over `{packet, 4}`, from a real `erl` with `open_port`, and from a peer that misbehaves. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  atom,
  binary,
  decode,
  encode,
  formatTerm,
  int,
  list,
  type Term,
  tuple,
} from '../../src/erlang-term-format/index.ts'
import { Erl } from '../node/erl.ts'
import { command, eventually, freePort, pause, Scratch } from './camlnode.ts'

const work = `let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)
let add a b = a + b
let echo (s : string) = s
let large n = String.make n 'x'
let forever () : int = while true do () done; 0
type fn = int -> int
let adder n : fn = fun m -> n + m
let say (s : string) = print_string s; flush stdout
let fail (s : string) : int = failwith s
`
const scratch = new Scratch({
  'work.ml': work,
  'broken.ml': 'let x = 1 + "a"\n',
  'big.toml': '[limits]\nmessage = "80MiB"\n[[module]]\nfile = "work.ml"\n',
  'late.toml': '[limits]\ncall_timeout = "300ms"\n[[module]]\nfile = "work.ml"\n',
})
const work_ml = scratch.path('work.ml')

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
})

/** A port whose other end is this test. */
class Peer {
  readonly child: ChildProcess
  readonly exited: Promise<number | string>
  readonly frames: Term[] = []
  stderr = ''
  private pending = Buffer.alloc(0)

  constructor(args: readonly string[] = ['--module', work_ml]) {
    this.child = spawn(process.execPath, [command('camlnode'), 'port', ...args])
    ends.push(() => this.child.kill('SIGKILL'))
    this.child.stdout?.on('data', (bytes: Buffer) => this.take(bytes))
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text
    })
    this.child.stdin?.on('error', () => {})
    this.exited = new Promise((resolve) =>
      this.child.once('close', (code, signal) => resolve(code ?? signal ?? '')),
    )
  }

  static async ready(args?: readonly string[]): Promise<Peer> {
    const peer = new Peer(args)
    await eventually(`ready\n${peer.stderr}`, () => peer.frames.length > 0)
    return peer
  }

  private take(bytes: Buffer): void {
    this.pending = Buffer.concat([this.pending, bytes])
    while (this.pending.length >= 4) {
      const end = 4 + this.pending.readUInt32BE(0)
      if (this.pending.length < end) return
      this.frames.push(decode(this.pending.subarray(4, end)))
      this.pending = this.pending.subarray(end)
    }
  }

  /** Everything that came, printed. */
  get printed(): readonly string[] {
    return this.frames.map((frame) => formatTerm(frame))
  }

  raw(bytes: Uint8Array): void {
    this.child.stdin?.write(bytes)
  }

  frame(body: Uint8Array): void {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length)
    this.raw(Buffer.concat([length, body]))
  }

  send(term: Term): void {
    this.frame(encode(term))
  }

  call(ref: number, name: string, ...args: Term[]): void {
    this.send(tuple(atom('call'), int(ref), atom('work'), atom(name), list(...args)))
  }

  memory(): number {
    return (Number(readFileSync(`/proc/${this.child.pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 2 ** 20
  }

  get log(): readonly Record<string, unknown>[] {
    return this.stderr
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  }
}

describe('from Erlang', () => {
  let erl: Erl
  /** Binds `C` to a port of the given arguments. */
  const open = (...args: readonly string[]): string => {
    const all = [command('camlnode'), 'port', ...args].map((arg) => JSON.stringify(arg))
    return `{C, First} = port_client:start("${process.execPath}", [${all.join(', ')}])`
  }
  const withWork = (rest: string): string =>
    `${open('--module', work_ml)}, R = begin ${rest} end, port_client:send(C, stop), R`

  beforeAll(async () => {
    const compiled = spawnSync('erlc', ['-o', scratch.folder, 'test/daemon/port_client.erl'], {
      encoding: 'utf8',
    })
    expect(compiled.stdout + compiled.stderr).toBe('')
    erl = await startErl()
  })
  afterAll(() => erl.stop())

  async function startErl(): Promise<Erl> {
    const name = `porter${Math.floor(Math.random() * 1e9)}@127.0.0.1`
    return Erl.start({ name, cookie: 'c', peerPort: await freePort(), args: ['-pa', scratch.folder] })
  }

  const calls: Readonly<Record<string, readonly [expression: string, answer: string]>> = {
    'a call': ['port_client:call(C, work, fib, [20])', '{ok,6765}'],
    'the first frame': ['First', '{ready,#{message => 67108864,modules => [work]}}'],
    'the module camlnode': ['port_client:call(C, camlnode, modules, [])', '{ok,[work]}'],
    'a wrong argument': [
      'port_client:call(C, work, fib, [a])',
      '{error,error,badarg,\n       [{work,fib,\n              [a],\n              [{error_info,#{cause =>\n                                 <<"argument 1: expected integer, got atom \'a\'">>}}]}]}',
    ],
    'arguments that are no list': ['element(3, port_client:call(C, work, fib, a))', 'badarg'],
    'no such function': [
      'port_client:call(C, work, nothing, [1])',
      '{error,error,undef,[{work,nothing,[1],[]}]}',
    ],
    'an OCaml exception': [
      '{error, error, Reason, [{work, fail, 1, _} | _]} = port_client:call(C, work, fail, [<<"no">>]), Reason',
      '{ocaml,\'Failure\',[<<"no">>]}',
    ],
    'a cast has no answer': [
      'port_client:send(C, {cast, work, fib, [5]}), port_client:call(C, work, add, [1, 2])',
      '{ok,3}',
    ],
    'any term as Ref': [
      'K = {[a, <<"b">>, self()], #{x => 1.5}}, port_client:send(C, {call, K, work, add, [1, 2]}), port_client:await(C, K)',
      '{ok,3}',
    ],
    'a compressed frame': [
      'K = make_ref(), port_client:raw(C, term_to_binary({call, K, work, echo, [binary:copy(<<"ab">>, 5000)]}, [compressed])), byte_size(element(2, port_client:await(C, K)))',
      '10000',
    ],
    'answers come in any order': [
      'Slow = port_client:async(C, work, fib, [33]), Fast = port_client:call(C, work, fib, [10]), {Fast, port_client:await(C, Slow)}',
      '{{ok,55},{ok,3524578}}',
    ],
    'a call is cancelled': [
      'Ref = port_client:async(C, work, forever, []), timer:sleep(200), #{running := 1} = element(2, port_client:call(C, camlnode, info, [])), port_client:cancel(C, Ref), timer:sleep(200), {maps:get(running, element(2, port_client:call(C, camlnode, info, []))), port_client:call(C, work, add, [1, 2])}',
      '{0,{ok,3}}',
    ],
    'cancelling what has ended does nothing': [
      'port_client:cancel(C, make_ref()), port_client:call(C, work, add, [1, 2])',
      '{ok,3}',
    ],
    handles: [
      '{ok, H} = port_client:call(C, work, adder, [40]), {is_reference(H), port_client:call(C, camlnode, apply, [H, [2]]), port_client:call(C, camlnode, release, [H]), element(3, port_client:call(C, camlnode, apply, [H, [2]]))}',
      '{true,{ok,42},{ok,ok},badarg}',
    ],
    'many processes at once': ['port_client:many(C, 50, 40, {work, add}, fun(P, N) -> [P, N] end)', '[true]'],
  }
  for (const [what, [expression, answer]] of Object.entries(calls)) {
    test(what, async () => {
      const shown = (text: string): string => text.replace(/\s+/g, '')
      expect(shown(await erl.eval(withWork(expression)))).toBe(shown(answer))
    })
  }

  test('terms of 64 MiB both ways', async () => {
    const ask = 'B = binary:copy(<<7>>, 64 bsl 20), {ok, B} =:= port_client:call(C, work, echo, [B])'
    const answer = await erl.eval(
      `${open('--config', scratch.path('big.toml'))}, R = begin ${ask} end, port_client:send(C, stop), R`,
      60_000,
    )
    expect(answer).toBe('true')
  })

  test('a call that takes too long', async () => {
    const ask = 'element(3, port_client:call(C, work, forever, []))'
    const answer = await erl.eval(
      `${open('--config', scratch.path('late.toml'))}, R = begin ${ask} end, port_client:send(C, stop), R`,
    )
    expect(answer).toBe('{system_limit,call_timeout}')
  })

  test('a writer that is faster than the domain waits', async () => {
    const flood =
      'Refs = [port_client:async(C, work, add, [N, 1]) || N <- lists:seq(1, 50000)], lists:usort([element(1, port_client:await(C, Ref)) || Ref <- Refs])'
    expect(await erl.eval(withWork(flood), 60_000)).toBe('[ok]')
  })

  test('ends with status 0 when told to stop, after running calls', async () => {
    const ask =
      'Ref = port_client:async(C, work, fib, [34]), port_client:send(C, stop), {port_client:await(C, Ref), port_client:ended(C)}'
    expect(await erl.eval(`${open('--module', work_ml)}, ${ask}`)).toBe('{{ok,5702887},{exit_status,0}}')
  })

  test('a source with an error', async () => {
    const opened = open('--log-frames', '--module', scratch.path('broken.ml'))
    expect(await erl.eval(`${opened}, {failed, Text} = First, {Text, port_client:ended(C)}`)).toContain(
      'expression has type string but an expression was expected of type',
    )
  })

  test('an emulator that is killed leaves nothing behind', async () => {
    const other = await startErl()
    const pid = Number(
      await other.eval(
        `${open('--module', work_ml)}, [port_client:async(C, work, fib, [32]) || _ <- lists:seq(1, 20)], port_client:os_pid(C)`,
      ),
    )
    await other.kill()
    await eventually('the port has ended', () => spawnSync('kill', ['-0', String(pid)]).status !== 0)
  })
})

describe('malformed frames end the process with status 3', () => {
  const frames: Readonly<Record<string, (peer: Peer) => void>> = {
    'no version byte': (p) => p.frame(Uint8Array.of(1, 2, 3)),
    'an empty frame': (p) => p.frame(new Uint8Array(0)),
    'a truncated term': (p) => p.frame(encode(tuple(atom('cancel'), int(70_000))).subarray(0, 12)),
    'bytes behind the term': (p) => p.frame(Buffer.concat([encode(atom('stop')), Uint8Array.of(0)])),
    'another tuple': (p) => p.send(tuple(atom('apply'), int(1))),
    'another atom': (p) => p.send(atom('halt')),
    'a number': (p) => p.send(int(3)),
    'a module that is no atom': (p) => p.send(tuple(atom('call'), int(1), int(2), atom('f'), list())),
    'a frame that is too long': (p) => p.raw(Uint8Array.of(0x7f, 0xff, 0xff, 0xff, 131)),
    'a compressed term that is none': (p) => p.frame(Uint8Array.of(131, 80, 0, 0, 0, 9, 1, 2, 3)),
    'a compressed term that is too long': (p) => p.frame(Uint8Array.of(131, 80, 0xff, 0, 0, 0, 1, 2, 3)),
    'a Ref that is in use': (p) => {
      p.call(1, 'forever')
      p.call(1, 'forever')
    },
  }
  for (const [what, send] of Object.entries(frames)) {
    test(what, async () => {
      const peer = await Peer.ready()
      send(peer)
      expect(await peer.exited).toBe(3)
      const last = peer.log.find((entry) => entry['msg'] === 'a malformed frame on stdin')
      expect(last?.['problem']).toEqual(expect.any(String))
      expect(peer.frames.length).toBe(1)
    })
  }
})

describe('the streams', () => {
  test('nothing but frames on stdout, and JSON lines on stderr', async () => {
    const peer = await Peer.ready()
    peer.call(1, 'say', binary('hello\n'))
    peer.call(2, 'add', int(1), int(2))
    await eventually('two answers', () => peer.frames.length === 3)
    peer.child.stdin?.end()
    expect(await peer.exited).toBe(0)
    expect(peer.printed.slice(1).sort()).toEqual(['{reply,1,{ok,ok}}', '{reply,2,{ok,3}}'])
    expect(peer.log.map((entry) => entry['msg'])).toEqual(['ready', 'output of an OCaml module', 'stopping'])
  })

  test('with --log-frames the log comes as frames', async () => {
    const peer = new Peer(['--log-frames', '--module', work_ml])
    await eventually('the log says ready', () => peer.printed.some((f) => f.startsWith('{log,')))
    peer.child.stdin?.end()
    expect(await peer.exited).toBe(0)
    expect(peer.stderr).toBe('')
    expect(peer.printed.filter((f) => f.startsWith('{log,')).length).toBe(2)
  })

  test('a heartbeat tells that it is alive while its domain is in a loop', async () => {
    const peer = new Peer(['--heartbeat', '100', '--module', work_ml])
    await eventually('it is ready', () => peer.frames.length > 0)
    peer.call(1, 'forever')
    const before = peer.frames.length
    await eventually('five beats', () => peer.frames.length >= before + 5)
    expect([...new Set(peer.printed.slice(before))]).toEqual(['alive'])
    peer.child.kill('SIGSTOP')
    await pause(300)
    const stopped = peer.frames.length
    await pause(500)
    expect(peer.frames.length).toBe(stopped)
  })

  test('a frame in single bytes, and what is sent before ready', async () => {
    const peer = new Peer()
    const body = encode(tuple(atom('call'), int(1), atom('work'), atom('add'), list(int(20), int(22))))
    for (const byte of Uint8Array.of(0, 0, 0, body.length, ...body)) {
      peer.raw(Uint8Array.of(byte))
      await pause(1)
    }
    await eventually('the answer', () => peer.frames.length === 2)
    expect(peer.printed[1]).toBe('{reply,1,{ok,42}}')
  })

  test('running calls end after the end of stdin, and their answers arrive', async () => {
    const peer = await Peer.ready()
    for (let i = 0; i < 5; i++) peer.call(i, 'fib', int(32))
    peer.child.stdin?.end()
    expect(await peer.exited).toBe(0)
    expect(peer.frames.length).toBe(6)
  })

  test('a call without end does not hold up the end for long', async () => {
    const peer = await Peer.ready()
    peer.call(1, 'forever')
    await pause(200)
    const before = Date.now()
    peer.child.stdin?.end()
    expect(await peer.exited).toBe(0)
    expect(Date.now() - before).toBeLessThan(9000)
  })

  test('the end of stdin in the middle of a frame', async () => {
    const peer = await Peer.ready()
    peer.raw(Uint8Array.of(0, 0, 1, 0, 131, 104))
    peer.child.stdin?.end()
    expect(await peer.exited).toBe(0)
  })

  test('SIGTERM', async () => {
    const peer = await Peer.ready()
    peer.child.kill('SIGTERM')
    expect(await peer.exited).toBe(0)
  })

  test('a reader that stops makes writers wait, and gets all answers when it goes on', async () => {
    const peer = await Peer.ready()
    peer.child.stdout?.pause()
    const before = peer.memory()
    // More answers than are kept for a reader that has stopped; then questions, until one does not get through.
    const answers = 40
    for (let i = 0; i < answers; i++) peer.call(i, 'large', int(1 << 20))
    const question = binary('q'.repeat(100_000))
    const most = 2000
    let asked = 0
    // A server that is only slow takes them within that time.
    const isStuck = async (): Promise<boolean> => {
      for (let i = 0; i < 8; i++) {
        if ((peer.child.stdin?.writableLength ?? 0) < 1 << 20) return false
        await pause(60)
      }
      return true
    }
    for (; asked < most && !(await isStuck()); asked++) {
      peer.call(1000 + asked, 'echo', question)
      await pause(2)
    }
    expect(asked).toBeLessThan(most)
    expect(peer.child.stdin?.writableLength).toBeGreaterThan(0)
    expect(peer.memory() - before).toBeLessThan(400)
    peer.child.stdout?.resume()
    await eventually('all answers', () => peer.frames.length === 1 + answers + asked, 30_000)
  })

  test('a reader that has gone', async () => {
    const peer = await Peer.ready()
    peer.child.stdout?.destroy()
    for (let i = 0; i < 50; i++) peer.call(i, 'large', int(100_000))
    await pause(300)
    expect(peer.child.exitCode).toBe(null)
    peer.child.stdin?.end()
    await eventually('it ends', () => peer.child.exitCode === 0)
    expect(peer.log.map((entry) => entry['msg'])).toEqual(['ready', 'stopping'])
  })
})

describe('what cannot start', () => {
  test('options with an error', async () => {
    for (const args of [['--heartbeat', '0'], ['--heartbeat', 'x'], ['--cookie-file', 'x'], ['work.ml']]) {
      const peer = new Peer(args)
      expect(await peer.exited).toBe(2)
      expect(peer.stderr).toContain('usage: camlnode')
    }
  })

  test('a source with an error: status 2, and the message on stderr', async () => {
    const peer = new Peer(['--module', scratch.path('broken.ml')])
    expect(await peer.exited).toBe(2)
    expect(peer.stderr).toContain('line 1, characters 12-15')
    expect(peer.frames).toEqual([])
  })

  test('a configuration with an error, as a frame', async () => {
    const peer = new Peer(['--log-frames', '--config', scratch.path('none.toml')])
    expect(await peer.exited).toBe(2)
    expect(peer.printed.join()).toContain('cannot read')
  })
})
