/** `Obj`, lazy values, object identifiers, atomics. */

import { allocate, boxInteger, frame1, rooted } from './allocation'
import { invalidArgument } from './exceptions'
import {
  FALSE,
  field,
  headerAt,
  infixOffset,
  intOfVal,
  isImmediate,
  isYoungAddress,
  payloadOfVal,
  setField,
  tagAt,
  tagOfHeader,
  TRUE,
  UNIT,
  valOfAddress,
  valOfInt,
  wosizeAt,
  wosizeOfHeader,
} from './header'
import { MAX_LARGE_WOSIZE } from './large'
import {
  CUSTOM_NATIVEINT,
  TAG_CLOSURE,
  TAG_CONT,
  TAG_DOUBLE_ARRAY,
  TAG_FORWARD,
  TAG_INFIX,
  TAG_NO_SCAN,
  TAG_OBJECT,
} from './layout'
import { fillWith } from './gc'
import { caml_initialize, caml_modify } from './remembered'
import { atom } from './static-data'
import { Value } from './value'

/** Obj.tag: 1000 for immediates. */
export function caml_obj_tag(_sp: usize, v: Value): Value {
  return valOfInt(isImmediate(v) ? 1000 : tagAt(<usize>v))
}

export function caml_obj_size(_sp: usize, v: Value): Value {
  return valOfInt(wosizeAt(<usize>v))
}

export function caml_obj_is_int(_sp: usize, v: Value): Value {
  return isImmediate(v) ? TRUE : FALSE
}

export function caml_obj_field(_sp: usize, v: Value, index: Value): Value {
  return field(<usize>v, <usize>intOfVal(index))
}

export function caml_obj_set_field(_sp: usize, v: Value, index: Value, x: Value): Value {
  caml_modify(<usize>v + ((<usize>intOfVal(index)) << 3), x)
  return UNIT
}

export function caml_obj_raw_field(sp: usize, v: Value, index: Value): Value {
  return boxInteger(sp, CUSTOM_NATIVEINT, field(<usize>v, <usize>intOfVal(index)))
}

export function caml_obj_set_raw_field(_sp: usize, v: Value, index: Value, raw: Value): Value {
  setField(<usize>v, <usize>intOfVal(index), payloadOfVal(raw))
  return UNIT
}

/** A pointer into a closure, or from there to another. */
export function caml_obj_add_offset(_sp: usize, v: Value, offset: Value): Value {
  return v + payloadOfVal(offset)
}

/** A block of this tag and size; fields are `()`, or unspecified bytes if the tag is not scanned. */
export function caml_obj_block(sp: usize, tag: Value, size: Value): Value {
  const wosize = intOfVal(size)
  const t = <i32>intOfVal(tag)
  if (wosize < 0 || wosize > <i64>MAX_LARGE_WOSIZE) return invalidArgument(sp, 'Obj.new_block')
  if (wosize == 0) return atom(t)
  const block = allocate(sp, <usize>wosize, t)
  if (block) fillWith(block, <usize>wosize, t < TAG_NO_SCAN ? UNIT : 0)
  return valOfAddress(block)
}

export function caml_obj_with_tag(sp: usize, tag: Value, v: Value): Value {
  return copyWithTag(sp, <i32>intOfVal(tag), v)
}

export function caml_obj_dup(sp: usize, v: Value): Value {
  return isImmediate(v) ? v : copyWithTag(sp, tagAt(<usize>v), v)
}

function copyWithTag(sp: usize, tag: i32, v: Value): Value {
  const wosize = wosizeAt(<usize>v)
  if (wosize == 0) return atom(tag)
  if (tagAt(<usize>v) == TAG_CONT || tag == TAG_CONT) return invalidArgument(sp, 'Obj.dup: continuation value')
  const copy = allocate(frame1(sp, v), wosize, tag)
  if (copy) copyFields(copy, <usize>rooted(sp, 0), wosize, tag)
  return valOfAddress(copy)
}

/** Below this many words a loop is faster than `memory.copy`. */
const SHORT_COPY: usize = 32

function copyFields(copy: usize, source: usize, wosize: usize, tag: i32): void {
  if (isYoungAddress(copy) || tag >= TAG_NO_SCAN) {
    if (wosize >= SHORT_COPY) memory.copy(copy, source, wosize << 3)
    else for (let at: usize = 0; at < wosize << 3; at += 8) store<i64>(copy + at, load<i64>(source + at))
  } else for (let at: usize = 0; at < wosize << 3; at += 8) caml_initialize(copy + at, load<i64>(source + at))
}

export function caml_obj_set_tag(_sp: usize, v: Value, tag: Value): Value {
  store<u8>(<usize>v - 8, <u8>intOfVal(tag))
  return UNIT
}

export function caml_obj_make_forward(_sp: usize, block: Value, v: Value): Value {
  caml_modify(<usize>block, v)
  store<u8>(<usize>block - 8, <u8>TAG_FORWARD)
  return UNIT
}

