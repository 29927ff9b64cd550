import { findAccount, showAccount, unfreezeByCare } from '@/lib/support'
import words from '@/messages/id.json'
import { newClient } from '../support/client'
import { newEmail } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import { textOf } from '../support/html'
import { productNow } from '../support/running'
import {
  endOf,
  endOfSpending,
  isSignedOut,
  logIn,
  moveNumber,
  resetInVain,
  takeOver,
  tryWhileRestricted,
  unfreezeInVain,
} from './intruder'
import {
  beginUnfreeze,
  codeAt,
  DAY_MS,
  enter,
  freezeBy,
  hears,
  lift,
  type Owner,
  settle,
  unfreeze,
} from './owner'
import { rehearse, type Stage } from './record'

type Wait = (milliseconds: number) => Promise<void>

const QUARTER_MS = 15 * 60 * 1_000
const OTHERS = ['primary e-mail', 'recovery number', 'recovery e-mail'] as const

export function rehearseNumbers(wait: Wait) {
  rehearse('SIM swapped', 'what comes to the primary number', async (stage) => {
    const owner = await settle(wait)
    const { phone } = owner
    stage.stop('log in', endOf(await logIn(newClient(), phone)), 'login_wrong')
    const since = productNow()
    const thief = await takeOver(phone, 'primary_phone', phone, phone)
    stage.gets(
      'a new password and, by it, a session in a restricted account',
      thief.entered,
      '/profile',
    )
    const links = await hears(stage, owner, 'notice.password_reset', OTHERS, since)
    await tryWhileRestricted(stage, owner, thief)
    await freezeBy(links['recovery e-mail'])
    stage.back('freeze by the link at the recovery e-mail')
    stage.stop('use the session after the freeze', await isSignedOut(thief.client), '/login')
    await resetInVain(stage, 'a frozen account', {
      identifier: phone,
      choice: 'primary_phone',
      reads: [phone],
    })
    const browser = newClient()
    await logIn(browser, phone, thief.password)
    await unfreezeInVain(stage, owner, browser, 'primary number', 'recovery e-mail')
    const proofs = ['recovery number', 'recovery e-mail'] as const
    const back = await unfreeze(stage, owner, { link: links['primary e-mail'], proofs })
    await lift(stage, back, 'primary e-mail')
    await moveNumber(stage, back)
    await resetInVain(stage, 'by the number after it was replaced', {
      identifier: phone,
      choice: 'primary_phone',
      reads: [phone],
    })
  })

  rehearse(
    'SIM swapped, and nobody looks for a day',
    'what comes to the primary number',
    async (stage) => {
      const owner = await settle(wait)
      const since = productNow()
      const thief = await takeOver(owner.phone, 'primary_phone', owner.phone, owner.phone)
      const links = await hears(stage, owner, 'notice.password_reset', OTHERS, since)
      await wait(DAY_MS)
      await stripAccount(stage, owner, thief)
      await freezeBy(links['recovery e-mail'])
      stage.back('freeze by the link at the recovery e-mail, removed by then')
      stage.stop('use the session after the freeze', await isSignedOut(thief.client), '/login')
      await askCare(stage, owner, links['recovery e-mail'])
      const own = await takeOver(owner.phone, 'recovery', owner.at['recovery e-mail'], owner.email)
      stage.back('a new password by the recovery e-mail')
      const back = await enter({ ...owner, password: own.password })
      await lift(stage, back, 'primary e-mail')
      // The thief has used up the codes that an account may ask for in ten minutes.
      await wait(QUARTER_MS)
      await moveNumber(stage, back)
      stage.stop(
        'log in again',
        endOf(await logIn(newClient(), owner.phone, thief.password)),
        'login_wrong',
      )
    },
  )

  rehearse(
    'recycled number',
    'the primary number that the owner gave up without a word',
    async (stage) => {
      const owner = await settle(wait)
      const { phone } = owner
      const since = productNow()
      const stranger = await takeOver(phone, 'primary_phone', phone, phone)
      stage.gets(
        'a new password and, by it, a session in a restricted account',
        stranger.entered,
        '/profile',
      )
      await hears(stage, owner, 'notice.password_reset', OTHERS, since)
      await tryWhileRestricted(stage, owner, stranger)
      const own = await takeOver(owner.email, 'recovery', owner.at['recovery e-mail'], owner.email)
      stage.back('a new password by the recovery e-mail')
      stage.stop('use the session after that', await isSignedOut(stranger.client), '/login')
      const back = await enter({ ...owner, password: own.password })
      await lift(stage, back, 'primary e-mail')
      await moveNumber(stage, back)
      const given = { identifier: phone, choice: 'primary_phone', reads: [phone] } as const
      await resetInVain(stage, 'by the number after it was replaced', { ...given, reads: [phone] })
      const neighbour = await insertCustomer({ phone })
      const page = await newClient().send('/login', 'Masuk', {
        identifier: phone,
        password: neighbour.password,
      })
      stage.gets('an account of his own, by registering the number', page.path, '/profile')
      await enter(back)
    },
  )
}

