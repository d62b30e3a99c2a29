/**
 * Distribution flags: 64 bits that two nodes exchange in the handshake. What both set is in force on
 * the connection.
 *
 * Reference: "Distribution Protocol" of the ERTS user's guide, `dist.h` of the emulator. The document
 * gives MANDATORY_25_DIGEST as bit 36; every emulator has it at bit 26.
 */

export type Flags = bigint

/** Every flag by its name in the emulator. */
export const FLAG = {
  /** Visible: a hidden node leaves it out. */
  PUBLISHED: 1n << 0n,
  /** Obsolete. */
  ATOM_CACHE: 1n << 1n,
  EXTENDED_REFERENCES: 1n << 2n,
  DIST_MONITOR: 1n << 3n,
  FUN_TAGS: 1n << 4n,
  DIST_MONITOR_NAME: 1n << 5n,
  /** Obsolete. */
  HIDDEN_ATOM_CACHE: 1n << 6n,
  NEW_FUN_TAGS: 1n << 7n,
  EXTENDED_PIDS_PORTS: 1n << 8n,
  EXPORT_PTR_TAG: 1n << 9n,
  BIT_BINARIES: 1n << 10n,
  NEW_FLOATS: 1n << 11n,
  UNICODE_IO: 1n << 12n,
  /** Frames start with a distribution header, and `112` frames are forbidden. */
  DIST_HDR_ATOM_CACHE: 1n << 13n,
  SMALL_ATOM_TAGS: 1n << 14n,
  UTF8_ATOMS: 1n << 16n,
  MAP_TAG: 1n << 17n,
  BIG_CREATION: 1n << 18n,
  SEND_SENDER: 1n << 19n,
  BIG_SEQTRACE_LABELS: 1n << 20n,
  /** Exit reasons travel as a payload behind the control message. */
  EXIT_PAYLOAD: 1n << 22n,
  FRAGMENTS: 1n << 23n,
  /** The handshake of version 6. */
  HANDSHAKE_23: 1n << 24n,
  UNLINK_ID: 1n << 25n,
  /** Stands for all that OTP 25 makes mandatory. */
  MANDATORY_25_DIGEST: 1n << 26n,
  SPAWN: 1n << 32n,
  /** The initiator has no name yet and asks for one. */
  NAME_ME: 1n << 33n,
  V4_NC: 1n << 34n,
  ALIAS: 1n << 35n,
  /** Never leaves an emulator. */
  LOCAL_EXT: 1n << 36n,
  ALTACT_SIG: 1n << 37n,
  NATIVE_RECORDS: 1n << 38n,
} as const satisfies Record<string, Flags>

/** What OTP 25 refuses to work without. */
export const mandatoryFlags25: Flags = 0x1070f94n

/** What OTP 26 and later refuse to work without. */
export const mandatoryFlags26: Flags = 0x403070f94n

/** What a hidden node of OTP 25 offers. */
export const emulatorFlags25: Flags = 0xd07df7fbcn

/** What ei and erl_call offer: no spawn, no aliases, no payload in exits. */
export const eiFlags: Flags = 0x407074f9cn

/** What this node offers: what a hidden node of OTP 25 does, and prioritised messages. */
export const hiddenNodeFlags: Flags = emulatorFlags25 | FLAG.ALTACT_SIG

/** The same without atom cache and fragments, for measurements and for peers that are to do without. */
export const passThroughFlags: Flags = hiddenNodeFlags & ~(FLAG.DIST_HDR_ATOM_CACHE | FLAG.FRAGMENTS)

/** What this node refuses to work without; ei, OTP 23 and everything later has them. */
export const requiredFlags: Flags = mandatoryFlags25

/** The peer's flags with the digest bit written out. */
export function expandFlags(flags: Flags): Flags {
  return hasFlags(flags, FLAG.MANDATORY_25_DIGEST) ? flags | mandatoryFlags25 : flags
}

/** Whether all of `wanted` are set. */
export function hasFlags(flags: Flags, wanted: Flags): boolean {
  return (flags & wanted) === wanted
}

/** The names of flags that are set, lowest bit first; unknown bits as `bit N`. */
export function flagNames(flags: Flags): readonly string[] {
  const names: string[] = []
  const nameOf = new Map<Flags, string>(Object.entries(FLAG).map(([name, bit]) => [bit, name]))
  for (let bit = 0n; flags >> bit > 0n; bit++) {
    if (hasFlags(flags, 1n << bit)) names.push(nameOf.get(1n << bit) ?? `bit ${bit}`)
  }
  return names
}

/** What is in force on a connection, as booleans for the sending paths. */
export interface Capabilities {
  readonly flags: Flags
  readonly exitPayload: boolean
  readonly sendSender: boolean
  readonly unlinkId: boolean
  readonly spawn: boolean
  readonly alias: boolean
  readonly monitorName: boolean
  readonly headerCache: boolean
  readonly fragments: boolean
  readonly prioritySignals: boolean
}

export function capabilitiesOf(ours: Flags, theirs: Flags): Capabilities {
  const flags = ours & expandFlags(theirs)
  return {
    flags,
    exitPayload: hasFlags(flags, FLAG.EXIT_PAYLOAD),
    sendSender: hasFlags(flags, FLAG.SEND_SENDER),
    unlinkId: hasFlags(flags, FLAG.UNLINK_ID),
    spawn: hasFlags(flags, FLAG.SPAWN),
    alias: hasFlags(flags, FLAG.ALIAS),
    monitorName: hasFlags(flags, FLAG.DIST_MONITOR_NAME),
    headerCache: hasFlags(flags, FLAG.DIST_HDR_ATOM_CACHE),
    fragments: hasFlags(flags, FLAG.FRAGMENTS),
    prioritySignals: hasFlags(flags, FLAG.ALTACT_SIG),
  }
}
