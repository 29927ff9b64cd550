import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { isAccessibleAt400Percent } from '../support/inspect'
import { arrivesAt, follow, isTakenOver, press, reads } from '../support/pages'
import { query } from '../support/product-database'
import { origin } from '../support/running'
import { insertInvited, insertStaff, insertStaffSession } from '../support/staff-fixtures'
import { addAuthenticator } from '../support/virtual-authenticator'
import { DESKTOP, NO_SCRIPT, PHONE, visit } from '../support/walk'

const REFUSED = 'Kunci sandimu belum dipakai'

/** Opens an invitation, makes a passkey and signs in. */
async function enter(page: Page, token: string) {
  await page.goto(`/care/invitation/${token}`)
  await isTakenOver(page)
  await press(page, 'Buat kunci sandi')
  await arrivesAt(page, '/care/invitation/done')
  await signIn(page)
}

async function signIn(page: Page) {
  await page.goto('/care/sign-in')
  await isTakenOver(page)
  await press(page, 'Masuk dengan kunci sandi')
  await arrivesAt(page, '/care')
}

/** A browser in which an administrator of the command line has made a passkey and signed in. */
async function visitAsAdministrator(name: string) {
  const page = await visit(DESKTOP)
  await addAuthenticator(page)
  await enter(page, (await insertInvited('administrator', { name })).token)
  return page
}

describe('somebody who is invited', () => {
  it('makes a passkey, signs in, signs out, and signs in again', async () => {
    const { token } = await insertInvited('administrator', { name: 'Ratna Wijaya' })
    const page = await visit(PHONE)
    const authenticator = await addAuthenticator(page)
    await enter(page, token)
    await reads(page, 'Halo, Ratna Wijaya')
    expect(await authenticator.count()).toBe(1)
    await press(page, 'Keluar')
    await arrivesAt(page, '/care/sign-in')
    await page.goto('/care/staff')
    await arrivesAt(page, '/care/sign-in')
    await signIn(page)
    await page.goto(`/care/invitation/${token}`)
    await reads(page, 'Undangan ini tidak berlaku lagi')
  })

  it('makes none with a device that does not make sure who uses it', async () => {
    const { token, staffId } = await insertInvited('agent')
    const page = await visit(DESKTOP)
    const authenticator = await addAuthenticator(page)
    await authenticator.verifies(false)
    await page.goto(`/care/invitation/${token}`)
    await isTakenOver(page)
    await press(page, 'Buat kunci sandi')
    await reads(page, REFUSED)
    const keys = await query('select id from "StaffKey" where "staffId" = $1', [staffId])
    expect([await authenticator.count(), keys]).toEqual([0, []])
  })

  it('is signed in by nobody whose device does not make sure who uses it', async () => {
    const { token } = await insertInvited('administrator')
    const page = await visit(DESKTOP)
    const authenticator = await addAuthenticator(page)
    await enter(page, token)
    await press(page, 'Keluar')
    await arrivesAt(page, '/care/sign-in')
    await authenticator.verifies(false)
    await page.goto('/care/sign-in')
    await isTakenOver(page)
    await press(page, 'Masuk dengan kunci sandi')
    await reads(page, REFUSED)
    await page.goto('/care')
    await arrivesAt(page, '/care/sign-in')
  })

  it('works when one administrator has invited, and another one has confirmed', async () => {
    const inviting = await visitAsAdministrator('Administrator Satu')
    await follow(inviting, 'Staf')
    await follow(inviting, 'Undang seseorang')
    await arrivesAt(inviting, '/care/staff/invite')
    await isTakenOver(inviting)
    await press(inviting, 'Undang dengan kunci sandimu')
    await reads(inviting, 'Isi namamu.')
    await inviting.getByLabel('Nama', { exact: true }).fill('Wulan Agen')
    await inviting.getByRole('radio', { name: 'Agen', exact: true }).check()
    await press(inviting, 'Undang dengan kunci sandimu')
    await arrivesAt(inviting, '/care/staff/invited')
    const link = await inviting.getByText(`${origin()}/care/invitation/`).innerText()

    const agent = await visit(PHONE)
    await addAuthenticator(agent)
    await agent.goto(link)
    await isTakenOver(agent)
    await press(agent, 'Buat kunci sandi')
    await arrivesAt(agent, '/care/invitation/done')
    await follow(agent, 'Masuk')
    await isTakenOver(agent)
    await press(agent, 'Masuk dengan kunci sandi')
    await reads(agent, 'Kunci sandi ini tidak diterima')

    await inviting.goto('/care/staff')
    await reads(inviting, 'Administrator lain harus mengesahkan orang ini.')
    const confirming = await visitAsAdministrator('Administrator Dua')
    await confirming.goto('/care/staff')
    await follow(confirming, 'Sahkan Wulan Agen')
    await isTakenOver(confirming)
    await press(confirming, 'Sahkan dengan kunci sandimu')
    await reads(confirming, 'Orang ini sekarang bisa masuk.')

    await signIn(agent)
    await reads(agent, 'Halo, Wulan Agen')
    await follow(confirming, 'Nonaktifkan Wulan Agen')
    await isTakenOver(confirming)
    await press(confirming, 'Nonaktifkan dengan kunci sandimu')
    await reads(confirming, 'Orang ini tidak bisa masuk lagi.')
    await agent.goto('/care')
    await arrivesAt(agent, '/care/sign-in')
  })
})

