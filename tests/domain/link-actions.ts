import type { AnyAddress } from '@/lib/addresses'
import { passReset, type ResetChoice, startResetByLink } from '@/lib/recovery'
import { type Account, expectDone, NOW, newOrigin } from '../support/accounts'
import { runReports } from '../support/jobs'
import { messagesTo, newestCode, wrongCode } from '../support/outbox'
import { start } from './reset-actions'

/** A stranger enters five wrong codes at one path, of which the owner is notified. */
export async function attack(account: Account, now = NOW) {
  const { secret } = await expectDone(start(account.email, 'primary_phone', now))
  const wrong = wrongCode(await newestCode(account.phone))
  for (let attempt = 0; attempt < 5; attempt++) await passReset(secret, wrong, newOrigin(), now)
  await runReports()
}

/** The newest reset link that an address received. */
export async function linkOf(address: AnyAddress): Promise<string> {
  for (const { content } of await messagesTo(address))
    if (content.kind === 'notice' && content.resetLink) return content.resetLink
  throw new Error('no link was sent')
}

/** Begins a reset by a link; with the `secret` of an earlier one, in the same browser. */
export const begin = (
  token: string,
  choice: ResetChoice = 'primary_phone',
  now = NOW,
  secret = '',
) => startResetByLink(token, { choice, secret, locale: 'id', origin: newOrigin(), now })
