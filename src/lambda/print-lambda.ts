/**
 * Lambda as text, for goldens and for people: S-expressions, one line where it fits, otherwise one line per
 * operand. Idents are printed by name; the second ident of a name is `x/2`, the third `x/3`, in the
 * order of the text, so that the text does not depend on stamps. The same holds for labels.
 *
 *     (let* ((x:int (+ 1 2))
 *            (y:any (field 0 p)))
 *       (if (< x 3) y (apply f x)))
 */

import { type Ident, sameIdent } from '../typing/ident.ts'
import type { Constant, StructuredConstant } from '../typing/typed-tree.ts'
import type { BigarrayType, Binder, Lambda, LambdaUnit, Primitive, SwitchCases } from './lambda.ts'

type Text = string | readonly Text[]

const width = 100

export function printLambda(term: Lambda): string {
  return layOut(new Printer().term(term), 0)
}

export function printUnit(unit: LambdaUnit): string {
  const imports = unit.imports.length === 0 ? '' : ` imports ${[...unit.imports].sort().join(' ')}`
  return `unit ${unit.name} size ${unit.size}${imports}\n${printLambda(unit.body)}\n`
}

// ---------------------------------------------------------------------------------------------------------
// Lines

function flat(text: Text): string {
  return typeof text === 'string' ? text : `(${text.map(flat).join(' ')})`
}

/** The leading atoms of a list stay on its first line. */
function layOut(text: Text, column: number): string {
  const line = flat(text)
  if (typeof text === 'string' || column + line.length <= width) return line
  const [head, second] = text
  if (head === 'let*' && typeof second === 'object') return layOutLet(second, text.slice(2), column)
  const atoms = text.findIndex((part) => typeof part !== 'string')
  if (atoms === 0)
    return `(${text.map((part) => layOut(part, column + 1)).join(`\n${' '.repeat(column + 1)}`)})`
  const leading = text.slice(0, Math.max(atoms, 1)).map(flat).join(' ')
  return `(${leading}${hang(text.slice(Math.max(atoms, 1)), column + 2)})`
}

function hang(parts: readonly Text[], column: number): string {
  return parts.map((part) => `\n${' '.repeat(column)}${layOut(part, column)}`).join('')
}

function layOutLet(bindings: readonly Text[], body: readonly Text[], column: number): string {
  const inner = column + 7
  const lines = bindings.map((b) => layOutBinding(b, inner)).join(`\n${' '.repeat(inner)}`)
  return `(let* (${lines})${hang(body, column + 2)})`
}

function layOutBinding(binding: Text, column: number): string {
  const line = flat(binding)
  if (typeof binding === 'string' || column + line.length <= width) return line
  const [name, ...value] = binding
  return `(${flat(name as Text)}${hang(value, column + 2)})`
}

// ---------------------------------------------------------------------------------------------------------
// Terms

/** The name of a self has its class's stamp in it, see typing/self.ts. */
const hiddenStamp = /-\d+$/

class Printer {
  private readonly idents = new Map<string, Ident[]>()
  private readonly labels: number[] = []

  private name(ident: Ident): string {
    if (ident.stamp === 0) return ident.name
    const name = ident.name.replace(hiddenStamp, '')
    const known = this.idents.get(name) ?? []
    if (known.length === 0) this.idents.set(name, known)
    let index = known.findIndex((other) => sameIdent(other, ident))
    if (index < 0) index = known.push(ident) - 1
    return index === 0 ? name : `${name}/${index + 1}`
  }

  private label(label: number): string {
    let index = this.labels.indexOf(label)
    if (index < 0) index = this.labels.push(label) - 1
    return `L${index + 1}`
  }

  private binder(bound: Binder): string {
    return `${this.name(bound.ident)}:${bound.layout}`
  }

  private terms(terms: readonly Lambda[]): Text[] {
    return terms.map((t) => this.term(t))
  }

