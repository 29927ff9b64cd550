import { createPrivateKey, type KeyObject } from 'node:crypto'
import * as z from 'zod'
import { isOpenHttp } from './env-urls'

type Source = Record<string, string | undefined>

const RSA_LEAST_BITS = 2048

/** A URL to which keys and numbers go: with TLS, except on this machine. */
const privateUrl = z
  .url({ protocol: /^https?$/, error: 'must be an https:// URL' })
  .refine((text) => !isOpenHttp(text), 'must begin with https://, except on localhost')
  .refine(
    (text) => !URL.canParse(text) || (new URL(text).search === '' && !text.includes('#')),
    'must have nothing after its path',
  )

/** A private key in PEM, whose lines may end in `\n` as two characters. No message shows it. */
const privateKey = (isFit: (key: KeyObject) => boolean, fault: string) =>
  z.string().transform((text, context) => {
    const key = readKey(text.replaceAll('\\n', '\n'))
    if (key && isFit(key)) return key
    context.addIssue(fault)
    return z.NEVER
  })

function readKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}

function isRsa({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject) {
  return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= RSA_LEAST_BITS
}

/** The curve of ES256. */
function isP256({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject) {
  return asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1'
}

/** The variables of the questions to mobile operators. */
export const signalVariables = {
  NUMBER_SIGNALS: z
    .enum(['none', 'camara', 'vonage'], 'must be none, camara or vonage')
    .default('none'),
  CAMARA_API_ROOT: privateUrl.optional(),
  CAMARA_TOKEN_URL: privateUrl.optional(),
  CAMARA_CLIENT_ID: z.string().optional(),
  CAMARA_PRIVATE_KEY: privateKey(
    (key) => isP256(key) || isRsa(key),
    'must be a private key in PEM (PKCS#8): P-256, or RSA of at least 2048 bits',
  ).optional(),
  CAMARA_KEY_ID: z.string().optional(),
  CAMARA_AUDIENCE: z.string().optional(),
  CAMARA_PURPOSE: z
    .string()
    .regex(/^dpv:\w{1,80}$/, 'must be a purpose such as dpv:FraudPreventionAndDetection')
    .optional(),
  VONAGE_APPLICATION_ID: z.guid('must be the id of an application: a UUID').optional(),
  VONAGE_PRIVATE_KEY: privateKey(
    isRsa,
    'must be a private key in PEM (PKCS#8): RSA of at least 2048 bits',
  ).optional(),
  VONAGE_INSIGHTS_URL: privateUrl.default('https://api-eu.vonage.com'),
}

/** The variables that each provider needs. Each missing one is a separate fault. */
const NEEDED = {
  camara: [
    'CAMARA_API_ROOT',
    'CAMARA_TOKEN_URL',
    'CAMARA_CLIENT_ID',
    'CAMARA_PRIVATE_KEY',
    'CAMARA_KEY_ID',
  ],
  vonage: ['VONAGE_APPLICATION_ID', 'VONAGE_PRIVATE_KEY'],
} as const satisfies Record<string, readonly (keyof typeof signalVariables)[]>

/** Reads the unparsed variables, so that missing ones are listed together with malformed ones. */
export function findMissingForSignals(source: Source): string[] {
  return (['camara', 'vonage'] as const)
    .filter((name) => source.NUMBER_SIGNALS === name)
    .flatMap((name) =>
      NEEDED[name]
        .filter((needed) => !source[needed])
        .map((needed) => `${needed}: is required by NUMBER_SIGNALS=${name}`),
    )
}
