/**
 * A reference interpreter of Lambda over JavaScript values, for tests only: slow and obvious.
 *
 *     immediate: bigint   float: number   string, bytes: Text   int32, int64, nativeint: Boxed
 *     block (also lazy, objects, flat floats): Block   function: Closure
 *
 * Evaluation is right to left, as the conventions of lambda.ts say.
 */

import { Crash } from '../../src/base/diagnostic.ts'
import type { Lambda, LambdaUnit, SwitchCases } from '../../src/lambda/lambda.ts'
import type { Ident } from '../../src/typing/ident.ts'
import type { Constant, StructuredConstant } from '../../src/typing/typed-tree.ts'
import { evaluatePrimitive } from './evaluator-primitives.ts'
import { Block, Boxed, Closure, OCamlException, Text, type Value } from './values.ts'

/** A variable's cell, in front of the cells of the scopes around it. */
interface Cell {
  readonly stamp: number
  value: Value
  readonly next: Env
}
type Env = Cell | undefined

class StaticJump {
  readonly label: number
  readonly values: readonly Value[]
  constructor(label: number, values: readonly Value[]) {
    this.label = label
    this.values = values
  }
}

export type External = (machine: Machine, args: readonly Value[]) => Value

export interface Machine {
  readonly units: Map<string, Value>
  readonly externals: ReadonlyMap<string, External>
  output: string
  freshIds: bigint
  /** Left before the program is taken to loop. */
  fuel: number
  readonly constants: Map<StructuredConstant, Value>
}

const unitValue = 0n

export function newMachine(externals: ReadonlyMap<string, External>, fuel = 20_000_000): Machine {
  const machine: Machine = {
    units: new Map(),
    externals,
    output: '',
    freshIds: 100n,
    fuel,
    constants: new Map(),
  }
  machine.units.set('caml_predef', new Block(0, predefinedExceptions.map(predefinedException)))
  return machine
}

export const predefinedExceptions = [
  'Out_of_memory',
  'Sys_error',
  'Failure',
  'Invalid_argument',
  'End_of_file',
  'Division_by_zero',
  'Not_found',
  'Match_failure',
  'Stack_overflow',
  'Sys_blocked_io',
  'Assert_failure',
  'Undefined_recursive_module',
] as const

function predefinedException(name: string, index: number): Value {
  return new Block(248, [Text.of(name), BigInt(-index - 1)])
}

/** Raises a predefined exception; with no argument it is constant. */
export function raisePredefined(
  machine: Machine,
  name: (typeof predefinedExceptions)[number],
  argument?: Value,
): never {
  const constructors = machine.units.get('caml_predef') as Block
  const identity = constructors.fields[predefinedExceptions.indexOf(name)] as Value
  throw new OCamlException(argument === undefined ? identity : new Block(0, [identity, argument]))
}

/** Runs a unit and registers its module block. */
export function runUnit(machine: Machine, unit: LambdaUnit): Value {
  const value = evaluate(machine, unit.body, undefined)
  machine.units.set(unit.name, value)
  return value
}

export function evaluateClosed(machine: Machine, term: Lambda): Value {
  return evaluate(machine, term, undefined)
}

function bind(env: Env, ident: Ident, value: Value): Env {
  return { stamp: ident.stamp, value, next: env }
}

function cellOf(env: Env, ident: Ident): Cell {
  for (let cell = env; cell !== undefined; cell = cell.next) if (cell.stamp === ident.stamp) return cell
  throw new Crash(`unbound variable ${ident.name}/${ident.stamp}`)
}

/** Right to left. */
function evaluateAll(machine: Machine, terms: readonly Lambda[], env: Env): Value[] {
  const values: Value[] = new Array(terms.length)
  for (let i = terms.length - 1; i >= 0; i--) values[i] = evaluate(machine, terms[i] as Lambda, env)
  return values
}

