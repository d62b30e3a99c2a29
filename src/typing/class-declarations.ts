/**
 * Definitions of classes and class types: `class … and …`, `class type … and …`, and classes in signatures.
 *
 * A definition binds a class (not a class type's), a class type and the type of the objects, all of one name. While a group is
 * inferred the types of objects, `#c` and `new c` are monomorphic unknowns, which are filled in class by class; everything is
 * generalised at the end. So within its own definition a class is used at one instance.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { instanceClass, limitClass } from './class-instance.ts'
import { incompletePath } from './class-names.ts'
import { newClassSignature, removeDummyMethods, virtualParts } from './class-signature.ts'
import { classArity, classBody, classSignature, publicMethodNames, typesOfClass } from './class-types.ts'
import type { Context, SelfCoercions } from './context.ts'
import { addClass, addClassType, addType, type Env } from './env.ts'
import { expandHead } from './expand.ts'
import { generalise } from './generalise.ts'
import { freshIdent, type Ident, type Path } from './ident.ts'
import { failVirtual } from './infer-class-structure.ts'
import { instance, instanceAll } from './instance.ts'
import { hidePrivateMethods, isOpenObject, methodsOf, objectRow, setObjectName } from './object-fields.ts'
import { box, concat, type Doc, renderMessage, separated, space, vBox } from './pretty.ts'
import { ClassPrinter, classDoc, classTypeDeclarationDoc } from './print-class.ts'
import { failMismatch, failSubtype } from './print-mismatch.ts'
import { TypePrinter } from './print-type.ts'
import { componentsOfDesc } from './subst.ts'
import { subtype } from './subtype.ts'
import { TypeVariables } from './translate-type.ts'
import { abstractDeclaration, declareParameter, expectType } from './type-declaration.ts'
import {
  arrowType,
  constructorType,
  currentLevel,
  inNewLevel,
  link,
  newType,
  newVariable,
} from './type-graph.ts'
import type { ClassExpression } from './typed-tree.ts'
import {
  type ClassDeclaration,
  type ClassSignature,
  type ClassType,
  type ClassTypeDeclaration,
  genericLevel,
  repr,
  type Type,
  type TypeDeclaration,
} from './types.ts'
import { UnifyError, unify } from './unify.ts'
import { computeVariances } from './variance.ts'

/** One class or class type of a group. */
export interface ClassSource {
  readonly syntax: Pick<ast.ClassDeclaration, 'name' | 'virtual' | 'parameters' | 'region' | 'attributes'>
  /** What `new` gives, as far as the form of the definition tells. */
  readonly approximate: () => Type
  readonly infer: (
    cx: Context,
    env: Env,
  ) => { readonly type: ClassType; readonly expression?: ClassExpression }
}

export type ClassKind = 'class' | 'class-type'

export interface DefinedClass {
  readonly classIdent: Ident
  readonly classTypeIdent: Ident
  readonly objectTypeIdent: Ident
  readonly class: ClassDeclaration
  readonly classType: ClassTypeDeclaration
  readonly objectType: TypeDeclaration
  readonly expression: ClassExpression | undefined
  readonly virtual: boolean
  readonly arity: number
  readonly publicMethods: readonly string[]
  readonly region: Region
  readonly nameRegion: Region
}

/** The unknowns of a class while its group is inferred. */
interface Unknown {
  readonly source: ClassSource
  readonly classIdent: Ident
  readonly classTypeIdent: Ident
  readonly objectTypeIdent: Ident
  readonly objectParameters: readonly Type[]
  readonly objectType: Type
  readonly hashParameters: readonly Type[]
  readonly hashType: Type
  readonly maker: Type
}

interface Inferred {
  readonly unknown: Unknown
  readonly parameters: readonly Type[]
  readonly type: ClassType
  readonly expression: ClassExpression | undefined
  readonly coercions: SelfCoercions
}

/** Infers a group; the environment after it. */
export function inferClassGroup(
  cx: Context,
  env: Env,
  kind: ClassKind,
  sources: readonly ClassSource[],
): { readonly env: Env; readonly classes: readonly DefinedClass[] } {
  const inferred = inNewLevel(() => {
    const unknowns = sources.map(makeUnknown)
    for (const { objectTypeIdent: ident, source } of unknowns)
      expectType(env, { ident, ...source }, undefined)
    let inner = unknowns.reduce((e, unknown) => addUnknown(e, kind, unknown), env)
    const found: Inferred[] = []
    for (const unknown of unknowns) {
      const each = inferClass(cx, inner, kind, unknown)
      inner = addInferred(inner, kind, each)
      found.push(each)
    }
    return { classes: found, env: inner }
  })
  const classes = inferred.classes.map((each) => finish(inferred.env, kind, each))
  const outer = classes.reduce((e, each) => addDefined(e, kind, each), env)
  setVariances(outer, classes, sources)
  for (const each of inferred.classes) checkSelfCoercions(outer, each)
  return { env: outer, classes }
}

