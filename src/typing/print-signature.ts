/**
 * Declarations, module types and signatures as `ocamlc -i` prints them.
 *
 * All functions make documents; `printSignature` lays a whole interface out.
 */

import { addModule, addSignature, type Env } from './env.ts'
import { isPrivateRow } from './expand.ts'
import { type Ident, type Path, printPath } from './ident.ts'
import {
  box,
  breakHint,
  concat,
  type Doc,
  empty,
  hvBox,
  render,
  separated,
  space,
  text,
  vBox,
} from './pretty.ts'
import { classDoc, classTypeDeclarationDoc } from './print-class.ts'
import { newWeakNames, printTypePath, TypePrinter, type WeakNames } from './print-type.ts'
import { flattenRow } from './rows.ts'
import { newType } from './type-graph.ts'
import {
  type ConstructorDescription,
  type ExtensionDeclaration,
  type FunctorParameter,
  type LabelDescription,
  type ModuleType,
  repr,
  type Signature,
  type SignatureItem,
  type Type,
  type TypeDeclaration,
  type ValueDescription,
} from './types.ts'
import { hasImmediateAttribute } from './variance.ts'

/** Where something is printed: names are shortened by what `env` shows, weak variables keep their names. */
export interface PrintContext {
  readonly env: Env
  readonly weak: WeakNames
}

export const printContext = (env: Env, weak: WeakNames = newWeakNames()): PrintContext => ({ env, weak })

// ---------------------------------------------------------------------------------------------------------
// Values

const wordOperators = ['or', 'mod', 'land', 'lor', 'lxor', 'lsl', 'lsr', 'asr']

