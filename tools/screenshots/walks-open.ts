import { answer, logIn, startReset } from './steps'
import type { Customer, Visitor } from './visitor'

const MINUTE_MS = 60_000

const RATNA: Customer = {
  name: 'Ratna Wulandari',
  email: 'ratna@surat.example',
  phone: '0813 5550 1234',
  password: 'perahu kertas di atas atap',
}

export async function walkRegistration(visitor: Visitor) {
  const { open, fill, press, arrive, read, shoot, code } = visitor
  await open('/')
  await shoot('home')
  await open('/register')
  await shoot('register')
  await press('Daftar')
  await read('Ada yang perlu kamu periksa')
  await shoot('register-refused')
  await open('/register')
  for (const [label, text] of [
    ['Nama', RATNA.name],
    ['Email', RATNA.email],
    ['No. Handphone', RATNA.phone],
    ['Kata sandi', RATNA.password],
  ] as const)
    await fill(label, text)
  await press('Daftar')
  await arrive('/register/code')
  await shoot('register-code')
  await answer(visitor, await code(RATNA.phone))
  await arrive('/register/done')
  await shoot('register-done')
}

export async function walkLogin(visitor: Visitor) {
  const { open, read, shoot } = visitor
  await open('/login')
  await shoot('login')
  await logIn(visitor, 'siapa@surat.example', 'bukan kata sandinya')
  await read('kata sandi tidak cocok')
  await shoot('login-refused')
  for (let tries = 0; tries < 10; tries++)
    await logIn(visitor, 'siapa@surat.example', 'bukan kata sandinya')
  await read('Sudah terlalu banyak percobaan masuk')
  await shoot('login-throttled')
}

export async function walkReset(visitor: Visitor) {
  const { open, fill, press, arrive, read, shoot, code } = visitor
  await open('/reset')
  await shoot('reset')
  await startReset(visitor, RATNA.email)
  await arrive('/reset/code')
  await shoot('reset-code')
  await answer(visitor, '000000')
  await read('Kode OTP salah')
  await shoot('reset-code-wrong')
  await press('Kirim ulang kode')
  await read('Tunggu sebentar')
  await shoot('reset-code-early')
  await answer(visitor, await code(RATNA.phone))
  await arrive('/reset/password')
  await shoot('reset-password')
  await fill('Kata sandi baru', 'sepeda ungu menyeberang danau')
  await press('Simpan kata sandi')
  await arrive('/reset/done')
  await shoot('reset-done')
}

export async function walkRefusedReset(visitor: Visitor) {
  const { open, arrive, read, shoot, wait } = visitor
  await startReset(visitor, 'siapa@surat.example')
  await arrive('/reset/code')
  for (let attempt = 1; attempt <= 5; attempt++) {
    await open('/reset/code')
    await answer(visitor, `00000${attempt}`)
    await read(attempt < 5 ? 'Kode OTP salah' : 'terlalu sering salah diisi')
  }
  await open('/reset/code')
  await shoot('reset-code-exhausted')
  await startReset(visitor, 'orang.lain@surat.example')
  await arrive('/reset/code')
  await wait(10 * MINUTE_MS)
  await open('/reset/code')
  await shoot('reset-code-expired')
  for (let sends = 0; sends < 5; sends++) {
    await startReset(visitor, 'terlalu.sering@surat.example')
    await arrive('/reset/code')
  }
  await startReset(visitor, 'terlalu.sering@surat.example')
  await read('Sudah terlalu banyak kode yang diminta')
  await shoot('reset-throttled')
}

export async function walkHelp({ open, shoot }: Visitor) {
  await open('/help')
  await shoot('help')
  await open('/tidak/ada')
  await shoot('not-found')
}
