/** Raising from the runtime: `exception` and `unwindReason` are set and the caller returns 0. */

import { allocateString, reserve, youngBlock } from './allocation'
import { setField, UNIT, valOfAddress } from './header'
import {
  EXCEPTION,
  PREDEF_DIVISION_BY_ZERO,
  PREDEF_END_OF_FILE,
  PREDEF_FAILURE,
  PREDEF_INVALID_ARGUMENT,
  PREDEF_NOT_FOUND,
  PREDEF_OUT_OF_MEMORY,
  PREDEF_STACK_OVERFLOW,
  PREDEF_SYS_ERROR,
  RAISE_FRAME,
  RAISE_PRIMITIVE,
  TAG_OBJECT,
  UNWIND_EXCEPTION,
  UNWIND_REASON,
} from './layout'
import { caml_fresh_oo_id } from './objects'
import { Value } from './value'
import { copyText, predefined } from './static-data'

/** Raises a value on behalf of the code whose frame ends at `sp`. */
export function raise(sp: usize, exception: Value): Value {
  store<i64>(EXCEPTION, exception)
  store<i32>(UNWIND_REASON, UNWIND_EXCEPTION)
  store<u32>(RAISE_FRAME, <u32>(sp - 8) | RAISE_PRIMITIVE)
  return 0
}

/** Raises a predefined exception whose argument is this string. `message` must stay where it is. */
export function raiseWithBytes(sp: usize, exception: i32, message: usize, length: usize): Value {
  if (!reserve(sp, 24 + ((length + 16) & ~7))) return 0
  const text = allocateString(sp, length)
  if (!text) return 0
  memory.copy(text, message, length)
  const block = youngBlock(2, 0)
  setField(block, 0, predefined(exception))
  setField(block, 1, valOfAddress(text))
  return raise(sp, valOfAddress(block))
}

/** The same with a literal of this module (ASCII, short). */
export function raiseWithText(sp: usize, exception: i32, message: string): Value {
  const length = <usize>message.length
  if (!reserve(sp, 24 + ((length + 16) & ~7))) return 0
  const text = allocateString(sp, length)
  copyText(text, message)
  const block = youngBlock(2, 0)
  setField(block, 0, predefined(exception))
  setField(block, 1, valOfAddress(text))
  return raise(sp, valOfAddress(block))
}

/** Raises an exception of this name that no program can name. */
export function raiseNameless(sp: usize, name: string): Value {
  const length = <usize>name.length
  if (!reserve(sp, 24 + ((length + 16) & ~7))) return 0
  const text = allocateString(sp, length)
  copyText(text, name)
  const constructor = youngBlock(2, TAG_OBJECT)
  setField(constructor, 0, valOfAddress(text))
  setField(constructor, 1, caml_fresh_oo_id(sp, UNIT))
  return raise(sp, valOfAddress(constructor))
}

export function failwith(sp: usize, message: string): Value {
  return raiseWithText(sp, PREDEF_FAILURE, message)
}

export function invalidArgument(sp: usize, message: string): Value {
  return raiseWithText(sp, PREDEF_INVALID_ARGUMENT, message)
}

/** Raises Failure with the string at `[message, message + length)`. */
export function raise_failwith(sp: usize, message: usize, length: i32): Value {
  return raiseWithBytes(sp, PREDEF_FAILURE, message, length)
}

/** Raises Invalid_argument with the string at `[message, message + length)`. */
export function raise_invalid_arg(sp: usize, message: usize, length: i32): Value {
  return raiseWithBytes(sp, PREDEF_INVALID_ARGUMENT, message, length)
}

export function raise_sys_error(sp: usize, message: usize, length: i32): Value {
  return raiseWithBytes(sp, PREDEF_SYS_ERROR, message, length)
}

export function raise_not_found(sp: usize): Value {
  return raise(sp, predefined(PREDEF_NOT_FOUND))
}

export function raise_end_of_file(sp: usize): Value {
  return raise(sp, predefined(PREDEF_END_OF_FILE))
}

export function raise_stack_overflow(sp: usize): Value {
  return raise(sp, predefined(PREDEF_STACK_OVERFLOW))
}

export function raise_out_of_memory(sp: usize): Value {
  return raise(sp, predefined(PREDEF_OUT_OF_MEMORY))
}

export function caml_raise_zero_divide(sp: usize): Value {
  return raise(sp, predefined(PREDEF_DIVISION_BY_ZERO))
}

export function caml_array_bound_error(sp: usize): Value {
  return invalidArgument(sp, 'index out of bounds')
}
