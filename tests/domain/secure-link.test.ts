import { describe, expect, it } from 'vitest'
import { closeSecureLinks, findSecureLink, recordEvent, takeSecureLink } from '@/lib/activity'
import { type AnyAddress, listAddresses } from '@/lib/addresses'
import { hashSecret } from '@/lib/platform/crypto'
import { db, transaction } from '@/lib/platform/db'
import {
  type Account,
  atOnce,
  DAY,
  later,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
  saveRecovery,
} from '../support/accounts'
import { messagesTo } from '../support/outbox'
import { record } from './activity-actions'

/** The links in the notices to an address, newest first. */
const linksTo = async (address: AnyAddress) =>
  (await messagesTo(address)).flatMap(({ content }) =>
    content.kind === 'notice' ? [content.link] : [],
  )

async function newestLink(address: AnyAddress): Promise<string> {
  const [link] = await linksTo(address)
  if (!link) throw new Error('no link was sent to this address')
  return link
}

const take = (token: string, now = NOW) => transaction((tx) => takeSecureLink(tx, token, now))
const stateOf = async (token: string, now = NOW) => (await findSecureLink(token, now))?.state

async function addressesOf(account: Account & { recovery: AnyAddress }) {
  await record(account, 'password_reset')
  return [account.email, account.phone, account.recovery]
}

describe('the link of a notice', () => {
  it('differs for each notice and address, and is stored as a hash', async () => {
    const account = await makeRecoverable()
    const addresses = await addressesOf(account)
    await record(account, 'password_changed')
    const links = (await Promise.all(addresses.map(linksTo))).flat()
    expect(links.length).toBeGreaterThanOrEqual(6)
    expect(new Set(links).size).toBe(links.length)
    for (const link of links) expect(link).toMatch(/^[\w-]{22}$/)
    const rows = await db().secureLink.findMany({ where: { event: { userId: account.userId } } })
    expect(rows.map(({ tokenHash }) => tokenHash).sort()).toEqual(
      links.map((link) => hashSecret(link ?? '')).sort(),
    )
  })

  it('shows its event, and is valid for seven days', async () => {
    const account = await makeRecoverable()
    const [email] = await addressesOf(account)
    const link = await newestLink(email ?? account.email)
    expect(await findSecureLink(link, NOW)).toMatchObject({
      userId: account.userId,
      type: 'password_reset',
      isFrozen: false,
    })
    expect(await stateOf(link, later(7 * DAY - 1))).toBe('open')
    expect(await stateOf(link, later(7 * DAY))).toBe('expired')
    expect(await take(link, later(7 * DAY))).toBe(false)
  })

  it('is not found for an unknown token', async () => {
    expect(await findSecureLink('', NOW)).toBeNull()
    expect(await take('aB3-dE5_gH7iJ9kL1mN3oQ')).toBe(false)
  })

  it('is used once, even by ten concurrent requests, and leaves those of the other addresses', async () => {
    const account = await makeRecoverable()
    await addressesOf(account)
    const link = await newestLink(account.email)
    expect((await atOnce(10, () => take(link))).filter(Boolean)).toHaveLength(1)
    expect(await stateOf(link)).toBe('closed')
    expect(await stateOf(await newestLink(account.phone))).toBe('open')
  })

  it('closes with every other when its owner reviews the events, and later ones are open', async () => {
    const [account, other] = [await makeRecoverable(), await makeRecoverable()]
    await addressesOf(account)
    await addressesOf(other)
    const links = await Promise.all(
      [account.email, account.phone, account.recovery].map(newestLink),
    )
    await transaction((tx) => closeSecureLinks(tx, account.userId, NOW))
    expect(await Promise.all(links.map((link) => stateOf(link)))).toEqual([
      'closed',
      'closed',
      'closed',
    ])
    expect(await stateOf(await newestLink(other.email))).toBe('open')
    await record(account)
    expect(await stateOf(await newestLink(account.email))).toBe('open')
  })
})

describe('a notice', () => {
  it('has no link for an address that its owner has undone, and does not go to an unconfirmed recovery address', async () => {
    const [account, unconfirmed] = [await makeRecoverable(), newEmail()]
    await db().address.updateMany({
      where: { userId: account.userId, role: 'recovery' },
      data: { removedAt: NOW },
    })
    const disowned = account.recovery
    await saveRecovery(account, unconfirmed)
    await transaction(async (tx) => {
      const held = await listAddresses(tx, account.userId)
      const gone = {
        ...held.find(({ role }) => role === 'recovery'),
        address: disowned,
        confirmedAt: NOW,
        isUsable: true,
      }
      const [first] = held
      if (!first) throw new Error('the account has no address')
      const tell = [{ ...first, ...gone }]
      await recordEvent(tx, {
        userId: account.userId,
        type: 'recovery_replaced',
        origin: newOrigin(),
        now: NOW,
        notify: held,
        tell,
        about: unconfirmed,
        previous: disowned,
      })
    })
    expect((await linksTo(disowned))[0]).toBeUndefined()
    expect((await messagesTo(disowned))[0]).toMatchObject({ kind: 'notice.recovery_replaced' })
    expect((await messagesTo(unconfirmed)).map(({ kind }) => kind)).not.toContain(
      'notice.recovery_replaced',
    )
    expect((await linksTo(account.email))[0]).toBeDefined()
  })
})
