import { describe, it } from 'vitest'
import { newPhone } from '../support/customers'
import { isNotWide } from '../support/inspect'
import { arrivesAt, follow, press, reads } from '../support/pages'
import { insertInvited, staffClient } from '../support/staff-fixtures'
import { actAs } from '../support/staff-pages'
import { NO_SCRIPT, visit } from '../support/walk'

describe('on a phone without JavaScript nothing sticks out', () => {
  const small = { ...NO_SCRIPT, width: 360, height: 740 }

  it('for the auditor, from the first page to the oldest rows that are chosen', async () => {
    const agent = await staffClient('agent')
    const reason = 'tanpaspasi'.repeat(20)
    await agent.send('/care', 'Cari akun', { query: newPhone(), reason })
    const page = await visit(small)
    await actAs(page, 'auditor')
    await page.goto('/care')
    await isNotWide(page)
    await follow(page, 'Catatan staf')
    await reads(page, 'Hasil: Tidak ada akun yang cocok')
    await isNotWide(page)
    await page.locator('#type').selectOption({ label: 'Mencari akun yang tidak ditemukan' })
    await press(page, 'Tampilkan')
    await page.waitForURL(/type=look_up_failed/)
    await reads(page, reason)
    await isNotWide(page)
  })

  it('for the administrator, up to the buttons that need a passkey', async () => {
    const { staffId } = await insertInvited('agent', { name: 'N'.repeat(80) })
    const page = await visit(small)
    await actAs(page, 'administrator')
    await page.goto('/care')
    await follow(page, 'Staf')
    await arrivesAt(page, '/care/staff')
    await isNotWide(page)
    await follow(page, 'Undang seseorang')
    await arrivesAt(page, '/care/staff/invite')
    await isNotWide(page)
    await page.goto(`/care/staff/disable/${staffId}`)
    await isNotWide(page)
  })
})
