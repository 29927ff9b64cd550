import { expect, it } from 'vitest'
import { forgetBrowser } from '@/lib/accounts'
import { revokeDevices } from '@/lib/accounts/devices'
import { db, transaction } from '@/lib/platform/db'
import {
  makeAccount,
  NOW,
  newEmail,
  newOrigin,
  OTHER_PASSWORD,
  PASSWORD,
} from '../support/accounts'
import { factsOf, logOf, securityLines } from '../support/log-lines'
import { enter, newBrowser, tryLogIn, useUpByStrangers } from './device-actions'

/** The security lines of a log-in in an unknown browser. */
const linesOf = async (account: Parameters<typeof tryLogIn>[0], password = PASSWORD) =>
  securityLines(await logOf(() => tryLogIn(account, newBrowser(), password))).map(factsOf)

it('R61 a wrong password has one line, and another one for an account that does not exist', async () => {
  const account = await makeAccount()
  const wrong = { event: 'authn_login_fail', userId: account.userId, purpose: 'login' }
  expect(await linesOf(account, OTHER_PASSWORD)).toEqual([{ ...wrong, reason: 'wrong' }])
  expect(await linesOf({ email: newEmail() })).toEqual([
    { ...wrong, userId: null, reason: 'unknown_account' },
  ])
})

it('R61 a password has a line that says so when the attempts of the account are used up', async () => {
  const account = await makeAccount()
  await useUpByStrangers(account)
  const usedUp = { event: 'authn_login_fail_max', userId: account.userId, purpose: 'login' }
  for (const password of [PASSWORD, OTHER_PASSWORD])
    expect(await linesOf(account, password)).toEqual([usedUp])
})

it('R61 a right password has a line, and another one while the account is frozen', async () => {
  const account = await makeAccount()
  const facts = { userId: account.userId, purpose: 'login' }
  expect((await linesOf(account))[0]).toEqual({ event: 'authn_login_success', ...facts })
  await db().user.update({ where: { id: account.userId }, data: { frozenAt: NOW } })
  expect(await linesOf(account)).toEqual([
    { event: 'authn_login_fail', ...facts, reason: 'account_frozen' },
  ])
})

it('R61 a right password has a line when the database was restored since it was set', async () => {
  const { userId, email } = await makeAccount()
  await db().user.update({ where: { id: userId }, data: { restoredAt: NOW } })
  expect(await linesOf({ email })).toEqual([
    { event: 'authn_login_fail', userId, purpose: 'login', reason: 'password_restored' },
  ])
})

it('R61 a known device has a line when it begins, when it is ended and when it is forgotten', async () => {
  const [account, browser] = [await makeAccount(), newBrowser()]
  const { userId } = account
  const said = async (work: () => unknown) =>
    securityLines(await logOf(work))
      .map(factsOf)
      .filter(({ subject }) => subject === 'device')
  const origin = () => ({ ...newOrigin(), ...browser })
  const line = (event: string) => ({ event, userId, subject: 'device' })
  expect(await said(() => enter(account, browser))).toEqual([line('authn_token_created')])
  expect(await said(() => enter(account, browser))).toEqual([])
  expect(await said(() => forgetBrowser(origin(), NOW))).toEqual([
    { ...line('authn_token_revoked'), reason: 'forgotten' },
  ])
  expect(await said(() => forgetBrowser(origin(), NOW))).toEqual([])
  await enter(account, newBrowser())
  const revoke = () => transaction((tx) => revokeDevices(tx, userId, {}, NOW))
  expect(await said(revoke)).toEqual([line('authn_token_revoked')])
  expect(await said(revoke)).toEqual([])
})
