/**
 * The files of the table [tls]: read, and checked so far that what OpenSSL would say much later, or not at all, is said at the start.
 * What is wrong is a `ConfigError` that names the place in the configuration and what to do.
 */

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import type { Log } from '../base/ports.ts'
import { type Config, ConfigError, systemProblem } from './config.ts'

export type TlsSettings = NonNullable<Config['tls']>
type FileKey = 'certificate_file' | 'key_file' | 'ca_file'

/** What TLS connections are made with; texts are PEM. */
export interface TlsFiles {
  readonly certificate: string
  readonly key: string
  /** Those that may sign certificates of peers. */
  readonly authorities: string | undefined
  readonly verify: boolean
  readonly checkHost: boolean
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3'
}

/** A certificate that ends sooner than this is worth a warning, in days. */
const soon = 30

const day = 86_400_000

/** `place` tells where a key stands: `camlnode.toml, line 7: tls.key_file`. */
export function readTlsFiles(settings: TlsSettings, place: (key: string) => string, log: Log): TlsFiles {
  const read = (key: FileKey, file: string): string => readPem(file, place(key))
  const certificate = read('certificate_file', settings.certificate_file)
  const key = read('key_file', settings.key_file)
  const { ca_file: authority } = settings
  const authorities = authority === undefined ? undefined : read('ca_file', authority)
  const [own] = certificatesIn(certificate, settings.certificate_file, place('certificate_file'))
  if (authorities !== undefined) certificatesIn(authorities, authority as string, place('ca_file'))
  checkKey(own as X509Certificate, privateKeyIn(key, settings.key_file, place('key_file')), place('key_file'))
  warnIfReadable(settings.key_file, log)
  warnOfEnd(own as X509Certificate, settings.certificate_file, log)
  return {
    certificate,
    key,
    authorities,
    verify: settings.verify,
    checkHost: settings.check_host ?? settings.verify,
    minVersion: settings.min_version === '1.3' ? 'TLSv1.3' : 'TLSv1.2',
  }
}

function readPem(file: string, place: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new ConfigError(`${place}: cannot read ${file}: ${systemProblem(error)}`)
  }
}

const certificatePattern = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g

function certificatesIn(text: string, file: string, place: string): readonly X509Certificate[] {
  const blocks = text.match(certificatePattern) ?? []
  if (blocks.length === 0) {
    throw new ConfigError(
      `${place}: ${file} has no certificate: expected PEM ("-----BEGIN CERTIFICATE-----")`,
    )
  }
  return blocks.map((block, i) => {
    try {
      return new X509Certificate(block)
    } catch {
      throw new ConfigError(`${place}: certificate ${i + 1} of ${file} cannot be read: is the file damaged?`)
    }
  })
}

function privateKeyIn(text: string, file: string, place: string): KeyObject {
  if (/-----BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/.test(text)) {
    throw new ConfigError(
      `${place}: the key in ${file} has a passphrase, which nobody could type at a start: openssl pkey removes it`,
    )
  }
  try {
    return createPrivateKey(text)
  } catch {
    throw new ConfigError(
      `${place}: ${file} has no private key: expected PEM ("-----BEGIN PRIVATE KEY-----")`,
    )
  }
}

function checkKey(certificate: X509Certificate, key: KeyObject, place: string): void {
  if (certificate.checkPrivateKey(key)) return
  throw new ConfigError(`${place}: the key is not that of the certificate in tls.certificate_file`)
}

function warnIfReadable(file: string, log: Log): void {
  const { mode } = statSync(file)
  if ((mode & 0o077) === 0) return
  log.warn({ file, mode: (mode & 0o777).toString(8) }, 'the key file can be read by others: chmod 400 it')
}

function warnOfEnd({ validFrom, validTo, subject }: X509Certificate, file: string, log: Log): void {
  const left = (Date.parse(validTo) - Date.now()) / day
  const fields = { file, subject, from: validFrom, until: validTo }
  if (left < 0) log.warn(fields, 'our certificate has expired: peers will refuse it')
  else if (Date.parse(validFrom) > Date.now())
    log.warn(fields, 'our certificate is not valid yet: peers will refuse it')
  else if (left < soon) log.warn(fields, 'our certificate expires soon')
}
