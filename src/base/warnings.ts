/**
 * Warnings: their numbers and names, and which of them are wanted, as `-w`, `-warn-error` and attributes say.
 *
 *     specification   any number of   SIGN NUMBER   SIGN NUMBER..NUMBER   SIGN LETTER   SIGN name   LETTER
 *     SIGN            + enable   - disable   @ enable, and treat as an error
 *     LETTER          a set of warnings; without a sign a capital enables it, another disables it
 *
 * In a specification of errors a sign says what is an error and enables nothing, but for `@`.
 */

import type { Diagnostic } from './diagnostic.ts'
import type { Region } from './region.ts'

/** Warning 3 is the alert `deprecated`. */
const deprecatedNumber = 3

/** By number from 1 on; warning 25 is part of 8. */
const names = [
  'comment-start',
  'comment-not-end',
  '',
  'fragile-match',
  'ignored-partial-application',
  'labels-omitted',
  'method-override',
  'partial-match',
  'missing-record-field-pattern',
  'non-unit-statement',
  'redundant-case',
  'redundant-subpat',
  'instance-variable-override',
  'illegal-backslash',
  'implicit-public-methods',
  'unerasable-optional-argument',
  'undeclared-virtual-method',
  'not-principal',
  'non-principal-labels',
  'ignored-extra-argument',
  'nonreturning-statement',
  'preprocessor',
  'useless-record-with',
  'bad-module-name',
  '',
  'unused-var',
  'unused-var-strict',
  'wildcard-arg-to-constant-constr',
  'eol-in-string',
  'duplicate-definitions',
  'module-linked-twice',
  'unused-value-declaration',
  'unused-open',
  'unused-type-declaration',
  'unused-for-index',
  'unused-ancestor',
  'unused-constructor',
  'unused-extension',
  'unused-rec-flag',
  'name-out-of-scope',
  'ambiguous-name',
  'disambiguated-name',
  'nonoptional-label',
  'open-shadow-identifier',
  'open-shadow-label-constructor',
  'bad-env-variable',
  'attribute-payload',
  'eliminated-optional-arguments',
  'no-cmi-file',
  'unexpected-docstring',
  'wrong-tailcall-expectation',
  'fragile-literal-pattern',
  'misplaced-attribute',
  'duplicated-attribute',
  'inlining-impossible',
  'unreachable-case',
  'ambiguous-var-in-pattern-guard',
  'no-cmx-file',
  'flambda-assignment-to-non-mutable-value',
  'unused-module',
  'unboxable-type-in-prim-decl',
  'constraint-on-gadt',
  'erroneous-printed-signature',
  'unsafe-array-syntax-without-parsing',
  'redefining-unit',
  'unused-open-bang',
  'unused-functor-parameter',
  'match-on-mutable-state-prevent-uncurry',
  'unused-field',
  'missing-mli',
] as const

const all: readonly number[] = names.map((_, i) => i + 1)

/** The warnings that a letter stands for. */
const letters: Readonly<Record<string, readonly number[]>> = {
  a: all,
  c: [1, 2],
  d: [3],
  e: [4],
  f: [5],
  k: [32, 33, 34, 35, 36, 37, 38, 39],
  l: [6],
  m: [7],
  p: [8],
  r: [9],
  s: [10],
  u: [11, 12],
  v: [13],
  x: [14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 30],
  y: [26],
  z: [27],
}

export function warningName(number: number): string {
  return names[number - 1] ?? ''
}

/** A warning at a place. */
export function warningAt(region: Region, number: number, message: string): Diagnostic {
  return { severity: 'warning', region, message, warning: { number, name: warningName(number) } }
}

/** The list of warnings by number and name, and the sets that letters stand for. */
export function warningHelp(): string {
  const numbers = all.map((n) =>
    `${String(n).padStart(3)} ${names[n - 1] === '' ? '' : `[${names[n - 1]}]`}`.trimEnd(),
  )
  const sets = Object.entries(letters).map(([letter, set]) => {
    const what = letter === 'a' ? 'all warnings' : `warnings ${set.join(', ')}`
    return `  ${letter.toUpperCase()} ${what}`
  })
  return `${[...numbers, ...sets].join('\n')}\n`
}

