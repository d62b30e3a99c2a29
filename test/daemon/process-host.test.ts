/** What a program reaches through its host: its own descriptors, directory and environment, and nothing of the process's. */

import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { processHost } from '../../src/daemon/process-host.ts'
import type { Host } from '../../src/engine/host.ts'
import type { Datum } from '../../src/engine/host-request.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'process-host-')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const { EBADF, EMFILE, ENOENT, EAGAIN } = constants.errno
const text = (value: string): Uint8Array => new TextEncoder().encode(value)

function newHost(output: string[] = []): Host {
  const end = (fd: number) => ({
    write: (bytes: Uint8Array) => {
      output.push(`${fd}: ${new TextDecoder().decode(bytes)}`)
      return bytes.length
    },
  })
  return processHost({
    arguments: ['test'],
    executable: 'test',
    exit: () => {},
    standard: [{ read: () => 0 }, end(1), end(2)],
  })
}

/** For reading, or for writing what is made anew. */
const flags = { read: 0b1, write: 0b11010 }

describe('descriptors', () => {
  it('are the program’s own numbers, not those of the process', () => {
    const file = join(folder, 'secret')
    writeFileSync(file, 'secret')
    const real = openSync(file, 'r')
    const host = newHost()
    for (let fd = 3; fd <= real + 3; fd++) {
      expect(host.read(fd, new Uint8Array(8))).toBe(-EBADF)
      expect(host.write(fd, text('x'))).toBe(-EBADF)
      expect(host.seek(fd, 0, 0)).toBe(-EBADF)
      expect(host.close(fd)).toBe(-EBADF)
      expect(host.call('duplicate', [BigInt(fd)])).toMatchObject({ error: 'EBADF' })
      expect(host.call('status', [BigInt(fd)])).toMatchObject({ error: 'EBADF' })
      expect(host.call('truncate', [BigInt(fd), 0n])).toMatchObject({ error: 'EBADF' })
    }
    expect(host.open(file, flags.read, 0)).toBe(3)
    closeSync(real)
    expect(host.read(3, new Uint8Array(8))).toBe(6)
  })

  it('of one program are not those of another', () => {
    const [one, other] = [newHost(), newHost()]
    expect(one.open(join(folder, 'one'), flags.write, 0o600)).toBe(3)
    expect(other.write(3, text('x'))).toBe(-EBADF)
  })

  it('are limited in number, and those of files that are closed are free again', () => {
    const host = newHost()
    const file = join(folder, 'one')
    const opened = Array.from({ length: 1021 }, () => host.open(file, flags.read, 0))
    expect(opened.at(-1)).toBe(1023)
    expect(host.open(file, flags.read, 0)).toBe(-EMFILE)
    expect(host.call('pipe', [])).toMatchObject({ error: 'EMFILE' })
    expect(host.call('duplicate', [3n])).toMatchObject({ error: 'EMFILE' })
    for (const fd of opened) expect(host.close(fd)).toBe(0)
    expect(host.open(file, flags.read, 0)).toBe(3)
    host.close(3)
  })

  it('of the standard streams can be closed and led elsewhere, for the program alone', () => {
    const output: string[] = []
    const host = newHost(output)
    host.write(1, text('seen'))
    const fd = host.open(join(folder, 'out'), flags.write, 0o600)
    expect(host.call('duplicate_to', [BigInt(fd), 1n])).toBe(0n)
    host.write(1, text('in the file'))
    host.write(2, text('seen'))
    expect(host.close(2)).toBe(0)
    expect(host.write(2, text('x'))).toBe(-EBADF)
    expect(output).toEqual(['1: seen', '2: seen'])
    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('in the file')
  })

  it('of an empty pipe do not block the process', () => {
    const host = newHost()
    expect(host.call('pipe', [])).toEqual([3n, 4n])
    expect(host.read(3, new Uint8Array(1))).toBe(-EAGAIN)
    expect(host.call('read', [3n, 1n])).toMatchObject({ error: 'EWAIT' })
  })
})

