/**
 * Typed patterns to the patterns of match compilation.
 *
 * Layouts of a constructor's arguments and a record's fields come from their declarations, so they hold
 * whatever a GADT makes of the type parameters. Beside GADTs they are `any` all the same: a place may be read for a pattern
 * of one type in a row, and for one of another type in the next.
 */

import { expandHead } from '../typing/expand.ts'
import { flattenRow, reprField } from '../typing/rows.ts'
import { pathKey } from '../typing/subst.ts'
import type { Constant, Pattern } from '../typing/typed-tree.ts'
import { type ConstructorDescription, type LabelDescription, repr, type Type } from '../typing/types.ts'
import { extensionTerm } from './context.ts'
import { hashVariant } from './hash-variant.ts'
import { arrayKindOf, elementLayout, layoutOf } from './layout.ts'
import { type Accessor, type Family, type Head, type Pat, productHead, tupleHead, wild } from './pattern.ts'

type Construct = Pattern & { kind: 'construct' }

/** `gadt`: types of parts of the value may depend on constructors that are matched beside them. */
export function translatePattern(pattern: Pattern, gadt: boolean): Pat {
  const recur = (p: Pattern): Pat => translatePattern(p, gadt)
  switch (pattern.kind) {
    case 'any':
      return wild
    case 'variable':
      return {
        kind: 'bind',
        ident: pattern.ident,
        layout: layoutOf(pattern.env, pattern.type),
        pattern: wild,
      }
    case 'alias': {
      const layout = layoutOf(pattern.env, pattern.type)
      return { kind: 'bind', ident: pattern.ident, layout, pattern: recur(pattern.pattern) }
    }
    case 'constant':
      return { kind: 'head', head: literalHead(pattern.constant), arguments: [] }
    case 'tuple':
      return {
        kind: 'head',
        head: tuplePatternHead(pattern.elements, gadt),
        arguments: pattern.elements.map(recur),
      }
    case 'construct':
      return { kind: 'head', head: constructHead(pattern, gadt), arguments: pattern.arguments.map(recur) }
    case 'variant': {
      const args = pattern.argument === undefined ? [] : [recur(pattern.argument)]
      return { kind: 'head', head: variantHead(pattern), arguments: args }
    }
    case 'record':
      return recordPattern(pattern, gadt, recur)
    case 'array':
      return { kind: 'head', head: arrayHead(pattern, gadt), arguments: pattern.elements.map(recur) }
    case 'or':
      return {
        kind: 'or',
        alternatives: [...alternativesOf(pattern.left), ...alternativesOf(pattern.right)].map(recur),
      }
    case 'lazy': {
      const accessors: Accessor[] = [{ kind: 'force', layout: 'any' }]
      const head: Head = { family: { kind: 'lazy' }, key: 'lazy', test: { kind: 'none' }, accessors }
      return { kind: 'head', head, arguments: [recur(pattern.pattern)] }
    }
  }
}

function alternativesOf(pattern: Pattern): Pattern[] {
  if (pattern.kind !== 'or') return [pattern]
  return [...alternativesOf(pattern.left), ...alternativesOf(pattern.right)]
}

/** Whether matching can refine types. */
export function hasGadt(pattern: Pattern): boolean {
  if (pattern.kind === 'construct' && isGadt(pattern.constructor)) return true
  return partsOf(pattern).some(hasGadt)
}

export function hasConstructor(pattern: Pattern): boolean {
  return pattern.kind === 'construct' || partsOf(pattern).some(hasConstructor)
}

/** The immediate sub-patterns. */
function partsOf(pattern: Pattern): readonly Pattern[] {
  switch (pattern.kind) {
    case 'any':
    case 'variable':
    case 'constant':
      return []
    case 'alias':
    case 'lazy':
      return [pattern.pattern]
    case 'tuple':
    case 'array':
      return pattern.elements
    case 'construct':
      return pattern.arguments
    case 'variant':
      return pattern.argument === undefined ? [] : [pattern.argument]
    case 'record':
      return pattern.fields.map((f) => f.pattern)
    case 'or':
      return [pattern.left, pattern.right]
  }
}

function isGadt(description: ConstructorDescription): boolean {
  return description.generalized || description.existentials.length > 0
}

// ---------------------------------------------------------------------------------------------------------
// Heads

function literalHead(constant: Constant): Head {
  const test = { kind: 'literal', constant } as const
  return { family: literalFamily(constant), key: literalKey(constant), test, accessors: [] }
}

function literalFamily(constant: Constant): Family {
  switch (constant.kind) {
    case 'int':
    case 'char':
    case 'string':
      return { kind: constant.kind }
    default:
      return { kind: 'number', type: constant.kind }
  }
}

