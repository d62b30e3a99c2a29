/**
 * Environments: what every name means at a point of the program. They are immutable; adding or opening makes a
 * new one that shares the rest, so a typed-tree node keeps its environment for free.
 *
 * A name space is a `Scope` (`scope.ts`).
 *
 * The components of a module are made on first use: each gets its full path (`t` in M becomes `M.t` everywhere in its
 * description) and its address by run-time position. A component's description is substituted when somebody reads it.
 *
 * Compilation units are loaded on demand through `Store.loadInterface`.
 */

import type { Diagnostic } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type { Attribute } from '../syntax/ast.ts'
import { type Address, type Ident, type Path, samePath, unitIdent } from './ident.ts'
import { inlineDeclaration } from './inline-record.ts'
import { Lazy } from './lazy.ts'
import { insert, lookup, type PersistentMap } from './persistent-map.ts'
import {
  bind,
  type ComponentMap,
  emptyScope,
  findAllByName,
  findByIdent,
  layer,
  type OpenUser,
  type Scope,
} from './scope.ts'
import {
  pathKey,
  type Substitution,
  substClass,
  substClassType,
  substConstructor,
  substExtension,
  substitution,
  substModuleType,
  substTypeDeclaration,
  substValue,
} from './subst.ts'
import { constructorType, isolated } from './type-graph.ts'
import type {
  ClassDeclaration,
  ClassTypeDeclaration,
  ConstructorDescription,
  ExtensionDeclaration,
  LabelDescription,
  ModuleType,
  Signature,
  SignatureItem,
  TypeDeclaration,
  ValueDescription,
} from './types.ts'
import { genericLevel } from './types.ts'
import { Usages } from './usage.ts'

export { findAllByName, findByName, markOpen, namesOf, type Scope, useByName } from './scope.ts'

/** What a name was found to mean. `address` is absent when nothing exists at run time. */
export interface Entry<Description> {
  readonly path: Path
  readonly address: Address | undefined
  readonly description: Description
  /** Of modules and module types; other descriptions have attributes of their own. */
  readonly attributes?: readonly Attribute[] | undefined
}

export interface ModuleEntry extends Entry<ModuleType> {
  readonly components: Components
  /** Where it is declared. */
  readonly region: Region | undefined
}

/** What there is to know of a module besides its type. */
export interface AboutModule {
  readonly attributes?: readonly Attribute[] | undefined
  readonly region?: Region | undefined
}

export type Components =
  | StructureComponents
  | {
      readonly kind: 'functor'
      readonly type: Extract<ModuleType, { kind: 'functor' }>
      /** `F(X)` by the key of X's path. */
      readonly applications: Map<string, ModuleEntry>
      /** The functor that this one is an alias of. */
      readonly aliasOf: Path | undefined
    }
  /** A module whose module type is abstract or unknown. */
  | { readonly kind: 'abstract' }

export interface StructureComponents {
  readonly kind: 'structure'
  readonly values: ComponentMap<Entry<ValueDescription>>
  readonly constructors: ComponentMap<Entry<ConstructorDescription>>
  readonly labels: ComponentMap<Entry<LabelDescription>>
  readonly types: ComponentMap<Entry<TypeDeclaration>>
  readonly modules: ComponentMap<ModuleEntry>
  readonly moduleTypes: ComponentMap<Entry<ModuleType | undefined>>
  readonly classes: ComponentMap<Entry<ClassDeclaration>>
  readonly classTypes: ComponentMap<Entry<ClassTypeDeclaration>>
}

/** What all environments of one inference share. */
export interface Store {
  readonly loadInterface: (unitName: string) => Signature | undefined
  /** The unit that a name in this source means: a program's own unit may have the name of one of the library. */
  readonly unitNamed: (name: string) => string
  /** Units that a misspelt name may have meant. */
  readonly knownUnits: readonly string[]
  readonly units: Map<string, ModuleEntry | undefined>
  /** Names of the units that were looked into. */
  readonly imports: Set<string>
  readonly usages: Usages
  /** Checks that wait until the unit or phrase is complete. */
  readonly delayed: (() => void)[]
  /** What there is to say about the unit or phrase that is being inferred. */
  readonly diagnostics: Diagnostic[]
}

