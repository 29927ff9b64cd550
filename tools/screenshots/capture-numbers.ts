import { international, startOperator } from '@/tests/support/operator'
import { startProduct } from '@/tests/support/product'
import {
  addRecoveryAddress,
  enterCode,
  registerPersona,
  requestReset,
  submitLoginForm,
} from './steps'
import type { Persona, Visitor } from './visitor'

const DAY_MS = 24 * 60 * 60_000
const ELEVEN_MINUTES_MS = 11 * 60_000
const RECOVERY = 'galuh.cadangan@surat.example'

const GALUH: Persona = {
  name: 'Galuh Prameswari',
  email: 'galuh@surat.example',
  phone: '0813 5550 8642',
  password: 'lampion merah di tepi danau',
}

const WAYAN: Persona = {
  name: 'Wayan Sudarma',
  email: 'wayan@surat.example',
  phone: '0813 5550 9753',
  password: 'anyaman bambu di beranda',
}

/** A product that asks an operator, and the capture that says what the operator answers. */
export async function startAskingProduct(env: Record<string, string>) {
  const operator = await startOperator()
  const product = await startProduct({ env: { ...env, ...operator.environment } })
  let movedMs = 0
  operator.tokens.clock = () => new Date(Date.now() + movedMs)
  operator.answer(numberOf(GALUH), { swapped: true })
  const advanceClock = (milliseconds: number) => {
    movedMs += milliseconds
    return product.advanceClock(milliseconds)
  }
  const stop = async () => {
    const code = await product.stop()
    await operator.close()
    return code
  }
  return {
    product: { ...product, advanceClock, stop },
    captureNumbers: (visitor: Visitor, another: () => Promise<Visitor>) =>
      captureNumbers(visitor, another, () => operator.answer(numberOf(WAYAN), { recycled: true })),
  }
}

const numberOf = ({ phone }: Persona) => international(phone.replaceAll(' ', ''))

/**
 * A new password that waits, because the SIM was replaced: its page, its link in a notice, and the
 * profile of its owner. Then a number that belongs to somebody else.
 */
async function captureNumbers(
  visitor: Visitor,
  another: () => Promise<Visitor>,
  recycle: () => void,
) {
  await registerPersona(visitor, GALUH)
  await addRecoveryAddress(visitor, GALUH, 'email', RECOVERY)
  await visitor.open('/profile/operator')
  await visitor.screenshot('operator')
  await visitor.advanceClock(4 * DAY_MS)
  const resetting = await another()
  await holdPassword(resetting)
  await resetting.close()
  await stopPassword(visitor)
  await captureRecycled(visitor, recycle)
}

async function holdPassword(visitor: Visitor) {
  const { fill, press, waitForPath, screenshot, receiveCode } = visitor
  await requestReset(visitor, GALUH.phone)
  await waitForPath('/reset/code')
  await enterCode(visitor, await receiveCode(GALUH.phone))
  await waitForPath('/reset/password')
  await fill('Kata sandi baru', 'sepeda ungu menyeberang danau')
  await press('Simpan kata sandi')
  await waitForPath('/reset/held')
  await screenshot('held')
  await press('Kirim kode ke Akun Recovery')
  await waitForPath('/reset/held/code')
  await screenshot('held-code')
}

async function stopPassword(visitor: Visitor) {
  const { open, press, waitForPath, waitForText, screenshot, receiveStopLink } = visitor
  await submitLoginForm(visitor, GALUH.phone, GALUH.password)
  await waitForPath('/profile')
  await screenshot('profile-held')
  await open(await receiveStopLink(RECOVERY))
  await screenshot('stop')
  await press('Batalkan kata sandi baru')
  await waitForText('yang lain sudah kami beri tahu')
  await screenshot('stop-stopped')
}

async function captureRecycled(visitor: Visitor, recycle: () => void) {
  const { open, waitForPath, screenshot, receiveLink, advanceClock } = visitor
  await registerPersona(visitor, WAYAN)
  const recovery = 'wayan.cadangan@surat.example'
  await addRecoveryAddress(visitor, WAYAN, 'email', recovery)
  recycle()
  // The answer to the code before is known for ten minutes.
  await advanceClock(ELEVEN_MINUTES_MS)
  await requestReset(visitor, WAYAN.phone)
  await waitForPath('/reset/code')
  await receiveLink(recovery, 'notice.number_recycled')
  await open('/profile')
  await screenshot('profile-recycled')
  await open('/profile/phone')
  await screenshot('change-phone-recycled')
  await open('/profile/phone/verify')
  await screenshot('number-verify')
}
