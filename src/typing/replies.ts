/**
 * The replies of a reaction: every synchronous channel of its pattern is replied to exactly once, whichever way its process
 * goes. Parallel processes reply to different channels; branches reply to the same ones, but for those that can only raise: callers who
 * wait for a reply from there get the exception.
 */

import { DiagnosticError, fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'
import type { Channel } from './typed-join.ts'
import type { Expression } from './typed-tree.ts'

/** The names that a process replies to, each with one of the replies. */
interface Replies {
  readonly to: ReadonlyMap<string, Region>
  /** It ends with an exception whichever way it goes, which stands in for all replies that nobody else makes. */
  readonly fails: boolean
}

const none: Replies = { to: new Map(), fails: false }

/** Stops when the process does not reply once to each of the synchronous channels, which are those of its pattern. */
export function checkReplies(process: Expression, channels: readonly Channel[]): void {
  const replies = repliesOf(process)
  if (replies.fails) return
  for (const { ident, result } of channels) {
    if (result === undefined || replies.to.has(ident.name)) continue
    const hint = `${ident.name} is synchronous: each of its reactions replies to it`
    fail(process.region, `The reply to ${ident.name} is missing in this process`, hint)
  }
}

function repliesOf(e: Expression): Replies {
  switch (e.kind) {
    case 'reply':
      return { to: new Map([[e.channel.name, e.region]]), fails: false }
    case 'failure':
      return { to: new Map(), fails: true }
    case 'parallel':
      return e.processes.map(repliesOf).reduce(disjoint, none)
    case 'sequence':
      return repliesOf(e.second)
    case 'if':
      return e.otherwise === undefined ? withoutElse(e, repliesOf(e.then)) : equal([e.then, e.otherwise])
    case 'match':
      return equal([...e.cases, ...e.exceptionCases].map(({ body }) => body))
    case 'let':
    case 'let-module':
    case 'let-exception':
    case 'open':
    case 'def':
    case 'location':
      return repliesOf(e.body)
    default:
      return none
  }
}

function disjoint(before: Replies, more: Replies): Replies {
  for (const [name, region] of more.to) {
    const first = before.to.get(name)
    if (first !== undefined) failDouble(name, first, region)
  }
  return { to: new Map([...before.to, ...more.to]), fails: before.fails || more.fails }
}

function failDouble(name: string, first: Region, region: Region): never {
  throw new DiagnosticError({
    severity: 'error',
    region,
    message: `Double reply to ${name}`,
    hint: `a call of ${name} has one reply: leave out one of the two`,
    related: [{ region: first, message: 'The other reply is here' }],
  })
}

/** One of several processes is chosen. A case that cannot be reached replies to everybody. */
function equal(branches: readonly Expression[]): Replies {
  const reachable = branches.filter(({ kind }) => kind !== 'unreachable')
  const found = reachable.map((branch) => ({ branch, replies: repliesOf(branch) }))
  const all = new Map(found.flatMap(({ replies }) => [...replies.to]))
  for (const { branch, replies } of found) {
    if (replies.fails) continue
    for (const name of all.keys()) {
      const hint = `another branch replies to ${name}: this one has to, as well`
      if (!replies.to.has(name)) fail(branch.region, `The reply to ${name} is missing in this branch`, hint)
    }
  }
  return { to: all, fails: found.length > 0 && found.every(({ replies }) => replies.fails) }
}

function withoutElse({ region }: Expression, replies: Replies): Replies {
  for (const name of replies.to.keys()) {
    const hint = `add \`else' with a reply to ${name}`
    fail(region, `The reply to ${name} is missing when this condition is false`, hint)
  }
  return none
}
