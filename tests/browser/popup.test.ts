import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { newEmail, walkToConfirmation } from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import { arrivesAt, follow, isTakenOver, press, reads } from '../support/pages'
import { DESKTOP, PHONE, visit } from '../support/walk'

const popup = (page: Page) => page.getByRole('region', { name: 'Recovery Account' })

/** Closes the pop-up, and waits until the server has stored it. */
async function close(page: Page, how: (page: Page) => Promise<void>) {
  const told = page.waitForResponse((response) => response.request().method() === 'POST')
  await how(page)
  await told
  await popup(page).waitFor({ state: 'detached' })
}

describe.each([PHONE, DESKTOP])('the pop-up $mode', (mode) => {
  it('U1 U2 U5 U6 is at the top right, leads to the wizard, and stays away in every browser after "Tutup"', async () => {
    const customer = await insertCustomer()
    const page = await visit(mode, { customer })
    await page.goto('/')
    await popup(page).waitFor()
    const box = await popup(page).boundingBox()
    expect(box?.y).toBeLessThan(mode.height / 2)
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeGreaterThan(mode.width * 0.85)
    expect(await popup(page).getAttribute('aria-modal')).toBeNull()
    await follow(page, 'Tambah Akun Recovery')
    await arrivesAt(page, '/profile/recovery')
    await page.goto('/')
    await close(page, () => press(page, 'Tutup'))
    const other = await visit(DESKTOP, { customer })
    for (const browser of [page, other]) {
      await browser.goto('/')
      await reads(browser, 'Rekomendasi hari ini')
      expect(await popup(browser).count()).toBe(0)
    }
  })
})

describe('the pop-up', () => {
  it('U5 appears only for signed-in customers without a confirmed recovery address', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const stranger = await visit(PHONE)
    await stranger.goto('/')
    expect(await popup(stranger).count()).toBe(0)
    await walkToConfirmation(client, customer, 'email', newEmail())
    const page = await visit(PHONE, { customer })
    await page.goto('/')
    await popup(page).waitFor()
    await insertRecovery(customer, 'phone', '0812 5555 1234')
    await page.reload()
    await reads(page, 'Rekomendasi hari ini')
    expect(await popup(page).count()).toBe(0)
  })

  it.each([PHONE, DESKTOP])('U3 closes with Escape and returns the focus, $mode', async (mode) => {
    const page = await visit(mode, { customer: await insertCustomer() })
    await page.goto('/')
    await isTakenOver(page)
    const search = page.getByRole('searchbox')
    await search.focus()
    await popup(page).getByRole('button', { name: 'Tutup' }).focus()
    await close(page, () => page.keyboard.press('Escape'))
    expect(await search.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.reload()
    await reads(page, 'Rekomendasi hari ini')
    expect(await popup(page).count()).toBe(0)
  })

  it.each([PHONE, DESKTOP])(
    'U1 U2 moves nothing, takes no focus, and has buttons of thumb size, $mode',
    async (mode) => {
      const page = await visit(mode, { customer: await insertCustomer() })
      await page.goto('/')
      await isTakenOver(page)
      await popup(page).waitFor()
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
      expect(await page.evaluate(layoutShift)).toBe(0)
      const button = await popup(page).getByRole('button', { name: 'Tutup' }).boundingBox()
      expect(Math.min(button?.width ?? 0, button?.height ?? 0)).toBeGreaterThanOrEqual(44)
    },
  )

  it.each([320, 360, 768, 1366])(
    'U4 never covers the focused element, %i px wide',
    async (width) => {
      const page = await visit(
        { ...(width < 768 ? PHONE : DESKTOP), width },
        { customer: await insertCustomer() },
      )
      await page.goto('/')
      await popup(page).waitFor()
      for (let stops = 0; stops < 24; stops++) {
        await page.keyboard.press('Tab')
        expect(await page.evaluate(isFocusSeen), `stop ${stops}`).toBe(true)
      }
    },
  )
})

/**
 * The cumulative layout shift of the content since the page was opened. The header, which the pop-up is
 * not in, may be painted before all of its links have arrived.
 */
function layoutShift() {
  const main = document.querySelector('main')
  const isOfContent = (entry: PerformanceEntry) =>
    Array.from<{ node: Node | null }>(Reflect.get(entry, 'sources')).some(({ node }) =>
      main?.contains(node),
    )
  const observer = new PerformanceObserver(() => {})
  observer.observe({ type: 'layout-shift', buffered: true })
  return observer
    .takeRecords()
    .filter(isOfContent)
    .reduce((sum, entry) => sum + Number(Reflect.get(entry, 'value')), 0)
}

/** Whether no other element covers the centre of the focused one. */
function isFocusSeen() {
  const focused = document.activeElement
  if (!focused || focused === document.body) return true
  const { x, y, width, height } = focused.getBoundingClientRect()
  const onTop = document.elementFromPoint(x + width / 2, y + height / 2)
  return onTop !== null && (focused.contains(onTop) || onTop.contains(focused))
}
