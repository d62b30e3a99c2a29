/**
 * The abstract syntax of OCaml 5, as the parser leaves it and type inference reads it.
 *
 * Every node is a readonly object with `kind` first and `region`. Names follow the OCaml manual's grammar
 * (chapter 11, "The OCaml language"). Syntactic sugar that needs no types is already gone: operators are
 * applications of identifiers, `begin … end` and parentheses leave no trace, `[a; b]` is nested `::`,
 * `if a then b` has an absent `otherwise`, `fun x y -> e` is one `function` node with two parameters,
 * `let f x y = e` binds the same node.
 *
 * The join calculus adds the kinds of join-nodes.ts to `Expression` and `StructureItem`, and two to `TypeExpression`.
 */

import type { Region } from '../base/region.ts'
import type { JoinDefinition, JoinForm, JoinItem } from './join-nodes.ts'

interface Node {
  readonly region: Region
}

/** A name where it stands: `text` is without sigils, e.g. "x", "+", "Some", "::", "()", "[]", "true". */
export interface Name extends Node {
  readonly text: string
}

/** `M.N.x` is `['M', 'N', 'x']`; functor applications in paths are `apply`. */
export type LongName =
  | { readonly kind: 'ident'; readonly name: string; readonly region: Region }
  | { readonly kind: 'dot'; readonly prefix: LongName; readonly name: string; readonly region: Region }
  | {
      readonly kind: 'apply'
      readonly functor: LongName
      readonly argument: LongName
      readonly region: Region
    }

export interface Attribute extends Node {
  /** e.g. "tailcall", "ocaml.warning", "erlang.record". */
  readonly name: string
  readonly payload: AttributePayload
}

export type AttributePayload =
  | { readonly kind: 'structure'; readonly items: readonly StructureItem[] }
  | { readonly kind: 'signature'; readonly items: readonly SignatureItem[] }
  | { readonly kind: 'type'; readonly type: TypeExpression }
  | { readonly kind: 'pattern'; readonly pattern: Pattern; readonly guard?: Expression }

export type Constant =
  /** `text` as written, without suffix: "1_000", "0x1F", "-1" (a sign only where the grammar takes one). */
  | { readonly kind: 'int'; readonly text: string; readonly suffix?: string }
  | { readonly kind: 'char'; readonly code: number }
  /** `bytes` after escapes; `delimiter` for {id|…|id}. */
  | { readonly kind: 'string'; readonly bytes: Uint8Array; readonly delimiter?: string }
  | { readonly kind: 'float'; readonly text: string; readonly suffix?: string }

export type Label =
  | { readonly kind: 'none' }
  | { readonly kind: 'labelled'; readonly name: string }
  | { readonly kind: 'optional'; readonly name: string }

export interface Attributed extends Node {
  readonly attributes: readonly Attribute[]
}

// ---------------------------------------------------------------------------------------------------------
// Types

export type TypeExpression = Attributed &
  (
    | { readonly kind: 'any' }
    | { readonly kind: 'variable'; readonly name: string }
    | {
        readonly kind: 'arrow'
        readonly label: Label
        readonly parameter: TypeExpression
        readonly result: TypeExpression
      }
    /** `t => u`, the type of a synchronous channel. */
    | { readonly kind: 'synchronous'; readonly parameter: TypeExpression; readonly result: TypeExpression }
    /** `<<t>>`, the type of an asynchronous channel. */
    | { readonly kind: 'asynchronous'; readonly argument: TypeExpression }
    | { readonly kind: 'tuple'; readonly elements: readonly TypeExpression[] }
    | { readonly kind: 'constructor'; readonly path: LongName; readonly arguments: readonly TypeExpression[] }
    | { readonly kind: 'object'; readonly fields: readonly ObjectTypeField[]; readonly open: boolean }
    | { readonly kind: 'class'; readonly path: LongName; readonly arguments: readonly TypeExpression[] }
    | { readonly kind: 'alias'; readonly type: TypeExpression; readonly name: string }
    | {
        readonly kind: 'variant'
        readonly rows: readonly VariantRow[]
        /** `[< …]` closed with upper bound, `[> …]` open, `[ …]` exact. */
        readonly bound: 'exact' | 'open' | 'closed'
        /** The tags after `>` in `[< … > `A `B]`. */
        readonly required: readonly string[]
      }
    | { readonly kind: 'poly'; readonly variables: readonly Name[]; readonly type: TypeExpression }
    | {
        readonly kind: 'package'
        readonly path: LongName
        readonly constraints: readonly PackageConstraint[]
      }
    /** `M.(t)` */
    | { readonly kind: 'open'; readonly path: LongName; readonly type: TypeExpression }
    | { readonly kind: 'extension'; readonly name: string; readonly payload: AttributePayload }
  )

