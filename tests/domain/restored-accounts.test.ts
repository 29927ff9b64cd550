import { describe, expect, it } from 'vitest'
import { logIn } from '@/lib/accounts'
import { listDeadLetters, replayMessage } from '@/lib/messaging'
import { findErasure } from '@/lib/personal-data'
import { eraseDue } from '@/lib/personal-data/due'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { readFreezeOutlook } from '@/lib/recovery'
import {
  DAY,
  expectDone,
  forgetLimits,
  later,
  makeAccount,
  NOW,
  newOrigin,
  OTHER_PASSWORD,
  PASSWORD,
} from '../support/accounts'
import { messagesTo } from '../support/outbox'
import { newBrowser, tryLogIn } from './device-actions'
import { leave } from './erasure-actions'
import { stop, userOf } from './freeze-actions'
import { complete, passedReset, start } from './reset-actions'
import { close, RUN, unsentOf } from './restored-actions'
import { enter as enterSaved, makeCode, rowsOf } from './saved-code-actions'

const NOTHING_LOST = { changed: [], frozen: [], erased: [] }

describe('after a restore an account', () => {
  it('sends no message of the backup, and an operator may send a notice again', async () => {
    const account = await makeAccount()
    await start(account.email, 'primary_phone')
    const waiting = await messagesTo(account.phone)
    expect(waiting.map(({ kind }) => kind)).toEqual(['code.reset_password', 'notice.registered'])
    const { told } = await close()
    expect(told['messages not sent']).toBeGreaterThan(2)
    const rows = await db().message.findMany({ where: { sentAt: null } })
    expect(rows.filter(({ failedAt }) => failedAt === null)).toEqual([])
    const [code, notice] = waiting.map(({ id }) => rows.find((row) => row.id === id))
    expect([code?.lastError, code?.sealedBody]).toEqual(['restored', null])
    expect(rows.filter(({ runAt }) => runAt !== null)).toEqual([])
    const letters = (await listDeadLetters()).filter(({ id }) => id === notice?.id)
    expect(letters).toMatchObject([{ kind: 'notice.registered', lastError: 'restored' }])
    expect(await replayMessage(notice?.id ?? '', RUN)).toEqual(done())
  })

  it('gives a requested erasure seven more days, and tells its owner the new date', async () => {
    const account = await makeAccount()
    await leave(account)
    const now = later(8 * DAY)
    const { told } = await close({ now })
    expect(told['requested erasures with seven more days']).toBe(1)
    await eraseDue(now)
    expect(await findErasure(account.userId)).toEqual(later(7 * DAY, now))
    const [notice] = await unsentOf(account)
    expect(notice).toMatchObject({
      event: 'erasure_requested',
      due: later(7 * DAY, now).toISOString(),
    })
  })

  it('has no saved code, and its owner is told', async () => {
    const [live, frozen] = [await makeAccount(), await makeAccount()]
    const code = await makeCode(live)
    await makeCode(frozen)
    await stop(frozen, NOW)
    const { told } = await close()
    expect(told['saved codes ended']).toBe(1)
    expect(await rowsOf(live)).toMatchObject([{ endedBy: 'restored', endedAt: RUN }])
    expect(await rowsOf(frozen)).toMatchObject([{ endedBy: 'restored', usedAt: null }])
    expect((await unsentOf(live))[0]).toMatchObject({ event: 'saved_code_ended' })
    expect(await readFreezeOutlook(frozen.userId, RUN)).toMatchObject({ opensAlone: false })
    await forgetLimits()
    expect(await enterSaved(live.email, code, RUN)).toMatchObject(refuse('code_wrong'))
  })

  it('needs a new password by a code, once', async () => {
    const account = await makeAccount()
    const right = { identifier: account.phone.value, origin: newOrigin(), now: RUN }
    await close()
    expect(await logIn({ ...right, password: PASSWORD })).toEqual(refuse('password_restored'))
    expect(await logIn({ ...right, password: OTHER_PASSWORD })).toEqual(refuse('login_wrong'))
    await expectDone(complete(await passedReset(account)))
    const entered = await expectDone(logIn({ ...right, password: OTHER_PASSWORD }))
    expect('session' in entered).toBe(true)
  })

  it('asks only those for it whom the log names, and freezes again who was frozen', async () => {
    const [quiet, changed, frozen] = [await makeAccount(), await makeAccount(), await makeAccount()]
    const lost = { ...NOTHING_LOST, changed: [changed.userId], frozen: [frozen.userId] }
    await close({ lost })
    expect((await tryLogIn(quiet, newBrowser())).ok).toBe(true)
    expect(await tryLogIn(changed, newBrowser())).toEqual(refuse('password_restored'))
    expect((await userOf(frozen)).frozenAt).toEqual(RUN)
    expect((await unsentOf(frozen))[0]).toMatchObject({ event: 'frozen' })
  })
})
