import { findDevices, logIn } from '@/lib/accounts'
import { db } from '@/lib/platform/db'
import { type Account, expectDone, NOW, newOrigin, PASSWORD } from '../support/accounts'
import { kindsTo } from '../support/outbox'

/** A browser: the secrets of its device cookie. */
export type Browser = { deviceSecrets: string[] }
export const newBrowser = (): Browser => ({ deviceSecrets: [] })

export const tryLogIn = (
  { email }: Pick<Account, 'email'>,
  browser: Browser,
  password = PASSWORD,
  now = NOW,
) => logIn({ identifier: email.value, password, origin: { ...newOrigin(), ...browser }, now })

/** Logs in and keeps the cookie, as a browser does. */
export async function enter(account: Account, browser: Browser) {
  const outcome = await expectDone(tryLogIn(account, browser))
  if (!('session' in outcome)) throw new Error('the account is frozen')
  browser.deviceSecrets = outcome.deviceSecrets
  return outcome.session
}

/** Whether the browser is a known device of the account. */
export async function knows({ userId }: Account, { deviceSecrets }: Browser) {
  const devices = await findDevices(db(), { ...newOrigin(), deviceSecrets })
  return devices.some((device) => device.userId === userId)
}

export const newDeviceNotices = async ({ email }: Account) =>
  (await kindsTo(email)).filter((kind) => kind === 'notice.new_device').length

/** Fails until the account's attempts for unknown browsers are used up. */
export async function useUpByStrangers(account: Account) {
  await db().failureCount.create({
    data: {
      account: account.userId,
      path: 'password',
      scope: 'unknown',
      failures: 60,
      updatedAt: NOW,
    },
  })
}
