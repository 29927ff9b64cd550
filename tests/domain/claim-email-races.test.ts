import { describe, expect, it } from 'vitest'
import { verifyActivity } from '@/lib/activity'
import { findPrimary, listAddresses } from '@/lib/addresses'
import { confirmPrimaryEmail, requestEmailConfirmation } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import {
  type Account,
  callerOf,
  countOutcomes,
  expectDone,
  forgetLimits,
  makeAccount,
  makeNewAccount,
  NOW,
  newEmail,
} from '../support/accounts'
import { breakInserts, closeGate, holdUser } from '../support/gate'
import { newestCode } from '../support/outbox'
import { codeToNewAddress, complete, tryLogIn } from './change-actions'
import { eventsOf, stop } from './freeze-actions'
import { askForEmail, finishEmail, registered } from './registration-actions'
import { stateOf } from './reset-actions'

/** The last step of a confirmation in the profile. */
async function proof(account: Account) {
  await expectDone(requestEmailConfirmation(callerOf(account)))
  const code = await newestCode(account.email)
  return () => confirmPrimaryEmail(callerOf(account), code)
}

/** The last step of a change to an e-mail. */
async function changeTo(account: Account, address: Account['email']) {
  const code = await codeToNewAddress(account, { address })
  return () => complete(account, { address }, code)
}

/** Whose live row an e-mail is, and every account that still holds it. */
async function holdersOf(email: Account['email'], accounts: readonly Account[]) {
  const owner = await findPrimary(db(), email)
  const lists = await Promise.all(accounts.map(({ userId }) => listAddresses(db(), userId)))
  const holders = lists.flat().filter(({ address }) => address.value === email.value)
  return { owner, holders }
}

describe('two accounts that confirm one e-mail at once', () => {
  it.each([
    ['both new', makeNewAccount, makeNewAccount],
    ['one of a version before', makeAccount, makeNewAccount],
  ])('(%s) give it to one, and the other keeps its account and is told', async (_w, one, other) => {
    const email = newEmail()
    const accounts = [await one({ email }), await other({ email })] as const
    const steps = [await proof(accounts[0]), await proof(accounts[1])]
    // The winner waits before its event, while the other one waits for the locks of both accounts.
    const gate = await closeGate('SecurityEvent')
    const both = Promise.all(steps.map((step) => step()))
    await gate.crowd(2)
    await gate.open()
    const outcomes = await both
    expect(countOutcomes(outcomes)).toEqual({ done: 1, taken: 1 })
    const [winner, loser] = outcomes[0]?.ok ? accounts : [accounts[1], accounts[0]]
    const { owner, holders } = await holdersOf(email, accounts)
    expect(owner).toMatchObject({ userId: winner.userId, confirmedAt: NOW })
    expect(holders).toHaveLength(1)
    expect(await eventsOf(winner)).toEqual(['registered', 'email_confirmed'])
    expect(await eventsOf(loser)).toEqual(['registered', 'email_lost'])
    expect(await tryLogIn(loser.phone)).toMatchObject({ ok: true })
    expect((await verifyActivity(new Date())).faults).toEqual([])
  })

  it('in twelve accounts give it to one, and none deadlocks', async () => {
    const email = newEmail()
    const steps: (() => Promise<{ ok: true } | { ok: false; refusal: string }>)[] = []
    for (let nth = 0; nth < 8; nth++) {
      await forgetLimits()
      steps.push(await changeTo(await makeAccount(), email))
    }
    for (let nth = 0; nth < 2; nth++) {
      await forgetLimits()
      const account = await registered({ email })
      const { secret } = await expectDone(askForEmail(account))
      const code = await newestCode(email)
      steps.push(() => finishEmail(secret, code))
      steps.push(await proof(await makeNewAccount({ email })))
    }
    const outcomes = await Promise.all(steps.map((step) => step()))
    expect(countOutcomes(outcomes)).toEqual({ done: 1, taken: 11 })
  })

  it('and hold each other’s, in opposite directions, do not deadlock', async () => {
    const [one, other] = [await makeAccount(), await makeAccount()]
    const steps = [await changeTo(one, other.email), await changeTo(other, one.email)]
    const outcomes = await Promise.all(steps.map((step) => step()))
    expect(countOutcomes(outcomes)).toEqual({ done: 2 })
    expect(await findPrimary(db(), other.email)).toMatchObject({ userId: one.userId })
    expect(await findPrimary(db(), one.email)).toMatchObject({ userId: other.userId })
  })
})

