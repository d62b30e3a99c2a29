/**
 * The value restriction's question: can evaluating this expression have an effect that its type must remember,
 * such as making a reference? If not, its type may be generalised freely.
 */

import { classArity } from './class-types.ts'
import type { JoinDefinition } from './typed-join.ts'
import type {
  Case,
  ClassField,
  ClassStructure,
  Expression,
  ModuleExpression,
  StructureItem,
  ValueBinding,
} from './typed-tree.ts'

const isOptionalNonexpansive = (e: Expression | undefined): boolean => e === undefined || isNonexpansive(e)

const bindingsAreNonexpansive = (bindings: readonly ValueBinding[]): boolean =>
  bindings.every((binding) => isNonexpansive(binding.expression))

export function isNonexpansive(e: Expression): boolean {
  switch (e.kind) {
    case 'ident':
    case 'constant':
    case 'function':
    case 'unreachable':
    case 'format':
    case 'assert-false':
    case 'nothing':
      return true
    case 'array':
      return e.elements.length === 0
    case 'let':
      return bindingsAreNonexpansive(e.bindings) && isNonexpansive(e.body)
    case 'apply':
      return isNonexpansiveApplication(e)
    case 'match':
      return (
        e.exceptionCases.length === 0 &&
        e.effectCases.length === 0 &&
        isNonexpansive(e.subject) &&
        e.cases.every(isNonexpansiveCase)
      )
    case 'tuple':
      return e.elements.every(isNonexpansive)
    case 'construct':
      return e.arguments.every(isNonexpansive)
    case 'variant':
      return isOptionalNonexpansive(e.argument)
    case 'record':
      return isNonexpansiveRecord(e)
    case 'field':
      return isNonexpansive(e.record)
    case 'if':
      return isNonexpansive(e.then) && isOptionalNonexpansive(e.otherwise)
    case 'sequence':
      return isNonexpansive(e.second)
    case 'lazy':
      return isNonexpansive(e.expression)
    case 'assert':
      return isNonexpansive(e.condition)
    case 'let-module':
      return isNonexpansiveModule(e.module) && isNonexpansive(e.body)
    case 'open':
      return isNonexpansiveModule(e.open.module) && isNonexpansive(e.body)
    case 'let-exception':
      return isNonexpansive(e.body)
    case 'def':
      return isStateless(e.definition) && isNonexpansive(e.body)
    case 'pack':
      return isNonexpansiveModule(e.module)
    case 'new':
      return classArity(e.class.type) > 0
    case 'object':
      return isNonexpansiveObject(e.structure)
    case 'try':
    case 'set-field':
    case 'while':
    case 'for':
    case 'let-operator':
    case 'send':
    case 'instance-variable':
    case 'set-instance-variable':
    case 'override':
    case 'failure':
    case 'message':
    case 'parallel':
    case 'reply':
    case 'spawn':
    case 'location':
      return false
  }
}

function isNonexpansiveCase({ guard, body }: Case): boolean {
  return isOptionalNonexpansive(guard) && isNonexpansive(body)
}

const raising: readonly string[] = ['%raise', '%reraise', '%raise_notrace']

/** A partial application that leaves the first parameter open only builds a closure; raising returns nothing. */
function isNonexpansiveApplication(e: Expression & { kind: 'apply' }): boolean {
  const [first, ...rest] = e.arguments
  if (first?.expression === undefined) {
    return isNonexpansive(e.function) && rest.every((argument) => isOptionalNonexpansive(argument.expression))
  }
  const f = e.function
  const raises =
    f.kind === 'ident' && f.value.kind.kind === 'primitive' && raising.includes(f.value.kind.name)
  return raises && rest.length === 0 && isNonexpansive(first.expression)
}

function isNonexpansiveRecord(e: Expression & { kind: 'record' }): boolean {
  const fields = e.fields.every((field, i) => {
    return field === 'kept' || (e.labels[i]?.mutable === false && isNonexpansive(field))
  })
  return fields && isOptionalNonexpansive(e.base)
}

/** No message waits for another: nothing links the types of two channels. */
const isStateless = ({ automata }: JoinDefinition): boolean =>
  automata.every(({ reactions }) => reactions.every(({ patterns }) => patterns.length === 1))

/** All its state is immutable and its own, and making it does nothing. */
function isNonexpansiveObject({ fields, signature }: ClassStructure): boolean {
  const variables = [...signature.variables.values()]
  const own = fields.filter((field) => field.kind === 'value').length
  return (
    fields.every(isNonexpansiveField) &&
    own === variables.length &&
    variables.every(({ mutable }) => !mutable)
  )
}

function isNonexpansiveField(field: ClassField): boolean {
  switch (field.kind) {
    case 'inherit':
      return false
    case 'value':
      return field.expression === 'virtual' || isNonexpansive(field.expression)
    case 'initializer':
      return isNonexpansive(field.function)
    case 'method':
    case 'constraint':
    case 'attribute':
      return true
  }
}

export function isNonexpansiveModule(m: ModuleExpression): boolean {
  switch (m.kind) {
    case 'ident':
    case 'functor':
      return true
    case 'structure':
      return m.structure.items.every(isNonexpansiveItem)
    case 'constraint':
      return isNonexpansiveModule(m.module)
    case 'unpack':
      return isNonexpansive(m.expression)
    case 'apply':
      return false
  }
}

function isNonexpansiveItem(item: StructureItem): boolean {
  switch (item.kind) {
    case 'eval':
      return isNonexpansive(item.expression)
    case 'value':
      return bindingsAreNonexpansive(item.bindings)
    case 'module':
      return isNonexpansiveModule(item.module)
    case 'recursive-module':
      return item.bindings.every((binding) => isNonexpansiveModule(binding.module))
    case 'open':
      return isNonexpansiveModule(item.open.module)
    case 'include':
      return isNonexpansiveModule(item.module)
    case 'exception':
      return item.constructor.rebind !== undefined
    case 'type-extension':
      return item.constructors.every((each) => each.rebind !== undefined)
    case 'primitive':
    case 'type':
    case 'module-type':
    case 'class-type':
      return true
    case 'def':
      return isStateless(item.definition)
    case 'class':
    case 'location':
      return false
  }
}
