import { releaseDue } from '@/lib/recovery'
import translations from '@/messages/id.json'
import { type Client, newClient } from '../support/client'
import { stopLinkIn } from '../support/html'
import { type FakeOperator, international } from '../support/operator'
import { inbox, productNow } from '../support/running'
import { expectResetStopped, logIn, outcomeOf, profilePathOf } from './intruder'
import { codeAt, createOwner, DAY_MS, expectMessages, type Owner } from './owner'
import { type AdvanceClock, type Report, testSignalAttack } from './report'

const OTHERS = ['primary e-mail', 'recovery number', 'recovery e-mail'] as const
const WAIT_MS = 3 * DAY_MS
const NEW_PASSWORD = 'curian tengah malam di gudang'

/** Attacks by a number in other hands, and owners who look like them, while operators are asked. */
export function testSignalAttacks(operator: FakeOperator, advanceClock: AdvanceClock) {
  const world = { operator, advanceClock }
  testKnownSwap(world)
  testKnownRecycling(world)
  testNewPhone(world)
  testPortedNumber(world)
}

type World = { operator: FakeOperator; advanceClock: AdvanceClock }

/** A reset by a code to the primary number. Returns where it ends. */
async function reset({ phone }: Owner, client: Client): Promise<string> {
  const choice = 'primary_phone'
  await client.send('/reset', 'Kirim kode', { identifier: phone, choice })
  const code = await codeAt(phone, 'reset_password')
  await client.send('/reset/code', 'Verifikasi', { code })
  const typed = { newPassword: NEW_PASSWORD }
  return (await client.send('/reset/password', 'Simpan kata sandi', typed)).path
}

/** The refusal of a log-in with the new password, or the page where it ends. */
const logInAnew = async ({ phone }: Owner) =>
  outcomeOf(await logIn(newClient(), phone, NEW_PASSWORD))

function testKnownSwap({ operator, advanceClock }: World) {
  const attack = 'SIM swapped, and the operator knows it'
  testSignalAttack(attack, 'messages to the primary number', async (report) => {
    const owner = await createOwner(advanceClock)
    operator.answer(international(owner.phone), { swapped: true })
    const [since, client] = [productNow(), newClient()]
    report.addGain(
      'a new password that waits for three days',
      await reset(owner, client),
      '/reset/held',
    )
    await expectMessages(report, owner, 'notice.password_held', OTHERS, since)
    report.expectStopped('log in with it', await logInAnew(owner), 'login_wrong')
    await expectReleaseStopped(report, client)
    const received = await inbox(owner.at['recovery e-mail'])
    const notice = received.find(({ kind }) => kind === 'notice.password_held') ?? { text: '' }
    await newClient().send(stopLinkIn(notice), translations.stopPassword.submit)
    report.addRecoveryStep('cancels it with the link at the recovery e-mail')
    await advanceClock(WAIT_MS)
    await releaseDue(productNow())
    report.expectStopped('log in three days later', await logInAnew(owner), 'login_wrong')
    if ((await profilePathOf(owner.client)) !== '') throw new Error('the owner was logged out')
    report.addRecoveryStep('never lost access')
  })
}

async function expectReleaseStopped(report: Report, client: Client) {
  await client.send('/reset/held', translations.held.submit)
  const answer = await client.send('/reset/held/code', 'Verifikasi', { code: '000000' })
  report.expectStopped('let it work at once', outcomeOf(answer), 'code_wrong')
}

function testKnownRecycling({ operator, advanceClock }: World) {
  const holds = 'the primary number, which the owner gave up without telling the shop'
  testSignalAttack('recycled number, and the operator knows it', holds, async (report) => {
    const owner = await createOwner(advanceClock)
    const { phone } = owner
    operator.answer(international(phone), { recycled: true })
    const since = productNow()
    const asked = { identifier: phone, choice: 'primary_phone', reads: [phone] } as const
    await expectResetStopped(report, 'by the number', asked)
    await expectMessages(report, owner, 'notice.number_recycled', OTHERS, since)
    await expectResetStopped(report, 'by the number once more', asked)
    const { html } = await owner.client.open('/profile')
    if (!html.includes(translations.profile.recycledHint))
      throw new Error('the profile says nothing')
    report.addRecoveryStep('never lost access; the profile asks for another number')
  })
}

function testNewPhone({ operator, advanceClock }: World) {
  testSignalAttack('no attack: a new SIM', 'the own number, with a new SIM', async (report) => {
    const owner = await createOwner(advanceClock)
    operator.answer(international(owner.phone), { swapped: true })
    const client = newClient()
    await reset(owner, client)
    await client.send('/reset/held', translations.held.submit)
    const code = await codeAt(owner.at['recovery e-mail'], 'release_password')
    const { path } = await client.send('/reset/held/code', 'Verifikasi', { code })
    report.addGain(
      'the new password, at once with a code to the recovery e-mail',
      path,
      '/reset/done',
    )
    report.addGain('logs in', await logInAnew(owner), '/profile')
    report.addRecoveryStep('nothing was lost')
  })
}

function testPortedNumber({ operator, advanceClock }: World) {
  const holds = 'the own number, at another operator, and no recovery address'
  testSignalAttack('no attack: a ported number', holds, async (report) => {
    const owner = await createOwner(advanceClock, [])
    operator.answer(international(owner.phone), { swapped: true })
    report.addGain(
      'the new password, after three days',
      await reset(owner, newClient()),
      '/reset/held',
    )
    await advanceClock(WAIT_MS)
    await releaseDue(productNow())
    report.addGain('logs in', await logInAnew(owner), '/profile')
    report.addRecoveryStep('waits for three days')
  })
}
