/** Class expressions: a class by name, structures, functions, applications, `let`, constraints. */

import { fail } from '../base/diagnostic.ts'
import type * as ast from '../syntax/ast.ts'
import { instanceClass, limitClass } from './class-instance.ts'
import { isIncomplete } from './class-names.ts'
import type { ClassEnvs, ClassScope } from './class-scope.ts'
import { classSignature } from './class-types.ts'
import { closeVariants } from './close-variants.ts'
import { expecting, warn } from './context.ts'
import { addValue, type Env } from './env.ts'
import { checkPattern } from './exhaustiveness.ts'
import { freshIdent } from './ident.ts'
import { includeClassType } from './include-class.ts'
import { applyClass } from './infer-class-application.ts'
import { inferClassStructure } from './infer-class-structure.ts'
import { inferDefinition } from './infer-definition.ts'
import { inferLet } from './infer-let.ts'
import { inferPattern } from './infer-pattern.ts'
import { lookupClass } from './lookup.ts'
import { addPatternVariables, expectVariables, newPatternScope, unifyPattern } from './pattern-scope.ts'
import { optionOf } from './predef.ts'
import { checkArity, failIncomplete, translateClassType, unifyParameter } from './translate-class-type.ts'
import { arrowLabelOf, translateType } from './translate-type.ts'
import { currentLevel, inNewLevel, newVariable } from './type-graph.ts'
import type { CapturedVariable, ClassExpression } from './typed-tree.ts'
import type { ClassSignature, ClassType, Type } from './types.ts'

type Form<Kind extends ast.ClassExpression['kind']> = Extract<ast.ClassExpression, { kind: Kind }>

export function inferClassExpression(
  scope: ClassScope,
  envs: ClassEnvs,
  e: ast.ClassExpression,
): ClassExpression {
  switch (e.kind) {
    case 'constructor':
      return inferName(scope, envs, e)
    case 'structure': {
      const structure = inferClassStructure(scope, envs, e.body, e.region)
      const type: ClassType = { kind: 'signature', signature: structure.signature }
      return { ...base(envs, e), type, kind: 'structure', structure }
    }
    case 'function':
      return inferFunction(scope, envs, e)
    case 'apply': {
      const own = inferClassExpression(scope, envs, e.function)
      const { arguments: args, type } = applyClass(scope.cx, envs.value, own, e)
      return { ...base(envs, e), type, kind: 'apply', class: own, arguments: args }
    }
    case 'let':
      return inferClassLet(scope, envs, e)
    case 'def':
      return inferClassDef(scope, envs, e)
    case 'constraint':
      return inferConstraint(scope, envs, e)
    case 'open':
      return inferOpen(scope, envs, e)
    case 'extension':
      return fail(e.region, `Uninterpreted extension '${e.name}'.`)
  }
}

const base = (envs: ClassEnvs, e: ast.ClassExpression) => ({
  region: e.region,
  env: envs.value,
  attributes: e.attributes,
})

// ---------------------------------------------------------------------------------------------------------
// Classes by name

function inferName(scope: ClassScope, envs: ClassEnvs, e: Form<'constructor'>): ClassExpression {
  const env = envs.value
  const { path, address, description } = lookupClass(env, e.path)
  if (isIncomplete(description.path)) {
    failIncomplete('class', e)
  }
  if (address === undefined) throw new Error('a class without an address')
  const context = { env, variables: scope.cx.variables, policy: 'open' } as const
  const given = e.arguments.map((argument) => translateType(context, argument))
  const { parameters, type } = instanceClass(description.parameters, description.type)
  checkArity(e, parameters.length)
  parameters.forEach((parameter, i) => {
    unifyParameter(env, e.arguments[i] as ast.TypeExpression, given[i] as Type, parameter)
  })
  const named = abbreviate(type, { path, arguments: parameters })
  const own: ClassExpression = { ...base(envs, e), type: named, kind: 'ident', path, address }
  return {
    ...base(envs, e),
    type: named,
    kind: 'constraint',
    class: own,
    ...visibleParts(classSignature(type)),
  }
}

/** The class type at the end of the parameters, by name. */
function abbreviate(
  type: ClassType,
  name: Pick<Extract<ClassType, { kind: 'constructor' }>, 'path' | 'arguments'>,
): ClassType {
  if (type.kind === 'arrow') return { ...type, result: abbreviate(type.result, name) }
  return { kind: 'constructor', ...name, type }
}

function visibleParts({ variables, methods }: ClassSignature) {
  const concrete = [...methods].filter(([, method]) => !method.virtual)
  return {
    instanceVariables: [...variables.keys()].sort(),
    methods: [...methods.keys()].sort(),
    concreteMethods: concrete.map(([name]) => name).sort(),
  }
}

// ---------------------------------------------------------------------------------------------------------
// Functions and let

