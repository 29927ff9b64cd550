import { describe, expect, it } from 'vitest'
import { logIn } from '@/lib/accounts'
import { transaction, transactionUnlessRefused, withSavepoint } from '@/lib/platform/db'
import { logTo } from '@/lib/platform/log'
import { done, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { freezeByLink, startResetByLink, startUnfreezeByLink } from '@/lib/recovery'
import { expectDone, makeAccount, NOW, newEmail, newOrigin, PASSWORD } from '../support/accounts'
import { logOf, securityLines } from '../support/log-lines'
import { newestCode } from '../support/outbox'
import { complete, passedReset, start } from './reset-actions'

const eventsOf = async (work: () => unknown) =>
  securityLines(await logOf(work)).map(({ event }) => event)

const wrongLogin = (identifier: string) =>
  logIn({ identifier, password: 'bukan ini', origin: newOrigin(), now: NOW })

describe('R61 a line that is logged in a transaction', () => {
  it('is written after the commit', async () => {
    let written = ''
    await logOf(async () => {
      written = await logOf(() =>
        transaction(async () => {
          const inside = await logOf(() => logSecurity('user_updated'))
          expect(inside).toBe('')
        }),
      )
    })
    expect(securityLines(written)).toMatchObject([{ event: 'user_updated', outcome: 'success' }])
  })

  it('is not written when it rolls back', async () => {
    const failing = () =>
      transaction(async () => {
        logSecurity('user_updated')
        throw new Error('rolled back')
      }).catch(() => {})
    expect(await eventsOf(failing)).toEqual([])
  })

  it('is not written when its part is refused', async () => {
    const refusing = () =>
      transaction(async (tx) => {
        logSecurity('user_created')
        await withSavepoint(tx, async () => {
          logSecurity('user_updated')
          return refuse('taken')
        })
        logSecurity('session_created')
      })
    expect(await eventsOf(refusing)).toEqual(['user_created', 'session_created'])
    const whole = () =>
      transactionUnlessRefused(async () => {
        logSecurity('user_updated')
        return refuse('taken')
      })
    expect(await eventsOf(whole)).toEqual([])
  })
})

describe('R61 a security event', () => {
  it('never makes its cause fail', async () => {
    const account = await makeAccount()
    const before = logTo({
      write: () => {
        throw new Error('no space left on device')
      },
    })
    const { email, userId } = account
    try {
      await expectDone(
        logIn({ identifier: email.value, password: PASSWORD, origin: newOrigin(), now: NOW }),
      )
      await transaction(async () => done(logSecurity('user_updated', { userId })))
    } finally {
      logTo(before)
    }
  })

  it('is one line for a known and an unknown account, which only the account tells apart', async () => {
    const account = await makeAccount()
    const known = securityLines(await logOf(() => wrongLogin(account.email.value)))
    const unknown = securityLines(await logOf(() => wrongLogin(newEmail().value)))
    expect(known).toMatchObject([{ event: 'authn_login_fail', userId: account.userId }])
    expect(unknown).toMatchObject([{ event: 'authn_login_fail', userId: null }])
    const begun = (email: typeof account.email) => () => start(email, 'primary_phone')
    expect(await eventsOf(begun(account.email))).toEqual(await eventsOf(begun(newEmail())))
  })

  it('names equal identifiers equally, in any notation, and different ones differently', async () => {
    const { email, phone } = await makeAccount()
    const log = await logOf(async () => {
      await wrongLogin(email.value)
      await wrongLogin(email.value.toUpperCase())
      await start(email, 'primary_phone')
      await wrongLogin(phone.value)
    })
    const [first, second, begun, third] = securityLines(log).map(({ identifier }) => identifier)
    expect([second, begun]).toEqual([first, first])
    expect(first).toMatch(/^[0-9a-f]{16}$/)
    expect(third).not.toBe(first)
    expect(log).not.toContain(email.value)
  })

  it('is written for every consequence of a reset', async () => {
    const account = await makeAccount()
    await expectDone(
      logIn({
        identifier: account.email.value,
        password: PASSWORD,
        origin: newOrigin(),
        now: NOW,
      }),
    )
    const log = await logOf(async () => complete(await passedReset(account)))
    expect(
      securityLines(log).map(({ event, purpose, change }) => [event, purpose ?? change]),
    ).toEqual([
      ['authn_token_created', 'reset_password'],
      ['authn_login_success', 'reset_password'],
      ['session_expired', undefined],
      ['authn_token_revoked', undefined],
      ['authn_password_change', 'password_reset'],
      ['authz_change', 'restricted'],
    ])
    for (const { userId } of securityLines(log)) expect(userId).toBe(account.userId)
    expect(log).not.toContain(await newestCode(account.phone))
  })

  it('is written for a link that is unknown', async () => {
    const links = () =>
      Promise.all([
        freezeByLink('none', newOrigin(), NOW),
        startUnfreezeByLink('none', NOW),
        startResetByLink('none', {
          choice: 'primary_phone',
          locale: 'id',
          origin: newOrigin(),
          now: NOW,
        }),
      ])
    expect((await eventsOf(links)).sort()).toEqual([
      'authn_token_reuse',
      'authz_fail',
      'authz_fail',
    ])
  })
})

describe('R62 input', () => {
  const FORGED =
    '\n{"level":30,"kind":"security","event":"authz_admin","userId":"forged"}\r\n\u2028\u0085'

  it.each([
    ['an identifier', () => wrongLogin(`siti${FORGED}`)],
    [
      'a user agent',
      async () => {
        const { email } = await makeAccount()
        const origin = { ...newOrigin(), userAgent: `Mozilla/5.0${FORGED}` }
        await logIn({ identifier: email.value, password: PASSWORD, origin, now: NOW })
      },
    ],
    ['a word', () => logSecurity('authz_fail', { reason: FORGED, userId: FORGED })],
  ])('cannot add a line to the log: %s', async (_what, work) => {
    const log = await logOf(work)
    for (const line of log.trimEnd().split(/[\r\n\u0085\u2028]/))
      expect(JSON.parse(line)).toBeTruthy()
    expect(securityLines(log).map(({ event }) => event)).not.toContain('authz_admin')
    expect(log.trim()).not.toBe('')
  })
})
