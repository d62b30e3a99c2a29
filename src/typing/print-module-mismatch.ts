/**
 * "Signature mismatch: …": the message of a failed inclusion.
 *
 * At each level down to the reason the two module types are shown, then what is missing, or the first
 * component that differs with the places of both declarations.
 */

import { fail, failWithTail } from '../base/diagnostic.ts'
import { lineColumn, promptName, type Region } from '../base/region.ts'
import type { Env } from './env.ts'
import {
  type ComponentMismatch,
  type Difference,
  type ItemOf,
  ModuleMismatch,
  type Step,
} from './include-module.ts'
import {
  box,
  breakHint,
  concat,
  type Doc,
  empty,
  hvBox,
  renderMessage,
  separated,
  space,
  vBox,
} from './pretty.ts'
import {
  extensionDoc,
  flattenFunctor,
  itemDoc,
  moduleTypeDeclarationDoc,
  moduleTypeDoc,
  type PrintContext,
  parameterDoc,
  printContext,
  typeDeclarationDoc,
  valueDoc,
} from './print-signature.ts'
import { newWeakNames } from './print-type.ts'
import type { FunctorParameter, ModuleType, SignatureItem } from './types.ts'

/** `File "a.ml", line 1, characters 4-5`, or `lines 1-3, characters 4-5` over several lines. */
export function printLocation({ source, start, end }: Region): string {
  const from = lineColumn(source, start)
  const to = lineColumn(source, end)
  const lines = from.line === to.line ? `line ${from.line}` : `lines ${from.line}-${to.line}`
  return `File "${source.name}", ${lines}, characters ${from.column}-${to.column}`
}

/** Stops with the message, or passes another error on. */
export function failModuleMismatch(region: Region, error: unknown): never {
  if (!(error instanceof ModuleMismatch)) throw error
  fail(region, renderMessage(vBox(0, 'Signature mismatch:', space, mismatchDoc(error))))
}

/** Stops because a functor's argument does not fit its parameter. */
export function failArgument(region: Region, mismatch: ModuleMismatch): never {
  const context = printContext(mismatch.env)
  const got = moduleTypeDoc(context, mismatch.got)
  const wanted = moduleTypeDoc(context, mismatch.wanted)
  const head = box(0, 'Modules do not match:', space, got, space, 'is not included in', space, wanted)
  const reasons = renderMessage(vBox(0, separated(space, mismatchReasonDocs(mismatch))))
  const tail = reasons.split('\n').map((line) => `     ${line}`)
  failWithTail(region, renderMessage(head), tail.join('\n'))
}

/** The whole explanation, as lines. */
export function mismatchDoc(mismatch: ModuleMismatch): Doc {
  return separated(space, new MismatchPrinter().lines(mismatch))
}

/**
 * Without the module types as a whole: for an implementation and its interface, and for arguments of
 * functors.
 */
export function mismatchReasonDocs(mismatch: ModuleMismatch): readonly Doc[] {
  return new MismatchPrinter().reasonLines(mismatch)
}

/** Two type declarations that do not match, and why. */
export function typeMismatchDoc(env: Env, got: ItemOf<'type'>, wanted: ItemOf<'type'>, reason: Doc): Doc {
  return separated(space, new MismatchPrinter().componentLines(env, { kind: 'type', got, wanted, reason }))
}

/** Two module types that should be the same, and why they are not. */
export function differenceDoc(env: Env, got: ModuleType, wanted: ModuleType, difference: Difference): Doc {
  const context = printContext(env)
  const pair = doNotMatch(
    'Module type declarations do not match',
    moduleTypeDoc(context, got),
    'does not match',
    moduleTypeDoc(context, wanted),
  )
  return separated(space, [pair, ...new MismatchPrinter().differenceLines(context, difference, [])])
}

class MismatchPrinter {
  readonly #weak = newWeakNames()

  #context(env: Env): PrintContext {
    return printContext(env, this.#weak)
  }

