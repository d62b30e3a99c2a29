/**
 * One run of `joc`: files in the order of the command line, each seeing the compiled interfaces of those before it and of the
 * folders to look in.
 *
 *     FILE.jci   a compiled interface       FILE.jcu   a compiled unit       FILE.jca   an archive of units
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Diagnostic } from '../base/diagnostic.ts'
import { noRegion, wholeFile } from '../base/region.ts'
import { warningAt } from '../base/warnings.ts'
import { systemProblem } from '../daemon/config.ts'
import { externalNames, libraryImage } from '../daemon/machine.ts'
import { unitOfFile } from '../daemon/source-folders.ts'
import { encodeArchive, readUnits } from '../engine/archive.ts'
import { ImageError } from '../engine/image.ts'
import { type LinkInput, linkProgram } from '../engine/link-program.ts'
import { encodeProgram } from '../engine/program-image.ts'
import {
  type CompiledImplementation,
  type CompiledInterface,
  encodeImplementation,
  encodeInterface,
  type Outcome,
  readCompiled,
  type Surroundings,
  UnitCompilation,
} from '../engine/separate.ts'
import { initialEnv } from '../typing/infer.ts'
import { printSignature } from '../typing/print-signature.ts'
import type { Signature } from '../typing/types.ts'
import type { JocOptions } from './joc-options.ts'
import { isLibraryArchive } from './library-archives.ts'
import { reportDiagnostics } from './report.ts'

/** An error has been reported. */
class Failed extends Error {}

export class JocSession {
  private readonly options: JocOptions
  private readonly interfaces = new Map<string, CompiledInterface | undefined>()
  private readonly implementations = new Map<string, CompiledImplementation | undefined>()
  private readonly inputs: LinkInput[] = []

  constructor(options: JocOptions) {
    this.options = options
  }

  /** The exit status. */
  run(): number {
    try {
      reportDiagnostics(this.options.alerts)
      for (const file of this.options.files) this.file(file)
      this.finish()
      return 0
    } catch (error) {
      if (!(error instanceof Failed)) throw error
      return 2
    }
  }

  private fail(message: string): never {
    return this.failWith([{ severity: 'error', region: noRegion, message }])
  }

  private failWith(diagnostics: readonly Diagnostic[]): never {
    reportDiagnostics(diagnostics)
    throw new Failed()
  }

  private file(file: string): void {
    if (isLibraryArchive(file)) return
    if (file.endsWith('.mli')) return this.interfaceFile(file)
    if (file.endsWith('.ml')) return this.implementationFile(file)
    if (!/\.(jcu|jca)$/.test(file)) {
      process.stderr.write(`don't know what to do with ${file}\n`)
      throw new Failed()
    }
    if (!existsSync(file)) this.fail(`Cannot find file ${file}`)
    const units = this.reading(file, (bytes) => readUnits(bytes, file, libraryImage()))
    for (const unit of units) this.implementations.set(unit.name, unit)
    this.inputs.push({ units, isArchive: file.endsWith('.jca') })
  }

  private reading<Result>(file: string, read: (bytes: Uint8Array) => Result): Result {
    try {
      return read(readFileSync(file))
    } catch (error) {
      if (error instanceof ImageError) return this.fail(`${file}: ${error.message}`)
      return this.ioError(file, error)
    }
  }

  private ioError(file: string, error: unknown): never {
    const region = wholeFile({ name: file, bytes: new Uint8Array(0) })
    const problem = systemProblem(error)
    const message = `I/O error: ${file}: ${problem.charAt(0).toUpperCase()}${problem.slice(1)}`
    return this.failWith([{ severity: 'error', region, message }])
  }

  private write(file: string, bytes: Uint8Array | string): void {
    try {
      writeFileSync(file, bytes)
    } catch (error) {
      this.ioError(file, error)
    }
  }

  // -------------------------------------------------------------------------------------------------------
  // Compiling

  private compilation(file: string): UnitCompilation {
    this.checkName(file)
    const bytes = this.reading(file, (read) => read)
    const surroundings: Surroundings = {
      image: libraryImage(),
      warnings: this.options.warnings,
      opened: this.options.opened,
      withStdlib: this.options.withStdlib,
      findInterface: (name) => this.find(this.interfaces, name, 'jci') as CompiledInterface | undefined,
      findImplementation: (name) =>
        this.find(this.implementations, name, 'jcu') as CompiledImplementation | undefined,
    }
    return new UnitCompilation(surroundings, unitOfFile(file.replace(/\.mli$/, '.ml')), { name: file, bytes })
  }

