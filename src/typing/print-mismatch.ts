/**
 * "This expression has type … but an expression was expected of type …": the message of a failed unification.
 *
 * The outermost pair of types is always shown, each with its expansion when that differs; of the pairs further in
 * those where an abbreviation was expanded, and the innermost when nothing better explains the failure.
 */

import { type Diagnostic, DiagnosticError, fail } from '../base/diagnostic.ts'
import { printLocation } from '../base/print-diagnostic.ts'
import { promptName, type Region } from '../base/region.ts'
import type { Env } from './env.ts'
import { expandHead, isBeyondEquation } from './expand.ts'
import { samePath } from './ident.ts'
import { withOwnStructure } from './instance.ts'
import { predefinedType } from './predef.ts'
import {
  box,
  breakHint,
  concat,
  cut,
  type Doc,
  type DocLike,
  empty,
  hovBox,
  newline,
  renderMessage,
  separated,
  space,
  vBox,
} from './pretty.ts'
import { printType, printTypePath, TypePrinter } from './print-type.ts'
import { SubtypeError } from './subtype.ts'
import { repr, type Type } from './types.ts'
import { type TraceElement, UnifyError, unifiable } from './unify.ts'

/** A type and what its head expands to. */
interface Shown {
  readonly type: Type
  readonly expanded: Type
}

interface Pair {
  readonly got: Shown
  readonly expected: Shown
}

function shown(env: Env, type: Type): Shown {
  return { type: repr(type), expanded: expandForMessage(env, type) }
}

/** Equations explain a failure even if they do not hold where the type belongs. */
function expandForMessage(env: Env, type: Type): Type {
  return expandHead(env, isBeyondEquation(env, type) ? withOwnStructure(type) : type)
}

/** Whether the expansion says nothing new. */
function isPlain({ type, expanded }: Shown): boolean {
  if (type === expanded) return true
  if (type.desc.kind !== 'constructor' || expanded.desc.kind !== 'constructor') return false
  const { path, arguments: args } = expanded.desc
  return (
    samePath(type.desc.path, path) && type.desc.arguments.every((a, i) => repr(a) === repr(args[i] as Type))
  )
}

function printShown(printer: TypePrinter, each: Shown): Doc {
  if (isPlain(each)) return printer.print(each.type)
  return box(2, printer.print(each.type), space, '=', space, printer.print(each.expanded))
}

/** A part of an object's methods is no type that could be shown. */
function isRowPart(type: Type): boolean {
  const { kind } = repr(type).desc
  return kind === 'field' || kind === 'nil'
}

/** The pairs of a failure, by its trace: what is looked over before printing and what is printed are the same nodes. */
const knownPairs = new WeakMap<readonly TraceElement[], readonly Pair[]>()

function pairsOf(env: Env, trace: readonly TraceElement[]): readonly Pair[] {
  const known = knownPairs.get(trace)
  if (known !== undefined) return known
  const pairs: Pair[] = []
  for (const element of trace) {
    if (element.kind !== 'difference' || isRowPart(element.got) || isRowPart(element.expected)) continue
    pairs.push({ got: shown(env, element.got), expected: shown(env, element.expected) })
  }
  knownPairs.set(trace, pairs)
  return pairs
}

const isRefinement = ({ got, expected }: Pair): boolean => isPlain(got) && isPlain(expected)

/** The inner pairs that are worth showing. */
function relevantPairs(inner: readonly Pair[], keepLast: boolean): Pair[] {
  return inner.filter((pair, i) => !isRefinement(pair) || (keepLast && i === inner.length - 1))
}

const isUnit = (type: Type): boolean => {
  const { desc } = repr(type)
  return desc.kind === 'constructor' && predefinedType(desc.path) === 'unit'
}

/**
 * Explanations are found before anything is printed, but printed last: variables get their names in the order in
 * which they are printed.
 */
type Explanation = () => Doc

const fixed =
  (doc: Doc): Explanation =>
  () =>
    doc

