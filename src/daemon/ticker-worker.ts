/** The thread of `ticker.ts`. */

import { workerData } from 'node:worker_threads'
import { interrupt } from '../codegen/layout.ts'
import { Driver } from '../engine/driver.ts'

/** How long a green thread runs before others get their turn, in milliseconds. */
const slice = 10

const words = new Int32Array(workerData as SharedArrayBuffer)
setInterval(() => Driver.interrupt(words, interrupt.preempt), slice)
