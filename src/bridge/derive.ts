/**
 * From a type to its codec.
 *
 * Abbreviations are expanded, privacy is no border (a private type is what it is made of), parameters are instantiated.
 * Abstract types, functions, objects and type variables become opaque: handles stand for their values.
 *
 * A type that mentions itself becomes a cycle through a `recursive` codec. Applications of declared types are known by a key of path and
 * arguments; a type whose arguments grow with each mention has no finite codec and is refused.
 */

import { Crash } from '../base/diagnostic.ts'
import { customOperations, tags } from '../codegen/layout.ts'
import { hashVariant } from '../lambda/hash-variant.ts'
import { type Env, findType, findValue } from '../typing/env.ts'
import { expandHeadPrivate, expandOnce } from '../typing/expand.ts'
import { type Address, type Path, printPath } from '../typing/ident.ts'
import { isPresent, methodsOf } from '../typing/object-fields.ts'
import { predefinedType } from '../typing/predef.ts'
import { arrayKindOf } from '../typing/representation.ts'
import { flattenRow } from '../typing/rows.ts'
import { rowFieldState } from '../typing/subst.ts'
import {
  type ConstructorDescription,
  type LabelDescription,
  type RecordRepresentation,
  type Row,
  type RowField,
  repr,
  type Type,
  type TypeDesc,
} from '../typing/types.ts'
import { BorderError } from './border-error.ts'
import type {
  BlockConstructor,
  Codec,
  Constructor,
  Field,
  FunctionSignature,
  KeyOrder,
  OpaqueCodec,
  PolymorphicTag,
  ProgramOrder,
  RecordCodec,
  Recursive,
  VariantCodec,
} from './codec.ts'
import { instantiate } from './instantiate.ts'
import { erlangNames, type Name, type Naming } from './names.ts'
import { renderType } from './render-type.ts'
import { typeKey } from './type-key.ts'

type ConstructorType = Extract<TypeDesc, { kind: 'constructor' }>
type ArrowType = Extract<TypeDesc, { kind: 'arrow' }>

/** A declared type under construction: a mention of it is `recursive`. */
interface Pending {
  readonly mentions: Recursive[]
}

/** Types nested deeper than this in each other have no finite codec. */
const deepest = 200

export class CodecDeriver {
  private readonly env: Env
  private readonly naming: Naming
  private readonly converts: boolean
  private readonly known = new Map<string, Codec | Pending>()
  private depth = 0

  /** `converts`: the values are those of calls, where code can convert them. */
  constructor(env: Env, naming: Naming = erlangNames, converts = false) {
    this.env = env
    this.naming = naming
    this.converts = converts
  }

  /** Throws `BorderError`. */
  codecOf(type: Type): Codec {
    if (this.converts) {
      const element = sequenceElement(this.env, type)
      if (element !== undefined) return this.sequence(element)
    }
    const head = expandHeadPrivate(this.env, type)
    const { desc } = head
    switch (desc.kind) {
      case 'constructor':
        return this.constructorType(head, desc)
      case 'tuple':
        return { kind: 'tuple', elements: desc.elements.map((t) => this.component(t)) }
      case 'variant':
        return this.remembered(head, () => this.polymorphicVariant(desc.row))
      case 'poly':
        return this.codecOf(desc.body)
      case 'arrow':
        return this.function_(head, desc)
      case 'object':
        return { ...this.opaque(head, undefined), methods: () => this.methods(head) }
      default:
        return this.opaque(head, undefined)
    }
  }

  /** The codec of a part of a type. */
  protected component(type: Type): Codec {
    return this.codecOf(type)
  }

  private opaque(type: Type, signature: OpaqueCodec['signature']): OpaqueCodec {
    const key = typeKey(this.env, type, true)
    return {
      kind: 'opaque',
      type: renderType(this.env, type),
      key,
      anything: type.desc.kind === 'variable' || type.desc.kind === 'universal',
      signature,
      takesFuns: this.converts && signature !== undefined && key !== undefined,
    }
  }

