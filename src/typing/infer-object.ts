/** Expressions about objects: sends, `new`, instance variables, copies, immediate objects. */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { selfMethod } from './class-signature.ts'
import { publicMethodNames } from './class-types.ts'
import { type Context, type Expected, expecting, inferAny, warn } from './context.ts'
import { type Entry, type Env, findByName } from './env.ts'
import { expandHead } from './expand.ts'
import { generaliseStructure } from './generalise.ts'
import { freshIdent, type Ident, type Path } from './ident.ts'
import { instance, instancePoly } from './instance.ts'
import { lookupClass, printLongName } from './lookup.ts'
import { fieldChain, flattenFields, isOpenObject, isPresent, methodsOf, objectRow } from './object-fields.ts'
import { unitType } from './predef.ts'
import { box, breakHint, cut, renderMessage, vBox } from './pretty.ts'
import { printType } from './print-type.ts'
import { failUnavailable, findSelf, selfIdent } from './self.ts'
import { didYouMean } from './suggest.ts'
import { unifyExpression } from './type-clash.ts'
import { inNewLevel, newType, newVariable } from './type-graph.ts'
import type { Expression, SentMethod } from './typed-tree.ts'
import { repr, type SelfDescription, type Type, type ValueDescription } from './types.ts'
import { unify } from './unify.ts'
import { unifyPresence } from './unify-objects.ts'

type Form<Kind extends ast.Expression['kind']> = Extract<ast.Expression, { kind: Kind }>

const base = (env: Env, e: ast.Expression, type: Type) => ({
  region: e.region,
  type,
  env,
  attributes: e.attributes,
})

// ---------------------------------------------------------------------------------------------------------
// Names

/** A name that is not that of an ordinary value, as an expression; undefined for one that is. */
export function inferObjectName(
  env: Env,
  e: Form<'ident'>,
  entry: Entry<ValueDescription>,
  type: Type,
): Expression | undefined {
  const { kind } = entry.description
  switch (kind.kind) {
    case 'regular':
    case 'primitive':
      return undefined
    case 'instance-variable':
      return {
        ...base(env, e, type),
        kind: 'instance-variable',
        self: selfIdent(env, kind.class),
        variable: identOf(entry.path),
      }
    case 'self':
    case 'ancestor': {
      const ident = selfIdent(env, kind.self.class)
      const path: Path = { kind: 'ident', ident }
      const own = { ...base(env, e, type), kind: 'ident' as const, path, value: entry.description }
      return { ...own, address: { kind: 'local', ident } }
    }
    case 'unavailable':
      return failUnavailable(printLongName(e.path), kind.what, e.region)
  }
}

function identOf(path: Path): Ident {
  if (path.kind !== 'ident') throw new Error('instance variables are local')
  return path.ident
}

// ---------------------------------------------------------------------------------------------------------
// Sends

interface Sent {
  readonly method: SentMethod
  /** The method's type, a `poly`. */
  readonly type: Type
}

export function inferSend(cx: Context, env: Env, e: Form<'send'>, expected: Expected): Expression {
  const object = inNewLevel(() => inferAny(cx, env, e.object))
  generaliseStructure(object.type)
  const own = { ...object, type: instance(object.type) }
  const sent = sendTo(cx, env, e, own)
  const type = methodInstance(env, sent.type)
  unifyExpression(env, e, type, expected)
  return { ...base(env, e, type), kind: 'send', object: own, method: sent.method }
}

/** What a method's type is in one of its uses. */
function methodInstance(env: Env, method: Type): Type {
  const { desc } = repr(method)
  if (desc.kind === 'poly') return instancePoly(desc.variables, instance(desc.body)).body
  const type = newVariable()
  unify(env, method, newType({ kind: 'poly', variables: [], body: type }))
  return type
}

function sendTo(cx: Context, env: Env, e: Form<'send'>, object: Expression): Sent {
  const { kind } = object.kind === 'ident' ? object.value : { kind: undefined }
  if (kind?.kind === 'self') return sendToSelf(cx, env, e, object, kind.self)
  if (kind?.kind === 'ancestor') return sendToAncestor(env, e, kind.self, kind.methods)
  const name = e.method.text
  return { method: { kind: 'name', name }, type: findMethod(env, e, object, name) }
}

function sendToSelf(cx: Context, env: Env, e: Form<'send'>, object: Expression, self: SelfDescription): Sent {
  const name = e.method.text
  const isNew = !self.methods.has(name)
  if (isNew && !isOpenObject(expandHead(env, self.signature.self)))
    failNoMethod(env, e.object.region, object.type, name)
  const type = selfMethod(env, self.signature, name, { state: 'unknown' })
  if (isNew && repr(type).desc.kind === 'variable') {
    warn(cx, e.region, 17, 'undeclared-virtual-method', `the virtual method ${name} is not declared.`)
  }
  const method = self.methods.get(name) ?? freshIdent(name)
  self.methods.set(name, method)
  return { method: { kind: 'self', name, method }, type }
}

