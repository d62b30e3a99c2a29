/**
 * `Code`: the normal form between Lambda and WebAssembly.
 *
 * A function is a list of structured statements over variables. What can suspend, raise or collect
 * (a *site*) is a statement of its own; everything else is a `Simple`, an expression tree that WebAssembly evaluates
 * on its own stack. So at a site no intermediate value lives anywhere but in variables, and a
 * frame can hold all of them.
 *
 * Invariants
 * - A `value` variable may hold a pointer: the collector must find it in a frame slot at every site it
 *   lives across. The other representations are raw words that a frame holds only while suspended.
 * - No `Simple` is a derived (interior) pointer that lives across a site.
 * - Sites are numbered in emission order (`numberSites`), so a statement covers a contiguous range of sites.
 */

import type { Region } from '../base/region.ts'
import type { RelocationBase } from '../wasm/assembler.ts'
import type { memoryOp, op, ValueType } from '../wasm/opcodes.ts'

/** How a variable is held. `value`: a tagged word that may be a pointer; `int`: a tagged immediate. */
export type Representation = 'value' | 'int' | 'float' | 'int32' | 'int64' | 'nativeint'

export interface Variable {
  /** Dense in its function. */
  readonly id: number
  readonly name: string
  readonly representation: Representation
  /** Assigned more than once. */
  readonly mutable: boolean
}

export function wasmTypeOf(representation: Representation): 'i64' | 'f64' {
  return representation === 'float' ? 'f64' : 'i64'
}

export type SimpleOp = keyof typeof op
export type MemoryOp = keyof typeof memoryOp

export type Simple =
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'i32'; readonly value: number }
  | { readonly kind: 'i64'; readonly value: bigint }
  | { readonly kind: 'f64'; readonly value: number }
  /** A constant that the linker knows, as i64 or i32. */
  | {
      readonly kind: 'relocated'
      readonly type: 'i32' | 'i64'
      readonly base: RelocationBase
      readonly addend: number
    }
  | { readonly kind: 'op'; readonly op: SimpleOp; readonly arguments: readonly Simple[] }
  | { readonly kind: 'truncate'; readonly argument: Simple }
  /** `stable`: no store can change what is read. */
  | {
      readonly kind: 'load'
      readonly op: MemoryOp
      readonly address: Simple
      readonly offset: number
      readonly stable: boolean
    }
  | {
      readonly kind: 'conditional'
      readonly condition: Simple
      readonly then: Simple
      readonly otherwise: Simple
      readonly type: ValueType
    }
  /** A function of the runtime that neither allocates, nor raises, nor suspends, and has no effect. */
  | {
      readonly kind: 'pureCall'
      readonly external: string
      readonly arguments: readonly Simple[]
      readonly type: ValueType
    }

/** Where a function can be left and, for calls and polls, entered again. */
export interface Site {
  /** Emission order in the function; set by `numberSites`. */
  index: number
  readonly region: Region
  /** Variables that live on after the site (result excluded); set by `liveness`. */
  live: readonly Variable[]
  /** Variables whose slots must not be reused at the site: `live` and what the statement still reads. */
  held: readonly Variable[]
}

export type Target =
  /** A function of this unit; `env` when it takes one. */
  | { readonly kind: 'direct'; readonly function: number; readonly env: Simple | undefined }
  /** A closed function of another unit. */
  | { readonly kind: 'imported'; readonly unit: string; readonly function: number; readonly arity: number }
  | { readonly kind: 'closure'; readonly closure: Simple }
  /** A function of the runtime with the general convention. */
  | { readonly kind: 'external'; readonly name: string }

/** `reraise` goes on with the trace of the exception, `notrace` leaves none. */
export type RaiseMode = 'regular' | 'reraise' | 'notrace'

