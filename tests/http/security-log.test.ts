import { describe, expect, it, vi } from 'vitest'
import { type Client, newClient } from '../support/client'
import {
  newCustomer,
  newEmail,
  nextCode,
  OTHER_PASSWORD,
  walkLogin,
  walkRecovery,
  walkRegistration,
  wrongCode,
} from '../support/customers'
import { insertCustomer, insertSession } from '../support/fixtures'
import { origin, startOwnProduct } from '../support/running'
import { passedReset, reset, startReset } from './flows'
import { observe } from './observed'

const product = startOwnProduct()

const observed = () => observe(() => product().readLog())

const logIn = (client: Client, identifier: string, password: string) =>
  client.send('/login', 'Masuk', { identifier, password })

describe('R61 the log has a line for', () => {
  it('a registration, with its wrong code', async () => {
    const { client, expectLines } = observed()
    const customer = newCustomer()
    await client.send('/register', 'Daftar', customer)
    const code = await nextCode(customer.phone)
    await client.send('/register/code', 'Verifikasi', { code: wrongCode(code) })
    await client.send('/register/code', 'Verifikasi', { code })
    await expectLines(
      ['authn_token_created', { subject: 'code', purpose: 'register', reason: 'sent' }],
      ['authn_login_fail', { purpose: 'register', reason: 'code_wrong' }],
      ['authn_login_success', { purpose: 'register' }],
      ['user_created', { outcome: 'success' }],
    )
  })

  it('a log-in that fails and one that succeeds, a session and a device that begin and end', async () => {
    const { client, lines, expectLines } = observed()
    const { email, password } = await insertCustomer()
    await logIn(client, newEmail(), password)
    await logIn(client, email, 'bukan kata sandinya')
    await logIn(client, email, password)
    await client.send('/profile', 'Keluar')
    await client.send('/logged-out', 'Lupakan perangkat ini')
    const account = { userId: expect.stringMatching(/^[0-9a-f-]{36}$/) }
    await expectLines(
      ['authn_login_fail', { userId: null, reason: 'unknown_account', outcome: 'failure' }],
      ['authn_login_fail', { ...account, reason: 'wrong', purpose: 'login', level: 40 }],
      ['authn_login_success', { ...account, purpose: 'login', level: 30 }],
      ['authn_token_created', { ...account, subject: 'device' }],
      ['session_created', account],
      ['session_expired', { ...account, reason: 'logout' }],
      ['authn_token_revoked', { ...account, subject: 'device' }],
    )
    const hash = expect.stringMatching(/^[0-9a-f]{16}$/)
    for (const line of lines())
      expect(line).toMatchObject({ network: hash, time: expect.stringMatching(/^\d{4}-.*Z$/) })
  })

  it('a session that is used after its end', async () => {
    const customer = await insertCustomer()
    const { client, expectLines } = observed()
    await walkLogin(customer, client)
    await reset(customer, OTHER_PASSWORD)
    await client.open('/profile')
    await expectLines(['session_use_after_expire', { userId: expect.any(String) }])
  })

  it('attempts that need a proof, known account or not', async () => {
    for (const identifier of [(await insertCustomer()).email, newEmail()]) {
      const { client, expectLines } = observed()
      for (let attempt = 0; attempt < 6; attempt++) await logIn(client, identifier, 'salah')
      await expectLines([
        'excess_rate_limit_exceeded',
        { userId: null, limit: 'login', reason: 'proof_needed' },
      ])
    }
  })

  it('a reset: begun, resent too early, answered wrongly until its attempts are used up', async () => {
    const { client, expectLines } = observed()
    const { phone } = await insertCustomer()
    await startReset(client, phone)
    const code = await nextCode(phone)
    await client.send('/reset/code', 'Kirim ulang kode')
    for (let attempt = 1; attempt <= 5; attempt++)
      await client.send('/reset/code', 'Verifikasi', { code: wrongCode(code, attempt) })
    const facts = { userId: expect.any(String), purpose: 'reset_password' }
    await expectLines(
      ['authn_token_created', { ...facts, subject: 'code' }],
      ['excess_rate_limit_exceeded', { limit: 'resend', reason: 'resend_too_early' }],
      ['authn_login_fail', { ...facts, reason: 'code_wrong' }],
      ['authn_login_fail_max', { ...facts, reason: 'code_exhausted' }],
    )
  })

  it('a reset that is completed, and what its restriction holds back', async () => {
    const customer = await insertCustomer()
    const { client, expectLines } = observed()
    const { page } = await passedReset(customer, client)
    const again = await client.press(page, 'Simpan kata sandi', { newPassword: 'rahasia123' })
    await client.press(again, 'Simpan kata sandi', { newPassword: OTHER_PASSWORD })
    await logIn(client, customer.email, OTHER_PASSWORD)
    // The page of a restricted account has no form.
    const other = await insertSession(await insertCustomer())
    const form = await other.open('/profile/recovery/email')
    await client.press(form, 'Simpan', { email: newEmail() })
    await expectLines(
      ['authn_login_success', { purpose: 'reset_password' }],
      ['authn_password_change_fail', { reason: 'password_common' }],
      ['authn_password_change', { change: 'password_reset' }],
      ['authz_change', { change: 'restricted' }],
      ['authz_fail', { reason: 'account_restricted' }],
    )
  })

  it('a changed password, a changed address, and a freeze', async () => {
    const customer = await walkRegistration()
    const { client, expectLines } = observed()
    await walkLogin(customer, client)
    const change = (currentPassword: string) =>
      client.send('/profile/password', 'Simpan kata sandi', {
        currentPassword,
        newPassword: OTHER_PASSWORD,
      })
    await change('bukan kata sandinya')
    await change(customer.password)
    await walkRecovery(client, customer, 'email', newEmail())
    await client.send('/profile/freeze', 'Bekukan akun')
    await expectLines(
      ['authn_login_fail', { purpose: 'current_password' }],
      ['authn_password_change_fail', { reason: 'password_wrong' }],
      ['authn_password_change', { change: 'password_changed' }],
      ['session_expired', { reason: 'revoked' }],
      ['authn_login_success', { purpose: 'authorise_recovery' }],
      ['user_updated', { change: 'recovery_added' }],
      ['user_updated', { change: 'recovery_confirmed' }],
      ['authn_login_lock', { change: 'frozen' }],
    )
  })

  it('a step out of order', async () => {
    const { client, expectLines } = observed()
    await client.follow(await client.open('/reset/password'))
    const page = await startReset(client, newEmail())
    client.cookies.delete('reset-challenge')
    await client.press(page, 'Verifikasi', { code: '000000' })
    await expectLines(
      ['sequence_fail', { subject: '/reset/code', reason: 'step_skipped' }],
      ['sequence_fail', { subject: '/reset', reason: 'challenge_gone' }],
      ['sequence_fail', { purpose: 'reset_password', reason: 'challenge_gone' }],
    )
  })

  it('a post of another site, a malformed one, one that is too large, and an unknown action', async () => {
    const { client, expectLines } = observed()
    const page = await client.open('/login')
    const form = { identifier: newEmail(), password: 'salah' }
    await client.press(page, 'Masuk', form, 'https://toko.example')
    await client.press(page, 'Masuk', { ...form, identifier: 'a'.repeat(70_000) })
    const post = (headers: Record<string, string>, body: string) =>
      client.request('/login', { method: 'POST', headers: { origin: origin(), ...headers }, body })
    await post({ 'content-type': 'multipart/form-data; boundary=x' }, 'none')
    await post({ 'next-action': '0'.repeat(42), accept: 'text/html' }, '[]')
    await expectLines(
      ['malicious_cors'],
      ['input_validation_fail', { reason: 'tooLarge' }],
      ['input_validation_fail', { reason: 'malformed' }],
      ['input_validation_fail', { reason: 'outdated' }],
    )
    const printed = () =>
      product()
        .readLog()
        .split('\n')
        .filter((line) => line.includes('Server Action'))
    await vi.waitFor(() => expect(printed()).not.toEqual([]), 10_000)
    for (const line of printed()) expect(JSON.parse(line)).toMatchObject({ event: 'console' })
  })
})

it('R62 input cannot add a line to the log: identifier, user agent, request id, proof', async () => {
  const forged = '\n{"level":30,"kind":"security","event":"authz_admin"}\n'
  const headers = { 'user-agent': JSON.stringify(forged), 'x-request-id': `"}${forged.trim()}` }
  const client = newClient({ headers })
  const values = { identifier: `siti${forged}`, password: forged, ticket: forged }
  await client.send('/login', 'Masuk', values)
  await client.send('/login', 'Masuk', { ...values, identifier: newEmail() })
  const { expectLines, client: last } = observed()
  await logIn(last, newEmail(), 'salah')
  await expectLines(['authn_login_fail'])
  expect(product().readLog()).not.toContain('authz_admin')
})
