import { describe, expect, it } from 'vitest'
import { BY_PHONE_VALUE, BY_RECOVERY_VALUE, REFUSAL, startReset } from '../../http/flows'
import { type Client, newClient } from '../../support/client'
import {
  newEmail,
  newPhone,
  nextCode,
  walkToConfirmation,
  wrongCode,
} from '../../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../../support/fixtures'
import { textById, textOf } from '../../support/html'
import { wait } from '../../support/own-clock'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const attempt = async (client: Client, code: string) =>
  client.press(await client.open('/reset/code'), 'Verifikasi', { code })

/** So many wrong attempts at a code. */
async function attemptWrong(client: Client, code: string, times: number) {
  const page = await client.open('/reset/code')
  for (let wrong = 1; wrong <= times; wrong++)
    await client.press(page, 'Verifikasi', { code: wrongCode(code, wrong) })
}

/** A reset whose code went out by SMS, or by e-mail to a recovery address. */
async function askBy(kind: 'sms' | 'email') {
  const customer = await insertCustomer()
  const email = newEmail()
  if (kind === 'email') await insertRecovery(customer, 'email', email)
  const client = newClient()
  await startReset(client, customer.phone, kind === 'email' ? BY_RECOVERY_VALUE : BY_PHONE_VALUE)
  return { client, code: await nextCode(kind === 'email' ? email : customer.phone) }
}

describe.each([
  ['R03', 'sms'],
  ['R04', 'email'],
] as const)('%s a code by %s', (_, kind) => {
  it('is right until ten minutes are over', async () => {
    const { client, code } = await askBy(kind)
    await wait(10 * MINUTE - 20 * SECOND)
    expect((await attempt(client, code)).location).toBe('/reset/password')
  })

  it('is dead after ten minutes', async () => {
    const { client, code } = await askBy(kind)
    await wait(10 * MINUTE)
    expect(textById((await attempt(client, code)).html, 'code-error')).toBe(REFUSAL.code_expired)
  })
})

describe('a code that is sent again', () => {
  it('R10 replaces the old one, which is told from a wrong one once and costs no attempt', async () => {
    const { client, code } = await askBy('sms')
    await wait(MINUTE)
    await client.send('/reset/code', 'Kirim ulang kode')
    expect(textById((await attempt(client, code)).html, 'code-error')).toBe(REFUSAL.code_superseded)
    for (let wrong = 1; wrong < 5; wrong++)
      expect(textById((await attempt(client, code)).html, 'code-error')).toBe(REFUSAL.code_wrong)
  })

  it('O11 R07 gives no new attempts: three wrong, another code, two wrong, and the right one is refused', async () => {
    const customer = await insertCustomer()
    const client = newClient()
    await startReset(client, customer.phone)
    const first = await nextCode(customer.phone)
    await attemptWrong(client, first, 3)
    await wait(MINUTE)
    await client.send('/reset/code', 'Kirim ulang kode')
    const page = await client.open('/reset/code')
    const second = await nextCode(customer.phone)
    for (let wrong = 1; wrong <= 2; wrong++)
      await client.press(page, 'Verifikasi', { code: wrongCode(second, wrong) })
    const answer = await client.press(page, 'Verifikasi', { code: second })
    expect(textOf(answer.html)).toContain('terlalu sering salah diisi')
  })
})

describe('attempts at one account', () => {
  it('R08 wait longer after every five, never less, and end after a hundred', async () => {
    const { phone } = await insertCustomer()
    const waits: number[] = []
    for (let round = 0; round < 20; round++) {
      const client = await newReset(phone)
      await attemptWrong(client, await nextCode(phone), 5)
      waits.push(await waitAfterFive(phone))
      await wait(6 * HOUR)
    }
    expect(waits.slice(0, 4)).toEqual([30, 60, 120, 240])
    expect(waits).toEqual(waits.toSorted((one, other) => one - other))
    expect(waits.at(-1)).toBe(3_600)
    const last = await newReset(phone)
    expect(textById((await attempt(last, await nextCode(phone))).html, 'code-error')).toBe(
      REFUSAL.code_wrong,
    )
  })

  it('R08 begin anew after a right code', async () => {
    const { phone } = await insertCustomer()
    for (let round = 0; round < 2; round++) {
      const first = await newReset(phone)
      const code = await nextCode(phone)
      await attemptWrong(first, code, 4)
      expect((await attempt(first, code)).location).toBe('/reset/password')
    }
  })
})

async function newReset(phone: string) {
  const client = newClient()
  await startReset(client, phone)
  return client
}

/** The seconds that another code for this number must wait, as the screen tells them; up to ten pass until it is read. */
async function waitAfterFive(phone: string) {
  const client = await newReset(phone)
  const sentence = textById((await attempt(client, await nextCode(phone))).html, 'code-error') ?? ''
  const [, count = '', unit = ''] = /coba lagi dalam (\d+) (detik|menit|jam)/.exec(sentence) ?? []
  const seconds = Number(count) * ({ detik: 1, menit: 60, jam: 3_600 }[unit] ?? Number.NaN)
  return Math.ceil(seconds / 10) * 10
}

describe('limits', () => {
  it('D2 R25 on sends end by themselves, and a day has ten', async () => {
    const { phone } = await insertCustomer()
    await wait(25 * HOUR)
    const sent: string[] = []
    for (let send = 0; send < 11; send++) {
      const client = newClient()
      sent.push((await startReset(client, phone)).path)
      await wait(11 * MINUTE)
    }
    expect(sent).toEqual([...Array.from({ length: 10 }, () => '/reset/code'), '/reset'])
    await wait(25 * HOUR)
    expect((await startReset(newClient(), phone)).path).toBe('/reset/code')
  })
})

describe('a recovery address', () => {
  it('that was never confirmed can be confirmed the next day, by a new code', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const phone = newPhone()
    await walkToConfirmation(client, customer, 'phone', phone)
    await nextCode(phone)
    await wait(24 * HOUR)
    await client.send('/profile/recovery/phone/confirm', 'Kirim kode')
    const done = await client.send('/profile/recovery/phone/confirm', 'Verifikasi', {
      code: await nextCode(phone),
    })
    expect(done.path).toBe('/profile/recovery/done')
  })
})
