/** Format strings: their types by ocamlc, their values by the compiler's own blocks. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FormatError, parseFormat } from '../../src/typing/format.ts'
import { formatConstant } from '../../src/typing/format-constant.ts'
import type { StructuredConstant } from '../../src/typing/typed-tree.ts'

const formats = [
  '',
  'abc',
  'a',
  '%d',
  '%i %u %x %X %o',
  '%5d|%-5d|%05d|%+d|% d|%#x|%#d|%#i|%#u',
  '%*d %.*f %*.*f',
  '%ld %nd %Ld %lx %nX %Lo',
  '%s %S %c %C %b %B',
  '%10s %-10s %.3s %-.4s %05s %05b %.*s %-*S',
  '%f %e %E %g %G %F %h %H %#F %+f % f',
  '%.3f %5.2f %-8.3e %08.3f',
  '%a %t',
  '%! %% %@ %,',
  '%l %n %L %N',
  '%r %_r',
  '%_d %_s %_c %_f %_5d %_b',
  '%[a-z] %[^a-z] %[]a] %5[0-9]',
  '%0c',
  '%{%d %s%} %(%d%)',
  '@[<hov 2>a@ b@,c@;d@;<1 2>e@]@.',
  '@{<b>x@}@?@@@%%@<3>x@n',
  '@[%d@]',
  '%(%d%s%)%(%)',
  '%_{%d%} %_(%d%)',
]

/** A program that prints the blocks of format literals as `tag[field,…]`, numbers and quoted strings. */
const dumper = `
let rec dump b v =
  if Obj.is_int v then Buffer.add_string b (string_of_int (Obj.obj v))
  else if Obj.tag v = Obj.string_tag then Buffer.add_string b (Printf.sprintf "%S" (Obj.obj v))
  else begin
    Buffer.add_string b (string_of_int (Obj.tag v)); Buffer.add_char b '[';
    for i = 0 to Obj.size v - 1 do if i > 0 then Buffer.add_char b ','; dump b (Obj.field v i) done;
    Buffer.add_char b ']'
  end
let show (f : ('a, 'b, 'c, 'd, 'e, 'f) format6) =
  let b = Buffer.create 16 in dump b (Obj.repr f); print_endline (Buffer.contents b)
`

const literal = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

function dumpWithOcaml(): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'formats-'))
  try {
    const calls = formats.map((format) => `let () = show ${literal(format)}\n`)
    writeFileSync(join(folder, 'a.ml'), `${dumper}${calls.join('')}`)
    const run = spawnSync('ocaml', ['-w', '-a', 'a.ml'], { cwd: folder, encoding: 'utf8' })
    if (run.status !== 0) throw new Error(run.stderr)
    return run.stdout.trimEnd().split('\n')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** As OCaml's %S. */
function quote(bytes: Uint8Array): string {
  const escaped = Array.from(bytes, (byte) => {
    const c = String.fromCharCode(byte)
    if (c === '"' || c === '\\') return `\\${c}`
    if (c === '\n') return '\\n'
    if (c === '\t') return '\\t'
    if (c === '\r') return '\\r'
    if (c === '\b') return '\\b'
    return byte < 32 || byte > 126 ? `\\${String(byte).padStart(3, '0')}` : c
  })
  return `"${escaped.join('')}"`
}

function dump(value: StructuredConstant): string {
  if (value.kind === 'block') return `${value.tag}[${value.fields.map(dump).join(',')}]`
  if (value.kind === 'float-array') throw new Error('formats have no float arrays')
  const { constant } = value
  if (constant.kind === 'string') return quote(constant.bytes)
  return constant.kind === 'char' ? String(constant.code) : String(constant.value)
}

describe('format constants', () => {
  it('are the blocks that ocaml makes', () => {
    const expected = dumpWithOcaml()
    const ours = formats.map((format) => dump(formatConstant(parseFormat(format), format)))
    expect(ours).toEqual(expected)
  })

  it.each(['%', '%z', '%{%d', '%[a', '%(%}', '%-'])('%j is no format', (text) => {
    expect(() => parseFormat(text)).toThrow(FormatError)
  })
})
