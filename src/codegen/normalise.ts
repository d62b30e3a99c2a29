/**
 * Normalisation: Lambda → Code, with closure conversion on the way.
 *
 * Every Lambda term is normalised towards a `Destination`: returned, put in a variable, or thrown away;
 * or into an `Operand`, an expression for the position where it stands. Arguments are evaluated from right to left:
 * an expression that a later evaluation could change is put in a variable first.
 *
 * The spine of the unit's body is its top level: what it binds lives in static slots (see lambda.ts).
 */

import { Crash } from '../base/diagnostic.ts'
import type { Binder, FunctionTerm, Lambda, Layout } from '../lambda/lambda.ts'
import type { Ident } from '../typing/ident.ts'
import {
  blockSize,
  capture,
  closureField,
  closureHead,
  type GroupMember,
  optional,
  siblingBinding,
  splitArity,
} from './closures.ts'
import { isStable, newSite, type Representation, type Simple, type Statement, type Variable } from './code.ts'
import { FunctionBuilder, representationOfLayout } from './function-builder.ts'
import { tags } from './layout.ts'
import { isPreludeCall, normaliseApply, normalisePreludeCall } from './normalise-apply.ts'
import { normalisePrimitive } from './normalise-primitive.ts'
import { normaliseStringSwitch, normaliseSwitch } from './normalise-switch.ts'
import {
  type Approximation,
  type Binding,
  FunctionGroup,
  FunctionScope,
  type KnownFunction,
  type Operand,
} from './scope.ts'
import {
  addressOf,
  addTagged,
  field,
  i64,
  immediate,
  not,
  opOf,
  read,
  relocated,
  unit as unitValue,
} from './simple.ts'
import type { StaticData, StaticField } from './static-data.ts'
import type { Destination, Terms, UnitContext } from './terms.ts'

const toReturn: Destination = { kind: 'return' }
const toNowhere: Destination = { kind: 'discard' }

interface CatchTarget {
  readonly label: number
  readonly parameters: readonly Variable[]
}

/** Normalises the terms of one function. */
export class Normaliser implements Terms {
  readonly unit: UnitContext
  readonly b: FunctionBuilder
  readonly scope: FunctionScope
  private readonly catches = new Map<number, CatchTarget>()

  constructor(unit: UnitContext, builder: FunctionBuilder, scope: FunctionScope) {
    this.unit = unit
    this.b = builder
    this.scope = scope
  }

  get data(): StaticData {
    return this.unit.data
  }

  // -------------------------------------------------------------------------------------------------------
  // The top level

  /** Normalises the spine; idents bound here get static slots. */
  spine(root: Lambda): void {
    let at: Lambda = root
    for (;;) {
      if (at.kind === 'let' && !at.mutable) {
        this.spineLet(at.binder, at.value)
        at = at.body
      } else if (at.kind === 'let') {
        this.bindLet(at.binder, true, at.value)
        at = at.body
      } else if (at.kind === 'letrec') {
        this.letrec(at.bindings, true)
        at = at.body
      } else if (at.kind === 'sequence') {
        this.into(at.first, toNowhere)
        at = at.second
      } else break
    }
    this.exportModule(at)
  }

  private spineLet(binder: Binder, value: Lambda): void {
    if (value.kind === 'function') return this.topFunctions([{ ident: binder.ident, term: value }])
    const approximation = this.approximate(value)
    const operand = this.operand(value)
    if (isConstant(operand.simple)) {
      this.scope.bind(binder.ident, { operand, portable: true, ...optional(approximation) })
      return
    }
    const representation = operand.representation === 'int' || binder.layout === 'int' ? 'int' : 'value'
    const slot = this.unit.nextSlot++
    const address = relocated({ kind: 'data' }, this.unit.slotsOffset + slot * 8)
    this.b.effect('caml_initialize', [addressOf(address), this.b.toValue(operand)])
    this.scope.bind(binder.ident, {
      operand: { simple: field(address, 0, true), representation },
      portable: true,
      ...optional(approximation),
    })
  }

