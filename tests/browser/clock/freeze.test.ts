import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import words from '@/messages/id.json'
import { type Client, newClient } from '../../support/client'
import {
  type Customer,
  kindsTo,
  newAddress,
  nextCode,
  nextMessage,
  OTHER_PASSWORD,
  walkLogin,
  walkRegistration,
} from '../../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../../support/fixtures'
import { linkIn, textOf } from '../../support/html'
import { fitsAt400Percent, isAccessible } from '../../support/inspect'
import { product, wait } from '../../support/own-clock'
import {
  answerCode,
  arrivesAt,
  follow,
  isRefused,
  isRefusedAt,
  logIn,
  press,
  reads,
  SENTENCE,
} from '../../support/pages'
import { PHONE, visit } from '../../support/walk'

const DAY_MS = 24 * 60 * 60 * 1_000
const { secure, secureFrozen, freezeOwn, unfreeze, unfreezeReview, slot, profile, restriction } =
  words

/** A customer with both recovery addresses, all of them older than what a thief may have changed. */
async function settled() {
  const customer = await insertCustomer()
  const client = await insertSession(customer)
  const [email, phone] = [newAddress('email'), newAddress('phone')]
  await insertRecovery(customer, 'email', email)
  await insertRecovery(customer, 'phone', phone)
  await wait(8 * DAY_MS)
  return { ...customer, recoveryEmail: email, recoveryPhone: phone, client }
}

/** A thief at a signed-in browser takes the recovery e-mail address away. */
async function steal({ client, phone }: Customer & { client: Client }) {
  await client.send('/profile/recovery/email/remove', 'Kirim kode')
  await client.send('/profile/recovery/email/remove', 'Hapus', { code: await nextCode(phone) })
}

async function choose(page: Page, name: string) {
  await arrivesAt(page, '/unfreeze')
  await page.getByRole('radio', { name, exact: true }).check()
  await press(page, unfreeze.submit)
  await arrivesAt(page, '/unfreeze/code')
}

async function prove(page: Page, name: string, address: string) {
  await choose(page, name)
  await answerCode(page, await nextCode(address))
}

/** E3, O14: axe finds nothing, and 400 % loses nothing. */
async function inspect(page: Page) {
  await isAccessible(page)
  await fitsAt400Percent(page)
}

/** Each is a whole story, with half a dozen messages to wait for. */
const PATIENCE_MS = 120_000

