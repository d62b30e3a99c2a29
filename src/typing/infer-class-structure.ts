/**
 * `object … end`: the structure of a class, or an object on its own.
 *
 * A first pass over the fields finds out which methods and instance variables there are, with their types as far as they are
 * declared; bodies of methods and initializers are inferred in a second pass, when all methods are known.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type * as ast from '../syntax/ast.ts'
import type { ClassEnvs, ClassScope } from './class-scope.ts'
import {
  addDummyMethod,
  addInstanceVariable,
  addMethod,
  completeSignature,
  newClassSignature,
  virtualParts,
} from './class-signature.ts'
import { scrapeClassType } from './class-types.ts'
import { type Context, expecting, inferAny, warn } from './context.ts'
import { addValue, type Env } from './env.ts'
import { freshIdent, type Ident, printPath } from './ident.ts'
import { approximateType } from './infer-let.ts'
import { inferPattern } from './infer-pattern.ts'
import { instance, instancePoly } from './instance.ts'
import { forgetLocal } from './levels.ts'
import { hidePrivateMethods, isDummyMethod, methodsOf, methodType, objectRow } from './object-fields.ts'
import { expectVariables, newPatternScope } from './pattern-scope.ts'
import { inferPolymorphic } from './polymorphic.ts'
import { unitType } from './predef.ts'
import { box, concat, newline, renderMessage, space } from './pretty.ts'
import { newWeakNames, TypePrinter } from './print-type.ts'
import { addUnavailable, bindSelf } from './self.ts'
import {
  applyClassConstraint,
  checkMutability,
  failFieldType,
  failNotStructure,
  unifySelf,
  unifySelfPattern,
} from './translate-class-type.ts'
import { translateType } from './translate-type.ts'
import { unifyAt } from './type-clash.ts'
import { arrowType, currentLevel, newType, newVariable } from './type-graph.ts'
import type { ClassExpression, ClassField, ClassStructure, Expression, NamedIdent } from './typed-tree.ts'
import { type ClassSignature, repr, type SelfDescription, type Type } from './types.ts'
import { unify } from './unify.ts'
import { unused } from './usage.ts'

type Field<Kind extends ast.ClassField['kind']> = Extract<ast.ClassField, { kind: Kind }>

/** The structure of a class, which can be inherited. */
export function inferClassStructure(
  scope: ClassScope,
  envs: ClassEnvs,
  body: ast.ClassStructure,
  region: Region,
): ClassStructure {
  const signature = newClassSignature()
  const dummy = addDummyMethod(envs.value, signature)
  scope.dummies.push(dummy)
  return new StructureInference(scope, envs, signature, body, region).run('class')
}

/** An object on its own: nothing inherits from it, so its type is closed once its methods are known. */
export function inferObjectStructure(
  infer: ClassScope['infer'],
  cx: Context,
  env: Env,
  body: ast.ClassStructure,
  region: Region,
): ClassStructure {
  const scope: ClassScope = { cx, class: freshIdent('object'), infer, dummies: [] }
  const envs = { value: env, method: env, parent: env }
  const structure = new StructureInference(scope, envs, newClassSignature(), body, region).run('object')
  scope.dummies.forEach(forgetLocal)
  return structure
}

type Override = 'method' | 'instance variable'

class StructureInference {
  readonly #scope: ClassScope
  readonly #cx: Context
  readonly #signature: ClassSignature
  readonly #body: ast.ClassStructure
  readonly #region: Region
  #envs: ClassEnvs
  readonly #self: SelfDescription
  readonly #variables = new Map<string, Ident>()
  /** Names that have a definition, here or in an inherited class. */
  readonly #concreteMethods = new Set<string>()
  readonly #concreteVariables = new Set<string>()
  /** Names that this structure itself defines. */
  readonly #ownMethods = new Set<string>()
  readonly #ownVariables = new Set<string>()

