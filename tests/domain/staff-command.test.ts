import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { findInvitation } from '@/lib/support'
import { emptyDatabase } from '../support/empty-database'
import { securityLines } from '../support/log-lines'
import { makeFirst } from '../support/staff'

/** Each command is a process of its own, which takes seconds to start on a busy machine. */
const PATIENCE_MS = 90_000

const command = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['server/run.mjs', 'staff', ...args], { env: process.env })

describe('npm run staff', () => {
  it(
    'invites two administrators, lists them, and disables one, but not the last',
    async () => {
      await emptyDatabase()
      const now = new Date()
      const { stdout, stderr } = await command('invite', '--name', 'Ratna Wijaya')
      const [, token = ''] =
        /^http:\/\/localhost:3000\/care\/invitation\/([\w-]+)$/m.exec(stdout) ?? []
      const invited = await findInvitation(token, new Date())
      expect(invited).toMatchObject({ name: 'Ratna Wijaya', role: 'administrator' })
      expect(securityLines(stderr)).toMatchObject([
        { event: 'user_created', staffId: invited?.staffId },
        { event: 'authz_admin', change: 'staff_invite', outcome: 'success' },
      ])
      expect(stderr).not.toContain(token)
      const { staffId } = await makeFirst(now)
      await expect(command('invite', '--name', 'Tiga')).rejects.toMatchObject({
        stderr: expect.stringContaining('There are two administrators'),
      })
      const list = (await command('list')).stdout
      expect(list).toContain(`${staffId}  administrator  active`)
      expect(list).toMatch(
        /administrator {2}invited {3}\d{4}-.* {2}Ratna Wijaya\n2 person\(s\)\.\n$/,
      )
      await expect(command('disable', staffId)).rejects.toMatchObject({
        stderr: expect.stringContaining('the last enabled administrator'),
      })
      await command('disable', invited?.staffId ?? '')
      expect((await command('list')).stdout).toContain('disabled')
    },
    PATIENCE_MS,
  )

  it(
    'asks for a name to invite, and for an id to disable',
    async () => {
      for (const args of [[], ['invite'], ['disable'], ['disable', 'x'], ['list', 'x']])
        await expect(command(...args)).rejects.toMatchObject({
          stderr: expect.stringContaining('Usage'),
        })
    },
    PATIENCE_MS,
  )
})
