/**
 * One compilation unit from normal form to a WebAssembly module that the linker can place.
 *
 * A unit's module imports the domain's memory and table (`env`), the runtime's functions (`rt`) and functions of other
 * units (`unit:NAME`, as `f0`, `f1` …). It exports nothing: its functions are found in the table, in order, from
 * `env.tableBase` on; function 0 is the initialiser. Resume variants are modules of one function each, emitted when a
 * frame of the function is first resumed.
 */

import { Crash } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import { Assembler } from '../wasm/assembler.ts'
import { ModuleBuilder } from '../wasm/module.ts'
import type { ValueType } from '../wasm/opcodes.ts'
import { type CodeFunction, nested, operands, type Simple, type Site, type Statement } from './code.ts'
import { emitFunction } from './emit-function.ts'
import { externals } from './externals.ts'
import { type Frame, layoutFrame } from './frame.ts'
import { descriptorFlags } from './layout.ts'
import { type LiveAfter, liveness } from './liveness.ts'
import type { ModuleContext } from './module-context.ts'
import type { CodeUnit } from './normalise-unit.ts'
import { preludeName } from './prelude-table.ts'
import { packRelocations, type RelocationTable } from './relocations.ts'
import type { Approximation } from './scope.ts'
import type { Variant } from './site-emitter.ts'

/** Bytes that the linker completes. */
export interface Relocatable {
  readonly bytes: Uint8Array
  readonly relocations: RelocationTable
}

/** A compiled unit, ready to be linked. */
export interface CompiledUnit {
  readonly name: string
  readonly module: Relocatable
  readonly data: Relocatable
  readonly slots: CodeUnit['slots']
  readonly block: CodeUnit['module']
  readonly functionCount: number
  readonly approximation: Approximation
  /** Units whose functions or blocks the module refers to. */
  readonly imports: readonly string[]
  /** What resume variants are made of; in an image it is kept apart, since few programs need it. */
  readonly resumable: () => Resumable
}

/** The normal form of a unit's functions, kept to emit resume variants from: plain data. */
export interface Resumable {
  readonly name: string
  readonly functions: readonly Prepared[]
  readonly descriptors: ReadonlyMap<Site, number>
}

export interface Location {
  readonly function: string
  readonly region: Region
}

export interface Prepared {
  readonly f: CodeFunction
  readonly frame: Frame
  readonly liveAfter: LiveAfter
}

/** `named`: the units that the source depends on. Primitives add those whose functions they call. */
export function compileCode(unit: CodeUnit, named: readonly string[]): CompiledUnit {
  const prepared = unit.functions.map((f): Prepared => {
    const liveAfter = liveness(f)
    return { f, liveAfter, frame: layoutFrame(f, liveAfter) }
  })
  const descriptors = describeSites(unit, prepared)
  const resumable = { name: unit.name, functions: prepared, descriptors }
  return {
    name: unit.name,
    module: encode(resumable),
    data: { bytes: unit.data.finish(), relocations: packRelocations(unit.data.relocations) },
    slots: unit.slots,
    block: unit.module,
    functionCount: unit.functions.length,
    approximation: unit.approximation,
    imports: [...new Set([...named, ...calledUnits(unit)])],
    resumable: () => resumable,
  }
}

function calledUnits(unit: CodeUnit): string[] {
  const names: string[] = []
  const note = (s: Statement): void => {
    const target = s.kind === 'call' || s.kind === 'tailCall' ? s.target : undefined
    if (target?.kind === 'imported' && target.unit !== unit.name && target.unit !== preludeName)
      names.push(target.unit)
  }
  for (const f of unit.functions) eachStatement(f.body, note)
  return names
}

/** Writes the descriptor of every site into the static data; their offsets. */
function describeSites(unit: CodeUnit, prepared: readonly Prepared[]): ReadonlyMap<Site, number> {
  const descriptors = new Map<Site, number>()
  for (const { f, frame } of prepared) {
    const boundaries = boundarySites(f)
    for (const site of f.sites) {
      const live = site.live
        .filter((v) => v.representation === 'value')
        .map((v) => frame.slots.get(v.id) as number)
      const flags = boundaries.has(site) ? descriptorFlags.boundary : 0
      descriptors.set(site, unit.data.descriptor(frame.words, f.index, site.index, live, flags))
    }
  }
  return descriptors
}

