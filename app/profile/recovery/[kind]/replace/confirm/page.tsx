import type { ResentParams } from '../../../../../_lib/code-step'
import { ChangeConfirm } from '../../../../_change/codes'
import { readSlot } from '../../../../_change/slot'
import type { KindParams } from '../../../../recovery/kind'

export default async function ReplaceConfirmPage(params: KindParams & ResentParams) {
  return <ChangeConfirm slot={await readSlot(params, 'recovery')} params={params} />
}
