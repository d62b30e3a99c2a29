/**
 * Modules: a structure is a spine of bindings that ends in the block of its fields; a functor is a function; a
 * coercion builds the block of the wanted signature.
 */

import { Crash } from '../base/diagnostic.ts'
import { noRegion } from '../base/region.ts'
import { isRuntimeItem } from '../typing/env.ts'
import type { Ident } from '../typing/ident.ts'
import { channelIdents } from '../typing/typed-join.ts'
import type {
  FieldCoercion,
  ModuleCoercion,
  ModuleExpression,
  Structure,
  StructureItem,
} from '../typing/typed-tree.ts'
import { apply, block, field, freshBinder, functionTerm, letIn, sequence, unit, variable } from './build.ts'
import { addressTerm, type Context, inside, memberName } from './context.ts'
import type { Lambda, Layout } from './lambda.ts'
import { layoutOf } from './layout.ts'
import { boundVariables } from './pattern.ts'
import { checkPrimitiveArity } from './primitive-arity.ts'
import { primitiveUse } from './primitive-use.ts'
import { primitiveFunction } from './primitives.ts'
import { translateLetRec, translateTopLet } from './translate-binding.ts'
import { translateClasses } from './translate-class.ts'
import { translateExtension } from './translate-data.ts'
import { bindDefinition, failLocation } from './translate-join.ts'
import { bindOpened } from './translate-open.ts'
import { translatePattern } from './translate-pattern.ts'
import { translateRecursiveModules } from './translate-recursive-module.ts'

const identity: ModuleCoercion = { kind: 'identity' }

export function translateModule(
  m: ModuleExpression,
  context: Context,
  coercion: ModuleCoercion = identity,
): Lambda {
  switch (m.kind) {
    case 'ident':
      return coerce(addressTerm(m.address), coercion, context)
    case 'structure':
      return translateStructure(m.structure, context, coercion)
    case 'functor':
      return translateFunctor(m, context, coercion)
    case 'apply':
      return coerce(translateFunctorApplication(m, context), coercion, context)
    case 'constraint':
      return translateConstraint(m, context, coercion)
    case 'unpack':
      return coerce(context.expression(m.expression, context), coercion, context)
  }
}

type Of<Kind extends ModuleExpression['kind']> = ModuleExpression & { readonly kind: Kind }

function translateConstraint(m: Of<'constraint'>, context: Context, coercion: ModuleCoercion): Lambda {
  if (coercion.kind === 'identity') return translateModule(m.module, context, m.coercion)
  return coerce(translateModule(m.module, context, m.coercion), coercion, context)
}

function translateFunctor(m: Of<'functor'>, context: Context, coercion: ModuleCoercion): Lambda {
  const { parameter } = m
  const ident = parameter.kind === 'named' ? parameter.ident : undefined
  const inner = insideFunctor(context, ident?.name ?? '*')
  if (coercion.kind === 'functor' && ident !== undefined && coercion.argument.kind !== 'identity') {
    const given = freshBinder(ident.name, 'pointer')
    const body = translateModule(m.body, inner, coercion.result)
    const argument = coerce(variable(given.ident), coercion.argument, context)
    return functorTerm(m, given.ident, letIn({ ident, layout: 'pointer' }, argument, body), context)
  }
  const result = coercion.kind === 'functor' ? coercion.result : identity
  return functorTerm(
    m,
    ident ?? freshBinder('unit', 'pointer').ident,
    translateModule(m.body, inner, result),
    context,
  )
}

/** Exceptions of a functor's body are called `F(X).E`. */
function insideFunctor(context: Context, parameter: string): Context {
  const { exceptionPath } = context
  if (exceptionPath === undefined) return { ...context, once: false }
  return { ...context, exceptionPath: `${exceptionPath}(${parameter})`, once: false }
}

function functorTerm(m: Of<'functor'>, ident: Ident, body: Lambda, context: Context): Lambda {
  const layout: Layout = m.parameter.kind === 'unit' ? 'int' : 'pointer'
  return functionTerm({
    parameters: [{ ident, layout }],
    body,
    layout: 'pointer',
    name: context.path,
    region: m.region,
  })
}

function translateFunctorApplication(m: Of<'apply'>, context: Context): Lambda {
  const argument = m.argument === undefined ? unit : translateModule(m.argument, context, m.coercion)
  return apply(translateModule(m.functor, context), [argument], 'pointer', m.region)
}

// ---------------------------------------------------------------------------------------------------------
// Coercions

export function coerce(term: Lambda, coercion: ModuleCoercion, context: Context): Lambda {
  switch (coercion.kind) {
    case 'identity':
      return term
    case 'alias':
      return coerce(addressTerm(coercion.address), coercion.coercion, context)
    case 'structure':
      return bindModule(term, (source) =>
        block(
          0,
          false,
          coercion.fields.map((f) => coerceField(f, (position) => field(position, source), context)),
        ),
      )
    case 'functor':
      return bindModule(term, (source) => coerceFunctor(source, coercion, context))
  }
}

/** Lets `use` mention the module several times. */
function bindModule(term: Lambda, use: (source: Lambda) => Lambda): Lambda {
  if (term.kind === 'variable' || term.kind === 'unit') return use(term)
  const bound = freshBinder('coerced', 'pointer')
  return letIn(bound, term, use(variable(bound.ident)))
}

function coerceFunctor(
  source: Lambda,
  coercion: ModuleCoercion & { kind: 'functor' },
  context: Context,
): Lambda {
  const argument = freshBinder('argument', 'pointer')
  const given = coerce(variable(argument.ident), coercion.argument, context)
  const result = coerce(apply(source, [given], 'pointer', noRegion), coercion.result, context)
  const name = `${context.path}.(functor)`
  return functionTerm({ parameters: [argument], body: result, layout: 'pointer', name, region: noRegion })
}