export interface Env {
  readonly store: Store
  /** In a signature, where constructors and fields are declared for others. */
  readonly inSignature: boolean
  /** Functions whose definitions surround this place without `rec`: where they are defined, by name. */
  readonly notRecursive: PersistentMap<Region>
  /**
   * What matches on GADT constructors brought in, by `pathKey`: existential types, and what is known of other types by
   * equations. It comes before what the scopes say.
   */
  readonly equations: PersistentMap<TypeDeclaration>
  /** The last type that was made before the branch in which the equations hold. */
  readonly branchStart: number
  readonly values: Scope<Entry<ValueDescription>>
  readonly constructors: Scope<Entry<ConstructorDescription>>
  readonly labels: Scope<Entry<LabelDescription>>
  readonly types: Scope<Entry<TypeDeclaration>>
  readonly modules: Scope<ModuleEntry>
  readonly moduleTypes: Scope<Entry<ModuleType | undefined>>
  readonly classes: Scope<Entry<ClassDeclaration>>
  readonly classTypes: Scope<Entry<ClassTypeDeclaration>>
}

export function newStore(
  loadInterface: Store['loadInterface'],
  unitNamed: Store['unitNamed'] = (name) => name,
  knownUnits: Store['knownUnits'] = [],
): Store {
  const delayed: Store['delayed'] = []
  const diagnostics: Diagnostic[] = []
  return {
    loadInterface,
    unitNamed,
    knownUnits,
    units: new Map(),
    imports: new Set(),
    usages: new Usages(delayed, diagnostics),
    delayed,
    diagnostics,
  }
}

export function emptyEnv(store: Store): Env {
  return {
    store,
    inSignature: false,
    notRecursive: undefined,
    equations: undefined,
    branchStart: 0,
    values: emptyScope,
    constructors: emptyScope,
    labels: emptyScope,
    types: emptyScope,
    modules: emptyScope,
    moduleTypes: emptyScope,
    classes: emptyScope,
    classTypes: emptyScope,
  }
}

// ---------------------------------------------------------------------------------------------------------
// Adding

const pathOf = (ident: Ident): Path => ({ kind: 'ident', ident })
const localAddress = (ident: Ident): Address => ({ kind: 'local', ident })

export function addValue(
  env: Env,
  ident: Ident,
  description: ValueDescription,
  address: Address = localAddress(ident),
): Env {
  const found = description.kind.kind === 'primitive' ? undefined : address
  const entry = { path: pathOf(ident), address: found, description }
  return { ...env, values: bind(env.values, ident.name, ident, entry) }
}

/** In the body of a function that is defined without `rec`: its name gets a hint when it is unbound. */
export function addNotRecursive(env: Env, name: string, region: Region): Env {
  return { ...env, notRecursive: insert(env.notRecursive, name, region) }
}

/** Where a surrounding definition without `rec` defines the name. */
export function findNotRecursive(env: Env, name: string): Region | undefined {
  return lookup(env.notRecursive, name)
}

/** Adds the type and its constructors or labels; adding the same ident again replaces what it meant. */
export function addType(env: Env, ident: Ident, declaration: TypeDeclaration): Env {
  const entry = { path: pathOf(ident), address: undefined, description: declaration }
  const types = bind(env.types, ident.name, ident, entry)
  return { ...env, types, constructors: addConstructors(env, entry), labels: addLabels(env, entry) }
}

/** Adds an existential type, or an equation about the type at `path`: the declaration with its manifest. */
export function addEquation(env: Env, path: Path, declaration: TypeDeclaration): Env {
  return { ...env, equations: insert(env.equations, pathKey(path), declaration) }
}

function addConstructors(env: Env, type: Entry<TypeDeclaration>): Env['constructors'] {
  const { kind } = type.description
  let scope = env.constructors
  if (kind.kind !== 'variant') return scope
  for (const description of kind.constructors) {
    scope = bind(scope, description.name, undefined, { path: type.path, address: undefined, description })
  }
  return scope
}

