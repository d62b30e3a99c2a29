/**
 * Immediate objects. Their class part is built when the expression is evaluated first, and kept in a cell:
 *
 *     (let* ((kept (field 0 cell))
 *            (make (if (isImmediate kept) (build cell) kept)))
 *       (apply make x y))
 *
 * So it must not depend on variables of the functions around it (x and y above): methods find those in instance variables
 * that `make` sets. What an object inherits from may depend on them all the same; then the cell remembers for which classes it
 * was built, and another one is built for others.
 */

import { noRegion } from '../base/region.ts'
import type { Ident } from '../typing/ident.ts'
import type { Expression } from '../typing/typed-tree.ts'
import {
  apply,
  block,
  conditional,
  freshBinder,
  functionTerm,
  int,
  letIn,
  letsIn,
  primitive,
  sequence,
  string,
  unit,
  variable,
} from './build.ts'
import type { ClassPart, Step } from './class-part.ts'
import { type Context, inExpression } from './context.ts'
import type { Binder, FunctionTerm, Lambda } from './lambda.ts'
import { ClassTranslator, madeTable } from './translate-class.ts'
import { readVariable, setVariable } from './translate-object.ts'
import { copyTerm, freeVariables, mentioned } from './traverse.ts'

type ObjectExpression = Expression & { readonly kind: 'object' }

export function translateImmediateObject(e: ObjectExpression, context: Context): Lambda {
  const path = `${context.path}.(object)`
  const translator = new ClassTranslator(inExpression({ ...context, path }))
  const { part } = translator
  const self = freshBinder('self', 'pointer')
  const initialised = translator.structure(e.structure, self.ident, [])
  const given = localVariables(translator, initialised, self, context)
  const stores = keepInObject(part, given, self.ident)
  const filled = [...stores, initialised, part.call('run_initializers', [variable(self.ident)])]
  const result = filled.reduceRight((rest, step) => sequence(step, rest), variable(self.ident))
  const make = functionTerm({
    parameters: [freshBinder('unit', 'int'), ...given.map((ident): Binder => ({ ident, layout: 'any' }))],
    body: letIn(self, part.call('create_object', []), result),
    layout: 'pointer',
    name: path,
    region: e.region,
  })
  const build = madeTable(
    e.publicMethods,
    (table) => letIn(part.table, table, part.around(copyTerm(make))),
    (made) => made,
  )
  const args = [unit, ...given.map(variable)]
  if (context.once) return apply(build, args, 'pointer', e.region)
  const parents = translator.parents.filter((p) =>
    [...freeVariables(p).keys()].some((s) => !context.globals.has(s)),
  )
  return apply(keptIn(context, build, parents, e), args, 'pointer', e.region)
}

/** The variables of functions around the object that its initialisation and its methods mention. */
function localVariables(
  { part, parents }: ClassTranslator,
  init: Lambda,
  self: Binder,
  context: Context,
): Ident[] {
  const free = freeVariables(part.around(init))
  for (const stamp of [self.ident.stamp, part.table.ident.stamp]) free.delete(stamp)
  for (const parent of parents) for (const stamp of freeVariables(parent).keys()) free.delete(stamp)
  return [...free.values()].filter((ident) => !context.globals.has(ident.stamp))
}

/** Lets methods read the variables from the object; what stores them there. */
function keepInObject(part: ClassPart, variables: readonly Ident[], self: Ident): Lambda[] {
  const slots = new Map<number, Binder>()
  const slotOf = (ident: Ident): Ident => {
    const known = slots.get(ident.stamp) ?? freshBinder(ident.name, 'int')
    slots.set(ident.stamp, known)
    return known.ident
  }
  const steps = part.steps.map((step): Step => {
    if (step.kind !== 'method' && step.kind !== 'initializer') return step
    return { ...step, function: readingFromSelf(step.function, variables, slotOf) }
  })
  const bindings = [...slots.values()].map(
    (binder): Step => ({ kind: 'bind', binder, value: part.call('variable', [string('')]) }),
  )
  part.steps = [...bindings, ...steps]
  return variables.flatMap((ident) => {
    const slot = slots.get(ident.stamp)
    return slot === undefined ? [] : [setVariable(self, slot.ident, variable(ident), 'any', noRegion)]
  })
}

function readingFromSelf(
  f: FunctionTerm,
  variables: readonly Ident[],
  slotOf: (ident: Ident) => Ident,
): FunctionTerm {
  const used = mentioned(f)
  const [self] = f.parameters
  const reads = variables
    .filter((ident) => used.has(ident.stamp))
    .map((ident) => {
      const value = readVariable((self as Binder).ident, slotOf(ident), 'any', f.region)
      return { ident, binder: freshBinder(ident.name, 'any'), value }
    })
  if (reads.length === 0) return f
  const names = new Map(reads.map((r) => [r.ident.stamp, variable(r.binder.ident)]))
  const bindings = reads.map((r) => [r.binder, r.value] as const)
  return { ...f, body: letsIn(bindings, copyTerm(f.body, names)) }
}

// ---------------------------------------------------------------------------------------------------------
// The cell

/** What `build` yields, built once; with `parents`, once for the same ones in turn. */
function keptIn(context: Context, build: Lambda, parents: readonly Lambda[], at: ObjectExpression): Lambda {
  const cell = freshBinder('kept', 'pointer')
  context.hoisted.push({ binder: cell, value: block(0, true, [unit, ...parents.map(() => unit)]) })
  const read = (index: number): Lambda =>
    primitive({ kind: 'field', index, layout: 'any', mutable: true }, [variable(cell.ident)])
  const store = (index: number, value: Lambda): Lambda =>
    primitive({ kind: 'setField', index, mode: 'barrier' }, [variable(cell.ident), value])
  const builder = functionTerm({
    parameters: [freshBinder('unit', 'int')],
    body: build,
    layout: 'pointer',
    name: `${context.path}.(class)`,
    inline: 'never',
    region: at.region,
  })
  const made = freshBinder('made', 'pointer')
  const stores = [variable(made.ident), ...parents].map((value, i) => store(i, value))
  const rebuilt = letIn(
    made,
    apply(builder, [unit], 'pointer', at.region),
    stores.reduceRight((rest, s) => sequence(s, rest), variable(made.ident)),
  )
  const kept = freshBinder('kept', 'any')
  const others = parents.map((p, i) => primitive({ kind: 'intCompare', comparison: 'ne' }, [p, read(i + 1)]))
  const stale = others.reduce(
    (rest, other) => conditional(other, int(1), rest, 'int'),
    primitive({ kind: 'isImmediate' }, [variable(kept.ident)]),
  )
  return letIn(kept, read(0), conditional(stale, rebuilt, variable(kept.ident), 'pointer'))
}
