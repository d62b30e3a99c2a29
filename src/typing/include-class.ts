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
import { areInstances, areRenamings } from './match-types.ts'
import { isDummyMethod, methodsOf } from './object-fields.ts'
import { box, breakHint, type Doc, renderMessage, separated, space, text, vBox } from './pretty.ts'
import { classTypeDoc } from './print-class.ts'
import { printTypes } from './print-type.ts'
import { setPresence } from './type-graph.ts'
import type { ClassDeclaration, ClassSignature, ClassType, ClassTypeDeclaration, Type } from './types.ts'

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
  const message = renderMessage(vBox(0, separated(space, reasons)))
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
    ...classMethodsOf(wanted).flatMap(([name, method]) =>
      methodProblem(mode, name, got.methods.get(name), method),
    ),
    ...classMethodsOf(got).flatMap(([name, method]) =>
      wanted.methods.has(name) ? [] : hidingProblems(name, method),
    ),
    ...instanceVariablesOf(wanted).flatMap(([name, variable]) =>
      variableProblem(name, got.variables.get(name), variable),
    ),
    ...instanceVariablesOf(got)
      .filter(([name, { virtual }]) => virtual && !wanted.variables.has(name))
      .map(([name]) => `The virtual instance variable ${name} cannot be hidden`),
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
  if (arrows === undefined) {
    const [one, other] = [classTypeDoc(env, got.type), classTypeDoc(env, wanted.type)]
    const relation = 'is not matched by the class type'
    return box(0, 'The class type', breakHint(1, 2), one, space, relation, breakHint(1, 2), other)
  }
  const compared = [...parametersOf(wanted), ...arrows, ...partsOf(got.type, wanted.type)]
  if (match(env, mode, got, wanted, compared)) return undefined
  let bad = compared.length - 1
  for (let i = 0; i < compared.length; i += 1) {
    if (match(env, mode, got, wanted, compared.slice(0, i + 1))) continue
    bad = i
    break
  }
  const { what, got: find, wanted: type } = compared[bad] as Compared
  const [one, other] = printTypes(env, [find(got), type]) as [Doc, Doc]
  return box(0, what, breakHint(1, 2), one, space, 'but is expected to have type', breakHint(1, 2), other)
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
): boolean {
  const wantedSignature = classSignature(wanted.type)
  const instance = () => {
    const copy = instanceClass(got.parameters, got.type)
    const { self } = classSignature(copy.type)
    hideOthers(self, wantedSignature)
    return [self, ...compared.map((each) => each.got(copy))]
  }
  const specific = [wantedSignature.self, ...compared.map((each) => each.wanted)]
  return mode === 'instance' ? areInstances(env, instance, specific) : areRenamings(env, instance, specific)
}

/** Private methods that are not wanted are gone. */
function hideOthers(self: Type, { methods }: ClassSignature): void {
  for (const { name, presence } of methodsOf(self).fields) {
    if (!isDummyMethod(name) && methods.has(name)) continue
    if (presence.state === 'unknown') setPresence(presence, 'absent')
  }
}
