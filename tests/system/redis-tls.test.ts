import { afterAll, expect, it } from 'vitest'
import { newClient } from '../support/client'
import { newEmail, OTHER_PASSWORD } from '../support/customers'
import { startProduct } from '../support/product'
import { makeCertificate } from './certificate'
import { startRedisServer } from './redis-server'

const FREE = 5
const HELD = 'Tekan tombolnya lagi dalam'
/** With characters that a URL must encode. */
const PASSWORD = 'ka/ta#san%di@12:3'

const certificate = makeCertificate()
const server = await startRedisServer('redis-server', { certificate, password: PASSWORD })
afterAll(() => server.stop())

/** Starts the product with this setting, logs in until a proof is asked for, and stops it. */
async function useUp(env: Record<string, string>) {
  await server.ask('FLUSHALL')
  const product = await startProduct({ env: { TRUSTED_PROXY_HOPS: '1', ...env } })
  try {
    const identifier = newEmail()
    const held: boolean[] = []
    for (let request = 0; request <= FREE; request++) {
      const client = newClient({ base: product.origin })
      const given = { identifier, password: OTHER_PASSWORD }
      held.push((await client.send('/login', 'Masuk', given)).html.includes(HELD))
    }
    expect(held).toEqual([...Array.from({ length: FREE }, () => false), true])
    const counted = (await server.dump()).filter(({ key }) => key.includes('loginFree'))
    return { isInRedis: counted.length > 0, log: product.readLog() }
  } finally {
    await product.stop()
  }
}

it('counts over TLS with a password', async () => {
  const { isInRedis, log } = await useUp({
    REDIS_URL: server.url,
    NODE_EXTRA_CA_CERTS: certificate.file,
  })
  expect([isInRedis, log.includes('redis_lost'), log.includes(PASSWORD)]).toEqual([
    true,
    false,
    false,
  ])
})

it.each([
  [
    'its certificate is not trusted',
    () => ({ REDIS_URL: server.url }),
    'DEPTH_ZERO_SELF_SIGNED_CERT',
  ],
  [
    'the password is wrong',
    () => ({
      REDIS_URL: server.url.replace('%2Fta', '%2Fti'),
      NODE_EXTRA_CA_CERTS: certificate.file,
    }),
    'WRONGPASS',
  ],
])('counts in PostgreSQL when %s, and the log says so without the URL', async (_, env, reason) => {
  const { isInRedis, log } = await useUp(env())
  expect(isInRedis).toBe(false)
  const lost = log.split('\n').filter((line) => line.includes('"redis_lost"'))
  expect(lost.length).toBeGreaterThan(0)
  for (const line of lost) expect(JSON.parse(line).reason).toBe(reason)
  expect(log).not.toMatch(/rediss:|ka%2Ft|ka\/t/)
})
