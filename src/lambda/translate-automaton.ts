/**
 * Automata whose reactions take any messages: one function for each channel, in which a message is queued or makes a reaction.
 *
 *     automaton: one field per channel     asynchronous, of unit: how many messages there are
 *                                          else: a queue, of values, of continuations, or of pairs of both
 *
 *     let rec arrive_c v k =               poll; if there is one on d then (take it; react_1 v k …) else push c (v, k)
 *     and c v = let k = … in arrive_c v k; wait k
 *     and react_1 v k … = P
 *
 * Which queues are empty is all that reactions depend on. From the poll on nobody else has a turn until the messages of a
 * reaction are taken, since what is called until then does not poll; so a message is never lost or taken twice, even if threads are cancelled.
 *
 * The caller that makes a reaction possible runs it itself when it alone waits for a reply of it, and cannot be cancelled; any other reaction becomes a
 * task.
 * A message whose caller is gone is dropped when it would be taken.
 */

import { expandHead } from '../typing/expand.ts'
import { predefinedType } from '../typing/predef.ts'
import type { Automaton, Channel, Reaction } from '../typing/typed-join.ts'
import {
  apply,
  block,
  conditional,
  field,
  freshBinder,
  functionTerm,
  int,
  letIn,
  letsIn,
  primitive,
  sequence,
  string,
  unit,
  variable,
} from './build.ts'
import { type Context, inExpression, memberName } from './context.ts'
import { callJoinRuntime, newContinuation } from './join-runtime.ts'
import type { Binder, Lambda } from './lambda.ts'
import { layoutOf } from './layout.ts'
import { inChannel, matched, reactionBody } from './translate-process.ts'

/** One of the functions that are bound together. */
export interface FunctionBinding {
  readonly binder: Binder
  readonly value: Lambda
}

/** A channel as its automaton sees it. */
interface Port {
  readonly channel: Channel
  readonly index: number
  readonly hasValue: boolean
  readonly hasCaller: boolean
  readonly arrive: Binder
}

interface Machine {
  readonly automaton: Automaton
  readonly state: Binder
  readonly ports: ReadonlyMap<Channel, Port>
  readonly reactions: ReadonlyMap<Reaction, Binder>
  readonly context: Context
}

/** The block of an automaton without messages. */
export function newState(automaton: Automaton): Lambda {
  const fields = automaton.channels.map((channel, i) =>
    isCounter(portOf(automaton, channel, i))
      ? int(0)
      : primitive({ kind: 'makeBlock', tag: 0, mutable: true }, [int(0), int(0)]),
  )
  return primitive({ kind: 'makeBlock', tag: 0, mutable: true }, fields, automaton.region)
}

/** The functions of an automaton: its channels among them. */
export function automatonFunctions(
  automaton: Automaton,
  state: Binder,
  context: Context,
): readonly FunctionBinding[] {
  const ports = new Map(automaton.channels.map((channel, i) => [channel, portOf(automaton, channel, i)]))
  const reactions = new Map(
    automaton.reactions.map((reaction) => [reaction, freshBinder('react', 'pointer')]),
  )
  const machine = { automaton, state, ports, reactions, context }
  return [
    ...[...ports.values()].flatMap((port) => channelFunctions(machine, port)),
    ...automaton.reactions.map((reaction) => reactionFunction(machine, reaction)),
  ]
}

function portOf({ reactions }: Automaton, channel: Channel, index: number): Port {
  const pattern = reactions.flatMap(({ patterns }) => patterns).find((p) => p.channel === channel)?.pattern
  const head = pattern && expandHead(pattern.env, channel.argument).desc
  const isUnit = head?.kind === 'constructor' && predefinedType(head.path) === 'unit'
  const hasCaller = channel.result !== undefined
  // An asynchronous channel is the function that takes its messages.
  const arrive = hasCaller
    ? freshBinder(channel.ident.name, 'pointer')
    : { ident: channel.ident, layout: 'pointer' as const }
  return { channel, index, hasValue: !isUnit, hasCaller, arrive }
}

const isCounter = ({ hasValue, hasCaller }: Port): boolean => !hasValue && !hasCaller

// ---------------------------------------------------------------------------------------------------------
// Channels

/** What a message consists of. */
interface Message {
  readonly value: Binder
  readonly caller: Binder
}

function newMessage({ channel }: Port): Message {
  return {
    value: freshBinder('message', 'any'),
    caller: freshBinder(`reply_${channel.ident.name}`, 'pointer'),
  }
}

