/**
 * Separate compilation: one unit after the other, against compiled interfaces.
 *
 * An interface has a digest of what it says, whatever text said it; whoever is compiled against it remembers the digest. Units
 * whose memories differ do not fit together: they are refused when one is compiled against both, and when they are
 * linked. A unit's code also depends on the code of units it was optimised with; their digests are remembered too.
 */

import { deserialize, serialize } from 'node:v8'
import { type Diagnostic, DiagnosticError, fail } from '../base/diagnostic.ts'
import { type Region, type Source, sourceOfString, wholeFile } from '../base/region.ts'
import type { Warnings } from '../base/warnings.ts'
import { compileUnit } from '../codegen/index.ts'
import { optimise } from '../lambda/optimise.ts'
import { translateUnit } from '../lambda/translate.ts'
import { parseImplementation, parseInterface } from '../syntax/index.ts'
import { shadowingPrefix, unitDisplayName } from '../typing/ident.ts'
import { type InferredUnit, inferInterface, inferUnit, isError, type UnitSource } from '../typing/infer.ts'
import type { Signature } from '../typing/types.ts'
import { type BuiltUnit, type Digest, digestOf, encodeImage, ImageError, readImage } from './image.ts'
import type { UnitImage } from './library-image.ts'
import { interfaceDigest, renumber } from './renumber.ts'

/** What a compilation remembers of the units that it saw, by name. */
export type Memory = readonly (readonly [unit: string, digest: Digest])[]

export interface CompiledInterface {
  readonly kind: 'interface'
  readonly name: string
  /** Its file, for messages. */
  readonly file: string
  readonly signature: Signature
  readonly digest: Digest
  readonly interfaces: Memory
}

export interface CompiledImplementation {
  readonly kind: 'implementation'
  readonly name: string
  readonly file: string
  readonly built: BuiltUnit
  readonly digest: Digest
  /** Its own interface is among them. */
  readonly interfaces: Memory
  readonly implementations: Memory
}

/** What is known outside of one compilation. */
export interface Surroundings {
  readonly image: UnitImage
  readonly warnings: Warnings
  /** Modules that are opened first. */
  readonly opened: readonly string[]
  readonly withStdlib: boolean
  /** The compiled interface of a unit of the program, by its visible name. */
  findInterface(name: string): CompiledInterface | undefined
  findImplementation(name: string): CompiledImplementation | undefined
}

export interface Outcome<Result> {
  /** Absent when there is an error among the diagnostics. */
  readonly result: Result | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/** The compilation of one unit. */
export class UnitCompilation {
  private readonly surroundings: Surroundings
  private readonly source: Source
  private readonly name: string
  private readonly seen = new Map<string, { readonly digest: Digest; readonly file: string }>()

  /** `visibleName`: as the file is called. */
  constructor(surroundings: Surroundings, visibleName: string, source: Source) {
    this.surroundings = surroundings
    this.source = source
    this.name = this.unitNamed(visibleName, true)
  }

  /** A unit of the program that has the name of one of the library is kept apart. */
  private unitNamed(name: string, exists = this.surroundings.findInterface(name) !== undefined): string {
    return exists && this.surroundings.image.get(name) !== undefined ? shadowingPrefix + name : name
  }

  private get start(): Region {
    return wholeFile(this.source)
  }

  private readonly loadInterface = (name: string): Signature | undefined => {
    const library = this.surroundings.image.get(name)
    if (library !== undefined) return library.interface
    if (name === this.name) return undefined
    const found = this.surroundings.findInterface(unitDisplayName(name))
    if (found === undefined) return undefined
    this.see(name, found.digest, found.file)
    for (const [other, digest] of found.interfaces) this.see(other, digest, found.file)
    return found.signature
  }

  private see(unit: string, digest: Digest, file: string): void {
    const known = this.seen.get(unit)
    if (known === undefined) this.seen.set(unit, { digest, file })
    else if (known.digest !== digest) {
      const files = `The files ${known.file} and ${file}`
      fail(this.start, `${files} make inconsistent assumptions\nover interface ${unitDisplayName(unit)}`)
    }
  }

  private get interfaces(): Memory {
    return [...this.seen].map(([unit, { digest }]) => [unit, digest] as const)
  }

  private get inference(): Omit<UnitSource, 'items' | 'interfaceItems'> {
    const { image, warnings, withStdlib } = this.surroundings
    return {
      name: this.name,
      loadInterface: this.loadInterface,
      // In `list.ml`, `List` is the library's.
      unitNamed: (name) => (name === unitDisplayName(this.name) ? name : this.unitNamed(name)),
      knownUnits: image.names,
      warnings,
      withStdlib,
    }
  }

  /** Errors that are thrown are diagnostics like the others. */
  private collecting<Result>(compile: (diagnostics: Diagnostic[]) => Result | undefined): Outcome<Result> {
    const diagnostics: Diagnostic[] = []
    try {
      const result = compile(diagnostics)
      return { result: diagnostics.some(isError) ? undefined : result, diagnostics }
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error
      return { result: undefined, diagnostics: [...diagnostics, error.diagnostic] }
    }
  }

