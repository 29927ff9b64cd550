import { describe, expect, it } from 'vitest'
import { type Answer, newClient } from '../support/client'
import {
  kindsTo,
  newCustomer,
  newEmail,
  newPhone,
  nextCode,
  walkToAccount,
  walkToConfirmation,
} from '../support/customers'
import { withoutElapsed } from '../support/elapsed'
import {
  confirmPrimaryEmail,
  insertCustomer,
  insertRecovery,
  insertSavedCode,
  insertSession,
} from '../support/fixtures'
import { normalised } from '../support/html'
import { BY_PHONE_VALUE, BY_RECOVERY_VALUE, BY_SAVED_VALUE } from './flows'

/** A number as it is typed here; pages show it with hyphens that do not break. */
const NUMBER = /^(\d{4})(\d{4})(\d+)$/

/** The status, headers, cookie attributes and page of an answer, without the typed values. */
function visiblePartsOf(answer: Answer, typed: readonly string[]) {
  const headers = [...answer.headers].filter(
    ([name]) => !['date', 'set-cookie', 'content-length'].includes(name),
  )
  const cookies = answer.headers
    .getSetCookie()
    .map((line) => line.replace(/=[^;]*/, '=').replace(/expires=[^;]*/i, ''))
  // A browser does not show the body of a redirect, and its length depends on timing.
  const page = answer.location === null ? withoutElapsed(normalised(answer.html)) : ''
  const shown = typed.flatMap((word) => [word, word.replace(NUMBER, '$1-\u2060$2-\u2060$3')])
  const html = shown.reduce((text, word) => text.replaceAll(word, '…'), page)
  return {
    status: answer.status,
    location: answer.location,
    headers: headers.map(withoutChance),
    cookies,
    html,
  }
}

/** A nonce and a remaining wait differ between two requests. */
const withoutChance = ([name, value]: [string, string]) =>
  name === 'retry-after' ? name : `${name}: ${value.replace(/nonce[-=]"?[\w+/=]+"?/g, 'nonce')}`

/** The answers of a reset, from its first page to a refused code. */
async function walkReset(identifier: string, choice: string) {
  const client = newClient()
  const started = await client.press(await client.open('/reset'), 'Kirim kode', {
    identifier,
    choice,
  })
  const page = await client.follow(started)
  const isSaved = choice === BY_SAVED_VALUE
  const answer = isSaved ? { savedCode: '0123-4567-89ABC' } : { code: '000000' }
  const attempted = await client.press(page, 'Verifikasi', answer)
  const early = isSaved ? [] : [await client.press(page, 'Kirim ulang kode')]
  const next = await client.open('/reset/password')
  return [started, page, attempted, ...early, next].map((answer) =>
    visiblePartsOf(answer, [identifier]),
  )
}

async function answerLogin(identifier: string) {
  const client = newClient()
  const answer = await client.press(await client.open('/login'), 'Masuk', {
    identifier,
    password: 'kunci yang keliru',
  })
  return visiblePartsOf(answer, [identifier])
}

async function answerRegistration(given: Parameters<typeof newCustomer>[0]) {
  const client = newClient()
  const typed = newCustomer(given)
  const started = await client.press(await client.open('/register'), 'Daftar', typed)
  const page = await client.follow(started)
  const attempted = await client.press(page, 'Verifikasi', { code: '000000' })
  return [started, page, attempted].map((answer) => visiblePartsOf(answer, Object.values(typed)))
}

/** The answers at the e-mail of a new account, from the code of its number to a refused code. */
async function answerEmail(email: string) {
  const client = newClient()
  const typed = newCustomer({ email, password: 'kunci lain di laci meja' })
  const page = await client.send('/register', 'Daftar', typed)
  const created = await client.press(page, 'Verifikasi', { code: await nextCode(typed.phone) })
  const asked = await client.follow(created)
  const attempted = await client.press(asked, 'Verifikasi', { code: '000000' })
  const early = await client.press(asked, 'Kirim ulang kode')
  const done = await client.open('/register/done')
  const stranger = newClient()
  const login = await stranger.press(await stranger.open('/login'), 'Masuk', {
    identifier: email,
    password: typed.password,
  })
  return [created, asked, attempted, early, done, login].map((answer) =>
    visiblePartsOf(answer, Object.values(typed)),
  )
}

describe('R22 a known and an unknown account get the same answer', () => {
  it.each([BY_PHONE_VALUE, BY_RECOVERY_VALUE, BY_SAVED_VALUE])(
    'P1 from the reset: %s',
    async (choice) => {
      const [bare, waiting, full] = [
        await insertCustomer(),
        await insertCustomer(),
        await insertCustomer(),
      ]
      await walkToConfirmation(await insertSession(waiting), waiting, 'email', newEmail())
      await insertRecovery(full, 'email', newEmail())
      await insertSavedCode(full)
      for (const unknown of [newEmail(), newPhone()]) {
        const kind = unknown.includes('@') ? 'email' : 'phone'
        const answers = await walkReset(unknown, choice)
        for (const known of [bare, waiting, full])
          expect(await walkReset(known[kind], choice)).toEqual(answers)
      }
    },
  )

  it('L4 from the log-in', async () => {
    const known = await insertCustomer()
    expect(await answerLogin(known.email)).toEqual(await answerLogin(newEmail()))
    expect(await answerLogin(known.phone)).toEqual(await answerLogin(newPhone()))
  })

  it('from the registration', async () => {
    const owner = await insertCustomer()
    const free = await answerRegistration({})
    expect(await answerRegistration({ email: owner.email })).toEqual(free)
    expect(await answerRegistration({ phone: owner.phone })).toEqual(free)
    expect(await answerRegistration({ email: owner.email, phone: owner.phone })).toEqual(free)
  })
})

describe('R22 an e-mail that an account has and one that none has get the same answer', () => {
  it('at the end of a registration, and at a log-in after it', async () => {
    const [unconfirmed, confirmed] = [await insertCustomer(), await insertCustomer()]
    await confirmPrimaryEmail(confirmed)
    const pending = await walkToAccount()
    const free = await answerEmail(newEmail())
    for (const { email } of [unconfirmed, confirmed, pending])
      expect(await answerEmail(email)).toEqual(free)
    expect((await kindsTo(confirmed.email))[0]).toBe('already_registered')
  })
})

describe('R24 a known and an unknown account get the same limits and choices', () => {
  it('at the same try, with the same text', async () => {
    const known = await insertCustomer()
    const unknown = newEmail()
    for (let tries = 1; tries <= 7; tries++) {
      const [one, other] = [await walkStart(known.email), await walkStart(unknown)]
      expect([tries, other]).toEqual([tries, one])
    }
  })

  it('with the same choices in every case', async () => {
    const { html } = await newClient().open('/reset')
    expect([...html.matchAll(/type="radio"[^>]*value="(\w+)"/g)].map(([, value]) => value)).toEqual(
      [BY_PHONE_VALUE, 'primary_whatsapp', BY_RECOVERY_VALUE, BY_SAVED_VALUE],
    )
  })
})

async function walkStart(identifier: string) {
  const client = newClient()
  const answer = await client.press(await client.open('/reset'), 'Kirim kode', {
    identifier,
    choice: BY_PHONE_VALUE,
  })
  return visiblePartsOf(answer, [identifier])
}