/** The parts that there are: parameters of functions, at least one. */
function partsOf({ hasCaller, hasValue }: Port, { value, caller }: Message): readonly Binder[] {
  if (hasCaller) return hasValue ? [value, caller] : [caller]
  return [value]
}

const variablesOf = (binders: readonly Binder[]): readonly Lambda[] =>
  binders.map(({ ident }) => variable(ident))

function channelFunctions(machine: Machine, port: Port): readonly FunctionBinding[] {
  const { channel } = port
  const { region } = channel
  const { path: name } = inChannel(machine.context, channel)
  const message = newMessage(port)
  const body = sequence(primitive({ kind: 'poll' }, [], region), arrival(machine, port, message))
  const value = functionTerm({ parameters: partsOf(port, message), body, layout: 'any', name, region })
  const arrive = { binder: port.arrive, value }
  return port.hasCaller
    ? [arrive, { binder: { ident: channel.ident, layout: 'pointer' }, value: callFunction(port, name) }]
    : [arrive]
}

/** What a synchronous channel is. */
function callFunction(port: Port, name: string): Lambda {
  const { channel } = port
  const { region } = channel
  const message = newMessage(port)
  const continuation = newContinuation(region)
  const arrive = apply(variable(port.arrive.ident), variablesOf(partsOf(port, message)), 'any', region)
  const wait = callJoinRuntime('wait', [variable(message.caller.ident), string(channel.ident.name)], region)
  const body = letIn(message.caller, continuation, sequence(arrive, wait))
  return functionTerm({ parameters: [message.value], body, layout: 'any', name, region })
}

/** Makes the first reaction that the message completes, or queues it. */
function arrival(machine: Machine, port: Port, message: Message): Lambda {
  const concerned = machine.automaton.reactions.filter(({ patterns }) =>
    patterns.some((p) => p.channel === port.channel),
  )
  return concerned.reduceRight(
    (otherwise, reaction) => {
      const others = portsOf(machine, reaction).filter((p) => p !== port)
      const take = taking(machine, reaction, port, message, others)
      return others.length === 0 ? take : conditional(areFilled(machine, others), take, otherwise, 'any')
    },
    store(machine, port, message),
  )
}

const portsOf = ({ ports }: Machine, { patterns }: Reaction): readonly Port[] =>
  patterns.map(({ channel }) => ports.get(channel) as Port)

/** The field of a channel in the state. */
function fieldOf({ state }: Machine, port: Port): Lambda {
  const layout = isCounter(port) ? 'int' : 'pointer'
  return primitive({ kind: 'field', index: port.index, layout, mutable: isCounter(port) }, [
    variable(state.ident),
  ])
}

const firstCell = (machine: Machine, port: Port): Lambda =>
  primitive({ kind: 'field', index: 0, layout: 'any', mutable: true }, [fieldOf(machine, port)])

function isFilled(machine: Machine, port: Port): Lambda {
  if (isCounter(port))
    return primitive({ kind: 'intCompare', comparison: 'gt' }, [fieldOf(machine, port), int(0)])
  return primitive({ kind: 'not' }, [primitive({ kind: 'isImmediate' }, [firstCell(machine, port)])])
}

function areFilled(machine: Machine, [first, ...others]: readonly Port[]): Lambda {
  const filled = isFilled(machine, first as Port)
  return others.length === 0 ? filled : conditional(filled, areFilled(machine, others), int(0), 'int')
}

function count(machine: Machine, port: Port, step: 1 | -1): Lambda {
  const sum = primitive({ kind: 'intArithmetic', op: 'add' }, [fieldOf(machine, port), int(step)])
  return primitive({ kind: 'setField', index: port.index, mode: 'immediate' }, [
    variable(machine.state.ident),
    sum,
  ])
}

function store(machine: Machine, port: Port, message: Message): Lambda {
  if (isCounter(port)) return count(machine, port, 1)
  const parts = variablesOf(partsOf(port, message))
  const item = parts.length === 1 ? (parts[0] as Lambda) : block(0, false, parts)
  return callJoinRuntime('push', [fieldOf(machine, port), item], port.channel.region)
}

// ---------------------------------------------------------------------------------------------------------
// Taking messages

