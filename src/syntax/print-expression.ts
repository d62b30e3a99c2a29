/**
 * Expressions as source text, on one line but for what they hold of modules and classes.
 *
 * Parentheses leave no trace in the tree, so the printer uses them wherever a reader might hesitate; operators
 * alone are printed by their precedence.
 */

import type {
  Argument,
  BindingConstraint,
  Case,
  Expression,
  FunctionBody,
  Parameter,
  TypeConstraint,
  ValueBinding,
} from './ast.ts'
import { infixLevelOf, isPrefixOperator } from './operators.ts'
import { printDefinition, printLocations, printSpawn } from './print-join.ts'
import {
  type Printers,
  printAttributes,
  printConstant,
  printConstructorPath,
  printExtension,
  printLabel,
  printModuleName,
  printPath,
  printValueName,
  printValuePath,
  type Scoped,
} from './print-names.ts'
import { printSimplePattern } from './print-pattern.ts'
import { printExtensionConstructor, printPackage, printSimpleType } from './print-type.ts'

// ---------------------------------------------------------------------------------------------------------
// Contexts

/** Anything, where only brackets or keywords end it. */
export function printExpression(to: Printers, e: Expression): string {
  if (e.attributes.length > 0) return printSimpleExpression(to, e)
  return printBare(to, e)
}

/** With parentheses unless it is simple. */
export function printSimpleExpression(to: Printers, e: Expression): string {
  if (e.attributes.length > 0) return `((${printBare(to, e)})${printAttributes(to, e.attributes, '[@')})`
  return isSimple(e) ? printBare(to, e) : `(${printBare(to, e)})`
}

/** With parentheses unless it is simple, an application, or an operator of at least this level. */
function printOperand(to: Printers, e: Expression, level: number): string {
  const fits = e.attributes.length === 0 && (isSimple(e) || isApplication(e) || levelOf(e) >= level)
  return fits ? printBare(to, e) : printSimpleExpression(to, e)
}

/** An element of a list, a branch, the value of a field: an operand at the loosest level. */
function printElement(to: Printers, e: Expression): string {
  return printOperand(to, e, 1)
}

function isSimple(e: Expression): boolean {
  switch (e.kind) {
    case 'ident':
    case 'constant':
    case 'record':
    case 'field':
    case 'array':
    case 'constraint':
    case 'coerce':
    case 'send':
    case 'override':
    case 'pack':
    case 'extension':
      return true
    case 'construct':
      return e.argument === undefined || listElements(e) !== undefined
    case 'variant':
      return e.argument === undefined
    default:
      return false
  }
}

function isApplication(e: Expression): boolean {
  if (e.kind === 'apply') return infixOf(e) === undefined
  return e.kind === 'construct' ? consOf(e) === undefined : e.kind === 'variant'
}

// ---------------------------------------------------------------------------------------------------------
// Operators and lists

const CONS_LEVEL = 8

function levelOf(e: Expression): number {
  if (e.kind === 'construct') return consOf(e) === undefined ? 0 : CONS_LEVEL
  return e.kind === 'apply' ? (infixOf(e)?.level ?? 0) : 0
}

interface Infix {
  readonly level: number
  readonly operator: string
  readonly associativity: 'left' | 'right'
  readonly left: Expression
  readonly right: Expression
}

/** The parts of an application that is written with an operator between its arguments. */
function infixOf(e: Expression & { kind: 'apply' }): Infix | undefined {
  const fn = e.function
  if (fn.kind !== 'ident' || fn.path.kind !== 'ident' || fn.attributes.length > 0) return undefined
  const [left, right, ...rest] = e.arguments
  const operator = infixLevelOf(fn.path.name)
  if (operator === undefined || left === undefined || right === undefined || rest.length > 0) return undefined
  if (left.label.kind !== 'none' || right.label.kind !== 'none') return undefined
  return { ...operator, operator: fn.path.name, left: left.expression, right: right.expression }
}

/** Head and tail of `a :: b`. */
function consOf(e: Expression & { kind: 'construct' }): readonly [Expression, Expression] | undefined {
  const { path, argument } = e
  if (path.kind !== 'ident' || path.name !== '::' || argument?.kind !== 'tuple') return undefined
  if (argument.elements.length !== 2 || argument.attributes.length > 0) return undefined
  return [argument.elements[0]!, argument.elements[1]!]
}

