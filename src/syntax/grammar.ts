/** Ties the parts of the grammar together; see `Grammar` in parser.ts. */

import { parseClassStructure } from './parse-class.ts'
import { parseExpression, parseSequence } from './parse-expression.ts'
import { parseModuleBinding, parseModuleExpression } from './parse-module.ts'
import { parseModuleType, parsePackageType } from './parse-module-type.ts'
import { parsePattern } from './parse-pattern.ts'
import { parsePayload } from './parse-payload.ts'
import { parseProcess, parseSpawned } from './parse-process.ts'
import { parseSignature } from './parse-signature.ts'
import { parseSimpleExpression } from './parse-simple-expression.ts'
import { parseStructure } from './parse-structure.ts'
import { parseType } from './parse-type.ts'
import type { Grammar } from './parser.ts'

export const grammar: Grammar = {
  sequence: parseSequence,
  expression: parseExpression,
  simpleExpression: parseSimpleExpression,
  pattern: parsePattern,
  payload: parsePayload,
  type: parseType,
  packageType: parsePackageType,
  moduleExpression: parseModuleExpression,
  moduleBinding: parseModuleBinding,
  moduleType: parseModuleType,
  structure: parseStructure,
  signature: parseSignature,
  classStructure: parseClassStructure,
  process: parseProcess,
  spawned: parseSpawned,
}