describe('a confirmation that races', () => {
  it('a change of the e-mail by its unconfirmed holder gives each its e-mail', async () => {
    const [holder, address] = [await makeAccount(), newEmail()]
    const prover = await makeNewAccount({ email: holder.email })
    const steps = [await changeTo(holder, address), await proof(prover)]
    const gate = await holdUser(holder.userId)
    const both = Promise.all(steps.map((step) => step()))
    await gate.crowd(2)
    await gate.open()
    expect(countOutcomes(await both)).toEqual({ done: 2 })
    expect(await findPrimary(db(), address)).toMatchObject({ userId: holder.userId })
    expect(await findPrimary(db(), holder.email)).toMatchObject({ userId: prover.userId })
  })

  it('another account’s change to the e-mail gives it to one', async () => {
    const prover = await makeNewAccount()
    const rival = await makeAccount()
    const steps = [await proof(prover), await changeTo(rival, prover.email)]
    const gate = await holdUser(prover.userId)
    const both = Promise.all(steps.map((step) => step()))
    await gate.crowd(2)
    await gate.open()
    expect(countOutcomes(await both)).toEqual({ done: 1, taken: 1 })
    expect((await holdersOf(prover.email, [prover, rival])).holders).toHaveLength(1)
  })

  it('a registration with the e-mail creates both accounts, and one has the e-mail', async () => {
    const prover = await makeNewAccount()
    const step = await proof(prover)
    const [confirmed, account] = await Promise.all([step(), registered({ email: prover.email })])
    expect(confirmed).toMatchObject({ ok: true })
    expect(await findPrimary(db(), prover.email)).toMatchObject({ userId: prover.userId })
    expect(await tryLogIn(account.phone)).toMatchObject({ ok: true })
  })

  it('a freeze of its own account changes nothing', async () => {
    const holder = await makeAccount()
    const rival = await makeNewAccount({ email: holder.email })
    const step = await proof(rival)
    const gate = await holdUser(rival.userId)
    const frozen = stop(rival, NOW)
    await gate.crowd(1)
    const confirmed = step()
    await gate.crowd(2)
    await gate.open()
    await frozen
    expect(await confirmed).toEqual(refuse('challenge_gone'))
    expect(await findPrimary(db(), holder.email)).toMatchObject({ userId: holder.userId })
  })

  it('a freeze of the holder’s account takes the e-mail from it all the same', async () => {
    const holder = await makeAccount()
    const prover = await makeNewAccount({ email: holder.email })
    const step = await proof(prover)
    const gate = await holdUser(holder.userId)
    const both = Promise.all([stop(holder, NOW), step()])
    await gate.crowd(2)
    await gate.open()
    expect((await both)[1]).toMatchObject({ ok: true })
    expect(await findPrimary(db(), holder.email)).toMatchObject({ userId: prover.userId })
    expect((await eventsOf(holder)).toSorted()).toEqual(['email_lost', 'frozen', 'registered'])
    expect((await verifyActivity(new Date())).faults).toEqual([])
  })
})

describe('a confirmation commits completely or not at all', () => {
  it.each(['Message', 'SecurityEvent', 'SecureLink'])(
    'in both accounts, when the database fails at %s, and its code stays right',
    async (table) => {
      const holder = await makeAccount()
      const prover = await makeNewAccount({ email: holder.email })
      const step = await proof(prover)
      const stateOfBoth = async () => {
        const states = [await stateOf(holder), await stateOf(prover)]
        return states.map(({ user, events, messages }) => ({ user, events, messages }))
      }
      const before = await stateOfBoth()
      const mend = await breakInserts(table)
      await expect(step()).rejects.toThrow(`inserts into ${table} fail`)
      await mend()
      expect(await stateOfBoth()).toEqual(before)
      expect(await findPrimary(db(), holder.email)).toMatchObject({ userId: holder.userId })
      await expectDone(step())
    },
  )
})
