import { expect } from 'vitest'
import { type Client, newClient } from '../support/client'
import { wrongCode } from '../support/customers'
import { inbox, productNow } from '../support/running'
import { expectUnfreezeStopped, logIn, outcomeOf, profilePathOf, trySpending } from './intruder'
import { beginUnfreeze, codeAt, createOwner, expectMessages, freezeByLink, unfreeze } from './owner'
import { type AdvanceClock, testAttack } from './report'

/**
 * More than the five codes that an account is sent in ten minutes, and than the five attempts at
 * each.
 */
const REQUESTS = 12
const ATTEMPTS = 48

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
        '5 accepted',
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
        'enter the right code after that',
        outcomeOf(await enterRightCode(clients, owner.phone)),
        'code_blocked',
      )
      await expectMessages(report, owner, 'code.reset_password', ['primary number'], since)
      await expectMessages(report, owner, 'notice.attempts_used_up', EVERYWHERE, beforeAttempts)
      const page = await logIn(newClient(), owner.email, owner.password)
      if (page.path !== '/profile') throw new Error('the owner is locked out')
      report.addRecoveryStep('never lost access: the password logs in throughout')
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

const AT_ONCE = 10

async function inBatches<Item, Value>(
  items: readonly Item[],
  work: (item: Item) => Promise<Value>,
): Promise<Value[]> {
  const values: Value[] = []
  for (let from = 0; from < items.length; from += AT_ONCE)
    values.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(work))))
  return values
}

async function enterRightCode(clients: readonly Client[], phone: string) {
  const code =
    (await inbox(phone))
      .find(({ kind }) => kind === 'code.reset_password')
      ?.text.match(/\b\d{6}\b/)?.[0] ?? ''
  const [client = newClient()] = clients.slice(-1)
  return client.send('/reset/code', 'Verifikasi', { code })
}
