/** Random OCaml types with random terms that fit them, in the form in which values come back. */

import fc from 'fast-check'
import {
  atom,
  binary,
  exportFun,
  float,
  int,
  listOf,
  mapOfAtoms,
  pid,
  type Term,
  tuple,
} from '../../src/erlang-term-format/index.ts'

const leaves = [
  'int',
  'char',
  'int32',
  'int64',
  'nativeint',
  'float',
  'bool',
  'unit',
  'string',
  'bytes',
] as const
/** What only Erlang has a form for. */
const erlangLeaves = ['exn', '(int -> string)', '(a:int -> unit -> bool list)', '(unit -> float)'] as const
type ErlangLeaf = (typeof erlangLeaves)[number]
type Leaf = (typeof leaves)[number]

export type Shape =
  | { readonly kind: 'leaf'; readonly type: Leaf }
  | { readonly kind: 'erlang'; readonly type: ErlangLeaf }
  | { readonly kind: 'list' | 'array' | 'option'; readonly element: Shape }
  | { readonly kind: 'tuple'; readonly parts: readonly Shape[] }
  | { readonly kind: 'record'; readonly fields: readonly Shape[]; readonly tagged: boolean }
  | { readonly kind: 'variant'; readonly constructors: readonly Constructor[] }
  | { readonly kind: 'polymorphic'; readonly constructors: readonly Constructor[] }
  /** Leaf | Node of t * element * t */
  | { readonly kind: 'tree'; readonly element: Shape }

/** `tuple`: C of (a * b); `inline`: C of { a; b }. */
interface Constructor {
  readonly form: 'arguments' | 'tuple' | 'inline'
  readonly arguments: readonly Shape[]
}

const leaf = fc.record({ kind: fc.constant('leaf' as const), type: fc.constantFrom(...leaves) })
const erlangLeaf = fc.record({ kind: fc.constant('erlang' as const), type: fc.constantFrom(...erlangLeaves) })

export const arbitraryShape: fc.Arbitrary<Shape> = shapesOf(leaf)
/** Also with exceptions and functions, which come back as they were where there is a domain. */
export const erlangShape: fc.Arbitrary<Shape> = shapesOf(fc.oneof(leaf, erlangLeaf))

function shapesOf(leafShape: fc.Arbitrary<Shape>): fc.Arbitrary<Shape> {
  return fc.letrec<{ shape: Shape }>((tie) => {
    const shape = tie('shape')
    const shapes = (minLength: number, maxLength = 3) => fc.array(shape, { minLength, maxLength })
    const oneConstructor = fc.record({
      form: fc.constantFrom('arguments', 'tuple', 'inline'),
      arguments: shapes(0),
    }) as fc.Arbitrary<Constructor>
    const constructors = fc.array(oneConstructor, { minLength: 1, maxLength: 4 })
    return {
      shape: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        leafShape,
        fc.record({ kind: fc.constantFrom('list', 'array', 'option'), element: shape }),
        fc.record({ kind: fc.constant('tuple'), parts: shapes(2, 4) }),
        fc.record({ kind: fc.constant('record'), fields: shapes(1, 4), tagged: fc.boolean() }),
        fc.record({ kind: fc.constant('variant'), constructors }),
        fc.record({ kind: fc.constant('polymorphic'), constructors }),
        fc.record({ kind: fc.constant('tree'), element: shape }),
      ) as fc.Arbitrary<Shape>,
    }
  }).shape
}

// ---------------------------------------------------------------------------------------------------------
// As OCaml text

export interface TypeText {
  readonly declarations: string
  readonly type: string
}

export function typeText(shape: Shape): TypeText {
  const declarations: string[] = []
  const declare = (definition: (name: string) => string): string => {
    const name = `t${declarations.length}`
    declarations.push(`type ${name} = ${definition(name)}`)
    return name
  }
  const fields = (list: readonly Shape[]): string =>
    `{ ${list.map((f, i) => `f${i} : ${text(f)}`).join('; ')} }`
  const product = (list: readonly Shape[]): string => list.map((part) => `(${text(part)})`).join(' * ')
  const payload = (c: Constructor): string => {
    if (c.arguments.length === 0) return ''
    if (c.form === 'inline') return ` of ${fields(c.arguments)}`
    return c.form === 'tuple' && c.arguments.length > 1
      ? ` of (${product(c.arguments)})`
      : ` of ${product(c.arguments)}`
  }
  const text = (s: Shape): string => {
    switch (s.kind) {
      case 'leaf':
      case 'erlang':
        return s.type
      case 'list':
      case 'array':
      case 'option':
        return `(${text(s.element)}) ${s.kind}`
      case 'tuple':
        return `(${product(s.parts)})`
      case 'record': {
        const body = fields(s.fields)
        return declare(() => (s.tagged ? `${body} [@@erlang.record "tagged"]` : body))
      }
      case 'variant': {
        const body = s.constructors.map((c, i) => `C${i}Case${payload(c)}`).join(' | ')
        return declare(() => body)
      }
      case 'polymorphic': {
        const tags = s.constructors.map(
          (c, i) => `\`C${i}Case${c.form === 'inline' ? payload({ ...c, form: 'arguments' }) : payload(c)}`,
        )
        return `[ ${tags.join(' | ')} ]`
      }
      case 'tree': {
        const element = text(s.element)
        return declare((name) => `Leaf | Node of ${name} * (${element}) * ${name}`)
      }
    }
  }
  const type = text(shape)
  return { declarations: declarations.join('\n'), type }
}

