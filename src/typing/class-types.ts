/**
 * Reading class types.
 */

import type { ClassSignature, ClassType } from './types.ts'

/** How many arguments a class takes. */
export function classArity(type: ClassType): number {
  switch (type.kind) {
    case 'constructor':
      return classArity(type.type)
    case 'signature':
      return 0
    case 'arrow':
      return 1 + classArity(type.result)
  }
}

/** The signature at the end of a class type. */
export function classSignature(type: ClassType): ClassSignature {
  switch (type.kind) {
    case 'constructor':
      return classSignature(type.type)
    case 'signature':
      return type.signature
    case 'arrow':
      return classSignature(type.result)
  }
}
