import { escapeLiteral } from 'pg'
import { SEALED_ADDRESSES } from '@/lib/addresses'
import { SEALED_CHALLENGES } from '@/lib/challenges'
import { SEALED_INBOX, SEALED_MESSAGES } from '@/lib/messaging'
import type { SealedTable } from '@/lib/platform/crypto'
import { pool } from '@/lib/platform/db'
import type { Ring } from '@/lib/platform/key-use'
import { pagesOf } from '@/lib/platform/pages'
import { countRestrictionKeys } from '@/lib/recovery'

/** Every table whose rows a reseal rewrites. */
export const SEALED_TABLES: readonly SealedTable[] = [
  SEALED_ADDRESSES,
  SEALED_CHALLENGES,
  SEALED_MESSAGES,
  SEALED_INBOX,
]

const PAGE_ROWS = 20_000

/**
 * When rows no longer need an older key: `reseal` after a reseal; `ends` when they expire;
 * `verify_only` never, because their hash cannot be computed again, and the key stays to verify them.
 */
export type Remedy = 'reseal' | 'ends' | 'verify_only'

/** Rows of one kind that need one key; `keyId` is null when a version before did not record it. */
export type KeyUse = {
  ring: Ring
  keyId: string | null
  word: string
  remedy: Remedy
  rows: number
}

/** `column`: the indexed one by which the table is divided, if it is not the id. */
type Kind = Omit<KeyUse, 'keyId' | 'rows'> & {
  table: string
  key: string
  where: string
  column?: string
}

/** Counts the rows that need each key, in parts of each table. */
export async function countKeyUses(now: Date): Promise<KeyUse[]> {
  const uses: KeyUse[] = []
  for (const kind of kindsAt(now)) uses.push(...(await countKind(kind)))
  for (const [keyId, rows] of await countRestrictionKeys(now))
    uses.push({ ring: 'HASHING_KEYS', keyId, word: 'restrictions', remedy: 'reseal', rows })
  return uses
}

async function countKind({ table, key, where, column, ...kind }: Kind): Promise<KeyUse[]> {
  const counts = new Map<string | null, number>()
  for await (const page of pagesOf(table, PAGE_ROWS, column)) {
    const { rows } = await pool().query<{ keyId: string | null; rows: number }>(
      `SELECT ${key} AS "keyId", count(*)::int AS rows FROM "${table}" WHERE ${page} AND ${where} GROUP BY 1`,
    )
    for (const { keyId, rows: more } of rows) counts.set(keyId, (counts.get(keyId) ?? 0) + more)
  }
  return [...counts].map(([keyId, rows]) => ({ ...kind, keyId, rows }))
}

function kindsAt(now: Date): Kind[] {
  const present = escapeLiteral(now.toISOString())
  return [
    ...SEALED_TABLES.flatMap(sealedKinds),
    {
      ...{ ring: 'HASHING_KEYS', remedy: 'ends', table: 'Challenge', key: '"keyId"' },
      word: 'open codes',
      where: `"passedAt" IS NULL AND "spentAt" IS NULL AND "closedAt" IS NULL AND "codeExpiresAt" > ${present}`,
    },
    {
      ...{ ring: 'HASHING_KEYS', remedy: 'ends', table: 'CallerWord', key: '"keyId"' },
      word: 'words of callers',
      where: `"passedAt" IS NULL AND "expiresAt" > ${present}`,
    },
    {
      ...{ ring: 'HASHING_KEYS', remedy: 'verify_only', table: 'SavedCode', key: '"keyId"' },
      word: 'saved codes',
      where: `"usedAt" IS NULL AND ("endedAt" IS NULL OR "endedBy" = 'frozen')`,
    },
    {
      ...{ ring: 'HASHING_KEYS', remedy: 'verify_only', table: 'StaffEvent', key: '"keyId"' },
      ...{ column: 'position', word: 'rows of the log of staff' },
      where: 'true',
    },
    {
      ...{ ring: 'HASHING_KEYS', remedy: 'verify_only', table: 'SecurityEvent', key: '"keyId"' },
      word: 'rows of activity',
      where: 'hash IS NOT NULL',
    },
    {
      ...{ ring: 'HASHING_KEYS', remedy: 'verify_only', table: 'PointsEntry', key: '"keyId"' },
      word: 'rewards',
      where: `reason IN ('recovery_reward', 'recovery_check')`,
    },
    {
      ...{ ring: 'AUTH_SECRET', remedy: 'ends', table: 'Session', key: '"keyId"' },
      word: 'sessions',
      where: `"revokedAt" IS NULL AND "expiresAt" > ${present}`,
    },
  ]
}

function sealedKinds({ table, word, sealed, rehash }: SealedTable): Kind[] {
  const kinds: Kind[] = sealed.map(({ column }) => ({
    ring: 'SEALING_KEYS',
    remedy: 'reseal',
    word: sealed.length > 1 ? `${word} ("${column}")` : word,
    table,
    key: `split_part("${column}", '.', 1)`,
    where: `"${column}" IS NOT NULL`,
  }))
  if (!rehash) return kinds
  return [
    ...kinds,
    { ring: 'HASHING_KEYS', remedy: 'reseal', word, table, key: '"keyId"', where: 'true' },
  ]
}