export function applyValue(machine: Machine, callee: Value, args: readonly Value[]): Value {
  if (args.length === 0) return callee
  if (!(callee instanceof Closure)) throw new Crash('application of a value that is no function')
  const given = [...callee.given, ...args]
  if (given.length < callee.arity) return new Closure(callee.arity, callee.body, given)
  const result = callee.body(given.slice(0, callee.arity))
  return applyValue(machine, result, given.slice(callee.arity))
}

function isTrue(value: Value): boolean {
  return value !== 0n
}

/** The letrec, let and sequence spines are followed by a loop, so that long units do not nest deep. */
function evaluate(machine: Machine, start: Lambda, scope: Env): Value {
  let term = start
  let env = scope
  for (;;) {
    machine.fuel -= 1
    if (machine.fuel < 0) throw new Crash('out of fuel')
    switch (term.kind) {
      case 'let':
        env = bind(env, term.binder.ident, evaluate(machine, term.value, env))
        term = term.body
        continue
      case 'letrec':
        env = bindRecursive(machine, term, env)
        term = term.body
        continue
      case 'sequence':
        evaluate(machine, term.first, env)
        term = term.second
        continue
      case 'if':
        term = isTrue(evaluate(machine, term.condition, env)) ? term.then : term.otherwise
        continue
      case 'switch':
        term = selectCase(evaluate(machine, term.subject, env), term.cases)
        continue
      case 'stringSwitch':
        term = selectString(evaluate(machine, term.subject, env), term)
        continue
      default:
        return evaluateOther(machine, term, env)
    }
  }
}

function evaluateOther(machine: Machine, term: Lambda, env: Env): Value {
  switch (term.kind) {
    case 'variable':
      return cellOf(env, term.ident).value
    case 'constant':
      return constantValue(machine, term.value)
    case 'unit':
      return unitBlock(machine, term.name)
    case 'function':
      return makeClosure(machine, term, () => env)
    case 'apply': {
      const args = evaluateAll(machine, term.arguments, env)
      return applyValue(machine, evaluate(machine, term.function, env), args)
    }
    case 'assign':
      cellOf(env, term.ident).value = evaluate(machine, term.value, env)
      return unitValue
    case 'primitive':
      return evaluatePrimitive(machine, term.primitive, evaluateAll(machine, term.arguments, env))
    case 'staticRaise':
      throw new StaticJump(term.label, evaluateAll(machine, term.arguments, env))
    case 'staticCatch':
      return evaluateCatch(machine, term, env)
    case 'try':
      return evaluateTry(machine, term, env)
    case 'while':
      while (isTrue(evaluate(machine, term.condition, env))) evaluate(machine, term.body, env)
      return unitValue
    case 'for':
      return evaluateFor(machine, term, env)
    default:
      throw new Crash(`unexpected ${term.kind}`)
  }
}

function unitBlock(machine: Machine, name: string): Value {
  const block = machine.units.get(name)
  if (block === undefined) throw new Crash(`unit ${name} is not initialised`)
  return block
}

function makeClosure(machine: Machine, term: Lambda & { kind: 'function' }, env: () => Env): Closure {
  return new Closure(term.parameters.length, (args) => {
    const inner = term.parameters.reduce((e, p, i) => bind(e, p.ident, args[i] as Value), env())
    return evaluate(machine, term.body, inner)
  })
}

/** Functions close over the cells; other values are built empty and filled. */
function bindRecursive(machine: Machine, term: Lambda & { kind: 'letrec' }, env: Env): Env {
  let inner = env
  for (const { binder, value } of term.bindings) {
    const initial = value.kind === 'function' ? makeClosure(machine, value, () => inner) : new Block(0, [])
    inner = bind(inner, binder.ident, initial)
  }
  for (const { binder, value } of term.bindings) {
    if (value.kind === 'function') continue
    const made = evaluate(machine, value, inner)
    const target = cellOf(inner, binder.ident).value as Block
    if (!(made instanceof Block)) throw new Crash('letrec of a value that is no block')
    target.tag = made.tag
    target.fields = made.fields
  }
  return inner
}

