/**
 * The package's entry: `import { Engine } from 'camlnode'`. docs/EMBEDDING.md is the guide.
 */

import { embeddingMachine } from './daemon/embedding-machine.ts'
import { Engine as EmbeddedEngine, type EngineOptions } from './embedding/engine.ts'

export { type DetachedRoot, release } from './embedding/detached.ts'
export { CompileError, type Diagnostic, type Position } from './embedding/diagnostics.ts'
export type { EngineOptions, JsArguments } from './embedding/engine.ts'
export {
  ConversionError,
  EngineCrash,
  ExitError,
  type Limit,
  LimitError,
  MisuseError,
  NameError,
} from './embedding/errors.ts'
export type { ExternalFunction } from './embedding/externals.ts'
export type { Loaded, Sources } from './embedding/loading.ts'
export type { Output } from './embedding/machine.ts'
export { OCamlException, Opaque, type Place } from './embedding/ocaml-exception.ts'
export type { NoAlloc, Val } from './embedding/peek.ts'
export { type Handle, Imm, imm, Local, Root } from './embedding/root.ts'
export type { Scope } from './embedding/scope.ts'
export * from './embedding/types.ts'
export { WeakRoot } from './embedding/weak-root.ts'

export type Engine = EmbeddedEngine

export const Engine = {
  /**
   * A new engine, with the standard library at hand and nothing loaded. Throws `RangeError` if there is not enough
   * memory for what the options ask for.
   */
  create(options: EngineOptions = {}): EmbeddedEngine {
    return new EmbeddedEngine(embeddingMachine, options)
  },
} as const
