import { vi } from 'vitest'
import translations from '@/messages/id.json'
import { type Answer, type Client, newClient } from '../../support/client'
import { nextMessage, walkLogin } from '../../support/customers'
import { inbox } from '../../support/running'
import { type Choice, logIn, outcomeOf } from '../intruder'
import { codeIn, createOwner, type Owner, type Place } from '../owner'
import type { AdvanceClock } from '../report'

const MINUTE_MS = 60_000
const PATIENCE = { timeout: 15_000, interval: 100 }
/** The longest wait of a proof. A limit that is used up has a longer one. */
const LONGEST_WAIT_S = 300

/** An owner with a browser in which they have logged in: a known device, signed out again. */
export async function createKnownOwner(advanceClock: AdvanceClock) {
  const owner = await createOwner(advanceClock, ['email'])
  const known = await walkLogin({ ...owner, email: owner.at['primary e-mail'] })
  await known.send('/profile', 'Keluar')
  return { owner, known }
}

/** The path at which a log-in with the right password ends, or its refusal. */
export async function logInRight({ email, password }: Owner, client: Client = newClient()) {
  return outcomeOf(await logIn(client, email, password))
}

/** The link that begins a reset, in the newest notice at the recovery e-mail. */
export async function resetLinkOf({ at }: Owner): Promise<string> {
  const { text } = await nextMessage(at['recovery e-mail'], 'notice.attempts_used_up')
  return /\/reset\/link\/[\w-]+/.exec(text)?.[0] ?? ''
}

/** Begins a reset with the link of a notice, in a browser that is not known. */
export async function beginByLink(link: string, choice: Choice, client: Client = newClient()) {
  const page = await client.open(link)
  await client.follow(await client.press(page, translations.resetLink.submit, { choice }))
  return client
}

/**
 * Resets the password by the link of a notice, with the code at the recovery e-mail. Returns where a
 * log-in with the new password ends.
 */
export const resetByLink = (owner: Owner, link: string): Promise<string> =>
  completeReset(owner, 'recovery e-mail', () => beginByLink(link, 'recovery'))

/**
 * Begins a reset, and ends it with the code that then arrives: strangers have caused others before.
 * Returns where a log-in with the new password ends.
 */
export async function completeReset(
  owner: Owner,
  place: 'primary number' | 'recovery e-mail',
  begin: () => Promise<Client>,
): Promise<string> {
  const earlier = (await codesAt(owner, place)).map(({ id }) => id)
  const client = await begin()
  const code = await vi.waitFor(async () => {
    const arrived = (await codesAt(owner, place)).find(({ id }) => !earlier.includes(id))
    if (!arrived) throw new Error(`no code at the ${place}`)
    return codeIn(arrived)
  }, PATIENCE)
  await client.send('/reset/code', 'Verifikasi', { code })
  const newPassword = 'perahu nelayan pulang pagi'
  await client.send('/reset/password', 'Simpan kata sandi', { newPassword })
  return logInRight({ ...owner, password: newPassword })
}

/** The codes of resets that an address of the owner has received. */
export const codesAt = async ({ at }: Owner, place: Place) =>
  (await inbox(at[place])).filter(({ kind }) => kind === 'code.reset_password')

/** Asks for the code of a reset. Returns the page or the refusal at which that ends. */
export async function askForReset(identifier: string, choice: Choice, client = newClient()) {
  const answer = await client.send('/reset', 'Kirim kode', { identifier, choice })
  return { client, end: outcomeOf(answer) }
}

/**
 * Presses a button without JavaScript, and again after the wait when a proof is asked for. Returns
 * whether that led to another page.
 */
export async function insist(
  path: string,
  button: string,
  values: Record<string, string>,
  advanceClock: AdvanceClock,
): Promise<boolean> {
  const client = newClient()
  let answer = await client.press(await client.open(path), button, values)
  for (let wait = waitIn(answer); wait > 0 && wait <= LONGEST_WAIT_S; wait = waitIn(answer)) {
    await advanceClock(wait * 1_000)
    answer = await client.press(answer, button, values)
  }
  return answer.location !== null
}

const waitIn = ({ headers }: Answer) => Number(headers.get('retry-after') ?? 0)

/** Has the code of an open reset sent again, as often as asked, a minute apart. */
export async function sendAgain(client: Client, times: number, advanceClock: AdvanceClock) {
  for (let time = 0; time < times; time++) {
    await advanceClock(MINUTE_MS)
    const page = await client.open('/reset/code')
    const answer = await client.press(page, translations.code.resend)
    if (answer.location === null) return time
  }
  return times
}

/** Enters five wrong codes at once. */
export async function enterWrongCodes(client: Client) {
  const page = await client.open('/reset/code')
  const codes = ['000001', '000002', '000003', '000004', '000005']
  await Promise.all(codes.map((code) => client.press(page, 'Verifikasi', { code })))
}
