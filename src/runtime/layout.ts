/**
 * The constants that emitted code, runtime and engine share. `docs/RUNTIME.md` explains them;
 * `src/codegen/layout.ts` holds the same for TypeScript, and a test compares the two.
 *
 *  0        control words
 *  1024     the runtime's own data (constants of this module)
 *  S0       static chunk │ shadow stack │ guard │ local roots │ minor area(s) │ page table │ pages of the major heap …
 */

// Control words: addresses.
export const YOUNG_PTR: usize = 16
export const YOUNG_LIMIT: usize = 20
export const STACK_LIMIT: usize = 24
export const UNWIND_REASON: usize = 28
export const EXCEPTION: usize = 32
export const RAISE_FRAME: usize = 40
export const YOUNG_START: usize = 44
export const YOUNG_SIZE: usize = 48
export const INTERRUPTS: usize = 52
export const RESUME_VALUE: usize = 56
export const STACK_BASE: usize = 64
export const STACK_TOP: usize = 68
export const STACK_END: usize = 72
export const SEGMENT_END: usize = 76
export const MARKING: usize = 80
export const BACKTRACE_ON: usize = 84
/** The color, in its place in a header, of blocks that are made in the major heap now. */
export const NEW_COLOR: usize = 88
/**
 * The lowest frame that the native stack still runs: frames below it resume only through the driver. 0:
 * unknown.
 */
export const SEGMENT_START: usize = 92
/** Frames below it hold no young value. The collector raises it, whoever resumes a lower frame lowers it. */
export const CLEAN_BELOW: usize = 96
/** The root pool that creation takes from; never 0 after `init`. */
export const ROOT_POOL: usize = 100
/** Head of the list of root pools with deletions by other threads; atomic. */
export const DELAYED_POOLS: usize = 104
/** How many threads are inside a delayed deletion; atomic. */
export const DELAYED_BUSY: usize = 108
/** How many collections have run: grows at every point where blocks may have moved. */
export const EPOCH: usize = 112
/** Between `perform` and the boundary that takes its continuation: the first address above the performer's frame; else 0. */
export const PERFORM_TOP: usize = 116
/** The number of the running green thread. */
export const THREAD_ID: usize = 120
/** The root of the value that belongs to the running green thread; 0: none. */
export const THREAD_LOCAL: usize = 124
/** The newest block of local roots, 0: none; where the next one begins; where there is no more room. */
export const LOCAL_ROOTS: usize = 160
export const LOCAL_TOP: usize = 164
export const LOCAL_END: usize = 168
/** Odd while a minor collection moves blocks; grows by two with each; atomic. */
export const MOVES: usize = 172
/** Below it, frames of the running thread that marking has not seen yet: see deep-stack.ts. */
export const UNSEEN_END: usize = 176
/** Where the frames of the running green thread begin: above `stackBase` if it stands on another, see tower.ts. */
export const THREAD_START: usize = 180
/** What the thread that has been suspended asked for: 0 its next turn, 1 to be woken, or to look again when another ends, 2 to be woken. */
export const THREAD_BLOCKS: usize = 184
/** No thread stands on frames that end above it. */
export const STAND_LIMIT: usize = 188

// Reasons for unwinding.
export const UNWIND_NONE: i32 = 0
export const UNWIND_EXCEPTION: i32 = 1
export const UNWIND_SUSPENSION: i32 = 2
export const UNWIND_SPILL: i32 = 3
export const UNWIND_CANCEL: i32 = 4
/** Handlers of exceptions do not see it, boundaries do. Its low two bits are those of an exception. */
export const UNWIND_EFFECT: i32 = 5

// Flags in the low bits of `raiseFrame`: see backtrace.ts.
export const RAISE_RERAISE: u32 = 1
export const RAISE_PRIMITIVE: u32 = 2
export const RAISE_NOTRACE: u32 = 4
export const RAISE_FLAGS: u32 = 7

// Bits of `interrupts`.
export const INTERRUPT_PREEMPT: i32 = 1
export const INTERRUPT_CANCEL: i32 = 2
export const INTERRUPT_FREE_ROOTS: i32 = 4
export const INTERRUPT_COLLECT: i32 = 8
export const INTERRUPT_FINALISE: i32 = 16
export const INTERRUPT_BREAK: i32 = 32

