import { describe, expect, it } from 'vitest'
import { completeRegistration, createAccount, hashPassword, logIn } from '@/lib/accounts'
import { verifyActivity } from '@/lib/activity'
import {
  authoriseRecoveryAddress,
  completePrimaryChange,
  confirmPrimaryEmail,
  confirmRecoveryAddress,
  findChange,
  requestEmailConfirmation,
  reverifyAddress,
} from '@/lib/contacts'
import { open } from '@/lib/platform/crypto'
import { db, transaction } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { canSpend } from '@/lib/points'
import {
  completeReset,
  completeUnfreeze,
  findRestriction,
  findUnfreeze,
  findUnfreezeCode,
  liftRestriction,
  passReset,
  passUnfreeze,
  requestUnfreezeCode,
  startReset,
  startUnfreezeByLink,
} from '@/lib/recovery'
import facts from '../fixtures/last-version/facts.json'
import { email, expectDone, phone } from '../support/accounts'
import { callerOf, codeOf, minutesLater, newestCode } from './last-version'

const PASSWORD = 'seratus kunang di sawah luas'

describe('after an upgrade in the middle of a flow', () => {
  it('a frozen account is unfrozen with its second code, and its disputed change undone', async () => {
    const secret = facts.browsers['citra.thaw']
    const { origin, locale } = callerOf('citra', 1)
    expect(await findUnfreeze(secret, minutesLater(1))).toEqual({
      step: 'second',
      choices: ['primary_email', 'recovery_phone'],
    })
    expect(await findUnfreezeCode(secret, minutesLater(1))).toEqual({
      purpose: 'unfreeze_second',
      slot: 'recovery_phone',
    })
    const link = facts.accounts.citra.freezeLink
    expect(await startUnfreezeByLink(link, minutesLater(1))).toMatchObject({ ok: true })
    const wanted = { secret, slot: 'recovery_email', locale, now: minutesLater(1) } as const
    expect(await requestUnfreezeCode(wanted)).toEqual(refuse('unfreeze_address_gone'))
    const code = codeOf('citra', 'thaw_second')
    const passed = await passUnfreeze(secret, 'unfreeze_second', code, origin, minutesLater(2))
    expect(passed).toEqual(done())
    const decisions = { primary_phone: 'undo' } as const
    const unfreezing = { secret, decisions, password: PASSWORD, origin, now: minutesLater(4) }
    expect(await completeUnfreeze(unfreezing)).toEqual(done())
    const identifier = facts.accounts.citra.firstIdentifier
    const login = { identifier, password: PASSWORD, origin, now: minutesLater(5) }
    expect(await logIn(login)).toMatchObject({ ok: true })
  })

  it('a send that was counted for an unfreeze is still counted', async () => {
    const { origin, locale } = callerOf('hani', 1)
    const first = facts.browsers['hani.thawAtFirst']
    const code = codeOf('hani', 'thaw_first')
    expect(await passUnfreeze(first, 'unfreeze_first', code, origin, minutesLater(1))).toEqual(
      done(),
    )
    const request = (minutes: number) => {
      const now = minutesLater(minutes)
      return requestUnfreezeCode({ secret: first, slot: 'primary_email', locale, now })
    }
    // Three of five were used before the upgrade.
    expect([await request(2), await request(4)]).toEqual([done(), done()])
    expect(await request(6)).toMatchObject({ refusal: 'send_throttled' })
  })

  it('another browser unfreezes the same account with its own second code', async () => {
    const { origin } = callerOf('hani', 1)
    const second = facts.browsers['hani.thawAtSecond']
    const code = codeOf('hani', 'thaw_second')
    const passed = await passUnfreeze(second, 'unfreeze_second', code, origin, minutesLater(3))
    expect(passed).toEqual(done())
    const unfreezing = { secret: second, decisions: {}, password: PASSWORD, origin }
    expect(await completeUnfreeze({ ...unfreezing, now: minutesLater(4) })).toEqual(done())
  })

  it('a restriction continues, and is lifted with its code', async () => {
    const own = callerOf('dewi', 1)
    expect(await canSpend(own.userId, own.now)).toMatchObject({ refusal: 'account_restricted' })
    expect(await findRestriction(own.userId, own.now)).toMatchObject({
      lifters: [{ kind: 'phone' }],
    })
    const code = codeOf('dewi', 'lift_restriction')
    expect(await liftRestriction(callerOf('dewi', 2), code)).toEqual(done())
    expect(await canSpend(own.userId, minutesLater(3))).toEqual(done())
  })

  it('a primary e-mail is confirmed, and a recovery address verified again', async () => {
    const confirmed = await confirmPrimaryEmail(callerOf('eka', 1), codeOf('eka', 'prove_email'))
    expect(confirmed).toEqual(done())
    const code = codeOf('eka', 'prove_recovery')
    expect(await reverifyAddress(callerOf('eka', 2), code)).toEqual(done(100))
  })

  it('an unconfirmed primary e-mail logs in until another account confirms it', async () => {
    const { origin, locale } = callerOf('gita', 1)
    const { userId } = facts.accounts.gita
    const where = { userId, role: 'primary', kind: 'email', removedAt: null } as const
    await db().user.update({
      where: { id: userId },
      data: { passwordHash: await hashPassword(PASSWORD) },
    })
    const { sealed, confirmedAt } = await db().address.findFirstOrThrow({ where })
    const own = email(open(sealed, 'address'))
    const logInBy = (minutes: number) =>
      logIn({ identifier: own.value, password: PASSWORD, origin, now: minutesLater(minutes) })
    expect([confirmedAt, await logInBy(1)]).toMatchObject([null, { ok: true }])
    const passwordHash = await hashPassword('dua belas perahu di muara')
    const number = phone('0812-0000-7777')
    const newcomer = {
      name: 'Rini',
      email: own,
      phone: number,
      passwordHash,
      locale: 'id',
    } as const
    const now = minutesLater(2)
    const account = await expectDone(transaction((tx) => createAccount(tx, newcomer, origin, now)))
    const caller = { ...account, locale, origin, now } as const
    expect(await logInBy(2)).toMatchObject({ ok: true })
    await expectDone(requestEmailConfirmation(caller))
    await expectDone(confirmPrimaryEmail(caller, await newestCode(own)))
    expect(await logInBy(3)).toEqual(refuse('login_wrong'))
    expect(await db().address.count({ where })).toBe(0)
  })

  it('a primary number is changed with the code to the new one', async () => {
    const own = callerOf('gita', 1)
    const change = await findChange(own, { role: 'primary', kind: 'phone' })
    expect(change).toMatchObject({ step: 'confirm' })
    const changed = await completePrimaryChange(own, 'phone', codeOf('gita', 'confirm_phone'))
    expect(changed).toMatchObject({ ok: true })
  })

  it('a recovery address is added, and a reset completed, with their codes', async () => {
    const code = codeOf('budi', 'authorise_recovery')
    expect(await authoriseRecoveryAddress(callerOf('budi', 1), code)).toEqual(done('email'))
    const confirmation = await newestCode(email('cadangan.budi@surat.example'))
    expect(await confirmRecoveryAddress(callerOf('budi', 2), confirmation)).toEqual(done(1_000))
    const { origin } = callerOf('budi', 3)
    const request = facts.browsers['budi.reset']
    const right = codeOf('budi', 'reset_password')
    const { secret } = await expectDone(passReset(request, right, origin, minutesLater(3)))
    const reset = { secret, password: PASSWORD, origin, now: minutesLater(4) }
    expect(await completeReset(reset)).toMatchObject(done({ kind: 'set' }))
  })

  it('an account that customer care opened resets its password', async () => {
    const { origin, locale } = callerOf('fajar', 1)
    const own = phone(facts.accounts.fajar.phone)
    const choice = 'primary_phone'
    const request = { identifier: own, choice, locale, origin, now: minutesLater(1) } as const
    const { secret } = await expectDone(startReset(request))
    const code = await newestCode(own)
    const passed = await expectDone(passReset(secret, code, origin, minutesLater(2)))
    const reset = { secret: passed.secret, password: PASSWORD, origin, now: minutesLater(3) }
    expect(await completeReset(reset)).toMatchObject(done({ kind: 'set' }))
  })

  it('a registration is completed', async () => {
    const { secret, phone: identifier, password } = facts.registration
    const { origin } = callerOf('ani', 1)
    const code = codeOf(null, 'register')
    await expectDone(completeRegistration(secret, code, origin, minutesLater(1)))
    expect(await logIn({ identifier, password, origin, now: minutesLater(2) })).toMatchObject({
      ok: true,
    })
  })

  it('the activity continues without a break', async () => {
    const { proven, faults } = await verifyActivity(new Date())
    expect([faults, proven > facts.activity.proven]).toEqual([[], true])
  })
})
