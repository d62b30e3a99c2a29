/**
 * The typed tree: what inference makes of the AST and what `lambda/` translates.
 *
 * Names are resolved (idents, addresses, constructor and label descriptions), optional arguments and
 * labels are in order, defaults are filled, implicit coercions of modules are explicit. Every expression
 * and pattern has its `type` and the `env` in which that type means something.
 *
 * `type`s are final only when the whole unit (or phrase) has been inferred, so `lambda/` starts after that.
 * The representation of a type (immediate, float, pointer, any) is `representationOf(env, type)` of `representation.ts`.
 */

import type { Region } from '../base/region.ts'
import type { Attribute } from '../syntax/ast.ts'
import type { Env } from './env.ts'
import type { Address, Ident, Path } from './ident.ts'
import type { JoinDefinition, JoinForm, LocationDefinition } from './typed-join.ts'
import type {
  ArrowLabel,
  ClassDeclaration,
  ClassSignature,
  ClassType,
  ClassTypeDeclaration,
  ConstructorDescription,
  ExtensionDeclaration,
  LabelDescription,
  MethodIdents,
  ModuleType,
  Signature,
  Type,
  TypeDeclaration,
  ValueDescription,
} from './types.ts'

interface Typed {
  readonly region: Region
  readonly type: Type
  readonly env: Env
  readonly attributes: readonly Attribute[]
  /** Of the outermost `(e : t)` or `(e :> t)` around the expression, which is no node of its own. */
  readonly annotation?: Region
}

export type Constant =
  | { readonly kind: 'int'; readonly value: bigint } // 63 bits, signed
  | { readonly kind: 'char'; readonly code: number }
  | { readonly kind: 'string'; readonly bytes: Uint8Array }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'int32'; readonly value: bigint }
  | { readonly kind: 'int64'; readonly value: bigint }
  | { readonly kind: 'nativeint'; readonly value: bigint }

/** Static data known at compile time. */
export type StructuredConstant =
  | { readonly kind: 'constant'; readonly constant: Constant }
  | { readonly kind: 'block'; readonly tag: number; readonly fields: readonly StructuredConstant[] }
  | { readonly kind: 'float-array'; readonly values: readonly number[] }

export type Pattern = Typed &
  (
    | { readonly kind: 'any' }
    | { readonly kind: 'variable'; readonly ident: Ident }
    | { readonly kind: 'alias'; readonly pattern: Pattern; readonly ident: Ident }
    | { readonly kind: 'constant'; readonly constant: Constant }
    | { readonly kind: 'tuple'; readonly elements: readonly Pattern[] }
    /** `arguments` has exactly `constructor.arity` patterns (for `C _` they are all `any`). An inline record is one record pattern. */
    | {
        readonly kind: 'construct'
        readonly constructor: ConstructorDescription
        readonly arguments: readonly Pattern[]
      }
    | {
        readonly kind: 'variant'
        readonly tag: string
        readonly argument: Pattern | undefined
        readonly row: Type
      }
    /** Only the fields that were written, by increasing position. */
    | {
        readonly kind: 'record'
        readonly fields: readonly { readonly label: LabelDescription; readonly pattern: Pattern }[]
        readonly closed: boolean
      }
    | { readonly kind: 'array'; readonly elements: readonly Pattern[] }
    /** Both sides bind the same idents. */
    | { readonly kind: 'or'; readonly left: Pattern; readonly right: Pattern }
    | { readonly kind: 'lazy'; readonly pattern: Pattern }
  )

