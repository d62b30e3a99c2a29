/** OCaml exceptions in JavaScript. */

import { lineColumn } from '../base/region.ts'
import type { Place as EnginePlace } from '../engine/domain.ts'

/** A place in OCaml source that an exception came through: a line from 1, a column in bytes from 0. */
export interface Place {
  /** `Module.function` */
  readonly function: string
  readonly file: string
  readonly line: number
  readonly column: number
}

/** @internal */
export function placeOf({ function: name, region }: EnginePlace): Place {
  const { line, column } = lineColumn(region.source, region.start)
  return { function: name, file: region.source.name, line, column }
}

/**
 * An exception that OCaml code has raised and not handled. `message` is what `Printexc.to_string` says.
 *
 * Thrown again out of an external during the same call, it is the same exception in OCaml.
 */
export class OCamlException extends Error {
  /** The constructor: `Not_found`, `Parser.Error`. */
  override readonly name: string
  /** Its arguments by their types; without an interface that declares it, by what they look like. */
  readonly args: readonly unknown[]
  /** Innermost first. */
  readonly backtrace: readonly Place[]

  /** Programs that want to raise an OCaml exception take `engine.exception`. */
  constructor(name: string, args: readonly unknown[], text = name, backtrace: readonly Place[] = []) {
    const here = new Error(text)
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(text)
    Error.stackTraceLimit = stackTraceLimit
    this.name = name
    this.args = args
    this.backtrace = backtrace
    // It is made when somebody looks, since V8 takes long for it.
    Object.defineProperty(this, 'stack', { configurable: true, get: () => stackOf(text, backtrace, here) })
  }
}

/** The OCaml places come first. */
function stackOf(text: string, backtrace: readonly Place[], { stack = '' }: Error): string {
  const places = backtrace.map((p) => `    at ${p.function} (${p.file}:${p.line}:${p.column + 1})`)
  const frames = stack.split('\n').filter((line) => line.startsWith('    at '))
  return [text, ...places, ...frames].join('\n')
}

/** What an exception's argument is that has no JavaScript form. */
export class Opaque {
  /** As OCaml prints it; `_` if it is not known. */
  readonly type: string
  constructor(type: string) {
    this.type = type
  }
}
