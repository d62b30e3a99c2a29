/** `#show` and its kin: what a name means, as a signature shows it. */

import { type Diagnostic, DiagnosticError } from '../../base/diagnostic.ts'
import type { LongName } from '../../syntax/ast.ts'
import { type Env, findModule, findType, type ModuleEntry } from '../../typing/env.ts'
import { freshIdent, type Ident } from '../../typing/ident.ts'
import {
  lookupClass,
  lookupClassType,
  lookupConstructors,
  lookupModule,
  lookupModuleType,
  lookupType,
  lookupValue,
  printLongName,
} from '../../typing/lookup.ts'
import { exnType } from '../../typing/predef.ts'
import { box, concat, type Doc, render, separated, space, vBox } from '../../typing/pretty.ts'
import { itemDoc, printModulePath } from '../../typing/print-signature.ts'
import { type ConstructorDescription, type ModuleType, repr, type SignatureItem } from '../../typing/types.ts'
import type { Toplevel } from './toplevel.ts'

/** What a name means in one name space; a diagnostic is thrown when it means nothing there. */
type Query = (env: Env, name: LongName) => readonly Doc[]

const item = (env: Env, description: SignatureItem): Doc =>
  itemDoc({ env, weak: { names: new Map() } }, description)

const lastName = (name: LongName): string => (name.kind === 'apply' ? '' : name.name)

/** Has the name that was asked for. */
const named = (name: LongName): Ident => ({ ...freshIdent(lastName(name)) })

function showValue(env: Env, name: LongName): Doc[] {
  const { description } = lookupValue(env, name)
  return [item(env, { kind: 'value', ident: named(name), description })]
}

function showType(env: Env, name: LongName): Doc[] {
  const { description, path } = lookupType(env, name)
  const ident = path.kind === 'ident' ? path.ident : named(name)
  return [item(env, { kind: 'type', ident, declaration: description, recursion: 'first' })]
}

const isException = ({ tag, result }: ConstructorDescription): boolean =>
  tag.kind === 'extension' && sameHead(result, exnType)

function sameHead(a: ConstructorDescription['result'], b: ConstructorDescription['result']): boolean {
  const [x, y] = [repr(a).desc, repr(b).desc]
  return (
    x.kind === 'constructor' && y.kind === 'constructor' && JSON.stringify(x.path) === JSON.stringify(y.path)
  )
}

function firstConstructor(env: Env, name: LongName, what: string): ConstructorDescription {
  const [found] = lookupConstructors(env, name)
  if (found !== undefined) return found.description
  throw new DiagnosticError({
    severity: 'error',
    region: name.region,
    message: `Unbound ${what} ${printLongName(name)}`,
  })
}

function extensionDoc(env: Env, name: LongName, description: ConstructorDescription): Doc[] {
  const result = repr(description.result).desc
  if (result.kind !== 'constructor') return []
  const declaration = {
    path: result.path,
    parameters: result.arguments,
    constructor: description,
    isException: isException(description),
    region: description.region,
  }
  return [item(env, { kind: 'extension', ident: named(name), declaration })]
}

function showConstructor(env: Env, name: LongName): Doc[] {
  const found = firstConstructor(env, name, 'constructor')
  if (isException(found)) return []
  if (found.tag.kind === 'extension') return extensionDoc(env, name, found)
  const result = repr(found.result).desc
  if (result.kind !== 'constructor') return []
  const declaration = findType(env, result.path)
  if (declaration === undefined) return []
  const ident = result.path.kind === 'ident' ? result.path.ident : freshIdent(typeName(result.path))
  return [item(env, { kind: 'type', ident, declaration, recursion: 'first' })]
}

const typeName = (path: { readonly kind: string; readonly name?: string }): string => path.name ?? ''

function showException(env: Env, name: LongName): Doc[] {
  const found = firstConstructor(env, name, 'constructor')
  return isException(found) ? extensionDoc(env, name, found) : []
}

/** An alias is shown as one, then as what it is. */
function showModule(env: Env, name: LongName): Doc[] {
  const own = lastName(name)
  if (own.charAt(0) === own.charAt(0).toLowerCase()) return []
  const entry = lookupModule(env, name)
  const alias = aliasOf(entry)
  const type = withoutAlias(env, entry.description)
  const whole = item(env, { kind: 'module', ident: named(name), type, recursion: 'not' })
  return alias === undefined ? [whole] : [box(2, `module ${own} =`, space, alias), whole]
}

function withoutAlias(env: Env, type: ModuleType): ModuleType {
  if (type.kind !== 'alias') return type
  const target = findModule(env, type.path)
  return target === undefined ? type : withoutAlias(env, target.description)
}

/** The library's units are aliases for OCaml. */
function aliasOf({ description, path }: ModuleEntry): string | undefined {
  if (description.kind === 'alias') return printModulePath(description.path)
  const isUnit = path.kind === 'ident' && path.ident.stamp === 0
  return isUnit && path.ident.name !== 'Stdlib' ? printModulePath(path) : undefined
}

function showModuleType(env: Env, name: LongName): Doc[] {
  const { description } = lookupModuleType(env, name)
  return [item(env, { kind: 'module-type', ident: named(name), type: description })]
}

interface Shown {
  readonly query: Query
  readonly summary: string
}

const component = (what: string): string => `Print the signature of the corresponding ${what}.`

function showClass(env: Env, name: LongName): Doc[] {
  const { description } = lookupClass(env, name)
  return [item(env, { kind: 'class', ident: named(name), declaration: description, recursion: 'not' })]
}

function showClassType(env: Env, name: LongName): Doc[] {
  const { description } = lookupClassType(env, name)
  return [item(env, { kind: 'class-type', ident: named(name), declaration: description, recursion: 'not' })]
}

/** In the order in which `#show` asks. */
export const queries: ReadonlyMap<string, Shown> = new Map([
  ['val', { query: showValue, summary: component('value') }],
  ['type', { query: showType, summary: component('type constructor') }],
  ['constructor', { query: showConstructor, summary: component('value constructor') }],
  ['exception', { query: showException, summary: component('exception') }],
  ['module', { query: showModule, summary: component('module') }],
  ['module_type', { query: showModuleType, summary: component('module type') }],
  ['class', { query: showClass, summary: component('class') }],
  ['class_type', { query: showClassType, summary: component('class type') }],
])

/** `#show_val x` and its like. */
export function showOne(top: Toplevel, query: Query, name: LongName): boolean {
  try {
    const docs = query(top.session.env, name)
    if (docs.length === 0) return unknown(top)
    return answer(top, docs)
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error
    top.say(placeless(error.diagnostic))
    return false
  }
}

/** `#show x`: whatever the name means. */
export function showAll(top: Toplevel, name: LongName): boolean {
  const { env } = top.session
  const docs = [...queries.values()].flatMap(({ query }) => meanings(env, query, name))
  return docs.length === 0 ? unknown(top) : answer(top, docs)
}

function meanings(env: Env, query: Query, name: LongName): readonly Doc[] {
  try {
    return query(env, name)
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error
    return []
  }
}

function unknown(top: Toplevel): boolean {
  top.say('Unknown element.\n')
  return false
}

function answer(top: Toplevel, docs: readonly Doc[]): boolean {
  top.say(`${render(concat(vBox(0, separated(space, docs))))}\n`)
  return true
}

/** Directives have no place in the source. */
function placeless({ message, hint }: Diagnostic): string {
  return `Line 1:\nError: ${message}\n${hint === undefined ? '' : `Hint: ${hint}\n`}`
}
