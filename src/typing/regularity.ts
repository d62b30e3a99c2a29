/**
 * Regularity: wherever the expansion of an abbreviation comes back to it, it has its own parameters as arguments.
 * Otherwise expanding a type would make ever new types.
 *
 * The walk goes through all parts of a definition and through the abbreviations under suspicion, each at most once on
 * the way to a part. The message lists the expansions on that way.
 */

import { fail } from '../base/diagnostic.ts'
import type { Env } from './env.ts'
import { expandOnce } from './expand.ts'
import { type Path, samePath } from './ident.ts'
import { box, breakHint, concat, type Doc, renderMessage, space, vBox } from './pretty.ts'
import { printTypePath, printTypes } from './print-type.ts'
import { componentsOfDesc } from './subst.ts'
import { constructorType } from './type-graph.ts'
import { genericLevel, repr, type Type } from './types.ts'
import type { Suspect } from './well-founded.ts'

/** Stops when an abbreviation's expansion uses it with other arguments than its parameters. */
export function checkRegularity(env: Env, suspects: readonly Suspect[]): void {
  for (const start of suspects) {
    const { manifest, parameters } = start.declaration
    if (manifest === undefined || parameters.length === 0) continue
    visitRegular(env, suspects, start, manifest, [], new Set())
  }
}

interface Expansion {
  readonly from: Type
  readonly to: Type
}

function visitRegular(
  env: Env,
  suspects: readonly Suspect[],
  start: Suspect,
  type: Type,
  expansions: readonly Expansion[],
  seen: Set<Type>,
): void {
  const t = repr(type)
  if (seen.has(t)) return
  seen.add(t)
  const { desc } = t
  if (desc.kind === 'constructor') {
    const member = suspects.find(({ path }) => samePath(path, desc.path))
    if (member === start) checkSameArguments(env, start, t, expansions)
    else if (member !== undefined && !expansions.some(({ from }) => isApplication(from, desc.path))) {
      const to = expandOnce(env, t)
      if (to !== undefined) visitRegular(env, suspects, start, to, [...expansions, { from: t, to }], seen)
    }
  }
  for (const component of componentsOfDesc(desc))
    visitRegular(env, suspects, start, component, expansions, seen)
}

function isApplication(type: Type, path: Path): boolean {
  const { desc } = repr(type)
  return desc.kind === 'constructor' && samePath(desc.path, path)
}

function checkSameArguments(env: Env, start: Suspect, use: Type, expansions: readonly Expansion[]): void {
  const { desc } = repr(use)
  const args = desc.kind === 'constructor' ? desc.arguments : []
  if (!hasSameVariables(args, start.declaration.parameters)) failIrregular(env, start, use, expansions)
}

/** Whether the arguments are the parameters themselves, once links are followed. */
export function hasSameVariables(args: readonly Type[], parameters: readonly Type[]): boolean {
  return args.every((argument, i) => repr(argument) === repr(parameters[i] as Type))
}

function failIrregular(
  env: Env,
  { path, declaration, region }: Suspect,
  use: Type,
  expansions: readonly Expansion[],
): never {
  const definition = constructorType(path, declaration.parameters, genericLevel)
  const types = [definition, use, ...expansions.flatMap(({ from, to }) => [from, to])]
  const [defined, used, ...rest] = printTypes(env, types) as [Doc, Doc, ...Doc[]]
  const shift = breakHint(1, 2)
  const steps: Doc[] = []
  for (let i = 0; i < rest.length; i += 2) {
    const separator = i + 2 < rest.length ? ',' : ''
    steps.push(concat(shift, box(2, rest[i] as Doc, ' =', space, rest[i + 1] as Doc, separator)))
  }
  const after = steps.length === 0 ? ['.'] : [space, 'after the following expansion(s):', ...steps]
  const name = printTypePath(env, path)
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
  fail(region, renderMessage(doc))
}
