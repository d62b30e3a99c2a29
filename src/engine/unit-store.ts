/**
 * The units that need not be compiled: those of the library's image, and those of the program that an earlier compilation left
 * in a cache.
 *
 * A cached unit is found by what it was made from: its `key` is the digest of the compiler, its settings and the unit's
 * own texts. Its note lists what the compilation asked about other units, and it is only used if the
 * answers are still the same:
 *
 *     names   what a name in the source meant: a unit of the program, of the library, or none
 *     units   the `recipe` of each unit that was looked at
 *
 * A recipe is the digest of a key and of all answers, so it stands for all texts that have gone into a unit. Nothing here
 * compiles: a program all of whose units are found runs without the compiler being loaded.
 */

import { deserialize, serialize } from 'node:v8'
import type { Diagnostic } from '../base/diagnostic.ts'
import { shadowingPrefix, unitDisplayName } from '../typing/ident.ts'
import { type BuiltUnit, type Digest, digestOf, encodeImage, ImageError, readImage } from './image.ts'
import type { UnitImage } from './library-image.ts'
import { renumber } from './renumber.ts'
import type { UnitSource, UnitText } from './unit-source.ts'

/** Bytes by key. Whoever reads checks what he gets; writing may fail silently. */
export interface UnitCache {
  read(key: Digest): Uint8Array | undefined
  write(key: Digest, bytes: Uint8Array): void
}

export const noCache: UnitCache = { read: () => undefined, write: () => {} }

/** What the compilation of a unit has asked about other units. */
export interface Consulted {
  readonly names: Map<string, string>
  readonly units: Set<string>
}

interface Note {
  readonly names: readonly (readonly [name: string, unit: string])[]
  readonly units: readonly (readonly [unit: string, recipe: string])[]
}

export interface StoredUnit {
  readonly built: BuiltUnit
  readonly warnings: readonly Diagnostic[]
}

export interface StoreOptions {
  readonly program: UnitSource
  readonly library: UnitSource
  readonly image: UnitImage
  readonly cache: UnitCache
  /** What else decides the result of a compilation, such as the warnings that are wanted. */
  readonly settings: string
}

export class UnitStore {
  private readonly options: StoreOptions
  private readonly texts = new Map<string, UnitText | undefined>()
  /** `undefined` while a unit is being looked for: units that depend on each other are never found. */
  private readonly found = new Map<string, StoredUnit | undefined>()
  private readonly recipes = new Map<string, Digest>()

  constructor(options: StoreOptions) {
    this.options = options
  }

  /** The unit that a name in the program means. */
  programUnit(name: string): string {
    if (this.programText(name) === undefined) return name
    return this.isOfLibrary(name) ? shadowingPrefix + name : name
  }

  isOfLibrary(name: string): boolean {
    return this.options.image.get(name) !== undefined || this.options.library(name) !== undefined
  }

  textOf(name: string): UnitText | undefined {
    return this.options.library(name) ?? this.programText(unitDisplayName(name))
  }

  private programText(name: string): UnitText | undefined {
    if (!this.texts.has(name)) this.texts.set(name, this.options.program(name))
    return this.texts.get(name)
  }

  /** Looks for a unit again that was not there. */
  forget(name: string): void {
    const visible = unitDisplayName(name)
    if (this.texts.get(visible) === undefined) this.texts.delete(visible)
    if (this.found.get(name) === undefined) this.found.delete(name)
  }

  /** A unit that is compiled already. Those that it imports may not be. */
  find(name: string): StoredUnit | undefined {
    if (!this.found.has(name)) {
      this.found.set(name, undefined)
      const ready = this.options.image.get(name)
      this.found.set(name, ready === undefined ? this.readCached(name) : { built: ready, warnings: [] })
    }
    return this.found.get(name)
  }

  private readCached(name: string): StoredUnit | undefined {
    const { cache, image } = this.options
    if (cache === noCache) return undefined
    const key = this.keyOf(name)
    const bytes = key === undefined ? undefined : cache.read(key)
    if (key === undefined || bytes === undefined) return undefined
    try {
      const { units, about, attachment } = readImage(bytes, image.compiler, (s) =>
        renumber(s, image.reserved),
      )
      const [built] = units
      const { names, units: others } = about as Note
      if (built === undefined || !names.every(([used, unit]) => this.programUnit(used) === unit))
        return undefined
      if (!others.every(([unit, recipe]) => this.recipeOf(unit) === recipe)) return undefined
      this.recipes.set(name, recipeFrom(key, about as Note))
      return { built, warnings: deserialize(attachment()) as Diagnostic[] }
    } catch (error) {
      if (error instanceof ImageError) return undefined
      throw error
    }
  }

  /** The digest of all that a unit itself contributes to its compilation; undefined if there is no such unit. */
  private keyOf(name: string): Digest | undefined {
    const text = this.programText(unitDisplayName(name))
    if (text === undefined) return undefined
    const { image, settings } = this.options
    const sources = [text.implementation, ...(text.interface === undefined ? [] : [text.interface])]
    const parts = sources.flatMap((s) => [`${s.name}\0${s.bytes.length}\0`, s.bytes])
    return digestOf(`${image.compiler}\0${settings}\0${name}\0`, ...parts)
  }

  /** Undefined for a unit that has yet to be compiled. */
  private recipeOf(name: string): string | undefined {
    if (this.isOfLibrary(name)) return 'library'
    if (this.programText(unitDisplayName(name)) === undefined) return 'none'
    this.find(name)
    return this.recipes.get(name)
  }

  /** Remembers a unit that has just been compiled, after all that it depends on. */
  add(name: string, stored: StoredUnit, { names, units }: Consulted): void {
    this.found.set(name, stored)
    const { cache, image } = this.options
    if (cache === noCache || this.isOfLibrary(name)) return
    const key = this.keyOf(name)
    const recipes = [...units].filter((u) => u !== name).map((unit) => [unit, this.recipeOf(unit)] as const)
    if (key === undefined || recipes.some(([, recipe]) => recipe === undefined)) return
    const note: Note = { names: [...names], units: recipes as [string, string][] }
    this.recipes.set(name, recipeFrom(key, note))
    cache.write(key, encodeImage(image.compiler, [stored.built], note, serialize(stored.warnings)))
  }

  /**
   * Units with all that they import, in the order in which they are linked and initialised; undefined if one of them has yet to be
   * compiled.
   */
  closure(names: readonly string[]): readonly StoredUnit[] | undefined {
    const order = new Map<string, StoredUnit>()
    const visit = (name: string): boolean => {
      if (order.has(name)) return true
      const unit = this.find(name)
      if (unit === undefined || !unit.built.compiled.imports.every(visit)) return false
      order.set(name, unit)
      return true
    }
    return names.every(visit) ? [...order.values()] : undefined
  }
}

function recipeFrom(key: Digest, note: Note): Digest {
  const sorted = (pairs: readonly (readonly [string, string])[]): string => JSON.stringify([...pairs].sort())
  return digestOf(key, sorted(note.names), sorted(note.units))
}
