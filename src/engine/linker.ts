/**
 * The linker: places a compiled unit in a domain.
 *
 *     static data   → static_alloc, relocated words patched, slots registered as roots
 *     functions     → the next indexes of the function table
 *     module        → relocations patched, compiled, instantiated; it puts its functions into the table
 *
 * A unit is linked when everything that it imports is; its initialiser (`f0`) has not run yet.
 */

import { patchPaddedLeb } from '../base/byte-writer.ts'
import { Crash } from '../base/diagnostic.ts'
import {
  baseCode,
  type CompiledUnit,
  encodeResume,
  type Relocatable,
  type RelocationTable,
  relocationWords,
} from '../codegen/index.ts'
import { CodeDigests } from './code-digests.ts'
import type { Runtime } from './runtime.ts'

/** Where a unit is: the address of its static data, the table index of its first function. */
interface Place {
  readonly dataBase: number
  readonly tableBase: number
}

export interface LinkedUnit extends Place {
  readonly compiled: CompiledUnit
  /** The address of the module block. */
  readonly block: number
}

/** A unit calls an external that there is not: the program has declared it. */
export class MissingExternal extends Crash {
  readonly external: string
  constructor(external: string) {
    super(`the runtime has no ${external}`)
    this.name = 'MissingExternal'
    this.external = external
  }
}

export const unavailableExternal = (name: string): string =>
  `The external function \`${name}' is not available`

export class Linker {
  private readonly runtime: Runtime
  private readonly table: WebAssembly.Table
  private readonly host: WebAssembly.ModuleImports
  private readonly units = new Map<string, LinkedUnit>()
  /** By table index: which unit's function. Sorted by base, since units only get appended. */
  private readonly byBase: LinkedUnit[] = []
  private nextIndex = 1

  constructor(runtime: Runtime, poll: (top: number) => number) {
    this.runtime = runtime
    this.table = new WebAssembly.Table({ element: 'anyfunc', initial: 1024 })
    runtime.code = new CodeDigests(this)
    runtime.engine = { ...runtime.engine, prepareResume: (index) => this.makeResume(index) }
    this.host = { ...(runtime.exports as unknown as WebAssembly.ModuleImports), poll }
  }

  /** A function of the host's that units may call as they call the runtime's. */
  provide(name: string, f: (sp: number, ...args: bigint[]) => bigint): void {
    this.host[name] = f
  }

  /** All functions of units, for modules outside OCaml that call closures. */
  get functions(): WebAssembly.Table {
    return this.table
  }

  unit(name: string): LinkedUnit | undefined {
    return this.units.get(name)
  }

  get all(): readonly LinkedUnit[] {
    return this.byBase
  }

  link(compiled: CompiledUnit): LinkedUnit {
    const dataBase = this.runtime.exports.static_alloc(compiled.data.bytes.length)
    if (dataBase === 0) throw new Crash(`no room for the static data of ${compiled.name}`)
    const tableBase = this.nextIndex
    this.nextIndex += compiled.functionCount
    this.growTables()
    const place: Place = { dataBase, tableBase }
    this.placeData(compiled, place)
    this.instantiate(compiled.module, place)
    const linked: LinkedUnit = {
      compiled,
      dataBase,
      tableBase,
      block: dataBase + compiled.block.offset,
    }
    this.units.set(compiled.name, linked)
    this.byBase.push(linked)
    return linked
  }

  private growTables(): void {
    const { resumeTable, exports } = this.runtime
    while (this.table.length < this.nextIndex) this.table.grow(this.table.length)
    if (resumeTable.length < this.nextIndex)
      resumeTable.grow(this.table.length - resumeTable.length, exports.resume_first)
  }

  /** What each base code of a relocation table stands for; functions as tagged words are computed from the table's. */
  private bases({ units }: RelocationTable, { dataBase, tableBase }: Place): number[] {
    // The prelude itself is linked first, before it has a name.
    const prelude = this.units.get('prelude')?.tableBase ?? tableBase
    return [dataBase, tableBase, prelude, tableBase, prelude, ...units.map((name) => this.blockOf(name))]
  }

