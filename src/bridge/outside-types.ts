/**
 * From the exports of OCaml units to the types that Erlang sees.
 *
 * How a type crosses is decided in one place, the derivation of codecs: this walk asks it one level at a time (`LevelDeriver`), and adds what
 * codecs do not need, names and parameters. Declared types become definitions, `'a tree` a definition with a parameter; other types are written
 * out where they stand.
 *
 * A declaration that crosses in a way that depends on its arguments, or whose parameters are constrained, gets a definition for each instance. That
 * it does may be found late, so the walk starts again when it is.
 *
 * Values of a named type are described as they come out; where a parameter is no named type, its type also admits what is accepted inwards
 * (integers for floats, chardata for strings).
 */

import { type Env, findType } from '../typing/env.ts'
import { expandHeadPrivate, expandOnce } from '../typing/expand.ts'
import type { Path } from '../typing/ident.ts'
import { predefinedType } from '../typing/predef.ts'
import { arrayKindOf } from '../typing/representation.ts'
import { componentsOfDesc, pathKey } from '../typing/subst.ts'
import { constructorType } from '../typing/type-graph.ts'
import { genericLevel, repr, type Type, type TypeDeclaration, type TypeDesc } from '../typing/types.ts'
import type { BlockConstructor, Codec, OpaqueCodec, RecordCodec } from './codec.ts'
import { LevelDeriver } from './derive.ts'
import { type CallForm, type ExportedFunction, exportsOf } from './exports.ts'
import {
  builtin,
  handle,
  literal,
  type OutsideForm,
  type OutsideFunction,
  type OutsideInterface,
  type OutsideParameter,
  type OutsideType,
  type TypeDefinition,
  tupleOf,
  unionOf,
} from './outside-type.ts'
import { renderType } from './render-type.ts'
import { typeKey } from './type-key.ts'
import { typeName, UniqueNames, unitOfPath } from './type-names.ts'

type ConstructorType = Extract<TypeDesc, { kind: 'constructor' }>

/** Where a type is mentioned. */
interface Place {
  /** The unit whose module mentions it. */
  readonly unit: string
  /** The parameters of the definition around it, by their variables. */
  readonly scope: ReadonlyMap<Type, string>
  /** The declaration around it, if it has parameters. */
  readonly declaration: string | undefined
  /** It is what a caller gives. */
  readonly inward: boolean
}

/** The interfaces of several units; a type of one of them that another mentions is the same there. */
export function outsideInterfaces(
  env: Env,
  units: readonly string[],
  isOfLibrary: (unit: string) => boolean,
): readonly OutsideInterface[] {
  const instanced = new Set<string>()
  for (;;) {
    const known = instanced.size
    const walk = new Walk(env, new Set(units), isOfLibrary, instanced)
    const interfaces = units.map((unit) => walk.interfaceOf(unit))
    if (instanced.size === known) return interfaces
  }
}

class Walk {
  private readonly env: Env
  private readonly units: ReadonlySet<string>
  private readonly isOfLibrary: (unit: string) => boolean
  /** Declarations (by unit and path) that have a definition for each instance. */
  private readonly instanced: Set<string>
  private readonly level: LevelDeriver
  private readonly definitions = new Map<string, TypeDefinition>()
  private readonly byUnit = new Map<string, TypeDefinition[]>()
  private readonly names = new Map<string, UniqueNames>()
  /** Polymorphic variants around the present type; a definition when one mentions itself. */
  private readonly openRows = new Map<Type, { definition: TypeDefinition | undefined }>()

  constructor(
    env: Env,
    units: ReadonlySet<string>,
    isOfLibrary: Walk['isOfLibrary'],
    instanced: Set<string>,
  ) {
    this.env = env
    this.units = units
    this.isOfLibrary = isOfLibrary
    this.instanced = instanced
    this.level = new LevelDeriver(env)
    for (const unit of units) this.byUnit.set(unit, [])
  }

  interfaceOf(unit: string): OutsideInterface {
    const { functions } = exportsOf(this.env, unit)
    const described = [...functions.values()].map((f) => this.function_(f))
    return { unit, functions: described, types: this.definitionsOf(unit) }
  }

  private definitionsOf(unit: string): TypeDefinition[] {
    const found = this.byUnit.get(unit) ?? []
    this.byUnit.set(unit, found)
    return found
  }

  // -------------------------------------------------------------------------------------------------------
  // Functions

  private function_(f: ExportedFunction): OutsideFunction {
    const forms = [...f.forms.values()].filter((form) => !isUnitForm(f, form))
    return { name: f.name, type: f.type, forms: forms.map((form) => this.form(f, form)) }
  }

