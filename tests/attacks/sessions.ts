import translations from '@/messages/id.json'
import { newClient } from '../support/client'
import { newPhone, nextMessage, wrongCode } from '../support/customers'
import { insertCustomer, insertSession } from '../support/fixtures'
import { textOf } from '../support/html'
import { productNow } from '../support/running'
import { outcomeOf, profilePathOf, trySpending } from './intruder'
import {
  codeAt,
  codeIn,
  createOwner,
  expectMessages,
  freezeByLink,
  type Owner,
  unfreeze,
} from './owner'
import { type AdvanceClock, type Report, testAttack } from './report'

const NOTIFIED = ['primary number', 'primary e-mail', 'recovery e-mail'] as const

export function testSessionAttacks(advanceClock: AdvanceClock) {
  testAttack('stolen session', 'a copy of the cookies of a signed-in browser', async (report) => {
    const owner = await createOwner(advanceClock, ['email'])
    const intruder = newClient()
    for (const [name, value] of owner.client.cookies) intruder.cookies.set(name, value)
    const { html } = await intruder.open('/profile')
    for (const address of Object.values(owner.at))
      if (html.includes(address)) throw new Error('an address is shown in full')
    report.addGain('sees the account, with masked addresses')
    report.addGain('spends points, as any signed-in browser can', await trySpending(owner), 'spent')
    await tryWithoutPassword(report, intruder)
    const since = productNow()
    await tryWithoutCode(report, owner, intruder)
    await expectMessages(report, owner, 'code.authorise_recovery', ['primary number'], since)
    const links = await expectMessages(report, owner, 'notice.attempts_used_up', NOTIFIED, since)
    await freezeByLink(links['primary e-mail'])
    report.addRecoveryStep('freeze with the link at the primary e-mail')
    report.expectStopped(
      'use the session after the freeze',
      await profilePathOf(intruder),
      '/login',
    )
    report.expectStopped(
      'spend points after the freeze',
      await trySpending(owner),
      'account_frozen',
    )
    const none = await intruder.open('/unfreeze')
    report.expectStopped(
      'begin an unfreeze',
      textOf(none.html).includes(translations.unfreeze.none) ? 'not begun' : none.path,
      'not begun',
    )
    const link = links['recovery e-mail']
    await unfreeze(report, owner, { link, verifiedBy: ['primary number', 'recovery e-mail'] })
    report.expectStopped(
      'use the session after the unfreeze',
      await profilePathOf(intruder),
      '/login',
    )
  })

  testAttack(
    'session fixation',
    'the ability to plant cookies in the browser of the owner',
    async (report) => {
      const owner = await createOwner(advanceClock)
      const intruder = await insertSession(await insertCustomer())
      const browser = newClient()
      for (const [name, value] of intruder.cookies) browser.cookies.set(name, value)
      const since = productNow()
      const login = await newClient().open('/login')
      await browser.press(login, 'Masuk', { identifier: owner.email, password: owner.password })
      const isNew = browser.cookies.get('session') !== intruder.cookies.get('session')
      report.expectStopped(
        'share a planted session with the owner who logs in',
        isNew ? 'another session' : 'shared',
        'another session',
      )
      const [own, intruders] = [
        await browser.open('/profile/devices'),
        await intruder.open('/profile/devices'),
      ]
      if (own.html === intruders.html) throw new Error('the planted session shows the account')
      await tryFixedReset(report, owner)
      await expectMessages(
        report,
        owner,
        'notice.password_reset',
        ['primary number', 'primary e-mail', 'recovery number', 'recovery e-mail'],
        since,
      )
      report.addRecoveryStep('nothing was lost: the reset ended in the browser of the owner')
    },
  )
}

/** Tries what the password protects, with a wrong password. */
async function tryWithoutPassword(report: Report, intruder: ReturnType<typeof newClient>) {
  const attempt = { currentPassword: 'bukan kata sandinya' }
  const changed = await intruder.send('/profile/password', 'Simpan kata sandi', {
    ...attempt,
    newPassword: 'sepeda tua di tepi rel',
  })
  report.expectStopped('change the password', outcomeOf(changed), 'password_wrong')
  const by = { ...attempt, proof: 'primary_phone' }
  const number = await intruder.send('/profile/phone', 'Kirim kode', { ...by, phone: newPhone() })
  report.expectStopped('change the primary number', outcomeOf(number), 'password_wrong')
  const mailbox = await intruder.send('/profile/email', 'Kirim kode', {
    ...by,
    email: 'maling@surat.example',
  })
  report.expectStopped('change the primary e-mail', outcomeOf(mailbox), 'password_wrong')
  const saved = await intruder.send('/profile/saved-code', 'Kirim kode', attempt)
  report.expectStopped('make a saved code', outcomeOf(saved), 'password_wrong')
}

/** Tries what a code to the primary number protects, with wrong codes. */
async function tryWithoutCode(
  report: Report,
  { at }: Owner,
  intruder: ReturnType<typeof newClient>,
) {
  const [code, phone] = ['Verifikasi', at['primary number']]
  await intruder.send('/profile/recovery/email/replace', 'Kirim kode', {
    email: 'maling@surat.example',
    proof: 'primary_phone',
  })
  const replaced = { code: wrongCode(await codeAt(phone, 'replace_recovery')) }
  const answer = await intruder.send('/profile/recovery/email/replace/authorise', code, replaced)
  report.expectStopped('replace the recovery e-mail', outcomeOf(answer), 'code_wrong')
  await intruder.send('/profile/recovery/email/remove', 'Kirim kode')
  const removed = { code: wrongCode(await codeAt(phone, 'remove_recovery')) }
  report.expectStopped(
    'remove the recovery e-mail',
    outcomeOf(await intruder.send('/profile/recovery/email/remove', 'Hapus', removed)),
    'code_wrong',
  )
  await intruder.send('/profile/recovery/phone', 'Simpan', { phone: newPhone() })
  const page = await intruder.open('/profile/recovery/authorise')
  let outcome = ''
  for (let index = 1; index <= 5; index++)
    outcome = outcomeOf(await intruder.press(page, code, { code: String(100_000 + index) }))
  report.expectStopped('add a recovery number, with five attempts', outcome, 'code_exhausted')
}

/** The intruder begins a reset, plants its cookie, and waits until the owner enters the code. */
async function tryFixedReset(report: Report, owner: Owner) {
  const [intruder, browser, since] = [newClient(), newClient(), productNow()]
  await intruder.send('/reset', 'Kirim kode', { identifier: owner.email, choice: 'primary_phone' })
  for (const [name, value] of intruder.cookies) browser.cookies.set(name, value)
  const { text, createdAt } = await nextMessage(owner.phone, 'code.reset_password')
  report.addMessage(
    'code.reset_password',
    'primary number',
    (Date.parse(createdAt) - since.getTime()) / 1_000,
  )
  await browser.send('/reset/code', 'Verifikasi', { code: codeIn({ text }) })
  const taken = await intruder.follow(await intruder.open('/reset/password'))
  report.expectStopped(
    'continue a reset whose code the owner has entered',
    taken.path,
    '/reset?ended=challenge_gone',
  )
  const done = await browser.send('/reset/password', 'Simpan kata sandi', {
    newPassword: 'jembatan gantung di lembah',
  })
  if (done.path !== '/reset/done') throw new Error(`the owner's reset ended at ${done.path}`)
}