  lines(mismatch: ModuleMismatch): readonly Doc[] {
    const { env, got, wanted, steps, reason } = mismatch
    if (reason.kind === 'parameter' || reason.kind === 'parameters') return this.#parameterLines(mismatch)
    const context = this.#context(env)
    if (areLarge(got, wanted)) return [concat('...'), ...this.reasonLines(mismatch)]
    const pair = doNotMatch(
      'Modules do not match',
      moduleTypeDoc(context, got),
      'is not included in',
      moduleTypeDoc(context, wanted),
    )
    return [...this.#where(env, steps), pair, ...this.reasonLines(mismatch)]
  }

  reasonLines(mismatch: ModuleMismatch): readonly Doc[] {
    const { env, steps, reason } = mismatch
    switch (reason.kind) {
      case 'unlike':
        return []
      case 'missing':
        return [...this.#where(env, steps), ...reason.items.flatMap(missingLines)]
      case 'component':
        return [...this.#where(env, steps), ...this.componentLines(reason.env, reason.component)]
      case 'inner':
        return this.lines(reason.mismatch)
      case 'parameter':
      case 'parameters':
        return this.#parameterLines(mismatch)
    }
  }

  // -------------------------------------------------------------------------------------------------------
  // Places

  #where(env: Env, steps: readonly Step[]): readonly Doc[] {
    if (steps.every((step) => step.kind === 'body')) return []
    if (steps.every((step) => step.kind === 'module')) {
      return [concat(`In module ${steps.map((step) => (step as { name: string }).name).join('.')}:`)]
    }
    return [hvBox(2, 'At position', space, this.#position(env, steps, false))]
  }

  #position(env: Env, [step, ...rest]: readonly Step[], inSignature: boolean): Doc {
    if (step === undefined) return concat('<here>')
    switch (step.kind) {
      case 'module':
        return this.#named(env, `module ${step.name} :`, rest, inSignature)
      case 'module-type':
        return this.#named(env, `module type ${step.name} =`, rest, inSignature)
      case 'argument':
        return concat(`functor (${nameOf(step.parameter)} : `, this.#position(env, rest, false), ') -> ...')
      case 'body':
        return concat(
          'functor ',
          parameterDoc(this.#context(env), step.parameter),
          ' ->',
          space,
          this.#position(env, rest, false),
        )
    }
  }

  #named(env: Env, head: string, rest: readonly Step[], inSignature: boolean): Doc {
    const next = rest[0]
    const goesOn = next?.kind === 'module' || next?.kind === 'module-type'
    const inner = this.#position(env, rest, goesOn)
    const body = goesOn ? box(2, 'sig', space, inner, breakHint(1, -2), 'end') : inner
    return inSignature ? concat(head, ' ', body) : box(2, head, space, body)
  }

  // -------------------------------------------------------------------------------------------------------
  // Components

  componentLines(env: Env, mismatch: ComponentMismatch): readonly Doc[] {
    const context = this.#context(env)
    switch (mismatch.kind) {
      case 'value': {
        const { got, wanted } = mismatch
        const one = valueDoc(context, got.ident.name, got.description)
        const other = valueDoc(context, wanted.ident.name, wanted.description)
        const pair = doNotMatch('Values do not match', one, 'is not included in', other)
        return [pair, ...places(got.description.region, wanted.description.region)]
      }
      case 'type': {
        const { got, wanted, reason } = mismatch
        const one = typeDeclarationDoc(context, got.ident, got.declaration)
        const other = typeDeclarationDoc(context, wanted.ident, wanted.declaration)
        const pair = doNotMatch('Type declarations do not match', one, 'is not included in', other)
        return [pair, ...nonEmpty(reason), ...places(got.declaration.region, wanted.declaration.region)]
      }
      case 'extension': {
        const { got, wanted, reason } = mismatch
        const one = extensionDoc(context, [got.declaration])
        const other = extensionDoc(context, [wanted.declaration])
        const pair = doNotMatch('Extension declarations do not match', one, 'is not included in', other)
        return [pair, ...nonEmpty(reason), ...places(got.declaration.region, wanted.declaration.region)]
      }
      case 'class':
      case 'class-type': {
        const what = mismatch.kind === 'class' ? 'Class' : 'Class type'
        const one = itemDoc(context, mismatch.got)
        const other = itemDoc(context, mismatch.wanted)
        return [
          doNotMatch(`${what} declarations do not match`, one, 'does not match', other),
          ...mismatch.reasons,
        ]
      }
      case 'module-type':
        return this.#moduleTypeLines(context, mismatch)
    }
  }

  #moduleTypeLines(
    context: PrintContext,
    { got, wanted, difference, steps }: Extract<ComponentMismatch, { kind: 'module-type' }>,
  ): readonly Doc[] {
    const one = moduleTypeDeclarationDoc(context, got.ident.name, got.type)
    const other = moduleTypeDeclarationDoc(context, wanted.ident.name, wanted.type)
    const pair = doNotMatch('Module type declarations do not match', one, 'does not match', other)
    return [pair, ...this.differenceLines(context, difference, steps)]
  }

  differenceLines(
    context: PrintContext,
    { fails, mismatch }: Difference,
    steps: readonly Step[],
  ): readonly Doc[] {
    if (mismatch === undefined) {
      const line = 'Illegal permutation of runtime components in a module type.'
      return [...this.#where(context.env, steps), concat(line)]
    }
    const types = [moduleTypeDoc(context, mismatch.got), moduleTypeDoc(context, mismatch.wanted)] as const
    const [one, other] = fails === 'second-in-first' ? [types[1], types[0]] : types
    const inner = doNotMatch('Module types do not match', one, 'is not equal to', other)
    return [...sideLine(fails), ...this.#where(context.env, steps), inner, ...this.reasonLines(mismatch)]
  }

  // -------------------------------------------------------------------------------------------------------
  // Functor parameters

  #parameterLines({ env, got, wanted, steps, reason }: ModuleMismatch): readonly Doc[] {
    const context = this.#context(env)
    if (reason.kind === 'parameter')
      return this.#parameterMismatchLines(context, got, wanted, reason.mismatch)
    if (reason.kind !== 'parameters') return []
    const pair = doNotMatch(
      'Modules do not match',
      functorHead(context, got),
      'is not included in',
      functorHead(context, wanted),
    )
    return [...this.#where(env, steps), pair, ...arityLine(context, reason.extra, reason.absent)]
  }

  #parameterMismatchLines(
    context: PrintContext,
    got: ModuleType,
    wanted: ModuleType,
    mismatch: ModuleMismatch,
  ): readonly Doc[] {
    const pair = doNotMatch(
      'Modules do not match',
      abbreviatedHead(got, '$S1'),
      'is not included in',
      abbreviatedHead(wanted, '$T1'),
    )
    const inner = doNotMatch(
      'Module types do not match',
      concat('$S1 = ', moduleTypeDoc(context, mismatch.wanted)),
      'does not include',
      concat('$T1 = ', moduleTypeDoc(context, mismatch.got)),
    )
    return [pair, inner, ...this.reasonLines(mismatch.at([]))]
  }
}

/** OCaml elides module types whose description takes more than 500 bytes. An estimate: of small ones, those with classes do. */
function areLarge(got: ModuleType, wanted: ModuleType): boolean {
  const items = [got, wanted].flatMap((type) => (type.kind === 'signature' ? type.items : []))
  const sizes = items.map(({ kind }) => (kind === 'class' ? 100 : kind === 'class-type' ? 260 : 0))
  return sizes.reduce<number>((sum, size) => sum + size, 0) > 500
}

function sideLine(fails: Difference['fails']): readonly Doc[] {
  if (fails === 'first-in-second') return [concat('The first module type is not included in the second')]
  if (fails === 'second-in-first') return [concat('The second module type is not included in the first')]
  return []
}

const nameOf = (parameter: FunctorParameter): string =>
  parameter.kind === 'unit' ? '()' : (parameter.ident?.name ?? '_')

function functorHead(context: PrintContext, type: ModuleType): Doc {
  const { parameters } = flattenFunctor(type)
  const docs = parameters.map((parameter) => parameterDoc(context, parameter))
  return concat('functor ', separated(space, docs), ' -> ...')
}

function abbreviatedHead(type: ModuleType, name: string): Doc {
  const parameter = type.kind === 'functor' ? type.parameter : undefined
  return concat(`functor (${parameter === undefined ? '_' : nameOf(parameter)} : ${name}) -> ...`)
}

function arityLine(
  context: PrintContext,
  extra: FunctorParameter | undefined,
  absent: FunctorParameter | undefined,
): readonly Doc[] {
  if (extra !== undefined && absent !== undefined) {
    const both = [extra, absent].map((parameter) => parameterDoc(context, parameter)) as [Doc, Doc]
    return [concat('The functor was expected to take ', both[1], ' but takes ', both[0], '.')]
  }
  if (extra?.kind === 'unit') return [concat('An extra argument () is provided')]
  if (extra !== undefined) {
    return [concat('An extra argument is provided of module type ', moduleTypeDoc(context, extra.type))]
  }
  if (absent?.kind === 'unit') return [concat('An argument () appears to be missing')]
  if (absent === undefined) return []
  return [concat('An argument appears to be missing with module type ', moduleTypeDoc(context, absent.type))]
}

// ---------------------------------------------------------------------------------------------------------

function doNotMatch(head: string, got: Doc, relation: string, wanted: Doc): Doc {
  const shift = breakHint(1, 2)
  return hvBox(0, `${head}:`, shift, got, space, relation, shift, wanted)
}

const nonEmpty = (reason: Doc): readonly Doc[] => (reason === empty ? [] : [reason])

function declaredAt(region: Region, which: 'Expected' | 'Actual'): Doc {
  return box(2, `${printLocation(region)}:`, space, `${which} declaration`)
}

/** Where the two declarations are. */
function places(got: Region, wanted: Region): readonly Doc[] {
  return [
    ...(isNowhere(wanted) ? [] : [declaredAt(wanted, 'Expected')]),
    ...(isNowhere(got) ? [] : [declaredAt(got, 'Actual')]),
  ]
}

/** Places at the prompt are of no use either. */
const isNowhere = ({ source }: Region): boolean => source.name === '_none_' || source.name === promptName

const kindNames: Record<SignatureItem['kind'], string> = {
  value: 'value',
  type: 'type',
  extension: 'extension constructor',
  module: 'module',
  'module-type': 'module type',
  class: 'class',
  'class-type': 'class type',
}

function missingLines(item: SignatureItem): readonly Doc[] {
  const isException = item.kind === 'extension' && item.declaration.isException
  const kind = isException ? 'exception' : kindNames[item.kind]
  const line = concat(`The ${kind} \`${item.ident.name}' is required but not provided`)
  const region = regionOfItem(item)
  if (region === undefined || isNowhere(region)) return [line]
  return [line, declaredAt(region, 'Expected')]
}

function regionOfItem(item: SignatureItem): Region | undefined {
  switch (item.kind) {
    case 'value':
      return item.description.region
    case 'type':
    case 'extension':
      return item.declaration.region
    case 'module':
    case 'module-type':
      return item.region
    case 'class':
    case 'class-type':
      return item.declaration.region
  }
}
