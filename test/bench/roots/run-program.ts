/** Runs an OCaml program with the stubs linked in. */

import { readFileSync } from 'node:fs'
import { newCompiler, unitOfFile } from '../../../src/daemon/library.ts'
import { defaultDomainOptions, newDomain } from '../../../src/daemon/machine.ts'
import { processHost } from '../../../src/daemon/process-host.ts'
import { describeException } from '../../../src/engine/describe-exception.ts'
import type { Domain, DomainOptions } from '../../../src/engine/domain.ts'
import type { Host } from '../../../src/engine/host.ts'
import { ProgramError, UnitLoader } from '../../../src/engine/program.ts'

type Stub = (sp: number, ...args: bigint[]) => bigint

function linkStubs(domain: Domain, stubs: WebAssembly.Module): void {
  const { runtime, linker } = domain
  const { exports } = new WebAssembly.Instance(stubs, {
    env: { memory: runtime.memory, table: linker.functions },
    rt: runtime.exports as unknown as WebAssembly.ModuleImports,
  })
  for (const [name, stub] of Object.entries(exports)) linker.provide(name, stub as Stub)
}

interface Settings {
  readonly options?: DomainOptions
  /** Where what it prints goes, instead of to the process's own output. */
  readonly write?: Host['write']
}

export const loadStubs = (file: string): WebAssembly.Module => new WebAssembly.Module(readFileSync(file))

/** Runs a program to its end; the domain that it ran in. What the program does not catch is thrown. */
export function runProgram(
  stubs: WebAssembly.Module,
  program: string,
  args: readonly string[],
  { options = defaultDomainOptions, write }: Settings = {},
): Domain {
  const compiler = newCompiler([program], [])
  compiler.build(compiler.programUnit(unitOfFile(program)))
  const host = processHost({ arguments: [program, ...args], executable: program, exit: () => {} })
  if (write !== undefined) host.write = write
  const domain = newDomain(host, options)
  linkStubs(domain, stubs)
  const loader = new UnitLoader(domain)
  const load = (): void => {
    try {
      loader.load(compiler.order)
    } catch (error) {
      if (!(error instanceof ProgramError) || error.end !== 'exception') throw error
      throw new Error(`exception ${describeException(domain.runtime)}`)
    }
  }
  load()
  compiler.build('Std_exit')
  load()
  return domain
}