  /** Warning 24: no program can name the module of this file. */
  private checkName(file: string): void {
    const name = basename(file).replace(/\..*$/, '')
    const module = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
    if (/^[A-Z][\w']*$/.test(module)) return
    const region = wholeFile({ name: file, bytes: new Uint8Array(0) })
    const message = `bad source file name: "${module}" is not a valid module name.`
    const judged = this.options.warnings.judge(warningAt(region, 24, message))
    if (judged?.fatal === true) this.failWith([judged])
    if (judged !== undefined) reportDiagnostics([judged])
  }

  /** What has been compiled before, now or by an earlier run. */
  private find(
    known: Map<string, CompiledInterface | CompiledImplementation | undefined>,
    name: string,
    extension: string,
  ): CompiledInterface | CompiledImplementation | undefined {
    if (!known.has(name)) {
      const base = `${name.charAt(0).toLowerCase()}${name.slice(1)}.${extension}`
      const files = ['', ...this.options.folders].map((folder) => join(folder, base))
      const file = files.find((f) => existsSync(f))
      known.set(
        name,
        file === undefined ? undefined : this.reading(file, (b) => readCompiled(b, file, libraryImage())),
      )
    }
    return known.get(name)
  }

  private result<Result>({ result, diagnostics }: Outcome<Result>): Result {
    if (result === undefined) return this.failWith(diagnostics)
    reportDiagnostics(diagnostics)
    return result
  }

  /** Where the compiled form of a source goes; `-o` names it when only one is compiled. */
  private outputBase(file: string): string {
    const { what, output } = this.options
    return (what === 'compile' && output !== undefined ? output : file).replace(/\.(mli?|jc[iu])$/, '')
  }

  private interfaceFile(file: string): void {
    const target = `${this.outputBase(file)}.jci`
    const compiled = this.result(this.compilation(file).interface(target))
    if (this.options.what === 'print-interface') return this.print(compiled.signature)
    this.interfaces.set(unitOfFile(file.replace(/\.mli$/, '.ml')), compiled)
    if (this.options.what === 'compile')
      this.write(target, encodeInterface(compiled, libraryImage().compiler))
  }

  private implementationFile(file: string): void {
    const compilation = this.compilation(file)
    if (this.options.what === 'print-interface') {
      const signature = this.result(compilation.inferredInterface())
      this.interfaces.set(unitOfFile(file), compilation.compiledInterface(signature, file))
      return this.print(signature)
    }
    const base = this.outputBase(file)
    const name = unitOfFile(file)
    const declared = this.declaredInterface(file, name, base)
    const { unit, interface: own } = this.result(
      compilation.implementation(`${base}.jcu`, declared, `${base}.jci`),
    )
    this.interfaces.set(name, own)
    this.implementations.set(name, unit)
    this.inputs.push({ units: [unit], isArchive: false })
    if (this.options.what !== 'compile') return
    const { compiler } = libraryImage()
    if (declared === undefined) this.write(`${base}.jci`, encodeInterface(own, compiler))
    this.write(`${base}.jcu`, encodeImplementation(unit, compiler))
  }

  /** The compiled interface of a unit that has a `.mli`. */
  private declaredInterface(file: string, name: string, base: string): CompiledInterface | undefined {
    const source = `${file}i`
    if (!existsSync(source)) return undefined
    const compiled = this.interfaces.get(name)
    if (compiled !== undefined) return compiled
    const target = `${base}.jci`
    if (existsSync(target)) {
      return this.reading(target, (b) => readCompiled(b, target, libraryImage())) as CompiledInterface
    }
    const region = wholeFile({ name: file, bytes: new Uint8Array(0) })
    const message = `Could not find the .jci file for interface ${source}.`
    return this.failWith([{ severity: 'error', region, message }])
  }

  private print(signature: Signature): void {
    const text = printSignature(
      initialEnv((name) => libraryImage().get(name)?.interface ?? this.interfaces.get(name)?.signature),
      signature,
    )
    if (text !== '') process.stdout.write(`${text}\n`)
  }

  // -------------------------------------------------------------------------------------------------------
  // Linking

  private finish(): void {
    const { what, output, linkAll } = this.options
    const { compiler } = libraryImage()
    if (what === 'archive') {
      if (output === undefined) this.fail('Option -a needs -o FILE.jca')
      const units = this.inputs.flatMap((i) => i.units)
      return this.write(output as string, encodeArchive(units, compiler))
    }
    if (what !== 'program' || this.inputs.length === 0) return
    const linked = linkProgram(this.inputs, linkAll, externalNames())
    if (linked.kind === 'failed') return this.failWith([linked.diagnostic])
    this.write(
      output ?? 'a.out',
      encodeProgram(
        linked.units.map((u) => u.built),
        compiler,
      ),
    )
  }
}