describe('"Bukan saya"', { timeout: PATIENCE_MS }, () => {
  it('E3 O14 stops a thief from the notice alone, and the owner undoes the theft and is back', async () => {
    const customer = await settled()
    await steal(customer)
    const link = linkIn(await nextMessage(customer.recoveryEmail, 'notice.recovery_removed'))
    const scanner = newClient()
    for (let look = 0; look < 3; look++) expect((await scanner.open(link)).status).toBe(200)
    expect((await customer.client.open('/profile')).status).toBe(200)
    const page = await visit(PHONE)
    await page.goto(link)
    await reads(page, secure.effect)
    await reads(page, /WIB/)
    await inspect(page)
    await press(page, secure.submit)
    await reads(page, secureFrozen.title)
    await inspect(page)
    expect((await customer.client.open('/profile')).location).toContain('/login')
    await logIn(page, customer.email, customer.password)
    await reads(page, unfreeze.first)
    await inspect(page)
    await choose(page, slot.primary_phone)
    const tab = await page.context().newPage()
    await tab.goto('/unfreeze/code')
    await inspect(page)
    await answerCode(page, await nextCode(customer.phone))
    await reads(page, unfreeze.second)
    await answerCode(tab, '123456')
    await arrivesAt(tab, '/unfreeze')
    await reads(tab, SENTENCE.challenge_gone)
    await inspect(page)
    await prove(page, slot.recovery_phone, customer.recoveryPhone)
    await arrivesAt(page, '/unfreeze/review')
    await inspect(page)
    await page.getByLabel('Kata sandi baru').fill(OTHER_PASSWORD)
    await press(page, unfreezeReview.submit)
    await isRefusedAt(page, 'recovery_email', SENTENCE.choice_missing)
    await page.getByRole('radio', { name: /^Kembalikan/ }).check()
    await page.getByLabel('Kata sandi baru').fill(OTHER_PASSWORD)
    await press(page, unfreezeReview.submit)
    await arrivesAt(page, '/unfreeze/done')
    await inspect(page)
    await nextMessage(customer.recoveryEmail, 'notice.change_undone')
    await logIn(page, customer.email, customer.password)
    await isRefused(page, SENTENCE.login_wrong)
    await logIn(page, customer.email, OTHER_PASSWORD)
    await arrivesAt(page, '/profile')
    await reads(page, profile.restrictedTitle)
    await inspect(page)
    await page.goto(link)
    await reads(page, SENTENCE.link_closed)
    await inspect(page)
    await page.goto('/unfreeze/review')
    await arrivesAt(page, '/unfreeze')
    await reads(page, SENTENCE.challenge_gone)
  })

  it('E3 O14 freezes from the profile, opens again, and lifts the restriction with a code to a third address', async () => {
    const { client: _, ...customer } = await settled()
    const page = await visit(PHONE, { customer })
    await page.goto('/profile')
    await follow(page, profile.freezeLink)
    await arrivesAt(page, '/profile/freeze')
    await inspect(page)
    await press(page, freezeOwn.submit)
    await arrivesAt(page, '/unfreeze')
    await reads(page, unfreeze.frozenNow)
    await inspect(page)
    await page.goto(linkIn(await nextMessage(customer.email, 'notice.frozen')))
    await press(page, secureFrozen.submit)
    await prove(page, slot.recovery_email, customer.recoveryEmail)
    await prove(page, slot.recovery_phone, customer.recoveryPhone)
    await arrivesAt(page, '/unfreeze/review')
    await reads(page, unfreezeReview.unchanged)
    await page.getByLabel('Kata sandi baru').fill(OTHER_PASSWORD)
    await press(page, unfreezeReview.submit)
    await arrivesAt(page, '/unfreeze/done')
    await logIn(page, customer.phone, OTHER_PASSWORD)
    await follow(page, profile.restrictedLink)
    await arrivesAt(page, '/profile/restriction')
    await inspect(page)
    await page.getByRole('radio').check()
    await press(page, restriction.submit)
    await arrivesAt(page, '/profile/restriction/code')
    await inspect(page)
    const tab = await page.context().newPage()
    await tab.goto('/profile/restriction/code')
    await answerCode(page, await nextCode(customer.phone), words.restrictionCode.submit)
    await arrivesAt(page, '/profile')
    await reads(page, profile.changedLifted)
    await answerCode(tab, '123456', words.restrictionCode.submit)
    await arrivesAt(tab, '/profile/restriction')
    await reads(tab, SENTENCE.challenge_gone)
    await reads(tab, restriction.over)
  })
})

describe('what is not in order', () => {
  it('has its words and no effect: forged and foreign links, skipped steps, an unfreeze of none', async () => {
    const customer = await walkRegistration()
    const link = linkIn(await nextMessage(customer.email, 'notice.registered'))
    const client = newClient()
    expect(textOf((await client.open('/secure/forged')).html)).toContain(SENTENCE.link_unknown)
    const shown = await client.open(link)
    expect(shown.headers.get('referrer-policy')).toBe('no-referrer')
    expect(shown.headers.get('cache-control')).toContain('no-store')
    expect((await client.press(shown, secure.submit, {}, 'https://jahat.example')).status).toBe(403)
    for (const path of ['/unfreeze/code', '/unfreeze/review'])
      expect((await client.open(path)).location).toBe('/unfreeze?ended=challenge_gone')
    expect(textOf((await client.open('/unfreeze')).html)).toContain(unfreeze.none)
    expect((await walkLogin(customer)).cookies.size).toBeGreaterThan(0)
    expect(product().readLog()).not.toContain(link.replace('/secure/', ''))
  })

  it('E3 O14 leads to customer care when fewer than two addresses are undisputed, and lets two tabs be', async () => {
    const customer = await walkRegistration()
    const client = newClient()
    const link = linkIn(await nextMessage(customer.phone, 'notice.registered'))
    const [one, other] = [await client.open(link), await client.open(link)]
    await client.press(one, secure.submit)
    const frozen = await client.follow(await client.press(other, secure.submit))
    await nextMessage(customer.phone, 'notice.frozen')
    expect((await kindsTo(customer.phone)).filter((kind) => kind === 'notice.frozen')).toHaveLength(
      1,
    )
    const stuck = await client.follow(await client.press(frozen, secureFrozen.submit))
    expect(textOf(stuck.html)).toMatch(/sebutkan referensi [2-9A-Z]{8}/)
    const page = await visit(PHONE)
    await page.goto(link)
    await press(page, secureFrozen.submit)
    await reads(page, unfreeze.stuck)
    await inspect(page)
    await page.goto('/secure/forged')
    await inspect(page)
  })
})