  /** `file`: where the compiled interface will be. */
  interface(file: string): Outcome<CompiledInterface> {
    return this.collecting((diagnostics) => {
      const items = [...this.opens(parseInterface), ...parseInterface(this.source, this.lexical(diagnostics))]
      const { signature, diagnostics: found } = inferInterface({ ...this.inference, items })
      diagnostics.push(...found)
      return signature === undefined ? undefined : this.compiledInterface(signature, file)
    })
  }

  /** A signature as the interface that later files on the command line see. */
  compiledInterface(signature: Signature, file: string): CompiledInterface {
    const digest = interfaceDigest(signature, this.surroundings.image.reserved)
    return { kind: 'interface', name: this.name, file, signature, digest, interfaces: this.interfaces }
  }

  /** What `-open` asks for, as if the source began with it. */
  private opens<Item>(parse: (source: Source) => readonly Item[]): readonly Item[] {
    return this.surroundings.opened.flatMap((module) =>
      parse(sourceOfString(`command line argument: -open "${module}"`, `open! ${module}`)),
    )
  }

  private lexical(diagnostics: Diagnostic[]): (warning: Diagnostic) => void {
    return (warning) => {
      const judged = this.surroundings.warnings.judge(warning)
      if (judged !== undefined) diagnostics.push(judged)
    }
  }

  /** Infers the implementation alone, or against its interface. */
  private infer(diagnostics: Diagnostic[], declared: CompiledInterface | undefined): InferredUnit {
    const parsed = parseImplementation(this.source, this.lexical(diagnostics))
    const items = [...this.opens(parseImplementation), ...parsed]
    if (declared !== undefined) this.see(this.name, declared.digest, declared.file)
    const inferred = inferUnit({
      ...this.inference,
      items,
      ...(declared === undefined ? {} : { declared: declared.signature }),
    })
    diagnostics.push(...inferred.diagnostics)
    return inferred
  }

  /** The interface that the implementation has by itself. */
  inferredInterface(): Outcome<Signature> {
    return this.collecting((diagnostics) => this.infer(diagnostics, undefined).unit?.interface)
  }

  /** `declared`: the compiled interface, if the unit has one of its own; otherwise one is made, for `interfaceFile`. */
  implementation(
    file: string,
    declared: CompiledInterface | undefined,
    interfaceFile: string,
  ): Outcome<{ readonly unit: CompiledImplementation; readonly interface: CompiledInterface }> {
    return this.collecting((diagnostics) => {
      const { unit: typed } = this.infer(diagnostics, declared)
      if (typed === undefined || diagnostics.some(isError)) return undefined
      const implementations = new Map<string, Digest>()
      const builtOf = (name: string): BuiltUnit | undefined => {
        const library = this.surroundings.image.get(name)
        if (library !== undefined) return library
        const found = this.surroundings.findImplementation(unitDisplayName(name))
        if (found !== undefined) implementations.set(name, found.digest)
        return found?.built
      }
      const { unit, summary } = optimise(translateUnit(typed, undefined), (name) => builtOf(name)?.summary)
      const compiled = compileUnit(unit, (name) => builtOf(name)?.compiled.approximation)
      const built: BuiltUnit = { interface: typed.interface, summary, compiled }
      const own = declared ?? this.compiledInterface(typed.interface, interfaceFile)
      const interfaces = [
        ...this.interfaces.filter(([name]) => name !== this.name),
        [this.name, own.digest] as const,
      ]
      const made: CompiledImplementation = {
        kind: 'implementation',
        name: this.name,
        file,
        built,
        // Whoever is optimised with the unit depends on its code.
        digest: digestOf(compiled.module.bytes, compiled.data.bytes),
        interfaces,
        implementations: [...implementations],
      }
      return { unit: made, interface: own }
    })
  }
}

// ---------------------------------------------------------------------------------------------------------
// Files

export function encodeInterface(compiled: CompiledInterface, compiler: Digest): Uint8Array {
  const { kind, name, digest, interfaces, signature } = compiled
  return encodeImage(compiler, [], { kind, name, digest, interfaces }, serialize(signature))
}

export function encodeImplementation(unit: CompiledImplementation, compiler: Digest): Uint8Array {
  const { kind, name, digest, interfaces, implementations, built } = unit
  return encodeImage(compiler, [built], { kind, name, digest, interfaces, implementations })
}

export function readCompiled(
  bytes: Uint8Array,
  file: string,
  { compiler, reserved }: UnitImage,
): CompiledInterface | CompiledImplementation {
  const image = readImage(bytes, compiler, (s) => renumber(s, reserved))
  const about = image.about as CompiledInterface | CompiledImplementation
  const [built] = image.units
  if (about.kind === 'interface') {
    const signature = renumber(deserialize(image.attachment()) as Signature, reserved)
    return { ...about, file, signature }
  }
  if (about.kind !== 'implementation' || built === undefined) throw new ImageError('not a compiled unit')
  return { ...about, file, built }
}
