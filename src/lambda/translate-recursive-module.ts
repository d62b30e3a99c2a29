/**
 * `module rec`: a module whose signature has only functions, lazy values, classes and such modules is made first with
 * stand-ins for its fields; the definitions are evaluated, and after each the fields of its module are filled in.
 *
 *     (letrec ((M (block stub1 stub2 …))             ; mutable
 *              (stub1 (function (x) (let f (field 0 M) (if (== f stub1) (raise Undefined…) (apply f x))))))
 *       (let M' definition of M
 *         (seq (setField 0 M (field 0 M')) … )))
 *
 * A stand-in that was captured meanwhile calls the final function. Other modules are evaluated before all of these,
 * and before the ones that use them; where that is impossible the program is refused.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import { type Env, isRuntimeItem, scrapeModuleType } from '../typing/env.ts'
import { expandHeadPrivate } from '../typing/expand.ts'
import type { Ident } from '../typing/ident.ts'
import { predefinedType } from '../typing/predef.ts'
import type { StructureItem } from '../typing/typed-tree.ts'
import type { ModuleType, Type } from '../typing/types.ts'
import {
  apply,
  conditional,
  field,
  freshBinder,
  functionTerm,
  letIn,
  primitive,
  sequence,
  unit,
  variable,
} from './build.ts'
import { type Context, inside, memberName, raiseAtPlace } from './context.ts'
import type { Binder, Lambda } from './lambda.ts'
import { mentionsAny } from './traverse.ts'

type Item = StructureItem & { kind: 'recursive-module' }

interface Definition {
  readonly ident: Ident
  readonly value: Lambda
  readonly region: Region
  /** Undefined when the module cannot have stand-ins. */
  readonly shape: Shape | undefined
}

/** What stands for a field until the module is defined. */
type Shape =
  | { readonly kind: 'function' }
  | { readonly kind: 'lazy' }
  | { readonly kind: 'class' }
  | { readonly kind: 'module'; readonly fields: readonly Shape[] }

export function translateRecursiveModules(item: Item, context: Context, rest: Lambda): Lambda {
  const definitions = item.bindings.map((b): Definition => {
    const { exceptionPath } = context
    const inner = inside(context, b.ident.name)
    const named =
      exceptionPath === undefined
        ? inner
        : { ...inner, exceptionPath: memberName(exceptionPath, b.ident.name) }
    const value = context.module(b.module, named)
    return { ident: b.ident, value, region: b.module.region, shape: moduleShape(item.env, b.type) }
  })
  const defined = inOrder(definitions).reduceRight((body, d) => define(d, body), rest)
  const safe = definitions.filter((d) => d.shape !== undefined)
  const bindings = safe.flatMap((d) => new StandIns(d).bindings())
  return bindings.length === 0 ? defined : { kind: 'letrec', bindings, body: defined }
}

/** Evaluates a definition, and fills in its stand-ins at once: the definitions that follow may use it. */
function define(d: Definition, body: Lambda): Lambda {
  if (d.shape === undefined) return letIn({ ident: d.ident, layout: 'pointer' }, d.value, body)
  const final = freshBinder(d.ident.name, 'pointer')
  return letIn(final, d.value, sequence(fill(variable(d.ident), variable(final.ident), d.shape), body))
}

// ---------------------------------------------------------------------------------------------------------
// Shapes

function moduleShape(env: Env, type: ModuleType): Shape | undefined {
  const t = scrapeModuleType(env, type)
  if (t.kind !== 'signature') return undefined
  const fields: Shape[] = []
  for (const item of t.items.filter(isRuntimeItem)) {
    let shape: Shape | undefined
    if (item.kind === 'value') shape = valueShape(env, item.description.type)
    if (item.kind === 'module') shape = moduleShape(env, item.type)
    if (item.kind === 'class') shape = { kind: 'class' }
    if (shape === undefined) return undefined
    fields.push(shape)
  }
  return { kind: 'module', fields }
}

function valueShape(env: Env, type: Type): Shape | undefined {
  const { desc } = expandHeadPrivate(env, type)
  if (desc.kind === 'arrow') return { kind: 'function' }
  if (desc.kind === 'poly') return valueShape(env, desc.body)
  return desc.kind === 'constructor' && predefinedType(desc.path) === 'lazy_t' ? { kind: 'lazy' } : undefined
}

