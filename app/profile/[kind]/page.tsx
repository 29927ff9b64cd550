import { readSlot } from '../_change/slot'
import { ChangeStart } from '../_change/start'
import type { KindParams } from '../recovery/kind'

export default async function ChangeStartPage(params: KindParams) {
  return <ChangeStart slot={await readSlot(params, 'primary')} />
}
