/**
 * Applications with labels and optional arguments.
 *
 * The parameters of the function's type are gone through in order; each takes the argument with its label from
 * wherever it stands. An optional parameter without argument is `None` when a positional argument follows;
 * any other missing one is abstracted over. Arguments that are left when the type is no longer known to be a
 * function extend it.
 */

import { fail, failWithTail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { type Context, type Expected, expecting, inferAny, warn } from './context.ts'
import type { Env } from './env.ts'
import { expandHead } from './expand.ts'
import { generalise } from './generalise.ts'
import { instance } from './instance.ts'
import { lowerLevel } from './levels.ts'
import { noneExpression, someExpression } from './options.ts'
import { optionOf, predefinedType } from './predef.ts'
import { box, concat, cut, type Doc, renderMessage, space, vBox } from './pretty.ts'
import { printType } from './print-type.ts'
import { checkPartialApplication } from './statement.ts'
import { arrowLabelOf } from './translate-type.ts'
import { lowerResult, unifyExpression } from './type-clash.ts'
import { arrowType, currentLevel, inNewLevel, newVariable } from './type-graph.ts'
import type { Expression } from './typed-tree.ts'
import { type ArrowLabel, repr, type Type, type TypeDesc } from './types.ts'
import { filterArrow, unify } from './unify.ts'

type Apply = Extract<ast.Expression, { kind: 'apply' }>
type Arrow = Extract<TypeDesc, { kind: 'arrow' }>

interface Argument {
  readonly label: ArrowLabel
  readonly expression: ast.Expression
}

/** A parameter with the argument that it gets; arguments are inferred after all have been placed. */
interface Placed {
  readonly label: ArrowLabel
  readonly infer: (() => Expression) | undefined
}

interface Omitted {
  readonly label: ArrowLabel
  readonly type: Type
  readonly level: number
}

const isOptional = (label: ArrowLabel): boolean => label.startsWith('?')
const nameOf = (label: ArrowLabel): string => (label === '' ? '' : label.slice(1))

// ---------------------------------------------------------------------------------------------------------
// The function

function inferFunctionPart(cx: Context, env: Env, e: ast.Expression): Expression {
  return inNewLevel(() => {
    const f = inNewLevel(() => inferAny(cx, env, e))
    generalise(f.type)
    return { ...f, type: instance(f.type) }
  })
}

/** The parameters belong to the surrounding level: only the result tells whether the function returns. */
function lowerParameters(env: Env, type: Type): void {
  const seen = new Set<Type>()
  for (
    let t = expandHead(env, type);
    t.desc.kind === 'arrow' && !seen.has(t);
    t = expandHead(env, t.desc.result)
  ) {
    seen.add(t)
    lowerLevel(env, t.desc.parameter, currentLevel())
  }
}

function primitiveName(f: Expression): string | undefined {
  if (f.kind !== 'ident' || f.value.kind.kind !== 'primitive') return undefined
  return f.value.kind.name
}

function inferOperator(cx: Context, env: Env, e: ast.Expression): Expression {
  const f = inferFunctionPart(cx, env, e)
  lowerParameters(env, f.type)
  return f
}

/** Not a declaration of the primitive at a narrower type. */
function isFullyGeneral(f: Expression): boolean {
  if (f.kind !== 'ident') return false
  const { desc } = repr(f.value.type)
  if (desc.kind !== 'arrow') return false
  const kinds = [desc.parameter, desc.result].map((part) => repr(part).desc.kind)
  return kinds.includes('variable') || kinds[0] === 'arrow'
}

/** `f @@ x` and, where the type of f is found on its own, `x |> f` are `f x`. */
function rewrite(cx: Context, env: Env, e: Apply): { f: Expression; args: readonly Argument[] } {
  const args = e.arguments.map(({ label, expression }) => ({ label: arrowLabelOf(label), expression }))
  const f = inferOperator(cx, env, e.function)
  const [first, second] = args
  if (args.length !== 2 || first?.label !== '' || second?.label !== '') return { f, args }
  const name = isFullyGeneral(f) ? primitiveName(f) : undefined
  if (name === '%apply') return { f: inferOperator(cx, env, first.expression), args: [second] }
  if (name !== '%revapply' || !isInferred(second.expression)) return { f, args }
  return { f: inferOperator(cx, env, second.expression), args: [first] }
}

// ---------------------------------------------------------------------------------------------------------

export function inferApply(cx: Context, env: Env, e: Apply, expected: Expected): Expression {
  const { f, args } = rewrite(cx, env, e)
  const application = inNewLevel(() => new Application(cx, env, f).run(args))
  lowerLevel(env, f.type, currentLevel())
  const result: Expression = {
    region: e.region,
    type: application.type,
    env,
    attributes: e.attributes,
    kind: 'apply',
    function: f,
    arguments: application.arguments,
  }
  unifyApplication(cx, env, e, result, expected)
  lowerResult(env, result)
  return result
}

/** A clash may come from a missing argument: then there is a warning, too. */
function unifyApplication(cx: Context, env: Env, e: Apply, result: Expression, expected: Expected): void {
  try {
    unifyExpression(env, e, result.type, expected)
  } catch (error) {
    checkPartialApplication(cx, false, result)
    throw error
  }
}

interface Applied {
  readonly arguments: { readonly label: ArrowLabel; readonly expression: Expression | undefined }[]
  readonly type: Type
}

/** The labels of a function type, and whether it may have more. */
function labelsOf(env: Env, type: Type): { labels: ArrowLabel[]; open: boolean } {
  const labels: ArrowLabel[] = []
  const seen = new Set<Type>()
  let t = expandHead(env, type)
  while (t.desc.kind === 'arrow' && !seen.has(t)) {
    seen.add(t)
    labels.push(t.desc.label)
    t = expandHead(env, t.desc.result)
  }
  return { labels, open: t.desc.kind === 'variable' }
}

class Application {
  private readonly cx: Context
  private readonly env: Env
  private readonly f: Expression
  private readonly placed: Placed[] = []
  private readonly omitted: Omitted[] = []
  private readonly eliminated: Omitted[] = []

  constructor(cx: Context, env: Env, f: Expression) {
    this.cx = cx
    this.env = env
    this.f = f
  }

  run(args: readonly Argument[]): Applied {
    if (this.isIgnore(args)) return this.applyIgnore(args[0] as Argument)
    const ignoreLabels = this.mayIgnoreLabels(args)
    let type = this.f.type
    let left = args
    while (left.length > 0) {
      const t = expandHead(this.env, type)
      if (t.desc.kind !== 'arrow') break
      left = ignoreLabels ? this.placeInOrder(t, t.desc, left) : this.placeByLabel(t, t.desc, left)
      type = t.desc.result
    }
    for (const argument of left) type = this.placeUnknown(type, argument)
    const inferred = this.placed.map(({ label, infer }) => ({ label, expression: infer?.() }))
    return { arguments: inferred, type: this.resultType(type, this.omitted) }
  }

  private resultType(type: Type, omitted: readonly Omitted[]): Type {
    return omitted.reduceRight((result, { label, type: parameter, level }) => {
      return arrowType(label, parameter, result, level)
    }, type)
  }

  // -------------------------------------------------------------------------------------------------------

  /** `ignore e` never complains about a value that is thrown away. */
  private isIgnore(args: readonly Argument[]): boolean {
    if (args.length !== 1 || args[0]?.label !== '' || primitiveName(this.f) !== '%ignore') return false
    return expandHead(this.env, this.f.type).desc.kind === 'arrow'
  }

  private applyIgnore(argument: Argument): Applied {
    const arrow = filterArrow(this.env, this.f.type, '', (parameter) => parameter)
    const expression = this.cx.expressions.infer(
      this.cx,
      this.env,
      argument.expression,
      expecting(arrow.parameter),
    )
    checkPartialApplication(this.cx, false, expression)
    return { arguments: [{ label: '', expression }], type: arrow.result }
  }

  /** A full application of a function whose result is known may leave all labels out. */
  private mayIgnoreLabels(args: readonly Argument[]): boolean {
    const { labels, open } = labelsOf(this.env, this.f.type)
    const required = labels.filter((label) => !isOptional(label))
    if (open || required.length !== args.length || !args.every((argument) => argument.label === ''))
      return false
    const named = required.filter((label) => label !== '')
    if (named.length === 0) return false
    const list = named.map(nameOf)
    const message =
      list.length === 1
        ? `label ${list[0]} was omitted in the application of this function.`
        : `labels ${list.join(', ')} were omitted in the application of this function.`
    warn(this.cx, this.f.region, 6, 'labels-omitted', message)
    return true
  }

  // -------------------------------------------------------------------------------------------------------
  // Placing

  private use(arrow: Arrow, argument: Argument): void {
    const { cx, env } = this
    const infer = (type: Type) => () =>
      cx.expressions.inferArgument(cx, env, argument.expression, expecting(type))
    if (!isOptional(arrow.label) || isOptional(argument.label)) {
      this.placed.push({ label: arrow.label, infer: infer(arrow.parameter) })
      return
    }
    const inner = optionArgument(env, arrow.parameter)
    const some = () => someExpression(env, infer(inner)(), arrow.parameter)
    this.placed.push({ label: arrow.label, infer: some })
  }

  private eliminate(t: Type, arrow: Arrow): void {
    this.eliminated.push({ label: arrow.label, type: arrow.parameter, level: t.level })
    const { region } = this.f
    this.placed.push({ label: arrow.label, infer: () => noneExpression(this.env, arrow.parameter, region) })
  }

  private omit(t: Type, arrow: Arrow): void {
    this.omitted.push({ label: arrow.label, type: arrow.parameter, level: t.level })
    this.placed.push({ label: arrow.label, infer: undefined })
  }

  private placeInOrder(t: Type, arrow: Arrow, args: readonly Argument[]): readonly Argument[] {
    const [argument, ...rest] = args as readonly [Argument, ...Argument[]]
    const optional = isOptional(arrow.label)
    const same = nameOf(arrow.label) === nameOf(argument.label)
    if (same || (!optional && argument.label === '')) {
      this.use(arrow, argument)
      return rest
    }
    const later = rest.some((each) => nameOf(each.label) === nameOf(arrow.label))
    if (optional && !later && args.some((each) => each.label === '')) {
      this.eliminate(t, arrow)
      return args
    }
    return this.failWrongLabel(argument, t)
  }

  private placeByLabel(t: Type, arrow: Arrow, args: readonly Argument[]): readonly Argument[] {
    const name = nameOf(arrow.label)
    const index = args.findIndex((argument) => nameOf(argument.label) === name)
    const argument = args[index]
    if (argument !== undefined) {
      if (!isOptional(arrow.label) && isOptional(argument.label)) this.warnNotOptional(argument, name)
      this.use(arrow, argument)
      return args.filter((_, i) => i !== index)
    }
    const positional = args.some((each) => each.label === '')
    if (isOptional(arrow.label) && positional) this.eliminate(t, arrow)
    else this.omit(t, arrow)
    return args
  }

  private warnNotOptional(argument: Argument, name: string): void {
    const message = `the label ${name} is not optional.`
    warn(this.cx, argument.expression.region, 43, 'nonoptional-label', message)
  }

  /** An argument of something not known to be a function. Returns the type of the application. */
  private placeUnknown(type: Type, argument: Argument): Type {
    const { cx, env } = this
    const t = expandHead(env, type)
    const [parameter, result] = this.unknownArrow(t, argument)
    this.placed.push({
      label: argument.label,
      infer: () => {
        const inferred = cx.expressions.infer(cx, env, argument.expression, expecting(parameter))
        if (isOptional(argument.label))
          unifyExpression(env, argument.expression, inferred.type, expecting(optionOf(newVariable())))
        return inferred
      },
    })
    return result
  }

  private unknownArrow(t: Type, argument: Argument): readonly [Type, Type] {
    if (t.desc.kind === 'variable') {
      const parameter = newVariable()
      const result = newVariable()
      if (t.level >= currentLevel() && primitiveName(this.f) !== '%identity') {
        warn(
          this.cx,
          argument.expression.region,
          20,
          'ignored-extra-argument',
          'this argument will not be used by the function.',
        )
      }
      unify(this.env, t, arrowType(argument.label, parameter, result))
      return [parameter, result]
    }
    if (t.desc.kind === 'arrow' && t.desc.label === argument.label) return [t.desc.parameter, t.desc.result]
    return this.failApplication(t, argument)
  }

  // -------------------------------------------------------------------------------------------------------
  // Errors

  private failApplication(t: Type, argument: Argument): never {
    const whole = this.resultType(this.resultType(t, this.eliminated), this.omitted)
    if (whole.desc.kind !== 'arrow') return this.failNotFunction()
    const { labels, open } = labelsOf(this.env, t)
    if (!open && !labels.includes(argument.label)) return this.failWrongLabel(argument, whole)
    const message =
      'This function is applied to arguments\nin an order different from other calls.\nThis is only allowed when the real type is known.'
    fail(this.f.region, message)
  }

  private failWrongLabel(argument: Argument, type: Type): never {
    const printed = printType(this.env, type)
    const mark = argument.label === '' ? 'without label' : `with label ${argument.label}`
    const first = renderMessage(box(2, 'The function applied to this argument has type', space, printed))
    // OCaml ends the box before the second line, which therefore starts at the margin.
    failWithTail(argument.expression.region, first, `This argument cannot be applied ${mark}`)
  }

  private failNotFunction(): never {
    const { region, type } = this.f
    const t = expandHead(this.env, type)
    const printed = printType(this.env, t)
    if (t.desc.kind === 'arrow') {
      const doc = vBox(
        0,
        box(2, 'This function has type', space, printed),
        concat(cut, box(0, 'It is applied to too many arguments;', space, "maybe you forgot a `;'.")),
      )
      fail(region, renderMessage(doc))
    }
    const doc: Doc = vBox(
      0,
      box(2, 'This expression has type', space, printed),
      concat(cut, 'This is not a function; it cannot be applied.'),
    )
    fail(region, renderMessage(doc), isAsynchronous(t) ? messageHint : undefined)
  }
}

const isAsynchronous = ({ desc }: Type): boolean =>
  desc.kind === 'constructor' && predefinedType(desc.path) === '<<>>'

const messageHint =
  "a message to an asynchronous channel is a process: write `spawn { … }' in an expression, `&' between processes"

function optionArgument(env: Env, option: Type): Type {
  const { desc } = expandHead(env, option)
  if (desc.kind === 'constructor' && predefinedType(desc.path) === 'option') return desc.arguments[0] as Type
  const element = newVariable()
  unify(env, option, optionOf(element))
  return element
}

// ---------------------------------------------------------------------------------------------------------
// Arguments

/** Expressions whose type is found without looking at what is expected. */
function isInferred(e: ast.Expression): boolean {
  switch (e.kind) {
    case 'ident':
    case 'apply':
    case 'field':
    case 'constraint':
    case 'coerce':
    case 'send':
    case 'new':
      return true
    case 'sequence':
      return isInferred(e.second)
    case 'open':
      return isInferred(e.body)
    case 'if':
      return e.otherwise !== undefined && isInferred(e.then) && isInferred(e.otherwise)
    default:
      return false
  }
}

function hasNoLabels(env: Env, type: Type): boolean {
  const { labels, open } = labelsOf(env, type)
  return !open && labels.every((label) => label === '')
}

/**
 * An argument. Where a function without labels is expected, one with optional parameters in front may be given:
 * it is passed as a function that leaves them out.
 */
export function inferArgument(cx: Context, env: Env, e: ast.Expression, expected: Expected): Expression {
  const head = expandHead(env, instance(expected.type)).desc
  if (head.kind !== 'arrow' || head.label !== '' || !isInferred(e)) {
    return cx.expressions.infer(cx, env, e, expected)
  }
  const isSafe = hasNoLabels(env, head.result)
  const wanted = { ...expected, type: instance(expected.type) }
  const expression = inferAny(cx, env, e)
  const erased = eraseOptional(env, expression.type)
  if (erased === undefined || !(erased.simple || isSafe)) {
    unifyExpression(env, e, expression.type, wanted)
    return expression
  }
  unifyExpression(env, e, erased.type, wanted)
  if (erased.optional.length === 0) return expression
  warnEliminated(cx, expression.region, erased)
  return etaExpand(env, expression, erased)
}

interface Erased {
  readonly optional: readonly { readonly label: ArrowLabel; readonly type: Type }[]
  /** What is left of the type. */
  readonly type: Type
  readonly simple: boolean
}

function eraseOptional(env: Env, type: Type): Erased | undefined {
  const optional: { label: ArrowLabel; type: Type }[] = []
  let rest = type
  let t = expandHead(env, rest)
  while (t.desc.kind === 'arrow' && isOptional(t.desc.label)) {
    optional.push({ label: t.desc.label, type: t.desc.parameter })
    rest = t.desc.result
    t = expandHead(env, rest)
  }
  if (t.desc.kind === 'arrow' && t.desc.label === '') {
    return { optional, type: rest, simple: hasNoLabels(env, t.desc.result) }
  }
  return t.desc.kind === 'variable' ? { optional, type: rest, simple: false } : undefined
}

function warnEliminated(cx: Context, region: Region, { optional }: Erased): void {
  const plural = optional.length === 1 ? '' : 's'
  const list = optional.map(({ label }) => label).join(', ')
  const message = `implicit elimination of optional argument${plural} ${list}`
  warn(cx, region, 48, 'eliminated-optional-arguments', message)
}

/** The function with `None` for its optional parameters: a partial application that leaves the next one open. */
function etaExpand(env: Env, f: Expression, { optional, type }: Erased): Expression {
  const { region } = f
  const given = optional.map((each) => ({
    label: each.label,
    expression: noneExpression(env, each.type, region),
  }))
  const open = { label: '' as const, expression: undefined }
  const args = [...given, open]
  return { region, type, env, attributes: [], kind: 'apply', function: f, arguments: args }
}
