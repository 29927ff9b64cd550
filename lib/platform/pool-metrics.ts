import { Gauge, type Registry } from 'prom-client'

/** What is counted of a pool of database connections (`pg.Pool`). */
export type MeasuredPool = {
  totalCount: number
  idleCount: number
  waitingCount: number
  ended: boolean
  options: { max?: number }
}

/** Adds the gauge of the connections of these pools. A pool that was closed is left out. */
export function measurePools(
  name: string,
  registry: Registry,
  pools: Map<string, MeasuredPool>,
): void {
  new Gauge({
    name,
    help: 'Connections of a pool to the database: used, idle, most; and requests that wait for one',
    labelNames: ['pool', 'state'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [pool, { totalCount, idleCount, waitingCount, ended, options }] of pools) {
        if (ended) continue
        this.set({ pool, state: 'used' }, totalCount - idleCount)
        this.set({ pool, state: 'idle' }, idleCount)
        this.set({ pool, state: 'waiting' }, waitingCount)
        this.set({ pool, state: 'most' }, options.max ?? 0)
      }
    },
  })
}
