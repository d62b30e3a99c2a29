import { describe, expect, test } from 'vitest'
import { ProtocolError } from '../../src/base/diagnostic.ts'
import { challengeDigest, digestsEqual } from '../../src/node/digest.ts'
import {
  capabilitiesOf,
  eiFlags,
  emulatorFlags25,
  expandFlags,
  FLAG,
  flagNames,
  hiddenNodeFlags,
  mandatoryFlags25,
  mandatoryFlags26,
} from '../../src/node/flags.ts'
import {
  Acceptor,
  type AcceptorContext,
  type Handshake,
  type HandshakeAction,
  Initiator,
  type InitiatorContext,
  isNodeName,
} from '../../src/node/handshake.ts'
import {
  decodeChallenge,
  decodeName,
  decodeStatus,
  encodeAck,
  encodeChallenge,
  encodeName,
  encodeReply,
  encodeStatus,
  type Status,
} from '../../src/node/handshake-messages.ts'
import { testRandom } from './memory-network.ts'

function acceptorContext(changes: Partial<AcceptorContext> = {}): AcceptorContext {
  return {
    self: { name: 'b@host', flags: hiddenNodeFlags, creation: 2 },
    cookie: 'secret',
    requiredFlags: mandatoryFlags25,
    random: testRandom(11),
    admit: () => 'ok',
    nameFor: () => null,
    ...changes,
  }
}

function initiatorContext(changes: Partial<InitiatorContext> = {}): InitiatorContext {
  return {
    self: { name: 'a@host', flags: hiddenNodeFlags, creation: 1 },
    cookie: 'secret',
    requiredFlags: mandatoryFlags25,
    random: testRandom(22),
    peerName: 'b@host',
    replaceLiving: () => true,
    isOurChallenge: () => false,
    ...changes,
  }
}

interface Played {
  readonly initiator: readonly HandshakeAction[]
  readonly acceptor: readonly HandshakeAction[]
}

/** Lets both talk until neither has anything to send; returns what each did besides sending. */
function play(initiator: Handshake, acceptor: Handshake): Played {
  const did = { initiator: [] as HandshakeAction[], acceptor: [] as HandshakeAction[] }
  const queue: { to: 'initiator' | 'acceptor'; body: Uint8Array }[] = []
  const perform = (who: 'initiator' | 'acceptor', actions: readonly HandshakeAction[]): void => {
    for (const action of actions) {
      if (action.kind === 'send')
        queue.push({ to: who === 'initiator' ? 'acceptor' : 'initiator', body: action.body })
      else did[who].push(action)
    }
  }
  perform('acceptor', acceptor.start())
  perform('initiator', initiator.start())
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const machine = next.to === 'initiator' ? initiator : acceptor
    if (did[next.to].length === 0) perform(next.to, machine.receive(next.body))
  }
  return did
}

const established = (name: string, creation: number) => [
  { kind: 'established', peer: { name, flags: hiddenNodeFlags, creation } },
]

describe('flags', () => {
  test('the sets are the single bits', () => {
    expect(flagNames(mandatoryFlags25)).toEqual([
      'EXTENDED_REFERENCES',
      'FUN_TAGS',
      'NEW_FUN_TAGS',
      'EXTENDED_PIDS_PORTS',
      'EXPORT_PTR_TAG',
      'BIT_BINARIES',
      'NEW_FLOATS',
      'UTF8_ATOMS',
      'MAP_TAG',
      'BIG_CREATION',
      'HANDSHAKE_23',
    ])
    expect(mandatoryFlags26).toBe(mandatoryFlags25 | FLAG.UNLINK_ID | FLAG.V4_NC)
    expect(hiddenNodeFlags).toBe(emulatorFlags25 | FLAG.ALTACT_SIG)
    expect(flagNames(1n << 50n)).toEqual(['bit 50'])
  })

  test('the digest bit stands for the mandatory flags', () => {
    expect(expandFlags(FLAG.MANDATORY_25_DIGEST)).toBe(FLAG.MANDATORY_25_DIGEST | mandatoryFlags25)
    expect(expandFlags(FLAG.SPAWN)).toBe(FLAG.SPAWN)
  })

  test('what is in force is what both have', () => {
    const withEi = capabilitiesOf(hiddenNodeFlags, eiFlags)
    expect(withEi).toMatchObject({ exitPayload: false, sendSender: false, spawn: false, alias: false })
    expect(capabilitiesOf(hiddenNodeFlags, emulatorFlags25)).toMatchObject({
      exitPayload: true,
      sendSender: true,
      spawn: true,
      alias: true,
      headerCache: true,
      fragments: true,
    })
  })
})

