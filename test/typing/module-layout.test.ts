/** What the typed tree says about module blocks: positions, coercions, addresses, tags and representations. */

import { describe, expect, it } from 'vitest'
import { sourceOfString } from '../../src/base/region.ts'
import { parseImplementation, parseInterface } from '../../src/syntax/index.ts'
import { findUnit, findValue } from '../../src/typing/env.ts'
import { unitIdent } from '../../src/typing/ident.ts'
import { inferUnit, initialEnv } from '../../src/typing/infer.ts'
import type { ModuleCoercion, ModuleExpression, TypedUnit } from '../../src/typing/typed-tree.ts'
import type { Signature, SignatureItem, TypeDeclaration } from '../../src/typing/types.ts'
import { loadStdlib, printDiagnostics } from './golden-cases.ts'

function infer(ml: string, mli?: string, units: Readonly<Record<string, Signature>> = {}): TypedUnit {
  const { unit, diagnostics } = inferUnit({
    name: 'A',
    items: parseImplementation(sourceOfString('a.ml', ml)),
    interfaceItems: mli === undefined ? undefined : parseInterface(sourceOfString('a.mli', mli)),
    loadInterface: (name) => units[name] ?? loadStdlib(name),
  })
  if (unit === undefined) throw new Error(printDiagnostics(diagnostics))
  return unit
}

function typeNamed(signature: Signature, name: string): TypeDeclaration {
  const item = signature.find((each) => each.kind === 'type' && each.ident.name === name)
  return (item as Extract<SignatureItem, { kind: 'type' }>).declaration
}

/** The positions of a structure coercion; "p" for a primitive. */
function positions(coercion: ModuleCoercion): readonly (number | 'p')[] | string {
  if (coercion.kind !== 'structure') return coercion.kind
  return coercion.fields.map((field) => (field.kind === 'field' ? field.position : 'p'))
}

function moduleOf(unit: TypedUnit, name: string): ModuleExpression {
  const item = unit.structure.items.find((each) => each.kind === 'module' && each.ident?.name === name)
  return (item as { module: ModuleExpression }).module
}

describe('coercions', () => {
  it('is the identity when nothing changes', () => {
    expect(infer('let x = 1 let y = 2', 'val x : int val y : int').coercion).toEqual({ kind: 'identity' })
  })

  it('selects and reorders fields; types have none', () => {
    const unit = infer(
      'type t = int let a = 1 let b = "" exception E module M = struct end',
      'module M : sig end val a : int type t',
    )
    expect(positions(unit.coercion)).toEqual([3, 0])
  })

  it('counts only the last of several values with one name', () => {
    const unit = infer('let a = 1 let b = 2 let a = "" let c = 3')
    expect(unit.interface.map(({ ident }) => ident.name)).toEqual(['b', 'a', 'c'])
  })

  it('makes values of primitives, which occupy no field', () => {
    const unit = infer('external f : int -> int = "%succint" let x = 1', 'val f : int -> int val x : int')
    expect(positions(unit.coercion)).toEqual(['p', 0])
  })

  it('goes into submodules and functors', () => {
    const unit = infer(
      'module M = struct let a = 1 let b = 2 end module F (X : sig val b : int end) = struct let y = 1 let z = X.b end',
      'module F : functor (X : sig val a : int val b : int end) -> sig val z : int end module M : sig val b : int end',
    )
    const { coercion } = unit
    if (coercion.kind !== 'structure') throw new Error('no structure coercion')
    expect(positions(coercion)).toEqual([1, 0])
    const [functor, module] = coercion.fields
    expect(module).toMatchObject({ coercion: { kind: 'structure', fields: [{ position: 1 }] } })
    expect(functor).toMatchObject({
      coercion: {
        kind: 'functor',
        argument: { kind: 'structure', fields: [{ position: 1 }] },
        result: { kind: 'structure', fields: [{ position: 1 }] },
      },
    })
  })

  it('coerces the argument of a functor', () => {
    const unit = infer(
      'module F (X : sig val x : int end) = struct end module N = F (struct let y = 1 let x = 2 end)',
    )
    const module = moduleOf(unit, 'N')
    expect(module.kind === 'apply' && positions(module.coercion)).toEqual([1])
  })
})