/** A value's name where it is declared: operators stand in parentheses. */
export function valueName(name: string): string {
  const isPlain = /^[A-Za-z_\u0080-\uffff]/.test(name) && !/^(let|and)[^A-Za-z0-9_']/.test(name)
  return isPlain && !wordOperators.includes(name) ? name : `( ${name} )`
}

export function valueDoc(context: PrintContext, name: string, value: ValueDescription): Doc {
  const printer = new TypePrinter(context.env, context.weak)
  printer.mark(value.type)
  const type = printer.print(value.type)
  const keyword = value.kind.kind === 'primitive' ? 'external' : 'val'
  return box(2, `${keyword} ${valueName(name)} :`, space, type, primitiveDoc(value))
}

function primitiveDoc({ kind, attributes }: ValueDescription): Doc {
  if (kind.kind !== 'primitive') return empty
  const names = kind.native === undefined ? [kind.name] : [kind.name, kind.native]
  const strings = names.map((name, i) => concat(space, `${i === 0 ? '= ' : ''}${JSON.stringify(name)}`))
  const printed = ['unboxed', 'untagged', 'noalloc'].filter((name) =>
    attributes.some((attribute) => attribute.name === name || attribute.name === `ocaml.${name}`),
  )
  return concat(...strings, ...printed.map((name) => concat(space, `[@@${name}]`)))
}

// ---------------------------------------------------------------------------------------------------------
// Type declarations

export function typeDeclarationDoc(
  context: PrintContext,
  ident: Ident,
  declaration: TypeDeclaration,
  keyword = 'type',
): Doc {
  return new DeclarationPrinter(context, ident.name, declaration).print(keyword, ident)
}

class DeclarationPrinter {
  readonly #declaration: TypeDeclaration
  readonly #name: string
  readonly #printer: TypePrinter
  readonly #context: PrintContext

  constructor(context: PrintContext, name: string, declaration: TypeDeclaration) {
    this.#context = context
    this.#name = name
    this.#declaration = declaration
    this.#printer = new TypePrinter(context.env)
    for (const parameter of declaration.parameters) this.#printer.markParameter(parameter)
  }

  print(keyword: string, ident: Ident): Doc {
    const { kind, private: isPrivate, attributes } = this.#declaration
    const manifest = this.#manifest(ident)
    this.#mark(manifest)
    const unboxed = attributes.some(({ name }) => name === 'unboxed' || name === 'ocaml.unboxed')
    const head = concat(`${keyword} `, this.#defined())
    const equals = ` =${isPrivate ? ' private' : ''}`
    const definition = this.#definition(head, equals, manifest)
    const suffix = `${hasImmediateAttribute(this.#declaration) ? ' [@@immediate]' : ''}${unboxed && kind.kind !== 'abstract' ? ' [@@unboxed]' : ''}`
    return box(2, hvBox(2, definition), this.#constraints(), suffix)
  }

  /** A variant type is not shown by its own name. */
  #manifest(ident: Ident): Type | undefined {
    const { manifest } = this.#declaration
    if (manifest === undefined) return undefined
    const t = repr(manifest)
    if (t.desc.kind !== 'variant') return manifest
    const { name, ...row } = flattenRow(t.desc.row)
    if (name === undefined || name.path.kind !== 'ident' || name.path.ident.stamp !== ident.stamp)
      return manifest
    return newType({ kind: 'variant', row }, t.level)
  }

  #mark(manifest: Type | undefined): void {
    const { kind } = this.#declaration
    if (manifest !== undefined) this.#printer.mark(manifest)
    if (kind.kind === 'record') for (const label of kind.labels) this.#printer.mark(label.type)
    if (kind.kind === 'variant') {
      for (const description of kind.constructors)
        if (!description.explicitResult) markConstructor(this.#printer, description)
    }
  }

  #defined(): Doc {
    const { parameters } = this.#declaration
    const docs = parameters.map((parameter, i) => this.#parameter(parameter, i))
    if (docs.length === 0) return text(this.#name)
    if (docs.length === 1) return box(0, docs[0] as Doc, space, this.#name)
    return box(0, '(', box(0, separated(concat(',', space), docs), ')'), space, this.#name)
  }

  #parameter(parameter: Type, index: number): Doc {
    const { desc } = repr(parameter)
    const name = desc.kind === 'variable' && desc.name === '_' ? '_' : `'${this.#printer.nameOf(parameter)}`
    return text(this.#varianceOf(desc.kind === 'variable', index) + name)
  }

  /** `+`, `-` and `!` say what the definition does not show. */
  #varianceOf(isVariable: boolean, index: number): string {
    const { kind, manifest, private: isPrivate, variance } = this.#declaration
    const v = variance[index]
    if (v === undefined || (isVariable && !this.#hidesVariance())) return ''
    const sign = v.contravariant ? (v.covariant ? '' : '-') : '+'
    const showsInjectivity =
      kind.kind === 'abstract' &&
      v.injective &&
      (manifest === undefined || (isPrivate && isPrivateRow(manifest)))
    return sign + (showsInjectivity ? '!' : '')
  }

  #hidesVariance(): boolean {
    const { kind, manifest, private: isPrivate } = this.#declaration
    switch (kind.kind) {
      case 'abstract':
        return manifest === undefined || isPrivate
      case 'record':
        return isPrivate
      case 'variant':
        return isPrivate || kind.constructors.some((description) => description.explicitResult)
      case 'open':
        return manifest === undefined
    }
  }

  #definition(head: Doc, equals: string, manifest: Type | undefined): Doc {
    const { kind } = this.#declaration
    if (kind.kind === 'abstract') {
      if (manifest === undefined) return head
      return concat(head, equals, breakHint(1, 2), this.#printer.print(manifest))
    }
    const named = manifest === undefined ? head : concat(head, ' =', space, this.#printer.print(manifest))
    switch (kind.kind) {
      case 'open':
        return concat(named, equals, ' ..')
      case 'record':
        return concat(named, equals, ' ', labelsDoc(this.#printer, kind.labels))
      case 'variant':
        return concat(named, equals, breakHint(1, 2), this.#constructors(kind.constructors))
    }
  }

  #constructors(constructors: readonly ConstructorDescription[]): Doc {
    if (constructors.length === 0) return text('|')
    const docs = constructors.map((description) =>
      description.explicitResult
        ? constructorDoc(this.#context, description)
        : constructorWith(this.#printer, description),
    )
    return separated(concat(space, '| '), docs)
  }

  #constraints(): Doc {
    const constrained = this.#declaration.parameters.filter((p) => repr(p).desc.kind !== 'variable')
    const docs = constrained.map((parameter) =>
      concat(
        space,
        box(
          2,
          `constraint '${this.#printer.nameOf(parameter)} =`,
          space,
          this.#printer.printDefinition(parameter),
        ),
      ),
    )
    return concat(...docs)
  }
}

function labelsDoc(printer: TypePrinter, labels: readonly LabelDescription[]): Doc {
  return concat(
    '{',
    ...labels.map((label) => concat(space, labelWith(printer, label))),
    breakHint(1, -2),
    '}',
  )
}

function labelWith(printer: TypePrinter, label: LabelDescription): Doc {
  return box(2, `${label.mutable ? 'mutable ' : ''}${label.name} :`, space, printer.print(label.type), ';')
}

/** One label on its own, in a message. */
export function labelDoc(context: PrintContext, label: LabelDescription): Doc {
  const printer = new TypePrinter(context.env)
  printer.mark(label.type)
  return labelWith(printer, label)
}

function markConstructor(printer: TypePrinter, description: ConstructorDescription): void {
  if (description.explicitResult) printer.mark(description.result)
  const types = description.inlined?.map((label) => label.type) ?? description.arguments
  for (const type of types) printer.mark(type)
}

function argumentsDoc(printer: TypePrinter, description: ConstructorDescription): Doc {
  if (description.inlined !== undefined) return labelsDoc(printer, description.inlined)
  const types = description.arguments.map((argument) => printer.printSimple(argument))
  return separated(concat(' *', space), types)
}

function constructorWith(printer: TypePrinter, description: ConstructorDescription): Doc {
  const name = description.name === '::' ? '(::)' : description.name
  const isConstant = description.arity === 0
  if (description.explicitResult) {
    // The result gives the variables their names.
    const result = printer.printSimple(description.result)
    const args = isConstant ? empty : concat(argumentsDoc(printer, description), ' -> ')
    return box(2, `${name} :`, space, args, result)
  }
  return isConstant ? text(name) : box(2, `${name} of`, space, argumentsDoc(printer, description))
}

/** One constructor on its own, with names for its own variables. */
export function constructorDoc(context: PrintContext, description: ConstructorDescription): Doc {
  const printer = new TypePrinter(context.env)
  markConstructor(printer, description)
  return constructorWith(printer, description)
}

// ---------------------------------------------------------------------------------------------------------
// Extension constructors

function exceptionDoc(context: PrintContext, declaration: ExtensionDeclaration): Doc {
  return box(2, 'exception ', constructorDoc(context, declaration.constructor))
}

/** `type t += A | B …`: the constructors of one extension. */
export function extensionDoc(context: PrintContext, group: readonly ExtensionDeclaration[]): Doc {
  const [first] = group as readonly [ExtensionDeclaration]
  const printer = new TypePrinter(context.env)
  for (const parameter of first.parameters) printer.markParameter(parameter)
  for (const { constructor: description } of group)
    if (!description.explicitResult) markConstructor(printer, description)
  const constructors = group.map(({ constructor: description }) =>
    description.explicitResult ? constructorDoc(context, description) : constructorWith(printer, description),
  )
  const path = printTypePath(context.env, first.path)
  const names = first.parameters.map((parameter) => parameterName(printer, parameter))
  const separator = concat(space, '| ')
  const privacy = first.constructor.private ? ' private' : ''
  const head = concat('type ', extendedDoc(names, path), ` +=${privacy}`)
  return hvBox(2, head, breakHint(1, 2), separated(separator, constructors))
}

function parameterName(printer: TypePrinter, parameter: Type): string {
  const { desc } = repr(parameter)
  return desc.kind === 'variable' && desc.name === '_' ? '_' : `'${printer.nameOf(parameter)}`
}

function extendedDoc(names: readonly string[], path: string): Doc {
  if (names.length === 0) return text(path)
  if (names.length === 1) return box(0, names[0] as string, space, path)
  return box(0, '(', box(0, separated(concat(',', space), names), ')'), space, path)
}

// ---------------------------------------------------------------------------------------------------------
// Module types

/** Some of a functor type's parameters, then what follows them. */
interface FlatFunctor {
  readonly parameters: readonly FunctorParameter[]
  readonly result: ModuleType
}

export function flattenFunctor(type: ModuleType): FlatFunctor {
  const parameters: FunctorParameter[] = []
  let result = type
  while (result.kind === 'functor') {
    parameters.push(result.parameter)
    result = result.body
  }
  return { parameters, result }
}

export function addFunctorParameter(env: Env, parameter: FunctorParameter): Env {
  if (parameter.kind === 'unit' || parameter.ident === undefined) return env
  return addModule(env, parameter.ident, parameter.type)
}

export function moduleTypeDoc(context: PrintContext, type: ModuleType): Doc {
  return type.kind === 'functor' ? functorDoc(context, type) : simpleModuleTypeDoc(context, type)
}

function simpleModuleTypeDoc(context: PrintContext, type: ModuleType): Doc {
  switch (type.kind) {
    case 'ident':
      return text(printModulePath(type.path))
    case 'alias':
      return text(`(module ${printModulePath(type.path)})`)
    case 'functor':
      return concat('(', moduleTypeDoc(context, type), ')')
    case 'signature':
      if (type.items.length === 0) return text('sig end')
      return hvBox(2, 'sig', space, itemsDoc(context, type.items), breakHint(1, -2), 'end')
  }
}

/** `Stdlib.M` and `Stdlib__M` print as `M`. */
export function printModulePath(path: Path): string {
  return printPath(path).replace(/^Stdlib\.(?=[A-Z])/, '')
}

function functorDoc(context: PrintContext, type: ModuleType): Doc {
  const { parameters, result } = flattenFunctor(type)
  const docs: Doc[] = []
  let inner = context
  for (let i = 0; i < parameters.length; ) {
    const run = namedRun(parameters, i)
    if (run.length === 0) {
      docs.push(concat(anonymousDoc(inner, parameters[i] as FunctorParameter), ' ->', space))
      i += 1
      continue
    }
    const named = run.map((parameter) => {
      const doc = parameterDoc(inner, parameter)
      inner = { ...inner, env: addFunctorParameter(inner.env, parameter) }
      return doc
    })
    docs.push(concat(box(2, 'functor', space, separated(space, named)), space, '->', space))
    i += run.length
  }
  return box(2, ...docs, simpleModuleTypeDoc(inner, result))
}

const isAnonymous = (parameter: FunctorParameter): boolean =>
  parameter.kind === 'named' && parameter.ident === undefined

/** From `start` to the last parameter with a name; empty when `start` has none. */
function namedRun(parameters: readonly FunctorParameter[], start: number): readonly FunctorParameter[] {
  if (isAnonymous(parameters[start] as FunctorParameter)) return []
  let end = parameters.length
  while (isAnonymous(parameters[end - 1] as FunctorParameter)) end -= 1
  return parameters.slice(start, end)
}

function anonymousDoc(context: PrintContext, parameter: FunctorParameter): Doc {
  return parameter.kind === 'unit' ? text('()') : simpleModuleTypeDoc(context, parameter.type)
}

export function parameterDoc(context: PrintContext, parameter: FunctorParameter): Doc {
  if (parameter.kind === 'unit') return text('()')
  return concat(`(${parameter.ident?.name ?? '_'} : `, moduleTypeDoc(context, parameter.type), ')')
}

// ---------------------------------------------------------------------------------------------------------
// Signatures

const typeKeywords = { not: 'type nonrec', first: 'type', next: 'and' } as const
const moduleKeywords = { not: 'module', first: 'module rec', next: 'and' } as const

type Item<Kind extends SignatureItem['kind']> = Extract<SignatureItem, { kind: Kind }>

export interface PrintedItem {
  readonly item: SignatureItem
  readonly doc: Doc
}

/**
 * Each item is printed where it and those before it are known; constructors of one extension are one item. With `before`, the
 * environment has all of them already, and `before` is the one without them.
 */
export function printItems(context: PrintContext, items: Signature, before?: Env): readonly PrintedItem[] {
  let inner = context
  const printed: PrintedItem[] = []
  const accompanying = accompanyingItems(items)
  for (let i = 0; i < items.length; ) {
    const item = items[i] as SignatureItem
    if (accompanying.has(item)) {
      i += 1
      continue
    }
    const group = extensionGroup(items, i)
    if (before === undefined) inner = { ...inner, env: addSignature(inner.env, recursionGroup(items, i)) }
    const isNonrec = item.kind === 'type' && item.recursion === 'not' && before !== undefined
    const at = isNonrec ? { ...inner, env: before } : inner
    printed.push({ item, doc: group.length > 1 ? extensionDoc(at, group) : itemDoc(at, item) })
    i += Math.max(1, group.length)
  }
  return printed
}

function itemsDoc(context: PrintContext, items: Signature): Doc {
  const docs = printItems(context, items).map(({ doc }) => doc)
  return separated(space, docs)
}

/** The class types and types that come with classes, and the types that come with class types. */
function accompanyingItems(items: Signature): ReadonlySet<SignatureItem> {
  const found = new Set<SignatureItem>()
  items.forEach((item, i) => {
    const next = items[i + 1]
    const comesWith =
      next?.kind === 'class-type'
        ? item.kind === 'class'
        : next?.kind === 'type' && item.kind === 'class-type'
    if (next !== undefined && comesWith && next.ident.name === item.ident.name) found.add(next)
  })
  return found
}

/** The item at `start`, and those that are declared together with it. */
function recursionGroup(items: Signature, start: number): Signature {
  let end = start + 1
  const continues = (item: SignatureItem | undefined) =>
    item !== undefined && 'recursion' in item && item.recursion === 'next'
  if (continues(items[start])) return []
  while (continues(items[end])) end += 1
  return items.slice(start, end)
}

/** The extension declarations from `start` on that were written as one. */
function extensionGroup(items: Signature, start: number): readonly ExtensionDeclaration[] {
  const group: ExtensionDeclaration[] = []
  for (let i = start; i < items.length; i += 1) {
    const item = items[i] as SignatureItem
    if (item.kind !== 'extension' || item.declaration.isException) break
    if (group.length > 0 && !item.declaration.continues) break
    group.push(item.declaration)
  }
  return group
}

export function itemDoc(context: PrintContext, item: SignatureItem): Doc {
  switch (item.kind) {
    case 'value':
      return valueDoc(context, item.ident.name, item.description)
    case 'type':
      return typeDeclarationDoc(context, item.ident, item.declaration, typeKeywords[item.recursion])
    case 'extension':
      return item.declaration.isException
        ? exceptionDoc(context, item.declaration)
        : extensionDoc(context, [item.declaration])
    case 'module':
      return moduleDoc(context, item)
    case 'module-type':
      return moduleTypeDeclarationDoc(context, item.ident.name, item.type)
    case 'class': {
      const keyword = item.recursion === 'next' ? 'and' : 'class'
      return classDoc(context.env, item.ident.name, item.declaration, keyword)
    }
    case 'class-type': {
      const keyword = item.recursion === 'next' ? 'and' : 'class type'
      return classTypeDeclarationDoc(context.env, item.ident.name, item.declaration, keyword)
    }
  }
}

function moduleDoc(context: PrintContext, { ident, type, recursion }: Item<'module'>): Doc {
  if (type.kind === 'alias') return box(2, `module ${ident.name} =`, space, printModulePath(type.path))
  return box(2, `${moduleKeywords[recursion]} ${ident.name} :`, space, moduleTypeDoc(context, type))
}

export function moduleTypeDeclarationDoc(
  context: PrintContext,
  name: string,
  type: ModuleType | undefined,
): Doc {
  if (type === undefined) return box(2, `module type ${name}`)
  return box(2, `module type ${name} =`, space, moduleTypeDoc(context, type))
}

/** A whole interface; `env` is the environment around it. Ends without a newline. */
export function printSignature(env: Env, signature: Signature): string {
  return render(vBox(0, itemsDoc(printContext(env), signature)))
}