export function rehearseStolenPhone(wait: Wait) {
  const holds =
    'the old number, the signed-in browser and the primary mailbox, after the owner has moved the number'
  rehearse('phone stolen with its mail app open', holds, async (stage) => {
    const owner = await settle(wait)
    const phone = newClient()
    await logIn(phone, owner.email, owner.password)
    const begun = productNow()
    const moved = await moveNumber(stage, owner)
    const links = await hears(
      stage,
      owner,
      'notice.phone_changed',
      ['primary number', 'primary e-mail'],
      begun,
    )
    await wait(DAY_MS)
    stage.stop('use the signed-in browser', await isSignedOut(phone), '/login')
    stage.stop(
      'log in by the old number',
      endOf(await logIn(newClient(), owner.phone, owner.password)),
      'login_wrong',
    )
    const reads = [owner.phone, owner.email]
    await resetInVain(stage, 'by the old number', {
      identifier: owner.phone,
      choice: 'primary_phone',
      reads,
    })
    for (const choice of ['primary_phone', 'recovery'] as const)
      await resetInVain(stage, `by the e-mail and the ${choice}`, {
        identifier: owner.email,
        choice,
        reads,
      })
    const since = productNow()
    await freezeBy(links['primary number'])
    stage.gets('freezes the account with the link at the old number')
    const told = await hears(
      stage,
      moved,
      'notice.frozen',
      ['primary number', 'recovery number', 'recovery e-mail'],
      since,
    )
    stage.stop('spend points', await endOfSpending(moved), 'account_frozen')
    await unfreezeInVain(
      stage,
      moved,
      await beginUnfreeze(links['primary e-mail']),
      'primary e-mail',
      'recovery number',
    )
    const proofs = ['recovery e-mail', 'recovery number'] as const
    await unfreeze(stage, moved, {
      link: told['primary number'],
      proofs,
      decisions: { primary_phone: 'keep' },
    })
    for (const place of ['primary number', 'primary e-mail'] as const)
      stage.stop(
        `freeze again by the notice at the ${place}`,
        endOf(await newClient().open(links[place] ?? '')),
        'link_closed',
      )
  })
}

/** After the restriction, the primary number and a password that it set are enough to change everything. */
async function stripAccount(
  stage: Stage,
  owner: Owner,
  { client, password }: Awaited<ReturnType<typeof takeOver>>,
) {
  const { at } = owner
  stage.gets('after 24 hours: spends points', await endOfSpending(owner), 'spent')
  for (const kind of ['email', 'phone'] as const) {
    const path = `/profile/recovery/${kind}/remove`
    await client.send(path, 'Kirim kode')
    await client.send(path, 'Hapus', {
      code: await codeAt(at['primary number'], 'remove_recovery'),
    })
  }
  stage.gets('removes both recovery accounts')
  const email = newEmail()
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
  stage.gets('changes the primary e-mail')
}

/** With fewer than two undisputed addresses left the page names a reference, and customer care undoes what was done. */
async function askCare(stage: Stage, _owner: Owner, link: string | undefined) {
  const client = await beginUnfreeze(link)
  const page = await client.open('/unfreeze')
  if (!textOf(page.html).includes(words.unfreeze.stuck))
    throw new Error('the unfreeze is not stuck')
  const [, reference = ''] = /referensi ([2-9A-Z]{8})/.exec(textOf(page.html)) ?? []
  const userId = (await findAccount(reference)) ?? ''
  const { slots } = await showAccount(userId, productNow())
  const disputed = slots.filter(({ isDisputed }) => isDisputed).map(({ slot }) => slot)
  const unfrozen = await unfreezeByCare({ userId, reason: 'gladi', now: productNow() }, disputed)
  if (!unfrozen.ok) throw new Error(`refused: ${unfrozen.refusal}`)
  stage.back(`customer care unfreezeFlows by the reference and undoes ${disputed.join(', ')}`)
}
