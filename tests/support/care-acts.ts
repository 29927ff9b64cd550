import { transaction, transactionUnlessRefused } from '@/lib/platform/db'
import {
  type ActionRequest,
  approveAction,
  hashForApproval,
  requestAction,
  type StaffMember,
} from '@/lib/support'

/** Asks for an action, as if the passkey had signed it. */
export const requestSigned = (staff: StaffMember, request: ActionRequest, now: Date) =>
  transactionUnlessRefused((tx) => requestAction(tx, staff, request, now))

/** Approves an action, as if the passkey had signed it. */
export async function approveSigned(
  staff: StaffMember,
  { actionId, changeHash }: { actionId: string; changeHash: string },
  now: Date,
) {
  const passwordHash = await hashForApproval(actionId)
  const approval = { actionId, changeHash, passwordHash }
  return transaction((tx) => approveAction(tx, staff, approval, now))
}