/** The elements of a list that ends with `[]`. */
function listElements(e: Expression & { kind: 'construct' }): readonly Expression[] | undefined {
  const elements: Expression[] = []
  let rest: Expression = e
  for (;;) {
    if (rest.kind !== 'construct' || (rest !== e && rest.attributes.length > 0)) return undefined
    if (rest.path.kind === 'ident' && rest.path.name === '[]' && rest.argument === undefined) {
      return elements.length === 0 ? undefined : elements
    }
    const cons = consOf(rest)
    if (cons === undefined) return undefined
    elements.push(cons[0])
    rest = cons[1]
  }
}

function printInfix(to: Printers, { level, operator, associativity, left, right }: Infix): string {
  const leftText = printOperand(to, left, associativity === 'left' ? level : level + 1)
  const rightText = printOperand(to, right, associativity === 'right' ? level : level + 1)
  return `${leftText} ${operator} ${rightText}`
}

// ---------------------------------------------------------------------------------------------------------
// Kinds

function printBare(to: Printers, e: Expression): string {
  switch (e.kind) {
    case 'ident':
      return printValuePath(e.path)
    case 'constant':
      return printConstant(e.constant)
    case 'apply':
      return printApply(to, e)
    case 'construct':
      return printConstruct(to, e)
    case 'variant':
      return `\`${e.tag}${e.argument === undefined ? '' : ` ${printSimpleExpression(to, e.argument)}`}`
    case 'tuple':
      return e.elements.map((each) => printOperand(to, each, 3)).join(', ')
    case 'record':
      return printRecord(to, e)
    case 'field':
      return `${printObject(to, e.record)}.${printPath(e.path)}`
    case 'send':
      return `${printObject(to, e.object)}#${e.method.text}`
    case 'array':
      return `[| ${e.elements.map((each) => printElement(to, each)).join('; ')} |]`
    case 'constraint':
      return `(${printExpression(to, e.expression)} : ${to.type(to, e.type)})`
    case 'coerce':
      return `(${printExpression(to, e.expression)}${printCoercion(to, e)})`
    default:
      return printStatement(to, e)
  }
}

function printStatement(to: Printers, e: Expression): string {
  switch (e.kind) {
    case 'set-field':
      return `${printObject(to, e.record)}.${printPath(e.path)} <- ${printElement(to, e.value)}`
    case 'set-instance-variable':
      return `${e.name.text} <- ${printElement(to, e.value)}`
    case 'if':
      return printIf(to, e)
    case 'sequence':
      return `${printElement(to, e.first)}; ${printExpression(to, e.second)}`
    case 'while':
      return `while ${printExpression(to, e.condition)} do ${printExpression(to, e.body)} done`
    case 'for':
      return printFor(to, e)
    case 'match':
      return `match ${printExpression(to, e.subject)} with ${printCases(to, e.cases)}`
    case 'try':
      return `try ${printExpression(to, e.body)} with ${printCases(to, e.cases)}`
    case 'function':
      return printFunction(to, e)
    case 'newtype':
      return `fun (type ${e.name.text}) -> ${printFunctionResult(to, e.body)}`
    case 'assert':
      return `assert ${printSimpleExpression(to, e.condition)}`
    case 'lazy':
      return `lazy ${printSimpleExpression(to, e.expression)}`
    case 'new':
      return `new ${printPath(e.path)}`
    case 'unreachable':
      return '.'
    default:
      return printScoped(to, e)
  }
}

/** The part before `in`. */
export function printScopedBindings(to: Printers, e: Scoped): string {
  switch (e.kind) {
    case 'let':
      return printBindings(to, e.recursive, e.bindings)
    case 'let-module':
      return `let module ${printModuleName(e.name)} = ${to.moduleExpression(to, e.module)}`
    case 'let-exception':
      return `let exception ${printExtensionConstructor(to, e.exception, '[@')}`
    case 'open':
      return `let open${e.open.override ? '!' : ''} ${to.moduleExpression(to, e.open.module)}`
    case 'let-operator':
      return [e.let, ...e.ands].map((each) => printBindingOperator(to, each)).join(' ')
    case 'def':
      return printDefinition(to, e.definition)
    case 'location':
      return printLocations(to, e.locations)
  }
}