const pathOf = (ident: Ident): Path => ({ kind: 'ident', ident })

// ---------------------------------------------------------------------------------------------------------
// Before anything is known

function makeUnknown(source: ClassSource): Unknown {
  const { name, parameters } = source.syntax
  const variables = () => parameters.map(() => newVariable())
  const object = () => newType({ kind: 'object', fields: newVariable() })
  return {
    source,
    classIdent: freshIdent(name.text),
    classTypeIdent: freshIdent(name.text),
    objectTypeIdent: freshIdent(name.text),
    objectParameters: variables(),
    objectType: object(),
    hashParameters: variables(),
    hashType: object(),
    maker: source.approximate(),
  }
}

function abbreviation(unknown: Unknown, parameters: readonly Type[], manifest: Type): TypeDeclaration {
  const { region } = unknown.source.syntax
  // What the attributes of a class say is about the class alone.
  return { ...abstractDeclaration(parameters, { region, attributes: [] }), immediate: false, manifest }
}

function addUnknown(env: Env, kind: ClassKind, unknown: Unknown): Env {
  const { objectTypeIdent, classTypeIdent, classIdent, source } = unknown
  const type: ClassType = { kind: 'signature', signature: newClassSignature() }
  const base = { parameters: [], type, path: incompletePath, variance: [], ...placeOf(source) }
  const hashType = abbreviation(unknown, unknown.hashParameters, unknown.hashType)
  const withType = addType(
    env,
    objectTypeIdent,
    abbreviation(unknown, unknown.objectParameters, unknown.objectType),
  )
  const withClassType = addClassType(withType, classTypeIdent, { ...base, hashType })
  if (kind === 'class-type') return withClassType
  return addClass(withClassType, classIdent, { ...base, new: makerOf(unknown) })
}

const placeOf = ({ syntax: { region, attributes } }: ClassSource) => ({ region, attributes })

const makerOf = ({ source, maker }: Unknown): Type | undefined => (source.syntax.virtual ? undefined : maker)

// ---------------------------------------------------------------------------------------------------------
// One class

function inferClass(cx: Context, env: Env, kind: ClassKind, unknown: Unknown): Inferred {
  const { source, objectTypeIdent } = unknown
  const { syntax } = source
  const coercions: SelfCoercions = { objectType: objectTypeIdent, regions: [] }
  const inferred = inNewLevel(() => {
    const variables = new TypeVariables(currentLevel())
    const parameters = syntax.parameters.map((parameter) => declareParameter(variables, parameter))
    const own = source.infer({ ...cx, variables, selfCoercions: coercions }, env)
    return { parameters, type: own.type, expression: own.expression }
  })
  const signature = classSignature(inferred.type)
  if (!syntax.virtual) checkConcrete(kind, signature, syntax.region)
  limitClass(inferred.type, inferred.parameters)
  const made = { ...inferred, unknown, coercions }
  fillObjectType(env, made)
  return made
}

function checkConcrete(kind: ClassKind, signature: ClassSignature, region: Region): void {
  const { methods, variables } = virtualParts(signature)
  if (methods.length + variables.length === 0) return
  const what = kind === 'class' ? 'class' : 'class type'
  failVirtual(region, () => `This ${what} should be virtual`, methods, variables)
}

/** Makes the types of objects, `#c` and `new c` what the class says. */
function fillObjectType(env: Env, { unknown, parameters, type }: Inferred): void {
  const { objectTypeIdent, objectParameters, hashParameters, hashType, maker, source } = unknown
  const { region, name } = source.syntax
  const object = constructorType(pathOf(objectTypeIdent), objectParameters)
  const own = instanceClass(parameters, type)
  const { self } = classSignature(own.type)
  hidePrivateMethods(self)
  closeObject(self)
  unifyParameters(env, unknown, objectParameters, own.parameters, pathOf(objectTypeIdent))
  unifyAbbreviation(env, self, object, region)
  const whole = classSignature(type).self
  setObjectName(whole, { path: pathOf(objectTypeIdent), arguments: [objectRow(whole), ...parameters] })
  const hash = instanceClass(parameters, type)
  unifyParameters(env, unknown, hashParameters, hash.parameters, pathOf(objectTypeIdent))
  unifyAbbreviation(env, classSignature(hash.type).self, hashType, region)
  try {
    unify(env, makerType(own.type, object), instance(maker))
  } catch (error) {
    failMismatch(env, region, error, {
      got: `The expression "new ${name.text}" has type`,
      expected: 'but is used with type',
    })
  }
}

function closeObject(self: Type): void {
  const row = objectRow(self)
  if (row.desc.kind === 'variable') link(row, newType({ kind: 'nil' }, row.level))
}

