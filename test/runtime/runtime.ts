/** The runtime module on its own, for tests: built when it is missing or stale, instantiated with a host in TypeScript. */

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const wasmFile = `${root}build/runtime/runtime.wasm`
const sources = `${root}src/runtime/`

export interface Host {
  write(fd: number, bytes: Uint8Array): number
  read(fd: number, room: Uint8Array): number
  readonly environment: Readonly<Record<string, string>>
  readonly argv: readonly string[]
  exit(status: number): void
}

export const quietHost: Host = {
  write: (_fd, bytes) => bytes.length,
  read: () => 0,
  environment: {},
  argv: ['test'],
  exit: () => {},
}

type Export = (...args: never[]) => unknown

/** Exports whose arguments and results are numbers, called by name. */
export type Numeric = (...args: (number | bigint)[]) => number

export interface Runtime {
  readonly memory: WebAssembly.Memory
  readonly exports: Readonly<Record<string, Export | { readonly value: number }>>
  /** Calls an export whose result is an i32 (as an unsigned number, because most are addresses) or nothing. */
  call(name: string, ...args: (number | bigint)[]): number
  /** Calls an export whose result is an f64. */
  callFloat(name: string, ...args: (number | bigint)[]): number
  /** Calls an export whose result is an i64. */
  call64(name: string, ...args: (number | bigint)[]): bigint
  constant(name: string): number
}

let module: WebAssembly.Module | undefined

export function runtimeModule(): WebAssembly.Module {
  if (module) return module
  if (isStale()) build()
  module = new WebAssembly.Module(readFileSync(wasmFile))
  return module
}

function isStale(): boolean {
  if (!existsSync(wasmFile)) return true
  const built = statSync(wasmFile).mtimeMs
  return readdirSync(sources).some((name) => statSync(sources + name).mtimeMs > built)
}

/** Built beside and renamed, because several test processes may find it missing at once. */
function build(): void {
  const made = `${wasmFile}.${process.pid}`
  const asc = `${root}node_modules/assemblyscript/bin/asc.js`
  const options = ['--config', `${sources}asconfig.json`, '--outFile', made]
  mkdirSync(dirname(wasmFile), { recursive: true })
  execFileSync(process.execPath, [asc, `${sources}index.ts`, ...options], { cwd: root, stdio: 'pipe' })
  renameSync(made, wasmFile)
}

export function newMemory(maximumPages = 65536): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 1, maximum: maximumPages, shared: true })
}

export function instantiateRuntime(memory: WebAssembly.Memory, host: Host = quietHost): Runtime {
  const instance = new WebAssembly.Instance(runtimeModule(), {
    env: { memory, table: new WebAssembly.Table({ element: 'anyfunc', initial: 1 }) },
    host: hostImports(memory, host),
  })
  const exports = instance.exports as unknown as Record<string, Export | { readonly value: number }>
  const find = (name: string): Numeric => {
    const found = exports[name]
    if (typeof found !== 'function') throw new Error(`the runtime exports no function ${name}`)
    return found as unknown as Numeric
  }
  return {
    memory,
    exports,
    call: (name, ...args) => find(name)(...args) >>> 0,
    callFloat: (name, ...args) => find(name)(...args),
    call64: (name, ...args) => find(name)(...args) as unknown as bigint,
    constant: (name) => Number((exports[name] as { readonly value: number }).value),
  }
}

function hostImports(memory: WebAssembly.Memory, host: Host): WebAssembly.ModuleImports {
  const bytes = (address: number, length: number) => new Uint8Array(memory.buffer, address >>> 0, length)
  const text = (address: number, length: number) => new TextDecoder().decode(bytes(address, length).slice())
  const put = (target: number, capacity: number, found: string | undefined) => {
    if (found === undefined) return -1
    const encoded = new TextEncoder().encode(found)
    if (encoded.length <= capacity) bytes(target, encoded.length).set(encoded)
    return encoded.length
  }
  return {
    write: (fd: number, address: number, length: number) => host.write(fd, bytes(address, length).slice()),
    read: (fd: number, address: number, length: number) => host.read(fd, bytes(address, length)),
    close: () => 0,
    seek: () => 0,
    open: () => -2,
    file: () => 0,
    make_directory: () => 0,
    request: () => 0,
    answer: () => {},
    rename: () => 0,
    is_terminal: () => 0,
    error_message: (code: number, target: number, capacity: number) => put(target, capacity, `error ${code}`),
    text: (kind: number, name: number, length: number, target: number, capacity: number) => {
      if (kind === 0) return put(target, capacity, host.environment[text(name, length)])
      return put(target, capacity, kind === 1 ? host.argv[length] : 'test')
    },
    code_place: () => 0,
    code_index: () => -1,
    parse_float: (address: number, length: number) => Number(text(address, length)),
    time: (kind: number) => (kind === 0 ? process.cpuUsage().user / 1e6 : Date.now() / 1000),
    random: () => (Math.random() * 0x1_0000_0000) | 0,
    exit: (status: number) => host.exit(status),
    place: () => 0,
    prepare_resume: () => {},
    green_spawn: () => 0,
    green_stand: () => 0,
    green_wake: () => 0,
    green_alive: () => 0,
    green_yield: () => 0,
    green_sleep: () => {},
  }
}
