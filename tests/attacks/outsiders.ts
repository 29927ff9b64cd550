import { expect } from 'vitest'
import { db } from '@/lib/platform/db'
import { findAccount } from '@/lib/support'
import { type Client, newClient } from '../support/client'
import { wrongCode } from '../support/customers'
import { productNow } from '../support/running'
import { inBatches } from './batches'
import { expectUnfreezeStopped, logIn, outcomeOf, profilePathOf, trySpending } from './intruder'
import {
  beginUnfreeze,
  codeAt,
  createOwner,
  expectMessages,
  freezeByLink,
  type Owner,
  unfreeze,
} from './owner'
import { type AdvanceClock, testAttack } from './report'

/**
 * More than the three codes that strangers get without a proof, and than the five attempts at each.
 */
const REQUESTS = 12
const ATTEMPTS = 48

/** Log-ins that need no proof, in a quarter of an hour. */
const FREE_LOGINS = 5
const QUARTER_MS = 15 * 60 * 1_000
const PATIENT_ROUNDS = 14

const EVERYWHERE = [
  'primary number',
  'primary e-mail',
  'recovery number',
  'recovery e-mail',
] as const

export function testOutsiderAttacks(advanceClock: AdvanceClock) {
  testAttack(
    `codes attempted from ${REQUESTS + ATTEMPTS} network addresses`,
    'the name of an account',
    async (report) => {
      const owner = await createOwner(advanceClock)
      const since = productNow()
      const clients = await requestCodesFrom(REQUESTS, owner.phone)
      report.expectStopped(
        `request codes from ${REQUESTS} network addresses`,
        `${clients.length} accepted`,
        '3 accepted',
      )
      const beforeAttempts = productNow()
      const ends = await attemptFrom(ATTEMPTS, clients, owner.phone)
      report.expectStopped(
        `attempt codes from ${ATTEMPTS} more`,
        `${ends.filter((end) => end === '/reset/password').length} right`,
        '0 right',
      )
      expect(ends.filter((end) => end === 'code_wrong').length).toBeLessThanOrEqual(
        5 * clients.length,
      )
      report.expectStopped(
        'find a field for a code after that',
        outcomeOf(await (clients.at(-1) ?? newClient()).open('/reset/code')),
        'code_exhausted',
      )
      await expectMessages(report, owner, 'code.reset_password', ['primary number'], since)
      await expectMessages(report, owner, 'notice.attempts_used_up', EVERYWHERE, beforeAttempts)
      const page = await logIn(newClient(), owner.email, owner.password)
      if (page.path !== '/profile') throw new Error('the owner is locked out')
      report.addRecoveryStep('never lost access: the password logs in throughout')
    },
  )

  testAttack(
    'password attempted patiently',
    'the name of an account, and hours of time',
    async (report) => {
      const owner = await createOwner(advanceClock)
      const known = newClient()
      await logIn(known, owner.email, owner.password)
      const since = productNow()
      for (let round = 0; round < PATIENT_ROUNDS; round++) {
        for (let tries = 0; tries < FREE_LOGINS; tries++) await logIn(newClient(), owner.email)
        await advanceClock(QUARTER_MS)
      }
      report.expectStopped(
        `attempt ${PATIENT_ROUNDS * FREE_LOGINS} passwords`,
        `${await comparedPasswords(owner)} compared`,
        '60 compared',
      )
      const right = await logIn(newClient(), owner.email, owner.password)
      report.expectStopped('enter the right password after that', outcomeOf(right), 'login_wrong')
      await expectMessages(report, owner, 'notice.attempts_used_up', EVERYWHERE, since)
      await known.send('/profile', 'Keluar')
      const page = await logIn(known, owner.email, owner.password)
      if (page.path !== '/profile') throw new Error('the known device is locked out')
      report.addRecoveryStep('logs in with the password in a known device')
    },
  )

  testAttack('notice forwarded', 'the link of one notice', async (report) => {
    const owner = await createOwner(advanceClock)
    await logIn(newClient(), owner.email, owner.password)
    const { 'recovery e-mail': link = '' } = await expectMessages(
      report,
      owner,
      'notice.new_device',
      ['recovery e-mail'],
      productNow(),
    )
    const stranger = newClient()
    const { html } = await stranger.open(link)
    for (const address of Object.values(owner.at))
      if (html.includes(address)) throw new Error('an address is shown in full')
    report.addGain('reads the notice: what happened and when, with masked addresses')
    report.expectStopped(
      'change the account by opening the link',
      (await trySpending(owner)) === 'spent' ? 'unchanged' : 'frozen',
      'unchanged',
    )
    report.expectStopped('be signed in by the link', await profilePathOf(stranger), '/login')
    const since = productNow()
    await freezeByLink(link, stranger)
    report.addGain('freezes the account')
    const links = await expectMessages(report, owner, 'notice.frozen', EVERYWHERE, since)
    await expectUnfreezeStopped(
      report,
      owner,
      await beginUnfreeze(link, stranger),
      null,
      'primary number',
    )
    await unfreeze(report, owner, {
      link: links['primary number'],
      verifiedBy: ['primary e-mail', 'recovery number'],
    })
    report.expectStopped('freeze again', outcomeOf(await newClient().open(link)), 'link_closed')
  })
}

/**
 * Begins a reset from this many network addresses. Returns the browsers whose request was accepted.
 */
async function requestCodesFrom(count: number, identifier: string) {
  const visitor = newClient()
  const page = await visitor.open('/reset')
  const clients = Array.from({ length: count }, () => newClient())
  for (const { cookies } of clients) for (const cookie of visitor.cookies) cookies.set(...cookie)
  const ends = await inBatches(clients, async (client) => {
    const { location } = await client.press(page, 'Kirim kode', {
      identifier,
      choice: 'primary_phone',
    })
    return location === '/reset/code' ? [client] : []
  })
  return ends.flat()
}

async function comparedPasswords({ at }: Owner) {
  const account = (await findAccount(at['primary e-mail'])) ?? ''
  const counted = await db().failureCount.findFirst({
    where: { account, path: 'password', scope: 'unknown' },
  })
  return counted?.failures
}

/** How many attempts go to the first code; the others take turns over all codes. */
const ATTEMPTS_AT_FIRST = 24

/** Each attempt comes from its own network address, with the cookies of one of the open resets. */
async function attemptFrom(count: number, clients: readonly Client[], phone: string) {
  const code = await codeAt(phone, 'reset_password')
  const page = await clients[0]?.open('/reset/code')
  const attempters = Array.from({ length: count }, (_, index) => {
    const client = newClient()
    for (const [name, value] of clients[index < ATTEMPTS_AT_FIRST ? 0 : index % clients.length]
      ?.cookies ?? [])
      client.cookies.set(name, value)
    return { client, code: wrongCode(code, index + 1) }
  })
  if (!page) throw new Error('no reset is open')
  return inBatches(attempters, async ({ client, code: attempt }) => {
    const answer = await client.press(page, 'Verifikasi', { code: attempt })
    return answer.location ?? outcomeOf(answer)
  })
}
