import * as z from 'zod'
import { env } from '@/lib/platform/env'
import {
  type Answer,
  askWithKey,
  isOutage,
  isThrottled,
  isUnauthorised,
  postJson,
} from '@/lib/platform/http-client'
import type { RefusedPart } from '@/prisma/client/enums'
import { misconfigured, retry, welcomeBy } from './outcomes'
import type {
  CredentialCheck,
  Outcome,
  Provider,
  Rendered,
  SendOptions,
  Template,
} from './provider'

const accepted = z.object({ messages: z.array(z.object({ id: z.string() })).min(1) })
const refused = z.object({ error: z.object({ code: z.number() }) })

/**
 * The number has no WhatsApp, or Meta refuses to deliver to it: not reachable (131026), too many
 * messages of shops (131049), an experiment of Meta (130472), blocked by its owner (131050), our own
 * number (131021), not a recipient of a test number (131030).
 */
export const REJECTED_CODES = [131026, 131049, 130472, 131050, 131021, 131030]

/** More messages than our account or number may send, in all (131056: to this number). */
const THROTTLED_CODES = [4, 80007, 130429]
const PAIR_THROTTLED = 131056

/** Meta is down, or changes something. */
const OUTAGE_CODES = [1, 2, 131000, 131016, 131057]

const REFUSED_CODES: Record<RefusedPart, readonly number[]> = {
  key: [0, 3, 10, 190, 131005],
  sender: [33, 131045, 131048, 133004, 133010],
  account: [368, 131031, 131042],
  /** Missing, not in this language, paused, disabled, or with other parameters. */
  template: [132000, 132001, 132005, 132007, 132012, 132015, 132016],
}

/**
 * WhatsApp messages through the Cloud API of Meta, from approved templates: an authentication
 * template with a button that copies the code, and a utility template for notices. It has no idempotency
 * key: after a lost answer a message may arrive twice.
 */
export const meta: Provider = { name: 'meta', channel: 'whatsapp', send, probe }

async function send({ to, template }: Rendered, { signal }: SendOptions): Promise<Outcome> {
  if (!template) throw new Error('a WhatsApp message needs a template')
  const body = {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: to.value.replace(/^\+/, ''),
    type: 'template',
    template: templateOf(template),
  }
  const call = { body, authorization: authorisation(), signal }
  return judge(await postJson(numberUrl('/messages'), call))
}

/** The button of an authentication template repeats the code, which it copies. */
function templateOf({ name, locale, values }: Template) {
  const { META_CODE_TEMPLATE, META_NOTICE_TEMPLATE } = env()
  const parameters = values.map((text) => ({ type: 'text', text }))
  const body = { type: 'body', parameters }
  const button = { type: 'button', sub_type: 'url', index: '0', parameters }
  return {
    name: name === 'code' ? META_CODE_TEMPLATE : META_NOTICE_TEMPLATE,
    language: { code: locale },
    components: name === 'code' ? [body, button] : [body],
  }
}

async function probe(signal: AbortSignal): Promise<CredentialCheck> {
  const answer = await askWithKey(numberUrl('?fields=id'), authorisation(), signal)
  const code = refused.safeParse(answer.body).data?.error.code
  return code !== undefined && REFUSED_CODES.key.includes(code)
    ? 'misconfigured'
    : welcomeBy(answer)
}

function numberUrl(rest: string) {
  const { META_BASE_URL, META_PHONE_NUMBER_ID = '' } = env()
  return new URL(`${META_BASE_URL}/${META_PHONE_NUMBER_ID}${rest}`)
}

const authorisation = () => `Bearer ${env().META_ACCESS_TOKEN}`

/** The class of an error is in its code; its text quotes what was sent. */
function judge({ status, isOk, body, afterSeconds }: Answer): Outcome {
  const taken = accepted.safeParse(body).data?.messages[0]
  if (isOk && taken) return { kind: 'accepted', providerId: taken.id }
  const code = refused.safeParse(body).data?.error.code
  const reason = `meta ${status}${code === undefined ? '' : ` ${code}`}`
  if (code === undefined)
    return isUnauthorised(status)
      ? misconfigured('key', reason)
      : retry(reason, {
          afterSeconds,
          isOutage: isOutage(status),
          isThrottled: isThrottled(status),
        })
  if (REJECTED_CODES.includes(code)) return { kind: 'rejected', reason }
  const part = refusedPartOf(code)
  if (part) return misconfigured(part, reason)
  if (code === PAIR_THROTTLED) return retry(reason, { afterSeconds })
  return retry(reason, {
    afterSeconds,
    isOutage: OUTAGE_CODES.includes(code) || (isOutage(status) && !THROTTLED_CODES.includes(code)),
    isThrottled: THROTTLED_CODES.includes(code) || isThrottled(status),
  })
}

/** Which part of our configuration an error code refuses; undefined for other errors. */
export function refusedPartOf(code: number): RefusedPart | undefined {
  const parts = Object.keys(REFUSED_CODES) as RefusedPart[]
  const isPermission = code >= 200 && code <= 299
  return isPermission ? 'key' : parts.find((part) => REFUSED_CODES[part].includes(code))
}