function printScoped(to: Printers, e: Expression): string {
  switch (e.kind) {
    case 'let':
    case 'let-module':
    case 'let-exception':
    case 'open':
    case 'let-operator':
    case 'def':
    case 'location':
      return `${printScopedBindings(to, e)} in ${printExpression(to, e.body)}`
    case 'spawn':
      return printSpawn(to, e)
    case 'object':
      return `object ${to.classStructure(to, e.body)} end`
    case 'override':
      return `{< ${e.fields.map((each) => `${each.name.text} = ${printElement(to, each.value)}`).join('; ')} >}`
    case 'pack': {
      const type = e.type?.kind === 'package' ? ` : ${printPackage(to, e.type)}` : ''
      return `(module ${to.moduleExpression(to, e.module)}${type})`
    }
    case 'extension':
      return printExtension(to, '[%', e)
    default:
      return printBare(to, e)
  }
}

/** What stands before a dot or `#`: constructors and numbers need parentheses there. */
function printObject(to: Printers, e: Expression): string {
  const text = printSimpleExpression(to, e)
  const mayMerge = (e.kind === 'construct' && e.argument === undefined) || e.kind === 'constant'
  return mayMerge && e.attributes.length === 0 ? `(${text})` : text
}

function printConstruct(to: Printers, e: Expression & { kind: 'construct' }): string {
  const elements = listElements(e)
  if (elements !== undefined) return `[${elements.map((each) => printElement(to, each)).join('; ')}]`
  const cons = consOf(e)
  if (cons !== undefined) {
    return `${printOperand(to, cons[0], CONS_LEVEL + 1)} :: ${printOperand(to, cons[1], CONS_LEVEL)}`
  }
  const head = printConstructorPath(e.path)
  return e.argument === undefined ? head : `${head} ${printSimpleExpression(to, e.argument)}`
}

function printApply(to: Printers, e: Expression & { kind: 'apply' }): string {
  const infix = infixOf(e)
  if (infix !== undefined) return printInfix(to, infix)
  const prefix = printPrefix(to, e)
  if (prefix !== undefined) return prefix
  const args = e.arguments.map((each) => printArgument(to, each)).join(' ')
  const needsParentheses = e.function.kind === 'construct' || e.function.kind === 'variant'
  const fn = printSimpleExpression(to, e.function)
  return `${needsParentheses || joinWords.has(fn) ? `(${fn})` : fn} ${args}`
}

/** Names that would be keywords in front of an argument. */
const joinWords: ReadonlySet<string> = new Set(['spawn', 'def', 'reply'])

/** `!x`, `~-x`, in parentheses, for as an operand it would bind otherwise than an application. */
function printPrefix(to: Printers, e: Expression & { kind: 'apply' }): string | undefined {
  const fn = e.function
  const [only, ...rest] = e.arguments
  if (fn.kind !== 'ident' || fn.path.kind !== 'ident' || fn.attributes.length > 0) return undefined
  if (only === undefined || rest.length > 0 || only.label.kind !== 'none') return undefined
  if (!isPrefixOperator(fn.path.name)) return undefined
  return `${fn.path.name}(${printExpression(to, only.expression)})`
}

export function printArgument(to: Printers, { label, expression }: Argument): string {
  return `${printLabel(label)}${printSimpleExpression(to, expression)}`
}

function printRecord(to: Printers, e: Expression & { kind: 'record' }): string {
  const base = e.base === undefined ? '' : `${printSimpleExpression(to, e.base)} with `
  const fields = e.fields.map((each) => `${printPath(each.path)} = ${printElement(to, each.value)}`)
  return `{ ${base}${fields.join('; ')} }`
}

function printCoercion(
  to: Printers,
  { from, to: target }: { from?: TypeConstraintType; to: TypeConstraintType },
): string {
  return `${from === undefined ? '' : ` : ${to.type(to, from)}`} :> ${to.type(to, target)}`
}

type TypeConstraintType = Extract<TypeConstraint, { kind: 'constraint' }>['type']

function printIf(to: Printers, e: Expression & { kind: 'if' }): string {
  const head = `if ${printExpression(to, e.condition)} then ${printElement(to, e.then)}`
  if (e.otherwise === undefined) return head
  const chains = e.otherwise.kind === 'if' && e.otherwise.attributes.length === 0
  return `${head} else ${chains ? printBare(to, e.otherwise) : printElement(to, e.otherwise)}`
}

function printFor(to: Printers, e: Expression & { kind: 'for' }): string {
  const direction = e.direction === 'up' ? 'to' : 'downto'
  const range = `${printExpression(to, e.from)} ${direction} ${printExpression(to, e.to)}`
  return `for ${to.pattern(to, e.variable)} = ${range} do ${printExpression(to, e.body)} done`
}