export interface PackageConstraint {
  readonly path: LongName
  readonly type: TypeExpression
}

export type ObjectTypeField =
  | {
      readonly kind: 'method'
      readonly name: Name
      readonly type: TypeExpression
      readonly attributes: readonly Attribute[]
    }
  | { readonly kind: 'inherit'; readonly type: TypeExpression }

export type VariantRow =
  | {
      readonly kind: 'tag'
      readonly name: Name
      /** True when the tag may stand alone, as in `A or `A of & int`. */
      readonly constant: boolean
      readonly types: readonly TypeExpression[]
      readonly attributes: readonly Attribute[]
    }
  | { readonly kind: 'inherit'; readonly type: TypeExpression }

// ---------------------------------------------------------------------------------------------------------
// Patterns

export type Pattern = Attributed &
  (
    | { readonly kind: 'any' }
    | { readonly kind: 'variable'; readonly name: Name }
    | { readonly kind: 'alias'; readonly pattern: Pattern; readonly name: Name }
    | { readonly kind: 'constant'; readonly constant: Constant }
    | { readonly kind: 'interval'; readonly low: Constant; readonly high: Constant }
    | { readonly kind: 'tuple'; readonly elements: readonly Pattern[] }
    /** Several arguments are a tuple pattern, as written; `existentials` for `C (type a) p`. */
    | {
        readonly kind: 'construct'
        readonly path: LongName
        readonly argument?: Pattern
        readonly existentials: readonly Name[]
      }
    | { readonly kind: 'variant'; readonly tag: string; readonly argument?: Pattern }
    | { readonly kind: 'record'; readonly fields: readonly PatternField[]; readonly open: boolean }
    | { readonly kind: 'array'; readonly elements: readonly Pattern[] }
    | { readonly kind: 'or'; readonly left: Pattern; readonly right: Pattern }
    | { readonly kind: 'constraint'; readonly pattern: Pattern; readonly type: TypeExpression }
    | { readonly kind: 'type'; readonly path: LongName }
    | { readonly kind: 'lazy'; readonly pattern: Pattern }
    | { readonly kind: 'unpack'; readonly name: Name | undefined; readonly type?: TypeExpression }
    | { readonly kind: 'exception'; readonly pattern: Pattern }
    | { readonly kind: 'effect'; readonly effect: Pattern; readonly continuation: Pattern }
    | { readonly kind: 'open'; readonly path: LongName; readonly pattern: Pattern }
    | { readonly kind: 'extension'; readonly name: string; readonly payload: AttributePayload }
  )

export interface PatternField {
  readonly path: LongName
  /** For `{ x }` a variable pattern named x. */
  readonly pattern: Pattern
}

// ---------------------------------------------------------------------------------------------------------
// Expressions

