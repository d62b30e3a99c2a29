/** A real text-protocol job in OCaml, docs/examples/http_request.ml, asked by a real Erlang node. */

import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Erl } from '../node/erl.ts'
import { Camlnode, examples } from './camlnode.ts'

const N = "'caml@127.0.0.1'"
let daemon: Camlnode
let erl: Erl

beforeAll(async () => {
  daemon = await Camlnode.start({ modules: [join(examples, 'http_request.ml')] })
  erl = await daemon.erl()
})
afterAll(async () => {
  await erl?.stop()
  expect(await daemon?.stop()).toBe(0)
})

const binary = (text: string): string => `<<${[...Buffer.from(text)].join(',')}>>`
const call = (name: string, ...args: string[]): string =>
  `erpc:call(${N}, http_request, ${name}, [${args.join(', ')}])`
/** The reason of the error that a call raises. */
const raised = (name: string, ...args: string[]): Promise<string> =>
  erl.eval(`try ${call(name, ...args)} catch error:{exception, R, _} -> R end`)

const get = 'GET /index.html?q=1 HTTP/1.1\r\nHost: example.org\r\nACCEPT:   text/html  \r\n\r\n'
const post =
  'POST /form HTTP/1.0\r\nContent-Length: 11\r\nX-Long: one\r\n  two\r\n\tthree\r\n\r\nhello\r\nboo!'
const other = 'PATCH * HTTP/1.1\n\n'

describe('well-formed messages', () => {
  test('become records in a list', async () => {
    expect(await erl.eval(`[R] = ${call('parse', binary(get))}, R`)).toBe(
      '#{body => <<>>,headers => [{<<"host">>,<<"example.org">>},{<<"accept">>,<<"text/html">>}],' +
        'meth => get,target => <<"/index.html?q=1">>,version => {1,1}}',
    )
  })

  test('follow each other: folding, a body with line ends, bare line feeds, an unknown method', async () => {
    const messages = await erl.eval(call('parse', binary(post + other + get)))
    expect(messages).toBe(
      '[#{body => <<"hello\\r\\nboo!">>,headers => [{<<"content-length">>,<<"11">>},{<<"x-long">>,<<"one two three">>}],' +
        'meth => post,target => <<"/form">>,version => {1,0}},' +
        '#{body => <<>>,headers => [],meth => {other,<<"PATCH">>},target => <<"*">>,version => {1,1}},' +
        '#{body => <<>>,headers => [{<<"host">>,<<"example.org">>},{<<"accept">>,<<"text/html">>}],' +
        'meth => get,target => <<"/index.html?q=1">>,version => {1,1}}]',
    )
  })

  test('a record goes back in: options, printing, parsing again', async () => {
    const request = `hd(${call('parse', binary(get))})`
    expect(await erl.eval(call('header_of', '<<"HOST">>', request))).toBe('{some,<<"example.org">>}')
    expect(await erl.eval(call('header_of', '<<"Cookie">>', request))).toBe('undefined')
    expect(await erl.eval(`R = ${request}, [R] =:= ${call('parse', call('print', 'R'))}`)).toBe('true')
  })

  test('a file of thousands', async () => {
    const messages = Array.from({ length: 3000 }, (_, i) => {
      const body = 'x'.repeat(i % 50)
      return `PUT /item/${i % 7} HTTP/1.1\r\nHost: h${i}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    })
    const file = daemon.scratch.write('messages', messages.join(''))
    expect(await erl.eval(`length(${call('parse_file', `<<"${file}">>`)})`)).toBe('3000')
    expect(await erl.eval(`{ok, B} = file:read_file("${file}"), ${call('check', 'B')}`)).toBe('{ok,3000}')
    const counted = `{ok, B} = file:read_file("${file}"), ${call('targets', call('parse', 'B'))}`
    expect(await erl.eval(counted)).toBe(
      `[${Array.from({ length: 7 }, (_, i) => `{<<"/item/${i}">>,${i < 4 ? 429 : 428}}`).join(',')}]`,
    )
    const bodies = `{ok, B} = file:read_file("${file}"), lists:sum([byte_size(X) || #{body := X} <- ${call('parse', 'B')}])`
    expect(await erl.eval(bodies)).toBe(String(messages.reduce((sum, _, i) => sum + (i % 50), 0)))
  })
})

describe('malformed messages', () => {
  const cases: Readonly<Record<string, readonly [text: string, error: string]>> = {
    'no request': ['hello\r\n\r\n', '{bad_request_line,<<"hello">>}'],
    'no version': ['GET /\r\n\r\n', '{bad_request_line,<<"GET /">>}'],
    'a wrong version': ['GET / HTTP/x\r\n\r\n', '{bad_request_line,<<"GET / HTTP/x">>}'],
    'no end of line': ['GET / HTTP/1.1', '{bad_request_line,<<"GET / HTTP/1.1">>}'],
    'a header without colon': ['GET / HTTP/1.1\r\nHost\r\n\r\n', '{bad_header,<<"Host">>}'],
    'a header name with a blank': ['GET / HTTP/1.1\r\nA B: c\r\n\r\n', '{bad_header,<<"A B: c">>}'],
    'folding at once': ['GET / HTTP/1.1\r\n x\r\n\r\n', '{bad_header,<<" x">>}'],
    'a length that is none': ['GET / HTTP/1.1\r\nContent-Length: 1x\r\n\r\n', '{bad_length,<<"1x">>}'],
    'two lengths': [
      'GET / HTTP/1.1\r\nContent-Length: 1\r\ncontent-length: 2\r\n\r\nxx',
      '{bad_length,<<"1">>}',
    ],
    'too short a body': [
      'GET / HTTP/1.1\r\nContent-Length: 10\r\n\r\nshort',
      '{truncated,#{expected => 10,got => 5}}',
    ],
  }
  test.each(Object.entries(cases))('%s', async (_, [text, error]) => {
    expect(await erl.eval(call('check', binary(text)))).toBe(`{error,${error}}`)
    expect(await raised('parse', binary(text))).toBe(`{ocaml,'Http_request.Malformed',[0,${error}]}`)
    const [ok, found] = (
      await erl.eval(`{L, E} = ${call('parse_some', binary(get + text))}, {length(L), E}`)
    ).split(/,(.*)/s)
    expect([ok, found]).toEqual(['{1', `{some,${error}}}`])
    expect(await raised('parse', binary(get + text))).toBe(
      `{ocaml,'Http_request.Malformed',[${get.length},${error}]}`,
    )
  })

  test('a file that is not there', async () => {
    expect(await raised('parse_file', '<<"/no/such/file">>')).toBe(
      '{ocaml,\'Sys_error\',[<<"/no/such/file: No such file or directory">>]}',
    )
  })

  test('a record that is none', async () => {
    expect(await raised('print', '#{}')).toBe('badarg')
    const incomplete = `maps:remove(body, hd(${call('parse', binary(get))}))`
    expect(await raised('print', incomplete)).toBe('badarg')
    const wrong = `maps:put(version, {1, one}, hd(${call('parse', binary(get))}))`
    expect(await erl.eval(`try ${call('print', wrong)} catch error:{exception, _, S} -> S end`)).toContain(
      'argument 1, field \\"version\\", element 2: expected integer, got atom',
    )
  })
})
