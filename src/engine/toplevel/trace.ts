/**
 * `#trace f`: every call of `f` is shown, with its argument and its result.
 *
 * A call may be suspended and resumed, so what surrounds it has to be OCaml code. `wrapper` below is defined once; each traced function
 * has a *slot* with its wrapper and a *trampoline*, a closed function that calls what is in the slot. Tracing puts the trampoline's code
 * into the closure of `f`, as a function of one argument:
 *
 *     f's closure ──code──▶ trampoline ──slot──▶ wrapper id original ──▶ original
 *
 * `original` is a copy of the closure or, for a function that a phrase has bound by name, that function compiled again so that its
 * recursive calls go through f's closure. Phrases from now on call `f` through its closure too; those before may have its code in
 * themselves, and then their calls are not seen.
 */

import { DiagnosticError } from '../../base/diagnostic.ts'
import { tags } from '../../codegen/layout.ts'
import type { LongName } from '../../syntax/ast.ts'
import { expandHead } from '../../typing/expand.ts'
import { type Address, freshIdent } from '../../typing/ident.ts'
import { lookupValue, printLongName } from '../../typing/lookup.ts'
import { exnType } from '../../typing/predef.ts'
import { box, type Doc, render, space } from '../../typing/pretty.ts'
import type { Expression, Structure } from '../../typing/typed-tree.ts'
import type { Type } from '../../typing/types.ts'
import type { Answers } from './answer.ts'
import type { Value } from './heap-view.ts'
import type { Session } from './session.ts'
import type { Toplevel } from './toplevel.ts'

/** `entered`, `returned` and `raised` write; `returned` yields the number of what the result is traced as, if it is a function. */
const wrapper = `
external entered : int -> 'a -> unit = "joctop_trace_entered"
external returned : int -> 'a -> int = "joctop_trace_returned"
external raised : int -> exn -> unit = "joctop_trace_raised"
let rec wrapper id (f : Obj.t -> Obj.t) : Obj.t -> Obj.t = fun x ->
  entered id x;
  match f x with
  | y -> let next = returned id y in if next = 0 then y else Obj.repr (wrapper next (Obj.obj y))
  | exception e -> raised id e; raise e
`

const slotAndTrampoline = `
let slot : (Obj.t -> Obj.t) ref = ref (fun x -> x)
let set f = slot := f
let trampoline x = !slot x
`

/** One arrow of a traced function's type. */
interface Stage {
  readonly name: string
  readonly label: string
  readonly parameter: Type
  readonly result: Type
  /** The number of the stage that the result is, or 0. */
  readonly next: number
}

interface Traced {
  readonly name: string
  /** Roots its closure. */
  readonly root: number
  readonly codeWords: readonly [code: Value, info: Value]
  readonly release: () => void
}

export class Traces {
  private readonly session: Session
  private readonly answers: Answers
  private readonly say: (text: string) => void
  private readonly stages: Stage[] = []
  /** The last one first. */
  private traced: readonly Traced[] = []
  private wrapper: Address | undefined

  constructor(session: Session, answers: Answers, say: (text: string) => void) {
    this.session = session
    this.answers = answers
    this.say = say
  }

  // -------------------------------------------------------------------------------------------------------
  // Directives

  trace(top: Toplevel, name: LongName): boolean {
    const found = this.lookup(top, name)
    if (found === undefined) return false
    const shown = printLongName(name)
    const { type, address, isExternal } = found
    if (isExternal) return top.cannot(`${shown} is an external function and cannot be traced.`)
    const closure = address === undefined ? undefined : this.closureAt(address)
    if (address === undefined || closure === undefined) return top.cannot(`${shown} is not a function.`)
    const known = this.tracedAt(closure)
    if (known !== undefined) return top.cannot(`${shown} is already traced (under the name ${known.name}).`)
    this.start(shown, type, address)
    top.say(`${shown} is now traced.\n`)
    return true
  }

  untrace(top: Toplevel, name: LongName): boolean {
    const found = this.lookup(top, name)
    if (found === undefined) return false
    const shown = printLongName(name)
    const closure = found.address === undefined ? undefined : this.closureAt(found.address)
    const known = closure === undefined ? undefined : this.tracedAt(closure)
    if (known === undefined) return top.cannot(`${shown} was not traced.`)
    this.stop(known)
    top.say(`${shown} is no longer traced.\n`)
    return true
  }

  untraceAll(top: Toplevel): boolean {
    for (const each of this.traced) {
      this.stop(each)
      top.say(`${each.name} is no longer traced.\n`)
    }
    return true
  }

  private lookup(
    top: Toplevel,
    name: LongName,
  ):
    | { readonly type: Type; readonly address: Address | undefined; readonly isExternal: boolean }
    | undefined {
    try {
      const { description, address } = lookupValue(this.session.env, name)
      const isExternal = description.kind.kind === 'primitive'
      const located = address === undefined ? undefined : this.session.located(address)
      return { type: description.type, address: located, isExternal }
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error
      top.say(`${error.diagnostic.message}.\n`)
      return undefined
    }
  }

  private closureAt(address: Address): Value | undefined {
    const { heap } = this.session
    const value = this.session.valueAt(address)
    if (value === undefined || !heap.isBlock(value)) return undefined
    const tag = heap.tag(value)
    return tag === tags.closure || tag === tags.infix ? value : undefined
  }

  private tracedAt(closure: Value): Traced | undefined {
    return this.traced.find(({ root }) => this.rooted(root) === closure)
  }

  private rooted(root: number): Value {
    return BigInt(this.session.domain.runtime.exports.root_get_block(root) >>> 0)
  }