export type Expression = Typed &
  /** A primitive (`value.kind.kind === 'primitive'`) has no address that exists at run time. */
  (
    | {
        readonly kind: 'ident'
        readonly path: Path
        readonly address: Address | undefined
        readonly value: ValueDescription
      }
    | { readonly kind: 'constant'; readonly constant: Constant }
    | {
        readonly kind: 'let'
        readonly recursive: boolean
        readonly bindings: readonly ValueBinding[]
        readonly body: Expression
      }
    | {
        readonly kind: 'function'
        readonly parameters: readonly FunctionParameter[]
        /** 'expression', or the last anonymous parameter matched by cases (`function | …`). */
        readonly body: FunctionBody
      }
    /**
     * Arguments in the order of the function's type. `undefined` is an argument that was not given: the application
     * is then a function of the missing ones. Omitted optional arguments are already `None` constructs.
     */
    | {
        readonly kind: 'apply'
        readonly function: Expression
        readonly arguments: readonly {
          readonly label: ArrowLabel
          readonly expression: Expression | undefined
        }[]
      }
    | {
        readonly kind: 'match'
        readonly subject: Expression
        readonly cases: readonly Case[]
        /** Cases of `exception p` patterns. */
        readonly exceptionCases: readonly Case[]
        readonly effectCases: readonly EffectCase[]
      }
    | {
        readonly kind: 'try'
        readonly body: Expression
        readonly cases: readonly Case[]
        readonly effectCases: readonly EffectCase[]
      }
    | { readonly kind: 'tuple'; readonly elements: readonly Expression[] }
    | {
        readonly kind: 'construct'
        readonly constructor: ConstructorDescription
        readonly arguments: readonly Expression[]
      }
    | { readonly kind: 'variant'; readonly tag: string; readonly argument: Expression | undefined }
    /** All labels in order of position; `kept` ones are copied from `base`. */
    | {
        readonly kind: 'record'
        readonly labels: readonly LabelDescription[]
        readonly fields: readonly (Expression | 'kept')[]
        readonly base: Expression | undefined
      }
    | { readonly kind: 'field'; readonly record: Expression; readonly label: LabelDescription }
    | {
        readonly kind: 'set-field'
        readonly record: Expression
        readonly label: LabelDescription
        readonly value: Expression
      }
    | { readonly kind: 'array'; readonly elements: readonly Expression[] }
    | {
        readonly kind: 'if'
        readonly condition: Expression
        readonly then: Expression
        readonly otherwise: Expression | undefined
      }
    | { readonly kind: 'sequence'; readonly first: Expression; readonly second: Expression }
    | { readonly kind: 'while'; readonly condition: Expression; readonly body: Expression }
    | {
        readonly kind: 'for'
        readonly ident: Ident
        readonly from: Expression
        readonly to: Expression
        readonly direction: 'up' | 'down'
        readonly body: Expression
      }
    | {
        readonly kind: 'let-module'
        readonly ident: Ident | undefined
        readonly module: ModuleExpression
        readonly body: Expression
      }
    | {
        readonly kind: 'let-exception'
        readonly ident: Ident
        readonly extension: ExtensionConstructor
        readonly body: Expression
      }
    | { readonly kind: 'assert'; readonly condition: Expression }
    | { readonly kind: 'assert-false' }
    | { readonly kind: 'lazy'; readonly expression: Expression }
    | { readonly kind: 'pack'; readonly module: ModuleExpression }
    | { readonly kind: 'open'; readonly open: OpenDeclaration; readonly body: Expression }
    | {
        readonly kind: 'let-operator'
        readonly operator: Expression
        readonly operand: Expression
        readonly ands: readonly { readonly operator: Expression; readonly operand: Expression }[]
        readonly case: Case
      }
    /** A format string literal, already the block that a value of type `format6` is (`CamlinternalFormatBasics`). */
    | { readonly kind: 'format'; readonly value: StructuredConstant }
    | { readonly kind: 'send'; readonly object: Expression; readonly method: SentMethod }
    /** `address` is that of the class's run-time value. */
    | {
        readonly kind: 'new'
        readonly path: Path
        readonly address: Address
        readonly class: ClassDeclaration
      }
    /** `self` is the ident that the method, initializer or class parameter list around it binds to the object. */
    | { readonly kind: 'instance-variable'; readonly self: Ident; readonly variable: Ident }
    | {
        readonly kind: 'set-instance-variable'
        readonly self: Ident
        readonly variable: Ident
        readonly value: Expression
      }
    /** `{< x = e >}`: a copy of self with other values in some instance variables. */
    | {
        readonly kind: 'override'
        readonly self: Ident
        readonly fields: readonly { readonly variable: Ident; readonly value: Expression }[]
      }
    /** An immediate object; `publicMethods` in order of their names. */
    | {
        readonly kind: 'object'
        readonly structure: ClassStructure
        readonly publicMethods: readonly string[]
      }
    | { readonly kind: 'unreachable' }
    | JoinForm
  )

export type SentMethod =
  | { readonly kind: 'name'; readonly name: string }
  /** To self (then `object` is the ident of self): `method` is a value of `ClassStructure.methods`. */
  | { readonly kind: 'self'; readonly name: string; readonly method: Ident }
  /**
   * To `super`: `method` is bound by the field `inherit` and stands for a function of self, the inherited method.
   * `self` is as for instance variables; `object` is not evaluated.
   */
  | { readonly kind: 'ancestor'; readonly name: string; readonly method: Ident; readonly self: Ident }

export interface FunctionParameter {
  readonly label: ArrowLabel
  readonly pattern: Pattern
  /** For `?(x = e)`: the pattern has the type of `e`, the parameter is an option. */
  readonly default: Expression | undefined
}

export type FunctionBody =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | {
      readonly kind: 'cases'
      readonly label: ArrowLabel
      readonly cases: readonly Case[]
      readonly region: Region
    }

