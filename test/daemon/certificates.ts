/**
 * Certificates for tests, made with `openssl`: an authority, and what it signs. Keys are on an elliptic curve, which is fast.
 *
 * Each is a pair of PEM files of a scratch folder, `NAME.pem` and `NAME.key`.
 */

import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { Scratch } from './camlnode.ts'
import type { TlsClient } from './raw-peer.ts'

export interface Certificate {
  readonly certificate: string
  readonly key: string
}

export interface CertificateOptions {
  /** What the subject's alternative names are. */
  readonly names?: string
  /** Days from now; negative: it has expired. */
  readonly days?: number
}

export class Authority {
  readonly certificate: string
  private readonly key: string
  private readonly scratch: Scratch
  private readonly name: string

  constructor(scratch: Scratch, name = 'ca') {
    this.scratch = scratch
    this.name = name
    this.certificate = scratch.path(`${name}.pem`)
    this.key = scratch.path(`${name}.key`)
    openssl(
      'req',
      '-x509',
      ...newKey,
      '-keyout',
      this.key,
      '-out',
      this.certificate,
      '-subj',
      `/CN=${name}`,
      '-days',
      '2',
    )
  }

  /** A certificate for a node. */
  sign(name: string, { names = 'DNS:127.0.0.1', days = 2 }: CertificateOptions = {}): Certificate {
    const { scratch } = this
    const [certificate, key, request] = ['pem', 'key', 'csr'].map((type) =>
      scratch.path(`${name}.${type}`),
    ) as [string, string, string]
    openssl('req', ...newKey, '-keyout', key, '-out', request, '-subj', `/CN=${name}`)
    const extensions = scratch.write(`${name}.ext`, `subjectAltName=${names}\n`)
    const authority = ['-CA', this.certificate, '-CAkey', this.key, '-CAcreateserial']
    openssl(
      'x509',
      '-req',
      '-in',
      request,
      ...authority,
      '-out',
      certificate,
      '-extfile',
      extensions,
      '-days',
      `${days}`,
    )
    chmodSync(key, 0o400)
    return { certificate, key }
  }

  /** The table [tls] of a node with a certificate. */
  table({ certificate, key }: Certificate, more = ''): string {
    return `[tls]\ncertificate_file = "${certificate}"\nkey_file = "${key}"\nca_file = "${this.certificate}"\n${more}\n`
  }

  /**
   * Arguments of `erl` for TLS distribution with a certificate, null for a client without one; `more` are further options of `ssl`
   * for both sides.
   */
  erlArguments(own: Certificate | null, more = ''): string[] {
    const certificate = own === null ? '' : `{certfile, "${own.certificate}"}, {keyfile, "${own.key}"},`
    const common = `${certificate} {cacertfile, "${this.certificate}"}, {verify, verify_peer}${more === '' ? '' : `, ${more}`}`
    const number = Math.floor(Math.random() * 1e9)
    const file = this.scratch.write(
      `${this.name}-${number}.optfile`,
      `[{server, [{fail_if_no_peer_cert, true}, ${common}]}, {client, [${common}]}].\n`,
    )
    return ['-proto_dist', 'inet_tls', '-ssl_dist_optfile', file]
  }
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] })
}

/** How a daemon and the nodes of a test reach each other. */
export interface Way {
  readonly name: string
  /** The table [tls], or nothing. */
  readonly config: string
  readonly erlArguments: readonly string[]
  /** What peers by hand have. */
  readonly client: TlsClient
}

/** What interoperates over TCP is to do so over TLS: tests of the former run over all of these. */
export function everyWay(): readonly [tcp: Way, tls2: Way, tls3: Way] {
  const authority = new Authority(new Scratch())
  const [ours, theirs] = [authority.sign('caml'), authority.sign('erl')]
  const client = {
    ca: readFileSync(authority.certificate),
    cert: readFileSync(theirs.certificate),
    key: readFileSync(theirs.key),
  }
  const tls = (version: string): Way => ({
    name: `TLS ${version}`,
    config: authority.table(ours),
    erlArguments: authority.erlArguments(theirs, `{versions, ['tlsv${version}']}`),
    client,
  })
  return [{ name: 'TCP', config: '', erlArguments: [], client: null }, tls('1.2'), tls('1.3')]
}

/** For tests that take long: over TCP, and a tenth of all that over TLS. */
export function everyWayInShort(): readonly (Way & { readonly share: number })[] {
  const [tcp, , tls] = everyWay()
  return [
    { ...tcp, share: 1 },
    { ...tls, share: 0.1 },
  ]
}