export type Expression = Attributed &
  (
    | { readonly kind: 'ident'; readonly path: LongName }
    | { readonly kind: 'constant'; readonly constant: Constant }
    | {
        readonly kind: 'let'
        readonly recursive: boolean
        readonly bindings: readonly ValueBinding[]
        readonly body: Expression
      }
    /** `fun p1 … pn : t -> e` (n ≥ 1) with `body.kind` 'expression', or `[fun p1 … pn] function cases`. */
    | {
        readonly kind: 'function'
        readonly parameters: readonly Parameter[]
        readonly constraint?: TypeConstraint
        readonly body: FunctionBody
      }
    | { readonly kind: 'apply'; readonly function: Expression; readonly arguments: readonly Argument[] }
    | { readonly kind: 'match'; readonly subject: Expression; readonly cases: readonly Case[] }
    | { readonly kind: 'try'; readonly body: Expression; readonly cases: readonly Case[] }
    | { readonly kind: 'tuple'; readonly elements: readonly Expression[] }
    | { readonly kind: 'construct'; readonly path: LongName; readonly argument?: Expression }
    | { readonly kind: 'variant'; readonly tag: string; readonly argument?: Expression }
    | { readonly kind: 'record'; readonly fields: readonly ExpressionField[]; readonly base?: Expression }
    | { readonly kind: 'field'; readonly record: Expression; readonly path: LongName }
    | {
        readonly kind: 'set-field'
        readonly record: Expression
        readonly path: LongName
        readonly value: Expression
      }
    | { readonly kind: 'array'; readonly elements: readonly Expression[] }
    | {
        readonly kind: 'if'
        readonly condition: Expression
        readonly then: Expression
        readonly otherwise?: Expression
      }
    | { readonly kind: 'sequence'; readonly first: Expression; readonly second: Expression }
    | { readonly kind: 'while'; readonly condition: Expression; readonly body: Expression }
    | {
        readonly kind: 'for'
        readonly variable: Pattern
        readonly from: Expression
        readonly to: Expression
        readonly direction: 'up' | 'down'
        readonly body: Expression
      }
    | { readonly kind: 'constraint'; readonly expression: Expression; readonly type: TypeExpression }
    | {
        readonly kind: 'coerce'
        readonly expression: Expression
        readonly from?: TypeExpression
        readonly to: TypeExpression
      }
    | { readonly kind: 'send'; readonly object: Expression; readonly method: Name }
    | { readonly kind: 'new'; readonly path: LongName }
    | { readonly kind: 'set-instance-variable'; readonly name: Name; readonly value: Expression }
    | {
        readonly kind: 'override'
        readonly fields: readonly { readonly name: Name; readonly value: Expression }[]
      }
    | {
        readonly kind: 'let-module'
        readonly name: Name | undefined
        readonly module: ModuleExpression
        readonly body: Expression
      }
    | { readonly kind: 'let-exception'; readonly exception: ExtensionConstructor; readonly body: Expression }
    | { readonly kind: 'assert'; readonly condition: Expression }
    | { readonly kind: 'lazy'; readonly expression: Expression }
    | { readonly kind: 'object'; readonly body: ClassStructure }
    | { readonly kind: 'newtype'; readonly name: Name; readonly body: Expression }
    | { readonly kind: 'pack'; readonly module: ModuleExpression; readonly type?: TypeExpression }
    | { readonly kind: 'open'; readonly open: OpenDeclaration; readonly body: Expression }
    | {
        readonly kind: 'let-operator'
        readonly let: BindingOperator
        readonly ands: readonly BindingOperator[]
        readonly body: Expression
      }
    /** The body `.` of a refuted case: `| _ -> .` */
    | { readonly kind: 'unreachable' }
    | JoinForm
    | { readonly kind: 'extension'; readonly name: string; readonly payload: AttributePayload }
  )

export type Parameter = Node &
  (
    | {
        readonly kind: 'value'
        readonly label: Label
        readonly default?: Expression
        readonly pattern: Pattern
      }
    | { readonly kind: 'newtype'; readonly name: Name }
  )

export type FunctionBody =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'cases'; readonly cases: readonly Case[]; readonly region: Region }

export type TypeConstraint =
  | { readonly kind: 'constraint'; readonly type: TypeExpression }
  | { readonly kind: 'coerce'; readonly from?: TypeExpression; readonly to: TypeExpression }

export interface Argument {
  readonly label: Label
  readonly expression: Expression
}

export interface Case extends Node {
  readonly pattern: Pattern
  readonly guard?: Expression
  readonly body: Expression
}

export interface ExpressionField {
  readonly path: LongName
  /** For `{ x }` an identifier named x. */
  readonly value: Expression
}

export interface BindingOperator extends Node {
  readonly operator: Name
  readonly pattern: Pattern
  readonly expression: Expression
}

/** `let p = e`; `let x : t = e` keeps its annotation in `constraint`, with `poly` inside for `'a. t`. */
export interface ValueBinding extends Attributed {
  readonly pattern: Pattern
  readonly constraint?: BindingConstraint
  readonly expression: Expression
}

export type BindingConstraint =
  | { readonly kind: 'constraint'; readonly type: TypeExpression }
  /** `let f : type a b. t = e` */
  | { readonly kind: 'locally-abstract'; readonly types: readonly Name[]; readonly type: TypeExpression }
  | { readonly kind: 'coerce'; readonly from?: TypeExpression; readonly to: TypeExpression }

