/**
 * Patterns as the checks of `exhaustiveness.ts` see them: wildcards, heads with arguments, alternatives.
 *
 * Heads of one column are equal when their keys are. A head knows the other heads that a value of its type can have.
 */

import { type Env, findType } from './env.ts'
import { expandHead } from './expand.ts'
import type { Path } from './ident.ts'
import { flattenRow, reprField } from './rows.ts'
import { pathKey } from './subst.ts'
import type { Constant, Pattern } from './typed-tree.ts'
import { type ConstructorDescription, type LabelDescription, repr, type Type } from './types.ts'

export type Head =
  | { readonly kind: 'construct'; readonly constructor: ConstructorDescription; readonly env: Env }
  | { readonly kind: 'variant'; readonly tag: string; readonly argument: boolean; readonly row: Type }
  | { readonly kind: 'constant'; readonly constant: Constant }
  | { readonly kind: 'tuple'; readonly size: number }
  | { readonly kind: 'record'; readonly labels: readonly LabelDescription[] }
  | { readonly kind: 'array'; readonly length: number }
  | { readonly kind: 'lazy' }
  /** An unknown constructor of an extensible type, or an unknown tag of an open row. */
  | { readonly kind: 'other'; readonly text: string }

export type Simple =
  | { readonly kind: 'any' }
  | { readonly kind: 'head'; readonly head: Head; readonly arguments: readonly Simple[] }
  | { readonly kind: 'or'; readonly alternatives: readonly Simple[] }

export const any: Simple = { kind: 'any' }

/** What a pattern asks of a value before it looks at parts of it: a head, with patterns for its arguments (undefined for `_`). */
export interface HeadPattern {
  readonly head: Head
  readonly arguments: readonly (Pattern | undefined)[]
}

type Headed = Exclude<Pattern, { kind: 'any' | 'variable' | 'alias' | 'or' }>

export function headOf(pattern: Headed): HeadPattern {
  switch (pattern.kind) {
    case 'constant':
      return { head: { kind: 'constant', constant: pattern.constant }, arguments: [] }
    case 'tuple':
      return { head: { kind: 'tuple', size: pattern.elements.length }, arguments: pattern.elements }
    case 'construct': {
      const { constructor: description, env } = pattern
      return { head: { kind: 'construct', constructor: description, env }, arguments: pattern.arguments }
    }
    case 'variant': {
      const { tag, argument, env } = pattern
      const head = {
        kind: 'variant',
        tag,
        argument: argument !== undefined,
        row: expandHead(env, pattern.row),
      } as const
      return { head, arguments: argument === undefined ? [] : [argument] }
    }
    case 'record': {
      const labels = pattern.fields[0]?.label.all ?? []
      const written = new Map(pattern.fields.map((field) => [field.label.position, field.pattern]))
      return {
        head: { kind: 'record', labels },
        arguments: labels.map(({ position }) => written.get(position)),
      }
    }
    case 'array':
      return { head: { kind: 'array', length: pattern.elements.length }, arguments: pattern.elements }
    case 'lazy':
      return { head: { kind: 'lazy' }, arguments: [pattern.pattern] }
  }
}

export function simplifyPattern(pattern: Pattern): Simple {
  switch (pattern.kind) {
    case 'any':
    case 'variable':
      return any
    case 'alias':
      return simplifyPattern(pattern.pattern)
    case 'or':
      return { kind: 'or', alternatives: [simplifyPattern(pattern.left), simplifyPattern(pattern.right)] }
    default: {
      const { head, arguments: args } = headOf(pattern)
      return { kind: 'head', head, arguments: args.map((p) => (p === undefined ? any : simplifyPattern(p))) }
    }
  }
}

const headKeys = new WeakMap<Head, string>()

/** Equal for the same head of one type. */
export function headKey(head: Head): string {
  let key = headKeys.get(head)
  if (key === undefined) {
    key = makeHeadKey(head)
    headKeys.set(head, key)
  }
  return key
}

function makeHeadKey(head: Head): string {
  switch (head.kind) {
    case 'construct': {
      const { tag } = head.constructor
      return tag.kind === 'extension' ? pathKey(tag.path) : head.constructor.name
    }
    case 'variant':
      return `${head.argument ? '+' : '-'}${head.tag}`
    case 'constant':
      return constantKey(head.constant)
    case 'array':
      return `${head.length}`
    case 'tuple':
    case 'record':
    case 'lazy':
      return ''
    case 'other':
      return '*'
  }
}

function constantKey(constant: Constant): string {
  switch (constant.kind) {
    case 'string':
      return Buffer.from(constant.bytes).toString('latin1')
    case 'char':
      return `${constant.code}`
    default:
      return `${constant.value}`
  }
}

export function headArity(head: Head): number {
  switch (head.kind) {
    case 'construct':
      return head.constructor.inlined === undefined ? head.constructor.arity : 1
    case 'variant':
      return head.argument ? 1 : 0
    case 'tuple':
      return head.size
    case 'record':
      return head.labels.length
    case 'array':
      return head.length
    case 'lazy':
      return 1
    case 'constant':
    case 'other':
      return 0
  }
}

