import { canSpend } from '@/lib/points'
import { findAccount } from '@/lib/support'
import translations from '@/messages/id.json'
import { type Answer, type Client, newClient } from '../support/client'
import { newAddress, wrongCode } from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import { textOf } from '../support/html'
import { inbox, productNow } from '../support/running'
import { codeAt, type Owner, type Place, radioValues, SLOT } from './owner'
import type { Report } from './report'

/** What an intruder enters where a password is not known. */
export const WRONG_PASSWORD = 'kunci yang ditebak saja'

/** What a reset gives to whoever receives its code. */
export const RESTRICTED_SESSION = 'a new password, and with it a session in a restricted account'

const REFUSALS = Object.entries(translations.refusal).map(([refusal, sentence]) => {
  const parts = sentence.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return { refusal, pattern: new RegExp(parts.join('.{1,40}?')) }
})

/** The refusal that a page shows; the path of the page when it shows none. */
export function outcomeOf({ html, path }: Answer): string {
  const text = textOf(html)
  if (text.includes(translations.code.exhausted)) return 'code_exhausted'
  if (text.includes(translations.restriction.blocked)) return 'account_restricted'
  return REFUSALS.find(({ pattern }) => pattern.test(text))?.refusal ?? path
}

/** `spent` when the account may spend points at the product's time, else the refusal. */
export async function trySpending({ at }: Owner): Promise<string> {
  const userId = (await findAccount(at['primary e-mail'])) ?? ''
  const outcome = await canSpend(userId, productNow())
  return outcome.ok ? 'spent' : outcome.refusal
}

export const logIn = (client: Client, identifier: string, password = WRONG_PASSWORD) =>
  client.send('/login', 'Masuk', { identifier, password })

/** Where the profile page leads this browser: `/login` when it is signed out. */
export const profilePathOf = async (client: Client) =>
  ((await client.open('/profile')).location ?? '').split('?')[0]

export type Choice = 'primary_phone' | 'recovery'

/**
 * Resets the password with the code that this address receives, and logs in. `path` is where the
 * log-in ended.
 */
export async function resetAndLogIn(identifier: string, choice: Choice, address: string) {
  const client = newClient()
  await client.send('/reset', 'Kirim kode', { identifier, choice })
  await client.send('/reset/code', 'Verifikasi', { code: await codeAt(address, 'reset_password') })
  const password = 'curian tengah malam di gudang'
  await client.send('/reset/password', 'Simpan kata sandi', { newPassword: password })
  return { client, password, path: (await logIn(client, identifier, password)).path }
}

/**
 * Requests a reset whose code must not reach the addresses that the intruder reads, and enters a
 * wrong code.
 */
export async function expectResetStopped(
  report: Report,
  how: string,
  { identifier, choice, reads }: { identifier: string; choice: Choice; reads: readonly string[] },
) {
  const before = await countResetCodes(reads)
  const client = newClient()
  await client.send('/reset', 'Kirim kode', { identifier, choice })
  const answer = await client.send('/reset/code', 'Verifikasi', { code: '000000' })
  report.expectStopped(`reset ${how}`, outcomeOf(answer), 'code_wrong')
  if ((await countResetCodes(reads)) !== before) throw new Error('the intruder received a code')
}

async function countResetCodes(addresses: readonly string[]) {
  const received = (await Promise.all(addresses.map(inbox))).flat()
  return received.filter(({ kind }) => kind === 'code.reset_password').length
}

/**
 * Opens pages of an account of the intruder's own. The pages of a restricted account have no forms,
 * but a form of one account can be sent with the session of another.
 */
async function openOwnPages() {
  const own = await insertCustomer()
  for (const kind of ['phone', 'email'] as const) await insertRecovery(own, kind, newAddress(kind))
  const client = await insertSession(own)
  return (path: string) => client.open(path)
}

/**
 * Expects that a signed-in intruder can neither spend points nor change an address of a restricted
 * account.
 */
export async function expectRestricted(
  report: Report,
  owner: Owner,
  { client, password }: { client: Client; password: string },
) {
  report.expectStopped('spend points', await trySpending(owner), 'account_restricted')
  const openOwn = await openOwnPages()
  const send = async (path: string, typed: Record<string, string>) =>
    outcomeOf(await client.follow(await client.press(await openOwn(path), 'Kirim kode', typed)))
  for (const kind of ['phone', 'email'] as const) {
    const name = kind === 'phone' ? 'number' : 'e-mail'
    const typed = { [kind]: newAddress(kind), proof: 'primary_phone' }
    const changed = await send(`/profile/${kind}`, { ...typed, currentPassword: password })
    report.expectStopped(`change the primary ${name}`, changed, 'account_restricted')
    const replaced = await send(`/profile/recovery/${kind}/replace`, typed)
    report.expectStopped(`replace the recovery ${name}`, replaced, 'account_restricted')
    const removed = await send(`/profile/recovery/${kind}/remove`, {})
    report.expectStopped(`remove the recovery ${name}`, removed, 'account_restricted')
  }
  report.expectStopped('lift the restriction', await tryLifting(client), 'code_wrong')
}

async function tryLifting(client: Client) {
  const page = await client.open('/profile/restriction')
  const [address = ''] = radioValues(page.html, 'address')
  await client.send('/profile/restriction', translations.restriction.submit, { address })
  return outcomeOf(
    await client.send('/profile/restriction/code', translations.restrictionCode.submit, {
      code: '000000',
    }),
  )
}

/**
 * Expects that an unfreeze stops at a wrong code to `unread`. An intruder who reads one address,
 * `read`, enters the first code before.
 */
export async function expectUnfreezeStopped(
  report: Report,
  owner: Owner,
  client: Client,
  read: Place | null,
  unread: Place,
) {
  if (read) {
    await client.send('/unfreeze', translations.unfreeze.submit, { slot: SLOT[read] })
    await client.send('/unfreeze/code', 'Verifikasi', {
      code: await codeAt(owner.at[read], 'unfreeze_first'),
    })
    report.addGain(`the first of the two codes of an unfreeze, at the ${read}`)
  }
  await client.send('/unfreeze', translations.unfreeze.submit, { slot: SLOT[unread] })
  const purpose = read ? 'unfreeze_second' : 'unfreeze_first'
  const code = wrongCode(await codeAt(owner.at[unread], purpose))
  const answer = await client.send('/unfreeze/code', 'Verifikasi', { code })
  report.expectStopped('unfreeze', outcomeOf(answer), 'code_wrong')
  report.expectStopped(
    'skip to the review of an unfreeze',
    (await client.follow(await client.open('/unfreeze/review'))).path,
    '/unfreeze?ended=challenge_gone',
  )
}
