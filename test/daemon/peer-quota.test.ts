/** What the calls of one peer may take together. */

import { expect, test } from 'vitest'
import { PeerQuota } from '../../src/daemon/peer-quota.ts'

const newQuota = () => new PeerQuota({ calls: 2, arguments: 100 })

test('the limits hold from the first call on, for each peer by itself', () => {
  const quota = newQuota()
  expect(quota.enter('a', 101)).toBe('peer_arguments')
  expect(quota.enter('a', 60)).toBe(null)
  expect(quota.enter('a', 41)).toBe('peer_arguments')
  expect(quota.enter('a', 40)).toBe(null)
  expect(quota.enter('a', 0)).toBe('peer_calls')
  expect(quota.enter('b', 100)).toBe(null)
  quota.leave('a', 60)
  expect(quota.enter('a', 60)).toBe(null)
})

test('many peers that come and go leave what is under way counted', () => {
  const quota = newQuota()
  expect(quota.enter('a', 100)).toBe(null)
  for (let i = 0; i < 1000; i++) {
    expect(quota.enter(`idle ${i}`, 100)).toBe(null)
    quota.leave(`idle ${i}`, 100)
  }
  expect(quota.enter('a', 1)).toBe('peer_arguments')
})
