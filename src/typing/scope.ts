/**
 * A name space: the names bound since the last `open`, over the opened module's components, over the scope before the
 * `open`. Immutable; adding or opening makes a new one that shares the rest.
 */

import { type Ident, sameIdent } from './ident.ts'
import { entries, insert, lookup, type PersistentMap } from './persistent-map.ts'

/** For each name, the entries from the last declared to the first; only constructors and labels have several. */
export type ComponentMap<E> = ReadonlyMap<string, readonly E[]>

interface Binding<E> {
  /** Absent for the constructors and labels of a type declaration. */
  readonly ident: Ident | undefined
  readonly entry: E
  /** What the same name meant before, within the same layer. */
  readonly previous: Binding<E> | undefined
}

export interface Scope<E> {
  readonly names: PersistentMap<Binding<E>>
  readonly opened: Opened<E> | undefined
}

interface Opened<E> {
  readonly components: ComponentMap<E>
  readonly next: Scope<E>
  /** Is told what of the `open` is used; absent where nobody minds. */
  readonly user: OpenUser<E> | undefined
}

export interface OpenUser<E> {
  /** `hidden` is what the name would mean without the `open`. */
  use(name: string, entry: E, hidden: E | undefined): void
}

export const emptyScope = { names: undefined, opened: undefined }

export function bind<E>(scope: Scope<E>, name: string, ident: Ident | undefined, entry: E): Scope<E> {
  const binding = { ident, entry, previous: lookup(scope.names, name) }
  return { names: insert(scope.names, name, binding), opened: scope.opened }
}

/** The innermost meaning of a name. */
export function findByName<E>(scope: Scope<E>, name: string): E | undefined {
  for (let s: Scope<E> | undefined = scope; s !== undefined; s = s.opened?.next) {
    const binding = lookup(s.names, name)
    if (binding !== undefined) return binding.entry
    const opened = s.opened?.components.get(name)?.[0]
    if (opened !== undefined) return opened
  }
  return undefined
}

/** As `findByName`; an `open` that the meaning comes from is used. */
export function useByName<E>(scope: Scope<E>, name: string): E | undefined {
  for (let s: Scope<E> | undefined = scope; s !== undefined; s = s.opened?.next) {
    const binding = lookup(s.names, name)
    if (binding !== undefined) return binding.entry
    const opened = s.opened?.components.get(name)?.[0]
    if (opened === undefined) continue
    s.opened?.user?.use(name, opened, findByName(s.opened.next, name))
    return opened
  }
  return undefined
}

/** Of several meanings of a name this one was chosen: an `open` that it comes from is used. */
export function markOpen<E>(scope: Scope<E>, name: string, entry: E): void {
  for (let s: Scope<E> | undefined = scope; s !== undefined; s = s.opened?.next) {
    for (let b = lookup(s.names, name); b !== undefined; b = b.previous) if (b.entry === entry) return
    if (!s.opened?.components.get(name)?.includes(entry)) continue
    s.opened.user?.use(name, entry, findByName(s.opened.next, name))
    return
  }
}

/** All meanings of a name, innermost first. */
export function findAllByName<E>(scope: Scope<E>, name: string): E[] {
  const found: E[] = []
  for (let s: Scope<E> | undefined = scope; s !== undefined; s = s.opened?.next) {
    for (let b = lookup(s.names, name); b !== undefined; b = b.previous) found.push(b.entry)
    found.push(...(s.opened?.components.get(name) ?? []))
  }
  return found
}

export function findByIdent<E>(scope: Scope<E>, ident: Ident): E | undefined {
  for (let s: Scope<E> | undefined = scope; s !== undefined; s = s.opened?.next) {
    for (let b = lookup(s.names, ident.name); b !== undefined; b = b.previous) {
      if (b.ident !== undefined && sameIdent(b.ident, ident)) return b.entry
    }
  }
  return undefined
}

/** All names of a scope, with repetitions. */
export function* namesOf(scope: Scope<unknown>): Generator<string> {
  for (let s: Scope<unknown> | undefined = scope; s !== undefined; s = s.opened?.next) {
    for (const [name] of entries(s.names)) yield name
    if (s.opened !== undefined) yield* s.opened.components.keys()
  }
}

/** The scope after `open`. */
export function layer<E>(scope: Scope<E>, components: ComponentMap<E>, user?: OpenUser<E>): Scope<E> {
  return { names: undefined, opened: { components, next: scope, user } }
}
