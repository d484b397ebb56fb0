import { generate } from 'selfsigned'

export interface CertificateOptions {
  readonly host: string
  readonly validFrom?: Date
  readonly validTo?: Date
  readonly signedBy?: Certificate // default: itself
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
}: CertificateOptions): Promise<Certificate> {
  const extensions = [{ name: 'subjectAltName' as const, altNames: [{ type: 2 as const, value: host }] }]
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
