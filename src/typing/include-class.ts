/**
 * Does a class keep what a class type or the declaration in a signature promises?
 *
 * Private methods that the wanted type does not have are hidden; everything else that the class has must be there.
 */

import { DiagnosticError } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import { instanceClass } from './class-instance.ts'
import { classArity, classMethodsOf, classSignature, instanceVariablesOf } from './class-types.ts'
import type { Env } from './env.ts'
import { samePath } from './ident.ts'
import { areInstances, areRenamings } from './match-types.ts'
import { isDummyMethod, methodsOf } from './object-fields.ts'
import {
  box,
  breakHint,
  concat,
  cut,
  type Doc,
  renderMessage,
  separated,
  space,
  text,
  vBox,
} from './pretty.ts'
import { classTypeDoc } from './print-class.ts'
import { printTypes } from './print-type.ts'
import { componentsOfDesc } from './subst.ts'
import { setPresence } from './type-graph.ts'
import {
  type ClassDeclaration,
  type ClassSignature,
  type ClassType,
  type ClassTypeDeclaration,
  repr,
  type Type,
  type TypeDesc,
} from './types.ts'

/** Whether types may be more general than wanted (a constraint in a class), or must be the same (in a signature). */
type Mode = 'instance' | 'equal'

/** Stops unless the class type is at least as general as the wanted one. */
export function includeClassType(env: Env, got: ClassType, wanted: ClassType, region: Region): void {
  const reasons = matchClasses(
    env,
    'instance',
    { parameters: [], type: got },
    { parameters: [], type: wanted },
  )
  if (reasons.length === 0) return
  const isUnlike = compareArrows(got, wanted) === undefined
  const all = isUnlike ? reasons : [unlikeDoc(env, got, wanted), ...reasons]
  const message = renderMessage(vBox(0, separated(space, all)))
  throw new DiagnosticError({ severity: 'error', region, message })
}

/** Why the declaration is not that of the signature; empty when it is. */
export function includeClass(env: Env, got: ClassDeclaration, wanted: ClassDeclaration): readonly Doc[] {
  if (got.new === undefined && wanted.new !== undefined) {
    return [text('A class cannot be changed from virtual to concrete')]
  }
  return matchClasses(env, 'equal', got, wanted)
}

export function includeClassTypeDeclaration(
  env: Env,
  got: ClassTypeDeclaration,
  wanted: ClassTypeDeclaration,
): readonly Doc[] {
  return matchClasses(env, 'equal', got, wanted)
}

interface Parametrised {
  readonly parameters: readonly Type[]
  readonly type: ClassType
}

function matchClasses(env: Env, mode: Mode, got: Parametrised, wanted: Parametrised): readonly Doc[] {
  const shape = compareShapes(mode, classSignature(got.type), classSignature(wanted.type))
  if (shape.length > 0) return shape.map((reason) => box(0, reason))
  if (got.parameters.length !== wanted.parameters.length) {
    return [text('The classes do not have the same number of type parameters')]
  }
  const mismatch = firstMismatch(env, mode, got, wanted)
  return mismatch === undefined ? [] : [mismatch]
}

// ---------------------------------------------------------------------------------------------------------
// Which methods and variables there are

function compareShapes(mode: Mode, got: ClassSignature, wanted: ClassSignature): readonly string[] {
  return [
    ...instanceVariablesOf(wanted).flatMap(([name, variable]) =>
      variableProblem(name, got.variables.get(name), variable),
    ),
    ...instanceVariablesOf(got)
      .filter(([name, { virtual }]) => virtual && !wanted.variables.has(name))
      .map(([name]) => `The virtual instance variable ${name} cannot be hidden`),
    ...classMethodsOf(wanted).flatMap(([name, method]) =>
      methodProblem(mode, name, got.methods.get(name), method),
    ),
    ...classMethodsOf(got).flatMap(([name, method]) =>
      wanted.methods.has(name) ? [] : hidingProblems(name, method),
    ),
  ]
}

type Method = { readonly private: boolean; readonly virtual: boolean }

function methodProblem(mode: Mode, name: string, got: Method | undefined, wanted: Method): readonly string[] {
  if (got === undefined) return [`The first class type has no method ${name}`]
  if (!got.private && wanted.private) return [`The public method ${name} cannot become private`]
  if (got.private && !wanted.private && mode === 'equal')
    return [`The private method ${name} cannot become public`]
  return got.virtual && !wanted.virtual ? [`The virtual method ${name} cannot become concrete`] : []
}

function hidingProblems(name: string, method: Method): readonly string[] {
  const reasons: string[] = []
  if (method.virtual) reasons.push(`The virtual method ${name} cannot be hidden`)
  if (!method.private) reasons.push(`The public method ${name} cannot be hidden`)
  return reasons
}

type Variable = { readonly mutable: boolean; readonly virtual: boolean }

function variableProblem(name: string, got: Variable | undefined, wanted: Variable): readonly string[] {
  if (got === undefined) return [`The first class type has no instance variable ${name}`]
  if (!got.mutable && wanted.mutable)
    return [`The non-mutable instance variable ${name} cannot become mutable`]
  return got.virtual && !wanted.virtual
    ? [`The virtual instance variable ${name} cannot become concrete`]
    : []
}

// ---------------------------------------------------------------------------------------------------------
// Types

/** What is compared, and how it is called in an error. */
interface Compared {
  readonly what: string
  readonly got: (instance: Parametrised) => Type
  readonly wanted: Type
}

