import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { makeAccount } from '../support/accounts'
import { record, tamper } from './activity-actions'

/** Runs `npm run activity` as an operator does, on the test's own database. */
function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/run.mjs', 'activity', ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

it('the command says how many rows are proven, and names each fault with its user and row', async () => {
  const [one, other] = [await makeAccount(), await makeAccount()]
  for (const account of [one, other, other]) await record(account)
  expect(run('verify')).toMatchObject({
    status: 0,
    stdout: '5 row(s) proven, 0 older than the hashes and not provable, 0 fault(s).\n',
  })
  await tamper(`update "SecurityEvent" set ip = '192.0.2.9' where "userId" = $1 and position = 2`, [one.userId])
  await tamper(`delete from "SecurityEvent" where "userId" = $1 and position = 3`, [other.userId])
  const { status, stdout } = run('verify')
  expect(status).toBe(1)
  expect(stdout.split('\n').sort().join('\n')).toBe(
    [
      '',
      '0 row(s) proven, 0 older than the hashes and not provable, 2 fault(s).',
      ...[
        `user ${one.userId}, row 2 is not as it was written.`,
        `user ${other.userId}, row 3 is missing, or what stands there was put there: the activity does not end as it was sealed.`,
      ].sort(),
    ].join('\n'),
  )
})

it('the command says how it is called', () => {
  expect(run()).toMatchObject({ status: 1, stdout: '', stderr: '\nSay what: npm run activity -- verify.\n\n' })
})