describe('the process', () => {
  it('keeps its directory, mask and environment', () => {
    const host = newHost()
    const before = [process.cwd(), process.umask(), process.env['PROCESS_HOST_TEST']]
    expect(host.call('change_directory', [text(folder)])).toBe(0n)
    expect(host.call('mask', [0o077n])).toBe(BigInt(process.umask()))
    expect(host.call('set_variable', [text('PROCESS_HOST_TEST'), text('x')])).toBe(0n)
    expect(host.currentDirectory()).toBe(folder)
    expect(host.environment('PROCESS_HOST_TEST')).toBe('x')
    host.close(host.open('masked', flags.write, 0o666))
    expect(statSync(join(folder, 'masked')).mode & 0o777).toBe(0o600)
    expect([process.cwd(), process.umask(), process.env['PROCESS_HOST_TEST']]).toEqual(before)
  })

  it('refuses what there is no call for', () => {
    expect(newHost().call('fork', [])).toMatchObject({ error: 'ENOSYS' })
    expect(newHost().call('toString', [])).toMatchObject({ error: 'ENOSYS' })
  })
})

describe('arguments that make no sense', () => {
  it('are refused', () => {
    const host = newHost()
    const wrong: readonly (readonly [string, readonly Datum[]])[] = [
      ['open', []],
      ['open', [text('x'), [text('y')], 0n]],
      ['read', [0n, 0.5]],
      ['read', [2n ** 60n, 1n]],
      ['status_of', [5n]],
      ['set_owner_of', [text(folder), -5n, 0n]],
      ['truncate_file', [text(join(folder, 'one')), -1n]],
      ['zone', [Number.NaN]],
      ['zone', [1e300]],
      ['ready', [[text('x')], []]],
    ]
    for (const [name, args] of wrong) expect(host.call(name, args), name).toMatchObject({ kind: 'refusal' })
  })

  it('such as a path with a zero byte name no file', () => {
    const host = newHost()
    expect(host.open('a\0b', flags.read, 0)).toBe(-ENOENT)
    expect(host.errorMessage(-ENOENT)).toBe('a\0b: No such file or directory')
    expect(host.file(6, 'a\0b')).toBe(-ENOENT)
    expect(host.makeDirectory('a\0b', 0)).toBe(-ENOENT)
    expect(host.rename('a\0b', 'c')).toBe(-ENOENT)
    expect(host.call('status_of', [text('a\0b')])).toMatchObject({ error: 'ENOENT' })
  })
})

describe('zones', () => {
  const offset = (zone: string, date: string): Datum | object => {
    const host = newHost()
    host.call('set_variable', [text('TZ'), text(zone)])
    return host.call('zone', [Date.parse(date) / 1000])
  }

  it('are those that the program has set', () => {
    expect(offset('UTC', '2024-07-01T00:00:00Z')).toEqual([0n, 0n])
    expect(offset('Europe/Berlin', '2024-07-01T00:00:00Z')).toEqual([7200n, 1n])
    expect(offset('Europe/Berlin', '2024-01-01T00:00:00Z')).toEqual([3600n, 0n])
    expect(offset(':America/New_York', '2024-07-01T00:00:00Z')).toEqual([-14_400n, 1n])
    expect(offset('Australia/Sydney', '2024-01-01T00:00:00Z')).toEqual([39_600n, 1n])
    expect(offset('Asia/Kolkata', '2024-01-01T00:00:00Z')).toEqual([19_800n, 0n])
    expect(offset('EST5', '2024-07-01T00:00:00Z')).toEqual([-18_000n, 0n])
    expect(offset('<+0330>-3:30', '2024-07-01T00:00:00Z')).toEqual([12_600n, 0n])
    expect(offset('No/Such/Place', '2024-07-01T00:00:00Z')).toEqual([0n, 0n])
  })
})
