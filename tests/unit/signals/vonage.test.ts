import { decodeJwt, decodeProtectedHeader } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import type { SignalAnswer } from '@/lib/signals'
import {
  ask,
  askOwnOperator,
  askYearly,
  NOTHING_KNOWN,
  NUMBER,
  operator,
  use,
} from './operator-actions'

askOwnOperator()

beforeEach(() => use(operator().vonageEnvironment))

describe('Identity Insights of Vonage', () => {
  it.each([
    [false, 'no'],
    [true, 'yes'],
  ])(
    'with a swapped SIM %j is %s, and says nothing about recycling',
    async (swapped, simSwapped) => {
      operator().answer(NUMBER, { swapped, recycled: true })
      expect(await ask()).toEqual({ simSwapped, recycled: 'unknown' })
      expect(await askYearly()).toBe('unknown')
    },
  )

  it('receive one insight, a period and a purpose, and no token is requested', async () => {
    await ask()
    expect(operator().requests.map(({ endpoint, fields }) => [endpoint, fields])).toEqual([
      [
        'insights',
        {
          phone_number: NUMBER.slice(1),
          purpose: 'FraudPreventionAndDetection',
          insights: { sim_swap: { period: 72 } },
        },
      ],
    ])
  })

  it('receive a request that our application has signed, for a minute', async () => {
    await ask()
    const jwt = operator().requests[0]?.headers.authorization?.replace('Bearer ', '') ?? ''
    expect(decodeProtectedHeader(jwt)).toEqual({ alg: 'RS256', typ: 'JWT' })
    const { application_id: application, exp = 0, iat = 0 } = decodeJwt(jwt)
    expect(application).toBe(operator().vonageEnvironment.VONAGE_APPLICATION_ID)
    expect(exp - iat).toBe(60)
  })

  it.each([
    'NO_COVERAGE',
    'NOT_FOUND',
    'UNAUTHORIZED',
    'INVALID_PURPOSE',
    'SUPPLIER_ERROR',
    'INTERNAL_ERROR',
  ])('are unknown with the status %s', async (insight) => {
    operator().answer(NUMBER, { swapped: true, insight })
    expect(await ask()).toEqual(NOTHING_KNOWN)
  })

  const insight = (fields: object) => ({ insights: { sim_swap: fields } })
  const OK = { code: 'OK', message: 'Success' }

  it.each<[object | string, SignalAnswer]>([
    [insight({ is_swapped: 'true', status: OK }), 'unknown'],
    [insight({ is_swapped: true, status: { code: 'NO_COVERAGE' } }), 'unknown'],
    [insight({ is_swapped: true }), 'unknown'],
    [insight({ status: OK }), 'unknown'],
    [{ insights: {} }, 'unknown'],
    [insight({ is_swapped: true, status: OK }), 'yes'],
  ])('with the answer %j are %s', async (body, expected) => {
    operator().modes.insights = { status: 200, body }
    expect((await ask()).simSwapped).toBe(expected)
  })

  it.each([401, 402, 403, 422, 429, 500, 503])('are unknown after a status %i', async (status) => {
    operator().modes.insights = { status, body: { title: 'Text' } }
    expect(await ask()).toEqual(NOTHING_KNOWN)
  })

  it('do not follow a redirect, which would take the number elsewhere', async () => {
    const headers = { location: `${operator().url}/elsewhere` }
    operator().modes.insights = { status: 307, headers }
    expect(await ask()).toEqual(NOTHING_KNOWN)
    expect(operator().askedOf('other')).toEqual([])
  })

  it('refuse another key', async () => {
    const { startOperator } = await import('@/tests/support/operator')
    const stranger = await startOperator()
    await stranger.close()
    use({ VONAGE_PRIVATE_KEY: stranger.vonageEnvironment.VONAGE_PRIVATE_KEY ?? '' })
    expect(await ask()).toEqual(NOTHING_KNOWN)
  })
})
