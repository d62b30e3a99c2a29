/**
 * Identifiers, paths and addresses.
 *
 * - An `Ident` is one binding occurrence: two binders of the same name have different stamps. Persistent
 *   idents (stamp 0) name compilation units.
 * - A `Path` names something in types and messages: `M.t`, `F(X).t`.
 * - An `Address` says where a value or module is found at run time: a local binder, a compilation unit, or
 *   a field of a module block.
 */

export interface Ident {
  readonly name: string
  /** 0 for a compilation unit, otherwise unique in this process. */
  readonly stamp: number
}

export type Path =
  | { readonly kind: 'ident'; readonly ident: Ident }
  | { readonly kind: 'dot'; readonly prefix: Path; readonly name: string }
  | { readonly kind: 'apply'; readonly functor: Path; readonly argument: Path }

export type Address =
  | { readonly kind: 'local'; readonly ident: Ident }
  | { readonly kind: 'unit'; readonly name: string }
  | { readonly kind: 'field'; readonly module: Address; readonly position: number }

let lastStamp = 0

/** For images of compiled units: the greatest stamp given so far, and the promise not to give any up to one again. */
export const greatestStamp = (): number => lastStamp
export function skipStamps(upTo: number): void {
  lastStamp = Math.max(lastStamp, upTo)
}

export function freshIdent(name: string): Ident {
  lastStamp += 1
  return { name, stamp: lastStamp }
}

export function unitIdent(name: string): Ident {
  return { name, stamp: 0 }
}

export function sameIdent(a: Ident, b: Ident): boolean {
  return a.stamp === b.stamp && a.name === b.name
}

export function samePath(a: Path, b: Path): boolean {
  if (a.kind === 'ident') return b.kind === 'ident' && sameIdent(a.ident, b.ident)
  if (a.kind === 'dot') return b.kind === 'dot' && a.name === b.name && samePath(a.prefix, b.prefix)
  return b.kind === 'apply' && samePath(a.functor, b.functor) && samePath(a.argument, b.argument)
}

/**
 * A program's unit that has the name of a library's unit is kept apart by this prefix, which users never see: inside
 * the library, `Queue` must go on to mean the library's.
 */
export const shadowingPrefix = 'Program__'

/** Units of the library that are not modules of Stdlib: its own parts, and those of OCaml's other libraries. */
const besideStdlib = /^(Caml|Std|(Event|Str|Thread|Unix|UnixLabels)$)/

/** Whether a unit of the library is a module of Stdlib. */
export const inStdlib = (unit: string): boolean => !besideStdlib.test(unit)

/** A unit's name as its source has it. */
export function unitDisplayName(name: string): string {
  return name.startsWith(shadowingPrefix) ? name.slice(shadowingPrefix.length) : name
}

export function printPath(path: Path): string {
  if (path.kind === 'ident')
    return path.ident.stamp === 0 ? unitDisplayName(path.ident.name) : path.ident.name
  if (path.kind === 'dot') return `${printPath(path.prefix)}.${path.name}`
  return `${printPath(path.functor)}(${printPath(path.argument)})`
}

/** Whether a path of a type names the record of a constructor: `t.C`, or the path of an exception. */
export function isConstructorPath(path: Path): boolean {
  const name = path.kind === 'ident' ? path.ident.name : path.kind === 'dot' ? path.name : ''
  const first = name.charAt(0)
  return first !== first.toLowerCase()
}
