/**
 * An OCaml engine for a program in JavaScript: one heap, and the modules that were loaded into it. It belongs to the
 * thread that made it.
 *
 *     const engine = Engine.create()
 *     engine.load({ 'fib.ml': 'let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)' })
 *     engine.call('Fib', 'fib', 30)
 *
 * docs/EMBEDDING.md is the guide.
 */

import { applyClosure } from '../bridge/callee.ts'
import { Heap } from '../bridge/heap.ts'
import type { RuntimeOptions } from '../engine/runtime.ts'
import { Closures } from './closures.ts'
import { Core } from './core.ts'
import { Debug } from './debug.ts'
import { type DetachedRoot, useToken } from './detached.ts'
import { MisuseError } from './errors.ts'
import { Exceptions } from './exceptions.ts'
import { type ExternalFunction, Externals } from './externals.ts'
import { type Loaded, Loader, type Sources } from './loading.ts'
import type { Machine, Output } from './machine.ts'
import { type Callee, Modules } from './modules.ts'
import type { OCamlException } from './ocaml-exception.ts'
import { type NoAlloc, peek } from './peek.ts'
import { asRooted, type Local, newRoot, type Root, readSlot } from './root.ts'
import { sameCodec } from './same-codec.ts'
import { Cells, Scope } from './scope.ts'
import { type Fn, type JsOf, type Named, Type } from './types.ts'
import { WeakRoot } from './weak-root.ts'
import { WeakTable } from './weak-table.ts'

export interface EngineOptions {
  /** The most that the heap may take, in bytes; by default 3 GiB. */
  readonly heapLimit?: number
  /** The minor heap, in words; by default 262144. */
  readonly minorHeap?: number
  /** The stack of OCaml code, in bytes; by default 256 MiB, of which only what is used takes memory. */
  readonly stack?: number
  /** Checks the rules of rooting at every step, and reports roots that were forgotten. Slow. */
  readonly debug?: boolean
  /** What OCaml code writes to stdout and stderr; by default the process's own. */
  readonly stdout?: Output
  readonly stderr?: Output
  /** `Sys.argv`; by default `["camlnode"]`. */
  readonly arguments?: readonly string[]
  /**
   * In debug mode: a root became garbage before it was deleted; where it was made. By default a warning on the console.
   */
  readonly onLeak?: (site: string) => void
  /** @internal `runtimeFlags`, for tests of the collector. */
  readonly collectorFlags?: number
}

/** What a typed function takes: values in JavaScript, or handles of values in OCaml. */
export type JsArguments<Args extends readonly unknown[]> = {
  readonly [I in keyof Args]: JsInput<Args[I]> | Root<Args[I]> | Local<never, Args[I]>
}

/** What becomes a value of an OCaml type: for a function a JavaScript function too. */
export type JsInput<T> =
  T extends Fn<infer Args, infer R> ? JsOf<T> | ((...args: JsOfAll<Args>) => JsOf<R>) : JsOf<T>

type JsOfAll<Args extends readonly unknown[]> = { -readonly [I in keyof Args]: JsOf<Args[I]> }

/**
 * Frames of OCaml code that may be on the native stack at once: a process's stack is a megabyte unless it is told
 * otherwise.
 */
const segmentBytes = 16_384

export class Engine implements Disposable {
  /** @internal */
  readonly core: Core
  private readonly modules: Modules
  private readonly exceptions: Exceptions
  private readonly externals: Externals
  private readonly loader: Loader
  private readonly weakTable: WeakTable
  private readonly release: () => void

  /** @internal */
  constructor(machine: Machine, options: EngineOptions) {
    const { domain, release } = machine.newDomain({
      runtime: runtimeOptions(options),
      arguments: options.arguments ?? ['camlnode'],
      stdout: options.stdout,
      stderr: options.stderr,
      segmentBytes,
    })
    const debug = options.debug === true ? new Debug(domain.runtime, options.onLeak ?? warnOfLeak) : undefined
    this.release = release
    domain.recordBacktraces(true)
    this.core = new Core(domain, debug, asRooted)
    this.modules = new Modules(this.core, (unit) => machine.libraryImage().get(unit) !== undefined)
    this.exceptions = new Exceptions(this.core, this.modules)
    this.externals = new Externals(this.core, this.modules, this.exceptions)
    this.loader = new Loader(this.core, machine, this.modules, this.exceptions, this.externals)
    this.weakTable = new WeakTable(this.core)
    const closures = new Closures(this.core, this.modules, this.externals, this.loader)
    this.core.makeClosure = (signature, f) => closures.make(signature, f)
  }

