import type { ResentParams } from '../../../../_forms/code-step'
import { VerifyAgain } from '../../../_verify/verify'
import { type KindParams, readKind } from '../../kind'

export default async function VerifyRecoveryPage(params: KindParams & ResentParams) {
  return <VerifyAgain slot={{ role: 'recovery', kind: await readKind(params) }} params={params} />
}
