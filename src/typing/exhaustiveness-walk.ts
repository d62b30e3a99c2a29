/** Every place of a typed tree where values meet patterns, in the order of the source. */

import { joinRegions, type Region } from '../base/region.ts'
import { Warnings } from '../base/warnings.ts'
import type { Attribute } from '../syntax/ast.ts'
import { expressionsOfField } from './class-expressions.ts'
import type { Env } from './env.ts'
import { expandHead } from './expand.ts'
import type {
  Case,
  ClassExpression,
  ClassStructure,
  Expression,
  ModuleExpression,
  Pattern,
  Structure,
  StructureItem,
  ValueBinding,
} from './typed-tree.ts'
import type { Type } from './types.ts'
import { warningsInside } from './warning-attributes.ts'

export interface MatchSite {
  readonly cases: readonly Case[]
  /** Where to say that a value is not matched, and the type of the values; undefined where that is no mistake. */
  readonly total: { readonly region: Region; readonly env: Env; readonly type: Type } | undefined
  readonly warnings: Warnings
}

export function matchSites(structure: Pick<Structure, 'items'>): MatchSite[] {
  const walk = new Walk()
  walk.structure(structure)
  return walk.sites
}

/** The type of the n-th parameter of a function type. */
function parameterType(env: Env, type: Type, n: number): Type | undefined {
  let t = type
  for (let i = 0; ; ) {
    const { desc } = expandHead(env, t)
    if (desc.kind === 'poly') t = desc.body
    else if (desc.kind !== 'arrow') return undefined
    else if (i === n) return desc.parameter
    else {
      i += 1
      t = desc.result
    }
  }
}

class Walk {
  readonly sites: MatchSite[] = []
  private warnings = Warnings.everything

  private readonly visit = (e: Expression): void => this.expression(e)

  private add(cases: readonly Case[], total: MatchSite['total']): void {
    this.sites.push({ cases, total, warnings: this.warnings })
  }

  /** Looks into something that has attributes. */
  private under(attributes: readonly Attribute[], look: () => void): void {
    const outside = this.warnings
    this.warnings = warningsInside(attributes, outside)
    look()
    this.warnings = outside
  }

  /** One pattern that must match everything. */
  private pattern(pattern: Pattern, body: Expression, region: Region, env: Env, type: Type): void {
    if (pattern.kind === 'variable' || pattern.kind === 'any') return
    this.add([{ pattern, guard: undefined, body }], { region, env, type })
  }

  private cases(cases: readonly Case[]): void {
    for (const c of cases) {
      if (c.guard !== undefined) this.expression(c.guard)
      this.expression(c.body)
    }
  }

  private bindings(bindings: readonly ValueBinding[], whole: Region | undefined): void {
    for (const { pattern, expression, attributes } of bindings) {
      this.under(attributes, () => {
        this.expression(expression)
        this.pattern(pattern, expression, whole ?? pattern.region, expression.env, expression.type)
      })
    }
  }

  private expression(e: Expression): void {
    if (e.attributes.length === 0) this.inside(e)
    else this.under(e.attributes, () => this.inside(e))
  }

  private inside(e: Expression): void {
    switch (e.kind) {
      case 'let':
        this.bindings(e.bindings, wholeRegion(e))
        this.expression(e.body)
        return
      case 'function':
        this.function(e)
        return
      case 'match':
        this.expression(e.subject)
        this.cases([...e.cases, ...e.exceptionCases, ...e.effectCases])
        this.add(e.cases, { region: e.region, env: e.subject.env, type: e.subject.type })
        this.add(e.exceptionCases, undefined)
        this.add(e.effectCases, undefined)
        return
      case 'try':
        this.expression(e.body)
        this.cases([...e.cases, ...e.effectCases])
        this.add(e.cases, undefined)
        this.add(e.effectCases, undefined)
        return
      case 'let-operator':
        for (const x of [e.operator, e.operand, ...e.ands.flatMap((a) => [a.operator, a.operand])])
          this.expression(x)
        this.cases([e.case])
        this.pattern(e.case.pattern, e.case.body, e.case.body.region, e.env, e.case.pattern.type)
        return
      case 'let-module':
        this.module(e.module)
        this.expression(e.body)
        return
      case 'open':
        this.module(e.open.module)
        this.expression(e.body)
        return
      case 'pack':
        this.module(e.module)
        return
      case 'object':
        this.classStructure(e.structure)
        return
      default:
        childrenOf(e).forEach(this.visit)
    }
  }

  private function(e: Expression & { kind: 'function' }): void {
    e.parameters.forEach((p, i) => {
      if (p.default !== undefined) this.expression(p.default)
      const region = i === 0 ? e.region : joinRegions(p.pattern.region, e.region)
      const start = { ...region, start: i === 0 ? e.region.start : p.pattern.region.start }
      const { env } = p.pattern
      const type = p.default === undefined ? parameterType(env, e.type, i) : undefined
      const body = e.body.kind === 'expression' ? e.body.expression : (p.default as Expression)
      this.pattern(p.pattern, body ?? e, start, env, type ?? p.pattern.type)
    })
    if (e.body.kind === 'expression') {
      this.expression(e.body.expression)
      return
    }
    this.cases(e.body.cases)
    // What earlier parameters teach about types holds here.
    const env = e.body.cases[0]?.pattern.env ?? e.env
    const type = parameterType(env, e.type, e.parameters.length)
    const region = e.parameters.length === 0 ? e.region : e.body.region
    this.add(e.body.cases, type === undefined ? undefined : { region, env, type })
  }

