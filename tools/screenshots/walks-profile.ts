import { answer, logIn, register } from './steps'
import type { Customer, Visitor } from './visitor'

const BUDI: Customer = {
  name: 'Budi Hartono',
  email: 'budi@kantor.example',
  phone: '0813 5550 9876',
  password: 'empat gajah menari di sawah',
}

const RECOVERY = 'keluarga.budi@rumah.example'

/** From the pop-up to the first recovery account, and the profile around it. */
export async function walkWizard(visitor: Visitor) {
  const { open, press, fill, leaveField, choose, arrive, read, shoot, code } = visitor
  await register(visitor, BUDI)
  await logIn(visitor, BUDI.email, BUDI.password)
  await arrive('/profile')
  await shoot('profile-first')
  await open('/')
  await shoot('home-popup')
  await open('/profile/recovery')
  await choose('Email')
  await shoot('wizard-kind')
  await press('Lanjutkan')
  await arrive('/profile/recovery/email')
  await fill('Email', 'budi@gmial.com')
  await leaveField('Email')
  await read('Maksudmu')
  await shoot('wizard-suggestion')
  await fill('Email', BUDI.email)
  await press('Simpan')
  await read('Itu sudah menjadi email')
  await shoot('wizard-refused')
  await open('/profile/recovery/email')
  await shoot('wizard-address')
  await fill('Email', RECOVERY)
  await press('Simpan')
  await arrive('/profile/recovery/authorise')
  await read('Terkirim')
  await shoot('wizard-authorise')
  await open('/profile')
  await shoot('profile-resume')
  await open('/profile/recovery/authorise')
  await answer(visitor, await code(BUDI.phone))
  await arrive('/profile/recovery/email/confirm')
  await read('Terkirim')
  await shoot('wizard-confirm')
  await answer(visitor, await code(RECOVERY))
  await arrive('/profile/recovery/done')
  await shoot('wizard-done')
}

export async function walkProfile(visitor: Visitor) {
  const { open, press, fill, arrive, shoot, code, see } = visitor
  await logIn(visitor, BUDI.email, BUDI.password)
  await arrive('/profile')
  await open('/profile/recovery/phone')
  await fill('No. Handphone', '0812 5550 2468')
  await press('Simpan')
  await arrive('/profile/recovery/authorise')
  await answer(visitor, await code(BUDI.phone))
  await arrive('/profile/recovery/phone/confirm')
  for (const [path, name] of [
    ['/profile', 'profile'],
    ['/profile/points', 'points'],
    ['/profile/password', 'password'],
    ['/profile/devices', 'devices'],
    ['/profile/activity', 'activity'],
    ['/profile/recovery/email/replace', 'replace-email'],
    ['/profile/email/verify', 'prove-email'],
    ['/profile/recovery/email/remove', 'remove-ask'],
  ] as const) {
    await open(path)
    await shoot(name)
  }
  await press('Kirim kode')
  await see('Kode OTP')
  await shoot('remove-code')
}

export async function walkChange(visitor: Visitor) {
  const { open, press, fill, choose, arrive, read, shoot, code, wait } = visitor
  const next = '0811 5550 1357'
  await wait(15 * 60_000)
  await logIn(visitor, BUDI.email, BUDI.password)
  await arrive('/profile')
  await open('/profile/phone')
  await fill('Nomor handphone baru', next)
  await fill('Kata sandi sekarang', BUDI.password)
  await choose('SMS ke nomor utama')
  await shoot('change-phone')
  await fill('Kata sandi sekarang', BUDI.password)
  await press('Kirim kode')
  await arrive('/profile/phone/authorise')
  await read('Terkirim')
  await shoot('change-authorise')
  await answer(visitor, await code(BUDI.phone))
  await arrive('/profile/phone/review')
  await shoot('change-review')
  await press('Kirim kode')
  await arrive('/profile/phone/confirm')
  await read('Terkirim')
  await shoot('change-confirm')
  await answer(visitor, await code(next))
  await arrive('/profile')
  await shoot('change-done')
}
