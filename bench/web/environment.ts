import { emptyEnvironment } from '@/tests/support/environment'
import { environmentOf } from '@/tests/support/provider-environment'

/** Connections to PostgreSQL of each web process, and connections of the driver to it. */
export const CONNECTIONS = 16

/** No message is sent: the worker is not running. */
const NOBODY = 'http://127.0.0.1:9'
const NO_LIMIT = '1000000000'

/**
 * The environment of the product's web process. Every request comes from an address of its own, as
 * behind a proxy, and every account from the prepared ones, so that no limit is reached. The ceilings
 * of SMS are out of reach.
 */
export function productEnvironment(
  secrets: Record<string, string>,
  databaseUrl: string,
  port: number,
): Record<string, string> {
  return {
    ...emptyEnvironment(),
    ...secrets,
    ...environmentOf(NOBODY),
    SMS_PER_PREFIX_HOUR: NO_LIMIT,
    SMS_PER_PREFIX_DAY: NO_LIMIT,
    SMS_NOTICES_PER_ACCOUNT_HOUR: NO_LIMIT,
    SMS_NOTICES_PER_ACCOUNT_DAY: NO_LIMIT,
    DATABASE_URL: databaseUrl,
    DATABASE_POOL: String(CONNECTIONS),
    TRUSTED_PROXY_HOPS: '1',
    PORT: String(port),
    HOST: '127.0.0.1',
    APP_ORIGIN: `http://localhost:${port}`,
  }
}