export interface Case {
  readonly pattern: Pattern
  readonly guard: Expression | undefined
  readonly body: Expression
}

/** `effect pattern, continuation -> body`: the continuation is a variable or `_`. */
export interface EffectCase extends Case {
  readonly continuation: Pattern
}

export interface ValueBinding {
  readonly pattern: Pattern
  readonly expression: Expression
  readonly attributes: readonly Attribute[]
  readonly region: Region
}

// ---------------------------------------------------------------------------------------------------------
// Classes

/**
 * Methods do not see a class's parameters and `let`s directly, since they are made once for all objects: those that
 * methods may mention are kept in instance variables of each object. `variable` is the ident inside methods, `value`
 * the one that the pattern or the `let` binds.
 */
export interface CapturedVariable {
  readonly name: string
  readonly variable: Ident
  readonly value: Ident
}

export type ClassExpression = {
  readonly region: Region
  readonly type: ClassType
  readonly env: Env
  readonly attributes: readonly Attribute[]
} & (
  | { readonly kind: 'ident'; readonly path: Path; readonly address: Address }
  | { readonly kind: 'structure'; readonly structure: ClassStructure }
  /** One parameter, with its default if it has one, as in the function of an expression. */
  | {
      readonly kind: 'function'
      readonly parameter: FunctionParameter
      readonly captured: readonly CapturedVariable[]
      readonly body: ClassExpression
    }
  /** Arguments as in the `apply` of an expression. */
  | {
      readonly kind: 'apply'
      readonly class: ClassExpression
      readonly arguments: readonly {
        readonly label: ArrowLabel
        readonly expression: Expression | undefined
      }[]
    }
  | {
      readonly kind: 'let'
      readonly recursive: boolean
      readonly bindings: readonly ValueBinding[]
      readonly captured: readonly CapturedVariable[]
      readonly body: ClassExpression
    }
  /** The channels are captured. */
  | {
      readonly kind: 'def'
      readonly definition: JoinDefinition
      readonly captured: readonly CapturedVariable[]
      readonly body: ClassExpression
    }
  /**
   * A class seen through a class type; what is not listed (in order of names) is not visible any more. Every `ident` is in one,
   * with what its declared class type shows.
   */
  | {
      readonly kind: 'constraint'
      readonly class: ClassExpression
      readonly instanceVariables: readonly string[]
      readonly methods: readonly string[]
      readonly concreteMethods: readonly string[]
    }
  | { readonly kind: 'open'; readonly open: OpenDeclaration; readonly body: ClassExpression }
)

/**
 * Methods and initializers are functions whose first parameter is self, matched against the pattern after `object`; each
 * binds idents of its own. `signature` is the class's, with all methods that are inherited, virtual or only
 * mentioned through self.
 */
export interface ClassStructure {
  readonly fields: readonly ClassField[]
  /** For every method, also inherited, virtual and private ones: the ident that sends to self mention. */
  readonly methods: MethodIdents
  readonly signature: ClassSignature
}

/**
 * `inherit`: what comes with the inherited class: all its instance variables (the same ident as before if the class has one of
 * the name already), and with `as super` its concrete methods, under the idents that sends to `super` mention.
 */
export type ClassField = { readonly region: Region; readonly attributes: readonly Attribute[] } & (
  | {
      readonly kind: 'inherit'
      readonly override: boolean
      readonly class: ClassExpression
      readonly super: Ident | undefined
      readonly instanceVariables: readonly NamedIdent[]
      readonly methods: readonly NamedIdent[]
    }
  /** `overrides`: the class has an instance variable of this name, and this ident, from an earlier field. */
  | {
      readonly kind: 'value'
      readonly name: string
      readonly ident: Ident
      readonly mutable: boolean
      readonly expression: Expression | 'virtual'
      readonly overrides: boolean
    }
  | {
      readonly kind: 'method'
      readonly name: string
      readonly private: boolean
      readonly function: Expression | 'virtual'
    }
  | { readonly kind: 'initializer'; readonly function: Expression }
  | { readonly kind: 'constraint' }
  | { readonly kind: 'attribute' }
)

export interface NamedIdent {
  readonly name: string
  readonly ident: Ident
}

/** `class`, or one of several defined with `and`. */
export interface ClassDefinition {
  readonly ident: Ident
  readonly classTypeIdent: Ident
  readonly objectTypeIdent: Ident
  readonly virtual: boolean
  /** How many parameters the class takes at run time. */
  readonly arity: number
  /** In order of their names. */
  readonly publicMethods: readonly string[]
  readonly expression: ClassExpression
  readonly declaration: ClassDeclaration
  readonly region: Region
}

