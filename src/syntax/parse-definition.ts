/**
 * Definitions of channels (`def`, `let def`) and of locations (`let loc`), in both spellings.
 *
 * `def`, `loc`, `spawn` and `reply` are no keywords of OCaml, so they are read as such only where what follows cannot
 * be OCaml, or would be very odd OCaml: `def` in front of a join pattern (a name with one argument, and so on up to `=`
 * or `when`), `loc` between `let` and a name with `struct` or `with` behind it. See also parse-process.ts.
 */

import { fail } from '../base/diagnostic.ts'
import type { Expression } from './ast.ts'
import type {
  Automaton,
  ChannelPattern,
  JoinDeclaration,
  JoinDefinition,
  LocationDefinition,
  Reaction,
  Separator,
} from './join-nodes.ts'
import { noAttributes } from './nodes.ts'
import { distanceBehind } from './parse-brackets.ts'
import type { Completion } from './parse-let.ts'
import { parseLowerName } from './parse-names.ts'
import { parseSimplePattern } from './parse-simple-pattern.ts'
import type { Parser } from './parser.ts'
import { startsSimplePattern } from './token-sets.ts'
import type { Token, TokenKind } from './tokens.ts'

// ---------------------------------------------------------------------------------------------------------
// Where they are

export const isWord = (token: Token, word: string): boolean => token.kind === 'lident' && token.text === word

const tokenAt = (p: Parser, distance: number): Token => (distance === 0 ? p.token : p.peek(distance))

/** Whether a join pattern up to its `=` or `when` begins at the token `distance` behind the current one. */
function atJoinPattern(p: Parser, distance: number): boolean {
  let at = distance
  for (;;) {
    if (tokenAt(p, at).kind !== 'lident') return false
    at += p.peek(at + 1).kind === '!' ? 2 : 1
    if (!startsSimplePattern.has(p.peek(at).kind)) return false
    at = behindPattern(p, at)
    const { kind } = p.peek(at)
    if (kind === '=' || kind === 'when') return true
    if (kind !== '|' && kind !== '&') return false
    at += 1
  }
}

/** The distance of the token behind a simple pattern, roughly: what is between brackets is not looked at. */
function behindPattern(p: Parser, distance: number): number {
  let at = distance
  if (prefixes.has(p.peek(at).kind)) at += 1
  while (p.peek(at).kind === 'uident' && p.peek(at + 1).kind === '.') at += 2
  const behind = distanceBehind(p, at)
  return p.peek(behind).kind === '..' ? behindPattern(p, behind + 1) : behind
}

const prefixes: ReadonlySet<TokenKind> = new Set(['`', '-', '+', '#'] as const)

/** Whether `def` and a join pattern stand here, or `distance` tokens further. */
export function atDef(p: Parser, distance = 0): boolean {
  return isWord(tokenAt(p, distance), 'def') && atJoinPattern(p, distance + 1)
}

/** The same where an item may begin: a name behind `def` is enough, so that what is wrong with the rest can be told. */
export function atDefItem(p: Parser): boolean {
  if (!isWord(p.token, 'def') || p.peek(1).kind !== 'lident') return false
  const { kind } = p.peek(2)
  return kind !== ';;' && kind !== 'eof'
}

/** Whether `let def` and a join pattern stand here. A name with `!` is enough. */
export function atLetDef(p: Parser): boolean {
  if (!isWord(p.peek(1), 'def') || p.peek(2).kind !== 'lident') return false
  return p.peek(3).kind === '!' || atJoinPattern(p, 2)
}

/** Whether `let loc` and a location stand here. */
export function atLetLocation(p: Parser): boolean {
  return isWord(p.peek(1), 'loc') && atLocation(p, 2)
}

function atLocation(p: Parser, distance: number): boolean {
  const { kind } = p.peek(distance + 1)
  return p.peek(distance).kind === 'lident' && (kind === 'with' || kind === 'struct')
}

// ---------------------------------------------------------------------------------------------------------
// Channels

/** `def …` or `let def …`, at which the parser stands. */
export function parseDef(p: Parser): JoinDeclaration {
  return { kind: 'def', definition: parseDefinition(p) }
}

export function parseDefinition(p: Parser): JoinDefinition {
  const { start } = p.token
  const classic = p.accept('let')
  p.advance()
  return parseAutomata(p, start, classic)
}

/** The same, as the beginning of an expression or a process: without `in`. */
export function parseDefBefore(p: Parser): Completion {
  return parseBefore(p, parseDef)
}

function parseBefore(p: Parser, parse: (p: Parser) => JoinDeclaration): Completion {
  const { start } = p.token
  const declaration = parse(p)
  return (body) => ({ ...declaration, body, region: p.region(start), attributes: noAttributes })
}

