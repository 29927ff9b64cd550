import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { newEmail, newPhone, nextCode, walkRecovery } from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import { textOf } from '../support/html'
import { follow, reads } from '../support/pages'
import { PHONE, visit } from '../support/walk'

const numberIn = (text: string) => Number(text.replace(/[^\d-]/g, ''))

async function readStatement(page: Page) {
  const entries = await page.locator('main section li > span:last-child').allInnerTexts()
  const balance = await page.getByText(/poin$/).filter({ hasText: /\d/ }).first().innerText()
  return { entries: entries.map(numberIn), balance: numberIn(balance) }
}

describe('the points page', () => {
  it('N1 shows entries that sum to the balance of the profile', async () => {
    const customer = await insertCustomer()
    const page = await visit(PHONE, { customer })
    await page.goto('/profile/points')
    await reads(page, 'Belum ada poin')
    await insertRecovery(customer, 'email', newEmail())
    await page.goto('/profile')
    await reads(page, '1.000 poin')
    await follow(page, 'Lihat riwayat poin')
    await reads(page, 'Hadiah Akun Recovery')
    expect(await readStatement(page)).toEqual({ entries: [1000], balance: 1000 })
  })
})

describe('the reward', () => {
  it('N1 is credited once for each customer, whatever the customer removes and adds again', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const address = newEmail()
    await walkRecovery(client, customer, 'email', address)
    await client.send('/profile/recovery/email/remove', 'Kirim kode')
    await client.send('/profile/recovery/email/remove', 'Hapus', {
      code: await nextCode(customer.phone),
    })
    await walkRecovery(client, customer, 'email', address)
    await walkRecovery(client, customer, 'phone', newPhone())
    const { html } = await client.open('/profile/points')
    expect(textOf(html).match(/Hadiah Akun Recovery/g)).toHaveLength(1)
    expect(textOf(html)).toContain('1.000 poin')
  })

  it('is credited once for each address, even when customers share it', async () => {
    const address = newEmail()
    const balances = []
    for (const shared of [address, address.replace('@', '+ibu@').toUpperCase()]) {
      const customer = await insertCustomer()
      const client = await insertSession(customer)
      await walkRecovery(client, customer, 'email', shared)
      balances.push(textOf((await client.open('/profile/points')).html))
    }
    expect(balances[0]).toContain('1.000 poin')
    expect(balances[1]).toContain('0 poin')
    expect(balances[1]).toContain('Belum ada poin')
  })
})
