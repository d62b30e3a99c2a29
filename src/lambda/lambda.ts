/**
 * The intermediate language: call-by-value lambda calculus with OCaml's data, untyped but for `Layout`s.
 *
 * Made from the typed tree by `translate`, improved by `optimise`, consumed by `codegen/`. Modules are
 * blocks, constructors are tags, patterns are switches, labels and optional arguments are plain parameters.
 *
 * Conventions
 * - Evaluation is strict and right to left: the arguments of an application, then its function; the
 *   arguments of a primitive; the fields of a block. `let`, `sequence` and conditions go as written.
 * - Every binder is unique in the whole unit (idents carry stamps), so substitution needs no renaming except
 *   where the optimiser copies code.
 * - `staticRaise` jumps to the `staticCatch` of its label in the same function; it never crosses a `function`, and it may
 *   leave `try` bodies (the jump discards their handlers) and loops.
 * - A `mutable` let is a local variable that no inner function captures; only it can be the target of `assign`.
 * - The spine of a unit's body (nested `let`/`letrec`/`sequence` from the root) is its top level: idents bound there live in static
 *   slots, so that functions reach them without capturing them.
 */

import type { Region } from '../base/region.ts'
import type { Ident } from '../typing/ident.ts'
import type { StructuredConstant } from '../typing/typed-tree.ts'

/**
 * What is known of a value's representation.
 * - `int`: an immediate. - `float`, `int32`, `int64`, `nativeint`: a boxed number, which codegen keeps unboxed where it can.
 * - `pointer`: a block, never an immediate, never a float. - `any`: nothing is known.
 */
export type Layout = 'any' | 'int' | 'float' | 'int32' | 'int64' | 'nativeint' | 'pointer'

export interface Binder {
  readonly ident: Ident
  readonly layout: Layout
}

export type Lambda =
  | { readonly kind: 'variable'; readonly ident: Ident }
  | { readonly kind: 'constant'; readonly value: StructuredConstant }
  /** The module block of another compilation unit. */
  | { readonly kind: 'unit'; readonly name: string }
  | FunctionTerm
  | {
      readonly kind: 'apply'
      readonly function: Lambda
      readonly arguments: readonly Lambda[]
      /** What the whole application returns. */
      readonly layout: Layout
      readonly inline: InlineAttribute
      readonly region: Region
    }
  | {
      readonly kind: 'let'
      readonly binder: Binder
      readonly mutable: boolean
      readonly value: Lambda
      readonly body: Lambda
    }
  /** Functions only, except that a value may be any block-building term (`let rec l = 1 :: l`). */
  | {
      readonly kind: 'letrec'
      readonly bindings: readonly { readonly binder: Binder; readonly value: Lambda }[]
      readonly body: Lambda
    }
  | { readonly kind: 'assign'; readonly ident: Ident; readonly value: Lambda }
  | {
      readonly kind: 'primitive'
      readonly primitive: Primitive
      readonly arguments: readonly Lambda[]
      readonly region: Region
    }
  /** `layout` is that of both branches together. */
  | {
      readonly kind: 'if'
      readonly condition: Lambda
      readonly then: Lambda
      readonly otherwise: Lambda
      readonly layout: Layout
    }
  | {
      readonly kind: 'switch'
      readonly subject: Lambda
      readonly cases: SwitchCases
      readonly layout: Layout
    }
  | {
      readonly kind: 'stringSwitch'
      readonly subject: Lambda
      readonly cases: readonly { readonly bytes: Uint8Array; readonly body: Lambda }[]
      readonly otherwise: Lambda
      readonly layout: Layout
    }
  | { readonly kind: 'staticRaise'; readonly label: number; readonly arguments: readonly Lambda[] }
  | {
      readonly kind: 'staticCatch'
      readonly label: number
      readonly parameters: readonly Binder[]
      readonly body: Lambda
      readonly handler: Lambda
      readonly layout: Layout
    }
  | {
      readonly kind: 'try'
      readonly body: Lambda
      readonly exception: Ident
      readonly handler: Lambda
      readonly layout: Layout
    }
  | { readonly kind: 'sequence'; readonly first: Lambda; readonly second: Lambda }
  | { readonly kind: 'while'; readonly condition: Lambda; readonly body: Lambda }
  | {
      readonly kind: 'for'
      readonly ident: Ident
      readonly from: Lambda
      readonly to: Lambda
      readonly direction: 'up' | 'down'
      readonly body: Lambda
    }

