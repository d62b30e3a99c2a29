/** `Sys`, `Printexc`, named values, `Random`'s seed: what the host knows. */

import { allocate, allocateString, boxFloat, frame1, rooted } from './allocation'
import { raiseSystemError } from './channels'
import { raise_not_found, raise_sys_error } from './exceptions'
import {
  EMPTY_LIST,
  FALSE,
  intOfVal,
  stringLength,
  UNIT,
  valOfAddress,
  valOfBool,
  valOfInt,
} from './header'
import {
  hostAnswer,
  hostExit,
  hostFile,
  hostMakeDirectory,
  hostOpen,
  hostRandom,
  hostRename,
  hostRequest,
  hostText,
  hostTime,
} from './host'
import { UNWIND_CANCEL, UNWIND_REASON } from './layout'
import { caml_initialize } from './remembered'
import { root_create, root_modify } from './root-pools'
import { atom, copyText, static_alloc } from './static-data'
import { Value } from './value'

const QUESTION_EXISTS: i32 = 0
const QUESTION_DIRECTORY: i32 = 1
const QUESTION_REMOVE: i32 = 2
const QUESTION_REGULAR: i32 = 3
const QUESTION_REMOVE_DIRECTORY: i32 = 4
const QUESTION_CHANGE_DIRECTORY: i32 = 5
const QUESTION_LIST: i32 = 6

const TEXT_ARGUMENT: i32 = 1
const TEXT_DIRECTORY: i32 = 3
const TEXT_LISTED: i32 = 4

/**
 * A string of the host's, or 0: if there is none, with no reason to unwind, or if there is no room. `name` is not in the
 * heap, or does not matter.
 */
function hostString(sp: usize, kind: i32, name: usize, length: i32): Value {
  // Handled exceptions and suspensions leave their reason.
  store<i32>(UNWIND_REASON, 0)
  const room = 4096
  const count = hostText(kind, name, length, sp, room)
  if (count < 0 || count > 59000) return 0
  if (count > room) hostText(kind, name, length, sp, count)
  const text = allocateString(sp, <usize>count)
  if (text) memory.copy(text, sp, <usize>count)
  return valOfAddress(text)
}

export function caml_sys_getenv(sp: usize, name: Value): Value {
  const found = hostString(sp, 0, <usize>name, <i32>stringLength(<usize>name))
  return found || load<i32>(UNWIND_REASON) ? found : raise_not_found(sp)
}

/** The host's strings of this kind with numbers below `count`. */
function stringArray(sp: usize, kind: i32, count: i32): Value {
  if (count == 0) return atom(0)
  const array = allocate(sp, <usize>count, 0)
  if (!array) return 0
  for (let i = 0; i < count; i++) store<i64>(array + ((<usize>i) << 3), UNIT)
  let root = valOfAddress(array)
  for (let i = 0; i < count; i++) {
    const text = hostString(frame1(sp, root), kind, 0, i)
    if (!text) return 0
    root = rooted(sp, 0)
    caml_initialize(<usize>root + ((<usize>i) << 3), text)
  }
  return root
}

/** The command line. It has no argument: `external argv : string array = "%sys_argv"`. */
export function caml_sys_argv(sp: usize): Value {
  let count = 0
  while (hostText(1, 0, count, sp, 0) >= 0) count++
  return stringArray(sp, TEXT_ARGUMENT, count)
}

export function caml_sys_executable_name(sp: usize, _unit: Value): Value {
  const name = hostString(sp, 2, 0, 0)
  return name || load<i32>(UNWIND_REASON) ? name : valOfAddress(allocateString(sp, 0))
}

export function caml_sys_time_unboxed(): f64 {
  return hostTime(0)
}

export function caml_sys_time(sp: usize, _unit: Value): Value {
  return boxFloat(sp, hostTime(0))
}

/** Seconds since 1970, as Unix.gettimeofday and Unix.time give them. */
export function caml_sys_time_of_day(sp: usize, _unit: Value): Value {
  return boxFloat(sp, hostTime(1))
}

/** Ends the program: nothing of it runs any more. */
export function caml_sys_exit(_sp: usize, status: Value): Value {
  hostExit(<i32>intOfVal(status))
  store<i32>(UNWIND_REASON, UNWIND_CANCEL)
  return 0
}

/** An array of 12 numbers. */
export function caml_sys_random_seed(sp: usize, _unit: Value): Value {
  const array = allocate(sp, 12, 0)
  if (!array) return 0
  for (let i: usize = 0; i < 12; i++) store<i64>(array + (i << 3), valOfInt(<i64>(hostRandom() & 0x3fffffff)))
  return valOfAddress(array)
}

function answer(sp: usize, name: Value, question: i32): Value {
  const code = hostFile(question, <usize>name, <i32>stringLength(<usize>name))
  return code < 0 ? raiseSystemError(sp, code) : valOfBool(code != 0)
}

export function caml_sys_file_exists(sp: usize, name: Value): Value {
  return answer(sp, name, QUESTION_EXISTS)
}

export function caml_sys_is_directory(sp: usize, name: Value): Value {
  return answer(sp, name, QUESTION_DIRECTORY)
}

