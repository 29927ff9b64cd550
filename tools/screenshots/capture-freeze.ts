import { addRecoveryAddress, enterCode, registerPersona, submitLoginForm } from './steps'
import type { Persona, Visitor } from './visitor'

const SINTA: Persona = {
  name: 'Sinta Maharani',
  email: 'sinta@surat.example',
  phone: '0813 5550 5678',
  password: 'payung merah di tepi sungai',
}
const MORE_THAN_A_WEEK_MS = 8 * 24 * 60 * 60_000

/**
 * Removes a recovery address as an attacker would, freezes the account with the link of the notice,
 * and unfreezes it.
 */
export async function captureFreeze(visitor: Visitor) {
  const {
    open,
    press,
    waitForPath,
    waitForText,
    screenshot,
    receiveCode,
    receiveLink,
    advanceClock,
  } = visitor
  await registerPersona(visitor, SINTA)
  await submitLoginForm(visitor, SINTA.phone, SINTA.password)
  await waitForPath('/profile')
  await addRecoveryAddress(visitor, SINTA, 'email', 'sinta@cadangan.example')
  await addRecoveryAddress(visitor, SINTA, 'phone', '0812 5550 4321')
  await advanceClock(MORE_THAN_A_WEEK_MS)
  await open('/profile/recovery/email/remove')
  await press('Kirim kode')
  await enterCode(visitor, await receiveCode(SINTA.phone), 'Hapus')
  await waitForText('Akun Recovery sudah dihapus')
  await open('/profile/freeze')
  await screenshot('freeze')
  await open(await receiveLink('sinta@cadangan.example', 'notice.recovery_removed'))
  await screenshot('secure')
  await press('Bekukan akun sekarang')
  await waitForText('Akunmu aman')
  await screenshot('secure-frozen')
  await press('Buka lagi akun')
  await unfreeze(visitor)
  await restrict(visitor)
  await open('/profile/freeze')
  await press('Bekukan akun')
  await waitForPath('/unfreeze')
  await screenshot('freeze-done')
  await open('/secure/palsu')
  await screenshot('secure-unknown')
}

async function unfreeze(visitor: Visitor) {
  const { fill, choose, press, waitForPath, waitForText, screenshot, receiveCode } = visitor
  await waitForPath('/unfreeze')
  await screenshot('unfreeze-first')
  await choose('Nomor utama')
  await press('Kirim kode')
  await waitForPath('/unfreeze/code')
  await screenshot('unfreeze-code')
  await enterCode(visitor, await receiveCode(SINTA.phone))
  await waitForText('Yang pertama sudah terverifikasi')
  await screenshot('unfreeze-second')
  await choose('Nomor Akun Recovery')
  await press('Kirim kode')
  await waitForPath('/unfreeze/code')
  await enterCode(visitor, await receiveCode('0812 5550 4321'))
  await waitForPath('/unfreeze/review')
  await screenshot('unfreeze-review')
  await choose('Kembalikan')
  await fill('Kata sandi baru', 'sepeda ungu menyeberang danau')
  await press('Simpan dan buka lagi akun')
  await waitForPath('/unfreeze/done')
  await screenshot('unfreeze-done')
}

async function restrict(visitor: Visitor) {
  const { open, page, press, waitForPath, screenshot } = visitor
  await submitLoginForm(visitor, SINTA.phone, 'sepeda ungu menyeberang danau')
  await waitForPath('/profile')
  await screenshot('profile-restricted')
  await open('/profile/restriction')
  await page.getByRole('radio').first().check()
  await screenshot('restriction')
  await press('Kirim kode')
  await waitForPath('/profile/restriction/code')
  await screenshot('restriction-code')
}
