/**
 * Handles: Erlang references that stand for OCaml values which have no Erlang form (closures, values of abstract types), and pids that
 * stand for channels.
 *
 * A handle is a root (a boxroot) of the domain, owned by the process that it was given to. It is freed when the owner says so or dies.
 * The reference is one of this node; its words are a mark, the handle's number and the domain's. The pid of a channel is a process of the
 * node, which ends with the handle, and the handle with it.
 *
 * Invariant: the watch is told of a process when it gets its first handle and when its last one is released or given away; not
 * when `ownerDied` frees them, since whoever calls that knows.
 */

import type { Pid, Reference } from '../erlang-term-format/index.ts'
import { numberOf, numbersPerSerial } from '../node/service-host.ts'
import type { ChannelKind, OpaqueCodec } from './codec.ts'

/** What the reference of a handle needs to know of its node. */
export interface HandleOrigin {
  readonly node: string
  readonly creation: number
  /** Tells the domains of a node apart. */
  readonly domain: number
}

/** What Erlang knows a value by. */
export type HandleName = Reference | Pid

export interface Handle {
  readonly name: HandleName
  /** Of its kind: handles, or processes of the node. */
  readonly number: number
  /** The root: the slot that holds the value. */
  readonly root: number
  readonly codec: OpaqueCodec
  owner: HandleOwner
}

/** A process that owns at least one handle. */
export interface HandleOwner {
  /** Its encoded pid. */
  readonly pid: Uint8Array
  readonly handles: Set<Handle>
}

/** Processes of the node that pass on to channels of this domain what they are sent. */
export interface ChannelPids {
  /** Undefined: no more processes can be made. */
  make(kind: ChannelKind): { readonly number: number; readonly pid: Pid } | undefined
  /** The channel is not known by it any more. */
  end(number: number): void
}

/** Told which processes own handles, given their encoded pids. */
export interface OwnerWatch {
  watch(pid: Uint8Array): void
  unwatch(pid: Uint8Array): void
}

/** The first word of every handle's reference: fits the 18 bits that old nodes allow. */
const mark = 0x3caa1

const markBytes = Uint8Array.of(mark >>> 24, mark >>> 16, mark >>> 8, mark)

/** So many places are looked at: arguments that are made of nothing else must not keep the node busy. */
const mostLooks = 100_000

/** Where a pattern is. */
function* placesOf(pattern: Uint8Array, bytes: Buffer): Generator<number> {
  let at = bytes.indexOf(pattern)
  for (let looks = 0; at >= 0 && looks < mostLooks; looks++) {
    yield at
    at = bytes.indexOf(pattern, at + 1)
  }
}

/**
 * The domain of the first handle of `node` in encoded arguments, without decoding them; undefined if there is none. Bytes that
 * only look like one (in a binary) may be taken for it, so this is for choosing a domain, not for access.
 *
 *     90, length 2, atom (its text ends here), creation 4, mark 4, number 4, domain 4
 */
export function domainOfHandle(args: Uint8Array, node: string): number | undefined {
  const bytes = asBuffer(args)
  const name = Buffer.from(node)
  for (const at of placesOf(markBytes, bytes)) {
    const end = at - 4
    const start = end - name.length
    if (start < 0 || at + 12 > bytes.length) continue
    if (name.equals(bytes.subarray(start, end))) return bytes.readUInt32BE(at + 8)
  }
  return undefined
}

/**
 * The first process of `node` in encoded arguments for which `find` finds something. The same holds for it.
 *
 *     88, atom (its text ends here), id 4, serial 4, creation 4
 */
export function findProcess<Found>(
  args: Uint8Array,
  node: string,
  find: (number: number) => Found | undefined,
): Found | undefined {
  const bytes = asBuffer(args)
  const name = Buffer.from(node)
  for (const at of placesOf(name, bytes)) {
    const id = at + name.length
    if (id + 12 > bytes.length) return undefined
    const found = find(bytes.readUInt32BE(id + 4) * numbersPerSerial + bytes.readUInt32BE(id))
    if (found !== undefined) return found
  }
  return undefined
}

export interface RootPort {
  root_create(value: bigint): number
  root_delete(root: number): void
}

export class Handles {
  owners: OwnerWatch = { watch: () => {}, unwatch: () => {} }
  /** Undefined where there is no node: there, a channel is a reference, too. */
  channels: ChannelPids | undefined
  private readonly roots: RootPort
  private readonly origin: () => HandleOrigin
  private readonly byNumber = new Map<number, Handle>()
  /** By the number of the process. */
  private readonly byProcess = new Map<number, Handle>()
  private readonly byOwner = new Map<string, HandleOwner>()
  private last = 0

