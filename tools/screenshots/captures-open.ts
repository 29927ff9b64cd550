import { enterCode, requestReset, submitLoginForm } from './steps'
import type { Persona, Visitor } from './visitor'

const MINUTE_MS = 60_000

const RATNA: Persona = {
  name: 'Ratna Wulandari',
  email: 'ratna@surat.example',
  phone: '0813 5550 1234',
  password: 'perahu kertas di atas atap',
}

export async function captureShop({ open, press, waitForPath, waitForText, screenshot }: Visitor) {
  await open('/?q=laptop#products')
  await screenshot('home-search')
  await open('/?category=audio#products')
  await screenshot('home-category')
  await open('/keranjang')
  await screenshot('cart-empty')
  await open('/produk/lampu-meja')
  await screenshot('product')
  await press('Masukkan keranjang')
  await waitForPath('/keranjang')
  await waitForText('Total')
  await screenshot('cart')
}

export async function captureRegistration(visitor: Visitor) {
  const { open, fill, press, waitForPath, waitForText, screenshot, receiveCode } = visitor
  await open('/')
  await screenshot('home')
  await open('/register')
  await screenshot('register')
  await press('Daftar')
  await waitForText('Ada yang perlu kamu periksa')
  await screenshot('register-refused')
  await open('/register')
  for (const [label, text] of [
    ['Nama', RATNA.name],
    ['Email', RATNA.email],
    ['No. Handphone', RATNA.phone],
    ['Kata sandi', RATNA.password],
  ] as const)
    await fill(label, text)
  await press('Daftar')
  await waitForPath('/register/code')
  await screenshot('register-code')
  await enterCode(visitor, await receiveCode(RATNA.phone))
  await waitForPath('/register/email')
  await screenshot('register-email')
  await open('/register/done')
  await screenshot('register-done-phone')
  await open('/register/email')
  await enterCode(visitor, await receiveCode(RATNA.email))
  await waitForPath('/register/done')
  await screenshot('register-done')
}

export async function captureLogin(visitor: Visitor) {
  const { open, press, waitForPath, waitForText, screenshot } = visitor
  await open('/login')
  await screenshot('login')
  await submitLoginForm(visitor, 'siapa@surat.example', 'bukan kata sandinya')
  await waitForText('kata sandi tidak cocok')
  await screenshot('login-refused')
  await submitLoginForm(visitor, RATNA.email, RATNA.password)
  await waitForPath('/profile')
  await press('Keluar')
  await waitForPath('/logged-out')
  await screenshot('logged-out')
  await withoutWebCrypto(visitor)
  for (let tries = 0; tries < 5; tries++)
    await submitLoginForm(visitor, 'siapa@surat.example', 'bukan kata sandinya')
  await waitForText('Sedang banyak percobaan')
  await screenshot('login-held')
}

/** As over http on another machine: the page shows what a browser without JavaScript gets. */
const withoutWebCrypto = ({ page }: Visitor) =>
  page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }))

export async function captureReset(visitor: Visitor) {
  const { open, fill, press, pressEarly, waitForPath, waitForText, screenshot, receiveCode } =
    visitor
  await open('/reset')
  await screenshot('reset')
  await requestReset(visitor, RATNA.email)
  await waitForPath('/reset/code')
  await screenshot('reset-code')
  await enterCode(visitor, '000000')
  await waitForText('Kode OTP salah')
  await screenshot('reset-code-wrong')
  await pressEarly('Kirim ulang kode')
  await waitForText('Kode baru belum bisa dikirim')
  await screenshot('reset-code-early')
  await enterCode(visitor, await receiveCode(RATNA.phone))
  await waitForPath('/reset/password')
  await screenshot('reset-password')
  await fill('Kata sandi baru', 'sepeda ungu menyeberang danau')
  await press('Simpan kata sandi')
  await waitForPath('/reset/done')
  await screenshot('reset-done')
}

export async function captureRefusedReset(visitor: Visitor) {
  const { open, waitForPath, waitForText, screenshot, advanceClock, receiveResetLink } = visitor
  await requestReset(visitor, RATNA.email)
  await waitForPath('/reset/code')
  for (let attempt = 1; attempt <= 5; attempt++) {
    await open('/reset/code')
    await enterCode(visitor, `00000${attempt}`)
    await waitForText(attempt < 5 ? 'Kode OTP salah' : 'lima kali salah diisi')
  }
  await open('/reset/code')
  await screenshot('reset-code-exhausted')
  await requestReset(visitor, 'orang.lain@surat.example')
  await waitForPath('/reset/code')
  await advanceClock(10 * MINUTE_MS)
  await open('/reset/code')
  await screenshot('reset-code-expired')
  await withoutWebCrypto(visitor)
  for (let sends = 0; sends < 3; sends++) {
    await requestReset(visitor, 'terlalu.sering@surat.example')
    await waitForPath('/reset/code')
    // Within a minute the same request keeps its code.
    await advanceClock(MINUTE_MS)
  }
  await requestReset(visitor, 'terlalu.sering@surat.example')
  await waitForText('Sedang banyak percobaan')
  await screenshot('reset-held')
  await open(await receiveResetLink(RATNA.phone))
  await screenshot('reset-link')
}

export async function captureHelp({ open, screenshot }: Visitor) {
  await open('/help')
  await screenshot('help')
  await open('/help/lost')
  await screenshot('lost')
  await open('/tidak/ada')
  await screenshot('not-found')
}
