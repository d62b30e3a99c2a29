/** The declaration of the record type that a constructor with labels has as its argument: `t.C`. */

import type { ConstructorDescription, TypeDeclaration } from './types.ts'

const inlineDeclarations = new WeakMap<ConstructorDescription, TypeDeclaration>()

export function inlineDeclaration(description: ConstructorDescription): TypeDeclaration | undefined {
  const known = inlineDeclarations.get(description)
  if (known !== undefined) return known
  const { inlined, arguments: args } = description
  const first = inlined?.[0]
  const type = args[0]?.desc
  if (inlined === undefined || first === undefined || type?.kind !== 'constructor') return undefined
  const declaration: TypeDeclaration = {
    parameters: type.arguments,
    arity: type.arguments.length,
    kind: { kind: 'record', labels: inlined, representation: first.representation },
    private: description.private,
    manifest: undefined,
    variance: type.arguments.map(() => ({ covariant: true, contravariant: true, injective: true })),
    immediate: false,
    region: description.region,
    attributes: [],
  }
  inlineDeclarations.set(description, declaration)
  return declaration
}
