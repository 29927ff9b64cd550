import type { ResentParams } from '../../../_forms/code-step'
import { ChangeConfirm } from '../../_change/codes'
import { readSlot } from '../../_change/slot'
import type { KindParams } from '../../recovery/kind'

export default async function ChangeConfirmPage(params: KindParams & ResentParams) {
  return <ChangeConfirm slot={await readSlot(params, 'primary')} params={params} />
}
