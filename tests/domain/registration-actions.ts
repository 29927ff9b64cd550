import { completeRegistration, type RegistrationRefusal, startRegistration } from '@/lib/accounts'
import type { Email, Phone } from '@/lib/addresses'
import { confirmRegistrationEmail, requestRegistrationEmail } from '@/lib/contacts'
import type { Locale } from '@/lib/platform/locale'
import type { Origin } from '@/lib/platform/origin'
import type { GivenProof } from '@/lib/platform/proof-of-work'
import type { Result } from '@/lib/platform/result'
import { expectDone, NOW, newEmail, newOrigin, newPhone, PASSWORD } from '../support/accounts'
import { newestCode } from '../support/outbox'

type Given = Partial<{
  name: string
  email: Email
  phone: Phone
  password: string
  secret: string
  origin: Origin
  proof: GivenProof
  phoneChannel: 'whatsapp' | 'sms'
  locale: Locale
  now: Date
}>

export function register(
  given: Given = {},
): Promise<Result<{ secret: string }, RegistrationRefusal>> {
  const filled = {
    name: 'Budi Santoso',
    email: newEmail(),
    phone: newPhone(),
    password: PASSWORD,
    origin: newOrigin(),
    locale: 'id' as const,
    now: NOW,
    ...given,
  }
  return startRegistration(filled)
}

export const finish = (secret: string, code: string, now = NOW, origin = newOrigin()) =>
  completeRegistration(secret, code, origin, now)

/** An account that a registration has just created. */
export async function registered(given: Given = {}) {
  const [email, phone] = [given.email ?? newEmail(), given.phone ?? newPhone()]
  const { secret } = await expectDone(register({ ...given, email, phone }))
  const { userId } = await expectDone(finish(secret, await newestCode(phone)))
  return { email, phone, secret, userId }
}

/** Asks the browser of a registration for the code at the e-mail of the new account. */
export const askForEmail = (account: { userId: string; email: Email }, now = NOW) => {
  const { userId, email } = account
  return requestRegistrationEmail({ userId, email, locale: 'id', origin: newOrigin(), now })
}

export const finishEmail = (secret: string, code: string, now = NOW) =>
  confirmRegistrationEmail(secret, code, { origin: newOrigin(), now })
