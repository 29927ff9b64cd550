import { askDisable, submitDisable } from '../../actions'
import { PersonAct, type PersonPage } from '../../person-act'

export default function DisablePage({ params }: PersonPage) {
  return (
    <PersonAct
      params={params}
      screen="careDisable"
      begin={askDisable}
      action={submitDisable}
      look="danger"
    />
  )
}