function addLabels(env: Env, type: Entry<TypeDeclaration>): Env['labels'] {
  const { kind } = type.description
  let scope = env.labels
  if (kind.kind !== 'record') return scope
  for (const description of kind.labels) {
    scope = bind(scope, description.name, undefined, { path: type.path, address: undefined, description })
  }
  return scope
}

/** An exception or a constructor of an extensible variant. Its tag must be `extension` with the path of `ident`. */
export function addExtension(
  env: Env,
  ident: Ident,
  declaration: ExtensionDeclaration,
  address: Address = localAddress(ident),
): Env {
  const entry = { path: pathOf(ident), address, description: declaration.constructor }
  return { ...env, constructors: bind(env.constructors, ident.name, ident, entry) }
}

/** The module's components may mention each other, so they are looked up where it is already known. */
export function addModule(env: Env, ident: Ident, type: ModuleType, about: AboutModule = {}): Env {
  const entry = new LazyModule(
    pathOf(ident),
    localAddress(ident),
    () => result,
    () => type,
    about,
  )
  const result = { ...env, modules: bind(env.modules, ident.name, ident, entry) }
  return result
}

/**
 * Adds modules that may refer to each other (`module rec`): each one's components are looked up in the
 * resulting environment.
 */
export function addRecursiveModules(
  env: Env,
  modules: readonly (AboutModule & { readonly ident: Ident; readonly type: ModuleType })[],
): Env {
  let result = env
  for (const { ident, type, region, attributes } of modules) {
    const entry = new LazyModule(
      pathOf(ident),
      localAddress(ident),
      () => result,
      () => type,
      { region, attributes },
    )
    result = { ...result, modules: bind(result.modules, ident.name, ident, entry) }
  }
  return result
}

export function addModuleType(
  env: Env,
  ident: Ident,
  definition: ModuleType | undefined,
  attributes?: readonly Attribute[],
): Env {
  const entry = { path: pathOf(ident), address: undefined, description: definition, attributes }
  return { ...env, moduleTypes: bind(env.moduleTypes, ident.name, ident, entry) }
}

export function addClass(
  env: Env,
  ident: Ident,
  description: ClassDeclaration,
  address: Address = localAddress(ident),
): Env {
  const entry = { path: pathOf(ident), address, description }
  return { ...env, classes: bind(env.classes, ident.name, ident, entry) }
}

export function addClassType(env: Env, ident: Ident, description: ClassTypeDeclaration): Env {
  const entry = { path: pathOf(ident), address: undefined, description }
  return { ...env, classTypes: bind(env.classTypes, ident.name, ident, entry) }
}

/** Adds what an item binds, under the item's own ident with a local address. */
export function addSignatureItem(env: Env, item: SignatureItem): Env {
  switch (item.kind) {
    case 'value':
      return addValue(env, item.ident, item.description)
    case 'type':
      return addType(env, item.ident, item.declaration)
    case 'extension':
      return addExtension(env, item.ident, item.declaration)
    case 'module':
      return addModule(env, item.ident, item.type, item)
    case 'module-type':
      return addModuleType(env, item.ident, item.type, item.attributes)
    case 'class':
      return addClass(env, item.ident, item.declaration)
    case 'class-type':
      return addClassType(env, item.ident, item.declaration)
  }
}

export function addSignature(env: Env, signature: Signature): Env {
  return signature.reduce(addSignatureItem, env)
}

export const withinSignature = (env: Env, inSignature: boolean): Env =>
  env.inSignature === inSignature ? env : { ...env, inSignature }

// ---------------------------------------------------------------------------------------------------------
// Opening: who is told what is used of an `open`, for each name space

export type OpenUse = Readonly<Record<Exclude<keyof StructureComponents, 'kind'>, OpenUser<never>>>

/** After `open` of a structure; its components keep their paths and addresses. Who looks one up by name tells `use`. */
export function openComponents(env: Env, components: StructureComponents, use?: OpenUse): Env {
  return {
    store: env.store,
    inSignature: env.inSignature,
    notRecursive: env.notRecursive,
    equations: env.equations,
    branchStart: env.branchStart,
    values: layer(env.values, components.values, use?.values),
    constructors: layer(env.constructors, components.constructors, use?.constructors),
    labels: layer(env.labels, components.labels, use?.labels),
    types: layer(env.types, components.types, use?.types),
    modules: layer(env.modules, components.modules, use?.modules),
    moduleTypes: layer(env.moduleTypes, components.moduleTypes, use?.moduleTypes),
    classes: layer(env.classes, components.classes, use?.classes),
    classTypes: layer(env.classTypes, components.classTypes, use?.classTypes),
  }
}