export interface FunctionTerm {
  readonly kind: 'function'
  /** At least one. */
  readonly parameters: readonly Binder[]
  readonly body: Lambda
  /** What the function returns. */
  readonly layout: Layout
  /** For backtraces and the names of Wasm functions: "List.map", "Foo.bar.(fun)". */
  readonly name: string
  readonly inline: InlineAttribute
  readonly region: Region
}

export type InlineAttribute = 'default' | 'always' | 'never'

/**
 * A switch on a value. `constants` match immediates (OCaml numbers, not tagged words), `blocks` match block tags.
 * Without `otherwise` the cases are exhaustive. Constant constructors of `char` and `int` patterns use `constants` too,
 * sparse or dense: codegen chooses between a jump table and comparisons.
 */
export interface SwitchCases {
  readonly constants: readonly { readonly value: bigint; readonly body: Lambda }[]
  readonly blocks: readonly { readonly tag: number; readonly body: Lambda }[]
  readonly otherwise: Lambda | undefined
  /** What the subject can be: only immediates, only blocks, or either. */
  readonly subject: 'constants' | 'blocks' | 'both'
}

export type Comparison = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge'
export type BoxedInt = 'int32' | 'int64' | 'nativeint'
export type ArrayKind = 'int' | 'float' | 'pointer' | 'generic'

/** A bigarray whose elements the compiler reads and writes itself. */
export interface BigarrayType {
  readonly element: BigarrayElement
  readonly layout: 'c' | 'fortran'
  readonly dimensions: 1 | 2 | 3
}

export type BigarrayElement =
  | 'float32'
  | 'float64'
  | 'int8_signed'
  | 'int8_unsigned'
  | 'int16_signed'
  | 'int16_unsigned'
  | 'int32'
  | 'int64'
  | 'int'
  | 'nativeint'

/** What a store may need: nothing (immediates), the write barrier, or the barrier-free first store of a new block. */
export type StoreMode = 'immediate' | 'barrier' | 'initialise'

