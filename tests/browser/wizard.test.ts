import { describe, expect, it } from 'vitest'
import {
  kindsTo,
  newAddress,
  nextCode,
  nextMessage,
  walkToConfirmation,
} from '../support/customers'
import { insertCustomer, insertSession } from '../support/fixtures'
import {
  answerCode,
  arrivesAt,
  chooseKind,
  follow,
  LABEL,
  reads,
  typeAddress,
} from '../support/pages'
import { DESKTOP, PHONE, visit } from '../support/walk'

const KINDS = ['email', 'phone'] as const

describe('the wizard', () => {
  it.each(KINDS)(
    'O7 W1 W2 leads from the blue box to a confirmed recovery address and its points: %s',
    async (kind) => {
      const customer = await insertCustomer()
      const address = newAddress(kind)
      const page = await visit(PHONE, { customer })
      const titles = new Set<string>()
      const isAtStep = async (step: number) => {
        await reads(page, `Langkah ${step} dari 4`)
        if (step > 1) await page.locator(step === 2 ? 'h1:focus' : '#code:focus').waitFor()
        titles.add(await page.title())
        expect(titles.size).toBe(step)
      }
      await page.goto('/profile')
      await follow(page, 'Tambah Akun Recovery')
      await isAtStep(1)
      await chooseKind(page, kind)
      await isAtStep(2)
      await typeAddress(page, kind, address)
      await arrivesAt(page, '/profile/recovery/authorise')
      await isAtStep(3)
      await reads(page, `0813-\u2060••••-\u2060${customer.phone.slice(-4)}`)
      await answerCode(page, await nextCode(customer.phone))
      await arrivesAt(page, `/profile/recovery/${kind}/confirm`)
      await isAtStep(4)
      await answerCode(page, await nextCode(address))
      await arrivesAt(page, '/profile/recovery/done')
      await reads(page, 'Poin kamu sekarang 1.000 poin')
      await follow(page, 'Ke profil')
      await arrivesAt(page, '/profile')
      await reads(page, 'Aktif')
      await nextMessage(address, 'notice.recovery_confirmed')
      await nextMessage(customer.email, 'notice.recovery_confirmed')
    },
  )
})

describe('the wizard left', () => {
  it.each(KINDS)(
    'W4 resumes at any step from the profile, even in another browser: %s',
    async (kind) => {
      const customer = await insertCustomer()
      const address = newAddress(kind)
      const page = await visit(PHONE, { customer })
      await page.goto('/profile/recovery')
      await chooseKind(page, kind)
      await page.goto('/profile')
      await follow(page, 'Tambah Akun Recovery')
      await chooseKind(page, kind)
      await typeAddress(page, kind, address)
      await arrivesAt(page, '/profile/recovery/authorise')
      const other = await visit(DESKTOP, { customer })
      await other.goto('/profile')
      await reads(other, 'Kamu belum selesai menambahkan')
      await follow(other, 'Lanjutkan')
      await arrivesAt(other, '/profile/recovery/authorise')
      await answerCode(other, await nextCode(customer.phone))
      await arrivesAt(other, `/profile/recovery/${kind}/confirm`)
      await page.reload()
      await arrivesAt(page, '/profile/recovery')
      await page.goto('/profile')
      await reads(page, 'Belum diverifikasi')
      await follow(page, 'Verifikasi')
      await arrivesAt(page, `/profile/recovery/${kind}/confirm`)
      await answerCode(page, await nextCode(address))
      await arrivesAt(page, '/profile/recovery/done')
      expect((await kindsTo(address)).filter((name) => name.startsWith('code.'))).toEqual([
        'code.confirm_recovery',
      ])
    },
  )

  it('D6 W3 keeps what the customer typed after the link back from the code and after Back', async () => {
    const customer = await insertCustomer()
    const address = newAddress('email')
    const page = await visit(PHONE, { customer })
    await page.goto('/profile/recovery/email')
    await typeAddress(page, 'email', address)
    await arrivesAt(page, '/profile/recovery/authorise')
    await follow(page, 'Salah ketik? Ubah')
    await arrivesAt(page, '/profile/recovery/email')
    await page.locator(`input[value="${address}"]`).waitFor()
    await page.goBack()
    await arrivesAt(page, '/profile/recovery/authorise')
    await page.reload()
    await reads(page, address)
    expect(await kindsTo(customer.phone)).toEqual(['code.authorise_recovery'])
  })

  it('shows an unconfirmed address masked and as not yet usable', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    await walkToConfirmation(client, customer, 'phone', '0812 9876 1234')
    const page = await visit(PHONE, { customer })
    await page.goto('/profile')
    await reads(page, '0812-\u2060••••-\u20601234')
    await reads(page, 'Belum diverifikasi')
    await reads(page, 'Belum bisa dipakai untuk memulihkan akun sebelum kamu verifikasi.')
    await page.getByRole('link', { name: LABEL.phone }).waitFor({ state: 'detached' })
  })
})
