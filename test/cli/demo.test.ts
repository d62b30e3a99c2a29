/** `camlnode demo`: the newcomer's first impression. */

import { expect, test } from 'vitest'
import { runCommand, Scratch } from '../daemon/camlnode.ts'

test('asks an OCaml module as an Erlang shell would, and prints what it asked and got', () => {
  const { status, stdout, stderr } = runCommand('camlnode', ['demo'], { cwd: new Scratch().folder })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const exchange = (call: string): string => {
    const [, answer] = stdout.split(`> rpc:call('caml@127.0.0.1', demo, ${call}).\n`)
    return answer?.split('\n')[0] ?? `no ${call} in ${stdout}`
  }
  expect(exchange('fib, [30]')).toBe('832040')
  expect(exchange('primes, [50]')).toBe('[2,3,5,7,11,13,17,19,23,29,31,37,41,43,47]')
  expect(exchange('parse_request, [<<"GET /index.html HTTP/1.1">>]')).toMatch(
    /^#\{.*meth => <<"GET">>.*path => <<"\/index\.html">>.*\}$/,
  )
  expect(exchange('depth, [1000000]')).toBe('1000000')
  expect(exchange('fib, [foo]')).toBe('error: badarg')
  expect(exchange('parse_request, [<<"nonsense">>]')).toBe(
    `error: {ocaml,'Demo.Bad_request',[<<"nonsense">>]}`,
  )
  expect(exchange('nothing, []')).toBe('error: undef')
  expect(exchange('forever, []')).toBe('failed: timeout')
  expect(exchange('fib, [20]')).toBe('6765')
})
