import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { maskAddress } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import { makeAccount } from '../support/accounts'
import { securityLines } from '../support/log-lines'
import { eventsOf, makeGuarded } from './freeze-actions'

/** Each command is a process of its own, which takes seconds to start on a busy machine. */
const PATIENCE_MS = 90_000

const command = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['server/run.mjs', 'account', ...args], {
    env: process.env,
  })

const NAMES = ['--by', 'Rini', '--with', 'Dodi Wirawan']

const carriedOut = (detail: object) => ({ type: 'carried_out', staffId: null, detail })

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
      const reason = ['--reason', 'tiket 4711']
      await command('unfreeze', value, ...reason, ...NAMES)
      await command('unblock', value, ...reason, ...NAMES)
      expect((await eventsOf(account)).slice(-3)).toEqual([
        'frozen',
        'unfrozen_by_care',
        'attempts_restored',
      ])
      const log = await db().staffEvent.findMany({
        where: { userId },
        orderBy: { position: 'asc' },
        select: { type: true, staffId: true, detail: true },
      })
      const both = { from: 'command', by: 'Rini', with: 'Dodi Wirawan' }
      expect(log).toEqual([
        carriedOut({ type: 'freeze', from: 'command' }),
        carriedOut({ type: 'unfreeze', ...both }),
        carriedOut({ type: 'restore_attempts', ...both }),
      ])
    },
    PATIENCE_MS,
  )

  it(
    'asks for a reason, two names, a known account and known slots',
    async () => {
      const account = await makeAccount()
      for (const args of [
        ['freeze', account.phone.value],
        ['unfreeze', account.phone.value, '--reason', 'x', ...NAMES, '--undo', 'password'],
        ['unfreeze', account.phone.value, '--reason', 'x'],
        ['unblock', account.phone.value, '--reason', 'x', '--by', 'Rini'],
        ['unblock', account.phone.value, '--reason', 'x', '--by', 'Rini', '--with', ' rini '],
        ['show'],
      ])
        await expect(command(...args)).rejects.toMatchObject({
          stderr: expect.stringContaining('Usage'),
        })
      await expect(command('show', 'ZZZZZZZZ')).rejects.toMatchObject({
        stderr: expect.stringContaining('no such account'),
      })
      const refused = await command(
        'unfreeze',
        account.phone.value,
        '--reason',
        'x',
        ...NAMES,
      ).catch(({ stderr }) => stderr)
      expect(refused).toContain('not frozen')
      expect(securityLines(refused)).toMatchObject([
        { event: 'authz_admin', change: 'unfreeze', outcome: 'failure', level: 40 },
      ])
      expect(await eventsOf(account)).toEqual(['registered'])
    },
    PATIENCE_MS,
  )
})
