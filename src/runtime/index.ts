/**
 * The runtime of one domain: what emitted code and the engine call. The interface is described in
 * docs/RUNTIME.md.
 */

import { initFrames } from './allocation'
import { initCollector } from './gc'
import { initLarge } from './large'
import {
  CLEAN_BELOW,
  EPOCH,
  PERFORM_TOP,
  THREAD_BLOCKS,
  THREAD_ID,
  THREAD_LOCAL,
  STAND_LIMIT,
  FLAG_ALTERNATE,
  INTERRUPTS,
  MARKING,
  SEGMENT_START,
  UNSEEN_END,
  STACK_BASE,
  STACK_END,
  STACK_LIMIT,
  STACK_TOP,
  UNWIND_REASON,
  EXCEPTION,
  RESUME_VALUE,
  BACKTRACE_ON,
} from './layout'
import { initGlobalRoots } from './global-roots'
import { initLocalRoots } from './local-roots'
import { initCompaction } from './compact'
import { initMajor } from './major'
import { initMark } from './mark'
import { initPauses } from './pauses'
import { growMemoryTo, initPages } from './pages'
import { initPools } from './pools'
import { initRemembered } from './remembered'
import { initRootPools } from './root-pools'
import { initChannels } from './channels'
import { initEphemerons } from './ephemerons'
import { initFinalisers } from './finalisers'
import { initGcControl } from './gc-control'
import { resetObjects } from './objects'
import { resetNamedValues } from './system'
import { initMarshal } from './marshal'
import { initReachable } from './reachable'
import { initStacks } from './stacks'
import { initTower } from './tower'
import { pace_verifier, stress } from './stress'
import { FIRST_STATIC_BYTES, initStatic } from './static-data'
import { UNIT } from './header'

export * from './layout'
export { alloc_large, alloc_block, alloc_string, reserve_small, store_field, take_small } from './host-api'
export { caml_initialize, caml_modify } from './remembered'
export { collect, compaction, full_major, minor, request_collection } from './gc'
export { heap_words } from './gc-control'
export { pause_records } from './pauses'
export { setSpaceOverhead as set_space_overhead } from './major'
export { pace_verifier, stress } from './stress'
export { caml_atom, caml_predef, register_globals, static_alloc } from './static-data'
export {
  caml_continuation_capture,
  caml_continuation_step,
  caml_continuation_take,
  caml_perform,
  raise_unhandled,
  resume_first,
  resume_frame,
} from './continuations'
export { frame_runs, see_frames_from } from './deep-stack'
export { register_stack, stack_alloc, stack_free, unregister_stack } from './stacks'
export {
  root_create,
  root_create_block,
  root_create_words,
  root_delete,
  root_delete_remote,
  root_flush,
  root_get,
  root_get_block,
  root_modify,
  root_modify_words,
  root_pool_shrunk,
  root_statistic,
} from './root-pools'
export {
  caml_modify_generational_global_root,
  caml_register_generational_global_root,
  caml_register_global_root,
  caml_remove_generational_global_root,
  caml_remove_global_root,
} from './global-roots'
export {
  caml_array_bound_error,
  caml_raise_zero_divide,
  raise_end_of_file,
  raise_failwith,
  raise_invalid_arg,
  raise_not_found,
  raise_out_of_memory,
  raise_stack_overflow,
  raise_sys_error,
} from './exceptions'
export { verify, verify_address, verify_code } from './verify'
export { inject_growth_failure, pages_in_use } from './pages'
export { limit_mark_stack } from './mark'
export * from './compare'
export * from './string-order'
export * from './hash'
export * from './strings'
export * from './integers'
export { caml_float_of_string, caml_format_float, caml_hexstring_of_float } from './float-text'
export * from './float-math'
export * from './floats'
export * from './arrays'
export * from './bigarrays'
export * from './objects'
export {
  caml_channel_descriptor,
  caml_ml_channel_size,
  caml_ml_channel_size_64,
  caml_ml_close_channel,
  caml_ml_flush,
  caml_ml_input,
  caml_ml_input_char,
  caml_ml_input_int,
  caml_ml_input_scan_line,
  caml_ml_is_binary_mode,
  caml_ml_is_buffered,
  caml_ml_open_descriptor_in,
  caml_ml_open_descriptor_out,
  caml_ml_out_channels_list,
  caml_ml_output,
  caml_ml_output_bytes,
  caml_ml_output_char,
  caml_ml_output_int,
  caml_ml_pos_in,
  caml_ml_pos_in_64,
  caml_ml_pos_out,
  caml_ml_pos_out_64,
  caml_ml_seek_in,
  caml_ml_seek_in_64,
  caml_ml_seek_out,
  caml_ml_seek_out_64,
  caml_ml_set_binary_mode,
  caml_ml_set_buffered,
  caml_ml_set_channel_name,
  caml_sys_isatty,
  flush_all,
  flush_standard,
} from './channels'
export { caml_md5_chan, caml_md5_string } from './digest'
export { caml_blake2_create, caml_blake2_final, caml_blake2_string, caml_blake2_update } from './blake2'
export {
  caml_final_register,
  caml_final_register_called_without_value,
  caml_final_release,
  finaliser_argument,
  finalisers_due,
  release_finalisers,
  take_finaliser,
} from './finalisers'
export {
  caml_input_value,
  caml_input_value_from_bytes,
  caml_input_value_from_string,
  caml_marshal_data_size,
  caml_output_value,
  caml_output_value_to_buffer,
  caml_output_value_to_bytes,
  caml_output_value_to_string,
} from './marshal'
export {
  caml_ephe_blit_data,
  caml_ephe_blit_key,
  caml_ephe_check_data,
  caml_ephe_check_key,
  caml_ephe_create,
  caml_ephe_get_data,
  caml_ephe_get_data_copy,
  caml_ephe_get_key,
  caml_ephe_get_key_copy,
  caml_ephe_set_data,
  caml_ephe_set_key,
  caml_ephe_unset_data,
  caml_ephe_unset_key,
  caml_weak_blit,
  caml_weak_check,
  caml_weak_create,
  caml_weak_get,
  caml_weak_get_copy,
} from './ephemerons'
export { caml_obj_reachable_words } from './reachable'
export * from './system'
export * from './backtrace'
export * from './gc-control'
export * from './threads'
export {
  caml_green_alive,
  caml_green_leave,
  caml_green_stand,
  caml_green_stands,
  caml_green_wake,
  take_from_tower,
  tower,
} from './tower'

