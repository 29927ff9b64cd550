import { enterCode, registerPersona, submitLoginForm } from './steps'
import type { Persona, Visitor } from './visitor'

const BUDI: Persona = {
  name: 'Budi Hartono',
  email: 'budi@kantor.example',
  phone: '0813 5550 9876',
  password: 'empat gajah menari di sawah',
}

const RECOVERY = 'keluarga.budi@rumah.example'

/** From the pop-up to the first confirmed recovery address. */
export async function captureWizard(visitor: Visitor) {
  const { open, press, fill, leaveField, choose, waitForPath, waitForText, screenshot } = visitor
  await registerPersona(visitor, BUDI)
  await submitLoginForm(visitor, BUDI.phone, BUDI.password)
  await waitForPath('/profile')
  await screenshot('profile-first')
  await open('/')
  await screenshot('home-popup')
  await open('/profile/recovery')
  await choose('Email')
  await screenshot('wizard-kind')
  await press('Lanjutkan')
  await waitForPath('/profile/recovery/email')
  await fill('Email', 'budi@gmial.com')
  await leaveField('Email')
  await waitForText('Maksudmu')
  await screenshot('wizard-suggestion')
  await fill('Email', BUDI.email)
  await press('Simpan')
  await waitForText('Itu sudah menjadi email')
  await screenshot('wizard-refused')
  await open('/profile/recovery/email')
  await screenshot('wizard-address')
  await confirmFirstRecovery(visitor)
}

/** From the form with the address to the end of the wizard. */
async function confirmFirstRecovery(visitor: Visitor) {
  const { open, press, fill, waitForPath, waitForText, screenshot, receiveCode } = visitor
  await fill('Email', RECOVERY)
  await press('Simpan')
  await waitForPath('/profile/recovery/authorise')
  await waitForText('Terkirim')
  await screenshot('wizard-authorise')
  await open('/profile')
  await screenshot('profile-resume')
  await open('/profile/recovery/authorise')
  await enterCode(visitor, await receiveCode(BUDI.phone))
  await waitForPath('/profile/recovery/email/confirm')
  await waitForText('Terkirim')
  await screenshot('wizard-confirm')
  await enterCode(visitor, await receiveCode(RECOVERY))
  await waitForPath('/profile/recovery/done')
  await screenshot('wizard-done')
}

export async function captureProfile(visitor: Visitor) {
  const { open, press, fill, waitForPath, screenshot, receiveCode, waitForField } = visitor
  await submitLoginForm(visitor, BUDI.phone, BUDI.password)
  await waitForPath('/profile')
  await open('/profile/recovery/phone')
  await fill('No. Handphone', '0812 5550 2468')
  await press('Simpan')
  await waitForPath('/profile/recovery/authorise')
  await enterCode(visitor, await receiveCode(BUDI.phone))
  await waitForPath('/profile/recovery/phone/confirm')
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
    await screenshot(name)
  }
  await press('Kirim kode')
  await waitForField('Kode OTP')
  await screenshot('remove-code')
}

export async function captureChange(visitor: Visitor) {
  const {
    open,
    press,
    fill,
    choose,
    waitForPath,
    waitForText,
    screenshot,
    receiveCode,
    advanceClock,
  } = visitor
  const next = '0811 5550 1357'
  await advanceClock(15 * 60_000)
  await submitLoginForm(visitor, BUDI.phone, BUDI.password)
  await waitForPath('/profile')
  await open('/profile/phone')
  await fill('Nomor handphone baru', next)
  await fill('Kata sandi sekarang', BUDI.password)
  await choose('Nomor utama,')
  await screenshot('change-phone')
  await fill('Kata sandi sekarang', BUDI.password)
  await press('Kirim kode')
  await waitForPath('/profile/phone/authorise')
  await waitForText('Terkirim')
  await screenshot('change-authorise')
  await enterCode(visitor, await receiveCode(BUDI.phone))
  await waitForPath('/profile/phone/review')
  await screenshot('change-review')
  await press('Kirim kode')
  await waitForPath('/profile/phone/confirm')
  await waitForText('Terkirim')
  await screenshot('change-confirm')
  await enterCode(visitor, await receiveCode(next))
  await waitForPath('/profile/done')
  await screenshot('change-done')
}
