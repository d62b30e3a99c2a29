/**
 * `let` and `let rec`: patterns first, then right-hand sides one level deeper, then generalisation of what the
 * value restriction allows.
 */

import { fail } from '../base/diagnostic.ts'
import { joinRegions, type Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { closeVariants } from './close-variants.ts'
import { type Context, expecting, warn } from './context.ts'
import { addNotRecursive, type Env } from './env.ts'
import { checkPattern } from './exhaustiveness.ts'
import { isNonexpansive } from './expansive.ts'
import { generalise, restrictToCovariant } from './generalise.ts'
import { inferPattern } from './infer-pattern.ts'
import { instancePoly } from './instance.ts'
import {
  addPatternVariables,
  newPatternScope,
  type PatternScope,
  type PatternVariable,
  renamed,
  type Unrefined,
  unifyPattern,
} from './pattern-scope.ts'
import { closePolymorphic, type Opened, openPolymorphic } from './polymorphic.ts'
import { optionOf } from './predef.ts'
import { checkRecursive } from './recursive-check.ts'
import { checkPartialApplication } from './statement.ts'
import { arrowLabelOf, translateType } from './translate-type.ts'
import { unifyAt } from './type-clash.ts'
import { arrowType, currentLevel, inNewLevel, newVariable, tupleType } from './type-graph.ts'
import type { Expression, Pattern, ValueBinding } from './typed-tree.ts'
import { repr, type Type, type TypeDesc } from './types.ts'
import { type Complaint, Definition, DefinitionGroup, GroupedUsage, unused } from './usage.ts'
import { varify } from './varify.ts'

export interface InferredLet {
  readonly bindings: readonly ValueBinding[]
  /** With the variables bound, but not the modules that patterns unpack: see `withUnpackedModules`. */
  readonly env: Env
  readonly variables: readonly PatternVariable[]
}

type Poly = Extract<TypeDesc, { kind: 'poly' }>

interface BoundPattern {
  readonly pattern: Pattern
  readonly variables: readonly PatternVariable[]
  /** The annotation `'a. t` of the variable. */
  readonly poly: Poly | undefined
}

export type LetPlace = 'toplevel' | 'expression' | 'class'

export function inferLet(
  cx: Context,
  env: Env,
  recursive: boolean,
  bindings: readonly ast.ValueBinding[],
  place: LetPlace,
): InferredLet {
  const scope = newPatternScope(cx, env, currentLevel(), unrefinedIn(place, recursive, bindings))
  const group = new DefinitionGroup()
  const { patterns, sides, bodyEnv } = inNewLevel(() => {
    const bound = bindings.map((binding) => inferBound(scope, env, binding))
    if (recursive) {
      for (const [i, binding] of bindings.entries()) approximate(env, binding, bound[i] as BoundPattern)
    }
    for (const { pattern } of bound) closeVariants(env, [pattern])
    const withVariables = addPatternVariables(env, scope.variables.values())
    const inner = recursive ? withVariables : withoutRec(env, bindings)
    const definitions = bound.map(({ variables }) => expectBound(env, group, variables, place))
    const inferred = bindings.map((binding, i) => {
      if (recursive) group.current = definitions[i]
      return inferRightSide(cx, inner, binding, bound[i] as BoundPattern)
    })
    group.current = undefined
    if (recursive && !group.isRecursive) warnNotRecursive(cx, bindings)
    return { patterns: bound, sides: inferred, bodyEnv: withVariables }
  })
  const variables = [...scope.variables.values()]
  generaliseBindings(env, patterns, sides.map(expressionOf), variables)
  const expressions = sides.map((side) => finishRightSide(env, side))
  if (recursive)
    checkRecursive(
      patterns.map(({ pattern }) => pattern),
      expressions,
    )
  patterns.forEach(({ pattern }) => {
    checkPattern(cx, pattern, { region: pattern.region, env, type: pattern.type })
  })
  patterns.forEach(({ pattern }, i) => {
    if (needsPartialCheck(pattern)) checkPartialApplication(cx, false, expressions[i] as Expression)
  })
  const named = renameVariables(bindings, patterns)
  const typed = typedBindings(bindings, patterns, expressions)
  return { bindings: typed, env: addPatternVariables(bodyEnv, named), variables: named }
}

/** The variables, in order; those without annotation are no channels, whatever they stand for. */
function renameVariables(
  bindings: readonly ast.ValueBinding[],
  patterns: readonly BoundPattern[],
): readonly PatternVariable[] {
  return patterns.flatMap(({ variables }, i) => {
    const annotated = bindings[i]?.constraint !== undefined
    return variables.map((variable) =>
      renamed({ ...variable, annotated: annotated || variable.annotated === true }),
    )
  })
}

/** Why the patterns may not introduce existential types. A single binding without attributes is inferred as a match. */
function unrefinedIn(place: LetPlace, recursive: boolean, bindings: readonly ast.ValueBinding[]): Unrefined {
  if (place === 'class') return 'bindings inside class definition'
  if (place === 'toplevel') return 'toplevel bindings'
  if (recursive) return 'recursive bindings'
  return bindings.length > 1 ? '"let ... and ..." bindings' : 'presence of attributes'
}

function typedBindings(
  bindings: readonly ast.ValueBinding[],
  patterns: readonly BoundPattern[],
  expressions: readonly Expression[],
): ValueBinding[] {
  return bindings.map(({ attributes, region }, i) => ({
    pattern: (patterns[i] as BoundPattern).pattern,
    expression: expressions[i] as Expression,
    attributes,
    region,
  }))
}

function generaliseBindings(
  env: Env,
  patterns: readonly BoundPattern[],
  expressions: readonly Expression[],
  variables: readonly PatternVariable[],
): void {
  patterns.forEach(({ pattern }, i) => {
    if (!isNonexpansive(expressions[i] as Expression)) restrictToCovariant(env, pattern.type)
  })
  for (const variable of variables) generalise(variable.type)
  for (const { pattern } of patterns) generalise(pattern.type)
  for (const expression of expressions) generalise(expression.type)
}

// ---------------------------------------------------------------------------------------------------------
// What is not used

/** The variables of one binding, which is one of the definitions of its group. */
function expectBound(
  env: Env,
  group: DefinitionGroup,
  variables: readonly PatternVariable[],
  place: LetPlace,
): Definition {
  const definition = new Definition(group)
  for (const { ident, region, module } of variables) {
    if (module !== undefined) continue
    const complaint = () => unusedBinding(ident.name, place, definition)
    env.store.usages.expect(region, ident.name, complaint, new GroupedUsage(definition))
  }
  return definition
}

/** Of a pattern of which some variables are used the others may well be there for the reader. */
function unusedBinding(name: string, place: LetPlace, { isUsed }: Definition): Complaint {
  return place === 'toplevel' ? unused(32, `value ${name}`) : unused(isUsed ? 27 : 26, `variable ${name}`)
}

/** Of the pattern with its annotation. */
function annotatedRegion({ pattern, constraint }: ast.ValueBinding): Region {
  if (constraint === undefined) return pattern.region
  const { region } = constraint.kind === 'coerce' ? constraint.to : constraint.type
  return joinRegions(pattern.region, region)
}

function warnNotRecursive(cx: Context, [first]: readonly ast.ValueBinding[]): void {
  if (first !== undefined) warn(cx, annotatedRegion(first), 39, 'unused-rec-flag', 'unused rec flag.')
}

// ---------------------------------------------------------------------------------------------------------

const needsPartialCheck = (p: Pattern): boolean => p.kind === 'any'

/** In the bodies of functions, their own names get a hint. */
function withoutRec(env: Env, bindings: readonly ast.ValueBinding[]): Env {
  if (!bindings.every((binding) => binding.expression.kind === 'function')) return env
  return bindings.reduce((inner, { pattern, region }) => {
    return pattern.kind === 'variable' ? addNotRecursive(inner, pattern.name.text, region) : inner
  }, env)
}

// ---------------------------------------------------------------------------------------------------------
// Patterns of bindings

function inferBound(scope: PatternScope, env: Env, binding: ast.ValueBinding): BoundPattern {
  const known = scope.variables.size
  const bound = inferBinding(scope, env, binding)
  return { ...bound, variables: [...scope.variables.values()].slice(known) }
}

function inferBinding(
  scope: PatternScope,
  env: Env,
  binding: ast.ValueBinding,
): Omit<BoundPattern, 'variables'> {
  const { constraint, pattern } = binding
  if (constraint === undefined || constraint.kind === 'coerce') {
    return { pattern: inferPattern(scope, pattern, newVariable()), poly: undefined }
  }
  const type = constraint.kind === 'constraint' ? constraint.type : varify(constraint.types, constraint.type)
  const translated = translateType({ env, variables: scope.cx.variables, policy: 'open' }, type)
  const { desc } = repr(translated)
  if (desc.kind !== 'poly' || desc.variables.length === 0) {
    const expected = desc.kind === 'poly' ? desc.body : translated
    return { pattern: inferPattern(scope, pattern, expected), poly: undefined }
  }
  return { pattern: bindPolymorphic(scope, pattern, desc), poly: desc }
}

/** The variable of `let f : 'a. t` is polymorphic from the start, also in its own definition. */
function bindPolymorphic(scope: PatternScope, pattern: ast.Pattern, poly: Poly): Pattern {
  if (pattern.kind !== 'variable') fail(pattern.region, 'A polymorphic annotation needs a variable.')
  const type = inNewLevel(() => instancePoly(poly.variables, poly.body, true).body)
  generalise(type)
  return inferPattern(scope, pattern, type)
}

/** Labels of a recursive function are known in its body before it has been inferred. */
function approximate(env: Env, binding: ast.ValueBinding, { pattern, poly }: BoundPattern): void {
  if (poly !== undefined) return
  if (binding.constraint !== undefined) {
    unifyAt(env, binding.region, approximateType(binding.expression), expecting(pattern.type))
    return
  }
  unifyPattern(env, pattern.region, pattern.type, approximateType(binding.expression))
}

/** What the form of an expression tells about its type: mostly the labels of functions. */
export function approximateType(e: ast.Expression): Type {
  switch (e.kind) {
    case 'let':
    case 'newtype':
    case 'def':
    case 'location':
      return approximateType(e.body)
    case 'function':
      return approximateFunction(e)
    case 'match':
      return e.cases[0] === undefined ? newVariable() : approximateType(e.cases[0].body)
    case 'try':
      return approximateType(e.body)
    case 'tuple':
      return tupleType(e.elements.map(approximateType))
    case 'if':
      return approximateType(e.then)
    case 'sequence':
      return approximateType(e.second)
    default:
      return newVariable()
  }
}

function approximateFunction(e: Extract<ast.Expression, { kind: 'function' }>): Type {
  const { body } = e
  let result = newVariable()
  if (body.kind === 'cases') {
    const first = body.cases[0]
    result = arrowType('', newVariable(), first === undefined ? newVariable() : approximateType(first.body))
  } else if (e.constraint === undefined) result = approximateType(body.expression)
  return e.parameters.reduceRight((type, parameter) => {
    if (parameter.kind === 'newtype') return type
    const label = arrowLabelOf(parameter.label)
    return arrowType(label, label.startsWith('?') ? optionOf(newVariable()) : newVariable(), type)
  }, result)
}

// ---------------------------------------------------------------------------------------------------------
// Right-hand sides

/** With a polymorphic annotation, what has to be checked when all right-hand sides are known. */
type RightSide =
  | { readonly kind: 'plain'; readonly expression: Expression }
  | { readonly kind: 'polymorphic'; readonly opened: Opened }

function inferRightSide(cx: Context, env: Env, binding: ast.ValueBinding, bound: BoundPattern): RightSide {
  const e = annotated(binding)
  const infer = (type: Type) => cx.expressions.infer(cx, env, e, expecting(type))
  const { poly, pattern } = bound
  if (poly === undefined) return { kind: 'plain', expression: infer(pattern.type) }
  return { kind: 'polymorphic', opened: openPolymorphic(poly, infer) }
}

const expressionOf = (side: RightSide): Expression =>
  side.kind === 'plain' ? side.expression : side.opened.expression

/** After generalisation. */
function finishRightSide(env: Env, side: RightSide): Expression {
  return side.kind === 'plain' ? side.expression : closePolymorphic(env, side.opened, 'definition')
}

/** `let x : t = e` also constrains `e`. */
export function annotated(binding: ast.ValueBinding): ast.Expression {
  const { constraint, expression } = binding
  if (constraint === undefined) return expression
  const { region } = binding
  switch (constraint.kind) {
    case 'constraint':
      if (constraint.type.kind === 'poly') return expression
      return { kind: 'constraint', expression, type: constraint.type, region, attributes: [] }
    case 'coerce':
      return { ...constraint, kind: 'coerce', expression, region, attributes: [] }
    case 'locally-abstract': {
      const scope = joinRegions(binding.pattern.region, expression.region)
      const body: ast.Expression = {
        kind: 'constraint',
        expression,
        type: constraint.type,
        region,
        attributes: [],
      }
      return constraint.types.reduceRight<ast.Expression>(
        (inner, name) => ({ kind: 'newtype', name, body: inner, region: scope, attributes: [] }),
        body,
      )
    }
  }
}
