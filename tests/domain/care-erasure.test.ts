import { describe, expect, it } from 'vitest'
import { countKeyUses } from '@/lib/keys/uses'
import { deleteOld } from '@/lib/personal-data/prune'
import { readCases } from '@/lib/personal-data/read-cases'
import { readLinks } from '@/lib/personal-data/read-traces'
import { hashingKeyId } from '@/lib/platform/crypto'
import { db } from '@/lib/platform/db'
import { done } from '@/lib/platform/result'
import { closeRestore } from '@/lib/restored'
import { readCase, sendWord, showWord, vetoByLink } from '@/lib/support'
import { carryOutDue } from '@/lib/support/due'
import { DAY, expectDone, later, MINUTE, makeAccount, NOW, newOrigin } from '../support/accounts'
import { actionOf, addressIn, asked, makeStaff, openCase, REASON } from './care-actions'
import { announced, newestVeto } from './care-unfreeze-actions'
import { SEEN, userOf } from './freeze-actions'
import { erase } from './person-actions'

/** An open account with a word and an action that waits for an approval. */
async function handled() {
  const [agent, account] = [await makeStaff(), await makeAccount()]
  const number = await openCase(agent, account, NOW)
  const row = { account: account.userId, path: 'recovery', scope: 'unknown', failures: 60 }
  await db().failureCount.create({ data: { ...row, updatedAt: NOW } })
  const actionId = await asked(agent, number, 'restore_attempts', {}, NOW)
  const addressId = await addressIn(account, 'primary_phone')
  await expectDone(sendWord(agent, { caseNumber: number, addressId }, NOW))
  await expectDone(showWord(account.userId, NOW))
  return { agent, account, number, actionId }
}

async function factsOf(pages: AsyncIterable<object[]>) {
  const facts: object[] = []
  for await (const page of pages) facts.push(...page)
  return facts
}

describe('personal data in cases', () => {
  it('is exported with actions and outcomes, and without the names and words of staff', async () => {
    const { agent, account, number } = await announced()
    await expectDone(vetoByLink(await newestVeto(account.recoveryEmail), newOrigin(), SEEN))
    const facts = await factsOf(readCases(account.userId))
    expect(facts).toEqual([
      {
        caseNumber: number,
        openedAt: SEEN,
        closedAt: null,
        action: 'unfreeze',
        requestedAt: SEEN,
        dueAt: later(DAY, SEEN),
        endedAt: SEEN,
        outcome: 'vetoed',
      },
    ])
    for (const hidden of [agent.name, REASON]) expect(JSON.stringify(facts)).not.toContain(hidden)
    const links = await factsOf(readLinks(account.userId))
    expect(links.filter((fact) => 'link' in fact && fact.link === 'veto')).toHaveLength(5)
    const { account: other, number: its } = await handled()
    await db().caseAction.deleteMany({ where: { case: { number: its } } })
    expect(await factsOf(readCases(other.userId))).toMatchObject([
      { caseNumber: its, action: null, outcome: null },
    ])
  })

  it('is erased with the account, whose cases close; their numbers and outcomes stay', async () => {
    const { agent, account, number, actionId } = await handled()
    expect(await erase(account)).toEqual(done())
    const { userId } = account
    expect(await db().case.findUniqueOrThrow({ where: { number } })).toMatchObject({
      reason: '',
      closedAt: NOW,
    })
    expect(await actionOf(actionId)).toMatchObject({
      reason: '',
      ticket: 'T-4711',
      outcome: 'withdrawn',
    })
    expect(await db().callerWord.count({ where: { userId } })).toBe(0)
    expect(await readCase(agent, number, NOW)).toMatchObject({ refusal: 'case_closed' })
    const log = await db().staffEvent.findMany({ where: { userId }, orderBy: { position: 'asc' } })
    const detail = { action: 'restore_attempts', actionId, because: 'erased' }
    expect(log.at(-1)).toMatchObject({ type: 'withdrawn', staffId: null, detail })
    expect(log.length).toBeGreaterThan(2)
    expect(JSON.stringify(log)).not.toMatch(/Penelepon|•/)
  })

  it('is deleted with links and words after their days, before the addresses they name', async () => {
    const { account, actionId } = await announced()
    const due = later(DAY, SEEN)
    await carryOutDue(due)
    const { account: second } = await handled()
    const wordOf = () => db().callerWord.count({ where: { userId: second.userId } })
    const linksOf = () => db().vetoLink.count({ where: { actionId } })
    await deleteOld(later(30 * DAY - 1, due))
    expect([await wordOf(), await linksOf()]).toEqual([0, 5])
    await deleteOld(later(30 * DAY, due))
    expect(await linksOf()).toBe(0)
    await deleteOld(later(366 * DAY, due))
    const removed = { userId: account.userId, removedAt: { not: null } }
    expect(await db().address.count({ where: removed })).toBe(0)
    expect(await actionOf(actionId)).toMatchObject({ outcome: 'carried_out' })
  })
})

it('the keys of words count while they are valid, and those of the log of staff always', async () => {
  await handled()
  const usesAt = async (now: Date) => {
    const uses = await countKeyUses(now)
    const named = uses.filter(
      ({ keyId, word }) => keyId === hashingKeyId() && /callers|staff/.test(word),
    )
    return named.map(({ word, remedy }) => `${word}: ${remedy}`)
  }
  expect(await usesAt(NOW)).toEqual([
    'words of callers: ends',
    'rows of the log of staff: verify_only',
  ])
  expect(await usesAt(later(5 * MINUTE))).toEqual(['rows of the log of staff: verify_only'])
})

it('a restored backup opens no account that waited: a veto may have been lost', async () => {
  const { account, actionId } = await announced()
  const { account: other } = await handled()
  const told = new Map<string, number>()
  const tell = (word: string, rows: number) => void told.set(word, rows)
  const now = later(MINUTE, SEEN)
  expect(await closeRestore({ takenAt: SEEN, now, lost: undefined, tell })).toEqual(done())
  expect(told.get('actions of customer care withdrawn')).toBeGreaterThan(0)
  expect(await actionOf(actionId)).toMatchObject({ outcome: 'withdrawn', endedAt: now })
  await carryOutDue(later(2 * DAY, SEEN))
  expect(await userOf(account)).toMatchObject({ frozenAt: SEEN })
  const words = await db().callerWord.findMany({ where: { userId: other.userId } })
  for (const { expiresAt } of words) expect(expiresAt <= now).toBe(true)
})