/** Methods see what a class binds outside of its structure as instance variables. */
function captureIn(
  scope: ClassScope,
  method: Env,
  variables: Iterable<{
    readonly ident: CapturedVariable['value']
    readonly type: Type
    readonly region: ast.Name['region']
  }>,
): { readonly env: Env; readonly captured: readonly CapturedVariable[] } {
  let env = method
  const captured: CapturedVariable[] = []
  for (const { ident, type, region } of variables) {
    const variable = freshIdent(ident.name)
    const kind = { kind: 'instance-variable', mutable: false, class: scope.class } as const
    env = addValue(env, variable, { type, kind, region, attributes: [] })
    captured.push({ name: ident.name, variable, value: ident })
  }
  return { env, captured }
}

function inferFunction(scope: ClassScope, envs: ClassEnvs, e: Form<'function'>): ClassExpression {
  const { cx } = scope
  const env = envs.value
  const label = arrowLabelOf(e.label)
  const patterns = newPatternScope(cx, env, currentLevel(), 'class arguments')
  const value = newVariable()
  const hasDefault = e.default !== undefined
  const parameterType = e.label.kind === 'optional' && hasDefault ? optionOf(value) : value
  if (e.label.kind === 'optional' && !hasDefault)
    unifyPattern(env, e.pattern.region, optionOf(newVariable()), value)
  const pattern = inferPattern(patterns, e.pattern, value)
  closeVariants(env, [pattern])
  const given =
    e.default === undefined ? undefined : cx.expressions.infer(cx, env, e.default, expecting(value))
  checkPattern(cx, pattern, { region: pattern.region, env, type: pattern.type })
  const variables = [...patterns.variables.values()]
  expectVariables(env.store, variables)
  const { env: method, captured } = captureIn(scope, envs.method, variables)
  const inner = { ...envs, value: addPatternVariables(env, variables), method, parent: method }
  const body = inferClassExpression(scope, inner, e.body)
  const type: ClassType = { kind: 'arrow', label, parameter: parameterType, result: body.type }
  if (label.startsWith('?') && cannotBeErased(body.type)) {
    warn(cx, e.pattern.region, 16, 'unerasable-optional-argument', 'this optional argument cannot be erased.')
  }
  const parameter = { label, pattern, default: given }
  return { ...base(envs, e), type, kind: 'function', parameter, captured, body }
}

/** No argument without label follows. */
function cannotBeErased(type: ClassType): boolean {
  return type.kind !== 'arrow' || (type.label !== '' && cannotBeErased(type.result))
}

function inferClassLet(scope: ClassScope, envs: ClassEnvs, e: Form<'let'>): ClassExpression {
  const inferred = inferLet(scope.cx, envs.value, e.recursive, e.bindings, 'class')
  const { env: method, captured } = captureIn(scope, envs.method, inferred.variables)
  const body = inferClassExpression(scope, { value: inferred.env, method, parent: method }, e.body)
  const { bindings } = inferred
  const own = { ...base(envs, e), type: body.type, kind: 'let' as const, recursive: e.recursive, bindings }
  return { ...own, captured, body }
}

function inferClassDef(scope: ClassScope, envs: ClassEnvs, e: Form<'def'>): ClassExpression {
  const { definition, env } = inferDefinition(scope.cx, envs.value, e.definition, 'expression')
  const channels = definition.automata.flatMap((automaton) => automaton.channels)
  const { env: method, captured } = captureIn(scope, envs.method, channels)
  const body = inferClassExpression(scope, { value: env, method, parent: method }, e.body)
  return { ...base(envs, e), type: body.type, kind: 'def', definition, captured, body }
}

// ---------------------------------------------------------------------------------------------------------

function inferConstraint(scope: ClassScope, envs: ClassEnvs, e: Form<'constraint'>): ClassExpression {
  const { own, wanted } = inNewLevel(() => ({
    own: inferClassExpression(scope, envs, e.class),
    wanted: translateClassType(scope.cx, envs.value, e.type),
  }))
  limitClass(own.type, [])
  limitClass(wanted, [])
  includeClassType(envs.value, own.type, wanted, own.region)
  const { type } = instanceClass([], wanted)
  const visible = visibleParts(classSignature(wanted))
  return { ...base(envs, e), type, kind: 'constraint', class: own, ...visible }
}

function inferOpen(scope: ClassScope, envs: ClassEnvs, e: Form<'open'>): ClassExpression {
  const { cx } = scope
  const { env, declaration } = cx.modules.inferOpen(cx, envs.value, e.open)
  const opened = (outer: Env): Env =>
    outer === envs.value ? env : cx.modules.inferOpen(cx, outer, e.open).env
  const inner = { value: env, method: opened(envs.method), parent: opened(envs.parent) }
  const body = inferClassExpression(scope, inner, e.body)
  return { ...base(envs, e), type: body.type, kind: 'open', open: declaration, body }
}
