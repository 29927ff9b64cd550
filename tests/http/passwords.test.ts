import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { newClient } from '../support/client'
import { newCustomer } from '../support/customers'
import { insertCustomer, insertSession } from '../support/fixtures'
import { formsOf, textById } from '../support/html'
import { passedReset, REFUSAL } from './flows'

/** The refusal at the password of a registration; undefined when it is accepted. */
async function refusalOf(password: string) {
  const client = newClient()
  const answer = await client.press(
    await client.open('/register'),
    'Daftar',
    newCustomer({ password }),
  )
  return answer.location === '/register/code' ? undefined : textById(answer.html, 'password-error')
}

async function opens(email: string, password: string) {
  return (
    (await newClient().send('/login', 'Masuk', { identifier: email, password })).path === '/profile'
  )
}

const COMMON =
  `123456 12345678 123456789 password password1 qwerty123 qwertyuiop iloveyou 11111111 00000000 abc12345 password123
  1q2w3e4r sunshine princess football charlie1 superman trustno1 baseball letmein1 dragon123 monkey123 master123 michael1
  indonesia bismillah sayang123 rahasia123 cintaku1 kucing123 merdeka1 jakarta1 bandung1 surabaya sayangku anjing123
  admin123 welcome1 passw0rd p@ssword qazwsxedc asdfghjkl zxcvbnm1 1qaz2wsx q1w2e3r4 computer internet samsung1 starwars whatever`
    .split(/\s+/)
    .filter(Boolean)

describe('passwords', () => {
  it('R20 can only be changed with the current one', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    for (const currentPassword of ['', 'bukan kata sandinya']) {
      const page = await client.open('/profile/password')
      const answer = await client.press(page, 'Simpan kata sandi', {
        currentPassword,
        newPassword: 'kapal selam warna kuning',
      })
      expect(answer.location).toBeNull()
    }
    expect(await opens(customer.email, customer.password)).toBe(true)
  })

  it('R30 have at least 8 characters (ASVS 6.2.1)', async () => {
    expect(await refusalOf('kqzvxwj')).toBe(REFUSAL.password_too_short)
    expect(await refusalOf('kq7vxwjy')).toBeUndefined()
  })

  it('P4 R31 have up to 128 characters of any script, counted by code point and never truncated', async () => {
    const emoji = Array.from({ length: 64 }, (_, index) =>
      String.fromCodePoint(0x1f400 + ((index * 37) % 200)),
    ).join('')
    const customer = await insertCustomer({ password: emoji })
    expect(await opens(customer.email, emoji)).toBe(true)
    expect(await opens(customer.email, `${[...emoji].slice(0, -1).join('')}🍕`)).toBe(false)
    expect(await refusalOf([...emoji, ...emoji].join(''))).toBeUndefined()
    expect(await refusalOf([...emoji, ...emoji, 'x'].join(''))).toBe(REFUSAL.password_too_long)
  })

  it('P4 R32 on lists of common passwords are refused with the reason', async () => {
    expect(COMMON.length).toBeGreaterThanOrEqual(50)
    const refused = await Promise.all(
      COMMON.map(async (password) => [password, await refusalOf(password)]),
    )
    const sentences = [REFUSAL.password_common, REFUSAL.password_too_short]
    expect(refused.filter(([, sentence]) => !sentence || !sentences.includes(sentence))).toEqual([])
  })

  it('P4 R33 need no mix of characters, and can be pasted and stored by password managers', async () => {
    expect(await refusalOf('qpwmzntyghrkvbxlsdfj')).toBeUndefined()
    const { html } = await newClient().open('/register')
    expect(html).not.toMatch(/onpaste|maxlength/i)
    expect(html).toMatch(/<input(?=[^>]*name="password")[^>]*autoComplete="new-password"/)
  })

  it('R34 have no hint and no secret question, in forms and tables', async () => {
    const { html } = await newClient().open('/register')
    const names = formsOf(html).flatMap(({ fields }) => fields.map(({ name }) => name))
    expect(names.filter((name) => name && !name.startsWith('$ACTION'))).toEqual([
      'name',
      'email',
      'phone',
      'password',
    ])
    expect(readFileSync('prisma/schema.prisma', 'utf8')).not.toMatch(
      /\b\w*(hint|question)\w*\s+String/i,
    )
  })

  it('R29 have the same policy at the registration and at a reset', async () => {
    const { client, page } = await passedReset(await insertCustomer())
    for (const password of ['kqzvxwj', 'rahasia123', 'x'.repeat(129)]) {
      const answer = await client.press(page, 'Simpan kata sandi', { newPassword: password })
      expect(textById(answer.html, 'newPassword-error')).toBe(await refusalOf(password))
    }
  })
})