// ---------------------------------------------------------------------------------------------------------
// Declarations

export interface TypeParameter {
  readonly type: TypeExpression
  readonly variance: 'none' | 'covariant' | 'contravariant' | 'bivariant'
  readonly injective: boolean
}

export interface TypeDeclaration extends Attributed {
  readonly name: Name
  readonly parameters: readonly TypeParameter[]
  readonly definition: TypeDefinition
  readonly private: boolean
  readonly manifest?: TypeExpression
  readonly constraints: readonly {
    readonly left: TypeExpression
    readonly right: TypeExpression
    readonly region: Region
  }[]
}

export type TypeDefinition =
  | { readonly kind: 'abstract' }
  | { readonly kind: 'variant'; readonly constructors: readonly ConstructorDeclaration[] }
  | { readonly kind: 'record'; readonly fields: readonly LabelDeclaration[] }
  | { readonly kind: 'open' }

export interface ConstructorDeclaration extends Attributed {
  readonly name: Name
  readonly existentials: readonly Name[]
  readonly arguments: ConstructorArguments
  /** For GADT syntax `C : t -> r`. */
  readonly result?: TypeExpression
}

export type ConstructorArguments =
  | { readonly kind: 'tuple'; readonly types: readonly TypeExpression[] }
  | { readonly kind: 'record'; readonly fields: readonly LabelDeclaration[] }

export interface LabelDeclaration extends Attributed {
  readonly name: Name
  readonly mutable: boolean
  readonly type: TypeExpression
}

export interface TypeExtension extends Attributed {
  readonly path: LongName
  readonly parameters: readonly TypeParameter[]
  readonly constructors: readonly ExtensionConstructor[]
  readonly private: boolean
}

export interface ExtensionConstructor extends Attributed {
  readonly name: Name
  readonly definition:
    | {
        readonly kind: 'declaration'
        readonly existentials: readonly Name[]
        readonly arguments: ConstructorArguments
        readonly result?: TypeExpression
      }
    | { readonly kind: 'rebind'; readonly path: LongName }
}

/** `external f : t = "prim" …` has primitives; `val f : t` has none. */
export interface ValueDescription extends Attributed {
  readonly name: Name
  readonly type: TypeExpression
  readonly primitives: readonly string[]
}

export interface OpenDeclaration extends Attributed {
  readonly module: ModuleExpression
  readonly override: boolean
}

// ---------------------------------------------------------------------------------------------------------
// Modules

export type ModuleExpression = Attributed &
  (
    | { readonly kind: 'ident'; readonly path: LongName }
    | { readonly kind: 'structure'; readonly items: readonly StructureItem[] }
    | { readonly kind: 'functor'; readonly parameter: FunctorParameter; readonly body: ModuleExpression }
    | { readonly kind: 'apply'; readonly functor: ModuleExpression; readonly argument: ModuleExpression }
    /** `F ()` */
    | { readonly kind: 'apply-unit'; readonly functor: ModuleExpression }
    | { readonly kind: 'constraint'; readonly module: ModuleExpression; readonly type: ModuleType }
    | {
        readonly kind: 'unpack'
        readonly expression: Expression
        readonly from?: TypeExpression
        readonly to?: TypeExpression
      }
    | { readonly kind: 'extension'; readonly name: string; readonly payload: AttributePayload }
  )

export type FunctorParameter =
  | { readonly kind: 'unit' }
  | { readonly kind: 'named'; readonly name: Name | undefined; readonly type: ModuleType }

export type ModuleType = Attributed &
  (
    | { readonly kind: 'ident'; readonly path: LongName }
    | { readonly kind: 'signature'; readonly items: readonly SignatureItem[] }
    | { readonly kind: 'functor'; readonly parameter: FunctorParameter; readonly body: ModuleType }
    | { readonly kind: 'with'; readonly type: ModuleType; readonly constraints: readonly WithConstraint[] }
    | { readonly kind: 'type-of'; readonly module: ModuleExpression }
    | { readonly kind: 'alias'; readonly path: LongName }
    | { readonly kind: 'extension'; readonly name: string; readonly payload: AttributePayload }
  )