  private function_(type: Type, desc: ArrowType): OpaqueCodec {
    const codec = this.opaque(type, () => this.signatureOf(type))
    if (!isSynchronousChannel(desc)) return codec
    const { synchronous: _, ...arrow } = desc
    return {
      ...codec,
      channel: 'synchronous',
      functionKey: typeKey(this.env, { ...type, desc: arrow }, true),
    }
  }

  /** An asynchronous channel: messages can be sent to it as a function is applied. */
  private channel(type: Type, message: Type): OpaqueCodec {
    const signature = () => ({ parameters: [this.component(message)], result: { kind: 'unit' } as const })
    const { takesFuns: takesPids = false, ...codec } = this.opaque(type, signature)
    return { ...codec, channel: 'asynchronous', takesPids }
  }

  /** How a function type is applied: its arrows, as far as they are written. */
  signatureOf(type: Type): FunctionSignature {
    const parameters: Codec[] = []
    let result = expandHeadPrivate(this.env, type)
    while (result.desc.kind === 'arrow') {
      parameters.push(this.component(result.desc.parameter))
      result = repr(result.desc.result)
    }
    return { parameters, result: this.component(result) }
  }

  /** The public methods of an object type that can be called. */
  private methods(type: Type): ReadonlyMap<string, FunctionSignature> {
    const signatures = new Map<string, FunctionSignature>()
    for (const { name, type: method, presence } of methodsOf(type).fields) {
      if (!isPresent(presence)) continue
      try {
        const { desc } = repr(method)
        signatures.set(name, this.signatureOf(desc.kind === 'poly' ? desc.body : method))
      } catch (error) {
        if (!(error instanceof BorderError)) throw error
      }
    }
    return signatures
  }

  // -------------------------------------------------------------------------------------------------------
  // Type constructors

  private constructorType(type: Type, desc: ConstructorType): Codec {
    const [argument] = desc.arguments
    switch (predefinedType(desc.path)) {
      case 'int':
        return { kind: 'int' }
      case 'char':
        return { kind: 'char' }
      case 'string':
        return { kind: 'string', isMutable: false }
      case 'bytes':
        return { kind: 'string', isMutable: true }
      case 'float':
        return { kind: 'float' }
      case 'bool':
        return { kind: 'bool' }
      case 'unit':
        return { kind: 'unit' }
      case 'int32':
      case 'int64':
      case 'nativeint':
        return boxedInteger(predefinedType(desc.path) as 'int32')
      case 'list':
        return { kind: 'list', element: this.component(argument as Type) }
      case 'option':
        return { kind: 'option', element: this.component(argument as Type) }
      case 'array':
        return this.array(type, argument as Type)
      case 'lazy_t':
        return this.converts ? this.suspension(argument as Type) : this.opaque(type, undefined)
      case 'exn':
        return this.naming === erlangNames ? { kind: 'exception' } : this.opaque(type, undefined)
      case 'floatarray':
        return { kind: 'array', element: { kind: 'float' }, flat: true }
      case '<<>>':
        return this.channel(type, argument as Type)
      case undefined:
        return this.library(desc) ?? this.remembered(type, () => this.declared(type, desc))
      default:
        return this.opaque(type, undefined)
    }
  }

  /** Arrays whose layout depends on what is in them cannot be made from outside. */
  private array(type: Type, element: Type): Codec {
    const kind = arrayKindOf(this.env, element)
    if (kind === 'generic') return this.opaque(type, undefined)
    return { kind: 'array', element: this.component(element), flat: kind === 'float' }
  }

  /** Abstract types of the library whose values are known here all the same. */
  private library({ path, arguments: args }: ConstructorType): Codec | undefined {
    if (path.kind === 'dot' && isUnit(path.prefix, 'Erlang') && this.naming === erlangNames)
      return erlangTypes[path.name]
    if (path.kind !== 'dot' || path.name !== 't') return undefined
    const { prefix } = path
    const [first, second] = args
    if (isUnit(prefix, 'Hashtbl') && first !== undefined && second !== undefined)
      return { kind: 'hash-table', key: this.component(first), data: this.component(second) }
    if (isUnit(prefix, 'Uchar') && this.converts) return { kind: 'uchar' }
    if (prefix.kind !== 'apply') return undefined
    if (isMakeOf(prefix.functor, 'Map') && first !== undefined)
      return this.searchTree(prefix.argument, prefix, first)
    return isMakeOf(prefix.functor, 'Set') && this.converts ? this.set(prefix.argument, prefix) : undefined
  }

