import { describe, expect, it, vi } from 'vitest'
import { readWait } from '@/lib/platform/http-client'
import { deliver, fakes, MAIL, resend, SMS, twilio, vonage } from './provider-actions'

describe('every provider', () => {
  const cases = [
    { name: 'twilio', load: twilio, rendered: SMS },
    { name: 'vonage', load: vonage, rendered: SMS },
    { name: 'resend', load: resend, rendered: MAIL },
  ] as const

  it.each(cases)(
    '$name: an accepted message has the id of the provider',
    async ({ load, rendered }) => {
      const outcome = await (await load()).send(rendered, deliver())
      expect(outcome).toEqual({ kind: 'accepted', providerId: expect.stringMatching(/^\S{30,}$/) })
      expect(fakes().received).toHaveLength(1)
      expect(fakes().received[0]?.text).toBe(rendered.text)
    },
  )

  it.each(cases)(
    '$name: an outage or a malformed answer is retried, and its text is not stored',
    async ({ name, load, rendered }) => {
      for (const status of [500, 502, 404]) {
        fakes().answers[name] = { status, body: `${rendered.to.value} is not served` }
        const outcome = await (await load()).send(rendered, deliver())
        expect(outcome.kind).toBe('retry')
        expect(JSON.stringify(outcome)).not.toContain(rendered.to.value)
      }
    },
  )

  it.each(cases.slice(0, 2))(
    '$name: a redirect is not followed',
    async ({ name, load, rendered }) => {
      fakes().answers[name] = {
        status: 307,
        body: {},
        headers: { location: `${fakes().url}/emails` },
      }
      expect((await (await load()).send(rendered, deliver())).kind).toBe('retry')
      expect(fakes().received).toHaveLength(1)
    },
  )

  it.each(cases.slice(0, 2))(
    '$name: an endless answer is abandoned',
    async ({ name, load, rendered }) => {
      fakes().answers[name] = { status: 200, body: 'x'.repeat(100_000) }
      await expect((await load()).send(rendered, deliver())).rejects.toThrow()
    },
  )

  it.each(cases)(
    '$name: a throttled request is retried no sooner than requested',
    async ({ name, load, rendered }) => {
      fakes().answers[name] = {
        status: 429,
        body: { statusCode: 429, name: 'rate_limit_exceeded', message: 'none', code: 20429 },
        headers: { 'retry-after': '7' },
      }
      const outcome = await (await load()).send(rendered, deliver())
      expect(outcome).toMatchObject({ kind: 'retry', afterSeconds: 7, isThrottled: true })
      expect(outcome).not.toHaveProperty('isOutage')
    },
  )

  it.each<[string, Record<string, string>, number | undefined]>([
    ['a date', { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() }, 3_600],
    ['a rate-limit header', { 'ratelimit-reset': '3' }, 3],
    ['Retry-After before a rate-limit header', { 'retry-after': '9', 'ratelimit-reset': '3' }, 9],
    ['nothing readable', { 'retry-after': 'soon' }, undefined],
  ])('the time that a provider asks for is read from %s', (_, headers, seconds) => {
    const wait = readWait(headers)
    expect(wait && Math.abs(wait - (seconds ?? 0)) <= 60).toBe(seconds && true)
  })

  it.each(cases)(
    '$name: a fault of the provider is an outage, a fault of ours or of the message is not',
    async ({ name, load, rendered }) => {
      const isOutage = async (status: number) => {
        fakes().answers[name] = {
          status,
          body: { statusCode: status, name: 'any_error', message: 'any', code: 1 },
        }
        const outcome = await (await load()).send(rendered, deliver())
        return outcome.kind === 'retry' && outcome.isOutage === true
      }
      for (const status of [500, 503])
        expect([status, await isOutage(status)]).toEqual([status, true])
      for (const status of [400, 401, 403, 404, 429])
        expect([status, await isOutage(status)]).toEqual([status, false])
    },
  )

  it.each(cases)(
    '$name: an unknown key is a misconfiguration, and rejects no message',
    async ({ name, load, rendered }) => {
      for (const status of [401, 403]) {
        const body = {
          statusCode: status,
          name: 'invalid_api_key',
          message: 'API key is invalid',
          code: 20003,
        }
        fakes().answers[name] = { status, body }
        expect(await (await load()).send(rendered, deliver())).toMatchObject({
          kind: 'misconfigured',
          refuses: 'key',
        })
      }
    },
  )

  it.each(cases)('$name: the check of our key sends no message', async ({ name, load }) => {
    const probe = async () => (await load()).probe?.(new AbortController().signal)
    expect(await probe()).toBe('welcome')
    for (const [status, welcome] of [
      [401, 'misconfigured'],
      [403, 'misconfigured'],
      [503, 'unknown'],
    ] as const) {
      fakes().answers[name] = { status, body: {} }
      expect([status, await probe()]).toEqual([status, welcome])
    }
    expect(fakes().received).toEqual([])
  })

  it.each(cases)('$name: a refused connection is an outage', async ({ load, rendered }) => {
    await fakes().close()
    const outcome = (await load()).send(rendered, deliver())
    expect(await outcome.catch(() => ({ kind: 'retry' }))).toMatchObject({ kind: 'retry' })
  })

  it.each(cases)('$name: an aborted attempt ends at once', async ({ name, load, rendered }) => {
    fakes().answers[name] = 'hang'
    const cut = new AbortController()
    const outcome = (await load())
      .send(rendered, deliver(600, cut.signal))
      .catch(() => ({ kind: 'retry' }))
    await vi.waitFor(() => expect(fakes().received).toHaveLength(1), 10_000)
    cut.abort()
    expect(await outcome).toMatchObject({ kind: 'retry' })
  })
})