describe('digest', () => {
  test('is the MD5 of the cookie and the challenge in decimal', () => {
    // As printed by `printf kaka1234 | md5sum`.
    expect(Buffer.from(challengeDigest('kaka', 1234)).toString('hex')).toBe(
      '4fa51ff55b001ea9b7c55338b76834f7',
    )
  })

  test('takes the challenge as unsigned', () => {
    expect(challengeDigest('x', -1)).toEqual(challengeDigest('x', 0xffffffff))
  })

  test('is compared as a whole', () => {
    const digest = challengeDigest('x', 1)
    const other = Uint8Array.from(digest)
    other[15] = (other[15] as number) ^ 1
    expect(digestsEqual(digest, Uint8Array.from(digest))).toBe(true)
    expect(digestsEqual(digest, other)).toBe(false)
    expect(digestsEqual(digest, digest.subarray(1))).toBe(false)
  })
})

describe('messages', () => {
  test('name and challenge survive, with bytes behind the name ignored', () => {
    const name = { name: 'füü@host', flags: hiddenNodeFlags, creation: 0xfffffffe }
    expect(decodeName(Buffer.concat([encodeName(name), Buffer.from('later')]))).toEqual(name)
    const challenge = { ...name, challenge: 0x80000001 }
    expect(decodeChallenge(Buffer.concat([encodeChallenge(challenge), Buffer.from([1])]))).toEqual(challenge)
  })

  test('every status survives', () => {
    const statuses: Status[] = [
      { kind: 'ok' },
      { kind: 'ok_simultaneous' },
      { kind: 'nok' },
      { kind: 'not_allowed' },
      { kind: 'alive' },
      { kind: 'true' },
      { kind: 'false' },
      { kind: 'named', name: 'X1@host', creation: 77 },
    ]
    for (const status of statuses) expect(decodeStatus(encodeStatus(status))).toEqual(status)
    expect(() => decodeStatus(Buffer.from('swhat'))).toThrow(ProtocolError)
    expect(() => decodeStatus(Buffer.from('snamed:'))).toThrow(ProtocolError)
    expect(() => decodeStatus(Buffer.from('snamed:\0\x05ab'))).toThrow(ProtocolError)
  })

  test('a node name has two parts', () => {
    expect(['a@b', 'a@127.0.0.1', 'ä@host', 'x@::1'].every(isNodeName)).toBe(true)
    expect(['a', '@b', 'a@', 'a@b@c', 'a b@c', `${'a'.repeat(254)}@b`].some(isNodeName)).toBe(false)
  })
})

describe('both ends', () => {
  test('agree', () => {
    const did = play(new Initiator(initiatorContext()), new Acceptor(acceptorContext()))
    expect(did.initiator).toEqual(established('b@host', 2))
    expect(did.acceptor).toEqual(established('a@host', 1))
  })

  test('agree although simultaneous', () => {
    const acceptor = new Acceptor(acceptorContext({ admit: () => 'ok_simultaneous' }))
    const did = play(new Initiator(initiatorContext()), acceptor)
    expect([did.initiator, did.acceptor]).toEqual([established('b@host', 2), established('a@host', 1)])
  })

  test('a wrong cookie is noticed by the acceptor', () => {
    const did = play(new Initiator(initiatorContext({ cookie: 'guess' })), new Acceptor(acceptorContext()))
    expect(did.acceptor).toEqual([
      { kind: 'refused', reason: 'wrong cookie: the digests differ', simultaneous: false },
    ])
    expect(did.initiator).toEqual([])
  })

  test('an acceptor that does not know the cookie is noticed by the initiator', () => {
    const initiator = new Initiator(initiatorContext())
    initiator.start()
    initiator.receive(encodeStatus({ kind: 'ok' }))
    const challenge = { name: 'b@host', flags: hiddenNodeFlags, creation: 1, challenge: 5 }
    initiator.receive(encodeChallenge(challenge))
    expect(initiator.receive(encodeAck(new Uint8Array(16)))).toMatchObject([{ kind: 'refused' }])
    expect(() => initiator.receive(encodeAck(new Uint8Array(16)))).toThrow(ProtocolError)
  })

  test.each(['nok', 'not_allowed'] as const)('%s ends both', (admission) => {
    const did = play(
      new Initiator(initiatorContext()),
      new Acceptor(acceptorContext({ admit: () => admission })),
    )
    expect(did.acceptor).toMatchObject([{ kind: 'refused' }])
    expect(did.initiator).toMatchObject([{ kind: 'refused', simultaneous: admission === 'nok' }])
  })

  test('alive: the initiator decides', () => {
    const alive = acceptorContext({ admit: () => 'alive' })
    const replaced = play(new Initiator(initiatorContext()), new Acceptor(alive))
    expect(replaced.acceptor).toEqual(established('a@host', 1))
    const kept = play(new Initiator(initiatorContext({ replaceLiving: () => false })), new Acceptor(alive))
    expect(kept.acceptor).toMatchObject([{ kind: 'refused' }])
    expect(kept.initiator).toMatchObject([{ kind: 'refused' }])
  })

  test('another node than the one called is refused', () => {
    const did = play(new Initiator(initiatorContext({ peerName: 'c@host' })), new Acceptor(acceptorContext()))
    expect(did.initiator).toMatchObject([{ kind: 'refused', reason: 'another node answered: b@host' }])
  })

  test('missing flags are refused and named', () => {
    const self = {
      name: 'a@host',
      flags: hiddenNodeFlags & ~(FLAG.MAP_TAG | FLAG.MANDATORY_25_DIGEST),
      creation: 1,
    }
    const did = play(new Initiator(initiatorContext({ self })), new Acceptor(acceptorContext()))
    expect(did.acceptor).toMatchObject([{ reason: 'mandatory flags are missing: MAP_TAG' }])
    expect(did.initiator).toMatchObject([{ kind: 'refused' }])
  })

  test('the flags of ei and the digest alone are enough', () => {
    for (const flags of [eiFlags, FLAG.MANDATORY_25_DIGEST]) {
      const self = { name: 'a@host', flags, creation: 1 }
      const did = play(new Initiator(initiatorContext({ self })), new Acceptor(acceptorContext()))
      expect(did.acceptor).toMatchObject([{ kind: 'established' }])
    }
  })

  test('a peer that asks for a name gets one', () => {
    const given = { name: 'N1@host', creation: 99 }
    const acceptor = new Acceptor(acceptorContext({ nameFor: () => given }))
    const flags = hiddenNodeFlags | FLAG.NAME_ME
    const [status, challenge] = acceptor.receive(encodeName({ name: 'host', flags, creation: 0 }))
    expect(decodeStatus(bodyOf(status))).toEqual({ kind: 'named', ...given })
    const { challenge: number } = decodeChallenge(bodyOf(challenge))
    const reply = encodeReply({ challenge: 1, digest: challengeDigest('secret', number) })
    expect(acceptor.receive(reply)[1]).toEqual({ kind: 'established', peer: { flags, ...given } })
  })
})

