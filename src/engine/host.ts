/**
 * What a domain asks of the world: a port that `cli/` and `daemon/` (or a test) implement, and its translation to the
 * runtime's imports. Error numbers are the system's, negated.
 */

import { copyBytes } from '../base/copy-bytes.ts'
import { lineColumn } from '../base/region.ts'
import type { Location } from '../codegen/index.ts'
import { answerRequest, type Datum, type Refusal } from './host-request.ts'
import type { Runtime } from './runtime.ts'

export interface Host {
  write(fd: number, bytes: Uint8Array): number
  /** Fills `target` from its start; the count, 0 at the end. */
  read(fd: number, target: Uint8Array): number
  close(fd: number): number
  seek(fd: number, offset: number, whence: number): number
  /** `flags`: one bit per constructor of `Stdlib.open_flag`, in order. */
  open(path: string, flags: number, permissions: number): number
  errorMessage(code: number): string
  environment(name: string): string | undefined
  readonly arguments: readonly string[]
  readonly executable: string
  /**
   * 0: does it exist, 1: is it a directory, 2: remove it, 3: is it a regular file, 4: remove the directory, 5: make it the
   * current directory, 6: list it. 1 yes, 0 no; a listing's length.
   */
  file(question: number, path: string): number
  makeDirectory(path: string, permissions: number): number
  rename(from: string, to: string): number
  isTerminal(fd: number): boolean
  currentDirectory(): string
  /** A name of the directory that was listed last. */
  listed(index: number): string | undefined
  /** Seconds: 0 processor time, 1 since 1970, 2 monotonic. */
  time(kind: number): number
  random(): number
  exit(status: number): void
  /** Does nothing for some seconds. */
  sleep(seconds: number): void
  /** A call of the library's `Unix`, by its name. */
  call(name: string, args: readonly Datum[]): Datum | Refusal
}

type Imports = Readonly<Record<string, (...args: number[]) => number | undefined>>

function engineImports(runtime: Runtime): Imports {
  return {
    prepare_resume: (tableIndex) => {
      runtime.engine.prepareResume(tableIndex as number)
      return undefined
    },
    place: (descriptor, target, capacity) =>
      writePlace(
        runtime,
        runtime.engine.placeOf((descriptor as number) >>> 0),
        target as number,
        capacity as number,
      ),
    green_spawn: (root) => runtime.engine.spawn(root as number),
    green_stand: () => runtime.engine.stand(),
    green_wake: (id) => Number(runtime.engine.wake(id as number)),
    green_alive: (id) => Number(runtime.engine.alive(id as number)),
    green_yield: () => Number(runtime.engine.yield()),
    green_sleep: (seconds) => {
      runtime.engine.sleep(seconds as number)
      return undefined
    },
  }
}

/** Seven numbers and two texts, for `caml_convert_raw_backtrace_slot`; 0: nothing is written. */
function writePlace(runtime: Runtime, place: Location | undefined, target: number, capacity: number): number {
  if (place === undefined) return 0
  const { source, start, end } = place.region
  const first = lineColumn(source, start)
  const last = lineColumn(source, end)
  const [file, name] = [source.name, place.function].map((text) =>
    new TextEncoder().encode(text.slice(0, 512)),
  ) as [Uint8Array, Uint8Array]
  if (28 + file.length + name.length > capacity) return 0
  const view = runtime.view()
  const numbers = [
    first.line,
    first.column,
    first.column + end - start,
    last.line,
    last.column,
    file.length,
    name.length,
  ]
  numbers.forEach((n, i) => {
    view.setUint32(target + 4 * i, n, true)
  })
  runtime.bytes().set(file, target + 28)
  runtime.bytes().set(name, target + 28 + file.length)
  return 1
}

export function hostImports(runtime: Runtime, host: Host): Imports {
  const slice = (address: number, length: number): Uint8Array =>
    runtime.bytes().subarray(address >>> 0, (address >>> 0) + length)
  const text = (address: number, length: number): string =>
    new TextDecoder().decode(slice(address, length).slice())
  const copy = (value: string | undefined, target: number, capacity: number): number => {
    if (value === undefined) return -1
    const bytes = new TextEncoder().encode(value)
    if (bytes.length <= capacity) slice(target, bytes.length).set(bytes)
    return bytes.length
  }
  /** To the request that was made last. */
  let answer: Uint8Array = new Uint8Array(0)
  return {
    write: (fd, address, length) => host.write(fd as number, slice(address as number, length as number)),
    read: (fd, address, length) => host.read(fd as number, slice(address as number, length as number)),
    close: (fd) => host.close(fd as number),
    seek: (fd, offset, whence) => host.seek(fd as number, offset as number, whence as number),
    open: (path, length, flags, permissions) =>
      host.open(text(path as number, length as number), flags as number, permissions as number),
    error_message: (code, target, capacity) =>
      copy(host.errorMessage(code as number).slice(0, capacity), target as number, capacity as number),
    text: (kind, name, length, target, capacity) => {
      const known = [
        () => host.environment(text(name as number, length as number)),
        () => host.arguments[length as number],
        () => host.executable,
        () => host.currentDirectory(),
        () => host.listed(length as number),
      ][kind as number]
      return copy(known?.(), target as number, capacity as number)
    },
    file: (question, path, length) => host.file(question as number, text(path as number, length as number)),
    make_directory: (path, length, permissions) =>
      host.makeDirectory(text(path as number, length as number), permissions as number),
    rename: (from, fromLength, to, toLength) =>
      host.rename(text(from as number, fromLength as number), text(to as number, toLength as number)),
    is_terminal: (fd) => Number(host.isTerminal(fd as number)),
    code_place: (index, digest) => {
      const place = runtime.code.placeOf(index as number)
      slice(digest as number, place.digest.length).set(place.digest)
      return place.number
    },
    code_index: (digest, number) =>
      runtime.code.indexOf(slice(digest as number, 16).slice(), (number as number) >>> 0),
    parse_float: (address, length) => Number(text(address as number, length as number)),
    time: (kind) => host.time(kind as number),
    random: () => host.random(),
    request: (address, length) => {
      answer = answerRequest(host, slice(address as number, length as number).slice())
      return answer.length
    },
    answer: (target) => {
      copyBytes(runtime.bytes(), (target as number) >>> 0, answer)
      return undefined
    },
    exit: (status) => {
      host.exit(status as number)
      return undefined
    },
    ...engineImports(runtime),
  }
}
