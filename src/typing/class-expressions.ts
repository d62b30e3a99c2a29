/** The expressions in a class, for passes that look at all expressions. */

import { expressionsOfDefinition } from './typed-join.ts'
import type { ClassExpression, ClassField, ClassStructure, Expression } from './typed-tree.ts'

export function expressionsOfClass(e: ClassExpression): readonly Expression[] {
  switch (e.kind) {
    case 'ident':
      return []
    case 'structure':
      return expressionsOfStructure(e.structure)
    case 'function': {
      const body = expressionsOfClass(e.body)
      return e.parameter.default === undefined ? body : [e.parameter.default, ...body]
    }
    case 'apply': {
      const given = e.arguments.flatMap(({ expression }) => (expression === undefined ? [] : [expression]))
      return [...expressionsOfClass(e.class), ...given]
    }
    case 'let':
      return [...e.bindings.map((binding) => binding.expression), ...expressionsOfClass(e.body)]
    case 'def':
      return [...expressionsOfDefinition(e.definition), ...expressionsOfClass(e.body)]
    case 'constraint':
      return expressionsOfClass(e.class)
    case 'open':
      return expressionsOfClass(e.body)
  }
}

export function expressionsOfStructure({ fields }: ClassStructure): readonly Expression[] {
  return fields.flatMap(expressionsOfField)
}

export function expressionsOfField(field: ClassField): readonly Expression[] {
  switch (field.kind) {
    case 'inherit':
      return expressionsOfClass(field.class)
    case 'value':
      return field.expression === 'virtual' ? [] : [field.expression]
    case 'method':
      return field.function === 'virtual' ? [] : [field.function]
    case 'initializer':
      return [field.function]
    case 'constraint':
    case 'attribute':
      return []
  }
}
