import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { transaction } from '@/lib/platform/db'
import { recordStaffEvent } from '@/lib/staff-log'
import { makeAccount } from '../support/accounts'
import { record, tamper } from './activity-actions'

const PATIENCE_MS = 60_000
const UNSEALED =
  '(IP address and user agent of 0 row(s) were erased), 0 row(s) without a hash (written before hashes were introduced)'

/** Proves the activity as an operator does, on the test's own database. A command that fails is an answer, too. */
const verify = () =>
  promisify(execFile)(process.execPath, ['server/run.mjs', 'activity', 'verify']).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }) => ({ code, stdout }),
  )

it(
  'the command says how many rows are proven, and names each fault with its user and row',
  async () => {
    const [one, other] = [await makeAccount(), await makeAccount()]
    for (const account of [one, other, other]) await record(account)
    await transaction((tx) =>
      recordStaffEvent(tx, { type: 'signed_in', staffId: null, now: new Date() }),
    )
    expect(await verify()).toEqual({
      code: 0,
      stdout: `5 row(s) verified ${UNSEALED}, 0 fault(s).\nlog of staff: 1 row(s) verified, 0 fault(s).\n`,
    })
    await tamper(
      `update "SecurityEvent" set ip = '192.0.2.9' where "userId" = $1 and position = 2`,
      [one.userId],
    )
    await tamper(`delete from "SecurityEvent" where "userId" = $1 and position = 3`, [other.userId])
    await tamper(`update "StaffEvent" set type = 'signed_out'`)
    const { code, stdout } = await verify()
    expect(code).toBe(1)
    expect(stdout).toContain(`user ${one.userId}, row 2 was altered after it was written.\n`)
    expect(stdout).toContain(`user ${other.userId}, row 3 is missing or was added: `)
    expect(stdout).toContain(`\n0 row(s) verified ${UNSEALED}, 2 fault(s).\n`)
    expect(stdout).toContain('log of staff, row 1 was altered after it was written.\n')
    expect(stdout.endsWith('log of staff: 0 row(s) verified, 1 fault(s).\n')).toBe(true)
  },
  PATIENCE_MS,
)
