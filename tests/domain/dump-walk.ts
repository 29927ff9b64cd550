import { changePassword, logIn } from '@/lib/accounts'
import { type AnyAddress, blindIndexOf } from '@/lib/addresses'
import { resendCode } from '@/lib/challenges'
import { removeRecoveryAddress, requestRecoveryAddress, requestRemoval } from '@/lib/contacts'
import { pool } from '@/lib/platform/db'
import { passReset } from '@/lib/recovery'
import {
  addRecovery,
  callerOf,
  email,
  expectDone,
  expectSession,
  forgetLimits,
  later,
  MINUTE,
  makeAccount,
  NOW,
  newOrigin,
  OTHER_PASSWORD,
  PASSWORD,
  phone,
  saveRecovery,
} from '../support/accounts'
import { newestCode, wrongCode } from '../support/outbox'
import { useCare } from './care-walk'
import {
  complete as completeUnfreeze,
  freeze,
  makeGuarded,
  newestLink,
  verifiedUnfreeze,
} from './freeze-actions'
import { askForEmail, finishEmail, register, registered } from './registration-actions'
import { complete, completeWithCode, passedReset, start } from './reset-actions'
import { makeCode, passed, show } from './saved-code-actions'

const THIRD_PASSWORD = 'tujuh layangan putus benang'
export const [EMAIL, PHONE] = [
  email('Galuh.Candra+Belanja@Kirana-Wangi.example'),
  phone('081377788812'),
]
const [RECOVERY_EMAIL, RECOVERY_PHONE] = [
  email('ibunda.galuh@surya-mekar.example'),
  phone('085699911123'),
]
const [REMOVED, ASKED, UNKNOWN] = [
  email('salah.ketik@surya-mekar.example'),
  email('belum.tentu@kirana-wangi.example'),
  phone('087755566634'),
]
export const ADDRESSES: AnyAddress[] = [
  EMAIL,
  PHONE,
  RECOVERY_EMAIL,
  RECOVERY_PHONE,
  REMOVED,
  ASKED,
  UNKNOWN,
]
export const PASSWORDS = [PASSWORD, OTHER_PASSWORD, THIRD_PASSWORD]

/**
 * Walks through every flow once, including taken addresses, unknown accounts and mistakes. Returns
 * the secrets of the browsers.
 */
export async function useEverything() {
  const created = await registered({ email: EMAIL, phone: PHONE, name: 'Galuh Candra' })
  const asked = await expectDone(askForEmail(created))
  await expectDone(finishEmail(asked.secret, await newestCode(EMAIL)))
  const taken = await expectDone(register({ email: EMAIL, phone: PHONE }))
  const login = await expectSession(
    logIn({ identifier: PHONE.value, password: PASSWORD, origin: newOrigin(), now: NOW }),
  )
  await logIn({ identifier: EMAIL.value, password: THIRD_PASSWORD, origin: newOrigin(), now: NOW })
  await logIn({ identifier: UNKNOWN.value, password: PASSWORD, origin: newOrigin(), now: NOW })
  const account = {
    ...(await makeAccount()),
    email: EMAIL,
    phone: PHONE,
    userId: await ownerOf(PHONE),
  }
  await forgetLimits()
  await saveRecovery(account, REMOVED)
  await expectDone(requestRemoval(callerOf(account), 'email'))
  await expectDone(removeRecoveryAddress(callerOf(account), await newestCode(PHONE)))
  await forgetLimits()
  for (const address of [RECOVERY_EMAIL, RECOVERY_PHONE]) await addRecovery(account, address)
  const reset = await passedReset(account, 'recovery', RECOVERY_EMAIL)
  await expectDone(complete(reset))
  const { userId } = account
  const change = {
    userId,
    current: OTHER_PASSWORD,
    next: THIRD_PASSWORD,
    origin: newOrigin(),
    now: NOW,
  }
  const changed = await expectDone(changePassword(change))
  const decoy = await expectDone(start(UNKNOWN, 'recovery'))
  await forgetLimits()
  await requestRecoveryAddress(callerOf(account), ASKED)
  const open = await expectDone(start(EMAIL, 'primary_phone'))
  await expectDone(
    resendCode({ secret: open.secret }, 'reset_password', newOrigin(), later(MINUTE)),
  )
  await passReset(open.secret, wrongCode(await newestCode(PHONE)), newOrigin(), later(MINUTE))
  const [link, unfreeze] = await useLink()
  const [saved, next, savedReset] = await useSavedCode()
  return [
    ...(await useCare()),
    link,
    unfreeze,
    saved,
    next,
    savedReset,
    open.secret,
    created.secret,
    asked.secret,
    taken.secret,
    login.sessionSecret,
    reset,
    changed.sessionSecret,
    decoy.secret,
  ]
}

/** Another customer freezes the account with a link, and unfreezes it. */
async function useLink() {
  const account = await makeGuarded()
  const link = await newestLink(account.email)
  await expectDone(freeze(link, NOW))
  const unfreeze = await verifiedUnfreeze(account, NOW)
  await expectDone(completeUnfreeze(unfreeze, {}, THIRD_PASSWORD, NOW))
  return [link, unfreeze] as const
}

/** Another customer makes a saved code, and resets the password with it. */
async function useSavedCode() {
  const account = await makeAccount()
  const code = await makeCode(account)
  const secret = await passed(account, code)
  const made = await completeWithCode(secret)
  return [code, (await show(made)) ?? '', secret] as const
}

async function ownerOf(address: AnyAddress) {
  const { rows } = await pool().query<{ userId: string }>(
    'SELECT "userId" FROM "Address" WHERE "blindIndex" = $1',
    [blindIndexOf(address)],
  )
  return rows[0]?.userId ?? ''
}
