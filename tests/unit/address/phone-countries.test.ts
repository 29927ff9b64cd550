import { afterEach, describe, expect, it, vi } from 'vitest'
import { parsePhone } from '@/lib/addresses'

describe('the countries of SMS_COUNTRIES', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.resetModules()
  })

  const addressUnder = async (countries: string) => {
    vi.stubEnv('SMS_COUNTRIES', countries)
    vi.resetModules()
    return import('@/lib/addresses')
  }

  it('are Indonesia alone by default', () => {
    expect(parsePhone('0812 3456 7890').ok).toBe(true)
    expect(parsePhone('+65 8123 4567')).toEqual({ ok: false, refusal: 'phone_foreign' })
  })

  it('are accepted, and their numbers masked in international notation', async () => {
    const address = await addressUnder('ID,SG')
    const outcome = address.parsePhone('+65 8123 4567')
    expect(outcome).toEqual({ ok: true, value: { kind: 'phone', value: '+6581234567' } })
    expect(outcome.ok && address.maskAddress(outcome.value)).toBe('+65\u00a0••••\u00a04567')
    expect(outcome.ok && address.formatAddress(outcome.value)).toBe('+65 8123 4567')
  })

  it('are recognised without a plus when the number is no Indonesian one', async () => {
    const { parsePhone: parseThere } = await addressUnder('ID,SG')
    expect(parseThere('6591234568')).toMatchObject({ value: { value: '+6591234568' } })
    expect(parseThere('81234567890')).toMatchObject({ value: { value: '+6281234567890' } })
    expect(parseThere('06591234568')).toMatchObject({ ok: false })
    expect(parsePhone('6591234568')).toEqual({ ok: false, refusal: 'phone_landline' })
  })

  it('can be ones without a distinction of mobiles and landlines', async () => {
    const { parsePhone: parseThere } = await addressUnder('US')
    expect(parseThere('+1 415 555 2671').ok).toBe(true)
    expect(parseThere('+1 604 555 2671')).toEqual({ ok: false, refusal: 'phone_foreign' })
    expect(parseThere('0812 3456 7890')).toEqual({ ok: false, refusal: 'phone_foreign' })
    expect(parseThere('+1 200 555 0123')).toEqual({ ok: false, refusal: 'phone_malformed' })
  })

  it('have refusals for landlines and wrong lengths', async () => {
    const { parsePhone: parseThere } = await addressUnder('ID,SG,ZZ')
    expect(parseThere('+44 77')).toEqual({ ok: false, refusal: 'phone_foreign' })
    const words = ['+65 6234 5678', '+65 812', '+65 8123 4567 89012', '+65 1234 5678'].map((text) =>
      parseThere(text),
    )
    expect(words.map((outcome) => !outcome.ok && outcome.refusal)).toEqual([
      'phone_landline',
      'phone_too_short',
      'phone_too_long',
      'phone_malformed',
    ])
  })
})
