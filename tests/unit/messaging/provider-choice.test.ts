import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { environmentOf } from '@/tests/support/provider-environment'

beforeEach(() => {
  for (const [name, value] of Object.entries(environmentOf('http://127.0.0.1:1')))
    vi.stubEnv(name, value)
  vi.resetModules()
})

afterEach(() => vi.unstubAllEnvs())

describe('the providers of a channel', () => {
  const namesOf = async (channel: 'email' | 'sms') => {
    const { providersOf } = await import('@/lib/messaging/providers')
    return providersOf(channel).map(({ name }) => name)
  }

  it('are those of the configuration in its order', async () => {
    vi.stubEnv('SMS_PROVIDERS', 'vonage,twilio')
    expect(await namesOf('sms')).toEqual(['vonage', 'twilio'])
    expect(await namesOf('email')).toEqual(['resend'])
  })

  it('are the local inbox when none is configured', async () => {
    vi.stubEnv('SMS_PROVIDERS', '')
    vi.stubEnv('EMAIL_PROVIDERS', '')
    expect(await namesOf('sms')).toEqual(['inbox'])
  })
})
