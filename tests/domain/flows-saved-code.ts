import { changePassword } from '@/lib/accounts'
import { db } from '@/lib/platform/db'
import { endRestoredCodes, passReset } from '@/lib/recovery'
import {
  DAY,
  expectDone,
  later,
  NOW,
  newOrigin,
  OTHER_PASSWORD,
  PASSWORD,
} from '../support/accounts'
import { newestCode } from '../support/outbox'
import {
  begin,
  choose,
  complete as completeUnfreeze,
  type Guarded,
  makeGuarded,
  pass,
  stop,
  verifiedUnfreeze,
  verifyAddress,
} from './freeze-actions'
import { complete, start } from './reset-actions'
import { enter, makeCode, passed, wrong } from './saved-code-actions'

/** As the other diagrams: within the validity of the first links. */
const T = later(6 * DAY)

type Walked = Guarded & { code: string; id: string }
type Step = (account: Walked) => Promise<unknown>

/** The state of a saved code. `proof`: a freeze ended it, and it can still help to unfreeze. */
async function stateOf(id: string): Promise<string> {
  const { usedAt, endedAt, endedBy, user } = await db().savedCode.findUniqueOrThrow({
    where: { id },
    include: { user: { select: { frozenAt: true } } },
  })
  if (usedAt) return 'used'
  if (!endedAt) return 'live'
  const isProof = endedBy === 'frozen' && user.frozenAt?.getTime() === endedAt.getTime()
  return isProof ? 'proof' : 'ended'
}

async function makeSaved(): Promise<Walked> {
  const account = await makeGuarded()
  const code = await makeCode(account)
  const { id } = await db().savedCode.findFirstOrThrow({ where: { userId: account.userId } })
  return { ...account, code, id }
}

const freeze: Step = (account) => stop(account, T)

const from = (state: 'live' | 'proof', act: Step) => async () => {
  const account = await makeSaved()
  if (state === 'proof') await freeze(account)
  const before = await stateOf(account.id)
  await act(account)
  return [before, await stateOf(account.id)]
}

const edge = (state: 'live' | 'proof', to: string, by: string, act: Step) => ({
  from: state,
  to,
  by,
  walk: from(state, act),
})

async function resetBySms({ email, phone }: Walked) {
  const { secret } = await expectDone(start(email, 'primary_phone', T))
  const reset = await expectDone(passReset(secret, await newestCode(phone), newOrigin(), T))
  await expectDone(complete(reset.secret, OTHER_PASSWORD, T))
}

async function unfreezeWith(account: Walked) {
  const secret = await begin(account, T)
  await verifyAddress(secret, 'unfreeze_first', 'recovery_email', account.recoveryEmail, T)
  await expectDone(choose(secret, 'saved_code', T))
  await expectDone(pass(secret, 'unfreeze_second', account.code, T))
  await expectDone(completeUnfreeze(secret, {}, OTHER_PASSWORD, T))
}

/** Every transition of a saved code. */
export const SAVED_CODE = [
  {
    from: '[*]',
    to: 'live',
    by: 'make',
    walk: async () => ['[*]', await stateOf((await makeSaved()).id)],
  },
  edge('live', 'used', 'reset with it', async (account) =>
    expectDone(complete(await passed(account, account.code, T), OTHER_PASSWORD, T)),
  ),
  edge('live', 'ended', 'make another', (account) => makeCode(account, T)),
  edge('live', 'ended', 'reset with another code', resetBySms),
  edge('live', 'ended', 'restore a backup', () => endRestoredCodes(T)),
  edge('live', 'proof', 'freeze', freeze),
  edge('proof', 'used', 'unfreeze with it', unfreezeWith),
  edge('proof', 'ended', 'unfreeze without it', async (account) =>
    completeUnfreeze(await verifiedUnfreeze(account, T), {}, OTHER_PASSWORD, T),
  ),
]

const never = (state: 'live' | 'proof', not: string, by: string, act: Step) => ({
  from: state,
  not,
  by,
  walk: from(state, act),
})

/** The actions that must not change the state of a saved code. */
export const SAVED_CODE_NEVER = [
  never('live', 'used', 'enter it', ({ email, code }) => enter(email, code, T)),
  never('live', 'used', 'enter another', ({ email, code }) => enter(email, wrong(code), T)),
  never('live', 'ended', 'change the password', ({ userId }) =>
    changePassword({
      userId,
      current: PASSWORD,
      next: OTHER_PASSWORD,
      origin: newOrigin(),
      now: NOW,
    }),
  ),
  never('proof', 'used', 'reset with it', ({ email, code }) => enter(email, code, T)),
]
