/**
 * Keys of types: two types with the same key are the same type, with abbreviations expanded.
 */

import type { Env } from '../typing/env.ts'
import { expandHeadPrivate } from '../typing/expand.ts'
import { flattenRow } from '../typing/rows.ts'
import { componentsOfDesc, pathKey, rowFieldState } from '../typing/subst.ts'
import { type Row, repr, type Type, type TypeDesc } from '../typing/types.ts'
import { BorderError } from './border-error.ts'

/** A type of more characters than this grows without end. */
const longest = 20_000

/** With `closed`, undefined if the type has variables. Throws `BorderError`. */
export function typeKey(env: Env, type: Type, closed: boolean): string | undefined {
  const writer = new KeyWriter(env)
  writer.type(type)
  return closed && writer.hasVariables ? undefined : writer.text
}

class KeyWriter {
  private readonly env: Env
  private readonly numbers = new Map<Type, number>()
  /** The types around the present one, and the abbreviations among them as they were written: each expansion makes new nodes. */
  private readonly around = new Map<Type | string, number>()
  private readonly nodes = new Map<Type, number>()
  /** Variables that a polymorphic method binds. */
  private readonly bound = new Set<Type>()
  text = ''
  hasVariables = false

  constructor(env: Env) {
    this.env = env
  }

  type(type: Type): void {
    const t = expandHeadPrivate(this.env, repr(type))
    const written = this.written(repr(type))
    const outer = this.around.get(t) ?? this.around.get(written)
    if (outer !== undefined) {
      this.text += `^${outer}`
      return
    }
    const depth = this.around.size
    this.around.set(t, depth)
    this.around.set(written, depth)
    this.description(t)
    this.around.delete(t)
    this.around.delete(written)
  }

  /** A type constructor with its arguments, nothing expanded; what is in other types is told apart by nodes. */
  private written(t: Type): Type | string {
    const { desc } = t
    return desc.kind === 'constructor' ? this.writtenConstructor(desc) : t
  }

  private writtenConstructor({ path, arguments: args }: Extract<TypeDesc, { kind: 'constructor' }>): string {
    const parts = args.map((a) => {
      const { desc } = repr(a)
      return desc.kind === 'constructor' ? this.writtenConstructor(desc) : String(this.node(repr(a)))
    })
    return `${pathKey(path)}(${parts.join(' ')})`
  }

  private node(t: Type): number {
    const number = this.nodes.get(t) ?? this.nodes.size
    this.nodes.set(t, number)
    return number
  }

  private description(t: Type): void {
    const { desc } = t
    if (desc.kind === 'variable' || desc.kind === 'universal') return this.variable(t)
    if (desc.kind === 'poly') for (const bound of desc.variables) this.bound.add(repr(bound))
    this.text += `${desc.kind}(`
    if (this.text.length > longest) throw new BorderError('a type has no finite description')
    if (desc.kind === 'constructor' || desc.kind === 'package') this.text += pathKey(desc.path)
    if (desc.kind === 'arrow') this.text += desc.synchronous ? '=>' : desc.label
    if (desc.kind === 'field') this.text += desc.name
    if (desc.kind === 'variant') this.row(desc.row)
    else for (const part of componentsOfDesc(desc)) this.part(part)
    this.text += ')'
  }

  private part(type: Type): void {
    this.text += ' '
    this.type(type)
  }

  private variable(t: Type): void {
    if (!this.bound.has(t)) this.hasVariables = true
    const number = this.numbers.get(t) ?? this.numbers.size
    this.numbers.set(t, number)
    this.text += `'${number}`
  }

  private row(row: Row): void {
    const { fields, closed } = flattenRow(row)
    this.text += closed ? '' : '>'
    for (const tag of [...fields.keys()].sort()) {
      const state = rowFieldState(fields.get(tag)!)
      if (state.kind === 'absent') continue
      this.text += `\`${tag}`
      if (state.kind === 'present' && state.argument !== undefined) this.part(state.argument)
      if (state.kind === 'either') for (const argument of state.arguments) this.part(argument)
    }
  }
}