/** `open`s a compilation unit that must exist, such as Stdlib; undefined when it does not. */
export function openUnit(env: Env, name: string): Env | undefined {
  const unit = findUnit(env, name)
  return unit?.components.kind === 'structure' ? openComponents(env, unit.components) : undefined
}

// ---------------------------------------------------------------------------------------------------------
// Components

class LazyEntry<Description> implements Entry<Description> {
  readonly path: Path
  readonly address: Address | undefined
  readonly attributes: readonly Attribute[] | undefined
  private readonly lazy: Lazy<Description>
  constructor(
    path: Path,
    address: Address | undefined,
    make: () => Description,
    attributes?: readonly Attribute[],
  ) {
    this.path = path
    this.address = address
    this.attributes = attributes
    this.lazy = new Lazy(make)
  }
  get description(): Description {
    return this.lazy.get()
  }
}

class LazyModule extends LazyEntry<ModuleType> implements ModuleEntry {
  readonly region: Region | undefined
  private readonly lazyComponents: Lazy<Components>
  constructor(
    path: Path,
    address: Address | undefined,
    env: () => Env,
    type: () => ModuleType,
    about: AboutModule = {},
  ) {
    super(path, address, type, about.attributes)
    this.region = about.region
    this.lazyComponents = new Lazy(() => componentsOf(env(), path, address, this.description, undefined))
  }
  get components(): Components {
    return this.lazyComponents.get()
  }
}

/**
 * The components of a module of this type that is found at `path`. With `aliasOf`, its types are known to be the
 * ones of that other module.
 */
export function componentsOf(
  env: Env,
  path: Path,
  address: Address | undefined,
  type: ModuleType,
  aliasOf?: Path,
): Components {
  switch (type.kind) {
    case 'ident': {
      const definition = findModuleType(env, type.path)?.description
      if (definition === undefined) return { kind: 'abstract' }
      return componentsOf(env, path, address, definition, aliasOf)
    }
    case 'alias': {
      const target = findModule(env, type.path)
      if (target === undefined) return { kind: 'abstract' }
      return componentsOf(env, path, address, target.description, aliasOf ?? type.path)
    }
    case 'functor':
      return { kind: 'functor', type, applications: new Map(), aliasOf }
    case 'signature':
      return new ComponentsBuilder(env, path, address, aliasOf).build(type.items)
  }
}

/** Whether an item occupies a field of the module block. */
export function isRuntimeItem(item: SignatureItem): boolean {
  switch (item.kind) {
    case 'value':
      return item.description.kind.kind !== 'primitive'
    case 'extension':
    case 'module':
    case 'class':
      return true
    case 'type':
    case 'module-type':
    case 'class-type':
      return false
  }
}

class ComponentsBuilder {
  private readonly env: Env
  private readonly path: Path
  private readonly address: Address | undefined
  private readonly aliasOf: Path | undefined
  private subst: Substitution = substitution([])
  private position = 0
  private readonly values = new Map<string, Entry<ValueDescription>[]>()
  private readonly constructors = new Map<string, Entry<ConstructorDescription>[]>()
  private readonly labels = new Map<string, Entry<LabelDescription>[]>()
  private readonly types = new Map<string, Entry<TypeDeclaration>[]>()
  private readonly modules = new Map<string, ModuleEntry[]>()
  private readonly moduleTypes = new Map<string, Entry<ModuleType | undefined>[]>()
  private readonly classes = new Map<string, Entry<ClassDeclaration>[]>()
  private readonly classTypes = new Map<string, Entry<ClassTypeDeclaration>[]>()

  constructor(env: Env, path: Path, address: Address | undefined, aliasOf: Path | undefined) {
    this.env = env
    this.path = path
    this.address = address
    this.aliasOf = aliasOf
  }

