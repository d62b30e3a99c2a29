/**
 * The tokens of OCaml 5 (manual, section 11.1, "Lexical conventions").
 *
 * A token's kind is its spelling when it has only one (`let`, `->`), else the name of its class (`lident`).
 * Messages can therefore quote kinds. Keywords of an extension are added to `keywords` and nowhere else.
 */

import type { Diagnostic } from '../base/diagnostic.ts'

export const keywords = [
  'and',
  'as',
  'assert',
  'begin',
  'class',
  'constraint',
  'do',
  'done',
  'downto',
  'else',
  'end',
  'exception',
  'external',
  'false',
  'for',
  'fun',
  'function',
  'functor',
  'if',
  'in',
  'include',
  'inherit',
  'initializer',
  'lazy',
  'let',
  'match',
  'method',
  'module',
  'mutable',
  'new',
  'nonrec',
  'object',
  'of',
  'open',
  'or',
  'private',
  'rec',
  'sig',
  'struct',
  'then',
  'to',
  'true',
  'try',
  'type',
  'val',
  'virtual',
  'when',
  'while',
  'with',
] as const

export type Keyword = (typeof keywords)[number]

export type Punctuation =
  | '!'
  | '#'
  | '&'
  | '&&'
  | "'"
  | '('
  | ')'
  | '*'
  | '+'
  | '+.'
  | '+='
  | ','
  | '-'
  | '-.'
  | '->'
  | '.'
  | '..'
  | ':'
  | '::'
  | ':='
  | ':>'
  | ';'
  | ';;'
  | '<'
  | '<-'
  | '='
  | '>'
  | '>]'
  | '>}'
  | '?'
  | '%'
  | '['
  | '[<'
  | '[>'
  | '[|'
  | '[@'
  | '[@@'
  | '[@@@'
  | '[%'
  | '[%%'
  | ']'
  | '`'
  | '{'
  | '{<'
  | '|'
  | '|]'
  | '||'
  | '}'
  | '_'
  | '~'

export type TokenClass =
  | 'lident'
  | 'uident'
  | 'int'
  | 'float'
  | 'char'
  | 'string'
  /** `~x:` */
  | 'label'
  /** `?x:` */
  | 'optional-label'
  | 'prefix-operator'
  /** `=… <… >… |… &… $… !=` */
  | 'comparison-operator'
  /** `@… ^…` */
  | 'concatenation-operator'
  /** `+… -…` */
  | 'additive-operator'
  /** `*… /… %… mod land lor lxor` */
  | 'multiplicative-operator'
  /** `**… lsl lsr asr` */
  | 'power-operator'
  /** `##`, `#+` … */
  | 'hash-operator'
  /** `.%` … of indexing */
  | 'dot-operator'
  /** `let*` */
  | 'let-operator'
  /** `and*` */
  | 'and-operator'
  /** `{%id|…|}` */
  | 'quoted-extension'
  /** `{%%id|…|}` */
  | 'quoted-item-extension'
  | 'eof'
  /** What the lexer refused; `diagnostic` says why. */
  | 'error'

export type TokenKind = Keyword | Punctuation | TokenClass

/** Half-open byte range, and what the characters stand for. */
export interface Token {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
  /**
   * Identifiers and operators: the spelling; labels: the name alone; numbers: the digits without suffix;
   * quoted extensions: the name of the extension; otherwise empty.
   */
  readonly text: string
  readonly value: TokenValue | undefined
}

export type TokenValue =
  | { readonly kind: 'suffix'; readonly suffix: string }
  | { readonly kind: 'char'; readonly code: number }
  /** `delimiter` of `{id|…|id}`, absent for `"…"`. */
  | {
      readonly kind: 'string'
      readonly bytes: Uint8Array
      readonly delimiter: string | undefined
      readonly contents: { readonly start: number; readonly end: number }
    }
  | { readonly kind: 'error'; readonly diagnostic: Diagnostic }

/** Words that are operators. */
const operatorWords: readonly (readonly [string, TokenKind])[] = [
  ['mod', 'multiplicative-operator'],
  ['land', 'multiplicative-operator'],
  ['lor', 'multiplicative-operator'],
  ['lxor', 'multiplicative-operator'],
  ['lsl', 'power-operator'],
  ['lsr', 'power-operator'],
  ['asr', 'power-operator'],
]

/** From a word that is not an identifier to its kind. */
export const wordKinds: ReadonlyMap<string, TokenKind> = new Map<string, TokenKind>([
  ...keywords.map((word) => [word, word] as const),
  ...operatorWords,
  ['_', '_'],
])
