import { describe, expect, it } from 'vitest'
import { findSession, logIn } from '@/lib/accounts'
import { blindIndexOf } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import { consume } from '@/lib/platform/limit-uses'
import type { GivenProof } from '@/lib/platform/proof-of-work'
import { refuse } from '@/lib/platform/result'
import {
  atOnce,
  email,
  expectSession,
  forgetLimits,
  later,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
  PASSWORD,
  phone,
} from '../support/accounts'
import { proofOf, prove } from '../support/proofs'
import { statementsOf } from '../support/statements'

const tryLogIn = (identifier: string, password = PASSWORD, now = NOW, proof?: GivenProof) =>
  logIn({ identifier, password, origin: newOrigin(), proof, now })

describe('a login', () => {
  it('opens a session with the e-mail address or the number, in any notation', async () => {
    const { userId } = await makeAccount({
      email: email('Dewi.K+toko@bücher.example'),
      phone: phone('081298765432'),
    })
    const notations = [
      'Dewi.K+toko@bücher.example',
      ' DEWI.K+TOKO@BÜCHER.EXAMPLE ',
      'dewi.k+toko@xn--bcher-kva.example',
      '081298765432',
      '+62 (0)812-9876-5432',
      '6281298765432',
      '８１２９８７６５４３２',
    ]
    for (const identifier of notations) {
      const { sessionSecret } = await expectSession(tryLogIn(identifier))
      expect(await findSession(sessionSecret, NOW)).toMatchObject({
        userId,
        name: 'Sari Dewi',
        locale: 'id',
      })
    }
  })

  it('has one refusal for a wrong password, an unknown account and a malformed identifier', async () => {
    const account = await makeAccount()
    const attempts = [
      tryLogIn(account.email.value, `${PASSWORD}.`),
      tryLogIn(newEmail().value),
      tryLogIn(newPhone().value),
      tryLogIn('021 5551234'),
      tryLogIn(''),
      tryLogIn('\u0000'),
    ]
    for (const outcome of await Promise.all(attempts))
      expect(outcome).toEqual(refuse('login_wrong'))
  })

  it('R22 takes the same statements for an unknown account as for a known one', async () => {
    const known = await makeAccount()
    await tryLogIn(newEmail().value)
    const ofKnown = await statementsOf(() => tryLogIn(known.email.value, 'a wrong password'))
    const ofUnknown = await statementsOf(() => tryLogIn(newEmail().value, 'a wrong password'))
    expect(ofUnknown).toEqual(ofKnown)
  })

  it('does not accept a recovery address', async () => {
    const account = await makeRecoverable()
    expect(await tryLogIn(account.recovery.value)).toEqual(refuse('login_wrong'))
  })

  it('needs a proof after five wrong ones, in any notation, known or unknown, right or wrong', async () => {
    const account = await makeAccount()
    for (const identifier of [account.email, newEmail()]) {
      for (let time = 0; time < 5; time++) await tryLogIn(identifier.value, 'a wrong password')
      for (const notation of [identifier.value, identifier.value.toUpperCase()])
        expect(await tryLogIn(notation)).toMatchObject({
          refusal: 'proof_needed',
          retryAfterSeconds: 10,
        })
    }
    const refused = await tryLogIn(account.email.value)
    const proof = await prove(proofOf(refused))
    expect(await tryLogIn(account.email.value, PASSWORD, NOW, proof)).toMatchObject({ ok: true })
  })

  it('is refused above a hundred for one identifier, known or unknown, with the seconds to wait', async () => {
    for (const identifier of [(await makeAccount()).email, newEmail()]) {
      await atOnce(100, () => consume('loginIdentifier', blindIndexOf(identifier)))
      expect(await tryLogIn(identifier.value)).toMatchObject({
        refusal: 'login_throttled',
        retryAfterSeconds: expect.any(Number),
      })
    }
  })

  it('R24 leaves no trace in the limits when the password is right', async () => {
    const account = await makeAccount()
    for (let time = 0; time < 8; time++) await expectSession(tryLogIn(account.email.value))
    for (let time = 0; time < 5; time++)
      expect(await tryLogIn(account.email.value, 'a wrong password')).toEqual(refuse('login_wrong'))
  })

  it('stores only a hash of the session', async () => {
    const account = await makeAccount()
    const { sessionSecret } = await expectSession(tryLogIn(account.phone.value))
    const rows = await db().session.findMany({ where: { userId: account.userId } })
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(sessionSecret)
    expect(await findSession(rows[0]?.id ?? '', NOW)).toBeNull()
  })

  it('lasts 30 days', async () => {
    await forgetLimits()
    const account = await makeAccount()
    const { sessionSecret, expiresAt } = await expectSession(tryLogIn(account.phone.value))
    expect(await findSession(sessionSecret, new Date(expiresAt.getTime() - 1))).not.toBeNull()
    expect(await findSession(sessionSecret, expiresAt)).toBeNull()
    expect(expiresAt).toEqual(later(30 * 24 * 3_600))
  })
})
