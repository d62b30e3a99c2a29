/**
 * A real Erlang to ask: one `erl` process that evaluates expressions.
 *
 * Requests and answers are packets with a four-byte length over its stdin and stdout. A request is the
 * length of the expression in four bytes, the expression, and a payload bound to `X`; the answer is
 * `term_to_binary` of the value.
 */

import { spawn } from 'node:child_process'

const server = `
P = open_port({fd, 0, 1}, [{packet, 4}, binary, eof]),
Eval = fun(Source, X) ->
  {ok, Tokens, _} = erl_scan:string(unicode:characters_to_list(Source) ++ "."),
  {ok, Exprs} = erl_parse:parse_exprs(Tokens),
  {value, V, _} = erl_eval:exprs(Exprs, [{'X', X}]),
  V
end,
Loop = fun Loop() ->
  receive
    {P, {data, <<N:32, Source:N/binary, X/binary>>}} ->
      R = try Eval(Source, X) catch C:E:S -> {failed, iolist_to_binary(io_lib:format("~tp", [{C, E, S}]))} end,
      port_command(P, term_to_binary(R, [{minor_version, 2}])),
      Loop();
    {P, eof} -> halt(0)
  end
end,
Loop().
`

export interface Erl {
  /** Evaluates Erlang expressions with `X` bound to the payload; the answer in external term format. */
  eval(source: string, payload: Uint8Array): Promise<Buffer>
  stop(): Promise<void>
}

/** Starts `erl` with further arguments and environment variables; every question fails if there is none. */
export function startErl(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Erl {
  const child = spawn('erl', ['-noshell', '-noinput', ...args, '-eval', server], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  const waiting: ((answer: Buffer) => void)[] = []
  const broken: ((error: Error) => void)[] = []
  let received = Buffer.alloc(0)
  child.stdout.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    while (received.length >= 4 && received.length >= 4 + received.readUInt32BE(0)) {
      const size = 4 + received.readUInt32BE(0)
      broken.shift()
      waiting.shift()?.(received.subarray(4, size))
      received = received.subarray(size)
    }
  })
  child.stdin.on('error', () => {})
  const exited = new Promise<void>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', () => {
      for (const fail of broken) fail(new Error('erl has exited'))
      resolve()
    })
  })
  exited.catch((error: Error) => {
    for (const fail of broken) fail(error)
  })
  return {
    eval(source, payload) {
      const text = Buffer.from(source)
      const head = Buffer.alloc(8)
      head.writeUInt32BE(4 + text.length + payload.length, 0)
      head.writeUInt32BE(text.length, 4)
      child.stdin.write(Buffer.concat([head, text, payload]))
      return new Promise((resolve, reject) => {
        waiting.push(resolve)
        broken.push(reject)
      })
    },
    stop() {
      child.stdin.end()
      return exited
    },
  }
}
