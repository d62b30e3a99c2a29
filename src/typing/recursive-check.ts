/**
 * Which right-hand sides `let rec` allows: a recursive variable may be used only where its value is not needed yet.
 *
 * Each use of a variable in an expression has a mode: `delayed` (under a function or `lazy`), `guarded` (stored in a
 * block that is being built), `returned` (the value of the expression itself) or `dereferenced` (inspected). Delayed
 * and guarded uses are fine; a returned use is fine when it is not the right-hand side itself; all others are not.
 *
 * An expression is `static` when its block can be allocated before it is evaluated.
 *
 * Reference: Reynaud, Scherer, Yallop, "A practical mode system for recursive definitions" (POPL 2021).
 */

import { fail } from '../base/diagnostic.ts'
import { expressionsOfClass, expressionsOfStructure } from './class-expressions.ts'
import type { Address, Ident } from './ident.ts'
import { arrayKindOf } from './representation.ts'
import { expressionsOfDefinition, type JoinDefinition, type LocationDefinition } from './typed-join.ts'
import type {
  Case,
  ClassExpression,
  Expression,
  ModuleExpression,
  Pattern,
  StructureItem,
  ValueBinding,
} from './typed-tree.ts'

/** Ordered: a later mode demands more. */
const modes = ['ignored', 'delayed', 'guarded', 'returned', 'dereferenced'] as const
type Mode = (typeof modes)[number]

const strongest = (a: Mode, b: Mode): Mode => (modes.indexOf(a) >= modes.indexOf(b) ? a : b)

/** What a use in a context becomes when that context is itself in a context of mode `outer`. */
function compose(outer: Mode, inner: Mode): Mode {
  if (outer === 'ignored' || inner === 'ignored') return 'ignored'
  if (outer === 'dereferenced') return 'dereferenced'
  if (outer === 'delayed') return 'delayed'
  if (outer === 'returned') return inner
  return inner === 'returned' ? 'guarded' : inner
}

/** How the variables of interest are used, by stamp. */
type Uses = Map<number, Mode>

function add(uses: Uses, stamp: number, mode: Mode): void {
  uses.set(stamp, strongest(uses.get(stamp) ?? 'ignored', mode))
}

function isAllowedVariable(p: Pattern): boolean {
  return p.kind === 'variable' || (p.kind === 'alias' && p.pattern.kind === 'any')
}

export function checkRecursive(patterns: readonly Pattern[], expressions: readonly Expression[]): void {
  for (const p of patterns) {
    if (!isAllowedVariable(p)) fail(p.region, "Only variables are allowed as left-hand side of `let rec'")
  }
  const stamps = new Set(patterns.map((p) => (p as Pattern & { ident: Ident }).ident.stamp))
  for (const e of expressions) {
    if (!isValid(stamps, e)) {
      fail(e.region, "This kind of expression is not allowed as right-hand side of `let rec'")
    }
  }
}

function isValid(stamps: ReadonlySet<number>, e: Expression): boolean {
  const uses: Uses = new Map()
  new Walk(uses).expression(e, 'returned')
  const own = [...uses].filter(([stamp]) => stamps.has(stamp)).map(([, mode]) => mode)
  if (own.some((mode) => mode === 'dereferenced' || mode === 'returned')) return false
  return isStatic(e, new Map()) || own.every((mode) => mode === 'ignored')
}

/** Stops when a `let` around a class's structure makes an object of a class that is defined together with it. */
export function checkRecursiveClasses(idents: readonly Ident[], classes: readonly ClassExpression[]): void {
  const stamps = new Set(idents.map(({ stamp }) => stamp))
  for (const e of classes) {
    const uses: Uses = new Map()
    new Walk(uses).class(e, 'returned')
    const isUsed = [...uses].some(
      ([stamp, mode]) => stamps.has(stamp) && (mode === 'dereferenced' || mode === 'returned'),
    )
    if (isUsed) fail(e.region, 'This kind of recursive class expression is not allowed')
  }
}

/** Whether the variables that `let` binds on the way are static, by stamp. */
type Sizes = Map<number, boolean>

function addSizes(bindings: readonly ValueBinding[], sizes: Sizes): Sizes {
  const inner = new Map(sizes)
  for (const { pattern, expression } of bindings) {
    if (pattern.kind === 'variable') inner.set(pattern.ident.stamp, isStatic(expression, sizes))
  }
  return inner
}

