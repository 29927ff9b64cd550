import type { Customer, Visitor } from './visitor'

const BY_PHONE = 'OTP lewat SMS ke nomor handphone utama'

export async function register({ open, fill, press, arrive, code }: Visitor, customer: Customer) {
  await open('/register')
  await fill('Nama', customer.name)
  await fill('Email', customer.email)
  await fill('No. Handphone', customer.phone)
  await fill('Kata sandi', customer.password)
  await press('Daftar')
  await arrive('/register/code')
  await fill('Kode OTP', await code(customer.phone))
  await press('Verifikasi')
  await arrive('/register/done')
}

export async function logIn({ open, fill, press }: Visitor, identifier: string, password: string) {
  await open('/login')
  await fill('Email atau nomor handphone', identifier)
  await fill('Kata sandi', password)
  await press('Masuk')
}

export async function startReset({ open, fill, choose, press }: Visitor, identifier: string) {
  await open('/reset')
  await fill('Email atau nomor handphone', identifier)
  await choose(BY_PHONE)
  await press('Kirim kode')
}

export async function answer({ fill, press }: Visitor, code: string, button = 'Verifikasi') {
  await fill('Kode OTP', code)
  await press(button)
}

/** Saves a recovery address and confirms it, without looking. */
export async function addRecovery(
  visitor: Visitor,
  customer: Customer,
  kind: 'email' | 'phone',
  address: string,
) {
  const { open, fill, press, arrive, code } = visitor
  await open(`/profile/recovery/${kind}`)
  await fill(kind === 'email' ? 'Email' : 'No. Handphone', address)
  await press('Simpan')
  await arrive('/profile/recovery/authorise')
  await answer(visitor, await code(customer.phone))
  await arrive(`/profile/recovery/${kind}/confirm`)
  await answer(visitor, await code(address))
  await arrive('/profile/recovery/done')
}