function selectCase(value: Value, cases: SwitchCases): Lambda {
  const found =
    typeof value === 'bigint'
      ? cases.constants.find((c) => c.value === value)
      : cases.blocks.find((c) => c.tag === (value as Block).tag)
  if (typeof value === 'bigint' && cases.subject === 'blocks')
    throw new Crash('switch: immediate among blocks')
  if (typeof value !== 'bigint' && cases.subject === 'constants')
    throw new Crash('switch: block among immediates')
  const body = found?.body ?? cases.otherwise
  if (body === undefined) throw new Crash('switch: no case matches')
  return body
}

function selectString(value: Value, term: Lambda & { kind: 'stringSwitch' }): Lambda {
  const bytes = Buffer.from((value as Text).bytes)
  return (term.cases.find((c) => bytes.equals(c.bytes)) ?? { body: term.otherwise }).body
}

function evaluateCatch(machine: Machine, term: Lambda & { kind: 'staticCatch' }, env: Env): Value {
  try {
    return evaluate(machine, term.body, env)
  } catch (thrown) {
    if (!(thrown instanceof StaticJump) || thrown.label !== term.label) throw thrown
    const inner = term.parameters.reduce((e, p, i) => bind(e, p.ident, thrown.values[i] as Value), env)
    return evaluate(machine, term.handler, inner)
  }
}

function evaluateTry(machine: Machine, term: Lambda & { kind: 'try' }, env: Env): Value {
  try {
    return evaluate(machine, term.body, env)
  } catch (thrown) {
    if (thrown instanceof RangeError) return raiseInside(machine, term, env)
    if (!(thrown instanceof OCamlException)) throw thrown
    return evaluate(machine, term.handler, bind(env, term.exception, thrown.value))
  }
}

/** The host's stack overflow is OCaml's. */
function raiseInside(machine: Machine, term: Lambda & { kind: 'try' }, env: Env): Value {
  const overflow = (machine.units.get('caml_predef') as Block).fields[
    predefinedExceptions.indexOf('Stack_overflow')
  ]
  return evaluate(machine, term.handler, bind(env, term.exception, overflow as Value))
}

function evaluateFor(machine: Machine, term: Lambda & { kind: 'for' }, env: Env): Value {
  const from = evaluate(machine, term.from, env) as bigint
  const to = evaluate(machine, term.to, env) as bigint
  const step = term.direction === 'up' ? 1n : -1n
  for (let i = from; step > 0n ? i <= to : i >= to; i += step) {
    evaluate(machine, term.body, bind(env, term.ident, i))
  }
  return unitValue
}

// ---------------------------------------------------------------------------------------------------------
// Constants

function constantValue(machine: Machine, value: StructuredConstant): Value {
  if (value.kind === 'constant' && value.constant.kind === 'int') return value.constant.value
  let made = machine.constants.get(value)
  if (made === undefined) {
    made = makeConstant(machine, value)
    machine.constants.set(value, made)
  }
  return made
}

function makeConstant(machine: Machine, value: StructuredConstant): Value {
  switch (value.kind) {
    case 'constant':
      return simpleConstant(value.constant)
    case 'block':
      return new Block(
        value.tag,
        value.fields.map((f) => constantValue(machine, f)),
      )
    case 'float-array':
      return new Block(254, [...value.values])
  }
}

function simpleConstant(constant: Constant): Value {
  switch (constant.kind) {
    case 'int':
      return constant.value
    case 'char':
      return BigInt(constant.code)
    case 'string':
      return new Text(constant.bytes)
    case 'float':
      return constant.value
    case 'int32':
    case 'int64':
    case 'nativeint':
      return new Boxed(constant.kind, constant.value)
  }
}
