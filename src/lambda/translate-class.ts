/**
 * Classes. A class is a block of two functions:
 *
 *     [make, build]
 *     build table                puts the class's methods into a table, its own or that of a class that inherits from it, and
 *                                returns the `make` that goes with the table
 *     make object a1 … an        initialises the class's part of an object; for `()`, makes the object first and runs
 *                                the initializers last
 *
 * A virtual class has `()` for the first. So `new c a` is `make () a` for a table of c's own, and `inherit c a` in
 * the initialisation of an object is `make object a` for the table of its class. All that user code can notice happens in
 * `make`, in the order of the text.
 */

import { Crash } from '../base/diagnostic.ts'
import { noRegion } from '../base/region.ts'
import type { Ident } from '../typing/ident.ts'
import type {
  CapturedVariable,
  ClassDefinition,
  ClassExpression,
  ClassField,
  ClassStructure,
  Expression,
} from '../typing/typed-tree.ts'
import {
  apply,
  block,
  conditional,
  field,
  freshBinder,
  functionTerm,
  letIn,
  primitive,
  sequence,
  string,
  unit,
  variable,
} from './build.ts'
import { ClassPart, type Step, stepTerms } from './class-part.ts'
import { callClassRuntime, nameArray } from './class-runtime.ts'
import { addressTerm, type Context, inExpression } from './context.ts'
import type { Binder, FunctionTerm, Lambda } from './lambda.ts'
import { layoutOf } from './layout.ts'
import { partialApplication } from './translate-apply.ts'
import { translateLet, translateLetRec } from './translate-binding.ts'
import { matchParameter, parameterBinder, translateFunction } from './translate-function.ts'
import { bindDefinition } from './translate-join.ts'
import { setToExpression, setVariable } from './translate-object.ts'
import { bindOpened } from './translate-open.ts'
import { mentioned, mentionsAny } from './traverse.ts'

type Of<Kind extends ClassExpression['kind']> = ClassExpression & { readonly kind: Kind }
type Field<Kind extends ClassField['kind']> = ClassField & { readonly kind: Kind }

// ---------------------------------------------------------------------------------------------------------
// Definitions

/** `class a = … and b = …`, around what follows. Classes that mention the group are blocks that are filled in later. */
export function translateClasses(
  definitions: readonly ClassDefinition[],
  context: Context,
  rest: Lambda,
): Lambda {
  const stamps = new Set(definitions.map((d) => d.ident.stamp))
  const classes = definitions.map((d) => ({
    binder: { ident: d.ident, layout: 'pointer' as const },
    once: doneOnce(d.expression, context),
    definition: d,
  }))
  const parts = classes.map((c) => ({ ...c, build: buildFunction(c.definition, c.once, context) }))
  const recursive = parts.some((p) => mentionsAny(p.build, stamps))
  const defined = parts.reduceRight((body, { binder, build, definition, once }) => {
    const term = (use: (fields: readonly Lambda[]) => Lambda) =>
      once.around(classTerm(definition, build, use))
    if (!recursive)
      return letIn(
        binder,
        term((fields) => block(0, false, fields)),
        body,
      )
    return sequence(
      term((fields) => fill(binder.ident, fields)),
      body,
    )
  }, rest)
  if (!recursive) return defined
  return classes.reduceRight((body, { binder }) => letIn(binder, block(0, true, [unit, unit]), body), defined)
}

function fill(target: Ident, fields: readonly Lambda[]): Lambda {
  const stores = fields.map((value, index) =>
    primitive({ kind: 'setField', index, mode: 'barrier' }, [variable(target), value]),
  )
  return stores.reduceRight((rest, store) => sequence(store, rest))
}

