/** What programs ask for through the library's `Unix`, by the names of the calls: a table of functions of the arguments. */

import {
  accessSync,
  type BigIntStats,
  chmodSync,
  chownSync,
  constants,
  linkSync,
  lstatSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
} from 'node:fs'
import { hostname, userInfo } from 'node:os'
import type { Datum } from '../engine/host-request.ts'
import type { ProgramWorld } from './program-world.ts'
import { errorMessage, numberedMessage, SystemError } from './system-error.ts'
import { zoneAt } from './time-zone.ts'

type Call = (args: readonly Datum[]) => Datum

const none: Datum = 0n
/** The answer of a call that has no result. */
const done = (_result: unknown): Datum => none

/** The result of a call; SystemError, or an error of Node's that carries one of the system, when it fails. */
export function systemCalls(world: ProgramWorld): (name: string, args: readonly Datum[]) => Datum {
  const calls = new Map<string, Call>(
    Object.entries({ ...descriptorCalls(world), ...fileCalls(world), ...processCalls(world) }),
  )
  return (name, args) => {
    const call = calls.get(name)
    if (call === undefined) throw new SystemError('ENOSYS')
    return call(args)
  }
}

// ---------------------------------------------------------------------------------------------------------
// Arguments

function int(datum: Datum | undefined): number {
  const n = Number(datum)
  if (typeof datum !== 'bigint' || !Number.isSafeInteger(n)) throw new SystemError('EINVAL')
  return n
}

function float(datum: Datum | undefined): number {
  if (typeof datum !== 'number') throw new SystemError('EINVAL')
  return datum
}

function bytes(datum: Datum | undefined): Uint8Array {
  if (!(datum instanceof Uint8Array)) throw new SystemError('EINVAL')
  return datum
}

function text(datum: Datum | undefined): string {
  return new TextDecoder().decode(bytes(datum))
}

function list(datum: Datum | undefined): readonly Datum[] {
  if (!Array.isArray(datum)) throw new SystemError('EINVAL')
  return datum
}

/** Node takes negative sizes for 0. */
function size(datum: Datum | undefined): number {
  const n = int(datum)
  if (n < 0) throw new SystemError('EINVAL')
  return n
}

/** Permissions, without bits that mean something else. */
const permissions = (datum: Datum | undefined): number => int(datum) & 0o7777

// ---------------------------------------------------------------------------------------------------------
// Descriptors

/** `Unix.open_flag` constructors in order; those that are 0 ask for what always holds, or do not exist here. */
const openFlags = [
  constants.O_RDONLY,
  constants.O_WRONLY,
  constants.O_RDWR,
  constants.O_NONBLOCK,
  constants.O_APPEND,
  constants.O_CREAT,
  constants.O_TRUNC,
  constants.O_EXCL,
  constants.O_NOCTTY,
  constants.O_DSYNC,
  constants.O_SYNC,
  constants.O_SYNC,
  0,
  0,
  0,
]

/** More is read in several calls. */
const largestRead = 65_536

function descriptorCalls(world: ProgramWorld): Readonly<Record<string, Call>> {
  const { descriptors } = world
  const file = (datum: Datum | undefined) => descriptors.get(int(datum))
  return {
    open: ([path, flags, mode]) => {
      const bits = list(flags).reduce((all: number, flag) => all | (openFlags[int(flag)] ?? 0), 0)
      return BigInt(world.openFile(text(path), bits, permissions(mode)))
    },
    close: ([fd]) => done(descriptors.close(int(fd))),
    read: ([fd, length]) => {
      const room = new Uint8Array(Math.min(Math.max(0, int(length)), largestRead))
      return room.subarray(0, file(fd).read(room))
    },
    write: ([fd, data]) => BigInt(file(fd).write(bytes(data))),
    seek: ([fd, offset, whence]) => BigInt(file(fd).seek(int(offset), int(whence))),
    status: ([fd]) => statusData(file(fd).status()),
    truncate: ([fd, length]) => done(file(fd).truncate(size(length))),
    synchronise: ([fd]) => done(file(fd).synchronise()),
    set_permissions: ([fd, mode]) => done(file(fd).setPermissions(permissions(mode))),
    set_owner: ([fd, user, group]) => done(file(fd).setOwner(int(user), int(group))),
    is_terminal: ([fd]) => BigInt(file(fd).isTerminal),
    duplicate: ([fd]) => BigInt(descriptors.duplicate(int(fd))),
    duplicate_to: ([fd, target]) => done(descriptors.duplicateTo(int(fd), int(target))),
    pipe: () => descriptors.pipe().map(BigInt),
    set_nonblocking: ([fd, on]) => {
      file(fd).nonBlocking = int(on) !== 0
      return none
    },
    ready: ([readers, writers]) => [
      list(readers).filter((fd) => file(fd).readable),
      list(writers).filter((fd) => file(fd).writable),
    ],
  }
}

