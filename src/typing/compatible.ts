/**
 * Whether two types can have a value in common, as far as anybody knows: unlike in unification, types that are abstract here
 * may turn out to be the same, and nothing is changed.
 */

import { type Env, findType } from './env.ts'
import { expandHeadPrivate } from './expand.ts'
import { type Path, samePath } from './ident.ts'
import { predefinedType } from './predef.ts'
import { flattenRow, reprField } from './rows.ts'
import {
  type ConstructorDescription,
  type LabelDescription,
  type Row,
  type RowField,
  repr,
  type Type,
  type TypeDeclaration,
  type TypeDesc,
} from './types.ts'

type Desc<Kind extends TypeDesc['kind']> = Extract<TypeDesc, { kind: Kind }>

/** Whether the type is known to differ from every other: declared abstract here, or predefined. */
export function isUnique(path: Path, declaration: TypeDeclaration): boolean {
  return path.kind === 'ident' && declaration.isLocal !== true
}

export const isDatatype = ({ kind }: TypeDeclaration): boolean => kind.kind !== 'abstract'

export function areCompatible(env: Env, a: Type, b: Type): boolean {
  return new Comparison(env).types(a, b)
}

class Comparison {
  private readonly env: Env
  /** Pairs that are being compared, or were found to be compatible. */
  private readonly seen = new Map<Type, Set<Type>>()

  constructor(env: Env) {
    this.env = env
  }

  types(a: Type, b: Type): boolean {
    const t1 = repr(a)
    const t2 = repr(b)
    if (t1 === t2 || t1.desc.kind === 'variable' || t2.desc.kind === 'variable') return true
    const e1 = expandHeadPrivate(this.env, t1)
    const e2 = expandHeadPrivate(this.env, t2)
    if (e1 === e2 || this.isKnown(e1, e2)) return true
    return this.descs(e1.desc, e2.desc)
  }

  private isKnown(a: Type, b: Type): boolean {
    const partners = this.seen.get(a)
    if (partners?.has(b)) return true
    if (partners === undefined) this.seen.set(a, new Set([b]))
    else partners.add(b)
    return false
  }

  private all(ones: readonly Type[], others: readonly Type[]): boolean {
    return ones.length === others.length && ones.every((one, i) => this.types(one, others[i] as Type))
  }

  private descs(d1: TypeDesc, d2: TypeDesc): boolean {
    if (d1.kind === 'constructor' && d2.kind === 'constructor') return this.constructors(d1, d2)
    if (d1.kind === 'constructor') return this.mayBeOther(d1.path)
    if (d2.kind === 'constructor') return this.mayBeOther(d2.path)
    switch (d1.kind) {
      case 'arrow':
        return d2.kind === 'arrow' && this.arrows(d1, d2)
      case 'tuple':
        return d2.kind === 'tuple' && this.all(d1.elements, d2.elements)
      case 'variant':
        return d2.kind === 'variant' && this.rows(flattenRow(d1.row), flattenRow(d2.row))
      case 'poly':
        return d2.kind === 'poly' && this.types(d1.body, d2.body)
      default:
        return d1.kind === d2.kind
    }
  }

  private arrows(d1: Desc<'arrow'>, d2: Desc<'arrow'>): boolean {
    const isOptional = d1.label.startsWith('?') || d2.label.startsWith('?')
    if ((d1.label !== d2.label && isOptional) || d1.synchronous !== d2.synchronous) return false
    return this.types(d1.parameter, d2.parameter) && this.types(d1.result, d2.result)
  }

  /** Whether a named type may be a function, a tuple or the like. */
  private mayBeOther(path: Path): boolean {
    const declaration = findType(this.env, path)
    return declaration === undefined || !(isUnique(path, declaration) || isDatatype(declaration))
  }

  private constructors(d1: Desc<'constructor'>, d2: Desc<'constructor'>): boolean {
    const declaration = findType(this.env, d1.path)
    const other = findType(this.env, d2.path)
    if (declaration === undefined || other === undefined) return true
    if (mayBeSame(d1.path, d2.path)) {
      const parameters = declaration.variance
      return d1.arguments.every((argument, i) => {
        return !parameters[i]?.injective || this.types(argument, d2.arguments[i] as Type)
      })
    }
    const unique1 = isUnique(d1.path, declaration)
    const unique2 = isUnique(d2.path, other)
    if (unique1 && unique2) return false
    if (!isDatatype(declaration)) return !isDatatype(other) || !unique1
    if (!isDatatype(other)) return !unique2
    return this.sameDefinition(declaration, other) && this.all(d1.arguments, d2.arguments)
  }

  /** A type that another one re-exports has the same constructors or labels. */
  private sameDefinition({ kind: one }: TypeDeclaration, { kind: other }: TypeDeclaration): boolean {
    if (one.kind === 'open') return other.kind === 'open'
    if (one.kind === 'variant' && other.kind === 'variant') {
      const others = other.constructors
      return (
        one.constructors.length === others.length &&
        one.constructors.every((c, i) => this.sameConstructor(c, others[i] as ConstructorDescription))
      )
    }
    if (one.kind === 'record' && other.kind === 'record') return this.labels(one.labels, other.labels)
    return false
  }

  private sameConstructor(one: ConstructorDescription, other: ConstructorDescription): boolean {
    if (one.name !== other.name || !this.all(one.arguments, other.arguments)) return false
    if (one.inlined === undefined || other.inlined === undefined) return one.inlined === other.inlined
    return this.labels(one.inlined, other.inlined)
  }

  private labels(ones: readonly LabelDescription[], others: readonly LabelDescription[]): boolean {
    if (ones.length !== others.length) return false
    return ones.every((one, i) => {
      const other = others[i] as LabelDescription
      return one.name === other.name && one.mutable === other.mutable && this.types(one.type, other.type)
    })
  }

  private rows(one: Row, other: Row): boolean {
    return (
      !this.hasUnmatched(one, other) &&
      !this.hasUnmatched(other, one) &&
      [...one.fields].every(([tag, field]) => {
        const same = other.fields.get(tag)
        return same === undefined || this.fields(field, same)
      })
    )
  }

  /** Whether one row has a tag that the other cannot have. */
  private hasUnmatched(one: Row, other: Row): boolean {
    if (!other.closed) return false
    return [...one.fields].some(
      ([tag, field]) => reprField(field).state.kind === 'present' && !other.fields.has(tag),
    )
  }

  private fields(one: RowField, other: RowField): boolean {
    const s1 = reprField(one).state
    const s2 = reprField(other).state
    if (s1.kind !== 'present' && s2.kind !== 'present') return true
    if (s1.kind === 'absent' || s2.kind === 'absent') return false
    if (s1.kind === 'present' && s2.kind === 'present') {
      if (s1.argument === undefined || s2.argument === undefined) return s1.argument === s2.argument
      return this.types(s1.argument, s2.argument)
    }
    const [present, either] = s1.kind === 'present' ? [s1, s2] : [s2, s1]
    if (present.kind !== 'present' || either.kind !== 'either') return true
    const { argument } = present
    if (argument === undefined) return either.constant
    return !either.constant && either.arguments.every((each) => this.types(argument, each))
  }
}

/** `string` and `bytes` were once one type, and programs may be compiled so that they are again. */
function mayBeSame(one: Path, other: Path): boolean {
  if (samePath(one, other)) return true
  const names = [predefinedType(one), predefinedType(other)]
  return names.includes('string') && names.includes('bytes')
}