/** Builds a class that is not virtual once for its own objects; `use` gets the fields of its block. */
function classTerm(
  definition: ClassDefinition,
  build: FunctionTerm,
  use: (fields: readonly Lambda[]) => Lambda,
): Lambda {
  const builder = freshBinder(`build_${definition.ident.name}`, 'pointer')
  const fieldsWith = (make: Lambda): Lambda => use([make, variable(builder.ident)])
  if (definition.virtual) return letIn(builder, build, fieldsWith(unit))
  const made = madeTable(
    definition.publicMethods,
    (table) => apply(variable(builder.ident), [table], 'pointer', definition.region),
    fieldsWith,
  )
  return letIn(builder, build, made)
}

/** A table with these public methods, `make` from it, and `use` of that when the table is finished. */
export function madeTable(
  publicMethods: readonly string[],
  build: (table: Lambda) => Lambda,
  use: (make: Lambda) => Lambda,
): Lambda {
  const table = freshBinder('table', 'pointer')
  const make = freshBinder('make', 'pointer')
  const finished = sequence(callClassRuntime('finish', [variable(table.ident)]), use(variable(make.ident)))
  return letIn(
    table,
    callClassRuntime('create_table', [nameArray(publicMethods)]),
    letIn(make, build(variable(table.ident)), finished),
  )
}

/** What a class begins with, done when it is defined, and the rest, done for each object. */
interface DoneOnce {
  readonly around: (body: Lambda) => Lambda
  readonly captured: readonly CapturedVariable[]
  readonly rest: ClassExpression
}

/** A `let`, or a definition of channels, at the very beginning of a class is evaluated once, as if it were outside. */
function doneOnce(c: ClassExpression, context: Context): DoneOnce {
  if (c.kind !== 'let' && c.kind !== 'def' && c.kind !== 'open')
    return { around: (body) => body, captured: [], rest: c }
  const inner = doneOnce(c.body, context)
  if (c.kind === 'open')
    return { ...inner, around: (body) => bindOpened(c.open, new Map(), context, inner.around(body)) }
  const around = (body: Lambda): Lambda => letAround(c, context, inner.around(body))
  return { ...inner, around, captured: [...c.captured, ...inner.captured] }
}

function letAround(c: Of<'let' | 'def'>, context: Context, body: Lambda): Lambda {
  if (c.kind === 'def') return bindDefinition(c.definition, context, body)
  if (c.recursive) return translateLetRec(c.bindings, context, body)
  return translateLet(c.bindings, 'any', undefined, context, body)
}

function buildFunction(definition: ClassDefinition, once: DoneOnce, context: Context): FunctionTerm {
  const path = `${context.path}.${definition.ident.name}`
  const translator = new ClassTranslator(inExpression({ ...context, path }))
  const { part } = translator
  const object = freshBinder('object', 'any')
  const init = translator.class(once.rest, { kind: 'optional', ident: object.ident }, once.captured)
  const make = makeFunction(init, object, path, definition)
  return functionTerm({
    parameters: [part.table],
    body: part.around(make),
    layout: 'pointer',
    name: `${path}.(class)`,
    inline: 'never',
    region: definition.region,
  })
}

/** The function of the object and the class's parameters. */
function makeFunction(init: Lambda, object: Binder, name: string, { region }: ClassDefinition): Lambda {
  if (init.kind === 'function') return { ...init, parameters: [object, ...init.parameters] }
  return functionTerm({ parameters: [object], body: init, layout: 'any', name, region })
}

// ---------------------------------------------------------------------------------------------------------
// Class expressions

/**
 * The object that is initialised: it exists already, or is made when `ident` is `()`.
 */
export interface ClassObject {
  readonly kind: 'existing' | 'optional'
  readonly ident: Ident
}

/** Translates the class expressions of one class; what is done once per class goes to `part`. */
export class ClassTranslator {
  readonly part = new ClassPart()
  /** Where the inherited classes are found. */
  readonly parents: Lambda[] = []
  private readonly bound = new Set<number>()
  private readonly context: Context

  constructor(context: Context) {
    this.context = context
  }

