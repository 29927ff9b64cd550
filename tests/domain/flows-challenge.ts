import { closeChallenges, spendPassed } from '@/lib/challenges'
import { hashSecret } from '@/lib/platform/crypto'
import { db, transaction } from '@/lib/platform/db'
import { HOUR, later, MINUTE, makeAccount, NOW } from '../support/accounts'
import { newestCode } from '../support/outbox'
import { answer, fail, issue, resend } from './challenge-actions'
import { challengeState } from './flows-states'

type Issued = Awaited<ReturnType<typeof begin>>

async function begin() {
  const { userId } = await makeAccount()
  const issued = await issue({ userId })
  const { id } = await db().challenge.findFirstOrThrow({
    where: { secretHash: hashSecret(issued.secret) },
  })
  return { ...issued, userId, id }
}

const spend = ({ id }: Issued, now = NOW) => transaction((tx) => spendPassed(tx, [id], now))
const close = ({ userId }: Issued, now = NOW) =>
  transaction((tx) => closeChallenges(tx, { userId }, now))
const right = async (issued: Issued, now = NOW) =>
  answer(issued, await newestCode(issued.recipient), now)

/** Brings a challenge into each state. */
const TO = {
  issued: async () => {},
  used_up: (issued: Issued) => fail(issued, 5),
  passed: (issued: Issued) => right(issued),
  spent: async (issued: Issued) => {
    await right(issued)
    await spend(issued)
  },
  closed: (issued: Issued) => close(issued),
  expired: async () => {},
} as const

type State = keyof typeof TO

type Step = (issued: Issued) => Promise<unknown>

/** Brings a challenge into a state and runs one action. Returns its state before and after. */
const from =
  (state: State, act: Step, now = NOW) =>
  async () => {
    const issued = await begin()
    await TO[state](issued)
    const before = await challengeState(issued.secret, state === 'expired' ? now : NOW)
    await act(issued)
    return [before, await challengeState(issued.secret, now)]
  }

const edge = (state: State, to: State, by: string, act: Step, now?: Date) => ({
  from: state,
  to,
  by,
  walk: from(state, act, now),
})
const nothing = async () => {}

/** Every transition of a challenge. */
export const CHALLENGE = [
  {
    from: '[*]',
    to: 'issued',
    by: 'issue',
    walk: async () => ['[*]', await challengeState((await begin()).secret, NOW)],
  },
  edge('issued', 'issued', 'send the code again', (issued) => resend(issued, later(MINUTE))),
  edge('issued', 'issued', 'answer wrongly', (issued) => fail(issued, 1)),
  edge('issued', 'passed', 'answer rightly', (issued) => right(issued)),
  edge('issued', 'used_up', 'answer wrongly five times', (issued) => fail(issued, 5)),
  edge('issued', 'closed', 'close', (issued) => close(issued)),
  edge('issued', 'expired', '30 minutes', nothing, later(30 * MINUTE)),
  edge('used_up', 'closed', 'close', (issued) => close(issued)),
  edge('used_up', 'expired', '30 minutes', nothing, later(30 * MINUTE)),
  edge('passed', 'spent', 'spend', (issued) => spend(issued)),
  edge('passed', 'closed', 'close', (issued) => close(issued)),
  edge('passed', 'expired', '15 minutes', nothing, later(15 * MINUTE)),
]

const never = (state: State, not: State, by: string, act: Step, now?: Date) => ({
  from: state,
  not,
  by,
  walk: from(state, act, now),
})

/** The actions that must not change the state of a challenge. */
export const CHALLENGE_NEVER = [
  never('issued', 'spent', 'spend', (issued) => spend(issued)),
  never('used_up', 'passed', 'answer rightly', (issued) => right(issued)),
  never('used_up', 'issued', 'send the code again', (issued) => resend(issued, later(MINUTE))),
  never('used_up', 'spent', 'spend', (issued) => spend(issued)),
  never('passed', 'issued', 'send the code again', (issued) => resend(issued, later(MINUTE))),
  never('passed', 'used_up', 'answer wrongly five times', (issued) => fail(issued, 5)),
  never('spent', 'passed', 'answer rightly', (issued) => right(issued)),
  never('spent', 'issued', 'send the code again', (issued) => resend(issued, later(MINUTE))),
  never('spent', 'closed', 'close', (issued) => close(issued)),
  never('closed', 'passed', 'answer rightly', (issued) => right(issued)),
  never('closed', 'spent', 'spend', (issued) => spend(issued)),
  never('closed', 'issued', 'send the code again', (issued) => resend(issued, later(MINUTE))),
  never('expired', 'passed', 'answer rightly', (issued) => right(issued, later(HOUR)), later(HOUR)),
  never(
    'expired',
    'issued',
    'send the code again',
    (issued) => resend(issued, later(HOUR)),
    later(HOUR),
  ),
  never('expired', 'spent', 'spend', (issued) => spend(issued, later(HOUR)), later(HOUR)),
  never('expired', 'closed', 'close', (issued) => close(issued, later(HOUR)), later(HOUR)),
]
