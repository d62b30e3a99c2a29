/**
 * CamlinternalOO for the reference interpreter, written anew: names are kept where src/stdlib/camlinternalOO.ml has slots of
 * a hash table, and each view of an inherited class is a scope of its own.
 */

import { classRuntime } from '../../src/lambda/class-runtime.ts'
import { hashVariant } from '../../src/lambda/hash-variant.ts'
import { applyValue, type Machine } from './evaluator.ts'
import { blockOf, int, text } from './evaluator-primitives.ts'
import { Block, Closure, type Value } from './values.ts'

interface View {
  readonly slots: Map<string, number>
  readonly variables: Map<string, number>
  readonly virtuals: ReadonlySet<number>
  /** Definitions of methods that are virtual here. */
  hidden: Map<number, Value>
}

interface Table {
  /** The block of methods: [mask, label, method, label, method…, private methods…]. */
  readonly methods: Block
  size: bigint
  view: View
  readonly outer: {
    readonly view: View
    readonly variables: readonly string[]
    readonly virtuals: number[]
  }[]
  readonly initializers: Value[]
}

const tables = new WeakMap<Block, Table>()
const tableOf = (value: Value | undefined): Table => tables.get(blockOf(value)) as Table
const names = (value: Value | undefined): string[] => blockOf(value).fields.map((f) => String(text(f)))

function createTable(publicMethods: readonly string[]): Block {
  const handle = new Block(0, [])
  const pairs = publicMethods.flatMap((name): Value[] => [BigInt(hashVariant(name)), 0n])
  const unused: Value[] = publicMethods.length === 0 ? [1n << 40n, 0n] : []
  const mask = 8n * BigInt(Math.max(publicMethods.length, 1) - 1)
  tables.set(handle, {
    methods: new Block(0, [mask, ...pairs, ...unused]),
    size: 2n,
    view: {
      slots: new Map(publicMethods.map((name, i) => [name, 2 + 2 * i])),
      variables: new Map(),
      virtuals: new Set(),
      hidden: new Map(),
    },
    outer: [],
    initializers: [],
  })
  return handle
}

function methodSlot({ view, methods }: Table, name: string): number {
  const known = view.slots.get(name)
  if (known !== undefined) return known
  const slot = methods.fields.push(0n) - 1
  view.slots.set(name, slot)
  return slot
}

function variable(table: Table, name: string): bigint {
  const known = table.view.variables.get(name)
  if (name !== '' && known !== undefined) return BigInt(known)
  const field = table.size
  table.size += 1n
  if (name !== '') table.view.variables.set(name, Number(field))
  return field
}

function setMethod({ view, methods }: Table, slot: number, method: Value): void {
  if (view.virtuals.has(slot)) view.hidden.set(slot, method)
  else methods.fields[slot] = method
}

const without = (hidden: ReadonlyMap<number, Value>, slots: readonly number[]): Map<number, Value> =>
  new Map([...hidden].filter(([slot]) => !slots.includes(slot)))

function enter(table: Table, variables: string[], methods: string[], virtualMethods: string[]): void {
  const slots = new Map(methods.map((name) => [name, methodSlot(table, name)]))
  const virtuals = virtualMethods.map((name) => methodSlot(table, name))
  const { view } = table
  table.outer.push({ view, variables, virtuals })
  table.view = {
    slots,
    variables: new Map([...view.variables].filter(([name]) => variables.includes(name))),
    virtuals: new Set([...view.virtuals, ...virtuals]),
    hidden: without(view.hidden, virtuals),
  }
}

function leave(table: Table): void {
  const { view, variables, virtuals } = table.outer.pop() as Table['outer'][number]
  for (const name of variables) {
    const field = table.view.variables.get(name)
    if (field !== undefined) view.variables.set(name, field)
  }
  view.hidden = new Map([...view.hidden, ...without(table.view.hidden, virtuals)])
  table.view = view
}

function freshIdentity(machine: Machine): bigint {
  machine.freshIds += 1n
  return machine.freshIds
}

function createObject(machine: Machine, { methods, size }: Table): Block {
  const variables = new Array<Value>(Number(size) - 2).fill(0n)
  return new Block(248, [methods, freshIdentity(machine), ...variables])
}

function copy(machine: Machine, object: Block): Block {
  const [methods, , ...variables] = object.fields
  return new Block(248, [methods as Value, freshIdentity(machine), ...variables])
}

type Function = (args: readonly Value[]) => Value

function functionsOf(machine: Machine): Record<(typeof classRuntime)[number], readonly [number, Function]> {
  const unit =
    (effect: (args: readonly Value[]) => void): Function =>
    (args) => {
      effect(args)
      return 0n
    }
  return {
    public_method_label: [1, ([name]) => BigInt(hashVariant(String(text(name))))],
    create_table: [1, ([list]) => createTable(names(list))],
    method_slot: [2, ([t, name]) => BigInt(methodSlot(tableOf(t), String(text(name))))],
    variable: [2, ([t, name]) => variable(tableOf(t), String(text(name)))],
    set_method: [3, unit(([t, slot, method]) => setMethod(tableOf(t), Number(int(slot)), method as Value))],
    get_method: [
      2,
      ([t, slot]) => {
        const { view, methods } = tableOf(t)
        return view.hidden.get(Number(int(slot))) ?? (methods.fields[Number(int(slot))] as Value)
      },
    ],
    add_initializer: [2, unit(([t, f]) => tableOf(t).initializers.push(f as Value))],
    enter: [4, unit(([t, v, m, virtuals]) => enter(tableOf(t), names(v), names(m), names(virtuals)))],
    leave: [1, unit(([t]) => leave(tableOf(t)))],
    finish: [1, unit(() => {})],
    create_object: [1, ([t]) => createObject(machine, tableOf(t))],
    run_initializers: [
      2,
      unit(([t, object]) => {
        for (const f of tableOf(t).initializers) applyValue(machine, f, [object as Value])
      }),
    ],
    copy: [1, ([object]) => copy(machine, blockOf(object))],
  }
}

/** The unit's block. */
export function referenceClasses(machine: Machine): Block {
  const functions = functionsOf(machine)
  return new Block(
    0,
    classRuntime.map((name) => new Closure(functions[name][0], functions[name][1])),
  )
}