export function caml_sys_is_regular_file(sp: usize, name: Value): Value {
  return answer(sp, name, QUESTION_REGULAR)
}

export function caml_sys_remove(sp: usize, name: Value): Value {
  return answer(sp, name, QUESTION_REMOVE) ? UNIT : 0
}

/** A file descriptor. `flags` is a list of constructors of Stdlib.open_flag. */
export function caml_sys_open(sp: usize, name: Value, flags: Value, permissions: Value): Value {
  let bits = 0
  for (let cell = flags; cell != EMPTY_LIST; cell = load<i64>(<usize>cell, 8))
    bits |= 1 << (<i32>intOfVal(load<i64>(<usize>cell)))
  const fd = hostOpen(<usize>name, <i32>stringLength(<usize>name), bits, <i32>intOfVal(permissions))
  return fd < 0 ? raiseSystemError(sp, fd) : valOfInt(fd)
}

/** What the host does not do: one Sys_error for all. */
function notSupported(sp: usize): Value {
  copyText(sp, 'Function not implemented')
  return raise_sys_error(sp, sp, 24)
}

export function caml_sys_close(sp: usize, _fd: Value): Value {
  return notSupported(sp)
}

export function caml_sys_getcwd(sp: usize, _unit: Value): Value {
  return hostString(sp, TEXT_DIRECTORY, 0, 0)
}

export function caml_sys_chdir(sp: usize, name: Value): Value {
  return answer(sp, name, QUESTION_CHANGE_DIRECTORY) ? UNIT : 0
}

export function caml_sys_mkdir(sp: usize, name: Value, permissions: Value): Value {
  const code = hostMakeDirectory(<usize>name, <i32>stringLength(<usize>name), <i32>intOfVal(permissions))
  return code < 0 ? raiseSystemError(sp, code) : UNIT
}

export function caml_sys_rmdir(sp: usize, name: Value): Value {
  return answer(sp, name, QUESTION_REMOVE_DIRECTORY) ? UNIT : 0
}

export function caml_sys_rename(sp: usize, from: Value, to: Value): Value {
  const code = hostRename(
    <usize>from,
    <i32>stringLength(<usize>from),
    <usize>to,
    <i32>stringLength(<usize>to),
  )
  return code < 0 ? raiseSystemError(sp, code) : UNIT
}

/** The host reads the directory at once and then hands out the names one by one. */
export function caml_sys_read_directory(sp: usize, name: Value): Value {
  const count = hostFile(QUESTION_LIST, <usize>name, <i32>stringLength(<usize>name))
  return count < 0 ? raiseSystemError(sp, count) : stringArray(sp, TEXT_LISTED, count)
}

export function caml_sys_system_command(sp: usize, _command: Value): Value {
  return notSupported(sp)
}

/** The host's answer to a request (CamlinternalHost), both as bytes. */
export function caml_host_request(sp: usize, request: Value): Value {
  const length = hostRequest(<usize>request, <i32>stringLength(<usize>request))
  const answer = allocateString(sp, <usize>length)
  if (answer) hostAnswer(answer)
  return valOfAddress(answer)
}

/** No signals reach a domain: every signal keeps its default behaviour. */
export function caml_install_signal_handler(_sp: usize, _signal: Value, _behaviour: Value): Value {
  return valOfInt(0)
}

export function caml_sys_const_naked_pointers_checked(_sp: usize, _unit: Value): Value {
  return FALSE
}

/** There is nothing that the runtime would warn about; it only remembers what it is told. */
let warns: Value = FALSE

export function caml_ml_enable_runtime_warnings(_sp: usize, on: Value): Value {
  warns = on
  return UNIT
}

export function caml_ml_runtime_warnings_enabled(_sp: usize, _unit: Value): Value {
  return warns
}

// Named values: a list in static memory of {next, root, length, name}.

let namedValues: usize = 0

export function resetNamedValues(): void {
  namedValues = 0
}

function findNamed(name: usize, length: usize): usize {
  for (let entry = namedValues; entry; entry = <usize>load<u32>(entry)) {
    if (<usize>load<u32>(entry, 8) != length) continue
    let i: usize = 0
    while (i < length && load<u8>(entry + 12 + i) == load<u8>(name + i)) i++
    if (i == length) return entry
  }
  return 0
}

export function caml_register_named_value(_sp: usize, name: Value, v: Value): Value {
  const length = stringLength(<usize>name)
  const known = findNamed(<usize>name, length)
  if (known) {
    store<u32>(known, <u32>root_modify(load<u32>(known, 4), v), 4)
    return UNIT
  }
  const root = root_create(v)
  const entry = static_alloc(12 + length)
  if (!root || !entry) return UNIT
  store<u32>(entry, <u32>namedValues)
  store<u32>(entry, <u32>root, 4)
  store<u32>(entry, <u32>length, 8)
  memory.copy(entry + 12, <usize>name, length)
  namedValues = entry
  return UNIT
}

/** Root of a named value; 0 if there is none. For the engine. */
export function named_value(name: usize, length: i32): usize {
  const entry = findNamed(name, <usize>length)
  return entry ? <usize>load<u32>(entry, 4) : 0
}