export function caml_lazy_make_forward(sp: usize, v: Value): Value {
  const block = allocate(frame1(sp, v), 1, TAG_FORWARD)
  if (block) store<i64>(block, rooted(sp, 0))
  return valOfAddress(block)
}

/** A block whose fields come later, for recursive values: tag 0, or a flat float array. */
export function caml_alloc_dummy(sp: usize, size: Value): Value {
  return caml_obj_block(sp, valOfInt(0), size)
}

export function caml_alloc_dummy_float(sp: usize, size: Value): Value {
  return caml_obj_block(sp, valOfInt(TAG_DOUBLE_ARRAY), size)
}

/** Fills a dummy of the same size with another block's tag and fields. */
export function caml_update_dummy(_sp: usize, dummy: Value, v: Value): Value {
  const target = <usize>dummy
  let source = <usize>v
  let header = headerAt(source)
  if (tagOfHeader(header) == TAG_INFIX) {
    source -= infixOffset(header)
    header = headerAt(source)
  }
  const wosize = wosizeOfHeader(header)
  const tag = tagOfHeader(header)
  store<u8>(target - 8, <u8>tag)
  if (tag >= TAG_NO_SCAN || isYoungAddress(target)) memory.copy(target, source, wosize << 3)
  else
    for (let at: usize = 0; at < wosize << 3; at += 8) updateField(target + at, load<i64>(source + at), tag)
  return UNIT
}

function updateField(slot: usize, v: Value, tag: i32): void {
  // A closure's code words are not values: the barrier must not see them as such, nor what was there.
  if (tag == TAG_CLOSURE) caml_initialize(slot, v)
  else caml_modify(slot, v)
}

let lastObject: i64 = 0

export function resetObjects(): void {
  lastObject = 0
}

export function caml_fresh_oo_id(_sp: usize, _unit: Value): Value {
  return valOfInt(lastObject++)
}

export function caml_set_oo_id(_sp: usize, object: Value): Value {
  store<i64>(<usize>object, valOfInt(lastObject++), 8)
  return object
}

/** A new identifier for a copy of an object. Those of predefined exceptions are negative and stay. */
export function refreshObjectId(object: usize): void {
  const id = load<i64>(object, 8)
  if (isImmediate(id) && id > 0) store<i64>(object, valOfInt(lastObject++), 8)
}

/**
 * An object of `size` words with these methods, a new identity, and `()` in its instance variables.
 */
export function caml_object_create(sp: usize, methods: Value, size: Value): Value {
  const wosize = <usize>intOfVal(size)
  const object = allocate(frame1(sp, methods), wosize, TAG_OBJECT)
  if (!object) return 0
  const block = rooted(sp, 0)
  if (isYoungAddress(object)) store<i64>(object, block)
  else caml_initialize(object, block)
  store<i64>(object, valOfInt(lastObject++), 8)
  fillWith(object + 16, wosize - 2, UNIT)
  return valOfAddress(object)
}

/** A copy of an object, with a new identity. */
export function caml_object_copy(sp: usize, object: Value): Value {
  const copy = caml_obj_dup(sp, object)
  return copy ? caml_set_oo_id(sp, copy) : 0
}

/**
 * The method of this label, which the object has. Block of methods: [mask, label, method, label, method…], see
 * src/stdlib/camlinternalOO.ml.
 */
export function caml_get_public_method(object: Value, label: Value): Value {
  const methods = <usize>field(<usize>object, 0)
  const mask = <usize>(load<i64>(methods) & ~1)
  let offset = <usize>(intOfVal(label) << 4) & mask
  while (load<i64>(methods + offset, 8) != label) offset = (offset + 16) & mask
  return load<i64>(methods + offset, 16)
}

// Atomics: one thread per heap, so plain accesses are atomic.

export function caml_atomic_make(sp: usize, v: Value): Value {
  const block = allocate(frame1(sp, v), 1, 0)
  if (block) store<i64>(block, rooted(sp, 0))
  return valOfAddress(block)
}

export function caml_atomic_load(_sp: usize, cell: Value): Value {
  return load<i64>(<usize>cell)
}

export function caml_atomic_exchange(_sp: usize, cell: Value, v: Value): Value {
  const old = load<i64>(<usize>cell)
  caml_modify(<usize>cell, v)
  return old
}

export function caml_atomic_cas(_sp: usize, cell: Value, seen: Value, v: Value): Value {
  if (load<i64>(<usize>cell) != seen) return FALSE
  caml_modify(<usize>cell, v)
  return TRUE
}

export function caml_atomic_fetch_add(_sp: usize, cell: Value, n: Value): Value {
  const old = load<i64>(<usize>cell)
  store<i64>(<usize>cell, old + n - 1)
  return old
}

export function caml_obj_compare_and_swap(sp: usize, v: Value, index: Value, seen: Value, x: Value): Value {
  return caml_atomic_cas(sp, valOfAddress(<usize>v + ((<usize>intOfVal(index)) << 3)), seen, x)
}
