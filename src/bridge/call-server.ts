/**
 * Calls from outside into one domain: still-encoded arguments in, encoded outcomes out.
 *
 *     submit ─▶ find the function ─▶ green thread: check, build, enter … ─▶ ended: encode ─▶ onOutcome
 *
 * A call's arguments are checked and built when its thread starts, in one go with the entry of the function, so nothing
 * collects while only the host knows their values. Its result is encoded from the control word that holds it, before anything else runs.
 */

import { ProtocolError } from '../base/diagnostic.ts'
import { control } from '../codegen/layout.ts'
import type { BuiltUnit } from '../engine/compiler.ts'
import type { Domain, GreenThread, ThreadEnd } from '../engine/domain.ts'
import type { LinkedUnit } from '../engine/linker.ts'
import { Tag, TermCursor } from '../erlang-term-format/index.ts'
import type { CallOutcome } from '../node/dispatcher.ts'
import { Builder } from './build.ts'
import { Checker, Mismatch } from './check.ts'
import { type Codec, type FunctionSignature, type OpaqueCodec } from './codec.ts'
import { Encoder, TooLarge, Unencodable } from './encode.ts'
import { ExceptionEncoder } from './exceptions.ts'
import { borderEnv } from './exports.ts'
import { type HandleOrigin, Handles } from './handles.ts'
import { Heap } from './heap.ts'
import { LibraryBuilder } from './library-builder.ts'
import { spreadCodes } from './spread-codes.ts'

export interface LoadedUnit {
  readonly built: BuiltUnit
  readonly linked: LinkedUnit
}