function firstMismatch(env: Env, mode: Mode, got: Parametrised, wanted: Parametrised): Doc | undefined {
  const arrows = compareArrows(got.type, wanted.type)
  if (arrows === undefined) return unlikeDoc(env, got.type, wanted.type)
  const compared = [...parametersOf(wanted), ...arrows, ...partsOf(got.type, wanted.type)]
  if (match(env, mode, got, wanted, compared)) return undefined
  const bad = compared.findIndex((_, i) => !match(env, mode, got, wanted, compared.slice(0, i + 1), false))
  return mismatchOf(env, mode, compared[bad === -1 ? compared.length - 1 : bad] as Compared, got)
}

function unlikeDoc(env: Env, got: ClassType, wanted: ClassType): Doc {
  const shift = breakHint(1, 2)
  const [one, other] = [classTypeDoc(env, got), classTypeDoc(env, wanted)]
  return box(0, 'The class type', shift, one, space, 'is not matched by the class type', shift, other)
}

function mismatchOf(env: Env, mode: Mode, { what, got: find, wanted }: Compared, got: Parametrised): Doc {
  const type = find(got)
  const inner = innermostDifference(type, wanted)
  const shown = inner === undefined ? [type, wanted] : [type, wanted, ...inner]
  const [one, other, innerOne, innerOther] = printTypes(env, shown) as [Doc, Doc, Doc?, Doc?]
  const shift = breakHint(1, 2)
  const head = box(0, what, shift, one, space, 'but is expected to have type', shift, other)
  if (innerOne === undefined || innerOther === undefined) return head
  const relation = mode === 'equal' ? 'is not equal to type' : 'is not compatible with type'
  const reason = concat(box(0, 'Type', shift, innerOne, space, relation, shift, innerOther), ' ')
  return vBox(0, head, cut, reason)
}

/** The first parts whose heads differ, when these are not the types themselves. */
function innermostDifference(one: Type, other: Type): readonly [Type, Type] | undefined {
  const seen = new Set<Type>()
  const find = (a: Type, b: Type): readonly [Type, Type] | undefined => {
    const t = repr(a)
    const u = repr(b)
    if (t === u || seen.has(t) || t.desc.kind === 'variable') return undefined
    seen.add(t)
    if (!haveSameHead(t.desc, u.desc)) return [t, u]
    const parts = componentsOfDesc(u.desc)
    for (const [i, part] of componentsOfDesc(t.desc).entries()) {
      const found = find(part, parts[i] as Type)
      if (found !== undefined) return found
    }
    return undefined
  }
  const found = find(one, other)
  return found?.[0] === repr(one) ? undefined : found
}

function haveSameHead(d: TypeDesc, e: TypeDesc): boolean {
  if (d.kind !== e.kind || componentsOfDesc(d).length !== componentsOfDesc(e).length) return false
  if (d.kind === 'constructor' && e.kind === 'constructor') return samePath(d.path, e.path)
  return d.kind !== 'arrow' || e.kind !== 'arrow' || d.label === e.label
}

function parametersOf(wanted: Parametrised): readonly Compared[] {
  return wanted.parameters.map((parameter, i) => ({
    what: 'A type parameter has type',
    got: ({ parameters }) => parameters[i] as Type,
    wanted: parameter,
  }))
}

/** The parameters of the classes; undefined when they are not alike. */
function compareArrows(got: ClassType, wanted: ClassType): readonly Compared[] | undefined {
  if (classArity(got) !== classArity(wanted)) return undefined
  const compared: Compared[] = []
  for (let i = 0; i < classArity(wanted); i += 1) {
    const one = arrowAt(got, i)
    const other = arrowAt(wanted, i)
    if (one.label !== other.label) return undefined
    compared.push({
      what: 'A parameter has type',
      got: ({ type }) => arrowAt(type, i).parameter,
      wanted: other.parameter,
    })
  }
  return compared
}

function arrowAt(type: ClassType, index: number): Extract<ClassType, { kind: 'arrow' }> {
  let t = type
  for (let left = index; ; ) {
    if (t.kind === 'constructor') t = t.type
    else if (t.kind === 'signature') throw new Error('no such parameter')
    else if (left === 0) return t
    else {
      left -= 1
      t = t.result
    }
  }
}

function partsOf(got: ClassType, wanted: ClassType): readonly Compared[] {
  const own = classSignature(got)
  const signature = classSignature(wanted)
  const methods = classMethodsOf(signature).map(
    ([name, { type }]): Compared => ({
      what: `The method ${name} has type`,
      got: (instance) => classSignature(instance.type).methods.get(name)?.type as Type,
      wanted: type,
    }),
  )
  const variables = instanceVariablesOf(signature)
    .filter(([name]) => own.variables.has(name))
    .map(
      ([name, { type }]): Compared => ({
        what: `The instance variable ${name} has type`,
        got: (instance) => classSignature(instance.type).variables.get(name)?.type as Type,
        wanted: type,
      }),
    )
  return [...methods, ...variables]
}

function match(
  env: Env,
  mode: Mode,
  got: Parametrised,
  wanted: Parametrised,
  compared: readonly Compared[],
  withSelf = true,
): boolean {
  const wantedSignature = classSignature(wanted.type)
  const instance = () => {
    const copy = instanceClass(got.parameters, got.type)
    const { self } = classSignature(copy.type)
    hideOthers(self, wantedSignature)
    const types = compared.map((each) => each.got(copy))
    return withSelf ? [...types, self] : types
  }
  const types = compared.map((each) => each.wanted)
  const specific = withSelf ? [...types, wantedSignature.self] : types
  return mode === 'instance' ? areInstances(env, instance, specific) : areRenamings(env, instance, specific)
}

/** Private methods that are not wanted are gone. */
function hideOthers(self: Type, { methods }: ClassSignature): void {
  for (const { name, presence } of methodsOf(self).fields) {
    if (!isDummyMethod(name) && methods.has(name)) continue
    if (presence.state === 'unknown') setPresence(presence, 'absent')
  }
}
