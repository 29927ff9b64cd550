import { describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import { beginSignIn, completeSignIn, findStaffSession } from '@/lib/support'
import { expectDone, later, NOW, newOrigin } from '../support/accounts'
import { newAuthenticator } from '../support/authenticator'
import { closeGate } from '../support/gate'
import { logOf, securityLines } from '../support/log-lines'
import { makeStaff, trySignIn } from '../support/staff'

const REFUSED = refuse('passkey_refused')

async function begin(now = NOW) {
  const origin = newOrigin()
  const begun = await expectDone(beginSignIn(origin, now))
  return { ...begun, origin }
}

describe('a sign-in with a passkey', () => {
  it('R78 opens a session, names the role, and asks for no account', async () => {
    const { staffId, authenticator } = await makeStaff('approver')
    const { options } = await begin()
    expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
    expect(options.allowCredentials).toBeUndefined()
    const { sessionSecret } = await expectDone(trySignIn(authenticator))
    expect(await findStaffSession(sessionSecret, NOW)).toMatchObject({ staffId, role: 'approver' })
    const rows = await db().staffSession.findMany({ where: { staffId } })
    expect(JSON.stringify(rows)).not.toContain(sessionSecret)
  })

  it.each([
    ['without user verification', { isVerified: false }],
    ['at another origin', { origin: 'https://care.jahat.example' }],
    ['at another port', { origin: 'http://localhost:3001' }],
    ['for another host', { rpId: 'jahat.example' }],
    ['of another challenge', { challenge: 'AAAA' }],
    ['that makes a key', { type: 'webauthn.create' }],
    ['without the handle of its owner', { userHandle: null }],
    ['with the handle of somebody else', { userHandle: 'YWJj' }],
  ])('is refused %s', async (_, odd) => {
    const { authenticator } = await makeStaff('agent')
    expect(await trySignIn(authenticator, NOW, odd)).toEqual(REFUSED)
    expect((await trySignIn(authenticator)).ok).toBe(true)
  })

  it('is refused with the key of another authenticator, and with an unknown one', async () => {
    const { staffId, authenticator } = await makeStaff('agent')
    const stranger = newAuthenticator()
    expect(await trySignIn(stranger)).toEqual(REFUSED)
    const { secret, options, origin } = await begin()
    const forged = { ...JSON.parse(stranger.get(options)), id: authenticator.id }
    forged.rawId = authenticator.id
    forged.response.userHandle = Buffer.from(staffId).toString('base64url')
    const credential = JSON.stringify(forged)
    expect(await completeSignIn({ secret, credential, origin, now: NOW })).toEqual(REFUSED)
  })

  it.each(['', '{', '[]', '{"id":1}', '"text"'])(
    'is refused for what is no answer: %s',
    async (credential) => {
      const { secret, origin } = await begin()
      expect(await completeSignIn({ secret, credential, origin, now: NOW })).toEqual(REFUSED)
    },
  )

  it('R78 needs the challenge of this browser, within two minutes, once', async () => {
    const { authenticator } = await makeStaff('agent')
    const { secret, options, origin } = await begin()
    const credential = authenticator.get(options)
    const given = { secret, credential, origin }
    for (const other of ['', (await begin()).secret])
      expect(await completeSignIn({ ...given, secret: other, now: NOW })).toEqual(REFUSED)
    expect(await completeSignIn({ ...given, now: later(120) })).toEqual(REFUSED)
    expect((await completeSignIn({ ...given, now: later(119) })).ok).toBe(true)
    expect(await completeSignIn({ ...given, now: later(119) })).toEqual(REFUSED)
  })

  it('opens one session when the same answer arrives five times at once', async () => {
    // The counter of another one would refuse the later ones, too.
    const authenticator = newAuthenticator({ counts: false })
    const { staffId } = await makeStaff('agent', { authenticator })
    const { secret, options, origin } = await begin()
    const given = { secret, credential: authenticator.get(options), origin, now: NOW }
    const gate = await closeGate('StaffSession')
    const tried = Promise.all([1, 2, 3, 4, 5].map(() => completeSignIn(given)))
    await gate.crowd(5)
    await gate.open()
    expect((await tried).filter(({ ok }) => ok)).toHaveLength(1)
    expect(await db().staffSession.count({ where: { staffId } })).toBe(1)
  })

  it('never lets the counter of a key go back or stand still', async () => {
    const { authenticator } = await makeStaff('agent')
    expect((await trySignIn(authenticator, NOW, { counter: 7 })).ok).toBe(true)
    for (const counter of [7, 6, 0])
      expect(await trySignIn(authenticator, NOW, { counter })).toEqual(REFUSED)
    expect((await trySignIn(authenticator, NOW, { counter: 8 })).ok).toBe(true)
    expect(
      await db().staffKey.findUniqueOrThrow({ where: { id: authenticator.id } }),
    ).toMatchObject({ counter: 8n, usedAt: NOW })
  })

  it('accepts an authenticator that keeps no counter', async () => {
    const authenticator = newAuthenticator({ counts: false })
    await makeStaff('agent', { authenticator })
    for (const _ of [1, 2]) expect((await trySignIn(authenticator)).ok).toBe(true)
  })

  it('is throttled after a hundred from one network, and only then', async () => {
    const origin = newOrigin()
    for (let begun = 0; begun < 100; begun++) await expectDone(beginSignIn(origin, NOW))
    expect(await beginSignIn(origin, NOW)).toMatchObject({ refusal: 'passkey_throttled' })
    expect((await beginSignIn(newOrigin(), NOW)).ok).toBe(true)
  })
})

describe('the log of security events', () => {
  const reasonsOf = async (work: () => Promise<unknown>) =>
    securityLines(await logOf(work)).map(({ event, reason }) => `${event} ${reason}`)

  it('has the reason that the browser does not get', async () => {
    const { authenticator, staffId } = await makeStaff('agent')
    expect(await reasonsOf(() => trySignIn(newAuthenticator()))).toEqual([
      'authn_login_fail unknown_key',
    ])
    expect(await reasonsOf(() => trySignIn(authenticator, NOW, { isVerified: false }))).toEqual([
      'authn_login_fail unverified',
    ])
    await trySignIn(authenticator, NOW, { counter: 9 })
    expect(await reasonsOf(() => trySignIn(authenticator, NOW, { counter: 9 }))).toEqual([
      'authn_login_fail counter',
    ])
    await db().staff.update({ where: { id: staffId }, data: { disabledAt: NOW } })
    expect(await reasonsOf(() => trySignIn(authenticator, NOW, { counter: 10 }))).toEqual([
      'authn_login_fail not_active',
    ])
  })
})