export type WithConstraint =
  | {
      readonly kind: 'type'
      readonly path: LongName
      readonly declaration: TypeDeclaration
      readonly destructive: boolean
    }
  | {
      readonly kind: 'module'
      readonly path: LongName
      readonly target: LongName
      readonly destructive: boolean
    }
  | {
      readonly kind: 'module-type'
      readonly path: LongName
      readonly type: ModuleType
      readonly destructive: boolean
    }

export interface ModuleBinding extends Attributed {
  readonly name: Name | undefined
  readonly module: ModuleExpression
}

export interface ModuleDeclaration extends Attributed {
  readonly name: Name | undefined
  readonly type: ModuleType
}

export type StructureItem = Node &
  (
    | { readonly kind: 'eval'; readonly expression: Expression; readonly attributes: readonly Attribute[] }
    | { readonly kind: 'value'; readonly recursive: boolean; readonly bindings: readonly ValueBinding[] }
    | { readonly kind: 'primitive'; readonly description: ValueDescription }
    | {
        readonly kind: 'type'
        readonly recursive: boolean
        readonly declarations: readonly TypeDeclaration[]
      }
    | { readonly kind: 'type-extension'; readonly extension: TypeExtension }
    | { readonly kind: 'exception'; readonly exception: ExtensionConstructor }
    | { readonly kind: 'module'; readonly binding: ModuleBinding }
    | { readonly kind: 'recursive-module'; readonly bindings: readonly ModuleBinding[] }
    | {
        readonly kind: 'module-type'
        readonly name: Name
        readonly type?: ModuleType
        readonly attributes: readonly Attribute[]
      }
    | { readonly kind: 'open'; readonly open: OpenDeclaration }
    | { readonly kind: 'class'; readonly classes: readonly ClassDeclaration[] }
    | { readonly kind: 'class-type'; readonly classes: readonly ClassTypeDeclaration[] }
    | {
        readonly kind: 'include'
        readonly module: ModuleExpression
        readonly attributes: readonly Attribute[]
      }
    | { readonly kind: 'attribute'; readonly attribute: Attribute }
    | JoinItem
    | {
        readonly kind: 'extension'
        readonly name: string
        readonly payload: AttributePayload
        readonly attributes: readonly Attribute[]
      }
  )

export type SignatureItem = Node &
  (
    | { readonly kind: 'value'; readonly description: ValueDescription }
    | {
        readonly kind: 'type'
        readonly recursive: boolean
        readonly declarations: readonly TypeDeclaration[]
      }
    | { readonly kind: 'type-substitution'; readonly declarations: readonly TypeDeclaration[] }
    | { readonly kind: 'type-extension'; readonly extension: TypeExtension }
    | { readonly kind: 'exception'; readonly exception: ExtensionConstructor }
    | { readonly kind: 'module'; readonly declaration: ModuleDeclaration }
    | {
        readonly kind: 'module-substitution'
        readonly name: Name
        readonly path: LongName
        readonly attributes: readonly Attribute[]
      }
    | { readonly kind: 'recursive-module'; readonly declarations: readonly ModuleDeclaration[] }
    | {
        readonly kind: 'module-type'
        readonly name: Name
        readonly type?: ModuleType
        readonly attributes: readonly Attribute[]
      }
    | {
        readonly kind: 'module-type-substitution'
        readonly name: Name
        readonly type: ModuleType
        readonly attributes: readonly Attribute[]
      }
    | { readonly kind: 'open'; readonly open: OpenDeclaration }
    | { readonly kind: 'include'; readonly type: ModuleType; readonly attributes: readonly Attribute[] }
    | { readonly kind: 'class'; readonly classes: readonly ClassDescription[] }
    | { readonly kind: 'class-type'; readonly classes: readonly ClassTypeDeclaration[] }
    | { readonly kind: 'attribute'; readonly attribute: Attribute }
    | {
        readonly kind: 'extension'
        readonly name: string
        readonly payload: AttributePayload
        readonly attributes: readonly Attribute[]
      }
  )

// ---------------------------------------------------------------------------------------------------------
// Classes

interface ClassInfo extends Attributed {
  readonly name: Name
  readonly virtual: boolean
  readonly parameters: readonly TypeParameter[]
}

export interface ClassDeclaration extends ClassInfo {
  readonly expression: ClassExpression
}
export interface ClassDescription extends ClassInfo {
  readonly type: ClassType
}
export interface ClassTypeDeclaration extends ClassInfo {
  readonly type: ClassType
}

