/** Instances of declared types: a component of a declaration with arguments in place of its parameters. */

import { componentsOfDesc, mapDesc } from '../typing/subst.ts'
import { repr, type Type } from '../typing/types.ts'

/**
 * `component`, which shares its variables with `scheme` (the type constructor applied to its parameters), as it is when
 * the type constructor is applied to `args`.
 */
export function instantiate(scheme: Type, args: readonly Type[], component: Type): Type {
  const { desc } = repr(scheme)
  if (desc.kind !== 'constructor' || args.length === 0) return component
  const replaced = new Map<Type, Type>()
  desc.arguments.forEach((parameter, i) => {
    bind(parameter, args[i] as Type, replaced)
  })
  return copy(component, replaced)
}

/** A parameter that is constrained to a form binds the variables in it. */
function bind(parameter: Type, argument: Type, replaced: Map<Type, Type>): void {
  const p = repr(parameter)
  const a = repr(argument)
  replaced.set(p, a)
  if (p.desc.kind === 'variable' || p.desc.kind !== a.desc.kind) return
  const parts = componentsOfDesc(a.desc)
  componentsOfDesc(p.desc).forEach((part, i) => {
    const other = parts[i]
    if (other !== undefined && !replaced.has(repr(part))) bind(part, other, replaced)
  })
}

function copy(type: Type, replaced: Map<Type, Type>): Type {
  const t = repr(type)
  const known = replaced.get(t)
  if (known !== undefined) return known
  if (componentsOfDesc(t.desc).length === 0) return t
  const made: Type = { desc: t.desc, level: t.level, scope: 0, id: t.id }
  replaced.set(t, made)
  made.desc = mapDesc(t.desc, (part) => copy(part, replaced))
  return made
}
