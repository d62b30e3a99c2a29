/**
 * Handles: Erlang references that stand for OCaml values which have no Erlang form (closures, values of abstract types).
 *
 * A handle is a root (a boxroot) of the domain, owned by the process that it was given to. It is freed when the owner says so or dies.
 * The reference is one of this node; its words are a mark, the handle's number and the domain's.
 *
 * Invariant: the watch is told of a process when it gets its first handle and when its last one is released or given away; not
 * when `ownerDied` frees them, since whoever calls that knows.
 */

import type { Reference } from '../erlang-term-format/index.ts'
import type { OpaqueCodec } from './codec.ts'

/** What the reference of a handle needs to know of its node. */
export interface HandleOrigin {
  readonly node: string
  readonly creation: number
  /** Tells the domains of a node apart. */
  readonly domain: number
}

export interface Handle {
  /** The root: the slot that holds the value. */
  readonly root: number
  readonly codec: OpaqueCodec
  owner: HandleOwner
}

/** A process that owns at least one handle. */
export interface HandleOwner {
  /** Its encoded pid. */
  readonly pid: Uint8Array
  readonly numbers: Set<number>
}

/** Told which processes own handles, given their encoded pids. */
export interface OwnerWatch {
  watch(pid: Uint8Array): void
  unwatch(pid: Uint8Array): void
}

/** The first word of every handle's reference: fits the 18 bits that old nodes allow. */
const mark = 0x3caa1

const markBytes = Uint8Array.of(mark >>> 24, mark >>> 16, mark >>> 8, mark)

/**
 * The domain of the first handle of `node` in encoded arguments, without decoding them; undefined if there is none. Bytes that
 * only look like one (in a binary) may be taken for it, so this is for choosing a domain, not for access.
 *
 *     90, length 2, atom (its text ends here), creation 4, mark 4, number 4, domain 4
 */
export function domainOfHandle(args: Uint8Array, node: string): number | undefined {
  const bytes = Buffer.from(args.buffer, args.byteOffset, args.byteLength)
  const name = Buffer.from(node)
  for (let at = bytes.indexOf(markBytes); at >= 0; at = bytes.indexOf(markBytes, at + 1)) {
    const end = at - 4
    const start = end - name.length
    if (start < 0 || at + 12 > bytes.length) continue
    if (name.equals(bytes.subarray(start, end))) return bytes.readUInt32BE(at + 8)
  }
  return undefined
}

export interface RootPort {
  root_create(value: bigint): number
  root_delete(root: number): void
}

export class Handles {
  owners: OwnerWatch = { watch: () => {}, unwatch: () => {} }
  private readonly roots: RootPort
  private readonly origin: () => HandleOrigin
  private readonly byNumber = new Map<number, Handle>()
  private readonly byOwner = new Map<string, HandleOwner>()
  private last = 0

  constructor(roots: RootPort, origin: () => HandleOrigin) {
    this.roots = roots
    this.origin = origin
  }

  get count(): number {
    return this.byNumber.size
  }

  /** A new handle for a value, owned by the process with this encoded pid; undefined if there is no room for a root. */
  create(value: bigint, codec: OpaqueCodec, pid: Uint8Array): Reference | undefined {
    const root = this.roots.root_create(value) >>> 0
    if (root === 0) return undefined
    this.last += 1
    this.byNumber.set(this.last, { root, codec, owner: this.own(this.last, pid) })
    return this.reference(this.last)
  }

  /** Puts a handle with those of a process. */
  private own(number: number, pid: Uint8Array): HandleOwner {
    const key = ownerKey(pid)
    let owner = this.byOwner.get(key)
    if (owner === undefined) {
      owner = { pid: pid.slice(), numbers: new Set() }
      this.byOwner.set(key, owner)
      this.owners.watch(owner.pid)
    }
    owner.numbers.add(number)
    return owner
  }

  private disown(number: number, { pid, numbers }: HandleOwner): void {
    numbers.delete(number)
    if (numbers.size > 0) return
    this.byOwner.delete(ownerKey(pid))
    this.owners.unwatch(pid)
  }

  private reference(number: number): Reference {
    const { node, creation, domain } = this.origin()
    return { kind: 'reference', node, creation, ids: [mark, number, domain] }
  }

  find(reference: Reference): Handle | undefined {
    const { node, creation, domain } = this.origin()
    const [first, number, home] = reference.ids
    if (reference.ids.length !== 3 || first !== mark || home !== domain) return undefined
    if (reference.node !== node || reference.creation !== creation) return undefined
    return this.byNumber.get(number as number)
  }

  /** Whether the reference stands for a value of the codec's type. */
  accepts(reference: Reference, codec: OpaqueCodec): boolean {
    const handle = this.find(reference)
    if (handle === undefined) return false
    return codec.anything || (codec.key !== undefined && handle.codec.key === codec.key)
  }

  /** False if there is no such handle. */
  release(reference: Reference): boolean {
    const handle = this.find(reference)
    if (handle === undefined) return false
    const number = reference.ids[1] as number
    this.drop(number, handle)
    this.disown(number, handle.owner)
    return true
  }

  /** Makes the process with the encoded pid `to` the owner of what `from` owns; false if that is not so. */
  give(reference: Reference, from: Uint8Array, to: Uint8Array): boolean {
    const handle = this.find(reference)
    if (handle === undefined || ownerKey(handle.owner.pid) !== ownerKey(from)) return false
    const number = reference.ids[1] as number
    const before = handle.owner
    handle.owner = this.own(number, to)
    if (handle.owner !== before) this.disown(number, before)
    return true
  }

  /** Frees all handles of a process, given its encoded pid. */
  ownerDied(pid: Uint8Array): void {
    const key = ownerKey(pid)
    const owner = this.byOwner.get(key)
    if (owner === undefined) return
    this.byOwner.delete(key)
    for (const number of owner.numbers) this.drop(number, this.byNumber.get(number) as Handle)
  }

  private drop(number: number, handle: Handle): void {
    this.roots.root_delete(handle.root)
    this.byNumber.delete(number)
  }
}

const ownerKey = (pid: Uint8Array): string =>
  Buffer.from(pid.buffer, pid.byteOffset, pid.length).toString('latin1')
