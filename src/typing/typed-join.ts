/**
 * The join calculus in the typed tree: definitions of channels, and processes.
 *
 * A process is an expression of type `unit` in a process position: the body of a reaction, what is spawned, and within
 * those both branches of an `if`, the bodies of `match`, `for`, `let` and the like, what stands behind `;`. There, and
 * nowhere else, are the kinds of `ProcessForm`. Everything else in a process is an expression as usual.
 *
 * Invariants: on every way through the body of a reaction each synchronous channel of its pattern is replied to exactly
 * once, or an exception stands in for the reply (`replies.ts`); no reply is under `spawn`, `for` or the reactions of another definition.
 */

import type { Region } from '../base/region.ts'
import type { Ident } from './ident.ts'
import type { Expression, Pattern, Structure } from './typed-tree.ts'
import type { Type } from './types.ts'

export type ProcessForm =
  /** A message to an asynchronous channel, whose type is `<<t>>` for an argument of type `t`. */
  | { readonly kind: 'message'; readonly channel: Expression; readonly argument: Expression }
  /** Two or more. */
  | { readonly kind: 'parallel'; readonly processes: readonly Expression[] }
  | { readonly kind: 'nothing' }
  /** Never ends but with an exception, which goes to those who wait for a reply from here. */
  | { readonly kind: 'failure'; readonly expression: Expression }
  /** To the caller whose message this reaction has taken from `channel`; no value is `()`. */
  | { readonly kind: 'reply'; readonly channel: Ident; readonly value: Expression | undefined }

export type JoinForm =
  | ProcessForm
  /** Of type `unit`. */
  | { readonly kind: 'spawn'; readonly process: Expression }
  /** The body is a process if this is in a process position. */
  | { readonly kind: 'def'; readonly definition: JoinDefinition; readonly body: Expression }
  | {
      readonly kind: 'location'
      readonly locations: readonly LocationDefinition[]
      readonly body: Expression
    }

/** Every reaction, of any of the automata, sees the channels of all. */
export interface JoinDefinition {
  readonly automata: readonly Automaton[]
  readonly region: Region
}

export interface Automaton {
  /** In the order in which they first appear in the source. */
  readonly channels: readonly Channel[]
  /** In the order of the source. */
  readonly reactions: readonly Reaction[]
  readonly region: Region
}

/**
 * `ident` is bound to a function of one argument (`type` is `argument => result`) when the channel is synchronous, to a
 * channel (`type` is `<<argument>>`) when it is not.
 */
export interface Channel {
  readonly ident: Ident
  readonly type: Type
  readonly argument: Type
  /** Of a synchronous channel. */
  readonly result: Type | undefined
  /** Whether the patterns of all its reactions together match every message. */
  readonly exhaustive: boolean
  /** Of the name where it first appears. */
  readonly region: Region
}

export const channelIdents = ({ automata }: JoinDefinition): readonly Ident[] =>
  automata.flatMap(({ channels }) => channels.map(({ ident }) => ident))

export const expressionsOfDefinition = ({ automata }: JoinDefinition): readonly Expression[] =>
  automata
    .flatMap(({ reactions }) => reactions)
    .flatMap(({ guard, body }) => (guard === undefined ? [body] : [guard, body]))

/** The guard sees the variables of all patterns, and has no effect when it is false. */
export interface Reaction {
  /** One or more channels of the automaton, each once. */
  readonly patterns: readonly { readonly channel: Channel; readonly pattern: Pattern }[]
  readonly guard: Expression | undefined
  readonly body: Expression
  readonly region: Region
}

/** `definition` is known to the items and to what follows; what the items define is known to nobody else. */
export interface LocationDefinition {
  readonly ident: Ident
  readonly definition: JoinDefinition | undefined
  readonly structure: Structure
  readonly region: Region
}