  build(items: Signature): StructureComponents {
    const substituted = items.filter((item) => item.kind !== 'value')
    this.subst = substitution(substituted.map((item) => [item.ident, this.pathTo(item.ident.name)] as const))
    for (const item of items) this.add(item)
    const { values, constructors, labels, types, modules, moduleTypes, classes, classTypes } = this
    return {
      kind: 'structure',
      values,
      constructors,
      labels,
      types,
      modules,
      moduleTypes,
      classes,
      classTypes,
    }
  }

  private pathTo(name: string): Path {
    return { kind: 'dot', prefix: this.path, name }
  }

  private nextAddress(): Address | undefined {
    const position = this.position
    this.position += 1
    return this.address === undefined ? undefined : { kind: 'field', module: this.address, position }
  }

  private add(item: SignatureItem): void {
    const { name } = item.ident
    const path = this.pathTo(name)
    const address = isRuntimeItem(item) ? this.nextAddress() : undefined
    switch (item.kind) {
      case 'value':
        put(this.values, name, new LazyEntry(path, address, () => substValue(this.subst, item.description)))
        break
      case 'type':
        this.addType(path, item)
        break
      case 'extension':
        put(this.constructors, name, new LazyEntry(path, address, () => this.extension(item)))
        break
      case 'module':
        this.addModule(path, address, item)
        break
      case 'module-type':
        put(
          this.moduleTypes,
          name,
          new LazyEntry(path, undefined, () => this.moduleType(item), item.attributes),
        )
        break
      case 'class':
        put(this.classes, name, new LazyEntry(path, address, () => substClass(this.subst, item.declaration)))
        break
      case 'class-type':
        put(
          this.classTypes,
          name,
          new LazyEntry(path, undefined, () => substClassType(this.subst, item.declaration)),
        )
    }
  }

  private extension(item: SignatureItem & { kind: 'extension' }): ConstructorDescription {
    return substExtension(this.subst, item.declaration).constructor
  }

  private moduleType(item: SignatureItem & { kind: 'module-type' }): ModuleType | undefined {
    return item.type === undefined ? undefined : substModuleType(this.subst, item.type)
  }

  private addModule(
    path: Path,
    address: Address | undefined,
    item: SignatureItem & { kind: 'module' },
  ): void {
    const { aliasOf } = this
    const substituted = () => substModuleType(this.subst, item.type)
    const aliased = (): ModuleType => {
      const type = substituted()
      if (aliasOf === undefined || type.kind === 'alias') return type
      return { kind: 'alias', path: { kind: 'dot', prefix: aliasOf, name: item.ident.name } }
    }
    put(this.modules, item.ident.name, new LazyModule(path, address, () => this.env, aliased, item))
  }

  private addType(path: Path, item: SignatureItem & { kind: 'type' }): void {
    const entry = new LazyEntry(path, undefined, () => this.typeDeclaration(item))
    put(this.types, item.ident.name, entry)
    const { kind } = item.declaration
    if (kind.kind === 'variant') this.addConstructors(entry, kind.constructors)
    if (kind.kind === 'record') this.addLabels(entry, kind.labels)
  }

  private typeDeclaration(item: SignatureItem & { kind: 'type' }): TypeDeclaration {
    const declaration = substTypeDeclaration(this.subst, item.declaration)
    if (this.aliasOf === undefined || declaration.manifest !== undefined) return declaration
    const path: Path = { kind: 'dot', prefix: this.aliasOf, name: item.ident.name }
    return { ...declaration, manifest: constructorType(path, declaration.parameters, genericLevel) }
  }

  private addConstructors(
    type: Entry<TypeDeclaration>,
    constructors: readonly ConstructorDescription[],
  ): void {
    constructors.forEach((c, i) => {
      const make = () => {
        const { kind } = type.description
        return kind.kind === 'variant'
          ? (kind.constructors[i] as ConstructorDescription)
          : substConstructor(this.subst, c)
      }
      put(this.constructors, c.name, new LazyEntry(type.path, undefined, make))
    })
  }