describe('addresses', () => {
  it('finds values of other units by position', () => {
    const other = infer(
      'type t = A exception E let x = 1 external f : int -> int = "%succint" module M = struct let y = 2 let z = 3 end',
    )
    const env = initialEnv((name) => (name === 'B' ? other.interface : loadStdlib(name)))
    expect(findUnit(env, 'B')?.address).toEqual({ kind: 'unit', name: 'B' })
    const path = { kind: 'dot', prefix: { kind: 'ident', ident: unitIdent('B') }, name: 'M' } as const
    const z = findValue(env, { kind: 'dot', prefix: path, name: 'z' })
    expect(z?.address).toEqual({
      kind: 'field',
      position: 1,
      module: { kind: 'field', position: 2, module: { kind: 'unit', name: 'B' } },
    })
  })

  it('binds what an include brings', () => {
    const unit = infer('module M = struct type t = A let x = 1 exception E let y = 2 end include M')
    const item = unit.structure.items.find(({ kind }) => kind === 'include')
    expect(
      item?.kind === 'include' && item.bound.map(({ ident, position }) => [ident.name, position]),
    ).toEqual([
      ['x', 0],
      ['E', 1],
      ['y', 2],
    ])
  })
})

describe('representations', () => {
  it('numbers constructors', () => {
    const { kind } = typeNamed(
      infer('type t = A | B of int | C | D of { x : int } | E of int * int').interface,
      't',
    )
    expect(kind.kind === 'variant' && kind.constructors.map(({ tag, arity }) => [tag, arity])).toEqual([
      [{ kind: 'constant', index: 0 }, 0],
      [{ kind: 'block', tag: 0 }, 1],
      [{ kind: 'constant', index: 1 }, 0],
      [{ kind: 'block', tag: 1 }, 1],
      [{ kind: 'block', tag: 2 }, 2],
    ])
  })

  it('knows flat float records and unboxed types', () => {
    const { interface: signature } = infer(
      'type f = float type a = { x : float; y : f } type b = { x : float; y : int } type c = { z : int } [@@unboxed] type d = D of string [@@unboxed]',
    )
    const representation = (name: string) => {
      const { kind } = typeNamed(signature, name)
      return kind.kind === 'record'
        ? kind.representation
        : kind.kind === 'variant'
          ? kind.constructors[0]?.tag
          : undefined
    }
    expect(['a', 'b', 'c', 'd'].map(representation)).toEqual([
      'float',
      'regular',
      'unboxed',
      { kind: 'unboxed' },
    ])
  })

  it('knows immediate types', () => {
    const { interface: signature } = infer(
      'type a = A | B type b = a type c = int type d = C of b [@@unboxed] type e = [ `A | `B ] type f = A | F of int type g = { x : int } type h [@@immediate] type i',
    )
    const immediate = signature.map(
      (item) => (item as { declaration: TypeDeclaration }).declaration.immediate,
    )
    expect(immediate).toEqual([true, true, true, true, true, false, false, true, false])
  })

  it('computes variances through recursion', () => {
    const { interface: signature } = infer(
      "type ('a, 'b, 'c, 'd) t = A of 'a * ('b -> 'c u) and 'x u = B of 'x u list * 'x ref | N of (('x -> unit) -> unit)",
    )
    const signs = (name: string) =>
      typeNamed(signature, name).variance.map((v) => `${v.covariant ? '+' : ''}${v.contravariant ? '-' : ''}`)
    expect(signs('t')).toEqual(['+', '-', '+-', ''])
    expect(signs('u')).toEqual(['+-'])
  })
})