export type Primitive =
  // Immediates. Arithmetic is modulo 2^63. `div` and `mod` raise Division_by_zero.
  | {
      readonly kind: 'intArithmetic'
      readonly op: 'add' | 'sub' | 'mul' | 'div' | 'mod' | 'and' | 'or' | 'xor' | 'lsl' | 'lsr' | 'asr'
    }
  | { readonly kind: 'intNegate' }
  | { readonly kind: 'intCompare'; readonly comparison: Comparison } // also chars, bools, physical equality of anything
  | { readonly kind: 'not' }
  /** `compare` at type int: -1, 0 or 1. */
  | { readonly kind: 'intOrder' }
  // Floats.
  | { readonly kind: 'floatArithmetic'; readonly op: 'add' | 'sub' | 'mul' | 'div' }
  | { readonly kind: 'floatUnary'; readonly op: 'neg' | 'abs' | 'sqrt' | 'floor' | 'ceil' | 'trunc' }
  | { readonly kind: 'floatCompare'; readonly comparison: Comparison }
  /** `compare` at type float: nan equals itself and is less than any other. */
  | { readonly kind: 'floatOrder' }
  | { readonly kind: 'floatOfInt' }
  | { readonly kind: 'intOfFloat' }
  // Boxed integers.
  | {
      readonly kind: 'boxedArithmetic'
      readonly type: BoxedInt
      readonly op: 'add' | 'sub' | 'mul' | 'div' | 'mod' | 'and' | 'or' | 'xor' | 'lsl' | 'lsr' | 'asr'
    }
  | { readonly kind: 'boxedNegate'; readonly type: BoxedInt }
  | { readonly kind: 'boxedCompare'; readonly type: BoxedInt; readonly comparison: Comparison }
  /** `compare` at this type. */
  | { readonly kind: 'boxedOrder'; readonly type: BoxedInt }
  | { readonly kind: 'boxedOfInt'; readonly type: BoxedInt }
  | { readonly kind: 'intOfBoxed'; readonly type: BoxedInt }
  | { readonly kind: 'boxedConvert'; readonly from: BoxedInt; readonly to: BoxedInt }
  // Blocks.
  | { readonly kind: 'makeBlock'; readonly tag: number; readonly mutable: boolean }
  /** A flat record of floats; arguments are floats. */
  | { readonly kind: 'makeFloatBlock'; readonly mutable: boolean }
  /** `mutable` when the field can change after the block was made (the optimiser does not move such reads). */
  | { readonly kind: 'field'; readonly index: number; readonly layout: Layout; readonly mutable?: boolean }
  | { readonly kind: 'setField'; readonly index: number; readonly mode: StoreMode }
  | { readonly kind: 'floatField'; readonly index: number; readonly mutable?: boolean }
  | { readonly kind: 'setFloatField'; readonly index: number }
  /** A shallow copy of a block of `size` fields (words) and this tag, for `{ r with … }` of large records. */
  | { readonly kind: 'copyBlock'; readonly tag: number; readonly size: number }
  | { readonly kind: 'isImmediate' }
  // Arrays. `safe` raises Invalid_argument "index out of bounds".
  | { readonly kind: 'makeArray'; readonly array: ArrayKind }
  | { readonly kind: 'arrayLength'; readonly array: ArrayKind }
  | { readonly kind: 'arrayGet'; readonly array: ArrayKind; readonly safe: boolean }
  | { readonly kind: 'arraySet'; readonly array: ArrayKind; readonly safe: boolean }
  // Bigarrays. The first argument is the array, then come the indices.
  | { readonly kind: 'bigarrayDimension'; readonly index: number }
  | { readonly kind: 'bigarrayGet'; readonly type: BigarrayType; readonly safe: boolean }
  | { readonly kind: 'bigarraySet'; readonly type: BigarrayType; readonly safe: boolean }
  // Strings and bytes (the same blocks). `width` in bytes, little-endian; 1 yields a char, 2 an int, 4 an int32, 8 an int64.
  | { readonly kind: 'stringLength' }
  | { readonly kind: 'stringGet'; readonly width: 1 | 2 | 4 | 8; readonly safe: boolean }
  | { readonly kind: 'bytesSet'; readonly width: 1 | 2 | 4 | 8; readonly safe: boolean }
  // Control.
  | { readonly kind: 'raise'; readonly mode: 'regular' | 'reraise' | 'notrace' }
  /** Suspends an expression, or forces it. `makeLazy` takes a function of unit. */
  | { readonly kind: 'makeLazy' }
  | { readonly kind: 'force' }
  /** The public method of this name that an object has: a function of the object. */
  | { readonly kind: 'method'; readonly name: string }
  /**
   * Other threads may have their turn here. The function has no other poll behind it: what follows is atomic but for loops and what functions do
   * that are called.
   */
  | { readonly kind: 'poll' }
  /** The value itself, hidden from the optimiser. */
  | { readonly kind: 'opaque' }
  /**
   * A call of an external that the engine provides: `name` as in the `external` declaration ("caml_compare"),
   * `layouts` of arguments and result as its declared type shows. Anything not above is one of these.
   */
  | {
      readonly kind: 'external'
      readonly name: string
      readonly parameters: readonly Layout[]
      readonly result: Layout
    }

/** A translated compilation unit: `body` evaluates to the module block that other units see. */
export interface LambdaUnit {
  readonly name: string
  readonly body: Lambda
  /** How many fields the module block has. */
  readonly size: number
  /** Units that must be initialised before this one. */
  readonly imports: readonly string[]
}
