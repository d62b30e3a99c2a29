/**
 * `camlnode:info()`: each domain answers for itself; this adds the answers up, and to them what only the node knows.
 */

import {
  atom,
  decodeBare,
  encodeBare,
  int,
  isAtom,
  type MapTerm,
  mapOf,
  mapOfAtoms,
  type Term,
} from '../erlang-term-format/index.ts'
import type { CallOutcome, CallRequest, ErlangNode } from '../node/index.ts'

/** Asks one domain. */
export type AskDomain = (done: (outcome: CallOutcome) => void) => void

const nil = 106

export function isInfo({ module, function: name, args }: CallRequest): boolean {
  return module === 'camlnode' && name === 'info' && args[0] === nil
}

/** Asks all domains; the first that fails fails for all. */
export function collectInfo(
  domains: readonly AskDomain[],
  node: ErlangNode,
  done: (outcome: CallOutcome) => void,
): void {
  const answers: MapTerm[] = []
  let over = false
  const take = (outcome: CallOutcome): void => {
    if (over) return
    if (outcome.kind === 'return') answers.push(decodeBare(outcome.value) as MapTerm)
    over = outcome.kind === 'raise' || answers.length === domains.length
    if (!over) return
    done(outcome.kind === 'raise' ? outcome : { kind: 'return', value: encodeBare(allOf(answers, node)) })
  }
  for (const ask of domains) ask(take)
}

function allOf(answers: readonly MapTerm[], node: ErlangNode): MapTerm {
  const [first, ...others] = answers as [MapTerm, ...MapTerm[]]
  const pairs = first.pairs.map(
    ([key, value]) =>
      [key, others.reduce((sum, { pairs }) => added(key, sum, valueAt(pairs, key)), value)] as const,
  )
  return mapOf([...pairs, ...factsOf(answers.length, node).pairs])
}

function valueAt(pairs: MapTerm['pairs'], key: Term): Term | undefined {
  return pairs.find(([other]) => other.kind === 'atom' && isAtom(key, other.name))?.[1]
}

/** Every domain has the same modules and the same OCaml; the longest is the longest of all; everything else is counted. */
function added(key: Term, a: Term, b: Term | undefined): Term {
  if (a.kind !== 'int' || b?.kind !== 'int' || isAtom(key, 'modules')) return a
  if (isAtom(key, 'pause_longest_us')) return a.value > b.value ? a : b
  return int(BigInt(a.value) + BigInt(b.value))
}

function factsOf(domains: number, node: ErlangNode): MapTerm {
  return mapOfAtoms({
    domains: int(domains),
    uptime: int(Math.floor(process.uptime())),
    memory: int(process.memoryUsage.rss()),
    node: atom(node.name),
    connections: int(node.connections().length),
    processes: int(node.processCount),
    relations: int(node.relationCount),
  })
}