  constructor(
    scope: ClassScope,
    envs: ClassEnvs,
    signature: ClassSignature,
    body: ast.ClassStructure,
    region: Region,
  ) {
    this.#scope = scope
    this.#cx = scope.cx
    this.#signature = signature
    this.#body = body
    this.#region = region
    this.#envs = envs
    this.#self = { class: scope.class, methods: new Map(), variables: this.#variables, signature }
  }

  run(what: 'class' | 'object'): ClassStructure {
    this.#bindSelfPattern()
    const unfinished = this.#body.fields.map((field) => this.#field(field))
    for (const name of this.#signature.methods.keys()) this.#methodIdent(name)
    completeSignature(this.#signature)
    if (what === 'object') this.#close()
    const fields = unfinished.map((finish) => finish())
    const { madePublic } = completeSignature(this.#signature)
    if (madePublic.length > 0) this.#warnMadePublic(madePublic)
    for (const name of this.#signature.methods.keys()) this.#methodIdent(name)
    if (what === 'object') hidePrivateMethods(this.#signature.self)
    return { fields, methods: this.#self.methods, signature: this.#signature }
  }

  get #env(): Env {
    return this.#envs.value
  }

  #methodIdent(name: string): Ident {
    const known = this.#self.methods.get(name)
    if (known !== undefined) return known
    const ident = freshIdent(name)
    this.#self.methods.set(name, ident)
    return ident
  }

  #warnMadePublic(names: readonly string[]): void {
    const message = `the following private methods were made public implicitly:\n ${names.join(' ')}.`
    warn(this.#cx, this.#region, 15, 'implicit-public-methods', message)
  }

  /** The object has the methods that it has now, and none must be missing. */
  #close(): void {
    const { methods, variables } = virtualParts(this.#signature)
    if (methods.length + variables.length > 0) {
      failVirtual(this.#region, (what) => `This object has virtual ${what}`, methods, variables)
    }
    const isOfClass = methodsOf(this.#signature.self).fields.some(({ name }) => isDummyMethod(name))
    const row = objectRow(this.#signature.self)
    if (isOfClass) this.#failNotClosed()
    if (row.desc.kind === 'variable') unify(this.#env, row, newType({ kind: 'nil' }, row.level))
  }

  #failNotClosed(): never {
    const printer = new TypePrinter(this.#env, newWeakNames())
    const { desc } = repr(this.#signature.self)
    const plain = newType(desc.kind === 'object' ? { kind: 'object', fields: desc.fields } : desc)
    printer.mark(plain)
    const doc = concat(
      box(0, 'Cannot close type of object literal: ', printer.print(plain)),
      newline,
      'it has been unified with the self type of a class that is not yet',
      newline,
      'completely defined.',
    )
    fail(this.#region, renderMessage(doc))
  }

  // -------------------------------------------------------------------------------------------------------
  // Self

  #bindSelfPattern(): void {
    const { self } = this.#body
    const scope = newPatternScope(this.#cx, this.#env, currentLevel(), 'self patterns')
    const pattern = inferPattern(scope, self, newVariable())
    unifySelfPattern(this.#env, pattern.type, this.#signature.self, self.region)
    expectVariables(this.#env.store, [...scope.variables.values()])
    for (const { ident, type, region } of scope.variables.values()) {
      const description = { type, kind: { kind: 'self', self: this.#self }, region, attributes: [] } as const
      this.#envs = {
        value: addUnavailable(this.#envs.value, ident.name, 'self', type, region),
        parent: addUnavailable(this.#envs.parent, ident.name, 'self', type, region),
        method: addValue(this.#envs.method, ident, description),
      }
    }
  }

  /** A function of self. */
  #function(region: Region, infer: (env: Env) => Expression): Expression {
    const env = this.#envs.method
    const { self } = this.#signature
    const bound = bindSelf(env, this.#self, self, region)
    const body = infer(bound.env)
    const base = { region, env, attributes: [] }
    const pattern = { ...base, type: self, kind: 'variable' as const, ident: bound.ident }
    return {
      ...base,
      type: arrowType('', self, body.type),
      kind: 'function',
      parameters: [{ label: '', pattern, default: undefined }],
      body: { kind: 'expression', expression: body },
    }
  }

  /** As `#function`, in the environment of this moment but later. */
  #later(region: Region, infer: (env: Env) => Expression): () => Expression {
    const envs = this.#envs
    return () => {
      const now = this.#envs
      this.#envs = envs
      try {
        return this.#function(region, infer)
      } finally {
        this.#envs = now
      }
    }
  }

  // -------------------------------------------------------------------------------------------------------
  // Fields

  /** The first pass; the result is the second. */
  #field(field: ast.ClassField): () => ClassField {
    const { region, attributes } = field
    const base = { region, attributes }
    switch (field.kind) {
      case 'inherit':
        return this.#inherit(field)
      case 'value':
        return this.#value(field)
      case 'method':
        return this.#method(field)
      case 'constraint':
        this.#constraint(field)
        return () => ({ ...base, kind: 'constraint' })
      case 'initializer': {
        const made = this.#later(field.expression.region, (env) =>
          this.#cx.expressions.infer(this.#cx, env, field.expression, expecting(instance(unitType))),
        )
        return () => ({ ...base, kind: 'initializer', function: made() })
      }
      case 'attribute':
        return () => ({ ...base, kind: 'attribute' })
      case 'extension':
        return fail(region, `Uninterpreted extension '${field.name}'.`)
    }
  }

  #constraint({ left, right, region }: Field<'constraint'>): void {
    applyClassConstraint(this.#env, this.#translate(left), this.#translate(right), region)
  }

  #translate(type: ast.TypeExpression): Type {
    return translateType({ env: this.#env, variables: this.#cx.variables, policy: 'open' }, type)
  }

  // -------------------------------------------------------------------------------------------------------
  // Inheritance

  #inherit(field: Field<'inherit'>): () => ClassField {
    const envs = { ...this.#envs, method: this.#envs.parent }
    const parent = this.#scope.infer(this.#scope, envs, field.class)
    const inherited = this.#inheritedSignature(parent)
    const place = field.class.region
    unifySelf(this.#env, this.#signature, inherited, place)
    this.#checkInheritedOverrides(field, parent, inherited)
    const instanceVariables = this.#inheritVariables(inherited, place)
    for (const [name, method] of inherited.methods) {
      addMethod(this.#env, this.#signature, { name, ...method })
    }
    const ancestor = this.#bindAncestor(field, inherited)
    const { region, attributes, override } = field
    return () => ({
      region,
      attributes,
      kind: 'inherit',
      override,
      class: parent,
      instanceVariables,
      ...ancestor,
    })
  }

  #inheritedSignature(parent: ClassExpression): ClassSignature {
    const type = scrapeClassType(parent.type)
    if (type.kind === 'signature') return type.signature
    return failNotStructure(this.#env, parent.type, parent.region)
  }

  #checkInheritedOverrides(
    field: Field<'inherit'>,
    parent: ClassExpression,
    inherited: ClassSignature,
  ): void {
    const defined = (map: ReadonlyMap<string, { readonly virtual: boolean }>) =>
      [...map].filter(([, each]) => !each.virtual).map(([name]) => name)
    const methods = defined(inherited.methods)
    const variables = defined(inherited.variables)
    const overMethods = methods.filter((name) => this.#concreteMethods.has(name)).sort()
    const overVariables = variables.filter((name) => this.#concreteVariables.has(name)).sort()
    const { region } = field.class
    if (field.override && overMethods.length + overVariables.length === 0) {
      fail(region, 'This inheritance does not override any method instance variable')
    }
    if (!field.override) {
      const name = parent.type.kind === 'constructor' ? printPath(parent.type.path) : 'inherited'
      const list = (names: readonly string[]) => names.join(' ')
      if (overMethods.length > 0) {
        const message = `the following methods are overridden by the class ${name} :\n  ${list(overMethods)}`
        warn(this.#cx, region, 7, 'method-override', message)
      }
      if (overVariables.length > 0) {
        const message = `the following instance variables are overridden by the class ${name} :\n  ${list(overVariables)}`
        warn(this.#cx, region, 13, 'instance-variable-override', message + hidingNote)
      }
    }
    for (const each of methods) this.#concreteMethods.add(each)
    for (const each of variables) this.#concreteVariables.add(each)
  }

  #inheritVariables(inherited: ClassSignature, region: Region): readonly NamedIdent[] {
    const names = [...inherited.variables.keys()].sort()
    return names.map((name) => {
      const variable = inherited.variables.get(name) as NonNullable<
        ReturnType<typeof inherited.variables.get>
      >
      return { name, ident: this.#addVariable({ name, ...variable }, region) }
    })
  }

  /** `as super`: the inherited methods, as they were before this class overrides them. */
  #bindAncestor(field: Field<'inherit'>, inherited: ClassSignature) {
    const { alias } = field
    if (alias === undefined) return { super: undefined, methods: [] }
    const concrete = [...inherited.methods].filter(([, method]) => !method.virtual).map(([name]) => name)
    const methods = new Map(concrete.sort().map((name) => [name, freshIdent(name)]))
    const ident = freshIdent(alias.text)
    const type = this.#signature.self
    const kind = { kind: 'ancestor', self: this.#self, methods } as const
    const { region } = alias
    const complaint = () => ({ ...unused(36, `ancestor variable ${alias.text}`), region: field.class.region })
    this.#env.store.usages.expect(region, alias.text, complaint)
    this.#envs = {
      value: addUnavailable(this.#envs.value, alias.text, 'ancestor', type, region),
      parent: addUnavailable(this.#envs.parent, alias.text, 'ancestor', type, region),
      method: addValue(this.#envs.method, ident, { type, kind, region, attributes: [] }),
    }
    return { super: ident, methods: [...methods].map(([name, each]) => ({ name, ident: each })) }
  }

  // -------------------------------------------------------------------------------------------------------
  // Instance variables

  #addVariable(
    added: {
      readonly name: string
      readonly mutable: boolean
      readonly virtual: boolean
      readonly type: Type
    },
    region: Region,
  ): Ident {
    const { name, mutable } = added
    checkMutability(this.#signature, name, mutable, region)
    try {
      addInstanceVariable(this.#env, this.#signature, added)
    } catch (error) {
      failFieldType(this.#env, 'instance variable', name, error, region)
    }
    return this.#bindVariable(name, mutable, added.type, region)
  }

  #bindVariable(name: string, mutable: boolean, type: Type, region: Region): Ident {
    const known = this.#variables.get(name)
    if (known !== undefined) return known
    const ident = freshIdent(name)
    this.#variables.set(name, ident)
    const kind = { kind: 'instance-variable', mutable, class: this.#scope.class } as const
    this.#envs = {
      value: addUnavailable(this.#envs.value, name, 'instance-variable', type, region),
      parent: addUnavailable(this.#envs.parent, name, 'instance-variable', type, region),
      method: addValue(this.#envs.method, ident, { type, kind, region, attributes: [] }),
    }
    return ident
  }

  #value(field: Field<'value'>): () => ClassField {
    const { region, attributes, name, mutable, definition } = field
    const overrides = this.#variables.has(name.text)
    const base = { region, attributes, kind: 'value', name: name.text, mutable, overrides } as const
    if (definition.kind === 'virtual') {
      const type = this.#translate(definition.type)
      const ident = this.#addVariable({ name: name.text, mutable, virtual: true, type }, region)
      return () => ({ ...base, ident, expression: 'virtual' })
    }
    this.#checkDefinition('instance variable', name, definition.override, region)
    const expression = inferAny(this.#cx, this.#env, definition.body)
    const { type } = expression
    const ident = this.#addVariable({ name: name.text, mutable, virtual: false, type }, region)
    return () => ({ ...base, ident, expression })
  }

  /** A name is defined once in a structure; to define an inherited one again wants `!`. */
  #checkDefinition(what: Override, name: ast.Name, override: boolean, region: Region): void {
    const [own, concrete] =
      what === 'method'
        ? [this.#ownMethods, this.#concreteMethods]
        : [this.#ownVariables, this.#concreteVariables]
    const { text } = name
    if (own.has(text)) fail(region, `The ${what} \`${text}' has multiple definitions in this object`)
    if (override && !concrete.has(text)) fail(region, `The ${what} \`${text}' has no previous definition`)
    if (!override && concrete.has(text)) this.#warnOverride(what, name, region)
    own.add(text)
    concrete.add(text)
  }

  #warnOverride(what: Override, { text, region }: ast.Name, definition: Region): void {
    if (what === 'method')
      warn(this.#cx, definition, 7, 'method-override', `the method ${text} is overridden.`)
    else {
      const message = `the instance variable ${text} is overridden.`
      warn(this.#cx, region, 13, 'instance-variable-override', message + hidingNote)
    }
  }

  // -------------------------------------------------------------------------------------------------------
  // Methods

  #method(field: Field<'method'>): () => ClassField {
    const { region, attributes, name, definition, private: isPrivate } = field
    const base = { region, attributes, kind: 'method', name: name.text, private: isPrivate } as const
    if (definition.kind === 'virtual') {
      const type = methodType(this.#translate(definition.type))
      this.#addMethod(name.text, isPrivate, true, type, region)
      return () => ({ ...base, function: 'virtual' })
    }
    this.#checkDefinition('method', name, definition.override, region)
    const { body, declared } = methodBody(definition.body)
    const own = declared === undefined ? undefined : methodType(this.#translate(declared))
    const type = own ?? newVariable()
    this.#addMethod(name.text, isPrivate, false, type, region)
    if (repr(type).desc.kind === 'variable') {
      unify(this.#env, type, newType({ kind: 'poly', variables: [], body: newVariable() }))
    }
    this.#approximate(body, type)
    const made = this.#later(body.region, (env) => this.#inferMethod(env, body, type))
    return () => ({ ...base, function: made() })
  }

  #addMethod(name: string, isPrivate: boolean, virtual: boolean, type: Type, region: Region): void {
    try {
      addMethod(this.#env, this.#signature, { name, private: isPrivate, virtual, type })
    } catch (error) {
      failFieldType(this.#env, 'method', name, error, region)
    }
    this.#methodIdent(name)
  }

  /** Labels of parameters are known to all methods. */
  #approximate(body: ast.Expression, type: Type): void {
    const { desc } = repr(type)
    if (desc.kind !== 'poly') return
    const expected = instancePoly(desc.variables, desc.body).body
    unifyAt(this.#env, body.region, approximateType(body), expecting(expected))
  }

  #inferMethod(env: Env, body: ast.Expression, type: Type): Expression {
    const { desc } = repr(type)
    if (desc.kind !== 'poly') throw new Error('the type of a method is polymorphic')
    const infer = (expected: Type) => this.#cx.expressions.infer(this.#cx, env, body, expecting(expected))
    if (desc.variables.length === 0) return infer(desc.body)
    return inferPolymorphic(env, desc, 'method', infer)
  }
}

const hidingNote = '\nThe behaviour changed in ocaml 3.10 (previous behaviour was hiding.)'

/** A declared type stands in a constraint around the body. */
function methodBody(e: ast.Expression): {
  readonly body: ast.Expression
  readonly declared: ast.TypeExpression | undefined
} {
  if (e.kind === 'constraint') return { body: e.expression, declared: e.type }
  return { body: e, declared: undefined }
}

export function failVirtual(
  region: Region,
  head: (what: string) => string,
  methods: readonly string[],
  variables: readonly string[],
): never {
  const what =
    methods.length === 0 ? 'variables' : variables.length === 0 ? 'methods' : 'methods and variables'
  const names = [...methods, ...variables].map((name) => concat(space, name))
  const doc = box(0, `${head(what)}.`, space, box(2, `The following ${what} are undefined :`, ...names))
  fail(region, renderMessage(doc))
}
