/**
 * The join calculus in the abstract syntax: definitions of channels, and processes.
 *
 * A process is an expression in a process position: the body of a reaction, what is spawned, and within those the
 * parts that end them (branches, the body of a `let`, what stands behind `;`). So `let`, `if`, `match`, `for`, `;` and
 * the like need no second form. The kinds of `ProcessForm` are made in process positions only; `spawn`, `def` and
 * `location` are in expressions as well.
 *
 * The classic spelling (`let def f! x | g y = P`) and the later one (`def f(x) & g(y) = P`) make the same nodes,
 * which only keep what messages and the printer need to know of the spelling.
 */

import type { Region } from '../base/region.ts'
import type { Attribute, Expression, Name, Pattern, StructureItem } from './ast.ts'

/** Between channels of a join pattern, and between parallel processes. */
export type Separator = '|' | '&'

export type ProcessForm =
  /** Two or more processes. */
  | { readonly kind: 'parallel'; readonly separator: Separator; readonly processes: readonly Expression[] }
  /** `0`, `{ }`, or what is missing behind a `;` at the end of a process. */
  | { readonly kind: 'nothing' }
  /** `reply e to f`; without `to f`, to the only synchronous name of the join pattern. */
  | { readonly kind: 'reply'; readonly value?: Expression; readonly to?: Name }

export type JoinForm =
  | ProcessForm
  /** `braced`: `spawn { P }`; without braces it may be the application of a function called `spawn`. */
  | { readonly kind: 'spawn'; readonly braced: boolean; readonly process: Expression }
  /** The body is a process where the whole is one. */
  | (JoinDeclaration & { readonly body: Expression })

export type JoinItem = JoinDeclaration & { readonly attributes: readonly Attribute[] }

export type JoinDeclaration =
  | { readonly kind: 'def'; readonly definition: JoinDefinition }
  | { readonly kind: 'location'; readonly locations: readonly LocationDefinition[] }

/** `def automaton and … and automaton`, all of them mutually recursive. */
export interface JoinDefinition {
  readonly automata: readonly Automaton[]
  /** Written `let def`. */
  readonly classic: boolean
  readonly region: Region
}

/** `reaction or … or reaction` */
export interface Automaton {
  readonly reactions: readonly Reaction[]
  readonly region: Region
}

/** `f x | g y when e = P` */
export interface Reaction {
  readonly channels: readonly ChannelPattern[]
  /** Absent when there is only one channel. */
  readonly separator?: Separator
  readonly guard?: Expression
  readonly body: Expression
  readonly region: Region
}

export interface ChannelPattern {
  readonly name: Name
  /** With the `!` that marks a synchronous channel in the classic spelling. */
  readonly marked: boolean
  readonly argument: Pattern
  readonly region: Region
}

/** `name with automata struct items end`, or one of several with `and`. */
export interface LocationDefinition {
  readonly name: Name
  readonly definition?: JoinDefinition
  readonly items: readonly StructureItem[]
  readonly region: Region
}
