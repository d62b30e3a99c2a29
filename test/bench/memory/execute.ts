/**
 * `execute.js PROGRAM.ml ARG…`: runs a program and then prints, as a line of JSON, how long collections made it wait since it wrote to
 * stderr, and the bytes of its memory.
 */

import { newCompiler, unitOfFile } from '../../../src/daemon/library.ts'
import { newDomain } from '../../../src/daemon/machine.ts'
import { processHost } from '../../../src/daemon/process-host.ts'
import { describeException } from '../../../src/engine/describe-exception.ts'
import type { Host } from '../../../src/engine/host.ts'
import { addPauses, type Pauses, percentile, readPauses } from '../../../src/engine/pauses.ts'
import { ProgramError, UnitLoader } from '../../../src/engine/program.ts'

const [program, ...args] = process.argv.slice(2) as [string, ...string[]]
const compiler = newCompiler([program], [])
compiler.build(compiler.programUnit(unitOfFile(program)))

const real = processHost({ arguments: [program, ...args], executable: program, exit: (s) => process.exit(s) })
const host: Host = Object.assign(Object.create(real) as Host, {
  write(fd: number, bytes: Uint8Array): number {
    if (fd !== 2) return real.write(fd, bytes)
    forgetPauses()
    return bytes.length
  },
})
const domain = newDomain(host)
const { runtime } = domain
const records = runtime.exports.pause_records()

/** From here on pauses count. */
function forgetPauses(): void {
  const all = Object.values(readPauses(runtime.memory.buffer, records))
  const bytes = all.length * (24 + (all[0] as Pauses).buckets.byteLength)
  runtime.bytes().fill(0, records, records + bytes)
}

try {
  new UnitLoader(domain).load(compiler.order)
} catch (error) {
  if (!(error instanceof ProgramError)) throw error
  process.stderr.write(`${error.end} ${describeException(runtime)}\n`)
  process.exit(2)
}

function summary(pauses: Pauses) {
  const milliseconds = (seconds: number): number => seconds * 1000
  const parts = [0.5, 0.99, 0.999].map((part) => milliseconds(percentile(pauses, part)))
  return {
    count: pauses.count,
    total: pauses.total,
    parts,
    longest: milliseconds(pauses.longest),
    buckets: [...pauses.buckets],
  }
}

const { minor, slice, full } = readPauses(runtime.memory.buffer, records)
const pauses = {
  minor: summary(minor),
  slice: summary(slice),
  full: summary(full),
  all: summary(addPauses([minor, slice, full])),
}
process.stdout.write(`${JSON.stringify({ pauses, memory: runtime.memory.buffer.byteLength })}\n`)
