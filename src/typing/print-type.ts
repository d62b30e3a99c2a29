/**
 * Types as OCaml prints them.
 *
 * One `TypePrinter` prints the types of one message or declaration: they share the names of variables. All types
 * must be `mark`ed before the first is printed, so that names which the programmer gave are kept free and
 * recursive or repeated rows get an `as 'a`.
 */

import type { Region } from '../base/region.ts'
import { type Env, findAllByName, findByName, findType } from './env.ts'
import { type Path, printPath, samePath } from './ident.ts'
import { flattenFields, isOpenObject, isPresent, objectNameState, objectRow } from './object-fields.ts'
import { predefinedType } from './predef.ts'
import {
  box,
  breakHint,
  concat,
  type Doc,
  type DocLike,
  empty,
  hovBox,
  hvBox,
  separated,
  space,
  text,
} from './pretty.ts'
import { flattenRow, isStaticRow, rowArguments } from './rows.ts'
import { componentsOfDesc, rowFieldState } from './subst.ts'
import { genericLevel, type Row, type RowField, repr, type Type, type TypeDesc } from './types.ts'

type Desc<Kind extends TypeDesc['kind']> = Extract<TypeDesc, { kind: Kind }>

/** Names of weak variables: they stay the same from one phrase to the next. */
export interface WeakNames {
  readonly names: Map<Type, string>
}

export const newWeakNames = (): WeakNames => ({ names: new Map() })

/** The number of the type among those of its name, from the innermost, which is 1. */
function shadowIndex(env: Env, path: Path & { kind: 'ident' }): number {
  return 1 + findAllByName(env.types, path.ident.name).findIndex((entry) => samePath(entry.path, path))
}

/** A type that is hidden by others of the same name prints as `t/2`. */
function printTypeIdent(env: Env, path: Path & { kind: 'ident' }): string {
  const index = shadowIndex(env, path)
  return index > 1 ? `${path.ident.name}/${index}` : path.ident.name
}

/** `Stdlib.t` prints as `t` unless something else is called `t` here. */
export function printTypePath(env: Env, path: Path): string {
  if (path.kind === 'ident') return printTypeIdent(env, path)
  if (path.kind !== 'dot' || path.prefix.kind !== 'ident') return printPath(path)
  const { ident } = path.prefix
  if (ident.name !== 'Stdlib' || ident.stamp !== 0) return printPath(path)
  const visible = findByName(env.types, path.name)
  return visible === undefined || samePath(visible.path, path) ? path.name : printPath(path)
}

/** The node that stands for a type in the question whether two types are the same one. */
function proxy(type: Type): Type {
  const t = repr(type)
  if (t.desc.kind === 'object') {
    const rest = objectRow(t)
    return rest.desc.kind === 'nil' ? t : rest
  }
  if (t.desc.kind !== 'variant') return t
  const row = flattenRow(t.desc.row)
  return isStaticRow(row) ? t : row.more
}

/** A row prints under its name only when that name says all about it. */
const isNamable = (row: Row): row is Row & { name: NonNullable<Row['name']> } => row.name !== undefined

const isAsynchronous = (path: Path): boolean => predefinedType(path) === '<<>>'

const canBeAliased = (t: Type): boolean => t.desc.kind !== 'variable' && t.desc.kind !== 'universal'

function letterName(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26))
  return index < 26 ? letter : `${letter}${Math.floor(index / 26)}`
}

export class TypePrinter {
  private readonly env: Env
  private readonly weak: WeakNames | undefined
  private readonly names = new Map<Type, string>()
  private readonly userNames = new Set<string>()
  private readonly aliased = new Set<Type>()
  private readonly openRows = new Set<Type>()
  private readonly printedAliases = new Set<Type>()
  /** The types without a prefix that were marked, by name and stamp. */
  private readonly typeIdents = new Map<string, Map<number, Path>>()
  private counter = 0
  /** The aliased node whose own definition is about to be printed. */
  private bare: Type | undefined

