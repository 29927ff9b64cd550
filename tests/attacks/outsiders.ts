import { expect } from 'vitest'
import { type Client, newClient } from '../support/client'
import { wrongCode } from '../support/customers'
import { inbox, productNow } from '../support/running'
import { endOf, endOfSpending, isSignedOut, logIn, unfreezeInVain } from './intruder'
import { beginUnfreeze, codeAt, freezeBy, hears, settle, unfreeze } from './owner'
import { rehearse } from './record'

type Wait = (milliseconds: number) => Promise<void>

/** More than the five codes that an account is sent in ten minutes, and than the five attempts that each of these takes. */
const ASKING = 12
const ATTEMPTING = 48

const EVERYWHERE = [
  'primary number',
  'primary e-mail',
  'recovery number',
  'recovery e-mail',
] as const

export function rehearseOutsiders(wait: Wait) {
  rehearse(
    `codes attempted from ${ASKING + ATTEMPTING} network addresses`,
    'the name of an account',
    async (stage) => {
      const owner = await settle(wait)
      const since = productNow()
      const asked = await askFrom(ASKING, owner.phone)
      stage.stop(
        `ask for codes from ${ASKING} addresses`,
        `${asked.length} let through`,
        '5 let through',
      )
      const attempted = productNow()
      const ends = await attemptFrom(ATTEMPTING, asked, owner.phone)
      stage.stop(
        `attempt from ${ATTEMPTING} more`,
        `${ends.filter((end) => end === '/reset/password').length} right`,
        '0 right',
      )
      expect(ends.filter((end) => end === 'code_wrong').length).toBeLessThanOrEqual(
        5 * asked.length,
      )
      stage.stop(
        'and the right code then',
        endOf(await typeRight(asked, owner.phone)),
        'code_blocked',
      )
      await hears(stage, owner, 'code.reset_password', ['primary number'], since)
      await hears(stage, owner, 'notice.attempts_used_up', EVERYWHERE, attempted)
      const page = await logIn(newClient(), owner.email, owner.password)
      if (page.path !== '/profile') throw new Error('the owner is locked out')
      stage.back('was never out: the password logs in throughout')
    },
  )

  rehearse('notice forwarded', 'the link of one notice', async (stage) => {
    const owner = await settle(wait)
    await logIn(newClient(), owner.email, owner.password)
    const { 'recovery e-mail': link = '' } = await hears(
      stage,
      owner,
      'notice.new_device',
      ['recovery e-mail'],
      productNow(),
    )
    const stranger = newClient()
    const { html } = await stranger.open(link)
    for (const address of Object.values(owner.at))
      if (html.includes(address)) throw new Error('an address is shown in full')
    stage.gets('reads the notice: what happened, when, addresses masked')
    stage.stop(
      'change anything by opening it',
      (await endOfSpending(owner)) === 'spent' ? 'unchanged' : 'frozen',
      'unchanged',
    )
    stage.stop('be signed in by it', await isSignedOut(stranger), '/login')
    const since = productNow()
    await freezeBy(link, stranger)
    stage.gets('freezes the account')
    const links = await hears(stage, owner, 'notice.frozen', EVERYWHERE, since)
    await unfreezeInVain(stage, owner, await beginUnfreeze(link, stranger), null, 'primary number')
    await unfreeze(stage, owner, {
      link: links['primary number'],
      proofs: ['primary e-mail', 'recovery number'],
    })
    stage.stop('freeze again', endOf(await newClient().open(link)), 'link_closed')
  })
}

/** Begins a reset from so many addresses; answers the browsers that were let through. */
async function askFrom(count: number, identifier: string) {
  const page = await newClient().open('/reset')
  const clients = Array.from({ length: count }, () => newClient())
  const ends = await inTurns(clients, async (client) => {
    const { location } = await client.press(page, 'Kirim kode', {
      identifier,
      choice: 'primary_phone',
    })
    return location === '/reset/code' ? [client] : []
  })
  return ends.flat()
}

/** So many attempt at one and the same code before the others get theirs. */
const ON_ONE = 24

/** Each attempt comes from an address of its own; the cookies of the open resets go around. */
async function attemptFrom(count: number, asked: readonly Client[], phone: string) {
  const code = await codeAt(phone, 'reset_password')
  const page = await asked[0]?.open('/reset/code')
  const attempters = Array.from({ length: count }, (_, nth) => {
    const client = newClient()
    for (const [name, value] of asked[nth < ON_ONE ? 0 : nth % asked.length]?.cookies ?? [])
      client.cookies.set(name, value)
    return { client, code: wrongCode(code, nth + 1) }
  })
  if (!page) throw new Error('no reset is open')
  return inTurns(attempters, async ({ client, code: attempt }) => {
    const answer = await client.press(page, 'Verifikasi', { code: attempt })
    return answer.location ?? endOf(answer)
  })
}

const AT_ONCE = 10

async function inTurns<Item, Value>(
  items: readonly Item[],
  work: (item: Item) => Promise<Value>,
): Promise<Value[]> {
  const values: Value[] = []
  for (let from = 0; from < items.length; from += AT_ONCE)
    values.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(work))))
  return values
}

async function typeRight(asked: readonly Client[], phone: string) {
  const code =
    (await inbox(phone))
      .find(({ kind }) => kind === 'code.reset_password')
      ?.text.match(/\b\d{6}\b/)?.[0] ?? ''
  const [client = newClient()] = asked.slice(-1)
  return client.send('/reset/code', 'Verifikasi', { code })
}