  /** The last term of the spine: its fields go into the module block. */
  private exportModule(body: Lambda): void {
    const { moduleOffset } = this.unit
    const block = relocated({ kind: 'data' }, moduleOffset)
    const store = (index: number, value: Simple): void =>
      this.b.effect('caml_initialize', [
        addressOf(relocated({ kind: 'data' }, moduleOffset + index * 8)),
        value,
      ])
    this.unit.approximation = this.approximate(body) ?? { kind: 'block', fields: [] }
    if (body.kind === 'primitive' && body.primitive.kind === 'makeBlock') {
      this.operands(body.arguments).forEach((operand, i) => {
        store(i, this.b.toValue(operand))
      })
    } else {
      const module = this.b.freeze(this.operand(body))
      for (let i = 0; i < this.unit.lambda.size; i++) store(i, field(module.simple, i))
    }
    this.b.emit({ kind: 'return', value: block })
  }

  // -------------------------------------------------------------------------------------------------------
  // Destinations

  /** Runs the bindings and sequences that a term starts with; what is left. */
  private unwrap(lambda: Lambda): Lambda {
    let at = lambda
    for (;;) {
      if (at.kind === 'let') {
        this.bindLet(at.binder, at.mutable, at.value)
        at = at.body
      } else if (at.kind === 'letrec') {
        this.letrec(at.bindings, false)
        at = at.body
      } else if (at.kind === 'sequence') {
        this.into(at.first, toNowhere)
        at = at.second
      } else return at
    }
  }

  /** Normalises a term; its value goes to `destination`. */
  into(term: Lambda, destination: Destination): void {
    const lambda = this.unwrap(term)
    switch (lambda.kind) {
      case 'if':
        return this.ifInto(lambda.condition, lambda.then, lambda.otherwise, destination)
      case 'switch':
        return normaliseSwitch(this, lambda, destination)
      case 'stringSwitch':
        return normaliseStringSwitch(this, lambda, destination)
      case 'staticCatch':
        return this.catchInto(lambda, destination)
      case 'try':
        return this.tryInto(lambda, destination)
      case 'apply':
        return normaliseApply(this, lambda, destination)
      case 'primitive':
        if (isPreludeCall(lambda)) return normalisePreludeCall(this, lambda, destination)
        return this.deliver(this.operand(lambda), destination)
      default:
        this.deliver(this.operand(lambda), destination)
    }
  }

  deliver(operand: Operand, destination: Destination): void {
    if (destination.kind === 'return') this.b.emit({ kind: 'return', value: this.b.toValue(operand) })
    else if (destination.kind === 'variable') {
      this.b.set(destination.variable, this.b.convert(operand, destination.variable.representation))
    }
  }

  /** Normalises a term into an expression. */
  operand(term: Lambda): Operand {
    const lambda = this.unwrap(term)
    switch (lambda.kind) {
      case 'variable':
        return this.lookup(lambda.ident).operand
      case 'constant':
        return this.constant(this.data.constant(lambda.value))
      case 'unit':
        return { simple: relocated({ kind: 'unit', name: lambda.name }, 0), representation: 'value' }
      case 'function':
        return this.functionBinding(undefined, lambda).operand
      case 'primitive':
        return isPreludeCall(lambda) ? this.joined(lambda, 'any') : normalisePrimitive(this, lambda)
      case 'assign':
        return this.assign(lambda.ident, lambda.value)
      case 'while':
        return this.whileLoop(lambda.condition, lambda.body)
      case 'for':
        return this.forLoop(lambda)
      case 'staticRaise':
        return this.staticRaise(lambda.label, lambda.arguments)
      case 'if':
        return this.ifOperand(lambda)
      case 'let':
      case 'letrec':
      case 'sequence':
        throw new Crash('unwrap left a binding')
      default:
        return this.joined(lambda, lambda.layout)
    }
  }

  /** A term with several ends: its value is collected in a variable. */
  private joined(lambda: Lambda, layout: Layout): Operand {
    const result = this.b.variable(
      'r',
      isCall(lambda) ? callRepresentation(layout) : representationOfLayout(layout),
      !isCall(lambda),
    )
    this.into(lambda, { kind: 'variable', variable: result })
    return { simple: read(result), representation: result.representation }
  }

  constant(value: StaticField): Operand {
    if (value.kind === 'word') return { simple: i64(value.value), representation: 'int' }
    if (value.kind === 'code') throw new Crash('a code pointer is not a constant')
    return { simple: relocated({ kind: 'data' }, value.offset), representation: 'value' }
  }

