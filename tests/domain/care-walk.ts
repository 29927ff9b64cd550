import { db } from '@/lib/platform/db'
import { closeCase, showWord, vetoByLink } from '@/lib/support'
import { carryOutDue } from '@/lib/support/due'
import { DAY, expectDone, later, makeAccount, newOrigin } from '../support/accounts'
import {
  addressIn,
  approve,
  asked,
  makeStaff,
  newestWord,
  openCase,
  prove,
  request,
} from './care-actions'
import { announced, newestVeto } from './care-unfreeze-actions'
import { SEEN } from './freeze-actions'

/** Walks through every act of customer care once. Returns the words and the tokens of its links. */
export async function useCare(): Promise<string[]> {
  const [vetoed, opened] = [await announced(), await announced()]
  const { agent, approver, account, number } = vetoed
  const token = await newestVeto(account.recoveryEmail)
  await expectDone(vetoByLink(token, newOrigin(), SEEN))
  const address = account.recoveryPhone
  await prove(agent, number, { account, slot: 'recovery_phone', address })
  const again = await asked(agent, number, 'unfreeze', { undo: ['primary_phone'] })
  await expectDone(approve(approver, again))
  await expectDone(approve(await makeStaff('approver'), again))
  await expectDone(closeCase(agent, number, SEEN))
  await carryOutDue(later(DAY, SEEN))
  const used = [token, await newestVeto(opened.account.recoveryEmail), await newestWord(address)]
  return [...used, ...(await useOpenAccount())]
}

async function useOpenAccount() {
  const [agent, approver] = [await makeStaff(), await makeStaff('approver')]
  const account = await makeAccount()
  const number = await openCase(agent, account)
  const row = { account: account.userId, path: 'recovery', scope: 'unknown', failures: 60 }
  await db().failureCount.create({ data: { ...row, updatedAt: SEEN } })
  await expectDone(approve(approver, await asked(agent, number, 'restore_attempts')))
  const addressId = await addressIn(account, 'primary_email')
  await expectDone(approve(approver, await asked(agent, number, 'release_address', { addressId })))
  const recent = await db().securityEvent.findFirstOrThrow({
    where: { userId: account.userId, type: 'address_released' },
  })
  const detail = { reference: recent.reference }
  await expectDone(approve(approver, await asked(agent, number, 'resend_notice', detail)))
  const { word } = await expectDone(showWord(account.userId, SEEN))
  await expectDone(request(agent, number, 'freeze'))
  return [word]
}