  // -------------------------------------------------------------------------------------------------------
  // Modules

  /**
   * Compiles, links and initialises modules: `{ 'fib.ml': text }`, also with `.mli`, or paths of `.ml` files. They see
   * each other, the standard library, and what was loaded before. Throws `CompileError` before anything has run;
   * `NameError` for a name that is taken; what an initialiser throws (see `call`), and then the modules from that one
   * on are not loaded.
   */
  load(sources: Sources): Loaded {
    this.core.enter()
    return this.loader.load(sources)
  }

  /**
   * Registers what `external f : … = "name"` means in modules that are loaded later. Arguments and the result are
   * converted by the declared type; what has no JavaScript form is a `Local` that ends with the call. The function may
   * call the engine. What it throws is raised in OCaml, as `Javascript.Error` if it is no `OCamlException`. Throws
   * `NameError` if the name is taken.
   */
  external(name: string, f: ExternalFunction): void {
    this.externals.register(name, f)
  }

  // -------------------------------------------------------------------------------------------------------
  // Calling

  /**
   * Calls a function of a module by its OCaml path, `'Parser.Token'` for inner modules, and gives its result; the types
   * decide how values are converted. Roots may stand for any value of their types. Arguments that are left out are
   * `undefined`, which is `()` or `None`. Throws `NameError`, `ConversionError` before anything runs or when the result
   * has no JavaScript form, `OCamlException`, what an external has thrown, `ExitError`, `LimitError`.
   */
  call(module: string, name: string, ...args: readonly unknown[]): unknown {
    this.core.enter()
    return this.invoke(this.modules.callee(module, name), args)
  }

  private invoke({ parameters, result, enter }: Omit<Callee, 'type'>, args: readonly unknown[]): unknown {
    const { core } = this
    const { heap, construction } = core
    core.withIntake(
      (intake) => intake.arguments(parameters, args),
      ({ words, largest, tape }) =>
        core.run((sp) => {
          if (!heap.reserve(sp, words, largest)) return 0n
          construction.build(parameters, tape, sp)
          return enter(sp, wordsAt(heap, sp, parameters.length))
        }),
    )
    return readSlot(core, 'result', result, Heap.resultSlot)
  }

  /**
   * A function of a module as a JavaScript function. With a type it is checked against the inferred one, once, and
   * TypeScript knows it: throws `TypeError` if they differ. Throws `NameError`.
   */
  function(module: string, name: string): (...args: readonly unknown[]) => unknown
  function<Args extends readonly unknown[], R>(
    module: string,
    name: string,
    type: Type<Fn<Args, R>>,
  ): (...args: JsArguments<Args>) => JsOf<R>
  function(module: string, name: string, type?: Type<unknown>): (...args: readonly unknown[]) => unknown {
    const callee = this.modules.callee(module, name)
    if (type !== undefined) this.mustBe(module, name, type)
    return (...args) => {
      this.core.enter()
      return this.invoke(callee, args)
    }
  }

  private mustBe(module: string, name: string, type: Type<unknown>): void {
    const value = this.modules.value(module, name)
    if (!sameCodec(value.codec, type.codec))
      throw new TypeError(`${module}.${name} : ${value.type} is not ${type}`)
  }

  /**
   * A value of a module, converted; a function or a value of an abstract type is a new root. Throws `NameError`,
   * `ConversionError`.
   */
  value(module: string, name: string): unknown
  value<T>(module: string, name: string, type: Type<T>): JsOf<T>
  value(module: string, name: string, type?: Type<unknown>): unknown {
    this.core.enter()
    if (type !== undefined) this.mustBe(module, name, type)
    this.core.heap.refresh()
    const { codec, slot } = this.modules.value(module, name)
    return readSlot(this.core, name, codec, slot())
  }

  /** Calls the function in a root, as `call` does one of a module. Throws `TypeError` if it is no function. */
  apply(f: Root | Local<never>, ...args: readonly unknown[]): unknown {
    const { core } = this
    const { domain, heap } = core
    core.enter()
    const signature = f.codec.kind === 'opaque' ? f.codec.signature?.() : undefined
    if (signature === undefined) throw new TypeError('the value is not a function')
    const cell = f.cellFor(core)
    return this.invoke(
      { ...signature, enter: (sp, words) => applyClosure(domain, heap, cell, sp, words) },
      args,
    )
  }