// ---------------------------------------------------------------------------------------------------------
// Modules

export type ModuleExpression = {
  readonly region: Region
  readonly type: ModuleType
  readonly env: Env
} & (
  | { readonly kind: 'ident'; readonly path: Path; readonly address: Address }
  | { readonly kind: 'structure'; readonly structure: Structure }
  | {
      readonly kind: 'functor'
      readonly parameter:
        | { readonly kind: 'unit' }
        | { readonly kind: 'named'; readonly ident: Ident | undefined; readonly type: ModuleType }
      readonly body: ModuleExpression
    }
  /** `argument` is absent for a generative `F ()`. `coercion` turns the argument into what the parameter wants. */
  | {
      readonly kind: 'apply'
      readonly functor: ModuleExpression
      readonly argument: ModuleExpression | undefined
      readonly coercion: ModuleCoercion
    }
  | { readonly kind: 'constraint'; readonly module: ModuleExpression; readonly coercion: ModuleCoercion }
  | { readonly kind: 'unpack'; readonly expression: Expression }
)

/** How a module's block becomes a block of a wanted signature. */
export type ModuleCoercion =
  | { readonly kind: 'identity' }
  /** The fields of the result, each from a position of the source. A primitive becomes a function. */
  | { readonly kind: 'structure'; readonly fields: readonly FieldCoercion[] }
  | { readonly kind: 'functor'; readonly argument: ModuleCoercion; readonly result: ModuleCoercion }
  /** A module alias that has to become a value. */
  | { readonly kind: 'alias'; readonly address: Address; readonly coercion: ModuleCoercion }

export type FieldCoercion =
  | { readonly kind: 'field'; readonly position: number; readonly coercion: ModuleCoercion }
  | { readonly kind: 'primitive'; readonly value: ValueDescription; readonly env: Env }

export interface Structure {
  readonly items: readonly StructureItem[]
  readonly signature: Signature
  readonly env: Env
}

export interface ExtensionConstructor {
  readonly ident: Ident
  readonly declaration: ExtensionDeclaration
  /** `exception A = B`: the address of B's constructor. */
  readonly rebind: Address | undefined
  readonly region: Region
}

export interface OpenDeclaration {
  readonly module: ModuleExpression
  /** For `open struct … end` and other non-path opens: the idents bound, with their positions in the module block. */
  readonly bound: readonly { readonly ident: Ident; readonly position: number }[]
  /** All that those opens bind. */
  readonly signature?: Signature
}

export type StructureItem = { readonly region: Region; readonly env: Env } & (
  | { readonly kind: 'eval'; readonly expression: Expression }
  | { readonly kind: 'value'; readonly recursive: boolean; readonly bindings: readonly ValueBinding[] }
  | { readonly kind: 'primitive'; readonly ident: Ident; readonly value: ValueDescription }
  | {
      readonly kind: 'type'
      readonly declarations: readonly { readonly ident: Ident; readonly declaration: TypeDeclaration }[]
    }
  | { readonly kind: 'type-extension'; readonly constructors: readonly ExtensionConstructor[] }
  | { readonly kind: 'exception'; readonly constructor: ExtensionConstructor }
  | {
      readonly kind: 'module'
      readonly ident: Ident | undefined
      readonly module: ModuleExpression
      readonly attributes: readonly Attribute[]
    }
  | {
      readonly kind: 'recursive-module'
      readonly bindings: readonly {
        readonly ident: Ident
        readonly module: ModuleExpression
        readonly type: ModuleType
      }[]
    }
  | { readonly kind: 'module-type'; readonly ident: Ident }
  | { readonly kind: 'class'; readonly classes: readonly ClassDefinition[] }
  | {
      readonly kind: 'class-type'
      readonly classes: readonly { readonly ident: Ident; readonly declaration: ClassTypeDeclaration }[]
    }
  | { readonly kind: 'open'; readonly open: OpenDeclaration }
  | { readonly kind: 'def'; readonly definition: JoinDefinition }
  | { readonly kind: 'location'; readonly locations: readonly LocationDefinition[] }
  /** The idents bound by `include M`, with their positions in M's block. */
  | {
      readonly kind: 'include'
      readonly module: ModuleExpression
      readonly bound: readonly { readonly ident: Ident; readonly position: number }[]
    }
)

/** A whole compilation unit: the module block is coerced to the interface, if there is one. */
export interface TypedUnit {
  readonly name: string
  readonly structure: Structure
  readonly coercion: ModuleCoercion
  /** What other units see. */
  readonly interface: Signature
  /** Names of the units that this one mentions, in no order. */
  readonly imports: readonly string[]
}
