/** How calls end other than by a value: the encoded reason and stack of an Erlang `error`. */

import { ProtocolError } from '../base/diagnostic.ts'
import { lineColumn } from '../base/region.ts'
import type { Place } from '../engine/domain.ts'
import { isProperList, TermReader, TermWriter } from '../erlang-term-format/index.ts'
import type { CallOutcome } from '../node/dispatcher.ts'
import { erlangModule } from './names.ts'

/** A call, as far as a stack frame names it. */
export interface CallSite {
  readonly module: string
  readonly function: string
  /** The encoded list of arguments; not trusted. */
  readonly args: Uint8Array
}

/** Arguments of more bytes are not repeated in a stack. */
const largestArguments = 1024

const encoder = new TextEncoder()
const writer = new TermWriter(512)

function text(content: string): void {
  writer.binary(encoder.encode(content))
}

function codes(content: string): void {
  const bytes = encoder.encode(content)
  if (bytes.length <= 255) writer.string(bytes)
  else writer.nil()
}

/** The arguments again if they are few and well-formed, else how many they seem to be. */
function argumentsOrArity(args: Uint8Array): void {
  const start = writer.length
  try {
    const reader = new TermReader(args)
    const term = args.length <= largestArguments ? reader.readTerm() : undefined
    if (term !== undefined && isProperList(term)) writer.term(term)
    else writer.int(term === undefined ? reader.readListLength() : 0)
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    writer.length = start
    writer.int(0)
  }
}

/** The frame of the call itself; `cause` is put where Erlang's shell looks for more about an error. */
function callFrame(site: CallSite, cause: string | undefined): void {
  writer.tupleHeader(4)
  writer.atom(site.module)
  writer.atom(site.function)
  argumentsOrArity(site.args)
  if (cause === undefined) return writer.nil()
  writer.listHeader(1)
  writer.tupleHeader(2)
  writer.atom('error_info')
  writer.mapHeader(1)
  writer.atom('cause')
  text(cause)
  writer.nil()
}

function stackOf(site: CallSite, cause?: string): Uint8Array {
  writer.reset()
  writer.listHeader(1)
  callFrame(site, cause)
  writer.nil()
  return writer.finish()
}

function atomReason(name: string): Uint8Array {
  writer.reset()
  writer.atom(name)
  return writer.finish()
}

type Raise = Extract<CallOutcome, { readonly kind: 'raise' }>

function raise(reason: Uint8Array, stack: Uint8Array): Raise {
  return { kind: 'raise', class: 'error', reason, stack }
}

/** No such module, function or arity. */
export function undefinedFunction(site: CallSite): CallOutcome {
  return raise(atomReason('undef'), stackOf(site))
}

/** `error:badarg`; the cause is in the stack's first frame. */
export function badArgument(site: CallSite, cause: string): CallOutcome {
  return raise(atomReason('badarg'), stackOf(site, cause))
}

/** `error:{system_limit, Which}`. */
export function systemLimit(site: CallSite, which: 'heap' | 'message' | 'depth'): Raise {
  writer.reset()
  writer.tupleHeader(2)
  writer.atom('system_limit')
  writer.atom(which)
  return raise(writer.finish(), stackOf(site))
}

/** `error:{exit, Status}`: the program called `exit`. */
export function exited(site: CallSite, status: number): CallOutcome {
  writer.reset()
  writer.tupleHeader(2)
  writer.atom('exit')
  writer.int(status)
  return raise(writer.finish(), stackOf(site))
}

/** `error:{Atom, Text}`: a value that has no term, a function that cannot be called. */
export function refused(site: CallSite, reason: string, cause: string): CallOutcome {
  writer.reset()
  writer.tupleHeader(2)
  writer.atom(reason)
  text(cause)
  return raise(writer.finish(), stackOf(site))
}

/** An OCaml exception: the reason is encoded already, the stack is OCaml's, innermost first. */
export function exception(
  site: CallSite,
  reason: Uint8Array,
  places: readonly Place[],
  arityOf: (module: string, name: string) => number | undefined,
): Raise {
  if (places.length === 0) return raise(reason, stackOf(site))
  writer.reset()
  writer.listHeader(places.length)
  for (const place of places) placeFrame(place, arityOf)
  writer.nil()
  return raise(reason, writer.finish())
}

function placeFrame(place: Place, arityOf: (module: string, name: string) => number | undefined): void {
  const { source, start } = place.region
  const module = erlangModule(place.unit)
  const name = place.function.slice(place.function.lastIndexOf('.') + 1)
  writer.tupleHeader(4)
  writer.atom(module)
  writer.atom(name)
  writer.int(arityOf(module, name) ?? 0)
  writer.listHeader(2)
  writer.tupleHeader(2)
  writer.atom('file')
  codes(source.name)
  writer.tupleHeader(2)
  writer.atom('line')
  writer.int(lineColumn(source, start).line)
  writer.nil()
}
