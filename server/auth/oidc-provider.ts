import * as oidc from 'openid-client'
import type { OidcConfig } from '../config.ts'

const TIMEOUT_SECONDS = 10
const isLoopback = (url: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)

/** Who somebody is, as the provider has proved it. */
export interface ProvenPerson {
  readonly issuer: string
  readonly subject: string
  readonly verifiedEmail: string | null // null = the provider does not vouch for an address
}

/** What the server asks the office's identity provider; its metadata is fetched once and again after a failure. */
export class OidcProvider {
  readonly name: string
  readonly #config: OidcConfig
  #discovered: Promise<oidc.Configuration> | undefined

  constructor(config: OidcConfig) {
    this.name = config.name
    this.#config = config
  }

  /** @throws when the provider cannot be reached */
  async authorizationUrl(parameters: { readonly redirectUri: string; readonly codeChallenge: string; readonly state: string; readonly nonce: string }): Promise<string> {
    const url = oidc.buildAuthorizationUrl(await this.#discover(), {
      scope: 'openid email',
      redirect_uri: parameters.redirectUri,
      code_challenge: parameters.codeChallenge,
      code_challenge_method: 'S256',
      state: parameters.state,
      nonce: parameters.nonce,
      prompt: 'login', // whoever sits at a laptop says who they are, whatever the browser remembers
    })
    return url.href
  }

  /**
   * Exchanges the code. State, issuer (RFC 9207), nonce, audience, times and the signature of the ID token are checked.
   * @throws when one of them is wrong, or the provider refuses or cannot be reached
   */
  async redeem(callback: URL, checks: { readonly codeVerifier: string; readonly state: string; readonly nonce: string }): Promise<ProvenPerson> {
    const config = await this.#discover()
    const tokens = await oidc.authorizationCodeGrant(config, callback, {
      pkceCodeVerifier: checks.codeVerifier,
      expectedState: checks.state,
      expectedNonce: checks.nonce,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (!claims) throw new Error('no ID token')
    const email = claims['email_verified'] === true && typeof claims['email'] === 'string' ? claims['email'].toLowerCase() : null
    return { issuer: claims.iss, subject: claims.sub, verifiedEmail: email }
  }

  #discover(): Promise<oidc.Configuration> {
    this.#discovered ??= this.#fetchMetadata().catch((error: unknown) => {
      this.#discovered = undefined
      throw error
    })
    return this.#discovered
  }

  #fetchMetadata(): Promise<oidc.Configuration> {
    const issuer = new URL(this.#config.issuer)
    const execute = [oidc.enableNonRepudiationChecks, ...(isLoopback(issuer) ? [oidc.allowInsecureRequests] : [])] // plain HTTP to this very machine only
    const { clientSecret } = this.#config
    return oidc.discovery(issuer, this.#config.clientId, undefined, clientSecret === null ? oidc.None() : oidc.ClientSecretBasic(clientSecret), {
      execute,
      timeout: TIMEOUT_SECONDS,
    })
  }
}