  term(term: Lambda): Text {
    switch (term.kind) {
      case 'variable':
        return this.name(term.ident)
      case 'constant':
        return printStructured(term.value)
      case 'unit':
        return `#${term.name}`
      case 'function':
        return this.function(term)
      case 'apply':
        return this.apply(term)
      case 'let':
        return this.lets(term)
      case 'letrec':
        return [
          'letrec',
          term.bindings.map((b) => [this.binder(b.binder), this.term(b.value)]),
          this.term(term.body),
        ]
      case 'assign':
        return ['assign', this.name(term.ident), this.term(term.value)]
      case 'primitive':
        return [printPrimitive(term.primitive), ...this.terms(term.arguments)]
      case 'if':
        return [`if:${term.layout}`, ...this.terms([term.condition, term.then, term.otherwise])]
      case 'switch':
        return [`switch:${term.layout}`, this.term(term.subject), ...this.cases(term.cases)]
      case 'stringSwitch':
        return this.stringSwitch(term)
      case 'staticRaise':
        return ['exit', this.label(term.label), ...this.terms(term.arguments)]
      case 'staticCatch':
        return this.staticCatch(term)
      case 'try':
        return this.tryTerm(term)
      case 'sequence':
        return this.sequence(term)
      case 'while':
        return ['while', this.term(term.condition), this.term(term.body)]
      case 'for':
        return this.forTerm(term)
    }
  }

  private function(term: Lambda & { kind: 'function' }): Text {
    const inline = term.inline === 'default' ? [] : [`inline=${term.inline}`]
    const parameters = term.parameters.map((p) => this.binder(p))
    return ['function', term.name, ...inline, parameters, `:${term.layout}`, this.term(term.body)]
  }

  private apply(term: Lambda & { kind: 'apply' }): Text {
    const inline = term.inline === 'default' ? '' : ` inline=${term.inline}`
    return [`apply:${term.layout}${inline}`, this.term(term.function), ...this.terms(term.arguments)]
  }

  private lets(term: Lambda): Text {
    const bindings: Text[] = []
    let rest = term
    while (rest.kind === 'let') {
      const name = `${rest.mutable ? 'mutable ' : ''}${this.binder(rest.binder)}`
      bindings.push([name, this.term(rest.value)])
      rest = rest.body
    }
    return ['let*', bindings, this.term(rest)]
  }

  private cases(cases: SwitchCases): Text[] {
    const constants = cases.constants.map((c): Text => ['case', `${c.value}`, this.term(c.body)])
    const blocks = cases.blocks.map((c): Text => ['tag', `${c.tag}`, this.term(c.body)])
    const otherwise = cases.otherwise === undefined ? [] : [['else', this.term(cases.otherwise)]]
    return [...constants, ...blocks, ...otherwise]
  }

  private stringSwitch(term: Lambda & { kind: 'stringSwitch' }): Text {
    const cases = term.cases.map((c): Text => ['case', printBytes(c.bytes), this.term(c.body)])
    const otherwise: Text = ['else', this.term(term.otherwise)]
    return [`stringSwitch:${term.layout}`, this.term(term.subject), ...cases, otherwise]
  }

  private staticCatch(term: Lambda & { kind: 'staticCatch' }): Text {
    const body = this.term(term.body)
    const head: Text[] = [this.label(term.label), term.parameters.map((p) => this.binder(p))]
    return [`catch:${term.layout}`, body, ['with', ...head, this.term(term.handler)]]
  }

  private tryTerm(term: Lambda & { kind: 'try' }): Text {
    const body = this.term(term.body)
    return [`try:${term.layout}`, body, ['with', this.name(term.exception), this.term(term.handler)]]
  }

  private sequence(term: Lambda): Text {
    const parts: Text[] = []
    let rest = term
    while (rest.kind === 'sequence') {
      parts.push(this.term(rest.first))
      rest = rest.second
    }
    return ['seq', ...parts, this.term(rest)]
  }

  private forTerm(term: Lambda & { kind: 'for' }): Text {
    const bounds: Text[] = [this.term(term.from), term.direction, this.term(term.to)]
    return ['for', this.name(term.ident), ...bounds, this.term(term.body)]
  }
}

// ---------------------------------------------------------------------------------------------------------
// Constants

function printBytes(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes).toString('latin1'))
}

function printFloat(value: number): string {
  if (Object.is(value, -0)) return '-0.'
  return Number.isInteger(value) ? `${value}.` : `${value}`
}

