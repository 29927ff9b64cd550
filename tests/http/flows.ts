import translations from '@/messages/id.json'
import { type Client, newClient } from '../support/client'
import { type Customer, nextCode } from '../support/customers'

export const REFUSAL = translations.refusal

export const BY_PHONE_VALUE = 'primary_phone'
export const BY_RECOVERY_VALUE = 'recovery'
export const BY_SAVED_VALUE = 'saved_code'

/** Requests the code of a reset, and follows to the next page. */
export const startReset = (client: Client, identifier: string, choice = BY_PHONE_VALUE) =>
  client.send('/reset', 'Kirim kode', { identifier, choice })

/** A browser whose reset has passed its code, at the page for the new password. */
export async function passedReset({ phone }: Customer, client = newClient()) {
  await startReset(client, phone)
  const code = await nextCode(phone, 'reset_password')
  const page = await client.send('/reset/code', 'Verifikasi', { code })
  if (page.path !== '/reset/password') throw new Error(`the code led to ${page.path}`)
  return { client, page }
}

/** A complete reset. */
export async function reset(customer: Customer, newPassword: string, client = newClient()) {
  const { page } = await passedReset(customer, client)
  return client.press(page, 'Simpan kata sandi', { newPassword })
}
