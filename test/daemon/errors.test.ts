/** What goes wrong in a call is an error of that call, and the node serves others before, meanwhile and afterwards. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Erl } from '../node/erl.ts'
import { patience, rounds } from '../patience.ts'
import { Camlnode, cookie, eventually, pause } from './camlnode.ts'

const fib = 'let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)\n'

const faults = `exception Bad_line of int * string
exception Nothing

let rec count_down n =
  if n = 0 then raise (Bad_line (7, "seven")) else 1 + count_down (n - 1)

let nothing () : int = raise Nothing
let head (l : int list) = List.hd l
let divide a b = a / b
let find (k : string) = List.assoc k [ ("a", 1) ]
let bound (a : int array) i = a.(i)
let incomplete (n : int option) = match n with Some n when n > 0 -> n | None -> 0 | _ -> assert false
let same (n : int) = n
let person (p : (string * float) list) = List.length p
let infinite () = 1.0 /. 0.0
`

const hogs = `let forever () : int = while true do () done; 0
let forever_allocating () : int = let r = ref [] in while true do r := [ 1; 2; 3 ] done; List.length !r
let stubborn () : int =
  let rec go () = (try while true do () done with _ -> ()); go () in
  go ()
let rec recurse n = 1 + recurse (n + 1)
let recurse_and_catch () = try recurse 0 with Stack_overflow -> -1
let endless_list () : int = let l = ref [] in while true do l := 1 :: !l done; List.length !l
let endless_string () : int = let s = ref "x" in while true do s := !s ^ !s done; String.length !s
let endless_buffer () : int =
  let b = Buffer.create 16 in
  while true do Buffer.add_string b "0123456789" done;
  Buffer.length b
let endless_table () : int =
  let t = Hashtbl.create 16 in
  let i = ref 0 in
  while true do Hashtbl.add t !i (string_of_int !i); incr i done;
  Hashtbl.length t
let arrays () : int =
  let all = ref [] in
  while true do all := Array.make 100_000 0 :: !all done;
  List.length !all
let rec caught f n = if n = 0 then 0 else match f () with (_ : int) -> 0 | exception Out_of_memory -> 1 + caught f (n - 1)
let caught_lists n = caught endless_list n
let caught_arrays n = caught arrays n
let large_array n = Array.length (Array.make n 0.5)
let deep n = List.length (List.map succ (List.init n (fun i -> i)))
`

const small = `let twice n = 2 * n
let secret n = n + 1
type t = int
let make n : t = n
`
const smallInterface = `val twice : int -> int
`
const printing = `let () = print_string "at the start\\n"
let hello name = print_string ("hello " ^ name ^ "\\n"); flush stdout; String.length name
let complain (text : string) = prerr_endline text
`

const N = "'caml@127.0.0.1'"
let daemon: Camlnode
let erl: Erl

beforeAll(async () => {
  daemon = await Camlnode.start({
    files: {
      'fib.ml': fib,
      'faults.ml': faults,
      'hogs.ml': hogs,
      'small.ml': small,
      'small.mli': smallInterface,
      'printing.ml': printing,
    },
    config: `[limits]\nheap = "96MiB"\nstack = "32MiB"\ncall_timeout = "${30 * patience}s"`,
  })
  erl = await daemon.erl()
})
afterAll(async () => {
  await erl?.stop()
  expect(await daemon?.stop()).toBe(0)
})

/** Evaluates a call: its value, or `{error, Reason, Stack}` as the daemon gave them. */
function caught(module: string, name: string, args: string): Promise<string> {
  return erl.eval(
    `try erpc:call(${N}, ${module}, ${name}, ${args}) catch error:{exception, R, S} -> {error, R, S} end`,
    60_000,
  )
}

function served(): Promise<string> {
  return erl.eval(`rpc:call(${N}, fib, fib, [20])`)
}

