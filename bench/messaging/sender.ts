import { setTimeout as sleep } from 'node:timers/promises'
import { monotonicMs } from '@/bench/support/clock'
import { fromStored } from '@/lib/addresses'
import { type Outgoing, sendMessages } from '@/lib/messaging'
import { db, type Tx } from '@/lib/platform/db'
import { writeAfterCommit } from '@/lib/platform/security-log'
import { type CommitTimes, SendRequest } from './send-request'

// A process of the benchmark: commits messages of the product or jobs of the bare queue, as its
// parent requests.
const LIFETIME_MS = 600_000

/** The backlog of 10 000 is larger than any transaction of the product. */
const TRANSACTION_LIMITS = { maxWait: 10_000, timeout: 120_000 } as const

function toMessage(key: string): Outgoing {
  const channel = key.includes('@') ? 'email' : 'sms'
  return {
    to: fromStored(channel === 'email' ? 'email' : 'phone', key),
    channel,
    content: {
      kind: 'code',
      purpose: 'reset_password',
      code: '071923',
      lifetimeSeconds: LIFETIME_MS / 1_000,
    },
    locale: 'id',
    expiresAt: new Date(Date.now() + LIFETIME_MS),
  }
}

async function addBareJobs(tx: Tx, keys: readonly string[]) {
  await tx.$executeRaw`
    SELECT count(*) FROM graphile_worker.add_jobs(ARRAY(
      SELECT ROW('bare', json_build_object('key', key), NULL, NULL, NULL, NULL, NULL, NULL)::graphile_worker.job_spec
      FROM unnest(${keys}::text[]) AS key
    ))`
}

/** Takes the time just before the commit, so that the commit is part of the latency. */
async function commit(kind: SendRequest['kind'], keys: readonly string[]): Promise<CommitTimes> {
  const at = await writeAfterCommit(() =>
    db().$transaction(async (tx) => {
      if (kind === 'bare') await addBareJobs(tx, keys)
      else await sendMessages(tx, keys.map(toMessage), new Date())
      return monotonicMs()
    }, TRANSACTION_LIMITS),
  )
  return keys.map((key) => [key, at])
}

/**
 * Commits each key in its own transaction, at its scheduled time even when earlier ones are late.
 */
async function commitAtRate({ kind, keys, perSecond }: SendRequest & { perSecond: number }) {
  const start = monotonicMs()
  const commits: Promise<CommitTimes>[] = []
  for (const [index, key] of keys.entries()) {
    const wait = start + (index * 1_000) / perSecond - monotonicMs()
    if (wait > 0) await sleep(wait)
    commits.push(commit(kind, [key]))
  }
  return (await Promise.all(commits)).flat()
}

process.on('message', async (message) => {
  const { perSecond, kind, keys } = SendRequest.parse(message)
  process.send?.(
    perSecond ? await commitAtRate({ kind, keys, perSecond }) : await commit(kind, keys),
  )
})
process.on('disconnect', () => process.exit())
await db().$connect()
process.send?.('ready')
