import { setTimeout as sleep } from 'node:timers/promises'
import { instant } from '@/bench/support/clock'
import { fromStored } from '@/lib/addresses'
import { type Outgoing, sendMessages } from '@/lib/messaging'
import { db, type Tx } from '@/lib/platform/db'
import { type Order, Orders, type Sent } from './orders'

// A process of its own: writes what is asked for, the product's messages or jobs of the bare queue, by the product's own means.
const LIFETIME_MS = 600_000

/** A backlog is larger than any transaction of the product. */
const PATIENCE = { maxWait: 10_000, timeout: 120_000 } as const

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

/** Its time is taken just before the commit is asked for: the commit itself counts. */
async function write(kind: Order['kind'], keys: readonly string[]): Promise<Sent[]> {
  const at = await db().$transaction(async (tx) => {
    if (kind === 'bare') await addBareJobs(tx, keys)
    else await sendMessages(tx, keys.map(toMessage), new Date())
    return instant()
  }, PATIENCE)
  return keys.map((key) => [key, at])
}

/** One transaction each, begun at its time however the others fare. */
async function writeAtRate({ kind, keys, perSecond }: Order & { perSecond: number }) {
  const start = instant()
  const writes: Promise<Sent[]>[] = []
  for (const [index, key] of keys.entries()) {
    const wait = start + (index * 1_000) / perSecond - instant()
    if (wait > 0) await sleep(wait)
    writes.push(write(kind, [key]))
  }
  return (await Promise.all(writes)).flat()
}

process.on('message', async (message) => {
  const { perSecond, ...order } = Orders.parse(message)
  process.send?.(
    perSecond ? await writeAtRate({ ...order, perSecond }) : await write(order.kind, order.keys),
  )
})
process.on('disconnect', () => process.exit())
await db().$connect()
process.send?.('ready')