  /** With `weak`, variables that are not generalised print as `'_weak1`: for the types of values. */
  constructor(env: Env, weak?: WeakNames) {
    this.env = env
    this.weak = weak
  }

  /** Looks a type over before anything is printed. */
  mark(type: Type): void {
    this.markNode(repr(type), [])
  }

  /** Where the types are defined of which several with the same name are printed, the innermost first. */
  ambiguousTypes(): readonly { readonly name: string; readonly region: Region }[] {
    const paths = [...this.typeIdents.values()]
      .filter((same) => same.size > 1)
      .flatMap((same) => [...same.values()])
    const named = paths.map((path) => ({
      name: this.typeName(path),
      region: findType(this.env, path)?.region,
    }))
    return named
      .flatMap(({ name, region }) => (region === undefined ? [] : [{ name, region }]))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** Types of the same name are numbered. */
  private typeName(path: Path): string {
    if (path.kind !== 'ident' || (this.typeIdents.get(path.ident.name)?.size ?? 0) < 2) {
      return printTypePath(this.env, path)
    }
    return `${path.ident.name}/${shadowIndex(this.env, path)}`
  }

  private noteTypeName(path: Path): void {
    if (path.kind !== 'ident') return
    const { name, stamp } = path.ident
    const same = this.typeIdents.get(name)
    if (same === undefined) this.typeIdents.set(name, new Map([[stamp, path]]))
    else same.set(stamp, path)
  }

  private markNode(t: Type, visited: readonly Type[]): void {
    if (t.desc.kind === 'constructor') this.noteTypeName(t.desc.path)
    const stand = proxy(t)
    if (visited.includes(stand) && canBeAliased(t)) {
      this.aliased.add(stand)
      return
    }
    const inner = [...visited, stand]
    const { desc } = t
    if (desc.kind === 'variable' || desc.kind === 'universal') this.reserveName(desc.name)
    else if (desc.kind === 'variant') this.markRow(stand, flattenRow(desc.row), inner)
    else if (desc.kind === 'object') this.markObject(stand, t, desc, inner)
    else for (const component of componentsOfDesc(desc)) this.markNode(repr(component), inner)
  }

  private reserveName(name: string | undefined): void {
    if (name !== undefined) this.userNames.add(name)
  }

  private markObject(stand: Type, t: Type, desc: Desc<'object'>, visited: readonly Type[]): void {
    if (this.openRows.has(stand)) {
      this.aliased.add(stand)
      return
    }
    if (isOpenObject(t)) this.openRows.add(stand)
    const named = desc.name !== undefined && objectNameState(t) !== 'none'
    if (named) this.noteTypeName(desc.name.path)
    const parts = named
      ? desc.name.arguments.slice(1)
      : flattenFields(desc.fields)
          .fields.filter(({ presence }) => isPresent(presence))
          .map(({ type }) => type)
    for (const part of parts) this.markNode(repr(part), visited)
  }

  private markRow(stand: Type, row: Row, visited: readonly Type[]): void {
    if (this.openRows.has(stand)) {
      this.aliased.add(stand)
      return
    }
    if (!isStaticRow(row)) this.openRows.add(stand)
    for (const argument of isNamable(row) ? row.name.arguments : rowArguments(row)) {
      this.markNode(repr(argument), visited)
    }
  }

  /** The type on its own, with the names given so far. */
  print(type: Type): Doc {
    return this.full(repr(type))
  }

  /** The type as an argument of a type constructor. */
  printSimple(type: Type): Doc {
    return this.simple(repr(type))
  }

  /** Looks a type parameter over; what a `constraint` put in its place prints as a variable. */
  markParameter(type: Type): void {
    this.mark(type)
    const t = repr(type)
    if (!canBeAliased(t)) return
    this.aliased.add(proxy(t))
    this.printedAliases.add(proxy(t))
  }

  /** Has the type, or the row that the variable is part of, printed with `as 'a`. */
  forceAlias(type: Type): void {
    this.aliased.add(proxy(type))
  }

  /** Looks the self type of a class over: where it occurs in the class's types it prints as a variable. */
  markSelf(self: Type): void {
    const stand = proxy(self)
    if (this.openRows.has(stand)) this.aliased.add(stand)
    else this.openRows.add(stand)
  }

  isSelfMarked(self: Type): boolean {
    return this.openRows.has(proxy(self))
  }

  /** The variable that stands for the self type, if it occurs anywhere. */
  selfName(self: Type): string | undefined {
    const stand = proxy(self)
    if (!this.aliased.has(stand)) return undefined
    this.printedAliases.add(stand)
    return this.variableName(stand)
  }

  /** The variables will be others to the reader when they are printed again. */
  forgetNames(variables: readonly Type[]): void {
    for (const variable of variables) this.names.delete(repr(variable))
  }

  /** The type to the left of an arrow. */
  printTupleLevel(type: Type): Doc {
    return this.tupleLevel(repr(type))
  }

  /** Gives a type parameter its name. */
  nameOf(type: Type): string {
    return this.variableName(proxy(type))
  }

  /** What a constrained type parameter stands for. */
  printDefinition(type: Type): Doc {
    return this.unaliased(repr(type))
  }

  // -------------------------------------------------------------------------------------------------------
  // Names

  private isTaken(name: string): boolean {
    if (this.userNames.has(name)) return true
    for (const taken of this.names.values()) if (taken === name) return true
    return false
  }

  private freshName(): string {
    for (;;) {
      const name = letterName(this.counter)
      this.counter += 1
      if (!this.isTaken(name)) return name
    }
  }

  private userName(name: string): string {
    const taken = new Set(this.names.values())
    if (!taken.has(name)) return name
    let i = 0
    while (taken.has(`${name}${i}`)) i += 1
    return `${name}${i}`
  }

  private isWeak(t: Type): boolean {
    return this.weak !== undefined && t.level !== genericLevel && t.desc.kind === 'variable'
  }

  private weakName(t: Type, weak: WeakNames): string {
    const known = weak.names.get(t)
    if (known !== undefined) return known
    const name = `_weak${weak.names.size + 1}`
    weak.names.set(t, name)
    return name
  }

  private variableName(t: Type): string {
    const known = this.names.get(t)
    if (known !== undefined) return known
    if (this.weak !== undefined && this.isWeak(t)) return this.weakName(t, this.weak)
    const { desc } = t
    const given = desc.kind === 'variable' || desc.kind === 'universal' ? desc.name : undefined
    const name = given === undefined ? this.freshName() : this.userName(given)
    this.names.set(t, name)
    return name
  }

  // -------------------------------------------------------------------------------------------------------
  // Levels of precedence

  /** Anything: `t as 'a`, `'a. t`, arrows, tuples. */
  private full(t: Type): Doc {
    const stand = proxy(t)
    if (this.isAliased(t)) return this.alias(t, stand)
    return this.unaliased(t)
  }

  private isAliased(t: Type): boolean {
    return t !== this.bare && canBeAliased(t) && this.aliased.has(proxy(t))
  }

  private alias(t: Type, stand: Type): Doc {
    if (this.printedAliases.has(stand)) return text(`'${this.variableName(stand)}`)
    this.printedAliases.add(stand)
    const name = this.variableName(stand)
    return box(0, this.unaliased(t), space, `as '${name}`)
  }

  /** The type itself, even if its other occurrences print as a variable. */
  private unaliased(t: Type): Doc {
    this.bare = t
    const { desc } = t
    if (desc.kind === 'poly' && desc.variables.length > 0) return this.poly(desc)
    return this.arrowLevel(t)
  }

  private poly(desc: Desc<'poly'>): Doc {
    this.bare = undefined
    const names = desc.variables.map((variable) => text(`'${this.variableName(repr(variable))}`))
    return hovBox(2, separated(space, names), '.', space, this.full(repr(desc.body)))
  }

  private needsParentheses(t: Type): boolean {
    const stand = proxy(t)
    if (this.isAliased(t)) return !this.printedAliases.has(stand)
    return false
  }

  private arrowLevel(t: Type): Doc {
    if (this.needsParentheses(t)) return this.parenthesised(t)
    const { desc } = t
    if (desc.kind === 'poly' && desc.variables.length === 0) return this.arrowLevel(repr(desc.body))
    if (desc.kind !== 'arrow') return this.tupleLevel(t)
    this.bare = undefined
    const parameter = concat(labelText(desc.label), this.parameter(desc))
    return box(0, parameter, desc.synchronous ? ' =>' : ' ->', space, this.arrowOrAlias(repr(desc.result)))
  }

  private arrowOrAlias(t: Type): Doc {
    return this.isAliased(t) ? this.simple(t) : this.arrowLevel(t)
  }

  private parameter(desc: Desc<'arrow'>): Doc {
    const parameter = repr(desc.parameter)
    if (!desc.label.startsWith('?')) return this.tupleLevel(parameter)
    const { desc: option } = parameter
    const isOption = option.kind === 'constructor' && predefinedType(option.path) === 'option'
    return isOption ? this.tupleLevel(repr(option.arguments[0] as Type)) : text('<hidden>')
  }

  private tupleLevel(t: Type): Doc {
    if (t.desc.kind !== 'tuple') return this.simple(t)
    if (this.isAliased(t)) return this.simple(t)
    this.bare = undefined
    return box(
      0,
      separated(
        concat(' *', space),
        t.desc.elements.map((element) => this.simple(repr(element))),
      ),
    )
  }

  private parenthesised(t: Type): Doc {
    return box(1, '(', this.full(t), ')')
  }

  private simple(t: Type): Doc {
    const stand = proxy(t)
    if (this.isAliased(t)) {
      return this.printedAliases.has(stand) ? this.alias(t, stand) : this.parenthesised(t)
    }
    this.bare = undefined
    const { desc } = t
    switch (desc.kind) {
      case 'variable':
      case 'universal':
        return text(`'${this.variableName(t)}`)
      case 'constructor':
        if (isAsynchronous(desc.path)) return this.asynchronous(desc.arguments[0] as Type)
        return this.applied(this.typeName(desc.path), desc.arguments)
      case 'variant':
        return this.variant(stand, flattenRow(desc.row))
      case 'package':
        return this.package(desc)
      case 'object':
        return this.object(t, desc)
      case 'poly':
        return desc.variables.length === 0 ? this.simple(repr(desc.body)) : this.parenthesised(t)
      case 'arrow':
      case 'tuple':
        return this.parenthesised(t)
      case 'link':
      case 'field':
      case 'nil':
        return text('<nil>')
    }
  }

  /** A type that begins or ends with angle brackets itself keeps away from these. */
  private asynchronous(argument: Type): Doc {
    const inner = repr(argument)
    const { kind } = inner.desc
    const needsSpace = kind === 'object' || (kind === 'constructor' && isAsynchronous(inner.desc.path))
    const gap = needsSpace ? ' ' : ''
    return box(2, `<<${gap}`, this.full(inner), `${gap}>>`)
  }

  private applied(name: string, args: readonly Type[]): Doc {
    return box(0, this.typeArguments(args), name)
  }

  private typeArguments(args: readonly Type[]): Doc {
    if (args.length === 0) return empty
    if (args.length === 1) return concat(this.simple(repr(args[0] as Type)), space)
    const each = args.map((argument) => this.full(repr(argument)))
    return concat(box(1, '(', separated(concat(',', space), each), ')'), space)
  }

  // -------------------------------------------------------------------------------------------------------
  // Polymorphic variants, packages, objects

  private variant(stand: Type, row: Row): Doc {
    const fields = [...row.fields]
      .filter(([, field]) => !row.closed || rowFieldState(field).kind !== 'absent')
      .sort(([a], [b]) => (a < b ? -1 : 1))
    const present = fields.filter(([, field]) => rowFieldState(field).kind === 'present').map(([tag]) => tag)
    const allPresent = present.length === fields.length
    const named = isNamable(row) ? this.applied(this.typeName(row.name.path), row.name.arguments) : undefined
    if (named !== undefined && row.closed && allPresent) return named
    const weak = !(row.closed && allPresent) && this.isWeak(stand) ? '_' : ''
    const tags = allPresent ? undefined : present
    return this.bracketed(weak, row.closed, named ?? this.rowFields(fields), tags)
  }

  private bracketed(weak: string, closed: boolean, fields: Doc, tags: readonly string[] | undefined): Doc {
    const bound = closed ? (tags === undefined ? ' ' : '< ') : tags === undefined ? '> ' : '? '
    return concat(weak, hovBox(0, `[${bound}`, hvBox(0, hvBox(0, fields), presentTags(tags)), space, ']'))
  }

  private rowFields(fields: readonly (readonly [string, RowField])[]): Doc {
    const separator = concat(breakHint(1, -2), '| ')
    return separated(
      separator,
      fields.map(([tag, field]) => this.rowField(tag, field)),
    )
  }

  private rowField(tag: string, field: RowField): Doc {
    const state = rowFieldState(field)
    const types =
      state.kind === 'either'
        ? state.arguments
        : state.kind === 'present' && state.argument
          ? [state.argument]
          : []
    const withConstant = state.kind === 'either' && state.constant && types.length > 0
    const of = withConstant
      ? concat(' of', space, '&', space)
      : types.length > 0
        ? concat(' of', space)
        : empty
    const docs = types.map((type) => this.full(repr(type)))
    return hvBox(2, `\`${tag}`, of, separated(concat(' &', space), docs))
  }

  private package(desc: Desc<'package'>): Doc {
    const constraints = desc.constraints.map((constraint, i) =>
      concat(
        ` ${i === 0 ? 'with' : 'and'} type ${constraint.path.join('.')} = `,
        this.full(repr(constraint.type)),
      ),
    )
    return box(1, `(module ${printPath(desc.path)}`, ...constraints, ')')
  }

  private object(t: Type, desc: Desc<'object'>): Doc {
    const state = objectNameState(t)
    const { fields, rest } = flattenFields(desc.fields)
    const weak = this.isWeak(rest) ? '_' : ''
    if (desc.name !== undefined && state !== 'none') {
      const name = this.typeName(desc.name.path)
      return this.applied(state === 'open' ? `${weak}#${name}` : name, desc.name.arguments.slice(1))
    }
    const methods = fields
      .filter(({ presence }) => isPresent(presence))
      .map(({ name, type }) => concat(`${name} : `, this.full(repr(type))))
    if (rest.desc.kind !== 'nil') methods.push(text(`${weak}..`))
    return box(2, '< ', separated(concat(';', space), methods), ' >')
  }
}

function labelText(label: string): DocLike {
  if (label === '') return ''
  return label.startsWith('~') ? `${label.slice(1)}:` : `${label}:`
}

function presentTags(tags: readonly string[] | undefined): Doc {
  if (tags === undefined || tags.length === 0) return empty
  return concat(
    breakHint(1, -2),
    '> ',
    hovBox(
      0,
      separated(
        space,
        tags.map((tag) => `\`${tag}`),
      ),
    ),
  )
}

/** One type on its own, in a message. */
export function printType(env: Env, type: Type): Doc {
  const printer = new TypePrinter(env)
  printer.mark(type)
  return printer.print(type)
}

/** Several types of one message. */
export function printTypes(env: Env, types: readonly Type[]): Doc[] {
  const printer = new TypePrinter(env)
  for (const type of types) printer.mark(type)
  return types.map((type) => printer.print(type))
}