  /** The address of a unit's module block. */
  private blockOf(name: string): number {
    if (name === 'caml_predef') return this.runtime.exports.caml_predef()
    const unit = this.units.get(name)
    if (unit === undefined) throw new Crash(`unit ${name} is not linked`)
    return unit.block
  }

  private placeData(compiled: CompiledUnit, place: Place): void {
    const { bytes, relocations } = compiled.data
    const { dataBase } = place
    this.runtime.bytes().set(bytes, dataBase)
    const view = this.runtime.view()
    eachRelocation(relocations, this.bases(relocations, place), (offset, base, value) => {
      view.setUint32(dataBase + offset, value, true)
      const isIndex = base === baseCode.table || base === baseCode.prelude
      if (!isIndex) view.setUint32(dataBase + offset + 4, 0, true)
    })
    const { slots, block } = compiled
    if (block.size > 0) this.runtime.exports.register_globals(dataBase + block.offset, block.size)
    if (slots.count > 0) this.runtime.exports.register_globals(dataBase + slots.offset, slots.count)
  }

  private instantiate(module: Relocatable, place: Place): WebAssembly.Instance {
    const bytes = module.bytes.slice()
    const { relocations } = module
    eachRelocation(relocations, this.bases(relocations, place), (offset, _base, value) =>
      patchPaddedLeb(bytes, offset, value),
    )
    const compiled = new WebAssembly.Module(bytes)
    return new WebAssembly.Instance(compiled, this.imports(compiled, place.tableBase))
  }

  private imports(module: WebAssembly.Module, tableBase: number): WebAssembly.Imports {
    const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {
      env: {
        memory: this.runtime.memory,
        table: this.table,
        tableBase: new WebAssembly.Global({ value: 'i32' }, tableBase),
      },
      rt: this.host,
    }
    for (const { module: name, name: field } of WebAssembly.Module.imports(module)) {
      if (name === 'rt' && !(field in this.host)) throw new MissingExternal(field)
      if (!name.startsWith('unit:')) continue
      const unit = this.units.get(name.slice(5))
      if (unit === undefined) throw new Crash(`${name} is not linked`)
      imports[name] ??= {}
      ;(imports[name] as Record<string, WebAssembly.ImportValue>)[field] = this.function(
        unit,
        Number(field.slice(1)),
      )
    }
    return imports
  }

  /** A function of a unit by its number; 0 is the initialiser. */
  function(unit: LinkedUnit, index: number): CallableFunction {
    return this.functionAt(unit.tableBase + index)
  }

  /** A function of the prelude, which every domain has. */
  preludeFunction(index: number): CallableFunction {
    return this.functionAt((this.byBase[0] as LinkedUnit).tableBase + index)
  }

  /** A function by its table index. */
  functionAt(index: number): CallableFunction {
    return this.table.get(index) as CallableFunction
  }

  /** Makes the resume variant of a function and puts it into the table. */
  private makeResume(tableIndex: number): void {
    const unit = this.unitOfIndex(tableIndex)
    const module = encodeResume(unit.compiled.resumable(), tableIndex - unit.tableBase)
    this.runtime.resumeTable.set(tableIndex, this.instantiate(module, unit).exports['resume'])
  }

  unitOfIndex(tableIndex: number): LinkedUnit {
    let low = 0
    let high = this.byBase.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.byBase[middle] as LinkedUnit).tableBase <= tableIndex) low = middle
      else high = middle - 1
    }
    return this.byBase[low] as LinkedUnit
  }

  /** The unit whose static data holds an address, if it is a unit's. */
  unitOfAddress(address: number): LinkedUnit | undefined {
    return this.byBase.find(
      (u) => address >= u.dataBase && address < u.dataBase + u.compiled.data.bytes.length,
    )
  }
}

/** Gives each relocation's offset, its base code, and the value that belongs there. */
function eachRelocation(
  { words }: RelocationTable,
  bases: readonly number[],
  visit: (offset: number, base: number, value: number) => void,
): void {
  for (let i = 0; i < words.length; i += relocationWords) {
    const base = words[i + 1] as number
    const sum = (bases[base] as number) + (words[i + 2] as number)
    const isCode = base === baseCode.code || base === baseCode.preludeCode
    visit(words[i] as number, base, isCode ? sum * 2 + 1 : sum)
  }
}
