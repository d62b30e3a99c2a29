/**
 * Warnings that OCaml gives when it translates what it has inferred, after all others: 51 (a call is not where `[@tailcall]`
 * wants it), 53 (an attribute that means nothing there), 54 (an attribute is repeated), 68 (a pattern that reads what may
 * change stands before another parameter).
 *
 * 51 needs the whole unit translated, so its warnings are the last.
 */

import type { Diagnostic } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import { warningAt } from '../base/warnings.ts'
import type { Attribute } from '../syntax/ast.ts'
import { isUseful } from './exhaustiveness-matrix.ts'
import { any, simplifyPattern } from './exhaustiveness-patterns.ts'
import type { Case, Expression, Pattern, Structure, StructureItem, ValueBinding } from './typed-tree.ts'
import { TypedWalk } from './typed-walk.ts'

export function checkTranslation(structure: Pick<Structure, 'items'>): readonly Diagnostic[] {
  const walk = new Translation()
  walk.structure(structure)
  return [...walk.found, ...walk.calls]
}

const baseName = ({ name }: Attribute): string => name.replace(/^ocaml\./, '')

/** Of the name in `[@name]`. */
function nameRegion({ name, region }: Attribute): Region {
  const { bytes } = region.source
  let start = region.start
  while (bytes[start] === 0x5b || bytes[start] === 0x40 || bytes[start] === 0x20) start += 1
  return { ...region, start, end: start + name.length }
}

const named = (attributes: readonly Attribute[], name: string): readonly Attribute[] =>
  attributes.filter((attribute) => baseName(attribute) === name)

class Translation extends TypedWalk {
  readonly found: Diagnostic[] = []
  readonly calls: Diagnostic[] = []
  /** Whether what comes next is the last thing that a function does. */
  private isTail = false

  private at(isTail: boolean, e: Expression): void {
    const before = this.isTail
    this.isTail = isTail
    this.expression(e)
    this.isTail = before
  }

  private misplaced(region: Region, { name }: Attribute): void {
    this.found.push(warningAt(region, 53, `the "${name}" attribute cannot appear in this context`))
  }

  /** The one attribute of this name; the second of several is told. */
  private only(attributes: readonly Attribute[], name: string): Attribute | undefined {
    const [first, second] = named(attributes, name)
    if (second !== undefined) this.repeated(nameRegion(second), second)
    return first
  }

  private repeated(region: Region, { name }: Attribute): void {
    this.found.push(
      warningAt(region, 54, `the "${name}" attribute is used more than once on this expression`),
    )
  }

  // -------------------------------------------------------------------------------------------------------

  override expression(e: Expression): void {
    for (const attribute of e.attributes) this.checkPlace(e, attribute)
    const tail = this.isTail
    switch (e.kind) {
      case 'apply':
        this.apply(e, tail)
        return
      case 'function':
        this.function(e)
        return
      case 'let':
        for (const binding of e.bindings) this.binding(binding, isReturned(e) && tail)
        this.at(tail, e.body)
        return
      case 'match':
        this.at(false, e.subject)
        this.branches([...e.cases, ...e.exceptionCases, ...e.effectCases], tail)
        return
      case 'try':
        this.at(false, e.body)
        this.branches([...e.cases, ...e.effectCases], tail)
        return
      case 'if':
        this.at(false, e.condition)
        this.at(tail, e.then)
        if (e.otherwise !== undefined) this.at(tail, e.otherwise)
        return
      case 'sequence':
        this.at(false, e.first)
        this.at(tail, e.second)
        return
      case 'let-exception':
      case 'let-module':
      case 'open':
        super.expression(e)
        return
      case 'def':
      case 'location':
        this.isTail = false
        if (e.kind === 'def') this.joinDefinition(e.definition)
        else this.locations(e.locations)
        this.isTail = tail
        this.expression(e.body)
        return
      case 'lazy':
        this.at(true, e.expression)
        return
      default:
        this.isTail = false
        super.expression(e)
        this.isTail = tail
    }
  }

  /** What attributes on functions and calls say means nothing elsewhere; those of calls are on the function called. */
  private checkPlace(e: Expression, attribute: Attribute): void {
    switch (baseName(attribute)) {
      case 'inline':
      case 'specialise':
        if (e.kind !== 'function') this.misplaced(nameRegion(attribute), attribute)
        return
      case 'inlined':
      case 'specialised':
      case 'tailcall':
        this.misplaced(nameRegion(attribute), attribute)
    }
  }

