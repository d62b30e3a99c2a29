/**
 * A session of the prompt: one domain, the environment that the phrases so far have made, and where their values are.
 *
 *     items ─ infer ─▶ typed phrase ─ translate, optimise, compile ─▶ unit `//n` ─ link, run ─▶ outcome
 *
 * Each phrase is a unit of its own. Its fields are what it binds; later phrases find them by the stamps of their idents. A phrase
 * that fails leaves the environment as it was.
 */

import { Crash, type Diagnostic } from '../../base/diagnostic.ts'
import { promptName, sourceOfString } from '../../base/region.ts'
import type { Warnings } from '../../base/warnings.ts'
import { type Approximation, compileUnit } from '../../codegen/index.ts'
import { control } from '../../codegen/layout.ts'
import { predefinedExceptions } from '../../lambda/context.ts'
import { optimise } from '../../lambda/optimise.ts'
import { translatePhrase } from '../../lambda/translate.ts'
import { runtimeIdents } from '../../lambda/translate-module.ts'
import type { UnitSummary } from '../../lambda/unit-summary.ts'
import type { StructureItem } from '../../syntax/ast.ts'
import { parseImplementation } from '../../syntax/index.ts'
import { type Env, findUnit } from '../../typing/env.ts'
import { type Address, freshIdent } from '../../typing/ident.ts'
import { inferPhrase, initialEnv } from '../../typing/infer.ts'
import { predefinedException } from '../../typing/predef.ts'
import { newWeakNames } from '../../typing/print-type.ts'
import type { Expression, Structure } from '../../typing/typed-tree.ts'
import type { Type } from '../../typing/types.ts'
import type { Compiler } from '../compiler.ts'
import type { Domain, ThreadEnd } from '../domain.ts'
import { MissingExternal } from '../linker.ts'
import { Program, ProgramError } from '../program.ts'
import { applyClosure } from './apply.ts'
import { HeapView, type Value } from './heap-view.ts'

/** What became of a phrase. Diagnostics come before anything that it does. */
export type PhraseOutcome =
  /** It was refused; the error is among the diagnostics. */
  | { readonly kind: 'refused' }
  /** It calls an external that there is not. */
  | { readonly kind: 'unavailable'; readonly external: string }
  /** A lone expression. */
  | { readonly kind: 'value'; readonly value: Value; readonly type: Type }
  | { readonly kind: 'defined'; readonly structure: Structure; readonly before: Env }
  | { readonly kind: 'exception'; readonly exception: Value }
  | { readonly kind: 'ended'; readonly end: Exclude<ThreadEnd, 'value' | 'exception'> }

interface PhraseUnit {
  readonly summary: UnitSummary
  readonly approximation: Approximation
}

/** How long other threads run after a phrase, while the user reads, in seconds. */
const pause = 0.05

export class Session {
  readonly domain: Domain
  readonly compiler: Compiler
  readonly program: Program
  readonly heap: HeapView
  readonly weak = newWeakNames()
  env: Env
  /** Where nothing has been defined yet. */
  private readonly initial: Env
  private readonly globals = new Map<number, Address>()
  private readonly phrases = new Map<string, PhraseUnit>()
  /** Functions that phrases have bound by name, and those that are opaque, by `addressKey`. */
  private readonly functions = new Map<
    string,
    { readonly expression: Expression; readonly address: Address }
  >()
  private readonly opaque = new Set<string>()
  private lastPhrase = 0

  constructor(domain: Domain, compiler: Compiler) {
    this.domain = domain
    this.compiler = compiler
    this.program = new Program(domain, compiler)
    this.heap = new HeapView(domain.runtime)
    this.env = initialEnv(
      (name) => compiler.interfaceOf(name),
      true,
      compiler.programUnit,
      compiler.unitNames,
    )
    this.initial = this.env
    this.program.load('Stdlib')
    domain.breakException = () => this.libraryValue('Sys', 'Break')
  }

  /** Infers, compiles and runs a phrase. `report` gets its diagnostics before it runs; true refuses the phrase. */
  execute(
    items: readonly StructureItem[],
    warnings: Warnings,
    report: (diagnostics: readonly Diagnostic[]) => boolean,
  ): PhraseOutcome {
    const inferred = inferPhrase(this.env, items, warnings)
    const refused = report(inferred.diagnostics)
    const { structure, env } = inferred
    if (structure === undefined || refused) return { kind: 'refused' }
    try {
      return this.evaluate(structure, env)
    } catch (error) {
      if (!(error instanceof MissingExternal)) throw error
      return { kind: 'unavailable', external: error.external }
    }
  }

