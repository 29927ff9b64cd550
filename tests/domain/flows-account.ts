import { logIn } from '@/lib/accounts'
import type { AnyAddress } from '@/lib/addresses'
import { cancelErasure, confirmErasure, eraseByOperator, requestErasure } from '@/lib/personal-data'
import { eraseDue } from '@/lib/personal-data/due'
import {
  findRestriction,
  freezeByLink,
  liftRestriction,
  passReset,
  requestLift,
  startUnfreeze,
} from '@/lib/recovery'
import { freezeByCare, unfreezeByCare } from '@/lib/support'
import { callerOf, DAY, expectDone, later, MINUTE, newOrigin, PASSWORD } from '../support/accounts'
import { newestCode } from '../support/outbox'
import { accountState } from './flows-states'
import {
  begin,
  complete,
  type Guarded,
  makeGuarded,
  newestLink,
  stop,
  verifiedUnfreeze,
  verifyAddress,
} from './freeze-actions'
import { complete as completeReset, start } from './reset-actions'

/**
 * Within the validity of the first links, and more than seven days after the addresses were
 * confirmed.
 */
const T = later(6 * DAY)
const NEXT_DAY = later(7 * DAY)

type Walked = Guarded
type Step = (account: Walked) => Promise<unknown>

async function reset({ email, phone }: Walked) {
  const { secret } = await expectDone(start(email, 'primary_phone', T))
  const passed = await expectDone(passReset(secret, await newestCode(phone), newOrigin(), T))
  await expectDone(completeReset(passed.secret, `kursi rotan nomor ${counted()}`, T))
}

let count = 0
const counted = () => ++count

const freeze: Step = async ({ recoveryEmail }) =>
  freezeByLink(await newestLink(recoveryEmail), newOrigin(), T)
const care = ({ userId }: Walked) => ({ userId, reason: 'tiket 1', now: T })

async function liftBy(account: Walked, address: AnyAddress) {
  const { lifters } = (await findRestriction(account.userId, T)) ?? { lifters: [] }
  for (const { id, kind } of lifters) {
    if (kind !== address.kind) continue
    await expectDone(requestLift(callerOf(account, T), id))
    return expectDone(liftRestriction(callerOf(account, T), await newestCode(address)))
  }
  throw new Error('no address may lift the restriction')
}

async function leave(account: Walked) {
  await expectDone(requestErasure(callerOf(account, T), LEAVING))
  await expectDone(confirmErasure(callerOf(account, T), await newestCode(account.phone)))
}

const LEAVING = { password: PASSWORD, proof: 'primary_phone' } as const
const WEEK_LATER = later(13 * DAY)

const TO = {
  open: async () => {},
  leaving: leave,
  restricted: reset,
  frozen: (account: Walked) => stop(account, T),
} as const

type State = keyof typeof TO

const from =
  (state: State, act: Step, now = T) =>
  async () => {
    const account = await makeGuarded()
    await TO[state](account)
    const before = await accountState(account.userId, T)
    await act(account)
    return [before, await accountState(account.userId, now)]
  }

const edge = (state: State, to: State | 'erased', by: string, act: Step, now?: Date) => ({
  from: state,
  to,
  by,
  walk: from(state, act, now),
})

/** Every transition of an account. */
export const ACCOUNT = [
  {
    from: '[*]',
    to: 'open',
    by: 'register',
    walk: async () => ['[*]', await accountState((await makeGuarded()).userId, T)],
  },
  edge('open', 'restricted', 'reset the password', reset),
  edge('open', 'frozen', 'freeze by a link', freeze),
  edge('open', 'frozen', 'freeze from the profile', (account) => stop(account, T)),
  edge('open', 'frozen', 'freeze by customer care', (account) => freezeByCare(care(account))),
  edge('restricted', 'restricted', 'reset the password', reset),
  edge('restricted', 'frozen', 'freeze by a link', freeze),
  edge('restricted', 'open', 'lift by another address', (account) =>
    liftBy(account, account.recoveryEmail),
  ),
  edge('restricted', 'open', '24 hours', async () => {}, NEXT_DAY),
  edge('frozen', 'frozen', 'freeze by a link', freeze),
  edge('open', 'leaving', 'ask for the erasure', leave),
  edge('leaving', 'open', 'take it back', (account) => cancelErasure(callerOf(account, T))),
  edge('leaving', 'frozen', 'freeze by a link', freeze),
  edge('leaving', 'frozen', 'freeze by customer care', (account) => freezeByCare(care(account))),
  edge('leaving', 'erased', '7 days', () => eraseDue(WEEK_LATER), WEEK_LATER),
  edge('open', 'erased', 'erase by an operator', (account) => eraseByOperator(care(account))),
  edge('frozen', 'restricted', 'unfreeze by two addresses', async (account) =>
    complete(await verifiedUnfreeze(account, T), {}, 'bambu runcing di tepi kali', T),
  ),
  edge('frozen', 'restricted', 'unfreeze by customer care', (account) =>
    unfreezeByCare(care(account), []),
  ),
]

const never = (state: State, not: State, by: string, act: Step) => ({
  from: state,
  not,
  by,
  walk: from(state, act),
})

async function unfreezeByOne(account: Walked) {
  const secret = await begin(account, T)
  await verifyAddress(secret, 'unfreeze_first', 'recovery_email', account.recoveryEmail, T)
  await complete(secret, {}, 'bambu runcing di tepi kali', T)
}

async function resetInVain({ email }: Walked) {
  const { secret } = await expectDone(start(email, 'primary_phone', T))
  await passReset(secret, '000000', newOrigin(), T)
  await completeReset(secret, 'kursi rotan di beranda', T)
}

/** The actions that must not change the state of an account. */
export const ACCOUNT_NEVER = [
  never('frozen', 'restricted', 'unfreeze by one address', unfreezeByOne),
  never('frozen', 'restricted', 'reset the password', resetInVain),
  never('frozen', 'open', 'log in', ({ email }) =>
    logIn({ identifier: email.value, password: PASSWORD, origin: newOrigin(), now: T }),
  ),
  never('open', 'restricted', 'unfreeze', ({ userId }) => startUnfreeze(userId, later(MINUTE, T))),
  never('open', 'restricted', 'unfreeze by customer care', (account) =>
    unfreezeByCare(care(account), []),
  ),
  never('restricted', 'open', 'lift by the address that reset it', (account) =>
    liftBy(account, account.phone).catch(() => undefined),
  ),
  never('restricted', 'leaving', 'ask for the erasure', (account) =>
    leave(account).catch(() => undefined),
  ),
  never('frozen', 'leaving', 'erase by an operator', (account) => eraseByOperator(care(account))),
  never('leaving', 'open', '6 days', () => eraseDue(later(12 * DAY))),
  never('open', 'frozen', 'freeze by a forged link', () => freezeByLink('forged', newOrigin(), T)),
]