const wildcards = (count: number): Simple[] => Array.from({ length: count }, () => any)

const openHead = (head: Head): Simple => ({ kind: 'head', head, arguments: wildcards(headArity(head)) })

// ---------------------------------------------------------------------------------------------------------
// What the heads of a column leave out

/** A pattern for the values that have none of these heads; undefined when there are none. Heads are not empty. */
export function otherPattern(heads: readonly Head[]): Simple | undefined {
  const first = heads[0] as Head
  switch (first.kind) {
    case 'construct':
      return otherConstructors(first, heads)
    case 'variant':
      return otherVariants(first, heads)
    case 'constant':
      return otherConstant(first.constant, heads)
    case 'array':
      return otherArray(new Set(heads.map(headKey)))
    default:
      return undefined
  }
}

type ConstructHead = Head & { kind: 'construct' }

/** All constructors of the type that a constructor belongs to. */
export function siblings({
  constructor: description,
  env,
}: ConstructHead): readonly ConstructorDescription[] {
  const { desc } = expandHead(env, description.result)
  const kind = desc.kind === 'constructor' ? findType(env, desc.path)?.kind : undefined
  return kind?.kind === 'variant' ? kind.constructors : []
}

/** The variant type of a head's constructor, which is none of an extensible type. */
export function variantPath(head: Head): Path | undefined {
  if (head.kind !== 'construct' || head.constructor.tag.kind === 'extension') return undefined
  const { desc } = expandHead(head.env, head.constructor.result)
  return desc.kind === 'constructor' ? desc.path : undefined
}

function otherConstructors(first: ConstructHead, heads: readonly Head[]): Simple | undefined {
  const { tag, constants, blocks } = first.constructor
  if (tag.kind === 'extension') return openHead({ kind: 'other', text: '*extension*' })
  if (tag.kind === 'unboxed' || heads.length === constants + blocks) return undefined
  const keys = new Set(heads.map(headKey))
  const missing = siblings(first).filter((c) => !keys.has(c.name))
  return joined(missing.map((c) => openHead({ kind: 'construct', constructor: c, env: first.env })))
}

function joined(alternatives: readonly Simple[]): Simple | undefined {
  return alternatives.length > 1 ? { kind: 'or', alternatives } : alternatives[0]
}

function otherVariants(first: Head & { kind: 'variant' }, heads: readonly Head[]): Simple | undefined {
  const { desc } = repr(first.row)
  if (desc.kind !== 'variant') return openHead({ kind: 'other', text: '`AnyOtherTag' })
  const row = flattenRow(desc.row)
  if (!row.closed) return openHead({ kind: 'other', text: '`AnyOtherTag' })
  const tags = new Set(heads.flatMap((h) => (h.kind === 'variant' ? [h.tag] : [])))
  const missing = [...row.fields].filter(([tag, f]) => !tags.has(tag) && reprField(f).state.kind !== 'absent')
  return joined(
    missing.map(([tag, f]) => {
      const { state } = reprField(f)
      const argument =
        state.kind === 'present' ? state.argument !== undefined : state.kind === 'either' && !state.constant
      return openHead({ kind: 'variant', tag, argument, row: first.row })
    }),
  )
}

function otherArray(keys: ReadonlySet<string>): Simple {
  let length = 0
  while (keys.has(`${length}`)) length += 1
  return openHead({ kind: 'array', length })
}

const charRanges = ['az', 'AZ', '09', ' ~'] as const

function* candidateChars(): Generator<Constant> {
  for (const [low, high] of charRanges) {
    for (let c = low?.charCodeAt(0) ?? 0; c <= (high?.charCodeAt(0) ?? 0); c++)
      yield { kind: 'char', code: c }
  }
  for (let code = 0; code < 256; code++) yield { kind: 'char', code }
}

/** The n-th constant that is tried; chars have an order of their own. */
function candidate(kind: Exclude<Constant['kind'], 'char'>, n: number): Constant {
  switch (kind) {
    case 'string':
      return { kind, bytes: new Uint8Array(n).fill(42) }
    case 'float':
      return { kind, value: n }
    default:
      return { kind, value: BigInt(n) }
  }
}

function* candidates(constant: Constant): Generator<Constant> {
  if (constant.kind === 'char') yield* candidateChars()
  else for (let n = 0; ; n++) yield candidate(constant.kind, n)
}

/** The first constant that is not among the heads; of strings it is one of another length. */
function otherConstant(constant: Constant, heads: readonly Head[]): Simple | undefined {
  const keyOf = (c: Constant): string => (c.kind === 'string' ? `${c.bytes.length}` : constantKey(c))
  const keys = new Set(heads.flatMap((head) => (head.kind === 'constant' ? [keyOf(head.constant)] : [])))
  for (const tried of candidates(constant)) {
    if (!keys.has(keyOf(tried))) return openHead({ kind: 'constant', constant: tried })
  }
  return undefined
}