  private form(f: ExportedFunction, form: CallForm): OutsideForm {
    const place: Place = { unit: f.unit, scope: new Map(), declaration: undefined, inward: true }
    const parameters = form.arrows.parameters.map(({ label, type }): OutsideParameter => {
      return { label: label === '' ? undefined : label.slice(1), type: this.type(type, place) }
    })
    return { parameters, result: this.type(form.arrows.result, { ...place, inward: false }) }
  }

  // -------------------------------------------------------------------------------------------------------
  // Types

  private type(type: Type, place: Place): OutsideType {
    const t = repr(type)
    const parameter = place.scope.get(t)
    if (parameter !== undefined) return { kind: 'parameter', name: parameter }
    switch (t.desc.kind) {
      case 'constructor':
        return this.constructorType(t, t.desc, place)
      case 'variant':
        return this.row(t, place)
      case 'poly':
        return this.type(t.desc.body, place)
      default:
        return this.structure(t, place)
    }
  }

  /** A type that has no name here, one level deep. */
  private structure(t: Type, place: Place): OutsideType {
    const codec = this.level.codecOf(t)
    return codec.kind === 'opaque' ? this.opaque(codec, t, place) : this.codec(codec, place)
  }

  /** A handle or a pid; of a function also a fun, in both directions, since one that has come in goes out as it is. */
  private opaque(codec: OpaqueCodec, t: Type, place: Place): OutsideType {
    // An asynchronous channel has a signature, too, but no fun stands for it.
    const signature = t.desc.kind === 'arrow' ? codec.signature?.() : undefined
    if (signature === undefined || !(codec.takesFuns === true || this.isClosed(t, place)))
      return nameOf(codec)
    const { parameters, result } = signature
    const takesNothing = parameters.length === 1 && this.isUnit(parameters[0] as Codec)
    const given = { ...place, inward: false }
    const fun: OutsideType = {
      kind: 'function',
      parameters: takesNothing ? [] : parameters.map((p) => this.codec(p, given)),
      result: this.codec(result, place),
    }
    return unionOf([fun, nameOf(codec)])
  }

  private isUnit(codec: Codec): boolean {
    const type = codec.kind === 'recursive' ? this.level.typeOf(codec) : undefined
    return type !== undefined && this.level.codecOf(type).kind === 'unit'
  }

  /** Whether all its variables are parameters of the definition around it. */
  private isClosed(type: Type, place: Place, seen = new Set<Type>()): boolean {
    const t = repr(type)
    if (place.scope.has(t) || seen.has(t)) return true
    seen.add(t)
    if (t.desc.kind === 'variable' || t.desc.kind === 'universal') return false
    return componentsOfDesc(t.desc).every((part) => this.isClosed(part, place, seen))
  }

  private constructorType(t: Type, desc: ConstructorType, place: Place): OutsideType {
    const { path } = desc
    if (predefinedType(path) !== undefined) return this.predefined(t, desc, place)
    const declaration = findType(this.env, path)
    if (declaration === undefined) return this.structure(t, place)
    const unit = unitOfPath(path)
    if (unit !== undefined && this.isOfLibrary(unit)) return this.libraryType(t, declaration, desc, place)
    return this.named(t, desc, declaration, place)
  }

  /** Whether an array of a parameter can be made from outside depends on what the parameter stands for. */
  private predefined(t: Type, { path, arguments: [element] }: ConstructorType, place: Place): OutsideType {
    const depends =
      predefinedType(path) === 'array' &&
      arrayKindOf(this.env, element as Type) === 'generic' &&
      this.mentionsScope(element as Type, place)
    if (depends) this.dependsOnArguments(place)
    return this.structure(t, place)
  }

  /** Abbreviations of the library are looked through, its types of the unit Stdlib and its abstract types are written out. */
  private libraryType(
    t: Type,
    declaration: TypeDeclaration,
    desc: ConstructorType,
    place: Place,
  ): OutsideType {
    const { kind } = declaration.kind
    if (unitOfPath(desc.path) === 'Stdlib' && desc.path.kind === 'dot' && desc.path.prefix.kind === 'ident')
      return this.structure(t, place)
    const codec = this.level.codecOf(t)
    if (codec.kind === kind) return this.named(t, desc, declaration, place)
    const isAbbreviation = kind === 'abstract' && declaration.manifest !== undefined
    if (!isAbbreviation || codec.kind === 'converted') return this.codec(codec, place)
    return this.type(expandOnce(this.env, t, true) ?? expandHeadPrivate(this.env, t), place)
  }

  // -------------------------------------------------------------------------------------------------------
  // Definitions

