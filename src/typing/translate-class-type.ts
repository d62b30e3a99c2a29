/** Class types of the source → `ClassType`. */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import { instanceClass } from './class-instance.ts'
import { isIncomplete } from './class-names.ts'
import { addInstanceVariable, addMethod, completeSignature, newClassSignature } from './class-signature.ts'
import { scrapeClassType } from './class-types.ts'
import type { Context } from './context.ts'
import type { Env } from './env.ts'
import { lookupClassType, printLongName } from './lookup.ts'
import { methodType } from './object-fields.ts'
import { optionOf } from './predef.ts'
import { box, concat, renderMessage, space, vBox } from './pretty.ts'
import { classTypeDoc } from './print-class.ts'
import { failMismatch, mismatchDoc } from './print-mismatch.ts'
import { printType } from './print-type.ts'
import { arrowLabelOf, translateQuantified, translateType } from './translate-type.ts'
import { newVariable } from './type-graph.ts'
import type { ClassSignature, ClassType, Type } from './types.ts'
import { UnifyError, unify } from './unify.ts'

type Form<Kind extends ast.ClassType['kind']> = Extract<ast.ClassType, { kind: Kind }>

export function translateClassType(cx: Context, env: Env, type: ast.ClassType): ClassType {
  switch (type.kind) {
    case 'constructor':
      return translateName(cx, env, type)
    case 'signature':
      return { kind: 'signature', signature: new SignatureTranslation(cx, env, type).run() }
    case 'arrow': {
      const parameter = translate(cx, env, type.parameter)
      const own = type.label.kind === 'optional' ? optionOf(parameter) : parameter
      const result = translateClassType(cx, env, type.result)
      return { kind: 'arrow', label: arrowLabelOf(type.label), parameter: own, result }
    }
    case 'open':
      return translateClassType(cx, cx.modules.inferOpen(cx, env, type.open).env, type.type)
    case 'extension':
      return fail(type.region, `Uninterpreted extension '${type.name}'.`)
  }
}

const translate = (cx: Context, env: Env, type: ast.TypeExpression): Type =>
  translateType({ env, variables: cx.variables, policy: 'open' }, type)

function translateName(cx: Context, env: Env, type: Form<'constructor'>): ClassType {
  const { path, description } = lookupClassType(env, type.path)
  if (isIncomplete(description.path)) {
    failIncomplete('class type', type)
  }
  const { parameters, type: own } = instanceClass(description.parameters, description.type)
  checkArity(type, parameters.length)
  type.arguments.forEach((argument, i) => {
    unifyParameter(env, argument, translate(cx, env, argument), parameters[i] as Type)
  })
  return { kind: 'constructor', path, arguments: parameters, type: own }
}

/** A class of the same definition that comes later. */
export function failIncomplete(
  what: string,
  { path, region }: { readonly path: ast.LongName; readonly region: Region },
): never {
  const doc = box(0, `The ${what}`, space, printLongName(path), space, 'is not yet completely defined')
  fail(region, renderMessage(doc))
}

/** The number of type arguments of a class or class type. */
export function checkArity(
  type: { readonly path: ast.LongName; readonly arguments: readonly unknown[]; readonly region: Region },
  expected: number,
): void {
  const given = type.arguments.length
  if (given === expected) return
  const doc = box(
    0,
    `The class constructor ${printLongName(type.path)}`,
    space,
    `expects ${expected} type argument(s),`,
    space,
    `but is here applied to ${given} type argument(s)`,
  )
  fail(type.region, renderMessage(doc))
}

export function unifyParameter(env: Env, place: ast.TypeExpression, given: Type, parameter: Type): void {
  try {
    unify(env, given, parameter)
  } catch (error) {
    failMismatch(env, place.region, error, {
      got: 'The type parameter',
      expected: 'does not meet its constraint: it should be',
    })
  }
}

/** Says that what is inherited is a function. */
export function failNotStructure(env: Env, type: ClassType, region: Region): never {
  const doc = box(
    0,
    'This class expression is not a class structure; it has type',
    space,
    classTypeDoc(env, type),
  )
  return fail(region, renderMessage(doc))
}

/** Makes the self type of a class that of an inherited one too. */
export function unifySelf(env: Env, own: ClassSignature, inherited: ClassSignature, region: Region): void {
  try {
    unify(env, own.self, inherited.self)
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error
    const at = error.trace.findIndex((element) => element.kind === 'method-types')
    const element = error.trace[at]
    if (element?.kind !== 'method-types') throw error
    failFieldType(env, 'method', element.name, new UnifyError(error.trace.slice(at + 1)), region)
  }
}

export function failFieldType(
  env: Env,
  what: 'method' | 'instance variable',
  name: string,
  error: unknown,
  region: Region,
): never {
  failMismatch(env, region, error, {
    got: concat(`The ${what} ${name}`, space, 'has type'),
    expected: 'but is expected to have type',
  })
}

