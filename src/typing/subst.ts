/**
 * Substitution of idents by paths in types, declarations and module types.
 *
 * This is how a component of a signature gets its full name (`t` inside M becomes `M.t`), how a functor's
 * parameter becomes its argument, and how `with type t := …` disappears.
 *
 * Invariants: variables are never copied (generalised ones are shared by all instances of a declaration,
 * others must stay the same unknown), and what mentions no substituted ident is returned as it is.
 */

import { mapClassDeclaration, mapClassTypeDeclaration } from './class-types.ts'
import type { Ident, Path } from './ident.ts'
import { freshIdent } from './ident.ts'
import { newType } from './type-graph.ts'
import {
  type ClassDeclaration,
  type ClassTypeDeclaration,
  type ConstructorDescription,
  type ConstructorTag,
  type ExtensionDeclaration,
  type FunctorParameter,
  type LabelDescription,
  type ModuleType,
  type RecordRepresentation,
  type Row,
  type RowField,
  repr,
  type Signature,
  type SignatureItem,
  type Type,
  type TypeDeclaration,
  type TypeDesc,
  type TypeKind,
  type ValueDescription,
} from './types.ts'

/** A type with parameters: what `with type ('a, 'b) t := …` puts in place of `t`. */
export interface TypeFunction {
  readonly parameters: readonly Type[]
  readonly body: Type
}

/** What each ident becomes, by stamp. The name spaces need no separation: stamps are unique. */
export interface Substitution {
  readonly paths: ReadonlyMap<number, Path>
  /** Keyed by `pathKey`; looked at before `paths`. */
  readonly typeFunctions: ReadonlyMap<string, TypeFunction>
  readonly moduleTypes: ReadonlyMap<string, ModuleType>
}

const nothing: ReadonlyMap<never, never> = new Map<never, never>()

export const emptySubstitution: Substitution = {
  paths: nothing,
  typeFunctions: nothing,
  moduleTypes: nothing,
}

export function substitution(pairs: Iterable<readonly [Ident, Path]>): Substitution {
  const paths = new Map<number, Path>()
  for (const [ident, path] of pairs) paths.set(ident.stamp, path)
  return { ...emptySubstitution, paths }
}

/** A key under which two paths are equal exactly when `samePath` holds. */
export function pathKey(path: Path): string {
  if (path.kind === 'ident') return `${path.ident.name}/${path.ident.stamp}`
  if (path.kind === 'dot') return `${pathKey(path.prefix)}.${path.name}`
  return `${pathKey(path.functor)}(${pathKey(path.argument)})`
}

const isEmpty = (s: Substitution): boolean =>
  s.paths.size === 0 && s.typeFunctions.size === 0 && s.moduleTypes.size === 0

/** Units (stamp 0) are never substituted. */
export function substPath(s: Substitution, path: Path): Path {
  if (path.kind === 'ident') return (path.ident.stamp !== 0 && s.paths.get(path.ident.stamp)) || path
  if (path.kind === 'dot') {
    const prefix = substPath(s, path.prefix)
    return prefix === path.prefix ? path : { kind: 'dot', prefix, name: path.name }
  }
  const functor = substPath(s, path.functor)
  const argument = substPath(s, path.argument)
  if (functor === path.functor && argument === path.argument) return path
  return { kind: 'apply', functor, argument }
}

const pathChanges = (s: Substitution, path: Path): boolean =>
  substPath(s, path) !== path || (s.typeFunctions.size > 0 && s.typeFunctions.has(pathKey(path)))

// ---------------------------------------------------------------------------------------------------------
// Types