/** Whether the size of the value is known before the expression is evaluated. */
function isStatic(e: Expression, sizes: Sizes): boolean {
  switch (e.kind) {
    case 'ident':
      return e.address?.kind === 'local' && sizes.get(e.address.ident.stamp) === true
    case 'let':
      return isStatic(e.body, addSizes(e.bindings, sizes))
    case 'let-module':
    case 'let-exception':
    case 'open':
    case 'def':
    case 'location':
      return isStatic(e.body, sizes)
    case 'sequence':
      return isStatic(e.second, sizes)
    case 'construct':
      return e.constructor.tag.kind !== 'unboxed' || isStatic(e.arguments[0] as Expression, sizes)
    case 'record':
      return e.labels[0]?.representation !== 'unboxed' || isStaticField(e.fields[0], sizes)
    case 'apply':
      return isReference(e) || e.arguments.some((argument) => argument.expression === undefined)
    case 'constant':
    case 'function':
    case 'tuple':
    case 'variant':
    case 'array':
    case 'lazy':
    case 'pack':
    case 'format':
      return true
    default:
      return false
  }
}

/** `ref e` allocates a block of known size. */
function isReference(e: Expression & { kind: 'apply' }): boolean {
  const f = e.function
  return f.kind === 'ident' && f.value.kind.kind === 'primitive' && f.value.kind.name === '%makemutable'
}

const isStaticField = (field: Expression | 'kept' | undefined, sizes: Sizes): boolean =>
  field !== undefined && field !== 'kept' && isStatic(field, sizes)

class Walk {
  private readonly uses: Uses
  constructor(uses: Uses) {
    this.uses = uses
  }

  /** What is evaluated before the class can be used. */
  class(e: ClassExpression, mode: Mode): void {
    if (e.kind === 'let') {
      this.class(e.body, mode)
      this.bindings(e.bindings, mode)
    }
    if (e.kind === 'def') {
      this.definition(e.definition, compose(mode, 'delayed'))
      this.class(e.body, mode)
    }
    if (e.kind === 'open') this.class(e.body, mode)
    if (e.kind === 'constraint') this.class(e.class, mode)
  }

  expression(e: Expression, mode: Mode): void {
    switch (e.kind) {
      case 'ident':
        this.address(e.address, mode)
        return
      case 'constant':
      case 'unreachable':
      case 'format':
      case 'assert-false':
        return
      case 'let':
        this.expression(e.body, mode)
        this.bindings(e.bindings, mode)
        return
      case 'function':
        this.functionBody(e, compose(mode, 'delayed'))
        return
      case 'apply':
        this.application(e, mode)
        return
      case 'match':
        this.expression(e.subject, this.subjectMode(e.cases, mode))
        this.cases([...e.cases, ...e.exceptionCases, ...e.effectCases], mode)
        return
      case 'try':
        this.expression(e.body, compose(mode, 'dereferenced'))
        this.cases([...e.cases, ...e.effectCases], mode)
        return
      case 'tuple':
        this.all(e.elements, compose(mode, 'guarded'))
        return
      case 'construct':
        this.all(e.arguments, compose(mode, e.constructor.tag.kind === 'unboxed' ? 'returned' : 'guarded'))
        return
      case 'variant':
        if (e.argument !== undefined) this.expression(e.argument, compose(mode, 'guarded'))
        return
      case 'record':
        this.record(e, mode)
        return
      case 'array':
        this.array(e, mode)
        return
      case 'field':
        this.expression(e.record, compose(mode, 'dereferenced'))
        return
      case 'set-field':
        this.all([e.record, e.value], compose(mode, 'dereferenced'))
        return
      case 'if':
        this.expression(e.condition, compose(mode, 'dereferenced'))
        this.expression(e.then, mode)
        if (e.otherwise !== undefined) this.expression(e.otherwise, mode)
        return
      case 'sequence':
        this.expression(e.first, compose(mode, 'guarded'))
        this.expression(e.second, mode)
        return
      case 'while':
        this.expression(e.condition, compose(mode, 'dereferenced'))
        this.expression(e.body, compose(mode, 'guarded'))
        return
      case 'for':
        this.all([e.from, e.to], compose(mode, 'dereferenced'))
        this.expression(e.body, compose(mode, 'guarded'))
        return
      case 'assert':
        this.expression(e.condition, compose(mode, 'dereferenced'))
        return
      case 'lazy':
        // `lazy x` is x itself, or a block that has it.
        this.expression(e.expression, e.expression.kind === 'ident' ? mode : compose(mode, 'delayed'))
        return
      case 'let-module':
        this.module(e.module, compose(mode, 'guarded'))
        this.expression(e.body, mode)
        return
      case 'let-exception':
        this.expression(e.body, mode)
        return
      case 'pack':
        this.module(e.module, compose(mode, 'guarded'))
        return
      case 'open':
        this.module(e.open.module, compose(mode, 'dereferenced'))
        this.expression(e.body, mode)
        return
      case 'let-operator':
        this.letOperator(e, mode)
        return
      case 'send':
        this.expression(e.object, compose(mode, 'dereferenced'))
        return
      case 'new':
        this.address(e.address, compose(mode, 'dereferenced'))
        return
      case 'set-instance-variable':
        this.expression(e.value, compose(mode, 'dereferenced'))
        return
      case 'override':
        this.all(
          e.fields.map((field) => field.value),
          compose(mode, 'dereferenced'),
        )
        return
      case 'object':
        this.all(expressionsOfStructure(e.structure), compose(mode, 'dereferenced'))
        return
      case 'message':
        this.all([e.channel, e.argument], compose(mode, 'dereferenced'))
        return
      case 'parallel':
        this.all(e.processes, compose(mode, 'dereferenced'))
        return
      case 'reply':
        if (e.value !== undefined) this.expression(e.value, compose(mode, 'dereferenced'))
        return
      case 'spawn':
        this.expression(e.process, compose(mode, 'dereferenced'))
        return
      case 'def':
        this.definition(e.definition, compose(mode, 'delayed'))
        this.expression(e.body, mode)
        return
      case 'location':
        this.locations(e.locations, mode)
        this.expression(e.body, mode)
        return
      case 'failure':
        this.expression(e.expression, mode)
        return
      case 'instance-variable':
      case 'nothing':
    }
  }