/** Room for the largest young block, at least. */
const MIN_MINOR_WORDS: i32 = 512
/** Frames may reach this far beyond the end of the stack. */
const STACK_GUARD_BYTES: usize = 131072
const LOCAL_ROOTS_BYTES: usize = 262144

/**
 * Lays out the memory: minor heap of `minorWords` words, shadow stack of `stackBytes` bytes, at most
 * `heapLimitBytes` bytes of major heap. `flags`: `FLAG_…`. False: there is not enough memory, and nothing may
 * be called.
 */
export function init(minorWords: i32, stackBytes: i32, heapLimitBytes: usize, flags: i32): bool {
  const staticStart = (__heap_base + 15) & ~15
  const stack = align(staticStart + FIRST_STATIC_BYTES)
  const stackEnd = stack + (<usize>stackBytes & ~7)
  const locals = align(stackEnd + STACK_GUARD_BYTES)
  const area = locals + LOCAL_ROOTS_BYTES
  const areaBytes = (<usize>max<i32>(minorWords, MIN_MINOR_WORDS)) << 3
  const other = flags & FLAG_ALTERNATE ? align(area + areaBytes) : area
  if (<u64>other + areaBytes > 0xf0000000 || !growMemoryTo(<u64>other + areaBytes)) return false
  initControl(stack, stackEnd)
  initStatic(staticStart, FIRST_STATIC_BYTES)
  initLocalRoots(locals, area)
  initGlobalRoots()
  initFrames()
  initPools()
  initLarge()
  initStacks()
  initTower()
  initChannels()
  initEphemerons()
  initFinalisers()
  initMarshal()
  initGcControl()
  initMajor()
  initCompaction()
  initPauses()
  stress(1, 0)
  pace_verifier(0)
  initReachable()
  resetObjects()
  resetNamedValues()
  if (!initPages(other + areaBytes, heapLimitBytes)) return false
  return initRemembered() && initMark() && initRootPools() && initCollector(area, areaBytes, other, flags)
}

function align(address: usize): usize {
  return (address + 4095) & ~4095
}

function initControl(stack: usize, stackEnd: usize): void {
  store<u32>(STACK_BASE, <u32>stack)
  store<u32>(STACK_TOP, <u32>stack)
  store<u32>(STACK_END, <u32>stackEnd)
  store<u32>(STACK_LIMIT, <u32>stackEnd)
  store<i32>(UNWIND_REASON, 0)
  store<i64>(EXCEPTION, UNIT)
  store<i64>(RESUME_VALUE, UNIT)
  store<i32>(INTERRUPTS, 0)
  store<i32>(MARKING, 0)
  store<i32>(BACKTRACE_ON, 0)
  store<u32>(SEGMENT_START, 0)
  store<u32>(UNSEEN_END, 0)
  store<u32>(CLEAN_BELOW, 0)
  store<u32>(EPOCH, 0)
  store<u32>(PERFORM_TOP, 0)
  store<i32>(THREAD_ID, 0)
  store<u32>(THREAD_LOCAL, 0)
  store<i32>(THREAD_BLOCKS, 0)
  store<u32>(STAND_LIMIT, 0)
}
