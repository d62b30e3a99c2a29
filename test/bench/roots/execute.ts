/**
 * `execute.js STUBS.wasm PROGRAM.ml DISCIPLINE ARG…`: runs a program with the stubs linked in. After what the program prints comes a line
 * of what the root pools did: pools made, the most there were at a time, slots that minor collections looked at, young values in them.
 */

import { readFileSync } from 'node:fs'
import { newCompiler, unitOfFile } from '../../../src/daemon/library.ts'
import { newDomain } from '../../../src/daemon/machine.ts'
import { processHost } from '../../../src/daemon/process-host.ts'
import { describeException } from '../../../src/engine/describe-exception.ts'
import type { Domain } from '../../../src/engine/domain.ts'
import { ProgramError, UnitLoader } from '../../../src/engine/program.ts'

type Stub = (sp: number, ...args: bigint[]) => bigint

interface Statistics {
  root_statistic(which: number): number
}

function linkStubs(domain: Domain, file: string): void {
  const { runtime, linker } = domain
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), {
    env: { memory: runtime.memory, table: linker.functions },
    rt: runtime.exports as unknown as WebAssembly.ModuleImports,
  })
  for (const [name, stub] of Object.entries(exports)) linker.provide(name, stub as Stub)
}

const [stubs, program, ...args] = process.argv.slice(2) as [string, string, ...string[]]
const compiler = newCompiler([program], [])
compiler.build(compiler.programUnit(unitOfFile(program)))
const domain = newDomain(
  processHost({ arguments: [program, ...args], executable: program, exit: (status) => process.exit(status) }),
)
linkStubs(domain, stubs)
const loader = new UnitLoader(domain)

function run(): void {
  try {
    loader.load(compiler.order)
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error
    process.stderr.write(`Fatal error: exception ${describeException(domain.runtime)}\n`)
    process.exit(2)
  }
}

run()
compiler.build('Std_exit')
run()
const { root_statistic } = domain.runtime.exports as unknown as Statistics
process.stdout.write(`${[0, 2, 3, 4].map((which) => root_statistic(which)).join(' ')}\n`)