/** Hints about a pair that differs. */
function explainDifference(env: Env, { got, expected }: Pair): Explanation | undefined {
  const g = got.expanded.desc
  const e = expected.expanded.desc
  if (
    g.kind === 'arrow' &&
    isUnit(expandHead(env, g.parameter)) &&
    unifiable(env, g.result, expected.expanded)
  ) {
    return fixed(concat(cut, box(0, "Hint: Did you forget to provide `()' as argument?")))
  }
  if (e.kind === 'arrow' && isUnit(expandHead(env, e.parameter)) && unifiable(env, got.expanded, e.result)) {
    return fixed(concat(cut, box(0, "Hint: Did you forget to wrap the expression using `fun () ->'?")))
  }
  return undefined
}

const tagList = (tags: readonly string[]): Doc =>
  hovBox(
    0,
    separated(
      concat(',', space),
      tags.map((tag) => `\`${tag}`),
    ),
  )

/** The types of the innermost method in which the failure is. */
function methodTypes(printer: TypePrinter, trace: readonly TraceElement[]): Doc {
  const at = trace.findLastIndex((element) => element.kind === 'method-types')
  const method = trace[at]
  const pair = trace[at + 1]
  if (method?.kind !== 'method-types' || pair?.kind !== 'difference') return empty
  const got = concat(`The method ${method.name} has type`, space, printer.print(pair.got), ',')
  const expected = concat('but the expected method type was', space, printer.print(pair.expected))
  return concat(cut, box(0, got, space, expected))
}

function explainElement(
  env: Env,
  printer: TypePrinter,
  element: TraceElement,
  trace: readonly TraceElement[],
): Explanation | undefined {
  switch (element.kind) {
    case 'difference':
      return explainDifference(env, { got: shown(env, element.got), expected: shown(env, element.expected) })
    case 'occurs':
      return explainOccurs(env, element.variable, element.type)
    case 'escape':
      return fixed(explainEscape(env, element))
    case 'ambiguous':
      return () => explainAmbiguity(printer, expandForMessage(env, element.type))
    case 'universal-escape':
      return () =>
        concat(
          methodTypes(printer, trace),
          cut,
          'The universal variable ',
          printer.print(element.variable),
          ' would escape its scope',
        )
    case 'no-intersection':
      return fixed(concat(cut, 'These two variant types have no intersection'))
    case 'no-tags':
      return fixed(explainTags(element))
    case 'tag-types':
      return fixed(concat(cut, `Types for tag \`${element.tag} are incompatible`))
    case 'fixed-row':
      return () => explainFixedRow(printer, element)
    case 'missing-method':
      return fixed(concat(cut, box(0, `The ${element.side} object type has no method ${element.name}`)))
    case 'method-types':
      return fixed(concat(cut, `Types for method ${element.name} are incompatible`))
    case 'abstract-row':
      return fixed(
        concat(cut, box(0, `The ${element.side} object type has an abstract row, it cannot be closed`)),
      )
    case 'self-closed':
      return fixed(concat(cut, 'Self type cannot be unified with a closed object type'))
    case 'self-escape':
      return fixed(concat(cut, 'Self type cannot escape its class'))
  }
}

function explainTags(element: Extract<TraceElement, { kind: 'no-tags' }>): Doc {
  const text = `The ${element.side} variant type does not allow tag(s)`
  return concat(cut, box(0, text, space, tagList(element.tags)))
}

/** Each of the two has names of its own. */
function explainOccurs(env: Env, variable: Type, type: Type): Explanation | undefined {
  const { kind } = repr(variable).desc
  if (kind !== 'variable' && kind !== 'universal') return undefined
  return () => {
    const name = printType(env, variable)
    return concat(cut, hovBox(0, 'The type variable ', name, ' occurs inside', space, printType(env, type)))
  }
}

function explainEscape(env: Env, element: Extract<TraceElement, { kind: 'escape' }>): Doc {
  const what = element.what === 'constructor' ? 'type constructor' : 'module type'
  const name = printTypePath(env, element.path)
  return concat(cut, box(0, `The ${what}`, breakHint(1, 2), name, space, 'would escape its scope'))
}

