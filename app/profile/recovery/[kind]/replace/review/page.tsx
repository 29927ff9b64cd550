import { ChangeReview } from '../../../../_change/review'
import { readSlot } from '../../../../_change/slot'
import type { KindParams } from '../../../kind'

export default async function ReplaceReviewPage(params: KindParams) {
  return <ChangeReview slot={await readSlot(params, 'recovery')} />
}
