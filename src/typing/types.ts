/**
 * Type expressions and declarations, as inference builds them and every later floor reads them.
 *
 * A `Type` is a graph of mutable nodes: unification links one node to another, generalisation raises its
 * level. Nobody outside `typing/` mutates one; readers go through `repr` (follow links) and
 * `expandHead` (follow links and abbreviations).
 *
 * Invariants: `link` is set at most once and never forms a cycle by itself; a node's level is never below
 * the level of a node that it contains, except while unification lowers it; a node's scope is never above its level.
 */

import type { Region } from '../base/region.ts'
import type { Attribute } from '../syntax/ast.ts'
import type { Ident, Path } from './ident.ts'

/** The level of generalised nodes. */
export const genericLevel = 100_000_000

export interface Type {
  desc: TypeDesc
  level: number
  /**
   * The level below which the type is ambiguous: it is known only by an equation that a match on a GADT constructor found
   * there. 0 for all other types.
   */
  scope: number
  readonly id: number
}

export type ArrowLabel = '' | `~${string}` | `?${string}`

export type TypeDesc =
  /** An unknown; `name` as the user wrote it. */
  | { readonly kind: 'variable'; readonly name?: string }
  /** A quantified variable inside a `poly` type. */
  | { readonly kind: 'universal'; readonly name?: string }
  /** `synchronous`: `t => u`, the type of a synchronous channel, which is a function; it has no label. */
  | {
      readonly kind: 'arrow'
      readonly label: ArrowLabel
      readonly parameter: Type
      readonly result: Type
      readonly synchronous?: true
    }
  | { readonly kind: 'tuple'; readonly elements: readonly Type[] }
  | { readonly kind: 'constructor'; readonly path: Path; readonly arguments: readonly Type[] }
  | { readonly kind: 'link'; readonly to: Type }
  | { readonly kind: 'poly'; readonly variables: readonly Type[]; readonly body: Type }
  | { readonly kind: 'variant'; readonly row: Row }
  | {
      readonly kind: 'object'
      readonly fields: Type
      readonly name?: { readonly path: Path; readonly arguments: readonly Type[] }
    }
  /** One method of an object type; `rest` is a `field`, a variable (open) or `nil` (closed). */
  | {
      readonly kind: 'field'
      readonly name: string
      readonly presence: FieldPresence
      readonly type: Type
      readonly rest: Type
    }
  | { readonly kind: 'nil' }
  | {
      readonly kind: 'package'
      readonly path: Path
      readonly constraints: readonly { readonly path: readonly string[]; readonly type: Type }[]
    }

export interface FieldPresence {
  state: 'present' | 'absent' | 'unknown' | { readonly link: FieldPresence }
}

/** A polymorphic variant's row. */
export interface Row {
  readonly fields: ReadonlyMap<string, RowField>
  /** The row variable; a variable when open. */
  readonly more: Type
  readonly closed: boolean
  /** Set when the variable belongs to a named or universally quantified row. */
  readonly fixed: boolean
  readonly name?: { readonly path: Path; readonly arguments: readonly Type[] }
}

/** `present`: the tag is there; `either`: it may be, with these argument types (none: constant). */
export interface RowField {
  state:
    | { readonly kind: 'present'; readonly argument: Type | undefined }
    | {
        readonly kind: 'either'
        readonly constant: boolean
        readonly arguments: readonly Type[]
        readonly matched: boolean
      }
    | { readonly kind: 'absent' }
    | { readonly kind: 'link'; readonly to: RowField }
}

/** Follows links. */
export function repr(type: Type): Type {
  let t = type
  while (t.desc.kind === 'link') t = t.desc.to
  return t
}

// ---------------------------------------------------------------------------------------------------------
// Values, constructors and labels as the environment describes them

export interface ValueDescription {
  readonly type: Type
  readonly kind: ValueKind
  readonly region: Region
  readonly attributes: readonly Attribute[]
}

