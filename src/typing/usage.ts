/**
 * What is declared and never used: warnings 26, 27, 32 to 38, 60, 66, 67 and 69.
 *
 * A declaration that ought to be used is entered here when it is added to the environment, and whoever looks up its name, or
 * exports it, marks it. What is not marked in the end is told, in the order of declaration, when the unit is complete.
 *
 *     region of the declaration ─▶ Usage
 *
 * The region, as an object, is the identity of a declaration: every copy of its description has it, be it in a signature,
 * the result of a functor or an `include`. What other units declare has other regions, so marking it does nothing.
 *
 * Names that begin with `_` or `#` are never told. Whether a warning is wanted is not asked here.
 */

import type { Diagnostic } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import { warningName } from '../base/warnings.ts'

/** What is told of something unused. */
export interface Complaint {
  readonly number: number
  readonly message: string
  /** Where it is told, if not at the declaration. */
  readonly region?: Region
}

export const unused = (number: number, what: string): Complaint => ({ number, message: `unused ${what}.` })

export const unusedModule = (name: string): Complaint => unused(60, `module ${name}`)

/** In a signature, what a functor's type calls its parameter need not be a name at all. */
export const unusedParameter = (name: string, inSignature: boolean): Complaint =>
  inSignature ? unused(67, `functor parameter ${name}`) : unusedModule(name)

const isExempt = (name: string): boolean => name === '' || name.startsWith('_') || name.startsWith('#')

// ---------------------------------------------------------------------------------------------------------
// Values, types, modules, opens

/** Of a declaration on its own: used or not. */
export class Usage {
  isUsed = false

  mark(): void {
    this.isUsed = true
  }
}

/** Definitions that may mention each other: `let rec … and …`, `type … and …`. */
export class DefinitionGroup {
  /** The definition that is being inferred. */
  current: Definition | undefined
  /** Whether some definition mentions something that the group defines. */
  isRecursive = false
}

/** One definition of a group, which may define several names. */
export class Definition {
  readonly group: DefinitionGroup
  /** What it mentions of its group. */
  readonly mentioned: Usage[] = []
  /** Whether any of its names is used. */
  isUsed = false

  constructor(group: DefinitionGroup) {
    this.group = group
  }
}

/** A mention in a definition of the same group is no use, unless somebody else uses that definition. */
export class GroupedUsage extends Usage {
  readonly #definition: Definition

  constructor(definition: Definition) {
    super()
    this.#definition = definition
  }

  override mark(): void {
    const { group, mentioned } = this.#definition
    if (group.current !== undefined) {
      group.isRecursive = true
      group.current.mentioned.push(this)
      return
    }
    this.isUsed = true
    this.#definition.isUsed = true
    for (const other of mentioned.splice(0)) other.mark()
  }
}

// ---------------------------------------------------------------------------------------------------------
// Constructors

/** `export-private`: as a constructor of a private type, which others can only match. */
export type ConstructorUse = 'build' | 'match' | 'export' | 'export-private'

class ConstructorUsage {
  /** That of the type that has the constructor. */
  readonly type: Usage | undefined
  readonly #uses = new Set<ConstructorUse>()

  constructor(type: Usage | undefined) {
    this.type = type
  }

  mark(use: ConstructorUse): void {
    this.#uses.add(use)
  }

  /** `buildable`: values could be built with the constructor here. */
  complaint(name: string, buildable: boolean, number: number): Complaint | undefined {
    const uses = this.#uses
    if (uses.size === 0) return { number, message: `unused ${name}${number === 37 ? '.' : ''}` }
    if (!buildable || uses.has('build') || uses.has('export')) return undefined
    const head = `${name} is never used to build values.\n`
    if (uses.has('match')) {
      return { number, message: `${head}(However, this constructor appears in patterns.)` }
    }
    const where = number === 37 ? 'Its type is exported as a private type.' : reboundPrivately
    return { number, message: head + where }
  }
}

const reboundPrivately = 'It is exported or rebound as a private extension.'

// ---------------------------------------------------------------------------------------------------------
// Record fields

export type LabelUse = 'read' | 'mutate' | 'build' | 'export' | 'export-private'

class LabelUsage {
  /** That of the record type. */
  readonly type: Usage | undefined
  readonly #uses = new Set<LabelUse>()

  constructor(type: Usage | undefined) {
    this.type = type
  }

  mark(use: LabelUse): void {
    this.#uses.add(use)
  }

  #isUsed(...ways: readonly LabelUse[]): boolean {
    return [...ways, 'export' as const].some((use) => this.#uses.has(use))
  }

