/**
 * Threads that stand on one another: a thread that waits for a reply lets other processes run above its frames, each as a thread with a
 * number of its own, instead of being put aside for each.
 *
 *     stackBase ┌───────────────┐ ← level 0
 *               │ thread 7      │  waits for a reply
 *               ├───────────────┤ ← level 1
 *               │ thread 9      │  runs a process, and waits for a reply
 *               ├───────────────┤ ← level 2 = threadStart
 *               │ thread 12     │  runs
 *               └───────────────┘
 *
 * The usual end of a process is a return to the thread below, for which nothing has moved. If it is suspended before, the engine
 * puts each level aside as a thread like any other, and from then on the stack is one thread's again (src/engine/tower.ts).
 *
 *     table  │ depth │ known │ 0 │ 0 │ level 0 │ level 1 │ …        depth: the running thread's level; known: the highest that has a number
 *     level  │ id │ local │ start │ woken │ trace │
 *
 * Invariants
 * - `woken` of the running thread is 1 if it has been woken since it blocked last. Of a thread below it is 1 if it may go on, as one that is blocked may
 *   when it is woken, and 2 if it has been woken once more.
 * - Levels up to `depth` are threads, and their frames follow one another from `stackBase` on. `local` of the running thread is in its
 *   control word; level 0's id, at least, is that of the thread that the engine runs.
 * - Levels from `depth` + 1 to `known` are numbers for the next ones to stand there: nobody runs or waits under them, but they are alive, as
 *   workers without tasks are. The engine takes the numbers of those that it puts aside.
 * - `trace` of a thread on which another stands is what backtrace.ts keeps of the exception that it has caught last, or 0.
 */

import { giveTrace, hasTrace, keepTrace } from './backtrace'
import { intOfVal, UNIT, valOfBool, valOfInt } from './header'
import { greenAlive, greenStand, greenWake } from './host'
import { STACK_BASE, STAND_LIMIT, THREAD_ID, THREAD_LOCAL, THREAD_START } from './layout'
import { Value } from './value'

const LEVELS: i32 = 128
const LEVEL_BYTES: usize = 20
const ID: usize = 0
const LOCAL: usize = 4
const START: usize = 8
const WOKEN: usize = 12
const TRACE: usize = 16

const TABLE_BYTES: i32 = 2576
const table: usize = memory.data(TABLE_BYTES, 8)
const DEPTH: usize = table
const KNOWN: usize = table + 4
const first: usize = table + 16

/** What `caml_green_stand` says. */
const NOT_HERE: i64 = 0
const STANDS: i64 = 1
/** The thread has no value of its own yet. */
const STANDS_NEW: i64 = 2

export function initTower(): void {
  memory.fill(table, 0, TABLE_BYTES)
  store<u32>(first, load<u32>(STACK_BASE), START)
  store<u32>(THREAD_START, load<u32>(STACK_BASE))
}

/** Where the engine finds the table. */
export function tower(): usize {
  return table
}

// @ts-ignore: decorator
@inline
function levelAt(index: i32): usize {
  return first + <usize>index * LEVEL_BYTES
}

// @ts-ignore: decorator
@inline
function top(): usize {
  return levelAt(load<i32>(DEPTH))
}

/** The level of a thread that runs or has others above it; 0: it is not there. */
function levelOf(id: i32): usize {
  for (let level = top(); level >= first; level -= LEVEL_BYTES) {
    if (load<i32>(level, ID) == id) return level
  }
  return 0
}

/** Whether one that has nothing to do is kept under this number. */
function isKept(id: i32): bool {
  // A level without a number has 0, which is the main thread's.
  if (id == 0) return false
  const last = load<i32>(KNOWN)
  for (let i = load<i32>(DEPTH) + 1; i <= last; i++) {
    if (load<i32>(levelAt(i), ID) == id) return true
  }
  return false
}

/**
 * What the caller calls next runs as a thread that stands on the caller's, until `caml_green_leave`. 0: not here, or the running thread
 * has been woken; 2: the thread has no value of its own yet.
 */
export function caml_green_stand(sp: usize, _unit: Value): Value {
  const below = top()
  const depth = load<i32>(DEPTH) + 1
  if (sp > <usize>load<u32>(STAND_LIMIT) || depth == LEVELS || load<u32>(below, WOKEN))
    return valOfInt(NOT_HERE)
  if (hasTrace()) {
    const kept = keepTrace()
    if (!kept) return valOfInt(NOT_HERE)
    store<u32>(below, <u32>kept, TRACE)
  }
  const level = levelAt(depth)
  if (load<i32>(level, ID) == 0) store<i32>(level, greenStand(), ID)
  if (depth > load<i32>(KNOWN)) store<i32>(KNOWN, depth)
  store<u32>(below, load<u32>(THREAD_LOCAL), LOCAL)
  store<u32>(level, <u32>sp, START)
  store<u32>(level, 0, WOKEN)
  enter(level, depth)
  return valOfInt(load<u32>(level, LOCAL) ? STANDS : STANDS_NEW)
}

function enter(level: usize, depth: i32): void {
  store<i32>(DEPTH, depth)
  store<i32>(THREAD_ID, load<i32>(level, ID))
  store<u32>(THREAD_LOCAL, load<u32>(level, LOCAL))
  store<u32>(THREAD_START, load<u32>(level, START))
}

/** The thread that stood on the caller's has done what it had to do, if it still stands there. */
export function caml_green_leave(sp: usize, _unit: Value): Value {
  const level = top()
  if (<usize>load<u32>(level, START) < sp) return UNIT
  const below = level - LEVEL_BYTES
  store<u32>(level, load<u32>(THREAD_LOCAL), LOCAL)
  store<u32>(below, load<u32>(below, WOKEN) >> 1, WOKEN)
  goDown()
  return UNIT
}

function goDown(): void {
  const depth = load<i32>(DEPTH) - 1
  const level = levelAt(depth)
  const kept = <usize>load<u32>(level, TRACE)
  enter(level, depth)
  if (kept || hasTrace()) giveTrace(kept)
  store<u32>(level, 0, TRACE)
}

/** The running thread leaves with its number: the engine has it, and its value and trace. */
export function take_from_tower(): void {
  const level = top()
  const depth = load<i32>(DEPTH)
  if (depth == load<i32>(KNOWN)) store<i32>(KNOWN, depth - 1)
  store<i32>(level, 0, ID)
  store<u32>(level, 0, LOCAL)
  goDown()
}

/** Whether the running thread stands on another. */
export function caml_green_stands(_unit: Value): Value {
  return valOfBool(load<i32>(DEPTH) > 0)
}

/** Whether the running thread has been woken since it blocked last, which is forgotten. */
export function takeWoken(): bool {
  const level = top()
  const woken = load<u32>(level, WOKEN)
  store<u32>(level, 0, WOKEN)
  return woken != 0
}

/** Whether there still is a thread of this number, which is then not blocked any more. */
export function caml_green_wake(_sp: usize, id: Value): Value {
  const number = <i32>intOfVal(id)
  const level = levelOf(number)
  if (level) store<u32>(level, level < top() && load<u32>(level, WOKEN) != 0 ? 2 : 1, WOKEN)
  return valOfBool(level != 0 || isKept(number) || greenWake(number) != 0)
}

/** Whether there is a thread of this number. */
export function caml_green_alive(id: Value): Value {
  const number = <i32>intOfVal(id)
  return valOfBool(levelOf(number) != 0 || isKept(number) || greenAlive(number) != 0)
}