  private sequence(type: Type): Codec {
    const element = this.component(type)
    return { kind: 'converted', wire: { kind: 'list', element }, conversion: { kind: 'sequence', element } }
  }

  private suspension(type: Type): Codec {
    const element = this.component(type)
    return { kind: 'converted', wire: element, conversion: { kind: 'suspension', element } }
  }

  private set(argument: Path, set: Path): Codec {
    const element = this.component(typeIn(set, 'elt'))
    const order = programOrder(this.env, argument)
    return { kind: 'converted', wire: { kind: 'list', element }, conversion: { kind: 'set', element, order } }
  }

  private searchTree(argument: Path, map: Path, type: Type): Codec {
    const key = this.component(typeIn(map, 'key'))
    const data = this.component(type)
    const order = keyOrder(argument)
    const program = programOrder(this.env, argument)
    if (order !== undefined || !this.converts || program === 'unknown')
      return { kind: 'search-tree', key, data, order }
    return {
      kind: 'converted',
      wire: { kind: 'bindings', key, data },
      conversion: { kind: 'map', key, data, order: program },
    }
  }

  // -------------------------------------------------------------------------------------------------------
  // Recursion

  /** Makes the codec of a type that may mention itself. */
  protected remembered(type: Type, make: () => Codec): Codec {
    const key = typeKey(this.env, type, false) as string
    const known = this.known.get(key)
    if (known !== undefined) return 'mentions' in known ? mention(known) : known
    if (this.depth > deepest)
      throw new BorderError(`type ${renderType(this.env, type)} has no finite description`)
    const pending: Pending = { mentions: [] }
    this.known.set(key, pending)
    this.depth += 1
    try {
      const codec = make()
      for (const m of pending.mentions) m.target = codec
      this.known.set(key, codec)
      return codec
    } catch (error) {
      this.known.delete(key)
      throw error
    } finally {
      this.depth -= 1
    }
  }

  // -------------------------------------------------------------------------------------------------------
  // Declared types

  private declared(type: Type, desc: ConstructorType): Codec {
    const declaration = findType(this.env, desc.path)
    if (declaration === undefined) return this.opaque(type, undefined)
    const { kind } = declaration
    switch (kind.kind) {
      case 'abstract':
      case 'open':
        return this.opaque(type, undefined)
      case 'record':
        return this.record(
          kind.labels,
          kind.representation,
          desc.arguments,
          this.naming.taggedRecord(declaration, desc.path),
        )
      case 'variant':
        if (kind.constructors.some((c) => c.generalized)) return this.opaque(type, undefined)
        return this.variant(kind.constructors, desc)
    }
  }

  private record(
    labels: readonly LabelDescription[],
    representation: RecordRepresentation,
    args: readonly Type[],
    tupleName: Name | undefined,
  ): RecordCodec {
    const fields = labels.map((label): Field => {
      const name = this.naming.field(label)
      return { name, codec: this.component(instantiate(label.record, args, label.type)) }
    })
    return {
      kind: 'record',
      fields,
      byName: indexByName(fields, 'field'),
      tupleName,
      ...recordLayout(representation),
    }
  }

  private variant(constructors: readonly ConstructorDescription[], desc: ConstructorType): VariantCodec {
    const made = constructors.map((c) => this.constructor_(c, desc.arguments))
    const byName = new Map<string, Constructor>()
    for (const c of made) {
      if (byName.has(c.name.text)) {
        throw new BorderError(
          `type ${printPath(desc.path)} has two constructors that are ${c.name.text} in Erlang`,
        )
      }
      byName.set(c.name.text, c)
    }
    return {
      kind: 'variant',
      constants: made.filter((c) => c.kind === 'constant'),
      blocks: made.filter((c) => c.kind !== 'constant'),
      byName,
    }
  }

