import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { env } from '@/lib/platform/env'

it('the migrations create exactly the database that schema.prisma describes', async () => {
  const run = promisify(execFile)(process.execPath, ['tools/run.mjs', 'migrations', 'check'], {
    env: { ...process.env, DATABASE_URL: env().DATABASE_URL },
  })
  await expect(run).resolves.toMatchObject({
    stdout: expect.stringContaining('match schema.prisma'),
  })
})
