/**
 * A walk over typed trees for passes that look at all expressions, in the order of the source. A pass overrides what it
 * cares about and calls the method that it has overridden to go on.
 */

import { expressionsOfField } from './class-expressions.ts'
import { expressionsOfDefinition, type JoinDefinition, type LocationDefinition } from './typed-join.ts'
import type {
  Case,
  ClassExpression,
  ClassStructure,
  Expression,
  ModuleExpression,
  Structure,
  StructureItem,
  ValueBinding,
} from './typed-tree.ts'

export class TypedWalk {
  private readonly visit = (e: Expression): void => this.expression(e)

  protected cases(cases: readonly Case[]): void {
    for (const c of cases) {
      if (c.guard !== undefined) this.expression(c.guard)
      this.expression(c.body)
    }
  }

  protected binding({ expression }: ValueBinding): void {
    this.expression(expression)
  }

  expression(e: Expression): void {
    switch (e.kind) {
      case 'let':
        for (const binding of e.bindings) this.binding(binding)
        this.expression(e.body)
        return
      case 'function':
        for (const p of e.parameters) if (p.default !== undefined) this.expression(p.default)
        if (e.body.kind === 'expression') this.expression(e.body.expression)
        else this.cases(e.body.cases)
        return
      case 'match':
        this.expression(e.subject)
        this.cases([...e.cases, ...e.exceptionCases, ...e.effectCases])
        return
      case 'try':
        this.expression(e.body)
        this.cases([...e.cases, ...e.effectCases])
        return
      case 'let-operator':
        for (const each of [e.operator, e.operand, ...e.ands.flatMap((a) => [a.operator, a.operand])])
          this.expression(each)
        this.cases([e.case])
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
      case 'def':
        this.joinDefinition(e.definition)
        this.expression(e.body)
        return
      case 'location':
        this.locations(e.locations)
        this.expression(e.body)
        return
      default:
        childrenOf(e).forEach(this.visit)
    }
  }

  protected joinDefinition(definition: JoinDefinition): void {
    expressionsOfDefinition(definition).forEach(this.visit)
  }

  protected locations(locations: readonly LocationDefinition[]): void {
    for (const { definition, structure } of locations) {
      if (definition !== undefined) this.joinDefinition(definition)
      this.structure(structure)
    }
  }

  // -------------------------------------------------------------------------------------------------------

  protected classStructure({ fields }: ClassStructure): void {
    for (const field of fields) {
      if (field.kind === 'inherit') this.class(field.class)
      else expressionsOfField(field).forEach(this.visit)
    }
  }

  protected class(e: ClassExpression): void {
    switch (e.kind) {
      case 'ident':
        return
      case 'structure':
        this.classStructure(e.structure)
        return
      case 'function':
        if (e.parameter.default !== undefined) this.expression(e.parameter.default)
        this.class(e.body)
        return
      case 'apply':
        this.class(e.class)
        for (const { expression } of e.arguments) if (expression !== undefined) this.expression(expression)
        return
      case 'let':
        for (const binding of e.bindings) this.binding(binding)
        this.class(e.body)
        return
      case 'def':
        this.joinDefinition(e.definition)
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

  structure({ items }: Pick<Structure, 'items'>): void {
    for (const item of items) this.item(item)
  }

  protected item(item: StructureItem): void {
    switch (item.kind) {
      case 'eval':
        this.expression(item.expression)
        return
      case 'value':
        for (const binding of item.bindings) this.binding(binding)
        return
      case 'module':
      case 'include':
        this.module(item.module)
        return
      case 'recursive-module':
        for (const { module } of item.bindings) this.module(module)
        return
      case 'open':
        this.module(item.open.module)
        return
      case 'class':
        for (const { expression } of item.classes) this.class(expression)
        return
      case 'def':
        this.joinDefinition(item.definition)
        return
      case 'location':
        this.locations(item.locations)
        return
      default:
    }
  }

  protected module(m: ModuleExpression): void {
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
    case 'failure':
      return [e.expression]
    case 'send':
      return [e.object]
    case 'set-instance-variable':
      return [e.value]
    case 'override':
      return e.fields.map((field) => field.value)
    case 'message':
      return [e.channel, e.argument]
    case 'parallel':
      return e.processes
    case 'reply':
      return e.value === undefined ? [] : [e.value]
    case 'spawn':
      return [e.process]
    default:
      return []
  }
}
