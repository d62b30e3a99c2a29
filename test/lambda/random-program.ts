/**
 * Random well-typed programs that always end: effects are prints and assignments, so that a change of evaluation
 * order shows. The text is OCaml; `ocaml` runs it too.
 */

type Random = () => number

type Kind = 'int' | 'float' | 'bool' | 'pair' | 'option' | 'list' | 'fun' | 'shape' | 'unit' | 'string'

const annotation: Readonly<Record<Kind, string>> = {
  int: 'int',
  float: 'float',
  bool: 'bool',
  pair: '(int * float)',
  option: '(int option)',
  list: '(int list)',
  fun: '(int -> int)',
  shape: 'shape',
  unit: 'unit',
  string: 'string',
}

const kinds = Object.keys(annotation) as Kind[]

const prelude = `
type shape = Dot | Line of int | Box of { w : int; mutable h : float } | Both of shape * shape
exception Stop of int
exception Halt
let tell n = print_string "<"; print_int n; print_string ">"; n
let rec size = function Dot -> 0 | Line n -> n land 7 | Box { w; h } -> w + (if h > 1. then 1 else 0) | Both (a, b) -> size a + size b
let rec total = function [] -> 0 | x :: r -> x + total r
let half x = x / 2
let addf x y = x +. y
let bump r = incr r; !r
let pick b x y = if b then x else y
let compose f g x = f (g x)
let mix a b c = tell (a + 2 * b + 4 * c)
let rec scale n m x = if n <= 0 then x + m else scale (n / 2) m (x + 1)
let some x = if x land 1 = 0 then Some x else None
let show n = print_int n; print_string ";"
`

interface Variable {
  readonly name: string
  readonly kind: Kind
}

class Generator {
  private readonly random: Random
  private count = 0
  private functions: {
    readonly name: string
    readonly parameters: readonly Kind[]
    readonly result: Kind
  }[] = []

  constructor(random: Random) {
    this.random = random
  }

  program(): string {
    const lines = [prelude]
    const count = 2 + this.below(4)
    for (let i = 0; i < count; i++) lines.push(this.definition(i))
    for (const f of this.functions) for (let i = 0; i < 4; i++) lines.push(this.call(f))
    for (let i = 0; i < 3; i++) {
      lines.push(this.shown(this.expression('int', [], 4)))
    }
    return `${lines.join('\n')}\n`
  }

  private shown(value: string): string {
    const handlers =
      'Stop n -> show n | Halt -> show (-1) | Not_found -> show (-2) | Division_by_zero -> show (-3)'
    return `let () = (try show (${value}) with ${handlers})`
  }

  private call({ name, parameters, result }: (typeof this.functions)[number]): string {
    const args = parameters.map((k) => this.expression(k, [], 2))
    return this.shown(asInt(result, `(${name} ${args.join(' ')})`))
  }

  private below(n: number): number {
    return Math.floor(this.random() * n)
  }

