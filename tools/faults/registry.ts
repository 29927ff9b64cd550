/** A fault that `npm run faults` plays under load. */
type Fault = {
  /** What is broken, in words for the table. */
  says: string
  /** The test file that plays it. Its folder is a project of Vitest. */
  file: string
  /** How long the command keeps it, in seconds. `npm test` keeps it for a few. */
  seconds: number
}

const UNDER_LOAD = 'tests/load/faults.test.ts'

/** Every fault by its name on the command line. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  lock: { says: 'a table is locked', file: UNDER_LOAD, seconds: 30 },
  clients: { says: 'PostgreSQL has too many clients', file: UNDER_LOAD, seconds: 30 },
  'read-only': { says: 'the database is read-only', file: UNDER_LOAD, seconds: 30 },
  disk: { says: 'the disk is full', file: UNDER_LOAD, seconds: 30 },
  clock: { says: 'a clock is a day fast, then a day slow', file: UNDER_LOAD, seconds: 30 },
  pool: { says: 'slow statements hold every connection', file: UNDER_LOAD, seconds: 30 },
  provider: { says: 'no provider answers', file: UNDER_LOAD, seconds: 180 },
  failover: {
    says: 'the primary PostgreSQL is killed, and a standby promoted (needs packages of the system)',
    file: 'tests/system/failover.test.ts',
    seconds: 3,
  },
}