  lookup(ident: Ident): Binding {
    const binding = this.scope.lookup(ident)
    if (binding === undefined)
      throw new Crash(`unbound identifier ${ident.name}/${ident.stamp} in ${this.unit.lambda.name}`)
    return binding
  }

  /** Arguments in order, evaluated from right to left. */
  operands(terms: readonly Lambda[]): Operand[] {
    const results: Operand[] = []
    for (let i = terms.length - 1; i >= 0; i--) {
      let operand: Operand | undefined
      const statements = this.b.collect(() => {
        operand = this.operand(terms[i] as Lambda)
      })
      if (statements.length > 0) {
        for (let j = 0; j < results.length; j++) results[j] = this.b.freeze(results[j] as Operand)
        this.b.append(statements)
      }
      results.unshift(operand as Operand)
    }
    return results
  }

  // -------------------------------------------------------------------------------------------------------
  // Binding

  private bindLet(binder: Binder, mutable: boolean, value: Lambda): void {
    if (mutable) return this.bindMutable(binder, value)
    if (value.kind === 'function') {
      this.scope.bind(binder.ident, this.functionBinding(binder.ident, value))
      return
    }
    const approximation = this.approximate(value)
    const known = value.kind === 'variable' ? this.lookup(value.ident).known : undefined
    const operand = this.operand(value)
    const constant = isConstant(operand.simple)
    this.scope.bind(binder.ident, {
      operand:
        constant || (operand.simple.kind === 'variable' && isStable(operand.simple))
          ? operand
          : this.b.name(binder.ident.name, operand),
      portable: constant,
      ...optional(approximation),
      ...(known === undefined ? {} : { known }),
    })
  }

  private bindMutable(binder: Binder, value: Lambda): void {
    const variable = this.b.variable(binder.ident.name, representationOfLayout(binder.layout), true)
    this.into(value, { kind: 'variable', variable })
    this.scope.bind(binder.ident, {
      operand: { simple: read(variable), representation: variable.representation },
      portable: false,
    })
  }

  private assign(ident: Ident, value: Lambda): Operand {
    const { simple } = this.lookup(ident).operand
    if (simple.kind !== 'variable')
      throw new Crash(`assignment to ${ident.name}, which is not a local variable`)
    this.into(value, { kind: 'variable', variable: simple.variable })
    return { simple: unitValue, representation: 'int' }
  }

  private bindVariable(ident: Ident, variable: Variable): void {
    this.scope.bind(ident, {
      operand: { simple: read(variable), representation: variable.representation },
      portable: false,
    })
  }

  // -------------------------------------------------------------------------------------------------------
  // Control

  private ifOperand(lambda: Lambda & { kind: 'if' }): Operand {
    const condition = this.condition(lambda.condition)
    let then: Operand | undefined
    let otherwise: Operand | undefined
    const thenStatements = this.b.collect(() => {
      then = this.operand(lambda.then)
    })
    const otherwiseStatements = this.b.collect(() => {
      otherwise = this.operand(lambda.otherwise)
    })
    if (thenStatements.length === 0 && otherwiseStatements.length === 0) {
      const joined = this.pureConditional(condition, then as Operand, otherwise as Operand)
      if (joined !== undefined) return joined
    }
    const result = this.b.variable('r', representationOfLayout(lambda.layout), true)
    const finish = (statements: readonly Statement[], operand: Operand): Statement[] =>
      this.b.collect(() => {
        this.b.append(statements)
        this.deliver(operand, { kind: 'variable', variable: result })
      })
    this.b.emit({
      kind: 'if',
      condition: this.b.toCondition(condition),
      then: finish(thenStatements, then as Operand),
      otherwise: finish(otherwiseStatements, otherwise as Operand),
    })
    return { simple: read(result), representation: result.representation }
  }

