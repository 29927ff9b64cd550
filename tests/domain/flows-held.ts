import { changePassword } from '@/lib/accounts'
import { pool } from '@/lib/platform/db'
import { releaseDue } from '@/lib/recovery'
import { stepsOf } from '@/lib/restored/steps'
import { callerOf, HOUR, later, makeRecoverable, newPhone, PASSWORD } from '../support/accounts'
import { replaceSlot, stop } from './freeze-actions'
import { DUE, HELD, heldOf, holdReset, newestStop, releaseBy, veto } from './held-actions'

type Waiting = Awaited<ReturnType<typeof makeRecoverable>> & { secret: string }
type Step = (account: Waiting) => Promise<unknown>

const stateOf = async (account: Waiting) => (await heldOf(account))[0]?.endedBy ?? 'waiting'

async function makeWaiting(): Promise<Waiting> {
  const account = await makeRecoverable()
  return { ...account, secret: await holdReset(account) }
}

const from = (act: Step) => async () => {
  const account = await makeWaiting()
  const before = await stateOf(account)
  await act(account)
  return [before, await stateOf(account)]
}

const edge = (to: string, by: string, act: Step) => ({ from: 'waiting', to, by, walk: from(act) })

/** Runs the step of a restore that drops held passwords, for the rows of one account. */
async function restore({ userId }: Waiting) {
  const step = stepsOf(
    `'${HELD.toISOString()}'::timestamptz`,
    `'${HELD.toISOString()}'::timestamptz`,
  )
  const { sql = '' } = step.find(({ table }) => table === 'HeldPassword') ?? {}
  await pool().query(sql.replace('{page}', () => `"userId" = '${userId}'`))
}

/** Every transition of a held password. */
export const HELD_PASSWORD = [
  {
    from: '[*]',
    to: 'waiting',
    by: 'hold',
    walk: async () => ['[*]', await stateOf(await makeWaiting())],
  },
  edge('released', 'wait for 72 hours', () => releaseDue(DUE)),
  edge('released', 'enter the code to a recovery address', ({ secret, recovery }) =>
    releaseBy(secret, recovery),
  ),
  edge('vetoed', 'veto', async ({ recovery }) => veto(await newestStop(recovery))),
  edge('replaced', 'set another password', (account) =>
    changePassword({ ...callerOf(account, HELD), current: PASSWORD, next: 'enam ikan di kolam' }),
  ),
  edge('replaced', 'hold another', (account) => holdReset(account, { now: later(HOUR, HELD) })),
  edge('disproven', 'replace the number, and wait', async (account) => {
    await replaceSlot(account, 'primary_phone', newPhone(), HELD)
    await releaseDue(DUE)
  }),
  edge('frozen', 'freeze', (account) => stop(account, HELD)),
  edge('restored', 'restore a backup', restore),
]

const never = (not: string, by: string, act: Step) => ({
  from: 'waiting',
  not,
  by,
  walk: from(act),
})

/** The actions that must not change the state of a held password. */
export const HELD_PASSWORD_NEVER = [
  never('released', 'wait for a millisecond less', () => releaseDue(new Date(DUE.getTime() - 1))),
  never('vetoed', 'veto with an unknown link', () => veto('unknown')),
]