function explainAmbiguity(printer: TypePrinter, type: Type): Doc {
  const instance = concat('This instance of ', printer.print(type), ' is ambiguous:')
  return concat(cut, hovBox(0, instance, space, 'it would escape the scope of its equation'))
}

function explainFixedRow(printer: TypePrinter, element: Extract<TraceElement, { kind: 'fixed-row' }>): Doc {
  const { kind } = repr(element.row).desc
  const reason =
    kind === 'universal'
      ? concat('is bound to the universal type variable ', printer.print(element.row))
      : 'is private'
  const effect =
    element.tags.length === 0
      ? 'it cannot be closed'
      : concat('it may not allow the tag(s) ', tagList(element.tags))
  return concat(cut, box(0, `The ${element.side} variant type `, reason, ',', space, effect))
}

/** The explanation nearest to the failure. */
function explain(env: Env, printer: TypePrinter, trace: readonly TraceElement[]): Explanation | undefined {
  for (let i = trace.length - 1; i >= 0; i -= 1) {
    const found = explainElement(env, printer, trace[i] as TraceElement, trace)
    if (found !== undefined) return found
  }
  return undefined
}

/** The types of an explanation. */
function explainedTypes(element: TraceElement): readonly Type[] {
  if (element.kind === 'occurs') return [element.variable, element.type]
  if (element.kind === 'ambiguous') return [element.type]
  return element.kind === 'universal-escape' ? [element.variable] : []
}

/** The printer for all types of a failure that are shown, with the names that the programmer gave kept free. */
function printerFor(env: Env, trace: readonly TraceElement[]): TypePrinter {
  const printer = new TypePrinter(env)
  const [outer, ...inner] = pairsOf(env, trace)
  const pairs = relevantPairs(inner, explain(env, printer, trace) === undefined)
  const shownTypes: Shown[] = pairs.flatMap(({ got, expected }) => [got, expected])
  if (outer !== undefined) {
    shownTypes.unshift(headOf(outer.got, pairs.length === 0), headOf(outer.expected, pairs.length === 0))
  }
  for (const each of shownTypes) markShown(printer, each)
  for (const type of trace.flatMap(explainedTypes)) printer.mark(type)
  return printer
}

function markShown(printer: TypePrinter, { type, expanded }: Shown): void {
  printer.mark(type)
  if (expanded !== repr(type)) printer.mark(expanded)
}

const isStructural = (type: Type): boolean => type.desc.kind === 'variant' || type.desc.kind === 'object'

/** With no pairs further in, the expansion of a variant would only repeat its definition. */
function headOf(each: Shown, alone: boolean): Shown {
  return alone && isStructural(each.expanded) ? { type: each.type, expanded: each.type } : each
}

export interface MismatchText {
  /** "This expression has type" */
  readonly got: DocLike
  /** "but an expression was expected of type" */
  readonly expected: DocLike
  /** "the condition of an if-statement" */
  readonly because?: string | undefined
}

/** The document of the message. */
export function mismatchDoc(
  env: Env,
  error: UnifyError,
  text: MismatchText,
  printer = printerFor(env, error.trace),
): Doc {
  const { trace } = error
  const [outer, ...inner] = pairsOf(env, trace)
  const explanation = explain(env, printer, trace)
  const pairs = relevantPairs(inner, explanation === undefined)
  if (outer === undefined) return concat(text.got, explanation?.() ?? '')
  const alone = pairs.length === 0
  const head = box(
    0,
    text.got,
    breakHint(1, 2),
    printShown(printer, headOf(outer.got, alone)),
    space,
    text.expected,
    breakHint(1, 2),
    printShown(printer, headOf(outer.expected, alone)),
  )
  const because = text.because === undefined ? '' : concat(space, `because it is in ${text.because}`)
  return vBox(0, head, because, ...pairs.map((pair) => innerPair(printer, pair)), explanation?.() ?? '')
}

function innerPair(printer: TypePrinter, pair: Pair): Doc {
  return concat(cut, pairDoc(printer, pair, 'is not compatible with type'))
}