  /** `if` without statements in its branches, as one expression. */
  private pureConditional(condition: Operand, then: Operand, otherwise: Operand): Operand | undefined {
    const bool = then.representation === 'bool' || otherwise.representation === 'bool'
    if (bool) {
      const test = this.b.toCondition(condition)
      const a = this.b.toCondition(then)
      const b = this.b.toCondition(otherwise)
      return {
        simple: { kind: 'conditional', condition: test, then: a, otherwise: b, type: 'i32' },
        representation: 'bool',
      }
    }
    if (then.representation !== otherwise.representation || then.representation === 'untagged') {
      if (then.representation !== 'int' && then.representation !== 'value') return undefined
      if (otherwise.representation !== 'int' && otherwise.representation !== 'value') return undefined
      return this.conditionalOf(condition, then, otherwise, 'value', 'i64')
    }
    return this.conditionalOf(
      condition,
      then,
      otherwise,
      then.representation,
      then.representation === 'float' ? 'f64' : 'i64',
    )
  }

  private conditionalOf(
    condition: Operand,
    then: Operand,
    otherwise: Operand,
    representation: Operand['representation'],
    type: 'i64' | 'f64',
  ): Operand {
    const test = this.b.toCondition(condition)
    return {
      simple: { kind: 'conditional', condition: test, then: then.simple, otherwise: otherwise.simple, type },
      representation,
    }
  }

  /** A term as a condition. */
  condition(lambda: Lambda): Operand {
    const operand = this.operand(lambda)
    return operand.representation === 'bool'
      ? operand
      : { simple: this.b.toCondition(operand), representation: 'bool' }
  }

  private ifInto(condition: Lambda, then: Lambda, otherwise: Lambda, destination: Destination): void {
    if (isCompound(condition)) return this.compoundIf(condition, then, otherwise, destination)
    const test = this.condition(condition).simple
    if (test.kind === 'i32') return this.into(test.value !== 0 ? then : otherwise, destination)
    this.b.emit({
      kind: 'if',
      condition: test,
      then: this.b.collect(() => this.into(then, destination)),
      otherwise: this.b.collect(() => this.into(otherwise, destination)),
    })
  }

  /** `if a && b then … else …` without a variable for the condition. */
  private compoundIf(condition: Lambda, then: Lambda, otherwise: Lambda, destination: Destination): void {
    const after = this.b.label()
    const unless = this.b.label()
    const body = this.b.collect(() => {
      const first = this.b.collect(() => {
        this.jumpUnless(condition, unless)
        this.into(then, destination)
        this.b.emit({ kind: 'exit', label: after })
      })
      this.b.emit({ kind: 'block', label: unless, body: first })
      this.into(otherwise, destination)
    })
    this.b.emit({ kind: 'block', label: after, body })
  }

  /** Exits to `label` when the condition does not hold. */
  jumpUnless(condition: Lambda, label: number): void {
    if (condition.kind === 'if' && isConstantBool(condition.otherwise, false)) {
      this.jumpUnless(condition.condition, label)
      this.jumpUnless(condition.then, label)
      return
    }
    if (condition.kind === 'if' && isConstantBool(condition.then, true)) {
      const holds = this.b.label()
      const body = this.b.collect(() => {
        this.jumpIf(condition.condition, holds)
        this.jumpUnless(condition.otherwise, label)
      })
      this.b.emit({ kind: 'block', label: holds, body })
      return
    }
    this.exitIf(not(this.condition(condition).simple), label)
  }

  private jumpIf(condition: Lambda, label: number): void {
    if (isCompound(condition)) {
      const fails = this.b.label()
      const body = this.b.collect(() => {
        this.jumpUnless(condition, fails)
        this.b.emit({ kind: 'exit', label })
      })
      this.b.emit({ kind: 'block', label: fails, body })
      return
    }
    this.exitIf(this.condition(condition).simple, label)
  }

  private exitIf(condition: Simple, label: number): void {
    if (condition.kind !== 'i32') this.b.emit({ kind: 'exitIf', condition, label })
    else if (condition.value !== 0) this.b.emit({ kind: 'exit', label })
  }

  private whileLoop(condition: Lambda, body: Lambda): Operand {
    const done = this.b.label()
    const inner = this.b.collect(() => {
      this.jumpUnless(condition, done)
      this.into(body, toNowhere)
    })
    const loop: Statement = { kind: 'loop', body: inner, site: newSite(this.b.region) }
    this.b.emit({ kind: 'block', label: done, body: [loop] })
    return { simple: unitValue, representation: 'int' }
  }

