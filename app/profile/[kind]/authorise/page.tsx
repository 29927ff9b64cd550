import type { ResentParams } from '../../../_forms/code-step'
import { ChangeAuthorise } from '../../_change/codes'
import { readSlot } from '../../_change/slot'
import type { KindParams } from '../../recovery/kind'

export default async function ChangeAuthorisePage(params: KindParams & ResentParams) {
  return <ChangeAuthorise slot={await readSlot(params, 'primary')} params={params} />
}