/** The sites to which effects come. */
function boundarySites(f: CodeFunction): ReadonlySet<Site> {
  const sites = new Set<Site>()
  eachStatement(f.body, (s) => {
    if (s.kind !== 'try' || !s.effects) return
    for (const inner of s.body) if (inner.kind === 'call') sites.add(inner.site)
  })
  return sites
}

/** Where the program was, by the offset of a site's descriptor in static data. */
export function siteLocations({ functions, descriptors }: Resumable): ReadonlyMap<number, Location> {
  const written = functions.map(({ f }) => f)
  const places = written.flatMap((f) =>
    f.sites.map(({ region }, i): [number, Location] => [
      descriptors.get(f.sites[i] as Site) as number,
      { function: functionAround(region, f, written), region },
    ]),
  )
  return new Map(places)
}

/** The name of the function in whose source a site stands: code that was inlined keeps its place. OCaml's for the top level. */
function functionAround(region: Region, holder: CodeFunction, functions: readonly CodeFunction[]): string {
  const contains = (f: CodeFunction): boolean =>
    f.region.source === region.source && f.region.start <= region.start && region.end <= f.region.end
  const length = (f: CodeFunction): number => f.region.end - f.region.start
  const around = functions.filter((f) => !topLevel.test(f.name) && contains(f))
  const innermost = around.reduce((best, f) => (length(f) < length(best) ? f : best), around[0] ?? holder)
  return innermost.name.replace(topLevel, '')
}

const topLevel = /\.\(init\)$/

function encode(unit: Resumable): Relocatable {
  const builder = new ModuleBuilder()
  const imports = new Imports(builder, unit)
  for (const { f } of unit.functions) imports.of(f)
  const declared = unit.functions.map(({ f }) => builder.declare(wordsType(builder, wordCount(f)), f.name))
  const context = imports.context((index) => builder.importCount + (declared[index] as number))
  unit.functions.forEach((p, i) => {
    builder.define(declared[i] as number, assemble(p, context, 'normal'))
    builder.element(builder.importCount + (declared[i] as number))
  })
  return relocatable(builder)
}

/** The resume variant of a function, as a module that exports `resume`. */
export function encodeResume(unit: Resumable, index: number): Relocatable {
  const p = unit.functions[index]
  if (p === undefined) throw new Crash(`no function ${index} in ${unit.name}`)
  const builder = new ModuleBuilder()
  const imports = new Imports(builder, unit)
  imports.of(p.f)
  imports.ownFunctions(p.f)
  const declared = builder.declare(builder.type(['i32'], ['i32']), `${p.f.name}.resume`)
  const context = imports.context((i) => imports.own(i))
  builder.define(declared, assemble(p, context, 'resume'))
  builder.export('resume', builder.importCount + declared)
  return relocatable(builder)
}

function relocatable(builder: ModuleBuilder): Relocatable {
  const { bytes, relocations } = builder.encode()
  return { bytes, relocations: packRelocations(relocations) }
}

function assemble(p: Prepared, context: ModuleContext, variant: Variant): Assembler {
  const assembler = new Assembler(variant === 'resume' ? 1 : wordCount(p.f) + 1)
  emitFunction(assembler, p.f, p.frame, p.liveAfter, context, variant)
  return assembler
}

/** The words after `sp`. */
function wordCount(f: CodeFunction): number {
  return f.parameters.length + (f.env === undefined ? 0 : 1)
}

function wordsType(builder: ModuleBuilder, count: number): number {
  return builder.type(['i32', ...Array.from({ length: count }, () => 'i64' as ValueType)], ['i64'])
}

/** Functions of the runtime and the engine that do not follow the general convention. */
const special: Readonly<
  Record<string, { readonly parameters: readonly ValueType[]; readonly results: readonly ValueType[] }>
