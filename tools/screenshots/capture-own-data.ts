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
  const code = await captureSavedCode(visitor)
  await captureSavedReset(visitor, code)
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
  await choose('Nomor utama,')
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

/** Makes a saved code. Returns it. */
async function captureSavedCode(visitor: Visitor): Promise<string> {
  const { open, page, fill, press, waitForPath, waitForText, screenshot, receiveCode } = visitor
  await open('/profile/saved-code')
  await screenshot('saved-code')
  await fill('Kata sandi sekarang', RANI.password)
  await press('Kirim kode')
  await waitForPath('/profile/saved-code/code')
  await waitForText('Terkirim')
  await screenshot('saved-code-code')
  await enterCode(visitor, await receiveCode(RANI.phone), 'Buat kode cadangan')
  await waitForPath('/profile/saved-code/done')
  await screenshot('saved-code-before')
  await press('Tampilkan kode')
  await waitForText('Salin kode')
  await screenshot('saved-code-shown')
  await page.emulateMedia({ media: 'print' })
  await screenshot('saved-code-printed')
  await page.emulateMedia({ media: 'screen' })
  return page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}$/).innerText()
}

/** A reset with the saved code, which restricts the account for a day. */
async function captureSavedReset(visitor: Visitor, code: string) {
  const { fill, press, waitForPath, screenshot, advanceClock } = visitor
  await advanceClock(15 * MINUTES)
  await requestReset(visitor, RANI.phone, 'Kode cadangan yang kamu simpan')
  await waitForPath('/reset/code')
  await screenshot('reset-saved')
  await fill('Kode cadangan', code)
  await press('Verifikasi')
  await waitForPath('/reset/password')
  await fill('Kata sandi baru', NEXT_PASSWORD)
  await press('Simpan kata sandi')
  await waitForPath('/reset/done')
  await screenshot('reset-saved-done')
  await logIn(visitor, NEXT_PASSWORD)
}

async function captureRefusals({ open, waitForText, screenshot }: Visitor) {
  for (const [path, name] of [
    ['/profile/export', 'export-restricted'],
    ['/profile/erase', 'erase-restricted'],
    ['/profile/saved-code', 'saved-code-restricted'],
  ] as const) {
    await open(path)
    await waitForText('Akunmu sedang dibatasi untuk menjaganya')
    await screenshot(name)
  }
}
