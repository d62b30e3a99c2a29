import { beforeEach, expect, test } from 'vitest'
import { atom, encodeBare, type Pid, pid, reference } from '../../src/erlang-term-format/index.ts'
import type { Connection } from '../../src/node/connection.ts'
import type { Control } from '../../src/node/control.ts'
import type { ProcessHost } from '../../src/node/process.ts'
import { Onlookers } from '../../src/node/services/onlookers.ts'

const call = pid('caml@host', 9, 0, 1)
const [ann, bob] = [pid('ann@host', 1, 0, 1), pid('bob@host', 1, 0, 1)]
const reason = encodeBare(atom('normal'))

let told: Control[]
let held: number
let onlookers: Onlookers
const via = { hold: () => held++, release: () => held-- } as unknown as Connection

beforeEach(() => {
  told = []
  held = 0
  const route = (_: string, control: Control): void => void told.push(control)
  onlookers = new Onlookers({ route } as unknown as ProcessHost)
})

const monitor = (from: Pid, number: number): void =>
  onlookers.add({ kind: 'monitor', from, target: call, reference: reference(from.node, 1, [number]) }, via)
const link = (from: Pid): void => onlookers.add({ kind: 'link', from, to: call }, via)

test('all are told once, and hold nothing afterwards', () => {
  monitor(ann, 1)
  monitor(ann, 2)
  monitor(ann, 2)
  link(bob)
  link(bob)
  expect(held).toBe(3)
  onlookers.tell(reason)
  onlookers.tell(reason)
  expect(told.map(({ kind }) => kind)).toEqual(['monitorExit', 'monitorExit', 'exit'])
  expect(held).toBe(0)
})

test('who looks away is not told', () => {
  monitor(ann, 1)
  monitor(ann, 2)
  link(ann)
  link(bob)
  onlookers.dropMonitor(reference('ann@host', 1, [1]))
  onlookers.dropMonitor(reference('ann@host', 1, [7]))
  onlookers.dropLink(bob)
  expect(held).toBe(2)
  onlookers.tell(reason)
  expect(told.map(({ kind }) => kind)).toEqual(['monitorExit', 'exit'])
})

test('who is gone with its node is not told', () => {
  monitor(ann, 1)
  link(ann)
  monitor(bob, 1)
  onlookers.dropOf('ann@host')
  expect(held).toBe(1)
  onlookers.tell(reason)
  expect(told).toMatchObject([{ kind: 'monitorExit', to: bob }])
})
