/**
 * Values from the heap, directed by their types, as trees that the prompt shows.
 *
 * `length` bounds how many nodes are shown in all, `depth` how deep. What is already being shown further out is `<cycle>`.
 *
 * A type that says nothing about the value (a variable) gives `<poly>`; an abstract one `<abstr>`. Exceptions and constructors of other
 * extensible types carry their names; when the name no longer means the same constructor, arguments are shown without types.
 */

import { textOfBytes } from '../../base/byte-text.ts'
import { DiagnosticError } from '../../base/diagnostic.ts'
import { noRegion } from '../../base/region.ts'
import { tags } from '../../codegen/layout.ts'
import { hashVariant } from '../../lambda/hash-variant.ts'
import type { LongName } from '../../syntax/ast.ts'
import { type Entry, type Env, findByName, findType, type Scope } from '../../typing/env.ts'
import { instantiate } from '../../typing/expand.ts'
import { type Address, type Path, samePath } from '../../typing/ident.ts'
import { lookupConstructors } from '../../typing/lookup.ts'
import { type PredefinedType, predefinedType } from '../../typing/predef.ts'
import { printModulePath } from '../../typing/print-signature.ts'
import { flattenRow } from '../../typing/rows.ts'
import { rowFieldState } from '../../typing/subst.ts'
import {
  type ConstructorDescription,
  type LabelDescription,
  type Row,
  repr,
  type Type,
  type TypeDeclaration,
} from '../../typing/types.ts'
import type { HeapView, Value } from './heap-view.ts'
import { shownCharacter, shownFloat } from './numbers.ts'
import type { OutValue } from './out-value.ts'

export interface ValueLimits {
  readonly length: number
  readonly depth: number
}

/** Shows values of a type in the user's way: undefined when nothing was installed for it. A number is an unboxed float. */
export type CustomPrinter = (value: Value | number, type: Type) => OutValue | undefined

export interface ValueReader {
  readonly heap: HeapView
  /** Where a constructor of an extensible type is. */
  readonly valueAt: (address: Address) => Value | undefined
  readonly custom: CustomPrinter
}

export function readValue(
  reader: ValueReader,
  env: Env,
  value: Value,
  type: Type,
  limits: ValueLimits,
): OutValue {
  const reading = new Reading(reader, env, limits.length)
  return reading.nested(value, () => reading.value(limits.depth, value, type))
}

const text = (content: string): OutValue => ({ kind: 'text', text: content })
const ellipsis: OutValue = { kind: 'ellipsis' }
const cycle = text('<cycle>')
const signed = (n: bigint, suffix = ''): OutValue => ({
  kind: 'number',
  text: `${n}${suffix}`,
  negative: n < 0n,
})
const float = (x: number): OutValue => ({
  kind: 'number',
  text: shownFloat(x),
  negative: x < 0 || Object.is(x, -0),
})

class Reading {
  private readonly reader: ValueReader
  private readonly heap: HeapView
  private readonly env: Env
  private left: number
  /** The blocks around the one that is being read. */
  private readonly around = new Set<Value>()

  constructor(reader: ValueReader, env: Env, length: number) {
    this.reader = reader
    this.heap = reader.heap
    this.env = env
    this.left = length
  }

  value(depth: number, v: Value, type: Type): OutValue {
    this.left -= 1
    if (this.left < 0 || depth < 0) return ellipsis
    const t = repr(type)
    const custom = this.reader.custom(v, t)
    if (custom !== undefined) return custom
    switch (t.desc.kind) {
      case 'variable':
      case 'universal':
        return text('<poly>')
      case 'arrow':
        return text(t.desc.synchronous ? 'chan' : '<fun>')
      case 'tuple':
        return { kind: 'tuple', items: this.fields(0, depth, v, t.desc.elements) }
      case 'constructor':
        return this.constructed(depth, v, t.desc.path, t.desc.arguments, t)
      case 'variant':
        return this.variant(depth, v, flattenRow(t.desc.row))
      case 'poly':
        return this.value(depth - 1, v, t.desc.body)
      case 'package':
        return text('<module>')
      default:
        return text('<obj>')
    }
  }

