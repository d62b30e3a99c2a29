/**
 * Funs as terms: what is known of one without its node.
 *
 *     local      112, size 4, arity 1, unique 16, index 4, count 4, Module, Index, Unique, Pid, free variables
 *     external   113, Module, Function, Arity
 *
 * Reference: NEW_FUN_EXT and EXPORT_EXT of the external term format.
 */

import { decodeBare, Tag, TermReader } from '../erlang-term-format/index.ts'

const arityAt = 5
const moduleAt = 30

export const isFunTag = (tag: number): boolean => tag === Tag.newFun || tag === Tag.exportFun

/** How many arguments it takes. Throws `ProtocolError` if it is malformed, as the next ones do. */
export function arityOfFun(fun: Uint8Array): number {
  if (fun[0] === Tag.newFun) return fun[arityAt] as number
  const term = decodeBare(fun)
  return term.kind === 'export' ? term.arity : -1
}

/** Reads all of it, however deep it is: what is passed on to its node must not be what ends a connection. */
export function checkFun(fun: Uint8Array): void {
  new TermReader(fun).readTerm(Number.POSITIVE_INFINITY)
}

/** The function that an external fun is; undefined for a local one. */
export function externalFun(
  fun: Uint8Array,
): { readonly module: string; readonly function: string } | undefined {
  const term = fun[0] === Tag.exportFun ? decodeBare(fun) : undefined
  return term?.kind === 'export' ? { module: term.module, function: term.function } : undefined
}

/**
 * The node where it runs: for a local fun that of the process that made it, for an external one that of the process (its encoded pid)
 * which gives it, or the node that does.
 */
export function nodeOfFun(fun: Uint8Array, giver: Uint8Array | string): string {
  if (fun[0] === Tag.newFun) return nodeOfMaker(fun)
  if (typeof giver === 'string') return giver
  return new TermReader(giver).readPid().node
}

function nodeOfMaker(fun: Uint8Array): string {
  const reader = new TermReader(fun, moduleAt)
  reader.readAtom()
  reader.readInteger()
  reader.readInteger()
  return reader.readPid().node
}