// ---------------------------------------------------------------------------------------------------------
// Functions

function printFunction(to: Printers, e: Expression & { kind: 'function' }): string {
  if (e.parameters.length === 0) return printFunctionBody(to, e.body)
  const parameters = e.parameters.map((each) => printParameter(to, each)).join(' ')
  const constraint = e.constraint?.kind === 'constraint' ? ` : ${printSimpleType(to, e.constraint.type)}` : ''
  return `fun ${parameters}${constraint} -> ${printFunctionBody(to, e.body)}`
}

function printFunctionBody(to: Printers, body: FunctionBody): string {
  if (body.kind === 'cases') return `function ${printCases(to, body.cases)}`
  return printFunctionResult(to, body.expression)
}

/** A `function` that stands alone is in parentheses, for else it would be a part of the function before it. */
function printFunctionResult(to: Printers, e: Expression): string {
  const isAlone = e.kind === 'function' && e.parameters.length === 0 && e.attributes.length === 0
  return isAlone ? `(${printBare(to, e)})` : printExpression(to, e)
}

export function printParameter(to: Printers, parameter: Parameter): string {
  if (parameter.kind === 'newtype') return `(type ${parameter.name.text})`
  return printLabelledPattern(to, parameter)
}

export function printLabelledPattern(
  to: Printers,
  parameter: Omit<Extract<Parameter, { kind: 'value' }>, 'kind' | 'region'>,
): string {
  const { label, pattern } = parameter
  if (label.kind !== 'optional') return `${printLabel(label)}${printSimplePattern(to, pattern)}`
  const fallback = parameter.default === undefined ? '' : ` = ${printExpression(to, parameter.default)}`
  return `?${label.name}:(${to.pattern(to, pattern)}${fallback})`
}

function printCases(to: Printers, cases: readonly Case[]): string {
  return cases.map((each) => `| ${printCase(to, each)}`).join(' ')
}

function printCase(to: Printers, { pattern, guard, body }: Case): string {
  const condition = guard === undefined ? '' : ` when ${printExpression(to, guard)}`
  const result = body.kind === 'unreachable' ? '.' : printElement(to, body)
  return `${to.pattern(to, pattern)}${condition} -> ${result}`
}

// ---------------------------------------------------------------------------------------------------------
// Bindings

/** `let rec x = … and …` */
export function printBindings(to: Printers, recursive: boolean, bindings: readonly ValueBinding[]): string {
  const keyword = recursive ? 'let rec' : 'let'
  return bindings.map((each, i) => `${i === 0 ? keyword : 'and'} ${printBinding(to, each)}`).join(' ')
}

function printBinding(to: Printers, { pattern, constraint, expression, attributes }: ValueBinding): string {
  const isName = pattern.kind === 'variable' && pattern.attributes.length === 0
  const left = isName ? printValueName(pattern.name.text) : printSimplePattern(to, pattern)
  const binds = isName && left !== 'def' && constraint === undefined && isFunction(expression)
  const right = binds
    ? printFunctionBinding(to, expression)
    : `${printConstraint(to, constraint)} = ${printExpression(to, expression)}`
  return `${left}${right}${printAttributes(to, attributes, '[@@')}`
}

type FunctionExpression = Expression & { readonly kind: 'function' }

function isFunction(e: Expression): e is FunctionExpression {
  return e.kind === 'function' && e.parameters.length > 0 && e.attributes.length === 0
}

/** ` p1 … pn : t = e` */
function printFunctionBinding(to: Printers, e: FunctionExpression): string {
  const parameters = e.parameters.map((each) => ` ${printParameter(to, each)}`).join('')
  return `${parameters}${printConstraint(to, e.constraint)} = ${printFunctionBody(to, e.body)}`
}

function printConstraint(to: Printers, constraint: BindingConstraint | undefined): string {
  switch (constraint?.kind) {
    case undefined:
      return ''
    case 'constraint':
      return ` : ${to.type(to, constraint.type)}`
    case 'coerce':
      return printCoercion(to, constraint)
    case 'locally-abstract':
      return ` : type ${constraint.types.map((name) => name.text).join(' ')}. ${to.type(to, constraint.type)}`
  }
}

function printBindingOperator(
  to: Printers,
  { operator, pattern, expression }: (Expression & { kind: 'let-operator' })['let'],
): string {
  return `${operator.text} ${printSimplePattern(to, pattern)} = ${printExpression(to, expression)}`
}
