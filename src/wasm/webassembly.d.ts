/** The part of the JavaScript API of WebAssembly that this project uses; TypeScript has it only with the DOM. */
declare namespace WebAssembly {
  type ImportValue = ((...args: never[]) => unknown) | Memory | Table | Global
  type ModuleImports = Record<string, ImportValue>
  type Imports = Record<string, ModuleImports>
  type Exports = Readonly<Record<string, unknown>>
  class Module {
    constructor(bytes: Uint8Array)
    static imports(
      module: Module,
    ): { readonly module: string; readonly name: string; readonly kind: string }[]
    static exports(module: Module): { readonly name: string; readonly kind: string }[]
  }
  class Instance {
    constructor(module: Module, imports: Imports)
    readonly exports: Exports
  }
  class Memory {
    constructor(options: { initial: number; maximum: number; shared: boolean })
    readonly buffer: SharedArrayBuffer
    grow(pages: number): number
  }
  class Table {
    constructor(options: { element: 'anyfunc'; initial: number })
    readonly length: number
    get(index: number): unknown
    set(index: number, value: unknown): void
    grow(count: number, value?: unknown): number
  }
  class Global {
    constructor(options: { value: 'i32' }, value: number)
  }
}