export type Statement =
  | { readonly kind: 'set'; readonly variable: Variable; readonly value: Simple }
  | {
      readonly kind: 'store'
      readonly op: MemoryOp
      readonly address: Simple
      readonly offset: number
      readonly value: Simple
    }
  /** A function of the runtime that has effects but is no site. */
  | { readonly kind: 'effect'; readonly external: string; readonly arguments: readonly Simple[] }
  /** Nothing, but the value is alive until here: `Sys.opaque_identity`. */
  | { readonly kind: 'keep'; readonly value: Simple }
  | {
      readonly kind: 'call'
      readonly result: Variable | undefined
      readonly target: Target
      readonly arguments: readonly Simple[]
      readonly site: Site
    }
  | { readonly kind: 'tailCall'; readonly target: Target; readonly arguments: readonly Simple[] }
  | {
      readonly kind: 'allocate'
      readonly result: Variable
      readonly header: bigint
      /** Stored from field 0 on; f64 fields are stored as such. */
      readonly fields: readonly { readonly value: Simple; readonly float: boolean }[]
      readonly site: Site
    }
  | {
      readonly kind: 'if'
      readonly condition: Simple
      readonly then: readonly Statement[]
      readonly otherwise: readonly Statement[]
    }
  /** `cases[table[index]]`, or `otherwise` for an index outside the table or an entry -1. `index` is an i32. */
  | {
      readonly kind: 'switch'
      readonly index: Simple
      readonly table: readonly number[]
      readonly cases: readonly (readonly Statement[])[]
      readonly otherwise: readonly Statement[]
    }
  /** Lets other threads interrupt: compares `sp` with `stackLimit`. */
  | { readonly kind: 'poll'; readonly site: Site }
  /** Repeats for ever; left by `exit`. The site is the poll at the head. */
  | { readonly kind: 'loop'; readonly body: readonly Statement[]; readonly site: Site }
  | { readonly kind: 'block'; readonly label: number; readonly body: readonly Statement[] }
  | { readonly kind: 'exit'; readonly label: number }
  | { readonly kind: 'exitIf'; readonly condition: Simple; readonly label: number }
  | {
      readonly kind: 'try'
      readonly body: readonly Statement[]
      readonly exception: Variable
      readonly handler: readonly Statement[]
      /** It is a boundary: effects come here too, with `performTop` set. Calls are the only sites of its body. */
      readonly effects: boolean
    }
  | {
      readonly kind: 'raise'
      readonly mode: RaiseMode
      readonly exception: Simple
      readonly site: Site
    }
  /** Raises through the runtime (bounds error, division by zero) when the condition holds. */
  | { readonly kind: 'raiseIf'; readonly condition: Simple; readonly external: string; readonly site: Site }
  | { readonly kind: 'return'; readonly value: Simple }

export interface CodeFunction {
  /** In its unit. */
  readonly index: number
  readonly name: string
  readonly region: Region
  readonly parameters: readonly Variable[]
  /** The closure, when the function has free variables or is entered only through its closure. */
  readonly env: Variable | undefined
  readonly variables: readonly Variable[]
  readonly body: readonly Statement[]
  readonly sites: readonly Site[]
}

export function newSite(region: Region): Site {
  return { index: -1, region, live: [], held: [] }
}

/** The site of a statement that is one. */
export function siteOf(s: Statement): Site | undefined {
  return 'site' in s ? s.site : undefined
}

/** Numbers the sites of a body in emission order; returns them all. */
export function numberSites(body: readonly Statement[]): Site[] {
  const sites: Site[] = []
  const add = (site: Site): void => {
    site.index = sites.length
    sites.push(site)
  }
  const visit = (statements: readonly Statement[]): void => {
    for (const s of statements) {
      const site = siteOf(s)
      if (site !== undefined) add(site)
      for (const inner of nested(s)) visit(inner)
    }
  }
  visit(body)
  return sites
}

/** The statement lists inside a statement, in emission order. */
export function nested(s: Statement): readonly (readonly Statement[])[] {
  switch (s.kind) {
    case 'if':
      return [s.then, s.otherwise]
    case 'switch':
      return [...s.cases, s.otherwise]
    case 'loop':
    case 'block':
      return [s.body]
    case 'try':
      return [s.body, s.handler]
    default:
      return []
  }
}

/** The expressions that a statement itself evaluates. */
export function operands(s: Statement): readonly Simple[] {
  switch (s.kind) {
    case 'set':
    case 'keep':
    case 'return':
      return [s.value]
    case 'store':
      return [s.address, s.value]
    case 'effect':
      return s.arguments
    case 'call':
    case 'tailCall': {
      const { target } = s
      if (target.kind === 'closure') return [...s.arguments, target.closure]
      if (target.kind === 'direct' && target.env !== undefined) return [...s.arguments, target.env]
      return s.arguments
    }
    case 'allocate':
      return s.fields.map((f) => f.value)
    case 'if':
    case 'exitIf':
    case 'raiseIf':
      return [s.condition]
    case 'switch':
      return [s.index]
    case 'raise':
      return [s.exception]
    case 'poll':
    case 'loop':
    case 'block':
    case 'exit':
    case 'try':
      return []
  }
}

/** Calls `visit` for each variable that an expression reads. */
export function eachVariable(simple: Simple, visit: (variable: Variable) => void): void {
  switch (simple.kind) {
    case 'variable':
      visit(simple.variable)
      return
    case 'op':
    case 'pureCall':
      for (const argument of simple.arguments) eachVariable(argument, visit)
      return
    case 'truncate':
      eachVariable(simple.argument, visit)
      return
    case 'load':
      eachVariable(simple.address, visit)
      return
    case 'conditional':
      eachVariable(simple.condition, visit)
      eachVariable(simple.then, visit)
      eachVariable(simple.otherwise, visit)
  }
}

/** Whether no store, call or assignment can change what the expression yields. */
export function isStable(simple: Simple): boolean {
  switch (simple.kind) {
    case 'variable':
      return !simple.variable.mutable
    case 'op':
      return simple.arguments.every(isStable)
    case 'truncate':
      return isStable(simple.argument)
    case 'load':
      return simple.stable && isStable(simple.address)
    case 'conditional':
      return isStable(simple.condition) && isStable(simple.then) && isStable(simple.otherwise)
    case 'pureCall':
      return false
    default:
      return true
  }
}
