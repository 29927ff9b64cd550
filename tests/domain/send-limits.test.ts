import { beforeEach, expect, it } from 'vitest'
import { type AnyAddress, blindIndexOf } from '@/lib/addresses'
import { resendCode } from '@/lib/challenges'
import {
  requestConfirmation,
  requestEmailConfirmation,
  requestPrimaryChange,
  requestRecoveryAddress,
  requestRemoval,
  requestReplacement,
} from '@/lib/contacts'
import { hashSecret } from '@/lib/platform/crypto'
import { pool } from '@/lib/platform/db'
import { done } from '@/lib/platform/result'
import { startReset } from '@/lib/recovery'
import type { Purpose } from '@/prisma/client/enums'
import {
  type Account,
  addRecoveriesWithCodes,
  callerOf,
  expectDone,
  forgetLimits,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
  PASSWORD,
  saveRecovery,
} from '../support/accounts'
import { codesTo } from '../support/outbox'
import { enter, newBrowser } from './device-actions'
import { start } from './reset-actions'

addRecoveriesWithCodes()

type Recoverable = Account & { recovery: AnyAddress }

beforeEach(() => forgetLimits())

/** The number of sends counted under a key. */
const sendsAt = (key: string) => pointsAt(`sendBurst:${key}`)

async function pointsAt(key: string): Promise<number> {
  const { rows } = await pool().query<{ points: number }>(
    'SELECT points FROM "RateLimit" WHERE key = $1',
    [key],
  )
  return rows[0]?.points ?? 0
}

const phoneProof = { proof: 'primary_phone' } as const

const OWN: [
  Purpose,
  (account: Recoverable) => Promise<unknown>,
  (account: Recoverable) => AnyAddress,
][] = [
  [
    'authorise_recovery',
    (account) => requestRecoveryAddress(callerOf(account), newPhone()),
    ({ phone }) => phone,
  ],
  [
    'remove_recovery',
    (account) => requestRemoval(callerOf(account), 'email'),
    ({ phone }) => phone,
  ],
  [
    'change_email',
    (account) =>
      requestPrimaryChange(callerOf(account), {
        address: newEmail(),
        password: PASSWORD,
        ...phoneProof,
      }),
    ({ phone }) => phone,
  ],
  [
    'replace_recovery',
    (account) => requestReplacement(callerOf(account), { address: newEmail(), ...phoneProof }),
    ({ phone }) => phone,
  ],
]

it.each(OWN)(
  'a code for %s, and one sent again, count at the customer, not at the address that receives them',
  async (purpose, request, to) => {
    const account = await makeRecoverable()
    await forgetLimits()
    expect(await request(account)).toEqual(done())
    const resent = await resendCode({ userId: account.userId }, purpose, newOrigin(), later(MINUTE))
    expect(resent).toEqual(done())
    const counted = [
      await sendsAt(`user:${account.userId}`),
      await sendsAt(blindIndexOf(to(account))),
    ]
    expect(counted).toEqual([2, 0])
  },
)

it('a code to an unconfirmed recovery address, the first one included, counts for that address', async () => {
  const account = await makeRecoverable()
  const added = newPhone()
  await saveRecovery(account, added)
  expect(await sendsAt(`new:${blindIndexOf(added)}`)).toBe(1)
  await forgetLimits()
  const caller = callerOf(account, later(2 * MINUTE))
  expect(await requestConfirmation(caller, 'phone')).toEqual(done())
  const whose = { userId: account.userId }
  await expectDone(resendCode(whose, 'confirm_recovery', newOrigin(), later(4 * MINUTE)))
  const counted = [
    await sendsAt(`user:${account.userId}`),
    await sendsAt(`new:${blindIndexOf(added)}`),
  ]
  expect(counted).toEqual([0, 2])
})

it('a code to an unconfirmed primary e-mail, and its resend, count for that address', async () => {
  const account = await makeRecoverable()
  await forgetLimits()
  expect(await requestEmailConfirmation(callerOf(account))).toEqual(done())
  const whose = { userId: account.userId }
  await expectDone(resendCode(whose, 'verify_email', newOrigin(), later(MINUTE)))
  const counted = [
    await sendsAt(`user:${account.userId}`),
    await sendsAt(`new:${blindIndexOf(account.email)}`),
  ]
  expect(counted).toEqual([0, 2])
})

it('the first code of a customer to a new address goes there, however many others have named it', async () => {
  const named = newEmail()
  for (let other = 0; other < 6; other++) await saveRecovery(await makeAccount(), named)
  expect(await codesTo(named)).toHaveLength(6)
  const owner = await makeAccount()
  await saveRecovery(owner, named)
  expect(await codesTo(named)).toHaveLength(7)
  const again = await requestConfirmation(callerOf(owner, later(2 * MINUTE)), 'email')
  expect(again).toMatchObject({ refusal: 'send_throttled' })
})

it('a code of a reset, and its resend, count for the typed identifier and the path', async () => {
  const account = await makeRecoverable()
  await forgetLimits()
  const { secret } = await expectDone(start(account.email, 'recovery'))
  await expectDone(resendCode({ secret }, 'reset_password', newOrigin(), later(MINUTE)))
  const identifier = blindIndexOf(account.email)
  const keys = [`sendBurst:user:${account.userId}`, `resetIdentifier:${identifier}:primary_phone`]
  expect(await Promise.all(keys.map(pointsAt))).toEqual([0, 0])
  expect(await pointsAt(`resetIdentifier:${identifier}:recovery`)).toBe(2)
})

it('a code of a reset on a known device, and its resend, count for the device and the path', async () => {
  const [account, browser] = [await makeAccount(), newBrowser()]
  await enter(account, browser)
  await forgetLimits()
  const origin = { ...newOrigin(), ...browser }
  const asked = { identifier: account.email, choice: 'primary_phone', locale: 'id' } as const
  const { secret } = await expectDone(startReset({ ...asked, origin, now: NOW }))
  await expectDone(resendCode({ secret }, 'reset_password', origin, later(MINUTE)))
  const [device = ''] = browser.deviceSecrets.map(hashSecret)
  expect(await sendsAt(`device:${device}:primary_phone`)).toBe(2)
  expect(await pointsAt(`resetIdentifier:${blindIndexOf(account.email)}:primary_phone`)).toBe(0)
})
