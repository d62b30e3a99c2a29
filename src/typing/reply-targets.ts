/**
 * To whom the replies of a definition go, and which of its channels are thereby synchronous. Found before anything is
 * inferred: what the patterns and the replies say is enough.
 *
 * In the classic spelling a `!` behind the name says the same, so it must agree with the replies.
 */

import { fail } from '../base/diagnostic.ts'
import type * as ast from '../syntax/ast.ts'
import type { Automaton, ChannelPattern, JoinDefinition, Reaction } from '../syntax/join-nodes.ts'

export type Reply = Extract<ast.Expression, { kind: 'reply' }>

export interface ReplyTargets {
  /** The names of the channels, of whatever automaton. */
  readonly synchronous: ReadonlySet<string>
  /** The name of the channel that a reply goes to. */
  readonly targets: ReadonlyMap<Reply, string>
}

export function findReplyTargets(definition: JoinDefinition): ReplyTargets {
  checkNames(definition)
  const search = new Search(definition)
  for (const automaton of definition.automata) search.automaton(automaton)
  return search
}

class Search implements ReplyTargets {
  readonly synchronous = new Set<string>()
  readonly targets = new Map<Reply, string>()
  readonly #classic: boolean

  constructor(definition: JoinDefinition) {
    this.#classic = isClassic(definition)
  }

  automaton({ reactions }: Automaton): void {
    const found = reactions.map((reaction) => ({ reaction, replies: repliesIn(reaction.body) }))
    const marked = channelsOf(reactions).filter((channel) => channel.marked)
    for (const channel of marked) this.synchronous.add(channel.name.text)
    for (const { reaction, replies } of found) for (const reply of replies) this.#explicit(reaction, reply)
    for (const { reaction, replies } of found) for (const reply of replies) this.#implicit(reaction, reply)
    for (const channel of channelsOf(reactions)) this.#checkMark(channel)
  }

  #explicit({ channels }: Reaction, reply: Reply): void {
    const { to } = reply
    if (to === undefined) return
    if (!channels.some(({ name }) => name.text === to.text)) failNotInPattern(to, channels)
    this.#add(reply, to.text)
  }

  #implicit({ channels }: Reaction, reply: Reply): void {
    if (reply.to !== undefined) return
    const names = channels.map(({ name }) => name.text)
    const [only, ...others] = names.length === 1 ? names : names.filter((name) => this.synchronous.has(name))
    if (only === undefined || others.length > 0)
      failAmbiguous(reply, only === undefined ? names : [only, ...others])
    this.#add(reply, only)
  }

  #add(reply: Reply, name: string): void {
    if (this.#classic && !this.synchronous.has(name)) failUnmarked(reply, name)
    this.targets.set(reply, name)
    this.synchronous.add(name)
  }

  #checkMark({ name, marked, region }: ChannelPattern): void {
    const isTarget = [...this.targets.values()].includes(name.text)
    if (marked && !isTarget)
      fail(
        region,
        `The channel ${name.text} is marked as synchronous, but nothing replies to it`,
        `reply to ${name.text} in this process, or leave out the "!"`,
      )
    if (!marked && isTarget && this.#classic)
      fail(
        region,
        `The channel ${name.text} is marked as synchronous in another join pattern, but not in this one`,
        `write \`${name.text}!' here as well`,
      )
  }
}

/** With a mark or a bar somewhere; `let def` with neither is classic unless it has an ampersand. */
function isClassic({ automata, classic }: JoinDefinition): boolean {
  const reactions = automata.flatMap((each) => each.reactions)
  const separators = reactions.map(({ separator }) => separator)
  if (separators.includes('|') || channelsOf(reactions).some(({ marked }) => marked)) return true
  return classic && !separators.includes('&')
}

const channelsOf = (reactions: readonly Reaction[]): readonly ChannelPattern[] =>
  reactions.flatMap(({ channels }) => channels)

/** The replies in the process positions of a process, but for those from which no reply can be seen. */
function repliesIn(e: ast.Expression): readonly Reply[] {
  switch (e.kind) {
    case 'reply':
      return [e]
    case 'parallel':
      return e.processes.flatMap(repliesIn)
    case 'sequence':
      return repliesIn(e.second)
    case 'if':
      return [e.then, ...(e.otherwise === undefined ? [] : [e.otherwise])].flatMap(repliesIn)
    case 'match':
      return e.cases.flatMap(({ body }) => repliesIn(body))
    case 'let':
    case 'let-module':
    case 'let-exception':
    case 'open':
    case 'def':
    case 'location':
      return repliesIn(e.body)
    default:
      return []
  }
}

// ---------------------------------------------------------------------------------------------------------
// Names

/** A name stands once in a join pattern, and in the patterns of one automaton. */
function checkNames({ automata }: JoinDefinition): void {
  const owners = new Map<string, Automaton>()
  for (const automaton of automata) {
    for (const { channels } of automaton.reactions) checkLinear(channels)
    for (const { name } of channelsOf(automaton.reactions)) {
      const owner = owners.get(name.text)
      if (owner !== undefined && owner !== automaton) {
        const hint = "join the reactions of a channel with `or'; `and' begins other channels"
        fail(name.region, `The channel ${name.text} is defined already, before this \`and'`, hint)
      }
      owners.set(name.text, automaton)
    }
  }
}

function checkLinear(channels: readonly ChannelPattern[]): void {
  const seen = new Set<string>()
  for (const { name, region } of channels) {
    if (seen.has(name.text)) {
      const hint = 'collect the messages one by one, and keep what has come in a channel of its own'
      fail(region, `The channel ${name.text} is bound several times in this join pattern`, hint)
    }
    seen.add(name.text)
  }
}

// ---------------------------------------------------------------------------------------------------------
// Errors

const listed = (names: readonly string[], word: string): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} ${word} ${names[names.length - 1]}`

function failNotInPattern({ text, region }: ast.Name, channels: readonly ChannelPattern[]): never {
  const names = channels.map(({ name }) => name.text)
  fail(
    region,
    `The channel ${text} is not in the join pattern of this reaction`,
    `a reply here can go to ${listed(names, 'or')}`,
  )
}

function failAmbiguous({ region }: Reply, names: readonly string[]): never {
  fail(
    region,
    'It is not clear to which channel this reply goes',
    `write \`reply … to f', where f is ${listed(names, 'or')}`,
  )
}

function failUnmarked({ region }: Reply, name: string): never {
  fail(
    region,
    `This process replies to ${name}, which is not marked as synchronous`,
    `write \`${name}!' in the join pattern`,
  )
}