function bodyOf(action: HandshakeAction | undefined): Uint8Array {
  if (action?.kind !== 'send') throw new Error('nothing was sent')
  return action.body
}

describe('hostile frames', () => {
  const name = encodeName({ name: 'a@host', flags: hiddenNodeFlags, creation: 1 })

  test.each([
    ['nothing', new Uint8Array(0)],
    ['another tag', Buffer.from('x')],
    ['a short name message', name.subarray(0, 14)],
    ['a name longer than the frame', name.subarray(0, 18)],
    ['an empty name', Buffer.concat([name.subarray(0, 13), Buffer.from([0, 0])])],
    ['version 5', Buffer.concat([Buffer.from('n\0\x05'), name])],
    ['a reply before the name', encodeReply({ challenge: 1, digest: new Uint8Array(16) })],
  ])('%s', (_, body) => {
    expect(() => new Acceptor(acceptorContext()).receive(body)).toThrow(ProtocolError)
  })

  test('a name that is not a node name is not allowed', () => {
    const body = encodeName({ name: 'nonsense', flags: hiddenNodeFlags, creation: 1 })
    expect(new Acceptor(acceptorContext()).receive(body)[1]).toMatchObject({ kind: 'refused' })
  })

  test('frames out of order', () => {
    const acceptor = new Acceptor(acceptorContext())
    acceptor.receive(name)
    expect(() => acceptor.receive(name)).toThrow(ProtocolError)
    const waiting = new Acceptor(acceptorContext({ admit: () => 'alive' }))
    waiting.receive(name)
    expect(() => waiting.receive(encodeStatus({ kind: 'ok' }))).toThrow(ProtocolError)
    expect(() => new Initiator(initiatorContext()).receive(encodeStatus({ kind: 'ok' }))).toThrow(
      ProtocolError,
    )
  })

  test('a digest of the wrong length is no digest', () => {
    const acceptor = new Acceptor(acceptorContext())
    acceptor.receive(name)
    const reply = encodeReply({ challenge: 1, digest: new Uint8Array(16) })
    expect(() => acceptor.receive(reply.subarray(0, 20))).toThrow(ProtocolError)
  })
})

test('an initiator does not answer a challenge that this node has asked', () => {
  const acceptor = new Acceptor(acceptorContext())
  const initiator = new Initiator(
    initiatorContext({ isOurChallenge: (challenge) => challenge === acceptor.challengeAsked }),
  )
  const opening = new Initiator(initiatorContext()).start()
  const asked = opening.flatMap((action) => (action.kind === 'send' ? acceptor.receive(action.body) : []))
  const bodies = asked.flatMap((action) => (action.kind === 'send' ? [action.body] : []))
  expect(acceptor.challengeAsked).not.toBeNull()
  initiator.start()
  const answers = bodies.flatMap((body) => initiator.receive(body))
  expect(answers.map(({ kind }) => kind)).toEqual(['refused'])
})
