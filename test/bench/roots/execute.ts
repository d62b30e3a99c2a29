/**
 * `execute.js STUBS.wasm PROGRAM.ml DISCIPLINE ARG…`: runs a program with the stubs linked in. After what the program prints comes a line
 * of what the root pools did: pools made, the most there were at a time, slots that minor collections looked at, young values in them.
 */

import { loadStubs, runProgram } from './run-program.ts'

interface Statistics {
  root_statistic(which: number): number
}

const [stubs, program, ...args] = process.argv.slice(2) as [string, string, ...string[]]
const { exports } = runProgram(loadStubs(stubs), program, args).runtime
const { root_statistic } = exports as unknown as Statistics
process.stdout.write(`${[0, 2, 3, 4].map((which) => root_statistic(which)).join(' ')}\n`)
