import { completeRegistration, type RegistrationRefusal, startRegistration } from '@/lib/accounts'
import type { Email, Phone } from '@/lib/addresses'
import type { Result } from '@/lib/platform/result'
import { NOW, newEmail, newOrigin, newPhone, PASSWORD } from '../support/accounts'

type Given = Partial<{
  name: string
  email: Email
  phone: Phone
  password: string
  secret: string
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
    now: NOW,
    ...given,
  }
  return startRegistration({ ...filled, locale: 'id', origin: newOrigin() })
}

export const finish = (secret: string, code: string, now = NOW) =>
  completeRegistration(secret, code, newOrigin(), now)
