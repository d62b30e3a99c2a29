/**
 * Syntax trees as source text that parses to the same tree, regions apart. Comments and layout are lost.
 *
 * The parts of the printer that need each other are tied together here.
 */

import type {
  Expression,
  ModuleExpression,
  ModuleType,
  Pattern,
  SignatureItem,
  StructureItem,
  TypeExpression,
} from './ast.ts'
import { printClassStructure, printClassType } from './print-class.ts'
import * as expressions from './print-expression.ts'
import * as modules from './print-module.ts'
import type { Printers } from './print-names.ts'
import * as patterns from './print-pattern.ts'
import * as types from './print-type.ts'

const printers: Printers = {
  expression: expressions.printExpression,
  simpleExpression: expressions.printSimpleExpression,
  bindings: expressions.printScopedBindings,
  pattern: patterns.printPattern,
  type: types.printType,
  moduleExpression: modules.printModuleExpression,
  moduleType: modules.printModuleType,
  classStructure: printClassStructure,
  classType: printClassType,
  structure: modules.printStructure,
  signature: modules.printSignature,
}

export function printExpression(e: Expression): string {
  return expressions.printExpression(printers, e)
}

export function printPattern(p: Pattern): string {
  return patterns.printPattern(printers, p)
}

export function printTypeExpression(t: TypeExpression): string {
  return types.printType(printers, t)
}

export function printModuleExpression(m: ModuleExpression): string {
  return modules.printModuleExpression(printers, m)
}

export function printModuleType(t: ModuleType): string {
  return modules.printModuleType(printers, t)
}

/** An item per line. */
export function printStructure(items: readonly StructureItem[]): string {
  return modules.printStructure(printers, items)
}

/** An item per line. */
export function printSignature(items: readonly SignatureItem[]): string {
  return modules.printSignature(printers, items)
}
