import { findAccount, showAccount, unfreezeByCare } from '@/lib/support'
import translations from '@/messages/id.json'
import { newClient } from '../support/client'
import { insertCustomer } from '../support/fixtures'
import { textOf } from '../support/html'
import { productNow } from '../support/running'
import { changePrimaryEmail, changePrimaryPhone } from './change-address'
import {
  expectResetStopped,
  expectRestricted,
  expectUnfreezeStopped,
  logIn,
  outcomeOf,
  profilePathOf,
  RESTRICTED_SESSION,
  resetAndLogIn,
  trySpending,
} from './intruder'
import {
  beginUnfreeze,
  codeAt,
  createOwner,
  DAY_MS,
  expectMessages,
  freezeByLink,
  liftRestriction,
  logInAgain,
  type Owner,
  unfreeze,
} from './owner'
import { type AdvanceClock, type Report, testAttack } from './report'

const QUARTER_MS = 15 * 60 * 1_000
const OTHERS = ['primary e-mail', 'recovery number', 'recovery e-mail'] as const

/** The attacks by a number in other hands, beyond a SIM swap that the owner notices at once. */
export function testNumberAttacks(advanceClock: AdvanceClock) {
  testUnnoticedSwap(advanceClock)
  testRecycledNumber(advanceClock)
  testStolenPhone(advanceClock)
}

function testUnnoticedSwap(advanceClock: AdvanceClock) {
  const attack = 'SIM swapped, unnoticed for a day'
  testAttack(attack, 'messages to the primary number', async (report) => {
    const owner = await createOwner(advanceClock)
    const { phone } = owner
    const since = productNow()
    const intruder = await resetAndLogIn(phone, 'primary_phone', phone)
    const links = await expectMessages(report, owner, 'notice.password_reset', OTHERS, since)
    await advanceClock(DAY_MS)
    await stripAccount(report, owner, intruder)
    await freezeByLink(links['recovery e-mail'])
    report.addRecoveryStep('freeze with the link at the recovery e-mail, removed by then')
    const profilePath = await profilePathOf(intruder.client)
    report.expectStopped('use the session after the freeze', profilePath, '/login')
    await unfreezeThroughCare(report, links['recovery e-mail'])
    const recovered = await recoverByEmail(report, owner)
    // The intruder has used up the codes that an account is sent in ten minutes.
    await advanceClock(QUARTER_MS)
    await changePrimaryPhone(report, recovered)
    report.expectStopped(
      'log in again',
      outcomeOf(await logIn(newClient(), phone, intruder.password)),
      'login_wrong',
    )
  })
}

function testRecycledNumber(advanceClock: AdvanceClock) {
  const holds = 'the primary number, which the owner gave up without telling the shop'
  testAttack('recycled number', holds, async (report) => {
    const owner = await createOwner(advanceClock)
    const { phone } = owner
    const since = productNow()
    const intruder = await resetAndLogIn(phone, 'primary_phone', phone)
    report.addGain(RESTRICTED_SESSION, intruder.path, '/profile')
    await expectMessages(report, owner, 'notice.password_reset', OTHERS, since)
    await expectRestricted(report, owner, intruder)
    const recovered = await recoverByEmail(report, owner)
    const profilePath = await profilePathOf(intruder.client)
    report.expectStopped('use the session after the owner’s reset', profilePath, '/login')
    await changePrimaryPhone(report, recovered)
    const reset = { identifier: phone, choice: 'primary_phone', reads: [phone] } as const
    await expectResetStopped(report, 'after the replacement', reset)
    const newHolder = await insertCustomer({ phone })
    const page = await logIn(newClient(), phone, newHolder.password)
    report.addGain('an account of their own, by registering the number', page.path, '/profile')
    await logInAgain(recovered)
  })
}

