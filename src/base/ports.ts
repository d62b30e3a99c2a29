/**
 * Ports: what the pure floors need from the world, injected by `daemon/` and `cli/` (or by a test).
 * Nothing below floor 7 opens a socket, a file, a timer or a source of randomness by itself.
 */

export interface Clock {
  /** Milliseconds, monotonic, from an arbitrary origin. */
  now(): number
  /** Calls `run` once after `ms` milliseconds; the result cancels it. */
  after(ms: number, run: () => void): () => void
}

export interface Random {
  /** A uniformly distributed unsigned 32-bit integer, fit for challenges. */
  uint32(): number
}

/** Structured logging, the part of pino's interface that the floors below the daemon use. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }

/** What a stream over TLS knows of its other end. */
export interface Security {
  /** Why the peer's certificate does not let it be at this host; null: nothing is against it. Only once bytes have come. */
  objection(host: string): string | null
}

/** One byte stream with a peer. Reading is pushed into `TransportEvents`. */
export interface Transport {
  /** Where the other end is, for the log. */
  readonly remoteAddress: string
  /** Null: the bytes travel as they are. */
  readonly security: Security | null
  /** Queues bytes; they leave in one write, in order. */
  write(bytes: Uint8Array): void
  /** Bytes accepted by `write` that the kernel has not taken yet. */
  readonly queued: number
  pause(): void
  resume(): void
  /** Closes after what is queued has left; `closed` follows. */
  end(): void
  /** Closes at once; `closed` follows. */
  destroy(): void
}

export interface TransportEvents {
  data(bytes: Uint8Array): void
  /** The write queue has emptied. */
  drained(): void
  /** The stream is over, by either side; `error` when it broke. Called exactly once. */
  closed(error?: Error): void
}

/** Opens and accepts streams. */
export interface Network {
  connect(
    host: string,
    port: number,
    open: (transport: Transport) => TransportEvents,
    failed: (error: Error) => void,
  ): void
  listen(
    host: string,
    port: number,
    accept: (transport: Transport) => TransportEvents,
  ): Promise<{ readonly port: number; close(): void }>
}