  /** Runs a phrase that has been inferred; `env` is the environment after it. */
  private evaluate(structure: Structure, env: Env): PhraseOutcome {
    const asked = loneExpression(structure)
    const end = this.run(asked === undefined ? withOpened(structure) : bindingOf(asked, structure))
    if (end === 'exception') return { kind: 'exception', exception: this.exception() }
    if (end !== 'value') return { kind: 'ended', end }
    const before = this.env
    this.env = env
    if (asked === undefined) return { kind: 'defined', structure: withOpened(structure), before }
    const value = this.valueAt(this.phraseField(0)) as Value
    return { kind: 'value', value, type: asked.type }
  }

  /**
   * Defines things that no other phrase sees, from source text or typed structure; their values by name. They stay where they are found
   * now: `valueAt` tells where that is later.
   */
  define(definition: string | Structure): ReadonlyMap<string, Address> {
    const structure = typeof definition === 'string' ? this.typed(definition) : definition
    const end = structure === undefined ? 'limit' : this.run(structure)
    if (structure === undefined || end !== 'value')
      throw new Crash('a definition of the prompt itself failed')
    return new Map(runtimeIdents(structure).map(({ name }, i) => [name, this.phraseField(i)]))
  }

  private typed(text: string): Structure | undefined {
    const items = parseImplementation(sourceOfString(promptName, text))
    return inferPhrase(this.initial, items).structure
  }

  /** The function that a phrase has bound at an address, when it has bound it by name. */
  functionAt(address: Address): Expression | undefined {
    return this.functions.get(addressKey(address))?.expression
  }

  /** The functions that the phrase of a function has bound by name. */
  functionsBeside(address: Address): readonly Address[] {
    const unit = addressKey(address).replace(/\..*/, '.')
    const beside = [...this.functions].filter(([key]) => key.startsWith(unit))
    return beside.map(([, found]) => found.address)
  }

  /**
   * From now on, whoever calls the function at an address looks at its closure first, instead of knowing what it is; the result
   * undoes that.
   */
  makeOpaque(address: Address): () => void {
    const key = addressKey(address)
    const was = this.opaque.has(key)
    this.opaque.add(key)
    return () => {
      if (!was) this.opaque.delete(key)
    }
  }

  /** Runs a unit of the program, after what it imports. Throws `DiagnosticError`. */
  load(unit: string): PhraseOutcome {
    try {
      this.program.load(unit)
      const { env } = this
      return { kind: 'defined', structure: { items: [], signature: [], env }, before: env }
    } catch (error) {
      if (!(error instanceof ProgramError) || error.end === 'value') throw error
      if (error.end === 'exception') return { kind: 'exception', exception: this.exception() }
      return { kind: 'ended', end: error.end }
    }
  }

  /** A unit that was looked for in vain may be there now. */
  forgetUnit(name: string): void {
    this.compiler.forget(name)
    this.env.store.units.delete(name)
  }

  private phraseField(position: number): Address {
    return { kind: 'field', module: { kind: 'unit', name: phraseName(this.lastPhrase) }, position }
  }

  private exception(): Value {
    return this.heap.word(control.exception)
  }

  private run(structure: Structure): ThreadEnd {
    this.lastPhrase += 1
    const name = phraseName(this.lastPhrase)
    const lambda = translatePhrase(name, structure, this.globals)
    for (const imported of lambda.imports) this.build(imported)
    const { unit, summary } = optimise(lambda, (other) => this.summaryOf(other))
    for (const imported of unit.imports) this.build(imported)
    const compiled = compileUnit(unit, (other) => this.approximationOf(other))
    this.program.linkAll()
    const linked = this.domain.link(compiled)
    const end = this.domain.initialise(linked)
    if (end === 'value') {
      this.phrases.set(name, { summary, approximation: compiled.approximation })
      runtimeIdents(structure).forEach(({ stamp }, i) => {
        this.globals.set(stamp, this.phraseField(i))
      })
      this.noteFunctions(structure)
      this.domain.settle(pause)
    }
    return end
  }

  private build(name: string): void {
    if (!this.phrases.has(name)) this.compiler.build(name)
  }

  private summaryOf(name: string): UnitSummary | undefined {
    const summary = this.phrases.get(name)?.summary ?? this.compiler.summaryOf(name)
    if (summary === undefined || this.opaque.size === 0) return summary
    const fields = this.masked(summary.fields, name, (f) => (f?.kind === 'block' ? f.fields : undefined))
    return { ...summary, fields: fields.map((f) => f ?? { kind: 'unknown' }) }
  }

  private approximationOf(name: string): Approximation | undefined {
    const known = this.phrases.get(name)?.approximation ?? this.compiler.approximationOf(name)
    if (known?.kind !== 'block' || this.opaque.size === 0) return known
    return {
      kind: 'block',
      fields: this.masked(known.fields, name, (f) => (f?.kind === 'block' ? f.fields : undefined)),
    }
  }