function unifyParameters(
  env: Env,
  { source }: Unknown,
  used: readonly Type[],
  constrained: readonly Type[],
  path: Path,
): void {
  try {
    used.forEach((parameter, i) => {
      unify(env, parameter, constrained[i] as Type)
    })
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error
    failParameters(env, source.syntax.region, path, used, constrained)
  }
}

function failParameters(
  env: Env,
  region: Region,
  path: Path,
  used: readonly Type[],
  constrained: readonly Type[],
): never {
  const printer = new TypePrinter(env)
  for (const type of [...used, ...constrained]) printer.mark(type)
  const list = (types: readonly Type[]) =>
    separated(
      concat(',', space),
      types.map((type) => printer.print(type)),
    )
  const name = path.kind === 'ident' ? path.ident.name : ''
  const doc = box(
    0,
    'The abbreviation',
    space,
    name,
    space,
    'is used with parameters',
    space,
    list(used),
    space,
    'which are incompatible with constraints',
    space,
    list(constrained),
  )
  fail(region, renderMessage(doc))
}

function unifyAbbreviation(env: Env, type: Type, used: Type, region: Region): void {
  try {
    unify(env, type, used)
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error
    const expanded = expandHead(env, used)
    const printer = new TypePrinter(env)
    for (const each of [used, type, expanded]) printer.mark(each)
    // Variables are named from the last type to the first.
    const [shownExpansion, shownType, shownUse] = [expanded, type, used].map((each) =>
      printer.print(each),
    ) as [Doc, Doc, Doc]
    const doc = box(
      0,
      'The abbreviation',
      space,
      shownUse,
      space,
      'expands to type',
      space,
      shownType,
      space,
      'but is used with type',
      space,
      shownExpansion,
    )
    fail(region, renderMessage(doc))
  }
}

/** The type of `new c`. */
function makerType(type: ClassType, object: Type): Type {
  switch (type.kind) {
    case 'constructor':
      return makerType(type.type, object)
    case 'signature':
      return object
    case 'arrow':
      return arrowType(type.label, type.parameter, makerType(type.result, object))
  }
}

/** The next classes of the group can inherit from this one. */
function addInferred(env: Env, kind: ClassKind, { unknown, parameters, type }: Inferred): Env {
  const { classTypeIdent, classIdent, objectTypeIdent, source } = unknown
  const variance = parameters.map(() => ({ covariant: true, contravariant: true, injective: true }))
  const base = { parameters, path: pathOf(objectTypeIdent), variance, ...placeOf(source) }
  const hashType = abbreviation(unknown, unknown.hashParameters, unknown.hashType)
  const withType = addClassType(env, classTypeIdent, { ...base, type: classBody(type), hashType })
  if (kind === 'class-type') return withType
  return addClass(withType, classIdent, { ...base, type, new: makerOf(unknown) })
}

// ---------------------------------------------------------------------------------------------------------
// When all are known

function finish(
  env: Env,
  kind: ClassKind,
  { unknown, parameters, type, expression }: Inferred,
): DefinedClass {
  const { source, objectTypeIdent, objectParameters, objectType, hashParameters, hashType } = unknown
  const { syntax } = source
  const maker = makerOf(unknown)
  const { final, makerInstance } = inNewLevel(() => ({
    final: instanceClass(parameters, type),
    makerInstance: maker === undefined ? undefined : instance(maker),
  }))
  const signature = classSignature(final.type)
  removeDummyMethods(signature)
  removeDummyMethods({ ...signature, self: hashType })
  const base = {
    parameters: final.parameters,
    path: pathOf(objectTypeIdent),
    variance: [],
    ...placeOf(source),
  }
  const declaration: ClassDeclaration = { ...base, type: final.type, new: makerInstance }
  const classType: ClassTypeDeclaration = {
    ...base,
    type: classBody(final.type),
    hashType: abbreviation(unknown, hashParameters, hashType),
  }
  const object = abbreviation(unknown, objectParameters, objectType)
  const types = [...typesOfClass(declaration), ...objectParameters, objectType, ...hashParameters, hashType]
  for (const each of types) generalise(each)
  checkGeneralised(env, kind, syntax, declaration, classType)
  checkClosed(env, kind, syntax, declaration, classType)
  return {
    classIdent: unknown.classIdent,
    classTypeIdent: unknown.classTypeIdent,
    objectTypeIdent,
    class: declaration,
    classType,
    objectType: object,
    expression,
    virtual: syntax.virtual,
    arity: classArity(final.type),
    publicMethods: publicMethodNames(signature),
    region: syntax.region,
    nameRegion: syntax.name.region,
  }
}

function addDefined(env: Env, kind: ClassKind, defined: DefinedClass): Env {
  const withType = addType(env, defined.objectTypeIdent, defined.objectType)
  const withClassType = addClassType(withType, defined.classTypeIdent, defined.classType)
  return kind === 'class' ? addClass(withClassType, defined.classIdent, defined.class) : withClassType
}