  /** Reads a block, unless it is being read already. */
  nested(v: Value, read: () => OutValue): OutValue {
    if (!this.heap.isBlock(v)) return read()
    if (this.around.has(v)) return cycle
    this.around.add(v)
    const result = read()
    this.around.delete(v)
    return result
  }

  private part(depth: number, v: Value, type: Type): OutValue {
    return this.nested(v, () => this.value(depth - 1, v, type))
  }

  private fields(start: number, depth: number, block: Value, types: readonly Type[]): OutValue[] {
    return types.map((type, i) => this.part(depth, this.heap.field(block, start + i), type))
  }

  // -------------------------------------------------------------------------------------------------------
  // Type constructors

  private constructed(depth: number, v: Value, path: Path, args: readonly Type[], type: Type): OutValue {
    const known = predefinedType(path)
    if (known !== undefined) {
      const shown = this.predefined(known, depth, v, args[0])
      if (shown !== undefined) return shown
    }
    const declaration = findType(this.env, path)
    if (declaration === undefined) return text('<abstr>')
    const { kind, manifest, parameters } = declaration
    switch (kind.kind) {
      case 'abstract':
        if (manifest === undefined) return text('<abstr>')
        return this.value(depth, v, instantiate(this.env, parameters, manifest, args, type.level))
      case 'open':
        return this.extension(depth, v, args)
      case 'variant':
        return this.ofVariant(depth, v, path, kind.constructors, args)
      case 'record':
        return this.record(depth, v, path, declaration, kind.labels, args, 0)
    }
  }

  private predefined(
    name: PredefinedType,
    depth: number,
    v: Value,
    element: Type | undefined,
  ): OutValue | undefined {
    const { heap } = this
    switch (name) {
      case 'int':
        return signed(heap.int(v))
      case 'char':
        return text(shownCharacter(Number(heap.int(v))))
      case 'float':
        return float(heap.double(v))
      case 'string':
      case 'bytes':
        return { kind: name, bytes: heap.bytes(v), limit: this.left }
      case 'int32':
        return signed(heap.boxedInteger(v), 'l')
      case 'int64':
        return signed(heap.boxedInteger(v), 'L')
      case 'nativeint':
        return signed(heap.boxedInteger(v), 'n')
      case '<<>>':
        return text('chan')
      case 'list':
        return { kind: 'list', items: this.list(depth, v, element as Type) }
      case 'array':
        return { kind: 'array', items: this.array(depth, v, element as Type) }
      case 'floatarray':
        return text('<abstr>')
      case 'lazy_t':
        return this.lazy(depth, v, element as Type)
      case 'exn':
        return this.extension(depth, v, [])
      default:
        return undefined
    }
  }

  private list(depth: number, list: Value, element: Type): OutValue[] {
    const items: OutValue[] = []
    const guarded: Value[] = []
    // Whoever holds the list guards its first cell.
    for (let v = list; v === list || !this.isCut(items, depth); v = this.heap.field(v, 1)) {
      if (!this.heap.isBlock(v)) break
      if (items.length > 0) {
        if (this.around.has(v)) {
          items.push(cycle)
          break
        }
        this.around.add(v)
        guarded.push(v)
      }
      items.push(this.part(depth, this.heap.field(v, 0), element))
    }
    for (const cell of guarded) this.around.delete(cell)
    return items
  }

  private array(depth: number, array: Value, element: Type): OutValue[] {
    const items: OutValue[] = []
    const size = this.heap.size(array)
    for (let i = 0; i < size; i++) {
      items.push(this.element(depth, array, i, element))
      if (this.isCut(items, depth)) break
    }
    return items
  }

  /** Whether the rest of the items is cut off, which a last one then says, even of no more items. */
  private isCut(items: OutValue[], depth: number): boolean {
    if (this.left >= 0 && depth >= 0) return false
    items.push(ellipsis)
    return true
  }

