import { type HeldAddress, isSameMailbox, listAddressHistory } from '@/lib/addresses'
import type { Tx } from '@/lib/platform/db'
import { readActionDetail } from './action-row'
import { PROOF_MS } from './limits'

/** The addresses that vetoed an unfreeze since the account was frozen, in whatever case. */
export async function listVetoes(tx: Tx, userId: string, frozenAt: Date): Promise<HeldAddress[]> {
  const vetoed = await tx.caseAction.findMany({
    where: { case: { userId }, outcome: 'vetoed', endedAt: { gte: frozenAt } },
    select: { detail: true },
  })
  const ids = vetoed.map(({ detail }) => readActionDetail(detail).vetoedBy)
  return (await listAddressHistory(tx, userId)).filter(({ id }) => ids.includes(id))
}

/** A case, the addresses that its owner had before the account was frozen, and those that vetoed. */
type Proving = {
  caseId: string
  undisputed: readonly HeldAddress[]
  vetoes: readonly HeldAddress[]
  now: Date
}

/**
 * The address whose word was read out in a case within 30 minutes. An address that was added shortly
 * before the freeze proves nothing: a thief may have added it. Nor does one that vetoed.
 */
export async function findProof(
  tx: Tx,
  { caseId, undisputed, vetoes, now }: Proving,
): Promise<HeldAddress | undefined> {
  const passed = await tx.callerWord.findMany({
    where: { caseId, kind: 'sent', passedAt: { gt: new Date(now.getTime() - PROOF_MS) } },
    orderBy: { passedAt: 'desc' },
    select: { addressId: true },
  })
  return passed
    .flatMap(({ addressId }) => undisputed.find(({ id }) => id === addressId) ?? [])
    .find(({ address }) => !vetoes.some((one) => isSameMailbox(one.address, address)))
}
