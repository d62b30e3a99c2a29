/**
 * The part of a compiled unit that the linker needs, as bytes without anything of V8's in them.
 *
 * A pack (packing.ts) whose description is `LinkDescription`, with four parts: the static data, its relocations, the
 * module, its relocations. Relocations are little-endian words, as in memory.
 */

import type { CompiledUnit, Relocatable } from '../codegen/index.ts'
import { PackingError, pack, unpack } from './packing.ts'

/** What linking and initialising need, apart from the name and the imports. */
export type Linkable = Pick<CompiledUnit, 'module' | 'data' | 'slots' | 'block' | 'functionCount'>

interface LinkDescription {
  readonly slots: Linkable['slots']
  readonly block: Linkable['block']
  readonly functionCount: number
  readonly dataUnits: readonly string[]
  readonly moduleUnits: readonly string[]
}

export function encodeLinkable({ module, data, slots, block, functionCount }: Linkable): Uint8Array {
  const about: LinkDescription = {
    slots,
    block,
    functionCount,
    dataUnits: data.relocations.units,
    moduleUnits: module.relocations.units,
  }
  return pack(about, [
    data.bytes,
    bytesOf(data.relocations.words),
    module.bytes,
    bytesOf(module.relocations.words),
  ])
}

export function decodeLinkable(bytes: Uint8Array): Linkable {
  const { about, part } = unpack(bytes)
  if (!isLinkDescription(about)) throw new PackingError('a unit has no proper description')
  const { slots, block, functionCount, dataUnits, moduleUnits } = about
  return {
    data: relocatable(part(0), part(1), dataUnits),
    module: relocatable(part(2), part(3), moduleUnits),
    slots,
    block,
    functionCount,
  }
}

function isLinkDescription(about: unknown): about is LinkDescription {
  if (typeof about !== 'object' || about === null) return false
  const { slots, block, functionCount, dataUnits, moduleUnits } = about as Partial<LinkDescription>
  const numbers = [slots?.offset, slots?.count, block?.offset, block?.size, functionCount]
  const areNames = (names: unknown): boolean =>
    Array.isArray(names) && names.every((n) => typeof n === 'string')
  return numbers.every((n) => Number.isSafeInteger(n)) && areNames(dataUnits) && areNames(moduleUnits)
}

function relocatable(bytes: Uint8Array, words: Uint8Array, units: readonly string[]): Relocatable {
  // The bytes may lie anywhere in their buffer, words may not.
  return { bytes, relocations: { words: new Int32Array(words.slice().buffer), units } }
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