  private named(t: Type, desc: ConstructorType, declaration: TypeDeclaration, place: Place): OutsideType {
    const root = unitOfPath(desc.path)
    const unit = root !== undefined && this.units.has(root) ? root : place.unit
    const key = `${unit} ${pathKey(desc.path)}`
    if (this.instanced.has(key) || !hasPlainParameters(declaration)) {
      if (desc.arguments.some((a) => this.mentionsScope(a, place))) this.dependsOnArguments(place)
      const instance = `${unit} ${typeKey(this.env, t, false)}`
      const definition =
        this.definitions.get(instance) ?? this.defineInstance(instance, unit, t, desc, declaration)
      return { kind: 'named', definition, arguments: [] }
    }
    const args = desc.arguments.map((a) => this.type(a, { ...place, inward: false }))
    const definition = this.definitions.get(key) ?? this.define(key, unit, desc.path, declaration)
    return { kind: 'named', definition, arguments: args }
  }

  private add(key: string | undefined, definition: TypeDefinition): TypeDefinition {
    if (key !== undefined) this.definitions.set(key, definition)
    this.definitionsOf(definition.unit).push(definition)
    return definition
  }

  private uniqueName(unit: string, name: string): string {
    const names = this.names.get(unit) ?? new UniqueNames()
    this.names.set(unit, names)
    return names.of(name)
  }

  private define(key: string, unit: string, path: Path, declaration: TypeDeclaration): TypeDefinition {
    const variables = declaration.parameters.map(repr)
    const parameters = parameterNames(variables)
    const self = constructorType(path, variables, genericLevel)
    const definition = this.add(key, {
      unit,
      name: this.uniqueName(unit, typeName(path, unit)),
      parameters,
      body: handle,
      ...this.privacy(unit, path, self, declaration),
    })
    const scope = new Map(variables.map((v, i) => [v, parameters[i] as string]))
    const place: Place = { unit, scope, declaration: variables.length === 0 ? undefined : key, inward: false }
    definition.body = this.body(self, declaration, place)
    return definition
  }

  private defineInstance(
    key: string,
    unit: string,
    t: Type,
    { path }: ConstructorType,
    declaration: TypeDeclaration,
  ): TypeDefinition {
    const definition = this.add(key, {
      unit,
      name: this.uniqueName(unit, typeName(path, unit)),
      parameters: [],
      body: handle,
      ...this.privacy(unit, path, t, declaration),
    })
    const place: Place = { unit, scope: new Map(), declaration: undefined, inward: false }
    definition.body = this.body(t, declaration, place)
    return definition
  }

  /** What `self`, which is declared so, is made of. */
  private body(self: Type, declaration: TypeDeclaration, place: Place): OutsideType {
    if (declaration.kind.kind !== 'abstract' || declaration.manifest === undefined)
      return this.structure(self, place)
    const expanded = expandOnce(this.env, self, true)
    return expanded === undefined ? this.structure(self, place) : this.type(expanded, place)
  }

  /** Values of an abstract type are nobody's business but its own module's; a handle of another kind says what it stands for. */
  private privacy(
    unit: string,
    path: Path,
    self: Type,
    { kind, manifest }: TypeDeclaration,
  ): Pick<TypeDefinition, 'opaque' | 'note'> {
    const isAbstract = kind.kind === 'abstract' && manifest === undefined
    const codec = this.level.codecOf(self)
    const note =
      codec.kind === 'opaque' && !isAbstract
        ? renderType(this.env, expandHeadPrivate(this.env, self))
        : undefined
    return { opaque: isAbstract && unitOfPath(path) === unit && codec.kind === 'opaque', note }
  }

  /** The declaration around a place has no one definition for all its arguments. */
  private dependsOnArguments({ declaration }: Place): void {
    if (declaration !== undefined) this.instanced.add(declaration)
  }

  private mentionsScope(type: Type, { scope }: Place, seen = new Set<Type>()): boolean {
    const t = repr(type)
    if (scope.has(t)) return true
    if (scope.size === 0 || seen.has(t)) return false
    seen.add(t)
    return componentsOfDesc(t.desc).some((part) => this.mentionsScope(part, { scope } as Place, seen))
  }

  // -------------------------------------------------------------------------------------------------------
  // Polymorphic variants

  private row(t: Type, place: Place): OutsideType {
    const around = this.openRows.get(t)
    if (around !== undefined) {
      around.definition ??= this.rowDefinition(place)
      return this.rowReference(around.definition)
    }
    const open: { definition: TypeDefinition | undefined } = { definition: undefined }
    this.openRows.set(t, open)
    const written = this.structure(t, place)
    const { definition } = open
    if (definition !== undefined) definition.body = this.structure(t, { ...place, inward: false })
    this.openRows.delete(t)
    return definition === undefined ? written : this.rowReference(definition)
  }

