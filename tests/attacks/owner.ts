import { randomInt } from 'node:crypto'
import { expect } from 'vitest'
import translations from '@/messages/id.json'
import { type Client, newClient } from '../support/client'
import {
  type Customer,
  type Kind,
  newEmail,
  newPhone,
  nextMessage,
  walkLogin,
} from '../support/customers'
import {
  confirmPrimaryEmail,
  insertCustomer,
  insertRecovery,
  insertSession,
} from '../support/fixtures'
import { formsOf, linkIn, textOf } from '../support/html'
import { productNow } from '../support/running'
import type { AdvanceClock, Report } from './report'

export const DAY_MS = 24 * 60 * 60 * 1_000

/** The names of an account's four address slots in the table of attacks. */
export type Place = 'primary number' | 'primary e-mail' | 'recovery number' | 'recovery e-mail'

export const SLOT = {
  'primary number': 'primary_phone',
  'primary e-mail': 'primary_email',
  'recovery number': 'recovery_phone',
  'recovery e-mail': 'recovery_email',
} as const

export type Owner = Customer & {
  at: Record<Place, string>
  client: Client
}

/**
 * Inserts a signed-in customer with confirmed addresses, held for longer than the seven days of an
 * undo.
 */
export async function createOwner(
  advanceClock: AdvanceClock,
  recoveryKinds: readonly Kind[] = ['email', 'phone'],
): Promise<Owner> {
  const customer = await insertCustomer()
  const client = await insertSession(customer)
  const at = {
    'primary number': customer.phone,
    'primary e-mail': customer.email,
    'recovery number': newPhone(),
    'recovery e-mail': newEmail(),
  }
  await confirmPrimaryEmail(customer)
  for (const kind of recoveryKinds) {
    const address = kind === 'email' ? at['recovery e-mail'] : at['recovery number']
    await insertRecovery(customer, kind, address)
  }
  await advanceClock(8 * DAY_MS)
  return { ...customer, at, client }
}

/** The code in the newest message for a purpose. */
export async function codeAt(address: string, purpose: string, since?: Date): Promise<string> {
  return codeIn(await nextMessage(address, `code.${purpose}`, since))
}

export const codeIn = ({ text }: { text: string }) => text.match(/\b\d{6}\b/)?.[0] ?? ''

/** Waits for a message at each of these places, and records its delay. Returns the link in each. */
export async function expectMessages(
  report: Report,
  { at }: Owner,
  kind: string,
  places: readonly Place[],
  since: Date,
) {
  const messages = await Promise.all(places.map((place) => nextMessage(at[place], kind)))
  const delays = messages.map(
    ({ createdAt }) => (new Date(createdAt).getTime() - since.getTime()) / 1_000,
  )
  report.addMessage(kind, places.join(', '), Math.max(...delays))
  return Object.fromEntries(
    places.map((place, index) => [place, linkIn(messages[index] ?? { text: '' })]),
  )
}

/**
 * Freezes the account with the link of a notice, in a browser that is not signed in unless given.
 */
export async function freezeByLink(link: string | undefined, client = newClient()) {
  const page = await client.follow(
    await client.press(await client.open(link ?? ''), translations.secure.submit),
  )
  expect(textOf(page.html)).toContain(translations.secureFrozen.title)
}

export async function beginUnfreeze(link: string | undefined, client = newClient()) {
  const page = await client.open(link ?? '')
  await client.follow(await client.press(page, translations.secureFrozen.submit))
  return client
}

type Unfreeze = {
  link: string | undefined
  verifiedBy: readonly [Place, Place]
  decisions?: Record<string, 'keep' | 'undo'>
}

/** Unfreezes the account with codes to two addresses, and logs in with the new password. */
export async function unfreeze(
  report: Report,
  owner: Owner,
  { link, verifiedBy, decisions = {} }: Unfreeze,
): Promise<Owner> {
  const client = await beginUnfreeze(link)
  for (const [index, place] of verifiedBy.entries()) {
    await client.send('/unfreeze', translations.unfreeze.submit, { slot: SLOT[place] })
    const code = await codeAt(owner.at[place], index === 0 ? 'unfreeze_first' : 'unfreeze_second')
    await client.send('/unfreeze/code', 'Verifikasi', { code })
  }
  const password = `layang-layang ke-${randomInt(1_000_000)} putus di sawah`
  const done = await client.send('/unfreeze/review', translations.unfreezeReview.submit, {
    newPassword: password,
    ...decisions,
  })
  expect(done.path).toBe('/unfreeze/done')
  const decided = Object.entries(decisions).map(([slot, choice]) => `, ${choice} ${slot}`)
  report.addRecoveryStep(`unfreeze by ${verifiedBy.join(' and ')}${decided.join('')}`)
  return logInAgain({ ...owner, password })
}

export async function logInAgain(owner: Owner): Promise<Owner> {
  const customer = { ...owner, email: owner.at['primary e-mail'] }
  return { ...owner, client: await walkLogin(customer) }
}

/** Lifts the restriction with a code to this primary address. */
export async function liftRestriction(
  report: Report,
  { client, at }: Owner,
  place: 'primary number' | 'primary e-mail',
) {
  const page = await client.open('/profile/restriction')
  for (const id of radioValues(page.html, 'address')) {
    // The intruder has asked for such a code too.
    const since = productNow()
    const asked = await client.send('/profile/restriction', translations.restriction.submit, {
      address: id,
    })
    // Below the code, the page names the e-mail of customer care.
    const [sentTo = ''] = textOf(asked.html).split(translations.noCode.summary)
    if (sentTo.includes('@') !== at[place].includes('@')) continue
    const code = await codeAt(at[place], 'lift_restriction', since)
    const done = await client.send(
      '/profile/restriction/code',
      translations.restrictionCode.submit,
      {
        code,
      },
    )
    expect(textOf(done.html)).toContain(translations.changeDone.restriction_lifted.title)
    report.addRecoveryStep(`lift the restriction by the ${place}`)
    return
  }
  throw new Error(`the ${place} may not lift the restriction`)
}

export const radioValues = (html: string, name: string) =>
  formsOf(html).flatMap(({ fields }) =>
    fields.flatMap((field) => (field.name === name && field.value ? [field.value] : [])),
  )