  private addLabels(type: Entry<TypeDeclaration>, labels: readonly LabelDescription[]): void {
    labels.forEach((label, i) => {
      const make = () => {
        const { kind } = type.description
        return kind.kind === 'record' ? (kind.labels[i] as LabelDescription) : label
      }
      put(this.labels, label.name, new LazyEntry(type.path, undefined, make))
    })
  }
}

function put<E>(map: Map<string, E[]>, name: string, entry: E): void {
  const known = map.get(name)
  if (known === undefined) map.set(name, [entry])
  else known.unshift(entry)
}

// ---------------------------------------------------------------------------------------------------------
// Finding by path

/** A compilation unit, loaded on first use. */
export function findUnit(env: Env, name: string): ModuleEntry | undefined {
  const { store } = env
  if (!store.units.has(name)) store.units.set(name, loadUnit(env, name))
  const unit = store.units.get(name)
  if (unit !== undefined) store.imports.add(name)
  return unit
}

function loadUnit(env: Env, name: string): ModuleEntry | undefined {
  const items = isolated(() => env.store.loadInterface(name))
  if (items === undefined) return undefined
  const type: ModuleType = { kind: 'signature', items }
  return new LazyModule(
    pathOf(unitIdent(name)),
    { kind: 'unit', name },
    () => env,
    () => type,
  )
}

export function findModule(env: Env, path: Path): ModuleEntry | undefined {
  if (path.kind === 'ident') {
    return path.ident.stamp === 0 ? findUnit(env, path.ident.name) : findByIdent(env.modules, path.ident)
  }
  if (path.kind === 'dot') return structureAt(env, path.prefix)?.modules.get(path.name)?.[0]
  return findApplication(env, path)
}

function structureAt(env: Env, path: Path): StructureComponents | undefined {
  const components = findModule(env, path)?.components
  return components?.kind === 'structure' ? components : undefined
}

/** `F(X)` as a module: F's result with X in place of the parameter. It has no address. */
function findApplication(env: Env, path: Extract<Path, { kind: 'apply' }>): ModuleEntry | undefined {
  const functor = findModule(env, path.functor)?.components
  if (functor?.kind !== 'functor') return undefined
  const argument = normalizeModulePath(env, path.argument)
  const key = pathKey(argument)
  let entry = functor.applications.get(key)
  if (entry === undefined) {
    entry = applyFunctor(env, functor, path.functor, argument)
    functor.applications.set(key, entry)
  }
  return entry
}

function applyFunctor(
  env: Env,
  functor: Extract<Components, { kind: 'functor' }>,
  functorPath: Path,
  argument: Path,
): ModuleEntry {
  const { parameter, body } = functor.type
  const bound = parameter.kind === 'named' && parameter.ident !== undefined ? parameter.ident : undefined
  const result = bound === undefined ? body : substModuleType(substitution([[bound, argument]]), body)
  const path: Path = { kind: 'apply', functor: functorPath, argument }
  if (functor.aliasOf === undefined)
    return new LazyModule(
      path,
      undefined,
      () => env,
      () => result,
    )
  const aliasOf: Path = { kind: 'apply', functor: functor.aliasOf, argument }
  const components = componentsOf(env, path, undefined, result, aliasOf)
  return { path, address: undefined, description: result, components, region: undefined }
}

/** Follows module aliases: the path under which the module was defined. */
export function normalizeModulePath(env: Env, path: Path): Path {
  const type = findModule(env, path)?.description
  if (type?.kind === 'alias') return normalizeModulePath(env, type.path)
  if (path.kind === 'ident') return path
  if (path.kind === 'apply') {
    const functor = normalizeModulePath(env, path.functor)
    const argument = normalizeModulePath(env, path.argument)
    return functor === path.functor && argument === path.argument
      ? path
      : { kind: 'apply', functor, argument }
  }
  const prefix = normalizeModulePath(env, path.prefix)
  if (prefix === path.prefix) return path
  const normal: Path = { kind: 'dot', prefix, name: path.name }
  return findModule(env, normal) === undefined ? path : normal
}

/** A type's path with the module that it is in normalized. */
export function normalizeTypePath(env: Env, path: Path): Path {
  if (path.kind !== 'dot' || isTypeName(path.prefix)) return path
  const prefix = normalizeModulePath(env, path.prefix)
  return prefix === path.prefix ? path : { kind: 'dot', prefix, name: path.name }
}

