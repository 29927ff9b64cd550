import { db } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { withTimeLimit } from '@/lib/platform/time-limit'
import { Channel, type RefusedPart } from '@/prisma/client/enums'
import { providersOf } from '../providers'
import type { Outcome, Provider } from '../providers/provider'

/** Each process deletes the record of a working provider at most this often. */
const CLEAR_EVERY_MS = 60_000

const PROBE_LIMIT_MS = 10_000

const clearedAt = new Map<string, number>()

/**
 * Records that a provider refuses our key, our sender or our account, for `/readyz`. An accepted
 * message deletes the record. Never throws.
 */
export async function recordProviderHealth(
  provider: string,
  outcome: Outcome,
  now: Date,
): Promise<void> {
  if (outcome.kind === 'misconfigured')
    await keepFault(provider, outcome.refuses, outcome.reason, now).catch(tell)
  if (
    outcome.kind !== 'accepted' ||
    performance.now() < (clearedAt.get(provider) ?? -CLEAR_EVERY_MS) + CLEAR_EVERY_MS
  )
    return
  clearedAt.set(provider, performance.now())
  await db().providerFault.deleteMany({ where: { provider } }).catch(tell)
}

/**
 * Returns a check of our key at every provider, before a customer needs it. It checks each provider
 * once, and again after no answer or a refusal. An outage does not count as a refusal.
 */
export function createProbe(clock: () => Date, stop: AbortSignal): () => Promise<void> {
  const answered = new Set<string>()
  return async () => {
    const faulty = await db().providerFault.findMany({
      where: { refuses: 'key' },
      select: { provider: true },
    })
    const names = faulty.map(({ provider }) => provider)
    const due = allProviders().filter(({ name }) => !answered.has(name) || names.includes(name))
    for (const provider of due) if (await probe(provider, clock, stop)) answered.add(provider.name)
  }
}

async function probe(provider: Provider, clock: () => Date, stop: AbortSignal) {
  if (!provider.probe) return true
  const ask = provider.probe
  const welcome = await withTimeLimit(PROBE_LIMIT_MS, stop, (signal) => ask(signal)).catch(
    () => 'unknown',
  )
  const { name } = provider
  if (welcome === 'misconfigured') await keepFault(name, 'key', `${name} probe`, clock())
  if (welcome === 'welcome')
    await db().providerFault.deleteMany({ where: { provider: name, refuses: 'key' } })
  return welcome !== 'unknown'
}

function allProviders() {
  return Object.values(Channel).flatMap(providersOf)
}

async function keepFault(provider: string, refuses: RefusedPart, reason: string, now: Date) {
  clearedAt.delete(provider)
  log.error({ event: 'provider_refuses', provider, refuses, reason })
  // The version before cannot read "account", and its /readyz would fail. The next version writes it.
  const fault = { refuses: refuses === 'account' ? 'key' : refuses, seenAt: now } as const
  await db().providerFault.upsert({
    where: { provider },
    create: { provider, ...fault },
    update: fault,
  })
}

function tell(error: Error) {
  log.warn({ event: 'standing_not_kept', reason: error.name })
}