// ---------------------------------------------------------------------------------------------------------
// Order

/**
 * Modules without stand-ins come first, each after those that it mentions; then the others, in the order of the text as far as
 * no module without stand-ins mentions them.
 */
function inOrder(definitions: readonly Definition[]): Definition[] {
  const done: Definition[] = []
  const visiting = new Set<Definition>()
  const visit = (d: Definition): void => {
    if (done.includes(d)) return
    if (visiting.has(d)) refuse(d)
    visiting.add(d)
    if (d.shape === undefined) {
      for (const other of definitions) if (mentionsAny(d.value, new Set([other.ident.stamp]))) visit(other)
    }
    done.push(d)
  }
  for (const d of definitions) visit(d)
  return [...done.filter((d) => d.shape === undefined), ...done.filter((d) => d.shape !== undefined)]
}

function refuse(d: Definition): never {
  return fail(
    d.region,
    `Cannot safely evaluate the definition of the following cycle\nof recursively-defined modules: ${d.ident.name} -> ${d.ident.name}.\nThere are no safe modules in this cycle (see manual section 12.2).`,
  )
}

// ---------------------------------------------------------------------------------------------------------
// Stand-ins

class StandIns {
  private readonly definition: Definition
  private readonly found: { binder: Binder; value: Lambda }[] = []

  constructor(definition: Definition) {
    this.definition = definition
  }

  bindings(): { binder: Binder; value: Lambda }[] {
    const { ident, shape } = this.definition
    this.module({ ident, layout: 'pointer' }, shape as Shape & { kind: 'module' })
    return this.found
  }

  private module(binder: Binder, shape: Shape & { kind: 'module' }): void {
    const fields = shape.fields.map((f, i): Lambda => {
      const own = freshBinder(`${binder.ident.name}_${i}`, 'pointer')
      if (f.kind === 'module') this.module(own, f)
      else if (f.kind === 'class') this.module(own, classFields)
      else this.found.push({ binder: own, value: this.standIn(own, binder, i, f.kind) })
      return variable(own.ident)
    })
    this.found.push({ binder, value: primitive({ kind: 'makeBlock', tag: 0, mutable: true }, fields) })
  }

  private standIn(own: Binder, module: Binder, index: number, kind: 'function' | 'lazy'): Lambda {
    const { region } = this.definition
    const name = `${module.ident.name}.(recursive)`
    const current = freshBinder('current', 'any')
    const argument = freshBinder('x', 'any')
    const read = primitive({ kind: 'field', index, layout: 'any', mutable: true }, [variable(module.ident)])
    const same = primitive({ kind: 'intCompare', comparison: 'eq' }, [
      variable(current.ident),
      variable(own.ident),
    ])
    const failure = raiseAtPlace('Undefined_recursive_module', region)
    const use =
      kind === 'function'
        ? apply(variable(current.ident), [variable(argument.ident)], 'any', region)
        : primitive({ kind: 'force' }, [variable(current.ident)], region)
    const body = letIn(current, read, conditional(same, failure, use, 'any'))
    const term = functionTerm({ parameters: [argument], body, layout: 'any', name, region })
    return kind === 'function' ? term : primitive({ kind: 'makeLazy' }, [term], region)
  }
}

/** A class is a block of two functions, see translate-class.ts. */
const classFields: Shape & { kind: 'module' } = {
  kind: 'module',
  fields: [{ kind: 'function' }, { kind: 'function' }],
}

/** Copies the fields of a defined module into its stand-in; submodules field by field, as others may hold them. */
function fill(target: Lambda, source: Lambda, shape: Shape | undefined): Lambda {
  if (shape?.kind === 'class') return fill(target, source, classFields)
  if (shape?.kind !== 'module') return unit
  const steps = shape.fields.map((f, i) => {
    const value = field(i, source)
    if (f.kind === 'module' || f.kind === 'class') return fill(field(i, target), value, f)
    return primitive({ kind: 'setField', index: i, mode: 'barrier' }, [target, value])
  })
  return steps.reduceRight((rest, step) => sequence(step, rest), unit)
}