describe('a page that needs a passkey', () => {
  it('says when the browser has none', async () => {
    const page = await visit(PHONE)
    await page.addInitScript('delete window.PublicKeyCredential')
    await page.goto('/care/sign-in')
    await reads(page, 'Peramban ini tidak bisa memakai kunci sandi di sini.')
  })

  it('says that it needs JavaScript', async () => {
    const page = await visit(NO_SCRIPT)
    await page.goto('/care/sign-in')
    // Playwright finds no text in it.
    const words = page.locator('noscript div').first()
    await words.waitFor()
    expect(await words.innerText()).toContain('Kunci sandi perlu JavaScript.')
  })

  it('works with the keyboard alone', async () => {
    const { token } = await insertInvited('administrator', { name: 'Papan Ketik' })
    const page = await visit(DESKTOP)
    await addAuthenticator(page)
    await page.goto(`/care/invitation/${token}`)
    await isTakenOver(page)
    for (let presses = 0; presses < 10; presses++) {
      await page.keyboard.press('Tab')
      if ((await page.locator('main button:focus').count()) > 0) break
    }
    await page.keyboard.press('Enter')
    await arrivesAt(page, '/care/invitation/done')
  })
})

describe('the pages of the console are accessible, fit and are translated', () => {
  it.each(['Bahasa Indonesia', 'English'])('%s', async (language) => {
    const { token, staffId } = await insertInvited('administrator')
    const page = await visit(PHONE)
    const open = async (path: string) => {
      await page.goto(path)
      await isAccessibleAt400Percent(page)
    }
    await page.goto('/care/sign-in')
    if (language === 'English') await press(page, language)
    await page.locator(`html[lang=${language === 'English' ? 'en' : 'id'}]`).waitFor()
    for (const path of ['/care/sign-in', `/care/invitation/${token}`, '/care/invitation/x'])
      await open(path)
    const adopt = async (role: 'administrator' | 'auditor') => {
      const value = await insertStaffSession(await insertStaff(role))
      await page.context().addCookies([{ name: 'care-session', value, url: origin() }])
    }
    await adopt('administrator')
    for (const path of ['', '/staff', '/staff/invite', `/staff/disable/${staffId}`, '/bukan'])
      await open(`/care${path}`)
    await adopt('auditor')
    for (const path of ['', '/log', '/log?type=vetoed']) await open(`/care${path}`)
  })
})
