/**
 * Resolution of names as they stand in the source. A name that means nothing is an error with a hint. What a name means is
 * used from then on (`usage.ts`); of a constructor or label whoever chooses among the meanings says so.
 */

import { fail } from '../base/diagnostic.ts'
import { lineColumn, type Region } from '../base/region.ts'
import type { Attribute, LongName } from '../syntax/ast.ts'
import { reportAlerts } from './alerts.ts'
import {
  type Components,
  type Entry,
  type Env,
  findAllByName,
  findByName,
  findModule,
  findNotRecursive,
  findUnit,
  type ModuleEntry,
  markOpen,
  namesOf,
  type Scope,
  type StructureComponents,
  useByName,
} from './env.ts'
import { type Path, printPath } from './ident.ts'
import { didYouMean } from './suggest.ts'
import type {
  ClassDeclaration,
  ClassTypeDeclaration,
  ConstructorDescription,
  LabelDescription,
  ModuleType,
  TypeDeclaration,
  ValueDescription,
} from './types.ts'
import type { ConstructorUse, LabelUse } from './usage.ts'

export function printLongName(name: LongName): string {
  if (name.kind === 'ident') return name.name
  if (name.kind === 'dot') return `${printLongName(name.prefix)}.${name.name}`
  return `${printLongName(name.functor)}(${printLongName(name.argument)})`
}

/** The name spaces that a scope and a structure have under the same key. */
type Space = Exclude<keyof StructureComponents, 'kind'>

type SpaceEntry<S extends Space> = Env[S] extends Scope<infer E> ? E : never

/** What a space's missing name is called in the error. */
const unboundMessages: Record<Space, string> = {
  values: 'Unbound value',
  constructors: 'Unbound constructor',
  labels: 'Unbound record field',
  types: 'Unbound type constructor',
  modules: 'Unbound module',
  moduleTypes: 'Unbound module type',
  classes: 'Unbound class',
  classTypes: 'Unbound class type',
}

function namesIn(env: Env, space: Space, name: LongName): Iterable<string> {
  if (name.kind === 'ident') {
    return space === 'modules' ? [...namesOf(env[space]), ...env.store.knownUnits] : namesOf(env[space])
  }
  if (name.kind === 'dot') return structureOf(env, name.prefix, name)[space].keys()
  return []
}

function missingRec(env: Env, name: string): string | undefined {
  const region = findNotRecursive(env, name)
  if (region === undefined) return undefined
  const { line } = lineColumn(region.source, region.start)
  return `If this is a recursive definition,\nyou should add the 'rec' keyword on line ${line}`
}

/** A module type cannot be used as a module, nor the other way round. */
function otherSpace(env: Env, space: Space, name: LongName): string | undefined {
  if (name.kind !== 'ident') return undefined
  if (space === 'modules' && findByName(env.moduleTypes, name.name) !== undefined) {
    return `There is a module type named ${name.name}, but module types are not modules`
  }
  if (space === 'moduleTypes' && findByName(env.modules, name.name) !== undefined) {
    return `There is a module named ${name.name}, but modules are not module types`
  }
  return undefined
}

/** Words of the join calculus that stand where they are names. */
const wordHints: Readonly<Record<string, string>> = {
  def: "A definition of channels is written `def f(x) = P'; each channel has one argument",
  spawn: "A process is started by `spawn { P }'",
  '&': "`&' stands between processes, and before `;' stands an expression",
  reply: 'A reply is made where the process of a reaction ends, not in an expression',
}

/** Stops with "Unbound …". */
export function failUnbound(env: Env, space: Space, name: LongName): never {
  const last = name.kind === 'apply' ? undefined : name.name
  const near = last === undefined ? undefined : didYouMean(last, namesIn(env, space, name))
  const rec = space === 'values' && name.kind === 'ident' ? missingRec(env, name.name) : undefined
  const word = space === 'values' && name.kind === 'ident' ? wordHints[name.name] : undefined
  const hints = [word ?? otherSpace(env, space, name) ?? near, rec].filter((hint) => hint !== undefined)
  const hint = hints.length === 0 ? undefined : hints.join('\nHint: ')
  fail(name.region, `${unboundMessages[space]} ${printLongName(name)}`, hint)
}

/** The components of a module that must be a structure; `whole` is the name that errors are about. */
function structureOf(env: Env, prefix: LongName, whole: LongName): StructureComponents {
  const { components } = lookupModule(env, { ...prefix, region: whole.region })
  if (components.kind === 'structure') return components
  if (components.kind === 'functor') {
    fail(whole.region, `The module ${printLongName(prefix)} is a functor, it cannot have any components`)
  }
  fail(whole.region, `The module ${printLongName(prefix)} is abstract, it cannot have any components`)
}