function pairDoc(printer: TypePrinter, { got, expected }: Pair, relation: string): Doc {
  const shift = breakHint(1, 2)
  const types = [printShown(printer, got), space, relation, shift, printShown(printer, expected)]
  return concat(box(0, 'Type', shift, ...types), ' ')
}

/** Stops because a type is no subtype of another. */
export function failSubtype(env: Env, region: Region, error: unknown): never {
  if (!(error instanceof SubtypeError)) throw error
  const pairs = error.pairs.map(({ got, expected }) => ({ kind: 'difference', got, expected }) as const)
  const printer = new TypePrinter(env)
  const found = pairsOf(env, pairs)
  const kept = found.filter((pair, i) => i === 0 || i === found.length - 1 || !isRefinement(pair))
  const reasons = pairsOf(env, error.reason.trace).filter((pair) => !isRefinement(pair))
  const explanation = explain(env, printer, error.reason.trace)
  for (const { got, expected } of [...kept, ...reasons])
    for (const each of [got, expected]) markShown(printer, each)
  const doc = vBox(
    0,
    separated(
      cut,
      kept.map((pair) => pairDoc(printer, pair, 'is not a subtype of')),
    ),
    ...reasons.map((pair) => innerPair(printer, pair)),
    explanation?.() ?? '',
  )
  fail(region, renderMessage(doc))
}

/** Stops with the message of a failed unification; other errors pass through. */
export function failMismatch(
  env: Env,
  region: Region,
  error: unknown,
  text: MismatchText,
  more: Partial<Diagnostic> = {},
): never {
  if (!(error instanceof UnifyError)) throw error
  const printer = printerFor(env, error.trace)
  const clash = renderMessage(mismatchDoc(env, error, text, printer))
  const message = clash + printDefinitions(printer.ambiguousTypes())
  throw new DiagnosticError({ severity: 'error', region, message, ...more })
}

/** The message of a type that mentions what it may not: as it is, since its expansion may be what is to be mentioned. */
export function failEscape(
  env: Env,
  region: Region,
  error: UnifyError,
  { got, type }: { readonly got: string; readonly type: Type },
): never {
  const printer = printerFor(env, error.trace)
  printer.mark(type)
  const [element] = error.trace
  const head = box(0, got, breakHint(1, 2), printer.print(type))
  const explanation =
    element?.kind === 'ambiguous'
      ? explainAmbiguity(printer, element.type)
      : explain(env, printer, error.trace)?.()
  const doc = vBox(0, head, explanation ?? '')
  throw new DiagnosticError({ severity: 'error', region, message: renderMessage(doc) })
}

/** Where types of the same name are defined; of those of the prompt, that is of no use. */
function printDefinitions(types: ReturnType<TypePrinter['ambiguousTypes']>): string {
  const isOfPrompt = ({ region }: { readonly region: Region }) => region.source.name === promptName
  const ofPrompt = types.filter(isOfPrompt)
  const ofFiles = types.filter((type) => !isOfPrompt(type))
  const definitions = ofFiles.map(
    ({ name, region }) => `\n${printLocation(region)}\n  Definition of type ${name}`,
  )
  const names = [...new Set(ofPrompt.map(({ name }) => name.replace(/\/.*/, '')))]
  return [...definitions, names.length === 0 ? '' : `\n${redefinedHint(names)}`].join('')
}

function redefinedHint(names: readonly string[]): string {
  const last = names.at(-1)
  const several = names.length > 1
  const subject = several ? `types ${names.slice(0, -1).join(', ')} and ${last} have` : `type ${last} has`
  const words =
    `Hint: The ${subject} been defined multiple times in this toplevel session. ` +
    `Some toplevel values still refer to old versions of ${several ? 'those types' : 'this type'}. ` +
    'Did you try to redefine them?'
  return renderMessage(hovBox(2, separated(space, words.split(' '))))
}

/** Lines of a message joined as they are. */
export const lines = (...docs: readonly DocLike[]): Doc => separated(newline, docs)
