import type { ResentParams } from '../../../_forms/code-step'
import { VerifyAgain } from '../../_verify/verify'

export default function VerifyPhonePage(params: ResentParams) {
  return <VerifyAgain slot={{ role: 'primary', kind: 'phone' }} params={params} />
}
