import { askConfirm, submitConfirm } from '../../actions'
import { PersonAct, type PersonPage } from '../../person-act'

export default function ConfirmPage({ params }: PersonPage) {
  return (
    <PersonAct params={params} screen="careConfirm" begin={askConfirm} action={submitConfirm} />
  )
}
