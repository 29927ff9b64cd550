import 'server-only'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { findConflicts } from './env-conflicts'
import { environmentSchema } from './env-schema'
import { findMissingForSignals } from './env-signals'

type Parsed = z.output<typeof environmentSchema>

/** The variables that each provider needs. Each missing one is a separate fault. */
const NEEDED = {
  resend: ['RESEND_API_KEY', 'EMAIL_FROM'],
  smtp: ['SMTP_URL', 'EMAIL_FROM'],
  twilio: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'],
  vonage: ['VONAGE_API_KEY', 'VONAGE_API_SECRET', 'VONAGE_FROM'],
} as const satisfies Record<string, readonly (keyof Parsed)[]>

/** The same for the providers of WhatsApp. */
const NEEDED_FOR_WHATSAPP = {
  meta: [
    'META_PHONE_NUMBER_ID',
    'META_ACCESS_TOKEN',
    'META_APP_SECRET',
    'META_VERIFY_TOKEN',
    'META_CODE_TEMPLATE',
    'META_NOTICE_TEMPLATE',
  ],
  twilio: [
    'TWILIO_ACCOUNT_SID',
    'TWILIO_AUTH_TOKEN',
    'TWILIO_WHATSAPP_FROM',
    'TWILIO_WHATSAPP_CODE_CONTENT',
    'TWILIO_WHATSAPP_NOTICE_CONTENT',
  ],
} as const satisfies Record<string, readonly (keyof Parsed)[]>

const LOOPBACK = '127.0.0.1'

const PROVIDERS = ['resend', 'smtp', 'twilio', 'vonage'] as const

/** `HOST`: the address to listen at; undefined for all of this machine. */
export type Env = Omit<Parsed, 'APP_ORIGIN'> & {
  APP_ORIGIN: string
  isEmbedded: boolean
  hasInbox: boolean
  /** Whether codes and notices can be sent by WhatsApp. */
  hasWhatsapp: boolean
}

type Source = Record<string, string | undefined>

/** The environment, parsed once. Throws one error that lists every fault, never a value. */
export function env(): Env {
  cached ??= readEnv(process.env)
  return cached
}
let cached: Env | undefined

/**
 * Parses variables. Without DATABASE_URL, the launcher's DATA_DIR/embedded.json provides the
 * missing ones.
 */
export function readEnv(given: Source): Env {
  const isEmbedded = !given.DATABASE_URL
  const source = withoutBlanks(
    isEmbedded ? { ...readEmbedded(given.DATA_DIR || '.data'), ...withoutBlanks(given) } : given,
  )
  const parsed = environmentSchema.safeParse(source)
  const malformed =
    parsed.error?.issues.map(
      (issue) => `${issue.path[0]?.toString()}: ${describe(issue, source)}`,
    ) ?? []
  const faults = [
    ...malformed,
    ...findMissing(source, isEmbedded),
    ...findConflicts(source, isEmbedded),
  ]
  if (!parsed.success || faults.length > 0) throw new EnvironmentFault(faults)
  const { EMAIL_PROVIDERS, SMS_PROVIDERS, WHATSAPP_PROVIDERS } = parsed.data
  const hasInbox = isEmbedded && !EMAIL_PROVIDERS && !SMS_PROVIDERS
  return {
    ...parsed.data,
    // The embedded product shows every code in its inbox, so other machines see it only on request.
    HOST: parsed.data.HOST ?? (isEmbedded ? LOOPBACK : undefined),
    APP_ORIGIN: parsed.data.APP_ORIGIN ?? `http://localhost:${parsed.data.PORT}`,
    isEmbedded,
    hasInbox,
    hasWhatsapp: hasInbox || WHATSAPP_PROVIDERS !== undefined,
  }
}

/**
 * Thrown when the environment is wrong; `message` is fit to print and holds no value of any
 * variable.
 */
export class EnvironmentFault extends Error {
  constructor(faults: readonly string[]) {
    super(
      `The environment has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    )
    this.name = 'EnvironmentFault'
  }
}

function describe(issue: z.core.$ZodIssue, source: Source) {
  return source[String(issue.path[0])] === undefined ? 'is required and not set' : issue.message
}

/** Reads the unparsed variables, so that missing ones are listed together with malformed ones. */
function findMissing(source: Source, isEmbedded: boolean) {
  const chosen = [...providersIn(source.EMAIL_PROVIDERS), ...providersIn(source.SMS_PROVIDERS)]
  const missing = chosen.flatMap((name) =>
    NEEDED[name]
      .filter((needed) => !source[needed])
      .map((needed) => `${needed}: is required by the provider ${name}`),
  )
  if (chosen.includes('twilio') && !source.TWILIO_FROM && !source.TWILIO_MESSAGING_SERVICE_SID)
    missing.push('TWILIO_FROM: is required by the provider twilio, or TWILIO_MESSAGING_SERVICE_SID')
  missing.push(...findMissingForWhatsapp(source), ...findMissingForSignals(source))
  const hasInbox = isEmbedded && !source.EMAIL_PROVIDERS && !source.SMS_PROVIDERS
  return hasInbox ? missing : [...missing, ...findMissingForProduction(source, isEmbedded)]
}

function findMissingForWhatsapp(source: Source) {
  const words = wordsIn(source.WHATSAPP_PROVIDERS)
  return (['meta', 'twilio'] as const)
    .filter((name) => words.includes(name))
    .flatMap((name) =>
      NEEDED_FOR_WHATSAPP[name]
        .filter((needed) => !source[needed])
        .map((needed) => `${needed}: is required by WhatsApp through ${name}`),
    )
}

function findMissingForProduction(source: Source, isEmbedded: boolean) {
  const missing: string[] = []
  if (!source.EMAIL_PROVIDERS)
    missing.push('EMAIL_PROVIDERS: is required (resend, smtp); no e-mail could be sent')
  if (!source.SMS_PROVIDERS)
    missing.push('SMS_PROVIDERS: is required (twilio, vonage); no SMS could be sent')
  if (!isEmbedded && !source.APP_ORIGIN)
    missing.push('APP_ORIGIN: is required with DATABASE_URL, such as https://akun.toko.example')
  return missing
}

const wordsIn = (list = '') => list.split(',').map((word) => word.trim())

function providersIn(list?: string) {
  const words = wordsIn(list)
  return PROVIDERS.filter((name) => words.includes(name))
}

function withoutBlanks(source: Source): Source {
  return Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
}

function readEmbedded(dataDir: string): Source {
  try {
    return z
      .record(z.string(), z.string())
      .parse(JSON.parse(readFileSync(path.join(dataDir, 'embedded.json'), 'utf8')))
  } catch {
    return {}
  }
}
