import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { newEmail, newPhone, walkToConfirmation } from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import { arrivesAt, BY_PHONE, isTakenOver, press, reads, startReset } from '../support/pages'
import { DESKTOP, PHONE, visit } from '../support/walk'

/** 254 characters, the longest address. */
const longest = () =>
  `${newEmail().split('@')[0]}+${'u'.repeat(64)}`
    .slice(0, 64)
    .concat('@', `${'a'.repeat(61)}.`.repeat(3), 'com')

describe('the fields of the registration', () => {
  it('F2 F5 name the number and the address, show a hint, and change nothing during typing', async () => {
    const page = await visit(PHONE)
    await page.goto('/register')
    const [phone, email] = [
      page.getByLabel('No. Handphone', { exact: true }),
      page.getByLabel('Email', { exact: true }),
    ]
    for (const [name, value] of [
      ['type', 'email'],
      ['autocomplete', 'email'],
      ['spellcheck', 'false'],
    ] as const)
      expect(await email.getAttribute(name)).toBe(value)
    expect([await phone.getAttribute('type'), await phone.getAttribute('autocomplete')]).toEqual([
      'tel',
      'tel',
    ])
    await reads(page, 'Nomor Indonesia, contoh: 0812-3456-7890')
    await phone.pressSequentially('62 812-99')
    for (let step = 0; step < 3; step++) await phone.press('ArrowLeft')
    await phone.pressSequentially('5')
    expect(await phone.inputValue()).toBe('62 8125-99')
  })
})

describe('an e-mail address', () => {
  it('F5 of 254 characters with a tag is stored as typed, and breaks no page', async () => {
    const [customer, address] = [await insertCustomer(), longest()]
    expect(address).toHaveLength(254)
    const page = await visit(PHONE, { customer })
    await page.goto('/profile/recovery/email')
    await page.getByLabel('Email', { exact: true }).fill(address)
    await press(page, 'Simpan')
    await arrivesAt(page, '/profile/recovery/authorise')
    await reads(page, address)
    expect((await page.locator('main').boundingBox())?.width).toBeLessThanOrEqual(PHONE.width)
  })
})

describe.each([PHONE, DESKTOP])('the choice of a reset $mode', (mode) => {
  it('P2 is a group with a legend, and the keyboard enters it, moves in it and leaves it', async () => {
    const page = await visit(mode)
    await page.goto('/reset')
    await isTakenOver(page)
    const group = page.getByRole('group', { name: 'Pakai kode yang mana?' })
    await page.getByLabel('Email atau nomor handphone').focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    expect(await group.getByRole('radio', { name: BY_PHONE }).isChecked()).toBe(true)
    await page.keyboard.press('ArrowDown')
    expect(await group.getByRole('radio').nth(1).isChecked()).toBe(true)
    await page.keyboard.press('Tab')
    await page.locator('main form button[type=submit]:focus').waitFor()
  })
})

describe('at 400 % zoom and at twice the text size', () => {
  it('O14 F8 no element is cut off or wider than the screen, and every field has its label above it', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    await insertRecovery(customer, 'email', newEmail())
    await walkToConfirmation(client, customer, 'phone', newPhone())
    const narrow = { ...DESKTOP, width: 320 }
    const [stranger, page] = [await visit(narrow), await visit(narrow, { customer })]
    for (const path of [
      '/',
      '/login',
      '/register',
      '/reset',
      '/reset/done',
      '/help',
      '/help/lost',
      '/unfreeze',
      '/tidak/ada',
    ])
      await isWhole(stranger, path)
    await startReset(stranger, newEmail(), BY_PHONE)
    await arrivesAt(stranger, '/reset/code')
    await isWhole(stranger, '/reset/code')
    for (const path of [
      '',
      '/points',
      '/password',
      '/devices',
      '/activity',
      '/freeze',
      '/phone',
      '/email',
      '/recovery',
    ])
      await isWhole(page, `/profile${path}`)
    await isWhole(page, '/profile/recovery/phone/confirm')
  })
})

async function isWhole(page: Page, path: string) {
  await page.goto(path)
  for (const [width, textSize] of [
    [320, '100%'],
    [640, '200%'],
  ] as const) {
    await page.setViewportSize({ width, height: 512 })
    await page.evaluate(
      (size) => document.documentElement.style.setProperty('font-size', size),
      textSize,
    )
    expect([path, textSize, ...(await page.evaluate(whatIsWrong))]).toEqual([path, textSize])
  }
}

/**
 * The elements of a page that are cut off or stick out, and the fields without a label above them.
 */
function whatIsWrong() {
  const wrong = document.documentElement.scrollWidth > innerWidth ? ['wider than the screen'] : []
  for (const element of document.querySelectorAll<HTMLElement>(
    'main h1, main h2, main p, main a, main button, main label',
  )) {
    const { left, right, width } = element.getBoundingClientRect()
    const isShown = width > 1 && getComputedStyle(element).visibility !== 'hidden'
    if (isShown && (left < 0 || right > innerWidth + 0.5))
      wrong.push(`sticks out: ${element.innerText}`)
  }
  for (const field of document.querySelectorAll<HTMLInputElement>(
    'main form input:not([type=hidden], [type=radio], [aria-hidden])',
  )) {
    const [label] = field.labels ?? []
    if (!label?.innerText) wrong.push(`no label: ${field.name}`)
    else if (
      field.type !== 'search' &&
      label.getBoundingClientRect().bottom > field.getBoundingClientRect().top
    )
      wrong.push(`label not above: ${field.name}`)
  }
  return wrong
}
