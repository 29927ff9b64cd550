import { newClient } from '../support/client'
import { newEmail, nextMessage } from '../support/customers'
import { linkIn } from '../support/html'
import { productNow } from '../support/running'
import {
  endOf,
  endOfSpending,
  isSignedOut,
  logIn,
  resetInVain,
  takeOver,
  tryWhileRestricted,
  unfreezeInVain,
} from './intruder'
import {
  beginUnfreeze,
  codeAt,
  DAY_MS,
  freezeBy,
  hears,
  lift,
  type Owner,
  settle,
  unfreeze,
} from './owner'
import { rehearse, type Stage } from './record'

type Wait = (milliseconds: number) => Promise<void>

const MINUTE_MS = 60_000
const OTHERS = ['primary number', 'recovery number', 'recovery e-mail'] as const

export function rehearseMailboxes(wait: Wait) {
  rehearse('stolen primary mailbox', 'what comes to the primary e-mail', async (stage) => {
    const owner = await settle(wait)
    const mailbox = owner.at['primary e-mail']
    stage.stop('log in', endOf(await logIn(newClient(), mailbox)), 'login_wrong')
    const since = productNow()
    for (const choice of ['primary_phone', 'recovery'] as const)
      await resetInVain(stage, `by the ${choice}`, {
        identifier: mailbox,
        choice,
        reads: [mailbox],
      })
    await hears(stage, owner, 'code.reset_password', OTHERS, since)
    await logIn(newClient(), owner.email, owner.password)
    const link = linkIn(await nextMessage(mailbox, 'notice.new_device'))
    await wait(8 * DAY_MS)
    stage.stop(
      'freeze by a link older than a week',
      endOf(await newClient().open(link)),
      'link_expired',
    )
    const back = await freezeAndUnfreeze(stage, owner)
    await lift(stage, back, 'primary number')
    await leaveMailbox(stage, back, wait)
  })

  rehearse(
    'stolen recovery mailbox',
    'what comes to the recovery e-mail, and the name of the primary e-mail',
    async (stage) => {
      const owner = await settle(wait)
      const mailbox = owner.at['recovery e-mail']
      stage.stop('log in', endOf(await logIn(newClient(), owner.email)), 'login_wrong')
      const since = productNow()
      const thief = await takeOver(owner.email, 'recovery', mailbox, owner.email)
      stage.gets(
        'a new password and, by it, a session in a restricted account',
        thief.entered,
        '/profile',
      )
      const others = ['primary number', 'primary e-mail', 'recovery number'] as const
      const links = await hears(stage, owner, 'notice.password_reset', others, since)
      await tryWhileRestricted(stage, owner, thief)
      await freezeBy(links['primary number'])
      stage.back('freeze by the link at the primary number')
      stage.stop('use the session after the freeze', await isSignedOut(thief.client), '/login')
      await resetInVain(stage, 'a frozen account', {
        identifier: owner.email,
        choice: 'recovery',
        reads: [mailbox],
      })
      const browser = newClient()
      await logIn(browser, owner.email, thief.password)
      await unfreezeInVain(stage, owner, browser, 'recovery e-mail', 'primary number')
      const back = await unfreeze(stage, owner, {
        link: links['primary number'],
        proofs: ['primary number', 'recovery number'],
      })
      stage.stop(
        'log in after the unfreeze',
        endOf(await logIn(newClient(), owner.email, thief.password)),
        'login_wrong',
      )
      await lift(stage, back, 'primary e-mail')
      await replaceMailbox(stage, back)
      await resetInVain(stage, 'after the replacement', {
        identifier: owner.email,
        choice: 'recovery',
        reads: [mailbox],
      })
    },
  )
}

/** Another mailbox in place of the stolen one, shown by the primary number. */
async function replaceMailbox(stage: Stage, { client, at }: Owner) {
  const [base, email] = ['/profile/recovery/email/replace', newEmail()]
  await client.send(base, 'Kirim kode', { email, proof: 'primary_phone' })
  await client.send(`${base}/authorise`, 'Verifikasi', {
    code: await codeAt(at['primary number'], 'replace_recovery'),
  })
  await client.send(`${base}/review`, 'Kirim kode')
  const done = await client.send(`${base}/confirm`, 'Verifikasi', {
    code: await codeAt(email, 'confirm_replacement'),
  })
  if (done.path !== '/profile?changed=recovery')
    throw new Error(`the replacement ended at ${done.path}`)
  stage.back('another recovery e-mail, by the primary number')
}

/** The thief freezes with a fresh notice and proves one address; the owner opens the account again. */
async function freezeAndUnfreeze(stage: Stage, owner: Owner): Promise<Owner> {
  const begun = productNow()
  await logIn(newClient(), owner.email, owner.password)
  const { 'primary e-mail': link } = await hears(
    stage,
    owner,
    'notice.new_device',
    ['primary e-mail'],
    begun,
  )
  const since = productNow()
  await freezeBy(link)
  stage.gets('freezes the account with the link of a notice')
  const links = await hears(stage, owner, 'notice.frozen', OTHERS, since)
  stage.stop('spend points', await endOfSpending(owner), 'account_frozen')
  await unfreezeInVain(stage, owner, await beginUnfreeze(link), 'primary e-mail', 'recovery number')
  const back = await unfreeze(stage, owner, {
    link: links['primary number'],
    proofs: ['recovery e-mail', 'recovery number'],
  })
  stage.stop('freeze again by that link', endOf(await newClient().open(link ?? '')), 'link_closed')
  return back
}

/** The owner gives another mailbox; the notice of it lets the thief freeze once more, and is the last to come there. */
async function leaveMailbox(stage: Stage, owner: Owner, wait: Wait) {
  const { client, at, password } = owner
  const email = newEmail()
  const since = productNow()
  await client.send('/profile/email', 'Kirim kode', {
    email,
    currentPassword: password,
    proof: 'primary_phone',
  })
  await client.send('/profile/email/authorise', 'Verifikasi', {
    code: await codeAt(at['primary number'], 'change_email'),
  })
  await client.send('/profile/email/review', 'Kirim kode')
  const done = await client.send('/profile/email/confirm', 'Verifikasi', {
    code: await codeAt(email, 'confirm_email'),
  })
  if (done.path !== '/profile?changed=email') throw new Error(`the change ended at ${done.path}`)
  stage.back('another primary e-mail, by the primary number and the password')
  const last = await hears(
    stage,
    owner,
    'notice.email_changed',
    ['primary e-mail', 'primary number'],
    since,
  )
  await wait(15 * MINUTE_MS)
  await freezeBy(last['primary e-mail'])
  stage.gets('freezes it once more, by the notice that the mailbox was replaced')
  const moved = { ...owner, at: { ...at, 'primary e-mail': email } }
  const decisions = { primary_email: 'keep' } as const
  await unfreeze(stage, moved, {
    link: last['primary number'],
    proofs: ['recovery e-mail', 'recovery number'],
    decisions,
  })
  stage.stop(
    'freeze a third time',
    endOf(await newClient().open(last['primary e-mail'] ?? '')),
    'link_closed',
  )
  stage.stop(
    'log in by the old e-mail',
    endOf(await logIn(newClient(), at['primary e-mail'], password)),
    'login_wrong',
  )
}
