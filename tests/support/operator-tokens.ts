import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { jwtVerify } from 'jose'

const CLIENT_ID = 'shop'
const KEY_ID = 'key-of-the-shop'
const APPLICATION_ID = '5b1f0c52-6c1e-4a61-9f2c-0d1b9f7e4a10'

/** The longest life of a signed request for a token. */
const ASSERTION_SECONDS = 300

const GRANTED = ['sim-swap:check', 'sim-swap:retrieve-date', 'number-recycling:check']

const PEM = { type: 'pkcs8', format: 'pem' } as const

/** The two types of keys that sign, by their algorithm. */
const newKeys = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
} as const

export type Algorithm = keyof typeof newKeys

type Keys = ReturnType<(typeof newKeys)[Algorithm]>

const made = new Map<Algorithm, Keys>()

/** Makes each pair of keys once in a process: an RSA pair takes as long as several tests. */
function keysOf(algorithm: Algorithm): Keys {
  const keys = made.get(algorithm) ?? newKeys[algorithm]()
  made.set(algorithm, keys)
  return keys
}

/** The token endpoint of a fake operator, and the keys of its one client. */
export function createTokens(url: string, algorithm: Algorithm) {
  const { privateKey, publicKey } = keysOf(algorithm)
  const live = new Map<string, { scopes: string[]; endsAt: number }>()
  const used = new Set<string>()
  const tokens = {
    /** The clock by which signed requests are judged: that of the product. */
    clock: () => new Date(),
    /** What a signed request must be addressed to. */
    audience: `${url}/token`,
    lifetimeSeconds: 3_600,
    /** The scopes that the client may have. */
    granted: [...GRANTED],
    environment: { ...clientOf(url), CAMARA_PRIVATE_KEY: pemOf(privateKey) },

    /** Answers a request for a token. */
    async give(fields: Record<string, unknown>): Promise<{ status: number; body: object }> {
      const claims = {
        audience: tokens.audience,
        issuer: CLIENT_ID,
        subject: CLIENT_ID,
        currentDate: tokens.clock(),
      }
      const id = await verify(String(fields.client_assertion), publicKey, algorithm, claims)
      if (!id || used.has(id) || fields.client_id !== CLIENT_ID)
        return { status: 401, body: { error: 'invalid_client' } }
      used.add(id)
      const scopes = String(fields.scope).split(' ')
      if (scopes.some((scope) => !tokens.granted.includes(scope)))
        return { status: 400, body: { error: 'invalid_scope' } }
      const [value, seconds] = [randomUUID(), tokens.lifetimeSeconds]
      live.set(value, { scopes, endsAt: performance.now() + seconds * 1_000 })
      return {
        status: 200,
        body: { access_token: value, token_type: 'Bearer', expires_in: seconds },
      }
    },

    /** The scopes of the token in a request; undefined when it is none of ours, or has ended. */
    scopesOf(authorization = ''): string[] | undefined {
      const token = live.get(authorization.replace(/^Bearer /, ''))
      return token && performance.now() < token.endsAt ? token.scopes : undefined
    },

    /** Ends every token before its time. */
    revoke: () => live.clear(),
  }
  return tokens
}

function clientOf(url: string) {
  return {
    NUMBER_SIGNALS: 'camara',
    CAMARA_API_ROOT: url,
    CAMARA_TOKEN_URL: `${url}/token`,
    CAMARA_CLIENT_ID: CLIENT_ID,
    CAMARA_KEY_ID: KEY_ID,
  }
}

/** An application of Vonage, which signs each request. */
export function createApplication(url: string, clock: () => Date) {
  const { privateKey, publicKey } = keysOf('RS256')
  return {
    environment: {
      NUMBER_SIGNALS: 'vonage',
      VONAGE_APPLICATION_ID: APPLICATION_ID,
      VONAGE_PRIVATE_KEY: pemOf(privateKey),
      VONAGE_INSIGHTS_URL: url,
    },
    isSignerOf: async (authorization = '') =>
      (await verify(authorization.replace(/^Bearer /, ''), publicKey, 'RS256', {
        currentDate: clock(),
      })) !== undefined,
  }
}

const pemOf = (key: KeyObject) => key.export(PEM).toString().replaceAll('\n', '\\n')

/** The id of a signed text (jti), when signature, claims and age are right. */
async function verify(
  jwt: string,
  key: KeyObject,
  algorithm: Algorithm,
  claims: { audience?: string; issuer?: string; subject?: string; currentDate: Date },
): Promise<string | undefined> {
  try {
    const { payload, protectedHeader } = await jwtVerify(jwt, key, {
      ...claims,
      algorithms: [algorithm],
      requiredClaims: ['exp', 'iat', 'jti'],
      maxTokenAge: ASSERTION_SECONDS,
    })
    const { exp = 0, iat = 0, jti, application_id: application } = payload
    const isOurs =
      claims.issuer === undefined ? application === APPLICATION_ID : protectedHeader.kid === KEY_ID
    return isOurs && exp - iat <= ASSERTION_SECONDS ? jti : undefined
  } catch {
    return undefined
  }
}