/** Up to the `in` and with it. */
export function parseDefHead(p: Parser): Completion {
  p.enter()
  const complete = parseDefBefore(p)
  p.leave()
  p.expect('in')
  return complete
}

/** `automaton and … and automaton` */
function parseAutomata(p: Parser, start: number, classic: boolean): JoinDefinition {
  const automata = [parseAutomaton(p)]
  while (p.kind === 'and' && !atLocation(p, 1)) {
    p.advance()
    automata.push(parseAutomaton(p))
  }
  return { automata, classic, region: p.region(start) }
}

/** `reaction or … or reaction` */
function parseAutomaton(p: Parser): Automaton {
  const { start } = p.token
  const reactions = [parseReaction(p)]
  while (p.accept('or')) reactions.push(parseReaction(p))
  return { reactions, region: p.region(start) }
}

function parseReaction(p: Parser): Reaction {
  const { start } = p.token
  const channels = [parseChannel(p)]
  let separator: Separator | undefined
  while (p.kind === '|' || p.kind === '&') {
    if (separator !== undefined && p.kind !== separator) failMixed(p, 'join pattern')
    separator = p.kind
    p.advance()
    channels.push(parseChannel(p))
  }
  const guard = p.accept('when') ? parseGuard(p) : undefined
  p.expect('=')
  const body = p.unstopped(() => p.grammar.process(p))
  if (guard !== undefined) checkGuardEnd(body)
  const reaction = { channels, body, region: p.region(start) }
  return {
    ...reaction,
    ...(separator === undefined ? {} : { separator }),
    ...(guard === undefined ? {} : { guard }),
  }
}

/** `=` ends the guard: as an operator it is in parentheses. */
const endsGuard: ReadonlySet<TokenKind> = new Set(['='] as const)

function parseGuard(p: Parser): Expression {
  return p.stoppingAt(endsGuard, () => p.grammar.expression(p))
}

/** A process that begins with a comparison was meant to begin behind it: `when x = y = P`. */
function checkGuardEnd(body: Expression): void {
  if (body.kind === 'sequence') return checkGuardEnd(body.first)
  if (body.kind === 'parallel') return checkGuardEnd(body.processes[0] as Expression)
  if (!isComparison(body)) return
  const hint = "within a guard it is in parentheses, as in `when (x = y) = P'"
  fail(body.region, "Syntax error: the guard ends at its first `='", hint)
}

/** Whether what stands behind the first `=` goes on with the guard: `y = P`, `y && z = P`. */
function isComparison(e: Expression): boolean {
  if (e.kind !== 'apply' || e.function.kind !== 'ident' || e.function.path.kind !== 'ident') return false
  const { name } = e.function.path
  const last = e.arguments[1]?.expression
  return name === '=' || ((name === '&&' || name === '||') && last !== undefined && isComparison(last))
}

/** At the separator that is not the one used before. */
export function failMixed(p: Parser, what: 'join pattern' | 'process'): never {
  const hint =
    what === 'process'
      ? "`|' is looser than `;', `&' is tighter: write one of them, or put braces around a part"
      : "write `|' everywhere (the classic spelling) or `&' everywhere"
  fail(p.tokenRegion(p.token), `Syntax error: both "|" and "&" in one ${what}`, hint)
}

function parseChannel(p: Parser): ChannelPattern {
  const name = parseLowerName(p)
  const marked = p.accept('!')
  if (!startsSimplePattern.has(p.kind)) failArgument(p, `write \`${name.text} ()' for a channel without one`)
  const argument = parseSimplePattern(p)
  if (startsSimplePattern.has(p.kind)) failArgument(p, `write \`${name.text} (x, y)' for several values`)
  return { name, marked, argument, region: p.region(name.region.start) }
}

function failArgument(p: Parser, hint: string): never {
  fail(p.tokenRegion(p.token), 'Syntax error: a channel takes one argument', hint)
}

// ---------------------------------------------------------------------------------------------------------
// Locations

/** `let loc …`, at which the parser stands. */
export function parseLocations(p: Parser): JoinDeclaration {
  p.advance()
  p.advance()
  const locations = [parseLocation(p)]
  while (p.accept('and')) locations.push(parseLocation(p))
  return { kind: 'location', locations }
}

/** The same, as the beginning of an expression or a process: without `in`. */
export function parseLocationBefore(p: Parser): Completion {
  return parseBefore(p, parseLocations)
}

/** `name with automata struct items end` */
function parseLocation(p: Parser): LocationDefinition {
  const name = parseLowerName(p)
  const { start } = p.token
  const definition = p.accept('with') ? parseAutomata(p, start, true) : undefined
  const open = p.expect('struct')
  const items = p.unstopped(() => p.grammar.structure(p))
  p.expectClosing('end', open)
  const location = { name, items, region: p.region(name.region.start) }
  return definition === undefined ? location : { ...location, definition }
}
