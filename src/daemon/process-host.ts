/** The `Host` of a domain whose programs may use this process's files: `jocrun`, and the daemon's domains for stdout. */

import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { isatty } from 'node:tty'
import { getSystemErrorMap } from 'node:util'
import type { Host } from '../engine/host.ts'

/** OCaml's `open_flag` constructors in order: rdonly, wronly, append, creat, trunc, excl, binary, text, nonblock. */
const openFlags = [
  constants.O_RDONLY,
  constants.O_WRONLY,
  constants.O_APPEND | constants.O_WRONLY, // as in OCaml, where Open_append alone can be written to
  constants.O_CREAT,
  constants.O_TRUNC,
  constants.O_EXCL,
  0,
  0,
  constants.O_NONBLOCK,
]

/** Runs a system call; its result, or the negated error number. */
function attempt(call: () => number): number {
  try {
    return call()
  } catch (error) {
    const { errno } = error as NodeJS.ErrnoException
    if (errno === undefined) throw error
    return errno < 0 ? errno : -errno
  }
}

/** Writes all of it, waiting for slow readers: a pipe that is full says EAGAIN. */
function writeAll(fd: number, bytes: Uint8Array): number {
  let done = 0
  while (done < bytes.length) {
    const count = attempt(() => writeSync(fd, bytes, done))
    if (count >= 0) done += count
    else if (-count === constantEagain) Atomics.wait(sleeper, 0, 0, 1)
    else return count
  }
  return done
}

const constantEagain = 11
const constantEnotdir = 20
const sleeper = new Int32Array(new SharedArrayBuffer(4))

/** What the runtime has room for, in bytes. */
const longestMessage = 256

/** The questions of `Host.file` that depend on the file alone. Removals answer yes. */
const fileQuestions: readonly ((path: string) => boolean)[] = [
  existsSync,
  (path) => statSync(path).isDirectory(),
  (path) => {
    unlinkSync(path)
    return true
  },
  (path) => statSync(path).isFile(),
  (path) => {
    rmdirSync(path)
    return true
  },
]
const changeDirectory = 5

interface Position {
  /** Where the next read or write of a file that has been sought takes place. */
  offset: number
}

export function processHost(program: {
  readonly arguments: readonly string[]
  readonly executable: string
  readonly exit: (status: number) => void
  /** Whether programs may read this process's stdin; otherwise it is at its end. */
  readonly stdin?: boolean
}): Host {
  const positions = new Map<number, Position>()
  /** The file whose opening or removal has just failed: OCaml's message about that names it. */
  let culprit: string | undefined
  /** The directory that the program has changed to: its own, other programs in this process keep theirs. */
  let directory: string | undefined
  /** The names in the directory that was listed last. */
  let names: readonly string[] = []
  const located = (path: string): string =>
    directory === undefined || path === '' || path.startsWith('/') ? path : `${directory}/${path}`
  const attemptOn = (path: string, call: () => number): number => {
    const result = attempt(call)
    culprit = result < 0 ? path : undefined
    return result
  }
  return {
    arguments: program.arguments,
    executable: program.executable,
    exit: program.exit,
    write: (fd, bytes) => {
      const position = positions.get(fd)
      if (position === undefined) return writeAll(fd, bytes)
      const count = attempt(() => writeSync(fd, bytes, 0, bytes.length, position.offset))
      if (count > 0) position.offset += count
      return count
    },
    read: (fd, target) => {
      if (fd === 0 && program.stdin !== true) return 0
      const position = positions.get(fd)
      for (;;) {
        // A shared buffer cannot be read into directly.
        const bytes = new Uint8Array(target.length)
        const count = attempt(() => readSync(fd, bytes, 0, bytes.length, position?.offset ?? null))
        if (-count === constantEagain) {
          Atomics.wait(sleeper, 0, 0, 1)
          continue
        }
        if (count > 0) target.set(bytes.subarray(0, count))
        if (count > 0 && position !== undefined) position.offset += count
        return count
      }
    },
    close: (fd) => {
      positions.delete(fd)
      return attempt(() => {
        closeSync(fd)
        return 0
      })
    },
    seek: (fd, offset, whence) =>
      attempt(() => {
        const from = whence === 0 ? 0 : whence === 1 ? (positions.get(fd)?.offset ?? 0) : fstatSync(fd).size
        positions.set(fd, { offset: from + offset })
        return from + offset
      }),
    open: (path, flags, permissions) =>
      attemptOn(path, () => {
        const bits = openFlags.reduce((all, flag, i) => ((flags >> i) & 1 ? all | flag : all), 0)
        const fd = openSync(located(path), bits, permissions)
        // The position of a file is kept here, so that asking for it is right whether or not it has been set.
        if (fstatSync(fd).isFile() && (bits & constants.O_APPEND) === 0) positions.set(fd, { offset: 0 })
        return fd
      }),
    errorMessage: (code) => {
      const known = getSystemErrorMap().get(-Math.abs(code))
      const text = known?.[1] ?? `error ${Math.abs(code)}`
      const message = text.charAt(0).toUpperCase() + text.slice(1)
      const whole = culprit === undefined ? message : `${culprit}: ${message}`
      culprit = undefined
      return Buffer.byteLength(whole) <= longestMessage ? whole : message
    },
    environment: (name) => process.env[name],
    file: (question, path) =>
      attemptOn(path, () => {
        const place = located(path)
        const answer = fileQuestions[question]
        if (answer !== undefined) return answer(place) ? 1 : 0
        if (question === changeDirectory) {
          const target = realpathSync(place)
          if (!statSync(target).isDirectory()) return -constantEnotdir
          directory = target
          return 1
        }
        names = readdirSync(place)
        return names.length
      }),
    makeDirectory: (path, permissions) =>
      attemptOn(path, () => {
        mkdirSync(located(path), permissions)
        return 0
      }),
    rename: (from, to) =>
      attemptOn(from, () => {
        renameSync(located(from), located(to))
        return 0
      }),
    isTerminal: (fd) => isatty(fd),
    currentDirectory: () => directory ?? process.cwd(),
    listed: (index) => names[index],
    time: (kind) =>
      kind === 0 ? process.cpuUsage().user / 1e6 : kind === 1 ? Date.now() / 1000 : performance.now() / 1000,
    random: () => randomBytes(4).readInt32LE(),
    sleep: (seconds) => {
      Atomics.wait(sleeper, 0, 0, seconds * 1000)
    },
  }
}
