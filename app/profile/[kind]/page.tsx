import type { FlowEndParams } from '../../_forms/flow-end'
import { readSlot } from '../_change/slot'
import { ChangeStart } from '../_change/start'
import type { KindParams } from '../recovery/kind'

export default async function ChangeStartPage(params: KindParams & FlowEndParams) {
  return <ChangeStart slot={await readSlot(params, 'primary')} params={params} />
}
