/**
 * The types of a constructor in a pattern: its existential variables become types of their own, and what it builds is made equal
 * to the type of the value that is matched, by equations if the constructor fixes type parameters.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { type Env, findType } from './env.ts'
import { addExistential } from './existential.ts'
import { expandHead } from './expand.ts'
import { generaliseStructure } from './generalise.ts'
import { freshIdent } from './ident.ts'
import { type ConstructorInstance, instance, instanceAll, instanceConstructor } from './instance.ts'
import { bindLocally } from './levels.ts'
import { addNamedType, type NamedType, type PatternScope, unifyPattern } from './pattern-scope.ts'
import { box, breakHint, concat, hovBox, renderMessage, space } from './pretty.ts'
import { failMismatch } from './print-mismatch.ts'
import { printType } from './print-type.ts'
import { componentsOfDesc } from './subst.ts'
import { translateType } from './translate-type.ts'
import { constructorType, inNewLevel, setLevel, tupleType } from './type-graph.ts'
import { type ConstructorDescription, repr, type Type } from './types.ts'
import { unifyRefining } from './unify-pattern.ts'

type Construct = Extract<ast.Pattern, { kind: 'construct' }>

// ---------------------------------------------------------------------------------------------------------
// Annotated arguments

/** `C (p : t)` or `C (type a) (p : t)`: `t` is the type of all arguments together. */
interface Annotation {
  readonly names: readonly ast.Name[]
  readonly type: ast.TypeExpression
}

interface Argument {
  readonly argument: ast.Pattern | undefined
  readonly annotation: Annotation | undefined
}

export function argumentOf(p: Construct, { arity }: ConstructorDescription): Argument {
  const { argument, existentials: names } = p
  if (argument?.kind === 'constraint' && (names.length > 0 || arity > 1)) {
    return { argument: argument.pattern, annotation: { names, type: argument.type } }
  }
  if (names.length > 0) {
    const text = 'Existential types introduced in a constructor pattern'
    const region = argument?.region ?? p.region
    fail(region, renderMessage(box(0, text, space, 'must be bound by a type constraint on the argument.')))
  }
  return { argument, annotation: undefined }
}

// ---------------------------------------------------------------------------------------------------------

/** The types of the arguments where a value of type `expected` is matched. */
export function constructorTypes(
  scope: PatternScope,
  p: Construct,
  description: ConstructorDescription,
  annotation: Annotation | undefined,
  expected: Type,
): ConstructorInstance {
  checkMayRefine(scope, p, description)
  if (description.generalized) unifyHead(scope.env, p.region, description, expected)
  const found = inNewLevel(() => {
    const types = instantiate(scope, description, annotation)
    unifyResult(scope, p.region, description, types.result, instance(expected))
    const args = annotation === undefined ? types.arguments : annotate(scope, annotation, types)
    if (description.existentials.length > 0) lowerUnknowns(types.result, scope.equationLevel)
    return { ...types, arguments: args }
  })
  for (const type of [found.result, ...found.arguments, ...found.labels]) generaliseStructure(type)
  return found
}

/** Existential types that the pattern names are unknowns until the annotation says which is which. */
function instantiate(
  scope: PatternScope,
  description: ConstructorDescription,
  annotation: Annotation | undefined,
): ConstructorInstance {
  if (annotation !== undefined && annotation.names.length > 0) return instanceConstructor(description)
  return instanceConstructor(description, (variable) => {
    const { desc } = variable
    const name = desc.kind === 'variable' ? desc.name : undefined
    return addExistential(
      scope,
      name === undefined ? `$${description.name}` : `$${description.name}_'${name}`,
    ).type
  })
}

function unifyResult(
  scope: PatternScope,
  region: Region,
  description: ConstructorDescription,
  result: Type,
  expected: Type,
): void {
  if (!description.generalized || scope.unrefined !== undefined) {
    unifyPattern(scope.env, region, result, expected)
    return
  }
  try {
    unifyRefining(scope, result, expected)
  } catch (error) {
    failMismatch(scope.env, region, error, {
      got: 'This pattern matches values of type',
      expected: 'but a pattern was expected which matches values of type',
    })
  }
}

