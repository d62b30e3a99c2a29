/**
 * Marking a deep stack in slices.
 *
 *     stackBase ┌────────────────────────┐
 *               │ seen                   │
 *    unseenFrom ├────────────────────────┤
 *               │ not seen yet           │  frames without native activations: they wait for the driver
 *    UNSEEN_END ├────────────────────────┤  = segmentStart when marking began; goes down when older frames run
 *               │ seen when marking began│
 *               └────────────────────────┘
 *
 * A frame that waits does not change, so it may be marked at any time before it runs again. Whoever lets such a frame run, moves it, or
 * copies it away says so first (`frame_runs`, `see_frames_from`); frames that are dropped unread need not be marked.
 */

import { SEGMENT_START, STACK_BASE, UNSEEN_END } from './layout'
import { markFrames, shadeFrames } from './mark'

let unseenFrom: usize = 0

/** Marks the frames from the present segment on at once. */
export function beginFrameMarking(top: usize): void {
  const base = <usize>load<u32>(STACK_BASE)
  // Between two runs the segment is that of a run that has ended.
  const segment = min(top, max(base, <usize>load<u32>(SEGMENT_START)))
  unseenFrom = base
  store<u32>(UNSEEN_END, <u32>segment)
  markFrames(segment, top)
}

// @ts-ignore: decorator
@inline
function unseenEnd(): usize {
  return <usize>load<u32>(UNSEEN_END)
}

// @ts-ignore: decorator
@inline
function sizeOfFrame(frame: usize): usize {
  return (<usize>load<u16>(<usize>load<u32>(frame))) << 3
}

/** Marks waiting frames, oldest first, of about this many bytes together; how many it was, 0 if none is left. */
export function markSomeFrames(bytes: usize): usize {
  const start = unseenFrom
  const end = unseenEnd()
  if (start >= end) {
    store<u32>(UNSEEN_END, 0)
    return 0
  }
  while (unseenFrom < end && unseenFrom - start < bytes) unseenFrom += sizeOfFrame(unseenFrom)
  markFrames(start, unseenFrom)
  return unseenFrom - start
}

/** The waiting frame at this address is about to run; those above it are gone. */
export function frame_runs(frame: usize): void {
  if (frame >= unseenFrom && frame < unseenEnd()) shadeFrames(frame, frame + sizeOfFrame(frame))
  store<u32>(UNSEEN_END, min<u32>(<u32>frame, <u32>unseenEnd()))
}

/** The frames from this address on are about to run, or to be moved. */
export function see_frames_from(frame: usize): void {
  const end = unseenEnd()
  if (frame >= end) return
  shadeFrames(max(frame, unseenFrom), end)
  store<u32>(UNSEEN_END, <u32>frame)
}