/** The type of self that was written must be one that self can have. */
export function unifySelfPattern(env: Env, type: Type, self: Type, region: Region): void {
  try {
    unify(env, type, self)
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error
    const head = 'This pattern cannot match self: it only matches values of type'
    fail(region, renderMessage(box(0, head, space, printType(env, type))))
  }
}

/** `constraint t1 = t2` in a class or class type. */
export function applyClassConstraint(env: Env, left: Type, right: Type, region: Region): void {
  try {
    unify(env, left, right)
  } catch (error) {
    if (!(error instanceof UnifyError)) throw error
    const reason = mismatchDoc(env, error, { got: 'Type', expected: 'is not compatible with type' })
    fail(region, renderMessage(vBox(0, 'The class constraints are not consistent.', space, reason)))
  }
}

/** The mutability of an instance variable is that of its first declaration. */
export function checkMutability(
  signature: ClassSignature,
  name: string,
  mutable: boolean,
  region: Region,
): void {
  const known = signature.variables.get(name)
  if (known === undefined || known.mutable === mutable) return
  const [is, wanted] = mutable ? ['immutable', 'mutable'] : ['mutable', 'immutable']
  fail(
    region,
    renderMessage(box(0, `The instance variable is ${is};`, space, `it cannot be redefined as ${wanted}`)),
  )
}

class SignatureTranslation {
  readonly #cx: Context
  readonly #env: Env
  readonly #source: Form<'signature'>
  readonly #signature: ClassSignature = newClassSignature()
  /** Types of public methods: they may mention the variables of all other fields, and quantify the rest. */
  readonly #delayed: (() => void)[] = []

  constructor(cx: Context, env: Env, source: Form<'signature'>) {
    this.#cx = cx
    this.#env = env
    this.#source = source
  }

  run(): ClassSignature {
    const { self, fields } = this.#source
    unifySelfPattern(this.#env, translate(this.#cx, this.#env, self), this.#signature.self, self.region)
    for (const field of fields) this.#add(field)
    for (const translateLater of this.#delayed) translateLater()
    completeSignature(this.#signature)
    return this.#signature
  }

  #translate(type: ast.TypeExpression): Type {
    return translate(this.#cx, this.#env, type)
  }

  #add(field: ast.ClassTypeField): void {
    switch (field.kind) {
      case 'inherit':
        this.#inherit(field.type, field.region)
        break
      case 'value': {
        const { name, mutable, virtual, region } = field
        const type = this.#translate(field.type)
        this.#addVariable({ name: name.text, mutable, virtual, type }, region)
        break
      }
      case 'method': {
        this.#method(field)
        break
      }
      case 'constraint':
        applyClassConstraint(
          this.#env,
          this.#translate(field.left),
          this.#translate(field.right),
          field.region,
        )
        break
      case 'attribute':
        break
      case 'extension':
        fail(field.region, `Uninterpreted extension '${field.name}'.`)
    }
  }

  #method({
    name,
    virtual,
    private: isPrivate,
    type,
    region,
  }: Extract<ast.ClassTypeField, { kind: 'method' }>): void {
    const own = { name: name.text, virtual, private: isPrivate }
    if (isPrivate || type.kind === 'poly') {
      this.#addMethod({ ...own, type: methodType(this.#translate(type)) }, region)
      return
    }
    const unknown = newVariable()
    this.#addMethod({ ...own, type: unknown }, region)
    this.#delayed.push(() => {
      const context = { env: this.#env, variables: this.#cx.variables, policy: 'open' } as const
      this.#unifyMethod(name.text, translateQuantified(context, type), unknown, region)
    })
  }

  #unifyMethod(name: string, type: Type, known: Type, region: Region): void {
    try {
      unify(this.#env, type, known)
    } catch (error) {
      failFieldType(this.#env, 'method', name, error, region)
    }
  }

  #inherit(type: ast.ClassType, region: Region): void {
    const parent = translateClassType(this.#cx, this.#env, type)
    const scraped = scrapeClassType(parent)
    if (scraped.kind !== 'signature') return failNotStructure(this.#env, parent, type.region)
    const { signature } = scraped
    unifySelf(this.#env, this.#signature, signature, region)
    for (const [name, variable] of signature.variables) this.#addVariable({ name, ...variable }, region)
    for (const [name, method] of signature.methods) this.#addMethod({ name, ...method }, region)
  }

  #addVariable(added: Parameters<typeof addInstanceVariable>[2], region: Region): void {
    checkMutability(this.#signature, added.name, added.mutable, region)
    try {
      addInstanceVariable(this.#env, this.#signature, added)
    } catch (error) {
      failFieldType(this.#env, 'instance variable', added.name, error, region)
    }
  }

  #addMethod(added: Parameters<typeof addMethod>[2], region: Region): void {
    try {
      addMethod(this.#env, this.#signature, added)
    } catch (error) {
      failFieldType(this.#env, 'method', added.name, error, region)
    }
  }
}
