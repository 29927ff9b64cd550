import { readSlot } from '../../../_change/slot'
import { ChangeStart } from '../../../_change/start'
import type { KindParams } from '../../../recovery/kind'

export default async function ReplaceStartPage(params: KindParams) {
  return <ChangeStart slot={await readSlot(params, 'recovery')} />
}
