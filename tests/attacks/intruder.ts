import { canSpend } from '@/lib/points'
import { findAccount } from '@/lib/support'
import words from '@/messages/id.json'
import { type Answer, type Client, newClient } from '../support/client'
import { newAddress, newPhone, wrongCode } from '../support/customers'
import { textOf } from '../support/html'
import { inbox, productNow } from '../support/running'
import { codeAt, type Owner, type Place, radioValues, SLOT } from './owner'
import type { Stage } from './record'

/** What an intruder types where a password or code is not known. */
const GUESS = 'kunci yang ditebak saja'

const SENTENCES = Object.entries(words.refusal).map(([word, sentence]) => {
  const parts = sentence.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return { word, pattern: new RegExp(parts.join('.{1,40}?')) }
})

/** The refusal that a page shows, as its word; the last part of its path where it shows none. */
export function endOf({ html, path }: Answer): string {
  const text = textOf(html)
  if (text.includes(words.code.exhausted)) return 'code_exhausted'
  return SENTENCES.find(({ pattern }) => pattern.test(text))?.word ?? path
}

/** Who may spend is asked of the product's own function, on its own database, at its own time. */
export async function endOfSpending({ at }: Owner): Promise<string> {
  const userId = (await findAccount(at['primary e-mail'])) ?? ''
  const outcome = await canSpend(userId, productNow())
  return outcome.ok ? 'spent' : outcome.refusal
}

export const logIn = (client: Client, identifier: string, password = GUESS) =>
  client.send('/login', 'Masuk', { identifier, password })

export type Choice = 'primary_phone' | 'recovery'

/** Resets the password with the code that comes to an address in the intruder's hands, and logs in. */
export async function takeOver(identifier: string, choice: Choice, reads: string, email: string) {
  const client = newClient()
  await client.send('/reset', 'Kirim kode', { identifier, choice })
  await client.send('/reset/code', 'Verifikasi', { code: await codeAt(reads, 'reset_password') })
  const password = 'curian tengah malam di gudang'
  await client.send('/reset/password', 'Simpan kata sandi', { newPassword: password })
  return { client, password, entered: (await logIn(client, email, password)).path }
}

/** Asks for a reset code that must not come to these addresses, and attempts it. */
export async function resetInVain(
  stage: Stage,
  how: string,
  given: { identifier: string; choice: Choice; reads: string[] },
) {
  const before = await codesAt(given.reads)
  const client = newClient()
  await client.send('/reset', 'Kirim kode', { identifier: given.identifier, choice: given.choice })
  const answer = await client.send('/reset/code', 'Verifikasi', { code: '000000' })
  stage.stop(`reset ${how}`, endOf(answer), 'code_wrong')
  if ((await codesAt(given.reads)) !== before) throw new Error('a code came to the intruder')
}

async function codesAt(addresses: string[]) {
  const received = (await Promise.all(addresses.map(inbox))).flat()
  return received.filter(({ kind }) => kind === 'code.reset_password').length
}

/** All that a signed-in intruder can try while the account is restricted. `reads` are the places in the intruder's hands. */
export async function tryWhileRestricted(
  stage: Stage,
  owner: Owner,
  { client, password }: { client: Client; password: string },
) {
  stage.stop('spend points', await endOfSpending(owner), 'account_restricted')
  for (const kind of ['phone', 'email'] as const) {
    const [primary, recovery] =
      kind === 'phone'
        ? ['primary number', 'recovery number']
        : ['primary e-mail', 'recovery e-mail']
    const typed = { [kind]: newAddress(kind), proof: 'primary_phone' }
    const changed = await client.send(`/profile/${kind}`, 'Kirim kode', {
      ...typed,
      currentPassword: password,
    })
    stage.stop(`change the ${primary}`, endOf(changed), 'account_restricted')
    const replaced = await client.send(`/profile/recovery/${kind}/replace`, 'Kirim kode', typed)
    stage.stop(`replace the ${recovery}`, endOf(replaced), 'account_restricted')
    const removed = await client.send(`/profile/recovery/${kind}/remove`, 'Kirim kode')
    stage.stop(`remove the ${recovery}`, endOf(removed), 'account_restricted')
  }
  stage.stop('lift the restriction', await attemptLift(client), 'code_wrong')
}

async function attemptLift(client: Client) {
  const page = await client.open('/profile/restriction')
  const [address = ''] = radioValues(page.html, 'address')
  await client.send('/profile/restriction', words.restriction.submit, { address })
  return endOf(
    await client.send('/profile/restriction/code', words.restrictionCode.submit, {
      code: '000000',
    }),
  )
}

/** Tries to open the frozen account with one address in hand, if any, and an attempt at another. */
export async function unfreezeInVain(
  stage: Stage,
  owner: Owner,
  client: Client,
  held: Place | null,
  other: Place,
) {
  if (held) {
    await client.send('/unfreeze', words.unfreeze.submit, { slot: SLOT[held] })
    await client.send('/unfreeze/code', 'Verifikasi', {
      code: await codeAt(owner.at[held], 'unfreeze_first'),
    })
    stage.gets(`the first of the two codes of an unfreeze, at the ${held}`)
  }
  await client.send('/unfreeze', words.unfreeze.submit, { slot: SLOT[other] })
  const code = wrongCode(await codeAt(owner.at[other], held ? 'unfreeze_second' : 'unfreeze_first'))
  stage.stop(
    'unfreeze',
    endOf(await client.send('/unfreeze/code', 'Verifikasi', { code })),
    'code_wrong',
  )
  stage.stop(
    'skip to the review of an unfreeze',
    (await client.follow(await client.open('/unfreeze/review'))).path,
    '/unfreeze?ended=challenge_gone',
  )
}

export const isSignedOut = async (client: Client) =>
  ((await client.open('/profile')).location ?? '').split('?')[0]

/** The signed-in owner gives another number, shown by the recovery addresses: the old one is in wrong hands. */
export async function moveNumber(stage: Stage, owner: Owner): Promise<Owner> {
  const { client, at, password } = owner
  const phone = newPhone()
  await client.send('/profile/phone', 'Kirim kode', {
    phone,
    currentPassword: password,
    proof: 'recovery',
  })
  await client.send('/profile/phone/authorise', 'Verifikasi', {
    code: await codeAt(at['recovery e-mail'], 'change_phone'),
  })
  await client.send('/profile/phone/review', 'Kirim kode')
  const done = await client.send('/profile/phone/confirm', 'Verifikasi', {
    code: await codeAt(phone, 'confirm_phone'),
  })
  if (done.path !== '/profile?changed=phone') throw new Error(`the change ended at ${done.path}`)
  stage.back('another primary number, by the recovery accounts')
  return { ...owner, at: { ...at, 'primary number': phone } }
}