/** The direct components of a node. */
export function componentsOfDesc(desc: TypeDesc): readonly Type[] {
  switch (desc.kind) {
    case 'variable':
    case 'universal':
    case 'nil':
      return []
    case 'arrow':
      return [desc.parameter, desc.result]
    case 'tuple':
      return desc.elements
    case 'constructor':
      return desc.arguments
    case 'link':
      return [desc.to]
    case 'poly':
      return [...desc.variables, desc.body]
    case 'variant':
      return componentsOfRow(desc.row)
    case 'object':
      return desc.name === undefined ? [desc.fields] : [desc.fields, ...desc.name.arguments]
    case 'field':
      return [desc.type, desc.rest]
    case 'package':
      return desc.constraints.map((constraint) => constraint.type)
  }
}

export function rowFieldState(field: RowField): Exclude<RowField['state'], { kind: 'link' }> {
  let state = field.state
  while (state.kind === 'link') state = state.to.state
  return state
}

/** The arguments of the tags, the row variable and the arguments of the row's name. */
function componentsOfRow(row: Row): readonly Type[] {
  const found: Type[] = []
  for (const field of row.fields.values()) {
    const state = rowFieldState(field)
    if (state.kind === 'present' && state.argument !== undefined) found.push(state.argument)
    if (state.kind === 'either') found.push(...state.arguments)
  }
  found.push(row.more)
  if (row.name !== undefined) found.push(...row.name.arguments)
  return found
}

function descChanges(s: Substitution, desc: TypeDesc): boolean {
  if (desc.kind === 'constructor' || desc.kind === 'package') return pathChanges(s, desc.path)
  if (desc.kind === 'variant') return desc.row.name !== undefined && pathChanges(s, desc.row.name.path)
  return desc.kind === 'object' && desc.name !== undefined && pathChanges(s, desc.name.path)
}

function mentions(s: Substitution, type: Type, seen: Set<Type>): boolean {
  const t = repr(type)
  if (seen.has(t)) return false
  seen.add(t)
  if (descChanges(s, t.desc)) return true
  return componentsOfDesc(t.desc).some((component) => mentions(s, component, seen))
}

type Copy = (type: Type) => Type

/** Rebuilds a node from `copy` of its components; `path` renames what it mentions. */
export function mapDesc(desc: TypeDesc, copy: Copy, path: (path: Path) => Path = (p) => p): TypeDesc {
  switch (desc.kind) {
    case 'variable':
    case 'universal':
    case 'nil':
      return desc
    case 'arrow':
      return { ...desc, parameter: copy(desc.parameter), result: copy(desc.result) }
    case 'tuple':
      return { kind: 'tuple', elements: desc.elements.map(copy) }
    case 'constructor':
      return { kind: 'constructor', path: path(desc.path), arguments: desc.arguments.map(copy) }
    case 'link':
      return { kind: 'link', to: copy(desc.to) }
    case 'poly':
      return { kind: 'poly', variables: desc.variables.map(copy), body: copy(desc.body) }
    case 'variant':
      return { kind: 'variant', row: mapRow(desc.row, copy, path) }
    case 'object':
      return mapObject(desc, copy, path)
    case 'field':
      return { ...desc, type: copy(desc.type), rest: copy(desc.rest) }
    case 'package':
      return {
        kind: 'package',
        path: path(desc.path),
        constraints: desc.constraints.map((c) => ({ path: c.path, type: copy(c.type) })),
      }
  }
}

function mapObject(
  desc: Extract<TypeDesc, { kind: 'object' }>,
  copy: Copy,
  path: (path: Path) => Path,
): TypeDesc {
  const fields = copy(desc.fields)
  if (desc.name === undefined) return { kind: 'object', fields }
  return {
    kind: 'object',
    fields,
    name: { path: path(desc.name.path), arguments: desc.name.arguments.map(copy) },
  }
}

export function mapRow(row: Row, copy: Copy, path: (path: Path) => Path): Row {
  const fields = new Map<string, RowField>()
  for (const [tag, field] of row.fields) fields.set(tag, mapRowField(field, copy))
  const { name, ...rest } = row
  const mapped = { ...rest, fields, more: copy(row.more) }
  if (name === undefined) return mapped
  return { ...mapped, name: { path: path(name.path), arguments: name.arguments.map(copy) } }
}

