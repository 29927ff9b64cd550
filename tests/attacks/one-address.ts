import { newClient } from '../support/client'
import { newEmail } from '../support/customers'
import { productNow } from '../support/running'
import { changeAddress, changePrimaryPhone } from './change-address'
import {
  expectResetStopped,
  expectRestricted,
  expectUnfreezeStopped,
  logIn,
  outcomeOf,
  profilePathOf,
  RESTRICTED_SESSION,
  resetAndLogIn,
} from './intruder'
import {
  createOwner,
  expectMessages,
  freezeByLink,
  liftRestriction,
  type Owner,
  type Place,
  unfreeze,
} from './owner'
import { type AdvanceClock, type Report, testAttack } from './report'

/** One stolen address that receives reset codes, and how the owner recovers without it. */
type OneAddress = {
  attack: string
  holds: string
  stolen: Place
  choice: 'primary_phone' | 'recovery'
  identifiedBy: 'primary e-mail' | 'primary number'
  /** Where the owner reads the notice, and what the intruder does not reach. */
  trusted: Place
  others: readonly Place[]
  verifiedBy: readonly [Place, Place]
  replace: (report: Report, owner: Owner) => Promise<unknown>
}

export function testOneAddressAttacks(advanceClock: AdvanceClock) {
  testOneAddressAttack(advanceClock, {
    attack: 'stolen recovery mailbox',
    holds: 'messages to the recovery e-mail, and the primary e-mail address by name',
    stolen: 'recovery e-mail',
    choice: 'recovery',
    identifiedBy: 'primary e-mail',
    trusted: 'primary number',
    others: ['primary number', 'primary e-mail', 'recovery number'],
    verifiedBy: ['primary number', 'recovery number'],
    replace: replaceRecoveryEmail,
  })
  testOneAddressAttack(advanceClock, {
    attack: 'SIM swapped',
    holds: 'messages to the primary number',
    stolen: 'primary number',
    choice: 'primary_phone',
    identifiedBy: 'primary number',
    trusted: 'recovery e-mail',
    others: ['primary e-mail', 'recovery number', 'recovery e-mail'],
    verifiedBy: ['recovery number', 'recovery e-mail'],
    replace: changePrimaryPhone,
  })
}

function testOneAddressAttack(advanceClock: AdvanceClock, given: OneAddress) {
  testAttack(given.attack, given.holds, async (report) => {
    const owner = await createOwner(advanceClock)
    const [identifier, stolen] = [owner.at[given.identifiedBy], owner.at[given.stolen]]
    const reset = { identifier, choice: given.choice, reads: [stolen] }
    report.expectStopped('log in', outcomeOf(await logIn(newClient(), identifier)), 'login_wrong')
    const since = productNow()
    const intruder = await resetAndLogIn(identifier, given.choice, stolen)
    report.addGain(RESTRICTED_SESSION, intruder.path, '/profile')
    const links = await expectMessages(report, owner, 'notice.password_reset', given.others, since)
    await expectRestricted(report, owner, intruder)
    await freezeByLink(links[given.trusted])
    report.addRecoveryStep(`freeze with the link at the ${given.trusted}`)
    report.expectStopped(
      'use the session after the freeze',
      await profilePathOf(intruder.client),
      '/login',
    )
    await expectResetStopped(report, 'a frozen account', reset)
    const browser = newClient()
    await logIn(browser, identifier, intruder.password)
    await expectUnfreezeStopped(report, owner, browser, given.stolen, given.trusted)
    const unfrozen = await unfreeze(report, owner, {
      link: links[given.trusted],
      verifiedBy: given.verifiedBy,
    })
    report.expectStopped(
      'log in after the unfreeze',
      outcomeOf(await logIn(newClient(), identifier, intruder.password)),
      'login_wrong',
    )
    await liftRestriction(report, unfrozen, 'primary e-mail')
    await given.replace(report, unfrozen)
    await expectResetStopped(report, 'after the replacement', reset)
  })
}

/** Replaces the recovery e-mail, authorised by a code to the primary number. */
async function replaceRecoveryEmail(report: Report, { client, at }: Owner) {
  const email = newEmail()
  await changeAddress(client, {
    path: '/profile/recovery/email/replace',
    fields: { email, proof: 'primary_phone' },
    authorise: [at['primary number'], 'replace_recovery'],
    confirm: [email, 'confirm_replacement'],
  })
  report.addRecoveryStep('another recovery e-mail, authorised at the primary number')
}