  // -------------------------------------------------------------------------------------------------------
  // Closures

  private start(name: string, type: Type, address: Address): void {
    const { session } = this
    const { heap } = session
    const id = this.addStages(name, type)
    const expression = session.functionAt(address)
    const own = session.define(slotAndTrampoline)
    const again = expression === undefined ? undefined : this.compileAgain(expression, address)
    const release = session.makeOpaque(address)
    const wrapperAddress = this.wrapperAddress()
    const original = again === undefined ? this.copy(address) : session.valueAt(again)
    const wrap = session.valueAt(wrapperAddress) as Value
    const wrapped = session.apply(wrap, [(BigInt(id) << 1n) | 1n, original as Value])
    const set = session.valueAt(own.get('set') as Address) as Value
    session.apply(set, [wrapped as Value])
    const closure = this.closureAt(address) as Value
    const root = session.domain.runtime.exports.root_create_block(Number(closure))
    const codeWords = [heap.field(closure, 0), heap.field(closure, 1)] as const
    this.traced = [{ name, root, codeWords, release }, ...this.traced]
    const trampoline = session.valueAt(own.get('trampoline') as Address) as Value
    this.setCode(closure, heap.field(trampoline, 0), oneArgument(codeWords[1]))
  }

  /** Its calls of functions of the same phrase, itself among them, go through their closures. */
  private compileAgain(expression: Expression, address: Address): Address | undefined {
    const { session } = this
    const undo = session.functionsBeside(address).map((beside) => session.makeOpaque(beside))
    const defined = session.define(bindingOf(expression))
    for (const transparent of undo) transparent()
    return defined.get('original')
  }

  private stop(traced: Traced): void {
    this.setCode(this.rooted(traced.root), ...traced.codeWords)
    traced.release()
    this.session.domain.runtime.exports.root_delete(traced.root)
    this.traced = this.traced.filter((each) => each !== traced)
  }

  /** Both words are immediates for the collector. */
  private setCode(closure: Value, code: Value, info: Value): void {
    const view = this.session.domain.runtime.view()
    view.setBigInt64(Number(closure), code, true)
    view.setBigInt64(Number(closure) + 8, info, true)
  }

  private wrapperAddress(): Address {
    if (this.wrapper === undefined) {
      this.provide()
      this.wrapper = this.session.define(wrapper).get('wrapper') as Address
    }
    return this.wrapper
  }

  /** A copy of a closure with all that shares its block. */
  private copy(address: Address): Value {
    const { heap, domain } = this.session
    const { exports } = domain.runtime
    const before = this.closureAt(address) as Value
    const isInfix = heap.tag(before) === tags.infix
    const offset = isInfix ? heap.size(before) * 8 : 0
    const size = heap.size(before - BigInt(offset))
    const block = exports.alloc_block(domain.runtime.control('stackBase'), size, tags.closure) >>> 0
    const from = Number(this.closureAt(address)) - offset
    domain.runtime.bytes().copyWithin(block, from, from + size * 8)
    return BigInt(block + offset)
  }

  // -------------------------------------------------------------------------------------------------------
  // What is shown

  /** The stages of a function's type; the number of the first. */
  private addStages(name: string, type: Type): number {
    const { desc } = expandHead(this.session.env, type)
    if (desc.kind !== 'arrow') return 0
    const next = this.addStages(`${name}*`, desc.result)
    const label =
      desc.label === '' ? '' : desc.label.startsWith('~') ? `${desc.label.slice(1)}:` : `${desc.label}:`
    this.stages.push({ name, label, parameter: desc.parameter, result: desc.result, next })
    return this.stages.length
  }

  private provide(): void {
    const { linker } = this.session.domain
    const unit = 1n
    linker.provide('joctop_trace_entered', (_sp, id, value) => {
      const { name, label, parameter } = this.stage(id)
      this.show(box(2, `${name} <--`, space, label, this.answers.plainValue(value as Value, parameter)))
      return unit
    })
    linker.provide('joctop_trace_returned', (_sp, id, value) => {
      const { name, result, next } = this.stage(id)
      this.show(box(2, `${name} -->`, space, this.answers.plainValue(value as Value, result)))
      return (BigInt(next) << 1n) | 1n
    })
    linker.provide('joctop_trace_raised', (_sp, id, exception) => {
      const { name } = this.stage(id)
      this.show(box(2, `${name} raises`, space, this.answers.plainValue(exception as Value, exnType)))
      return unit
    })
  }

  private stage(id: Value | undefined): Stage {
    return this.stages[Number((id as Value) >> 1n) - 1] as Stage
  }

  private show(doc: Doc): void {
    this.say(`${render(doc)}\n`)
  }
}

/** Closure information for a function of one argument; where the environment begins stays. */
function oneArgument(info: Value): Value {
  const offset = (info >> 1n) & 0xffff_ffffn
  return (((1n << 32n) | offset) << 1n) | 1n
}

/** The expression bound to a name of its own, so that its mention of itself is a mention of the global. */
function bindingOf(expression: Expression): Structure {
  const { region, type, env } = expression
  const ident = freshIdent('original')
  const pattern = { kind: 'variable', ident, region, type, env, attributes: [] } as const
  const bindings = [{ pattern, expression, attributes: [], region }]
  const description = { type, kind: { kind: 'regular' }, region, attributes: [] } as const
  return {
    items: [{ kind: 'value', recursive: false, bindings, region, env }],
    signature: [{ kind: 'value', ident, description }],
    env,
  }
}
