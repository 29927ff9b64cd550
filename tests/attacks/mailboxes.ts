import { newClient } from '../support/client'
import { nextMessage } from '../support/customers'
import { linkIn } from '../support/html'
import { productNow } from '../support/running'
import { changePrimaryEmail } from './change-address'
import {
  expectResetStopped,
  expectUnfreezeStopped,
  logIn,
  outcomeOf,
  trySpending,
} from './intruder'
import {
  beginUnfreeze,
  createOwner,
  DAY_MS,
  expectMessages,
  freezeByLink,
  liftRestriction,
  type Owner,
  unfreeze,
} from './owner'
import { type AdvanceClock, type Report, testAttack } from './report'

const MINUTE_MS = 60_000
const OTHERS = ['primary number', 'recovery number', 'recovery e-mail'] as const
const VERIFIED_BY = ['recovery e-mail', 'recovery number'] as const

export function testPrimaryMailboxAttack(advanceClock: AdvanceClock) {
  testAttack('stolen primary mailbox', 'messages to the primary e-mail', async (report) => {
    const owner = await createOwner(advanceClock)
    const mailbox = owner.at['primary e-mail']
    report.expectStopped('log in', outcomeOf(await logIn(newClient(), mailbox)), 'login_wrong')
    const since = productNow()
    for (const choice of ['primary_phone', 'recovery'] as const)
      await expectResetStopped(report, `by the choice ${choice}`, {
        identifier: mailbox,
        choice,
        reads: [mailbox],
      })
    await expectMessages(report, owner, 'code.reset_password', OTHERS, since)
    await logIn(newClient(), owner.email, owner.password)
    const link = linkIn(await nextMessage(mailbox, 'notice.new_device'))
    await advanceClock(8 * DAY_MS)
    report.expectStopped(
      'freeze with a link older than a week',
      outcomeOf(await newClient().open(link)),
      'link_expired',
    )
    const unfrozen = await freezeAndUnfreeze(report, owner)
    await liftRestriction(report, unfrozen, 'primary number')
    await replaceMailbox(report, unfrozen, advanceClock)
  })
}

/** The intruder freezes with a new notice and passes one code; the owner unfreezes. */
async function freezeAndUnfreeze(report: Report, owner: Owner): Promise<Owner> {
  const beforeLogin = productNow()
  await logIn(newClient(), owner.email, owner.password)
  const places = ['primary e-mail'] as const
  const { 'primary e-mail': link } = await expectMessages(
    report,
    owner,
    'notice.new_device',
    places,
    beforeLogin,
  )
  const since = productNow()
  await freezeByLink(link)
  report.addGain('freezes the account with the link of a notice')
  const links = await expectMessages(report, owner, 'notice.frozen', OTHERS, since)
  report.expectStopped('spend points', await trySpending(owner), 'account_frozen')
  const intruder = await beginUnfreeze(link)
  await expectUnfreezeStopped(report, owner, intruder, 'primary e-mail', 'recovery number')
  const unfrozen = await unfreeze(report, owner, {
    link: links['primary number'],
    verifiedBy: VERIFIED_BY,
  })
  report.expectStopped(
    'freeze again with that link',
    outcomeOf(await newClient().open(link ?? '')),
    'link_closed',
  )
  return unfrozen
}

/**
 * The owner replaces the mailbox. The notice of that is the last one the intruder reads, and
 * freezes once more.
 */
async function replaceMailbox(report: Report, owner: Owner, advanceClock: AdvanceClock) {
  const { at, password } = owner
  const since = productNow()
  const email = await changePrimaryEmail(owner, at['primary number'])
  report.addRecoveryStep(
    'another primary e-mail, authorised by the primary number and the password',
  )
  const places = ['primary e-mail', 'primary number'] as const
  const links = await expectMessages(report, owner, 'notice.email_changed', places, since)
  await advanceClock(15 * MINUTE_MS)
  await freezeByLink(links['primary e-mail'])
  report.addGain('freezes it once more, with the notice that the mailbox was replaced')
  const moved = { ...owner, at: { ...at, 'primary e-mail': email } }
  await unfreeze(report, moved, {
    link: links['primary number'],
    verifiedBy: VERIFIED_BY,
    decisions: { primary_email: 'keep' },
  })
  report.expectStopped(
    'freeze a third time',
    outcomeOf(await newClient().open(links['primary e-mail'] ?? '')),
    'link_closed',
  )
  report.expectStopped(
    'log in by the old e-mail',
    outcomeOf(await logIn(newClient(), at['primary e-mail'], password)),
    'login_wrong',
  )
}
