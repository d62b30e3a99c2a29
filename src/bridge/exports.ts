/**
 * What Erlang can call of a unit: the values of its interface, as functions.
 *
 * The arity is the number of arrows as written (an abbreviation of a function type is looked into only if nothing else is there). Labels make no
 * difference. `f : unit -> t` has arity 0, and 1 with `ok`. Optional parameters are either all left out (each gets None) or all there, as options.
 * A value that is no function has arity 0; an asynchronous channel also has arity 1, which sends to it.
 */

import { maxCurriedArity } from '../codegen/prelude-table.ts'
import { type Env, findUnit, type StructureComponents } from '../typing/env.ts'
import { expandHeadPrivate } from '../typing/expand.ts'
import type { Address } from '../typing/ident.ts'
import { initialEnv } from '../typing/infer.ts'
import { predefinedType, unitType } from '../typing/predef.ts'
import { type ArrowLabel, repr, type Signature, type Type } from '../typing/types.ts'
import { BorderError } from './border-error.ts'
import type { ChannelKind, Codec } from './codec.ts'
import { CodecDeriver, isSynchronousChannel, sequenceElement } from './derive.ts'
import { erlangNames } from './names.ts'
import { renderType } from './render-type.ts'

/** One way to call an exported value. */
export interface CallForm {
  /** What the caller gives. */
  readonly parameters: readonly Codec[]
  /** For each parameter of the function: the number of the argument it gets, or -1 for None or (). */
  readonly sources: readonly number[]
  readonly result: Codec
  /** The same as types. */
  readonly arrows: Arrows
}

export interface ExportedFunction {
  readonly unit: string
  readonly name: string
  /** The field of the module block. */
  readonly position: number
  /** As OCaml prints it. */
  readonly type: string
  /** By arity; the first one is the usual one. */
  readonly forms: ReadonlyMap<number, CallForm>
  readonly arity: number
  /** Set for a channel: its form with one parameter is what a message to it does. */
  readonly channel: ChannelKind | undefined
}

/** A function's type, as far as its arrows are written, but for the parameters that are left out. */
export interface Arrows {
  readonly parameters: readonly Parameter[]
  readonly result: Type
}

export interface Parameter {
  readonly label: ArrowLabel
  readonly type: Type
}

/** A value of the interface that cannot be called, and why. */
export interface RefusedExport {
  readonly name: string
  readonly type: string
  readonly reason: string
}

export interface UnitExports {
  readonly functions: ReadonlyMap<string, ExportedFunction>
  readonly refused: readonly RefusedExport[]
}

/** An environment from which all units are seen from outside. */
export function borderEnv(loadInterface: (unit: string) => Signature | undefined): Env {
  return initialEnv(loadInterface)
}

export function componentsOfUnit(env: Env, unit: string): StructureComponents | undefined {
  const components = findUnit(env, unit)?.components
  return components?.kind === 'structure' ? components : undefined
}

/** The field of a unit's module block that an address names. */
export function fieldPosition(address: Address | undefined): number | undefined {
  return address?.kind === 'field' && address.module.kind === 'unit' ? address.position : undefined
}

export function exportsOf(env: Env, unit: string): UnitExports {
  const functions = new Map<string, ExportedFunction>()
  const refused: RefusedExport[] = []
  for (const [name, entries] of componentsOfUnit(env, unit)?.values ?? []) {
    const entry = entries[0]
    const position = fieldPosition(entry?.address)
    if (entry === undefined) continue
    const { type } = entry.description
    const text = renderType(env, type)
    try {
      if (position === undefined) throw new BorderError('an external is not a value of its module')
      functions.set(name, { unit, name, position, type: text, ...formsOf(env, type) })
    } catch (error) {
      if (!(error instanceof BorderError)) throw error
      refused.push({ name, type: text, reason: error.message })
    }
  }
  return { functions, refused }
}

function arrowsOf(env: Env, type: Type): Arrows {
  const parameters: Parameter[] = []
  let result = repr(type)
  if (result.desc.kind !== 'arrow' && sequenceElement(env, type) === undefined)
    result = expandHeadPrivate(env, type)
  while (result.desc.kind === 'arrow') {
    parameters.push({ label: result.desc.label, type: result.desc.parameter })
    result = repr(result.desc.result)
  }
  return { parameters, result }
}

function formsOf(env: Env, type: Type): Pick<ExportedFunction, 'forms' | 'arity' | 'channel'> {
  const arrows = arrowsOf(env, type)
  const { parameters } = arrows
  if (parameters.length > maxCurriedArity) throw new BorderError(`more than ${maxCurriedArity} parameters`)
  const deriver = new CodecDeriver(env, erlangNames, true)
  const codecs = parameters.map((p) => deriver.codecOf(p.type))
  const result = deriver.codecOf(arrows.result)
  const optional = parameters.map((p) => p.label.startsWith('?'))
  const forms = new Map<number, CallForm>()
  const add = (given: (index: number) => boolean): void => {
    const form = formOf(codecs, given, result, arrows)
    if (!forms.has(form.parameters.length)) forms.set(form.parameters.length, form)
  }
  const required = parameters.filter((_, i) => !optional[i])
  if (required.length === 1 && isUnit(env, required[0]?.type as Type)) add(() => false)
  add((i) => !optional[i])
  add(() => true)
  const message = parameters.length === 0 ? messageOf(env, arrows.result) : undefined
  if (message !== undefined) forms.set(1, sendForm(message, deriver.codecOf(message)))
  const [arity] = forms.keys()
  const channel = message === undefined ? synchronous(env, type) : 'asynchronous'
  return { forms, arity: arity as number, channel }
}

function formOf(
  codecs: readonly Codec[],
  given: (index: number) => boolean,
  result: Codec,
  arrows: Arrows,
): CallForm {
  let next = 0
  return {
    parameters: codecs.filter((_, i) => given(i)),
    sources: codecs.map((_, i) => (given(i) ? next++ : -1)),
    result,
    arrows: { parameters: arrows.parameters.filter((_, i) => given(i)), result: arrows.result },
  }
}

/** Sends to an asynchronous channel. */
function sendForm(message: Type, codec: Codec): CallForm {
  const arrows: Arrows = { parameters: [{ label: '', type: message }], result: unitType }
  return { parameters: [codec], sources: [0], result: { kind: 'unit' }, arrows }
}

/** What is sent to an asynchronous channel; undefined for another type. */
function messageOf(env: Env, type: Type): Type | undefined {
  const { desc } = expandHeadPrivate(env, type)
  return desc.kind === 'constructor' && predefinedType(desc.path) === '<<>>' ? desc.arguments[0] : undefined
}

function synchronous(env: Env, type: Type): ChannelKind | undefined {
  const { desc } = expandHeadPrivate(env, type)
  return desc.kind === 'arrow' && isSynchronousChannel(desc) ? 'synchronous' : undefined
}

function isUnit(env: Env, type: Type): boolean {
  const { desc } = expandHeadPrivate(env, type)
  return desc.kind === 'constructor' && predefinedType(desc.path) === 'unit'
}