  /** An element of an array or a field of a record, which may be flat floats. */
  private element(depth: number, block: Value, index: number, type: Type): OutValue {
    if (!this.heap.isFloats(block)) return this.part(depth, this.heap.field(block, index), type)
    this.left -= 1
    if (this.left < 0 || depth - 1 < 0) return ellipsis
    const number = this.heap.double(block, index)
    return this.reader.custom(number, repr(type)) ?? float(number)
  }

  private lazy(depth: number, v: Value, element: Type): OutValue {
    const { heap } = this
    const tag = heap.isBlock(v) ? heap.tag(v) : 0
    if (heap.isBlock(v) && tag === tags.lazy) return text('<lazy>')
    const forced =
      heap.isBlock(v) && tag === tags.forward
        ? this.nested(heap.field(v, 0), () => this.value(depth, heap.field(v, 0), element))
        : this.value(depth, v, element)
    return { kind: 'construct', name: 'lazy', arguments: [forced] }
  }

  // -------------------------------------------------------------------------------------------------------
  // Variants and records

  private ofVariant(
    depth: number,
    v: Value,
    path: Path,
    constructors: readonly ConstructorDescription[],
    args: readonly Type[],
  ): OutValue {
    const found = constructors.find((c) => this.hasTag(c, v))
    if (found === undefined) return text('<unknown constructor>')
    const name = this.qualified(this.env.constructors, path, found.name)
    return this.construct(depth, v, name, found, args, 0)
  }

  private hasTag({ tag }: ConstructorDescription, v: Value): boolean {
    switch (tag.kind) {
      case 'constant':
        return !this.heap.isBlock(v) && this.heap.int(v) === BigInt(tag.index)
      case 'block':
        return this.heap.isBlock(v) && this.heap.tag(v) === tag.tag
      case 'unboxed':
        return true
      case 'extension':
        return false
    }
  }

  /** `start`: the first field that holds an argument. */
  private construct(
    depth: number,
    v: Value,
    name: string,
    found: ConstructorDescription,
    args: readonly Type[],
    start: number,
  ): OutValue {
    const result = repr(found.result).desc
    const parameters = result.kind === 'constructor' ? result.arguments : []
    const at = (type: Type): Type => instantiate(this.env, parameters, type, args, repr(type).level)
    const isUnboxed = found.tag.kind === 'unboxed'
    if (found.inlined !== undefined) {
      const types = found.inlined.map((label) => at(label.type))
      const fields = this.labelled(depth, v, found.inlined, types, start, isUnboxed, (label) => label.name)
      return { kind: 'construct', name, arguments: [{ kind: 'record', fields }] }
    }
    const types = found.arguments.map(at)
    const [only] = types
    const shown =
      isUnboxed && only !== undefined ? [this.value(depth - 1, v, only)] : this.fields(start, depth, v, types)
    return { kind: 'construct', name, arguments: shown }
  }

  private record(
    depth: number,
    v: Value,
    path: Path,
    declaration: TypeDeclaration,
    labels: readonly LabelDescription[],
    args: readonly Type[],
    start: number,
  ): OutValue {
    const { parameters } = declaration
    const types = labels.map((label) =>
      instantiate(this.env, parameters, label.type, args, repr(label.type).level),
    )
    const isUnboxed = labels[0]?.representation === 'unboxed'
    const name = (label: LabelDescription, i: number): string =>
      i === 0 && start === 0 ? this.qualified(this.env.labels, path, label.name) : label.name
    return { kind: 'record', fields: this.labelled(depth, v, labels, types, start, isUnboxed, name) }
  }

  private labelled(
    depth: number,
    v: Value,
    labels: readonly LabelDescription[],
    types: readonly Type[],
    start: number,
    isUnboxed: boolean,
    nameOf: (label: LabelDescription, index: number) => string,
  ): { readonly name: string; readonly value: OutValue }[] {
    return labels.map((label, i) => {
      const type = types[i] as Type
      const value = isUnboxed ? this.value(depth - 1, v, type) : this.element(depth, v, start + i, type)
      return { name: nameOf(label, i), value }
    })
  }

