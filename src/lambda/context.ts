/**
 * What translation carries downwards, and the pieces that every part of it uses: addresses, source places, the
 * failures that OCaml raises by itself.
 *
 * The parts of translation call each other through the context, so their files do not import each other in circles.
 */

import { Crash } from '../base/diagnostic.ts'
import { lineColumn, type Region } from '../base/region.ts'
import type { Env } from '../typing/env.ts'
import { extensionAddress } from '../typing/env.ts'
import type { Address, Ident, Path } from '../typing/ident.ts'
import { printPath } from '../typing/ident.ts'
import { predefinedException } from '../typing/predef.ts'
import type {
  Expression,
  ModuleCoercion,
  ModuleExpression,
  StructuredConstant,
} from '../typing/typed-tree.ts'
import { block, field, raise, structured, variable } from './build.ts'
import type { Binder, Lambda } from './lambda.ts'

export interface Context {
  readonly unit: string
  /** For the names of functions: "List", "Foo.M.f". */
  readonly path: string
  /** For the names of exceptions; undefined where OCaml names them without their module (local ones). */
  readonly exceptionPath: string | undefined
  /** Stamps of variables that hold a caught exception: raising one again is a re-raise. */
  readonly caught: ReadonlySet<number>
  /** Whether what is translated is evaluated once at most: it stands in no function and no functor. */
  readonly once: boolean
  /** Stamps of the idents that structures bind which are evaluated once. */
  readonly globals: Set<number>
  /** Bindings that the unit begins with. */
  readonly hoisted: { readonly binder: Binder; readonly value: Lambda }[]
  /** Where a process stands that is translated. */
  readonly place: Place
  /** Where replies go, by the stamps of their channels. */
  readonly replies: ReadonlyMap<number, ReplyTarget>
  readonly expression: (expression: Expression, context: Context) => Lambda
  readonly module: (module: ModuleExpression, context: Context, coercion?: ModuleCoercion) => Lambda
}

/**
 * Whose thread runs a process: a task, which can go on with any branch of it; the caller of a channel, who must not be kept once it has
 * its reply; somebody else.
 */
export type Place = 'task' | 'elsewhere' | { readonly replies: Ident }

export type ReplyTarget =
  | { readonly kind: 'continuation'; readonly continuation: Ident }
  /** The reply is the result of the function that this is in. */
  | { readonly kind: 'jump'; readonly label: number }

/** The context inside something of this name. */
export function inside(context: Context, name: string): Context {
  return { ...context, path: memberName(context.path, name) }
}

/** The name of something in `path`; at the prompt that is empty. */
export function memberName(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** The context of functions and the like: exceptions defined there are local. */
export function inExpression(context: Context): Context {
  const { exceptionPath, once } = context
  return exceptionPath === undefined && !once
    ? context
    : { ...context, exceptionPath: undefined, once: false }
}

/** The fields of the unit `caml_predef`. */
export const predefinedExceptions = [
  'Out_of_memory',
  'Sys_error',
  'Failure',
  'Invalid_argument',
  'End_of_file',
  'Division_by_zero',
  'Not_found',
  'Match_failure',
  'Stack_overflow',
  'Sys_blocked_io',
  'Assert_failure',
  'Undefined_recursive_module',
] as const

export type PredefinedException = (typeof predefinedExceptions)[number]

export function predefinedConstructor(name: PredefinedException): Lambda {
  return field(predefinedExceptions.indexOf(name), { kind: 'unit', name: 'caml_predef' }, 'pointer')
}

export function addressTerm(address: Address): Lambda {
  switch (address.kind) {
    case 'local': {
      const name = predefinedException(address.ident)
      return name === undefined ? variable(address.ident) : predefinedConstructor(name as PredefinedException)
    }
    case 'unit':
      return { kind: 'unit', name: address.name }
    case 'field':
      return field(address.position, addressTerm(address.module))
  }
}

/** The block of an exception constructor or an extension constructor. */
export function extensionTerm(env: Env, path: Path): Lambda {
  const address = extensionAddress(env, path) ?? localAddress(path)
  if (address === undefined) throw new Crash(`no address of the constructor ${printPath(path)}`)
  return addressTerm(address)
}

function localAddress(path: Path): Address | undefined {
  return path.kind === 'ident' ? { kind: 'local', ident: path.ident } : undefined
}

const intConstant = (value: number): StructuredConstant => ({
  kind: 'constant',
  constant: { kind: 'int', value: BigInt(value) },
})

/** The triple (file, line, column) of a region's start. */
export function placeConstant(region: Region): StructuredConstant {
  const { line, column } = lineColumn(region.source, region.start)
  const bytes = new TextEncoder().encode(region.source.name)
  const file: StructuredConstant = { kind: 'constant', constant: { kind: 'string', bytes } }
  return { kind: 'block', tag: 0, fields: [file, intConstant(line), intConstant(column)] }
}

/** Raises an exception whose argument is the place. */
export function raiseAtPlace(
  name: 'Match_failure' | 'Assert_failure' | 'Undefined_recursive_module',
  region: Region,
): Lambda {
  return raise(
    block(0, false, [predefinedConstructor(name), structured(placeConstant(region))], region),
    region,
  )
}