  /** A function of the class's parameters, or what initialises the object if it has none; the value is the object. */
  class(c: ClassExpression, object: ClassObject, captured: readonly CapturedVariable[]): Lambda {
    switch (c.kind) {
      case 'ident':
        return this.inherited(c, object)
      case 'structure':
        return this.object(c, object, captured)
      case 'function':
        return this.function(c, object, captured)
      case 'apply':
        return this.apply(c, object, captured)
      case 'let':
      case 'def':
        return this.let(c, object, captured)
      case 'constraint':
        return this.constraint(c, object, captured)
      case 'open':
        return bindOpened(c.open, new Map(), this.context, this.class(c.body, object, captured))
    }
  }

  private inherited(c: Of<'ident'>, object: ClassObject): Lambda {
    const parent = addressTerm(c.address)
    this.parents.push(parent)
    const make = freshBinder('inherited', 'pointer')
    const { part } = this
    part.bind(make, apply(field(1, parent, 'pointer'), [variable(part.table.ident)], 'pointer', c.region))
    return apply(variable(make.ident), [variable(object.ident)], 'any', c.region)
  }

  private constraint(
    c: Of<'constraint'>,
    object: ClassObject,
    captured: readonly CapturedVariable[],
  ): Lambda {
    const { part } = this
    const concrete = new Set(c.concreteMethods)
    const virtuals = c.methods.filter((name) => !concrete.has(name))
    part.run(part.call('enter', [nameArray(c.instanceVariables), nameArray(c.methods), nameArray(virtuals)]))
    const term = this.class(c.class, object, captured)
    part.run(part.call('leave', []))
    return term
  }

  private function(c: Of<'function'>, object: ClassObject, captured: readonly CapturedVariable[]): Lambda {
    const { parameter } = c
    const known = [...captured, ...c.captured]
    const { pattern } = parameter
    const binder = parameterBinder(parameter, layoutOf(pattern.env, pattern.type))
    const inner = this.class(c.body, object, known)
    const { context } = this
    const matching = (body: Lambda) => matchParameter(parameter, binder, 'any', context, body)
    if (inner.kind === 'function')
      return { ...inner, parameters: [binder, ...inner.parameters], body: matching(inner.body) }
    return functionTerm({
      parameters: [binder],
      body: matching(inner),
      layout: 'any',
      name: context.path,
      region: c.region,
    })
  }

  private apply(c: Of<'apply'>, object: ClassObject, captured: readonly CapturedVariable[]): Lambda {
    const term = this.class(c.class, object, captured)
    const last = c.arguments.findLastIndex((a) => a.expression !== undefined)
    const args = c.arguments.slice(0, last + 1)
    const { context } = this
    if (args.every((a) => a.expression !== undefined)) {
      const terms = args.map((a) => context.expression(a.expression as Expression, context))
      return applyMore(term, terms, c)
    }
    const make = freshBinder('class', 'pointer')
    const call = (terms: readonly Lambda[]) => apply(variable(make.ident), terms, 'any', c.region)
    const bound = [[make, term]] as const
    return partialApplication(
      { arguments: args, layouts: [], call, bound, layout: 'any', region: c.region },
      context,
    )
  }

  private let(c: Of<'let' | 'def'>, object: ClassObject, captured: readonly CapturedVariable[]): Lambda {
    return letAround(c, this.context, this.class(c.body, object, [...captured, ...c.captured]))
  }

  // -------------------------------------------------------------------------------------------------------
  // Structures

  /** `object … end` where the object may have to be made. */
  private object(c: Of<'structure'>, object: ClassObject, captured: readonly CapturedVariable[]): Lambda {
    if (object.kind === 'existing') return this.structure(c.structure, object.ident, captured)
    const { part } = this
    const self = freshBinder('self', 'pointer')
    const absent = primitive({ kind: 'isImmediate' }, [variable(object.ident)], c.region)
    const made = conditional(absent, part.call('create_object', []), variable(object.ident), 'pointer')
    const initialised = this.structure(c.structure, self.ident, captured)
    const finish = conditional(absent, part.call('run_initializers', [variable(self.ident)]), unit, 'int')
    return letIn(self, made, sequence(initialised, sequence(finish, variable(self.ident))))
  }

