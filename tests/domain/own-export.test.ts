import { beforeEach, describe, expect, it, vi } from 'vitest'
import { limitDownloads, permitExport } from '@/lib/personal-data'
import { refuse } from '@/lib/platform/result'
import { isTicketOf } from '@/lib/platform/session-ticket'
import {
  type Account,
  callerOf,
  expectDone,
  later,
  MINUTE,
  makeAccount,
  NOW,
  OTHER_PASSWORD,
  PASSWORD,
} from '../support/accounts'
import { kindsTo } from '../support/outbox'
import { restrict } from './change-actions'
import { eventsOf, stop } from './freeze-actions'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  return () => void vi.useRealTimers()
})

const SESSION = { sessionId: 'sesi-1' }

const permit = (account: Account, password = PASSWORD) =>
  permitExport({ ...callerOf(account), ...SESSION }, password)

const mayExport = (ticket: string, now: Date) =>
  isTicketOf('export', ticket, SESSION.sessionId, now)

describe('the export of the own data', () => {
  it('needs the password, is recorded, and every address is told', async () => {
    const account = await makeAccount()
    expect(await permit(account, OTHER_PASSWORD)).toEqual(refuse('password_wrong'))
    expect(await eventsOf(account)).toEqual(['registered'])
    await expectDone(permit(account))
    expect(await eventsOf(account)).toEqual(['registered', 'data_exported'])
    for (const address of [account.phone, account.email])
      expect((await kindsTo(address))[0]).toBe('notice.data_exported')
  })

  it('gives a ticket to one session, for ten minutes', async () => {
    const { ticket } = await expectDone(permit(await makeAccount()))
    expect(mayExport(ticket, later(10 * MINUTE - 1))).toBe(true)
    expect(mayExport(ticket, later(10 * MINUTE))).toBe(false)
    expect(isTicketOf('export', ticket, 'sesi-2', NOW)).toBe(false)
    expect(isTicketOf('addresses', ticket, SESSION.sessionId, NOW)).toBe(false)
  })

  it.each([
    ['empty', () => ''],
    [
      'with a later end',
      (ticket: string) => ticket.replace(/^\d+/, (end) => String(Number(end) + 1)),
    ],
    [
      'with another hash',
      (ticket: string) => ticket.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a')),
    ],
    ['with a text as end', (ticket: string) => ticket.replace(/^\d+/, 'Infinity')],
  ])('takes no ticket that is %s', async (_, forge) => {
    const { ticket } = await expectDone(permit(await makeAccount()))
    expect(mayExport(forge(ticket), NOW)).toBe(false)
  })

  it('is refused while the account is restricted or frozen', async () => {
    const [restricted, frozen] = [await makeAccount(), await makeAccount()]
    await restrict(restricted)
    await stop(frozen, NOW)
    expect(await permit(restricted)).toMatchObject({ refusal: 'account_restricted' })
    expect(await permit(frozen)).toEqual(refuse('challenge_gone'))
  })

  it('is downloaded twenty times in a day at most', async () => {
    const { userId } = await makeAccount()
    for (let times = 0; times < 20; times++) expect(await limitDownloads(userId)).toBeUndefined()
    expect(await limitDownloads(userId)).toMatchObject({ refusal: 'download_throttled' })
    expect(await limitDownloads((await makeAccount()).userId)).toBeUndefined()
  })

  it('is permitted five times in a day', async () => {
    const account = await makeAccount()
    for (let times = 0; times < 5; times++) await expectDone(permit(account))
    expect(await permit(account)).toMatchObject({ refusal: 'export_throttled' })
    vi.setSystemTime(later(24 * 60 * MINUTE + 1))
    await expectDone(permit(account))
  })
})
