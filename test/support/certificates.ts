import { generate } from 'selfsigned'

export interface CertificateOptions {
  readonly host: string
  readonly validFrom?: Date
  readonly validTo?: Date
  readonly signedBy?: Certificate // default: itself
  readonly isAuthority?: boolean
}

export interface Certificate {
  readonly key: string
  readonly cert: string
}

const DAY_MS = 86_400_000

/** A certificate for one host name, good from yesterday for a month unless told otherwise. */
export async function makeCertificate({
  host,
  validFrom = new Date(Date.now() - DAY_MS),
  validTo = new Date(Date.now() + 30 * DAY_MS),
  signedBy,
  isAuthority = false,
}: CertificateOptions): Promise<Certificate> {
  const authority = isAuthority
    ? [
        { name: 'basicConstraints' as const, cA: true, critical: true },
        { name: 'keyUsage' as const, keyCertSign: true, cRLSign: true, critical: true },
      ]
    : []
  const extensions = [{ name: 'subjectAltName' as const, altNames: [{ type: 2 as const, value: host }] }, ...authority]
  const made = await generate([{ name: 'commonName', value: host }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: validFrom,
    notAfterDate: validTo,
    extensions,
    ...(signedBy ? { ca: signedBy } : {}),
  })
  return { key: made.private, cert: made.cert }
}