function lookupAll<S extends Space>(env: Env, space: S, name: LongName): readonly SpaceEntry<S>[] {
  if (name.kind === 'ident') return findAllByName(env[space] as Scope<SpaceEntry<S>>, name.name)
  if (name.kind === 'apply') return []
  const components = structureOf(env, name.prefix, name)
  return (components[space].get(name.name) ?? []) as readonly SpaceEntry<S>[]
}

function lookupOne<S extends Space>(env: Env, space: S, name: LongName): SpaceEntry<S> {
  const found =
    name.kind === 'ident'
      ? useByName(env[space] as Scope<SpaceEntry<S>>, name.name)
      : lookupAll(env, space, name)[0]
  return found ?? failUnbound(env, space, name)
}

interface Declared {
  readonly attributes: readonly Attribute[]
  readonly region: Region
}

/** What a name was found to mean, once its alerts have been told. */
function used<Description extends Declared>(
  env: Env,
  name: LongName,
  entry: Entry<Description>,
): Entry<Description> {
  const { attributes, region } = entry.description
  env.store.usages.mark(region)
  reportAlerts(env, name.region, printPath(entry.path), attributes)
  return entry
}

export function lookupValue(env: Env, name: LongName): Entry<ValueDescription> {
  return used(env, name, lookupOne(env, 'values', name))
}

export function lookupType(env: Env, name: LongName): Entry<TypeDeclaration> {
  return used(env, name, lookupOne(env, 'types', name))
}

export function lookupModuleType(env: Env, name: LongName): Entry<ModuleType | undefined> {
  const entry = lookupOne(env, 'moduleTypes', name)
  reportAlerts(env, name.region, printPath(entry.path), entry.attributes)
  return entry
}

export function lookupClass(env: Env, name: LongName): Entry<ClassDeclaration> {
  return used(env, name, lookupOne(env, 'classes', name))
}

export function lookupClassType(env: Env, name: LongName): Entry<ClassTypeDeclaration> {
  return used(env, name, lookupOne(env, 'classTypes', name))
}

/** All constructors that the name can mean, the innermost first; possibly none. */
export function lookupConstructors(env: Env, name: LongName): readonly Entry<ConstructorDescription>[] {
  return lookupAll(env, 'constructors', name)
}

/** All record labels that the name can mean, the innermost first; possibly none. */
export function lookupLabels(env: Env, name: LongName): readonly Entry<LabelDescription>[] {
  return lookupAll(env, 'labels', name)
}

/** One of the constructors that a name can mean was chosen: its alerts are told. */
export function useConstructor(
  env: Env,
  name: LongName,
  entry: Entry<ConstructorDescription>,
  use: ConstructorUse,
): void {
  const { description } = entry
  env.store.usages.markConstructor(description.region, use)
  if (name.kind === 'ident') markOpen(env.constructors, name.name, entry)
  reportAlerts(env, name.region, description.name, description.attributes)
}

/** The same for a record label. */
export function useLabel(env: Env, name: LongName, entry: Entry<LabelDescription>, use: LabelUse): void {
  const { description } = entry
  env.store.usages.markLabel(description.region, use)
  if (name.kind === 'ident') markOpen(env.labels, name.name, entry)
  reportAlerts(env, name.region, description.name, description.attributes)
}

/** A module by name: bound here, component of another, compilation unit, or functor application. */
export function lookupModule(env: Env, name: LongName): ModuleEntry {
  const entry = findModuleByName(env, name)
  env.store.usages.mark(entry.region)
  reportAlerts(env, name.region, `module ${printPath(entry.path)}`, entry.attributes)
  return entry
}

function findModuleByName(env: Env, name: LongName): ModuleEntry {
  if (name.kind === 'apply') return lookupApplication(env, name)
  if (name.kind === 'dot') return libraryUnit(env, name) ?? lookupOne(env, 'modules', name)
  return (
    useByName(env.modules, name.name) ??
    findUnit(env, env.store.unitNamed(name.name)) ??
    failUnbound(env, 'modules', name)
  )
}

/** `Stdlib.List` is the library's unit `List`, also where the program has one of that name. */
function libraryUnit(env: Env, name: Extract<LongName, { kind: 'dot' }>): ModuleEntry | undefined {
  if (name.prefix.kind !== 'ident' || name.prefix.name !== 'Stdlib') return undefined
  return lookupAll(env, 'modules', name).length === 0 ? findUnit(env, name.name) : undefined
}

function lookupApplication(env: Env, name: Extract<LongName, { kind: 'apply' }>): ModuleEntry {
  const functor = lookupModule(env, name.functor)
  const argument = lookupModule(env, name.argument)
  checkFunctor(functor.components, name)
  const path: Path = { kind: 'apply', functor: functor.path, argument: argument.path }
  return findModule(env, path) ?? failUnbound(env, 'modules', name)
}

function checkFunctor(components: Components, name: Extract<LongName, { kind: 'apply' }>): void {
  if (components.kind === 'functor') return
  fail(name.region, `The module ${printLongName(name.functor)} is not a functor`)
}