/** Equations are about the parameters of the matched type: the type itself must be the constructor's. */
function unifyHead(env: Env, region: Region, description: ConstructorDescription, expected: Type): void {
  const { desc } = repr(description.result)
  if (desc.kind !== 'constructor') return
  const parameters = findType(env, desc.path)?.parameters ?? []
  unifyPattern(env, region, constructorType(desc.path, instanceAll(parameters)), instance(expected))
}

/** What the constructor leaves unknown must not be generalised: it may depend on the existential types. */
function lowerUnknowns(type: Type, level: number, seen = new Set<Type>()): void {
  const t = repr(type)
  if (seen.has(t)) return
  seen.add(t)
  if (t.desc.kind === 'variable' && t.level > level) setLevel(t, level)
  for (const component of componentsOfDesc(t.desc)) lowerUnknowns(component, level, seen)
}

function checkMayRefine(
  { unrefined }: PatternScope,
  p: Construct,
  description: ConstructorDescription,
): void {
  if (unrefined === undefined || description.existentials.length === 0) return
  const names = description.existentials.map((variable) => {
    const { desc } = repr(variable)
    return desc.kind === 'variable' ? desc.name : undefined
  })
  const named = names.find((name) => name !== undefined)
  const reason =
    unrefined === 'presence of attributes'
      ? 'Existential types are not allowed in presence of attributes,'
      : `Existential types are not allowed in ${unrefined},`
  const introduces =
    named === undefined
      ? `but the constructor ${description.name} introduces existential types.`
      : `but this pattern introduces the existential type $${description.name}_'${named}.`
  fail(p.region, renderMessage(box(0, reason, space, introduces)))
}

// ---------------------------------------------------------------------------------------------------------
// Annotations

/** The arguments' types by the annotation, which names the existential types. */
function annotate(
  scope: PatternScope,
  { names, type }: Annotation,
  { arguments: args, existentials }: ConstructorInstance,
): readonly Type[] {
  const named = names.map((name): NamedType => ({ ident: freshIdent(name.text), region: name.region }))
  for (const each of named) {
    bindLocally(each.ident, scope.equationLevel)
    scope.env = addNamedType(scope.env, each)
    scope.namedTypes.push(each)
  }
  const { env } = scope
  const annotation = inNewLevel(() =>
    translateType({ env, variables: scope.cx.variables, policy: 'open' }, type),
  )
  generaliseStructure(annotation)
  const [only] = args
  const whole = args.length === 1 && only !== undefined ? only : tupleType(args)
  unifyPattern(env, type.region, instance(annotation), whole)
  if (named.length > 0) checkNamed(env, type.region, named, existentials, annotation)
  const result = instance(annotation)
  if (args.length === 1) return [result]
  const { desc } = expandHead(env, result)
  return desc.kind === 'tuple' ? desc.elements : args
}

/** Every existential variable must have become one of the named types, and each of these must be one. */
function checkNamed(
  env: Env,
  region: Region,
  named: readonly NamedType[],
  existentials: readonly Type[],
  annotation: Type,
): void {
  const rest = new Set(named.map(({ ident }) => ident.stamp))
  const areNamed = existentials.every((existential) => {
    const { desc } = repr(existential)
    return desc.kind === 'constructor' && desc.path.kind === 'ident' && rest.delete(desc.path.ident.stamp)
  })
  if (areNamed && rest.size === 0) return
  const names = named.map(({ ident }) => ident.name).join(' ')
  const type = hovBox(0, `type ${names}.`, space, printType(env, annotation))
  const text = 'This type does not bind all existentials in the constructor:'
  fail(region, renderMessage(box(2, concat(text, breakHint(1, 0)), type)))
}