  private definition(definition: JoinDefinition, mode: Mode): void {
    this.all(expressionsOfDefinition(definition), mode)
  }

  private locations(locations: readonly LocationDefinition[], mode: Mode): void {
    for (const { definition, structure } of locations) {
      if (definition !== undefined) this.definition(definition, compose(mode, 'delayed'))
      for (const item of structure.items) this.item(item, compose(mode, 'dereferenced'))
    }
  }

  private all(es: readonly Expression[], mode: Mode): void {
    for (const e of es) this.expression(e, mode)
  }

  private address(address: Address | undefined, mode: Mode): void {
    if (address === undefined || address.kind === 'unit') return
    if (address.kind === 'local') add(this.uses, address.ident.stamp, mode)
    else this.address(address.module, compose(mode, 'dereferenced'))
  }

  private functionBody(e: Expression & { kind: 'function' }, mode: Mode): void {
    for (const parameter of e.parameters) {
      if (parameter.default !== undefined) this.expression(parameter.default, mode)
    }
    if (e.body.kind === 'expression') this.expression(e.body.expression, mode)
    else this.cases(e.body.cases, mode)
  }

  private application(e: Expression & { kind: 'apply' }, mode: Mode): void {
    const f = e.function
    const primitive = f.kind === 'ident' && f.value.kind.kind === 'primitive' ? f.value.kind.name : undefined
    const args = e.arguments.flatMap(({ expression }) => (expression === undefined ? [] : [expression]))
    if (primitive === '%makemutable' || primitive === '%makelazy') {
      this.all(args, compose(mode, 'guarded'))
      return
    }
    // Arguments before the first missing one are stored in a closure; but evaluating the function inspects it.
    const partial = e.arguments.some((argument) => argument.expression === undefined)
    this.expression(f, compose(mode, 'dereferenced'))
    this.all(args, compose(mode, partial ? 'guarded' : 'dereferenced'))
  }

  private record(e: Expression & { kind: 'record' }, mode: Mode): void {
    const representation = e.labels[0]?.representation
    const field: Mode =
      representation === 'float' ? 'dereferenced' : representation === 'unboxed' ? 'returned' : 'guarded'
    for (const value of e.fields) if (value !== 'kept') this.expression(value, compose(mode, field))
    if (e.base !== undefined) this.expression(e.base, compose(mode, 'dereferenced'))
  }

  private array(e: Expression & { kind: 'array' }, mode: Mode): void {
    const [first] = e.elements
    if (first === undefined) return
    const kind = arrayKindOf(e.env, first.type)
    const inspected = kind === 'float' || kind === 'generic'
    this.all(e.elements, compose(mode, inspected ? 'dereferenced' : 'guarded'))
  }

