/**
 * The names of a structure or signature in the making: which may be declared again, and what becomes of the
 * old.
 *
 * A value can always be declared again; the last one counts. A type, module, module type or extension
 * constructor must be unique, except that one which came from an `include` or an `open struct` gives way: it
 * is hidden, and what still mentions it must do without.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type { Env } from './env.ts'
import { CannotErase, itemWithout } from './nondep.ts'
import { printLocation } from './print-module-mismatch.ts'
import type { Signature, SignatureItem } from './types.ts'

export type Origin = 'declared' | 'included' | 'opened'

interface Known {
  readonly item: SignatureItem
  readonly origin: Origin
  readonly region: Region
}

const kindNames: Record<Exclude<SignatureItem['kind'], 'value'>, string> = {
  type: 'type',
  extension: 'extension constructor',
  module: 'module',
  'module-type': 'module type',
  class: 'class',
  'class-type': 'class type',
}

export class SignatureNames {
  readonly #items: SignatureItem[] = []
  readonly #known = new Map<string, Known>()
  /** Hidden items by stamp. */
  readonly #hidden = new Map<number, Known>()

  add(item: SignatureItem, region: Region, origin: Origin = 'declared'): void {
    this.#items.push(item)
    const own = { item, origin, region }
    if (origin === 'opened') {
      this.#hidden.set(item.ident.stamp, own)
      return
    }
    const key = `${item.kind} ${item.ident.name}`
    const known = this.#known.get(key)
    if (known !== undefined) this.#replace(known, item, region)
    this.#known.set(key, own)
  }

  /**
   * Stops when the name is taken, here or by others that come with it; for what is checked before it is
   * inferred.
   */
  checkFree(kind: 'module', name: string, region: Region, others: ReadonlySet<string>): void {
    const isDeclared = this.#known.get(`${kind} ${name}`)?.origin === 'declared'
    if (isDeclared || others.has(name)) failTwice(kind, name, region)
  }

  addAll(items: Signature, region: Region, origin: Origin): void {
    for (const item of items) this.add(item, region, origin)
  }

  #replace(known: Known, item: SignatureItem, region: Region): void {
    if (item.kind !== 'value' && known.origin === 'declared') {
      failTwice(item.kind, item.ident.name, region)
    }
    this.#hidden.set(known.item.ident.stamp, known)
  }

  /** What can be seen from outside. `env` has all the items. */
  finish(env: Env): Signature {
    const visible = this.#items.filter((item) => !this.#hidden.has(item.ident.stamp))
    if (this.#hidden.size === 0) return visible
    const gone = new Set(
      [...this.#hidden].filter(([, { item }]) => item.kind !== 'value').map(([stamp]) => stamp),
    )
    if (gone.size === 0) return visible
    return visible.map((item) => this.#without(env, gone, item))
  }

  #without(env: Env, gone: ReadonlySet<number>, item: SignatureItem): SignatureItem {
    try {
      return itemWithout(env, gone, item, 'covariant')
    } catch (error) {
      if (!(error instanceof CannotErase)) throw error
      let { path } = error
      while (path.kind !== 'ident') path = path.kind === 'dot' ? path.prefix : path.functor
      return this.#failHidden(this.#hidden.get(path.ident.stamp) as Known, item)
    }
  }

  #failHidden(hidden: Known, user: SignatureItem): never {
    const { item, region, origin } = hidden
    const what = `${kindOf(item)} ${item.ident.name}`
    const who = `${kindOf(user)} ${user.ident.name}`
    if (origin === 'opened') {
      fail(
        region,
        `The ${what} introduced by this open appears in the signature\n` +
          `${printLocation(regionOf(user) ?? region)}:\n` +
          `  The ${who} has no valid type if ${item.ident.name} is hidden`,
      )
    }
    const shadower = this.#known.get(`${item.kind} ${item.ident.name}`) as Known
    fail(
      shadower.region,
      `Illegal shadowing of included ${what}/2 by ${item.ident.name}/1\n` +
        `${printLocation(region)}:\n  ${capitalised(what)}/2 came from this include\n` +
        `The ${who} has no valid type if ${item.ident.name}/2 is shadowed`,
    )
  }
}

function failTwice(kind: Exclude<SignatureItem['kind'], 'value'>, name: string, region: Region): never {
  fail(
    region,
    `Multiple definition of the ${kindNames[kind]} name ${name}.\n` +
      'Names must be unique in a given structure or signature.',
  )
}

function regionOf(item: SignatureItem): Region | undefined {
  if (item.kind === 'value') return item.description.region
  if (item.kind === 'type' || item.kind === 'extension') return item.declaration.region
  return item.kind === 'module' || item.kind === 'module-type' ? item.region : undefined
}

const kindOf = (item: SignatureItem): string => (item.kind === 'value' ? 'value' : kindNames[item.kind])

const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
