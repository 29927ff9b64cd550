import { describe, it } from 'vitest'
import translations from '@/messages/id.json'
import {
  newCustomer,
  newEmail,
  nextCode,
  nextMessage,
  walkRegistration,
} from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import { answerCode, arrivesAt, follow, press, reads } from '../support/pages'
import { DESKTOP, visit } from '../support/walk'

const { addEmail, changeReview, profile, slot } = translations

describe('an e-mail that another account confirms', () => {
  it('leaves the profile of its unconfirmed holder, who adds another one', async () => {
    const holder = await insertCustomer()
    await walkRegistration(newCustomer({ email: holder.email }))
    await nextMessage(holder.phone, 'notice.email_lost')
    const page = await visit(DESKTOP, { customer: holder })
    await page.goto('/profile')
    await follow(page, `${profile.add} ${slot.primary_email}`)
    await arrivesAt(page, '/profile/email')
    await reads(page, addEmail.intro)
    const email = newEmail()
    await page.getByLabel('Email baru').fill(email)
    await page.getByLabel('Kata sandi sekarang').fill(holder.password)
    await press(page, 'Kirim kode')
    await arrivesAt(page, '/profile/email/authorise')
    await answerCode(page, await nextCode(holder.phone))
    await arrivesAt(page, '/profile/email/review')
    await reads(page, changeReview.loginAdded)
    await press(page, 'Kirim kode')
    await arrivesAt(page, '/profile/email/confirm')
    await answerCode(page, await nextCode(email))
    await arrivesAt(page, '/profile/done')
    await page.goto('/profile')
    await page
      .getByRole('link', { name: `${profile.add} ${slot.primary_email}` })
      .waitFor({ state: 'detached' })
  })
})