// Header.
export const COLOR_WHITE: u64 = 0
/** A hole of the major heap (never a block). */
export const COLOR_FREE: u64 = 1
export const COLOR_BLACK: u64 = 2
export const COLOR_STATIC: u64 = 3

export const TAG_CONT: i32 = 245
export const TAG_LAZY: i32 = 246
export const TAG_CLOSURE: i32 = 247
export const TAG_OBJECT: i32 = 248
export const TAG_INFIX: i32 = 249
export const TAG_FORWARD: i32 = 250
export const TAG_NO_SCAN: i32 = 251
export const TAG_ABSTRACT: i32 = 251
export const TAG_STRING: i32 = 252
export const TAG_DOUBLE: i32 = 253
export const TAG_DOUBLE_ARRAY: i32 = 254
export const TAG_CUSTOM: i32 = 255

// Custom blocks: the number in field 0.
export const CUSTOM_INT32: i64 = 1
export const CUSTOM_NATIVEINT: i64 = 2
export const CUSTOM_INT64: i64 = 3
export const CUSTOM_CHANNEL: i64 = 4
export const CUSTOM_BIGARRAY: i64 = 5

/** The largest block that is allocated in the minor heap, in words. */
export const MAX_YOUNG_WOSIZE: usize = 256

// Frame descriptors: byte offsets.
export const DESCRIPTOR_FRAME_WORDS: usize = 0
export const DESCRIPTOR_COUNT: usize = 2
export const DESCRIPTOR_FUNCTION: usize = 4
export const DESCRIPTOR_RESUME: usize = 8
export const DESCRIPTOR_FLAGS: usize = 10
export const DESCRIPTOR_SLOTS: usize = 16
export const DESCRIPTOR_RUNTIME_FLAG: u16 = 1

// Flags of `init`.
export const FLAG_VERIFY: i32 = 1
export const FLAG_STRESS: i32 = 2
export const FLAG_ALTERNATE: i32 = 4
export const FLAG_SLICES: i32 = 8

// Fields of the block of predefined exceptions.
export const PREDEF_OUT_OF_MEMORY: i32 = 0
export const PREDEF_SYS_ERROR: i32 = 1
export const PREDEF_FAILURE: i32 = 2
export const PREDEF_INVALID_ARGUMENT: i32 = 3
export const PREDEF_END_OF_FILE: i32 = 4
export const PREDEF_DIVISION_BY_ZERO: i32 = 5
export const PREDEF_NOT_FOUND: i32 = 6
export const PREDEF_MATCH_FAILURE: i32 = 7
export const PREDEF_STACK_OVERFLOW: i32 = 8
export const PREDEF_SYS_BLOCKED_IO: i32 = 9
export const PREDEF_ASSERT_FAILURE: i32 = 10
export const PREDEF_UNDEFINED_RECURSIVE_MODULE: i32 = 11
/** Raised by forcing a lazy value while it is being forced. */
export const PREDEF_LAZY_UNDEFINED: i32 = 12
export const PREDEF_COUNT: i32 = 13

// Root pools.
export const ROOT_POOL_BYTES: usize = 16384
/** Byte offsets in a pool's header; the slots start at `ROOT_SLOTS`. */
export const ROOT_FREE: usize = 0
export const ROOT_COUNT: usize = 4
export const ROOT_CLASS: usize = 8
export const ROOT_PREVIOUS: usize = 12
export const ROOT_NEXT: usize = 16
export const ROOT_PENDING: usize = 64
export const ROOT_PENDING_NEXT: usize = 68
/** One bit per word of the pool: the slots that other threads have deleted. */
export const ROOT_DELETED: usize = 128
export const ROOT_SLOTS: usize = 384
export const ROOT_CAPACITY: i32 = 2000
/** Deletion looks at a pool's place when its count is a multiple of this: at half and at zero. */
export const ROOT_HALF: u32 = 1024
export const CLASS_FREE: u32 = 0
export const CLASS_YOUNG: u32 = 1
export const CLASS_OLD: u32 = 2
export const CLASS_CURRENT: u32 = 3