function coerceField(f: FieldCoercion, read: (position: number) => Lambda, context: Context): Lambda {
  if (f.kind === 'field') return coerce(read(f.position), f.coercion, context)
  const use = primitiveUse(f.value, f.value.type, f.env, f.value.region, context)
  if (use === undefined) throw new Crash('coercion of a value that is no primitive')
  return primitiveFunction(use)
}

// ---------------------------------------------------------------------------------------------------------
// Structures

/** The idents of the fields of a structure's block, before any coercion. */
export function runtimeIdents(structure: Structure): Ident[] {
  return structure.signature.filter(isRuntimeItem).map((item) => item.ident)
}

export function translateStructure(structure: Structure, context: Context, coercion: ModuleCoercion): Lambda {
  if (context.once) {
    for (const item of structure.items)
      for (const ident of boundIdents(item)) context.globals.add(ident.stamp)
  }
  const exports = exportBlock(structure, context, coercion)
  const layouts = exportedLayouts(structure)
  return structure.items.reduceRight((rest, item) => translateItem(item, layouts, context, rest), exports)
}

function exportBlock(structure: Structure, context: Context, coercion: ModuleCoercion): Lambda {
  const idents = runtimeIdents(structure)
  switch (coercion.kind) {
    case 'identity':
      return block(0, false, idents.map(variable))
    case 'structure': {
      const read = (position: number) => variable(idents[position] as Ident)
      return block(
        0,
        false,
        coercion.fields.map((f) => coerceField(f, read, context)),
      )
    }
    case 'alias':
      return coerce(unit, coercion, context)
    case 'functor':
      throw new Crash('a structure coerced to a functor')
  }
}

/** The run-time idents that an item binds. */
function boundIdents(item: StructureItem): readonly Ident[] {
  switch (item.kind) {
    case 'value':
      return item.bindings.flatMap((b) =>
        boundVariables(translatePattern(b.pattern, true)).map((v) => v.ident),
      )
    case 'type-extension':
      return item.constructors.map((c) => c.ident)
    case 'exception':
      return [item.constructor.ident]
    case 'module':
      return item.ident === undefined ? [] : [item.ident]
    case 'recursive-module':
      return item.bindings.map((b) => b.ident)
    case 'class':
      return item.classes.map((c) => c.ident)
    case 'def':
      return channelIdents(item.definition)
    case 'location':
      return item.locations.flatMap(({ ident, definition }) => [
        ident,
        ...(definition === undefined ? [] : channelIdents(definition)),
      ])
    case 'open':
      return item.open.bound.map((b) => b.ident)
    case 'include':
      return item.bound.map((b) => b.ident)
    default:
      return []
  }
}

/** Layouts of exported idents, for those that are bound by `include`. */
function exportedLayouts(structure: Structure): Map<number, Layout> {
  const layouts = new Map<number, Layout>()
  for (const item of structure.signature) {
    if (item.kind === 'value') layouts.set(item.ident.stamp, layoutOf(structure.env, item.description.type))
    if (item.kind === 'module' || item.kind === 'extension' || item.kind === 'class')
      layouts.set(item.ident.stamp, 'pointer')
  }
  return layouts
}

function translateItem(
  item: StructureItem,
  layouts: ReadonlyMap<number, Layout>,
  context: Context,
  rest: Lambda,
): Lambda {
  switch (item.kind) {
    case 'eval':
      return sequence(context.expression(item.expression, context), rest)
    case 'value':
      return item.recursive
        ? translateLetRec(item.bindings, context, rest)
        : translateTopLet(item.bindings, context, rest)
    case 'type-extension':
      return item.constructors.reduceRight((body, c) => bindExtension(c, context, body), rest)
    case 'exception':
      return bindExtension(item.constructor, context, rest)
    case 'module':
      return translateModuleItem(item, context, rest)
    case 'recursive-module':
      return translateRecursiveModules(item, context, rest)
    case 'open':
      return bindOpened(item.open, layouts, context, rest)
    case 'include':
      return bindOpened(item, layouts, context, rest)
    case 'primitive':
      checkPrimitiveArity(item.value, item.region)
      return rest
    case 'type':
    case 'module-type':
    case 'class-type':
      return rest
    case 'class':
      return translateClasses(item.classes, context, rest)
    case 'def':
      return bindDefinition(item.definition, context, rest)
    case 'location':
      return failLocation(item.region)
  }
}

type ExtensionConstructor = (StructureItem & { kind: 'exception' })['constructor']

function bindExtension(extension: ExtensionConstructor, context: Context, rest: Lambda): Lambda {
  const { ident, rebind } = extension
  const value = rebind === undefined ? translateExtension(extension, context) : addressTerm(rebind)
  return letIn({ ident, layout: 'pointer' }, value, rest)
}

function translateModuleItem(
  item: StructureItem & { kind: 'module' },
  context: Context,
  rest: Lambda,
): Lambda {
  const { ident } = item
  if (ident === undefined) return sequence(context.module(item.module, named(context, '_')), rest)
  return letIn({ ident, layout: 'pointer' }, context.module(item.module, named(context, ident.name)), rest)
}

/** The context of a submodule. */
export function named(context: Context, name: string): Context {
  const { exceptionPath } = context
  const inner = inside(context, name)
  return exceptionPath === undefined ? inner : { ...inner, exceptionPath: memberName(exceptionPath, name) }
}
