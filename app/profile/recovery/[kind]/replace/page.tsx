import type { FlowEndParams } from '../../../../_forms/flow-end'
import { readSlot } from '../../../_change/slot'
import { ChangeStart } from '../../../_change/start'
import type { KindParams } from '../../kind'

export default async function ReplaceStartPage(params: KindParams & FlowEndParams) {
  return <ChangeStart slot={await readSlot(params, 'recovery')} params={params} />
}
