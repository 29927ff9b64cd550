import { generateKeyPairSync, KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readEnv } from '@/lib/platform/env'
import { faultOf, PRODUCTION } from './environments'

const FORM = { type: 'pkcs8', format: 'pem' } as const
const rsa = (modulusLength: number) =>
  generateKeyPairSync('rsa', { modulusLength }).privateKey.export(FORM).toString()
const curve = (namedCurve: string) =>
  generateKeyPairSync('ec', { namedCurve }).privateKey.export(FORM).toString()

const KEYS = { p256: curve('P-256'), p384: curve('P-384'), rsa: rsa(2048), short: rsa(1024) }

const CAMARA = {
  NUMBER_SIGNALS: 'camara',
  CAMARA_API_ROOT: 'https://api.operator.example/camara',
  CAMARA_TOKEN_URL: 'https://auth.operator.example/token',
  CAMARA_CLIENT_ID: 'shop',
  CAMARA_PRIVATE_KEY: KEYS.p256,
  CAMARA_KEY_ID: 'k1',
}
const VONAGE = {
  NUMBER_SIGNALS: 'vonage',
  VONAGE_APPLICATION_ID: 'aaaaaaaa-bbbb-cccc-dddd-0123456789ab',
  VONAGE_PRIVATE_KEY: KEYS.rsa,
}

describe('the signals of mobile operators', () => {
  it('are off unless a provider is named', () => {
    expect(readEnv(PRODUCTION).NUMBER_SIGNALS).toBe('none')
    expect(faultOf({ NUMBER_SIGNALS: 'telkom' })).toContain('NUMBER_SIGNALS: must be none, camara')
  })

  it.each([
    ['camara', CAMARA],
    ['vonage', VONAGE],
  ])('of %s require its variables', (name, variables) => {
    expect(faultOf(variables)).toBe('')
    const { NUMBER_SIGNALS: _, ...needed } = variables
    const fault = faultOf({ NUMBER_SIGNALS: name })
    for (const variable of Object.keys(needed))
      expect(fault).toContain(`${variable}: is required by NUMBER_SIGNALS=${name}`)
  })

  it('list a missing variable together with a malformed one', () => {
    const fault = faultOf({ ...CAMARA, CAMARA_CLIENT_ID: '', CAMARA_TOKEN_URL: 'ftp://x.example' })
    expect(fault).toContain('CAMARA_CLIENT_ID: is required')
    expect(fault).toContain('CAMARA_TOKEN_URL: must be an https:// URL')
  })

  it.each(['CAMARA_API_ROOT', 'CAMARA_TOKEN_URL', 'VONAGE_INSIGHTS_URL'])(
    'go to %s with TLS, except on this machine',
    (name) => {
      for (const url of [
        'http://operator.example',
        'http://10.0.0.1/x',
        'http://localhost.example',
      ])
        expect(faultOf({ [name]: url })).toContain(`${name}: must begin with https://`)
      for (const url of ['https://operator.example:8443/x', 'http://127.0.0.1:9', 'http://[::1]:9'])
        expect(faultOf({ [name]: url })).toBe('')
      expect(faultOf({ [name]: 'https://operator.example/?a=1' })).toContain(`${name}: must have`)
    },
  )

  it('take one purpose', () => {
    for (const purpose of ['FraudPreventionAndDetection', 'dpv:One dpv:Two', 'dpv:'])
      expect(faultOf({ CAMARA_PURPOSE: purpose })).toContain('CAMARA_PURPOSE: must be a purpose')
    expect(faultOf({ CAMARA_PURPOSE: 'dpv:FraudPreventionAndDetection' })).toBe('')
  })

  it('take a key on one line or on several, and keep it as an object that prints nothing', () => {
    for (const pem of [KEYS.p256, KEYS.rsa, KEYS.p256.replaceAll('\n', '\\n')]) {
      const { CAMARA_PRIVATE_KEY } = readEnv({ ...PRODUCTION, ...CAMARA, CAMARA_PRIVATE_KEY: pem })
      expect(CAMARA_PRIVATE_KEY).toBeInstanceOf(KeyObject)
      expect(JSON.stringify(CAMARA_PRIVATE_KEY)).toBe('{}')
    }
  })

  it.each([
    ['CAMARA_PRIVATE_KEY', 'another curve', KEYS.p384],
    ['CAMARA_PRIVATE_KEY', 'a short RSA key', KEYS.short],
    ['CAMARA_PRIVATE_KEY', 'no key', 'very secret'],
    ['VONAGE_PRIVATE_KEY', 'a key of a curve', KEYS.p256],
    ['VONAGE_PRIVATE_KEY', 'a short RSA key', KEYS.short],
  ])('refuse as %s %s, and do not show it', (name, _, pem) => {
    const fault = faultOf({ [name]: pem })
    expect(fault).toContain(`${name}: must be a private key in PEM`)
    expect(fault).not.toContain(pem.split('\n')[1] ?? pem)
  })
})
