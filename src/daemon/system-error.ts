/**
 * Errors of the system by their names (`ENOENT`), which mean the same everywhere, their numbers, which depend on the system, and
 * their messages, which are those of the C library that OCaml's own messages come from.
 */

import { constants } from 'node:os'
import { getSystemErrorMap } from 'node:util'

/** A call that our side of the border refuses, with the name of an error of the system. */
export class SystemError extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

const numbers: ReadonlyMap<string, number> = new Map(Object.entries(constants.errno))
const names: ReadonlyMap<number, string> = new Map([...numbers].map(([name, number]) => [number, name]))

/** What Node says of arguments that it does not pass on: a path with a zero byte names no file. */
const refusals: ReadonlyMap<string, string> = new Map([
  ['ERR_INVALID_ARG_VALUE', 'ENOENT'],
  ['ERR_OUT_OF_RANGE', 'EINVAL'],
])

/** The name of the error with which a call has failed; what is no error of the system goes on as an exception. */
export function errorName(error: unknown): string {
  if (error instanceof SystemError) return error.code
  const { code = '', errno } = error as NodeJS.ErrnoException
  const refusal = refusals.get(code)
  if (refusal !== undefined) return refusal
  if (errno === undefined) throw error
  return numbers.has(code) ? code : (names.get(Math.abs(errno)) ?? 'EIO')
}

export function errorNumber(name: string): number {
  return numbers.get(name) ?? (constants.errno.EIO as number)
}

/** The message of an error by its name. */
export function errorMessage(name: string): string {
  const number = numbers.get(name)
  const text = texts[name] ?? (number === undefined ? name : getSystemErrorMap().get(-number)?.[1]) ?? name
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The message of an error by its number, which has no sign. */
export function numberedMessage(number: number): string {
  const name = names.get(number)
  return name === undefined ? `Unknown error ${number}` : errorMessage(name)
}

/** Node's own texts differ from the C library's for most of them. */
const texts: Readonly<Record<string, string>> = {
  E2BIG: 'Argument list too long',
  EACCES: 'Permission denied',
  EAGAIN: 'Resource temporarily unavailable',
  EWOULDBLOCK: 'Resource temporarily unavailable',
  EBADF: 'Bad file descriptor',
  EBUSY: 'Device or resource busy',
  ECHILD: 'No child processes',
  EDEADLK: 'Resource deadlock avoided',
  EDOM: 'Numerical argument out of domain',
  EEXIST: 'File exists',
  EFAULT: 'Bad address',
  EFBIG: 'File too large',
  EINTR: 'Interrupted system call',
  EINVAL: 'Invalid argument',
  EIO: 'Input/output error',
  EISDIR: 'Is a directory',
  EMFILE: 'Too many open files',
  EMLINK: 'Too many links',
  ENAMETOOLONG: 'File name too long',
  ENFILE: 'Too many open files in system',
  ENODEV: 'No such device',
  ENOENT: 'No such file or directory',
  ENOEXEC: 'Exec format error',
  ENOLCK: 'No locks available',
  ENOMEM: 'Cannot allocate memory',
  ENOSPC: 'No space left on device',
  ENOSYS: 'Function not implemented',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  ENOTTY: 'Inappropriate ioctl for device',
  ENXIO: 'No such device or address',
  EPERM: 'Operation not permitted',
  EPIPE: 'Broken pipe',
  ERANGE: 'Numerical result out of range',
  EROFS: 'Read-only file system',
  ESPIPE: 'Illegal seek',
  ESRCH: 'No such process',
  EXDEV: 'Invalid cross-device link',
  EINPROGRESS: 'Operation now in progress',
  EALREADY: 'Operation already in progress',
  ENOTSOCK: 'Socket operation on non-socket',
  EDESTADDRREQ: 'Destination address required',
  EMSGSIZE: 'Message too long',
  EPROTOTYPE: 'Protocol wrong type for socket',
  ENOPROTOOPT: 'Protocol not available',
  EPROTONOSUPPORT: 'Protocol not supported',
  ESOCKTNOSUPPORT: 'Socket type not supported',
  EOPNOTSUPP: 'Operation not supported',
  EPFNOSUPPORT: 'Protocol family not supported',
  EAFNOSUPPORT: 'Address family not supported by protocol',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  ENETDOWN: 'Network is down',
  ENETUNREACH: 'Network is unreachable',
  ENETRESET: 'Network dropped connection on reset',
  ECONNABORTED: 'Software caused connection abort',
  ECONNRESET: 'Connection reset by peer',
  ENOBUFS: 'No buffer space available',
  EISCONN: 'Transport endpoint is already connected',
  ENOTCONN: 'Transport endpoint is not connected',
  ESHUTDOWN: 'Cannot send after transport endpoint shutdown',
  ETOOMANYREFS: 'Too many references: cannot splice',
  ETIMEDOUT: 'Connection timed out',
  ECONNREFUSED: 'Connection refused',
  EHOSTDOWN: 'Host is down',
  EHOSTUNREACH: 'No route to host',
  ELOOP: 'Too many levels of symbolic links',
  EOVERFLOW: 'Value too large for defined data type',
}
