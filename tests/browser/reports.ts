import { origin } from '../support/running'
import {
  metaBatch,
  metaRequest,
  resendRequest,
  signTwilio,
  twilioFields,
} from '../support/webhooks'

/** Posts a report as a provider does, and returns the status of the answer. */
export async function tellTwilio(sid: string, status: string, signing: { token?: string } = {}) {
  const fields = twilioFields(sid, status, status === 'delivered' ? [] : [['ErrorCode', '30003']])
  const signature = signTwilio(fields, { url: `${origin()}/webhooks/twilio`, ...signing })
  const headers = { 'x-twilio-signature': signature }
  return (
    await fetch(`${origin()}/webhooks/twilio`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
    })
  ).status
}

export async function tellResend(body: string, signing: Parameters<typeof resendRequest>[1] = {}) {
  const { headers } = resendRequest(body, signing)
  return (await fetch(`${origin()}/webhooks/resend`, { method: 'POST', body, headers })).status
}

export async function tellMeta(id: string, status: string) {
  const body = metaBatch([{ id, status, errors: [{ code: 131026 }] }])
  const { headers } = metaRequest(body)
  return (await fetch(`${origin()}/webhooks/whatsapp`, { method: 'POST', body, headers })).status
}
