/** Classes and class types as OCaml prints them. */

import { classMethodsOf, classSignature, instanceVariablesOf } from './class-types.ts'
import type { Env } from './env.ts'
import { printPath } from './ident.ts'
import { isDummyMethod } from './object-fields.ts'
import { predefinedType } from './predef.ts'
import { box, breakHint, concat, type Doc, empty, hvBox, separated, space, text } from './pretty.ts'
import { TypePrinter } from './print-type.ts'
import { componentsOfDesc } from './subst.ts'
import {
  type ArrowLabel,
  type ClassDeclaration,
  type ClassMethod,
  type ClassSignature,
  type ClassType,
  type ClassTypeDeclaration,
  repr,
  type Type,
  type Variance,
} from './types.ts'

/** A class type on its own, in a message. */
export function classTypeDoc(env: Env, type: ClassType): Doc {
  const printer = new ClassPrinter(env, [])
  printer.mark(type)
  return printer.print(type)
}

type Keyword = 'class' | 'class type' | 'and'

/** `class virtual ['a] c : …` */
export function classDoc(
  env: Env,
  name: string,
  declaration: ClassDeclaration,
  keyword: Keyword,
  printer = new ClassPrinter(env, declaration.parameters),
): Doc {
  printer.mark(declaration.type)
  const head = `${keyword}${declaration.new === undefined ? ' virtual' : ''}`
  const parameters = printer.parameters(declaration.variance)
  return box(2, head, space, parameters, name, space, ':', space, printer.print(declaration.type))
}

/** `class type virtual ['a] c = …` */
export function classTypeDeclarationDoc(
  env: Env,
  name: string,
  declaration: ClassTypeDeclaration,
  keyword: Keyword,
  printer = new ClassPrinter(env, declaration.parameters),
): Doc {
  printer.mark(declaration.type)
  const head = `${keyword}${isVirtual(classSignature(declaration.type)) ? ' virtual' : ''}`
  const parameters = printer.parameters(declaration.variance)
  return box(2, head, space, parameters, name, space, '=', space, printer.print(declaration.type))
}

function isVirtual({ methods, variables }: ClassSignature): boolean {
  return [...methods.values(), ...variables.values()].some(({ virtual }) => virtual)
}

const isVariable = (type: Type): boolean => repr(type).desc.kind === 'variable'

export class ClassPrinter {
  readonly #parameters: readonly Type[]
  readonly types: TypePrinter

  constructor(env: Env, parameters: readonly Type[]) {
    this.#parameters = parameters
    this.types = new TypePrinter(env)
    for (const parameter of parameters) this.types.markParameter(parameter)
  }

  mark(type: ClassType): void {
    switch (type.kind) {
      case 'constructor':
        if (this.#showsName(type)) for (const argument of type.arguments) this.types.mark(argument)
        else this.mark(type.type)
        break
      case 'signature':
        this.#markSignature(type.signature)
        break
      case 'arrow':
        this.types.mark(type.parameter)
        this.mark(type.result)
    }
  }

  #markSignature(signature: ClassSignature): void {
    this.types.markSelf(signature.self)
    for (const [, { type }] of classMethodsOf(signature)) this.types.mark(methodBodyOf(type))
    for (const [, { type }] of instanceVariablesOf(signature)) this.types.mark(type)
  }

  /** A class type is shown by its name unless that hides a constraint on parameters or what self is. */
  #showsName({ arguments: args, type }: Extract<ClassType, { kind: 'constructor' }>): boolean {
    const { self } = classSignature(type)
    if (!this.#parameters.every(isVariable)) return false
    return !this.types.isSelfMarked(self) && !args.some((argument) => occursIn(repr(self), argument))
  }

  /** `['a, +'b] ` */
  parameters(variance: readonly Variance[]): Doc {
    if (this.#parameters.length === 0) return empty
    const each = this.#parameters.map((parameter, i) =>
      text(`${signOf(parameter, variance[i])}'${this.types.nameOf(parameter)}`),
    )
    return concat(box(1, '[', separated(concat(', '), each), ']'), space)
  }

  print(type: ClassType): Doc {
    switch (type.kind) {
      case 'constructor':
        return this.#showsName(type) ? this.#named(type) : this.print(type.type)
      case 'signature':
        return this.#signature(type.signature)
      case 'arrow': {
        const parameter = concat(labelText(type.label), this.#parameter(type.label, type.parameter))
        return box(0, parameter, ' ->', space, this.print(type.result))
      }
    }
  }

  #named({ path, arguments: args }: Extract<ClassType, { kind: 'constructor' }>): Doc {
    if (args.length === 0) return text(printPath(path))
    const each = args.map((argument) => this.types.print(argument))
    return box(0, box(1, '[', separated(concat(', '), each), ']'), space, printPath(path))
  }

  #parameter(label: ArrowLabel, type: Type): Doc {
    if (!label.startsWith('?')) return this.types.printTupleLevel(type)
    const { desc } = repr(type)
    const isOption = desc.kind === 'constructor' && predefinedType(desc.path) === 'option'
    return isOption ? this.types.printTupleLevel(desc.arguments[0] as Type) : text('<hidden>')
  }

  #signature(signature: ClassSignature): Doc {
    const self = this.types.selfName(signature.self)
    const head = self === undefined ? text('object') : box(2, 'object', space, box(0, `('${self})`))
    const constraints = this.#parameters
      .filter((p) => !isVariable(p))
      .map((parameter) => this.#constraint(parameter))
    const variables = instanceVariablesOf(signature).map(([name, { mutable, virtual, type }]) =>
      box(
        2,
        `val ${mutable ? 'mutable ' : ''}${virtual ? 'virtual ' : ''}${name} :`,
        space,
        this.types.print(type),
      ),
    )
    const methods = classMethodsOf(signature)
      .filter(([name]) => !isDummyMethod(name))
      .map(([name, method]) => this.#method(name, method))
    const items = [...constraints, ...variables, ...methods]
    return hvBox(2, head, space, separated(space, items), breakHint(1, -2), 'end')
  }

  /** The variables over which a method is polymorphic are not shown; the next one can use their names again. */
  #method(name: string, { private: isPrivate, virtual, type }: ClassMethod): Doc {
    const { desc } = repr(type)
    const head = `method ${isPrivate ? 'private ' : ''}${virtual ? 'virtual ' : ''}${name} :`
    const doc = box(2, head, space, this.types.print(methodBodyOf(type)))
    if (desc.kind === 'poly') this.types.forgetNames(desc.variables)
    return doc
  }

  #constraint(parameter: Type): Doc {
    const name = this.types.nameOf(parameter)
    return box(2, `constraint '${name} =`, space, this.types.printDefinition(parameter))
  }
}

function methodBodyOf(type: Type): Type {
  const { desc } = repr(type)
  return desc.kind === 'poly' ? desc.body : type
}

function signOf(parameter: Type, variance: Variance | undefined): string {
  if (isVariable(parameter) || variance === undefined) return ''
  if (variance.covariant) return variance.contravariant ? '' : '+'
  return variance.contravariant ? '-' : ''
}

function labelText(label: ArrowLabel): string {
  return label === '' ? '' : label.startsWith('~') ? `${label.slice(1)}:` : `${label}:`
}

function occursIn(target: Type, type: Type): boolean {
  const seen = new Set<Type>()
  const visit = (at: Type): boolean => {
    const t = repr(at)
    if (t === target) return true
    if (seen.has(t)) return false
    seen.add(t)
    return componentsOfDesc(t.desc).some(visit)
  }
  return visit(type)
}
