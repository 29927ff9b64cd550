import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { maskAddress } from '@/lib/addresses'
import { makeAccount } from '../support/accounts'
import { securityLines } from '../support/log-lines'
import { eventsOf, makeGuarded } from './freeze-actions'

/** Each command is a process of its own, which takes seconds to start on a busy machine. */
const PATIENCE_MS = 90_000

const command = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['server/run.mjs', 'account', ...args], {
    env: process.env,
  })

describe('npm run account', () => {
  it(
    'shows, freezes and opens an account, and prints no address in full',
    async () => {
      const account = await makeGuarded()
      const { value } = account.phone
      const { userId } = account
      const frozen = await command('freeze', value, '--reason', 'tiket 4711')
      expect(frozen.stdout).toBe('The account is frozen.\n')
      expect(securityLines(frozen.stderr)).toMatchObject([
        { event: 'authn_login_lock', userId, change: 'frozen' },
        {
          event: 'authz_admin',
          userId,
          change: 'freeze',
          outcome: 'success',
          operator: expect.any(Number),
        },
      ])
      const { stdout } = await command('show', value)
      expect(stdout).toMatch(/frozen since {6}\d{4}-/)
      expect(stdout).toContain(maskAddress(account.phone))
      for (const held of [
        account.phone,
        account.email,
        account.recoveryEmail,
        account.recoveryPhone,
      ])
        expect(stdout).not.toContain(held.value)
      await command('unfreeze', value, '--reason', 'tiket 4711')
      await command('unblock', value, '--reason', 'tiket 4711')
      expect((await eventsOf(account)).slice(-3)).toEqual([
        'frozen',
        'unfrozen_by_care',
        'attempts_restored',
      ])
    },
    PATIENCE_MS,
  )

  it(
    'asks for a reason, a known account and known slots',
    async () => {
      const account = await makeAccount()
      for (const args of [
        ['freeze', account.phone.value],
        ['unfreeze', account.phone.value, '--reason', 'x', '--undo', 'password'],
        ['show'],
      ])
        await expect(command(...args)).rejects.toMatchObject({
          stderr: expect.stringContaining('Usage'),
        })
      await expect(command('show', 'ZZZZZZZZ')).rejects.toMatchObject({
        stderr: expect.stringContaining('no such account'),
      })
      const refused = await command('unfreeze', account.phone.value, '--reason', 'x').catch(
        ({ stderr }) => stderr,
      )
      expect(refused).toContain('not frozen')
      expect(securityLines(refused)).toMatchObject([
        { event: 'authz_admin', change: 'unfreeze', outcome: 'failure', level: 40 },
      ])
      expect(await eventsOf(account)).toEqual(['registered'])
    },
    PATIENCE_MS,
  )
})
