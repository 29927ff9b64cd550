import { expect } from 'vitest'
import translations from '@/messages/id.json'
import {
  beginUnfreeze,
  codeAt,
  createOwner,
  freezeByLink,
  type Owner,
  SLOT,
} from '../attacks/owner'
import type { AdvanceClock } from '../attacks/report'
import { newClient } from '../support/client'
import {
  newCustomer,
  newEmail,
  newPhone,
  nextCode,
  nextMessage,
  OTHER_PASSWORD,
  walkLogin,
  walkToAccount,
  walkToConfirmation,
} from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import { linkIn } from '../support/html'
import { BY_RECOVERY_VALUE, passedReset, startReset } from './flows'

/** Continues a flow after the rotation of the keys. Returns where it ends. */
export type Rest = () => Promise<string | null>

/** Flows that are walked to their middle, and where each of them ends. */
export const FLOWS: Record<string, [end: string, walk: () => Promise<Rest>]> = {
  'a registration': [
    '/register/email',
    async () => {
      const [{ phone, ...customer }, client] = [newCustomer(), newClient()]
      await client.send('/register', 'Daftar', { phone, ...customer })
      return async () => {
        const code = await nextCode(phone)
        return (await client.send('/register/code', 'Verifikasi', { code })).path
      }
    },
  ],
  'the code to the e-mail of a registration': [
    '/register/done',
    async () => {
      const client = newClient()
      const { email } = await walkToAccount(newCustomer(), client)
      return async () => {
        const code = await nextCode(email)
        return (await client.send('/register/email', 'Verifikasi', { code })).path
      }
    },
  ],
  'a session, and a log-in in a known device, which is no news': [
    '/profile',
    async () => {
      const customer = await insertCustomer()
      const client = await walkLogin(customer)
      const countNews = async () =>
        (await client.open('/profile/activity')).html.match(/perangkat baru/gi)?.length ?? 0
      return async () => {
        const news = await countNews()
        client.cookies.delete('session')
        await walkLogin(customer, client)
        expect(await countNews()).toBe(news)
        await walkLogin(customer)
        expect(await countNews()).toBeGreaterThan(news)
        return (await client.open('/profile')).path
      }
    },
  ],
  'the wizard, before its first code': [
    '/profile/recovery/email/confirm',
    async () => {
      const customer = await insertCustomer()
      const client = await insertSession(customer)
      await client.send('/profile/recovery/email', 'Simpan', { email: newEmail() })
      return async () => {
        const code = await nextCode(customer.phone)
        return (await client.send('/profile/recovery/authorise', 'Verifikasi', { code })).path
      }
    },
  ],
  'the wizard, before its second code': [
    '/profile/recovery/done',
    async () => {
      const [customer, address] = [await insertCustomer(), newPhone()]
      const client = await insertSession(customer)
      const page = await walkToConfirmation(client, customer, 'phone', address)
      return async () => {
        const code = await nextCode(address)
        return (await client.press(page, 'Verifikasi', { code })).location
      }
    },
  ],
  'a change of the number': [
    '/profile/done',
    async () => {
      const [customer, phone] = [await insertCustomer(), newPhone()]
      const client = await insertSession(customer)
      const wanted = { phone, currentPassword: customer.password, proof: 'primary_phone' }
      const authorise = await client.send('/profile/phone', 'Kirim kode', wanted)
      return async () => {
        const code = await nextCode(customer.phone)
        const review = await client.follow(await client.press(authorise, 'Verifikasi', { code }))
        const confirm = await client.follow(await client.press(review, 'Kirim kode'))
        const done = { code: await nextCode(phone) }
        const page = await client.follow(await client.press(confirm, 'Verifikasi', done))
        return page.path.split('?')[0] ?? null
      }
    },
  ],
  'a reset with a code to the recovery account': [
    '/reset/done',
    async () => {
      const [customer, recovery, client] = [await insertCustomer(), newEmail(), newClient()]
      await insertRecovery(customer, 'email', recovery)
      await startReset(client, customer.email, BY_RECOVERY_VALUE)
      return async () => {
        const code = await nextCode(recovery)
        const page = await client.send('/reset/code', 'Verifikasi', { code })
        const done = { newPassword: OTHER_PASSWORD }
        return (await client.press(page, 'Simpan kata sandi', done)).location
      }
    },
  ],
  'a reset before the new password': [
    '/reset/done',
    async () => {
      const { client, page } = await passedReset(await insertCustomer())
      return async () =>
        (await client.press(page, 'Simpan kata sandi', { newPassword: OTHER_PASSWORD })).location
    },
  ],
  'the freeze link of a notice, and an unfreeze': [
    '/unfreeze/done',
    async () => {
      const owner = takeOwner()
      const link = await linkOf(owner)
      return async () => {
        await freezeByLink(link)
        const client = await beginUnfreeze(link)
        await sendCode(client, 'primary number')
        return finishUnfreeze(owner, client)
      }
    },
  ],
  'an unfreeze before its first code': [
    '/unfreeze/done',
    async () => {
      const owner = takeOwner()
      const link = await linkOf(owner)
      await freezeByLink(link)
      const client = await beginUnfreeze(link)
      await sendCode(client, 'primary number')
      return () => finishUnfreeze(owner, client)
    },
  ],
}

/** Owners of addresses that are eight days old. */
const owners: Owner[] = []

/** Makes the owners that the flows take. The clock is moved on. */
export async function makeOwners(advanceClock: AdvanceClock) {
  for (let nth = 0; nth < 2; nth++) owners.push(await createOwner(advanceClock))
}

function takeOwner(): Owner {
  const owner = owners.pop()
  if (!owner) throw new Error('no owner is left')
  return owner
}

/** A log-in in a new browser is announced with a link. */
async function linkOf(owner: Owner) {
  await walkLogin(owner)
  return linkIn(await nextMessage(owner.at['recovery e-mail'], 'notice.new_device'))
}

const sendCode = (client: Owner['client'], place: keyof typeof SLOT) =>
  client.send('/unfreeze', translations.unfreeze.submit, { slot: SLOT[place] })

async function finishUnfreeze({ at }: Owner, client: Owner['client']) {
  const first = await codeAt(at['primary number'], 'unfreeze_first')
  await client.send('/unfreeze/code', 'Verifikasi', { code: first })
  await sendCode(client, 'recovery e-mail')
  const second = await codeAt(at['recovery e-mail'], 'unfreeze_second')
  await client.send('/unfreeze/code', 'Verifikasi', { code: second })
  const password = { newPassword: OTHER_PASSWORD }
  const button = translations.unfreezeReview.submit
  return (await client.send('/unfreeze/review', button, password)).path
}