  private constructor_(c: ConstructorDescription, args: readonly Type[]): Constructor {
    const name = this.naming.constructorOf(c)
    if (c.tag.kind === 'constant') return { kind: 'constant', name, index: c.tag.index }
    const tag = c.tag.kind === 'block' ? c.tag.tag : 0
    return { kind: c.tag.kind === 'unboxed' ? 'unboxed' : 'block', name, tag, ...this.payload(c, args) }
  }

  /** The arguments of a constructor, `args` being those of the type that it builds. */
  private payload(
    c: ConstructorDescription,
    args: readonly Type[],
  ): Pick<BlockConstructor, 'arguments' | 'inlined'> {
    if (c.inlined !== undefined) {
      return { arguments: [], inlined: this.inlineRecord(c, c.inlined, args) }
    }
    return {
      arguments: c.arguments.map((t) => this.component(instantiate(c.result, args, t))),
      inlined: undefined,
    }
  }

  private inlineRecord(
    c: ConstructorDescription,
    labels: readonly LabelDescription[],
    args: readonly Type[],
  ): RecordCodec {
    const fields = labels.map((label): Field => {
      const name = this.naming.field(label)
      const own = repr(label.record)
      // Labels of an inline record share variables with its own type, whose arguments are those of the variant.
      const scope =
        own.desc.kind === 'constructor' && own.desc.arguments.length === args.length ? own : c.result
      return { name, codec: this.component(instantiate(scope, args, label.type)) }
    })
    const representation = labels[0]?.representation ?? 'regular'
    return {
      kind: 'record',
      fields,
      byName: indexByName(fields, 'field'),
      tupleName: undefined,
      ...recordLayout(representation),
    }
  }

  /** The codecs of an exception's arguments. */
  exceptionPayload(c: ConstructorDescription): Pick<BlockConstructor, 'arguments' | 'inlined'> {
    return this.payload(c, [])
  }

  // -------------------------------------------------------------------------------------------------------
  // Polymorphic variants

  private polymorphicVariant(row: Row): Codec {
    const made: PolymorphicTag[] = []
    for (const [tag, field] of flattenRow(row).fields) {
      const found = this.polymorphicTag(tag, rowFieldState(field))
      if (found !== undefined) made.push(found)
    }
    const byName = new Map(made.map((tag) => [tag.name.text, tag]))
    if (byName.size < made.length)
      throw new BorderError('two tags of a polymorphic variant are one atom in Erlang')
    return {
      kind: 'polymorphic-variant',
      tags: made,
      byName,
      byHash: new Map(made.map((tag) => [tag.hash, tag])),
    }
  }

  private polymorphicTag(tag: string, state: RowField['state']): PolymorphicTag | undefined {
    const base = { name: this.naming.tag(tag), hash: hashVariant(tag) }
    if (state.kind === 'absent' || state.kind === 'link') return undefined
    const argument = state.kind === 'present' ? state.argument : state.arguments[0]
    const constant =
      state.kind === 'present' ? argument === undefined : state.constant || argument === undefined
    if (argument === undefined) return { ...base, constant, arguments: [], isTuple: false }
    const { desc } = expandHeadPrivate(this.env, argument)
    const isTuple = desc.kind === 'tuple'
    const parts = isTuple ? desc.elements : [argument]
    return { ...base, constant, arguments: parts.map((t) => this.component(t)), isTuple }
  }
}

/**
 * Derives one level of a type: each component is a placeholder whose type is known, so that a walk over types can see how each
 * of them crosses the border.
 */
export class LevelDeriver extends CodecDeriver {
  private readonly types = new Map<Codec, Type>()

  constructor(env: Env) {
    super(env, erlangNames, true)
  }

  protected override component(type: Type): Codec {
    const placeholder: Codec = { kind: 'recursive', target: undefined }
    this.types.set(placeholder, type)
    return placeholder
  }

  protected override remembered(_type: Type, make: () => Codec): Codec {
    return make()
  }

  /** The type that a placeholder stands for. */
  typeOf(placeholder: Recursive): Type {
    const type = this.types.get(placeholder)
    if (type === undefined) throw new Crash('a placeholder of another derivation')
    return type
  }
}