function sendToAncestor(
  env: Env,
  e: Form<'send'>,
  self: SelfDescription,
  methods: ReadonlyMap<string, Ident>,
): Sent {
  const name = e.method.text
  const method = methods.get(name)
  const type = self.signature.methods.get(name)?.type
  if (method === undefined || type === undefined) {
    return fail(e.object.region, `This expression has no method ${name}`, didYouMean(name, methods.keys()))
  }
  return { method: { kind: 'ancestor', name, method, self: selfIdent(env, self.class) }, type }
}

/** The type of a method of any object; one whose type is not known yet gets the method. */
function findMethod(env: Env, e: Form<'send'>, object: Expression, name: string): Type {
  const t = expandHead(env, object.type)
  if (t.desc.kind === 'variable') return makeObject(env, t, name)
  if (t.desc.kind !== 'object') return failNoMethod(env, e.object.region, object.type, name)
  const { fields, rest } = flattenFields(t.desc.fields)
  const known = fields.find((field) => field.name === name)
  if (known !== undefined) {
    unifyPresence(known.presence, { state: 'present' })
    return known.type
  }
  if (rest.desc.kind !== 'variable') return failNoMethod(env, e.object.region, object.type, name)
  return addField(env, rest, name)
}

function addField(env: Env, row: Type, name: string): Type {
  const type = newVariable(undefined, row.level)
  const rest = newVariable(undefined, row.level)
  unify(env, row, fieldChain([{ name, presence: { state: 'present' }, type }], rest, row.level))
  return type
}

function makeObject(env: Env, variable: Type, name: string): Type {
  const row = newVariable(undefined, variable.level)
  unify(env, variable, newType({ kind: 'object', fields: row }, variable.level))
  return addField(env, objectRow(variable), name)
}

function failNoMethod(env: Env, region: Region, type: Type, name: string): never {
  const names = methodsOf(expandHead(env, type)).fields.filter(({ presence }) => isPresent(presence))
  const near = didYouMean(
    name,
    names.map((field) => field.name),
  )
  const doc = vBox(
    0,
    box(0, 'This expression has type', breakHint(1, 2), printType(env, type)),
    cut,
    `It has no method ${name}`,
  )
  fail(region, renderMessage(doc), near)
}

// ---------------------------------------------------------------------------------------------------------
// New objects and copies

export function inferNew(env: Env, e: Form<'new'>, expected: Expected): Expression {
  const { path, address, description } = lookupClass(env, e.path)
  if (description.new === undefined) {
    fail(e.region, `Cannot instantiate the virtual class ${printLongName(e.path)}`)
  }
  if (address === undefined) throw new Error('a class without an address')
  const type = instance(description.new)
  unifyExpression(env, e, type, expected)
  return { ...base(env, e, type), kind: 'new', path, address, class: description }
}

export function inferSetInstanceVariable(
  cx: Context,
  env: Env,
  e: Form<'set-instance-variable'>,
  expected: Expected,
): Expression {
  const { text } = e.name
  const entry = findByName(env.values, text)
  if (entry === undefined) return failUnboundVariable(env, text, e.region)
  const { kind, type } = entry.description
  if (kind.kind === 'unavailable') return failUnavailable(text, kind.what, e.region)
  if (kind.kind !== 'instance-variable') {
    return fail(e.region, `The value ${text} is not an instance variable`)
  }
  if (!kind.mutable) fail(e.region, `The instance variable ${text} is not mutable`)
  const value = cx.expressions.infer(cx, env, e.value, expecting(instance(type)))
  unifyExpression(env, e, instance(unitType), expected)
  const own = { ...base(env, e, unitType), kind: 'set-instance-variable' as const, value }
  return { ...own, self: selfIdent(env, kind.class), variable: identOf(entry.path) }
}

function failUnboundVariable(env: Env, name: string, region: Region): never {
  const known = findSelf(env)?.self.variables.keys() ?? []
  return fail(region, `Unbound instance variable ${name}`, didYouMean(name, known))
}

export function inferOverride(cx: Context, env: Env, e: Form<'override'>, expected: Expected): Expression {
  const seen = new Set<string>()
  for (const { name } of e.fields) {
    if (seen.has(name.text)) fail(e.region, `The instance variable ${name.text} is overridden several times`)
    seen.add(name.text)
  }
  const found = findSelf(env)
  if (found === undefined) return fail(e.region, 'This object duplication occurs outside a method definition')
  const fields = e.fields.map(({ name, value }) => {
    const variable = found.self.variables.get(name.text)
    const known = found.self.signature.variables.get(name.text)
    if (variable === undefined || known === undefined) return failUnboundVariable(env, name.text, e.region)
    return { variable, value: cx.expressions.infer(cx, env, value, expecting(instance(known.type))) }
  })
  unifyExpression(env, e, found.type, expected)
  return { ...base(env, e, found.type), kind: 'override', self: found.ident, fields }
}

// ---------------------------------------------------------------------------------------------------------

export function inferImmediateObject(
  cx: Context,
  env: Env,
  e: Form<'object'>,
  expected: Expected,
): Expression {
  const structure = cx.classes.inferObject(cx, env, e.body, e.region)
  const { signature } = structure
  unifyExpression(env, e, signature.self, expected)
  const publicMethods = publicMethodNames(signature)
  return { ...base(env, e, signature.self), kind: 'object', structure, publicMethods }
}
