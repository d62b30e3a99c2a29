/**
 * The module encoder: types, imports, functions, exports, element segments and names, in the binary format.
 *
 * Every module of this project imports one shared memory and one function table, so these are built in.
 * Reference: WebAssembly Core Specification 2.0, section 5.5.
 */

import { ByteWriter } from '../base/byte-writer.ts'
import type { Assembler, Relocation } from './assembler.ts'
import { op, type ValueType, valueType } from './opcodes.ts'

export interface FunctionType {
  readonly parameters: readonly ValueType[]
  readonly results: readonly ValueType[]
}

interface ImportedFunction {
  readonly module: string
  readonly name: string
  readonly type: number
}

interface DefinedFunction {
  readonly type: number
  readonly name: string
  body: ReturnType<Assembler['finish']> | undefined
}

/** An encoded module; `relocations` are offsets into `bytes`. */
export interface EncodedModule {
  readonly bytes: Uint8Array
  readonly relocations: readonly Relocation[]
}

const maximumPages = 65536

export class ModuleBuilder {
  private readonly types: FunctionType[] = []
  private readonly typeIndexes = new Map<string, number>()
  private readonly imports: ImportedFunction[] = []
  private readonly importIndexes = new Map<string, number>()
  private readonly functions: DefinedFunction[] = []
  private readonly exports: { readonly name: string; readonly index: number }[] = []
  private readonly elements: number[] = []

  type(parameters: readonly ValueType[], results: readonly ValueType[]): number {
    const key = `${parameters.join()}>${results.join()}`
    let index = this.typeIndexes.get(key)
    if (index === undefined) {
      index = this.types.push({ parameters, results }) - 1
      this.typeIndexes.set(key, index)
    }
    return index
  }

  /** Imports are numbered before defined functions, so all of them come first: this returns a handle. */
  import(module: string, name: string, type: number): FunctionHandle {
    const key = `${module}\0${name}`
    let index = this.importIndexes.get(key)
    if (index === undefined) {
      index = this.imports.push({ module, name, type }) - 1
      this.importIndexes.set(key, index)
    }
    return index
  }

  /** Declares a function; `define` gives its body. Only valid once no further import will be made. */
  declare(type: number, name: string): number {
    return this.functions.push({ type, name, body: undefined }) - 1
  }

  define(declared: number, assembler: Assembler): void {
    ;(this.functions[declared] as DefinedFunction).body = assembler.finish()
  }

  export(name: string, functionIndex: number): void {
    this.exports.push({ name, index: functionIndex })
  }

  /** Appends a function to the element segment; its index there. The segment's place in the table is the global `env.tableBase`. */
  element(functionIndex: number): number {
    return this.elements.push(functionIndex) - 1
  }

  get importCount(): number {
    return this.imports.length
  }

  encode(): EncodedModule {
    const out = new ByteWriter(65536)
    const relocations: Relocation[] = []
    out.u32(0x6d736100)
    out.u32(1)
    section(out, 1, (s) => this.encodeTypes(s))
    section(out, 2, (s) => this.encodeImports(s))
    section(out, 3, (s) => vector(s, this.functions, (f) => s.uleb(f.type)))
    section(out, 7, (s) =>
      vector(s, this.exports, (e) => {
        string(s, e.name)
        s.u8(0)
        s.uleb(e.index)
      }),
    )
    if (this.elements.length > 0) section(out, 9, (s) => this.encodeElements(s))
    this.encodeCode(out, relocations)
    this.encodeNames(out)
    return { bytes: out.finish(), relocations }
  }

  private encodeTypes(s: ByteWriter): void {
    vector(s, this.types, (type) => {
      s.u8(0x60)
      vector(s, type.parameters, (t) => s.u8(valueType[t]))
      vector(s, type.results, (t) => s.u8(valueType[t]))
    })
  }

  private encodeImports(s: ByteWriter): void {
    s.uleb(this.imports.length + 2 + (this.elements.length > 0 ? 1 : 0))
    string(s, 'env')
    string(s, 'memory')
    s.u8(2)
    s.u8(3) // shared, with a maximum
    s.uleb(0)
    s.uleb(maximumPages)
    string(s, 'env')
    string(s, 'table')
    s.u8(1)
    s.u8(valueType.funcref)
    s.u8(0)
    s.uleb(0)
    if (this.elements.length > 0) {
      string(s, 'env')
      string(s, 'tableBase')
      s.u8(3)
      s.u8(valueType.i32)
      s.u8(0)
    }
    for (const { module, name, type } of this.imports) {
      string(s, module)
      string(s, name)
      s.u8(0)
      s.uleb(type)
    }
  }

  private encodeElements(s: ByteWriter): void {
    s.uleb(1)
    s.uleb(0) // active, table 0
    s.u8(0x23) // global.get
    s.uleb(0)
    s.u8(op.end)
    vector(s, this.elements, (index) => s.uleb(index))
  }

  private encodeCode(out: ByteWriter, relocations: Relocation[]): void {
    const body = new ByteWriter(65536)
    body.uleb(this.functions.length)
    const pending: Relocation[] = []
    for (const f of this.functions) {
      if (f.body === undefined) throw new Error(`no body: ${f.name}`)
      body.uleb(f.body.bytes.length)
      for (const r of f.body.relocations) pending.push({ ...r, offset: r.offset + body.length })
      body.raw(f.body.bytes)
    }
    out.u8(10)
    out.uleb(body.length)
    for (const r of pending) relocations.push({ ...r, offset: r.offset + out.length })
    out.raw(body.finish())
  }

  private encodeNames(out: ByteWriter): void {
    section(out, 0, (s) => {
      string(s, 'name')
      section(s, 1, (names) => {
        names.uleb(this.functions.length)
        this.functions.forEach((f, i) => {
          names.uleb(this.imports.length + i)
          string(names, f.name)
        })
      })
    })
  }
}

/** The index of an imported function, as `call` takes it. */
export type FunctionHandle = number

function section(out: ByteWriter, id: number, write: (s: ByteWriter) => void): void {
  const body = new ByteWriter(1024)
  write(body)
  out.u8(id)
  out.uleb(body.length)
  out.raw(body.finish())
}

function vector<T>(out: ByteWriter, items: readonly T[], write: (item: T) => void): void {
  out.uleb(items.length)
  for (const item of items) write(item)
}

function string(out: ByteWriter, text: string): void {
  const bytes = new TextEncoder().encode(text)
  out.uleb(bytes.length)
  out.raw(bytes)
}