describe('wrong calls', () => {
  test('badarg names the argument', async () => {
    expect(await caught('fib', 'fib', '[foo]')).toBe(
      '{error,badarg,[{fib,fib,[foo],[{error_info,#{cause => <<"argument 1: expected integer, got atom \'foo\'">>}}]}]}',
    )
    expect(await erl.eval(`rpc:call(${N}, fib, fib, [foo])`)).toMatch(
      /^\{badrpc,\{'EXIT',\{badarg,\[\{fib,fib,\[foo\],.*argument 1: expected integer/,
    )
  })

  test('badarg has the path to the bad part', async () => {
    expect(await caught('faults', 'person', '[[{<<"a">>, 1.0}, {<<"b">>, free}]]')).toContain(
      "argument 1, element 2, element 2: expected float, got atom 'free'",
    )
    expect(await caught('faults', 'divide', '[1, 2.0]')).toContain(
      'argument 2: expected integer, got float 2.0',
    )
  })

  test.each([
    ['nowhere', 'fib', '[1]'],
    ['fib', 'nothing', '[1]'],
    ['fib', 'fib', '[]'],
    ['fib', 'fib', '[1, 2]'],
    ['small', 'secret', '[1]'],
    ['small', 'make', '[1]'],
    ['stdlib', 'exit', '[1]'],
    ['Fib', 'fib', '[1]'],
  ])('%s:%s(%s) is undef', async (module, name, args) => {
    expect(await caught(`'${module}'`, `'${name}'`, args)).toMatch(/^\{error,undef,\[\{/)
    const badrpc = await erl.eval(`rpc:call(${N}, '${module}', '${name}', ${args})`)
    expect(badrpc).toMatch(/^\{badrpc,\{'EXIT',\{undef,\[\{/)
  })

  test('an interface limits what can be called', async () => {
    expect(await erl.eval(`rpc:call(${N}, small, twice, [21])`)).toBe('42')
    expect(await erl.eval(`rpc:call(${N}, camlnode, exports, [small])`)).toBe('[{twice,1,<<"int -> int">>}]')
  })

  test('integers outside 63 bits are refused', async () => {
    const most = 2n ** 62n - 1n
    expect(await erl.eval(`rpc:call(${N}, faults, same, [${most}])`)).toBe(String(most))
    expect(await erl.eval(`rpc:call(${N}, faults, same, [${-most - 1n}])`)).toBe(String(-most - 1n))
    for (const n of [most + 1n, -most - 2n, 2n ** 63n, 2n ** 64n + 1n, 2n ** 200n]) {
      expect(await caught('faults', 'same', `[${n}]`)).toMatch(
        /^\{error,badarg,.*argument 1: expected integer of 63 bits/,
      )
    }
  })
})

describe('exceptions', () => {
  test('carry name, arguments and a backtrace with file and line', async () => {
    const answer = await caught('faults', 'count_down', '[3]')
    expect(answer).toMatch(/^\{error,\s*\{ocaml,'Faults\.Bad_line',\[7,<<"seven">>\]\},/)
    expect(answer.replace(/\s+/g, '')).toMatch(
      /\[\{faults,count_down,1,\[\{file,"[^"]*faults\.ml"\},\{line,5\}\]\}/,
    )
  })

  test.each([
    ['nothing', '[]', /\{ocaml,'Faults\.Nothing',\[\]\}/],
    ['head', '[[]]', /\{ocaml,'Failure',\[<<"hd">>\]\}/],
    ['divide', '[1, 0]', /\{ocaml,'Division_by_zero',\[\]\}/],
    ['find', '[<<"b">>]', /\{ocaml,'Not_found',\[\]\}/],
    ['bound', '[[1, 2], 2]', /\{ocaml,'Invalid_argument',\[<<"index out of bounds">>\]\}/],
    ['incomplete', '[{some, -1}]', /\{ocaml,'Assert_failure',\[/],
    ['infinite', '[]', /\{bad_return_value,/],
  ])('faults:%s(%s)', async (name, args, expected) => {
    const answer = await caught('faults', name, args)
    expect(answer).toMatch(/^\{error,/)
    expect(answer.replace(/\s+/g, ' ')).toMatch(expected)
  })
})

/** How much processor time the daemon uses in a quarter of a second, in milliseconds. */
async function busyFor(): Promise<number> {
  const before = daemon.cpuTime()
  await pause(250)
  return daemon.cpuTime() - before
}

const isBusy = () => eventually('the daemon computes', async () => (await busyFor()) >= 30)
const isIdle = () => eventually('the processor is idle', async () => (await busyFor()) <= 10)

describe('cancellation', () => {
  test.each(['forever', 'forever_allocating', 'stubborn'])(
    'hogs:%s ends when its caller times out',
    async (name) => {
      await isIdle()
      const answer = erl.eval(`rpc:call(${N}, hogs, ${name}, [], 1500)`)
      await isBusy()
      expect(await served()).toBe('6765')
      expect(await answer).toBe('{badrpc,timeout}')
      await isIdle()
      expect(await erl.eval(`rpc:call(${N}, camlnode, info, [])`)).toContain('running => 0')
    },
  )

  test('erpc and gen_server time out too', async () => {
    expect(await erl.eval(`catch erpc:call(${N}, hogs, forever, [], 300)`)).toContain('{erpc,timeout}')
    await isIdle()
    const call = `gen_server:call({rex, ${N}}, {call, hogs, forever, [], group_leader()}, 300)`
    expect(await erl.eval(`catch ${call}`)).toContain('{timeout,')
    await isIdle()
  })

  test('the death of the calling process', async () => {
    for (const call of [`rpc:call(${N}, hogs, forever, [])`, `erpc:call(${N}, hogs, forever, [])`]) {
      const exited = erl.eval(`{P, M} = spawn_monitor(fun() -> ${call} end), timer:sleep(1500), exit(P, kill),
        receive {'DOWN', M, _, _, R} -> R end`)
      await isBusy()
      expect(await exited).toBe('killed')
      await isIdle()
    }
  })

  test('the death of the calling node', async () => {
    const other = await daemon.erl()
    const lost = expect(other.eval(`rpc:call(${N}, hogs, forever, [])`)).rejects.toThrow('erl ended')
    await isBusy()
    await other.kill()
    await lost
    await isIdle()
    expect(await served()).toBe('6765')
  })

  test('many loops at once', async () => {
    const timeouts = await erl.eval(
      `Ks = [rpc:async_call(node(), rpc, call, [${N}, hogs, forever, [], 2000]) || _ <- lists:seq(1, 20)],
       [55 = rpc:call(${N}, fib, fib, [10]) || _ <- lists:seq(1, 3)],
       lists:usort([rpc:yield(K) || K <- Ks])`,
      40_000,
    )
    expect(timeouts).toBe('[{badrpc,timeout}]')
    await isIdle()
  })
})

describe('unbounded work', () => {
  /** Runs a call while another process keeps asking for small answers; both results. */
  async function meanwhile(call: string): Promise<string> {
    return erl.eval(
      `Ask = fun Ask(N) -> receive stop -> {asked, N} after 0 -> 55 = rpc:call(${N}, fib, fib, [10]), Ask(N + 1) end end,
       {P, M} = spawn_monitor(fun() -> exit(Ask(0)) end),
       R = (try ${call} catch error:{exception, E, _} -> {error, E} end),
       P ! stop,
       receive {'DOWN', M, _, _, {asked, K}} when K > 0 -> R; {'DOWN', M, _, _, Why} -> {others_failed, Why, R} end`,
      60_000 * patience,
    )
  }

  test('recursion', async () => {
    expect(await meanwhile(`erpc:call(${N}, hogs, recurse, [0])`)).toBe("{error,{ocaml,'Stack_overflow',[]}}")
    expect(await meanwhile(`erpc:call(${N}, hogs, recurse_and_catch, [])`)).toBe('-1')
  })

  test.each(['endless_list', 'endless_string', 'endless_buffer', 'endless_table', 'arrays'])(
    'hogs:%s',
    async (name) => {
      expect(await meanwhile(`erpc:call(${N}, hogs, ${name}, [])`)).toBe("{error,{ocaml,'Out_of_memory',[]}}")
      expect(await meanwhile(`rpc:call(${N}, hogs, ${name}, [])`)).toMatch(
        /^\{badrpc,\{'EXIT',\{\{ocaml,'Out_of_memory',\[\]\},/,
      )
      expect(await served()).toBe('6765')
    },
  )

  test.each(['caught_lists', 'caught_arrays'])('%s again and again', async (name) => {
    const times = rounds(5, 2)
    expect(await meanwhile(`erpc:call(${N}, hogs, ${name}, [${times}])`)).toBe(`${times}`)
  })

  test('an array beyond all limits', async () => {
    expect(await meanwhile(`erpc:call(${N}, hogs, large_array, [100000000])`)).toBe(
      "{error,{ocaml,'Out_of_memory',[]}}",
    )
    expect(await meanwhile(`erpc:call(${N}, hogs, large_array, [1 bsl 55])`)).toMatch(
      /^\{error,\{ocaml,'(Invalid_argument',\[<<"Array.make">>\]|Out_of_memory',\[\])\}\}$/,
    )
    expect(await meanwhile(`erpc:call(${N}, hogs, large_array, [1000])`)).toBe('1000')
  })

  test('the memory is free again', async () => {
    for (let i = 0; i < 3; i++) {
      expect(await erl.eval(`rpc:call(${N}, hogs, deep, [200000])`, 60_000)).toBe('200000')
    }
    expect(daemon.log.filter(({ msg }) => msg === 'domain crashed')).toEqual([])
  })
})

describe('what modules print', () => {
  test('never goes to stdout; what has no caller to go to is logged', async () => {
    expect(await erl.eval(`rpc:call(${N}, printing, hello, [<<"joe">>])`)).toBe('3')
    expect(await erl.eval(`rpc:call(${N}, printing, complain, [<<"to stderr">>])`)).toBe('ok')
    await erl.eval(
      `{rex, ${N}} ! {self(), {call, printing, hello, [<<"nobody">>], user}}, receive {rex, R} -> R end`,
    )
    const outputs = (stream: string) =>
      daemon.log
        .filter((entry) => entry['stream'] === stream)
        .map((entry) => entry['output'])
        .join('')
    await expect.poll(() => outputs('stdout')).toContain('hello nobody\n')
    expect(outputs('stdout')).not.toContain('joe')
    await expect.poll(() => outputs('stderr')).toContain('to stderr\n')
    expect(daemon.stdout).toBe(`ready caml@127.0.0.1 ${daemon.port}\n`)
  })
})

describe('configured limits', () => {
  let limited: Camlnode
  let shell: Erl
  beforeAll(async () => {
    limited = await Camlnode.start({
      files: {
        'fib.ml': fib,
        'hogs.ml': hogs,
        'echo.ml': "let echo (s : string) = s\nlet make n = String.make n 'x'\n",
      },
      config: '[limits]\ncall_timeout = "700ms"\nheap = "16MiB"\nstack = "1MiB"\nmessage = "1MiB"',
    })
    shell = await limited.erl()
  })
  afterAll(async () => {
    await shell?.stop()
    await limited?.stop()
  })

  test('call_timeout', async () => {
    expect(await shell.eval(`catch erpc:call(${N}, hogs, forever, [])`)).toContain(
      '{system_limit,call_timeout}',
    )
    expect(await shell.eval(`rpc:call(${N}, fib, fib, [10])`)).toBe('55')
    const line = limited.log.find(({ msg }) => msg === 'a call ran longer than limits.call_timeout')
    expect(line).toMatchObject({ module: 'hogs', function: 'forever' })
  })

  test('stack and heap', async () => {
    expect(await shell.eval(`catch erpc:call(${N}, hogs, recurse, [0])`)).toContain(
      "{ocaml,'Stack_overflow',[]}",
    )
    expect(await shell.eval(`catch erpc:call(${N}, hogs, deep, [3000])`)).toBe('3000')
    expect(await shell.eval(`catch erpc:call(${N}, hogs, large_array, [4000000])`)).toMatch(
      /Out_of_memory|system_limit,heap/,
    )
    expect(await shell.eval(`catch erpc:call(${N}, hogs, large_array, [100000])`)).toBe('100000')
  })

  test('message', async () => {
    expect(await shell.eval(`byte_size(rpc:call(${N}, echo, make, [1000000]))`)).toBe('1000000')
    expect(await shell.eval(`catch erpc:call(${N}, echo, make, [1100000])`)).toContain(
      '{system_limit,message}',
    )
    expect(await shell.eval(`byte_size(rpc:call(${N}, echo, echo, [binary:copy(<<1>>, 1000000)]))`)).toBe(
      '1000000',
    )
  })
})

describe('strangers', () => {
  test('a wrong cookie is turned away', async () => {
    const stranger = await daemon.erl({ cookie: 'wrong' })
    expect(await stranger.eval(`net_adm:ping(${N})`)).toBe('pang')
    expect(await stranger.eval(`rpc:call(${N}, fib, fib, [1])`)).toBe('{badrpc,nodedown}')
    await stranger.stop()
    expect(cookie).not.toBe('wrong')
    expect(await served()).toBe('6765')
    expect(daemon.log.some((entry) => JSON.stringify(entry).includes('cookie'))).toBe(true)
  })
})
