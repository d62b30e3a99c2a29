/**
 * What must hold of a group of type definitions as a whole (besides `well-founded.ts`): recursion through
 * them is regular, parameters obey their constraints, and a definition that repeats another agrees with it.
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
import { box, breakHint, concat, type Doc, newline, renderMessage, space, vBox } from './pretty.ts'
import { printType, printTypePath, printTypes } from './print-type.ts'
import { componentsOfDesc, substitution, substTypeDeclaration } from './subst.ts'
import { constructorType } from './type-graph.ts'
import { genericLevel, repr, type Type, type TypeDeclaration } from './types.ts'

interface NamedDeclaration {
  readonly ident: Ident
  readonly declaration: TypeDeclaration
}

type Group = readonly NamedDeclaration[]

function memberOf(group: Group, path: Path): NamedDeclaration | undefined {
  return path.kind === 'ident' ? group.find(({ ident }) => sameIdent(ident, path.ident)) : undefined
}

// ---------------------------------------------------------------------------------------------------------
// Regularity

/** Stops when an abbreviation's expansion uses it with other arguments than its parameters. */
export function checkRegularity(env: Env, group: Group): void {
  for (const member of group) {
    const { manifest, parameters } = member.declaration
    if (manifest === undefined || parameters.length === 0) continue
    visitRegular(env, group, member, manifest, [], new Set())
  }
}

interface Expansion {
  readonly from: Type
  readonly to: Type
}

function visitRegular(
  env: Env,
  group: Group,
  start: NamedDeclaration,
  type: Type,
  expansions: readonly Expansion[],
  seen: Set<Type>,
): void {
  const t = repr(type)
  if (seen.has(t)) return
  seen.add(t)
  const { desc } = t
  if (desc.kind === 'constructor') {
    const member = memberOf(group, desc.path)
    if (member === start) checkSameArguments(env, start, t, expansions)
    else if (member !== undefined && !expansions.some(({ from }) => isApplication(from, desc.path))) {
      const to = expandOnce(env, t)
      if (to !== undefined) visitRegular(env, group, start, to, [...expansions, { from: t, to }], seen)
    }
  }
  for (const component of componentsOfDesc(desc)) visitRegular(env, group, start, component, expansions, seen)
}

function isApplication(type: Type, path: Path): boolean {
  const { desc } = repr(type)
  return (
    desc.kind === 'constructor' &&
    desc.path.kind === 'ident' &&
    path.kind === 'ident' &&
    sameIdent(desc.path.ident, path.ident)
  )
}

function checkSameArguments(
  env: Env,
  { ident, declaration }: NamedDeclaration,
  use: Type,
  expansions: readonly Expansion[],
): void {
  const { desc } = repr(use)
  const args = desc.kind === 'constructor' ? desc.arguments : []
  if (hasSameVariables(args, declaration.parameters)) return
  failIrregular(env, ident, declaration, use, expansions)
}

/** Whether the arguments are the parameters themselves, once links are followed. */
function hasSameVariables(args: readonly Type[], parameters: readonly Type[]): boolean {
  return args.every((argument, i) => repr(argument) === repr(parameters[i] as Type))
}

function failIrregular(
  env: Env,
  ident: Ident,
  declaration: TypeDeclaration,
  use: Type,
  expansions: readonly Expansion[],
): never {
  const definition = constructorType({ kind: 'ident', ident }, declaration.parameters, genericLevel)
  const types = [definition, use, ...expansions.flatMap(({ from, to }) => [from, to])]
  const [defined, used, ...rest] = printTypes(env, types) as [Doc, Doc, ...Doc[]]
  const shift = breakHint(1, 2)
  const steps: Doc[] = []
  for (let i = 0; i < rest.length; i += 2) {
    const separator = i + 2 < rest.length ? ',' : ''
    steps.push(concat(shift, box(2, rest[i] as Doc, ' =', space, rest[i + 1] as Doc, separator)))
  }
  const after = steps.length === 0 ? ['.'] : [space, 'after the following expansion(s):', ...steps]
  const name = printTypePath(env, { kind: 'ident', ident })
  const doc = vBox(
    0,
    'This recursive type is not regular.',
    space,
    `The type constructor ${name} is defined as`,
    shift,
    'type ',
    defined,
    space,
    'but it is used as',
    shift,
    used,
    ...after,
    space,
    'All uses need to match the definition for the recursive type to be regular.',
  )
  fail(declaration.region, renderMessage(doc))
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
  const sameArguments = hasSameVariables(desc.arguments, declaration.parameters)
  if (mismatch !== undefined || !sameArguments) failReexport(env, declaration, manifest, mismatch)
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