function setVariances(env: Env, classes: readonly DefinedClass[], sources: readonly ClassSource[]): void {
  const group = classes.map(({ objectTypeIdent, objectType }, i) => ({
    ident: objectTypeIdent,
    declaration: objectType,
    annotations: (sources[i] as ClassSource).syntax.parameters,
  }))
  computeVariances(env, group)
  for (const { objectType, class: own, classType } of classes) {
    const { variance } = objectType
    Object.assign(own, { variance })
    Object.assign(classType, { variance })
    classType.hashType.variance = variance
  }
}

function declarationDoc(
  env: Env,
  kind: ClassKind,
  name: string,
  declaration: ClassDeclaration,
  classType: ClassTypeDeclaration,
  printer?: ClassPrinter,
): Doc {
  return kind === 'class'
    ? classDoc(env, name, declaration, 'class', printer)
    : classTypeDeclarationDoc(env, name, classType, 'class type', printer)
}

function checkGeneralised(
  env: Env,
  kind: ClassKind,
  { name, region }: ClassSource['syntax'],
  declaration: ClassDeclaration,
  classType: ClassTypeDeclaration,
): void {
  if (!hasWeakVariable(typesOfClass(declaration))) return
  const shown = declarationDoc(env, kind, name.text, declaration, classType)
  const doc = box(
    0,
    'The type of this class,',
    space,
    shown,
    ',',
    space,
    'contains type variables that cannot be generalized',
  )
  fail(region, renderMessage(doc))
}

function hasWeakVariable(types: readonly Type[]): boolean {
  return someNode(types, new Set(), (t) => t.desc.kind === 'variable' && t.level !== genericLevel)
}

/** Whether a node of the types, but for what is in `seen`, has the property. */
function someNode(types: readonly Type[], seen: Set<Type>, test: (t: Type) => boolean): boolean {
  return types.some((type) => {
    const t = repr(type)
    if (seen.has(t)) return false
    seen.add(t)
    return test(t) || someNode(componentsOfDesc(t.desc), seen, test)
  })
}

/** Public methods mention no type variables but the parameters. */
function checkClosed(
  env: Env,
  kind: ClassKind,
  { name, region }: ClassSource['syntax'],
  declaration: ClassDeclaration,
  classType: ClassTypeDeclaration,
): void {
  const signature = classSignature(declaration.type)
  const bound = new Set<Type>()
  someNode(declaration.parameters, bound, () => false)
  bound.add(repr(signature.self))
  bound.add(objectRow(signature.self))
  for (const { name: method, type, presence } of methodsOf(signature.self).fields) {
    if (presence.state !== 'present') continue
    const free = freeVariable(type, new Set(bound))
    if (free === undefined) continue
    const printer = new ClassPrinter(env, declaration.parameters)
    const shown = declarationDoc(env, kind, name.text, declaration, classType, printer)
    const shownVariable = printer.types.print(free)
    const reason = box(
      0,
      `The method ${method}`,
      space,
      'has type',
      space,
      printer.types.print(type),
      space,
      'where',
      space,
      shownVariable,
      space,
      'is unbound',
    )
    const head = box(2, 'Some type variables are unbound in this type:', space, shown)
    fail(region, renderMessage(vBox(0, head, space, reason)))
  }
}

function freeVariable(type: Type, seen: Set<Type>): Type | undefined {
  let found: Type | undefined
  someNode([type], seen, (t) => {
    if (t.desc.kind === 'variable') found = t
    return t.desc.kind === 'variable'
  })
  return found
}

// ---------------------------------------------------------------------------------------------------------

/** `(self :> c)` in the definition of c: c must be a type that its objects can be seen at, and self open. */
function checkSelfCoercions(env: Env, { unknown, coercions }: Inferred): void {
  const [region] = coercions.regions
  if (region === undefined) return
  const { hashParameters, hashType, objectParameters, objectType } = unknown
  const [hash, object, ...parameters] = instanceAll([
    hashType,
    objectType,
    ...hashParameters,
    ...objectParameters,
  ])
  const count = hashParameters.length
  for (let i = 0; i < count; i += 1) unify(env, parameters[i] as Type, parameters[i + count] as Type)
  try {
    subtype(env, hash as Type, object as Type)
  } catch (error) {
    failSubtype(env, region, error)
  }
  if (isOpenObject(expandHead(env, hash as Type))) return
  const printer = new TypePrinter(env)
  printer.mark(object as Type)
  const doc = box(
    0,
    'The type of self cannot be coerced to',
    space,
    'the type of the current class:',
    space,
    printer.print(object as Type),
    '.',
    space,
    'Some occurrences are contravariant',
  )
  fail(region, renderMessage(doc))
}
