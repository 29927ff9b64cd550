import type { HeldAddress } from '@/lib/addresses'
import { toRow } from '@/lib/addresses/add'
import { toHeld } from '@/lib/addresses/store'
import { columns, type Sql, sendIn, statement } from '@/lib/platform/statement'
import { Prisma } from '@/prisma/client/client'

type NewUser = { id: string; name: string; passwordHash: string; createdAt: Date }

/** Inserts a user with the defaults of the table. */
export const insertUser = (sql: Sql, { id, name, passwordHash, createdAt }: NewUser) =>
  sendIn(sql, INSERT_USER, [id, name, passwordHash, createdAt])

const INSERT_USER = statement(
  'test_insert_user',
  `insert into "User" (id, name, "passwordHash", "createdAt") values ($1, $2, $3, $4)`,
)

/** Inserts addresses as `addAddress` does, without its checks: a unique index refuses one that is taken. */
export async function insertAddresses(
  sql: Sql,
  added: Parameters<typeof toRow>[0][],
): Promise<HeldAddress[]> {
  const rows = added.map(toRow)
  await sendIn(sql, INSERT_ADDRESSES, [JSON.stringify(rows)])
  return rows.map(toHeld)
}

const ADDRESS = columns(Prisma.AddressScalarFieldEnum)

const INSERT_ADDRESSES = statement(
  'test_insert_addresses',
  `insert into "Address" (${ADDRESS}) select ${ADDRESS} from jsonb_populate_recordset(null::"Address", $1::jsonb)`,
)
