import pg from 'pg'
import * as z from 'zod'
import { median } from '@/bench/support/figures'
import type { Send, Visit } from '@/bench/web/flow'
import { startWireProxy } from '@/bench/web/wire-proxy'

/** Visits whose statements are planned and run once before, and visits that are read. */
const WARM_UP = 20
const READ = 15

/** A node of a plan as PostgreSQL prints it. */
type Node = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
  Plans?: Node[]
}

/** A read of a table in a plan. `removed`: rows that a filter removed. */
export type Reading = {
  way: string
  table: string
  index: string | undefined
  rows: number
  removed: number
  pages: number
}

/**
 * A statement, the pages of 8 kB that it touches (in the middle of its runs), and the readings of its
 * last plan.
 */
export type Planned = { text: string; pages: number; readings: Reading[] }

const answer = z.object({ 'Query Text': z.string(), Plan: z.custom<Node>() })

/** Lets PostgreSQL tell each client what its statements did (`auto_explain`), or no longer. */
export async function explainAll(databaseUrl: string, isOn: boolean) {
  const settings = {
    session_preload_libraries: "'auto_explain'",
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_buffers': 'on',
    'auto_explain.log_format': 'json',
    'auto_explain.log_level': 'notice',
    'auto_explain.log_timing': 'off',
  }
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  // It knows the settings of a library that is loaded.
  await client.query("load 'auto_explain'")
  const database = new URL(databaseUrl).pathname.slice(1)
  for (const [name, value] of Object.entries(settings))
    await client.query(
      `alter database ${database} ${isOn ? `set ${name} = ${value}` : `reset ${name}`}`,
    )
  await client.end()
}

/** A proxy that reads the plans that PostgreSQL sends to a client. */
export async function startPlanReader(databaseUrl: string) {
  let plans: { text: string; plan: Node }[] = []
  const proxy = await startWireProxy(databaseUrl, ({ type, text }) => {
    const json = type === 'N' ? /plan:\s*(\{.*\})/s.exec(text)?.[1] : undefined
    if (!json) return
    const { 'Query Text': query, Plan: plan } = answer.parse(JSON.parse(json))
    plans.push({ text: query.replace(/\s+/g, ' ').trim(), plan })
  })
  return {
    url: proxy.url,
    close: proxy.close,
    /** The plans of some visits, one after the other: one for each statement. */
    async read(visits: Iterator<Visit>, send: Send): Promise<Planned[]> {
      for (let nth = 0; nth < WARM_UP + READ; nth++) {
        if (nth === WARM_UP) plans = []
        const next = visits.next()
        if (next.done) throw new Error('there are too few visits to read plans')
        await next.value(send)
      }
      return summarise(plans)
    },
  }
}

function summarise(plans: readonly { text: string; plan: Node }[]): Planned[] {
  const texts = [...new Set(plans.map(({ text }) => text))]
  return texts.flatMap((text) => {
    const own = plans.flatMap((each) => (each.text === text ? [each.plan] : []))
    const plan = own.at(-1)
    return plan ? [{ text, pages: median(own.map(pagesOf)), readings: readingsOf(plan) }] : []
  })
}

const pagesOf = (plan: Node) => plan['Shared Hit Blocks'] + plan['Shared Read Blocks']

function readingsOf(plan: Node): Reading[] {
  const table = plan['Relation Name']
  const own = table && {
    way: plan['Node Type'],
    table,
    index: plan['Index Name'],
    rows: plan['Actual Rows'],
    removed: plan['Rows Removed by Filter'] ?? 0,
    pages: pagesOf(plan),
  }
  return [...(own ? [own] : []), ...(plan.Plans ?? []).flatMap(readingsOf)]
}
