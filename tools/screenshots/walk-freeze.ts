import { addRecovery, answer, logIn, register } from './steps'
import type { Customer, Visitor } from './visitor'

const SINTA: Customer = {
  name: 'Sinta Maharani',
  email: 'sinta@surat.example',
  phone: '0813 5550 5678',
  password: 'payung merah di tepi sungai',
}
const MORE_THAN_A_WEEK_MS = 8 * 24 * 60 * 60_000

/** A thief takes a recovery account away; its owner stops it by the notice and opens the account again. */
export async function walkFreeze(visitor: Visitor) {
  const { open, press, arrive, read, shoot, code, link, wait } = visitor
  await register(visitor, SINTA)
  await logIn(visitor, SINTA.email, SINTA.password)
  await arrive('/profile')
  await addRecovery(visitor, SINTA, 'email', 'sinta@cadangan.example')
  await addRecovery(visitor, SINTA, 'phone', '0812 5550 4321')
  await wait(MORE_THAN_A_WEEK_MS)
  await open('/profile/recovery/email/remove')
  await press('Kirim kode')
  await answer(visitor, await code(SINTA.phone), 'Hapus')
  await read('Akun Recovery sudah dihapus.')
  await open('/profile/freeze')
  await shoot('freeze')
  await open(await link('sinta@cadangan.example', 'notice.recovery_removed'))
  await shoot('secure')
  await press('Bekukan akun')
  await read('Akun dibekukan')
  await shoot('secure-frozen')
  await press('Buka lagi akun')
  await unfreeze(visitor)
  await restrict(visitor)
  await open('/profile/freeze')
  await press('Bekukan akun')
  await arrive('/unfreeze')
  await shoot('freeze-done')
  await open('/secure/palsu')
  await shoot('secure-unknown')
}

async function unfreeze(visitor: Visitor) {
  const { fill, choose, press, arrive, read, shoot, code } = visitor
  await arrive('/unfreeze')
  await shoot('unfreeze-first')
  await choose('Nomor utama')
  await press('Kirim kode')
  await arrive('/unfreeze/code')
  await shoot('unfreeze-code')
  await answer(visitor, await code(SINTA.phone))
  await read('Yang pertama cocok')
  await shoot('unfreeze-second')
  await choose('Nomor Akun Recovery')
  await press('Kirim kode')
  await arrive('/unfreeze/code')
  await answer(visitor, await code('0812 5550 4321'))
  await arrive('/unfreeze/review')
  await shoot('unfreeze-review')
  await choose('Kembalikan')
  await fill('Kata sandi baru', 'sepeda ungu menyeberang danau')
  await press('Simpan dan buka akun')
  await arrive('/unfreeze/done')
  await shoot('unfreeze-done')
}

async function restrict(visitor: Visitor) {
  const { open, page, press, arrive, shoot } = visitor
  await logIn(visitor, SINTA.phone, 'sepeda ungu menyeberang danau')
  await arrive('/profile')
  await shoot('profile-restricted')
  await open('/profile/restriction')
  await page.getByRole('radio').first().check()
  await shoot('restriction')
  await press('Kirim kode')
  await arrive('/profile/restriction/code')
  await shoot('restriction-code')
}
