import type { Client } from '../support/client'
import { newEmail, newPhone } from '../support/customers'
import { codeAt, type Owner } from './owner'
import type { Report } from './report'

type Change = {
  path: string
  fields: Record<string, string>
  /**
   * The address and purpose of the code that authorises the change, and of the one that confirms
   * it.
   */
  authorise: readonly [address: string, purpose: string]
  confirm: readonly [address: string, purpose: string]
}

/** Replaces an address through the pages: both codes, then the profile. */
export async function changeAddress(client: Client, { path, fields, authorise, confirm }: Change) {
  await client.send(path, 'Kirim kode', fields)
  await client.send(`${path}/authorise`, 'Verifikasi', { code: await codeAt(...authorise) })
  await client.send(`${path}/review`, 'Kirim kode')
  const done = await client.send(`${path}/confirm`, 'Verifikasi', {
    code: await codeAt(...confirm),
  })
  if (done.path !== '/profile/done') throw new Error(`the change ended at ${done.path}`)
}

/**
 * Replaces the primary number, authorised at the recovery e-mail because the old number is in other
 * hands.
 */
export async function changePrimaryPhone(report: Report, owner: Owner): Promise<Owner> {
  const { client, at, password } = owner
  const phone = newPhone()
  await changeAddress(client, {
    path: '/profile/phone',
    fields: { phone, currentPassword: password, proof: 'recovery' },
    authorise: [at['recovery e-mail'], 'change_phone'],
    confirm: [phone, 'confirm_phone'],
  })
  report.addRecoveryStep('another primary number, authorised at the recovery addresses')
  return { ...owner, at: { ...at, 'primary number': phone } }
}

/** Replaces the primary e-mail, authorised at the primary number. Returns the new address. */
export async function changePrimaryEmail(
  { client, password }: { client: Client; password: string },
  primaryNumber: string,
): Promise<string> {
  const email = newEmail()
  await changeAddress(client, {
    path: '/profile/email',
    fields: { email, currentPassword: password, proof: 'primary_phone' },
    authorise: [primaryNumber, 'change_email'],
    confirm: [email, 'confirm_email'],
  })
  return email
}
