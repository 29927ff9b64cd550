import {
  changePassword,
  endOtherSessions,
  endSession,
  findSession,
  listSessions,
} from '@/lib/accounts'
import { hashSecret } from '@/lib/platform/crypto'
import {
  type Account,
  DAY,
  expectDone,
  expectSession,
  later,
  makeAccount,
  NOW,
  newOrigin,
  newPhone,
  OTHER_PASSWORD,
  PASSWORD,
  signIn,
} from '../support/accounts'
import { change, tryLogIn } from './change-actions'
import { sessionState } from './flows-states'
import { stop } from './freeze-actions'

type Walked = { account: Account; secret: string }

async function signedIn(): Promise<Walked> {
  const account = await makeAccount()
  return { account, secret: (await expectSession(tryLogIn(account.email))).sessionSecret }
}

const replacePassword = ({ account: { userId } }: Walked) =>
  expectDone(
    changePassword({
      userId,
      current: PASSWORD,
      next: OTHER_PASSWORD,
      origin: newOrigin(),
      now: NOW,
    }),
  )

/** A session for the password version at the beginning of the log-in. */
async function openLate({ account }: Walked): Promise<Walked> {
  await replacePassword({ account, secret: '' })
  return {
    account,
    secret: (await signIn(account.userId)).sessionSecret,
  }
}

async function endFromOther({ account: { userId, email }, secret }: Walked) {
  await expectSession(tryLogIn(email))
  const others = (await listSessions(userId, NOW)).filter(
    ({ sessionId }) => sessionId !== hashSecret(secret),
  )
  await endOtherSessions({
    userId,
    sessionId: others[0]?.sessionId ?? '',
    origin: newOrigin(),
    now: NOW,
  })
}

const logOut = ({ secret }: Walked, now = NOW) => endSession(hashSecret(secret), now)
const nothing = async () => {}

const from =
  (begin: () => Promise<Walked>, act: (walked: Walked) => Promise<unknown>, now = NOW) =>
  async () => {
    const walked = await begin()
    const before = await sessionState(walked.secret, now === LATE ? now : NOW)
    await act(walked)
    return [before, await sessionState(walked.secret, now)]
  }

const LATE = later(31 * DAY)
const END = later(30 * DAY)

const edge = (to: string, by: string, act: (walked: Walked) => Promise<unknown>, now?: Date) => ({
  from: 'live',
  to,
  by,
  walk: from(signedIn, act, now),
})

const born = (to: string, by: string, bring: () => Promise<Walked>) => ({
  from: '[*]',
  to,
  by,
  walk: async () => ['[*]', await sessionState((await bring()).secret, NOW)],
})

const late = async () => openLate(await signedIn())

/** Every transition of a session. */
export const SESSION = [
  born('live', 'log in', signedIn),
  born('outdated', 'open for a replaced password', late),
  edge('ended', 'log out', logOut),
  edge('ended', 'end from another device', endFromOther),
  edge('ended', 'replace the password', replacePassword),
  edge('ended', 'change a primary address', ({ account }) =>
    expectDone(change(account, { address: newPhone() })),
  ),
  edge('ended', 'freeze', ({ account }) => stop(account, NOW)),
  edge('expired', '30 days', nothing, END),
]

const ended = async () => {
  const walked = await signedIn()
  await logOut(walked)
  return walked
}

/** Uses it again: a session that has ended is not found. */
const use = async ({ secret }: Walked, now = NOW) => {
  if (await findSession(secret, now)) throw new Error('the session still opens the account')
}

/** The actions that must not change the state of a session. */
export const SESSION_NEVER = [
  { from: 'ended', not: 'live', by: 'use', walk: from(ended, use) },
  {
    from: 'ended',
    not: 'live',
    by: 'log in again',
    walk: from(ended, ({ account }) => tryLogIn(account.email)),
  },
  { from: 'outdated', not: 'live', by: 'use', walk: from(late, use) },
  {
    from: 'outdated',
    not: 'live',
    by: 'log in again',
    walk: from(late, ({ account }) => tryLogIn(account.email, OTHER_PASSWORD)),
  },
  {
    from: 'expired',
    not: 'live',
    by: 'use',
    walk: from(signedIn, (walked) => use(walked, LATE), LATE),
  },
  {
    from: 'expired',
    not: 'ended',
    by: 'log out',
    walk: from(signedIn, (walked) => logOut(walked, LATE), LATE),
  },
]