  /** What is known of a module's fields without those that are opaque. */
  private masked<Known extends { readonly kind: string }>(
    fields: readonly (Known | undefined)[],
    path: string,
    inside: (known: Known | undefined) => readonly (Known | undefined)[] | undefined,
  ): readonly (Known | undefined)[] {
    return fields.map((known, i) => {
      const key = `${path}.${i}`
      if (this.opaque.has(key)) return undefined
      const inner = inside(known)
      const isAffected = inner !== undefined && [...this.opaque].some((each) => each.startsWith(`${key}.`))
      return isAffected ? ({ ...known, fields: this.masked(inner, key, inside) } as unknown as Known) : known
    })
  }

  private noteFunctions({ items }: Structure): void {
    for (const item of items) {
      if (item.kind !== 'value') continue
      for (const { pattern, expression } of item.bindings) {
        if (pattern.kind !== 'variable' || expression.kind !== 'function') continue
        const address = this.globals.get(pattern.ident.stamp)
        if (address !== undefined) this.functions.set(addressKey(address), { expression, address })
      }
    }
  }

  /** Where a name of the session is, starting from a unit. */
  located(address: Address): Address | undefined {
    if (address.kind === 'local') return this.globals.get(address.ident.stamp)
    if (address.kind === 'unit') return address
    const module = this.located(address.module)
    return module === undefined ? undefined : { ...address, module }
  }

  // -------------------------------------------------------------------------------------------------------
  // Values

  /** The value at an address of the session; undefined when there is none. */
  valueAt(address: Address): Value | undefined {
    switch (address.kind) {
      case 'local': {
        const predefined = predefinedException(address.ident)
        if (predefined !== undefined) return this.predefinedException(predefined)
        const global = this.globals.get(address.ident.stamp)
        return global === undefined ? undefined : this.valueAt(global)
      }
      case 'unit': {
        const unit = this.domain.linker.unit(address.name) ?? this.program.load(address.name).linked
        return BigInt(unit.block)
      }
      case 'field': {
        const module = this.valueAt(address.module)
        return module === undefined ? undefined : this.heap.field(module, address.position)
      }
    }
  }

  /** A value or an exception of a unit of the library, if that is linked. */
  libraryValue(unit: string, name: string): Value | undefined {
    if (this.domain.linker.unit(unit) === undefined) return undefined
    const { components } = findUnit(this.env, unit) ?? {}
    if (components?.kind !== 'structure') return undefined
    const entry = components.values.get(name)?.[0] ?? components.constructors.get(name)?.[0]
    return entry?.address === undefined ? undefined : this.valueAt(entry.address)
  }

  /** Applies a function; undefined when it does not return. */
  apply(closure: Value, args: readonly Value[]): Value | undefined {
    const end = this.domain.runToEnd((sp) => applyClosure(this.domain.linker, this.heap, closure, sp, args))
    return end === 'value' ? this.heap.word(control.resumeValue) : undefined
  }

  predefinedException(name: string): Value {
    const index = (predefinedExceptions as readonly string[]).indexOf(name)
    if (index < 0) throw new Crash(`no exception ${name}`)
    return this.heap.field(BigInt(this.domain.runtime.exports.caml_predef()), index)
  }
}

/** An address that starts from a unit, as a text: `Unit.3.0`. */
function addressKey(address: Address): string {
  if (address.kind === 'unit') return address.name
  return address.kind === 'local'
    ? `${address.ident.stamp}`
    : `${addressKey(address.module)}.${address.position}`
}

const phraseName = (number: number): string => `//${number}`

/** The expression of a phrase that is nothing else, `_` bound to it included. */
function loneExpression({ items }: Structure): Expression | undefined {
  const [item] = items
  if (item === undefined || items.length > 1) return undefined
  if (item.kind === 'eval') return item.expression
  if (item.kind !== 'value' || item.recursive || item.bindings.length > 1) return undefined
  const [binding] = item.bindings
  return binding?.pattern.kind === 'any' ? binding.expression : undefined
}

/** What `open struct … end` binds is no part of the signature, but later phrases see it. */
function withOpened(structure: Structure): Structure {
  const opened = structure.items.flatMap((item) => (item.kind === 'open' ? (item.open.signature ?? []) : []))
  return opened.length === 0 ? structure : { ...structure, signature: [...opened, ...structure.signature] }
}

/** The phrase that binds the expression's value, so that it can be shown. */
function bindingOf(expression: Expression, { env }: Structure): Structure {
  const { region, type } = expression
  const ident = freshIdent('-')
  const pattern = { kind: 'variable', ident, region, type, env, attributes: [] } as const
  const bindings = [{ pattern, expression, attributes: [], region }]
  const description = { type, kind: { kind: 'regular' }, region, attributes: [] } as const
  return {
    items: [{ kind: 'value', recursive: false, bindings, region, env }],
    signature: [{ kind: 'value', ident, description }],
    env,
  }
}