function testStolenPhone(advanceClock: AdvanceClock) {
  const holds =
    'the old number, the signed-in browser and the primary mailbox, after the owner has replaced the number'
  testAttack('phone stolen with its mail app open', holds, async (report) => {
    const stolen = await createOwner(advanceClock)
    const browser = newClient()
    await logIn(browser, stolen.email, stolen.password)
    const beforeChange = productNow()
    const owner = await changePrimaryPhone(report, stolen)
    const places = ['primary number', 'primary e-mail'] as const
    const links = await expectMessages(report, stolen, 'notice.phone_changed', places, beforeChange)
    await advanceClock(DAY_MS)
    report.expectStopped('use the signed-in browser', await profilePathOf(browser), '/login')
    await expectOldNumberStopped(report, stolen)
    const since = productNow()
    await freezeByLink(links['primary number'])
    report.addGain('freezes the account with the link at the old number')
    const told = ['primary number', 'recovery number', 'recovery e-mail'] as const
    const frozen = await expectMessages(report, owner, 'notice.frozen', told, since)
    report.expectStopped('spend points', await trySpending(owner), 'account_frozen')
    const client = await beginUnfreeze(links['primary e-mail'])
    await expectUnfreezeStopped(report, owner, client, 'primary e-mail', 'recovery number')
    await unfreeze(report, owner, {
      link: frozen['primary number'],
      verifiedBy: ['recovery e-mail', 'recovery number'],
      decisions: { primary_phone: 'keep' },
    })
    for (const place of places)
      report.expectStopped(
        `freeze again with the notice at the ${place}`,
        outcomeOf(await newClient().open(links[place] ?? '')),
        'link_closed',
      )
  })
}

/** Expects that neither the old number nor the mailbox logs in or resets the password. */
async function expectOldNumberStopped(report: Report, { phone, email, password }: Owner) {
  const answer = await logIn(newClient(), phone, password)
  report.expectStopped('log in by the old number', outcomeOf(answer), 'login_wrong')
  const reads = [phone, email]
  await expectResetStopped(report, 'by the old number', {
    identifier: phone,
    choice: 'primary_phone',
    reads,
  })
  for (const choice of ['primary_phone', 'recovery'] as const)
    await expectResetStopped(report, `by the e-mail and the choice ${choice}`, {
      identifier: email,
      choice,
      reads,
    })
}

/** The owner resets the password by the recovery e-mail, logs in and lifts the restriction. */
async function recoverByEmail(report: Report, owner: Owner): Promise<Owner> {
  const { password } = await resetAndLogIn(owner.phone, 'recovery', owner.at['recovery e-mail'])
  report.addRecoveryStep('a new password by the recovery e-mail')
  const recovered = await logInAgain({ ...owner, password })
  await liftRestriction(report, recovered, 'primary e-mail')
  return recovered
}

/**
 * Once the restriction has ended, the primary number and the password suffice to change every other
 * address.
 */
async function stripAccount(
  report: Report,
  owner: Owner,
  intruder: Awaited<ReturnType<typeof resetAndLogIn>>,
) {
  const phone = owner.at['primary number']
  report.addGain('after 24 hours: spends points', await trySpending(owner), 'spent')
  for (const kind of ['email', 'phone'] as const) {
    const path = `/profile/recovery/${kind}/remove`
    await intruder.client.send(path, 'Kirim kode')
    await intruder.client.send(path, 'Hapus', { code: await codeAt(phone, 'remove_recovery') })
  }
  report.addGain('removes both recovery addresses')
  await changePrimaryEmail(intruder, phone)
  report.addGain('changes the primary e-mail')
}

/**
 * With fewer than two undisputed addresses, the page shows a reference, by which customer care
 * unfreezes and undoes.
 */
async function unfreezeThroughCare(report: Report, link: string | undefined) {
  const text = textOf((await newClient().open(link ?? '')).html)
  if (!text.includes(translations.secureFrozen.nextCare))
    throw new Error('the page offers an unfreeze')
  const [, reference = ''] = /Nomor referensi: ([2-9A-Z]{8})/.exec(text) ?? []
  const userId = (await findAccount(reference)) ?? ''
  const { slots } = await showAccount(userId, productNow())
  const disputed = slots.filter(({ isDisputed }) => isDisputed).map(({ slot }) => slot)
  const unfrozen = await unfreezeByCare(
    { userId, reason: 'uji serangan', now: productNow() },
    disputed,
  )
  if (!unfrozen.ok) throw new Error(`refused: ${unfrozen.refusal}`)
  report.addRecoveryStep(
    `customer care unfreezes by the reference and undoes ${disputed.join(', ')}`,
  )
}
