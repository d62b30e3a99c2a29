/**
 * `let` in simplification: what is bound becomes known in the body, or replaces the variable.
 *
 * Bindings inside a bound value are moved out (`let x = (let y = e in b) in …`), on the spine only when the value is
 * a module, a closure or data: a computation's local variables do not belong in static slots.
 */

import { freshBinder, letIn, primitive, sequence, variable } from './build.ts'
import type { Atom, Fact, Shape } from './facts.ts'
import type { Binder, Lambda, Layout } from './lambda.ts'
import type { Simplification } from './simplification.ts'
import { termLayout } from './term-layout.ts'

type Body = () => Lambda

export class Binding {
  private readonly s: Simplification

  constructor(s: Simplification) {
    this.s = s
  }

  bind(binder: Binder, mutable: boolean, value: Lambda, body: Body, spine: boolean): Lambda {
    if (!spine || isData(value)) {
      const moved = this.moveOut(binder, mutable, value, body, spine)
      if (moved !== undefined) return moved
    }
    if (mutable) return this.bindMutable(binder, value, body)
    if (!spine && isRaise(value)) return value
    const refined = this.refine(binder, value)
    if (this.isAtom(value) && this.mayReplace(refined, value)) return this.substitute(refined, value, body)
    if (isImmutableBlock(value)) return this.bindBlock(refined, value, body)
    return this.bindKnown(refined, value, body)
  }

  private moveOut(
    binder: Binder,
    mutable: boolean,
    value: Lambda,
    body: Body,
    spine: boolean,
  ): Lambda | undefined {
    const inner = (rest: Lambda) => this.bind(binder, mutable, rest, body, spine)
    switch (value.kind) {
      case 'let':
      case 'letrec':
        return { ...value, body: inner(value.body) }
      case 'sequence':
        return sequence(value.first, inner(value.second))
      default:
        return undefined
    }
  }

  private bindMutable(binder: Binder, value: Lambda, body: Body): Lambda {
    this.s.facts.setMutable(binder.ident.stamp, binder.layout)
    return { kind: 'let', binder, mutable: true, value, body: body() }
  }

  /** A more precise layout than `any`, unless that would box a number again and again. */
  private refine(binder: Binder, value: Lambda): Binder {
    if (binder.layout !== 'any') return binder
    const layout = termLayout(value, this.s.facts.layoutOf)
    if (isNumber(layout) && this.s.usesOf(binder.ident.stamp) > 1) return binder
    return layout === 'any' ? binder : { ...binder, layout }
  }

  private isAtom(value: Lambda): value is Atom {
    if (value.kind === 'variable') return !this.s.facts.isMutable(value.ident.stamp)
    return value.kind === 'unit' || isNumberConstant(value)
  }

  /** Whether writing the atom instead of the variable loses nothing about its representation. */
  private mayReplace(binder: Binder, atom: Atom): boolean {
    const layout = termLayout(atom, this.s.facts.layoutOf)
    if (layout === binder.layout || atom.kind === 'constant') return true
    return binder.layout === 'any' && !isNumber(layout)
  }

  private substitute(binder: Binder, atom: Atom, body: Body): Lambda {
    this.s.facts.set(binder.ident.stamp, { layout: binder.layout, replacement: atom })
    return body()
  }

  /** Names the fields of a block, so that reading them back needs no block. */
  private bindBlock(binder: Binder, value: BlockTerm, body: Body): Lambda {
    const names: [Binder, Lambda][] = []
    const fields = value.arguments.map((a): Atom => {
      if (this.isAtom(a)) return a
      const name = freshBinder(binder.ident.name, termLayout(a, this.s.facts.layoutOf))
      names.unshift([name, a])
      return variable(name.ident)
    })
    const named = primitive(value.primitive, fields, value.region)
    const shape = blockShape(value, fields)
    const inner = () => this.bindFact(binder, named, { layout: binder.layout, shape }, body)
    return names.reduceRight<Body>(
      (rest, [name, a]) =>
        () =>
          this.bindKnown(name, a, rest),
      inner,
    )()
  }

  private bindKnown(binder: Binder, value: Lambda, body: Body): Lambda {
    const shape = this.s.shapeOf(value)
    const fact: Fact = shape === undefined ? { layout: binder.layout } : { layout: binder.layout, shape }
    return this.bindFact(binder, value, fact, () => this.rememberRead(binder, value, body))
  }

  private bindFact(binder: Binder, value: Lambda, fact: Fact, body: Body): Lambda {
    this.s.facts.set(binder.ident.stamp, fact)
    return letIn(binder, value, body())
  }

  /** After `x = field i y` another read of the field is `x`. */
  private rememberRead(binder: Binder, value: Lambda, body: Body): Lambda {
    if (value.kind !== 'primitive' || value.primitive.kind !== 'field' || value.primitive.mutable === true)
      return body()
    const [source] = value.arguments
    if (source?.kind !== 'variable' || binder.layout !== value.primitive.layout) return body()
    const { stamp } = source.ident
    const known = this.s.facts.get(stamp).shape
    if (known !== undefined && known.kind !== 'block') return body()
    const fields = [...(known?.fields ?? [])]
    fields[value.primitive.index] = variable(binder.ident)
    return this.s.facts.assuming(stamp, { shape: { kind: 'block', tag: known?.tag, fields } }, body)
  }
}

type BlockTerm = Lambda & { kind: 'primitive' }

function isImmutableBlock(value: Lambda): value is BlockTerm {
  if (value.kind !== 'primitive') return false
  const p = value.primitive
  return (p.kind === 'makeBlock' || p.kind === 'makeFloatBlock') && !p.mutable
}

function blockShape(value: BlockTerm, fields: readonly Atom[]): Shape {
  const p = value.primitive
  return p.kind === 'makeBlock' ? { kind: 'block', tag: p.tag, fields } : { kind: 'float-block', fields }
}

export function isNumber(layout: Layout): boolean {
  return layout === 'float' || layout === 'int32' || layout === 'int64' || layout === 'nativeint'
}

function isNumberConstant(term: Lambda): boolean {
  return term.kind === 'constant' && term.value.kind === 'constant' && term.value.constant.kind !== 'string'
}

function isRaise(term: Lambda): boolean {
  return term.kind === 'primitive' && term.primitive.kind === 'raise'
}

/** Bindings around a block, a function or a name, none of them a local variable of a computation. */
function isData(value: Lambda): boolean {
  switch (value.kind) {
    case 'let':
      return !value.mutable && isData(value.body)
    case 'letrec':
      return isData(value.body)
    case 'sequence':
      return isData(value.second)
    case 'function':
    case 'variable':
    case 'constant':
      return true
    case 'primitive':
      return value.primitive.kind === 'makeBlock'
    default:
      return false
  }
}
