import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { fillDisk } from './disk'
import { markRefusing } from './promises'
import type { System } from './system'

/** Breaks a part for this long. Returns when it is whole again. */
type Breakage = {
  /** The seconds that `npm test` keeps it; undefined for one that needs more than a test may. */
  shortSeconds?: number
  play(system: System, seconds: number): Promise<void>
}

const DAY_MS = 24 * 60 * 60 * 1_000

const PRODUCT = `application_name like 'recovery-account%' and datname = current_database()`
const END_CONNECTIONS = `select pg_terminate_backend(pid) from pg_stat_activity where ${PRODUCT}`

/** More than `max_connections` of the bundled PostgreSQL. */
const CROWD = 220
const AT_ONCE = 20

/** What `npm run faults` breaks, by its name. */
export const BREAKAGES: Readonly<Record<string, Breakage>> = {
  lock: {
    // Longer than a statement waits for a lock.
    shortSeconds: 6,
    async play({ connect }, seconds) {
      const client = await connect()
      await client.query('begin; lock table "User", "Message" in access exclusive mode')
      await sleep(seconds * 1_000)
      await client.end()
    },
  },
  clients: {
    shortSeconds: 3,
    async play({ admin, connect }, seconds) {
      const end = performance.now() + seconds * 1_000
      const clients: pg.Client[] = []
      while (performance.now() < end) {
        clients.push(...(await openAll(connect, clients.length < 100 ? CROWD : AT_ONCE)))
        await admin.query(END_CONNECTIONS)
        await sleep(50)
      }
      await Promise.all(clients.map((client) => client.end()))
    },
  },
  'read-only': {
    shortSeconds: 3,
    async play({ admin }, seconds) {
      const reload = () => admin.query('select pg_reload_conf()')
      await admin.query('alter system set default_transaction_read_only = on')
      await reload()
      await sleep(seconds * 1_000)
      await admin.query('alter system reset default_transaction_read_only')
      await reload()
    },
  },
  pool: {
    shortSeconds: 4,
    async play({ admin }, seconds) {
      // A code or a password that is entered takes longer than a request waits for a connection.
      await admin.query(`
        create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(6); return new; end $$;
        create trigger slow before insert or update on "FailureCount" for each row execute function slow()`)
      await sleep(seconds * 1_000)
      await admin.query(`set lock_timeout = '9s'; drop function slow cascade; reset lock_timeout`)
    },
  },
  clock: {
    shortSeconds: 5,
    async play({ product }, seconds) {
      const file = path.join(product.dataDir, 'clock.worker')
      const setWorker = (days: number) => writeFileSync(file, String(days * DAY_MS))
      const moveBoth = (days: number) => product.advanceClock(days * DAY_MS)
      const webIsFast = () => {
        setWorker(-1)
        return moveBoth(1)
      }
      const steps = [
        webIsFast,
        () => setWorker(0),
        () => setWorker(1),
        () => setWorker(-2),
        () => moveBoth(-2).then(() => setWorker(0)),
        () => setWorker(1),
        webIsFast,
      ]
      for (const step of steps) {
        await step()
        await sleep((seconds * 1_000) / steps.length)
      }
      setWorker(0)
    },
  },
  provider: {
    shortSeconds: 3,
    async play({ fakes }, seconds) {
      const down = { status: 503, body: {} }
      const from = new Date()
      Object.assign(fakes.answers, { twilio: down, vonage: down, resend: down })
      await sleep(seconds * 1_000)
      markRefusing(from, new Date())
      Object.assign(fakes.answers, { twilio: 'accept', vonage: 'accept', resend: 'accept' })
    },
  },
  disk: {
    async play({ admin }, seconds) {
      const disk = await fillDisk(admin)
      await sleep(seconds * 1_000)
      await disk.free()
    },
  },
}

/** Opens connections until PostgreSQL refuses one. */
async function openAll(connect: () => Promise<pg.Client>, most: number): Promise<pg.Client[]> {
  const opened: pg.Client[] = []
  while (opened.length < most) {
    const tries = await Promise.allSettled(Array.from({ length: AT_ONCE }, connect))
    opened.push(...tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])))
    if (tries.some(({ status }) => status === 'rejected')) return opened
  }
  return opened
}
