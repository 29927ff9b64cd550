import words from '@/messages/id.json'
import { newClient } from '../support/client'
import { newPhone, nextMessage, wrongCode } from '../support/customers'
import { insertCustomer, insertSession } from '../support/fixtures'
import { textOf } from '../support/html'
import { productNow } from '../support/running'
import { endOf, endOfSpending, isSignedOut } from './intruder'
import { codeAt, freezeBy, hears, type Owner, settle, unfreeze } from './owner'
import { rehearse, type Stage } from './record'

type Wait = (milliseconds: number) => Promise<void>

const THREE = ['primary number', 'primary e-mail', 'recovery e-mail'] as const

export function rehearseSessions(wait: Wait) {
  rehearse('stolen session', 'a copy of the cookies of a signed-in browser', async (stage) => {
    const owner = await settle(wait, ['email'])
    const thief = newClient()
    for (const [name, value] of owner.client.cookies) thief.cookies.set(name, value)
    const { html } = await thief.open('/profile')
    for (const address of Object.values(owner.at))
      if (html.includes(address)) throw new Error('an address is shown in full')
    stage.gets('sees the account, its addresses masked')
    stage.gets('spends points, as the signed-in customer can', await endOfSpending(owner), 'spent')
    await tryPasswords(stage, thief)
    const since = productNow()
    await tryCodes(stage, owner, thief)
    await hears(stage, owner, 'code.authorise_recovery', ['primary number'], since)
    const links = await hears(stage, owner, 'notice.attempts_used_up', THREE, since)
    await freezeBy(links['primary e-mail'])
    stage.back('freeze by the link at the primary e-mail')
    stage.stop('use the session after the freeze', await isSignedOut(thief), '/login')
    stage.stop('spend points after the freeze', await endOfSpending(owner), 'account_frozen')
    const none = await thief.open('/unfreeze')
    stage.stop(
      'begin an unfreeze',
      textOf(none.html).includes(words.unfreeze.none) ? 'not begun' : none.path,
      'not begun',
    )
    const link = links['primary number']
    await unfreeze(stage, owner, { link, proofs: ['primary number', 'recovery e-mail'] })
    stage.stop('use the session after the unfreeze', await isSignedOut(thief), '/login')
  })

  rehearse(
    'session fixation',
    'a browser of the owner in which cookies can be planted',
    async (stage) => {
      const owner = await settle(wait)
      const thief = await insertSession(await insertCustomer())
      const browser = newClient()
      for (const [name, value] of thief.cookies) browser.cookies.set(name, value)
      const since = productNow()
      const login = await newClient().open('/login')
      await browser.press(login, 'Masuk', { identifier: owner.email, password: owner.password })
      const isNew = browser.cookies.get('session') !== thief.cookies.get('session')
      stage.stop(
        'share a planted session with who logs in',
        isNew ? 'another session' : 'shared',
        'another session',
      )
      const [own, theirs] = [
        await browser.open('/profile/devices'),
        await thief.open('/profile/devices'),
      ]
      if (own.html === theirs.html) throw new Error('the planted session shows the account')
      await fixReset(stage, owner)
      await hears(
        stage,
        owner,
        'notice.password_reset',
        ['primary number', 'primary e-mail', 'recovery number', 'recovery e-mail'],
        since,
      )
      stage.back('nothing was taken: the reset ended in the own browser')
    },
  )
}

/** What the password guards, tried without it. */
async function tryPasswords(stage: Stage, thief: ReturnType<typeof newClient>) {
  const attempt = { currentPassword: 'bukan kata sandinya' }
  const changed = await thief.send('/profile/password', 'Simpan kata sandi', {
    ...attempt,
    newPassword: 'sepeda tua di tepi rel',
  })
  stage.stop('change the password', endOf(changed), 'password_wrong')
  const by = { ...attempt, proof: 'primary_phone' }
  const number = await thief.send('/profile/phone', 'Kirim kode', { ...by, phone: newPhone() })
  stage.stop('change the primary number', endOf(number), 'password_wrong')
  const mailbox = await thief.send('/profile/email', 'Kirim kode', {
    ...by,
    email: 'maling@surat.example',
  })
  stage.stop('change the primary e-mail', endOf(mailbox), 'password_wrong')
}

/** What a code to the primary number guards, tried without that number. */
async function tryCodes(stage: Stage, { at }: Owner, thief: ReturnType<typeof newClient>) {
  const [code, phone] = ['Verifikasi', at['primary number']]
  await thief.send('/profile/recovery/email/replace', 'Kirim kode', {
    email: 'maling@surat.example',
    proof: 'primary_phone',
  })
  const replaced = { code: wrongCode(await codeAt(phone, 'replace_recovery')) }
  const end = await thief.send('/profile/recovery/email/replace/authorise', code, replaced)
  stage.stop('replace the recovery e-mail', endOf(end), 'code_wrong')
  await thief.send('/profile/recovery/email/remove', 'Kirim kode')
  const removed = { code: wrongCode(await codeAt(phone, 'remove_recovery')) }
  stage.stop(
    'remove it',
    endOf(await thief.send('/profile/recovery/email/remove', 'Hapus', removed)),
    'code_wrong',
  )
  await thief.send('/profile/recovery/phone', 'Simpan', { phone: newPhone() })
  const page = await thief.open('/profile/recovery/authorise')
  let ended = ''
  for (let nth = 1; nth <= 5; nth++)
    ended = endOf(await thief.press(page, code, { code: String(100_000 + nth) }))
  stage.stop('add a recovery number, with five attempts', ended, 'code_exhausted')
}

/** The thief begins a reset of the account, plants its cookie, and waits until the owner types the code that came. */
async function fixReset(stage: Stage, owner: Owner) {
  const [thief, browser, since] = [newClient(), newClient(), productNow()]
  await thief.send('/reset', 'Kirim kode', { identifier: owner.email, choice: 'primary_phone' })
  for (const [name, value] of thief.cookies) browser.cookies.set(name, value)
  const { text, createdAt } = await nextMessage(owner.phone, 'code.reset_password')
  stage.heard(
    'code.reset_password',
    'primary number',
    (Date.parse(createdAt) - since.getTime()) / 1_000,
  )
  await browser.send('/reset/code', 'Verifikasi', { code: text.match(/\b\d{6}\b/)?.[0] ?? '' })
  const taken = await thief.follow(await thief.open('/reset/password'))
  stage.stop(
    'go on with a reset that the owner has answered',
    taken.path,
    '/reset?ended=challenge_gone',
  )
  const done = await browser.send('/reset/password', 'Simpan kata sandi', {
    newPassword: 'jembatan gantung di lembah',
  })
  if (done.path !== '/reset/done') throw new Error(`the owner's reset ended at ${done.path}`)
}