function literalKey(constant: Constant): string {
  switch (constant.kind) {
    case 'char':
      return `${constant.code}`
    case 'string':
      return Buffer.from(constant.bytes).toString('latin1')
    default:
      return `${constant.value}`
  }
}

function tuplePatternHead(elements: readonly Pattern[], gadt: boolean): Head {
  const accessors = elements.map((p, index): Accessor => {
    return { kind: 'field', index, layout: gadt ? 'any' : layoutOf(p.env, p.type), mutable: false }
  })
  return tupleHead(accessors)
}

function constructHead(pattern: Construct, gadt: boolean): Head {
  const { constructor: description } = pattern
  const { tag, constants, blocks } = description
  const family: Family = { kind: 'variant', constants, blocks }
  switch (tag.kind) {
    case 'constant':
      if (constants + blocks === 1) return productHead('lone', [])
      return { family, key: `c${tag.index}`, test: { kind: 'constant', value: tag.index }, accessors: [] }
    case 'block': {
      const accessors = constructorAccessors(pattern, 0, gadt)
      if (constants + blocks === 1) return productHead('lone', accessors)
      return { family, key: `b${tag.tag}`, test: { kind: 'block', tag: tag.tag }, accessors }
    }
    case 'unboxed':
      return productHead('unboxed', [{ kind: 'self' }])
    case 'extension': {
      const block = extensionTerm(pattern.env, tag.path)
      const test = { kind: 'extension', constructor: block, argument: description.arity > 0 } as const
      return {
        family: { kind: 'extension' },
        key: pathKey(tag.path),
        test,
        accessors: constructorAccessors(pattern, 1, gadt),
      }
    }
  }
}

function constructorAccessors(pattern: Construct, offset: number, gadt: boolean): Accessor[] {
  const { inlined, arguments: types } = pattern.constructor
  if (inlined !== undefined) return [{ kind: 'self' }]
  return types.map((type, i) => {
    return {
      kind: 'field',
      index: i + offset,
      layout: gadt ? 'any' : layoutOf(pattern.env, type),
      mutable: false,
    }
  })
}

function variantHead(pattern: Pattern & { kind: 'variant' }): Head {
  const argument = pattern.argument !== undefined
  const family: Family = { kind: 'polymorphic', all: rowKeys(expandHead(pattern.env, pattern.row)) }
  const accessors: Accessor[] = argument ? [{ kind: 'field', index: 1, layout: 'any', mutable: false }] : []
  const test = { kind: 'variant', hash: hashVariant(pattern.tag), argument } as const
  return { family, key: variantKey(pattern.tag, argument), test, accessors }
}

function variantKey(tag: string, argument: boolean): string {
  return `${argument ? 'b' : 'c'}${tag}`
}

/** The heads of a closed row; a tag that may be constant and not (`A of & int`) leaves them unknown. */
function rowKeys(type: Type): readonly string[] | undefined {
  const { desc } = repr(type)
  if (desc.kind !== 'variant') return undefined
  const row = flattenRow(desc.row)
  if (!row.closed) return undefined
  const keys: string[] = []
  for (const [tag, field] of row.fields) {
    const { state } = reprField(field)
    if (state.kind === 'present') keys.push(variantKey(tag, state.argument !== undefined))
    if (state.kind !== 'either') continue
    if (state.constant && state.arguments.length > 0) return undefined
    keys.push(variantKey(tag, !state.constant))
  }
  return keys
}

function recordPattern(
  pattern: Pattern & { kind: 'record' },
  gadt: boolean,
  recur: (p: Pattern) => Pat,
): Pat {
  const all = pattern.fields[0]?.label.all ?? []
  const accessors = all.map((label) => labelAccessor(pattern, label, gadt))
  const args = all.map((label) => {
    const found = pattern.fields.find((f) => f.label.position === label.position)
    return found === undefined ? wild : recur(found.pattern)
  })
  return { kind: 'head', head: productHead('record', accessors), arguments: args }
}

function labelAccessor(pattern: Pattern, label: LabelDescription, gadt: boolean): Accessor {
  const { representation, mutable, position } = label
  if (representation === 'unboxed') return { kind: 'self' }
  if (representation === 'float') return { kind: 'float-field', index: position, mutable }
  const extension = typeof representation === 'object' && representation.kind === 'extension'
  const index = extension ? position + 1 : position
  return { kind: 'field', index, layout: gadt ? 'any' : layoutOf(pattern.env, label.type), mutable }
}

function arrayHead(pattern: Pattern & { kind: 'array' }, gadt: boolean): Head {
  const array = gadt ? 'generic' : arrayKindOf(pattern.env, pattern.type)
  const accessors = pattern.elements.map((_, index): Accessor => {
    return { kind: 'element', index, array, layout: elementLayout(array) }
  })
  const { length } = pattern.elements
  return { family: { kind: 'array', array }, key: `${length}`, test: { kind: 'length', length }, accessors }
}