export type ValueKind =
  | { readonly kind: 'regular' }
  /**
   * `external`: `name` is "%addint", "caml_string_length" …; `arity` counts the arrows of the declared type; `native` is the
   * second name, if one is given.
   */
  | { readonly kind: 'primitive'; readonly name: string; readonly arity: number; readonly native?: string }
  /** Known in the methods of a class only. `class` stands for the class being defined: self is found by it. */
  | { readonly kind: 'instance-variable'; readonly mutable: boolean; readonly class: Ident }
  | { readonly kind: 'self'; readonly self: SelfDescription }
  /** `super` of `inherit … as super`; `methods` has the concrete methods of the inherited class. */
  | { readonly kind: 'ancestor'; readonly self: SelfDescription; readonly methods: MethodIdents }
  /** Bound around this place, but not to be mentioned in it. */
  | { readonly kind: 'unavailable'; readonly what: 'self' | 'ancestor' | 'instance-variable' }

/** What is known of the object in the methods of a class. The maps grow while the class is inferred. */
export interface SelfDescription {
  readonly class: Ident
  /** Idents of the methods that were defined or mentioned so far. */
  readonly methods: MethodIdents
  readonly variables: ReadonlyMap<string, Ident>
  readonly signature: ClassSignature
}

export type ConstructorTag =
  /** The n-th constant constructor: the immediate n. */
  | { readonly kind: 'constant'; readonly index: number }
  /** The n-th constructor with arguments: a block with tag n. */
  | { readonly kind: 'block'; readonly tag: number }
  /** `[@@unboxed]`: the argument itself. */
  | { readonly kind: 'unboxed' }
  /** Exceptions and extensible variants: found by path at run time. */
  | { readonly kind: 'extension'; readonly path: Path }

export interface ConstructorDescription {
  readonly name: string
  /** The type it builds, and its arguments' types; instance them together. */
  readonly result: Type
  readonly arguments: readonly Type[]
  readonly existentials: readonly Type[]
  readonly arity: number
  readonly tag: ConstructorTag
  /** How many constant and non-constant constructors the type has (0 and 0 for extensions). */
  readonly constants: number
  readonly blocks: number
  /** Its result instantiates the type's parameters, or it has existentials: matching it needs type equations. */
  readonly generalized: boolean
  /** Declared as `C : args -> result`. Its variables are then its own, not the declaration's parameters. */
  readonly explicitResult?: boolean
  readonly private: boolean
  /** The labels of an inline record. */
  readonly inlined?: readonly LabelDescription[]
  readonly region: Region
  readonly attributes: readonly Attribute[]
}

export type RecordRepresentation =
  | 'regular'
  /** All fields are floats: a flat block of tag Double_array. */
  | 'float'
  | 'unboxed'
  /** The argument of a constructor with this block tag. */
  | { readonly kind: 'inlined'; readonly tag: number }
  /** The argument of an extension constructor: field 0 is the constructor, labels follow. */
  | { readonly kind: 'extension'; readonly path: Path }

export interface LabelDescription {
  readonly name: string
  readonly record: Type
  readonly type: Type
  readonly mutable: boolean
  /** From 0, without the constructor slot of an extension. */
  readonly position: number
  /** All labels of the record in order; the array is shared by them. */
  readonly all: readonly LabelDescription[]
  readonly representation: RecordRepresentation
  readonly private: boolean
  readonly region: Region
  readonly attributes: readonly Attribute[]
}

// ---------------------------------------------------------------------------------------------------------
// Declarations

export interface TypeDeclaration {
  readonly parameters: readonly Type[]
  readonly arity: number
  kind: TypeKind
  readonly private: boolean
  manifest: Type | undefined
  /** Per parameter. */
  variance: readonly Variance[]
  /** Whether every value of the type is an immediate. */
  immediate: boolean
  /** A locally abstract type or an existential: matching on GADT constructors may find equations about it. */
  readonly isLocal?: boolean
  /** The manifest is an equation that a match found; it holds at this level and deeper. */
  readonly equationScope?: number
  readonly region: Region
  readonly attributes: readonly Attribute[]
}

/**
 * In which positions the parameter may occur: both true is invariant (as an abstract type without
 * annotation is), neither is bivariant.
 */
export interface Variance {
  readonly covariant: boolean
  readonly contravariant: boolean
  readonly injective: boolean
}

export type TypeKind =
  | { readonly kind: 'abstract' }
  | { readonly kind: 'open' }
  | { readonly kind: 'variant'; readonly constructors: readonly ConstructorDescription[] }
  | {
      readonly kind: 'record'
      readonly labels: readonly LabelDescription[]
      readonly representation: RecordRepresentation
    }