  /**
   * An exception for an external to throw, by the path of its constructor: `engine.exception('Not_found')`,
   * `engine.exception('Parser.Error', 3)`. Throws `NameError`, `ConversionError`.
   */
  exception(path: string, ...args: readonly unknown[]): OCamlException {
    this.core.enter()
    return this.exceptions.make(path, args)
  }

  // -------------------------------------------------------------------------------------------------------
  // Values

  /**
   * The descriptor of a type without parameters that a module declares: `engine.type('Counter.t')`. Throws `NameError`.
   */
  type<const Path extends string>(path: Path): Type<Named<Path>> {
    this.core.heap.refresh()
    return new Type(this.modules.type(path), path)
  }

  /** A root of a value of a module. Throws `NameError`, and `TypeError` if it is of another type. */
  root(module: string, name: string): Root
  root<T>(module: string, name: string, type: Type<T>): Root<T>
  root(module: string, name: string, type?: Type<unknown>): Root {
    const { core } = this
    core.enter()
    if (type !== undefined) this.mustBe(module, name, type)
    core.heap.refresh()
    const { codec, slot } = this.modules.value(module, name)
    // The descriptor's own codec is found to be the same sooner than one that only looks alike.
    return newRoot(core, type?.codec ?? codec, core.cellOfSlot(slot()))
  }

  /** Makes an OCaml value, converted by its type. Throws `ConversionError`, `LimitError`. */
  build<T>(type: Type<T>, value: JsInput<T>): Root<T> {
    const { core } = this
    core.enter()
    return newRoot(core, type.codec, core.cellOfWord(core.make('value', type.codec, value))) as Root<T>
  }

  /**
   * Runs `look`, which may read values without copying or rooting them, and must not do anything else with the engine:
   * its `Val`s are good until something is allocated. Gives what `look` gives.
   */
  peek<R>(look: <S>(cx: NoAlloc<S>) => R): R {
    return peek(this.core, look)
  }

  /** Runs `work` with a scope: what it makes of values lives until `work` returns. Gives what `work` gives. */
  scope<R>(work: <S>(scope: Scope<S>) => R): R {
    const cells = new Cells(this.core)
    try {
      return work(new Scope<never>(this.core, this.modules, cells))
    } finally {
      cells.end()
    }
  }

  /** A reference that does not keep the value alive. Allocates. */
  weak<T>(root: Root<T> | Local<never, T>): WeakRoot<T> {
    const { core } = this
    core.enter()
    return new WeakRoot<T>(core, this.weakTable, root.cellFor(core), root.codec)
  }

  /** Takes back a root that was detached from this engine. Throws `MisuseError` if it is another engine's. */
  attach<T>(token: DetachedRoot<T>): Root<T> {
    const { core } = this
    if (token.engine !== core.id)
      throw new MisuseError('a detached root was given to another engine than its own')
    useToken(token, 'attached')
    return newRoot(core, core.codecAt(token.codec), token.cell) as Root<T>
  }

  // -------------------------------------------------------------------------------------------------------

  /** Writes out what OCaml code has written to its channels. */
  flush(): void {
    this.call('Stdlib', 'flush_all')
  }

  /**
   * Ends the engine: runs what OCaml code has given to `at_exit`, which flushes its channels. Its memory goes when
   * nothing refers to it any more. An engine whose code has made threads needs this, since something outside gives them
   * their turns.
   */
  close(): void {
    try {
      this.call('Stdlib', 'do_at_exit')
    } finally {
      this.release()
      this.core.close()
    }
  }

  /** `close`, for `using`. */
  [Symbol.dispose](): void {
    if (!this.core.isClosed) this.close()
  }
}

function runtimeOptions({
  heapLimit,
  minorHeap,
  stack,
  collectorFlags,
}: EngineOptions): Partial<RuntimeOptions> {
  return {
    ...(heapLimit === undefined ? {} : { heapLimitBytes: heapLimit }),
    ...(minorHeap === undefined ? {} : { minorWords: minorHeap }),
    ...(stack === undefined ? {} : { stackBytes: stack }),
    ...(collectorFlags === undefined ? {} : { flags: collectorFlags }),
  }
}

/** The words of built arguments, which lie above all frames. */
function wordsAt(heap: Heap, area: number, count: number): readonly bigint[] {
  const words: bigint[] = []
  for (let i = 0; i < count; i++) words.push(heap.values[(area >>> 3) + i] as bigint)
  return words
}

function warnOfLeak(site: string): void {
  console.warn(`camlnode: a root was forgotten, and keeps its value for ever; it was made at\n${site}`)
}
