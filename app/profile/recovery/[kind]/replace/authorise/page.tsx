import type { ResentParams } from '../../../../../_forms/code-step'
import { ChangeAuthorise } from '../../../../_change/codes'
import { readSlot } from '../../../../_change/slot'
import type { KindParams } from '../../../kind'

export default async function ReplaceAuthorisePage(params: KindParams & ResentParams) {
  return <ChangeAuthorise slot={await readSlot(params, 'recovery')} params={params} />
}