  /** The name with its module in front when it alone means something else here. */
  private qualified(
    scope: Scope<Entry<ConstructorDescription>> | Scope<Entry<LabelDescription>>,
    path: Path,
    name: string,
  ): string {
    if (path.kind === 'ident') return name
    if (path.kind === 'apply') return printModulePath(path)
    const found = findByName<Entry<ConstructorDescription | LabelDescription>>(scope, name)
    const type =
      found === undefined
        ? undefined
        : 'result' in found.description
          ? found.description.result
          : found.description.record
    const desc = type === undefined ? undefined : repr(type).desc
    if (desc?.kind === 'constructor' && samePath(desc.path, path)) return parenthesised(name)
    return `${printModulePath(path.prefix)}.${parenthesised(name)}`
  }

  private variant(depth: number, v: Value, row: Row): OutValue {
    const isBlock = this.heap.isBlock(v)
    const hash = Number(this.heap.int(isBlock ? this.heap.field(v, 0) : v))
    for (const [tag, field] of row.fields) {
      if (hashVariant(tag) !== hash) continue
      if (!isBlock) return text(`\`${tag}`)
      const state = rowFieldState(field)
      const type =
        state.kind === 'present' ? state.argument : state.kind === 'either' ? state.arguments[0] : undefined
      if (type === undefined) break
      return { kind: 'variant', tag, argument: this.part(depth, this.heap.field(v, 1), type) }
    }
    return text('<variant>')
  }

  // -------------------------------------------------------------------------------------------------------
  // Extensible types

  private extension(depth: number, v: Value, args: readonly Type[]): OutValue {
    const { heap } = this
    const slot = heap.tag(v) === tags.object ? v : heap.field(v, 0)
    const name = textOfBytes(heap.bytes(heap.field(slot, 0)))
    const found = this.constructorOf(name, slot)
    if (found !== undefined) return this.construct(depth, v, name, found, args, 1)
    if (slot === v) return { kind: 'construct', name, arguments: [] }
    return { kind: 'construct', name, arguments: this.untypedArguments(name, v) }
  }

  /** The constructor of this name, if it is this one. */
  private constructorOf(name: string, slot: Value): ConstructorDescription | undefined {
    const parsed = longName(name)
    if (parsed === undefined) return undefined
    try {
      const [found] = lookupConstructors(this.env, parsed)
      if (found === undefined || found.address === undefined) return undefined
      return this.reader.valueAt(found.address) === slot ? found.description : undefined
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error
      return undefined
    }
  }

  private untypedArguments(name: string, v: Value): OutValue[] {
    const { heap } = this
    const first = heap.size(v) === 2 ? heap.field(v, 1) : undefined
    const isLocated =
      /^(Match_failure|Assert_failure|Undefined_recursive_module)$/.test(name) &&
      first !== undefined &&
      heap.isBlock(first) &&
      heap.tag(first) === 0
    const block = isLocated ? first : v
    const from = isLocated ? 0 : 1
    return Array.from({ length: heap.size(block) - from }, (_, i) =>
      this.untyped(heap.field(block, from + i)),
    )
  }

  private untyped(v: Value): OutValue {
    const { heap } = this
    if (!heap.isBlock(v)) return signed(heap.int(v))
    if (heap.tag(v) === tags.string)
      return { kind: 'string', bytes: heap.bytes(v), limit: Number.POSITIVE_INFINITY }
    if (heap.tag(v) === tags.double) return float(heap.double(v))
    return text('_')
  }
}

const parenthesised = (name: string): string => (name === '::' ? '(::)' : name)

/** `M.E`; undefined for what is no path of modules. */
function longName(name: string): LongName | undefined {
  if (!/^[\p{L}_][\p{L}\p{N}_'.]*$/u.test(name)) return undefined
  const [first = '', ...rest] = name.split('.')
  const start: LongName = { kind: 'ident', region: noRegion, name: first } as LongName
  return rest.reduce<LongName>(
    (prefix, part) => ({ kind: 'dot', region: noRegion, prefix, name: part }) as LongName,
    start,
  )
}
