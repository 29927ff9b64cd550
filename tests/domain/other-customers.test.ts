import { expect, it } from 'vitest'
import type { Phone } from '@/lib/addresses'
import {
  authoriseRecoveryAddress,
  confirmPrimaryEmail,
  confirmRecoveryAddress,
  findChange,
  findEmailToConfirm,
  findOpenStep,
  findRequested,
  findReverification,
  removeRecoveryAddress,
  requestEmailConfirmation,
  requestRecoveryAddress,
  requestRemoval,
} from '@/lib/contacts'
import {
  callerOf,
  expectDone,
  later,
  makeRecoverable,
  newPhone,
  saveRecovery,
} from '../support/accounts'
import { newestCode } from '../support/outbox'
import { authorise, codeToNewAddress, complete, request } from './change-actions'
import { DUE, requestCheck, reverify } from './health-actions'

type Customer = Awaited<ReturnType<typeof makeRecoverable>> & { number: Phone }
type OpenCode = { view: { codeSentAt: number } | null } | null

/** A flow: what opens a code, what shows it, and what redeems it. */
type Flow = {
  open: (customer: Customer, now: Date) => Promise<unknown>
  show: (customer: Customer) => Promise<OpenCode>
  redeem: (customer: Customer) => Promise<{ ok: boolean }>
}

const makeCustomer = async (): Promise<Customer> => ({
  ...(await makeRecoverable()),
  number: newPhone(),
})
const SHOWN = later(5, DUE)

async function changeOf(customer: Customer): Promise<OpenCode> {
  const change = await findChange(callerOf(customer, SHOWN), { role: 'primary', kind: 'phone' })
  return change && 'view' in change ? change : null
}

const FLOWS: Record<string, Flow> = {
  'a requested recovery address': {
    open: (customer, now) =>
      expectDone(requestRecoveryAddress(callerOf(customer, now), customer.number)),
    show: ({ userId }) => findRequested(userId, SHOWN),
    redeem: async (customer) =>
      authoriseRecoveryAddress(callerOf(customer, SHOWN), await newestCode(customer.phone)),
  },
  'a recovery address to confirm': {
    open: (customer, now) => saveRecovery(customer, customer.number, now),
    show: ({ userId }) => findOpenStep(userId, 'confirm_recovery', 'phone', SHOWN),
    redeem: async (customer) =>
      confirmRecoveryAddress(callerOf(customer, SHOWN), await newestCode(customer.number)),
  },
  'a removal': {
    open: (customer, now) => expectDone(requestRemoval(callerOf(customer, now), 'email')),
    show: ({ userId }) => findOpenStep(userId, 'remove_recovery', 'email', SHOWN),
    redeem: async (customer) =>
      removeRecoveryAddress(callerOf(customer, SHOWN), await newestCode(customer.phone)),
  },
  'a yearly check': {
    open: (customer, now) => expectDone(requestCheck(customer, customer.recovery, now)),
    show: ({ userId }) => findReverification(userId, { role: 'recovery', kind: 'email' }, SHOWN),
    redeem: async (customer) => reverify(customer, await newestCode(customer.recovery), SHOWN),
  },
  'an e-mail address to confirm': {
    open: (customer, now) => expectDone(requestEmailConfirmation(callerOf(customer, now))),
    show: ({ userId }) => findEmailToConfirm(userId, SHOWN),
    redeem: async (customer) =>
      confirmPrimaryEmail(callerOf(customer, SHOWN), await newestCode(customer.email)),
  },
  'a change to authorise': {
    open: (customer, now) => expectDone(request(customer, { address: customer.number }, now)),
    show: changeOf,
    redeem: async (customer) => {
      const code = await newestCode(customer.phone)
      return authorise(customer, { address: customer.number }, code, SHOWN)
    },
  },
  'a change to complete': {
    open: (customer, now) =>
      codeToNewAddress(customer, { address: customer.number }, customer.phone, now),
    show: changeOf,
    redeem: async (customer) => {
      const code = await newestCode(customer.number)
      return complete(customer, { address: customer.number }, code, SHOWN)
    },
  },
}

it.each(Object.entries(FLOWS))(
  '%s is shown to its own customer, and stays open when another redeems hers',
  async (_what, { open, show, redeem }) => {
    const [first, second] = [await makeCustomer(), await makeCustomer()]
    const times = [later(1, DUE), later(2, DUE)] as const
    await open(first, times[0])
    await open(second, times[1])
    const shownTo = async (customer: Customer) => (await show(customer))?.view?.codeSentAt
    expect([await shownTo(first), await shownTo(second)]).toEqual(times.map(Number))
    expect(await redeem(second)).toMatchObject({ ok: true })
    expect(await shownTo(second)).toBeUndefined()
    expect(await shownTo(first)).toBe(Number(times[0]))
    expect(await redeem(first)).toMatchObject({ ok: true })
  },
)
