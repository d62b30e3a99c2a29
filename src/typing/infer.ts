/**
 * Type inference for a compilation unit: `inferUnit`.
 *
 * A unit is a structure. With an interface, the structure is coerced to it, and others see the interface;
 * otherwise they see the structure's signature, which must then be free of weak type variables.
 */

import { type Diagnostic, DiagnosticError, fail } from '../base/diagnostic.ts'
import { noRegion, type Region, wholeFile } from '../base/region.ts'
import { defaultWarnings, type Warnings, warningAt } from '../base/warnings.ts'
import type * as ast from '../syntax/ast.ts'
import type { ClassInference, Context, ModuleInference } from './context.ts'
import { type Env, newStore, openUnit } from './env.ts'
import { translateException } from './extension-declaration.ts'
import { inferPack, packageModuleType } from './first-class-module.ts'
import { includeModuleType, ModuleMismatch } from './include-module.ts'
import { inferClassExpression } from './infer-class-expression.ts'
import { inferObjectStructure } from './infer-class-structure.ts'
import { expressionInference } from './infer-expression.ts'
import { inferModule } from './infer-module.ts'
import { inferOpening, inferStructure } from './infer-structure.ts'
import { judgeOf } from './judge-warnings.ts'
import { markExported } from './mark-exported.ts'
import { translateSignature } from './module-type.ts'
import { predefinedEnv } from './predef.ts'
import { concat, renderMessage, separated, space, vBox } from './pretty.ts'
import { mismatchReasonDocs } from './print-module-mismatch.ts'
import { TypeVariables } from './translate-type.ts'
import { checkTranslation } from './translation-checks.ts'
import type { ModuleCoercion, Structure, TypedUnit } from './typed-tree.ts'
import type { Signature } from './types.ts'
import { checkGeneralised } from './weak-variables.ts'

export interface UnitSource {
  /** e.g. "List" */
  readonly name: string
  readonly items: readonly ast.StructureItem[]
  /** The items of the .mli file, if there is one. */
  readonly interfaceItems?: readonly ast.SignatureItem[] | undefined
  /** The interface of another unit, by name. */
  readonly loadInterface: (unitName: string) => Signature | undefined
  /** The unit that a name in this source means, when that is not the unit of that name. */
  readonly unitNamed?: ((name: string) => string) | undefined
  /** Units that a misspelt name may have meant. */
  readonly knownUnits?: readonly string[] | undefined
  /** The unit's interface when it is compiled already; `interfaceItems` are then not translated. */
  readonly declared?: Signature | undefined
  /** False: the unit starts without Stdlib. */
  readonly withStdlib?: boolean | undefined
  /** Which warnings are wanted; OCaml's default set otherwise. */
  readonly warnings?: Warnings | undefined
}

export interface InferredUnit {
  /** Absent when there is an error among the diagnostics. */
  readonly unit: TypedUnit | undefined
  /** The structure on its own, when only what it exports is wrong. */
  readonly structure?: Structure | undefined
  readonly diagnostics: readonly Diagnostic[]
}

const moduleInference: ModuleInference = {
  inferModule,
  inferOpen: (cx, env, open) => {
    const { env: inner, declaration } = inferOpening(cx, env, open)
    return { env: inner, declaration }
  },
  inferException: (_cx, env, exception) => translateException(env, exception),
  inferPack,
  packageModuleType,
}

const classInference: ClassInference = {
  inferObject: (cx, env, body, region) => inferObjectStructure(inferClassExpression, cx, env, body, region),
}

/** A context for one unit or phrase that starts in this environment. */
export function newContext({ store }: Env): Context {
  store.diagnostics.length = 0
  store.delayed.length = 0
  store.usages.clear()
  return {
    diagnostics: store.diagnostics,
    variables: new TypeVariables(),
    delayed: store.delayed,
    expressions: expressionInference,
    modules: moduleInference,
    classes: classInference,
  }
}

/** Stdlib and the unit that it mentions itself start without Stdlib. */
const opensStdlib = (name: string): boolean => name !== 'Stdlib' && name !== 'CamlinternalFormatBasics'

/** The environment in which a unit starts: the predefined names, and Stdlib's when it can be loaded. */
export function initialEnv(
  loadInterface: UnitSource['loadInterface'],
  withStdlib = true,
  unitNamed?: UnitSource['unitNamed'],
  knownUnits?: UnitSource['knownUnits'],
): Env {
  const env = predefinedEnv(newStore(loadInterface, unitNamed, knownUnits))
  return (withStdlib ? openUnit(env, 'Stdlib') : undefined) ?? env
}

function startOfUnit(source: Omit<UnitSource, 'items' | 'interfaceItems'>): Env {
  const { name, loadInterface, withStdlib = true, unitNamed, knownUnits } = source
  return initialEnv(loadInterface, withStdlib && opensStdlib(name), unitNamed, knownUnits)
}

/** Infers a unit. Errors and warnings are among the diagnostics; nothing is thrown for a wrong program. */
export function inferUnit(source: UnitSource): InferredUnit {
  const env = startOfUnit(source)
  const cx = newContext(env)
  const progress: { structure?: Structure } = {}
  const all = [...(source.interfaceItems ?? []), ...source.items]
  const judged = (): Diagnostic[] => wanted(cx.diagnostics, { ...source, items: all })
  try {
    const unit = inferTypedUnit(cx, env, source, progress)
    const diagnostics = judged()
    return { unit: diagnostics.some(isError) ? undefined : unit, ...progress, diagnostics }
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error
    return { unit: undefined, ...progress, diagnostics: [...judged(), error.diagnostic] }
  }
}