  private apply(e: Expression & { kind: 'apply' }, tail: boolean): void {
    const called = e.function
    const own = ['inlined', 'specialised', 'tailcall']
    const kept = called.attributes.filter((attribute) => !own.includes(baseName(attribute)))
    const wanted = this.only(called.attributes, 'tailcall')
    this.only(called.attributes, 'inlined')
    this.at(false, { ...called, attributes: kept })
    const lastIsTail = tail && isSequential(called)
    e.arguments.forEach(({ expression }, i) => {
      if (expression !== undefined) this.at(lastIsTail && i === e.arguments.length - 1, expression)
    })
    if (wanted === undefined || isPrimitive(called) || called.kind === 'send') return
    const expected = booleanPayload(wanted)
    if (expected !== undefined && expected !== tail)
      this.calls.push(warningAt(e.region, 51, `expected ${expected ? 'tailcall' : 'non-tailcall'}`))
  }

  private function(e: Expression & { kind: 'function' }): void {
    const { parameters, body } = e
    parameters.forEach(({ pattern }, i) => {
      const goesOn = i < parameters.length - 1 || isFunction(body)
      if (goesOn && readsMutable(pattern) && isTotal(pattern)) this.warnMutable(pattern.region)
    })
    for (const parameter of parameters) if (parameter.default !== undefined) this.at(false, parameter.default)
    if (body.kind === 'expression') this.at(true, body.expression)
    else this.branches(body.cases, true)
    for (const name of ['inline', 'local']) this.only(e.attributes, name)
  }

  private warnMutable(region: Region): void {
    const message =
      'This pattern depends on mutable state.\nIt prevents the remaining arguments from being uncurried, which will cause additional closure allocations.'
    this.found.push(warningAt(region, 68, message))
  }

  private branches(cases: readonly Case[], tail: boolean): void {
    for (const { guard, body } of cases) {
      if (guard !== undefined) this.at(false, guard)
      this.at(tail, body)
    }
  }

  protected override cases(cases: readonly Case[]): void {
    this.branches(cases, true)
  }

  protected override binding(binding: ValueBinding, tail = false, region = binding.region): void {
    const { expression, attributes } = binding
    this.at(tail, expression)
    for (const name of ['inline', 'local']) {
      const attribute = this.only(attributes, name)
      if (attribute === undefined) continue
      if (expression.kind !== 'function') this.misplaced(region, attribute)
      else if (named(expression.attributes, name).length > 0) this.repeated(region, attribute)
    }
  }

  private moduleItem({ module, attributes, region }: StructureItem & { kind: 'module' }): void {
    this.module(module)
    const attribute = this.only(attributes, 'inline')
    if (attribute !== undefined && module.kind !== 'functor') this.misplaced(region, attribute)
  }

  protected override item(item: StructureItem): void {
    if (item.kind === 'module') this.moduleItem(item)
    else if (item.kind !== 'value') super.item(item)
    else
      item.bindings.forEach((binding, i) => {
        this.binding(
          binding,
          false,
          i === 0 ? { ...binding.region, start: item.region.start } : binding.region,
        )
      })
  }
}

/** `let x = e in x` is `e`. */
function isReturned({ bindings, body }: Expression & { kind: 'let' }): boolean {
  const [only] = bindings
  if (bindings.length !== 1 || only?.pattern.kind !== 'variable') return false
  return body.kind === 'ident' && body.path.kind === 'ident' && body.path.ident === only.pattern.ident
}

function isFunction(body: (Expression & { kind: 'function' })['body']): boolean {
  return (
    body.kind === 'cases' || (body.expression.kind === 'function' && body.expression.attributes.length === 0)
  )
}

const primitiveName = (e: Expression): string | undefined =>
  e.kind === 'ident' && e.value.kind.kind === 'primitive' ? e.value.kind.name : undefined

const isPrimitive = (e: Expression): boolean => primitiveName(e) !== undefined

const isSequential = (e: Expression): boolean => ['%sequand', '%sequor'].includes(primitiveName(e) ?? '')

/** `[@tailcall]` is `[@tailcall true]`; undefined when the payload is something else. */
function booleanPayload({ payload }: Attribute): boolean | undefined {
  if (payload.kind !== 'structure') return undefined
  const [item] = payload.items
  if (item === undefined) return true
  if (item.kind !== 'eval' || item.expression.kind !== 'construct') return undefined
  const { path } = item.expression
  return path.kind === 'ident' ? { true: true, false: false }[path.name] : undefined
}

/** Whether matching reads something that may change, or forces a suspension. */
function readsMutable(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'lazy':
    case 'array':
      return true
    case 'tuple':
      return pattern.elements.some(readsMutable)
    case 'construct':
      return pattern.arguments.some(readsMutable)
    case 'alias':
      return readsMutable(pattern.pattern)
    case 'variant':
      return pattern.argument !== undefined && readsMutable(pattern.argument)
    case 'record':
      return pattern.fields.some(({ label, pattern: part }) => label.mutable || readsMutable(part))
    case 'or':
      return readsMutable(pattern.left) || readsMutable(pattern.right)
    default:
      return false
  }
}

const isTotal = (pattern: Pattern): boolean => !isUseful([[simplifyPattern(pattern)]], [any], { steps: 1000 })