export interface ExtensionDeclaration {
  /** The extended type, "exn" for exceptions. */
  readonly path: Path
  readonly parameters: readonly Type[]
  readonly constructor: ConstructorDescription
  readonly isException: boolean
  /** Written in one `type t += A | B` with the declaration before it. */
  readonly continues?: boolean
  readonly region: Region
}

// ---------------------------------------------------------------------------------------------------------
// Classes

/** For each method of a class, the ident that stands for its slot (or, of an ancestor, for its function). */
export type MethodIdents = Map<string, Ident>

export type ClassType =
  /** A class type by name, and what it stands for with these arguments. */
  | {
      readonly kind: 'constructor'
      readonly path: Path
      readonly arguments: readonly Type[]
      readonly type: ClassType
    }
  | { readonly kind: 'signature'; readonly signature: ClassSignature }
  | {
      readonly kind: 'arrow'
      readonly label: ArrowLabel
      readonly parameter: Type
      readonly result: ClassType
    }

/** What objects of a class have. The maps grow while the class is inferred and do not change afterwards. */
export interface ClassSignature {
  /** An open object type with all methods; private ones are there with a presence that is not `present`. */
  readonly self: Type
  /** The row variable of `self` before any method was added. */
  readonly selfRow: Type
  readonly variables: Map<string, InstanceVariable>
  readonly methods: Map<string, ClassMethod>
}

export interface InstanceVariable {
  readonly mutable: boolean
  readonly virtual: boolean
  readonly type: Type
}

export interface ClassMethod {
  readonly private: boolean
  readonly virtual: boolean
  readonly type: Type
}

/**
 * A class binds, besides itself, a class type and a type (of its objects) of the same name: in a signature the item
 * `class` is followed by one item `class-type` and one item `type`, a `class-type` by one item `type`.
 */
export interface ClassDeclaration {
  readonly parameters: readonly Type[]
  readonly type: ClassType
  /** The path of the class type of the same name. */
  readonly path: Path
  /** The type of the function that makes objects; a virtual class has none. */
  readonly new: Type | undefined
  readonly variance: readonly Variance[]
  readonly region: Region
  readonly attributes: readonly Attribute[]
}

export interface ClassTypeDeclaration {
  readonly parameters: readonly Type[]
  readonly type: ClassType
  /** The path of the type of its objects. */
  readonly path: Path
  /** What `#c` abbreviates: an open object type. */
  readonly hashType: TypeDeclaration
  readonly variance: readonly Variance[]
  readonly region: Region
  readonly attributes: readonly Attribute[]
}

export type Recursion = 'not' | 'first' | 'next'

// ---------------------------------------------------------------------------------------------------------
// Modules

export type ModuleType =
  | { readonly kind: 'ident'; readonly path: Path }
  | { readonly kind: 'signature'; readonly items: Signature }
  | { readonly kind: 'functor'; readonly parameter: FunctorParameter; readonly body: ModuleType }
  | { readonly kind: 'alias'; readonly path: Path }

export type FunctorParameter =
  | { readonly kind: 'unit' }
  | { readonly kind: 'named'; readonly ident: Ident | undefined; readonly type: ModuleType }

export type Signature = readonly SignatureItem[]

/**
 * Run-time fields of a module block, in the order of the signature: every regular value (not primitives), extension
 * constructor, module and class. Types, module types and primitives occupy no field.
 */
export type SignatureItem =
  | { readonly kind: 'value'; readonly ident: Ident; readonly description: ValueDescription }
  | {
      readonly kind: 'type'
      readonly ident: Ident
      readonly declaration: TypeDeclaration
      readonly recursion: 'not' | 'first' | 'next'
    }
  | { readonly kind: 'extension'; readonly ident: Ident; readonly declaration: ExtensionDeclaration }
  | {
      readonly kind: 'module'
      readonly ident: Ident
      readonly type: ModuleType
      readonly recursion: 'not' | 'first' | 'next'
      readonly region?: Region
      readonly attributes?: readonly Attribute[]
    }
  | {
      readonly kind: 'module-type'
      readonly ident: Ident
      readonly type: ModuleType | undefined
      readonly region?: Region
      readonly attributes?: readonly Attribute[]
    }
  | {
      readonly kind: 'class'
      readonly ident: Ident
      readonly declaration: ClassDeclaration
      readonly recursion: Recursion
    }
  | {
      readonly kind: 'class-type'
      readonly ident: Ident
      readonly declaration: ClassTypeDeclaration
      readonly recursion: Recursion
    }