function taking(
  machine: Machine,
  reaction: Reaction,
  port: Port,
  message: Message,
  others: readonly Port[],
): Lambda {
  const taken = new Map([[port, message], ...others.map((other) => [other, newMessage(other)] as const)])
  const run = running(machine, reaction, port, taken)
  const take = others.reduceRight(
    (rest, other) => takeFirst(machine, other, taken.get(other) as Message, rest),
    run,
  )
  const callers = others.filter(({ hasCaller }) => hasCaller)
  return callers.reduceRight((rest, other) => unlessAbandoned(machine, other, port, message, rest), take)
}

/** Takes the first message of a channel. */
function takeFirst(machine: Machine, port: Port, { value, caller }: Message, rest: Lambda): Lambda {
  if (isCounter(port)) return sequence(count(machine, port, -1), rest)
  const cell = callJoinRuntime('pop', [fieldOf(machine, port)], port.channel.region)
  if (!port.hasCaller) return letIn(value, field(0, cell, 'any'), rest)
  if (!port.hasValue) return letIn(caller, field(0, cell, 'pointer'), rest)
  const both = freshBinder('both', 'pointer')
  return letsIn(
    [
      [both, field(0, cell, 'pointer')],
      [value, field(0, variable(both.ident), 'any')],
      [caller, field(1, variable(both.ident), 'pointer')],
    ],
    rest,
  )
}

/** Drops the first message of a channel if nobody waits for its reply any more, and begins again. */
function unlessAbandoned(machine: Machine, other: Port, port: Port, message: Message, rest: Lambda): Lambda {
  const { region } = other.channel
  const item = field(0, firstCell(machine, other), 'pointer')
  const caller = other.hasValue ? field(1, item, 'pointer') : item
  const again = apply(variable(port.arrive.ident), variablesOf(partsOf(port, message)), 'any', region)
  const drop = sequence(callJoinRuntime('pop', [fieldOf(machine, other)], region), again)
  return conditional(callJoinRuntime('is_abandoned', [caller], region), drop, rest, 'any')
}

// ---------------------------------------------------------------------------------------------------------
// Reactions

function running(
  machine: Machine,
  reaction: Reaction,
  port: Port,
  taken: ReadonlyMap<Port, Message>,
): Lambda {
  const { region } = reaction
  const ports = portsOf(machine, reaction)
  const args = variablesOf(ports.flatMap((p) => parametersOf(p, taken.get(p) as Message)))
  const f = variable((machine.reactions.get(reaction) as Binder).ident)
  const react = apply(f, args.length === 0 ? [unit] : args, 'any', region)
  const callers = ports.filter(({ hasCaller }) => hasCaller)
  const name = `${machine.context.path}.(process)`
  const task = functionTerm({
    parameters: [freshBinder('unit', 'int')],
    body: react,
    layout: 'any',
    name,
    region,
  })
  const schedule = callJoinRuntime('schedule', [task], region)
  if (!port.hasCaller || callers.length > 1) return schedule
  return conditional(callJoinRuntime('runs_own', [unit], region), react, schedule, 'any')
}

/** What a reaction is given of a message. */
function parametersOf({ hasValue, hasCaller }: Port, { value, caller }: Message): readonly Binder[] {
  return [...(hasValue ? [value] : []), ...(hasCaller ? [caller] : [])]
}

function reactionFunction(machine: Machine, reaction: Reaction): FunctionBinding {
  const { context } = machine
  const ports = portsOf(machine, reaction)
  const messages = reaction.patterns.map(({ channel, pattern }, i) => ({
    ...newMessage(ports[i] as Port),
    value: freshBinder(channel.ident.name, layoutOf(pattern.env, channel.argument)),
  }))
  const parameters = ports.flatMap((port, i) => parametersOf(port, messages[i] as Message))
  const name = memberName(context.path, reaction.patterns.map(({ channel }) => channel.ident.name).join('&'))
  const inner = { ...inExpression(context), path: name }
  const process = reactionBody(
    reaction,
    inner,
    messages.map(({ caller }) => caller),
  )
  const units = messages
    .filter((_, i) => !(ports[i] as Port).hasValue)
    .map(({ value }) => [value, unit] as const)
  const body = letsIn(
    units,
    matched(
      reaction,
      messages.map(({ value }) => value),
      process,
    ),
  )
  const value = functionTerm({
    parameters: parameters.length === 0 ? [freshBinder('unit', 'int')] : parameters,
    body,
    layout: 'any',
    name,
    region: reaction.region,
  })
  return { binder: machine.reactions.get(reaction) as Binder, value }
}