  private rowDefinition({ unit, scope }: Place): TypeDefinition {
    const name = this.uniqueName(unit, 'variant')
    const parameters = [...scope.values()]
    return this.add(undefined, { unit, name, parameters, body: handle, opaque: false, note: undefined })
  }

  private rowReference(definition: TypeDefinition): OutsideType {
    const args = definition.parameters.map((name): OutsideType => ({ kind: 'parameter', name }))
    return { kind: 'named', definition, arguments: args }
  }

  // -------------------------------------------------------------------------------------------------------
  // One level of a type, as it crosses

  private codec(codec: Codec, place: Place): OutsideType {
    const part = (c: Codec): OutsideType => this.codec(c, place)
    switch (codec.kind) {
      case 'int':
        return builtin('integer')
      case 'char':
        return { kind: 'range', from: 0, to: 255 }
      case 'uchar':
        return { kind: 'range', from: 0, to: 0x10ffff }
      case 'boxed-integer':
        return codec.bits === 32 ? { kind: 'range', from: -(2 ** 31), to: 2 ** 31 - 1 } : builtin('integer')
      case 'float':
        return builtin(place.inward ? 'number' : 'float')
      case 'bool':
        return builtin('boolean')
      case 'unit':
        return literal('ok')
      case 'string':
        return builtin(place.inward ? 'chardata' : 'binary')
      case 'list':
      case 'array':
        return { kind: 'list', element: part(codec.element) }
      case 'tuple':
        return tupleOf(...codec.elements.map(part))
      case 'option':
        return unionOf([literal('undefined'), tupleOf(literal('some'), part(codec.element))])
      case 'record':
        return this.record(codec, place)
      case 'variant':
        return unionOf([
          ...[...codec.byName.values()].map((c) =>
            c.kind === 'constant' ? literal(c.name.text) : this.block(c, place),
          ),
        ])
      case 'polymorphic-variant':
        return unionOf(
          codec.tags.flatMap((tag) => [
            ...(tag.constant ? [literal(tag.name.text)] : []),
            ...(tag.arguments.length > 0
              ? [tupleOf(literal(tag.name.text), ...tag.arguments.map(part))]
              : []),
          ]),
        )
      case 'hash-table':
      case 'search-tree':
      case 'bindings':
        return { kind: 'table', key: part(codec.key), data: part(codec.data) }
      case 'term':
        return builtin('term')
      case 'identifier':
        return builtin(codec.of === 'fun' ? 'function' : codec.of)
      case 'exception':
        return tupleOf(literal('ocaml'), builtin('atom'), { kind: 'list', element: builtin('term') })
      case 'converted':
        return part(codec.wire)
      case 'opaque':
        return nameOf(codec)
      case 'recursive':
        return this.type(this.level.typeOf(codec), place)
    }
  }

  private record(codec: RecordCodec, place: Place): OutsideType {
    const types = codec.fields.map((f) => this.codec(f.codec, place))
    if (codec.tupleName !== undefined) return tupleOf(literal(codec.tupleName.text), ...types)
    const fields = codec.fields.map((f, i) => ({ name: f.name.text, type: types[i] as OutsideType }))
    return { kind: 'map', fields }
  }

  private block(c: BlockConstructor, place: Place): OutsideType {
    const args = c.inlined === undefined ? c.arguments : [c.inlined]
    return tupleOf(literal(c.name.text), ...args.map((a) => this.codec(a, place)))
  }
}

/** What stands for a value that has no form of its own. */
const nameOf = (codec: OpaqueCodec): OutsideType => (codec.channel === undefined ? handle : builtin('pid'))

/** `f(ok)` beside `f()`; a message `ok` to a channel is another thing. */
function isUnitForm(f: ExportedFunction, form: CallForm): boolean {
  const [only] = form.parameters
  return (
    only?.kind === 'unit' && form.parameters.length === 1 && f.forms.has(0) && f.channel !== 'asynchronous'
  )
}

function hasPlainParameters({ parameters }: TypeDeclaration): boolean {
  const variables = new Set(parameters.map(repr))
  return variables.size === parameters.length && [...variables].every((v) => v.desc.kind === 'variable')
}

/** As they are written, or a, b, c where that does not tell them apart. */
function parameterNames(variables: readonly Type[]): readonly string[] {
  const written = variables.map((v) => (v.desc.kind === 'variable' ? v.desc.name : undefined))
  const usable = written.every(
    (name) => name !== undefined && /^[a-z][a-z0-9_]*$/.test(name) && name !== 'end',
  )
  return usable && new Set(written).size === written.length
    ? (written as string[])
    : variables.map((_, i) => String.fromCharCode(97 + (i % 26)) + (i < 26 ? '' : Math.floor(i / 26)))
}
