/** Unification, levels and generalisation on types built by hand. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newStore } from '../../src/typing/env.ts'
import { generalise, restrictToCovariant } from '../../src/typing/generalise.ts'
import { instance, instanceAll } from '../../src/typing/instance.ts'
import { arrayOf, intType, listOf, predefinedEnv, stringType } from '../../src/typing/predef.ts'
import { render } from '../../src/typing/pretty.ts'
import { newWeakNames, TypePrinter } from '../../src/typing/print-type.ts'
import { componentsOfDesc } from '../../src/typing/subst.ts'
import {
  arrowType,
  attempt,
  currentLevel,
  inNewLevel,
  newType,
  newVariable,
  tupleType,
} from '../../src/typing/type-graph.ts'
import { genericLevel, type RowField, repr, type Type } from '../../src/typing/types.ts'
import { tryUnify, UnifyError, unifiable, unify } from '../../src/typing/unify.ts'

const env = predefinedEnv(newStore(() => undefined))

function show(type: Type): string {
  const printer = new TypePrinter(env, newWeakNames())
  printer.mark(type)
  return render(printer.print(type))
}

const int = () => instance(intType)
const string = () => instance(stringType)

function tags(closed: boolean, ...names: readonly string[]): Type {
  const fields = new Map<string, RowField>(
    names.map((name) => [name, { state: { kind: 'present', argument: undefined } }]),
  )
  return newType({ kind: 'variant', row: { fields, more: newVariable(), closed, fixed: false } })
}

describe('unify', () => {
  it('links unknowns through structure', () => {
    const a = newVariable()
    const b = newVariable()
    unify(env, arrowType('', a, listOf(a)), arrowType('', int(), b))
    expect(show(b)).toBe('int list')
  })

  it('refuses different constructors, labels and lengths', () => {
    expect(unifiable(env, int(), string())).toBe(false)
    expect(unifiable(env, arrowType('~x', int(), int()), arrowType('', int(), int()))).toBe(false)
    expect(unifiable(env, tupleType([int(), int()]), tupleType([int(), int(), int()]))).toBe(false)
  })

  it('refuses a variable inside itself', () => {
    const a = newVariable()
    expect(() => unify(env, a, listOf(a))).toThrow(UnifyError)
    expect(repr(a)).toBe(a)
  })

  it('tells the pairs on the way to a failure, the outermost first', () => {
    try {
      unify(env, listOf(listOf(int())), listOf(listOf(string())))
      expect.unreachable()
    } catch (error) {
      const { trace } = error as UnifyError
      const shown = trace.map((each) =>
        each.kind === 'difference' ? `${show(each.got)}/${show(each.expected)}` : '',
      )
      expect(shown).toEqual(['int list list/string list list', 'int list/string list', 'int/string'])
    }
  })

  it('adds tags to open rows and none to closed ones', () => {
    const open = tags(false, 'A')
    unify(env, open, tags(false, 'B'))
    expect(show(open)).toBe('_[> `A | `B ]')
    expect(tryUnify(env, tags(true, 'A'), tags(false, 'C'))).toBe(false)
    const upper = tags(true, 'A', 'B')
    const lower = tags(false, 'A')
    unify(env, lower, upper)
    expect(show(lower)).toBe('[ `A | `B ]')
  })
})

describe('levels', () => {
  it('a variable that the outside knows is not generalised', () => {
    const outer = newVariable()
    const type = inNewLevel(() => {
      const inner = newVariable()
      const known = newVariable()
      unify(env, known, outer)
      return arrowType('', inner, known)
    })
    generalise(type)
    const [a, b] = [instance(type), instance(type)].map((each) => repr(each).desc)
    if (a?.kind !== 'arrow' || b?.kind !== 'arrow') return expect.unreachable()
    expect(repr(a.parameter)).not.toBe(repr(b.parameter))
    expect(repr(a.result)).toBe(repr(b.result))
  })

  it('instances share variables only with each other', () => {
    const type = inNewLevel(() => newVariable())
    generalise(type)
    const [a, b] = instanceAll([type, listOf(type, genericLevel)]) as [Type, Type]
    unify(env, a, int())
    expect(show(b)).toBe('int list')
    expect(repr(type).desc.kind).toBe('variable')
  })

  it('generalises only what is covariant in an expansive right-hand side', () => {
    const types = inNewLevel(() => {
      const a = newVariable()
      const b = newVariable()
      const c = newVariable()
      return tupleType([listOf(a), arrayOf(b), arrowType('', c, int())])
    })
    restrictToCovariant(env, types)
    generalise(types)
    expect(show(types)).toBe("'a list * '_weak1 array * ('_weak2 -> int)")
  })
})

describe('attempt', () => {
  it('takes everything back when it is not kept', () => {
    const a = newVariable()
    const b = tags(false, 'A')
    attempt(
      () => {
        unify(env, a, int())
        unify(env, b, tags(false, 'B'))
      },
      () => false,
    )
    expect(repr(a).desc.kind).toBe('variable')
    expect(show(b)).toBe('_[> `A ]')
  })
})

// ---------------------------------------------------------------------------------------------------------
// Random types

type Shape =
  | 'int'
  | number
  | { readonly list: Shape }
  | { readonly arrow: readonly [Shape, Shape] }
  | { readonly tuple: readonly Shape[] }

const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant('int' as const),
    fc.nat(3),
    fc.record({ list: tie('shape') }),
    fc.record({ arrow: fc.tuple(tie('shape'), tie('shape')) }),
    fc.record({ tuple: fc.array(tie('shape'), { minLength: 2, maxLength: 3 }) }),
  ),
}))

function build(shapeOf: Shape, variables: readonly Type[]): Type {
  if (shapeOf === 'int') return int()
  if (typeof shapeOf === 'number') return variables[shapeOf] as Type
  if ('list' in shapeOf) return listOf(build(shapeOf.list, variables))
  if ('tuple' in shapeOf) return tupleType(shapeOf.tuple.map((each) => build(each, variables)))
  return arrowType('', build(shapeOf.arrow[0], variables), build(shapeOf.arrow[1], variables))
}

const variables = () => Array.from({ length: 4 }, () => newVariable())

function levelsHold(type: Type): boolean {
  const t = repr(type)
  return componentsOfDesc(t.desc).every((c) => repr(c).level <= t.level && levelsHold(c))
}

describe('random types', () => {
  it('unification makes both sides print the same, or fails', () => {
    fc.assert(
      fc.property(shape, shape, (left, right) => {
        const all = variables()
        const a = build(left, all)
        const b = build(right, all)
        if (tryUnify(env, a, b)) expect(show(a)).toBe(show(b))
      }),
    )
  })

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(shape, shape, (left, right) => {
        const all = variables()
        const a = build(left, all)
        const b = build(right, all)
        expect(unifiable(env, a, b)).toBe(unifiable(env, b, a))
      }),
    )
  })

  it('a node is never below what it contains', () => {
    fc.assert(
      fc.property(shape, shape, (left, right) => {
        const outer = variables()
        inNewLevel(() => {
          const a = build(left, variables())
          if (tryUnify(env, a, build(right, outer))) expect(levelsHold(a)).toBe(true)
        })
      }),
    )
  })

  it('an instance of a generalised type unifies with it and prints the same', () => {
    fc.assert(
      fc.property(shape, (source) => {
        const type = inNewLevel(() => build(source, variables()))
        generalise(type)
        const copy = inNewLevel(() => instance(type))
        expect(currentLevel()).toBe(1)
        generalise(copy)
        expect(show(copy)).toBe(show(type))
      }),
    )
  })
})
