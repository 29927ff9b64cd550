import { describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import {
  type Account,
  expectDone,
  makeAccount,
  makeRecoverable,
  NOW,
  OTHER_PASSWORD,
  PASSWORD,
  signIn,
} from '../support/accounts'
import { logOf, securityLines } from '../support/log-lines'
import { enter, newBrowser } from './device-actions'
import { change } from './password-actions'
import { complete, passedReset } from './reset-actions'

const saidBy = async (work: () => unknown) =>
  securityLines(await logOf(work)).map(({ event, reason, subject, change: changed }) =>
    [event, reason ?? subject ?? changed].join(' '),
  )

const PATHS = ['password', 'primary_phone', 'recovery', 'saved_code']

/** Counts a wrong answer of a stranger for each path of an account. */
const countFailures = ({ userId }: Account) =>
  db().failureCount.createMany({
    data: PATHS.map((path) => ({
      account: userId,
      path,
      scope: 'unknown',
      failures: 1,
      updatedAt: NOW,
    })),
  })

const countedOf = async ({ userId }: Account) => {
  const rows = await db().failureCount.findMany({ where: { account: userId } })
  return rows.map(({ path }) => path).toSorted()
}

describe('the failures that are counted of an account', () => {
  it.each([
    ['primary_phone', ['recovery', 'saved_code']],
    ['recovery', ['primary_phone', 'saved_code']],
  ] as const)('are forgotten by a reset for its path %s and the password', async (path, left) => {
    const account = await makeRecoverable()
    const secret = await passedReset(
      account,
      path,
      path === 'recovery' ? account.recovery : account.phone,
    )
    await countFailures(account)
    await expectDone(complete(secret))
    expect(await countedOf(account)).toEqual(left)
  })

  it('are kept by a change of the password, but for those of the password that was right', async () => {
    const account = await makeAccount()
    await countFailures(account)
    await expectDone(change(account))
    expect(await countedOf(account)).toEqual(['primary_phone', 'recovery', 'saved_code'])
  })
})

describe('R61 the log of a new password', () => {
  it('of the owner names the sessions and devices that ended, and no restriction', async () => {
    const account = await makeAccount()
    await enter(account, newBrowser())
    const said = await saidBy(() => expectDone(change(account)))
    expect(said).toContain('session_expired revoked')
    expect(said).toContain('authn_token_revoked device')
    expect(said).not.toContain('authz_change restricted')
  })

  it('names no session and no device where there was none', async () => {
    const account = await makeAccount()
    const said = await saidBy(() => expectDone(change(account)))
    expect(said).not.toContain('session_expired revoked')
    expect(said).not.toContain('authn_token_revoked device')
    await signIn(account.userId)
    expect(await saidBy(() => change(account, OTHER_PASSWORD, PASSWORD))).toContain(
      'session_expired revoked',
    )
  })

  it.each([
    ['password_wrong', 'bukan ini', OTHER_PASSWORD],
    ['password_same', PASSWORD, PASSWORD],
    ['password_common', PASSWORD, 'password1'],
  ])('says that it was refused: %s', async (reason, current, next) => {
    const account = await makeAccount()
    expect(await saidBy(() => change(account, current, next))).toContain(
      `authn_password_change_fail ${reason}`,
    )
  })
})
