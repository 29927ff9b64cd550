import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import translations from '@/messages/id.json'
import { type Client, newClient } from '../../support/client'
import {
  type Customer,
  newAddress,
  nextCode,
  nextMessage,
  OTHER_PASSWORD,
} from '../../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../../support/fixtures'
import { linkIn } from '../../support/html'
import { isAccessibleAt400Percent } from '../../support/inspect'
import { wait } from '../../support/own-clock'
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
const {
  changeDone,
  secure,
  secureFrozen,
  freezeOwn,
  unfreeze,
  unfreezeReview,
  slot,
  profile,
  restriction,
} = translations

/** A customer whose four addresses are older than the seven days that an unfreeze undoes. */
async function insertGuarded() {
  const customer = await insertCustomer()
  const client = await insertSession(customer)
  const [email, phone] = [newAddress('email'), newAddress('phone')]
  await insertRecovery(customer, 'email', email)
  await insertRecovery(customer, 'phone', phone)
  await wait(8 * DAY_MS)
  return { ...customer, recoveryEmail: email, recoveryPhone: phone, client }
}

/** A thief at the signed-in browser removes the recovery e-mail. */
async function removeRecoveryEmail({ client, phone }: Customer & { client: Client }) {
  await client.send('/profile/recovery/email/remove', 'Kirim kode')
  await client.send('/profile/recovery/email/remove', 'Hapus', { code: await nextCode(phone) })
}

async function requestCode(page: Page, name: string) {
  await arrivesAt(page, '/unfreeze')
  await page.getByRole('radio', { name, exact: true }).check()
  await press(page, unfreeze.submit)
  await arrivesAt(page, '/unfreeze/code')
}

async function passCode(page: Page, name: string, address: string) {
  await requestCode(page, name)
  await answerCode(page, await nextCode(address))
}

/** Each test waits for about six messages. */
const TIMEOUT_MS = 120_000

describe('the owner of an account', { timeout: TIMEOUT_MS }, () => {
  it('E3 O14 freezes it with the link of a notice, undoes the change of a thief and logs in again', async () => {
    const customer = await insertGuarded()
    await removeRecoveryEmail(customer)
    const link = linkIn(await nextMessage(customer.recoveryEmail, 'notice.recovery_removed'))
    const scanner = newClient()
    for (let look = 0; look < 3; look++) expect((await scanner.open(link)).status).toBe(200)
    expect((await customer.client.open('/profile')).status).toBe(200)
    const page = await visit(PHONE)
    await page.goto(link)
    await reads(page, secure.effect)
    await reads(page, /WIB/)
    await isAccessibleAt400Percent(page)
    await press(page, secure.submit)
    await reads(page, secureFrozen.title)
    await isAccessibleAt400Percent(page)
    expect((await customer.client.open('/profile')).location).toContain('/login')
    await logIn(page, customer.email, customer.password)
    await reads(page, unfreeze.first)
    await isAccessibleAt400Percent(page)
    await requestCode(page, slot.primary_phone)
    const tab = await page.context().newPage()
    await tab.goto('/unfreeze/code')
    await isAccessibleAt400Percent(page)
    await answerCode(page, await nextCode(customer.phone))
    await reads(page, unfreeze.second)
    await answerCode(tab, '123456')
    await arrivesAt(tab, '/unfreeze')
    await reads(tab, SENTENCE.challenge_gone)
    await isAccessibleAt400Percent(page)
    await passCode(page, slot.recovery_phone, customer.recoveryPhone)
    await arrivesAt(page, '/unfreeze/review')
    await isAccessibleAt400Percent(page)
    await page.getByLabel('Kata sandi baru').fill(OTHER_PASSWORD)
    await press(page, unfreezeReview.submit)
    await isRefusedAt(page, 'recovery_email', SENTENCE.choice_missing)
    await page.getByRole('radio', { name: /^Kembalikan/ }).check()
    await page.getByLabel('Kata sandi baru').fill(OTHER_PASSWORD)
    await press(page, unfreezeReview.submit)
    await arrivesAt(page, '/unfreeze/done')
    await isAccessibleAt400Percent(page)
    await nextMessage(customer.recoveryEmail, 'notice.change_undone')
    await logIn(page, customer.email, customer.password)
    await isRefused(page, SENTENCE.login_wrong)
    await logIn(page, customer.email, OTHER_PASSWORD)
    await arrivesAt(page, '/profile')
    await reads(page, profile.restrictedTitle)
    await isAccessibleAt400Percent(page)
    await page.goto(link)
    await reads(page, SENTENCE.link_closed)
    await isAccessibleAt400Percent(page)
    await page.goto('/unfreeze/review')
    await arrivesAt(page, '/unfreeze')
    await reads(page, SENTENCE.challenge_gone)
  })

  it('E3 O14 freezes it from the profile, unfreezes it, and lifts the restriction with a code to a third address', async () => {
    const { client: _, ...customer } = await insertGuarded()
    const page = await visit(PHONE, { customer })
    await page.goto('/profile')
    await follow(page, profile.freezeLink)
    await arrivesAt(page, '/profile/freeze')
    await isAccessibleAt400Percent(page)
    await press(page, freezeOwn.submit)
    await arrivesAt(page, '/unfreeze')
    await reads(page, unfreeze.frozenNow)
    await isAccessibleAt400Percent(page)
    await page.goto(linkIn(await nextMessage(customer.email, 'notice.frozen')))
    await press(page, secureFrozen.submit)
    await passCode(page, slot.recovery_email, customer.recoveryEmail)
    await passCode(page, slot.recovery_phone, customer.recoveryPhone)
    await arrivesAt(page, '/unfreeze/review')
    await reads(page, unfreezeReview.unchanged)
    await page.getByLabel('Kata sandi baru').fill(OTHER_PASSWORD)
    await press(page, unfreezeReview.submit)
    await arrivesAt(page, '/unfreeze/done')
    await logIn(page, customer.phone, OTHER_PASSWORD)
    await follow(page, profile.restrictedLink)
    await arrivesAt(page, '/profile/restriction')
    await isAccessibleAt400Percent(page)
    await page.getByRole('radio').check()
    await press(page, restriction.submit)
    await arrivesAt(page, '/profile/restriction/code')
    await isAccessibleAt400Percent(page)
    const tab = await page.context().newPage()
    await tab.goto('/profile/restriction/code')
    await tab.getByLabel('Kode OTP').fill('123456')
    await answerCode(page, await nextCode(customer.phone), translations.restrictionCode.submit)
    await arrivesAt(page, '/profile/done')
    await reads(page, changeDone.restriction_lifted.title)
    // The status of the delivery may have led it there already.
    await tab.keyboard.press('Enter')
    await arrivesAt(tab, '/profile/restriction')
    await reads(tab, SENTENCE.challenge_gone)
    await reads(tab, restriction.over)
  })
})