/** What is wrong with a specification. */
export class WarningSpecificationError extends Error {
  constructor() {
    super('Ill-formed list of warnings')
    this.name = 'WarningSpecificationError'
  }
}

interface Part {
  readonly sign: '+' | '-' | '@'
  readonly numbers: readonly number[]
}

/** A piece of a specification; `row`: letters without a sign. */
interface Piece {
  readonly text: string
  readonly row: string | undefined
  readonly parts: readonly Part[]
}

const piece = /([-+@])(?:(\d+)(?:\.\.(\d+))?(?!\.)|([a-z]+(?:-[a-z]+)+(?![\w-]))|([A-Za-z]))|([A-Za-z]+)/y

function parse(specification: string): readonly Piece[] {
  const text = specification
  const whole = (names as readonly string[]).indexOf(text) + 1
  if (whole > 0 && text !== '') return [{ text, row: undefined, parts: [{ sign: '+', numbers: [whole] }] }]
  const pieces: Piece[] = []
  piece.lastIndex = 0
  for (let at = 0; at < text.length; at = piece.lastIndex) {
    const found = piece.exec(text)
    if (found === null) throw new WarningSpecificationError()
    const [matched, sign, low, high, name, letter, row] = found
    const parts =
      row === undefined
        ? [{ sign: sign as Part['sign'], numbers: numbersOf(low, high, name, letter) }]
        : [...row].map(unsigned)
    pieces.push({ text: matched, row, parts })
  }
  return pieces
}

function unsigned(letter: string): Part {
  const lower = letter.toLowerCase()
  return { sign: letter === lower ? '-' : '+', numbers: letters[lower] ?? [] }
}

function numbersOf(low?: string, high?: string, name?: string, letter?: string): readonly number[] {
  if (low !== undefined) {
    const [from, to] = [Number(low), Number(high ?? low)]
    if (from > to) throw new WarningSpecificationError()
    return all.filter((n) => n >= from && n <= to)
  }
  if (name !== undefined) return all.filter((n) => names[n - 1] === name)
  return letters[(letter as string).toLowerCase()] ?? []
}

/** OCaml's alert about letters without signs: they look like a name that misses its sign. */
export function specificationAlerts(specification: string, region: Region): readonly Diagnostic[] {
  const pieces = parse(specification)
  const signed = pieces.map(({ text, row }) => (row === undefined ? text : withSigns(row))).join('')
  const [row] = pieces.flatMap((p) => (p.row !== undefined && p.row.length > 1 ? [p.row] : []))
  if (row === undefined) return []
  const lines = [
    'Setting a warning with a sequence of lowercase or uppercase letters,',
    `like '${row}', is deprecated.`,
    `Use the equivalent signed form: ${signed}.`,
    'Hint: Enabling or disabling a warning by its mnemonic name requires a + or - prefix.',
    ...(row.length >= 5 ? ['Hint: Did you make a spelling mistake when using a mnemonic name?'] : []),
  ]
  return [{ severity: 'warning', region, alert: 'ocaml_deprecated_cli', message: lines.join('\n') }]
}

function withSigns(row: string): string {
  return [...row].map((c) => (c === c.toLowerCase() ? `-${c}` : `+${c.toLowerCase()}`)).join('')
}

// ---------------------------------------------------------------------------------------------------------
// What is wanted

/** Alerts have names that anybody may choose: what holds for each name, and for all others. */
interface AlertSet {
  readonly named: ReadonlyMap<string, boolean>
  readonly others: boolean
}

const isIn = ({ named, others }: AlertSet, name: string): boolean => named.get(name) ?? others

function changed(set: AlertSet, name: string, to: boolean): AlertSet {
  if (name === 'all') return { named: new Map(), others: to }
  return { ...set, named: new Map([...set.named, [name, to]]) }
}

