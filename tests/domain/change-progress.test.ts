import { expect, it } from 'vitest'
import { findChange, readChangeOffer } from '@/lib/contacts'
import {
  addRecovery,
  callerOf,
  email,
  expectDone,
  makeAccount,
  makeRecoverable,
  phone,
  saveRecovery,
} from '../support/accounts'
import { newestCode } from '../support/outbox'
import { authorise, request, sendCodeToNew, slotOf } from './change-actions'

const PRIMARY_PHONE = { role: 'primary', kind: 'phone' } as const

it('the offer of a change masks the present address and what can authorise the change', async () => {
  const account = await makeAccount({
    email: email('ratna@example.com'),
    phone: phone('081311112222'),
  })
  expect(await readChangeOffer(account.userId, { role: 'primary', kind: 'email' })).toEqual({
    current: 'r•••@example.com',
    isConfirmed: false,
    phone: '0813-\u2060••••-\u20602222',
    recoveries: [],
  })
  await addRecovery(account, email('kakak@example.com'))
  await saveRecovery(account, phone('081333334444'))
  expect(await readChangeOffer(account.userId, PRIMARY_PHONE)).toEqual({
    current: '0813-\u2060••••-\u20602222',
    isConfirmed: true,
    phone: '0813-\u2060••••-\u20602222',
    recoveries: ['k•••@example.com'],
  })
})

it('there is no offer for a slot without a confirmed address', async () => {
  const account = await makeAccount()
  await saveRecovery(account, email('adik@example.com'))
  for (const kind of ['email', 'phone'] as const)
    expect(await readChangeOffer(account.userId, { role: 'recovery', kind })).toBeNull()
})

it('R49 every step of a change shows the new address whole, the old one masked, and the method', async () => {
  const account = await makeAccount({ phone: phone('081311113333') })
  const wanted = { address: phone('081355556666') }
  const shown = {
    previous: '0813-\u2060••••-\u20603333',
    address: '0813-5555-6666',
    proof: 'primary_phone',
  }
  const progress = () => findChange(callerOf(account), slotOf(wanted))
  await expectDone(request(account, wanted))
  expect(await progress()).toMatchObject({ ...shown, step: 'authorise' })
  await expectDone(authorise(account, wanted, await newestCode(account.phone)))
  expect(await progress()).toEqual({ ...shown, step: 'review' })
  await expectDone(sendCodeToNew(account, wanted))
  expect(await progress()).toMatchObject({ ...shown, step: 'confirm' })
})

it('the change of one recovery address is not shown for the other', async () => {
  const account = await makeRecoverable(email('bibi@example.com'))
  await addRecovery(account, phone('081377778888'))
  const wanted = { address: email('paman@example.com'), role: 'recovery' } as const
  await expectDone(request(account, wanted))
  expect(await findChange(callerOf(account), slotOf(wanted))).toMatchObject({ step: 'authorise' })
  expect(await findChange(callerOf(account), { role: 'recovery', kind: 'phone' })).toBeNull()
})
