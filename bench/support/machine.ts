import os from 'node:os'
import pg from 'pg'

export type Machine = Awaited<ReturnType<typeof describeMachine>>

/** The machine, the Node version and the load at this moment. */
export function describeHost() {
  const processors = os.cpus()
  return {
    date: new Date().toISOString(),
    cpu: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()}`,
    node: process.versions.node,
    loadAtStart: os.loadavg()[0] ?? 0,
  }
}

/** The same as `describeHost`, and the version and durability settings of PostgreSQL. */
export async function describeMachine(databaseUrl: string) {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const show = async (setting: string) =>
    String(Object.values((await client.query(`show ${setting}`)).rows[0])[0])
  const [postgresql, fsync, synchronousCommit] = [
    await show('server_version'),
    await show('fsync'),
    await show('synchronous_commit'),
  ]
  await client.end()
  return { ...describeHost(), postgresql, fsync, synchronousCommit }
}
