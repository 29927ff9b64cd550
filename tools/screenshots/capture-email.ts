import { enterCode, registerPersona, submitLoginForm } from './steps'
import type { Persona, Visitor } from './visitor'

const EMAIL = 'dewi@surat.example'
const HOLDER: Persona = {
  name: 'Dewi Lestari',
  email: EMAIL,
  phone: '0813 5550 2468',
  password: 'lentera biru di ujung dermaga',
}
const OWNER: Persona = {
  name: 'Dewi Anggraini',
  email: EMAIL,
  phone: '0813 5550 1357',
  password: 'kapal kayu di teluk tenang',
}

/** Shows an account whose e-mail another account has confirmed. */
export async function captureLostEmail(visitor: Visitor) {
  const { open, waitForPath, screenshot, receiveCode } = visitor
  await registerPersona(visitor, HOLDER)
  await receiveCode(EMAIL)
  await registerPersona(visitor, OWNER)
  await enterCode(visitor, await receiveCode(EMAIL))
  await waitForPath('/register/done')
  await submitLoginForm(visitor, HOLDER.phone, HOLDER.password)
  await waitForPath('/profile')
  await screenshot('profile-without-email')
  await open('/profile/email')
  await screenshot('add-email')
}
