/**
 * Fresh numbers for what another process compiled: idents (`stamp`) and type nodes (`id`) of a signature that has just been
 * read, so that they differ from all that this process makes. Nobody else has seen the signature yet, so it is changed in place.
 */

import { deserialize, serialize } from 'node:v8'
import { freshIdent, type Ident } from '../typing/ident.ts'
import { newVariable } from '../typing/type-graph.ts'
import type { Signature, Type } from '../typing/types.ts'
import { type Digest, digestOf } from './image.ts'

/** `reserved`: the greatest stamp of predefined idents and of the library, which are the same in every process. */
export function renumber(signature: Signature, reserved: number): Signature {
  const stamps = new Map<number, number>()
  const fresh = (stamp: number): number => {
    let given = stamps.get(stamp)
    if (given === undefined) {
      given = freshIdent('').stamp
      stamps.set(stamp, given)
    }
    return given
  }
  forEachObject(signature, (node) => {
    if (isIdent(node) && node.stamp > reserved) node.stamp = fresh(node.stamp)
    else if (isType(node)) node.id = newVariable().id
  })
  return signature
}

/**
 * A digest of what a signature says: two that differ in their numbers or in where they were written have the same.
 */
export function interfaceDigest(signature: Signature, reserved: number): Digest {
  const copy = deserialize(serialize(signature)) as Signature
  const stamps = new Map<number, number>()
  let types = 0
  forEachObject(copy, (node) => {
    if ('region' in node) node.region = null
    if (isType(node)) {
      types += 1
      node.id = types
    } else if (isIdent(node) && node.stamp > reserved) {
      if (!stamps.has(node.stamp)) stamps.set(node.stamp, -1 - stamps.size)
      node.stamp = stamps.get(node.stamp) as number
    }
  })
  return digestOf(serialize(copy))
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

function isIdent(node: object): node is Writable<Ident> {
  return 'stamp' in node && 'name' in node
}

function isType(node: object): node is Writable<Type> {
  return 'desc' in node && 'level' in node && 'id' in node
}

/** Every object of a graph once: arrays, maps and plain objects, but no bytes. */
function forEachObject(root: unknown, visit: (node: object) => void): void {
  const seen = new Set<object>()
  const waiting: unknown[] = [root]
  while (waiting.length > 0) {
    const node = waiting.pop()
    if (typeof node !== 'object' || node === null || ArrayBuffer.isView(node) || seen.has(node)) continue
    seen.add(node)
    visit(node)
    if (node instanceof Map) waiting.push(...node.keys(), ...node.values())
    else waiting.push(...Object.values(node))
  }
}
