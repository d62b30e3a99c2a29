/** The order in which messages to channels are sent, and what holds them back. */

import { beforeEach, expect, it } from 'vitest'
import { SendLines } from '../../src/bridge/send-lines.ts'

let isOpen: boolean
let started: string[]
let unwanted: Set<string>
let lines: SendLines<string>

beforeEach(() => {
  isOpen = true
  started = []
  unwanted = new Set()
  const start = (send: string): boolean => {
    if (unwanted.has(send)) return false
    started.push(send)
    return true
  }
  lines = new SendLines({
    get isOpen() {
      return isOpen
    },
    opens: () => isOpen,
    start,
  })
})

function add(...sends: string[]): void {
  for (const send of sends) lines.add(send.charAt(0), send)
}

it('those of a sender are one after the other, different senders do not wait for each other', () => {
  add('a1', 'a2', 'b1', 'b2', 'a3')
  expect(started).toEqual(['a1', 'b1'])
  lines.ended('b')
  lines.ended('a')
  expect(started).toEqual(['a1', 'b1', 'b2', 'a2'])
  lines.ended('a')
  lines.ended('a')
  add('a4')
  expect(started.slice(4)).toEqual(['a3', 'a4'])
})

it('what nobody wants any more is passed over', () => {
  add('a1', 'a2', 'a3')
  unwanted.add('a2')
  lines.cancelled()
  lines.ended('a')
  expect(started).toEqual(['a1', 'a3'])
  expect(lines.waiting).toBe(0)
})

it('while the gate is closed none starts; then they do, in the order of their coming', () => {
  add('a1')
  isOpen = false
  add('a2', 'b1', 'a3')
  lines.ended('a')
  lines.letIn()
  expect(started).toEqual(['a1'])
  expect([lines.areHeld, lines.waiting]).toEqual([true, 3])
  isOpen = true
  // Those that come later do not overtake.
  add('c1')
  expect(started).toEqual(['a1'])
  for (let i = 0; i < 4; i++) lines.letIn()
  expect(started).toEqual(['a1', 'b1', 'a2', 'c1'])
  lines.ended('a')
  expect(started.at(-1)).toBe('a3')
  expect([lines.areHeld, lines.waiting]).toEqual([false, 0])
})