> = {
  poll: { parameters: ['i32'], results: ['i32'] },
  collect: { parameters: ['i32', 'i32'], results: ['i32'] },
  record_trace: { parameters: ['i32'], results: [] },
}

/** Declares what functions import, before any function of the module is declared. */
class Imports {
  private readonly builder: ModuleBuilder
  private readonly unit: Resumable

  constructor(builder: ModuleBuilder, unit: Resumable) {
    this.builder = builder
    this.unit = unit
    this.special('poll')
    this.special('collect')
    this.special('record_trace')
  }

  of(f: CodeFunction): void {
    eachStatement(f.body, (s) => this.statement(s))
  }

  /** For a resume variant: functions of its own unit are imports too. */
  ownFunctions(f: CodeFunction): void {
    eachStatement(f.body, (s) => {
      if (s.kind !== 'call' && s.kind !== 'tailCall') return
      if (s.target.kind === 'direct') this.own(s.target.function)
      if (s.target.kind === 'imported' && s.target.unit === this.unit.name) this.own(s.target.function)
    })
  }

  own(index: number): number {
    const { f } = this.unit.functions[index] as Prepared
    return this.builder.import(`unit:${this.unit.name}`, `f${index}`, wordsType(this.builder, wordCount(f)))
  }

  private statement(s: Statement): void {
    for (const simple of operands(s)) this.simple(simple)
    if (s.kind === 'effect') this.known(s.external)
    else if (s.kind === 'raiseIf') this.general(s.external, 0)
    else if (s.kind === 'call' || s.kind === 'tailCall') {
      const { target } = s
      if (target.kind === 'external') this.general(target.name, s.arguments.length)
      else if (target.kind === 'imported') this.imported(target.unit, target.function, target.arity)
    }
  }

  private simple(s: Simple): void {
    if (s.kind === 'pureCall') this.known(s.external)
    if (s.kind === 'op' || s.kind === 'pureCall') for (const argument of s.arguments) this.simple(argument)
    else if (s.kind === 'truncate') this.simple(s.argument)
    else if (s.kind === 'load') this.simple(s.address)
    else if (s.kind === 'conditional')
      for (const part of [s.condition, s.then, s.otherwise]) this.simple(part)
  }

  private readonly runtime = new Map<string, number>()

  private special(name: string): void {
    const { parameters, results } = special[name] as (typeof special)[string]
    this.runtime.set(name, this.builder.import('rt', name, this.builder.type(parameters, results)))
  }

  private known(name: string): void {
    const e = externals.get(name)
    if (e === undefined) throw new Crash(`unknown external ${name}`)
    const type = this.builder.type(e.parameters, e.result === undefined ? [] : [e.result])
    this.runtime.set(name, this.builder.import('rt', name, type))
  }

  private general(name: string, arity: number): void {
    if (!this.runtime.has(name))
      this.runtime.set(name, this.builder.import('rt', name, wordsType(this.builder, arity)))
  }

  private imported(unit: string, index: number, arity: number): number | undefined {
    if (unit === this.unit.name) return undefined
    return this.builder.import(`unit:${unit}`, `f${index}`, wordsType(this.builder, arity))
  }

  context(own: (index: number) => number): ModuleContext {
    const found = (index: number | undefined, what: string): number => {
      if (index === undefined) throw new Crash(`not imported: ${what}`)
      return index
    }
    // Every type must exist before the module is encoded, so they are made on demand here.
    return {
      external: (name) => found(this.runtime.get(name), name),
      own,
      imported: (unit, index, arity) => this.imported(unit, index, arity) ?? own(index),
      functionType: (count) => wordsType(this.builder, count),
      takesEnv: (index) => (this.unit.functions[index] as Prepared).f.env !== undefined,
      descriptor: (site) => found(this.unit.descriptors.get(site), `descriptor of site ${site.index}`),
    }
  }
}

function eachStatement(list: readonly Statement[], visit: (s: Statement) => void): void {
  for (const s of list) {
    visit(s)
    for (const inner of nested(s)) eachStatement(inner, visit)
  }
}
