/**
 * Definitions of channels and processes as source text, in the spelling in which they were written.
 *
 * Braces leave no trace in the tree, so they stand around every part of a process that is not plainly one message or
 * one reply.
 */

import type { Case, Expression } from './ast.ts'
import type { Automaton, ChannelPattern, JoinDefinition, LocationDefinition, Reaction } from './join-nodes.ts'
import { infixLevelOf, isPrefixOperator } from './operators.ts'
import type { Printers } from './print-names.ts'
import { printSimplePattern } from './print-pattern.ts'

// ---------------------------------------------------------------------------------------------------------
// Definitions

/** `def f(x) & g(y) = P or … and …`, without `in`. */
export function printDefinition(to: Printers, { automata, classic }: JoinDefinition): string {
  return `${classic ? 'let def' : 'def'} ${printAutomata(to, automata)}`
}

function printAutomata(to: Printers, automata: readonly Automaton[]): string {
  return automata
    .map(({ reactions }) => reactions.map((each) => printReaction(to, each)).join(' or '))
    .join(' and ')
}

function printReaction(to: Printers, { channels, separator, guard, body }: Reaction): string {
  const pattern = channels.map((each) => printChannel(to, each)).join(` ${separator ?? ''} `)
  const condition = guard === undefined ? '' : ` when ${to.simpleExpression(to, guard)}`
  return `${pattern}${condition} = ${printProcess(to, body)}`
}

function printChannel(to: Printers, { name, marked, argument }: ChannelPattern): string {
  return `${name.text}${marked ? '!' : ''} ${printSimplePattern(to, argument)}`
}

/** `let loc l with D struct … end and …`, without `in`. */
export function printLocations(to: Printers, locations: readonly LocationDefinition[]): string {
  return `let loc ${locations.map((each) => printLocation(to, each)).join(' and ')}`
}

function printLocation(to: Printers, { name, definition, items }: LocationDefinition): string {
  const channels = definition === undefined ? '' : ` with ${printAutomata(to, definition.automata)}`
  return `${name.text}${channels} struct\n${to.structure(to, items)}\nend`
}

// ---------------------------------------------------------------------------------------------------------
// Processes

export function printSpawn(to: Printers, { braced, process }: Expression & { kind: 'spawn' }): string {
  if (braced) return `spawn { ${printProcess(to, process)} }`
  if (process.kind !== 'parallel') return `spawn ${printOperand(to, process, '()')}`
  return `spawn ${process.processes.map((each) => printOperand(to, each, '{}')).join(' & ')}`
}

/** Anything that can stand between braces. */
function printProcess(to: Printers, e: Expression): string {
  switch (e.kind) {
    case 'parallel':
      return e.processes.map((each) => printOperand(to, each, '{}')).join(` ${e.separator} `)
    case 'sequence':
      return `${printStatement(to, e.first)}; ${printProcess(to, e.second)}`
    case 'if': {
      const head = `if ${to.expression(to, e.condition)} then ${printOperand(to, e.then, '{}')}`
      return e.otherwise === undefined ? head : `${head} else ${printOperand(to, e.otherwise, '{}')}`
    }
    case 'match': {
      const cases = e.cases.map((each) => printCase(to, each)).join(' ')
      return `match ${to.expression(to, e.subject)} with ${cases}`
    }
    case 'for': {
      const direction = e.direction === 'up' ? 'to' : 'downto'
      const range = `${to.expression(to, e.from)} ${direction} ${to.expression(to, e.to)}`
      return `for ${to.pattern(to, e.variable)} = ${range} do ${printProcess(to, e.body)} done`
    }
    case 'let':
    case 'let-module':
    case 'let-exception':
    case 'open':
    case 'let-operator':
    case 'def':
    case 'location':
      return `${to.bindings(to, e)} in ${printProcess(to, e.body)}`
    default:
      return printOperand(to, e, '()')
  }
}

function printCase(to: Printers, { pattern, guard, body }: Case): string {
  const condition = guard === undefined ? '' : ` when ${to.expression(to, guard)}`
  return `| ${to.pattern(to, pattern)}${condition} -> ${printOperand(to, body, '{}')}`
}

/** What stands before `;`. */
function printStatement(to: Printers, e: Expression): string {
  return e.kind === 'nothing' ? '0' : printTerm(to, e)
}

/** Braces, a number and `reply` would be read as something else. */
function printTerm(to: Printers, e: Expression): string {
  const text = isMessage(e) ? to.expression(to, e) : to.simpleExpression(to, e)
  return text.startsWith('{') || text === '0' || text === 'reply' ? `(${text})` : text
}

/** Whether it is written as an application, with no operator. */
function isMessage(e: Expression): boolean {
  if (e.kind !== 'apply' || e.attributes.length > 0) return false
  const { function: f } = e
  return f.kind !== 'ident' || f.path.kind !== 'ident' || isPlainName(f.path.name)
}

const isPlainName = (name: string): boolean => infixLevelOf(name) === undefined && !isPrefixOperator(name)

function printOperand(to: Printers, e: Expression, brackets: '{}' | '()'): string {
  switch (e.kind) {
    case 'nothing':
      return '0'
    case 'reply': {
      const value = e.value === undefined ? '' : ` ${to.simpleExpression(to, e.value)}`
      return `reply${value}${e.to === undefined ? '' : ` to ${e.to.text}`}`
    }
    case 'parallel':
    case 'sequence':
    case 'if':
    case 'match':
    case 'for':
    case 'let':
    case 'let-module':
    case 'let-exception':
    case 'let-operator':
    case 'open':
    case 'def':
    case 'location': {
      const process = printProcess(to, e)
      return brackets === '{}' ? `{ ${process} }` : `(${process})`
    }
    default:
      return printTerm(to, e)
  }
}