  constructor(roots: RootPort, origin: () => HandleOrigin) {
    this.roots = roots
    this.origin = origin
  }

  get count(): number {
    return this.byNumber.size + this.byProcess.size
  }

  /** A new handle for a value, owned by the process with this encoded pid; undefined if there is no room for a root, or no process. */
  create(value: bigint, codec: OpaqueCodec, pid: Uint8Array): HandleName | undefined {
    const root = this.roots.root_create(value) >>> 0
    if (root === 0) return undefined
    const { channels } = this
    const isProcess = codec.channel !== undefined && channels !== undefined
    const named = isProcess ? channels.make(codec.channel) : this.newReference()
    if (named === undefined) {
      this.roots.root_delete(root)
      return undefined
    }
    const name = 'pid' in named ? named.pid : named.reference
    const handle: Handle = { name, number: named.number, root, codec, owner: this.own(pid) }
    handle.owner.handles.add(handle)
    this.tableOf(name).set(handle.number, handle)
    return name
  }

  private newReference(): { readonly number: number; readonly reference: Reference } {
    const { node, creation, domain } = this.origin()
    const number = ++this.last
    return { number, reference: { kind: 'reference', node, creation, ids: [mark, number, domain] } }
  }

  private tableOf(name: HandleName): Map<number, Handle> {
    return name.kind === 'pid' ? this.byProcess : this.byNumber
  }

  /** What a process owns. */
  private own(pid: Uint8Array): HandleOwner {
    const key = ownerKey(pid)
    const known = this.byOwner.get(key)
    if (known !== undefined) return known
    const owner: HandleOwner = { pid: pid.slice(), handles: new Set() }
    this.byOwner.set(key, owner)
    this.owners.watch(owner.pid)
    return owner
  }

  private disown(handle: Handle, { pid, handles }: HandleOwner): void {
    handles.delete(handle)
    if (handles.size > 0) return
    this.byOwner.delete(ownerKey(pid))
    this.owners.unwatch(pid)
  }

  find(name: HandleName): Handle | undefined {
    return name.kind === 'pid' ? this.findChannel(name) : this.findReference(name)
  }

  private findChannel(pid: Pid): Handle | undefined {
    const handle = this.byProcess.get(numberOf(pid))
    return handle?.name.node === pid.node && handle.name.creation === pid.creation ? handle : undefined
  }

  private findReference(reference: Reference): Handle | undefined {
    const { node, creation, domain } = this.origin()
    const [first, number, home] = reference.ids
    if (reference.ids.length !== 3 || first !== mark || home !== domain) return undefined
    if (reference.node !== node || reference.creation !== creation) return undefined
    return this.byNumber.get(number as number)
  }

  /** Whether it stands for a value of the codec's type. */
  accepts(name: HandleName, codec: OpaqueCodec): boolean {
    const handle = this.find(name)
    if (handle === undefined) return false
    const { key, functionKey } = handle.codec
    return codec.anything || (codec.key !== undefined && (key === codec.key || functionKey === codec.key))
  }

  /** False if there is no such handle. */
  release(name: HandleName): boolean {
    const handle = this.find(name)
    if (handle === undefined) return false
    this.drop(handle)
    this.disown(handle, handle.owner)
    return true
  }

  /** The process with this number is gone. */
  channelEnded(number: number): void {
    const handle = this.byProcess.get(number)
    if (handle === undefined) return
    this.forget(handle)
    this.disown(handle, handle.owner)
  }

  /** Makes the process with the encoded pid `to` the owner of what `from` owns; false if that is not so. */
  give(name: HandleName, from: Uint8Array, to: Uint8Array): boolean {
    const handle = this.find(name)
    if (handle === undefined || ownerKey(handle.owner.pid) !== ownerKey(from)) return false
    const before = handle.owner
    handle.owner = this.own(to)
    handle.owner.handles.add(handle)
    if (handle.owner !== before) this.disown(handle, before)
    return true
  }

  /** Frees all handles of a process, given its encoded pid. */
  ownerDied(pid: Uint8Array): void {
    const key = ownerKey(pid)
    const owner = this.byOwner.get(key)
    if (owner === undefined) return
    this.byOwner.delete(key)
    for (const handle of owner.handles) this.drop(handle)
  }

  private drop(handle: Handle): void {
    this.forget(handle)
    if (handle.name.kind === 'pid') this.channels?.end(handle.number)
  }

  private forget({ name, number, root }: Handle): void {
    this.roots.root_delete(root)
    this.tableOf(name).delete(number)
  }
}

const ownerKey = (pid: Uint8Array): string => asBuffer(pid).toString('latin1')

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