/** A channel of one message. What is written with more arrows is applied as a function. */
export function isSynchronousChannel({ synchronous, result }: ArrowType): boolean {
  return synchronous === true && repr(result).desc.kind !== 'arrow'
}

function mention(pending: Pending): Recursive {
  const codec: Recursive = { kind: 'recursive', target: undefined }
  pending.mentions.push(codec)
  return codec
}

function boxedInteger(name: 'int32' | 'int64' | 'nativeint'): Codec {
  return { kind: 'boxed-integer', operations: customOperations[name], bits: name === 'int32' ? 32 : 64 }
}

function recordLayout(representation: RecordRepresentation): Pick<RecordCodec, 'layout' | 'tag' | 'first'> {
  if (representation === 'float') return { layout: 'flat', tag: tags.doubleArray, first: 0 }
  if (representation === 'unboxed') return { layout: 'unboxed', tag: 0, first: 0 }
  if (representation === 'regular') return { layout: 'block', tag: 0, first: 0 }
  if (representation.kind === 'extension') return { layout: 'block', tag: 0, first: 1 }
  return { layout: 'block', tag: representation.tag, first: 0 }
}

function indexByName(fields: readonly Field[], what: string): ReadonlyMap<string, number> {
  const byName = new Map(fields.map((f, i) => [f.name.text, i]))
  if (byName.size < fields.length) throw new BorderError(`two ${what}s have the same name in Erlang`)
  return byName
}

/** Types of the library's `Erlang`. */
const erlangTypes: Readonly<Record<string, Codec>> = {
  term: { kind: 'term' },
  pid: { kind: 'identifier', of: 'pid' },
  reference: { kind: 'identifier', of: 'reference' },
  port: { kind: 'identifier', of: 'port' },
  func: { kind: 'identifier', of: 'fun' },
}

function isUnit(path: Path, name: string): boolean {
  if (path.kind === 'ident') return path.ident.stamp === 0 && path.ident.name === name
  return path.kind === 'dot' && path.name === name && isUnit(path.prefix, 'Stdlib')
}

function isMakeOf(path: Path, unit: string): boolean {
  return path.kind === 'dot' && path.name === 'Make' && isUnit(path.prefix, unit)
}

/** Modules of the library whose `compare` is the order of immediates or of bytes. */
function keyOrder(argument: Path): KeyOrder | undefined {
  if (['Int', 'Char', 'Bool', 'Unit'].some((name) => isUnit(argument, name))) return 'immediate'
  return ['String', 'Bytes'].some((name) => isUnit(argument, name)) ? 'string' : undefined
}

/** Modules of the library whose `compare` is that of `Stdlib`. */
const naturalKeys = [
  'Int',
  'Char',
  'Bool',
  'Unit',
  'String',
  'Bytes',
  'Float',
  'Int32',
  'Int64',
  'Nativeint',
  'Uchar',
]

/** The order of the keys of a map or a set, given the module of the key. */
function programOrder(env: Env, argument: Path): ProgramOrder {
  if (naturalKeys.some((name) => isUnit(argument, name))) return 'natural'
  const address = findValue(env, { kind: 'dot', prefix: argument, name: 'compare' })?.address
  return address !== undefined && inUnit(address) ? address : 'unknown'
}

function inUnit(address: Address): boolean {
  return address.kind === 'field' ? inUnit(address.module) : address.kind === 'unit'
}

/** A type of a module, without arguments. */
function typeIn(module: Path, name: string): Type {
  const path: Path = { kind: 'dot', prefix: module, name }
  return { desc: { kind: 'constructor', path, arguments: [] }, level: 0, scope: 0, id: 0 }
}

/** What the elements of a sequence are, if the type is `Seq.t` or an abbreviation of it. */
export function sequenceElement(env: Env, type: Type): Type | undefined {
  for (let t: Type | undefined = repr(type); t !== undefined; t = expandOnce(env, t, true)) {
    const { desc } = t
    if (desc.kind !== 'constructor') return undefined
    const { path } = desc
    if (path.kind === 'dot' && path.name === 't' && isUnit(path.prefix, 'Seq')) return desc.arguments[0]
  }
  return undefined
}
