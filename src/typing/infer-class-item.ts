/** Classes and class types as items of structures and signatures. */

import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { type ClassSource, type DefinedClass, inferClassGroup } from './class-declarations.ts'
import type { Context } from './context.ts'
import type { Env } from './env.ts'
import { freshIdent } from './ident.ts'
import { inferClassExpression } from './infer-class-expression.ts'
import { forgetLocal } from './levels.ts'
import { optionOf } from './predef.ts'
import { checkRecursiveClasses } from './recursive-check.ts'
import { translateClassType } from './translate-class-type.ts'
import { arrowLabelOf } from './translate-type.ts'
import { arrowType, newVariable } from './type-graph.ts'
import type { ClassDefinition, ClassExpression } from './typed-tree.ts'
import type { SignatureItem, Type } from './types.ts'

/** What a class or class type adds to a signature. */
export type ClassItem = Extract<SignatureItem, { kind: 'class' | 'class-type' | 'type' }>

export interface PlacedItem {
  readonly item: ClassItem
  /** That of the name. */
  readonly region: Region
}

interface DefinedItems {
  readonly env: Env
  readonly items: readonly PlacedItem[]
  readonly classes: readonly DefinedClass[]
}

/** `class c = … and …` */
export function inferClassDefinitions(
  cx: Context,
  env: Env,
  classes: readonly ast.ClassDeclaration[],
): DefinedItems & { readonly definitions: readonly ClassDefinition[] } {
  const sources = classes.map(
    (syntax): ClassSource => ({
      syntax,
      approximate: () => approximateExpression(syntax.expression),
      infer: (inner, place) => inferDefinition(inner, place, syntax.expression),
    }),
  )
  const defined = inferClassGroup(cx, env, 'class', sources)
  const idents = defined.classes.map(({ classIdent }) => classIdent)
  checkRecursiveClasses(
    idents,
    defined.classes.flatMap(({ expression }) => expression ?? []),
  )
  return {
    ...defined,
    items: itemsOf('class', defined.classes),
    definitions: defined.classes.map(definitionOf),
  }
}

function inferDefinition(cx: Context, env: Env, e: ast.ClassExpression) {
  const scope = { cx, class: freshIdent('class'), infer: inferClassExpression, dummies: [] }
  const expression = inferClassExpression(scope, { value: env, method: env, parent: env }, e)
  scope.dummies.forEach(forgetLocal)
  return { type: expression.type, expression }
}

function definitionOf(defined: DefinedClass): ClassDefinition {
  const { classIdent, classTypeIdent, objectTypeIdent, virtual, arity, publicMethods, region } = defined
  const expression = defined.expression as ClassExpression
  const own = { ident: classIdent, classTypeIdent, objectTypeIdent, virtual, arity, publicMethods, region }
  return { ...own, expression, declaration: defined.class }
}

/** `class c : …` in a signature. */
export function translateClassDescriptions(
  cx: Context,
  env: Env,
  classes: readonly ast.ClassDescription[],
): DefinedItems {
  const defined = inferClassGroup(cx, env, 'class', classes.map(classTypeSource))
  return { ...defined, items: itemsOf('class', defined.classes) }
}

/** `class type c = …` */
export function translateClassTypes(
  cx: Context,
  env: Env,
  classes: readonly ast.ClassTypeDeclaration[],
): DefinedItems {
  const defined = inferClassGroup(cx, env, 'class-type', classes.map(classTypeSource))
  return { ...defined, items: itemsOf('class-type', defined.classes) }
}

/** For recursive modules, before anything is known: class types without methods. */
export function approximateClassTypes(
  cx: Context,
  env: Env,
  classes: readonly (ast.ClassDescription | ast.ClassTypeDeclaration)[],
): DefinedItems {
  const empty = classes.map((syntax): ast.ClassTypeDeclaration => {
    const { region } = syntax
    const self: ast.TypeExpression = { kind: 'any', region, attributes: [] }
    return {
      ...syntax,
      virtual: false,
      type: { kind: 'signature', self, fields: [], region, attributes: [] },
    }
  })
  return translateClassTypes(cx, env, empty)
}

const classTypeSource = (syntax: ast.ClassDescription | ast.ClassTypeDeclaration): ClassSource => ({
  syntax,
  approximate: () => approximateType(syntax.type),
  infer: (cx, env) => ({ type: translateClassType(cx, env, syntax.type) }),
})

function parameterType(label: ast.Label): Type {
  return label.kind === 'optional' ? optionOf(newVariable()) : newVariable()
}

function approximateExpression(e: ast.ClassExpression): Type {
  switch (e.kind) {
    case 'function':
      return arrowType(arrowLabelOf(e.label), parameterType(e.label), approximateExpression(e.body))
    case 'let':
    case 'def':
    case 'open':
      return approximateExpression(e.body)
    case 'constraint':
      return approximateExpression(e.class)
    default:
      return newVariable()
  }
}

function approximateType(type: ast.ClassType): Type {
  if (type.kind !== 'arrow') return newVariable()
  return arrowType(arrowLabelOf(type.label), parameterType(type.label), approximateType(type.result))
}

/** The items that a group binds: each class is followed by its class type and the type of its objects. */
function itemsOf(kind: 'class' | 'class-type', classes: readonly DefinedClass[]): readonly PlacedItem[] {
  return classes.flatMap((each, i) => {
    const placed = (item: ClassItem): PlacedItem => ({ item, region: each.nameRegion })
    const recursion = i === 0 ? 'first' : 'next'
    const { classIdent, classTypeIdent, objectTypeIdent } = each
    const classType = { kind: 'class-type', ident: classTypeIdent, declaration: each.classType } as const
    const type: ClassItem = {
      kind: 'type',
      ident: objectTypeIdent,
      declaration: each.objectType,
      recursion: 'next',
    }
    if (kind === 'class-type') return [{ ...classType, recursion } as const, type].map(placed)
    const own: ClassItem = { kind: 'class', ident: classIdent, declaration: each.class, recursion }
    return [own, { ...classType, recursion: 'next' } as const, type].map(placed)
  })
}
