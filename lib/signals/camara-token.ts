import { type KeyObject, webcrypto } from 'node:crypto'
import { env } from '@/lib/platform/env'
import { postForm } from '@/lib/platform/http-client'
import { failureOf, SignalFailure } from './provider'

const LIMIT_MS = 1_500

/** A token is replaced so long before it ends, so that it does not end on its way. */
const MARGIN_SECONDS = 30

/** For an answer that does not say how long its token lives. */
const LIFETIME_SECONDS = 60

type Token = { value: string; renewAt: number }

const tokens = new Map<string, Token>()
const requests = new Map<string, Promise<Token>>()

/** An access token for these scopes. Who asks while one is requested gets the same one. */
export async function tokenFor(scope: string): Promise<string> {
  const held = tokens.get(scope)
  if (held && performance.now() < held.renewAt) return held.value
  const request = requests.get(scope) ?? requestToken(scope).finally(() => requests.delete(scope))
  requests.set(scope, request)
  const token = await request
  return token.value
}

/** Forgets a token that was refused, unless another has already taken its place. */
export function dropToken(scope: string, value: string): void {
  if (tokens.get(scope)?.value === value) tokens.delete(scope)
}

/**
 * Requests a token with OAuth 2 client credentials. A JWT signed with our key authenticates us
 * (private_key_jwt, RFC 7523): ES256 or RS256, by the type of the key.
 */
async function requestToken(scope: string): Promise<Token> {
  const oauth = await import('oauth4webapi')
  const { CAMARA_TOKEN_URL = '', CAMARA_CLIENT_ID = '', CAMARA_KEY_ID, CAMARA_AUDIENCE } = env()
  const server = { issuer: CAMARA_AUDIENCE ?? CAMARA_TOKEN_URL, token_endpoint: CAMARA_TOKEN_URL }
  const client = { client_id: CAMARA_CLIENT_ID }
  const key = { key: await signingKey(), ...(CAMARA_KEY_ID && { kid: CAMARA_KEY_ID }) }
  const response = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    oauth.PrivateKeyJwt(key),
    { scope },
    {
      [oauth.customFetch]: (url, { body, headers }) => send(url, body, headers),
      // The environment has been checked: without TLS it is this machine.
      [oauth.allowInsecureRequests]: true,
    },
  )
  const answer = await oauth.processClientCredentialsResponse(server, client, response)
  const seconds = answer.expires_in ?? LIFETIME_SECONDS
  const token = {
    value: answer.access_token,
    renewAt: performance.now() + (seconds - Math.min(MARGIN_SECONDS, seconds / 2)) * 1_000,
  }
  tokens.set(scope, token)
  return token
}

async function send(url: string, body: URLSearchParams, headers: Record<string, string>) {
  const form = Object.fromEntries(body)
  const answer = await postForm(url, { form, headers, signal: AbortSignal.timeout(LIMIT_MS) })
  if (!answer.isOk) throw failureOf(answer)
  return Response.json(answer.body)
}

function signingKey() {
  const { CAMARA_PRIVATE_KEY: key } = env()
  if (!key) throw new SignalFailure('refused', 'no key')
  const bytes = key.export({ type: 'pkcs8', format: 'der' })
  return webcrypto.subtle.importKey('pkcs8', bytes, algorithmOf(key), false, ['sign'])
}

function algorithmOf({ asymmetricKeyType }: KeyObject) {
  return asymmetricKeyType === 'ec'
    ? { name: 'ECDSA', namedCurve: 'P-256' }
    : { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
}
