/**
 * The runtime module of one domain, instantiated: its exports by their types, and the views of its memory.
 *
 * The memory is shared and grows, so views are made anew when its buffer has grown.
 */

import type { Location } from '../codegen/index.ts'
import { control } from '../codegen/layout.ts'
import type { Host } from './host.ts'
import { hostImports } from './host.ts'

/** The functions of docs/RUNTIME.md that the host calls; externals for OCaml code are not listed. */
export interface RuntimeExports {
  /** The method of an object with this label, which it has. */
  caml_get_public_method(object: bigint, label: bigint): bigint
  init(minorWords: number, stackBytes: number, heapLimitBytes: number, flags: number): number
  static_alloc(bytes: number): number
  register_globals(address: number, words: number): void
  collect(top: number, bytes: number): number
  /** The waiting frame at this address is about to run, or all from there on: see src/runtime/deep-stack.ts. */
  frame_runs(frame: number): void
  see_frames_from(frame: number): void
  /** Empties the minor area; 0: Out_of_memory is raised. */
  minor(top: number): number
  full_major(top: number): void
  flush_standard(): void
  caml_predef(): number
  stack_alloc(bytes: number): number
  stack_free(address: number): void
  register_stack(address: number, bytes: number): number
  unregister_stack(id: number): void
  alloc_block(top: number, wosize: number, tag: number): number
  alloc_string(top: number, length: number): number
  reserve_small(top: number, words: number): number
  take_small(wosize: number, tag: number): number
  /** A block of more than `maxYoungWords` words, not initialised if its tag is not scanned; 0: no room. */
  alloc_large(top: number, wosize: bigint, tag: number): bigint
  caml_atom(tag: number): number
  /** The first store into a field of a block of the major heap. */
  caml_initialize(slot: number, value: bigint): void
  store_field(block: number, index: number, low: number, high: number): void
  root_create(value: bigint): number
  root_create_block(address: number): number
  root_get_block(root: number): number
  root_delete(root: number): void
  root_delete_remote(root: number): void
  finalisers_due(): number
  finaliser_argument(): bigint
  take_finaliser(): bigint
  release_finalisers(): void
  raise_stack_overflow(sp: number): bigint
  /** Adds the frames from `sp` up to the one that raised last to the trace of the exception. */
  record_trace(sp: number): void
  trace_count(): number
  trace_entries(): number
  trace_take(): number
  trace_set(length: number, root: number): void
  /** The root of a named value; 0: there is none. */
  named_value(name: number, length: number): number
  raise_unhandled(top: number): bigint
  /** The address of the table of threads that stand on one another. */
  tower(): number
  take_from_tower(): void
  resume_frame(frame: number): number
  resume_first(frame: number): number
  /** Address of the histograms of pauses: see pauses.ts. */
  pause_records(): number
  /** Words of the major heap that are in use. */
  heap_words(): number
  /** With the flag: collect at every `interval`-th allocation, at random distances if the seed is not 0. */
  stress(interval: number, seed: number): void
  verify(top: number): number
  set_space_overhead(percent: bigint): void
  pace_verifier(words: number): void
  /** Writes a channel's buffer out. */
  caml_ml_flush(sp: number, channel: bigint): bigint
  /** The next character of a channel, 0: an exception. */
  caml_ml_input_char(sp: number, channel: bigint): bigint
}

/** What the runtime asks of the engine. */
export interface EngineCalls {
  /** Puts a function's resume variant into the table of resume variants. */
  prepareResume(tableIndex: number): void
  /** Where the site of a frame descriptor is. */
  placeOf(descriptor: number): Location | undefined
  /** Green threads: see `src/runtime/host.ts`. */
  spawn(root: number): number
  stand(): number
  wake(id: number): boolean
  alive(id: number): boolean
  yield(): boolean
  sleep(seconds: number): void
}

const noEngine: EngineCalls = {
  prepareResume: () => {},
  placeOf: () => undefined,
  spawn: () => 0,
  stand: () => 0,
  wake: () => false,
  alive: () => false,
  yield: () => false,
  sleep: () => {},
}

