import { closeChallenges, spendPassed } from '@/lib/challenges'
import { hashSecret } from '@/lib/platform/crypto'
import { db, transaction } from '@/lib/platform/db'
import { HOUR, later, MINUTE, makeAccount, NOW } from '../support/accounts'
import { newestCode } from '../support/outbox'
import { answer, ask, fail, resend } from './challenge-actions'
import { challengeState } from './flows-states'

type Asked = Awaited<ReturnType<typeof begin>>

async function begin() {
  const { userId } = await makeAccount()
  const asked = await ask({ userId })
  const { id } = await db().challenge.findFirstOrThrow({
    where: { secretHash: hashSecret(asked.secret) },
  })
  return { ...asked, userId, id }
}

const spend = ({ id }: Asked, now = NOW) => transaction((tx) => spendPassed(tx, [id], now))
const close = ({ userId }: Asked, now = NOW) =>
  transaction((tx) => closeChallenges(tx, { userId }, now))
const right = async (asked: Asked, now = NOW) =>
  answer(asked, await newestCode(asked.recipient), now)

/** Brings a challenge into each state. */
const TO = {
  issued: async () => {},
  used_up: (asked: Asked) => fail(asked, 5),
  passed: (asked: Asked) => right(asked),
  spent: async (asked: Asked) => {
    await right(asked)
    await spend(asked)
  },
  closed: (asked: Asked) => close(asked),
  expired: async () => {},
} as const

type State = keyof typeof TO

type Step = (asked: Asked) => Promise<unknown>

/** Brings a challenge into a state and runs one action. Returns its state before and after. */
const from =
  (state: State, act: Step, now = NOW) =>
  async () => {
    const asked = await begin()
    await TO[state](asked)
    const before = await challengeState(asked.secret, state === 'expired' ? now : NOW)
    await act(asked)
    return [before, await challengeState(asked.secret, now)]
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
  edge('issued', 'issued', 'send the code again', (asked) => resend(asked, later(MINUTE))),
  edge('issued', 'issued', 'answer wrongly', (asked) => fail(asked, 1)),
  edge('issued', 'passed', 'answer rightly', (asked) => right(asked)),
  edge('issued', 'used_up', 'answer wrongly five times', (asked) => fail(asked, 5)),
  edge('issued', 'closed', 'close', (asked) => close(asked)),
  edge('issued', 'expired', '30 minutes', nothing, later(30 * MINUTE)),
  edge('used_up', 'closed', 'close', (asked) => close(asked)),
  edge('used_up', 'expired', '30 minutes', nothing, later(30 * MINUTE)),
  edge('passed', 'spent', 'spend', (asked) => spend(asked)),
  edge('passed', 'closed', 'close', (asked) => close(asked)),
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
  never('issued', 'spent', 'spend', (asked) => spend(asked)),
  never('used_up', 'passed', 'answer rightly', (asked) => right(asked)),
  never('used_up', 'issued', 'send the code again', (asked) => resend(asked, later(MINUTE))),
  never('used_up', 'spent', 'spend', (asked) => spend(asked)),
  never('passed', 'issued', 'send the code again', (asked) => resend(asked, later(MINUTE))),
  never('passed', 'used_up', 'answer wrongly five times', (asked) => fail(asked, 5)),
  never('spent', 'passed', 'answer rightly', (asked) => right(asked)),
  never('spent', 'issued', 'send the code again', (asked) => resend(asked, later(MINUTE))),
  never('spent', 'closed', 'close', (asked) => close(asked)),
  never('closed', 'passed', 'answer rightly', (asked) => right(asked)),
  never('closed', 'spent', 'spend', (asked) => spend(asked)),
  never('closed', 'issued', 'send the code again', (asked) => resend(asked, later(MINUTE))),
  never('expired', 'passed', 'answer rightly', (asked) => right(asked, later(HOUR)), later(HOUR)),
  never(
    'expired',
    'issued',
    'send the code again',
    (asked) => resend(asked, later(HOUR)),
    later(HOUR),
  ),
  never('expired', 'spent', 'spend', (asked) => spend(asked, later(HOUR)), later(HOUR)),
  never('expired', 'closed', 'close', (asked) => close(asked, later(HOUR)), later(HOUR)),
]
