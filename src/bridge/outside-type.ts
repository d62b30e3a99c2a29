/**
 * Types as Erlang and Elixir write them: what `camlnode stubs` and `camlnode check` print. Made from OCaml types by
 * outside-types.ts, printed by print-erlang.ts and print-elixir.ts.
 */

export type OutsideType =
  | { readonly kind: 'builtin'; readonly name: Builtin }
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'atom'; readonly name: string }
  | { readonly kind: 'tuple'; readonly elements: readonly OutsideType[] }
  | { readonly kind: 'list'; readonly element: OutsideType }
  /** A map with exactly these atoms as keys. */
  | { readonly kind: 'map'; readonly fields: readonly OutsideField[] }
  /** A map of any size. */
  | { readonly kind: 'table'; readonly key: OutsideType; readonly data: OutsideType }
  | {
      readonly kind: 'function'
      readonly parameters: readonly OutsideType[]
      readonly result: OutsideType
    }
  /** No case: a type without values. */
  | { readonly kind: 'union'; readonly cases: readonly OutsideType[] }
  | {
      readonly kind: 'named'
      readonly definition: TypeDefinition
      readonly arguments: readonly OutsideType[]
    }
  | { readonly kind: 'parameter'; readonly name: string }

export type Builtin =
  | 'integer'
  | 'float'
  | 'number'
  | 'boolean'
  | 'binary'
  | 'chardata'
  | 'reference'
  | 'atom'
  | 'term'
  | 'pid'
  | 'port'
  | 'function'

export interface OutsideField {
  readonly name: string
  readonly type: OutsideType
}

/** A type with a name in one of the generated modules. */
export interface TypeDefinition {
  /** The OCaml unit whose module has it. */
  readonly unit: string
  readonly name: string
  /** Names of the type variables, as OCaml writes them without the quote. */
  readonly parameters: readonly string[]
  body: OutsideType
  /** Nobody but the module may look into its values: an abstract type. */
  readonly opaque: boolean
  /** What stands behind a handle. */
  readonly note: string | undefined
}

export interface OutsideFunction {
  readonly name: string
  /** As OCaml prints it. */
  readonly type: string
  readonly forms: readonly OutsideForm[]
}

/** A function of one arity. */
export interface OutsideForm {
  readonly parameters: readonly OutsideParameter[]
  readonly result: OutsideType
}

export interface OutsideParameter {
  /** The label; undefined where there is none. */
  readonly label: string | undefined
  readonly type: OutsideType
}

export interface OutsideInterface {
  readonly unit: string
  readonly functions: readonly OutsideFunction[]
  readonly types: readonly TypeDefinition[]
}

export const builtin = (name: Builtin): OutsideType => ({ kind: 'builtin', name })
export const literal = (name: string): OutsideType => ({ kind: 'atom', name })
export const tupleOf = (...elements: OutsideType[]): OutsideType => ({ kind: 'tuple', elements })
export const unionOf = (cases: readonly OutsideType[]): OutsideType =>
  cases.length === 1 ? (cases[0] as OutsideType) : { kind: 'union', cases }

/** A reference that stands for an OCaml value. */
export const handle = builtin('reference')

/** What the values of a definition are that has a note. */
export function valuesOf({ body }: TypeDefinition): string {
  const cases = body.kind === 'union' ? body.cases : [body]
  const last = cases.at(-1)
  const name = last?.kind === 'builtin' && last.name === 'pid' ? 'a channel' : 'a handle'
  return cases[0]?.kind === 'function' ? `A fun, or ${name}` : `A${name.slice(1)}`
}

/** Whether the type mentions one of these parameters. */
export function mentions(type: OutsideType, names: ReadonlySet<string>): boolean {
  return type.kind === 'parameter'
    ? names.has(type.name)
    : partsOf(type).some((part) => mentions(part, names))
}

function partsOf(type: OutsideType): readonly OutsideType[] {
  switch (type.kind) {
    case 'builtin':
    case 'range':
    case 'atom':
    case 'parameter':
      return []
    case 'tuple':
      return type.elements
    case 'list':
      return [type.element]
    case 'map':
      return type.fields.map((f) => f.type)
    case 'table':
      return [type.key, type.data]
    case 'function':
      return [...type.parameters, type.result]
    case 'union':
      return type.cases
    case 'named':
      return type.arguments
  }
}
