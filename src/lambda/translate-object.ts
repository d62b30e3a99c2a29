/**
 * What programs do with objects: sends, `new`, instance variables, `{< … >}`.
 *
 * A method is a function whose first parameter is self. The idents of methods and instance variables are bound to their
 * slots where the class is built (translate-class.ts).
 */

import type { Region } from '../base/region.ts'
import type { Ident } from '../typing/ident.ts'
import type { Expression } from '../typing/typed-tree.ts'
import { apply, field, freshBinder, letIn, letsIn, primitive, sequence, unit, variable } from './build.ts'
import { callClassRuntime } from './class-runtime.ts'
import { addressTerm, type Context } from './context.ts'
import type { Binder, Lambda, Layout } from './lambda.ts'
import { layoutOf } from './layout.ts'

type Of<Kind extends Expression['kind']> = Expression & { readonly kind: Kind }

/** `layout` is that of the result. */
export function translateSend(
  e: Of<'send'>,
  args: readonly Lambda[],
  layout: Layout,
  context: Context,
): Lambda {
  const { method, region } = e
  switch (method.kind) {
    case 'ancestor':
      return apply(variable(method.method), [variable(method.self), ...args], layout, region)
    case 'self':
      return evaluatedLast(context.expression(e.object, context), args, (self, rest) => {
        const methods = field(0, self, 'pointer')
        return apply(readSlot(methods, method.method, 'any', region), [self, ...rest], layout, region)
      })
    case 'name':
      return evaluatedLast(context.expression(e.object, context), args, (receiver, rest) => {
        const found = primitive({ kind: 'method', name: method.name }, [receiver], region)
        return apply(found, [receiver, ...rest], layout, region)
      })
  }
}

/** The receiver is evaluated after the arguments, once. */
function evaluatedLast(
  receiver: Lambda,
  args: readonly Lambda[],
  use: (receiver: Lambda, args: readonly Lambda[]) => Lambda,
): Lambda {
  if (receiver.kind === 'variable') return use(receiver, args)
  const bindings: [Binder, Lambda][] = []
  const name = (term: Lambda, text: string, layout: Layout): Lambda => {
    if (term.kind === 'variable' || term.kind === 'constant') return term
    const binder = freshBinder(text, layout)
    bindings.unshift([binder, term])
    return variable(binder.ident)
  }
  const named = args.map((a) => name(a, 'arg', 'any'))
  const object = freshBinder('object', 'pointer')
  return letsIn(bindings, letIn(object, receiver, use(variable(object.ident), named)))
}

/** The class's first field makes objects: a function of `()` and the class's parameters. */
export function translateNew(e: Of<'new'>, args: readonly Lambda[], layout: Layout): Lambda {
  return apply(field(0, addressTerm(e.address), 'pointer'), [unit, ...args], layout, e.region)
}

// ---------------------------------------------------------------------------------------------------------
// Instance variables

/** A word of a block by the ident of its slot. */
function readSlot(block: Lambda, slot: Ident, layout: Layout, region: Region): Lambda {
  const array = layout === 'int' ? 'int' : 'pointer'
  return primitive({ kind: 'arrayGet', array, safe: false }, [block, variable(slot)], region)
}

export function readVariable(self: Ident, slot: Ident, layout: Layout, region: Region): Lambda {
  return readSlot(variable(self), slot, layout, region)
}

export function setVariable(
  object: Ident,
  slot: Ident,
  value: Lambda,
  layout: Layout,
  region: Region,
): Lambda {
  const array = layout === 'int' ? 'int' : 'pointer'
  const args = [variable(object), variable(slot), value]
  return primitive({ kind: 'arraySet', array, safe: false }, args, region)
}

export function translateInstanceVariable(e: Of<'instance-variable'>): Lambda {
  return readVariable(e.self, e.variable, layoutOf(e.env, e.type), e.region)
}

export function translateSetInstanceVariable(e: Of<'set-instance-variable'>, context: Context): Lambda {
  return setToExpression(e.self, e.variable, e.value, e.region, context)
}

export function setToExpression(
  object: Ident,
  slot: Ident,
  value: Expression,
  region: Region,
  context: Context,
): Lambda {
  const layout = layoutOf(value.env, value.type)
  return setVariable(object, slot, context.expression(value, context), layout, region)
}

/** The copy is made first. */
export function translateOverride(e: Of<'override'>, context: Context): Lambda {
  const copy = freshBinder('copy', 'pointer')
  const stores = e.fields.map((f) => setToExpression(copy.ident, f.variable, f.value, e.region, context))
  const filled = stores.reduceRight((rest, store) => sequence(store, rest), variable(copy.ident))
  return letIn(copy, callClassRuntime('copy', [variable(e.self)], e.region), filled)
}
