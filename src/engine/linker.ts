/**
 * The linker: places a compiled unit in a domain.
 *
 *     static data   → static_alloc, relocated words patched, slots registered as roots
 *     functions     → the next indexes of the function table
 *     module        → relocations patched, compiled, instantiated, its functions collected
 *
 * A unit is linked when everything that it imports is; its initialiser (`f0`) has not run yet.
 */

import { patchPaddedLeb } from '../base/byte-writer.ts'
import { Crash } from '../base/diagnostic.ts'
import { type CompiledUnit, encodeResume } from '../codegen/index.ts'
import { tagged } from '../codegen/layout.ts'
import type { Relocation, RelocationBase } from '../wasm/assembler.ts'
import type { EncodedModule } from '../wasm/module.ts'
import type { Runtime } from './runtime.ts'

export interface LinkedUnit {
  readonly compiled: CompiledUnit
  readonly dataBase: number
  readonly tableBase: number
  /** The address of the module block. */
  readonly block: number
  readonly exports: WebAssembly.Exports
}

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
    runtime.prepareResume = (index) => this.makeResume(index)
    this.host = { ...(runtime.exports as unknown as WebAssembly.ModuleImports), poll }
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
    const resolve = this.resolver(dataBase, tableBase)
    this.placeData(compiled, dataBase, resolve)
    const instance = this.instantiate(compiled.module, resolve, tableBase)
    const linked: LinkedUnit = {
      compiled,
      dataBase,
      tableBase,
      block: dataBase + compiled.block.offset,
      exports: instance.exports,
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

  private resolver(dataBase: number, tableBase: number): (base: RelocationBase, addend: number) => number {
    return (base, addend) => {
      switch (base.kind) {
        case 'data':
          return dataBase + addend
        case 'table':
          return tableBase + addend
        case 'prelude':
          return this.preludeBase(tableBase) + addend
        case 'code':
          return (tableBase + addend) * 2 + 1
        case 'preludeCode':
          return (this.preludeBase(tableBase) + addend) * 2 + 1
        case 'unit':
          return this.blockOf(base.name) + addend
      }
    }
  }

  /** The prelude itself is linked first, before it has a name. */
  private preludeBase(own: number): number {
    return this.units.get('prelude')?.tableBase ?? own
  }

  /** The address of a unit's module block. */
  private blockOf(name: string): number {
    if (name === 'caml_predef') return this.runtime.exports.caml_predef()
    const unit = this.units.get(name)
    if (unit === undefined) throw new Crash(`unit ${name} is not linked`)
    return unit.block
  }

  private placeData(
    compiled: CompiledUnit,
    dataBase: number,
    resolve: (base: RelocationBase, addend: number) => number,
  ): void {
    const { bytes, relocations } = compiled.data
    const memory = this.runtime.bytes()
    memory.set(bytes, dataBase)
    const view = this.runtime.view()
    for (const r of relocations) {
      const value = resolve(r.base, r.addend)
      if (r.kind === 'index') view.setUint32(dataBase + r.offset, value, true)
      else if (r.kind === 'address') view.setBigUint64(dataBase + r.offset, BigInt(value), true)
      else view.setBigUint64(dataBase + r.offset, tagged(BigInt(value)), true)
    }
    const { slots, block } = compiled
    if (block.size > 0) this.runtime.exports.register_globals(dataBase + block.offset, block.size)
    if (slots.count > 0) this.runtime.exports.register_globals(dataBase + slots.offset, slots.count)
  }

  private instantiate(
    module: EncodedModule,
    resolve: (base: RelocationBase, addend: number) => number,
    tableBase: number,
  ): WebAssembly.Instance {
    const bytes = module.bytes.slice()
    for (const r of module.relocations) patch(bytes, r, resolve)
    const compiled = new WebAssembly.Module(bytes)
    return new WebAssembly.Instance(compiled, this.imports(compiled, tableBase))
  }

  private imports(module: WebAssembly.Module, tableBase: number): WebAssembly.Imports {
    const imports: Record<string, WebAssembly.ModuleImports> = {
      env: {
        memory: this.runtime.memory,
        table: this.table,
        tableBase: new WebAssembly.Global({ value: 'i32' }, tableBase),
      },
      rt: this.host,
    }
    for (const { module: name, name: field } of WebAssembly.Module.imports(module)) {
      if (name === 'rt' && !(field in this.host)) throw new Crash(`the runtime has no ${field}`)
      if (!name.startsWith('unit:')) continue
      const unit = this.units.get(name.slice(5))
      if (unit === undefined) throw new Crash(`${name} is not linked`)
      imports[name] = unit.exports as WebAssembly.ModuleImports
    }
    return imports
  }

  /** A function by its table index. */
  functionAt(index: number): CallableFunction {
    return this.table.get(index) as CallableFunction
  }

  /** Makes the resume variant of a function and puts it into the table. */
  private makeResume(tableIndex: number): void {
    const unit = this.unitOfIndex(tableIndex)
    const { exports } = this.instantiate(
      encodeResume(unit.compiled.resumable(), tableIndex - unit.tableBase),
      this.resolver(unit.dataBase, unit.tableBase),
      unit.tableBase,
    )
    this.runtime.resumeTable.set(tableIndex, exports['resume'])
  }

  private unitOfIndex(tableIndex: number): LinkedUnit {
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

function patch(
  bytes: Uint8Array,
  r: Relocation,
  resolve: (base: RelocationBase, addend: number) => number,
): void {
  patchPaddedLeb(bytes, r.offset, resolve(r.base, r.addend))
}
