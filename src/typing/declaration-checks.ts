/**
 * What must hold of a group of type definitions as a whole (besides `well-founded.ts` and `regularity.ts`):
 * parameters obey their constraints, and a definition that repeats another agrees with it.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import { type Env, findType } from './env.ts'
import { expandOnce } from './expand.ts'
import type { Ident, Path } from './ident.ts'
import { sameIdent } from './ident.ts'
import { includeTypeDeclaration } from './include-declaration.ts'
import { instanceAll } from './instance.ts'
import { areMoreGeneral } from './match-types.ts'
import { box, concat, type Doc, newline, renderMessage, space, vBox } from './pretty.ts'
import { printType, printTypes } from './print-type.ts'
import { hasSameVariables } from './regularity.ts'
import { substitution, substTypeDeclaration } from './subst.ts'
import { constructorType } from './type-graph.ts'
import { repr, type Type, type TypeDeclaration } from './types.ts'

interface NamedDeclaration {
  readonly ident: Ident
  readonly declaration: TypeDeclaration
}

type Group = readonly NamedDeclaration[]

function memberOf(group: Group, path: Path): NamedDeclaration | undefined {
  return path.kind === 'ident' ? group.find(({ ident }) => sameIdent(ident, path.ident)) : undefined
}

// ---------------------------------------------------------------------------------------------------------
// Constraints

/** Checks the uses of the group's own types, whose constraints were not known while they were translated. */
export function checkConstraints(
  env: Env,
  group: Group,
  uses: readonly { readonly type: Type; readonly region: Region }[],
): void {
  for (const { type, region } of uses) {
    const { desc } = repr(type)
    if (desc.kind !== 'constructor') continue
    const member = memberOf(group, desc.path)
    if (member === undefined || areMoreGeneral(env, member.declaration.parameters, desc.arguments)) continue
    failConstraint(env, type, desc.path, member.declaration, region)
  }
}

function failConstraint(
  env: Env,
  type: Type,
  path: Path,
  declaration: TypeDeclaration,
  region: Region,
): never {
  const wanted = constructorType(path, instanceAll(declaration.parameters))
  const expanded = expandOnce(env, wanted)
  const [got, shown, expansion] = printTypes(env, [
    type,
    wanted,
    ...(expanded === undefined ? [] : [expanded]),
  ])
  const equation = expansion === undefined ? [shown as Doc] : [shown as Doc, ' =', space, expansion]
  const doc = concat(
    'Constraints are not satisfied in this type.',
    newline,
    box(0, 'Type', space, got as Doc, space, 'should be an instance of', space, box(0, ...equation)),
  )
  fail(region, renderMessage(doc))
}

// ---------------------------------------------------------------------------------------------------------
// Definitions that repeat another

/** `type t = M.t = A | B`: the constructors or labels must be those of M.t. */
export function checkReexport(env: Env, { ident, declaration }: NamedDeclaration): void {
  const { manifest, kind } = declaration
  if (manifest === undefined || kind.kind === 'abstract') return
  const { desc } = repr(manifest)
  const original = desc.kind === 'constructor' ? findType(env, desc.path) : undefined
  if (desc.kind !== 'constructor' || original === undefined)
    failReexport(env, declaration, manifest, undefined)
  // What the definition says of itself, in the results of constructors, it says of the original.
  const renamed = substTypeDeclaration(substitution([[ident, desc.path]]), declaration)
  const mismatch = includeTypeDeclaration(env, desc.path, original, { ...renamed, private: original.private })
  markReexported(env, original, declaration)
  const sameArguments = hasSameVariables(desc.arguments, declaration.parameters)
  if (mismatch !== undefined || !sameArguments) failReexport(env, declaration, manifest, mismatch)
}

/** Whoever gets the definition gets what it repeats. */
function markReexported({ store: { usages } }: Env, original: TypeDeclaration, again: TypeDeclaration): void {
  const use = again.private ? 'export-private' : 'export'
  if (original.kind.kind === 'variant') usages.exportConstructors(original.kind.constructors, use)
  if (original.kind.kind === 'record') usages.exportLabels(original.kind.labels, use)
  if (again.kind.kind === 'variant') usages.exportConstructors(again.kind.constructors, 'export')
  if (again.kind.kind === 'record') usages.exportLabels(again.kind.labels, 'export')
}

function failReexport(
  env: Env,
  { region }: TypeDeclaration,
  manifest: Type,
  mismatch: Doc | undefined,
): never {
  const head = concat(
    'This variant or record definition',
    space,
    'does not match that of type',
    space,
    printType(env, manifest),
  )
  const reason = mismatch === undefined ? [] : [space, mismatch]
  fail(region, renderMessage(vBox(0, box(0, head), ...reason)))
}
