import type { ResentParams } from '../../../../../_forms/code-step'
import { ChangeConfirm } from '../../../../_change/codes'
import { readSlot } from '../../../../_change/slot'
import type { KindParams } from '../../../kind'

export default async function ReplaceConfirmPage(params: KindParams & ResentParams) {
  return <ChangeConfirm slot={await readSlot(params, 'recovery')} params={params} />
}