// ---------------------------------------------------------------------------------------------------------
// Terms

const near = (bits: number): fc.Arbitrary<bigint> =>
  fc.bigInt(-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n)
const small = fc.integer({ min: -300, max: 300 }).map(BigInt)

const exn = (name: string, ...args: Term[]): Term => tuple(atom('ocaml'), atom(name), listOf(args))
const exceptionTerm = fc.oneof(
  fc.constantFrom(exn('Not_found'), exn('Stack_overflow')),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => exn('Failure', binary(bytes))),
  fc
    .tuple(fc.uint8Array({ maxLength: 9 }), small, small)
    .map(([file, line, column]) => exn('Assert_failure', tuple(binary(file), int(line), int(column)))),
)

/** Funs of an arity, external and local. */
function funTerm(arity: number): fc.Arbitrary<Term> {
  const local = fc.record({
    kind: fc.constant('fun' as const),
    arity: fc.constant(arity),
    uniq: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    index: fc.nat(100),
    module: fc.constant('m'),
    oldIndex: fc.nat(100),
    oldUniq: fc.nat(10_000),
    pid: fc.constant(pid('b@127.0.0.1', 5, 0, 3)),
    free: fc.array(small.map(int), { maxLength: 3 }),
  })
  return fc.oneof(local, fc.constant(exportFun('lists', 'reverse', arity)))
}

function erlangTerm(type: ErlangLeaf): fc.Arbitrary<Term> {
  switch (type) {
    case 'exn':
      return exceptionTerm
    case '(int -> string)':
      return funTerm(1)
    case '(a:int -> unit -> bool list)':
      return funTerm(2)
    case '(unit -> float)':
      return fc.oneof(funTerm(0), funTerm(1))
  }
}

function leafTerm(type: Leaf): fc.Arbitrary<Term> {
  switch (type) {
    case 'int':
      return fc.oneof(small, near(32), near(63)).map(int)
    case 'char':
      return fc.integer({ min: 0, max: 255 }).map(int)
    case 'int32':
      return near(32).map(int)
    case 'int64':
    case 'nativeint':
      return fc.oneof(small, near(64)).map(int)
    case 'float':
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map(float)
    case 'bool':
      return fc.boolean().map((b) => atom(String(b)))
    case 'unit':
      return fc.constant(atom('ok'))
    case 'string':
    case 'bytes':
      return fc.uint8Array({ maxLength: 40 }).map(binary)
  }
}

function constructorTerm(c: Constructor, index: number): fc.Arbitrary<Term> {
  const tag = atom(`c${index}_case`)
  if (c.arguments.length === 0) return fc.constant(tag)
  const parts = fc.tuple(...c.arguments.map((a) => termOf(a)))
  if (c.form === 'inline') return parts.map((p) => tuple(tag, fieldMap(p)))
  if (c.form === 'tuple' && c.arguments.length > 1) return parts.map((p) => tuple(tag, tuple(...p)))
  return parts.map((p) => tuple(tag, ...p))
}

/** An argument of a polymorphic variant that is a tuple is several. */
function flat(c: Constructor): Constructor {
  const [only] = c.arguments
  const parts = c.arguments.length === 1 && only?.kind === 'tuple' ? only.parts : c.arguments
  return { form: 'arguments', arguments: parts }
}

const fieldMap = (parts: readonly Term[]): Term =>
  mapOfAtoms(Object.fromEntries(parts.map((p, i) => [`f${i}`, p])))

/** A term of the type of a shape. */
export function termOf(s: Shape): fc.Arbitrary<Term> {
  switch (s.kind) {
    case 'leaf':
      return leafTerm(s.type)
    case 'erlang':
      return erlangTerm(s.type)
    case 'list':
    case 'array':
      return fc.array(termOf(s.element), { maxLength: 6 }).map((elements) => listOf(elements))
    case 'option':
      return fc
        .option(termOf(s.element), { nil: undefined })
        .map((t) => (t === undefined ? atom('undefined') : tuple(atom('some'), t)))
    case 'tuple':
      return fc.tuple(...s.parts.map((p) => termOf(p))).map((parts) => tuple(...parts))
    case 'record':
      return fc
        .tuple(...s.fields.map((f) => termOf(f)))
        .map((parts) => (s.tagged ? tuple(atom('tagged'), ...parts) : fieldMap(parts)))
    case 'variant':
      return fc.oneof(...s.constructors.map((c, i) => constructorTerm(c, i)))
    case 'polymorphic':
      return fc.oneof(...s.constructors.map((c, i) => constructorTerm(flat(c), i)))
    case 'tree':
      return treeTerm(termOf(s.element))
  }
}

function treeTerm(element: fc.Arbitrary<Term>): fc.Arbitrary<Term> {
  return fc.letrec<{ tree: Term }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.constant<Term>(atom('leaf')),
      fc.tuple(tie('tree'), element, tie('tree')).map((parts): Term => tuple(atom('node'), ...parts)),
    ),
  })).tree
}
