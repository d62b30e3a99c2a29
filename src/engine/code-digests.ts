/**
 * Places of functions that mean the same in every process: the digest of the unit's code before it is linked, and the
 * function's number in the unit. Digests are made when one is first asked for.
 */

import { createHash } from 'node:crypto'
import type { LinkedUnit, Linker } from './linker.ts'
import type { CodePlaces } from './runtime.ts'

export class CodeDigests implements CodePlaces {
  private readonly linker: Linker
  private readonly digests = new Map<LinkedUnit, Uint8Array>()
  private readonly units = new Map<string, LinkedUnit>()

  constructor(linker: Linker) {
    this.linker = linker
  }

  placeOf(tableIndex: number): { readonly digest: Uint8Array; readonly number: number } {
    const unit = this.linker.unitOfIndex(tableIndex)
    return { digest: this.digestOf(unit), number: tableIndex - unit.tableBase }
  }

  indexOf(digest: Uint8Array, number: number): number {
    for (const unit of this.linker.all) this.digestOf(unit)
    const unit = this.units.get(keyOf(digest))
    if (unit === undefined) return -1
    return number < unit.compiled.functionCount ? unit.tableBase + number : 0
  }

  private digestOf(unit: LinkedUnit): Uint8Array {
    const known = this.digests.get(unit)
    if (known !== undefined) return known
    const { name, module } = unit.compiled
    const digest = new Uint8Array(createHash('md5').update(name).update('\0').update(module.bytes).digest())
    this.digests.set(unit, digest)
    this.units.set(keyOf(digest), unit)
    return digest
  }
}

const keyOf = (digest: Uint8Array): string => Buffer.from(digest).toString('hex')