/** Also finds the record types of inline records: `t.C` and, for extension constructors, their own path. */
export function findType(env: Env, path: Path): TypeDeclaration | undefined {
  return (
    (env.equations === undefined ? undefined : lookup(env.equations, pathKey(path))) ??
    findDeclared(env, path)
  )
}

function findDeclared(env: Env, path: Path): TypeDeclaration | undefined {
  if (path.kind === 'ident') {
    return (
      findByIdent(env.types, path.ident)?.description ?? inlineOf(findByIdent(env.constructors, path.ident))
    )
  }
  if (path.kind !== 'dot') return undefined
  if (isTypeName(path.prefix)) return inlineRecordOfType(env, path.prefix, path.name)
  const structure = structureAt(env, path.prefix)
  return structure?.types.get(path.name)?.[0]?.description ?? inlineOf(findExtension(env, path))
}

/** Types begin with a lowercase letter, modules do not. */
export function isTypeName(path: Path): boolean {
  const name = path.kind === 'ident' ? path.ident.name : path.kind === 'dot' ? path.name : ''
  const first = name.charAt(0)
  return first === '_' || first !== first.toUpperCase()
}

function inlineRecordOfType(env: Env, type: Path, name: string): TypeDeclaration | undefined {
  const kind = findType(env, type)?.kind
  if (kind?.kind !== 'variant') return undefined
  const description = kind.constructors.find((c) => c.name === name)
  return description === undefined ? undefined : inlineDeclaration(description)
}

const inlineOf = (entry: Entry<ConstructorDescription> | undefined): TypeDeclaration | undefined =>
  entry === undefined ? undefined : inlineDeclaration(entry.description)

export function findModuleType(env: Env, path: Path): Entry<ModuleType | undefined> | undefined {
  if (path.kind === 'ident') return findByIdent(env.moduleTypes, path.ident)
  if (path.kind === 'dot') return structureAt(env, path.prefix)?.moduleTypes.get(path.name)?.[0]
  return undefined
}

export function findClassType(env: Env, path: Path): ClassTypeDeclaration | undefined {
  if (path.kind === 'ident') return findByIdent(env.classTypes, path.ident)?.description
  if (path.kind === 'dot') return structureAt(env, path.prefix)?.classTypes.get(path.name)?.[0]?.description
  return undefined
}

/** The class type of the objects whose type is at `path`: it has the same name, and comes with the type. */
export function findClassTypeOfObjects(env: Env, path: Path): ClassTypeDeclaration | undefined {
  if (path.kind === 'dot') return findClassType(env, path)
  if (path.kind !== 'ident') return undefined
  return findAllByName(env.classTypes, path.ident.name).find(({ description }) =>
    samePath(description.path, path),
  )?.description
}

export function findValue(env: Env, path: Path): Entry<ValueDescription> | undefined {
  if (path.kind === 'ident') return findByIdent(env.values, path.ident)
  if (path.kind === 'dot') return structureAt(env, path.prefix)?.values.get(path.name)?.[0]
  return undefined
}

/** The exception or extension constructor at a path: what a tag `extension` refers to. */
export function findExtension(env: Env, path: Path): Entry<ConstructorDescription> | undefined {
  if (path.kind === 'ident') return findByIdent(env.constructors, path.ident)
  if (path.kind !== 'dot') return undefined
  const found = structureAt(env, path.prefix)?.constructors.get(path.name)
  return found?.find((entry) => entry.description.tag.kind === 'extension')
}

/** Where the constructor of a tag `extension` is at run time. */
export function extensionAddress(env: Env, path: Path): Address | undefined {
  return findExtension(env, path)?.address
}

/** Follows names of module types to what they stand for; stops at an abstract one. Aliases are followed too. */
export function scrapeModuleType(env: Env, type: ModuleType): ModuleType {
  if (type.kind === 'alias') {
    const target = findModule(env, type.path)
    return target === undefined ? type : scrapeModuleType(env, target.description)
  }
  if (type.kind !== 'ident') return type
  const definition = findModuleType(env, type.path)?.description
  return definition === undefined ? type : scrapeModuleType(env, definition)
}
