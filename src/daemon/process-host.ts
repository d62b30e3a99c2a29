/** The `Host` of a domain whose programs may use this process's files: `jocrun`, and the daemon's domains for stdout. */

import { randomBytes } from 'node:crypto'
import { constants, existsSync, readdirSync, renameSync, rmdirSync, statSync, unlinkSync } from 'node:fs'
import type { Host } from '../engine/host.ts'
import { Descriptors } from './descriptors.ts'
import { Connection, type Ends, SystemFile } from './open-file.ts'
import { mustWait } from './pipe.ts'
import { ProgramWorld } from './program-world.ts'
import { systemCalls } from './system-calls.ts'
import { errorName, errorNumber, numberedMessage } from './system-error.ts'

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
    const name = errorName(error)
    return -errorNumber(name === mustWait ? 'EAGAIN' : name)
  }
}

const sleeper = new Int32Array(new SharedArrayBuffer(4))

function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

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

export interface ProgramSettings {
  readonly arguments: readonly string[]
  readonly executable: string
  readonly exit: (status: number) => void
  /** What stdin, stdout and stderr are connected to; by default the process's own. */
  readonly standard?: readonly (Ends | undefined)[]
}

export function processHost(program: ProgramSettings): Host {
  const descriptors = new Descriptors(
    [0, 1, 2].map((fd) => {
      const ends = program.standard?.[fd]
      return ends === undefined ? new SystemFile(fd, 0, false) : new Connection(ends)
    }),
  )
  const world = new ProgramWorld(descriptors)
  const call = systemCalls(world)
  /** The file whose opening or removal has just failed: OCaml's message about that names it. */
  let culprit: string | undefined
  /** The names in the directory that was listed last. */
  let names: readonly string[] = []
  const attemptOn = (path: string, action: () => number): number => {
    const result = attempt(action)
    culprit = result < 0 ? path : undefined
    return result
  }
  return {
    arguments: program.arguments,
    executable: program.executable,
    exit: program.exit,
    write: (fd, bytes) => attempt(() => descriptors.get(fd).write(bytes)),
    read: (fd, target) => attempt(() => descriptors.get(fd).read(target)),
    close: (fd) =>
      attempt(() => {
        descriptors.close(fd)
        return 0
      }),
    seek: (fd, offset, whence) => attempt(() => descriptors.get(fd).seek(offset, whence)),
    open: (path, flags, permissions) =>
      attemptOn(path, () => {
        const bits = openFlags.reduce((all, flag, i) => ((flags >> i) & 1 ? all | flag : all), 0)
        return world.openFile(path, bits, permissions)
      }),
    errorMessage: (code) => {
      const message = numberedMessage(Math.abs(code))
      const whole = culprit === undefined ? message : `${culprit}: ${message}`
      culprit = undefined
      return Buffer.byteLength(whole) <= longestMessage ? whole : message
    },
    environment: (name) => world.environment.get(name),
    file: (question, path) =>
      attemptOn(path, () => {
        const place = world.located(path)
        const answer = fileQuestions[question]
        if (answer !== undefined) return answer(place) ? 1 : 0
        if (question === changeDirectory) {
          world.changeDirectory(path)
          return 1
        }
        names = readdirSync(place)
        return names.length
      }),
    makeDirectory: (path, permissions) =>
      attemptOn(path, () => {
        world.makeDirectory(path, permissions)
        return 0
      }),
    rename: (from, to) =>
      attemptOn(from, () => {
        renameSync(world.located(from), world.located(to))
        return 0
      }),
    isTerminal: (fd) => attempt(() => Number(descriptors.get(fd).isTerminal)) > 0,
    currentDirectory: () => world.currentDirectory,
    listed: (index) => names[index],
    time: (kind) =>
      kind === 0 ? processorTime() : kind === 1 ? Date.now() / 1000 : performance.now() / 1000,
    random: () => randomBytes(4).readInt32LE(),
    sleep: (seconds) => {
      Atomics.wait(sleeper, 0, 0, seconds * 1000)
    },
    call: (name, args) => {
      try {
        return call(name, args)
      } catch (error) {
        const refused = errorName(error)
        return { kind: 'refusal', error: refused, number: errorNumber(refused) }
      }
    },
  }
}
