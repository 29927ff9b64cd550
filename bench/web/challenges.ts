import { parseIdentifier } from '@/lib/addresses'
import { readContent, SEALED_BODY } from '@/lib/messaging/content/content'
import { hashSecret, open } from '@/lib/platform/crypto'
import { pool } from '@/lib/platform/db'
import { startReset } from '@/lib/recovery'
import { newAddress } from './browser-requests'
import type { BenchCustomer } from './seed'

const AT_ONCE = 8

/** A reset that was begun: the content of its cookie, and the code that was sent. */
export type BegunReset = { secret: string; code: string }

/** Begins one reset for each customer, outside the measured process. */
export async function beginResets(customers: readonly BenchCustomer[]): Promise<BegunReset[]> {
  const secrets: string[] = []
  const waiting = [...customers]
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) secrets.push(await begin(next))
    }),
  )
  const codes = await readCodes(secrets.map(hashSecret))
  return secrets.map((secret) => ({ secret, code: codes.get(hashSecret(secret)) ?? '' }))
}

async function begin({ phone }: BenchCustomer) {
  const identifier = parseIdentifier(phone)
  if (!identifier.ok) throw new Error(`a number of the benchmark is refused: ${phone}`)
  const begun = await startReset({
    identifier: identifier.value,
    choice: 'primary_phone',
    locale: 'id',
    origin: { ip: newAddress(), userAgent: 'Benchmark' },
    now: new Date(),
  })
  if (!begun.ok) throw new Error(`a reset of the benchmark is refused: ${begun.refusal}`)
  return begun.value.secret
}

async function readCodes(secretHashes: readonly string[]) {
  const { rows } = await pool().query<{ secretHash: string; sealedBody: string }>(
    `select challenge."secretHash", message."sealedBody" from "Message" message
     join "Challenge" challenge on challenge.id = message."challengeId"
     where challenge."secretHash" = any ($1) and message."sealedTo" is not null`,
    [secretHashes],
  )
  return new Map(
    rows.map(({ secretHash, sealedBody }) => {
      const content = readContent(open(sealedBody, SEALED_BODY))
      return [secretHash, content.kind === 'code' ? content.code : ''] as const
    }),
  )
}

/**
 * Removes what earlier rounds left behind, so that each round finds the same tables, and no limit
 * or attempt is used up.
 */
export async function clearTraces(): Promise<void> {
  await pool().query(
    `truncate "Message", "Challenge", "RateLimit", "FailureCount", "SmsCount",
     "Task" restart identity cascade`,
  )
  await pool().query('checkpoint')
}