  private forLoop(lambda: Lambda & { kind: 'for' }): Operand {
    const { b } = this
    const index = b.variable(lambda.ident.name, 'int', true)
    const from = b.freeze(this.operand(lambda.from))
    const to = b.freeze(this.operand(lambda.to))
    const last = b.toValue(to)
    const up = lambda.direction === 'up'
    b.set(index, b.toValue(from))
    const done = b.label()
    const body = b.collect(() => {
      b.emit({
        kind: 'exitIf',
        condition: opOf(up ? 'i64_gt_s' : 'i64_lt_s', read(index), last),
        label: done,
      })
      const inner = b.collect(() => {
        const seen = b.variable(lambda.ident.name, 'int')
        b.set(seen, read(index))
        this.bindVariable(lambda.ident, seen)
        this.into(lambda.body, toNowhere)
        b.emit({ kind: 'exitIf', condition: opOf('i64_eq', read(seen), last), label: done })
        b.set(index, addTagged(read(seen), immediate(up ? 1 : -1)))
      })
      b.emit({ kind: 'loop', body: inner, site: newSite(b.region) })
    })
    b.emit({ kind: 'block', label: done, body })
    return { simple: unitValue, representation: 'int' }
  }

  private catchInto(lambda: Lambda & { kind: 'staticCatch' }, destination: Destination): void {
    const { b } = this
    const after = b.label()
    const target: CatchTarget = {
      label: b.label(),
      parameters: lambda.parameters.map((p) =>
        b.variable(p.ident.name, representationOfLayout(p.layout), true),
      ),
    }
    this.catches.set(lambda.label, target)
    const body = b.collect(() => {
      const inner = b.collect(() => {
        this.into(lambda.body, destination)
        b.emit({ kind: 'exit', label: after })
      })
      b.emit({ kind: 'block', label: target.label, body: inner })
      lambda.parameters.forEach((p, i) => {
        const seen = b.variable(p.ident.name, (target.parameters[i] as Variable).representation)
        b.set(seen, read(target.parameters[i] as Variable))
        this.bindVariable(p.ident, seen)
      })
      this.into(lambda.handler, destination)
    })
    b.emit({ kind: 'block', label: after, body })
  }

  private staticRaise(label: number, args: readonly Lambda[]): Operand {
    const target = this.catches.get(label)
    if (target === undefined) throw new Crash(`no static catch ${label}`)
    const operands = this.operands(args).map((o) => (args.length > 1 ? this.b.freeze(o) : o))
    operands.forEach((operand, i) => {
      this.deliver(operand, { kind: 'variable', variable: target.parameters[i] as Variable })
    })
    this.b.emit({ kind: 'exit', label: target.label })
    return this.b.never('value')
  }

  private tryInto(lambda: Lambda & { kind: 'try' }, destination: Destination): void {
    const { b } = this
    const result =
      destination.kind === 'return' ? b.variable('r', representationOfLayout(lambda.layout), true) : undefined
    const inner: Destination = result === undefined ? destination : { kind: 'variable', variable: result }
    const exception = b.variable(lambda.exception.name, 'value')
    const body = b.collect(() => this.into(lambda.body, inner))
    const handler = b.collect(() => {
      this.bindVariable(lambda.exception, exception)
      this.into(lambda.handler, destination)
    })
    b.emit({ kind: 'try', body, exception, handler, effects: false })
    if (result !== undefined)
      this.deliver({ simple: read(result), representation: result.representation }, destination)
  }

  // -------------------------------------------------------------------------------------------------------
  // Functions

  private functionBinding(ident: Ident | undefined, term: FunctionTerm): Binding {
    return this.functionGroup([{ ident, term }])[0] as Binding
  }

