import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  ALL_WELL,
  ask,
  askOwnOperator,
  askYearly,
  counts,
  NOTHING_KNOWN,
  operator,
  phone,
  use,
} from './operator-actions'

askOwnOperator()

afterEach(() => {
  vi.useRealTimers()
})

const NUMBERS = Array.from({ length: 8 }, (_, index) => phone(index))
const assertions = () =>
  operator()
    .askedOf('token')
    .map(({ fields }) => String(fields.client_assertion))

describe('the token of an API', () => {
  it('is requested once for all who wait for it, and used again', async () => {
    const answers = await Promise.all(NUMBERS.map((number) => askYearly(number)))
    expect(answers).toEqual(NUMBERS.map(() => 'no'))
    expect(await askYearly()).toBe('no')
    expect(counts('token', 'recycling')).toEqual([1, 9])
  })

  it('has the scopes of that API alone', async () => {
    await ask()
    const scopes = operator().askedOf('token')
    expect(scopes.map(({ fields }) => fields.scope).sort()).toEqual([
      'number-recycling:check',
      'sim-swap:check sim-swap:retrieve-date',
    ])
  })

  it('has the purpose that the operator asks for, before them', async () => {
    const purpose = 'dpv:FraudPreventionAndDetection'
    operator().tokens.granted.push(purpose)
    use({ CAMARA_PURPOSE: purpose })
    expect(await askYearly()).toBe('no')
    const [token] = operator().askedOf('token')
    expect(token?.fields.scope).toBe(`${purpose} number-recycling:check`)
  })

  it('is not needed for the other API', async () => {
    operator().tokens.granted = ['sim-swap:check', 'sim-swap:retrieve-date']
    expect(await ask()).toEqual({ simSwapped: 'no', recycled: 'unknown' })
  })

  it('is replaced shortly before it ends', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    operator().tokens.lifetimeSeconds = 60
    await askYearly(phone(1))
    vi.advanceTimersByTime(29_000)
    await askYearly(phone(2))
    expect(counts('token')).toEqual([1])
    vi.advanceTimersByTime(2_000)
    await askYearly(phone(3))
    expect(counts('token')).toEqual([2])
  })

  it('is replaced once for all when it ends before its time', async () => {
    await askYearly()
    operator().tokens.revoke()
    const answers = await Promise.all(NUMBERS.map((number) => askYearly(number)))
    expect(answers).toEqual(NUMBERS.map(() => 'no'))
    expect(counts('token', 'recycling')).toEqual([2, 1 + 2 * NUMBERS.length])
  })

  it('is replaced only once for each question', async () => {
    operator().modes.recycling = { status: 401, code: 'UNAUTHENTICATED' }
    expect(await askYearly()).toBe('unanswered')
    expect(counts('token', 'recycling')).toEqual([2, 2])
  })

  it('may come without its lifetime', async () => {
    const body = { access_token: 'not-one-of-ours', token_type: 'bearer' }
    operator().modes.token = { status: 200, body }
    expect(await askYearly()).toBe('unanswered')
    expect(operator().askedOf('recycling')[0]?.headers.authorization).toBe('Bearer not-one-of-ours')
  })

  it.each([
    { status: 400, body: { error: 'invalid_scope' } },
    { status: 401, body: { error: 'invalid_client' } },
    { status: 429, body: {} },
    { status: 500, body: {} },
    { status: 200, body: {} },
    { status: 200, body: { access_token: 7, token_type: 'Bearer' } },
    { status: 200, body: { access_token: 'a\r\nb', token_type: 'Bearer' } },
  ])('is not there after %j', async (mode) => {
    operator().modes.token = mode
    expect(await ask()).toEqual(NOTHING_KNOWN)
    expect(counts('check', 'recycling')).toEqual([0, 0])
  })
})

describe('the signed request for a token', () => {
  it('names us and the token endpoint, lives for minutes, and is never repeated', async () => {
    await ask()
    const [one = '', other = ''] = assertions()
    expect(decodeProtectedHeader(one)).toMatchObject({ alg: 'ES256', kid: 'key-of-the-shop' })
    const claims = decodeJwt(one)
    expect(claims).toMatchObject({ iss: 'shop', sub: 'shop', aud: `${operator().url}/token` })
    expect((claims.exp ?? 0) - Date.now() / 1_000).toBeLessThan(120)
    expect(claims.jti).not.toBe(decodeJwt(other).jti)
  })

  it('may be addressed to a name that the operator chooses', async () => {
    operator().tokens.audience = 'https://operator.example'
    expect(await ask()).toEqual(NOTHING_KNOWN)
    use({ CAMARA_AUDIENCE: 'https://operator.example' })
    expect(await ask()).toEqual(ALL_WELL)
  })

  it('is refused with another key, and the second time', async () => {
    await askYearly()
    const [first] = operator().askedOf('token')
    const body = new URLSearchParams(
      Object.entries(first?.fields ?? {}).map(([name, value]) => [name, String(value)]),
    )
    const again = await fetch(`${operator().url}/token`, { method: 'POST', body })
    expect(again.status).toBe(401)
    const { startOperator } = await import('@/tests/support/operator')
    const stranger = await startOperator()
    use({ CAMARA_PRIVATE_KEY: stranger.environment.CAMARA_PRIVATE_KEY ?? '' })
    expect(await askYearly()).toBe('unanswered')
    await stranger.close()
  })
})