  complaint(name: string, { mutable, isPrivate }: LabelKind): Complaint | undefined {
    const isRead = this.#isUsed('read', 'export-private')
    if (isRead) {
      const isChanged = isPrivate || !mutable || this.#isUsed('mutate')
      return isChanged ? undefined : { number: 69, message: `mutable record field ${name} is never mutated.` }
    }
    if (isPrivate || !this.#isUsed('build', ...(mutable ? (['mutate'] as const) : []))) {
      return unused(69, `record field ${name}`)
    }
    const why = '(However, this field is used to build or mutate values.)'
    return { number: 69, message: `record field ${name} is never read.\n${why}` }
  }
}

interface LabelKind {
  readonly mutable: boolean
  readonly isPrivate: boolean
}

// ---------------------------------------------------------------------------------------------------------
// All declarations of a unit

/** The constructors or labels of a type. */
interface Component {
  readonly name: string
  readonly region: Region
}

export class Usages {
  readonly #declared = new Map<Region, Usage>()
  #isQuiet = false
  readonly #constructors = new Map<Region, ConstructorUsage>()
  readonly #labels = new Map<Region, LabelUsage>()
  /** Checks at the end of the unit. */
  readonly #checks: (() => void)[]
  readonly #diagnostics: Diagnostic[]

  constructor(checks: (() => void)[], diagnostics: Diagnostic[]) {
    this.#checks = checks
    this.#diagnostics = diagnostics
  }

  /** Forgets what was declared, as another unit or phrase begins. */
  clear(): void {
    this.#declared.clear()
    this.#constructors.clear()
    this.#labels.clear()
  }

  /** Runs `body`; what it declares is not expected to be used. */
  quietly<Result>(body: () => Result): Result {
    const before = this.#isQuiet
    this.#isQuiet = true
    try {
      return body()
    } finally {
      this.#isQuiet = before
    }
  }

  /** In the end, tells the complaint of what is declared at `region` when it is not used. */
  expect(region: Region, name: string, complaint: () => Complaint, usage = new Usage()): Usage {
    const known = this.#declared.get(region)
    if (known !== undefined) return known
    if (this.#isQuiet) return usage
    this.#declared.set(region, usage)
    if (!isExempt(name)) this.#check(region, () => (usage.isUsed ? undefined : complaint()))
    return usage
  }

  /** Of the constructors of the type that is declared at `type`. */
  expectConstructors(constructors: readonly Component[], type: Component, isPrivate: boolean): void {
    for (const { name, region } of constructors) {
      if (this.#isQuiet || this.#constructors.has(region)) continue
      const usage = new ConstructorUsage(this.#declared.get(type.region))
      this.#constructors.set(region, usage)
      if (type.name.startsWith('_')) continue
      this.#check(region, () => usage.complaint(`constructor ${name}`, !isPrivate, 37))
    }
  }

  /** Of an exception or a constructor of an extensible variant. `buildable`: it is neither private nor rebound. */
  expectExtension({ name, region }: Component, isException: boolean, buildable: boolean): void {
    if (this.#isQuiet || this.#constructors.has(region)) return
    const usage = new ConstructorUsage(undefined)
    this.#constructors.set(region, usage)
    const shown = `${isException ? 'exception' : 'extension constructor'} ${name}`
    this.#check(region, () => usage.complaint(shown, buildable, 38))
  }

  /** Of the labels of the record type that is declared at `type`. */
  expectLabels(
    labels: readonly (Component & { readonly mutable: boolean })[],
    type: Component,
    isPrivate: boolean,
  ): void {
    for (const { name, region, mutable } of labels) {
      if (this.#isQuiet || this.#labels.has(region)) continue
      const usage = new LabelUsage(this.#declared.get(type.region))
      this.#labels.set(region, usage)
      if (type.name.startsWith('_') || name.startsWith('_')) continue
      this.#check(region, () => usage.complaint(name, { mutable, isPrivate }))
    }
  }

  #check(region: Region, complaint: () => Complaint | undefined): void {
    this.#checks.push(() => {
      const found = complaint()
      if (found === undefined) return
      const { number, message } = found
      const warning = { number, name: warningName(number) }
      this.#diagnostics.push({ severity: 'warning', region: found.region ?? region, message, warning })
    })
  }

  /** The value, type or module that is declared at `region` is used. */
  mark(region: Region | undefined): void {
    if (region !== undefined) this.#declared.get(region)?.mark()
  }

  /** Where a constructor is mentioned, its type is. */
  markConstructor(region: Region, use: ConstructorUse): void {
    const usage = this.#constructors.get(region)
    usage?.type?.mark()
    usage?.mark(use)
  }

  markLabel(region: Region, use: LabelUse): void {
    const usage = this.#labels.get(region)
    usage?.type?.mark()
    usage?.mark(use)
  }

  exportConstructors(constructors: readonly Component[], use: 'export' | 'export-private'): void {
    for (const { region } of constructors) this.#constructors.get(region)?.mark(use)
  }

  exportLabels(labels: readonly Component[], use: 'export' | 'export-private'): void {
    for (const { region } of labels) this.#labels.get(region)?.mark(use)
  }
}