  private letOperator(e: Expression & { kind: 'let-operator' }, mode: Mode): void {
    const inspected = compose(mode, 'dereferenced')
    this.all([e.operator, e.operand], inspected)
    for (const and of e.ands) this.all([and.operator, and.operand], inspected)
    this.cases([e.case], compose(mode, 'delayed'))
  }

  private cases(cases: readonly Case[], mode: Mode): void {
    for (const { guard, body } of cases) {
      if (guard !== undefined) this.expression(guard, compose(mode, 'dereferenced'))
      this.expression(body, mode)
    }
  }

  /** A subject that is only given a name is used as that name is. */
  private subjectMode(cases: readonly Case[], mode: Mode): Mode {
    const inspects = cases.some((each) => inspectsValue(each.pattern))
    if (inspects) return compose(mode, 'dereferenced')
    return compose(
      mode,
      this.strongestUse(
        cases.flatMap((each) => variablesOf(each.pattern)),
        cases,
      ),
    )
  }

  private strongestUse(idents: readonly Ident[], cases: readonly Case[]): Mode {
    const inner: Uses = new Map()
    new Walk(inner).cases(cases, 'returned')
    return idents.reduce<Mode>(
      (mode, ident) => strongest(mode, inner.get(ident.stamp) ?? 'ignored'),
      'guarded',
    )
  }

  /**
   * `let x = e in body`, when the body has been walked: e is used as x is, and at least stored. Definitions that use
   * one another are walked until nothing changes.
   */
  private bindings(bindings: readonly ValueBinding[], mode: Mode): void {
    for (let before = -1; before !== this.weight(); ) {
      before = this.weight()
      for (const { pattern, expression } of bindings)
        this.expression(expression, this.bindingMode(pattern, mode))
    }
  }

  private bindingMode(pattern: Pattern, mode: Mode): Mode {
    if (inspectsValue(pattern)) return compose(mode, 'dereferenced')
    return variablesOf(pattern).reduce(
      (strong, { stamp }) => strongest(strong, this.uses.get(stamp) ?? 'ignored'),
      compose(mode, 'guarded'),
    )
  }

  private weight(): number {
    let sum = 0
    for (const mode of this.uses.values()) sum += modes.indexOf(mode)
    return sum
  }

  private module(m: ModuleExpression, mode: Mode): void {
    switch (m.kind) {
      case 'ident':
        this.address(m.address, mode)
        return
      case 'structure':
        for (const item of m.structure.items) this.item(item, mode)
        return
      case 'functor':
        this.module(m.body, compose(mode, 'delayed'))
        return
      case 'apply':
        this.module(m.functor, compose(mode, 'dereferenced'))
        if (m.argument !== undefined) this.module(m.argument, compose(mode, 'dereferenced'))
        return
      case 'constraint':
        this.module(m.module, m.coercion.kind === 'identity' ? mode : compose(mode, 'dereferenced'))
        return
      case 'unpack':
        this.expression(m.expression, mode)
    }
  }

  private item(item: StructureItem, mode: Mode): void {
    switch (item.kind) {
      case 'eval':
        this.expression(item.expression, compose(mode, 'guarded'))
        return
      case 'value':
        this.bindings(item.bindings, compose(mode, 'guarded'))
        return
      case 'module':
        this.module(item.module, compose(mode, 'guarded'))
        return
      case 'include':
        this.module(item.module, compose(mode, 'dereferenced'))
        return
      case 'recursive-module':
        for (const binding of item.bindings) this.module(binding.module, compose(mode, 'guarded'))
        return
      case 'open':
        this.module(item.open.module, compose(mode, 'dereferenced'))
        return
      case 'class':
        for (const { expression } of item.classes) {
          this.all(expressionsOfClass(expression), compose(mode, 'dereferenced'))
        }
        return
      case 'def':
        this.definition(item.definition, compose(mode, 'delayed'))
        return
      case 'location':
        this.locations(item.locations, mode)
        return
      default:
    }
  }
}

/** Whether matching looks into the value. */
function inspectsValue(p: Pattern): boolean {
  switch (p.kind) {
    case 'any':
    case 'variable':
      return false
    case 'alias':
      return inspectsValue(p.pattern)
    case 'or':
      return inspectsValue(p.left) || inspectsValue(p.right)
    default:
      return true
  }
}

function variablesOf(p: Pattern): readonly Ident[] {
  if (p.kind === 'variable') return [p.ident]
  if (p.kind === 'alias') return [p.ident, ...variablesOf(p.pattern)]
  return []
}