export function printConstant(constant: Constant): string {
  switch (constant.kind) {
    case 'int':
      return `${constant.value}`
    case 'char':
      return `'${printBytes(Uint8Array.of(constant.code)).slice(1, -1)}'`
    case 'string':
      return printBytes(constant.bytes)
    case 'float':
      return printFloat(constant.value)
    case 'int32':
      return `${constant.value}l`
    case 'int64':
      return `${constant.value}L`
    case 'nativeint':
      return `${constant.value}n`
  }
}

export function printStructured(value: StructuredConstant): string {
  switch (value.kind) {
    case 'constant':
      return printConstant(value.constant)
    case 'block':
      return `[${value.tag}:${value.fields.map((f) => ` ${printStructured(f)}`).join('')}]`
    case 'float-array':
      return `[|${value.values.map(printFloat).join(' ')}|]`
  }
}

// ---------------------------------------------------------------------------------------------------------
// Primitives

const comparisonSigns = { eq: '==', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=' } as const
const arithmeticSigns: Readonly<Record<string, string>> = { add: '+', sub: '-', mul: '*', div: '/' }
const sign = (op: string) => arithmeticSigns[op] ?? op

/** The name of a primitive with its parameters, e.g. "+", "+.", "field 2", "array.get:float". */
export function printPrimitive(p: Primitive): string {
  switch (p.kind) {
    case 'intArithmetic':
      return sign(p.op)
    case 'floatArithmetic':
      return `${sign(p.op)}.`
    case 'boxedArithmetic':
      return `${p.type}.${sign(p.op)}`
    case 'intCompare':
      return comparisonSigns[p.comparison]
    case 'floatCompare':
      return `${comparisonSigns[p.comparison]}.`
    case 'boxedCompare':
      return `${p.type}.${comparisonSigns[p.comparison]}`
    case 'floatOrder':
      return 'float.compare'
    case 'boxedOrder':
      return `${p.type}.compare`
    case 'floatUnary':
      return `float.${p.op}`
    case 'boxedNegate':
      return `${p.type}.neg`
    case 'boxedOfInt':
      return `${p.type}.ofInt`
    case 'intOfBoxed':
      return `${p.type}.toInt`
    case 'boxedConvert':
      return `${p.from}.to.${p.to}`
    case 'external':
      return `external ${p.name}:${[...p.parameters, p.result].join(',')}`
    default:
      return printBlockPrimitive(p)
  }
}

function printBlockPrimitive(p: Primitive): string {
  switch (p.kind) {
    case 'makeBlock':
      return `block${p.mutable ? '.mutable' : ''} ${p.tag}`
    case 'makeFloatBlock':
      return `floatBlock${p.mutable ? '.mutable' : ''}`
    case 'field':
      return `field${p.layout === 'any' ? '' : `:${p.layout}`} ${p.index}`
    case 'setField':
      return `setField:${p.mode} ${p.index}`
    case 'floatField':
    case 'setFloatField':
      return `${p.kind} ${p.index}`
    case 'copyBlock':
      return `copyBlock ${p.tag} ${p.size}`
    case 'makeArray':
      return `array:${p.array}`
    case 'arrayLength':
      return `array.length:${p.array}`
    case 'arrayGet':
      return `array.${p.safe ? 'get' : 'unsafeGet'}:${p.array}`
    case 'arraySet':
      return `array.${p.safe ? 'set' : 'unsafeSet'}:${p.array}`
    case 'bigarrayDimension':
      return `bigarray.dim ${p.index}`
    case 'bigarrayGet':
      return `bigarray.${p.safe ? 'get' : 'unsafeGet'}:${printBigarrayType(p.type)}`
    case 'bigarraySet':
      return `bigarray.${p.safe ? 'set' : 'unsafeSet'}:${printBigarrayType(p.type)}`
    case 'stringGet':
      return `string.${p.safe ? 'get' : 'unsafeGet'}${p.width * 8}`
    case 'bytesSet':
      return `bytes.${p.safe ? 'set' : 'unsafeSet'}${p.width * 8}`
    case 'method':
      return `method ${p.name}`
    case 'raise':
      return p.mode === 'regular' ? 'raise' : `raise.${p.mode}`
    default:
      return p.kind
  }
}

function printBigarrayType({ element, layout, dimensions }: BigarrayType): string {
  return `${element},${layout},${dimensions}`
}
