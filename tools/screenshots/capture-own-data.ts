import {
  addRecoveryAddress,
  enterCode,
  registerPersona,
  requestReset,
  submitLoginForm,
} from './steps'
import type { Persona, Visitor } from './visitor'

const RANI: Persona = {
  name: 'Rani Kusuma',
  email: 'rani@surat.example',
  phone: '0813 5550 2020',
  password: 'kucing jingga di atas genteng',
}
const NEXT_PASSWORD = 'layang putih di langit senja'
const MINUTES = 60_000

/** Downloads the own data, asks for the erasure and cancels it; then both while restricted. */
export async function captureOwnData(visitor: Visitor) {
  await registerPersona(visitor, RANI)
  await logIn(visitor, RANI.password)
  await visitor.open('/profile/erase')
  await visitor.screenshot('erase-one-way')
  await addRecoveryAddress(visitor, RANI, 'email', 'rani@cadangan.example')
  await captureExport(visitor)
  await captureErasure(visitor)
  await restrict(visitor)
  await captureRefusals(visitor)
}

async function logIn(visitor: Visitor, password: string) {
  await submitLoginForm(visitor, RANI.phone, password)
  await visitor.waitForPath('/profile')
}

async function captureExport({ open, page, fill, press, waitForPath, screenshot }: Visitor) {
  await open('/profile/export')
  await screenshot('export')
  await fill('Kata sandi sekarang', RANI.password)
  await press('Siapkan data')
  await waitForPath('/profile/export/done')
  await screenshot('export-done')
  const file = await page.context().request.get('/profile/export/data.html')
  await page.setContent(await file.text())
  await screenshot('export-page')
}

async function captureErasure(visitor: Visitor) {
  const { open, fill, choose, press, waitForPath, waitForText, screenshot, receiveCode } = visitor
  await open('/profile/erase')
  await choose('SMS ke nomor utama')
  await screenshot('erase')
  await fill('Kata sandi sekarang', RANI.password)
  await press('Kirim kode')
  await waitForPath('/profile/erase/code')
  await waitForText('Terkirim')
  await screenshot('erase-code')
  await enterCode(visitor, await receiveCode(RANI.phone), 'Hapus akun')
  await waitForText('Akunmu akan dihapus')
  await screenshot('erase-pending')
  await open('/profile')
  await screenshot('profile-erasing')
  await open('/profile/erase')
  await press('Batalkan penghapusan')
  await waitForPath('/profile/done')
  await waitForText('Penghapusan dibatalkan')
  await screenshot('erase-cancelled')
}

/** A reset restricts the account for a day. */
async function restrict(visitor: Visitor) {
  const { fill, press, waitForPath, receiveCode, advanceClock } = visitor
  await advanceClock(15 * MINUTES)
  await requestReset(visitor, RANI.phone)
  await waitForPath('/reset/code')
  await enterCode(visitor, await receiveCode(RANI.phone))
  await waitForPath('/reset/password')
  await fill('Kata sandi baru', NEXT_PASSWORD)
  await press('Simpan kata sandi')
  await waitForPath('/reset/done')
  await logIn(visitor, NEXT_PASSWORD)
}

async function captureRefusals({ open, waitForText, screenshot }: Visitor) {
  for (const [path, name] of [
    ['/profile/export', 'export-restricted'],
    ['/profile/erase', 'erase-restricted'],
  ] as const) {
    await open(path)
    await waitForText('Akunmu sedang dibatasi untuk menjaganya')
    await screenshot(name)
  }
}
