/** What OpenSSL and Node.js say of a failed TLS connection, in words that tell an operator what to look at. */

import type { TLSSocket } from 'node:tls'

export const tooSlow = 'the TLS handshake took too long'

const untrusted = "is not signed by an authority of tls.ca_file, or its chain isn't complete"

/** By the reason for which a certificate is not accepted. */
const certificateProblems: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  INVALID_PURPOSE: 'is not for this side of a connection (see its extended key usage)',
}

/** By the code of an error, without `ERR_SSL_` or `ERR_TLS_`. */
const handshakeProblems: Readonly<Record<string, string>> = {
  HANDSHAKE_TIMEOUT: tooSlow,
  WRONG_VERSION_NUMBER: 'the peer does not speak TLS',
  HTTP_REQUEST: 'the peer does not speak TLS',
  PACKET_LENGTH_TOO_LONG: 'the peer does not speak TLS',
  PEER_DID_NOT_RETURN_A_CERTIFICATE: 'the peer has no certificate',
  UNSUPPORTED_PROTOCOL: 'the peer speaks only versions of TLS older than tls.min_version',
  NO_SHARED_CIPHER: 'the peer knows no cipher that we know',
}

/** What is wrong with the certificate of the peer, if that is what ended its handshake. */
export function peerProblem(socket: TLSSocket): string | null {
  const code = socket.authorizationError as unknown
  return typeof code === 'string' ? certificateProblem(code) : null
}

function certificateProblem(code: string): string {
  return `the peer's certificate ${certificateProblems[code] ?? `is not accepted: ${code}`}`
}

export function tlsProblem(error: Error): string {
  const { code = '', reason } = error as Error & { readonly code?: string; readonly reason?: string }
  if (code in certificateProblems) return certificateProblem(code)
  const problem = handshakeProblems[code.replace(/^ERR_(SSL|TLS)_/, '')]
  if (problem !== undefined) return problem
  const alert = /^ERR_SSL_(?:TLSV?\d*|SSLV3)_ALERT_(\w+)$/.exec(code)?.[1]
  if (alert !== undefined)
    return `the peer refuses the connection: ${alert.toLowerCase().replaceAll('_', ' ')}`
  return reason ?? error.message
}