  /** Functions of the top level are closed: their closures are static and known before their bodies. */
  private topFunctions(members: readonly GroupMember[]): void {
    const terms = members.map((m) => splitArity(m.term))
    const group = new FunctionGroup(terms.map((t) => t.parameters.length))
    group.closed = true
    const known = this.reserve(group, terms)
    const stubs = terms.map(() => this.unit.reserveFunction())
    const block = this.data.block(tags.closure, closureHead(group, known, stubs))
    members.forEach((m, i) => {
      const k = known[i] as KnownFunction
      this.scope.bind(m.ident as Ident, {
        operand: {
          simple: relocated({ kind: 'data' }, block + (group.offsets[i] as number) * 8),
          representation: 'value',
        },
        portable: true,
        known: k,
        approximation: { kind: 'function', unit: this.unit.lambda.name, function: k.index, arity: k.arity },
      })
    })
    terms.forEach((term, i) => {
      this.functionBody(group, [], known, known[i] as KnownFunction, term)()
      this.stub(stubs[i] as number, known[i] as KnownFunction, term)
    })
  }

  /** Makes the functions of a local group and their closures; one binding each. */
  private functionGroup(members: readonly GroupMember[]): Binding[] {
    const terms = members.map((m) => splitArity(m.term))
    const group = new FunctionGroup(terms.map((t) => t.parameters.length))
    const known = this.reserve(group, terms)
    // An anonymous function is entered through its closure alone.
    if (members.length === 1 && members[0]?.ident === undefined) group.mentionsClosure = true
    const define = terms.map((term, i) =>
      this.functionBody(group, members, known, known[i] as KnownFunction, term),
    )
    group.closed = group.captured.length === 0
    if (!group.takesEnv) for (const target of group.pendingTargets) target.env = undefined
    for (const d of define) d()
    const closures = this.closures(group, known, terms)
    return known.map((k, i) => ({
      operand: { simple: closures[i] as Simple, representation: 'value' },
      portable: group.closed as boolean,
      known: k,
    }))
  }

  private reserve(group: FunctionGroup, terms: readonly FunctionTerm[]): KnownFunction[] {
    return terms.map((t, position) => {
      return { group, position, index: this.unit.reserveFunction(), arity: t.parameters.length }
    })
  }

  /** Normalises a body; the result defines the function once it is known whether the group takes its closure. */
  private functionBody(
    group: FunctionGroup,
    members: readonly GroupMember[],
    known: readonly KnownFunction[],
    self: KnownFunction,
    term: FunctionTerm,
  ): () => void {
    const builder = new FunctionBuilder(this.data, term.region)
    const parameters = term.parameters.map((p) =>
      builder.variable(p.ident.name, p.layout === 'int' ? 'int' : 'value'),
    )
    const env = builder.variable('env', 'value')
    const scope = new FunctionScope(this.scope, group, self.position, env, capture)
    const inner = new Normaliser(this.unit, builder, scope)
    term.parameters.forEach((p, i) => {
      inner.bindVariable(p.ident, parameters[i] as Variable)
    })
    members.forEach((m, i) => {
      if (m.ident !== undefined)
        scope.bind(m.ident, siblingBinding(group, self, known[i] as KnownFunction, env))
    })
    const body = builder.collect(() => inner.into(term.body, toReturn))
    return () => {
      const parameter = group.takesEnv ? env : undefined
      this.unit.defineFunction(self.index, term.name, term.region, parameters, parameter, builder, body)
    }
  }

  /** The closures of a finished group: static if it captures nothing. */
  private closures(
    group: FunctionGroup,
    known: readonly KnownFunction[],
    terms: readonly FunctionTerm[],
  ): Simple[] {
    const codes = known.map((k, i) => (group.takesEnv ? k.index : this.newStub(k, terms[i] as FunctionTerm)))
    const head = closureHead(group, known, codes)
    if (group.captured.length === 0) {
      const block = this.data.block(tags.closure, head)
      return group.offsets.map((offset) => relocated({ kind: 'data' }, block + offset * 8))
    }
    const captured = group.captured.map((c) => this.b.toValue(c.operand))
    const fields = [...head.map(closureField), ...captured].map((value) => ({ value, float: false }))
    const block = this.b.allocate('closure', tags.closure, fields)
    return group.offsets.map((offset, i) => (i === 0 ? block : this.infix(block, offset)))
  }

  private infix(block: Simple, offset: number): Simple {
    const simple = opOf('i64_add', block, i64(BigInt(offset * 8)))
    return this.b.name('closure', { simple, representation: 'value' }).simple
  }

  private newStub(known: KnownFunction, term: FunctionTerm): number {
    const index = this.unit.reserveFunction()
    this.stub(index, known, term)
    return index
  }

