/** What a signature exports is used: others may mention it. */

import type { ModuleType, Signature, SignatureItem, TypeDeclaration } from './types.ts'
import type { Usages } from './usage.ts'

/**
 * `own`: the signature is of something that is exported; otherwise others give it, as a functor's parameter, and what it
 * declares is not exported.
 */
export function markExported(usages: Usages, signature: Signature, own = true): void {
  for (const item of signature) {
    if (own) markItem(usages, item)
    if (item.kind === 'module') markModuleType(usages, item.type, own)
    // Whoever uses a module type gives such modules or gets them.
    if (item.kind === 'module-type' && item.type !== undefined) {
      markModuleType(usages, item.type, true)
      markModuleType(usages, item.type, false)
    }
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

function markModuleType(usages: Usages, type: ModuleType, own: boolean): void {
  if (type.kind === 'signature') markExported(usages, type.items, own)
  if (type.kind !== 'functor') return
  if (type.parameter.kind === 'named') markModuleType(usages, type.parameter.type, !own)
  markModuleType(usages, type.body, own)
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
