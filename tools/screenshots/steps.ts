import type { Persona, Visitor } from './visitor'

const BY_PHONE = 'OTP lewat SMS ke nomor handphone utama'

/** Registers, in place of whoever was signed in before. */
export async function registerPersona(
  { page, open, fill, press, waitForPath, receiveCode }: Visitor,
  customer: Persona,
) {
  await page.context().clearCookies({ name: /session|register/ })
  await open('/register')
  await fill('Nama', customer.name)
  await fill('Email', customer.email)
  await fill('No. Handphone', customer.phone)
  await fill('Kata sandi', customer.password)
  await press('Daftar')
  await waitForPath('/register/code')
  await fill('Kode OTP', await receiveCode(customer.phone))
  await press('Verifikasi')
  await waitForPath('/register/email')
}

/** Logs in, in place of whoever was signed in before. */
export async function submitLoginForm(
  { page, open, fill, press }: Visitor,
  identifier: string,
  password: string,
) {
  await page.context().clearCookies({ name: /session/ })
  await open('/login')
  await fill('Email atau nomor handphone', identifier)
  await fill('Kata sandi', password)
  await press('Masuk')
}

export async function requestReset(
  { open, fill, choose, press }: Visitor,
  identifier: string,
  choice = BY_PHONE,
) {
  await open('/reset')
  await fill('Email atau nomor handphone', identifier)
  await choose(choice)
  await press('Kirim kode')
}

export async function enterCode({ fill, press }: Visitor, code: string, button = 'Verifikasi') {
  await fill('Kode OTP', code)
  await press(button)
}

/** Saves and confirms a recovery address, without pictures. */
export async function addRecoveryAddress(
  visitor: Visitor,
  customer: Persona,
  kind: 'email' | 'phone',
  address: string,
) {
  const { open, fill, press, waitForPath, receiveCode } = visitor
  await open(`/profile/recovery/${kind}`)
  await fill(kind === 'email' ? 'Email' : 'No. Handphone', address)
  await press('Simpan')
  await waitForPath('/profile/recovery/authorise')
  await enterCode(visitor, await receiveCode(customer.phone))
  await waitForPath(`/profile/recovery/${kind}/confirm`)
  await enterCode(visitor, await receiveCode(address))
  await waitForPath('/profile/recovery/done')
}
