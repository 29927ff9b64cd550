import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { pool } from '@/lib/platform/db'
import { makeAccount } from '../support/accounts'

const PATIENCE_MS = 60_000

/** Runs the command on the database of the test. A command that fails is an answer, too. */
const audit = (...options: string[]) =>
  promisify(execFile)(process.execPath, ['server/run.mjs', 'audit', ...options]).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }) => ({ code, stdout }),
  )

it(
  'the command prints a line for each invariant, and its exit code says whether they hold',
  async () => {
    const healthy = await audit()
    expect(healthy.code).toBe(0)
    expect(
      healthy.stdout.match(/^[1-9] holds {5}\d+ row\(s\) checked, 0 violation\(s\)\./gm),
    ).toHaveLength(9)

    // Its welcome message has expired long ago, and no worker settled it.
    const account = await makeAccount()
    const violated = await audit()
    expect(violated.code).toBe(1)
    expect(violated.stdout).toMatch(/^5 VIOLATED .*\n {4}never_settled: Message [0-9a-f-]{36}$/m)
    expect(violated.stdout).not.toContain(account.name)

    const { exitCode, invariants } = JSON.parse((await audit('--json')).stdout)
    expect([exitCode, invariants]).toMatchObject([
      1,
      [{}, {}, {}, {}, { number: 5, violations: 4 }, {}, {}, {}, {}],
    ])

    await pool().query('delete from "Message"')
    await pool().query('alter table "PointsEntry" rename to "Gone"')
    const unchecked = await audit()
    await pool().query('alter table "Gone" rename to "PointsEntry"')
    expect(unchecked.code).toBe(2)
    expect(unchecked.stdout).toMatch(/^7 UNCHECKED .*\n {4}not checked: User: /m)
    expect(unchecked.stdout).toMatch(/^3 holds /m)
  },
  PATIENCE_MS,
)
