/**
 * Interrupts the running OCaml code now and then, so that green threads take turns: a thread of its own with a timer, since the thread
 * that runs OCaml code does not come back to its event loop.
 */

import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { packageRoot } from './source-folders.ts'

/** Ticks until it is stopped by what this gives, or the process ends. */
export function startTicker(memory: WebAssembly.Memory): () => void {
  const worker = new Worker(join(packageRoot(), 'build/daemon/ticker-worker.js'), {
    workerData: memory.buffer,
  })
  worker.unref()
  return () => void worker.terminate()
}
