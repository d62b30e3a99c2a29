/** What a signature exports is used: others may mention it. */

import type { ModuleType, Signature, SignatureItem, TypeDeclaration } from './types.ts'
import type { Usages } from './usage.ts'

/** Who gives the module that has a signature: we, others (it is the parameter of a functor), or either. */
type Giver = 'we' | 'others' | 'both'

export function markExported(usages: Usages, signature: Signature, giver: Giver = 'we'): void {
  for (const item of signature) {
    if (giver !== 'others') markItem(usages, item)
    if (item.kind === 'module') markModuleType(usages, item.type, giver)
    if (item.kind === 'module-type' && item.type !== undefined) markModuleType(usages, item.type, 'both')
  }
}

function markItem(usages: Usages, item: SignatureItem): void {
  switch (item.kind) {
    case 'value':
      return usages.mark(item.description.region)
    case 'type':
      return markExportedType(usages, item.declaration, item.declaration)
    case 'extension':
      return markExportedExtension(usages, item, item)
    case 'module':
      return usages.mark(item.region)
    default:
  }
}

const opposite = { we: 'others', others: 'we', both: 'both' } as const

function markModuleType(usages: Usages, type: ModuleType, giver: Giver): void {
  if (type.kind === 'signature') markExported(usages, type.items, giver)
  if (type.kind !== 'functor') return
  if (type.parameter.kind === 'named') markModuleType(usages, type.parameter.type, opposite[giver])
  markModuleType(usages, type.body, giver)
}

/** A type is exported under a declaration that may hide something. */
export function markExportedType(usages: Usages, own: TypeDeclaration, as: TypeDeclaration): void {
  usages.mark(own.region)
  const use = as.private ? 'export-private' : 'export'
  if (own.kind.kind === 'variant' && as.kind.kind === 'variant') {
    usages.exportConstructors(own.kind.constructors, use)
  }
  if (own.kind.kind === 'record' && as.kind.kind === 'record') usages.exportLabels(own.kind.labels, use)
}

type ExtensionItem = Extract<SignatureItem, { kind: 'extension' }>

export function markExportedExtension(usages: Usages, own: ExtensionItem, as: ExtensionItem): void {
  const use = as.declaration.constructor.private ? 'export-private' : 'export'
  usages.exportConstructors([own.declaration.constructor], use)
}
