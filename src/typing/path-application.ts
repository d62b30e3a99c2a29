/**
 * Functor applications inside of paths, as in the type `F(A).t`: the argument must fit the parameter.
 */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type { LongName } from '../syntax/ast.ts'
import type { Components, Env, ModuleEntry } from './env.ts'
import { includeModuleType, ModuleMismatch } from './include-module.ts'
import { lookupModule, printLongName } from './lookup.ts'
import { failArgument } from './print-module-mismatch.ts'
import { moduleTypeAt } from './strengthen.ts'

/** Stops when the name contains an application that is not possible. */
export function checkApplications(env: Env, name: LongName, region: Region = name.region): void {
  if (name.kind === 'ident') return
  if (name.kind === 'dot') {
    checkApplications(env, name.prefix, region)
    return
  }
  checkApplications(env, name.functor, region)
  checkApplications(env, name.argument, region)
  const functor = lookupModule(env, { ...name.functor, region })
  const argument = lookupModule(env, { ...name.argument, region })
  checkApplication(env, functor.components, argument, printLongName(name.functor), region)
}

function checkApplication(
  env: Env,
  functor: Components,
  argument: ModuleEntry,
  name: string,
  region: Region,
): void {
  if (functor.kind === 'structure') fail(region, `The module ${name} is a structure, it cannot be applied`)
  if (functor.kind === 'abstract') fail(region, `The module ${name} is abstract, it cannot be applied`)
  const { parameter } = functor.type
  if (parameter.kind === 'unit') {
    fail(region, `The functor ${name} is generative, it cannot be applied in type expressions`)
  }
  try {
    includeModuleType(env, moduleTypeAt(env, argument.path) ?? argument.description, parameter.type)
  } catch (error) {
    if (error instanceof ModuleMismatch) failArgument(region, error)
    throw error
  }
}