  // -------------------------------------------------------------------------------------------------------

  private classStructure({ fields }: ClassStructure): void {
    for (const field of fields) {
      this.under(field.attributes, () => {
        if (field.kind === 'inherit') this.class(field.class)
        else expressionsOfField(field).forEach(this.visit)
      })
    }
  }

  private class(e: ClassExpression): void {
    switch (e.kind) {
      case 'ident':
        return
      case 'structure':
        this.classStructure(e.structure)
        return
      case 'function':
        this.classFunction(e)
        return
      case 'apply':
        this.class(e.class)
        for (const { expression } of e.arguments) if (expression !== undefined) this.expression(expression)
        return
      case 'let':
        this.bindings(e.bindings, undefined)
        this.class(e.body)
        return
      case 'constraint':
        this.class(e.class)
        return
      case 'open':
        this.module(e.open.module)
        this.class(e.body)
    }
  }

  private classFunction(e: ClassExpression & { kind: 'function' }): void {
    const { pattern, default: value } = e.parameter
    if (value !== undefined) this.expression(value)
    const { region, type, env } = pattern
    const body: Expression = { region, type, env, attributes: [], kind: 'tuple', elements: [] }
    this.pattern(pattern, body, pattern.region, pattern.env, pattern.type)
    this.class(e.body)
  }

  structure({ items }: Pick<Structure, 'items'>): void {
    for (const item of items) this.item(item)
  }

  private item(item: StructureItem): void {
    switch (item.kind) {
      case 'eval':
        this.expression(item.expression)
        return
      case 'value':
        this.bindings(item.bindings, undefined)
        return
      case 'module':
      case 'include':
        this.module(item.module)
        return
      case 'recursive-module':
        for (const b of item.bindings) this.module(b.module)
        return
      case 'open':
        this.module(item.open.module)
        return
      case 'class':
        for (const { expression } of item.classes) this.class(expression)
        return
      default:
    }
  }

  private module(m: ModuleExpression): void {
    switch (m.kind) {
      case 'structure':
        this.structure(m.structure)
        return
      case 'functor':
        this.module(m.body)
        return
      case 'apply':
        this.module(m.functor)
        if (m.argument !== undefined) this.module(m.argument)
        return
      case 'constraint':
        this.module(m.module)
        return
      case 'unpack':
        this.expression(m.expression)
        return
      case 'ident':
    }
  }
}

/** A single binding whose pattern has constructors is typed as a `match`, and reported as one. */
function wholeRegion(e: Expression & { kind: 'let' }): Region | undefined {
  const [only] = e.bindings
  if (only === undefined || e.bindings.length > 1 || only.attributes.length > 0) return undefined
  return hasConstructor(only.pattern) ? e.region : undefined
}

function hasConstructor(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'construct':
      return true
    case 'alias':
    case 'lazy':
      return hasConstructor(pattern.pattern)
    case 'tuple':
    case 'array':
      return pattern.elements.some(hasConstructor)
    case 'record':
      return pattern.fields.some((f) => hasConstructor(f.pattern))
    case 'or':
      return hasConstructor(pattern.left) || hasConstructor(pattern.right)
    case 'variant':
      return pattern.argument !== undefined && hasConstructor(pattern.argument)
    default:
      return false
  }
}

/** Sub-expressions of the kinds that match nothing themselves. */
function childrenOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'apply':
      return [e.function, ...e.arguments.flatMap((a) => (a.expression === undefined ? [] : [a.expression]))]
    case 'tuple':
    case 'array':
      return e.elements
    case 'construct':
      return e.arguments
    case 'variant':
      return e.argument === undefined ? [] : [e.argument]
    case 'record': {
      const fields = e.fields.flatMap((f) => (f === 'kept' ? [] : [f]))
      return e.base === undefined ? fields : [e.base, ...fields]
    }
    case 'field':
      return [e.record]
    case 'set-field':
      return [e.record, e.value]
    case 'if':
      return e.otherwise === undefined ? [e.condition, e.then] : [e.condition, e.then, e.otherwise]
    case 'sequence':
      return [e.first, e.second]
    case 'while':
      return [e.condition, e.body]
    case 'for':
      return [e.from, e.to, e.body]
    case 'let-exception':
      return [e.body]
    case 'assert':
      return [e.condition]
    case 'lazy':
      return [e.expression]
    case 'send':
      return [e.object]
    case 'set-instance-variable':
      return [e.value]
    case 'override':
      return e.fields.map((field) => field.value)
    default:
      return []
  }
}