  /** Initialises an object that exists; the value is the object. */
  structure(s: ClassStructure, object: Ident, captured: readonly CapturedVariable[]): Lambda {
    const { part } = this
    const before = part.steps
    part.steps = []
    const inits = s.fields.flatMap((f) => this.field(f, s, object))
    const used = new Set<number>()
    for (const term of part.steps.flatMap(stepTerms)) mentioned(term, used)
    const kept = captured.filter((v) => used.has(v.variable.stamp))
    part.steps = [...before, ...this.methodSlots(s), ...this.capturedSlots(kept), ...part.steps]
    const stores = kept.map((v) => setVariable(object, v.variable, variable(v.value), 'any', noRegion))
    return [...stores, ...inits].reduceRight((rest, init) => sequence(init, rest), variable(object))
  }

  private methodSlots(s: ClassStructure): Step[] {
    return [...s.methods].map(([name, ident]) => {
      return {
        kind: 'bind',
        binder: { ident, layout: 'int' },
        value: this.part.call('method_slot', [string(name)]),
      }
    })
  }

  private capturedSlots(captured: readonly CapturedVariable[]): Step[] {
    return captured.map((v) => ({
      kind: 'bind',
      binder: { ident: v.variable, layout: 'int' },
      value: this.part.call('variable', [string('')]),
    }))
  }

  /** Adds the class's part of a field; what it does to each object. */
  private field(f: ClassField, s: ClassStructure, object: Ident): Lambda[] {
    switch (f.kind) {
      case 'inherit':
        return [this.inherit(f, s, object)]
      case 'value':
        return this.value(f, object)
      case 'method':
        if (f.function !== 'virtual') this.method(f.name, f.function, s)
        return []
      case 'initializer': {
        const name = `${this.context.path}.(initializer)`
        this.part.steps.push({ kind: 'initializer', function: this.functionOfSelf(f.function, name) })
        return []
      }
      case 'constraint':
      case 'attribute':
        return []
    }
  }

  private functionOfSelf(e: Expression, name: string): FunctionTerm {
    if (e.kind !== 'function') throw new Crash('a method is not a function of self')
    return translateFunction(e, this.context, name)
  }

  private method(name: string, e: Expression, s: ClassStructure): void {
    const slot = s.methods.get(name)
    if (slot === undefined) throw new Crash(`no ident of the method ${name}`)
    const f = this.functionOfSelf(e, `${this.context.path}#${name}`)
    this.part.steps.push({ kind: 'method', slot, function: f })
  }

  private inherit(f: Field<'inherit'>, s: ClassStructure, object: Ident): Lambda {
    const init = this.class(f.class, { kind: 'existing', ident: object }, [])
    for (const v of f.instanceVariables) this.bindVariable(v.name, v.ident)
    for (const m of f.methods) {
      const slot = s.methods.get(m.name)
      if (slot === undefined) throw new Crash(`no ident of the method ${m.name}`)
      this.part.bind({ ident: m.ident, layout: 'pointer' }, this.part.call('get_method', [variable(slot)]))
    }
    return init
  }

  private value(f: Field<'value'>, object: Ident): Lambda[] {
    if (!f.overrides) this.bindVariable(f.name, f.ident)
    if (f.expression === 'virtual') return []
    return [setToExpression(object, f.ident, f.expression, f.region, this.context)]
  }

  /** A variable that the class has already keeps its ident. */
  private bindVariable(name: string, ident: Ident): void {
    if (this.bound.has(ident.stamp)) return
    this.bound.add(ident.stamp)
    this.part.bind({ ident, layout: 'int' }, this.part.call('variable', [string(name)]))
  }
}

/** One application of all arguments. */
function applyMore(term: Lambda, args: readonly Lambda[], { region }: ClassExpression): Lambda {
  if (term.kind === 'apply') return { ...term, arguments: [...term.arguments, ...args] }
  return apply(term, args, 'any', region)
}