/** A field that is still undecided stays the same mutable cell unless its argument changes. */
function mapRowField(field: RowField, copy: Copy): RowField {
  const state = rowFieldState(field)
  if (state.kind === 'absent') return field
  if (state.kind === 'present') {
    return {
      state: { kind: 'present', argument: state.argument === undefined ? undefined : copy(state.argument) },
    }
  }
  const args = state.arguments.map(copy)
  if (args.every((argument, i) => argument === state.arguments[i])) return field
  return { state: { ...state, arguments: args } }
}

type Memo = Map<Type, Type>

function applyTypeFunction(s: Substitution, f: TypeFunction, args: readonly Type[], memo: Memo): Type {
  const inner: Memo = new Map()
  f.parameters.forEach((parameter, i) => {
    inner.set(repr(parameter), copyType(s, args[i] as Type, memo))
  })
  return copyType(emptySubstitution, f.body, inner)
}

function copyType(s: Substitution, type: Type, memo: Memo): Type {
  const t = repr(type)
  const known = memo.get(t)
  if (known !== undefined) return known
  const { desc } = t
  if (desc.kind === 'variable' || desc.kind === 'universal' || desc.kind === 'nil') return t
  if (desc.kind === 'constructor' && s.typeFunctions.size > 0) {
    const f = s.typeFunctions.get(pathKey(desc.path))
    if (f !== undefined) return applyTypeFunction(s, f, desc.arguments, memo)
  }
  const copy = newType({ kind: 'nil' }, t.level)
  memo.set(t, copy)
  copy.desc = mapDesc(
    desc,
    (component) => copyType(s, component, memo),
    (path) => substPath(s, path),
  )
  return copy
}

export function substType(s: Substitution, type: Type): Type {
  if (isEmpty(s) || !mentions(s, type, new Set())) return type
  return copyType(s, type, new Map())
}

/** Substitution in several types that share parts. */
export function typeSubstituter(s: Substitution): (type: Type) => Type {
  if (isEmpty(s)) return (type) => type
  const memo: Memo = new Map()
  return (type) => copyType(s, type, memo)
}

/** The body of a type function with arguments in place of its parameters. */
export function applyFunction(f: TypeFunction, args: readonly Type[]): Type {
  return applyTypeFunction(emptySubstitution, f, args, new Map())
}

// ---------------------------------------------------------------------------------------------------------
// Descriptions and declarations

export function substValue(s: Substitution, value: ValueDescription): ValueDescription {
  const type = substType(s, value.type)
  return type === value.type ? value : { ...value, type }
}

function substTag(s: Substitution, tag: ConstructorTag): ConstructorTag {
  return tag.kind === 'extension' ? { kind: 'extension', path: substPath(s, tag.path) } : tag
}

function substRepresentation(s: Substitution, r: RecordRepresentation): RecordRepresentation {
  if (typeof r === 'string' || r.kind !== 'extension') return r
  return { kind: 'extension', path: substPath(s, r.path) }
}

/** The new descriptions share one new `all`. */
export function substLabels(
  s: Substitution,
  labels: readonly LabelDescription[],
): readonly LabelDescription[] {
  const all: LabelDescription[] = []
  for (const label of labels) {
    all.push({
      ...label,
      record: substType(s, label.record),
      type: substType(s, label.type),
      representation: substRepresentation(s, label.representation),
      all,
    })
  }
  return all
}

export function substConstructor(s: Substitution, c: ConstructorDescription): ConstructorDescription {
  const substituted = {
    ...c,
    result: substType(s, c.result),
    arguments: c.arguments.map((argument) => substType(s, argument)),
    tag: substTag(s, c.tag),
  }
  return c.inlined === undefined ? substituted : { ...substituted, inlined: substLabels(s, c.inlined) }
}