/** An error, or a warning that counts as one. */
export function isError({ severity, fatal }: Diagnostic): boolean {
  return severity === 'error' || fatal === true
}

/** What of the diagnostics is to be printed. */
function wanted(
  diagnostics: readonly Diagnostic[],
  { items, warnings = defaultWarnings }: Pick<UnitSource, 'warnings'> & { readonly items: Items },
): Diagnostic[] {
  const judge = judgeOf(items, warnings)
  return diagnostics.flatMap((d) => judge(d) ?? [])
}

type Items = readonly (ast.StructureItem | ast.SignatureItem)[]

export interface InferredPhrase {
  /** Absent when there is an error among the diagnostics. */
  readonly structure: Structure | undefined
  /** The environment for the next phrase. */
  readonly env: Env
  readonly diagnostics: readonly Diagnostic[]
}

/** Infers what is typed at a prompt; weak type variables stay as they are until a later phrase decides them. */
export function inferPhrase(
  env: Env,
  items: readonly ast.StructureItem[],
  warnings: Warnings = defaultWarnings,
): InferredPhrase {
  const cx = newContext(env)
  try {
    const structure = inferStructure({ ...cx, atPrompt: true }, env, items)
    markExported(env.store.usages, structure.signature)
    for (const check of cx.delayed) check()
    cx.diagnostics.push(...checkTranslation(structure))
    return { structure, env: structure.env, diagnostics: wanted(cx.diagnostics, { items, warnings }) }
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error
    const diagnostics = [...wanted(cx.diagnostics, { items, warnings }), error.diagnostic]
    return { structure: undefined, env, diagnostics }
  }
}

/** Infers an interface on its own. */
export function inferInterface(
  source: Omit<UnitSource, 'items' | 'interfaceItems'> & {
    readonly items: readonly ast.SignatureItem[]
  },
): { readonly signature: Signature | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const env = startOfUnit(source)
  const cx = newContext(env)
  try {
    const signature = translateInterface(cx, env, source.items)
    return { signature, diagnostics: wanted(cx.diagnostics, source) }
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error
    return { signature: undefined, diagnostics: [...wanted(cx.diagnostics, source), error.diagnostic] }
  }
}

/** An interface is a unit of its own as far as warnings go: what it declares is for others, but names in it may be unused. */
function translateInterface(cx: Context, env: Env, items: readonly ast.SignatureItem[]): Signature {
  const { items: signature } = translateSignature(cx, env, items)
  const { usages, delayed } = env.store
  markExported(usages, signature, 'both')
  for (const check of delayed.splice(0)) check()
  usages.clear()
  return signature
}

function inferTypedUnit(
  cx: Context,
  env: Env,
  source: UnitSource,
  progress: { structure?: Structure },
): TypedUnit {
  const { name, items, interfaceItems } = source
  const declared = source.declared ?? (interfaceItems && translateInterface(cx, env, interfaceItems))
  const structure = inferStructure(cx, env, items)
  progress.structure = structure
  const coercion =
    declared === undefined ? closed(structure, source) : coerce(env, structure, declared, source)
  for (const check of cx.delayed) check()
  cx.diagnostics.push(...checkTranslation(structure))
  return {
    name,
    structure,
    coercion,
    interface: declared ?? structure.signature,
    imports: [...env.store.imports].filter((unit) => unit !== name),
  }
}

/** Without an interface, what is exported must not depend on what others will do with it. */
function closed({ env, signature }: Structure, { items }: UnitSource): ModuleCoercion {
  const [first] = items
  if (first !== undefined)
    env.store.diagnostics.push(warningAt(wholeFile(first.region.source), 70, 'Cannot find interface file.'))
  markExported(env.store.usages, signature)
  checkGeneralised(env, signature)
  return { kind: 'identity' }
}

function coerce(env: Env, { signature }: Structure, declared: Signature, source: UnitSource): ModuleCoercion {
  try {
    return includeModuleType(
      env,
      { kind: 'signature', items: signature },
      { kind: 'signature', items: declared },
      { marks: 'provided' },
    )
  } catch (error) {
    if (error instanceof ModuleMismatch) failInterface(error, source)
    throw error
  }
}

function startOf(region: Region | undefined): Region {
  return region === undefined ? noRegion : wholeFile(region.source)
}

function failInterface(mismatch: ModuleMismatch, { name, items, interfaceItems }: UnitSource): never {
  const place = startOf(items[0]?.region ?? interfaceItems?.[0]?.region)
  const implementation = items[0]?.region.source.name ?? `${name}.ml`
  const interfaceName = interfaceItems?.[0]?.region.source.name ?? implementation
  const compiled = interfaceName.replace(/\.mli?$/, '.cmi')
  const head = [
    concat(`The implementation ${implementation}`),
    concat(`does not match the interface ${compiled}:`),
  ]
  const oneLine = `The implementation ${implementation} does not match the interface ${compiled}:`
  const first = oneLine.length < 71 ? [concat(oneLine)] : head
  fail(place, renderMessage(vBox(0, separated(space, [...first, ...mismatchReasonDocs(mismatch)]))))
}