export interface RuntimeOptions {
  readonly minorWords: number
  readonly stackBytes: number
  readonly heapLimitBytes: number
  /** Per cent of what is alive that may be dead before the collector has found it; absent: OCaml's 120. */
  readonly spaceOverhead?: number
  /** For tests: `runtimeFlags`. */
  readonly flags: number
  /** With the flag `stress`: a collection at every so many allocations, with a seed at random ones. */
  readonly stress?: { readonly interval: number; readonly seed: number }
  /** For tests: the seed of another schedule of threads. */
  readonly turns?: number
  /** With the flag `verify`: how many words it may look at per collection, on average; absent: all. */
  readonly verifierWords?: number
}

/** Verify after each collection, collect at every allocation, alternate poisoned minor areas, mark all the time. */
export const runtimeFlags = { verify: 1, stress: 2, alternate: 4, slices: 8 } as const

const pageBytes = 65536
const maximumPages = 65536

/** Names for functions that hold in every process that runs the same code: for closures in `Marshal`. */
export interface CodePlaces {
  /** A function by its table index: the digest of its unit (16 bytes) and its number there. */
  placeOf(tableIndex: number): { readonly digest: Uint8Array; readonly number: number }
  /** A table index; 0: the unit has no such function, -1: there is no such unit. */
  indexOf(digest: Uint8Array, number: number): number
}

const noCode: CodePlaces = { placeOf: () => ({ digest: new Uint8Array(16), number: 0 }), indexOf: () => -1 }

export class Runtime {
  /** Set by the linker. */
  code: CodePlaces = noCode
  readonly memory: WebAssembly.Memory
  readonly exports: RuntimeExports
  /** Resume variants by the table index of their functions; `resume_first` until one is made. */
  readonly resumeTable: WebAssembly.Table
  /** Set by the linker and the domain. */
  engine: EngineCalls = noEngine
  private currentBytes: Uint8Array
  private currentView: DataView
  private words: Int32Array

  constructor(module: WebAssembly.Module, host: Host, options: RuntimeOptions) {
    const initial = Math.ceil((options.stackBytes + options.minorWords * 16) / pageBytes) + 64
    this.memory = new WebAssembly.Memory({ initial, maximum: maximumPages, shared: true })
    this.currentBytes = new Uint8Array(this.memory.buffer)
    this.currentView = new DataView(this.memory.buffer)
    this.words = new Int32Array(this.memory.buffer)
    this.resumeTable = new WebAssembly.Table({ element: 'anyfunc', initial: 1 })
    const imports = { env: { memory: this.memory, table: this.resumeTable }, host: hostImports(this, host) }
    const instance = new WebAssembly.Instance(module, imports as unknown as WebAssembly.Imports)
    this.exports = instance.exports as unknown as RuntimeExports
    const { minorWords, stackBytes, heapLimitBytes, flags } = options
    if (this.exports.init(minorWords, stackBytes, heapLimitBytes, flags) === 0) {
      throw new RangeError('there is not enough memory for the configured stack and heap')
    }
    if (options.spaceOverhead !== undefined) this.exports.set_space_overhead(BigInt(options.spaceOverhead))
    if (options.stress !== undefined) this.exports.stress(options.stress.interval, options.stress.seed)
    if (options.verifierWords !== undefined) this.exports.pace_verifier(options.verifierWords)
  }

  /** A shared buffer stays valid when the memory grows: only addresses beyond it need new views. */
  private refresh(): void {
    if (this.currentBytes.buffer === this.memory.buffer) return
    this.currentBytes = new Uint8Array(this.memory.buffer)
    this.currentView = new DataView(this.memory.buffer)
    this.words = new Int32Array(this.memory.buffer)
  }

  bytes(): Uint8Array {
    this.refresh()
    return this.currentBytes
  }

  view(): DataView {
    this.refresh()
    return this.currentView
  }

  /** The memory as 32-bit words, for atomics. Control words and the shadow stack are in it, however old it is. */
  int32(): Int32Array {
    return this.words
  }

  /** The unsigned 32-bit word at an address. */
  word(address: number): number {
    if (address >= this.words.byteLength) this.refresh()
    return (this.words[address >> 2] as number) >>> 0
  }

  /** An unsigned control word. */
  control(name: keyof typeof control): number {
    return (this.words[control[name] >> 2] as number) >>> 0
  }

  setControl(name: keyof typeof control, value: number): void {
    this.words[control[name] >> 2] = value
  }
}
