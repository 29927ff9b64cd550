import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cliError, main } from '@/lib/platform/command'
import { databaseUrl } from '@/lib/platform/env-urls'

const TESTS = ['run', '--project', 'domain', '--project', 'faults']

/**
 * Runs the domain and fault tests on a PostgreSQL server that runs already. The user of the URL must
 * be a superuser. Only databases of test runs are created and dropped. Further arguments go to Vitest.
 */
await main(async () => {
  const [url = '', ...filters] = process.argv.slice(2)
  const { error } = databaseUrl.safeParse(url)
  if (error)
    throw cliError('Usage: npm run test:postgres -- postgresql://user:password@host:port/postgres')
  const child = spawn('node_modules/.bin/vitest', [...TESTS, ...filters], {
    env: { ...process.env, TEST_DATABASE_URL: url },
    stdio: 'inherit',
  })
  const [code] = await once(child, 'exit')
  process.exitCode = code ?? 1
})
