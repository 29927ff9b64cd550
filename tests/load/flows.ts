import type { Client } from '../support/client'
import { type Customer, newCustomer, newEmail, OTHER_PASSWORD } from '../support/customers'
import type { Kept } from './promises'
import { newBrowser, type Visit } from './visit'

/** What a flow needs of its surroundings. */
type Stage = {
  /** A customer who has used nothing yet, with a signed-in browser. */
  fresh(): { customer: Customer; client: Client }
  /** A customer who has been here before, with a signed-in browser. */
  known(): { customer: Customer; client: Client }
  /** Waits for the code that was promised to an address. */
  codeTo(address: string): Promise<string>
  promise(kept: Kept): void
}

export type Flow = {
  name: string
  run(stage: Stage, begin: (client: Client) => Visit): Promise<void>
}

const expectPath = ({ path }: { path: string }, expected: string) => {
  if (path.split('?')[0] !== expected) throw new Error(`led to ${path} instead of ${expected}`)
}

const register: Flow = {
  name: 'registration',
  async run({ codeTo, promise }, begin) {
    const customer = newCustomer()
    const { name, email, phone, password } = customer
    const visit = begin(newBrowser())
    expectPath(
      await visit.step('/register', 'Daftar', { name, email, phone, password }),
      '/register/code',
    )
    const code = await codeTo(phone)
    expectPath(await visit.step('/register/code', 'Verifikasi', { code }), '/register/email')
    promise({ kind: 'account', customer })
  },
}

const logIn: Flow = {
  name: 'log-in',
  async run({ known }, begin) {
    const { email: identifier, password } = known().customer
    const visit = begin(newBrowser())
    expectPath(await visit.step('/login', 'Masuk', { identifier, password }), '/profile')
  },
}

const reset: Flow = {
  name: 'reset',
  async run({ fresh, codeTo, promise }, begin) {
    const { customer } = fresh()
    const visit = begin(newBrowser())
    const choice = { identifier: customer.phone, choice: 'primary_phone' }
    expectPath(await visit.step('/reset', 'Kirim kode', choice), '/reset/code')
    const code = await codeTo(customer.phone)
    expectPath(await visit.step('/reset/code', 'Verifikasi', { code }), '/reset/password')
    const done = await visit.step('/reset/password', 'Simpan kata sandi', {
      newPassword: OTHER_PASSWORD,
    })
    expectPath(done, '/reset/done')
    promise({ kind: 'password', customer, password: OTHER_PASSWORD })
  },
}

const wizard: Flow = {
  name: 'wizard',
  async run({ fresh, codeTo, promise }, begin) {
    const { customer, client } = fresh()
    const visit = begin(client)
    const address = newEmail()
    const asked = await visit.step('/profile/recovery/email', 'Simpan', { email: address })
    expectPath(asked, '/profile/recovery/authorise')
    const code = await codeTo(customer.phone)
    const saved = await visit.step('/profile/recovery/authorise', 'Verifikasi', { code })
    expectPath(saved, '/profile/recovery/email/confirm')
    const confirming = { code: await codeTo(address) }
    expectPath(await visit.step(saved.path, 'Verifikasi', confirming), '/profile/recovery/done')
    promise({ kind: 'recovery', customer, address })
  },
}

const profile: Flow = {
  name: 'profile',
  async run({ known }, begin) {
    const visit = begin(known().client)
    expectPath(await visit.open('/profile'), '/profile')
  },
}

/** What customers do while something breaks. */
export const FLOWS: readonly Flow[] = [register, logIn, reset, wizard, profile]