interface State {
  readonly active: ReadonlySet<number>
  readonly errors: ReadonlySet<number>
  readonly alerts: AlertSet
  readonly alertErrors: AlertSet
}

export class Warnings {
  private readonly state: State

  private constructor(state: State) {
    this.state = state
  }

  static readonly everything = new Warnings({
    active: new Set(all),
    errors: new Set(),
    alerts: {
      named: new Map([
        ['unstable', false],
        ['unsynchronized_access', false],
      ]),
      others: true,
    },
    alertErrors: { named: new Map(), others: false },
  })

  /** Changed as a specification says. Throws `WarningSpecificationError`. */
  with(specification: string, what: 'enabled' | 'errors'): Warnings {
    const active = new Set(this.state.active)
    const errors = new Set(this.state.errors)
    let { alerts, alertErrors } = this.state
    for (const { sign, numbers } of parse(specification).flatMap((p) => p.parts)) {
      const sets = sign === '@' ? [active, errors] : [what === 'enabled' ? active : errors]
      for (const set of sets) {
        for (const n of numbers) {
          if (sign === '-') set.delete(n)
          else set.add(n)
        }
      }
      if (numbers.includes(deprecatedNumber)) {
        if (sets.includes(active)) alerts = changed(alerts, 'deprecated', sign !== '-')
        if (sets.includes(errors)) alertErrors = changed(alertErrors, 'deprecated', sign !== '-')
      }
    }
    return new Warnings({ active, errors, alerts, alertErrors })
  }

  /** The same for alerts: `+name`, `-name`, `++name` (an error), `--name`, `@name` (both). Throws `WarningSpecificationError`. */
  withAlerts(specification: string): Warnings {
    if (!/^(?:(?:\+\+|--|[-+@])[A-Za-z_][\w']*)*$/.test(specification)) throw new WarningSpecificationError()
    let { alerts, alertErrors } = this.state
    for (const [, sign = '', name = ''] of specification.matchAll(/(\+\+|--|[-+@])([A-Za-z_][\w']*)/g)) {
      if (sign.length === 1) alerts = changed(alerts, name, sign !== '-')
      if (sign !== '+' && sign !== '-') alertErrors = changed(alertErrors, name, sign !== '--')
    }
    return new Warnings({ ...this.state, alerts, alertErrors })
  }

  has(number: number): boolean {
    return this.state.active.has(number)
  }

  isEnabled({ warning, alert, onlyWith }: Diagnostic): boolean {
    if (alert !== undefined) return isIn(this.state.alerts, alert)
    if (onlyWith !== undefined && !this.has(onlyWith)) return false
    return warning === undefined || this.state.active.has(warning.number)
  }

  isFatal({ warning, alert }: Diagnostic): boolean {
    if (alert !== undefined) return isIn(this.state.alertErrors, alert)
    return warning !== undefined && this.state.errors.has(warning.number)
  }

  /** The diagnostic as it is to be printed, if at all. */
  judge(diagnostic: Diagnostic): Diagnostic | undefined {
    if (!this.isEnabled(diagnostic)) return undefined
    return this.isFatal(diagnostic) ? { ...diagnostic, fatal: true } : diagnostic
  }

  /** A text that is the same for the same warnings and alerts. */
  get key(): string {
    const { active, errors, alerts, alertErrors } = this.state
    const numbers = (set: ReadonlySet<number>): readonly number[] => [...set].sort((a, b) => a - b)
    const alertList = ({ named, others }: AlertSet): unknown => [[...named].sort(), others]
    return JSON.stringify([numbers(active), numbers(errors), alertList(alerts), alertList(alertErrors)])
  }
}

/** What OCaml gives when nobody asks for anything else. */
export const defaultWarnings = Warnings.everything.with(
  '-4-7-9-27-29-30-32..42-44-45-48-50-60-66..70',
  'enabled',
)