  /** The entry of a closed function through its closure: drops the closure. */
  private stub(index: number, known: KnownFunction, term: FunctionTerm): void {
    const builder = new FunctionBuilder(this.data, term.region)
    const parameters = term.parameters.map((p) => builder.variable(p.ident.name, 'value'))
    const env = builder.variable('env', 'value')
    const body = builder.collect(() => {
      builder.emit({
        kind: 'tailCall',
        target: { kind: 'direct', function: known.index, env: undefined },
        arguments: parameters.map(read),
      })
    })
    this.unit.defineFunction(index, `${term.name}.closure`, term.region, parameters, env, builder, body)
  }

  private letrec(
    bindings: readonly { readonly binder: Binder; readonly value: Lambda }[],
    top: boolean,
  ): void {
    const functions = bindings.filter((x) => x.value.kind === 'function')
    const values = bindings.filter((x) => x.value.kind !== 'function')
    const dummies = values.map((x) => this.recursiveDummy(x.binder, x.value, top))
    const members = functions.map((x) => ({ ident: x.binder.ident, term: x.value as FunctionTerm }))
    if (top) this.topFunctions(members)
    else {
      const group = this.functionGroup(members)
      members.forEach((m, i) => {
        this.scope.bind(m.ident, group[i] as Binding)
      })
    }
    values.forEach((x, i) => {
      const [value] = this.operands([x.value])
      this.b.external('caml_update_dummy', [dummies[i] as Simple, this.b.toValue(value as Operand)])
    })
  }

  private bindTopSlot(binder: Binder, operand: Operand): Simple {
    const address = relocated({ kind: 'data' }, this.unit.slotsOffset + this.unit.nextSlot++ * 8)
    this.b.effect('caml_initialize', [addressOf(address), this.b.toValue(operand)])
    const slot = field(address, 0, true)
    this.scope.bind(binder.ident, { operand: { simple: slot, representation: 'value' }, portable: true })
    return slot
  }

  /** Room for a recursive value, filled when it has been computed. */
  private recursiveDummy(binder: Binder, value: Lambda, top: boolean): Simple {
    const dummy = this.b.external('caml_alloc_dummy', [immediate(blockSize(value))])
    if (top) return this.bindTopSlot(binder, dummy)
    this.scope.bind(binder.ident, { operand: dummy, portable: false })
    return dummy.simple
  }

  // -------------------------------------------------------------------------------------------------------
  // Approximations

  approximate(lambda: Lambda): Approximation | undefined {
    switch (lambda.kind) {
      case 'variable':
        return this.scope.lookup(lambda.ident)?.approximation
      case 'unit':
        return this.unit.approximationOfUnit(lambda.name)
      case 'primitive': {
        const { primitive } = lambda
        if (primitive.kind === 'field') {
          const block = this.approximate(lambda.arguments[0] as Lambda)
          return block?.kind === 'block' ? block.fields[primitive.index] : undefined
        }
        if (primitive.kind === 'makeBlock' && !primitive.mutable) {
          return { kind: 'block', fields: lambda.arguments.map((a) => this.approximate(a)) }
        }
        return undefined
      }
      default:
        return undefined
    }
  }
}

function callRepresentation(layout: Layout): Representation {
  return layout === 'int' ? 'int' : 'value'
}

function isConstant(simple: Simple): boolean {
  return (
    simple.kind === 'i64' || simple.kind === 'f64' || simple.kind === 'i32' || simple.kind === 'relocated'
  )
}

function isConstantBool(lambda: Lambda, value: boolean): boolean {
  if (lambda.kind !== 'constant' || lambda.value.kind !== 'constant') return false
  const { constant } = lambda.value
  return constant.kind === 'int' && constant.value === (value ? 1n : 0n)
}

/** `a && b` and `a || b`, as `if` terms. */
function isCompound(lambda: Lambda): boolean {
  return (
    lambda.kind === 'if' && (isConstantBool(lambda.otherwise, false) || isConstantBool(lambda.then, true))
  )
}

/** A term whose value comes from one call, so that a variable for it is assigned once. */
function isCall(lambda: Lambda): boolean {
  return lambda.kind === 'apply' || lambda.kind === 'primitive'
}