const kinds = [
  constants.S_IFREG,
  constants.S_IFDIR,
  constants.S_IFCHR,
  constants.S_IFBLK,
  constants.S_IFLNK,
  constants.S_IFIFO,
  constants.S_IFSOCK,
]

/** The fields of `Unix.stats`, in order; the kind by its number in `Unix.file_kind`. */
function statusData(status: BigIntStats): Datum {
  const mode = Number(status.mode)
  const kind = kinds.indexOf(mode & constants.S_IFMT)
  const seconds = (ns: bigint): number => Number(ns / 1_000_000_000n) + Number(ns % 1_000_000_000n) / 1e9
  return [
    status.dev,
    status.ino,
    BigInt(Math.max(0, kind)),
    BigInt(mode & 0o7777),
    status.nlink,
    status.uid,
    status.gid,
    status.rdev,
    status.size,
    seconds(status.atimeNs),
    seconds(status.mtimeNs),
    seconds(status.ctimeNs),
  ]
}

// ---------------------------------------------------------------------------------------------------------
// Files by their names

/** `Unix.access_permission` constructors in order. */
const accessBits = [constants.R_OK, constants.W_OK, constants.X_OK, constants.F_OK]

function fileCalls(world: ProgramWorld): Readonly<Record<string, Call>> {
  const path = (datum: Datum | undefined): string => world.located(text(datum))
  return {
    status_of: ([name]) => statusData(statSync(path(name), { bigint: true })),
    link_status_of: ([name]) => statusData(lstatSync(path(name), { bigint: true })),
    truncate_file: ([name, length]) => done(truncateSync(path(name), size(length))),
    link: ([from, to]) => done(linkSync(path(from), path(to))),
    symbolic_link: ([target, name]) => done(symlinkSync(text(target), path(name))),
    read_link: ([name]) => readlinkSync(path(name)),
    real_path: ([name]) => realpathSync.native(path(name)),
    set_permissions_of: ([name, mode]) => done(chmodSync(path(name), permissions(mode))),
    set_owner_of: ([name, user, group]) => done(chownSync(path(name), int(user), int(group))),
    set_times_of: ([name, accessed, modified]) => {
      const now = float(accessed) === 0 && float(modified) === 0 ? Date.now() / 1000 : undefined
      return done(utimesSync(path(name), now ?? float(accessed), now ?? float(modified)))
    },
    access: ([name, wanted]) => {
      const bits = list(wanted).reduce((all: number, which) => all | (accessBits[int(which)] ?? 0), 0)
      return done(accessSync(path(name), bits))
    },
    unlink: ([name]) => done(unlinkSync(path(name))),
    rename: ([from, to]) => done(renameSync(path(from), path(to))),
    make_directory: ([name, mode]) => done(world.makeDirectory(text(name), permissions(mode))),
    remove_directory: ([name]) => done(rmdirSync(path(name))),
    change_directory: ([name]) => done(world.changeDirectory(text(name))),
    current_directory: () => world.currentDirectory,
    list: ([name]) => readdirSync(path(name)),
  }
}

// ---------------------------------------------------------------------------------------------------------
// The process

function processCalls(world: ProgramWorld): Readonly<Record<string, Call>> {
  const { environment } = world
  return {
    error_message: ([name]) => errorMessage(text(name)),
    error_number_message: ([number]) => numberedMessage(int(number)),
    environment: () => environment.all(),
    set_variable: ([name, value]) => {
      environment.set(text(name), text(value))
      return none
    },
    process: () => [BigInt(process.pid), BigInt(process.ppid)],
    users: () =>
      [process.getuid, process.geteuid, process.getgid, process.getegid].map((id) => BigInt(id?.() ?? 1)),
    groups: () => (process.getgroups?.() ?? []).map(BigInt),
    login: () => userInfo().username,
    mask: ([mask]) => BigInt(world.setMask(int(mask) & 0o777)),
    times: () => {
      const { user, system } = process.cpuUsage()
      return [user / 1e6, system / 1e6]
    },
    zone: ([time]) => {
      const { offset, isSummer } = zoneAt(float(time), environment.changed('TZ'))
      return [BigInt(offset), BigInt(isSummer)]
    },
    host_name: () => hostname(),
  }
}
