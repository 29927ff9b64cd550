import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { newPhone, nextCode, nextMessage, register, saveRecovery, signIn } from '../support/customers'
import { answerCode, arrivesAt, logIn, press } from '../support/pages'
import { type Mode, visit } from '../support/walk'

/** A window of 1280 × 1024 at 400 % (WCAG 2.2 1.4.10). Every browser of the tests asks for less motion. */
const ZOOMED: Mode = { mode: 'at 400 %', hasScript: true, width: 320, height: 256, isPhone: false }

/** What sticks out of the window, is cut off, or moves. */
async function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isHidden = (element: Element) => element.clientWidth <= 1 || element.closest('svg, head, .sr-only') !== null
    const nameOf = (element: Element) => `${element.tagName} "${(element.textContent ?? '').slice(0, 40)}"`
    const moving = document.getAnimations().map(() => 'something moves')
    const found = [...document.body.querySelectorAll('*')].flatMap((element) => {
      const { left, right, width } = element.getBoundingClientRect()
      const style = getComputedStyle(element)
      if (style.transitionDuration !== '0s' || style.animationName !== 'none') return [`${nameOf(element)} moves`]
      if (width === 0 || isHidden(element)) return []
      if (left < -1 || right > innerWidth + 1) return [`${nameOf(element)} sticks out`]
      const isCut = style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth && element.tagName !== 'INPUT'
      return isCut ? [`${nameOf(element)} is cut off`] : []
    })
    const isWide = document.documentElement.scrollWidth > innerWidth
    return [...(isWide ? ['scrolls sideways'] : []), ...moving, ...found]
  })
}

async function allFit(page: Page, paths: readonly string[]) {
  for (const path of paths) {
    await page.goto(path)
    expect([path, ...(await faultsOf(page))]).toEqual([path])
  }
}

const fits = async (page: Page) => expect([page.url(), ...(await faultsOf(page))]).toEqual([page.url()])

it('at 400 % nothing is lost, scrolls sideways or moves, wherever the profile leads', async () => {
  const customer = await register()
  await saveRecovery(await signIn(customer), customer, 'phone', newPhone())
  const page = await visit(ZOOMED, { customer })
  await allFit(page, ['/profile', '/profile/devices', '/profile/activity', '/profile/freeze', '/profile/restriction'])
  await allFit(page, ['/', '/profile/email', '/profile/email/prove', '/profile/recovery/phone/confirm', '/profile/phone'])
  const address = newPhone()
  await page.getByLabel('Nomor handphone baru').fill(address)
  await page.getByLabel('Kata sandi sekarang').fill(customer.password)
  await page.getByRole('radio').first().check()
  await press(page, 'Kirim kode')
  await arrivesAt(page, '/profile/phone/authorise')
  await fits(page)
  await answerCode(page, await nextCode(customer.phone))
  await arrivesAt(page, '/profile/phone/review')
  await fits(page)
  await press(page, 'Kirim kode')
  await arrivesAt(page, '/profile/phone/confirm')
  await fits(page)
})

it('at 400 % nothing is lost, scrolls sideways or moves, from the link of a notice to the way out of a freeze', async () => {
  const customer = await register()
  const { text } = await nextMessage(customer.email, 'notice.registered')
  const page = await visit(ZOOMED)
  await allFit(page, [
    '/login',
    '/register',
    '/reset',
    '/secure/forged',
    '/thaw',
    '/help',
    /\/secure\/[\w-]+/.exec(text)?.[0] ?? '',
  ])
  await press(page, 'Bekukan akun')
  await page.getByRole('button', { name: 'Buka lagi akun' }).waitFor()
  await fits(page)
  await logIn(page, customer.email, customer.password)
  await arrivesAt(page, '/thaw')
  await fits(page)
})