  private choose<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T
  }

  private fresh(prefix: string): string {
    this.count += 1
    return `${prefix}${this.count}`
  }

  private definition(index: number): string {
    const parameters = Array.from({ length: 1 + this.below(3) }, () => this.choose(kinds))
    const result = this.choose<Kind>(['int', 'int', 'float', 'option', 'shape', 'pair', 'bool', 'list'])
    const variables = parameters.map((kind) => ({ name: this.fresh('a'), kind }))
    const name = `f${index}`
    const head = variables.map((v) => `(${v.name} : ${annotation[v.kind]})`).join(' ')
    const body = this.expression(result, variables, 5)
    this.functions.push({ name, parameters, result })
    return `let ${name} ${head} : ${annotation[result]} = ${body}`
  }

  /** An expression in parentheses. */
  private expression(kind: Kind, scope: readonly Variable[], depth: number): string {
    const known = scope.filter((v) => v.kind === kind)
    if (known.length > 0 && (depth <= 0 || this.random() < 0.25)) return this.choose(known).name
    if (depth <= 0) return this.leaf(kind)
    const roll = this.random()
    if (roll < 0.3) return `(${this.general(kind, scope, depth - 1)})`
    return `(${this.specific(kind, scope, depth - 1)})`
  }

  private leaf(kind: Kind): string {
    switch (kind) {
      case 'int':
        return `${this.below(12)}`
      case 'float':
        return `${this.below(5)}.5`
      case 'bool':
        return this.choose(['true', 'false'])
      case 'pair':
        return `(${this.below(9)}, ${this.below(4)}.)`
      case 'option':
        return this.choose(['None', `(Some ${this.below(9)})`])
      case 'list':
        return this.choose(['[]', '[1]', '[3; 4; 5]'])
      case 'fun':
        return this.choose(['half', 'succ', 'tell', '(fun z -> z * 3)'])
      case 'shape':
        return this.choose(['Dot', '(Line 4)', '(Box { w = 2; h = 1.5 })', '(Both (Dot, Line 1))'])
      case 'unit':
        return '()'
      case 'string':
        return this.choose(['"a"', '"bc"', '""'])
    }
  }

  /** Forms that exist at every type. */
  private general(kind: Kind, scope: readonly Variable[], depth: number): string {
    const e = (k: Kind, more: readonly Variable[] = []) => this.expression(k, [...scope, ...more], depth)
    const forms: (() => string)[] = [
      () => this.letForm(kind, scope, depth),
      () => `if ${e('bool')} then ${e(kind)} else ${e(kind)}`,
      () => this.matchForm(kind, scope, depth),
      () => this.matchForm(kind, scope, depth),
      () => `${e('unit')}; ${e(kind)}`,
      () => `try ${e(kind)} with Stop n when n > 3 -> ${e(kind)} | Halt -> ${e(kind)}`,
      () => `if ${e('bool')} then raise (Stop ${e('int')}) else ${e(kind)}`,
      () => `pick ${e('bool')} ${e(kind)} ${e(kind)}`,
      () => this.callForm(kind, scope, depth),
      () => this.refForm(kind, scope, depth),
    ]
    return this.choose(forms)()
  }

  private letForm(kind: Kind, scope: readonly Variable[], depth: number): string {
    const bound = { name: this.fresh('x'), kind: this.choose(kinds) }
    const value = this.expression(bound.kind, scope, depth)
    return `let ${bound.name} = ${value} in ${this.expression(kind, [...scope, bound], depth)}`
  }

  private refForm(kind: Kind, scope: readonly Variable[], depth: number): string {
    const cell = this.fresh('r')
    const inner: Kind = this.choose(['int', 'float', 'option', kind])
    const now = { name: `!${cell}`, kind: inner }
    const next = this.expression(inner, [...scope, now], depth - 1)
    const loop = this.choose([
      `for i_ = 0 to ${this.below(4)} do ${cell} := ${next} done`,
      `${cell} := ${next}`,
      `(let g_ () = ${cell} := ${next} in g_ (); g_ ())`,
    ])
    const body = this.expression(kind, [...scope, now], depth - 1)
    return `let ${cell} = ref ${this.expression(inner, scope, depth - 1)} in ${loop}; ${body}`
  }

  private callForm(kind: Kind, scope: readonly Variable[], depth: number): string {
    const usable = this.functions.filter((f) => f.result === kind)
    if (usable.length === 0) return this.specific(kind, scope, depth)
    const f = this.choose(usable)
    const args = f.parameters.map((k) => this.expression(k, scope, depth - 1))
    return `${f.name} ${args.join(' ')}`
  }

  private matchForm(kind: Kind, scope: readonly Variable[], depth: number): string {
    const subject = this.choose<Kind>(['int', 'option', 'list', 'shape', 'pair', 'bool', 'string'])
    const rows = Array.from({ length: 1 + this.below(4) }, () => this.row(subject, kind, scope, depth))
    const last = `_ -> ${this.expression(kind, scope, depth - 1)}`
    return `match ${this.expression(subject, scope, depth)} with ${[...rows, last].join(' | ')}`
  }

  private row(subject: Kind, kind: Kind, scope: readonly Variable[], depth: number): string {
    const bound: Variable[] = []
    const pattern = this.pattern(subject, 2, bound)
    const inner = [...scope, ...bound]
    const guard = this.random() < 0.2 ? ` when ${this.expression('bool', inner, depth - 2)}` : ''
    return `${pattern}${guard} -> ${this.expression(kind, inner, depth - 1)}`
  }

  private pattern(kind: Kind, depth: number, bound: Variable[]): string {
    const roll = this.random()
    if (roll < 0.25) {
      const name = this.fresh('v')
      bound.push({ name, kind })
      return name
    }
    if (roll < 0.35 || depth < 0) return '_'
    const sub = (k: Kind): string => this.pattern(k, depth - 1, bound)
    switch (kind) {
      case 'int':
        return this.choose(['0', '1', '(2 | 3)', '7'])
      case 'option':
        return this.random() < 0.3 ? 'None' : `Some ${sub('int')}`
      case 'list':
        return this.choose([() => '[]', () => `${sub('int')} :: ${sub('list')}`, () => `[${sub('int')}]`])()
      case 'shape':
        return this.shapePattern(sub)
      case 'pair':
        return `(${sub('int')}, _)`
      case 'bool':
        return this.choose(['true', 'false'])
      case 'string':
        return this.choose(['"a"', '"bc"', '("" | "x")'])
      default:
        return '_'
    }
  }

  private shapePattern(sub: (k: Kind) => string): string {
    const forms = [
      () => 'Dot',
      () => `(Line ${sub('int')})`,
      () => `(Box { w = ${sub('int')}; _ })`,
      () => `(Both (${sub('shape')}, ${sub('shape')}))`,
      () => '(Dot | Line (1 | 4))',
    ]
    return this.choose(forms)()
  }

  private specific(kind: Kind, scope: readonly Variable[], depth: number): string {
    const e = (k: Kind, more: readonly Variable[] = []) => this.expression(k, [...scope, ...more], depth)
    const forms: Readonly<Record<Kind, readonly (() => string)[]>> = {
      int: [
        () => `${e('int')} ${this.choose(['+', '-', '*', 'land', 'lxor'])} ${e('int')}`,
        () => `${e('int')} ${this.choose(['/', 'mod'])} ${e('int')}`,
        () => `tell ${e('int')}`,
        () => `size ${e('shape')}`,
        () => `total ${e('list')}`,
        () => `fst ${e('pair')}`,
        () => `int_of_float ${e('float')} land 255`,
        () => `${e('fun')} ${e('int')}`,
        () => `compose ${e('fun')} ${e('fun')} ${e('int')}`,
        () => `max ${e('int')} ${e('int')}`,
        () => `compare ${e('int')} ${e('int')}`,
        () => this.loopForm(scope, depth),
      ],
      float: [
        () => `${e('float')} ${this.choose(['+.', '-.', '*.'])} ${e('float')}`,
        () => `float (${e('int')} land 63)`,
        () => `snd ${e('pair')}`,
        () => `addf ${e('float')} ${e('float')}`,
        () => `min ${e('float')} ${e('float')}`,
        () => this.floatLoop(scope, depth),
      ],
      bool: [
        () => `${e('int')} ${this.choose(['<', '=', '<>', '>='])} ${e('int')}`,
        () => `${e('float')} ${this.choose(['<', '>='])} ${e('float')}`,
        () => `${e('bool')} && ${e('bool')}`,
        () => `${e('bool')} || ${e('bool')}`,
        () => `not ${e('bool')}`,
        () => `${e('option')} = ${e('option')}`,
        () => `${e('string')} = ${e('string')}`,
      ],
      pair: [() => `(${e('int')}, ${e('float')})`, () => `let (p_, q_) = ${e('pair')} in (p_ + 1, q_)`],
      option: [() => `Some ${e('int')}`, () => `some ${e('int')}`],
      list: [() => `${e('int')} :: ${e('list')}`, () => `List.map ${e('fun')} ${e('list')}`],
      fun: [
        () => {
          const v = { name: this.fresh('y'), kind: 'int' as const }
          return `fun ${v.name} -> ${e('int', [v])}`
        },
        () => `compose ${e('fun')} ${e('fun')}`,
        () => `mix ${e('int')} ${e('int')}`,
        () => `(mix ${e('int')}) ${e('int')}`,
        () => `scale ${e('int')} ${e('int')}`,
        () => `pick ${e('bool')} ${e('int')}`,
      ],
      shape: [
        () => `Line ${e('int')}`,
        () => `Both (${e('shape')}, ${e('shape')})`,
        () => `Box { w = ${e('int')}; h = ${e('float')} }`,
      ],
      unit: [
        () => `ignore (tell ${e('int')})`,
        () => `(match ${e('shape')} with Box b -> b.h <- ${e('float')} | _ -> ())`,
        () => `if ${e('bool')} then ignore (tell ${e('int')})`,
      ],
      string: [() => `if ${e('bool')} then "a" else ${e('string')}`],
    }
    return this.choose(forms[kind])()
  }

  /** A local recursive function that ends. */
  private loopForm(scope: readonly Variable[], depth: number): string {
    const [f, i, acc] = [this.fresh('loop'), this.fresh('i'), this.fresh('acc')]
    const inner = [...scope, { name: i, kind: 'int' as const }, { name: acc, kind: 'int' as const }]
    const step = this.expression('int', inner, depth - 1)
    const start = this.expression('int', scope, depth - 1)
    return `let rec ${f} ${i} ${acc} = if ${i} <= 0 then ${acc} else ${f} (${i} - 1) (${step} land 1023) in ${f} ${1 + this.below(4)} ${start}`
  }

  private floatLoop(scope: readonly Variable[], depth: number): string {
    const [f, i, acc] = [this.fresh('loop'), this.fresh('i'), this.fresh('acc')]
    const inner = [...scope, { name: i, kind: 'int' as const }, { name: acc, kind: 'float' as const }]
    const step = this.expression('float', inner, depth - 1)
    return `let rec ${f} ${i} (${acc} : float) = if ${i} <= 0 then ${acc} else ${f} (${i} - 1) ${step} in ${f} ${1 + this.below(3)} ${this.expression('float', scope, depth - 1)} +. 0.25`
  }
}

/** An int that depends on all of a value. */
function asInt(kind: Kind, value: string): string {
  switch (kind) {
    case 'float':
      return `int_of_float (${value} *. 16.) land 65535`
    case 'bool':
      return `if ${value} then 1 else 0`
    case 'pair':
      return `match ${value} with (a, b) -> a + int_of_float (b *. 16.) land 65535`
    case 'option':
      return `match ${value} with None -> -9 | Some n -> n`
    case 'list':
      return `total ${value}`
    case 'shape':
      return `size ${value}`
    default:
      return value
  }
}

export function randomProgram(random: Random): string {
  return new Generator(random).program()
}

/** A small generator of pseudo-random numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