export type ClassType = Attributed &
  (
    | { readonly kind: 'constructor'; readonly path: LongName; readonly arguments: readonly TypeExpression[] }
    | {
        readonly kind: 'signature'
        readonly self: TypeExpression
        readonly fields: readonly ClassTypeField[]
      }
    | {
        readonly kind: 'arrow'
        readonly label: Label
        readonly parameter: TypeExpression
        readonly result: ClassType
      }
    | { readonly kind: 'open'; readonly open: OpenDeclaration; readonly type: ClassType }
    | { readonly kind: 'extension'; readonly name: string; readonly payload: AttributePayload }
  )

export type ClassTypeField = Attributed &
  (
    | { readonly kind: 'inherit'; readonly type: ClassType }
    | {
        readonly kind: 'value'
        readonly name: Name
        readonly mutable: boolean
        readonly virtual: boolean
        readonly type: TypeExpression
      }
    | {
        readonly kind: 'method'
        readonly name: Name
        readonly private: boolean
        readonly virtual: boolean
        readonly type: TypeExpression
      }
    | { readonly kind: 'constraint'; readonly left: TypeExpression; readonly right: TypeExpression }
    | { readonly kind: 'attribute'; readonly attribute: Attribute }
    | { readonly kind: 'extension'; readonly name: string; readonly payload: AttributePayload }
  )

export interface ClassStructure {
  readonly self: Pattern
  readonly fields: readonly ClassField[]
}

export type ClassExpression = Attributed &
  (
    | { readonly kind: 'constructor'; readonly path: LongName; readonly arguments: readonly TypeExpression[] }
    | { readonly kind: 'structure'; readonly body: ClassStructure }
    | {
        readonly kind: 'function'
        readonly label: Label
        readonly default?: Expression
        readonly pattern: Pattern
        readonly body: ClassExpression
      }
    | { readonly kind: 'apply'; readonly function: ClassExpression; readonly arguments: readonly Argument[] }
    | {
        readonly kind: 'let'
        readonly recursive: boolean
        readonly bindings: readonly ValueBinding[]
        readonly body: ClassExpression
      }
    | { readonly kind: 'def'; readonly definition: JoinDefinition; readonly body: ClassExpression }
    | { readonly kind: 'constraint'; readonly class: ClassExpression; readonly type: ClassType }
    | { readonly kind: 'open'; readonly open: OpenDeclaration; readonly body: ClassExpression }
    | { readonly kind: 'extension'; readonly name: string; readonly payload: AttributePayload }
  )

export type ClassField = Attributed &
  (
    | {
        readonly kind: 'inherit'
        readonly override: boolean
        readonly class: ClassExpression
        readonly alias?: Name
      }
    | {
        readonly kind: 'value'
        readonly name: Name
        readonly mutable: boolean
        readonly definition: ClassFieldDefinition<Expression>
      }
    | {
        readonly kind: 'method'
        readonly name: Name
        readonly private: boolean
        /** A concrete polymorphic method keeps its annotation as a `constraint` with a `poly` type. */
        readonly definition: ClassFieldDefinition<Expression>
      }
    | { readonly kind: 'constraint'; readonly left: TypeExpression; readonly right: TypeExpression }
    | { readonly kind: 'initializer'; readonly expression: Expression }
    | { readonly kind: 'attribute'; readonly attribute: Attribute }
    | { readonly kind: 'extension'; readonly name: string; readonly payload: AttributePayload }
  )

export type ClassFieldDefinition<Body> =
  | { readonly kind: 'virtual'; readonly type: TypeExpression }
  | { readonly kind: 'concrete'; readonly override: boolean; readonly body: Body }

/** What the prompt and `#use` read: definitions, or a directive such as `#quit;;`. */
export type ToplevelPhrase =
  | { readonly kind: 'definitions'; readonly items: readonly StructureItem[] }
  | {
      readonly kind: 'directive'
      readonly name: Name
      readonly argument?: DirectiveArgument
      readonly region: Region
    }

export type DirectiveArgument =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'int'; readonly text: string }
  | { readonly kind: 'ident'; readonly path: LongName }
  | { readonly kind: 'bool'; readonly value: boolean }