function substKind(s: Substitution, kind: TypeKind): TypeKind {
  if (kind.kind === 'variant') {
    return { kind: 'variant', constructors: kind.constructors.map((c) => substConstructor(s, c)) }
  }
  if (kind.kind === 'record') return { ...kind, labels: substLabels(s, kind.labels) }
  return kind
}

export function substTypeDeclaration(s: Substitution, declaration: TypeDeclaration): TypeDeclaration {
  if (isEmpty(s)) return declaration
  const { manifest } = declaration
  return {
    ...declaration,
    kind: substKind(s, declaration.kind),
    manifest: manifest === undefined ? undefined : substType(s, manifest),
  }
}

export function substClass(s: Substitution, declaration: ClassDeclaration): ClassDeclaration {
  if (isEmpty(s)) return declaration
  return mapClassDeclaration(declaration, typeSubstituter(s), (path) => substPath(s, path))
}

export function substClassType(s: Substitution, declaration: ClassTypeDeclaration): ClassTypeDeclaration {
  if (isEmpty(s)) return declaration
  const path = (p: Path) => substPath(s, p)
  const hash = (type: TypeDeclaration) => substTypeDeclaration(s, type)
  return mapClassTypeDeclaration(declaration, typeSubstituter(s), path, hash)
}

export function substExtension(s: Substitution, extension: ExtensionDeclaration): ExtensionDeclaration {
  const path = substPath(s, extension.path)
  return { ...extension, path, constructor: substConstructor(s, extension.constructor) }
}

// ---------------------------------------------------------------------------------------------------------
// Modules

export function substModuleType(s: Substitution, type: ModuleType): ModuleType {
  if (isEmpty(s)) return type
  switch (type.kind) {
    case 'ident':
      return s.moduleTypes.get(pathKey(type.path)) ?? { kind: 'ident', path: substPath(s, type.path) }
    case 'alias':
      return { kind: 'alias', path: substPath(s, type.path) }
    case 'signature':
      return { kind: 'signature', items: substSignature(s, type.items) }
    case 'functor':
      return {
        kind: 'functor',
        parameter: substFunctorParameter(s, type.parameter),
        body: substModuleType(s, type.body),
      }
  }
}

function substFunctorParameter(s: Substitution, parameter: FunctorParameter): FunctorParameter {
  if (parameter.kind === 'unit') return parameter
  return { ...parameter, type: substModuleType(s, parameter.type) }
}

export function substSignatureItem(s: Substitution, item: SignatureItem): SignatureItem {
  switch (item.kind) {
    case 'value':
      return { ...item, description: substValue(s, item.description) }
    case 'type':
      return { ...item, declaration: substTypeDeclaration(s, item.declaration) }
    case 'extension':
      return { ...item, declaration: substExtension(s, item.declaration) }
    case 'module':
      return { ...item, type: substModuleType(s, item.type) }
    case 'module-type':
      return { ...item, type: item.type === undefined ? undefined : substModuleType(s, item.type) }
    case 'class':
      return { ...item, declaration: substClass(s, item.declaration) }
    case 'class-type':
      return { ...item, declaration: substClassType(s, item.declaration) }
  }
}

/** The bound idents stay as they are; see `freshenSignature` for new ones. */
export function substSignature(s: Substitution, signature: Signature): Signature {
  if (isEmpty(s)) return signature
  return signature.map((item) => substSignatureItem(s, item))
}

/** The same signature with fresh idents for everything that it binds. */
export function freshenSignature(signature: Signature): Signature {
  const fresh = signature.map((item) => freshIdent(item.ident.name))
  const s = substitution(
    signature.map((item, i) => [item.ident, { kind: 'ident', ident: fresh[i] as Ident }] as const),
  )
  return signature.map((item, i) => ({ ...substSignatureItem(s, item), ident: fresh[i] as Ident }))
}
