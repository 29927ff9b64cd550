import type { Server } from '@/bench/support/database'
import { type Kind, newKeys, setStage } from './stage'

const BACKLOG = 10_000

export type Drain = { kind: Kind; workers: number }

/** How many SMS (or jobs) a second leave a backlog that was committed at once, from that commit to the last one's arrival. */
export async function measureDrain(server: Server, { kind, workers }: Drain): Promise<number> {
  const stage = await setStage(server, { kind, workers })
  const sent = await stage.send(newKeys(BACKLOG, 'sms'))
  const arrivals = await stage.take(BACKLOG)
  await stage.end()
  const from = Math.min(...sent.map(([, at]) => at))
  const perSecond = (BACKLOG * 1_000) / (Math.max(...arrivals.values()) - from)
  console.log(`${kind}, ${workers} process(es): ${perSecond.toFixed(0)} a second`)
  return perSecond
}
